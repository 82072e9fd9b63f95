//! What is read over the telephone when a PIN is lost far from any network: a challenge there, a response back.
//!
//! Both are 35 bits in seven symbols of Crockford's base 32 and a check symbol, `XXXX-XXXX`. The check is the
//! folio's weighted sum over GF(32) with another start for each of the two, so that a wrong or swapped symbol is
//! heard at once and a challenge is never taken for a response.

use std::fmt;

use crate::folio::{is_hyphen, symbol_value, times_generator, write_symbol};

const SYMBOLS: u32 = 7;
const SYMBOL_BITS: u32 = 5;
const BITS: u32 = 35;

/// Why a text is no such code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnlockCodeError {
    /// It doesn't have eight symbols of the alphabet.
    #[error("the code has 8 symbols")]
    Form,
    /// The check symbol doesn't fit: something was misheard.
    #[error("the code's check symbol doesn't fit")]
    Check,
}

fn symbol_at(bits: u64, place: u32) -> u8 {
    let [low, ..] = (bits >> SYMBOL_BITS.saturating_mul(place)).to_le_bytes();
    low & 0b1_1111
}

fn check_symbol(bits: u64, start: u8) -> u8 {
    (0..SYMBOLS).rev().fold(0_u8, |sum, place| times_generator(sum ^ symbol_at(bits, place))) ^ start
}

fn parse(text: &str, start: u8) -> Result<u64, UnlockCodeError> {
    let symbols: Option<Vec<u8>> =
        text.chars().filter(|c| !c.is_whitespace() && !is_hyphen(*c)).take(9).map(symbol_value).collect();
    let symbols = symbols.ok_or(UnlockCodeError::Form)?;
    let Some((check, rest)) = symbols.split_last().filter(|_| symbols.len() == 8) else {
        return Err(UnlockCodeError::Form);
    };
    let bits = rest.iter().fold(0_u64, |bits, symbol| (bits << SYMBOL_BITS) | u64::from(*symbol));
    if check_symbol(bits, start) == *check { Ok(bits) } else { Err(UnlockCodeError::Check) }
}

fn write(f: &mut fmt::Formatter<'_>, bits: u64, start: u8) -> fmt::Result {
    for place in (0..SYMBOLS).rev() {
        write_symbol(f, symbol_at(bits, place))?;
        if place == 3 {
            f.write_str("-")?;
        }
    }
    write_symbol(f, check_symbol(bits, start))
}

/// Declares one of the two codes.
macro_rules! codes {
    ($($(#[$meta:meta])* $name:ident starts at $start:literal;)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name(u64);

        impl $name {
            /// The code of the first 35 bits of these bytes.
            pub const fn from_bytes(bytes: [u8; 8]) -> Self {
                Self(u64::from_be_bytes(bytes) >> (u64::BITS - BITS))
            }

            /// The 35 bits as a number.
            pub const fn number(self) -> u64 {
                self.0
            }

            /// Reads what a person heard: spaces, hyphens and case are ignored, `O` is zero, `I` and `L` are one.
            ///
            /// # Errors
            /// [`UnlockCodeError`].
            pub fn parse(text: &str) -> Result<Self, UnlockCodeError> {
                parse(text, $start).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write(f, self.0, $start)
            }
        }
    )+};
}

codes! {
    /// What the stand shows and the team reads out.
    UnlockChallenge starts at 7;
    /// What the office reads back.
    UnlockResponse starts at 19;
}

#[cfg(test)]
mod tests {
    use super::*;

    const BYTES: [u8; 8] = [0x12, 0x34, 0x56, 0x78, 0x9a, 0xff, 0xff, 0xff];

    #[test]
    fn reads_back_what_was_read_out() {
        for bytes in [BYTES, [0; 8], [0xff; 8]] {
            let code = UnlockChallenge::from_bytes(bytes);
            assert_eq!(UnlockChallenge::parse(&code.to_string()), Ok(code));
            assert!(code.number() < 1 << BITS);
        }
        let code = UnlockChallenge::from_bytes(BYTES);
        let spoken = code.to_string().to_lowercase().replace('-', " ");
        assert_eq!(UnlockChallenge::parse(&spoken), Ok(code));
        for wrong in ["", "0000-000", "0000-00000", "0000-000U", "ñ"] {
            assert_eq!(UnlockChallenge::parse(wrong), Err(UnlockCodeError::Form), "{wrong}");
        }
    }

    #[test]
    fn every_wrong_symbol_and_every_swap_is_caught_and_neither_passes_for_the_other() {
        let text = UnlockChallenge::from_bytes(BYTES).to_string().replace('-', "");
        let symbols: Vec<char> = text.chars().collect();
        let refused = |symbols: &[char]| {
            let text: String = symbols.iter().collect();
            assert_eq!(UnlockChallenge::parse(&text), Err(UnlockCodeError::Check), "{text}");
        };
        for at in 0..symbols.len() {
            for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars().filter(|c| *c != symbols[at]) {
                let mut wrong = symbols.clone();
                wrong[at] = other;
                refused(&wrong);
            }
            for with in at.saturating_add(1)..symbols.len() {
                let mut swapped = symbols.clone();
                swapped.swap(at, with);
                if swapped != symbols {
                    refused(&swapped);
                }
            }
        }
        assert_eq!(UnlockResponse::parse(&text), Err(UnlockCodeError::Check));
    }
}
