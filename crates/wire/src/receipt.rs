//! The receipt's code: a signed statement without personal data that fits a QR of version 9-M.
//!
//! It says: this stand holds, at this position, a sealed body with this hash, under this folio, since this
//! time. It carries 16 bytes of the *sealed* body's hash, never of the plaintext, which could be guessed. The
//! claim key on it is the citizen's: it opens the status page and later answers, and no copy has it.
//!
//! The key id names the stand's key and not its ledger: a stand that had to begin a new ledger in the field
//! still gives receipts that everyone can verify (ADR 4).

use data_encoding::BASE32_NOPAD;
pub use domain::ControlCode;
use domain::{Certainty, Folio, Kind};
use ed25519_dalek::{SigningKey, VerifyingKey};
use hkdf::Hkdf;
use minicbor::{Decode, Encode};
use rand_core::CryptoRng;
use zeroize::Zeroize;

use crate::body::{certainty_code, certainty_from_code, kind_code, kind_from_code};
use crate::ids::KeyId;
use crate::manifest::{Directory, DirectoryEntry};
use crate::sign1::{self, Context, Sign1};

/// Longest host that still leaves room for the code in a QR of version 9-M (262 alphanumeric characters).
pub const HOST_CHARS_MAX: usize = 27;
/// Most characters of a receipt's address: the capacity of a version 9-M QR in alphanumeric mode (ISO/IEC 18004).
pub const ADDRESS_CHARS_MAX: usize = 262;
const SCHEME: &str = "HTTPS://";
const PATH: &str = "/R/";

/// 16 random bytes that only the citizen's paper and the sealed record hold.
#[derive(Clone, PartialEq, Eq, Zeroize)]
#[zeroize(drop)]
pub struct ClaimKey([u8; 16]);

impl ClaimKey {
    /// Draws a new key.
    pub fn draw(rng: &mut impl CryptoRng) -> Self {
        let mut key = [0; 16];
        rng.fill_bytes(&mut key);
        Self(key)
    }

    /// The key of these bytes, as a record or a receipt holds it.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The raw key.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// HKDF-SHA-256 (RFC 5869) with the key as input, no salt and `info` for the purpose.
    fn derive<const N: usize>(&self, info: &[u8]) -> [u8; N] {
        let mut derived = [0; N];
        // Fails only past 255 times the hash's length; every N here is at most 32.
        let expanded = Hkdf::<sha2::Sha256>::new(None, &self.0).expand(info, &mut derived);
        debug_assert!(expanded.is_ok());
        derived
    }

    /// The control code: 40 bits in eight symbols, `XXXX-XXXX`. With the folio it opens the status page for
    /// whoever has no camera.
    pub fn control_code(&self) -> ControlCode {
        ControlCode::from_bytes(self.derive(b"oirs/control/1"))
    }

    /// What the central office keeps in the clear to recognise the paper without holding the key.
    pub fn status_token(&self) -> [u8; 16] {
        self.derive(b"oirs/status/1")
    }
}

/// What the stand states.
#[derive(Clone, PartialEq, Eq)]
pub struct Statement {
    /// The request's number.
    pub folio: Folio,
    /// When the stand recorded it, in seconds since 1970 (UTC).
    pub captured_unix_s: u64,
    /// How sure the stand was of that time.
    pub certainty: Certainty,
    /// What kind of request.
    pub kind: Kind,
    /// The first 16 bytes of the sealed body's SHA-256.
    pub sealed_hash: [u8; 16],
    /// Position in the stand's ledger.
    pub seq: u64,
    /// The citizen's key; none on a copy.
    pub claim: Option<ClaimKey>,
}

#[derive(Encode, Decode)]
struct StatementPayload {
    #[n(0)]
    folio: u64,
    #[n(1)]
    captured_unix_s: u64,
    #[n(2)]
    certainty: u8,
    #[n(3)]
    kind: u8,
    #[cbor(n(4), with = "minicbor::bytes")]
    sealed_hash: [u8; 16],
    #[n(5)]
    seq: u64,
    #[cbor(n(6), with = "minicbor::bytes")]
    claim: Option<[u8; 16]>,
}

