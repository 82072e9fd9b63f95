//! A cell's place and value.

use std::fmt;

use crate::limits::{COLUMNS_MAX, ROWS_MAX};

/// A cell's place. Rows before columns, so that places sort as a person reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// Counted from 1.
    pub row: u32,
    /// Counted from 1.
    pub column: u32,
}

impl Cell {
    pub(super) fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }

    /// Reads `C7`, within the largest sheet that there is (XFD1048576).
    pub(super) fn parse(text: &str) -> Option<Self> {
        let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
        let (letters, digits) = text.split_at_checked(letters)?;
        if letters.is_empty() || letters.len() > 3 || digits.len() > 7 {
            return None;
        }
        let column = letters.bytes().try_fold(0_u32, |column, letter| {
            column.checked_mul(26)?.checked_add(u32::from(letter.checked_sub(b'A')?))?.checked_add(1)
        })?;
        let row = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())??;
        (row > 0).then_some(Self { row, column })
    }

    /// Whether it lies where a sheet of ours may have something.
    pub(super) fn is_within(self) -> bool {
        self.row <= ROWS_MAX && self.column <= COLUMNS_MAX
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut rest = self.column;
        while let Some(index) = rest.checked_sub(1) {
            let letter = u8::try_from(index % 26).unwrap_or_default();
            letters.push(char::from(b'A'.saturating_add(letter)));
            rest = index / 26;
        }
        let letters: String = letters.into_iter().rev().collect();
        write!(f, "{letters}{}", self.row)
    }
}

impl serde::Serialize for Cell {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A number as an author would write it: `1` and not `1.0`.
pub(super) fn number(text: &str) -> Option<String> {
    let number: f64 = text.trim().parse().ok().filter(|number: &f64| number.is_finite())?;
    // Rust writes the shortest decimal that reads back as the same number, and none where it is whole.
    Some(if number == 0.0 { "0".to_owned() } else { number.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_and_written() {
        let check = |text: &str, expected: Option<(u32, u32)>| {
            let cell = Cell::parse(text);
            assert_eq!(cell.map(|cell| (cell.row, cell.column)), expected, "{text}");
            if let Some(cell) = cell {
                assert_eq!(cell.to_string(), text);
            }
        };
        check("A1", Some((1, 1)));
        check("C7", Some((7, 3)));
        check("Z9", Some((9, 26)));
        check("AA10", Some((10, 27)));
        check("XFD1048576", Some((1_048_576, 16_384)));
        check("A0", None);
        check("7", None);
        check("C", None);
        check("c7", None);
        check("ABCD1", None);
        check("A12345678", None);
        check("A-1", None);
        check("", None);
        check("Ñ1", None);
    }

    #[test]
    fn numbers_are_written_as_people_do() {
        let check =
            |text: &str, expected: Option<&str>| assert_eq!(number(text).as_deref(), expected, "{text}");
        check("1", Some("1"));
        check("1.0", Some("1"));
        check("-0", Some("0"));
        check("2026112201", Some("2026112201"));
        check("2.026112201E9", Some("2026112201"));
        check("0.5", Some("0.5"));
        check("1e400", None);
        check("NaN", None);
        check("uno", None);
    }
}
