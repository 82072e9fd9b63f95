//! How often somebody was wrong, and how long they wait: a count that no restart forgives and a wait that no clock
//! shortens or stretches.
//!
//! Waits are measured by the machine's uptime, which nobody sets: within one start of the machine from the wrong
//! attempt on, after a restart from the start on. So a clock set forward skips nothing, a clock set back locks nobody
//! in, and switching the machine off gains nothing: at worst the wait begins again, and it is a quarter of an hour at
//! the most. Only where the system does not tell its uptime is the wall clock used, and one that went back begins the
//! wait again.

use serde::{Deserialize, Serialize};

use crate::clock::{Reading, Uptime};

/// Wrong attempts before waiting begins.
pub(crate) const FREE_ATTEMPTS: u32 = 3;
/// Wrong attempts in a row after which a PIN opens nothing any more, until a leader or the office lets it.
pub(crate) const ATTEMPTS_MAX: u32 = 10;
/// The first wait, in seconds; each further wrong attempt doubles it.
pub(crate) const WAIT_S_FIRST: u64 = 30;
/// The longest wait, in seconds.
pub(crate) const WAIT_S_MAX: u64 = 15 * 60;

/// Wrong attempts in a row, and from when the wait counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Attempts {
    /// How many.
    pub(crate) wrong: u32,
    /// What the machine said at the last one.
    last: Option<Moment>,
}

/// A moment by both of the machine's clocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Moment {
    wall_unix_s: i64,
    uptime: Option<Uptime>,
}

/// Whether an attempt may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gate {
    /// It may.
    Open,
    /// Not yet: so many seconds are left.
    Wait(u64),
    /// Not at all, until somebody else lets it.
    Locked,
}

impl Moment {
    fn of(reading: &Reading) -> Self {
        Self { wall_unix_s: reading.wall_unix_ms.div_euclid(1_000), uptime: reading.uptime.clone() }
    }

    /// Milliseconds that have surely passed since; none when the clock that counts them went back.
    fn passed_ms(&self, reading: &Reading) -> Option<u64> {
        match (&self.uptime, &reading.uptime) {
            (Some(then), Some(now)) if then.boot == now.boot => now.ms.checked_sub(then.ms),
            // Started since: so long it has run for certain.
            (_, Some(now)) => Some(now.ms),
            (_, None) => {
                let now_s = reading.wall_unix_ms.div_euclid(1_000);
                u64::try_from(now_s.saturating_sub(self.wall_unix_s)).ok()?.checked_mul(1_000)
            }
        }
    }
}

impl Attempts {
    /// Whether an attempt may be made now. A clock that went back begins the wait again, once: the answer then says
    /// so, and the caller keeps it.
    pub(crate) fn gate(&mut self, reading: &Reading) -> (Gate, bool) {
        if self.wrong >= ATTEMPTS_MAX {
            return (Gate::Locked, false);
        }
        self.gate_without_end(reading)
    }

    /// The same for what never locks for good: the last way back in.
    pub(crate) fn gate_without_end(&mut self, reading: &Reading) -> (Gate, bool) {
        let wait_ms = wait_s(self.wrong).saturating_mul(1_000);
        let Some(last) = self.last.as_ref().filter(|_| wait_ms > 0) else { return (Gate::Open, false) };
        let passed = last.passed_ms(reading);
        let begins_again = passed.is_none();
        if begins_again {
            self.last = Some(Moment::of(reading));
        }
        let left_ms = wait_ms.saturating_sub(passed.unwrap_or_default());
        let gate = if left_ms == 0 { Gate::Open } else { Gate::Wait(left_ms.div_ceil(1_000)) };
        (gate, begins_again)
    }

    /// Counts an attempt. Before it is looked at: pulling the plug in between forgives nothing.
    pub(crate) fn count(&mut self, reading: &Reading) {
        self.wrong = self.wrong.saturating_add(1);
        self.last = Some(Moment::of(reading));
    }

    /// What the next attempt will meet.
    pub(crate) fn next_wait_s(&self) -> u64 {
        wait_s(self.wrong)
    }

    /// Whether no further attempt is taken.
    pub(crate) fn is_locked(&self) -> bool {
        self.wrong >= ATTEMPTS_MAX
    }
}

