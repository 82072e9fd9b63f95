//! Dates and times as each language writes them, never as two numbers that can be taken for one another.
//!
//! Spanish: `dd/mm/aaaa` and `HH:MM horas` (Guía de Voz y Tono of the State of Chile). English: the month as a
//! word, since 04/12 is April for some readers. The space before `horas` doesn't break.

use chrono::{DateTime, FixedOffset, NaiveDate};
use texts::Language;

/// A calendar date.
pub(crate) fn date(on: NaiveDate, language: Language) -> String {
    match language {
        Language::Spanish => on.format("%d/%m/%Y").to_string(),
        Language::English => on.format("%-d\u{a0}%B\u{a0}%Y").to_string(),
    }
}

/// A date and local time, to the minute.
pub(crate) fn date_time(at: DateTime<FixedOffset>, language: Language) -> String {
    let day = date(at.date_naive(), language);
    match language {
        Language::Spanish => format!("{day}, {}\u{a0}horas", at.format("%H:%M")),
        Language::English => format!("{day}, {}", at.format("%H:%M")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_its_own_way() {
        let check = |at: &str, spanish: &str, english: &str| {
            let at = DateTime::parse_from_rfc3339(at).unwrap();
            assert_eq!(date_time(at, Language::Spanish).replace('\u{a0}', " "), spanish);
            assert_eq!(date_time(at, Language::English).replace('\u{a0}', " "), english);
        };
        check("2026-11-21T10:32:59-03:00", "21/11/2026, 10:32 horas", "21 November 2026, 10:32");
        check("2026-04-05T00:00:00-05:00", "05/04/2026, 00:00 horas", "5 April 2026, 00:00");
    }
}
