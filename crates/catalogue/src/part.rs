//! Which part of a sheet something is about, as a path: `summary`, `steps/2`.
//!
//! The path is the same in a pack's file, in a problem's place and in an answer of the search. Entries are counted from
//! 0, as in a JSON pointer.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A part of a sheet that says something, and so needs a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Part {
    /// The summary.
    Summary,
    /// An entry of `for_whom`.
    ForWhom(usize),
    /// An entry of `requirements`.
    Requirements(usize),
    /// An entry of `documents`.
    Documents(usize),
    /// An entry of `steps`.
    Steps(usize),
    /// Whether it costs something.
    Cost,
    /// How long it takes, or until when.
    Term,
    /// An entry of `channels`.
    Channels(usize),
    /// An entry of `law`.
    Law(usize),
}

/// Not the path of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a part of a sheet; parts are summary, cost, term and entries such as steps/0")]
pub struct PartError;

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Summary => f.write_str("summary"),
            Self::ForWhom(at) => write!(f, "for_whom/{at}"),
            Self::Requirements(at) => write!(f, "requirements/{at}"),
            Self::Documents(at) => write!(f, "documents/{at}"),
            Self::Steps(at) => write!(f, "steps/{at}"),
            Self::Cost => f.write_str("cost"),
            Self::Term => f.write_str("term"),
            Self::Channels(at) => write!(f, "channels/{at}"),
            Self::Law(at) => write!(f, "law/{at}"),
        }
    }
}

impl FromStr for Part {
    type Err = PartError;

    fn from_str(path: &str) -> Result<Self, PartError> {
        let Some((list, at)) = path.split_once('/') else {
            return match path {
                "summary" => Ok(Self::Summary),
                "cost" => Ok(Self::Cost),
                "term" => Ok(Self::Term),
                _ => Err(PartError),
            };
        };
        // One spelling each: `steps/02` and `steps/+2` would be second names for one part.
        let entry = at.parse::<usize>().ok().filter(|entry| entry.to_string() == at).ok_or(PartError)?;
        match list {
            "for_whom" => Ok(Self::ForWhom(entry)),
            "requirements" => Ok(Self::Requirements(entry)),
            "documents" => Ok(Self::Documents(entry)),
            "steps" => Ok(Self::Steps(entry)),
            "channels" => Ok(Self::Channels(entry)),
            "law" => Ok(Self::Law(entry)),
            _ => Err(PartError),
        }
    }
}

impl TryFrom<String> for Part {
    type Error = PartError;

    fn try_from(path: String) -> Result<Self, PartError> {
        path.parse()
    }
}

impl From<Part> for String {
    fn from(part: Part) -> Self {
        part.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_has_one_spelling() {
        let check = |path: &str, part: Part| {
            assert_eq!(path.parse(), Ok(part));
            assert_eq!(part.to_string(), path);
        };
        check("summary", Part::Summary);
        check("for_whom/0", Part::ForWhom(0));
        check("requirements/1", Part::Requirements(1));
        check("documents/12", Part::Documents(12));
        check("steps/3", Part::Steps(3));
        check("cost", Part::Cost);
        check("term", Part::Term);
        check("channels/4", Part::Channels(4));
        check("law/5", Part::Law(5));
    }

    #[test]
    fn other_paths_are_refused() {
        for path in [
            "",
            "title",
            "steps",
            "steps/",
            "steps/01",
            "steps/+1",
            "steps/-1",
            "steps/1/2",
            "cost/0",
            "Steps/1",
        ] {
            assert_eq!(path.parse::<Part>(), Err(PartError), "{path}");
        }
    }
}
