//! Dates and times as each language writes them, never as two numbers that can be taken for one another.
//!
//! Spanish: `dd/mm/aaaa` and `HH:MM horas` (Guía de Voz y Tono of the State of Chile). English: the month as a
//! word, since 04/12 is April for some readers. The languages of packs write their dates as everybody around them does, in
//! digits: there is no table of their months that anybody vouches for. The space after the time doesn't break.

use chrono::{DateTime, FixedOffset, NaiveDate};
use texts::{CitizenLanguage, Language, text};

/// A calendar date.
pub(crate) fn date(on: NaiveDate, language: impl Into<CitizenLanguage>) -> String {
    match language.into() {
        CitizenLanguage::Whole(Language::English) => on.format("%-d\u{a0}%B\u{a0}%Y").to_string(),
        CitizenLanguage::Whole(Language::Spanish) | CitizenLanguage::Pack(_) => {
            on.format("%d/%m/%Y").to_string()
        }
    }
}

/// A date and local time, to the minute.
pub(crate) fn date_time(at: DateTime<FixedOffset>, language: impl Into<CitizenLanguage>) -> String {
    let language = language.into();
    let (day, time) = (date(at.date_naive(), language), at.format("%H:%M").to_string());
    let said = text(language, "receipt-date-time", &[("date", day.into()), ("time", time.as_str().into())]);
    said.replace(&format!("{time} "), &format!("{time}\u{a0}"))
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
