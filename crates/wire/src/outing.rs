//! An outing that several stands share: what one shows as a QR and the others join, with no network between them.
//!
//! Signed by the stand that opened it, without anything personal: office, a random token, the day, the place, the goal
//! and the codes of the team. The token is what makes one outing of several stands' closings.

use data_encoding::BASE32_NOPAD;
use domain::PlaceKind;
use ed25519_dalek::SigningKey;
use minicbor::{Decode, Encode};

use crate::body::Coded as _;
use crate::ids::{OfficeId, OutingToken};
use crate::manifest::{Directory, DirectoryEntry};
use crate::sign1::{self, Context, Sign1};

/// Most characters of an outing's code: with the longest place and a team of forty it stays below.
pub const CODE_CHARS_MAX: usize = 4_096;

/// What the stands of one outing have in common. An array in CBOR.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct SharedOuting {
    /// The office that all of them belong to.
    #[n(0)]
    pub office: OfficeId,
    /// Names the outing.
    #[n(1)]
    pub token: OutingToken,
    /// The day at the place, counted from 1970-01-01.
    #[n(2)]
    pub day: u32,
    /// The comuna's code as a number: 1101 is `01101`.
    #[n(3)]
    pub comuna: u32,
    /// The place, in the team's words.
    #[n(4)]
    pub place: String,
    /// People to be attended, by all stands together.
    #[n(5)]
    pub goal: Option<u32>,
    /// The staff codes of whoever works at it.
    #[n(6)]
    pub team: Vec<String>,
    #[n(7)]
    place_kind: Option<u32>,
}

/// Who signed a shared outing, as far as this stand can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signer {
    /// A stand of the directory.
    Known(DirectoryEntry),
    /// No stand of the directory has this key: nothing can be said of the signature.
    Unknown,
}

/// Why a text is no outing to join.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OutingCodeError {
    /// Not written as an outing's code, or not whole.
    #[error("not the code of an outing")]
    Form,
    /// The signature of a stand that is known does not fit.
    #[error("the signature does not fit the stand that it names")]
    Signature,
}

/// Whether a text is the code of an outing, whoever signed it.
pub fn is_code(text: &str) -> bool {
    SharedOuting::read(text, &Directory::default()).is_ok()
}

impl SharedOuting {
    /// An outing of that office, which this token names, on a day at a place.
    pub fn new(office: OfficeId, token: OutingToken, day: u32, comuna: u32, place: String) -> Self {
        Self { office, token, day, comuna, place, goal: None, team: Vec::new(), place_kind: None }
    }

    /// The same, at a place of this kind.
    #[must_use]
    pub fn at(self, kind: Option<PlaceKind>) -> Self {
        Self { place_kind: kind.and_then(PlaceKind::code), ..self }
    }

    /// The kind of place, where it was said; one of a later version is another.
    pub fn place_kind(&self) -> Option<PlaceKind> {
        self.place_kind.map(|code| PlaceKind::from_code(code).unwrap_or(PlaceKind::Other))
    }

    /// The code: unpadded base 32 (RFC 4648) of the signed statement.
    pub fn sign(&self, key: &SigningKey) -> String {
        BASE32_NOPAD.encode(&sign1::sign(key, Context::Outing, &crate::encode(self)))
    }

