//! Gives the sending of files a network: the requests of resumable uploads, and what counts as an answer to them.
//!
//! The semantics are those of the IETF's draft "Resumable Uploads for HTTP" (draft-ietf-httpbis-resumable-upload): the
//! office says by `Upload-Offset` how much it has, an append begins exactly there, and a cut one leaves what arrived.
//! The question is a GET and not the draft's HEAD, whose answer could carry neither the office's word on a file that is
//! whole nor the reason of a refusal: one round trip less on a slow link.

use std::time::{Duration, Instant};

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Response, StatusCode};
use wire::ANSWER_BYTES_MAX;

use super::exchange::{CBOR, Exchange};
use super::{Cancelled, elapsed_ms, say};
use crate::engine::Limits;
use crate::upload::{Files, UploadAction, UploadEvent, Uploads, WaitingFile};
use crate::{Fault, Identity, Outcome, Progress};

const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const COMPLETE: HeaderName = HeaderName::from_static("upload-complete");
const PARTIAL: HeaderValue = HeaderValue::from_static("application/partial-upload");

/// What sending the files did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadReport {
    /// How it ended.
    pub outcome: Outcome,
    /// Files for which the office signed.
    pub stored: u64,
    /// Files that still wait, those whose entries have not arrived left out.
    pub held: u64,
}

/// Sends what waits, if anything does. An error is the local disk's; whatever the network does is in the report.
pub async fn send_files<F: Files>(
    files: &mut F,
    identity: Identity,
    exchange: &mut Exchange<'_>,
    seed: u64,
    mut cancelled: Cancelled,
    mut progress: impl FnMut(&Progress),
) -> Result<UploadReport, F::Error> {
    let mut uploads = Uploads::new(identity, files.waiting()?, Limits::default(), seed);
    let mut event = UploadEvent::Started;
    loop {
        let mut next = None;
        for action in uploads.on(event) {
            match action {
                UploadAction::Keep { stored, bytes } => files.stored(&stored, &bytes)?,
                UploadAction::Progress(now) => progress(&now),
                UploadAction::Finished { outcome, stored, held } => {
                    return Ok(UploadReport { outcome, stored, held });
                }
                asking => next = Some(asking),
            }
        }
        event = match next {
            Some(asking) => tokio::select! {
                biased;
                () = cancelled.said() => UploadEvent::Cancelled,
                answered = carry_out(asking, files, exchange) => answered?,
            },
            None => UploadEvent::Cancelled,
        };
    }
}

async fn carry_out<F: Files>(
    action: UploadAction,
    files: &mut F,
    exchange: &mut Exchange<'_>,
) -> Result<UploadEvent, F::Error> {
    let answered = match action {
        UploadAction::Ask(file) => {
            let statement = files.statement(&file);
            exchange.upload(Method::GET, &file, &statement, None).await
        }
        UploadAction::Send { file, from, bytes_max } => {
            let statement = files.statement(&file);
            match files.piece(&file, from, bytes_max)? {
                Some(piece) if !piece.is_empty() => {
                    exchange.upload(Method::PATCH, &file, &statement, Some((from, piece))).await
                }
                _ => return Ok(UploadEvent::FileUnreadable),
            }
        }
        UploadAction::Wait { ms } => {
            tokio::time::sleep(Duration::from_millis(ms)).await;
            return Ok(UploadEvent::WaitOver);
        }
        UploadAction::Keep { .. } | UploadAction::Progress(_) | UploadAction::Finished { .. } => {
            return Ok(UploadEvent::Cancelled);
        }
    };
    Ok(answered.unwrap_or_else(|fault| {
        say(&fault);
        UploadEvent::Failed(fault)
    }))
}

impl Exchange<'_> {
    /// One request about a file, and what its answer says.
    async fn upload(
        &mut self,
        method: Method,
        file: &WaitingFile,
        statement: &[u8],
        piece: Option<(u64, Vec<u8>)>,
    ) -> Result<UploadEvent, Fault> {
        let begun = Instant::now();
        let mut request = self.request(method, &format!("v1/file/{}", file.hash));
        let credentials = format!("OIRS {}", data_encoding::BASE64URL_NOPAD.encode(statement));
        if let Ok(mut credentials) = HeaderValue::from_str(&credentials) {
            credentials.set_sensitive(true);
            request.headers_mut().insert(AUTHORIZATION, credentials);
        }
        let sent = piece.as_ref().map(|(_, bytes)| bytes.len());
        if let Some((from, bytes)) = piece {
            let end = from.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
            let is_last = HeaderValue::from_static(if end >= file.bytes { "?1" } else { "?0" });
            let headers = request.headers_mut();
            headers.insert(CONTENT_TYPE, PARTIAL);
            headers.insert(OFFSET, from.into());
            headers.insert(COMPLETE, is_last);
            *request.body_mut() = Some(bytes.into());
        }
        let response = self.execute(request).await?;
        let at = offset(response.headers())
            .map(|offset| UploadEvent::At { offset, piece: sent.map(|len| (len, elapsed_ms(begun))) });
        match (response.status(), at) {
            (StatusCode::NO_CONTENT, Some(at)) => Ok(at),
            (StatusCode::OK, _) if is_cbor(&response) => {
                Ok(UploadEvent::Whole(self.body(response, ANSWER_BYTES_MAX).await?))
            }
            // It stands elsewhere than we thought: asked again, and not counted as sent.
            (StatusCode::CONFLICT, Some(UploadEvent::At { offset, .. })) => {
                Ok(UploadEvent::At { offset, piece: None })
            }
            _ => match self.not_a_yes(response).await {
                Fault::Refused { code, .. } if code == "other_bytes" => Ok(UploadEvent::OtherBytes),
                fault => Err(fault),
            },
        }
    }
}

fn offset(headers: &HeaderMap) -> Option<u64> {
    headers.get(OFFSET)?.to_str().ok()?.trim().parse().ok()
}

fn is_cbor(response: &Response) -> bool {
    response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == CBOR)
}
