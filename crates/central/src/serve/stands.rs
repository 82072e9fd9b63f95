//! The routes of stands: push, manifest, content, enrolment, time.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, Path, RawQuery, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use central_db::{ClosingName, Enrolled, IssueManifest, StoreError};
use tokio::sync::Notify;
use wire::enrol::{EnrolError, EnrolRequest};
use wire::push::PUSH_BYTES_MAX;
use wire::sign1::Sign1Error;
use wire::time::SignedTime;
use wire::{DeviceId, Epoch, Hash, KeyId};

use super::Peer;
use super::answer::{self, Answer};
use super::body;
use super::limits::ENROL_BYTES_MAX;
use super::service::Service;
use crate::closings::{self, Asked};
use crate::error::CentralError;
use crate::intake::Refusal;
use crate::{chance, enrolment};

const CBOR: &str = "application/cbor";

/// `POST /v1/push`: the answer is a signed checkpoint, whatever became of the push.
pub(super) async fn push(State(service): State<Arc<Service>>, request: Request) -> Answer {
    let Ok(_turn) = service.pushes.try_acquire() else {
        return answer::later(
            StatusCode::SERVICE_UNAVAILABLE,
            "busy",
            "too many pushes at once",
            service.limits.busy_retry_after_s,
        );
    };
    let bytes = match read_cbor(&service, request, PUSH_BYTES_MAX).await {
        Ok(bytes) => bytes,
        Err(refused) => return refused,
    };
    match service.intake.take(bytes, service.clock.now_unix_s()).await {
        Ok(accepted) => {
            if accepted.stored > 0 {
                service.arrived.notify_one();
            }
            answer::cbor(accepted.checkpoint)
        }
        Err(refusal) => refused(&service, &refusal),
    }
}

async fn read_cbor(service: &Service, request: Request, bytes_max: usize) -> Result<Vec<u8>, Answer> {
    let (parts, body) = request.into_parts();
    if parts.headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != CBOR) {
        return Err(answer::problem(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "media_type",
            "expected application/cbor",
        ));
    }
    read_body(service, &parts.headers, body, bytes_max).await
}

/// A body within the service's limits, or the answer that says why not.
pub(super) async fn read_body(
    service: &Service,
    headers: &HeaderMap,
    body: Body,
    bytes_max: usize,
) -> Result<Vec<u8>, Answer> {
    body::read(headers, body, bytes_max, &service.limits).await.map_err(answer::unread)
}

fn refused(service: &Service, refusal: &Refusal) -> Answer {
    let reason = refusal.to_string();
    match refusal {
        Refusal::Malformed => answer::problem(StatusCode::BAD_REQUEST, "malformed", &reason),
        Refusal::Unreadable { code } => answer::problem(StatusCode::BAD_REQUEST, code, &reason),
        Refusal::TooManyBranches => answer::problem(StatusCode::CONFLICT, "too_many_branches", &reason),
        // It is about this ledger, and "too many requests" would stop the stand: it goes on with its other ledgers.
        Refusal::KeptFull { .. } => answer::problem(StatusCode::FORBIDDEN, "kept_full", &reason),
        Refusal::TooManyKept { .. } => answer::problem(StatusCode::FORBIDDEN, "too_many_kept", &reason),
        Refusal::UnknownSigner => answer::problem(StatusCode::UNAUTHORIZED, "unknown_signer", &reason),
        Refusal::BadSignature => answer::problem(StatusCode::UNAUTHORIZED, "bad_signature", &reason),
        Refusal::Store(error) => store_failed(service.limits.busy_retry_after_s, error),
    }
}

/// What a stand is told when the store did not do it: nothing was taken, and when asking again may help.
pub(super) fn store_failed(wait: u64, error: &StoreError) -> Answer {
    match error {
        StoreError::DiskFull => answer::problem(
            StatusCode::INSUFFICIENT_STORAGE,
            "disk_full",
            "the central office has no space left",
        ),
        StoreError::Busy | StoreError::Closed => {
            answer::later(StatusCode::SERVICE_UNAVAILABLE, "busy", "the central office is busy", wait)
        }
        other => {
            tracing::error!(error = %chain(other), "a stand could not be answered");
            answer::later(StatusCode::SERVICE_UNAVAILABLE, "failed", "the central office failed", wait)
        }
    }
}