/// Why a code is not a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Characters outside base 32, or an impossible length.
    #[error("not written as a receipt's code")]
    Text,
    /// Readable, but not the form of a receipt.
    #[error("not the form of a receipt")]
    Form,
    /// The office's host leaves no room for the code.
    #[error("the host has {chars} characters; a receipt has room for {HOST_CHARS_MAX}")]
    Host {
        /// How many it has.
        chars: usize,
    },
}

impl Statement {
    /// The receipt's code: unpadded base 32 (RFC 4648) of the signed statement.
    pub fn sign(&self, key: &SigningKey) -> String {
        let payload = crate::encode(&StatementPayload {
            folio: self.folio.number(),
            captured_unix_s: self.captured_unix_s,
            certainty: certainty_code(self.certainty),
            kind: kind_code(self.kind),
            sealed_hash: self.sealed_hash,
            seq: self.seq,
            claim: self.claim.as_ref().map(|claim| claim.0),
        });
        BASE32_NOPAD.encode(&sign1::sign(key, Context::Receipt, &payload))
    }

    fn read(payload: &[u8]) -> Option<Self> {
        let read: StatementPayload = crate::decode("receipt", payload).ok()?;
        Some(Self {
            folio: Folio::from_number(read.folio).ok()?,
            captured_unix_s: read.captured_unix_s,
            certainty: certainty_from_code(read.certainty)?,
            kind: kind_from_code(read.kind)?,
            sealed_hash: read.sealed_hash,
            seq: read.seq,
            claim: read.claim.map(ClaimKey),
        })
    }
}

/// The whole address that the QR holds: upper case, so that a QR can use its alphanumeric mode.
pub fn address(host: &str, code: &str) -> Result<String, CodeError> {
    check_host(host)?;
    Ok(format!("{SCHEME}{}{PATH}{code}", host.to_ascii_uppercase()))
}

/// Whether a host fits on receipts: at most [`HOST_CHARS_MAX`] letters, digits, dots, hyphens or a colon.
pub fn check_host(host: &str) -> Result<(), CodeError> {
    let chars = host.chars().count();
    let fits = chars > 0
        && chars <= HOST_CHARS_MAX
        && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':'));
    if fits { Ok(()) } else { Err(CodeError::Host { chars }) }
}

/// The code within what a person pasted or a camera saw: a whole address, or the base 32 alone. A printed address
/// runs over several lines.
fn code_of(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let code = text.rsplit_once('/').map_or(text.as_str(), |(_, code)| code);
    code.to_ascii_uppercase()
}

/// What a receipt turns out to be. Four verdicts; a code that cannot be read is an error, not a verdict.
#[derive(Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Signed by one of the office's stands.
    Genuine(Statement, DirectoryEntry),
    /// Signed by a stand that the office has revoked since: genuine, and its date says what it is worth.
    RevokedDevice(Statement, DirectoryEntry),
    /// Signed by a key that the directory here does not hold: another office's, or newer than the directory.
    UnknownSigner(KeyId),
    /// The signature does not fit, or the folio is another stand's: altered or made up.
    False,
}

