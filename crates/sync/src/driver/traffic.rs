//! HTTP bytes, counted from what is sent and what came: what a sync costs on a prepaid card.
//!
//! The client hides its socket, so the bytes are computed after the grammar of HTTP/1.1 (RFC 9112); a test holds
//! the sum against what a proxy saw go by. TLS comes on top.

use reqwest::header::HeaderMap;
use reqwest::{Request, Response};

/// HTTP bytes and requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traffic {
    /// Requests made.
    pub requests: u64,
    /// Bytes of requests, heads and bodies.
    pub bytes_up: u64,
    /// Bytes of answers, heads and bodies.
    pub bytes_down: u64,
}

impl Traffic {
    /// A request goes out.
    pub(super) fn sent(&mut self, request: &Request) {
        self.requests = self.requests.saturating_add(1);
        self.bytes_up = self.bytes_up.saturating_add(request_bytes(request));
    }

    /// The head of an answer came.
    pub(super) fn answered(&mut self, response: &Response) {
        self.bytes_down = self.bytes_down.saturating_add(head_bytes(response));
    }

    /// A piece of an answer's body came.
    pub(super) fn received(&mut self, piece: &[u8]) {
        self.bytes_down = self.bytes_down.saturating_add(len(piece));
    }
}

fn len(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// The length of each header's line: name, colon, space, value, line break.
fn header_bytes(headers: &HeaderMap) -> u64 {
    let lines = headers
        .iter()
        .map(|(name, value)| len(name.as_str().as_bytes()).saturating_add(len(value.as_bytes())));
    lines.fold(0, |sum, line| sum.saturating_add(line).saturating_add(4))
}

/// The bytes of a request as HTTP/1.1 has them (RFC 9112): its line, our headers, the three that the client adds,
/// the empty line and the body.
fn request_bytes(request: &Request) -> u64 {
    let query = request.url().query().map(|query| format!("?{query}")).unwrap_or_default();
    let line = format!("{} {}{query} HTTP/1.1\r\n", request.method(), request.url().path());
    let authority = match (request.url().host_str(), request.url().port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (host, _) => host.unwrap_or_default().to_owned(),
    };
    let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
    let length = if body.is_empty() { String::new() } else { format!("content-length: {}\r\n", body.len()) };
    let added = format!("accept: */*\r\nhost: {authority}\r\n{length}");
    [line.len(), added.len(), 2, body.len()]
        .into_iter()
        .map(|part| u64::try_from(part).unwrap_or(u64::MAX))
        .fold(header_bytes(request.headers()), u64::saturating_add)
}

/// The bytes of an answer's head: its line with the standard reason, its headers and the empty line.
fn head_bytes(response: &Response) -> u64 {
    let line = format!("HTTP/1.1 {}\r\n", response.status());
    len(line.as_bytes()).saturating_add(header_bytes(response.headers())).saturating_add(2)
}
