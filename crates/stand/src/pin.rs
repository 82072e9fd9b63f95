//! The team's PIN: opens staff functions, never records. Kept as an Argon2id hash (RFC 9106); wrong attempts are
//! counted in the same file, so that a restart forgives none.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash};
use serde::{Deserialize, Serialize};

use crate::StandError;
use crate::folder::Folder;

/// Fewest digits.
pub const DIGITS_MIN: usize = 4;
/// Most digits.
pub const DIGITS_MAX: usize = 12;
/// Wrong attempts before waiting begins.
pub(crate) const FREE_ATTEMPTS: u32 = 3;
/// The longest wait, in seconds.
pub(crate) const WAIT_S_MAX: u64 = 15 * 60;
const FILE: &str = "pin.json";

#[derive(Serialize, Deserialize)]
struct Stored {
    hash: String,
    wrong: u32,
    /// When the last wrong attempt was, in seconds since 1970; waits are measured from it.
    last_wrong_unix_s: i64,
}

/// Whether a PIN was ever set.
pub(crate) fn is_set(folder: &Folder) -> Result<bool, StandError> {
    Ok(folder.read(FILE)?.is_some())
}

/// Whether a text can be a PIN: 4 to 12 digits.
///
/// # Errors
/// [`StandError::PinForm`].
pub fn check_form(pin: &str) -> Result<(), StandError> {
    let fits = (DIGITS_MIN..=DIGITS_MAX).contains(&pin.len()) && pin.bytes().all(|b| b.is_ascii_digit());
    if fits { Ok(()) } else { Err(StandError::PinForm) }
}

/// Sets the PIN.
pub(crate) fn set(folder: &Folder, pin: &str) -> Result<(), StandError> {
    check_form(pin)?;
    let hash = Argon2::default().hash_password(pin.as_bytes()).map_err(|error| bad_file(folder, &error))?;
    store(folder, &Stored { hash: hash.to_string(), wrong: 0, last_wrong_unix_s: 0 })
}

/// Checks an attempt at a time. Counts it before it answers.
pub(crate) fn check(folder: &Folder, pin: Option<&str>, now_unix_s: i64) -> Result<(), StandError> {
    let Some(bytes) = folder.read(FILE)? else { return Ok(()) };
    let pin = pin.ok_or(StandError::PinNeeded)?;
    let mut stored: Stored = serde_json::from_slice(&bytes).map_err(|error| bad_file(folder, &error))?;
    let left = wait_s(stored.wrong).saturating_sub(waited_s(&stored, now_unix_s));
    if left > 0 {
        return Err(StandError::PinDelayed { wait_s: left });
    }
    // Counted before it is looked at: pulling the plug in between forgives nothing.
    stored.wrong = stored.wrong.saturating_add(1);
    stored.last_wrong_unix_s = now_unix_s;
    store(folder, &stored)?;
    let hash = PasswordHash::new(&stored.hash).map_err(|error| bad_file(folder, &error))?;
    if Argon2::default().verify_password(pin.trim().as_bytes(), &hash).is_err() {
        return Err(StandError::PinWrong { wait_s: wait_s(stored.wrong) });
    }
    store(folder, &Stored { wrong: 0, ..stored })
}

/// Seconds that must pass after so many wrong attempts: nothing at first, then 30, doubling to the longest.
fn wait_s(wrong: u32) -> u64 {
    match wrong.checked_sub(FREE_ATTEMPTS) {
        None => 0,
        Some(over) => 30_u64.checked_shl(over.min(20)).unwrap_or(WAIT_S_MAX).min(WAIT_S_MAX),
    }
}

/// Seconds since the last wrong attempt; a clock set back makes it none, never more.
fn waited_s(stored: &Stored, now_unix_s: i64) -> u64 {
    u64::try_from(now_unix_s.saturating_sub(stored.last_wrong_unix_s)).unwrap_or_default()
}

fn store(folder: &Folder, stored: &Stored) -> Result<(), StandError> {
    let bytes = serde_json::to_vec(stored).map_err(|error| bad_file(folder, &error))?;
    folder.write(FILE, &bytes)
}

fn bad_file(folder: &Folder, error: &dyn std::fmt::Display) -> StandError {
    StandError::BadFile { path: folder.path().join(FILE), why: error.to_string() }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Folder) {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::open(dir.path()).unwrap();
        (dir, folder)
    }

    #[test]
    fn four_to_twelve_digits() {
        let (_dir, folder) = folder();
        for (pin, fits) in [
            ("123", false),
            ("1234", true),
            ("123456789012", true),
            ("1234567890123", false),
            ("12a4", false),
            ("", false),
            ("１２３４", false),
        ] {
            assert_eq!(set(&folder, pin).is_ok(), fits, "{pin}");
        }
    }

    #[test]
    fn without_a_pin_nothing_is_asked_and_with_one_it_is() {
        let (_dir, folder) = folder();
        assert!(check(&folder, None, 0).is_ok());
        set(&folder, "4821").unwrap();
        assert!(matches!(check(&folder, None, 0), Err(StandError::PinNeeded)));
        assert!(check(&folder, Some("4821\n"), 0).is_ok());
    }

    #[test]
    fn wrong_attempts_wait_longer_and_longer_over_restarts_and_clocks_set_back() {
        let (dir, folder) = folder();
        set(&folder, "4821").unwrap();
        for attempt in 1..FREE_ATTEMPTS {
            let wrong = check(&folder, Some("0000"), 1_000);
            assert!(matches!(wrong, Err(StandError::PinWrong { wait_s: 0 })), "attempt {attempt}");
        }
        assert!(matches!(check(&folder, Some("0000"), 1_000), Err(StandError::PinWrong { wait_s: 30 })));
        drop(folder);
        let folder = Folder::open(dir.path()).unwrap();
        assert!(matches!(check(&folder, Some("4821"), 1_029), Err(StandError::PinDelayed { wait_s: 1 })));
        assert!(matches!(check(&folder, Some("4821"), 500), Err(StandError::PinDelayed { wait_s: 30 })));
        assert!(matches!(check(&folder, Some("0000"), 1_030), Err(StandError::PinWrong { wait_s: 60 })));
        assert!(check(&folder, Some("4821"), 1_090).is_ok());
        assert!(
            matches!(check(&folder, Some("0000"), 1_090), Err(StandError::PinWrong { wait_s: 0 })),
            "forgiven"
        );
    }

    #[test]
    fn the_wait_has_a_bound() {
        assert_eq!(wait_s(FREE_ATTEMPTS - 1), 0);
        assert_eq!(wait_s(FREE_ATTEMPTS), 30);
        assert_eq!(wait_s(u32::MAX), WAIT_S_MAX);
    }
}
