//! The control code: what the citizen's paper says beside the folio, and nobody else knows.
//!
//! Forty bits in eight symbols of Crockford's base 32, `XXXX-XXXX`. Whoever has no camera opens the status page
//! with it, and whoever adds to a request or takes it back proves with it that the paper is theirs. It has no
//! check symbol: a slip reads as another code, and the office says that it does not fit.

use std::fmt;

use crate::folio::{is_hyphen, symbol_value, write_symbol};

const SYMBOLS: usize = 8;
const SYMBOL_BITS: u32 = 5;
const SYMBOL_MASK: u8 = 0b1_1111;

/// The eight symbols beside the folio. Not shown when formatted for debugging: it opens the status page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ControlCode([u8; 5]);

impl ControlCode {
    /// The code of these 40 bits.
    pub const fn from_bytes(bytes: [u8; 5]) -> Self {
        Self(bytes)
    }

    /// The raw 40 bits.
    pub const fn as_bytes(&self) -> &[u8; 5] {
        &self.0
    }

    /// Reads what a person typed: spaces, hyphens and case are ignored, `O` is zero, `I` and `L` are one.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bits = 0_u64;
        let mut count = 0_usize;
        for symbol in text.chars().filter(|c| !c.is_whitespace() && !is_hyphen(*c)) {
            bits = (bits << SYMBOL_BITS) | u64::from(symbol_value(symbol)?);
            count = count.saturating_add(1);
            if count > SYMBOLS {
                return None;
            }
        }
        let [_, _, _, bytes @ ..] = bits.to_be_bytes();
        (count == SYMBOLS).then_some(Self(bytes))
    }
}

impl fmt::Display for ControlCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = self.0.iter().fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
        for place in (0..8_u32).rev() {
            let [low, ..] = (bits >> SYMBOL_BITS.saturating_mul(place)).to_le_bytes();
            write_symbol(f, low & SYMBOL_MASK)?;
            if place == 4 {
                f.write_str("-")?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for ControlCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ControlCode(withheld)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_people_write() {
        let code = ControlCode::from_bytes([0, 1, 2, 250, 255]);
        assert_eq!(
            (code.to_string().as_str(), format!("{code:?}").as_str()),
            ("000G-5YQZ", "ControlCode(withheld)")
        );
        for written in ["000G-5YQZ", "000g5yqz", " 0o0G 5yqz ", "OOOG-5YQZ", "000G\u{2013}5YQZ"] {
            assert_eq!(ControlCode::parse(written), Some(code), "{written}");
        }
        for wrong in ["", "000G-5YQ", "000G-5YQU", "000G-5YQ!", "000G-5YQZ-0", "ñ"] {
            assert_eq!(ControlCode::parse(wrong), None, "{wrong}");
        }
        for bytes in [[0; 5], [0xff; 5], [1, 2, 3, 4, 5]] {
            let code = ControlCode::from_bytes(bytes);
            assert_eq!(ControlCode::parse(&code.to_string()), Some(code));
        }
    }
}
