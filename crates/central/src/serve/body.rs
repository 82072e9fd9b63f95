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
    let length =
        headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    match length {
        None if !headers.contains_key(header::TRANSFER_ENCODING) => return Err(Unread::NoLength),
        Some(length) if length > bytes_max => return Err(Unread::TooLarge),
        _ => {}
    }
    let end = Instant::now().checked_add(limits.body_time_max).ok_or(Unread::TooSlow)?;
    let mut collected = Vec::with_capacity(length.unwrap_or_default());
    let mut body = body;
    loop {
        let frame = timeout(limits.body_pause_max, timeout_at(end, body.frame()));
        match frame.await.map_err(|_| Unread::TooSlow)?.map_err(|_| Unread::TooSlow)? {
            None => return Ok(collected),
            Some(Err(_)) => return Err(Unread::Cut),
            Some(Ok(frame)) => {
                let data: Bytes = frame.into_data().unwrap_or_default();
                if collected.len().saturating_add(data.len()) > bytes_max {
                    return Err(Unread::TooLarge);
                }
                collected.extend_from_slice(&data);
            }
        }
    }
}
