//! A release: the word of whoever builds the stand's program on one package of it.
//!
//! Signed with a key of the role "releases", which the root certifies and whose private half never lies at the office.
//! The certificate travels with the word, so that a stand, and the helper that installs as root, need nothing but the
//! office's root to check it, on whatever way it came.

use ed25519_dalek::{SigningKey, VerifyingKey};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::Malformed;
use crate::cert::{CertificateError, Role, RoleCertificate};
use crate::ids::{Hash, KeyId, OfficeId};
use crate::sign1::{self, Context, Sign1, Sign1Error};

/// Longest release with its certificate, in bytes.
pub const RELEASE_BYTES_MAX: usize = 4 * 1_024;
/// Largest package, in bytes: what a stand has room for, twice, and reads at once.
pub const PACKAGE_BYTES_MAX: u64 = 64 * 1_024 * 1_024;
/// Most bytes of a package in one answer: what a 2G link brings in a minute.
pub const PACKAGE_PIECE_BYTES_MAX: usize = 256 * 1_024;
/// Longest name of a version, in characters.
pub const PROGRAM_CHARS_MAX: usize = 32;

/// What is said of a package.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Release {
    #[n(0)]
    version: u8,
    /// The office.
    #[n(1)]
    pub office: OfficeId,
    /// Grows with every release, never otherwise; from 1.
    #[n(2)]
    pub number: u64,
    /// The program's version as its package says it: 1 to [`PROGRAM_CHARS_MAX`] of `0-9 A-Z a-z . + ~ -`.
    #[n(3)]
    pub program: String,
    /// The lowest schema of a ledger that the program brings up to date.
    #[n(4)]
    pub reads: u32,
    /// The schema that it writes: it reads none above.
    #[n(5)]
    pub writes: u32,
    /// SHA-256 of the package.
    #[n(6)]
    pub hash: Hash,
    /// Length of the package, in bytes: 1 to [`PACKAGE_BYTES_MAX`].
    #[n(7)]
    pub bytes: u64,
    /// When it was signed, in seconds since 1970 (UTC).
    #[n(8)]
    pub issued_unix_s: u64,
}

/// Word and certificate, as they travel.
#[derive(Encode, Decode)]
struct Travelling {
    #[n(0)]
    certificate: ByteVec,
    #[n(1)]
    signed: ByteVec,
}

/// A release that holds up to the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedRelease {
    /// What it says.
    pub release: Release,
    /// When its signer's certificate begins, in seconds since 1970 (UTC): a later one takes the place of every earlier.
    pub certified_unix_s: u64,
}

/// Why a release was not taken, or not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReleaseError {
    /// Cut short, altered in its form, or nothing of the kind.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// A signature does not fit: nobody who may has said this.
    #[error("the signature does not verify")]
    Unsigned,
    /// Certified by another root, or for another office.
    #[error("it is of another office")]
    Foreign,
    /// Certified for something else, or signed at a time that the certificate does not cover.
    #[error("who signed it may not publish releases")]
    NotEntitled,
    /// A version of the form that this program does not know.
    #[error("version {0} of a release is not known here")]
    Version(u8),
    /// A number, a length or a name that no release has.
    #[error("{0} is not what a release has there")]
    Value(&'static str),
}

impl Release {
    /// A release of this protocol version.
    pub fn new(office: OfficeId, number: u64, program: &str, package: (Hash, u64)) -> Self {
        let (hash, bytes) = package;
        let program = program.to_owned();
        Self {
            version: crate::VERSION,
            office,
            number,
            program,
            reads: 0,
            writes: 0,
            hash,
            bytes,
            issued_unix_s: 0,
        }
    }

    /// Signed with the key that `certificate` is about, and laid beside it.
    ///
    /// # Errors
    /// [`ReleaseError::NotEntitled`] where the certificate is for another role, key or time, [`ReleaseError::Value`] for
    /// what nobody would take.
    pub fn sign(&self, certificate: &[u8], key: &SigningKey) -> Result<Vec<u8>, ReleaseError> {
        self.check()?;
        let read = read_certificate(certificate)?;
        if read.office != self.office {
            return Err(ReleaseError::Foreign);
        }
        self.check_entitled(&read)?;
        if read.public_key != key.verifying_key().to_bytes() {
            return Err(ReleaseError::NotEntitled);
        }
        let signed = sign1::sign(key, Context::Release, &crate::encode(self));
        Ok(crate::encode(&Travelling { certificate: certificate.to_vec().into(), signed: signed.into() }))
    }

