//! The closing act: what a stand states, signed, of an outing that it closed.
//!
//! Made without a network, in the transaction that closes the outing, and without anything personal: positions, counts
//! and times. It fits one QR code, so that the acts of several stands at one outing add up on whichever of them reads
//! the others; the outing's token says which those are. What it says of the whereabouts of the records is as of the closing.

use data_encoding::BASE32_NOPAD;
use domain::Certainty;
use ed25519_dalek::{SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};

use crate::body::{certainty_code, certainty_from_code};
use crate::counts::{OutingCounts, from_places};
use crate::ids::{DeviceId, Epoch, Hash, KeyId, OfficeId, OutingToken};
use crate::manifest::{Directory, DirectoryEntry};
use crate::sign1::{self, Context, Sign1, Sign1Error};

/// What stands before the base 32 of an act in its QR code, for whoever scans it with something else.
pub const PREFIX: &str = "OIRS/ACTA/";
/// Most characters of an act's QR code: version 15, level M, alphanumeric mode (ISO/IEC 18004:2015, table 7).
pub const CODE_CHARS_MAX: usize = 600;

/// What came of the invitations to the survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SurveyCounts {
    /// People whom the stand drew.
    pub drawn: u64,
    /// Who answered.
    pub answered: u64,
    /// Who did not want to.
    pub refused: u64,
    /// Who began and did not end.
    pub broken_off: u64,
    /// Invitations that nobody took up.
    pub lapsed: u64,
}

/// Where this machine's records were when the outing was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Whereabouts {
    /// Only on this machine.
    pub held: u64,
    /// Of those, handed to a stick or on the mirror as well.
    pub carried: u64,
    /// Signed by central as held.
    pub acknowledged: u64,
    /// Of those, kept apart.
    pub quarantined: u64,
}

/// What a stand states of a closed outing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    /// The office.
    pub office: OfficeId,
    /// The stand.
    pub device: DeviceId,
    /// Its ledger.
    pub epoch: Epoch,
    /// The entry that opened the outing.
    pub opened: u64,
    /// The entry that closed it: so also how many entries the ledger had then.
    pub closed: u64,
    /// The chain's hash after that entry.
    pub head: Hash,
    /// When it was opened, in seconds since 1970 (UTC).
    pub opened_unix_s: u64,
    /// How sure that was.
    pub opened_certainty: Certainty,
    /// When it was closed, in seconds since 1970 (UTC).
    pub closed_unix_s: u64,
    /// How sure that was.
    pub closed_certainty: Certainty,
    /// What was recorded.
    pub counts: OutingCounts,
    /// What came of the survey.
    pub surveys: SurveyCounts,
    /// Receipts sent to the printer.
    pub receipts_printed: u64,
    /// Copies of receipts made.
    pub copies: u64,
    /// Where the records were.
    pub whereabouts: Whereabouts,
    /// Attachments that waited to be sent.
    pub attachments_waiting: u64,
    /// Names the outing among all stands that share it; none where the stand opened it by itself.
    pub token: Option<OutingToken>,
}

#[derive(Encode, Decode)]
struct Payload {
    #[n(0)]
    version: u8,
    #[n(1)]
    office: OfficeId,
    #[n(2)]
    device: DeviceId,
    #[n(3)]
    epoch: Epoch,
    #[n(4)]
    opened: u64,
    #[n(5)]
    closed: u64,
    #[n(6)]
    head: Hash,
    #[n(7)]
    opened_unix_s: u64,
    #[n(8)]
    opened_certainty: u8,
    #[n(9)]
    closed_unix_s: u64,
    #[n(10)]
    closed_certainty: u8,
    #[n(11)]
    by_outcome: Vec<u64>,
    #[n(12)]
    by_kind: Vec<u64>,
    #[n(13)]
    others: Vec<u64>,
    #[n(14)]
    surveys: Vec<u64>,
    #[n(15)]
    papers: Vec<u64>,
    #[n(16)]
    whereabouts: Vec<u64>,
    #[n(17)]
    attachments_waiting: u64,
    #[n(18)]
    token: Option<OutingToken>,
}

/// Why bytes or a text are no act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ActError {
    /// Not written as an act's code.
    #[error("not written as an act's code")]
    Text,
    /// Not the form of an act.
    #[error("not the form of an act")]
    Form,
}

