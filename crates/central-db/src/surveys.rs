//! What opening writes down of surveys: draws, who took part in them, how invitations ended, and which entries are answers.
//!
//! What was answered stays sealed and is opened when results are asked for. A draw's facts are those of one branch: where a
//! ledger forked, each branch has its own.

use domain::InvitationFate;
use wire::body::DrawTally;

use crate::opening::EntryId;

/// What one entry says about a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SurveyFact {
    /// An outing was opened, and the stand committed itself to a draw.
    Opened(DrawOpening),
    /// An outing was closed, and the seed of its draw disclosed.
    Closed(DrawClosing),
    /// An encounter took a place.
    Place {
        /// The entry that opened the outing.
        outing: u64,
        /// The place, from 1.
        place: u64,
    },
    /// An invitation came to its end.
    Ended {
        /// The entry that opened the outing.
        outing: u64,
        /// The place, from 1.
        place: u64,
        /// How; none for a way that this program doesn't know.
        fate: Option<InvitationFate>,
    },
    /// Somebody answered.
    Answer(AnswerLine),
}

/// What a stand committed itself to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawOpening {
    /// The survey's name.
    pub survey: String,
    /// How many are invited: `numerator` of `denominator`.
    pub numerator: u16,
    /// See `numerator`.
    pub denominator: u16,
    /// Binds the stand to seed and rate.
    pub commitment: [u8; 32],
    /// When, in seconds since 1970 (UTC).
    pub captured_unix_s: i64,
}

/// What a stand disclosed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrawClosing {
    /// The entry that opened the outing.
    pub outing: u64,
    /// The seed.
    pub seed: [u8; 32],
    /// How the draw came out, as the stand says.
    pub tally: DrawTally,
}

/// Which survey an answer is to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerLine {
    /// The answer's own random id: one that comes twice counts once.
    pub answer: [u8; 16],
    /// The survey's name, as the answer says.
    pub survey: String,
    /// Its version.
    pub version: u32,
    /// Whether it was answered to the end.
    pub complete: bool,
}

/// A draw with everything that the office holds of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// The entry that opened the outing.
    pub id: EntryId,
    /// Whether its opening is quarantined: shown, and in no result.
    pub quarantined: bool,
    /// What the stand committed itself to.
    pub opening: DrawOpening,
    /// What it disclosed; none before the closing came.
    pub closing: Option<DrawClosing>,
    /// The places that encounters took, in the order of the chain. One that was given back stands again.
    pub places: Vec<u64>,
    /// How invitations ended, by place, in the order of the chain.
    pub ended: Vec<(u64, Option<InvitationFate>)>,
    /// Answers to this survey, complete ones, between the opening and the closing.
    pub complete_answers: u64,
}

/// Where an answer stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerEntry {
    /// The entry.
    pub id: EntryId,
    /// What it is to.
    pub line: AnswerLine,
}