    /// Reads a code and looks for its signer among the office's stands. What an unknown signer says is only what
    /// somebody says.
    pub fn read(code: &str, directory: &Directory) -> Result<(Self, Signer), OutingCodeError> {
        let text: String = code.chars().filter(|c| !c.is_whitespace()).take(CODE_CHARS_MAX).collect();
        let bytes =
            BASE32_NOPAD.decode(text.to_ascii_uppercase().as_bytes()).map_err(|_| OutingCodeError::Form)?;
        let signed = Sign1::read(&bytes).map_err(|_| OutingCodeError::Form)?;
        let read: Self =
            crate::decode("outing", signed.unverified_payload()).map_err(|_| OutingCodeError::Form)?;
        let Some(entry) = directory.find(signed.kid) else { return Ok((read, Signer::Unknown)) };
        ed25519_dalek::VerifyingKey::from_bytes(&entry.public_key)
            .ok()
            .and_then(|key| signed.verify(&key, Context::Outing).ok())
            .ok_or(OutingCodeError::Signature)?;
        Ok((read, Signer::Known(*entry)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::DeviceId;

    const EXAMPLE: &str = "QRG2EAJHAREGQG6QMC3SDZGNUBMEFB2QB4HQ6DYPB4HQ6DYPB4HQ6DYPB5IHA4DQOBYHA4DQOBYHA4DQOBYHAGKRFI\
        MSYJTNINQWYZLUMEQFI33SORSWYGB4QJRVILJRMNKC2MSYIAZF4ZMCF475YQL3LDA5O5LRK62Y7YN2PA6VX7FR3LCS\
        7LLVJ3JJAYBMZGYQ2FJMV5XBRHZ3UKXGAOBZUWMG2CGJILOEJJSR5MPKT4AK";

    fn shared() -> SharedOuting {
        let (office, token) = (OfficeId([0x0f; 16]), OutingToken([0x70; 16]));
        let team = vec!["T-1".into(), "T-2".into()];
        let shared = SharedOuting::new(office, token, 20_778, 11_302, "Caleta Tortel".into());
        SharedOuting { goal: Some(60), team, ..shared }
    }

    #[test]
    fn a_code_is_its_signers_and_nobody_elses() {
        let key = SigningKey::from_bytes(&[1; 32]);
        let entry = |key: &SigningKey| DirectoryEntry {
            device: DeviceId([0xde; 16]),
            public_key: key.verifying_key().to_bytes(),
            folio_prefix: 1,
            revoked_unix_s: None,
        };
        let code = shared().sign(&key);
        assert_eq!(code, EXAMPLE, "the example of docs/protocol.md, section 8.2");
        let known = Directory(vec![entry(&key)]);
        assert_eq!(SharedOuting::read(&code, &known), Ok((shared(), Signer::Known(entry(&key)))));
        let spaced = format!(" {} \n{}", code[..20].to_lowercase(), &code[20..]);
        assert_eq!(SharedOuting::read(&spaced, &known), Ok((shared(), Signer::Known(entry(&key)))));
        let stranger = Directory(vec![entry(&SigningKey::from_bytes(&[2; 32]))]);
        assert_eq!(SharedOuting::read(&code, &stranger), Ok((shared(), Signer::Unknown)));
        for at in 0..code.len() {
            let other = if code.as_bytes()[at] == b'B' { "C" } else { "B" };
            let mut altered = code.clone();
            altered.replace_range(at..=at, other);
            assert!(!matches!(SharedOuting::read(&altered, &known), Ok((_, Signer::Known(_)))), "{at}");
        }
        assert!(is_code(&code) && is_code(&code.to_lowercase()));
        for wrong in ["", "SALIDA", "MFRGG", &code[..code.len() - 8]] {
            assert_eq!(SharedOuting::read(wrong, &known), Err(OutingCodeError::Form), "{wrong}");
            assert!(!is_code(wrong), "{wrong}");
        }
    }

    #[test]
    fn the_kind_of_place_travels_and_costs_two_symbols() {
        let key = SigningKey::from_bytes(&[1; 32]);
        let none = Directory::default();
        let without = shared().sign(&key);
        assert_eq!(SharedOuting::read(&without, &none).unwrap().0.place_kind(), None);
        for kind in PlaceKind::ALL {
            let code = shared().at(Some(*kind)).sign(&key);
            assert_eq!(SharedOuting::read(&code, &none).unwrap().0.place_kind(), Some(*kind));
            assert!(code.len() <= without.len() + 2, "{}", code.len());
        }
        let later = SharedOuting { place_kind: Some(99), ..shared() }.sign(&key);
        assert_eq!(SharedOuting::read(&later, &none).unwrap().0.place_kind(), Some(PlaceKind::Other));
    }

    #[test]
    fn the_largest_outing_fits_a_code() {
        let place = "ñ".repeat(domain::limits::LOCALITY_CHARS_MAX);
        let team = vec!["X".repeat(domain::staff::STAFF_CODE_SYMBOLS_MAX); 40];
        let code = SharedOuting { place, team, ..shared() }
            .at(Some(PlaceKind::Other))
            .sign(&SigningKey::from_bytes(&[1; 32]));
        assert!(code.len() < CODE_CHARS_MAX, "{}", code.len());
    }
}
