//! The routes of sealed files: how much of one is here, and more of it.
//!
//! The semantics are those of the IETF's draft on resumable uploads: `Upload-Offset` says where a file is, an append
//! begins exactly there, and one that is cut leaves what arrived. Each request carries the stand's signed word on the
//! file (`Authorization: OIRS …`), which is checked before anything is looked up.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use central_db::{FileToTake, Taking};
use wire::Hash;
use wire::file::SEALED_FILE_BYTES_MAX;
use wire::sign1::Sign1;
use wire::upload::{PIECE_BYTES_MAX, Stored, Upload};

use super::answer::{self, Answer};
use super::body::{self, Came};
use super::service::Service;
use super::stands::{chain, store_failed};
use super::turns::Turn;
use crate::error::CentralError;
use crate::files::Assembled;

const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const COMPLETE: HeaderName = HeaderName::from_static("upload-complete");
/// Longest statement that is read, in characters: a signed statement has about 200 bytes.
const STATEMENT_CHARS_MAX: usize = 1_024;

/// `GET /v1/file/{hash}`: the office's signed word when the file is whole, else how much of it is here.
pub(super) async fn ask(
    State(service): State<Arc<Service>>,
    Path(hash): Path<String>,
    headers: HeaderMap,
) -> Answer {
    match begun(&service, &hash, &headers).await {
        Ok((_, Begun::Stored(word))) => answer::cbor(word),
        Ok((upload, Begun::Here(offset, _turn))) if offset == upload.bytes => whole(&service, upload).await,
        Ok((_, Begun::Here(offset, _turn))) => here(StatusCode::NO_CONTENT, offset),
        Err(refused) => refused,
    }
}

/// `PATCH /v1/file/{hash}`: more of a file, from the byte where it is.
///
/// In a task of its own: with its connection a request is dropped wherever it stands, and what arrived with it.
pub(super) async fn append(
    State(service): State<Arc<Service>>,
    Path(hash): Path<String>,
    request: Request,
) -> Answer {
    let wait = service.limits.busy_retry_after_s;
    let appending = tokio::spawn(async move { append_to(&service, &hash, request).await });
    appending.await.unwrap_or_else(|error| {
        tracing::error!(%error, "a file could not be taken");
        answer::later(StatusCode::SERVICE_UNAVAILABLE, "failed", "the central office failed", wait)
    })
}

async fn append_to(service: &Service, hash: &str, request: Request) -> Answer {
    let Ok(_place) = service.uploads.try_acquire() else {
        let wait = service.limits.busy_retry_after_s;
        return answer::later(StatusCode::SERVICE_UNAVAILABLE, "busy", "too much is sent at once", wait);
    };
    let (parts, body) = request.into_parts();
    let headers = parts.headers;
    if headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != "application/partial-upload") {
        let reason = "expected application/partial-upload";
        return closing(answer::problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media_type", reason));
    }
    let Some(from) = headers.get(OFFSET).and_then(|value| value.to_str().ok()?.trim().parse::<u64>().ok())
    else {
        return closing(answer::problem(
            StatusCode::BAD_REQUEST,
            "malformed",
            "an append says where it begins",
        ));
    };
    let (upload, mut turn, offset) = match begun(service, hash, &headers).await {
        Ok((_, Begun::Stored(word))) => return closing(answer::cbor(word)),
        Ok((upload, Begun::Here(offset, turn))) => (upload, turn, offset),
        Err(refused) => return closing(refused),
    };
    if from != offset {
        let reason = "the file is elsewhere";
        return closing(at(answer::problem(StatusCode::CONFLICT, "other_offset", reason), offset));
    }
    let room = usize::try_from(upload.bytes.saturating_sub(offset)).unwrap_or(usize::MAX);
    let bytes_max = PIECE_BYTES_MAX.min(room);
    let came = body::read_what_comes(&headers, body, bytes_max, &service.limits, turn.wanted()).await;
    let (bytes, why) = match came {
        Ok(Came { bytes, unread }) => (bytes, unread),
        Err(unread) => return answer::unread(unread),
    };
    let written = on_disk(service, move |files| files.append(&upload, &bytes)).await;
    match (written, why) {
        (Err(error), _) => closing(file_failed(service, &error)),
        (Ok(_), Some(unread)) => answer::unread(unread),
        (Ok(offset), None) if offset == upload.bytes => whole(service, upload).await,
        (Ok(offset), None) => here(StatusCode::NO_CONTENT, offset),
    }
}

/// A file that is known to the office.
enum Begun {
    /// Whole: the word on it.
    Stored(Vec<u8>),
    /// So many bytes are here, and it is this request's turn.
    Here(u64, Turn),
}

