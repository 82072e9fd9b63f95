//! The compiler: a spreadsheet in the documented part of XLSForm (docs/surveys.md) becomes a survey.
//!
//! It runs once, at the office, before a survey is signed; stands never see a spreadsheet. Whatever is outside of the
//! subset is refused by name and cell, all of it in one answer: an author mends a file once, and nothing that the
//! file asks for is silently left out.
//!
//! The sheets are read into memory within named limits, their rows become a [`Form`](crate::Form), and every rule
//! about the form itself lies in [`crate::form`]; a fault found there is led back to the cell that it came from.

mod archive;
mod cell;
mod rows;
mod settings;
mod sheet;
mod table;
mod workbook;

use std::fmt;

pub use self::cell::Cell;
use crate::Code;
use crate::form::Survey;
use crate::limits::ERRORS_MAX;

/// One thing wrong with a spreadsheet.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Wrong {
    /// The sheet, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The cell, `C7`, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<Cell>,
    /// The rule that is broken.
    pub code: Code,
    /// The language that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The character of an expression, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<usize>,
    /// The word that the author wrote there, or the limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub word: Option<String>,
}

impl Wrong {
    fn file(code: Code) -> Self {
        Self { sheet: None, cell: None, code, language: None, at: None, word: None }
    }

    fn part(code: Code, part: &str) -> Self {
        Self { word: Some(short(part)), ..Self::file(code) }
    }

    fn sheet(sheet: &str, code: Code) -> Self {
        Self { sheet: Some(short(sheet)), ..Self::file(code) }
    }

    fn cell(sheet: &str, cell: Cell, code: Code) -> Self {
        Self { cell: Some(cell), ..Self::sheet(sheet, code) }
    }

    fn word(mut self, word: &str) -> Self {
        self.word = Some(short(word)).filter(|word| !word.is_empty());
        self
    }
}

/// `survey!C7: unknown_type (geopoint)`.
impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.sheet, &self.cell) {
            (Some(sheet), Some(cell)) => write!(f, "{sheet}!{cell}: ")?,
            (Some(sheet), None) => write!(f, "{sheet}: ")?,
            _ => {}
        }
        write!(f, "{}", self.code)?;
        let at = self.at.map(|at| format!("character {at}"));
        let details: Vec<&str> =
            [&self.word, &self.language, &at].into_iter().filter_map(|detail| detail.as_deref()).collect();
        if details.is_empty() { Ok(()) } else { write!(f, " ({})", details.join(", ")) }
    }
}

/// Compiles a spreadsheet.
///
/// # Errors
/// Everything that is wrong with it, in the order of sheets, rows and columns; at most
/// [`ERRORS_MAX`], with [`Code::MoreErrors`] after them when there were more.
pub fn compile(bytes: &[u8]) -> Result<Survey, Vec<Wrong>> {
    let mut wrongs = match workbook::read(bytes) {
        Ok(workbook) => match rows::survey(&workbook) {
            Ok(survey) => return Ok(survey),
            Err(wrongs) => wrongs,
        },
        Err(wrong) => vec![wrong],
    };
    // The author reads from the top; what is about the file as a whole comes first.
    let order = |wrong: &Wrong| {
        let sheet = wrong.sheet.as_deref();
        (sheet.map(|name| workbook::SHEETS.iter().position(|known| *known == name)), wrong.cell)
    };
    wrongs.sort_by_key(order);
    wrongs.dedup();
    if wrongs.len() > ERRORS_MAX {
        wrongs.truncate(ERRORS_MAX);
        wrongs.push(Wrong::file(Code::MoreErrors));
    }
    Err(wrongs)
}

/// What an author wrote, as far as an error repeats it.
fn short(word: &str) -> String {
    const CHARS_MAX: usize = 60;
    let shown: String = word.chars().filter(|c| !crate::form::is_control(*c)).take(CHARS_MAX).collect();
    if word.chars().count() > CHARS_MAX { format!("{shown}…") } else { shown }
}
