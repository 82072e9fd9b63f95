//! Closings of outings: the certificate that a stand is given, and the desk's view of them.

use central_db::{Closing, ClosingName, ClosingState, Store, StoreError};
use ed25519_dalek::SigningKey;
use wire::OfficeId;
use wire::reconciliation::{Certificate, differences};

/// The office's word on a closing.
pub fn certificate(office: OfficeId, closing: &Closing, now_unix_s: u64) -> Certificate {
    Certificate {
        office,
        device: closing.id.device,
        epoch: closing.id.epoch,
        closed: closing.id.seq,
        closed_hash: closing.hash,
        count: closing.count,
        head: closing.head,
        issued_unix_s: now_unix_s,
        counts: closing.counts,
        difference: differences(&closing.stated, &closing.counts),
        quarantined: closing.quarantined,
        unopened: closing.unopened,
        apart: closing.apart,
    }
}

/// What a stand is answered that asks for a certificate.
#[derive(Debug)]
pub enum Asked {
    /// The signed certificate.
    Certificate(Vec<u8>),
    /// Not all of it was opened yet.
    NotYet,
    /// Nothing here has this name, or it is no closing.
    Unknown,
}

/// The signed certificate of a closing, counted now.
pub async fn certify(
    store: &dyn Store,
    office: OfficeId,
    name: ClosingName,
    checkpoint: &SigningKey,
    now_unix_s: u64,
) -> Result<Asked, StoreError> {
    Ok(match store.closing(name).await? {
        ClosingState::Opened(closing) => {
            Asked::Certificate(certificate(office, &closing, now_unix_s).sign(checkpoint))
        }
        ClosingState::NotOpened => Asked::NotYet,
        ClosingState::Unknown | ClosingState::NoClosing => Asked::Unknown,
    })
}
