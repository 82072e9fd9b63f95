//! Days that a law or decree adds to the calendar or takes from it, as data: an office corrects its calendar
//! with a signed pack, without waiting for a release.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use crate::territory::{Comuna, Region};
use crate::words::words;

/// Days that one set of exceptions may hold.
const EXCEPTIONS_MAX: usize = 2000;
/// Characters in the reason of an exception.
const REASON_CHARS_MAX: usize = 200;

/// Where a holiday holds. Written as the territory's code: `CL`, a region's two digits, a province's three,
/// a comuna's five; each code opens with that of what it lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(into = "String")]
pub struct Scope(&'static str);

impl Scope {
    /// The whole country.
    pub const NATIONAL: Self = Self("");

    /// The territory with this code, if there is one.
    pub fn parse(code: &str) -> Option<Self> {
        let provinces = || Region::all().iter().flat_map(Region::provinces);
        match code.len() {
            2 if code == "CL" => Some(Self::NATIONAL),
            2 => Region::by_code(code).map(|region| Self(region.code())),
            3 => provinces().find(|province| province.code() == code).map(|province| Self(province.code())),
            _ => Comuna::by_code(code).map(|comuna| Self(comuna.code())),
        }
    }

    /// A territory that this crate names itself; tests hold that it exists.
    pub(super) const fn of_code(code: &'static str) -> Self {
        Self(code)
    }

    /// Whether it holds in a place; without a place only the whole country's holidays do.
    pub fn holds_in(self, place: Option<Comuna>) -> bool {
        place.map_or(self == Self::NATIONAL, |comuna| comuna.code().starts_with(self.0))
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "CL" } else { self.0 })
    }
}

/// Why a set of exceptions can't be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExceptionError {
    /// More days than a set may hold.
    #[error("{0} exceptions, more than a calendar takes")]
    TooMany(usize),
    /// A reason that is blank or too long.
    #[error("the exception of {0} needs a reason of one to 200 characters")]
    Reason(NaiveDate),
}

// By hand: serde's derive takes the `&'static str` for something borrowed from the input.
impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code)
            .ok_or_else(|| serde::de::Error::custom("no region, province or comuna has this code"))
    }
}

impl From<Scope> for String {
    fn from(scope: Scope) -> Self {
        scope.to_string()
    }
}

words! {
    /// What an exception does to its day.
    Change {
        /// The day is a holiday.
        Added = "added",
        /// The day is a working day, whatever it would have been.
        Removed = "removed",
    }
}

/// One day that is not what the rules say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarException {
    /// The day.
    pub date: NaiveDate,
    /// Where it holds.
    pub scope: Scope,
    /// What it does.
    pub change: Change,
    /// The law or decree, shown to whoever asks why a day didn't count.
    pub reason: String,
}

/// The exceptions of a calendar; of several for one day and place the last holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<CalendarException>", into = "Vec<CalendarException>")]
pub struct CalendarExceptions(Vec<CalendarException>);

impl CalendarExceptions {
    /// A set of exceptions in the order in which they were made.
    pub fn new(exceptions: Vec<CalendarException>) -> Result<Self, ExceptionError> {
        if exceptions.len() > EXCEPTIONS_MAX {
            return Err(ExceptionError::TooMany(exceptions.len()));
        }
        let is_well = |reason: &str| !reason.trim().is_empty() && reason.chars().count() <= REASON_CHARS_MAX;
        match exceptions.iter().find(|exception| !is_well(&exception.reason)) {
            Some(exception) => Err(ExceptionError::Reason(exception.date)),
            None => Ok(Self(exceptions)),
        }
    }

    /// The exceptions, in their order.
    pub fn as_slice(&self) -> &[CalendarException] {
        &self.0
    }

    /// The one that holds on a day in a place.
    pub(super) fn on(&self, date: NaiveDate, place: Option<Comuna>) -> Option<&CalendarException> {
        self.0.iter().rev().find(|exception| exception.date == date && exception.scope.holds_in(place))
    }
}

impl TryFrom<Vec<CalendarException>> for CalendarExceptions {
    type Error = ExceptionError;

    fn try_from(exceptions: Vec<CalendarException>) -> Result<Self, ExceptionError> {
        Self::new(exceptions)
    }
}

impl From<CalendarExceptions> for Vec<CalendarException> {
    fn from(exceptions: CalendarExceptions) -> Self {
        exceptions.0
    }
}
