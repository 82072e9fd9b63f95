//! Answers: a few bytes of CBOR or JSON to a stand, a page to a citizen.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;

use super::body::Unread;
use crate::pages::{self, Page};

/// An answer on its way out.
pub(super) type Answer = Response<Body>;

/// What went wrong, for a program: a stable code and a short reason.
#[derive(Debug, Serialize)]
struct Problem<'a> {
    code: &'a str,
    reason: &'a str,
}

fn answer(status: StatusCode, kind: &'static str, body: impl Into<Body>) -> Answer {
    let mut answer = Response::new(body.into());
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    answer
}

/// CBOR for a stand.
pub(super) fn cbor(bytes: Vec<u8>) -> Answer {
    answer(StatusCode::OK, "application/cbor", bytes)
}

/// Bytes of a file.
pub(super) fn bytes(bytes: Vec<u8>) -> Answer {
    answer(StatusCode::OK, "application/octet-stream", bytes)
}

/// An answer without a body.
pub(super) fn empty(status: StatusCode) -> Answer {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = status;
    answer
}

/// One short line of text.
pub(super) fn line(status: StatusCode, text: &'static str) -> Answer {
    answer(status, "text/plain; charset=utf-8", text)
}

/// A refusal, with its stable code.
pub(super) fn problem(status: StatusCode, code: &str, reason: &str) -> Answer {
    let json = serde_json::to_vec(&Problem { code, reason }).unwrap_or_default();
    answer(status, "application/json", json)
}

/// The same, saying when to come back.
pub(super) fn later(status: StatusCode, code: &str, reason: &str, retry_after_s: u64) -> Answer {
    let mut answer = problem(status, code, reason);
    answer.headers_mut().insert(header::RETRY_AFTER, retry_after_s.into());
    answer
}

/// Nothing changed since the version that was named.
pub(super) fn not_modified(etag: &HeaderValue) -> Answer {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::NOT_MODIFIED;
    answer.headers_mut().insert(header::ETAG, etag.clone());
    answer
}

/// What is said about a body that was not read. The connection is closed after it, since its rest is unread.
pub(super) fn unread(why: Unread) -> Answer {
    let mut answer = match why {
        Unread::NoLength => problem(StatusCode::LENGTH_REQUIRED, "length_required", "a body needs a length"),
        Unread::TooLarge => problem(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "the body is too large"),
        Unread::TooSlow => problem(StatusCode::REQUEST_TIMEOUT, "too_slow", "the body took too long"),
        Unread::Cut => problem(StatusCode::BAD_REQUEST, "cut", "the body ended early"),
    };
    answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    answer
}

/// A page, with everything that keeps a browser from doing more than showing it.
pub(super) fn page(page: Page) -> Answer {
    let status = StatusCode::from_u16(page.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = answer(status, "text/html; charset=utf-8", page.html);
    let headers = answer.headers_mut();
    let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
    set(header::CONTENT_SECURITY_POLICY, pages::content_security_policy());
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::CACHE_CONTROL, "no-store");
    set(header::VARY, "Accept-Language");
    set(header::HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    set(header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    answer
}
