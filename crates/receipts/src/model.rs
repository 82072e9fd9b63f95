//! What is printed, as data: no person, no text of the request, nothing that could identify anybody.
//!
//! An original carries the claim key in its address and the control code beside it; a copy has neither and
//! says that it is a copy. They are two types, so that whatever may only take a copy says so in its signature.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate};
use domain::{AnswerWay, Certainty, Comuna, Folio, Kind};
use texts::CitizenLanguage;

use crate::qr::QrAddress;

/// A receipt to show or to print.
#[derive(Debug, Clone)]
pub enum Receipt {
    /// The one that the citizen takes from the live session.
    Original(Original),
    /// Any later one.
    Copy(Copy),
}

/// The receipt of the live session: whoever holds it can follow the request.
#[derive(Debug, Clone)]
pub struct Original {
    /// What is printed on both.
    pub facts: Facts,
    /// The address with the claim key, and the code that is derived from the same key.
    pub claim: Claim,
}

/// A later copy: proves that the request was filed, and opens nothing.
#[derive(Debug, Clone)]
pub struct Copy {
    /// What is printed on both.
    pub facts: Facts,
    /// The address without a claim key.
    pub address: QrAddress,
}

/// What only the citizen's paper has. Never shown by `Debug`: it would end in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Claim {
    /// The QR code's address, with the claim key in it.
    pub address: QrAddress,
    /// The short code for whoever has no camera.
    pub control_code: ControlCode,
}

impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Claim(withheld)")
    }
}

/// What every receipt of a request says.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The request's number.
    pub folio: Folio,
    /// What was filed.
    pub kind: Kind,
    /// When the stand recorded it, in the local time of the place.
    pub captured_at: DateTime<FixedOffset>,
    /// How far that time can be trusted; the receipt says so when it isn't confirmed.
    pub certainty: Certainty,
    /// The date of the paper form, when one was transcribed.
    pub paper_on: Option<NaiveDate>,
    /// Where it was recorded.
    pub place: Place,
    /// Whether, how and by when the office answers.
    pub answer: Answer,
    /// The telephone line to ask at, as it is dictated. None when the office has none.
    pub phone_line: Option<String>,
    /// The language to print in: the citizen's.
    pub language: CitizenLanguage,
}

/// Where a request was recorded.
#[derive(Debug, Clone)]
pub struct Place {
    /// The locality in the staff's words, if it was noted.
    pub locality: Option<String>,
    /// The comuna, with its region.
    pub comuna: Comuna,
}

/// Whether, how and by when the office answers: a due date exists just when an answer was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The citizen wants none.
    NotAsked,
    /// The office answers by e-mail, no later than this date.
    ByEmail(NaiveDate),
    /// The office calls, no later than this date.
    ByPhone(NaiveDate),
    /// The office sends a letter, no later than this date.
    ByLetter(NaiveDate),
    /// The office answers in person, from this date at the latest.
    InPerson(NaiveDate),
}

/// An answer was asked for without a date, or a date was given without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an answer `{way}` and its due date ({}) contradict each other", if *.dated { "given" } else { "missing" })]
pub struct AnswerWayError {
    /// The way that was asked for.
    pub way: AnswerWay,
    /// Whether a date came with it.
    pub dated: bool,
}

impl Answer {
    /// The answer of a request: its way, and the due date that it has unless no answer was asked for.
    pub const fn new(way: AnswerWay, due_on: Option<NaiveDate>) -> Result<Self, AnswerWayError> {
        match (way, due_on) {
            (AnswerWay::None, None) => Ok(Self::NotAsked),
            (AnswerWay::Email, Some(on)) => Ok(Self::ByEmail(on)),
            (AnswerWay::Phone, Some(on)) => Ok(Self::ByPhone(on)),
            (AnswerWay::Letter, Some(on)) => Ok(Self::ByLetter(on)),
            (AnswerWay::InPerson, Some(on)) => Ok(Self::InPerson(on)),
            (way, due_on) => Err(AnswerWayError { way, dated: due_on.is_some() }),
        }
    }

