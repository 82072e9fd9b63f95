//! Bodies: what is inside a seal, as deterministic CBOR (RFC 8949, section 4.2.1) with integer keys.
//!
//! A request travels as it was filed, word for word; words of closed lists and comuna codes travel as numbers
//! when their spelling is the canonical one, and as text when it is not, so that nothing is altered on the way.
//! A reader skips keys that it does not know; whoever stores a record stores the sealed bytes, so nothing that a
//! later version adds is ever dropped.

mod attachment;
mod day;
mod profile;
mod request;
mod resting;
mod small;
mod survey;
#[cfg(test)]
mod tests;
mod words;

use domain::{AdditionDraft, VoidDraft, WantedDraft, WithdrawalDraft};
use uuid::Uuid;
use zeroize::Zeroizing;

pub use self::attachment::{Attachment, SealedFile};
pub use self::day::{LedgerOpened, OpeningReason, OutingClosed, OutingOpened};
pub use self::profile::ProfileRecord;
pub use self::request::{Due, RequestRecord};
pub use self::resting::RestingCopy;
pub use self::small::Recorded;
pub use self::survey::{Attended, DrawClosed, DrawOpened, DrawTally, InvitationEnded, SurveyAnswer};
pub(crate) use self::words::{Coded, certainty_code, certainty_from_code, kind_code, kind_from_code};

use self::attachment::AttachmentBody;
use self::request::RequestBody;
use self::small::SmallBody;
use self::survey::EndedBody;
use crate::Malformed;
use crate::chain::EntryKind;

/// What an entry says once it is opened.
#[derive(Clone, PartialEq, Eq)]
pub enum Body {
    /// A stand begins a ledger.
    LedgerOpened(LedgerOpened),
    /// The team opens an outing.
    OutingOpened(OutingOpened),
    /// The team closes an outing.
    OutingClosed(OutingClosed),
    /// A citizen's request.
    Request(Box<RequestRecord>),
    /// More text for a request already filed.
    Addition(Recorded<AdditionDraft>),
    /// A request taken back.
    Withdrawal(Recorded<WithdrawalDraft>),
    /// One person attended.
    Encounter(Attended),
    /// An earlier entry declared void.
    Void(Recorded<VoidDraft>),
    /// Content that the catalogue lacks.
    Wanted(Recorded<WantedDraft>),
    /// An invitation to the survey came to its end.
    InvitationEnded(InvitationEnded),
    /// What somebody answered to the survey.
    SurveyAnswer(SurveyAnswer),
    /// A file handed over with a request.
    Attachment(Box<Attachment>),
    /// Who was attended, for the statistics; pooled.
    Profile(ProfileRecord),
    /// What rested in a stand's pool when its mirror was written.
    Resting(Box<RestingCopy>),
    /// A kind that this program does not know: kept as it came.
    Unknown(EntryKind, Vec<u8>),
}

impl Body {
    /// What the entry's clear header says of it.
    pub fn kind(&self) -> EntryKind {
        match self {
            Self::LedgerOpened(_) => EntryKind::LEDGER_OPENED,
            Self::OutingOpened(_) => EntryKind::OUTING_OPENED,
            Self::OutingClosed(_) => EntryKind::OUTING_CLOSED,
            Self::Request(_) => EntryKind::REQUEST,
            Self::Addition(_) => EntryKind::ADDITION,
            Self::Withdrawal(_) => EntryKind::WITHDRAWAL,
            Self::Encounter(_) => EntryKind::ENCOUNTER,
            Self::Void(_) => EntryKind::VOID,
            Self::Wanted(_) => EntryKind::WANTED,
            Self::InvitationEnded(_) => EntryKind::INVITATION_ENDED,
            Self::SurveyAnswer(_) => EntryKind::SURVEY_ANSWER,
            Self::Attachment(_) => EntryKind::ATTACHMENT,
            Self::Profile(_) => EntryKind::PROFILE,
            Self::Resting(_) => EntryKind::RESTING,
            Self::Unknown(kind, _) => *kind,
        }
    }

    /// The CBOR, wiped from memory when dropped.
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(match self {
            Self::LedgerOpened(body) => crate::encode(body),
            Self::OutingOpened(body) => crate::encode(body),
            Self::OutingClosed(body) => crate::encode(body),
            Self::Request(record) => crate::encode(&RequestBody::from(record.as_ref())),
            Self::Addition(record) => crate::encode(&SmallBody::from(record)),
            Self::Withdrawal(record) => crate::encode(&SmallBody::from(record)),
            Self::Encounter(record) => crate::encode(&SmallBody::from(record)),
            Self::Void(record) => crate::encode(&SmallBody::from(record)),
            Self::Wanted(record) => crate::encode(&SmallBody::from(record)),
            Self::InvitationEnded(ended) => crate::encode(&EndedBody::from(ended)),
            Self::SurveyAnswer(answer) => crate::encode(answer),
            Self::Attachment(record) => crate::encode(&AttachmentBody::from(record.as_ref())),
            Self::Profile(record) => record.encode(),
            Self::Resting(copy) => crate::encode(copy.as_ref()),
            Self::Unknown(_, bytes) => bytes.clone(),
        })
    }

    /// Reads the CBOR of an entry of that kind.
    pub fn decode(kind: EntryKind, bytes: &[u8]) -> Result<Self, Malformed> {
        Ok(match kind {
            EntryKind::LEDGER_OPENED => Self::LedgerOpened(crate::decode("ledger opening", bytes)?),
            EntryKind::OUTING_OPENED => Self::OutingOpened(crate::decode("outing opening", bytes)?),
            EntryKind::OUTING_CLOSED => Self::OutingClosed(crate::decode("outing closing", bytes)?),
            EntryKind::REQUEST => {
                Self::Request(Box::new(crate::decode::<RequestBody>("request", bytes)?.try_into()?))
            }
            EntryKind::ADDITION => Self::Addition(small("addition", bytes)?.into()),
            EntryKind::WITHDRAWAL => Self::Withdrawal(small("withdrawal", bytes)?.into()),
            EntryKind::ENCOUNTER => Self::Encounter(small("encounter", bytes)?.into()),
            EntryKind::VOID => Self::Void(small("void", bytes)?.into()),
            EntryKind::WANTED => Self::Wanted(small("wanted", bytes)?.into()),
            EntryKind::INVITATION_ENDED => {
                Self::InvitationEnded(crate::decode::<EndedBody>("invitation's end", bytes)?.into())
            }
            EntryKind::SURVEY_ANSWER => Self::SurveyAnswer(crate::decode("survey answer", bytes)?),
            EntryKind::ATTACHMENT => {
                Self::Attachment(Box::new(crate::decode::<AttachmentBody>("attachment", bytes)?.try_into()?))
            }
            EntryKind::PROFILE => Self::Profile(ProfileRecord::decode(bytes)?),
            EntryKind::RESTING => Self::Resting(Box::new(crate::decode("copy of a pool", bytes)?)),
            other => Self::Unknown(other, bytes.to_vec()),
        })
    }
}

fn small(what: &'static str, bytes: &[u8]) -> Result<SmallBody, Malformed> {
    crate::decode(what, bytes)
}

/// The id as filed, where that is not its canonical spelling.
fn spelled_otherwise(id: Uuid, filed: Option<&String>) -> Option<String> {
    filed.filter(|text| **text != id.to_string()).cloned()
}
