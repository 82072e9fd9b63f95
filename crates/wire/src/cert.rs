//! Who may sign what: the offline root certifies role keys, the enrolment key certifies stands.
//!
//! A certificate that ran out quarantines what it signed; it never refuses it.

use ed25519_dalek::{SigningKey, VerifyingKey};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::Malformed;
use crate::ids::{DeviceId, KeyId, OfficeId};
use crate::sign1::{self, Context, Sign1, Sign1Error};

/// What a key of the central office is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Role {
    /// Certifies stands (Ed25519).
    #[n(1)]
    Enrolment,
    /// Signs checkpoints and the time (Ed25519).
    #[n(2)]
    Checkpoint,
    /// Signs manifests (Ed25519).
    #[n(3)]
    Content,
    /// Stands seal to it (X25519).
    #[n(4)]
    Sealing,
    /// Stands seal profiles to it (X25519): a key of their own, so that who counts people need not be able to read
    /// what they wrote.
    #[n(5)]
    Statistics,
    /// Signs releases of the stand's program (Ed25519). Its private half lies offline with whoever builds, and its
    /// certificate travels with each release.
    #[n(6)]
    Releases,
}

/// The root's word on a role key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct RoleCertificate {
    #[n(0)]
    version: u8,
    /// The office.
    #[n(1)]
    pub office: OfficeId,
    /// What the key is for.
    #[n(2)]
    pub role: Role,
    /// The raw public key: Ed25519 (RFC 8032), or X25519 (RFC 7748) for sealing.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub public_key: [u8; 32],
    /// Valid from, in seconds since 1970 (UTC), inclusive.
    #[n(4)]
    pub not_before_unix_s: u64,
    /// Valid until, in seconds since 1970 (UTC), exclusive.
    #[n(5)]
    pub not_after_unix_s: u64,
}

/// The enrolment key's word on a stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct DeviceCertificate {
    #[n(0)]
    version: u8,
    /// The office.
    #[n(1)]
    pub office: OfficeId,
    /// The stand.
    #[n(2)]
    pub device: DeviceId,
    /// The stand's Ed25519 public key (RFC 8032).
    #[cbor(n(3), with = "minicbor::bytes")]
    pub public_key: [u8; 32],
    /// The first three symbols of the stand's folios, as a 15-bit number.
    #[n(4)]
    pub folio_prefix: u16,
    /// Valid from, in seconds since 1970 (UTC), inclusive.
    #[n(5)]
    pub not_before_unix_s: u64,
    /// Valid until, in seconds since 1970 (UTC), exclusive.
    #[n(6)]
    pub not_after_unix_s: u64,
}

/// Why a certificate was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// Not the form of a certificate.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// Not signed by whoever must have signed it.
    #[error(transparent)]
    Signature(#[from] Sign1Error),
    /// A version that this program does not know.
    #[error("certificate version {0} is not known here")]
    Version(u8),
    /// The public key inside is no Ed25519 key.
    #[error("the certified key is not an Ed25519 key")]
    Key,
}

/// The keys of one role that a reader trusts, the newest first. Keys are renewed, and what an older one signed stays
/// good: the signer's is always the one that the object's own header names, never simply the newest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signers(Vec<VerifyingKey>);

impl Signers {
    /// The key that signed these bytes, by their own claim. A signature is still to be checked with it.
    ///
    /// # Errors
    /// [`Sign1Error::Malformed`] for what is nothing signed, [`Sign1Error::BadSignature`] for a key that is not here.
    pub fn signer_of(&self, bytes: &[u8]) -> Result<&VerifyingKey, Sign1Error> {
        let kid = Sign1::read(bytes)?.kid;
        let signer = self.0.iter().find(|key| KeyId::of(key.as_bytes()) == kid);
        signer.ok_or(Sign1Error::BadSignature)
    }
}

impl From<VerifyingKey> for Signers {
    fn from(key: VerifyingKey) -> Self {
        Self(vec![key])
    }
}

impl FromIterator<VerifyingKey> for Signers {
    fn from_iter<T: IntoIterator<Item = VerifyingKey>>(keys: T) -> Self {
        Self(keys.into_iter().collect())
    }
}

/// Certificates of an office's role keys as it hands them out, each a whole object signed by the root.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(transparent)]
pub struct RoleCertificates(#[n(0)] pub Vec<ByteVec>);

impl RoleCertificates {
    /// The CBOR of the list.
    pub fn encode(&self) -> Vec<u8> {
        crate::encode(self)
    }

    /// Reads a list. Each certificate is still to be checked against the root.
    pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        crate::decode("role certificates", bytes)
    }

    /// Those that the root signed for this office. Others, and roles of a later version, are left out.
    pub fn of(&self, office: OfficeId, root: &VerifyingKey) -> Vec<RoleCertificate> {
        let opened = self.0.iter().filter_map(|bytes| RoleCertificate::open(bytes, root).ok());
        opened.filter(|certificate| certificate.office == office).collect()
    }
}