/// An error with everything that led to it, for the log.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

/// `GET /v1/manifest/{kid}?held=N`: conditional, since most of the time nothing changed. N, or else the tag, is
/// the number of the manifest that the stand has: an office restored from a backup may have forgotten it.
pub(super) async fn manifest(
    State(service): State<Arc<Service>>,
    Path(kid): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Answer {
    let unknown =
        || answer::problem(StatusCode::NOT_FOUND, "unknown_signer", "no stand of this office has this key");
    let Ok(kid) = KeyId::from_hex(&kid) else { return unknown() };
    let now = service.clock.now_unix_s();
    let issued = match service.store.device_by_kid(kid).await {
        Ok(None) => return unknown(),
        Ok(Some(device)) => {
            let issuer = Arc::clone(&service.issuer) as Arc<dyn IssueManifest>;
            let held = held_number(query.as_deref(), &headers);
            service.store.manifest(device.device, held, issuer, now).await
        }
        Err(error) => Err(error),
    };
    let issued = match issued {
        Ok(issued) => issued,
        Err(error) => return store_failed(service.limits.busy_retry_after_s, &error),
    };
    // The number is the version: a stand never gets two manifests of one number.
    let Ok(etag) = HeaderValue::from_str(&format!("\"{}\"", issued.number)) else { return unknown() };
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known == etag) {
        return answer::not_modified(&etag);
    }
    let mut answer = answer::cbor(issued.signed);
    answer.headers_mut().insert(header::ETAG, etag);
    answer
}

/// The number of the manifest that the stand says it has. What is no number says nothing.
fn held_number(query: Option<&str>, headers: &HeaderMap) -> Option<u64> {
    let asked = query.and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("held=")));
    let tag = || headers.get(header::IF_NONE_MATCH)?.to_str().ok()?.strip_prefix('"')?.strip_suffix('"');
    asked.or_else(tag)?.parse().ok()
}

/// `GET /v1/part/{sha256}`: content by its hash, which never changes.
pub(super) async fn part(State(service): State<Arc<Service>>, Path(hash): Path<String>) -> Answer {
    let unknown = || answer::problem(StatusCode::NOT_FOUND, "unknown_part", "no content has this hash");
    let Ok(hash) = Hash::from_hex(&hash) else { return unknown() };
    match service.store.part(hash).await {
        Ok(Some(content)) => {
            let mut answer = answer::cbor(content);
            let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
            answer.headers_mut().insert(header::CACHE_CONTROL, forever);
            answer
        }
        Ok(None) => unknown(),
        Err(error) => store_failed(service.limits.busy_retry_after_s, &error),
    }
}

/// `GET /v1/package/{sha256}/{from}`: a piece of a package of the stand's program, from a place on. Who knows the hash
/// knows it from a release, which is no secret.
pub(super) async fn package(
    State(service): State<Arc<Service>>,
    Path((hash, from)): Path<(String, u64)>,
) -> Answer {
    let unknown = || answer::problem(StatusCode::NOT_FOUND, "unknown_package", "no package has this hash");
    let Ok(hash) = Hash::from_hex(&hash) else { return unknown() };
    let packages = service.packages.clone();
    match tokio::task::spawn_blocking(move || packages.piece(hash, from)).await {
        Ok(Ok(Some(piece))) => answer::bytes(piece),
        Ok(Ok(None)) => unknown(),
        Ok(Err(error)) => {
            tracing::error!(error = %chain(&error), "a package could not be read");
            let wait = service.limits.busy_retry_after_s;
            answer::later(StatusCode::SERVICE_UNAVAILABLE, "failed", "the central office failed", wait)
        }
        Err(error) => {
            tracing::error!(%error, "a package could not be read");
            let wait = service.limits.busy_retry_after_s;
            answer::later(StatusCode::SERVICE_UNAVAILABLE, "failed", "the central office failed", wait)
        }
    }
}

