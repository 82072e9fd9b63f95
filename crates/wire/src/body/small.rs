//! Small records about something said or done, which share one schema: additions, withdrawals, encounters, voids,
//! content that is wanted.

use domain::{AdditionDraft, Captured, EncounterDraft, Outcome, VoidDraft, WantedDraft, WithdrawalDraft};
use minicbor::{Decode, Encode};
use uuid::Uuid;

use super::spelled_otherwise;
use super::survey::Attended;
use super::words::{When, Word};

/// A small record about something said or done, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded<T> {
    /// The record's id: filed, or drawn by the stand.
    pub id: Uuid,
    /// When the stand recorded it.
    pub captured: Captured,
    /// What was filed, as written.
    pub filed: T,
    /// The entry of this ledger that opened the outing.
    pub outing: Option<u64>,
    /// The staff code of who recorded it; none when the stand does not know, or a citizen did it alone.
    pub by: Option<String>,
}

/// The text fields of a small record, by number; each kind says which is which.
#[derive(Encode, Decode)]
#[cbor(map)]
pub(super) struct SmallBody {
    #[cbor(n(0), with = "minicbor::bytes")]
    id: [u8; 16],
    #[n(1)]
    filed_id: Option<String>,
    #[n(4)]
    when: When,
    #[n(5)]
    word: Option<Word>,
    #[n(6)]
    text: Option<String>,
    #[n(7)]
    comuna: Option<Word>,
    #[n(8)]
    reference: Option<String>,
    #[n(9)]
    position: Option<u64>,
    #[n(10)]
    control_code: Option<String>,
    #[n(16)]
    by: Option<String>,
    #[n(20)]
    outing: Option<u64>,
    /// Of an encounter only.
    #[n(21)]
    place: Option<u64>,
    /// Of an encounter: the catalogue's sheet that was shown.
    #[n(22)]
    sheet: Option<String>,
}

impl SmallBody {
    fn of<T>(record: &Recorded<T>, filed_id: Option<&String>) -> Self {
        Self {
            id: record.id.into_bytes(),
            filed_id: spelled_otherwise(record.id, filed_id),
            when: record.captured.into(),
            word: None,
            text: None,
            comuna: None,
            reference: None,
            position: None,
            control_code: None,
            by: record.by.clone(),
            outing: record.outing,
            place: None,
            sheet: None,
        }
    }

    fn recorded<T>(self, filed: impl FnOnce(String, Self) -> T) -> Recorded<T> {
        let id = Uuid::from_bytes(self.id);
        let filed_id = self.filed_id.clone().unwrap_or_else(|| id.to_string());
        let (captured, outing, by) = (self.when.into(), self.outing, self.by.clone());
        Recorded { id, captured, filed: filed(filed_id, self), outing, by }
    }
}

impl From<&Recorded<AdditionDraft>> for SmallBody {
    fn from(record: &Recorded<AdditionDraft>) -> Self {
        let AdditionDraft { id, folio, control_code, text } = record.filed.clone();
        Self { text, reference: folio, control_code, ..Self::of(record, id.as_ref()) }
    }
}

impl From<SmallBody> for Recorded<AdditionDraft> {
    fn from(body: SmallBody) -> Self {
        body.recorded(|id, body| AdditionDraft {
            id: Some(id),
            folio: body.reference,
            control_code: body.control_code,
            text: body.text,
        })
    }
}

impl From<&Recorded<WithdrawalDraft>> for SmallBody {
    fn from(record: &Recorded<WithdrawalDraft>) -> Self {
        let WithdrawalDraft { id, folio, control_code, reason } = record.filed.clone();
        Self { text: reason, reference: folio, control_code, ..Self::of(record, id.as_ref()) }
    }
}

impl From<SmallBody> for Recorded<WithdrawalDraft> {
    fn from(body: SmallBody) -> Self {
        body.recorded(|id, body| WithdrawalDraft {
            id: Some(id),
            folio: body.reference,
            control_code: body.control_code,
            reason: body.text,
        })
    }
}

impl From<&Attended> for SmallBody {
    fn from(attended: &Attended) -> Self {
        let Attended { record, place } = attended;
        let EncounterDraft { id, matter, outcome, referred_to, comuna, sheet } = record.filed.clone();
        Self {
            place: *place,
            word: outcome.as_deref().map(Word::of::<Outcome>),
            text: matter,
            comuna: comuna.as_deref().map(Word::of_comuna),
            reference: referred_to,
            sheet,
            ..Self::of(record, id.as_ref())
        }
    }
}

impl From<SmallBody> for Attended {
    fn from(body: SmallBody) -> Self {
        let place = body.place;
        let record = body.recorded(|id, body| EncounterDraft {
            id: Some(id),
            matter: body.text,
            outcome: body.word.map(Word::filed::<Outcome>),
            referred_to: body.reference,
            comuna: body.comuna.map(Word::filed_comuna),
            sheet: body.sheet,
        });
        Self { record, place }
    }
}

impl From<&Recorded<VoidDraft>> for SmallBody {
    fn from(record: &Recorded<VoidDraft>) -> Self {
        let VoidDraft { id, epoch, seq, reason } = record.filed.clone();
        Self { text: reason, reference: epoch, position: seq, ..Self::of(record, id.as_ref()) }
    }
}

impl From<SmallBody> for Recorded<VoidDraft> {
    fn from(body: SmallBody) -> Self {
        body.recorded(|id, body| VoidDraft {
            id: Some(id),
            epoch: body.reference,
            seq: body.position,
            reason: body.text,
        })
    }
}

impl From<&Recorded<WantedDraft>> for SmallBody {
    fn from(record: &Recorded<WantedDraft>) -> Self {
        let WantedDraft { id, words } = record.filed.clone();
        Self { text: words, ..Self::of(record, id.as_ref()) }
    }
}

impl From<SmallBody> for Recorded<WantedDraft> {
    fn from(body: SmallBody) -> Self {
        body.recorded(|id, body| WantedDraft { id: Some(id), words: body.text })
    }
}
