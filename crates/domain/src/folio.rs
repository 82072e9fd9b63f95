//! The folio: a request's number, final from the moment of capture and unique without a network.
//!
//! Ten symbols of Crockford's base 32 (no `I`, `L`, `O`, `U`): three name the device, six are drawn at
//! random, one checks. The check is a weighted sum over GF(32), the field of x⁵ + x² + 1, whose ten weights
//! are distinct powers of the generator, so every single wrong symbol and every swap of two is caught. A
//! sum modulo 37, as Crockford proposes, needs symbols outside the alphabet; modulo 31 misses pairs.
//!
//! The folio says nothing of the request and can't be counted up: the random part is 30 bits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SYMBOL_BITS: u32 = 5;
const SYMBOLS: usize = 10;
const PREFIX_MAX: u16 = (1 << 15) - 1;
const RANDOM_BITS: u32 = 30;
const RANDOM_MAX: u32 = (1 << RANDOM_BITS) - 1;
const NUMBER_BITS: u32 = 45;
/// The generator's minimal polynomial, x⁵ + x² + 1.
const POLYNOMIAL: u8 = 0b10_0101;
/// Where the sum starts. Not zero, so that a row of zeros is no folio.
const CHECK_START: u8 = 24;

/// Why a text or number is not a folio.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FolioError {
    /// It doesn't have ten symbols.
    #[error("a folio has 10 symbols")]
    Length,
    /// A character outside the alphabet.
    #[error("a folio is written with digits and letters other than I, L, O and U")]
    Symbol,
    /// The check symbol doesn't fit: something was misread.
    #[error("the folio's check symbol doesn't fit")]
    Check,
    /// A prefix, random part or number that needs more bits than a folio has.
    #[error("the number is too large for a folio")]
    Range,
}

/// The 15 bits that name a device within its central office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct DevicePrefix(u16);

impl DevicePrefix {
    /// A prefix from its number, at most 32 767.
    pub const fn new(number: u16) -> Result<Self, FolioError> {
        if number > PREFIX_MAX { Err(FolioError::Range) } else { Ok(Self(number)) }
    }

    /// The prefix as a number.
    pub const fn number(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for DevicePrefix {
    type Error = FolioError;

    fn try_from(number: u16) -> Result<Self, FolioError> {
        Self::new(number)
    }
}

impl From<DevicePrefix> for u16 {
    fn from(prefix: DevicePrefix) -> Self {
        prefix.0
    }
}

impl fmt::Display for DevicePrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (0..3).rev().try_for_each(|place| write_symbol(f, symbol_at(u64::from(self.0), place)))
    }
}

/// A request's number. Shown `T7K-4QX9-2MB`; read with or without hyphens, in any case, with look-alikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Folio(u64);

impl Folio {
    /// The folio of a device's prefix and 30 random bits.
    pub const fn new(prefix: DevicePrefix, random: u32) -> Result<Self, FolioError> {
        if random > RANDOM_MAX {
            return Err(FolioError::Range);
        }
        // Widening casts in a const function; `From` is not const.
        Ok(Self(((prefix.0 as u64) << RANDOM_BITS) | random as u64))
    }

    /// The folio of a 45-bit number as [`Folio::number`] gives it; the check symbol is derived.
    pub const fn from_number(number: u64) -> Result<Self, FolioError> {
        if number >> NUMBER_BITS == 0 { Ok(Self(number)) } else { Err(FolioError::Range) }
    }

    /// The folio as a number of 45 bits: the prefix's 15, then the 30 random ones.
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The device that drew it.
    pub const fn prefix(self) -> DevicePrefix {
        // At most 15 bits are left by construction.
        #[allow(clippy::cast_possible_truncation)]
        DevicePrefix((self.0 >> RANDOM_BITS) as u16)
    }

    /// Reads what a person wrote or dictated: spaces, hyphens and case are ignored, `O` is zero, `I` and `L` are one.
    pub fn parse(text: &str) -> Result<Self, FolioError> {
        let mut number = 0_u64;
        let mut last = 0_u8;
        let mut count = 0_usize;
        for symbol in text.chars().filter(|c| !c.is_whitespace() && !is_hyphen(*c)) {
            let value = symbol_value(symbol).ok_or(FolioError::Symbol)?;
            count = count.saturating_add(1);
            match count {
                1..SYMBOLS => number = (number << SYMBOL_BITS) | u64::from(value),
                SYMBOLS => last = value,
                _ => return Err(FolioError::Length),
            }
        }
        match count {
            SYMBOLS if check_symbol(number) == last => Ok(Self(number)),
            SYMBOLS => Err(FolioError::Check),
            _ => Err(FolioError::Length),
        }
    }
}

impl fmt::Display for Folio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in (0..9).rev() {
            write_symbol(f, symbol_at(self.0, place))?;
            if place == 6 || place == 2 {
                f.write_str("-")?;
            }
        }
        write_symbol(f, check_symbol(self.0))
    }
}

impl FromStr for Folio {
    type Err = FolioError;