/// `GET /v1/closing/{device}/{epoch}/{seq}/{hash}`: the office's certificate of a closing. It waits a moment for what is
/// being opened, since a stand asks right after its push; who knows a ledger's random name may ask.
pub(super) async fn closing(
    State(service): State<Arc<Service>>,
    Path((device, epoch, closed, hash)): Path<(String, String, u64, String)>,
) -> Answer {
    let unknown =
        || answer::problem(StatusCode::NOT_FOUND, "unknown_closing", "no closing here has this name");
    let name = match (DeviceId::from_hex(&device), Epoch::from_hex(&epoch), Hash::from_hex(&hash)) {
        (Ok(device), Ok(epoch), Ok(hash)) => ClosingName { device, epoch, closed, hash },
        _ => return unknown(),
    };
    match asked(&service, name).await {
        Ok(Asked::Certificate(signed)) => answer::cbor(signed),
        Ok(Asked::Unknown) => unknown(),
        Ok(Asked::NotYet) => {
            answer::problem(StatusCode::CONFLICT, "not_yet", "not all of the outing was opened yet")
        }
        Err(error) => store_failed(service.limits.busy_retry_after_s, &error),
    }
}

async fn asked(service: &Service, name: ClosingName) -> Result<Asked, StoreError> {
    let (office, checkpoint) = (service.office.id, &service.keys.checkpoint);
    looked(service.limits.closing_wait, &service.opened, || {
        closings::certify(&*service.store, office, name, checkpoint, service.clock.now_unix_s())
    })
    .await
}

/// Looks at least once, however long that takes, and again whenever something was opened, until the wait is over.
async fn looked<F: Future<Output = Result<Asked, StoreError>>>(
    wait: Duration,
    opened: &Notify,
    look: impl Fn() -> F,
) -> Result<Asked, StoreError> {
    let over = tokio::time::sleep(wait);
    tokio::pin!(over);
    loop {
        // Before looking: what is opened in between wakes it.
        let opened = opened.notified();
        let found = look().await?;
        if !matches!(found, Asked::NotYet) {
            return Ok(found);
        }
        tokio::select! {
            () = &mut over => return Ok(found),
            () = opened => {}
        }
    }
}

/// `GET /v1/keys`: the office's role certificates, for a stand that meets a key that it does not know.
pub(super) async fn keys(State(service): State<Arc<Service>>) -> Answer {
    answer::cbor(service.keys.list().encode())
}

/// `POST /v1/enrol`: a wrong code and a wrong proof are one answer, and guesses are counted.
pub(super) async fn enrol(
    State(service): State<Arc<Service>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    request: Request,
) -> Answer {
    let now = service.clock.now_unix_s();
    if let Err(wait) = service.guess(&peer, request.headers(), now) {
        return answer::later(StatusCode::TOO_MANY_REQUESTS, "too_many", "too many enrolments at once", wait);
    }
    let bytes = match read_cbor(&service, request, ENROL_BYTES_MAX).await {
        Ok(bytes) => bytes,
        Err(refused) => return refused,
    };
    let applicant = match EnrolRequest::open(&bytes) {
        Ok(applicant) => applicant,
        Err(EnrolError::Malformed(_) | EnrolError::Signature(Sign1Error::Malformed)) => {
            return answer::problem(StatusCode::BAD_REQUEST, "malformed", "not an enrolment");
        }
        Err(_) => {
            return answer::problem(
                StatusCode::UNAUTHORIZED,
                "bad_signature",
                "the signature does not verify",
            );
        }
    };
    let mut rng = chance::system();
    match enrolment::enrol(&*service.store, &service.office, &service.keys, applicant, now, &mut rng).await {
        Ok(enrolled) => enrolment_answer(&service, enrolled),
        Err(CentralError::Store(error)) => store_failed(service.limits.busy_retry_after_s, &error),
        Err(error) => {
            tracing::error!(error = %chain(&error), "a stand could not be enrolled");
            answer::problem(StatusCode::INTERNAL_SERVER_ERROR, "failed", "the central office failed")
        }
    }
}

fn enrolment_answer(service: &Service, enrolled: Enrolled) -> Answer {
    match enrolled {
        Enrolled::Answer(bytes) => answer::cbor(bytes),
        Enrolled::UnknownCode => answer::problem(
            StatusCode::NOT_FOUND,
            "unknown_code",
            "the code is not known, or the proof does not fit it",
        ),
        Enrolled::Expired => answer::problem(StatusCode::GONE, "expired_code", "the code has expired"),
        Enrolled::UsedByAnother => {
            answer::problem(StatusCode::CONFLICT, "used_code", "another stand has used the code")
        }
        Enrolled::KeyInUse => {
            answer::problem(StatusCode::CONFLICT, "key_in_use", "the key is another stand's")
        }
        Enrolled::NoPrefixFree => {
            let wait = service.limits.busy_retry_after_s;
            answer::later(StatusCode::SERVICE_UNAVAILABLE, "no_prefix_free", "no folio prefix was free", wait)
        }
    }
}

