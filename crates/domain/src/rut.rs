//! RUN and RUT: the State's number of a person or organisation with its check digit.
//!
//! People write it with and without dots, with every dash a word processor makes, with a small k, in
//! full-width digits, with "RUN" before it. All of these are one number. Nothing is refused for its range: RUNs
//! below one million belong to living people, numbers of repeated digits are valid, and the provisional
//! identifiers of the Ministry of Education (IPE, IPA) have nine digits and the same check digit.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::limits::DOCUMENT_NUMBER_CHARS_MAX;

/// Largest number taken: nine digits, as the provisional identifiers have.
const NUMBER_MAX: u32 = 999_999_999;
/// First number of the provisional identifiers (IPE, IPA).
const PROVISIONAL_MIN: u32 = 100_000_000;

/// Why a text is not a RUT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RutError {
    /// Something else than a number of one to nine digits and a check digit.
    #[error("a RUT is a number of up to nine digits and a check digit")]
    Format,
    /// The check digit belongs to another number.
    #[error("the check digit doesn't fit the number")]
    CheckDigit,
}

/// What is worth asking again, although the number is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RutWarning {
    /// One digit repeated: valid, and what somebody types who won't say.
    RepeatedDigit,
}

/// A number with its check digit by modulus 11. Shown `12.345.678-5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rut(u32);

impl Rut {
    /// Reads a RUT in every way people write it; the check digit must be there and fit.
    pub fn parse(text: &str) -> Result<Self, RutError> {
        // Normalising can lengthen a text many times over, so its length is judged first.
        if text.chars().count() > DOCUMENT_NUMBER_CHARS_MAX {
            return Err(RutError::Format);
        }
        let plain: String = text.nfkc().filter_map(plain_symbol).collect();
        let plain = without_label(plain.trim_matches(' '));
        let (body, check) = split_check_digit(plain)?;
        let number = body.parse::<u32>().map_err(|_| RutError::Format)?;
        if number == 0 || number > NUMBER_MAX {
            return Err(RutError::Format);
        }
        if check_digit(number) == check { Ok(Self(number)) } else { Err(RutError::CheckDigit) }
    }

    /// The number without its check digit.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The check digit: `0` to `9` or `K`.
    pub fn check_digit(self) -> char {
        check_digit(self.0)
    }

    /// Whether the number lies where the provisional identifiers IPE and IPA do.
    pub const fn is_provisional(self) -> bool {
        self.0 >= PROVISIONAL_MIN
    }

    /// What is worth asking again, although the number is valid.
    pub fn warning(self) -> Option<RutWarning> {
        let digits = self.0.to_string();
        let first = digits.chars().next()?;
        let repeated = digits.len() > 1 && digits.chars().all(|digit| digit == first);
        repeated.then_some(RutWarning::RepeatedDigit)
    }
}

impl fmt::Display for Rut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (place, digit) in digits.chars().enumerate() {
            let left = digits.len().saturating_sub(place);
            if place > 0 && left.is_multiple_of(3) {
                f.write_str(".")?;
            }
            write!(f, "{digit}")?;
        }
        write!(f, "-{}", self.check_digit())
    }
}

impl FromStr for Rut {
    type Err = RutError;

    fn from_str(text: &str) -> Result<Self, RutError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Rut {
    type Error = RutError;

    fn try_from(text: String) -> Result<Self, RutError> {
        Self::parse(&text)
    }
}

impl From<Rut> for String {
    fn from(rut: Rut) -> Self {
        rut.to_string()
    }
}

/// Modulus 11 with the factors 2 to 7 from the right, over and over; 11 is written 0 and 10 is written K.
fn check_digit(number: u32) -> char {
    let mut rest = number;
    let mut sum = 0_u32;
    for factor in (2..=7).cycle() {
        if rest == 0 {
            break;
        }
        sum = sum.saturating_add((rest % 10).saturating_mul(factor));
        rest /= 10;
    }
    match 11_u32.saturating_sub(sum % 11) {
        11 => '0',
        10 => 'K',
        digit => char::from_digit(digit, 10).unwrap_or('K'),
    }
}

/// One spelling for each symbol: dashes become `-`, commas a dot, blanks a space; what nobody sees goes.
fn plain_symbol(symbol: char) -> Option<char> {
    match symbol {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => None,
        '-'
        | '_'
        | '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{2043}'
        | '\u{58a}'
        | '\u{2e3a}'
        | '\u{2e3b}' => Some('-'),
        '.' | ',' | '\u{b7}' | '\'' | '\u{2019}' => Some('.'),
        blank if blank.is_whitespace() => Some(' '),
        other => Some(other.to_ascii_uppercase()),
    }
}

/// The same without `RUN`, `R.U.T. N°:` and the like before it.
fn without_label(plain: &str) -> &str {
    let number = plain.trim_start_matches(|c: char| !c.is_ascii_digit());
    let label = plain.strip_suffix(number).unwrap_or_default();
    let letters: String = label.chars().filter(|c| c.is_alphabetic()).collect();
    let name = ["NRO", "NO", "N"].iter().find_map(|mark| letters.strip_suffix(mark)).unwrap_or(&letters);
    match (letters.as_str(), name) {
        ("" | "RUN", _) | (_, "RUN" | "RUT" | "IPE" | "IPA" | "CI") => number,
        _ => plain,
    }
}

/// The digits of the number and the check digit, which is the last symbol.
fn split_check_digit(plain: &str) -> Result<(String, char), RutError> {
    let check = plain.chars().last().filter(|c| c.is_ascii_digit() || *c == 'K').ok_or(RutError::Format)?;
    let body = plain.strip_suffix(check).unwrap_or_default();
    // "12.345.678" has dots and no dash: its last group is a group, not a group and a check digit.
    let last_group = body.rsplit('.').next().unwrap_or_default();
    if body.contains('.') && check != 'K' && last_group.len() == 2 && is_digits(last_group) {
        return Err(RutError::Format);
    }
    let digits: String = body.chars().filter(|c| !matches!(c, '.' | ' ' | '-')).collect();
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() || digits.len() > 9 || !is_digits(digits) {
        return Err(RutError::Format);
    }
    Ok((digits.to_owned(), check))
}

fn is_digits(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}
