//! Fetches a package of the stand's program, piece by piece, after everything that is a citizen's.
//!
//! What goes wrong here says nothing about the sync before it: it is logged, and the next one goes on at the byte where
//! this one ended.

use std::time::{Duration, Instant};

use reqwest::header::CONTENT_TYPE;
use reqwest::{Method, StatusCode};
use wire::Hash;
use wire::release::PACKAGE_PIECE_BYTES_MAX;

use super::exchange::Exchange;
use super::{Cancelled, say};
use crate::Fault;

/// How long one sync goes on asking for further pieces: then whatever was recorded meanwhile comes first again. At least
/// one piece is asked for in each.
const FETCH_TIME_MAX: Duration = Duration::from_mins(1);

/// Asks for a package from a byte on and hands each piece to `keep`, which says whether it was the last. An error is
/// the local disk's.
pub async fn fetch_package<E>(
    exchange: &mut Exchange<'_>,
    hash: Hash,
    mut from: u64,
    mut cancelled: Cancelled,
    mut keep: impl FnMut(&[u8]) -> Result<bool, E>,
) -> Result<(), E> {
    let begun = Instant::now();
    loop {
        let piece = tokio::select! {
            biased;
            () = cancelled.said() => return Ok(()),
            piece = exchange.package(hash, from) => piece,
        };
        let piece = match piece {
            Ok(piece) if piece.is_empty() => return Ok(()),
            Ok(piece) => piece,
            Err(fault) => {
                say(&fault);
                return Ok(());
            }
        };
        from = from.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        if keep(&piece)? || begun.elapsed() >= FETCH_TIME_MAX {
            return Ok(());
        }
    }
}

impl Exchange<'_> {
    /// A piece of a package, from a byte on; empty at its end.
    async fn package(&mut self, hash: Hash, from: u64) -> Result<Vec<u8>, Fault> {
        let request = self.request(Method::GET, &format!("v1/package/{hash}/{from}"));
        let response = self.execute(request).await?;
        let is_bytes =
            response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "application/octet-stream");
        if response.status() == StatusCode::OK && is_bytes {
            self.body(response, PACKAGE_PIECE_BYTES_MAX).await
        } else {
            Err(self.not_a_yes(response).await)
        }
    }
}