    /// The way, in the domain's word.
    pub const fn way(self) -> AnswerWay {
        match self {
            Self::NotAsked => AnswerWay::None,
            Self::ByEmail(_) => AnswerWay::Email,
            Self::ByPhone(_) => AnswerWay::Phone,
            Self::ByLetter(_) => AnswerWay::Letter,
            Self::InPerson(_) => AnswerWay::InPerson,
        }
    }

    /// The last day for the answer, if there is to be one.
    pub const fn due_on(self) -> Option<NaiveDate> {
        match self {
            Self::NotAsked => None,
            Self::ByEmail(on) | Self::ByPhone(on) | Self::ByLetter(on) | Self::InPerson(on) => Some(on),
        }
    }
}

/// Eight symbols of Crockford's base32 in two groups, `XXXX-XXXX`, as they are printed.
#[derive(Clone, PartialEq, Eq)]
pub struct ControlCode(String);

/// Not `XXXX-XXXX` in Crockford's base32.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a control code is eight symbols of Crockford's base32, written XXXX-XXXX")]
pub struct ControlCodeError;

impl ControlCode {
    /// Takes the code as `wire` writes it; the citizen's own spelling isn't its business.
    pub fn new(text: &str) -> Result<Self, ControlCodeError> {
        let (left, right) = text.split_once('-').ok_or(ControlCodeError)?;
        let group = |part: &str| part.len() == 4 && part.bytes().all(is_crockford);
        if group(left) && group(right) { Ok(Self(text.to_owned())) } else { Err(ControlCodeError) }
    }

    /// The code as it is printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ControlCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ControlCode(withheld)")
    }
}

const fn is_crockford(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'A'..=b'Z') && !matches!(byte, b'I' | b'L' | b'O' | b'U')
}

impl Receipt {
    /// What every receipt of the request says.
    pub const fn facts(&self) -> &Facts {
        match self {
            Self::Original(original) => &original.facts,
            Self::Copy(copy) => &copy.facts,
        }
    }

    /// The QR code's address.
    pub const fn address(&self) -> &QrAddress {
        match self {
            Self::Original(original) => &original.claim.address,
            Self::Copy(copy) => &copy.address,
        }
    }

    /// The control code, which a copy lacks.
    pub const fn control_code(&self) -> Option<&ControlCode> {
        match self {
            Self::Original(original) => Some(&original.claim.control_code),
            Self::Copy(_) => None,
        }
    }
}

impl From<Original> for Receipt {
    fn from(original: Original) -> Self {
        Self::Original(original)
    }
}

impl From<Copy> for Receipt {
    fn from(copy: Copy) -> Self {
        Self::Copy(copy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_due_date_exists_just_when_an_answer_was_asked_for() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 4);
        for way in AnswerWay::ALL {
            let asked = *way != AnswerWay::None;
            let answer = Answer::new(*way, day.filter(|_| asked)).unwrap();
            assert_eq!((answer.way(), answer.due_on()), (*way, day.filter(|_| asked)));
            assert_eq!(
                Answer::new(*way, day.filter(|_| !asked)),
                Err(AnswerWayError { way: *way, dated: !asked })
            );
        }
    }

    #[test]
    fn a_control_code_is_two_groups_of_four() {
        let check = |text, good| assert_eq!(ControlCode::new(text).is_ok(), good, "{text}");
        check("7K3M-Q2XV", true);
        check("7K3MQ2XV", false);
        check("7K3-MQ2XV", false);
        check("7K3M-Q2X", false);
        check("7K3M-Q2XVW", false);
        check("7k3m-q2xv", false);
        check("7K3M-Q2XU", false);
        check("7K3M-Q2XÑ", false);
        check("", false);
    }

    #[test]
    fn the_claim_is_withheld_from_debug() {
        let claim = Claim {
            address: QrAddress::parse("HTTPS://OIRS.EXAMPLE.CL/R/CLAIMKEY").unwrap(),
            control_code: ControlCode::new("7K3M-Q2XV").unwrap(),
        };
        assert_eq!(format!("{claim:?} {:?}", claim.control_code), "Claim(withheld) ControlCode(withheld)");
        assert!(!format!("{:?}", claim.address).contains("CLAIMKEY"));
    }
}