/// Seconds that must pass after so many wrong attempts: nothing at first, then 30, doubling to the longest.
pub(crate) fn wait_s(wrong: u32) -> u64 {
    match wrong.checked_sub(FREE_ATTEMPTS) {
        None => 0,
        Some(over) => WAIT_S_FIRST.checked_shl(over.min(20)).unwrap_or(WAIT_S_MAX).min(WAIT_S_MAX),
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(boot: &str, ms: u64, wall_s: i64) -> Reading {
        Reading { wall_unix_ms: wall_s * 1_000, uptime: Some(Uptime { boot: boot.into(), ms }) }
    }

    fn wall(wall_s: i64) -> Reading {
        Reading { wall_unix_ms: wall_s * 1_000, uptime: None }
    }

    fn wrong(times: u32, last: &Reading) -> Attempts {
        Attempts { wrong: times, last: Some(Moment::of(last)) }
    }

    #[test]
    fn the_waits_and_their_bounds() {
        let waits: Vec<u64> = (0..=ATTEMPTS_MAX).map(wait_s).collect();
        assert_eq!(waits, [0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
        assert_eq!(wait_s(u32::MAX), WAIT_S_MAX);
    }

    #[test]
    fn a_wait_is_measured_by_what_nobody_sets() {
        let three = wrong(3, &at("a", 1_000, 5_000));
        let rows = [
            ("at once", at("a", 1_000, 5_000), Gate::Wait(30)),
            ("a moment before", at("a", 30_999, 5_030), Gate::Wait(1)),
            ("over", at("a", 31_000, 5_030), Gate::Open),
            ("set forward a year", at("a", 1_500, 40_000_000), Gate::Wait(30)),
            ("set back to 1970", at("a", 31_000, 0), Gate::Open),
            ("started anew", at("b", 0, 9_000), Gate::Wait(30)),
            ("started anew, running since", at("b", 29_001, 0), Gate::Wait(1)),
            ("started anew, long enough", at("b", 30_000, 0), Gate::Open),
            ("a copy of the machine from before", at("a", 500, 5_000), Gate::Wait(30)),
        ];
        for (name, reading, gate) in rows {
            assert_eq!(three.clone().gate(&reading).0, gate, "{name}");
        }
        let mut never = wrong(9, &at("a", 0, 0));
        assert_eq!(never.gate(&at("a", 899_999, 0)).0, Gate::Wait(1), "the ninth");
        never.count(&at("a", 900_000, 0));
        assert_eq!(never.gate(&at("a", u64::MAX, i64::MAX / 1_000)).0, Gate::Locked, "the tenth");
        assert_eq!(never.gate_without_end(&at("a", 1_800_000, 0)).0, Gate::Open);
    }

    #[test]
    fn without_an_uptime_a_clock_set_back_begins_the_wait_again_and_no_more() {
        let mut three = wrong(3, &wall(5_000));
        assert_eq!(three.gate(&wall(5_029)), (Gate::Wait(1), false));
        assert_eq!(three.gate(&wall(100)), (Gate::Wait(30), true), "begun again, from here on");
        assert_eq!(three.gate(&wall(130)), (Gate::Open, false));
    }

    /// What happens to a machine in the field.
    #[derive(Debug, Clone)]
    enum Event {
        Runs(u64),
        Restarts,
        ClockSet(i64),
        Tries,
    }

    fn events() -> impl Strategy<Value = Vec<Event>> {
        let event = prop_oneof![
            4 => (0..2_000_000_u64).prop_map(Event::Runs),
            1 => Just(Event::Restarts),
            2 => (-4_000_000_000_i64..4_000_000_000).prop_map(Event::ClockSet),
            6 => Just(Event::Tries),
        ];
        proptest::collection::vec(event, 0..200)
    }

    proptest! {
        #[test]
        fn no_clock_and_no_restart_shortens_or_stretches_a_wait(events in events()) {
            let mut attempts = Attempts::default();
            let (mut boot, mut up_ms, mut wall_s) = (0_u32, 0_u64, 1_795_000_000_i64);
            // Milliseconds that the machine ran since the last attempt that counted, and since its last start.
            let mut ran_ms = 0_u64;
            for event in events {
                match event {
                    Event::Runs(ms) => (up_ms, ran_ms, wall_s) = (up_ms + ms, ran_ms + ms, wall_s + 1),
                    Event::Restarts => (boot, up_ms) = (boot + 1, 0),
                    Event::ClockSet(to) => wall_s = to,
                    Event::Tries => {
                        // As a restart of the program would: through the file.
                        let kept = serde_json::to_string(&attempts).unwrap();
                        attempts = serde_json::from_str(&kept).unwrap();
                        let reading = at(&boot.to_string(), up_ms, wall_s);
                        let owed_ms = wait_s(attempts.wrong) * 1_000;
                        match attempts.gate(&reading).0 {
                            Gate::Open => {
                                prop_assert!(ran_ms >= owed_ms, "too early");
                                prop_assert!(attempts.wrong < ATTEMPTS_MAX);
                                attempts.count(&reading);
                                ran_ms = 0;
                            }
                            Gate::Wait(left_s) => {
                                prop_assert!(left_s <= WAIT_S_MAX);
                                prop_assert!(up_ms.min(ran_ms) < owed_ms, "too late");
                            }
                            Gate::Locked => prop_assert_eq!(attempts.wrong, ATTEMPTS_MAX),
                        }
                    }
                }
            }
        }
    }
}
