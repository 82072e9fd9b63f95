//! What is kept of a PIN: an Argon2id hash (RFC 9106) with a salt of its own.
//!
//! The parameters are the second ones that RFC 9106, section 4, recommends: 64 MiB, three passes, four lanes. OWASP's
//! smallest (19 MiB, two passes) is for servers that check many at once; a stand checks one, in a fifth of a second on
//! a field laptop. They make guessing from a stolen disk dearer by a factor and no more: a PIN has few digits. What
//! bounds guessing at the screen is the count.

use std::sync::LazyLock;

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::StandError;

/// Fewest digits.
pub const DIGITS_MIN: usize = 4;
/// Most digits.
pub const DIGITS_MAX: usize = 12;
/// Memory of one hash, in KiB.
const MEMORY_KIB: u32 = 64 * 1_024;
/// Passes over it.
const PASSES: u32 = 3;
/// Lanes.
const LANES: u32 = 4;

/// Whether a text can be a PIN: 4 to 12 digits.
///
/// # Errors
/// [`StandError::PinForm`].
pub fn check_form(pin: &str) -> Result<(), StandError> {
    let fits = (DIGITS_MIN..=DIGITS_MAX).contains(&pin.len()) && pin.bytes().all(|b| b.is_ascii_digit());
    if fits { Ok(()) } else { Err(StandError::PinForm) }
}

fn argon2() -> Option<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The hash of a PIN, in the PHC string form, which names its own parameters.
pub(crate) fn hash(pin: &str) -> Option<String> {
    Some(argon2()?.hash_password(pin.as_bytes()).ok()?.to_string())
}

/// Whether a PIN fits a hash. Without one the same work is done for nothing, so that the time says nothing of whether
/// there is such a person.
pub(crate) fn fits(pin: &str, hash: Option<&str>) -> bool {
    static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| self::hash("no PIN has letters"));
    let Some(kept) = hash.or(NOBODY.as_deref()) else { return false };
    let fits = PasswordHash::new(kept)
        .is_ok_and(|kept| Argon2::default().verify_password(pin.trim().as_bytes(), &kept).is_ok());
    fits && hash.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_to_twelve_digits() {
        for (pin, fits) in [
            ("123", false),
            ("1234", true),
            ("123456789012", true),
            ("1234567890123", false),
            ("12a4", false),
            ("", false),
            ("１２３４", false),
        ] {
            assert_eq!(check_form(pin).is_ok(), fits, "{pin}");
        }
    }

    #[test]
    fn only_the_pin_fits_and_nobody_has_none() {
        let kept = hash("4821").unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=65536,t=3,p=4$"), "{kept}");
        assert!(fits("4821\n", Some(&kept)));
        assert!(!fits("4822", Some(&kept)) && !fits("4821", None) && !fits("no PIN has letters", None));
        assert!(!fits("4821", Some("")) && !fits("", Some("no hash")));
        assert_ne!(hash("4821"), hash("4821"), "salted");
    }
}
