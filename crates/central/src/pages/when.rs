//! Dates and times as each language writes them: `21/11/2026, 10:32 horas`, or the month as a word in English.

use chrono::{DateTime, NaiveDate, Utc};
use domain::Comuna;
use texts::Language;

use super::layout::Frame;

/// A calendar date.
pub(crate) fn date(on: NaiveDate, language: Language) -> String {
    match language {
        Language::Spanish => on.format("%d/%m/%Y").to_string(),
        Language::English => on.format("%-d\u{a0}%B\u{a0}%Y").to_string(),
    }
}

/// The date of a second, in Santiago: for dates of the office's own doing.
pub(crate) fn office_date(unix_s: u64, language: Language) -> String {
    let at = instant(i64::try_from(unix_s).unwrap_or(i64::MAX));
    date(at.with_timezone(&chrono_tz::America::Santiago).date_naive(), language)
}

/// A date and time at a place; in Santiago where the place is not known.
pub(super) fn at_place(frame: &Frame<'_>, unix_s: i64, place: Option<Comuna>) -> String {
    let zone = place.map_or(chrono_tz::America::Santiago, Comuna::time_zone);
    let local = instant(unix_s).with_timezone(&zone);
    let day = date(local.date_naive(), frame.language);
    match frame.language {
        Language::Spanish => format!("{day}, {}\u{a0}horas", local.format("%H:%M")),
        Language::English => format!("{day}, {}", local.format("%H:%M")),
    }
}

fn instant(unix_s: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(unix_s, 0).unwrap_or_default()
}
