//! The survey's draw and what came of its invitations.
//!
//! An encounter names its place in the outing's draw, and an invitation's end names that place: so the draw can be counted
//! again. What somebody answered names neither. It is sealed apart as a pooled kind, rests on the stand until the outing is
//! closed, and stands in the chain in an order that says nothing (docs/adr/0042).

use domain::{Captured, EncounterDraft, InvitationFate};
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use uuid::Uuid;

use super::small::Recorded;
use super::spelled_otherwise;
use super::words::{Coded as _, When};

/// One person attended, with the place that this took in the outing's draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attended {
    /// The encounter.
    pub record: Recorded<EncounterDraft>,
    /// The place, from 1; none where nobody is invited to a survey.
    pub place: Option<u64>,
}

impl From<Recorded<EncounterDraft>> for Attended {
    fn from(record: Recorded<EncounterDraft>) -> Self {
        Self { record, place: None }
    }
}

/// What an outing's opening says of its draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawOpened {
    /// How many are invited: `numerator` of `denominator`.
    pub numerator: u16,
    /// See `numerator`.
    pub denominator: u16,
    /// Binds the stand to a seed and this rate (docs/surveys.md).
    pub commitment: [u8; 32],
    /// The survey's name.
    pub survey: String,
}

/// The same, key by key.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(super) struct Rate {
    #[n(0)]
    numerator: u16,
    #[n(1)]
    denominator: u16,
}

/// Keys 30 to 32 of an outing's opening.
pub(super) type DrawKeys = (Option<Rate>, Option<ByteArray<32>>, Option<String>);

impl DrawOpened {
    pub(super) fn keys(&self) -> DrawKeys {
        let Self { numerator, denominator, commitment, survey } = self.clone();
        (Some(Rate { numerator, denominator }), Some(commitment.into()), Some(survey))
    }

    /// None unless all three are there.
    pub(super) fn of((rate, commitment, survey): DrawKeys) -> Option<Self> {
        let Rate { numerator, denominator } = rate?;
        Some(Self { numerator, denominator, commitment: commitment?.into(), survey: survey? })
    }
}

/// How the draw of an outing came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Encode, Decode)]
pub struct DrawTally {
    /// Places that were ever taken: what the draw is counted again over.
    #[n(0)]
    pub places: u64,
    /// Places among them that were drawn. The four below make it up.
    #[n(1)]
    pub drawn: u64,
    /// Answered to the end.
    #[n(2)]
    pub answered: u64,
    /// The person said no.
    #[n(3)]
    pub refused: u64,
    /// Begun, and not finished.
    #[n(4)]
    pub broken_off: u64,
    /// Never taken up.
    #[n(5)]
    pub lapsed: u64,
}

/// What an outing's closing says of its draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrawClosed {
    /// What was committed at the opening.
    pub seed: [u8; 32],
    /// What came of it.
    pub tally: DrawTally,
}

/// An invitation came to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationEnded {
    /// The record's id: filed, or drawn by the stand.
    pub id: Uuid,
    /// The id as it was filed.
    pub filed_id: Option<String>,
    /// When the stand recorded it.
    pub captured: Captured,
    /// How; none for a way of a later version.
    pub fate: Option<InvitationFate>,
    /// Whose it was: the place that an encounter of this outing took.
    pub place: u64,
    /// The entry of this ledger that opened the outing.
    pub outing: u64,
}

#[derive(Encode, Decode)]
#[cbor(map)]
pub(super) struct EndedBody {
    #[cbor(n(0), with = "minicbor::bytes")]
    id: [u8; 16],
    #[n(1)]
    filed_id: Option<String>,
    #[n(4)]
    when: When,
    #[n(5)]
    fate: u32,
    #[n(20)]
    outing: u64,
    #[n(21)]
    place: u64,
}

impl From<&InvitationEnded> for EndedBody {
    fn from(ended: &InvitationEnded) -> Self {
        Self {
            id: ended.id.into_bytes(),
            filed_id: spelled_otherwise(ended.id, ended.filed_id.as_ref()),
            when: ended.captured.into(),
            fate: ended.fate.and_then(InvitationFate::code).unwrap_or_default(),
            outing: ended.outing,
            place: ended.place,
        }
    }
}

impl From<EndedBody> for InvitationEnded {
    fn from(body: EndedBody) -> Self {
        let id = Uuid::from_bytes(body.id);
        Self {
            id,
            filed_id: Some(body.filed_id.unwrap_or_else(|| id.to_string())),
            captured: body.when.into(),
            fate: InvitationFate::from_code(body.fate),
            place: body.place,
            outing: body.outing,
        }
    }
}

/// What somebody answered. Nothing in it says who, at which encounter, or when within the day.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SurveyAnswer {
    /// Random, so that one that comes twice is noticed.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub id: [u8; 16],
    /// The answer: JSON of `oirs-survey-answer/1`.
    #[n(5)]
    pub answer: String,
    /// How long answering took, in seconds, rounded up to half a minute; none where nobody measured.
    #[n(6)]
    pub duration_s: Option<u32>,
    /// The day, since 1970-01-01, at the outing's place.
    #[n(7)]
    pub day: i32,
}

// What people reply isn't written into logs by way of a debug print.
impl std::fmt::Debug for SurveyAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SurveyAnswer(..)")
    }
}
