//! The holidays of Chile by rule: each law as one line, for every year from 2024 on.
//!
//! A table would be shorter to check and wrong in the year after its last. Election days (Ley 18.700) are
//! holidays too but Sundays, so they change no deadline; a census day (Ley 17.374) is decreed for its year and
//! comes as an exception.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::{Holiday, Scope};
use crate::calendar::solstice::winter_solstice_date;

/// The day on which these rules were last compared with the laws that they name, and the days that they give with the
/// table of another (`tests/data/holidays.csv`). Whoever compares them again writes the new day here; a law of later is
/// not in them.
pub const RULES_CHECKED: NaiveDate = match NaiveDate::from_ymd_opt(2026, 11, 22) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// A holiday on its date in one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatedHoliday {
    /// The day.
    pub date: NaiveDate,
    /// What it is.
    pub holiday: Holiday,
    /// Where it holds.
    pub scope: Scope,
}

/// Every holiday of a year by law, of every scope; the country's first.
pub(super) fn holidays_of(year: i32) -> impl Iterator<Item = DatedHoliday> {
    let national =
        national(year).map(|(date, holiday)| DatedHoliday { date, holiday, scope: Scope::NATIONAL });
    national.chain(local(year))
}

fn national(year: i32) -> impl Iterator<Item = (NaiveDate, Holiday)> {
    let on = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    let only_on = |weekday: Weekday, month, day| on(month, day).filter(|date| date.weekday() == weekday);
    let easter = easter_sunday(year);
    [
        (on(1, 1), Holiday::NewYear),
        (only_on(Weekday::Mon, 1, 2), Holiday::NewYearMonday),
        (easter.and_then(|sunday| sunday.checked_sub_days(Days::new(2))), Holiday::GoodFriday),
        (easter.and_then(|sunday| sunday.checked_sub_days(Days::new(1))), Holiday::HolySaturday),
        (on(5, 1), Holiday::LabourDay),
        (on(5, 21), Holiday::NavalGlories),
        (Some(winter_solstice_date(year)), Holiday::IndigenousPeoples),
        (on(6, 29).and_then(to_monday), Holiday::PeterAndPaul),
        (on(7, 16), Holiday::Carmen),
        (on(8, 15), Holiday::Assumption),
        (only_on(Weekday::Mon, 9, 17), Holiday::FiestasPatrias),
        (only_on(Weekday::Fri, 9, 17), Holiday::FiestasPatrias),
        (on(9, 18), Holiday::Independence),
        (on(9, 19), Holiday::ArmyGlories),
        (only_on(Weekday::Fri, 9, 20), Holiday::FiestasPatrias),
        (on(10, 12).and_then(to_monday), Holiday::TwoWorlds),
        (on(10, 31).and_then(to_friday), Holiday::EvangelicalChurches),
        (on(11, 1), Holiday::AllSaints),
        (on(12, 8), Holiday::ImmaculateConception),
        (on(12, 25), Holiday::Christmas),
    ]
    .into_iter()
    .filter_map(|(date, holiday)| date.map(|date| (date, holiday)))
}

/// Holidays of a part of the country, and those that a law made for one year.
fn local(year: i32) -> impl Iterator<Item = DatedHoliday> {
    let one_off = |only_year: i32| move |(month, day)| (year == only_year).then_some((month, day));
    [
        (Some((6, 7)), Holiday::MorroDeArica, Scope::of_code("15")),
        (Some((8, 20)), Holiday::BernardoOHiggins, Scope::of_code("16101")),
        (Some((8, 20)), Holiday::BernardoOHiggins, Scope::of_code("16103")),
        (Some((9, 21)).and_then(one_off(2024)), Holiday::FiestasPatriasSouth, Scope::of_code("12")),
        (Some((9, 21)).and_then(one_off(2024)), Holiday::FiestasPatriasSouth, Scope::of_code("102")),
    ]
    .into_iter()
    .filter_map(move |(day, holiday, scope)| {
        let (month, day) = day?;
        Some(DatedHoliday { date: NaiveDate::from_ymd_opt(year, month, day)?, holiday, scope })
    })
}

/// Ley 19.668: from Tuesday, Wednesday and Thursday back to Monday, from Friday on to Monday.
fn to_monday(date: NaiveDate) -> Option<NaiveDate> {
    match date.weekday() {
        Weekday::Tue => date.checked_sub_days(Days::new(1)),
        Weekday::Wed => date.checked_sub_days(Days::new(2)),
        Weekday::Thu => date.checked_sub_days(Days::new(3)),
        Weekday::Fri => date.checked_add_days(Days::new(3)),
        Weekday::Sat | Weekday::Sun | Weekday::Mon => Some(date),
    }
}

/// Ley 20.299: from Tuesday back to Friday, from Wednesday on to Friday.
fn to_friday(date: NaiveDate) -> Option<NaiveDate> {
    match date.weekday() {
        Weekday::Tue => date.checked_sub_days(Days::new(4)),
        Weekday::Wed => date.checked_add_days(Days::new(2)),
        _ => Some(date),
    }
}

/// Easter by the Gregorian computus (Meeus, *Astronomical Algorithms*, chapter 8), any year from 1583.
// The numbers are remainders and quotients of a year of chrono's calendar: none comes near a limit.
#[allow(clippy::arithmetic_side_effects)]
fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let golden = year % 19;
    let (century, rest) = (year / 100, year % 100);
    let skipped_leap_years = century / 4;
    let moon_correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - skipped_leap_years - moon_correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31).ok()? + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const VECTORS: &str = include_str!("../../tests/data/holidays.csv");

    /// The library counts a leap day in 2100, which has none, so its solstice of that year is a day early.
    const LIBRARY_SOLSTICE_2100: (&str, &str) = ("06-20", "06-21");

    #[test]
    fn national_holidays_are_those_of_an_independent_library() {
        let mut count = 0;
        for line in VECTORS.lines().skip(1) {
            let (year, expected) = line.split_once(',').unwrap();
            let (wrong, right) = if year == "2100" { LIBRARY_SOLSTICE_2100 } else { ("", "") };
            let mut dates: Vec<String> =
                national(year.parse().unwrap()).map(|(date, _)| date.format("%m-%d").to_string()).collect();
            dates.sort_unstable();
            dates.dedup();
            assert_eq!(dates.join(" "), expected.replace(wrong, right), "{year}");
            count += 1;
        }
        assert_eq!(count, 77);
    }

    #[test]
    fn as_many_as_the_two_libraries_agree_on() {
        // Holidays of the year, and those of Monday to Friday.
        let check = |year, all, on_weekdays| {
            let dates: Vec<NaiveDate> = national(year).map(|(date, _)| date).collect();
            let weekdays =
                dates.iter().filter(|date| !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)).count();
            assert_eq!((dates.len(), weekdays), (all, on_weekdays), "{year}");
        };
        check(2024, 17, 13);
        check(2025, 16, 12);
        check(2026, 16, 10);
        check(2027, 17, 10);
        check(2028, 16, 12);
        check(2029, 17, 15);
        check(2030, 17, 13);
    }
}