/// What an act turns out to be, as a receipt does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Signed by one of the office's stands.
    Genuine(Act, DirectoryEntry),
    /// Signed by a stand that the office has revoked since.
    RevokedDevice(Act, DirectoryEntry),
    /// Signed by a key that the directory here does not hold.
    UnknownSigner(KeyId),
    /// The signature does not fit, or the act speaks of another stand than its signer.
    False,
}

/// Nothing that is counted here comes near four thousand million; above it the code would not fit.
fn small(counts: &[u64]) -> Vec<u64> {
    counts.iter().map(|count| (*count).min(u32::MAX.into())).collect()
}

impl Act {
    /// The signed act.
    pub fn sign(&self, key: &SigningKey) -> Vec<u8> {
        let Self { counts, surveys, whereabouts, .. } = self;
        let payload = crate::encode(&Payload {
            version: crate::VERSION,
            office: self.office,
            device: self.device,
            epoch: self.epoch,
            opened: self.opened,
            closed: self.closed,
            head: self.head,
            opened_unix_s: self.opened_unix_s,
            opened_certainty: certainty_code(self.opened_certainty),
            closed_unix_s: self.closed_unix_s,
            closed_certainty: certainty_code(self.closed_certainty),
            by_outcome: small(&counts.by_outcome),
            by_kind: small(&counts.by_kind),
            others: small(&[counts.additions, counts.withdrawals, counts.voids, counts.profiles]),
            surveys: small(&[
                surveys.drawn,
                surveys.answered,
                surveys.refused,
                surveys.broken_off,
                surveys.lapsed,
            ]),
            papers: small(&[self.receipts_printed, self.copies]),
            whereabouts: small(&[
                whereabouts.held,
                whereabouts.carried,
                whereabouts.acknowledged,
                whereabouts.quarantined,
            ]),
            attachments_waiting: self.attachments_waiting.min(u32::MAX.into()),
            token: self.token,
        });
        sign1::sign(key, Context::Act, &payload)
    }

    fn read(payload: &[u8]) -> Option<Self> {
        let read: Payload = crate::decode("closing act", payload).ok()?;
        let [additions, withdrawals, voids, profiles] = from_places(&read.others);
        let [drawn, answered, refused, broken_off, lapsed] = from_places(&read.surveys);
        let [receipts_printed, copies] = from_places(&read.papers);
        let [held, carried, acknowledged, quarantined] = from_places(&read.whereabouts);
        let (by_outcome, by_kind) = (from_places(&read.by_outcome), from_places(&read.by_kind));
        let act = Self {
            office: read.office,
            device: read.device,
            epoch: read.epoch,
            opened: read.opened,
            closed: read.closed,
            head: read.head,
            opened_unix_s: read.opened_unix_s,
            opened_certainty: certainty_from_code(read.opened_certainty)?,
            closed_unix_s: read.closed_unix_s,
            closed_certainty: certainty_from_code(read.closed_certainty)?,
            counts: OutingCounts { by_outcome, by_kind, additions, withdrawals, voids, profiles },
            surveys: SurveyCounts { drawn, answered, refused, broken_off, lapsed },
            receipts_printed,
            copies,
            whereabouts: Whereabouts { held, carried, acknowledged, quarantined },
            attachments_waiting: read.attachments_waiting,
            token: read.token,
        };
        (read.version == crate::VERSION).then_some(act)
    }

    /// Reads an act and checks its signature with the stand's own key.
    pub fn open(signed: &[u8], key: &VerifyingKey) -> Result<Self, ActError> {
        let payload = sign1::open(signed, key, Context::Act).map_err(|_| ActError::Form)?;
        Self::read(payload).ok_or(ActError::Form)
    }
}

/// The text of an act's QR code: [`PREFIX`] and unpadded base 32 (RFC 4648).
pub fn code(signed: &[u8]) -> String {
    format!("{PREFIX}{}", BASE32_NOPAD.encode(signed))
}

/// Whether a text says of itself that it is an act.
pub fn is_code(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    text.to_ascii_uppercase().starts_with(PREFIX)
}

/// The signed bytes within the text of a code, in either case and however it was broken into lines.
pub fn of_code(text: &str) -> Result<Vec<u8>, ActError> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.to_ascii_uppercase();
    let code = text.strip_prefix(PREFIX).ok_or(ActError::Text)?;
    BASE32_NOPAD.decode(code.as_bytes()).map_err(|_| ActError::Text)
}

