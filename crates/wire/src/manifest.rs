//! The manifest: what the office wants a stand to hold, and how far the office vouches for what the stand sent.
//!
//! Signed with the content key. Its number only grows: an older manifest is a rollback and is refused. Parts are
//! named by their hash, so that a part can come over any way and be kept when the next manifest names it again.

use ed25519_dalek::{SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};

use crate::ids::{DeviceId, Epoch, Hash, KeyId, OfficeId};
use crate::push::PushError;
use crate::sign1::{self, Context};
use crate::{Malformed, decode, encode};

/// Largest part of a manifest, in bytes: what a stand has room for, and what a 2G link brings within a night. An
/// office publishes nothing larger, and a stand does not take it, whoever signed it.
pub const PART_BYTES_MAX: u64 = 16 * 1_024 * 1_024;

/// What a part is. Unknown values are kept and ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct PartKind(#[n(0)] pub u16);

impl PartKind {
    /// The office's stands and their keys, for verifying receipts: [`Directory`].
    pub const DIRECTORY: Self = Self(1);
    /// The office's role certificates, by the root: [`RoleCertificates`](crate::cert::RoleCertificates).
    pub const CERTIFICATES: Self = Self(2);
    /// The office's catalogue: a [`Publication`](crate::publication::Publication) of a pack of `oirs-catalogue/1`.
    pub const CATALOGUE: Self = Self(3);
    /// The survey that people are invited to: a publication of an offer of `oirs-survey-offer/1`.
    pub const SURVEY: Self = Self(4);
    /// The newest release of the stand's program: a publication of a [`Release`](crate::release::Release) as it travels.
    pub const RELEASE: Self = Self(5);
}

/// One content-addressed part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Part {
    /// What it is.
    #[n(0)]
    pub kind: PartKind,
    /// SHA-256 of its bytes.
    #[n(1)]
    pub hash: Hash,
    /// Its length in bytes.
    #[n(2)]
    pub len: u64,
}

/// How far the office vouches for one of the stand's ledgers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Watermark {
    /// The ledger.
    #[n(0)]
    pub epoch: Epoch,
    /// Entries stored.
    #[n(1)]
    pub stored: u64,
    /// The chain's hash after `stored` entries.
    #[n(2)]
    pub stored_head: Hash,
    /// Entries stored, opened and backed up: bodies up to here may be released after the grace time.
    #[n(3)]
    pub safe: u64,
    /// The chain's hash after `safe` entries.
    #[n(4)]
    pub safe_head: Hash,
}

/// What the office wants a stand to hold.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Manifest {
    #[n(0)]
    version: u8,
    /// The office.
    #[n(1)]
    pub office: OfficeId,
    /// The stand that it is for.
    #[n(2)]
    pub device: DeviceId,
    /// Grows with every change, never otherwise.
    #[n(3)]
    pub number: u64,
    /// Content that the stand should have.
    #[n(4)]
    pub parts: Vec<Part>,
    /// The stand's ledgers.
    #[n(5)]
    pub watermarks: Vec<Watermark>,
    /// When the office revoked this stand, in seconds since 1970 (UTC).
    #[n(6)]
    pub revoked_unix_s: Option<u64>,
    /// When the office issued it, in seconds since 1970 (UTC): what grace times are measured by, since a stand's own
    /// clock may jump.
    #[n(7)]
    pub issued_unix_s: u64,
}

impl Manifest {
    /// A manifest of this protocol version.
    pub fn new(office: OfficeId, device: DeviceId, number: u64, issued_unix_s: u64) -> Self {
        Self {
            version: crate::VERSION,
            office,
            device,
            number,
            parts: Vec::new(),
            watermarks: Vec::new(),
            revoked_unix_s: None,
            issued_unix_s,
        }
    }

    /// The signed bytes.
    pub fn sign(&self, key: &SigningKey) -> Vec<u8> {
        sign1::sign(key, Context::Manifest, &encode(self))
    }

    /// Reads and verifies.
    pub fn open(bytes: &[u8], key: &VerifyingKey) -> Result<Self, PushError> {
        let read: Self = decode("manifest", sign1::open(bytes, key, Context::Manifest)?)?;
        if read.version == crate::VERSION { Ok(read) } else { Err(PushError::Version(read.version)) }
    }

    /// Reads one that lies on the stand's own disk and was verified when it came. Whose signature it has to carry may
    /// only be known from what it names.
    pub fn read_kept(bytes: &[u8]) -> Result<Self, PushError> {
        Ok(decode("manifest", sign1::Sign1::read(bytes)?.unverified_payload())?)
    }

    /// Whether everything but number and time is the same.
    pub fn same_content(&self, other: &Self) -> bool {
        let content = |manifest: &Self| Self { number: 0, issued_unix_s: 0, ..manifest.clone() };
        content(self) == content(other)
    }
}

/// One stand in the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct DirectoryEntry {
    /// The stand.
    #[n(0)]
    pub device: DeviceId,
    /// Its Ed25519 public key.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub public_key: [u8; 32],
    /// The first three symbols of its folios, as a 15-bit number: no stand gives folios of another's.
    #[n(2)]
    pub folio_prefix: u16,
    /// When it was revoked, in seconds since 1970 (UTC).
    #[n(3)]
    pub revoked_unix_s: Option<u64>,
}

/// The office's stands: against it, any stand verifies any other's receipts without a network. Its hash stands
/// in the signed manifest, so it carries no signature of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(transparent)]
pub struct Directory(#[n(0)] pub Vec<DirectoryEntry>);

impl Directory {
    /// The CBOR of the directory.
    pub fn encode(&self) -> Vec<u8> {
        encode(self)
    }

    /// Reads a directory whose hash was checked.
    pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        decode("directory", bytes)
    }

    /// The stand that signs under this key id.
    pub fn find(&self, kid: KeyId) -> Option<&DirectoryEntry> {
        self.0.iter().find(|entry| KeyId::of(&entry.public_key) == kid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_and_compares_without_its_number() {
        let key = SigningKey::from_bytes(&[1; 32]);
        let mut manifest = Manifest::new(OfficeId([1; 16]), DeviceId([2; 16]), 5, 1_800_000_000);
        manifest.parts.push(Part { kind: PartKind::DIRECTORY, hash: Hash([3; 32]), len: 10 });
        manifest.watermarks.push(Watermark {
            epoch: Epoch([4; 8]),
            stored: 9,
            stored_head: Hash([5; 32]),
            safe: 3,
            safe_head: Hash([6; 32]),
        });
        let bytes = manifest.sign(&key);
        assert_eq!(Manifest::open(&bytes, &key.verifying_key()), Ok(manifest.clone()));
        assert!(manifest.same_content(&Manifest { number: 6, issued_unix_s: 7, ..manifest.clone() }));
        assert!(!manifest.same_content(&Manifest { revoked_unix_s: Some(1), ..manifest.clone() }));
    }

    #[test]
    fn the_directory_finds_a_signer() {
        let entry = DirectoryEntry {
            device: DeviceId([1; 16]),
            public_key: [2; 32],
            folio_prefix: 9,
            revoked_unix_s: None,
        };
        let directory = Directory(vec![entry]);
        let read = Directory::read(&directory.encode()).unwrap();
        assert_eq!(read.find(KeyId::of(&[2; 32])), Some(&entry));
        assert_eq!(read.find(KeyId::of(&[3; 32])), None);
    }
}
