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
        let plain = without_label(plain.trim_matches([' ', '.']));
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
        '-' | '_' | '/' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' => Some('-'),
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

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const VECTORS: &str = include_str!("../tests/data/rut.csv");

    fn check(text: &str, expected: Result<&str, RutError>) {
        assert_eq!(Rut::parse(text).map(|rut| rut.to_string()), expected.map(String::from), "{text:?}");
    }

    #[test]
    fn check_digits_are_those_of_an_independent_library() {
        let mut count = 0;
        for line in VECTORS.lines().skip(1) {
            let (number, digit) = line.split_once(',').unwrap();
            let rut = Rut::parse(&format!("{number}-{digit}")).unwrap();
            assert_eq!(
                (rut.number().to_string(), rut.check_digit().to_string()),
                (number.into(), digit.into())
            );
            count += 1;
        }
        assert!(count > 500);
    }

    #[test]
    fn the_vectors_of_the_field() {
        check("1-9", Ok("1-9"));
        check("10-8", Ok("10-8"));
        check("1000005-K", Ok("1.000.005-K"));
        check("12345678-5", Ok("12.345.678-5"));
        check("16365637-K", Ok("16.365.637-K"));
        check("60801000-9", Ok("60.801.000-9"));
        check("100000000-7", Ok("100.000.000-7"));
        check("17317684-2", Err(RutError::CheckDigit));
        check("16365637-0", Err(RutError::CheckDigit));
    }

    #[test]
    fn every_way_in_which_people_write_it() {
        for text in [
            "12.345.678-5",
            "12345678-5",
            "123456785",
            "12 345 678 5",
            "12.345.678 - 5",
            " 12.345.678-5\u{a0}",
            "12,345,678-5",
            "12.345.678\u{2013}5",
            "12.345.678\u{2014}5",
            "12.345.678\u{2011}5",
            "12345678\u{2212}5",
            "12345678\u{fe63}5",
            "12345678\u{ff0d}5",
            "12345678_5",
            "12.345.6785",
            "0012345678-5",
            "012.345.678-5",
            "\u{ff11}\u{ff12}\u{ff13}\u{ff14}\u{ff15}\u{ff16}\u{ff17}\u{ff18}\u{ff0d}\u{ff15}",
            "12.345.678-5.",
            "RUN 12.345.678-5",
            "rut: 12345678-5",
            "R.U.T. N° 12.345.678-5",
            "R.U.N. Nº12345678-5",
            "C.I. 12.345.678-5",
            "\u{feff}12.345.678-\u{200b}5",
            "12.345.678/5",
        ] {
            check(text, Ok("12.345.678-5"));
        }
        for text in ["16365637-k", "16365637-K", "16.365.637k", "16365637-\u{ff4b}", "RUT 16.365.637-k"] {
            check(text, Ok("16.365.637-K"));
        }
    }

    #[test]
    fn what_is_no_number_is_told_from_a_wrong_digit() {
        for text in [
            "",
            " ",
            "-",
            "5",
            "-5",
            "K",
            "k-5",
            "0-0",
            "000-0",
            "sin rut",
            "12.345.678-X",
            "12345678-55-K-K",
            "12.345.678",
            "1.234",
            "1234567890-1",
            "12a45678-5",
            "K2345678-5",
            "12.345.678-5 bis",
            "RUC 12.345.678-5",
            "١٢٣٤٥٦٧٨-٥",
            "12.345.678-\u{0}5",
            "½-5",
        ] {
            check(text, Err(RutError::Format));
        }
        check("12.345.678-4", Err(RutError::CheckDigit));
        check("12.354.678-5", Err(RutError::CheckDigit));
        check("999999999-9", Err(RutError::CheckDigit));
        check("999999999-6", Ok("999.999.999-6"));
        check(&format!("{}12345678-5", "0".repeat(30)), Ok("12.345.678-5"));
        check(&format!("{}12345678-5", "0".repeat(31)), Err(RutError::Format));
    }

    #[test]
    fn repeated_digits_are_valid_and_worth_asking_again() {
        for text in ["44.444.444-4", "55.555.555-5", "88.888.888-8", "99.999.999-9", "11.111.111-1"] {
            assert_eq!(Rut::parse(text).unwrap().warning(), Some(RutWarning::RepeatedDigit), "{text}");
        }
        for text in ["12.345.678-5", "1-9", "10-8", "100.000.000-7"] {
            assert_eq!(Rut::parse(text).unwrap().warning(), None, "{text}");
        }
        assert!(Rut::parse("100.000.000-7").unwrap().is_provisional());
        assert!(!Rut::parse("99.999.999-9").unwrap().is_provisional());
    }

    proptest! {
        #[test]
        fn shown_and_read_again(number in 1_u32..=NUMBER_MAX) {
            let rut = Rut(number);
            prop_assert_eq!(Rut::parse(&rut.to_string()), Ok(rut));
            prop_assert_eq!(Rut::parse(&rut.to_string().replace('.', "")), Ok(rut));
            prop_assert_eq!(serde_json::from_str::<Rut>(&serde_json::to_string(&rut).unwrap()).unwrap(), rut);
        }

        #[test]
        fn a_wrong_digit_and_a_swap_are_caught(number in 1_u32..=NUMBER_MAX, place in 0_usize..9, digit in 0_u32..10) {
            let right: Vec<char> = number.to_string().chars().collect();
            let check = check_digit(number);
            let judge = |wrong: Vec<char>| Rut::parse(&format!("{}-{check}", String::from_iter(&wrong)));
            if place < right.len() {
                let mut wrong = right.clone();
                wrong[place] = char::from_digit(digit, 10).unwrap();
                prop_assert_eq!(judge(wrong.clone()).is_ok(), wrong == right);
            }
            if place + 1 < right.len() {
                let mut wrong = right.clone();
                wrong.swap(place, place + 1);
                prop_assert_eq!(judge(wrong.clone()).is_ok(), wrong == right);
            }
        }

        #[test]
        fn any_text_is_read_without_harm(text in ".{0,60}") {
            let _ = Rut::parse(&text);
        }
    }
}
