//! When an answer falls due, in both readings of the law, each with its working.
//!
//! *Promise*: the service's own page promises ten working days; day 1 is the first working day after the local
//! date of capture, by the national calendar. *Legal*: what comes on a non-working day "se entenderá
//! realizada en la primera hora del primer día hábil siguiente" (Ley 19.880, art. 25, last paragraph), so day 1
//! is the working day after that one, by the calendar of the place. They differ for what a field stand
//! captures on a weekend. Alarms go by the promise.
//!
//! The date of presentation is that of capture, never that of the sync.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::Serialize;

use crate::calendar::{Calendar, Why};
use crate::limits::{YEAR_MAX, YEAR_MIN};
use crate::territory::Comuna;

/// Working days in which the service promises an answer (`ChileAtiende`, ficha 113810).
pub const ANSWER_WORKING_DAYS: u16 = 10;
/// Most working days that can be asked for: about a year.
pub const WORKING_DAYS_MAX: u16 = 250;

/// Why there is no deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeadlineError {
    /// The calendar doesn't reach there.
    #[error("the calendar answers for the years {YEAR_MIN} to {YEAR_MAX}, not for {0}")]
    Year(i32),
    /// No deadline has so many days.
    #[error("a deadline has 1 to {WORKING_DAYS_MAX} working days, not {0}")]
    Days(u16),
}

/// A day that wasn't counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// The day.
    pub date: NaiveDate,
    /// Why.
    pub why: Why,
}

/// How a due date came about: every day after the capture up to it is either counted or skipped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Working {
    /// The working days, of which the last is the due date.
    pub counted: Vec<NaiveDate>,
    /// The days in between that don't count.
    pub skipped: Vec<Skipped>,
}

/// A due date with its working.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    due_on: NaiveDate,
    working: Working,
}

impl Deadline {
    /// The last day on which an answer is in time.
    pub const fn due_on(&self) -> NaiveDate {
        self.due_on
    }

    /// How it came about.
    pub const fn working(&self) -> &Working {
        &self.working
    }
}

/// Both readings for one capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadlines {
    /// What the office promises.
    pub promise: Deadline,
    /// What the law allows at most.
    pub legal: Deadline,
}

/// The due dates of what was presented at an instant in a place, so many working days on.
pub fn deadlines(
    presented: DateTime<Utc>,
    comuna: Comuna,
    working_days: u16,
    calendar: &Calendar,
) -> Result<Deadlines, DeadlineError> {
    let date = comuna.local_date(presented);
    if !(YEAR_MIN..=YEAR_MAX).contains(&date.year()) {
        return Err(DeadlineError::Year(date.year()));
    }
    if !(1..=WORKING_DAYS_MAX).contains(&working_days) {
        return Err(DeadlineError::Days(working_days));
    }
    let is_deemed_later = !calendar.is_working(date, Some(comuna));
    Ok(Deadlines {
        promise: count(date, working_days, false, |day| calendar.why_not_working(day, None)),
        legal: count(date, working_days, is_deemed_later, |day| calendar.why_not_working(day, Some(comuna))),
    })
}

