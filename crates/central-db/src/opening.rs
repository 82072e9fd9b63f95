//! From sealed entries to what lists need, and to what could not be opened.

use chrono::NaiveDate;
use domain::Folio;
use wire::chain::Position;
use wire::counts::Counted;
use wire::push::QuarantineReason;
use wire::{DeviceId, EntryKind, Epoch, KeyId};

use crate::branch::BranchId;
use crate::surveys::SurveyFact;

/// Where an entry stands at the central office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryId {
    /// The stand.
    pub device: DeviceId,
    /// Its ledger.
    pub epoch: Epoch,
    /// The branch of the ledger.
    pub branch: BranchId,
    /// Position in the chain, from 1.
    pub seq: u64,
}

/// An entry as it came, with its clear header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedEntry {
    /// Where it stands.
    pub id: EntryId,
    /// What it is.
    pub kind: EntryKind,
    /// The sealing key that opens it.
    pub key_id: KeyId,
    /// The compression dictionary inside the seal.
    pub dictionary: u16,
    /// The sealed body.
    pub sealed: Vec<u8>,
    /// When it arrived, in seconds since 1970 (UTC).
    pub received_unix_s: u64,
    /// Why it is quarantined, if it is.
    pub quarantine: Option<QuarantineReason>,
}

impl SealedEntry {
    /// What the seal is bound to.
    pub fn position(&self) -> Position {
        Position {
            device: self.id.device,
            epoch: self.id.epoch,
            seq: self.id.seq,
            kind: self.kind,
            key_id: self.key_id,
            dictionary: self.dictionary,
        }
    }
}

/// What became of trying to open an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The entry.
    pub id: EntryId,
    /// When it arrived and why it is quarantined are the entry's own.
    pub received_unix_s: u64,
    /// Why it is quarantined, if it is.
    pub quarantine: Option<QuarantineReason>,
    /// What it turned out to be.
    pub found: Found,
    /// What it says about a survey, if anything.
    pub survey: Option<SurveyFact>,
}

/// What an entry turned out to be, as far as lists need to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A request.
    Request(RequestLine),
    /// More text for a request, or its withdrawal.
    About {
        /// Which of the two.
        what: FollowUp,
        /// The request's number, as filed.
        folio: Folio,
        /// Keyed hash of that number and the control code that came with it, if one did.
        control_tag: Option<[u8; 32]>,
        /// When the stand recorded it, in seconds since 1970 (UTC).
        captured_unix_s: i64,
    },
    /// A declaration that an earlier entry of the same stand was a mistake.
    Void {
        /// The ledger of the entry meant.
        epoch: Epoch,
        /// Its position.
        seq: u64,
        /// When the stand recorded it, in seconds since 1970 (UTC).
        captured_unix_s: i64,
    },
    /// Content that a catalogue lacked.
    Wanted {
        /// When the stand recorded it, in seconds since 1970 (UTC).
        captured_unix_s: i64,
    },
    /// A file handed over with a request.
    Attachment(crate::files::AttachmentFound),
    /// An outing that was opened.
    OutingOpened {
        /// Where, as filed; none when the stand opened it by itself.
        comuna: Option<String>,
        /// The kind of place, as filed; none where nobody said.
        place_kind: Option<String>,
        /// When the stand recorded it, in seconds since 1970 (UTC).
        captured_unix_s: i64,
    },
    /// An outing's closing.
    Closing {
        /// The entry that opened it.
        opened_seq: u64,
        /// What it counts.
        stated: Vec<(Counted, u64)>,
        /// When the stand recorded it, in seconds since 1970 (UTC).
        captured_unix_s: i64,
    },
    /// An encounter.
    Encounter {
        /// What came of it, as filed.
        outcome: String,
    },
    /// A profile.
    Profile {
        /// The random id that is its own.
        profile_id: [u8; 16],
    },
    /// The beginning of a ledger that is a copy of what rested in a pool.
    RestingCopy {
        /// The stand's ledger in whose pool it was.
        rested_in: Epoch,
    },
    /// Opened, and of no list: a ledger's beginning.
    Other,
    /// Sealed as it should be, and of a kind that this program does not know: a newer stand's. Kept on a list of its
    /// own until a program that knows the kind opens it again.
    UnknownKind(EntryKind),
    /// Could not be opened: a dead letter, with the reason.
    Failed {
        /// Why, as a stable code.
        why: String,
    },
}

/// What follows on a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FollowUp {
    /// More text.
    Addition,
    /// Taken back.
    Withdrawal,
    /// Declared a mistake by the team.
    Void,
}

impl FollowUp {
    /// The stable name in databases and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Addition => "addition",
            Self::Withdrawal => "withdrawal",
            Self::Void => "void",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Addition, Self::Withdrawal, Self::Void].into_iter().find(|what| what.as_str() == name)
    }
}

/// What lists and the status page need of a request. Nothing that says who filed it or what was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestLine {
    /// Its number.
    pub folio: Folio,
    /// Its kind, as filed.
    pub kind: String,
    /// Where it was filed, as filed.
    pub comuna: String,
    /// How the answer is wanted, as filed.
    pub answer_by: String,
    /// When the stand recorded it, in seconds since 1970 (UTC).
    pub captured_unix_s: i64,
    /// How far the stand's clock could be trusted.
    pub certainty: domain::Certainty,
    /// The date of a transcribed paper form, as filed.
    pub paper_at: Option<String>,
    /// What the citizen was promised; none where no answer was asked for.
    pub due_on: Option<NaiveDate>,
    /// The legal limit (art. 25 of Ley 19.880).
    pub due_on_legal: Option<NaiveDate>,
    /// Recognises the paper.
    pub status_token: [u8; 16],
    /// Keyed hash of folio and control code.
    pub control_tag: [u8; 32],
}

/// An entry that could not be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningFailure {
    /// The entry.
    pub id: EntryId,
    /// What its header says it is.
    pub kind: EntryKind,
    /// Why, as a stable code.
    pub why: String,
    /// When it was last tried, in seconds since 1970 (UTC).
    pub tried_unix_s: u64,
}
