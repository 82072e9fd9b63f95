//! The office's standard satisfaction survey, as it ships.
//!
//! Its scale and its first question follow the State's own measurement, so that the numbers stand on one scale; its words
//! are ours, and it is never called by that measurement's name, which is carried out by others. It takes about a
//! minute: four grades, whether the matter was solved, whether something went wrong, and a line of one's own.

use crate::form::{Fault, Survey};

/// The spreadsheet that it was compiled from.
pub const SPREADSHEET: &[u8] = include_bytes!("../../../tests/fixtures/survey/satisfaccion.xlsx");
/// It, compiled.
pub const COMPILED: &[u8] = include_bytes!("../../../tests/fixtures/survey/satisfaccion.json");

/// The question whose grades make the office's net satisfaction.
pub const SATISFACTION: &str = "satisfaccion";
/// The question whether the matter was solved.
pub const SOLVED: &str = "resuelto";

/// Reads it.
///
/// # Errors
/// None, as long as the tests pass.
pub fn survey() -> Result<Survey, Vec<Fault>> {
    Survey::read(COMPILED)
}