/// Counts from the day after; what is deemed presented later spends its first working day on that.
fn count(
    from: NaiveDate,
    working_days: u16,
    is_deemed_later: bool,
    why_not_working: impl Fn(NaiveDate) -> Option<Why>,
) -> Deadline {
    let mut working = Working::default();
    let mut is_to_present = is_deemed_later;
    for date in from.iter_days().skip(1) {
        match why_not_working(date) {
            Some(why) => working.skipped.push(Skipped { date, why }),
            None if is_to_present => {
                is_to_present = false;
                working.skipped.push(Skipped { date, why: Why::PresentationDay });
            }
            None => working.counted.push(date),
        }
        if working.counted.len() >= usize::from(working_days) {
            break;
        }
    }
    Deadline { due_on: working.counted.last().copied().unwrap_or(from), working }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    const VECTORS: &str = include_str!("../tests/data/deadlines.csv");

    fn due(captured_at: &str, comuna: &str, days: u16) -> Deadlines {
        let instant: DateTime<Utc> = captured_at.parse().unwrap();
        deadlines(instant, Comuna::by_code(comuna).unwrap(), days, &Calendar::by_law()).unwrap()
    }

    #[test]
    fn the_vectors_of_the_field() {
        // Captured at noon in Santiago: ten days by promise, ten by law, twenty (Ley 20.285) by promise.
        let check = |day: &str, promise: &str, legal: &str, twenty: &str| {
            let at = format!("{day}T12:00:00-03:00");
            let found = due(&at, "13101", 10);
            assert_eq!(found.promise.due_on().to_string(), promise, "{day}");
            assert_eq!(found.legal.due_on().to_string(), legal, "{day}");
            assert_eq!(due(&at, "13101", 20).promise.due_on().to_string(), twenty, "{day}");
        };
        check("2024-09-06", "2024-09-25", "2024-09-25", "2024-10-09");
        check("2025-06-07", "2025-06-23", "2025-06-24", "2025-07-07");
        check("2026-09-17", "2026-10-02", "2026-10-02", "2026-10-19");
        check("2026-11-21", "2026-12-04", "2026-12-07", "2026-12-21");
        check("2026-12-18", "2027-01-05", "2027-01-05", "2027-01-19");
        check("2027-03-20", "2027-04-05", "2027-04-06", "2027-04-19");
    }

    #[test]
    fn agrees_with_an_independent_library_in_four_zones_and_two_regional_calendars() {
        let mut count = 0;
        for line in VECTORS.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let comuna = Comuna::by_code(cells[1]).unwrap();
            assert_eq!(comuna.local_date(cells[0].parse().unwrap()).to_string(), cells[2], "{line}");
            let found = due(cells[0], cells[1], cells[3].parse().unwrap());
            assert_eq!(found.promise.due_on().to_string(), cells[4], "{line}");
            assert_eq!(found.legal.due_on().to_string(), cells[5], "{line}");
            count += 1;
        }
        assert_eq!(count, 400);
    }

    #[test]
    fn says_which_days_and_why() {
        let found = due("2026-12-05T15:00:00Z", "13101", 3);
        let json = serde_json::to_value((found.promise.working(), found.legal.working())).unwrap();
        let expected = serde_json::json!([
            {"counted": ["2026-12-07", "2026-12-09", "2026-12-10"],
             "skipped": [{"date": "2026-12-06", "why": "sunday"},
                         {"date": "2026-12-08", "why": "immaculate_conception"}]},
            {"counted": ["2026-12-09", "2026-12-10", "2026-12-11"],
             "skipped": [{"date": "2026-12-06", "why": "sunday"},
                         {"date": "2026-12-07", "why": "presentation_day"},
                         {"date": "2026-12-08", "why": "immaculate_conception"}]}
        ]);
        assert_eq!(json, expected);
    }

    #[test]
    fn only_the_legal_reading_knows_the_holidays_of_the_place() {
        // Friday 4 June 2027 in Arica: Monday 7 is a holiday there.
        let found = due("2027-06-04T15:00:00Z", "15101", 1);
        assert_eq!(found.promise.due_on().to_string(), "2027-06-07");
        assert_eq!(found.legal.due_on().to_string(), "2027-06-08");
        // Captured on the holiday itself: deemed presented on Tuesday.
        let found = due("2027-06-07T15:00:00Z", "15101", 1);
        assert_eq!(found.promise.due_on().to_string(), "2027-06-08");
        assert_eq!(found.legal.due_on().to_string(), "2027-06-09");
    }

    #[test]
    fn the_day_is_that_of_the_place() {
        // Monday 01:30 in Santiago, Sunday 23:30 on Rapa Nui.
        let at = "2026-11-23T04:30:00Z";
        assert_eq!(due(at, "13101", 1).legal.due_on().to_string(), "2026-11-24");
        assert_eq!(due(at, "05201", 1).legal.due_on().to_string(), "2026-11-24");
        assert_eq!(due(at, "13101", 1).promise.due_on().to_string(), "2026-11-24");
        assert_eq!(due(at, "05201", 1).promise.due_on().to_string(), "2026-11-23");
    }

    #[test]
    fn limits_at_below_and_above() {
        let comuna = Comuna::by_code("13101").unwrap();
        let check = |at: &str, days: u16, expected: Result<&str, DeadlineError>| {
            let found = deadlines(at.parse().unwrap(), comuna, days, &Calendar::by_law());
            let found = found.map(|deadlines| deadlines.promise.due_on().to_string());
            assert_eq!(found, expected.map(String::from), "{at} {days}");
        };
        check("2024-01-01T12:00:00Z", 1, Ok("2024-01-02"));
        check("2024-01-01T02:59:59Z", 1, Err(DeadlineError::Year(2023)));
        check("2101-01-01T02:59:59Z", 1, Ok("2101-01-03"));
        check("2101-01-01T03:00:00Z", 1, Err(DeadlineError::Year(2101)));
        check("2026-11-20T12:00:00Z", 0, Err(DeadlineError::Days(0)));
        check("2026-11-20T12:00:00Z", 250, Ok("2027-11-22"));
        check("2026-11-20T12:00:00Z", 251, Err(DeadlineError::Days(251)));
    }

    proptest! {
        #[test]
        fn every_day_up_to_the_due_date_is_counted_or_skipped(
            minutes in 0_i64..60 * 24 * 366 * 76,
            place in 0_usize..346,
            days in 1_u16..=40,
        ) {
            let start: DateTime<Utc> = "2024-01-02T00:00:00Z".parse().unwrap();
            let at = start + chrono::TimeDelta::minutes(minutes);
            let comuna = Comuna::all().nth(place).unwrap();
            let from = comuna.local_date(at);
            let found = deadlines(at, comuna, days, &Calendar::by_law()).unwrap();
            for deadline in [&found.promise, &found.legal] {
                let working = deadline.working();
                prop_assert_eq!(working.counted.len(), usize::from(days));
                let mut all = working.counted.clone();
                all.extend(working.skipped.iter().map(|skipped| skipped.date));
                all.sort_unstable();
                let up_to_due = from.iter_days().skip(1).take_while(|day| *day <= deadline.due_on());
                let expected: Vec<NaiveDate> = up_to_due.collect();
                prop_assert_eq!(all, expected);
            }
            prop_assert!(found.promise.due_on() <= found.legal.due_on());
            prop_assert!(found.legal.due_on() <= found.promise.due_on() + Days::new(14));
        }
    }
}
