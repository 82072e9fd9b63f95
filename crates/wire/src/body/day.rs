//! What frames a day: a ledger begun, an outing opened and closed.

use domain::{Captured, PlaceKind};
use minicbor::bytes::ByteArray;
use minicbor::encode::Write;
use minicbor::{Decode, Decoder, Encode, Encoder};

use super::survey::{DrawClosed, DrawOpened, DrawTally, Rate};
use super::words::{When, Word};
use crate::counts::{self, Counted, OutingCounts};
use crate::ids::{Epoch, OutingToken};

/// The team opens an outing.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct OutingOpened {
    #[n(4)]
    when: When,
    #[n(7)]
    comuna: Option<Word>,
    /// The place, in the team's words.
    #[n(8)]
    pub place: Option<String>,
    /// People to be attended.
    #[n(9)]
    pub goal: Option<u32>,
    /// The staff code of who opened it; none when the stand did so by itself.
    #[n(16)]
    pub by: Option<String>,
    #[n(30)]
    draw_rate: Option<Rate>,
    #[n(31)]
    draw_commitment: Option<ByteArray<32>>,
    #[n(32)]
    draw_survey: Option<String>,
    /// The staff codes of whoever works at it.
    #[n(34)]
    pub team: Option<Vec<String>>,
    /// Names the outing among all stands that share it: drawn by the stand that opened it first.
    #[n(35)]
    pub token: Option<OutingToken>,
    #[n(36)]
    place_kind: Option<Word>,
}

/// The team closes an outing.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct OutingClosed {
    #[n(4)]
    when: When,
    /// The staff code of who closed it; none when the stand did so by itself.
    #[n(16)]
    pub by: Option<String>,
    /// The entry that opened it.
    #[n(20)]
    pub opened: u64,
    /// Requests recorded in it.
    #[n(21)]
    pub requests: u64,
    /// Encounters recorded in it.
    #[n(22)]
    pub encounters: u64,
    #[n(40)]
    draw_seed: Option<ByteArray<32>>,
    #[n(41)]
    draw_tally: Option<DrawTally>,
    /// Profiles, which stand before this entry.
    #[n(23)]
    profiles: Option<u64>,
    /// Additions to requests.
    #[n(24)]
    additions: Option<u64>,
    /// Withdrawals of requests.
    #[n(25)]
    withdrawals: Option<u64>,
    /// Voids.
    #[n(26)]
    voids: Option<u64>,
    /// Encounters by outcome, in the order of the outcomes' numbers.
    #[n(27)]
    by_outcome: Option<Vec<u64>>,
    /// Requests by kind, in the order of the kinds' numbers.
    #[n(28)]
    by_kind: Option<Vec<u64>>,
}

/// A stand begins a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct LedgerOpened {
    #[n(4)]
    when: When,
    /// Why.
    #[n(5)]
    pub reason: OpeningReason,
    /// The ledger that it goes on from, where that is known.
    #[n(6)]
    pub previous: Option<Epoch>,
}

/// Why a ledger begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpeningReason {
    /// The stand was enrolled.
    Enrolled,
    /// Central found the one before forked.
    Forked,
    /// The database of the one before was damaged and set aside.
    Damaged,
    /// It is a copy of what rested in the pool of the ledger that it names as the one before.
    Resting,
    /// A reason of a later version.
    Other,
}

impl<C> Encode<C> for OpeningReason {
    fn encode<W: Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u8(match self {
            Self::Other => 0,
            Self::Enrolled => 1,
            Self::Forked => 2,
            Self::Damaged => 3,
            Self::Resting => 4,
        })?;
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for OpeningReason {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Ok(match d.u32()? {
            1 => Self::Enrolled,
            2 => Self::Forked,
            3 => Self::Damaged,
            4 => Self::Resting,
            _ => Self::Other,
        })
    }
}

