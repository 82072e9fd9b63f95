//! The QR code: always version 9, level M, alphanumeric, so that every receipt has the same geometry.
//!
//! A module is then 6 dots at 58 mm and 9 at 80 mm, never a fraction: a scaled code is what cheap thermal heads
//! and cheap cameras fail on. Version 9-M holds 262 alphanumeric characters (ISO/IEC 18004:2015, table 7); an
//! address that is longer or has other characters is refused when it is made, not when it is printed.

use std::fmt;

use qrcode::types::QrError;
use qrcode::{Color, EcLevel, QrCode, Version, bits::Bits};

use crate::slip::SourceAddress;

/// Characters that fit into version 9-M in alphanumeric mode.
pub const ADDRESS_CHARS_MAX: usize = 262;

/// Characters that fit into version 15-M in alphanumeric mode.
pub const ACT_CODE_CHARS_MAX: usize = 600;

/// Modules along one side of version 15.
pub(crate) const ACT_MODULES: u32 = 77;
/// Modules along one side of version 9.
pub(crate) const MODULES: u32 = 53;
/// Light modules that the standard wants around the code.
pub(crate) const QUIET_MODULES: u32 = 4;

/// Dark modules side by side: row, first column, length.
type Runs = Vec<(u32, u32, u32)>;

const SCHEME: &str = "HTTPS://";

/// The address in the QR code: upper-case, so that alphanumeric mode holds it.
#[derive(Clone, PartialEq, Eq)]
pub struct QrAddress(String);

/// Why an address can't be printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Longer than the code holds: [`ADDRESS_CHARS_MAX`], of an act [`ACT_CODE_CHARS_MAX`].
    #[error("the address has {chars} characters, more than the QR code holds")]
    TooLong {
        /// Characters of the address.
        chars: usize,
    },
    /// A character that alphanumeric mode lacks, such as a lower-case letter.
    #[error("the address has a character that the QR code's alphanumeric mode lacks, at position {position}")]
    Character {
        /// Characters before it.
        position: usize,
    },
    /// Not `HTTPS://HOST/…`.
    #[error("the address doesn't begin with HTTPS:// and a host")]
    NotHttps,
}

impl QrAddress {
    /// Takes an address `HTTPS://HOST/…` that fits.
    pub fn parse(address: &str) -> Result<Self, AddressError> {
        if let Some(position) = address.chars().position(|symbol| !is_alphanumeric_mode(symbol)) {
            return Err(AddressError::Character { position });
        }
        if address.len() > ADDRESS_CHARS_MAX {
            return Err(AddressError::TooLong { chars: address.len() });
        }
        let host = address.strip_prefix(SCHEME).and_then(|rest| rest.split_once('/')).map(|(host, _)| host);
        match host {
            Some(host) if !host.is_empty() => Ok(Self(address.to_owned())),
            _ => Err(AddressError::NotHttps),
        }
    }

    /// The whole address, as the QR code holds it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host in lower case, as a person types it.
    pub fn host(&self) -> String {
        let rest = self.0.strip_prefix(SCHEME).unwrap_or(&self.0);
        rest.split('/').next().unwrap_or(rest).to_ascii_lowercase()
    }
}

impl fmt::Debug for QrAddress {
    /// Without the path: that of an original holds the claim key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "QrAddress({})", self.host())
    }
}

/// The code of a closing act: a text that says what it is, in characters of alphanumeric mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActCode(String);

impl ActCode {
    /// Takes a text that fits.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        if let Some(position) = text.chars().position(|symbol| !is_alphanumeric_mode(symbol)) {
            return Err(AddressError::Character { position });
        }
        if text.len() > ACT_CODE_CHARS_MAX {
            return Err(AddressError::TooLong { chars: text.len() });
        }
        Ok(Self(text.to_owned()))
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The 45 characters of alphanumeric mode (ISO/IEC 18004:2015, table 5), without the space.
const fn is_alphanumeric_mode(symbol: char) -> bool {
    matches!(symbol, '0'..='9' | 'A'..='Z' | '$' | '%' | '*' | '+' | '-' | '.' | '/' | ':')
}

/// The modules of an address, row by row, true for dark.
pub(crate) fn modules(address: &QrAddress) -> Result<Vec<bool>, QrError> {
    let mut bits = Bits::new(Version::Normal(9));
    bits.push_alphanumeric_data(address.as_str().as_bytes())?;
    bits.push_terminator(EcLevel::M)?;
    let code = QrCode::with_bits(bits, EcLevel::M)?;
    Ok(code.into_colors().into_iter().map(|color| color == Color::Dark).collect())
}

/// The dark modules of an address as runs along the rows: row, first column, length.
pub(crate) fn runs(address: &QrAddress) -> Result<Runs, QrError> {
    Ok(runs_of(&modules(address)?, MODULES))
}

