//! The frozen, versioned bytes between stand and central: entry, chain, seal, signatures, receipt code.
//!
//! Everything here is written down in `docs/protocol.md`, exactly enough to be read again without this code;
//! a test holds a reader made from that document alone against these bytes. What is published here does not
//! change: a new need is a new kind, a new integer key or a new context, never a new meaning.
//!
//! The crate does no input or output and knows no clock: randomness, time and keys are handed in, so that the
//! simulator can replay a run to the byte.

pub mod act;
pub mod body;
pub mod cert;
pub mod chain;
pub mod compress;
pub mod counts;
mod crockford;
pub mod enrol;
pub mod file;
pub mod ids;
pub mod manifest;
pub mod outing;
pub mod profile;
pub mod publication;
pub mod push;
pub mod receipt;
pub mod reconciliation;
pub mod release;
pub mod resting;
pub mod seal;
pub mod sign1;
pub mod time;
pub mod unlock;
pub mod upload;

pub use chain::{Entry, EntryKind};
pub use ids::{DeviceId, Epoch, Hash, KeyId, OfficeId, OutingToken};

/// The protocol's version, in every signed payload and every associated data.
pub const VERSION: u8 = 1;
/// Largest answer of the office that a stand reads, in bytes, apart from published parts.
pub const ANSWER_BYTES_MAX: usize = 256 * 1_024;

/// SHA-256 of the concatenation of `parts`.
pub(crate) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    use sha2::Digest as _;
    let mut hasher = sha2::Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// The first `N` of `bytes`; zeroes where there are fewer.
pub(crate) fn first_bytes<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut first = [0; N];
    for (to, from) in first.iter_mut().zip(bytes) {
        *to = *from;
    }
    first
}

/// The CBOR of a value. Writing into memory cannot fail, and no derived encoder here has an error of its own.
pub(crate) fn encode<T: minicbor::Encode<()>>(value: &T) -> Vec<u8> {
    match minicbor::to_vec(value) {
        Ok(bytes) => bytes,
        Err(error) => unreachable!("encoding into memory failed: {error}"),
    }
}

/// Bytes that are not a valid encoding of what was expected there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("malformed {what}: {why}")]
pub struct Malformed {
    /// Which structure was being read.
    pub what: &'static str,
    /// What the decoder met.
    pub why: String,
}

/// Reads a whole structure; trailing bytes are refused.
pub(crate) fn decode<'a, T: minicbor::Decode<'a, ()>>(
    what: &'static str,
    bytes: &'a [u8],
) -> Result<T, Malformed> {
    let mut decoder = minicbor::Decoder::new(bytes);
    let value = decoder.decode().map_err(|error| Malformed { what, why: error.to_string() })?;
    if decoder.position() == bytes.len() {
        Ok(value)
    } else {
        Err(Malformed { what, why: "bytes after the end".into() })
    }
}