/// `GET /v1/time/{nonce}`: the office's signed time, for a stand whose clock is so wrong that TLS fails with it.
pub(super) async fn time(State(service): State<Arc<Service>>, Path(nonce): Path<String>) -> Answer {
    let nonce: Option<[u8; 16]> = data_encoding::HEXLOWER_PERMISSIVE
        .decode(nonce.as_bytes())
        .ok()
        .and_then(|bytes| bytes.try_into().ok());
    match nonce {
        Some(nonce) => {
            let now = service.clock.now_unix_s();
            answer::cbor(SignedTime::sign(service.office.id, nonce, now, &service.keys.checkpoint))
        }
        None => answer::problem(StatusCode::BAD_REQUEST, "malformed", "a nonce has 32 hexadecimal digits"),
    }
}

/// `GET /healthz`: whether the service can read what it keeps.
pub(super) async fn health(State(service): State<Arc<Service>>) -> Answer {
    match service.store.device_by_kid(KeyId([0; 8])).await {
        Ok(_) => answer::line(StatusCode::OK, "ok\n"),
        Err(error) => {
            tracing::error!(error = %chain(&error), "the store does not answer");
            answer::line(StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n")
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// How long a store takes here whose answer is late: longer than anybody waits for it.
    const LATE: Duration = Duration::from_mins(1);
    const JUST_LESS: Duration = Duration::from_secs(59);
    const JUST_MORE: Duration = Duration::from_secs(61);

    /// Asks with this much patience. Each look is answered late; what it finds is nothing yet, until the look of this
    /// number. Says what was found and after how many looks. While looking, something is opened if `rings`.
    async fn found(wait: Duration, certified_at: usize, rings: bool) -> (bool, usize) {
        let (opened, looks) = (Notify::new(), AtomicUsize::new(0));
        let found = looked(wait, &opened, || async {
            let looked_before = looks.fetch_add(1, Ordering::SeqCst);
            // tidy-allow(waiting): the clock is paused; this is how late the store answers
            tokio::time::sleep(LATE).await;
            if rings {
                opened.notify_waiters();
            }
            Ok(if looked_before.saturating_add(1) >= certified_at {
                Asked::Certificate(Vec::new())
            } else {
                Asked::NotYet
            })
        });
        let certified = matches!(found.await.unwrap(), Asked::Certificate(_));
        (certified, looks.into_inner())
    }

    // Time stands still but for who waits for it: a late answer is late by the same in every run.
    #[tokio::test(start_paused = true)]
    async fn a_closing_is_looked_at_to_the_end_however_short_the_wait() {
        for wait in [Duration::ZERO, JUST_LESS, LATE, JUST_MORE] {
            assert_eq!(
                found(wait, 1, false).await,
                (true, 1),
                "{wait:?}: what the first look finds is the answer"
            );
            assert_eq!(
                found(wait, 2, false).await,
                (false, 1),
                "{wait:?}: nobody rings, so nobody looks again"
            );
        }
        assert_eq!(
            found(LATE.saturating_mul(2), 2, true).await,
            (true, 2),
            "what is opened meanwhile is looked at"
        );
    }

    #[test]
    fn what_a_stand_is_told_when_nothing_was_stored() {
        let engine = || StoreError::Engine { operation: "x", source: Arc::new(std::io::Error::other("y")) };
        let check = |error: StoreError, status: u16, retry: bool| {
            let answer = store_failed(5, &error);
            let says_when = answer.headers().contains_key(header::RETRY_AFTER);
            assert_eq!((answer.status().as_u16(), says_when), (status, retry), "{error}");
        };
        check(StoreError::DiskFull, 507, false);
        check(StoreError::Busy, 503, true);
        check(StoreError::Closed, 503, true);
        check(engine(), 503, true);
    }
}
