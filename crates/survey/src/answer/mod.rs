//! What a person replied, judged by the version of the survey that they saw.
//!
//! The citizen's window keeps replies in memory and asks [`progress`] after each tap; what is recorded passes
//! [`check`], at the stand before it is sealed and at the office once more. Both call the same functions, and
//! nothing of them depends on when or where.
//!
//! "I'd rather not say" is a reply to any question, required ones as well: an answer that is forced says nothing,
//! and consent must be free (Ley 19.628, article 12). "I don't know" belongs to grades only, as in the State's own
//! questionnaire, where 8 and 9 stand beside 1 to 7 and are in no average. For conditions both are no answer.

mod check;
mod line;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use self::check::{AnswerFault, Checked, Progress, State, asked, check, progress};
pub use self::line::Line;
use crate::Code;
use crate::limits::ANSWER_BYTES_MAX;
use crate::words::words;

/// The name and version of the format.
pub const FORMAT: &str = "oirs-survey-answer/1";

words! {
    /// How answering ended.
    Ending {
        /// To the last question.
        Complete = "complete",
        /// The person went away, or time ran out, after beginning. What they had replied counts.
        BrokenOff = "broken_off",
        /// The person was invited and said no. There are no replies.
        Refused = "refused",
    }
}

/// A survey filled in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filled {
    /// [`FORMAT`].
    pub format: String,
    /// The survey's name.
    pub survey: String,
    /// The version that was on the screen.
    pub version: u32,
    /// The tag of the language that was on the screen.
    pub language: String,
    /// How it ended.
    pub ending: Ending,
    /// Replies by question.
    pub replies: Replies,
}

/// Replies by the name of their question.
pub type Replies = BTreeMap<String, Reply>;

/// A reply to one question.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Reply {
    /// Words.
    Text(String),
    /// A whole number: an integer or a grade.
    Number(#[cfg_attr(feature = "bindings", ts(type = "number"))] i64),
    /// One choice, by name.
    Choice(String),
    /// Some choices, by name.
    Choices(Vec<String>),
    /// "I don't know": only to a grade.
    DontKnow,
    /// "I'd rather not say".
    Declined,
}

impl Filled {
    /// Reads a filled answer.
    ///
    /// # Errors
    /// [`Code::FileTooLarge`] or [`Code::NotAnAnswer`].
    pub fn read(bytes: &[u8]) -> Result<Self, Code> {
        if bytes.len() > ANSWER_BYTES_MAX {
            return Err(Code::FileTooLarge);
        }
        let filled: Self = serde_json::from_slice(bytes).map_err(|_| Code::NotAnAnswer)?;
        if filled.format == FORMAT { Ok(filled) } else { Err(Code::NotAnAnswer) }
    }
}

// What people reply isn't written into logs by way of a debug print.
impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text(..)",
            Self::Number(_) => "Number(..)",
            Self::Choice(_) => "Choice(..)",
            Self::Choices(_) => "Choices(..)",
            Self::DontKnow => "DontKnow",
            Self::Declined => "Declined",
        })
    }
}

impl std::fmt::Debug for Filled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { survey, version, ending, replies, .. } = self;
        write!(f, "Filled({survey} {version}, {ending}, {} replies)", replies.len())
    }
}