    fn from_str(text: &str) -> Result<Self, FolioError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Folio {
    type Error = FolioError;

    fn try_from(text: String) -> Result<Self, FolioError> {
        Self::parse(&text)
    }
}

impl From<Folio> for String {
    fn from(folio: Folio) -> Self {
        folio.to_string()
    }
}

/// Horner's rule over the nine symbols: the first weighs α⁹, the last α, the check symbol itself 1.
fn check_symbol(number: u64) -> u8 {
    let sum = (0..9).rev().fold(0_u8, |sum, place| times_generator(sum ^ symbol_at(number, place)));
    sum ^ CHECK_START
}

pub(crate) fn times_generator(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 0b10_0000 == 0 { shifted } else { shifted ^ POLYNOMIAL }
}

/// The symbol at a place, counted from the right of the nine.
fn symbol_at(number: u64, place: u32) -> u8 {
    let [low, ..] = (number >> (SYMBOL_BITS.saturating_mul(place))).to_le_bytes();
    low & 0b1_1111
}

pub(crate) fn write_symbol(f: &mut fmt::Formatter<'_>, value: u8) -> fmt::Result {
    let symbol = ALPHABET.get(usize::from(value)).copied().ok_or(fmt::Error)?;
    write!(f, "{}", char::from(symbol))
}

pub(crate) fn symbol_value(symbol: char) -> Option<u8> {
    let symbol = match symbol.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = ALPHABET.iter().position(|candidate| char::from(*candidate) == symbol)?;
    u8::try_from(place).ok()
}

pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folio(prefix: u16, random: u32) -> Folio {
        Folio::new(DevicePrefix::new(prefix).unwrap(), random).unwrap()
    }

    #[test]
    fn reads_what_people_write() {
        let check = |text: &str, expected: Result<&str, FolioError>| {
            assert_eq!(Folio::parse(text).map(|f| f.to_string()), expected.map(String::from), "{text:?}");
        };
        check("T7K-4QX9-2MB", Ok("T7K-4QX9-2MB"));
        check("t7k4qx92mb", Ok("T7K-4QX9-2MB"));
        check(" T7K 4QX9\u{2013}2MB\n", Ok("T7K-4QX9-2MB"));
        check("000-0000-00R", Ok("000-0000-00R"));
        check("ooO-oO00-0or", Ok("000-0000-00R"));
        check("000-0000-000", Err(FolioError::Check));
        check("T7K-4QX9-2MC", Err(FolioError::Check));
        check("7TK-4QX9-2MB", Err(FolioError::Check));
        check("T7K-4QX9-2M", Err(FolioError::Length));
        check("T7K-4QX9-2MBB", Err(FolioError::Length));
        check("", Err(FolioError::Length));
        check("T7K-4QX9-2MU", Err(FolioError::Symbol));
        check("T7K-4QX9-2Mñ", Err(FolioError::Symbol));
        let one = folio(0, 1 << 25).to_string();
        assert_eq!(Folio::parse(&one.replace('1', "l")).unwrap().to_string(), one);
        assert_eq!(Folio::parse(&one.replace('1', "I")).unwrap().to_string(), one);
    }

    #[test]
    fn ranges_at_below_and_above() {
        assert_eq!(DevicePrefix::new(32_767).map(DevicePrefix::number), Ok(32_767));
        assert_eq!(DevicePrefix::new(32_768), Err(FolioError::Range));
        let prefix = DevicePrefix::new(32_767).unwrap();
        assert_eq!(prefix.to_string(), "ZZZ");
        assert_eq!(Folio::new(prefix, RANDOM_MAX).map(Folio::number), Ok((1 << 45) - 1));
        assert_eq!(Folio::new(prefix, RANDOM_MAX + 1), Err(FolioError::Range));
        assert!(Folio::from_number((1 << 45) - 1).is_ok());
        assert_eq!(Folio::from_number(1 << 45), Err(FolioError::Range));
    }

    proptest! {
        #[test]
        fn number_text_and_back(number in 0_u64..1 << 45) {
            let folio = Folio::from_number(number).unwrap();
            prop_assert_eq!(Folio::parse(&folio.to_string()), Ok(folio));
            prop_assert_eq!(Folio::from_number(folio.number()), Ok(folio));
            let shown = folio.to_string();
            prop_assert_eq!(folio.prefix().to_string(), shown.get(..3).unwrap());
        }

        #[test]
        fn every_wrong_symbol_and_every_swap_is_caught(number in 0_u64..1 << 45) {
            let right: Vec<char> = Folio::from_number(number).unwrap().to_string().replace('-', "").chars().collect();
            for place in 0..10 {
                for symbol in ALPHABET.iter().map(|s| char::from(*s)).filter(|s| *s != right[place]) {
                    let mut wrong = right.clone();
                    wrong[place] = symbol;
                    prop_assert_eq!(Folio::parse(&String::from_iter(wrong)), Err(FolioError::Check));
                }
                for other in place + 1..10 {
                    let mut wrong = right.clone();
                    wrong.swap(place, other);
                    if wrong != right {
                        prop_assert_eq!(Folio::parse(&String::from_iter(wrong)), Err(FolioError::Check));
                    }
                }
            }
        }
    }
}
