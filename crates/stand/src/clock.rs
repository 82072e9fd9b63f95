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
/// Seconds after which the known time is noted again while the clock is as right or wrong as it was.
pub const NOTED_AGAIN_S: i64 = 3_600;

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

/// The time as this stand last knew it, counted from one that the office told, and what its wall clock said then. It
/// outlives a restart of the machine, which the count does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownTime {
    /// Seconds since 1970 (UTC).
    pub unix_s: i64,
    /// By how many seconds the wall clock was ahead of it; negative where it was behind.
    pub ahead_s: i64,
}

impl KnownTime {
    /// The time as it is known now; none where nobody told one since the machine started.
    pub fn now(reading: &Reading, told: &TrustedTime) -> Option<Self> {
        let counted_s = i64::try_from(elapsed_ms(reading, told)?.div_euclid(1_000)).ok()?;
        let unix_s = told.unix_s.saturating_add(counted_s);
        Some(Self { unix_s, ahead_s: reading.wall_unix_ms.div_euclid(1_000).saturating_sub(unix_s) })
    }

    /// Whether this is worth noting after `noted`: not each record's time is, since that would be a write more for each.
    pub fn is_news(&self, noted: Option<&Self>) -> bool {
        noted.is_none_or(|noted| {
            self.ahead_s.abs_diff(noted.ahead_s) > TOLERANCE_S.unsigned_abs()
                || self.unix_s.abs_diff(noted.unix_s) >= NOTED_AGAIN_S.unsigned_abs()
        })
    }

    /// When it most likely is after a restart, in seconds since 1970, where the wall clock can't be right: it went on
    /// being as wrong as it was, or it says a time that was over before the machine started. None where nothing speaks
    /// against it. It may be wrong even so: a clock that jumped while the machine was off looks like a machine that was
    /// off for long.
    fn likely_unix_s(&self, reading: &Reading) -> Option<i64> {
        let wall_s = reading.wall_unix_ms.div_euclid(1_000);
        let up_s = reading.uptime.as_ref().map_or(0, |uptime| uptime.ms.div_euclid(1_000));
        let earliest_s = self.unix_s.saturating_add(i64::try_from(up_s).unwrap_or(i64::MAX));
        let as_wrong_s = wall_s.saturating_sub(self.ahead_s);
        let is_over = wall_s < earliest_s.saturating_sub(TOLERANCE_S);
        let still_ahead = self.ahead_s > TOLERANCE_S && as_wrong_s >= earliest_s.saturating_sub(TOLERANCE_S);
        (is_over || still_ahead)
            .then(|| if self.ahead_s.abs() > TOLERANCE_S { as_wrong_s.max(earliest_s) } else { earliest_s })
    }
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

/// The time of a record, in whole seconds, with what is known of it. After a restart that is what was `known` before it,
/// where the wall clock contradicts that (ADR 96).
pub fn captured(reading: &Reading, trusted: Option<&TrustedTime>, known: Option<&KnownTime>) -> Captured {
    let at_unix_s = reading.wall_unix_ms.div_euclid(1_000);
    let elapsed_ms = trusted.and_then(|trusted| elapsed_ms(reading, trusted));
    let known =
        known.filter(|known| elapsed_ms.is_none() && trusted.is_none_or(|told| told.unix_s <= known.unix_s));
    if let Some(likely_unix_s) = known.and_then(|known| known.likely_unix_s(reading)) {
        return Captured {
            at_unix_ms: at_unix_s.saturating_mul(1_000),
            certainty: Certainty::Contradicted,
            trusted_unix_s: Some(likely_unix_s),
            elapsed_ms: Some(0),
        };
    }
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
            let captured = captured(&reading, trusted.as_ref(), None);
            assert_eq!(captured.certainty, expected, "{name}");
            assert_eq!(captured.at_unix_ms, wall_s * 1_000, "{name}: whole seconds");
        }
    }

    #[test]
    fn what_was_known_outlives_a_restart() {
        const DAY_S: i64 = 86_400;
        const KNOWN_S: i64 = 100 * DAY_S;
        /// The machine has been up for so long.
        const UP_S: i64 = 60;
        /// The earliest that it can be.
        const NOW_S: i64 = KNOWN_S + UP_S;
        let trusted = TrustedTime { unix_s: KNOWN_S - DAY_S, uptime: Some(uptime("before", 0)) };
        // The clock was ahead by so much; now it says this: what is likely then, if the clock can't be right.
        let rows = [
            ("right, a night later", 0, NOW_S + DAY_S, None),
            ("right, at the tolerance", 0, NOW_S - TOLERANCE_S, None),
            ("behind by more than it", 0, NOW_S - TOLERANCE_S - 1, Some(NOW_S)),
            ("a dead battery", 0, 0, Some(NOW_S)),
            ("jumped while it was off: nobody can know", 0, NOW_S + 40 * DAY_S, None),
            ("as far ahead as before", 40 * DAY_S, NOW_S + 40 * DAY_S, Some(NOW_S)),
            ("as far ahead, a night later", 40 * DAY_S, NOW_S + 41 * DAY_S, Some(NOW_S + DAY_S)),
            ("at the tolerance of being so", 40 * DAY_S, NOW_S + 40 * DAY_S - TOLERANCE_S, Some(NOW_S)),
            ("below it: somebody set it", 40 * DAY_S, NOW_S + 40 * DAY_S - TOLERANCE_S - 1, None),
            ("set right", 40 * DAY_S, NOW_S + DAY_S, None),
            ("ahead, and then dead", 40 * DAY_S, 0, Some(NOW_S)),
            ("as far behind as before, a night later", -40 * DAY_S, NOW_S - 39 * DAY_S, Some(NOW_S + DAY_S)),
            ("behind, and begun anew", -40 * DAY_S, 0, Some(NOW_S)),
            ("behind, and set right", -40 * DAY_S, NOW_S + DAY_S, None),
        ];
        for (name, ahead_s, wall_s, expected) in rows {
            let known = KnownTime { unix_s: KNOWN_S, ahead_s };
            let boot = Some(uptime("after", u64::try_from(UP_S).unwrap() * 1_000));
            let reading = Reading { wall_unix_ms: wall_s * 1_000, uptime: boot };
            let captured = captured(&reading, Some(&trusted), Some(&known));
            assert_eq!(captured.at_unix_ms, wall_s * 1_000, "{name}: the clock's own word stays");
            assert_eq!(captured.likely_unix_ms(), expected.unwrap_or(wall_s) * 1_000, "{name}");
            assert_eq!(captured.certainty == Certainty::Contradicted, expected.is_some(), "{name}");
            assert_eq!(captured.certainty == Certainty::Unconfirmed, expected.is_none(), "{name}");
        }
    }

    #[test]
    fn what_is_known_is_noted_when_it_says_something_new() {
        let noted = KnownTime { unix_s: 10_000, ahead_s: 0 };
        let rows = [
            (10_000 + NOTED_AGAIN_S - 1, 0, false),
            (10_000 + NOTED_AGAIN_S, 0, true),
            (10_001, TOLERANCE_S, false),
            (10_001, TOLERANCE_S + 1, true),
            (10_001, -TOLERANCE_S, false),
            (10_001, -TOLERANCE_S - 1, true),
        ];
        for (unix_s, ahead_s, expected) in rows {
            let known = KnownTime { unix_s, ahead_s };
            assert_eq!(known.is_news(Some(&noted)), expected, "{known:?}");
            assert!(known.is_news(None));
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
