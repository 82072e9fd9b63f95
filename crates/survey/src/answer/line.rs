//! One line of `terreno record survey`: how an invitation ended, and what was answered.

use serde::{Deserialize, Serialize};

use super::{Ending, Filled, Replies};
use crate::Code;
use crate::draw::{Fate, Place};
use crate::limits::ANSWER_BYTES_MAX;

/// How an invitation ended, and what was answered, as a script says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(title = "Survey"))]
pub struct Line {
    /// A UUID by which it is recorded once. The answer itself doesn't carry it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "schema",
        schemars(regex(pattern = "^[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}$"))
    )]
    pub id: Option<String>,
    /// Whose invitation: the place that an encounter took. Absent is the one that is next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = crate::limits::PLACES_MAX)))]
    pub place: Option<Place>,
    /// How it ended. Required.
    pub ending: Fate,
    /// The version that was on the screen; absent is the one that the stand carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub version: Option<u32>,
    /// The tag of the language that was on the screen; absent is the survey's first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Replies by the name of their question; none of one that was refused or lapsed.
    #[serde(default)]
    pub replies: Replies,
    /// How long answering took, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_s: Option<u32>,
}

impl Line {
    /// Reads a line.
    ///
    /// # Errors
    /// [`Code::FileTooLarge`] or [`Code::NotAnAnswer`].
    pub fn read(bytes: &[u8]) -> Result<Self, Code> {
        if bytes.len() > ANSWER_BYTES_MAX {
            return Err(Code::FileTooLarge);
        }
        serde_json::from_slice(bytes).map_err(|_| Code::NotAnAnswer)
    }
}

impl Filled {
    /// The answer of somebody to a survey of this name and version; `language` is the tag of what was on the screen.
    pub fn new(survey: &str, version: u32, language: &str, ending: Ending, replies: Replies) -> Self {
        Self {
            format: super::FORMAT.to_owned(),
            survey: survey.to_owned(),
            version,
            language: language.to_owned(),
            ending,
            replies,
        }
    }

    /// Its JSON, to be sealed.
    ///
    /// # Errors
    /// [`Code::FileTooLarge`].
    pub fn to_json(&self) -> Result<String, Code> {
        let json = serde_json::to_string(self).map_err(|_| Code::NotAnAnswer)?;
        if json.len() > ANSWER_BYTES_MAX { Err(Code::FileTooLarge) } else { Ok(json) }
    }
}
