//! The office's time, for a stand whose own clock is so wrong that TLS fails with it.
//!
//! The connection is not judged by any clock, because there is none to judge by. It need not be: the answer is
//! signed by the office's pinned key over a nonce that nobody could foresee, and the question says nothing about
//! the stand or its citizens. Staff see the time and confirm it; the sync that follows is judged by it.

use wire::cert::Signers;
use wire::time::SignedTime;
use wire::{KeyId, OfficeId};

use super::exchange::Exchange;
use super::office::{ConnectError, Office, Patience};
use super::tls::Judge;
use crate::Fault;

/// Why the office's time is not known.
#[derive(Debug, thiserror::Error)]
pub enum OfficeTimeError {
    /// No connection can even be tried.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The network, or whoever answered.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Asks the office at an address for its time, in seconds since 1970 (UTC).
pub async fn office_time(
    address: &str,
    office: OfficeId,
    checkpoint_keys: &Signers,
    nonce: [u8; 16],
) -> Result<u64, OfficeTimeError> {
    let unjudged = Office::reach(address, &Judge::Nobody, Patience::default())?;
    let answer = Exchange::new(&unjudged, KeyId([0; KeyId::LEN])).time(nonce).await?;
    let signer = checkpoint_keys.signer_of(&answer).map_err(|_| Fault::NotOurOffice)?;
    match SignedTime::open(&answer, office, nonce, signer) {
        Ok(Some(time)) => Ok(time.time_unix_s),
        Ok(None) | Err(_) => Err(Fault::NotOurOffice.into()),
    }
}
