//! What windows are told of invitations and of the survey that is on the screen.

use serde::Serialize;

/// An invitation that waits for the citizen's screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct InvitationView {
    /// Whose: the place of the draw.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub place: u64,
    /// What the survey is called.
    pub title: String,
    /// Questions, notes not counted.
    pub questions: usize,
    /// The tags of its languages.
    pub languages: Vec<String>,
}

/// How far somebody is with the replies so far, and what is wrong with one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct SurveyStep {
    /// Every question and note that is asked by these replies, in order, by name.
    pub shown: Vec<String>,
    /// Questions among them.
    pub questions: usize,
    /// Of these, how many have a reply.
    pub replied: usize,
    /// The first that has none.
    pub next: Option<String>,
    /// The first that has none and must have one.
    pub missing: Option<String>,
    /// What is wrong with a reply, with the words to say so.
    pub faults: Vec<SurveyFault>,
}

/// Something wrong with a reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct SurveyFault {
    /// The question; none when it is the answer as a whole.
    pub question: Option<String>,
    /// The rule's stable word.
    pub code: &'static str,
    /// A sentence for who answers: the survey's own, where it has one.
    pub reason: String,
}

/// How the open outing's invitations stand. Never says which place comes next, or whether it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct InvitationTally {
    /// Encounters that took part.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub places: u64,
    /// Invitations that wait or are being answered.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub waiting: u64,
    /// Answered to the end.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub answered: u64,
    /// The person said no.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub refused: u64,
    /// Begun, and not finished.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub broken_off: u64,
    /// The person had gone.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub lapsed: u64,
}