impl OutingOpened {
    /// An outing opened at that time.
    pub fn new(captured: Captured, comuna: Option<&str>, place: Option<String>, goal: Option<u32>) -> Self {
        let comuna = comuna.map(Word::of_comuna);
        Self {
            when: captured.into(),
            comuna,
            place,
            goal,
            by: None,
            draw_rate: None,
            draw_commitment: None,
            draw_survey: None,
            team: None,
            token: None,
            place_kind: None,
        }
    }

    /// The same outing, at a place of this kind, as a word of [`PlaceKind`].
    #[must_use]
    pub fn at(self, kind: Option<&str>) -> Self {
        Self { place_kind: kind.map(Word::of::<PlaceKind>), ..self }
    }

    /// The kind of place, as filed; one of a later version in digits.
    pub fn place_kind(&self) -> Option<String> {
        self.place_kind.clone().map(Word::filed::<PlaceKind>)
    }

    /// The same outing, whose people are invited to a survey.
    #[must_use]
    pub fn with_draw(self, draw: &DrawOpened) -> Self {
        let (draw_rate, draw_commitment, draw_survey) = draw.keys();
        Self { draw_rate, draw_commitment, draw_survey, ..self }
    }

    /// What the stand committed itself to; none where nobody is invited.
    pub fn draw(&self) -> Option<DrawOpened> {
        DrawOpened::of((self.draw_rate.clone(), self.draw_commitment, self.draw_survey.clone()))
    }

    /// The comuna's five-digit code; none when the stand recorded before anyone said where.
    pub fn comuna(&self) -> Option<String> {
        self.comuna.clone().map(Word::filed_comuna)
    }
    /// When.
    pub fn captured(&self) -> Captured {
        self.when.into()
    }
}

impl OutingClosed {
    /// An outing closed at that time, with what was recorded in it.
    pub fn new(captured: Captured, opened: u64, counts: &OutingCounts) -> Self {
        Self {
            when: captured.into(),
            by: None,
            opened,
            requests: counts.requests(),
            encounters: counts.encounters(),
            draw_seed: None,
            draw_tally: None,
            profiles: Some(counts.profiles),
            additions: Some(counts.additions),
            withdrawals: Some(counts.withdrawals),
            voids: Some(counts.voids),
            by_outcome: Some(counts.by_outcome.to_vec()),
            by_kind: Some(counts.by_kind.to_vec()),
        }
    }

    /// The same closing, by this person.
    #[must_use]
    pub fn by(self, by: Option<String>) -> Self {
        Self { by, ..self }
    }

    /// The same closing, with the draw's seed disclosed.
    #[must_use]
    pub fn with_draw(self, draw: &DrawClosed) -> Self {
        Self { draw_seed: Some(draw.seed.into()), draw_tally: Some(draw.tally), ..self }
    }

    /// How the draw came out; none where there was none.
    pub fn draw(&self) -> Option<DrawClosed> {
        Some(DrawClosed { seed: self.draw_seed?.into(), tally: self.draw_tally? })
    }

    /// When.
    pub fn captured(&self) -> Captured {
        self.when.into()
    }
    /// Every number that the stand states, with what it counts.
    pub fn stated(&self) -> Vec<(Counted, u64)> {
        match self.counts() {
            Some(counts) => counts.each(),
            None => vec![(Counted::Requests, self.requests), (Counted::Encounters, self.encounters)],
        }
    }
    /// What the stand counted; none where it did not say all of it.
    pub fn counts(&self) -> Option<OutingCounts> {
        Some(OutingCounts {
            by_outcome: counts::from_places(self.by_outcome.as_deref()?),
            by_kind: counts::from_places(self.by_kind.as_deref()?),
            additions: self.additions?,
            withdrawals: self.withdrawals?,
            voids: self.voids?,
            profiles: self.profiles?,
        })
    }
}

impl LedgerOpened {
    /// A ledger begun at that time.
    pub fn new(captured: Captured, reason: OpeningReason, previous: Option<Epoch>) -> Self {
        Self { when: captured.into(), reason, previous }
    }
    /// When.
    pub fn captured(&self) -> Captured {
        self.when.into()
    }
}