impl RoleCertificate {
    /// A certificate of this version.
    pub fn new(
        office: OfficeId,
        role: Role,
        public_key: [u8; 32],
        valid_unix_s: std::ops::Range<u64>,
    ) -> Self {
        let std::ops::Range { start: not_before_unix_s, end: not_after_unix_s } = valid_unix_s;
        Self { version: crate::VERSION, office, role, public_key, not_before_unix_s, not_after_unix_s }
    }

    /// Signed with the root key.
    pub fn sign(&self, root: &SigningKey) -> Vec<u8> {
        sign1::sign(root, Context::RoleCertificate, &crate::encode(self))
    }

    /// Reads and verifies against the root.
    pub fn open(bytes: &[u8], root: &VerifyingKey) -> Result<Self, CertificateError> {
        let read: Self =
            crate::decode("role certificate", sign1::open(bytes, root, Context::RoleCertificate)?)?;
        if read.version == crate::VERSION { Ok(read) } else { Err(CertificateError::Version(read.version)) }
    }

    /// The certified key for checking signatures. An error for [`Role::Sealing`] and
    /// [`Role::Statistics`], whose keys sign nothing.
    pub fn verifying_key(&self) -> Result<VerifyingKey, CertificateError> {
        match self.role {
            Role::Sealing | Role::Statistics => Err(CertificateError::Key),
            _ => VerifyingKey::from_bytes(&self.public_key).map_err(|_| CertificateError::Key),
        }
    }
}

impl DeviceCertificate {
    /// A certificate of this version.
    pub fn new(
        office: OfficeId,
        device: DeviceId,
        public_key: [u8; 32],
        folio_prefix: u16,
        valid_unix_s: std::ops::Range<u64>,
    ) -> Self {
        let std::ops::Range { start: not_before_unix_s, end: not_after_unix_s } = valid_unix_s;
        Self {
            version: crate::VERSION,
            office,
            device,
            public_key,
            folio_prefix,
            not_before_unix_s,
            not_after_unix_s,
        }
    }

    /// Signed with the enrolment key.
    pub fn sign(&self, enrolment: &SigningKey) -> Vec<u8> {
        sign1::sign(enrolment, Context::DeviceCertificate, &crate::encode(self))
    }

    /// Reads and verifies against the enrolment key.
    pub fn open(bytes: &[u8], enrolment: &VerifyingKey) -> Result<Self, CertificateError> {
        let read: Self =
            crate::decode("device certificate", sign1::open(bytes, enrolment, Context::DeviceCertificate)?)?;
        if read.version == crate::VERSION { Ok(read) } else { Err(CertificateError::Version(read.version)) }
    }

    /// The stand's key for checking signatures.
    pub fn verifying_key(&self) -> Result<VerifyingKey, CertificateError> {
        VerifyingKey::from_bytes(&self.public_key).map_err(|_| CertificateError::Key)
    }

    /// The id under which the stand signs.
    pub fn kid(&self) -> KeyId {
        KeyId::of(&self.public_key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_its_issuer_s_word_only() {
        let root = SigningKey::from_bytes(&[1; 32]);
        let other = SigningKey::from_bytes(&[2; 32]);
        let role = RoleCertificate::new(
            OfficeId([7; 16]),
            Role::Checkpoint,
            other.verifying_key().to_bytes(),
            1_000..2_000,
        );
        let bytes = role.sign(&root);
        assert_eq!(RoleCertificate::open(&bytes, &root.verifying_key()), Ok(role));
        assert!(RoleCertificate::open(&bytes, &other.verifying_key()).is_err());
        assert_eq!(role.verifying_key().unwrap(), other.verifying_key());
        let sealing = RoleCertificate { role: Role::Sealing, ..role };
        assert_eq!(sealing.verifying_key(), Err(CertificateError::Key));

        let device = DeviceCertificate::new(
            OfficeId([7; 16]),
            DeviceId([8; 16]),
            root.verifying_key().to_bytes(),
            0x7fff,
            1_000..2_000,
        );
        let bytes = device.sign(&other);
        assert_eq!(DeviceCertificate::open(&bytes, &other.verifying_key()), Ok(device));
        assert!(DeviceCertificate::open(&bytes, &root.verifying_key()).is_err());
        assert!(
            RoleCertificate::open(&bytes, &other.verifying_key()).is_err(),
            "a stand's certificate is no role certificate, even by the same key"
        );
    }
}
