//! The central office's signed time, for a stand whose clock is so wrong that TLS fails with it.

use ed25519_dalek::{SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};

use crate::ids::OfficeId;
use crate::push::PushError;
use crate::sign1::{self, Context};

/// Central's answer to a nonce: nobody can have prepared it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SignedTime {
    #[n(0)]
    version: u8,
    /// The office.
    #[n(1)]
    pub office: OfficeId,
    /// What the stand drew for this question.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub nonce: [u8; 16],
    /// Seconds since 1970 (UTC).
    #[n(3)]
    pub time_unix_s: u64,
}

impl SignedTime {
    /// The signed bytes, by the checkpoint key.
    pub fn sign(office: OfficeId, nonce: [u8; 16], time_unix_s: u64, key: &SigningKey) -> Vec<u8> {
        let time = Self { version: crate::VERSION, office, nonce, time_unix_s };
        sign1::sign(key, Context::Time, &crate::encode(&time))
    }

    /// Reads and verifies an office's answer to `nonce`; nothing when it answers another question.
    pub fn open(
        bytes: &[u8],
        office: OfficeId,
        nonce: [u8; 16],
        key: &VerifyingKey,
    ) -> Result<Option<Self>, PushError> {
        let read: Self = crate::decode("signed time", sign1::open(bytes, key, Context::Time)?)?;
        Ok((read.nonce == nonce && read.office == office && read.version == crate::VERSION).then_some(read))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_its_own_nonce_only() {
        let key = SigningKey::from_bytes(&[1; 32]);
        let bytes = SignedTime::sign(OfficeId([1; 16]), [2; 16], 1_795_000_000, &key);
        let open = |office, nonce| {
            let read =
                SignedTime::open(&bytes, OfficeId([office; 16]), [nonce; 16], &key.verifying_key()).unwrap();
            read.map(|time| time.time_unix_s)
        };
        assert_eq!(open(1, 2), Some(1_795_000_000));
        assert_eq!((open(1, 3), open(9, 2)), (None, None));
    }
}