/// The same for an address of the web, in byte mode: of the same size, so that it scans as well.
pub(crate) fn source_runs(address: &SourceAddress) -> Result<Runs, QrError> {
    let mut bits = Bits::new(Version::Normal(9));
    bits.push_byte_data(address.as_bytes())?;
    bits.push_terminator(EcLevel::M)?;
    let code = QrCode::with_bits(bits, EcLevel::M)?;
    let modules: Vec<bool> = code.into_colors().into_iter().map(|color| color == Color::Dark).collect();
    Ok(runs_of(&modules, MODULES))
}

/// The code of a closing act: always version 15, level M, so that it has one size too.
pub(crate) fn act_runs(code: &ActCode) -> Result<Runs, QrError> {
    let mut bits = Bits::new(Version::Normal(15));
    bits.push_alphanumeric_data(code.as_str().as_bytes())?;
    bits.push_terminator(EcLevel::M)?;
    let code = QrCode::with_bits(bits, EcLevel::M)?;
    let modules: Vec<bool> = code.into_colors().into_iter().map(|color| color == Color::Dark).collect();
    Ok(runs_of(&modules, ACT_MODULES))
}

/// An address of the web in the smallest code that holds it, with a quarter of it to spare for a scratch: the modules
/// along one side, and the dark ones as runs. For what hangs on a wall, where a module can be as large as it likes.
pub(crate) fn wall_runs(address: &str) -> Result<(u32, Runs), QrError> {
    let code = QrCode::with_error_correction_level(address, EcLevel::Q)?;
    let side = u32::try_from(code.width()).unwrap_or(u32::MAX);
    let modules: Vec<bool> = code.into_colors().into_iter().map(|color| color == Color::Dark).collect();
    Ok((side, runs_of(&modules, side)))
}

fn runs_of(modules: &[bool], side: u32) -> Runs {
    let side = usize::try_from(side).unwrap_or(usize::MAX);
    let mut out = Runs::new();
    for (row, line) in (0..).zip(modules.chunks(side)) {
        for (column, _) in (0..).zip(line).filter(|(_, dark)| **dark) {
            match out.last_mut() {
                Some(last) if last.0 == row && last.1.saturating_add(last.2) == column => {
                    last.2 = last.2.saturating_add(1);
                }
                _ => out.push((row, column, 1)),
            }
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;

    fn address(chars: usize) -> String {
        let head = "HTTPS://OIRS.EXAMPLE.CL/R/";
        format!("{head}{}", "7".repeat(chars - head.len()))
    }

    #[test]
    fn an_address_fits_up_to_the_limit_and_has_a_host() {
        let check = |text: &str, expected: Result<&str, AddressError>| {
            assert_eq!(QrAddress::parse(text).map(|a| a.host()), expected.map(str::to_owned), "{text}");
        };
        check(&address(261), Ok("oirs.example.cl"));
        check(&address(262), Ok("oirs.example.cl"));
        check(&address(263), Err(AddressError::TooLong { chars: 263 }));
        check("HTTPS://A.CL/R/ABC", Ok("a.cl"));
        check("HTTPS://A.CL/r", Err(AddressError::Character { position: 13 }));
        check("HTTPS://A.CL/R/ A", Err(AddressError::Character { position: 15 }));
        check("HTTPS://Ñ.CL/R/", Err(AddressError::Character { position: 8 }));
        check("HTTP://A.CL/R/", Err(AddressError::NotHttps));
        check("HTTPS:///R/", Err(AddressError::NotHttps));
        check("HTTPS://A.CL", Err(AddressError::NotHttps));
        check("", Err(AddressError::NotHttps));
    }

    #[test]
    fn the_code_of_an_act_is_version_fifteen_up_to_its_limit() {
        for (chars, fits) in [(1, true), (599, true), (600, true), (601, false)] {
            let code = ActCode::parse(&"A".repeat(chars));
            assert_eq!(code.is_ok(), fits, "{chars}");
            if let Ok(code) = code {
                let runs = act_runs(&code).unwrap();
                assert_eq!(runs.iter().map(|run| run.0).max(), Some(76));
            }
        }
        assert_eq!(ActCode::parse("OIRS/acta"), Err(AddressError::Character { position: 5 }));
    }

    #[test]
    fn the_code_is_version_nine_whatever_the_length() {
        for chars in [40, 200, 262] {
            let address = QrAddress::parse(&address(chars)).unwrap();
            let modules = modules(&address).unwrap();
            assert_eq!(modules.len(), 53 * 53);
            let dark: u32 = runs(&address).unwrap().iter().map(|run| run.2).sum();
            assert_eq!(usize::try_from(dark).unwrap(), modules.iter().filter(|dark| **dark).count());
        }
    }
}
