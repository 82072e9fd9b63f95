//! Who works at a stand, as far as a machine in the field may know: a short code and a role.
//!
//! Names are not here. A code is what entries carry ("assisted by"), what the team chooses from, and what the office
//! looks up in its own list of people; a stand that is stolen tells nobody who worked at it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::words::words;

/// Most characters of a staff code.
pub const STAFF_CODE_SYMBOLS_MAX: usize = 12;

words! {
    /// What a person of the team may do. A leader may do all that the team may.
    Role {
        /// Attends people: everything of the day.
        Team = "team",
        /// Answers for the stand: closes the day, chooses people, mirrors, sticks and settings.
        Leader = "leader",
    }
}

/// A person of the team: 1 to 12 of `A`–`Z`, `0`–`9` and hyphens, with a letter or digit at each end. Compared and
/// written in upper case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StaffCode(String);

/// Why a text is no staff code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a staff code has 1 to {STAFF_CODE_SYMBOLS_MAX} letters, digits and hyphens")]
pub struct StaffCodeError;

impl StaffCode {
    /// Reads what a person typed; case and surrounding space don't matter.
    ///
    /// # Errors
    /// [`StaffCodeError`] for anything else than the form above: no accents, no spaces, so that a code can be
    /// dictated over the telephone and typed on any keyboard.
    pub fn parse(text: &str) -> Result<Self, StaffCodeError> {
        let code = text.trim().to_ascii_uppercase();
        let fits = (1..=STAFF_CODE_SYMBOLS_MAX).contains(&code.len())
            && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !code.starts_with('-')
            && !code.ends_with('-');
        if fits { Ok(Self(code)) } else { Err(StaffCodeError) }
    }

    /// The code in upper case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StaffCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for StaffCode {
    type Err = StaffCodeError;

    fn from_str(text: &str) -> Result<Self, StaffCodeError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for StaffCode {
    type Error = StaffCodeError;

    fn try_from(text: String) -> Result<Self, StaffCodeError> {
        Self::parse(&text)
    }
}

impl From<StaffCode> for String {
    fn from(code: StaffCode) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_short_and_plain() {
        for (text, code) in [
            ("T1", Some("T1")),
            (" f-07\n", Some("F-07")),
            ("123456789012", Some("123456789012")),
            ("1234567890123", None),
            ("", None),
            ("-", None),
            ("-A", None),
            ("A-", None),
            ("A B", None),
            ("Á", None),
            ("A_1", None),
        ] {
            assert_eq!(StaffCode::parse(text).ok().as_ref().map(StaffCode::as_str), code, "{text:?}");
        }
        assert_eq!(serde_json::from_str::<StaffCode>("\"x-1\"").unwrap().to_string(), "X-1");
        assert!(serde_json::from_str::<StaffCode>("\"x 1\"").is_err());
    }
}
