//! Reading a request's body: bounded in size, in time, and in how long it may stand still.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};
use http_body_util::BodyExt as _;
use tokio::time::{Instant, timeout, timeout_at};

use super::limits::Limits;

/// Why a body was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// Neither a length nor chunks: nothing says where it ends.
    NoLength,
    /// Larger than allowed.
    TooLarge,
    /// Too slow, or it stood still.
    TooSlow,
    /// The connection was cut, or the framing is wrong.
    Cut,
}

/// The whole body, of at most `bytes_max` bytes.
pub(super) async fn read(
    headers: &HeaderMap,
    body: Body,
    bytes_max: usize,
    limits: &Limits,
) -> Result<Vec<u8>, Unread> {
    let came = read_what_comes(headers, body, bytes_max, limits, std::future::pending()).await?;
    came.unread.map_or(Ok(came.bytes), Err)
}

/// What came of a body, and why the rest did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Came {
    /// What came, at most `bytes_max` bytes.
    pub(super) bytes: Vec<u8>,
    /// Why not all of it; none when that was all.
    pub(super) unread: Option<Unread>,
}

/// As much of a body as comes, within the limits and until `stop`. An error says that it was not begun.
pub(super) async fn read_what_comes(
    headers: &HeaderMap,
    body: Body,
    bytes_max: usize,
    limits: &Limits,
    stop: impl Future<Output = ()>,
) -> Result<Came, Unread> {
    let length =
        headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    match length {
        None if !headers.contains_key(header::TRANSFER_ENCODING) => return Err(Unread::NoLength),
        Some(length) if length > bytes_max => return Err(Unread::TooLarge),
        _ => {}
    }
    let end = Instant::now().checked_add(limits.body_time_max).ok_or(Unread::TooSlow)?;
    let mut bytes = Vec::with_capacity(length.unwrap_or_default());
    let mut body = body;
    let mut stop = std::pin::pin!(stop);
    loop {
        let frame = timeout(limits.body_pause_max, timeout_at(end, body.frame()));
        let frame = tokio::select! {
            biased;
            () = &mut stop => return Ok(Came { bytes, unread: Some(Unread::Cut) }),
            frame = frame => frame,
        };
        match frame {
            Err(_) | Ok(Err(_)) => return Ok(Came { bytes, unread: Some(Unread::TooSlow) }),
            Ok(Ok(None)) => return Ok(Came { bytes, unread: None }),
            Ok(Ok(Some(Err(_)))) => return Ok(Came { bytes, unread: Some(Unread::Cut) }),
            Ok(Ok(Some(Ok(frame)))) => {
                let data: Bytes = frame.into_data().unwrap_or_default();
                if bytes.len().saturating_add(data.len()) > bytes_max {
                    return Ok(Came { bytes, unread: Some(Unread::TooLarge) });
                }
                bytes.extend_from_slice(&data);
            }
        }
    }
}
