//! The only place where the stand reads a clock, and its judgement of how far to trust it.
//!
//! A stand in a village has no network time and perhaps a dead battery in its clock. So every record says, beside
//! the time, how sure that is: confirmed when a time that the office told and the machine's uptime since then
//! agree with the wall clock; contradicted when they don't; unconfirmed when nothing speaks for or against it.

use std::sync::LazyLock;
use std::time::{SystemTime, UNIX_EPOCH};

use domain::{Captured, Certainty};
use serde::{Deserialize, Serialize};

/// Seconds by which two honest clocks may differ.
pub const TOLERANCE_S: i64 = 120;

/// What the machine says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The wall clock, in milliseconds since 1970 (UTC).
    pub wall_unix_ms: i64,
    /// Time since the machine started, suspended time included; none where the system does not tell.
    pub uptime: Option<Uptime>,
}

/// Time since this start of the machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uptime {
    /// Names this start of the machine.
    pub boot: String,
    /// Milliseconds since then.
    pub ms: u64,
}

/// A time that the office told, and what the machine said at that moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustedTime {
    /// The office's time, in seconds since 1970 (UTC).
    pub unix_s: i64,
    /// The machine's uptime then.
    pub uptime: Option<Uptime>,
}

/// A source of readings.
pub trait Clock: Send + Sync {
    /// What the machine says now.
    fn read(&self) -> Reading;
}

/// The machine's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn read(&self) -> Reading {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Reading { wall_unix_ms: i64::try_from(wall.as_millis()).unwrap_or(i64::MAX), uptime: uptime() }
    }
}

/// Linux tells both; elsewhere certainty stays at "unconfirmed". A start's name is asked for once: a program doesn't
/// outlive the start that it runs under.
fn uptime() -> Option<Uptime> {
    static BOOT: LazyLock<Option<String>> = LazyLock::new(|| {
        let name = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
        Some(name.trim().to_owned())
    });
    let boot = BOOT.clone()?;
    let text = std::fs::read_to_string("/proc/uptime").ok()?;
    let (seconds, hundredths) = text.split_whitespace().next()?.split_once('.')?;
    let ms = seconds.parse::<u64>().ok()?.checked_mul(1_000)?;
    Some(Uptime { boot, ms: ms.checked_add(hundredths.parse::<u64>().ok()?.checked_mul(10)?)? })
}

/// The day, for what may tell no finer time.
pub(crate) fn today() -> Captured {
    const DAY_MS: i64 = 86_400_000;
    let now = SystemClock.read().wall_unix_ms;
    let at_unix_ms = now.saturating_sub(now.rem_euclid(DAY_MS));
    Captured { at_unix_ms, certainty: Certainty::Unconfirmed, trusted_unix_s: None, elapsed_ms: None }
}

/// The time of a record, in whole seconds, with what is known of it.
pub fn captured(reading: &Reading, trusted: Option<&TrustedTime>) -> Captured {
    let at_unix_s = reading.wall_unix_ms.div_euclid(1_000);
    let elapsed_ms = trusted.and_then(|trusted| elapsed_ms(reading, trusted));
    Captured {
        at_unix_ms: at_unix_s.saturating_mul(1_000),
        certainty: trusted.map_or(Certainty::Unconfirmed, |t| certainty(at_unix_s, t.unix_s, elapsed_ms)),
        trusted_unix_s: trusted.map(|trusted| trusted.unix_s),
        elapsed_ms,
    }
}

/// Milliseconds since the trusted time, when the machine has not been restarted since.
fn elapsed_ms(reading: &Reading, trusted: &TrustedTime) -> Option<u64> {
    let (now, then) = (reading.uptime.as_ref()?, trusted.uptime.as_ref()?);
    if now.boot == then.boot { now.ms.checked_sub(then.ms) } else { None }
}

fn certainty(at_unix_s: i64, trusted_unix_s: i64, elapsed_ms: Option<u64>) -> Certainty {
    match elapsed_ms {
        Some(ms) => {
            let elapsed_s = i64::try_from(ms.div_euclid(1_000)).unwrap_or(i64::MAX);
            let difference = at_unix_s.abs_diff(trusted_unix_s.saturating_add(elapsed_s));
            if difference <= TOLERANCE_S.unsigned_abs() {
                Certainty::Confirmed
            } else {
                Certainty::Contradicted
            }
        }
        None if at_unix_s < trusted_unix_s.saturating_sub(TOLERANCE_S) => Certainty::Contradicted,
        None => Certainty::Unconfirmed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uptime(boot: &str, ms: u64) -> Uptime {
        Uptime { boot: boot.into(), ms }
    }

    #[test]
    fn how_sure_the_time_is() {
        let trusted = |uptime| Some(TrustedTime { unix_s: 10_000, uptime });
        let rows = [
            ("nothing told", 50_000, Some(uptime("a", 0)), None, Certainty::Unconfirmed),
            (
                "agrees",
                10_060,
                Some(uptime("a", 61_000)),
                trusted(Some(uptime("a", 1_000))),
                Certainty::Confirmed,
            ),
            (
                "at the tolerance",
                10_180,
                Some(uptime("a", 61_000)),
                trusted(Some(uptime("a", 1_000))),
                Certainty::Confirmed,
            ),
            (
                "above it",
                10_181,
                Some(uptime("a", 61_000)),
                trusted(Some(uptime("a", 1_000))),
                Certainty::Contradicted,
            ),
            (
                "set back",
                9_000,
                Some(uptime("a", 61_000)),
                trusted(Some(uptime("a", 1_000))),
                Certainty::Contradicted,
            ),
            (
                "restarted, later",
                90_000,
                Some(uptime("b", 5)),
                trusted(Some(uptime("a", 1_000))),
                Certainty::Unconfirmed,
            ),
            (
                "restarted, earlier",
                9_879,
                Some(uptime("b", 5)),
                trusted(Some(uptime("a", 1_000))),
                Certainty::Contradicted,
            ),
            (
                "restarted, within tolerance",
                9_880,
                Some(uptime("b", 5)),
                trusted(Some(uptime("a", 1))),
                Certainty::Unconfirmed,
            ),
            ("no uptime", 10_060, None, trusted(None), Certainty::Unconfirmed),
        ];
        for (name, wall_s, uptime, trusted, expected) in rows {
            let reading = Reading { wall_unix_ms: wall_s * 1_000 + 999, uptime };
            let captured = captured(&reading, trusted.as_ref());
            assert_eq!(captured.certainty, expected, "{name}");
            assert_eq!(captured.at_unix_ms, wall_s * 1_000, "{name}: whole seconds");
        }
    }

    #[test]
    fn the_machine_has_a_clock() {
        let (first, second) = (SystemClock.read(), SystemClock.read());
        assert!(first.wall_unix_ms > 1_700_000_000_000);
        if let (Some(first), Some(second)) = (first.uptime, second.uptime) {
            assert!(first.boot == second.boot && first.ms <= second.ms);
        }
    }
}
