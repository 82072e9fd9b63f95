//! Stands: the codes that invite them, what they become once enrolled, and their end.

use domain::Space;
use wire::{DeviceId, Epoch, KeyId};

use crate::kept::KeptSum;

/// A code that the office gives to whoever sets up a stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCode {
    /// The public name of the code.
    pub code_id: KeyId,
    /// The stand that it is for.
    pub device: DeviceId,
    /// What the office calls the stand.
    pub label: String,
    /// Where the stand will work.
    pub space: Space,
    /// The code itself. Kept until a stand used it, since the stand only proves that it has it.
    pub code: String,
    /// When it was made, in seconds since 1970 (UTC).
    pub made_unix_s: u64,
    /// When it stops being good, in seconds since 1970 (UTC), exclusive.
    pub expires_unix_s: u64,
}

/// A code that no stand has used yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingCode {
    /// The stand that it is for.
    pub device: DeviceId,
    /// What the office calls the stand.
    pub label: String,
    /// Where the stand will work.
    pub space: Space,
    /// When it stops being good, in seconds since 1970 (UTC), exclusive.
    pub expires_unix_s: u64,
}

/// An enrolled stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// The stand.
    pub device: DeviceId,
    /// What the office calls it.
    pub label: String,
    /// Where it works: the space of everything that it records.
    pub space: Space,
    /// Its Ed25519 public key.
    pub public_key: [u8; 32],
    /// The first three symbols of its folios, as a 15-bit number.
    pub folio_prefix: u16,
    /// When it was enrolled, in seconds since 1970 (UTC).
    pub enrolled_unix_s: u64,
    /// Until when its certificate is valid, in seconds since 1970 (UTC), exclusive.
    pub not_after_unix_s: u64,
    /// When and why the office revoked it.
    pub revoked: Option<Revocation>,
    /// When something new last arrived from it, in seconds since 1970 (UTC).
    pub last_push_unix_s: Option<u64>,
    /// Branches over all its ledgers, at most [`BRANCHES_MAX`](crate::BRANCHES_MAX).
    pub branches: u64,
    /// What of it is kept apart.
    pub kept: KeptSum,
}

/// The end of a stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocation {
    /// When, in seconds since 1970 (UTC).
    pub at_unix_s: u64,
    /// Why, in the office's words; may be empty.
    pub reason: String,
}

/// A stand that asks to be enrolled. Its signature over its own key was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applicant {
    /// The code that it answers.
    pub code_id: KeyId,
    /// Its new Ed25519 public key.
    pub public_key: [u8; 32],
    /// Folio prefixes drawn at random; the first one that is free becomes the stand's.
    pub folio_prefixes: Vec<u16>,
}

/// The place that a stand gets, once its code was found good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The stand.
    pub device: DeviceId,
    /// Its folio prefix.
    pub folio_prefix: u16,
    /// The code, to check the stand's proof with.
    pub code: String,
}

/// What the enrolment key says of a stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certified {
    /// The stand's certificate, exactly as its chain will start from it.
    pub certificate: Vec<u8>,
    /// Until when it is valid, in seconds since 1970 (UTC), exclusive.
    pub not_after_unix_s: u64,
    /// The whole answer to the stand.
    pub answer: Vec<u8>,
    /// What the office and the stand agreed on for unlocking by telephone.
    pub unlock_key: [u8; 32],
}

/// Checks a stand's proof and signs its certificate, inside the transaction that gives it its place.
pub trait CertifyStand: Send + Sync {
    /// The certificate and the answer; nothing when the proof does not fit the code.
    fn certify(&self, slot: &Slot) -> Option<Certified>;
}

/// What came of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enrolled {
    /// The answer for the stand; the same bytes however often the same key asks.
    Answer(Vec<u8>),
    /// No such code, or the proof does not fit it. One answer for both: nothing to try codes against.
    UnknownCode,
    /// The code ran out.
    Expired,
    /// Another key used the code already.
    UsedByAnother,
    /// The key belongs to a stand that is enrolled under another code.
    KeyInUse,
    /// None of the offered folio prefixes is free.
    NoPrefixFree,
}

/// A revocation as it stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revoked {
    /// It is revoked since this call.
    Now,
    /// It was revoked before, at this time (seconds since 1970, UTC); nothing changed.
    Before {
        /// Since when.
        at_unix_s: u64,
    },
    /// No enrolled stand has this id; a code that waited for it is withdrawn.
    NeverEnrolled,
}

/// Whose ledger is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LedgerId {
    /// The stand.
    pub device: DeviceId,
    /// Its ledger.
    pub epoch: Epoch,
}