async fn begun(service: &Service, hash: &str, headers: &HeaderMap) -> Result<(Upload, Begun), Answer> {
    let upload = statement(service, hash, headers).await?;
    let turn = service.turns.take(upload.device, upload.hash).await;
    let file = FileToTake { upload, now_unix_s: service.clock.now_unix_s() };
    let taking = service.store.take_file(file).await;
    let refused = |status, code, reason| answer::problem(status, code, reason);
    match taking {
        Err(error) => Err(store_failed(service.limits.busy_retry_after_s, &error)),
        Ok(Taking::Unannounced) => Err(refused(
            StatusCode::NOT_FOUND,
            "unannounced",
            "no entry of this stand announces a file there",
        )),
        Ok(Taking::TooMany) => Err(refused(
            StatusCode::FORBIDDEN,
            "too_many_files",
            "as many files were brought for that entry as may be",
        )),
        Ok(Taking::OtherLength) => Err(refused(
            StatusCode::BAD_REQUEST,
            "other_length",
            "the file was announced with another length",
        )),
        Ok(Taking::Stored(word)) => {
            let found =
                on_disk(service, move |files| Ok((files.is_whole(&upload), files.offset(&upload)?))).await;
            match found {
                Ok((true, _)) => Ok((upload, Begun::Stored(word))),
                // Signed for, and gone: the data was restored and the files were not. It is brought again.
                Ok((false, offset)) => Ok((upload, Begun::Here(offset, turn))),
                Err(error) => Err(file_failed(service, &error)),
            }
        }
        Ok(Taking::Welcome { forgotten }) => {
            let found = on_disk(service, move |files| {
                for hash in forgotten {
                    files.forget(upload.device, hash)?;
                }
                // Renamed before a crash that came before the word.
                if files.is_whole(&upload) { Ok(upload.bytes) } else { files.offset(&upload) }
            });
            match found.await {
                Ok(offset) => Ok((upload, Begun::Here(offset, turn))),
                Err(error) => Err(file_failed(service, &error)),
            }
        }
    }
}

/// The stand's word on the file, once it is the stand's and about this file of this office.
async fn statement(service: &Service, hash: &str, headers: &HeaderMap) -> Result<Upload, Answer> {
    let refuse = |status, code, reason| answer::problem(status, code, reason);
    let malformed = || refuse(StatusCode::BAD_REQUEST, "malformed", "no signed word on a file");
    let text =
        headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("OIRS "));
    let text = text.filter(|text| text.len() <= STATEMENT_CHARS_MAX).ok_or_else(malformed)?;
    let bytes = data_encoding::BASE64URL_NOPAD.decode(text.trim().as_bytes()).map_err(|_| malformed())?;
    let signed = Sign1::read(&bytes).map_err(|_| malformed())?;
    let (device, key) = match service.intake.signer_of(signed.kid).await {
        Ok(Some(found)) => found,
        Ok(None) => {
            let reason = "no stand of this office has this key";
            return Err(refuse(StatusCode::UNAUTHORIZED, "unknown_signer", reason));
        }
        Err(error) => return Err(store_failed(service.limits.busy_retry_after_s, &error)),
    };
    let upload = Upload::open(&signed, &key)
        .map_err(|_| refuse(StatusCode::UNAUTHORIZED, "bad_signature", "the signature does not verify"))?;
    if upload.office != service.office.id || upload.device != device {
        return Err(refuse(StatusCode::BAD_REQUEST, "other_device", "a word of another stand or office"));
    }
    if Hash::from_hex(hash).is_ok_and(|hash| hash == upload.hash) {
        if (1..=SEALED_FILE_BYTES_MAX).contains(&upload.bytes) {
            return Ok(upload);
        }
        return Err(refuse(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "the file is too large"));
    }
    Err(malformed())
}

/// Every byte came: looks at it, and gives the word.
async fn whole(service: &Service, upload: Upload) -> Answer {
    match on_disk(service, move |files| files.assemble(&upload)).await {
        Ok(Assembled::Whole) => {}
        Ok(Assembled::OtherBytes) => {
            let reason = "what came together has another hash, and was dropped";
            return answer::problem(StatusCode::UNPROCESSABLE_ENTITY, "other_bytes", reason);
        }
        Err(error) => return file_failed(service, &error),
    }
    let word = Stored::new(&upload, service.clock.now_unix_s()).sign(&service.keys.checkpoint);
    match service.store.finish_file(upload, word).await {
        Ok(word) => answer::cbor(word),
        Err(error) => store_failed(service.limits.busy_retry_after_s, &error),
    }
}

/// Runs something that waits for the disk where it keeps nobody else waiting.
async fn on_disk<T: Send + 'static>(
    service: &Service,
    work: impl FnOnce(&crate::files::SealedFiles) -> Result<T, CentralError> + Send + 'static,
) -> Result<T, CentralError> {
    let files = service.files.clone();
    let done = tokio::task::spawn_blocking(move || work(&files)).await;
    done.unwrap_or_else(|error| {
        let source = std::io::Error::other(error);
        Err(CentralError::File { operation: "working on", path: "files".into(), source })
    })
}

fn file_failed(service: &Service, error: &CentralError) -> Answer {
    if let CentralError::File { source, .. } = error
        && matches!(source.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
    {
        let reason = "the central office has no space left";
        return answer::problem(StatusCode::INSUFFICIENT_STORAGE, "disk_full", reason);
    }
    tracing::error!(error = %chain(error), "a file could not be taken");
    let wait = service.limits.busy_retry_after_s;
    answer::later(StatusCode::SERVICE_UNAVAILABLE, "failed", "the central office failed", wait)
}

fn here(status: StatusCode, offset: u64) -> Answer {
    let mut answer = at(answer::empty(status), offset);
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

fn at(mut answer: Answer, offset: u64) -> Answer {
    answer.headers_mut().insert(OFFSET, offset.into());
    answer.headers_mut().insert(COMPLETE, HeaderValue::from_static("?0"));
    answer
}

/// The connection ends with the answer: a body is left unread.
fn closing(mut answer: Answer) -> Answer {
    answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    answer
}