/// Verifies a receipt without a network, against the directory of the office's stands.
pub fn verify(text: &str, directory: &Directory) -> Result<Verdict, CodeError> {
    let code = code_of(text);
    let bytes = BASE32_NOPAD.decode(code.as_bytes()).map_err(|_| CodeError::Text)?;
    let signed = Sign1::read(&bytes).map_err(|_| CodeError::Form)?;
    let Some(entry) = directory.find(signed.kid) else {
        return Ok(Verdict::UnknownSigner(signed.kid));
    };
    let Ok(key) = VerifyingKey::from_bytes(&entry.public_key) else { return Ok(Verdict::False) };
    let Ok(payload) = signed.verify(&key, Context::Receipt) else { return Ok(Verdict::False) };
    let statement = Statement::read(payload).ok_or(CodeError::Form)?;
    if statement.folio.prefix().number() != entry.folio_prefix {
        return Ok(Verdict::False);
    }
    Ok(match entry.revoked_unix_s {
        None => Verdict::Genuine(statement, *entry),
        Some(_) => Verdict::RevokedDevice(statement, *entry),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::DeviceId;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn statement(claim: Option<ClaimKey>) -> Statement {
        Statement {
            folio: Folio::from_number((1 << 45) - 1).unwrap(),
            captured_unix_s: u64::from(u32::MAX),
            certainty: Certainty::Unconfirmed,
            kind: Kind::Sugerencia,
            sealed_hash: [0xff; 16],
            seq: u64::from(u32::MAX),
            claim,
        }
    }

    fn directory(revoked_unix_s: Option<u64>) -> Directory {
        let public_key = key(1).verifying_key().to_bytes();
        Directory(vec![DirectoryEntry {
            device: DeviceId([1; 16]),
            public_key,
            folio_prefix: 0x7fff,
            revoked_unix_s,
        }])
    }

    #[test]
    fn four_verdicts() {
        let whole = statement(Some(ClaimKey([5; 16])));
        let code = whole.sign(&key(1));
        let address = address("oirs.example.cl", &code).unwrap();
        for text in [
            code.as_str(),
            &address,
            &format!("  {}\n", address.to_lowercase()),
            &address.replace('A', " \n A"),
        ] {
            assert!(
                matches!(verify(text, &directory(None)), Ok(Verdict::Genuine(s, _)) if s == whole),
                "{text}"
            );
        }
        assert!(matches!(verify(&code, &directory(Some(9))), Ok(Verdict::RevokedDevice(s, _)) if s == whole));
        assert!(matches!(verify(&code, &Directory::default()), Ok(Verdict::UnknownSigner(_))));
        let forged = whole.sign(&key(1)).into_bytes();
        let altered: String = forged
            .iter()
            .rev()
            .enumerate()
            .map(|(i, c)| char::from(if i == 40 { b'A' } else { *c }))
            .rev()
            .collect();
        assert!(matches!(verify(&altered, &directory(None)), Ok(Verdict::False)));
        let mut other = directory(None);
        other.0[0].folio_prefix = 1;
        assert!(matches!(verify(&code, &other), Ok(Verdict::False)), "a folio of another stand");
        assert!(matches!(verify("no es un código", &directory(None)), Err(CodeError::Text)));
        assert!(matches!(verify("MFRGG", &directory(None)), Err(CodeError::Form)));
    }

    #[test]
    fn the_longest_address_fits_the_qr() {
        let code = statement(Some(ClaimKey([5; 16]))).sign(&key(1));
        let host = "a".repeat(HOST_CHARS_MAX);
        assert_eq!(address(&host, &code).unwrap().len(), ADDRESS_CHARS_MAX);
        assert!(address(&"a".repeat(HOST_CHARS_MAX - 1), &code).is_ok());
        assert_eq!(address(&"a".repeat(28), &code), Err(CodeError::Host { chars: 28 }));
        assert!(address("con espacio.cl", &code).is_err());
        assert!(address("", &code).is_err());
    }

    #[test]
    fn derived_codes_say_nothing_of_each_other() {
        let claim = ClaimKey([5; 16]);
        let code = claim.control_code();
        assert_eq!(ControlCode::parse(&code.to_string().to_lowercase()), Some(code));
        assert_eq!(code.to_string().len(), 9);
        assert_ne!(&claim.status_token()[..5], code.as_bytes());
        assert_ne!(ClaimKey([6; 16]).control_code(), code);
    }
}