    /// Reads one and checks it up to the root of an office.
    ///
    /// # Errors
    /// Each way in which it may not be this office's word has its own; nothing of it is to be believed then.
    pub fn open(bytes: &[u8], office: OfficeId, root: &VerifyingKey) -> Result<OpenedRelease, ReleaseError> {
        let travelling: Travelling = crate::decode("release", bytes)?;
        if Sign1::read(&travelling.certificate).map_err(unreadable)?.kid != KeyId::of(root.as_bytes()) {
            return Err(ReleaseError::Foreign);
        }
        let certificate = RoleCertificate::open(&travelling.certificate, root).map_err(of_certificate)?;
        if certificate.office != office {
            return Err(ReleaseError::Foreign);
        }
        let key = certificate.verifying_key().map_err(|_| ReleaseError::NotEntitled)?;
        let payload =
            sign1::open(&travelling.signed, &key, Context::Release).map_err(|error| match error {
                Sign1Error::Malformed => unreadable(error),
                Sign1Error::BadSignature => ReleaseError::Unsigned,
            })?;
        let release: Self = crate::decode("release", payload)?;
        if release.version != crate::VERSION {
            return Err(ReleaseError::Version(release.version));
        }
        release.check_entitled(&certificate)?;
        if release.office != office {
            return Err(ReleaseError::Foreign);
        }
        release.check()?;
        Ok(OpenedRelease { release, certified_unix_s: certificate.not_before_unix_s })
    }

    /// Whether the program can go on with a ledger of this schema.
    pub fn reads_schema(&self, schema: u32) -> bool {
        (self.reads..=self.writes).contains(&schema)
    }

    /// By the signer's own time: a stand's clock may be wrong, and refuses nothing.
    fn check_entitled(&self, certificate: &RoleCertificate) -> Result<(), ReleaseError> {
        let valid = certificate.not_before_unix_s..certificate.not_after_unix_s;
        let entitled = certificate.role == Role::Releases && valid.contains(&self.issued_unix_s);
        if entitled { Ok(()) } else { Err(ReleaseError::NotEntitled) }
    }

    fn check(&self) -> Result<(), ReleaseError> {
        let sign = |c: char| c.is_ascii_alphanumeric() || ".+~-".contains(c);
        let named = (1..=PROGRAM_CHARS_MAX).contains(&self.program.len()) && self.program.chars().all(sign);
        // Numbers live in databases and JSON as well, which end below 2^63.
        let counted = (1..1 << 63).contains(&self.number);
        for (fits, what) in [
            (counted, "the number"),
            (named, "the version's name"),
            (self.reads <= self.writes, "the schemas"),
            ((1..=PACKAGE_BYTES_MAX).contains(&self.bytes), "the length"),
        ] {
            if !fits {
                return Err(ReleaseError::Value(what));
            }
        }
        Ok(())
    }
}

/// The office and the key of a certificate that nobody has checked: for whoever signs with its key.
///
/// # Errors
/// [`ReleaseError::Malformed`] for what is no certificate.
pub fn read_certificate(bytes: &[u8]) -> Result<RoleCertificate, ReleaseError> {
    let payload = Sign1::read(bytes).map_err(unreadable)?.unverified_payload();
    Ok(crate::decode("role certificate", payload)?)
}

fn unreadable(error: Sign1Error) -> ReleaseError {
    ReleaseError::Malformed(Malformed { what: "release", why: error.to_string() })
}

