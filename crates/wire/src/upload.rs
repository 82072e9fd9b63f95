//! How an attachment's sealed bytes reach the office: the stand's signed word on what it brings, and the office's on
//! what it holds.
//!
//! The bytes themselves travel bare, so that any byte is a place to go on from; their hash is in both statements.

use ed25519_dalek::{SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};

use crate::ids::{DeviceId, Epoch, Hash, OfficeId};
use crate::push::PushError;
use crate::sign1::{self, Context, Sign1};

/// Most bytes in one piece of an upload.
pub const PIECE_BYTES_MAX: usize = 1 << 20;

/// The stand's word: this entry of mine announces a file of this hash and length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Upload {
    #[n(0)]
    version: u8,
    /// The office.
    #[n(1)]
    pub office: OfficeId,
    /// The stand.
    #[n(2)]
    pub device: DeviceId,
    /// The ledger of the entry that announces the file.
    #[n(3)]
    pub epoch: Epoch,
    /// The entry's position.
    #[n(4)]
    pub seq: u64,
    /// SHA-256 of the sealed file.
    #[n(5)]
    pub hash: Hash,
    /// Length of the sealed file, in bytes.
    #[n(6)]
    pub bytes: u64,
}

impl Upload {
    /// A statement of this protocol version.
    pub fn new(
        office: OfficeId,
        device: DeviceId,
        (epoch, seq): (Epoch, u64),
        hash: Hash,
        bytes: u64,
    ) -> Self {
        Self { version: crate::VERSION, office, device, epoch, seq, hash, bytes }
    }

    /// The signed bytes, by the stand's key. The same statement signs to the same bytes.
    pub fn sign(&self, key: &SigningKey) -> Vec<u8> {
        sign1::sign(key, Context::Upload, &crate::encode(self))
    }

    /// Reads one whose signer is still looked for.
    pub fn read_unverified(signed: &Sign1<'_>) -> Result<Self, PushError> {
        checked(crate::decode("upload", signed.unverified_payload())?, |read: &Self| read.version)
    }

    /// Reads and verifies.
    pub fn open(signed: &Sign1<'_>, key: &VerifyingKey) -> Result<Self, PushError> {
        checked(crate::decode("upload", signed.verify(key, Context::Upload)?)?, |read: &Self| read.version)
    }
}

/// The office's word: this file is stored, whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Stored {
    #[n(0)]
    version: u8,
    /// The office.
    #[n(1)]
    pub office: OfficeId,
    /// The stand that brought it.
    #[n(2)]
    pub device: DeviceId,
    /// SHA-256 of the sealed file.
    #[n(3)]
    pub hash: Hash,
    /// Its length, in bytes.
    #[n(4)]
    pub bytes: u64,
    /// When it was whole, in seconds since 1970 (UTC).
    #[n(5)]
    pub time_unix_s: u64,
}

impl Stored {
    /// The office's word on what came of an upload.
    pub fn new(upload: &Upload, time_unix_s: u64) -> Self {
        let Upload { version, office, device, hash, bytes, .. } = *upload;
        Self { version, office, device, hash, bytes, time_unix_s }
    }

    /// The signed bytes, by the checkpoint key.
    pub fn sign(&self, key: &SigningKey) -> Vec<u8> {
        sign1::sign(key, Context::Stored, &crate::encode(self))
    }

    /// Reads and verifies.
    pub fn open(bytes: &[u8], key: &VerifyingKey) -> Result<Self, PushError> {
        checked(crate::decode("stored", sign1::open(bytes, key, Context::Stored)?)?, |read: &Self| {
            read.version
        })
    }
}

fn checked<T>(read: T, version: impl Fn(&T) -> u8) -> Result<T, PushError> {
    match version(&read) {
        crate::VERSION => Ok(read),
        other => Err(PushError::Version(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_its_signer_s_and_of_its_purpose() {
        let key = |seed| SigningKey::from_bytes(&[seed; 32]);
        let place = (Epoch([3; 8]), 7);
        let upload = Upload::new(OfficeId([1; 16]), DeviceId([2; 16]), place, Hash([4; 32]), 1_040);
        let bytes = upload.sign(&key(5));
        let read = |seed| Upload::open(&Sign1::read(&bytes).unwrap(), &key(seed).verifying_key());
        assert_eq!(read(5), Ok(upload));
        assert!(read(6).is_err());
        let stored = Stored::new(&upload, 1_795_000_000);
        let answer = stored.sign(&key(9));
        assert_eq!(Stored::open(&answer, &key(9).verifying_key()), Ok(stored));
        assert!(Stored::open(&answer, &key(5).verifying_key()).is_err());
        assert!(Stored::open(&bytes, &key(5).verifying_key()).is_err(), "one is never the other");
    }

    /// The document's examples.
    #[test]
    fn the_bytes_are_the_documented_ones() {
        let hash =
            Hash::from_hex("2f0cdbcc4ca4939ba45bbde9688d1726267f33cd7ce561ab4da52677c275ee58").unwrap();
        let place = (Epoch([0xe0; 8]), 7);
        let upload = Upload::new(OfficeId([0x0f; 16]), DeviceId([0xde; 16]), place, hash, 144);
        let key = SigningKey::from_bytes(&[1; 32]);
        let document = include_str!("../../../docs/protocol.md").replace("\n    ", "");
        for bytes in [upload.sign(&key), Stored::new(&upload, 1_795_000_000).sign(&key)] {
            assert!(document.contains(&data_encoding::HEXLOWER.encode(&bytes)), "{bytes:02x?}");
        }
    }

    #[test]
    fn another_version_is_refused() {
        let key = SigningKey::from_bytes(&[5; 32]);
        let place = (Epoch([3; 8]), 7);
        let mut upload = Upload::new(OfficeId([1; 16]), DeviceId([2; 16]), place, Hash([4; 32]), 1_040);
        upload.version = 2;
        let bytes = upload.sign(&key);
        let read = Upload::open(&Sign1::read(&bytes).unwrap(), &key.verifying_key());
        assert_eq!(read, Err(PushError::Version(2)));
    }
}