/// Verifies an act without a network, against the directory of the office's stands.
pub fn verify(signed: &[u8], directory: &Directory) -> Result<Verdict, ActError> {
    let object = Sign1::read(signed).map_err(|_| ActError::Form)?;
    let Some(entry) = directory.find(object.kid) else { return Ok(Verdict::UnknownSigner(object.kid)) };
    let Ok(key) = VerifyingKey::from_bytes(&entry.public_key) else { return Ok(Verdict::False) };
    let payload = match object.verify(&key, Context::Act) {
        Ok(payload) => payload,
        Err(Sign1Error::Malformed | Sign1Error::BadSignature) => return Ok(Verdict::False),
    };
    let act = Act::read(payload).ok_or(ActError::Form)?;
    if act.device != entry.device {
        return Ok(Verdict::False);
    }
    Ok(match entry.revoked_unix_s {
        None => Verdict::Genuine(act, *entry),
        Some(_) => Verdict::RevokedDevice(act, *entry),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn act() -> Act {
        Act {
            office: OfficeId([1; 16]),
            device: DeviceId([2; 16]),
            epoch: Epoch([3; 8]),
            opened: 2,
            closed: 113,
            head: Hash([4; 32]),
            opened_unix_s: 1_795_250_000,
            opened_certainty: Certainty::Confirmed,
            closed_unix_s: 1_795_280_000,
            closed_certainty: Certainty::Unconfirmed,
            counts: OutingCounts::sample(),
            surveys: SurveyCounts { drawn: 9, answered: 6, refused: 1, broken_off: 1, lapsed: 1 },
            receipts_printed: 9,
            copies: 2,
            whereabouts: Whereabouts { held: 110, carried: 20, acknowledged: 3, quarantined: 1 },
            attachments_waiting: 4,
            token: Some(OutingToken([5; 16])),
        }
    }

    fn directory(revoked_unix_s: Option<u64>) -> Directory {
        let public_key = key(1).verifying_key().to_bytes();
        let device = DeviceId([2; 16]);
        Directory(vec![DirectoryEntry { device, public_key, folio_prefix: 7, revoked_unix_s }])
    }

    #[test]
    fn four_verdicts_and_one_text() {
        let signed = act().sign(&key(1));
        let text = code(&signed);
        assert!(is_code(&text) && is_code(&format!("  {}\n", text.to_lowercase())) && !is_code("OIRS/ACT"));
        let broken: String = text.chars().flat_map(|c| [c, '\n']).collect();
        assert_eq!(of_code(&broken).unwrap(), signed);
        assert_eq!(of_code("HTTPS://A.CL/R/AAAA"), Err(ActError::Text));
        let check = |signed: &[u8], directory: &Directory| verify(signed, directory).unwrap();
        assert!(matches!(check(&signed, &directory(None)), Verdict::Genuine(read, _) if read == act()));
        assert!(
            matches!(check(&signed, &directory(Some(5))), Verdict::RevokedDevice(read, _) if read == act())
        );
        assert!(matches!(check(&signed, &Directory::default()), Verdict::UnknownSigner(_)));
        let mut altered = signed.clone();
        altered[60] ^= 1;
        assert_eq!(check(&altered, &directory(None)), Verdict::False);
        let others = Act { device: DeviceId([9; 16]), ..act() }.sign(&key(1));
        assert_eq!(check(&others, &directory(None)), Verdict::False, "another stand's act");
        assert_eq!(Act::open(&signed, &key(1).verifying_key()), Ok(act()));
        let alone = Act { token: None, ..act() };
        assert_eq!(Act::open(&alone.sign(&key(1)), &key(1).verifying_key()), Ok(alone));
        assert_eq!(Act::open(&signed, &key(2).verifying_key()), Err(ActError::Form));
    }

    #[test]
    fn the_largest_act_fits_its_code() {
        let many = u64::from(u32::MAX);
        let counts = OutingCounts {
            by_outcome: [u64::MAX; 4],
            by_kind: [many; 6],
            additions: many,
            withdrawals: many,
            voids: many,
            profiles: many,
        };
        let largest = Act {
            opened: many,
            closed: many,
            opened_unix_s: many,
            closed_unix_s: many,
            counts,
            surveys: SurveyCounts {
                drawn: many,
                answered: many,
                refused: many,
                broken_off: many,
                lapsed: many,
            },
            receipts_printed: many,
            copies: many,
            whereabouts: Whereabouts { held: many, carried: many, acknowledged: many, quarantined: many },
            attachments_waiting: many,
            ..act()
        };
        let text = code(&largest.sign(&key(1)));
        assert!(text.len() <= CODE_CHARS_MAX, "{} characters", text.len());
        assert!(code(&act().sign(&key(1))).len() < text.len());
    }
}