fn of_certificate(error: CertificateError) -> ReleaseError {
    match error {
        CertificateError::Malformed(why) => why.into(),
        CertificateError::Version(version) => ReleaseError::Version(version),
        CertificateError::Key => ReleaseError::NotEntitled,
        CertificateError::Signature(_) => ReleaseError::Unsigned,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use ReleaseError as E;

    const OFFICE: OfficeId = OfficeId([7; 16]);

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn certificate(role: Role, by: u8) -> Vec<u8> {
        let public = key(2).verifying_key().to_bytes();
        RoleCertificate::new(OFFICE, role, public, 1_000..2_000).sign(&key(by))
    }

    fn release() -> Release {
        let package = (Hash([5; 32]), 1_000_000);
        Release { reads: 1, writes: 3, issued_unix_s: 1_500, ..Release::new(OFFICE, 9, "0.2.0", package) }
    }

    /// As it would lie on a stick, whoever made it: no check is done here.
    fn laid(certificate: Vec<u8>, release: &Release, by: u8, context: Context) -> Vec<u8> {
        let signed = sign1::sign(&key(by), context, &crate::encode(release));
        crate::encode(&Travelling { certificate: certificate.into(), signed: signed.into() })
    }

    fn open(bytes: &[u8]) -> Result<OpenedRelease, ReleaseError> {
        Release::open(bytes, OFFICE, &key(1).verifying_key())
    }

    #[test]
    fn what_the_root_s_own_signed_is_opened_and_nothing_else() {
        let good = certificate(Role::Releases, 1);
        let bytes = release().sign(&good, &key(2)).unwrap();
        assert!(bytes.len() <= RELEASE_BYTES_MAX);
        assert_eq!(open(&bytes), Ok(OpenedRelease { release: release(), certified_unix_s: 1_000 }));
        assert_eq!(bytes, laid(good.clone(), &release(), 2, Context::Release));
        let check = |bytes: Vec<u8>, expected: ReleaseError, what: &str| {
            assert_eq!(open(&bytes), Err(expected), "{what}");
        };
        check(
            laid(certificate(Role::Releases, 3), &release(), 2, Context::Release),
            E::Foreign,
            "another root",
        );
        check(
            laid(certificate(Role::Content, 1), &release(), 2, Context::Release),
            E::NotEntitled,
            "another role",
        );
        check(
            laid(certificate(Role::Sealing, 1), &release(), 2, Context::Release),
            E::NotEntitled,
            "no signing role",
        );
        check(laid(good.clone(), &release(), 3, Context::Release), E::Unsigned, "another key");
        check(laid(good.clone(), &release(), 2, Context::Manifest), E::Unsigned, "another purpose");
        for issued_unix_s in [999, 2_000] {
            let late = Release { issued_unix_s, ..release() };
            check(
                laid(good.clone(), &late, 2, Context::Release),
                E::NotEntitled,
                "out of the certificate's time",
            );
            assert_eq!(late.sign(&good, &key(2)), Err(E::NotEntitled));
        }
        let elsewhere = Release { office: OfficeId([8; 16]), ..release() };
        check(laid(good.clone(), &elsewhere, 2, Context::Release), E::Foreign, "another office's word");
        let later = Release { version: 2, ..release() };
        check(laid(good.clone(), &later, 2, Context::Release), E::Version(2), "a later form");
        assert_eq!(Release::open(&bytes, OfficeId([8; 16]), &key(1).verifying_key()), Err(E::Foreign));
        assert_eq!(release().sign(&good, &key(3)), Err(E::NotEntitled), "another key's certificate");
    }

    #[test]
    fn every_altered_byte_is_refused() {
        let bytes = release().sign(&certificate(Role::Releases, 1), &key(2)).unwrap();
        for position in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[position] ^= 1;
            assert!(open(&altered).is_err(), "byte {position}");
            assert!(open(&bytes[..position]).is_err(), "cut to {position}");
        }
        assert!(open(&[bytes, vec![0]].concat()).is_err(), "bytes after the end");
    }

    #[test]
    fn values_at_below_and_above_their_limits() {
        let good = certificate(Role::Releases, 1);
        let check = |release: Release, fits: bool| {
            assert_eq!(release.sign(&good, &key(2)).is_ok(), fits, "{release:?}");
            assert_eq!(open(&laid(good.clone(), &release, 2, Context::Release)).is_ok(), fits, "{release:?}");
        };
        for (number, fits) in [(0, false), (1, true), ((1 << 63) - 1, true), (1 << 63, false)] {
            check(Release { number, ..release() }, fits);
        }
        for (bytes, fits) in
            [(0, false), (1, true), (PACKAGE_BYTES_MAX, true), (PACKAGE_BYTES_MAX + 1, false)]
        {
            check(Release { bytes, ..release() }, fits);
        }
        for (reads, writes, fits) in [(1, 1, true), (2, 1, false), (0, u32::MAX, true)] {
            check(Release { reads, writes, ..release() }, fits);
        }
        let long = "1".repeat(PROGRAM_CHARS_MAX);
        for (program, fits) in
            [("", false), ("0.1.0~rc1+b-2", true), ("0 1", false), ("../x", false), (&*long, true)]
        {
            check(Release { program: program.to_owned(), ..release() }, fits);
        }
        check(Release { program: format!("{long}1"), ..release() }, false);
        for (schema, reads) in [(0, false), (1, true), (3, true), (4, false)] {
            assert_eq!(release().reads_schema(schema), reads, "{schema}");
        }
    }
}
