//! Which days count: the calendar of Chile by rule, corrected by exceptions.
//!
//! "Inhábiles" are Saturdays, Sundays and holidays (Ley 19.880, art. 25). Some holidays hold only in a region,
//! a province or a comuna, so every question may name a place; without one, only the country's holidays count.

mod exceptions;
mod rules;
mod solstice;

use std::fmt;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Serialize, Serializer};

pub use exceptions::{CalendarException, CalendarExceptions, Change, ExceptionError, Scope};
pub use rules::{DatedHoliday, RULES_CHECKED};

use crate::territory::Comuna;
use crate::words::words;

words! {
    /// A holiday that a law made, by what it is about.
    Holiday {
        /// Año Nuevo (Ley 2.977).
        NewYear = "new_year",
        /// Monday 2 January (Ley 20.983).
        NewYearMonday = "new_year_monday",
        /// Viernes Santo (Ley 2.977).
        GoodFriday = "good_friday",
        /// Sábado Santo (Ley 2.977).
        HolySaturday = "holy_saturday",
        /// Día del Trabajo (Código del Trabajo, art. 35).
        LabourDay = "labour_day",
        /// Día de las Glorias Navales (Ley 2.977).
        NavalGlories = "naval_glories",
        /// Día Nacional de los Pueblos Indígenas, on the winter solstice (Ley 21.357).
        IndigenousPeoples = "indigenous_peoples",
        /// San Pedro y San Pablo, moved (Ley 19.668).
        PeterAndPaul = "peter_and_paul",
        /// Virgen del Carmen (Ley 20.148).
        Carmen = "carmen",
        /// Asunción de la Virgen (Ley 2.977).
        Assumption = "assumption",
        /// Monday 17, Friday 17 or Friday 20 September (Leyes 20.215 and 20.983).
        FiestasPatrias = "fiestas_patrias",
        /// Independencia Nacional (Ley 2.977).
        Independence = "independence",
        /// Día de las Glorias del Ejército (Ley 2.977).
        ArmyGlories = "army_glories",
        /// Encuentro de Dos Mundos, moved (Leyes 3.810 and 19.668).
        TwoWorlds = "two_worlds",
        /// Día Nacional de las Iglesias Evangélicas y Protestantes, moved (Ley 20.299).
        EvangelicalChurches = "evangelical_churches",
        /// Día de Todos los Santos (Ley 2.977).
        AllSaints = "all_saints",
        /// Inmaculada Concepción (Ley 2.977).
        ImmaculateConception = "immaculate_conception",
        /// Navidad (Ley 2.977).
        Christmas = "christmas",
        /// Asalto y Toma del Morro de Arica, region of Arica y Parinacota (Ley 20.663).
        MorroDeArica = "morro_de_arica",
        /// Nacimiento del Prócer de la Independencia, comunas of Chillán and Chillán Viejo (Ley 20.678).
        BernardoOHiggins = "bernardo_ohiggins",
        /// 21 September 2024, region of Magallanes and province of Chiloé (Ley 21.704).
        FiestasPatriasSouth = "fiestas_patrias_south",
    }
}

impl Holiday {
    /// The name by which the State calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NewYear => "Año Nuevo",
            Self::NewYearMonday | Self::FiestasPatriasSouth => "Feriado legal",
            Self::GoodFriday => "Viernes Santo",
            Self::HolySaturday => "Sábado Santo",
            Self::LabourDay => "Día Nacional del Trabajo",
            Self::NavalGlories => "Día de las Glorias Navales",
            Self::IndigenousPeoples => "Día Nacional de los Pueblos Indígenas",
            Self::PeterAndPaul => "San Pedro y San Pablo",
            Self::Carmen => "Virgen del Carmen",
            Self::Assumption => "Asunción de la Virgen",
            Self::FiestasPatrias => "Fiestas Patrias",
            Self::Independence => "Independencia Nacional",
            Self::ArmyGlories => "Día de las Glorias del Ejército",
            Self::TwoWorlds => "Encuentro de Dos Mundos",
            Self::EvangelicalChurches => "Día Nacional de las Iglesias Evangélicas y Protestantes",
            Self::AllSaints => "Día de Todos los Santos",
            Self::ImmaculateConception => "Inmaculada Concepción",
            Self::Christmas => "Navidad",
            Self::MorroDeArica => "Asalto y Toma del Morro de Arica",
            Self::BernardoOHiggins => "Nacimiento del Prócer de la Independencia",
        }
    }
}

/// Why a day doesn't count. Written as a stable word, or as the reason of an exception.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// A holiday, whatever its weekday.
    Holiday(Holiday),
    /// A day that an exception took out, with its reason.
    Exception(String),
    /// A Saturday.
    Saturday,
    /// A Sunday.
    Sunday,
    /// The day on which what came on a non-working day is deemed presented; counting begins the day after.
    PresentationDay,
}

impl Why {
    /// The stable word: `saturday`, `sunday`, `presentation_day`, that of the holiday, or the exception's reason.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Holiday(holiday) => holiday.as_str(),
            Self::Exception(reason) => reason,
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
            Self::PresentationDay => "presentation_day",
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Why {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// The calendar: the rules of law, and the exceptions that an office was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    exceptions: CalendarExceptions,
}

impl Calendar {
    /// The calendar by law alone.
    pub fn by_law() -> Self {
        Self::default()
    }

    /// The calendar by law, corrected.
    pub const fn with_exceptions(exceptions: CalendarExceptions) -> Self {
        Self { exceptions }
    }

    /// The holidays of a year by law, of every scope, in the order of the dates; exceptions are not among them.
    pub fn holidays_of(year: i32) -> Vec<DatedHoliday> {
        let mut found: Vec<DatedHoliday> = rules::holidays_of(year).collect();
        found.sort_by_key(|holiday| holiday.date);
        found
    }

    /// Why a day doesn't count in a place (none: by the national calendar), or `None` when it does.
    pub fn why_not_working(&self, date: NaiveDate, place: Option<Comuna>) -> Option<Why> {
        match self.exceptions.on(date, place) {
            Some(exception) if exception.change == Change::Added => {
                Some(Why::Exception(exception.reason.clone()))
            }
            Some(_) => None,
            None => by_rule(date, place),
        }
    }

    /// Whether a day counts in a place.
    pub fn is_working(&self, date: NaiveDate, place: Option<Comuna>) -> bool {
        self.why_not_working(date, place).is_none()
    }
}

fn by_rule(date: NaiveDate, place: Option<Comuna>) -> Option<Why> {
    let holiday =
        rules::holidays_of(date.year()).find(|holiday| holiday.date == date && holiday.scope.holds_in(place));
    match (holiday, date.weekday()) {
        (Some(found), _) => Some(Why::Holiday(found.holiday)),
        (None, Weekday::Sat) => Some(Why::Saturday),
        (None, Weekday::Sun) => Some(Why::Sunday),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn comuna(code: &str) -> Option<Comuna> {
        (!code.is_empty()).then(|| Comuna::by_code(code).unwrap())
    }

    #[test]
    fn each_law_on_its_day_and_in_its_place() {
        let check = |day: &str, place: &str, expected: Option<&str>| {
            let why = Calendar::by_law().why_not_working(date(day), comuna(place));
            assert_eq!(why.as_ref().map(Why::as_str), expected, "{day} in {place:?}");
        };
        check("2026-11-20", "", None);
        check("2026-11-21", "", Some("saturday"));
        check("2026-11-22", "", Some("sunday"));
        // Ley 21.357: in UTC the solstices of 2025 and 2029 fall on 21 June.
        check("2025-06-20", "", Some("indigenous_peoples"));
        check("2029-06-20", "", Some("indigenous_peoples"));
        check("2026-06-21", "", Some("indigenous_peoples"));
        // Ley 19.668: Tuesday 29 June 2027 and 12 October 2027 go to Monday; Friday 12 October 2029 to Monday.
        check("2027-06-28", "", Some("peter_and_paul"));
        check("2027-06-29", "", None);
        check("2027-10-11", "", Some("two_worlds"));
        check("2029-10-15", "", Some("two_worlds"));
        check("2029-10-12", "", None);
        // Ley 20.299: Tuesday 31 October 2028 to Friday 27, Wednesday 31 October 2029 to Friday 2 November.
        check("2028-10-27", "", Some("evangelical_churches"));
        check("2028-10-31", "", None);
        check("2029-11-02", "", Some("evangelical_churches"));
        check("2029-10-31", "", None);
        // Leyes 20.215 and 20.983.
        check("2024-09-20", "", Some("fiestas_patrias"));
        check("2027-09-17", "", Some("fiestas_patrias"));
        check("2029-09-17", "", Some("fiestas_patrias"));
        check("2026-09-17", "", None);
        check("2034-01-02", "", Some("new_year_monday"));
        // Ley 20.663: the region of Arica y Parinacota, both provinces, and nobody else.
        check("2027-06-07", "15101", Some("morro_de_arica"));
        check("2027-06-07", "15202", Some("morro_de_arica"));
        check("2027-06-07", "01101", None);
        check("2027-06-07", "", None);
        // Ley 20.678: two comunas, not their region.
        check("2026-08-20", "16101", Some("bernardo_ohiggins"));
        check("2026-08-20", "16103", Some("bernardo_ohiggins"));
        check("2026-08-20", "16102", None);
        check("2026-08-20", "", None);
        // Ley 21.704: a Saturday all the same elsewhere and in any other year.
        check("2024-09-21", "12101", Some("fiestas_patrias_south"));
        check("2024-09-21", "10203", Some("fiestas_patrias_south"));
        check("2024-09-21", "10101", Some("saturday"));
        check("2030-09-21", "12101", Some("saturday"));
        // Only banks close.
        check("2026-12-31", "", None);
    }

    #[test]
    fn exceptions_add_and_remove_where_they_hold_and_the_last_one_counts() {
        let json = r#"[
            {"date":"2027-04-21","scope":"CL","change":"added","reason":"Censo 2027"},
            {"date":"2027-05-03","scope":"102","change":"added","reason":"Ley de Chiloé"},
            {"date":"2027-05-21","scope":"11","change":"removed","reason":"Decreto"},
            {"date":"2027-05-22","scope":"11","change":"removed","reason":"Sábado hábil"},
            {"date":"2027-05-04","scope":"CL","change":"added","reason":"Error"},
            {"date":"2027-05-04","scope":"CL","change":"removed","reason":"Corrige el error"}
        ]"#;
        let exceptions: CalendarExceptions = serde_json::from_str(json).unwrap();
        let again: CalendarExceptions =
            serde_json::from_str(&serde_json::to_string(&exceptions).unwrap()).unwrap();
        assert_eq!(again, exceptions);
        let calendar = Calendar::with_exceptions(exceptions);
        let check = |day: &str, place: &str, expected: Option<&str>| {
            let why = calendar.why_not_working(date(day), comuna(place));
            assert_eq!(why.as_ref().map(Why::as_str), expected, "{day} in {place:?}");
        };
        check("2027-04-21", "", Some("Censo 2027"));
        check("2027-04-21", "05201", Some("Censo 2027"));
        check("2027-05-03", "10201", Some("Ley de Chiloé"));
        check("2027-05-03", "10101", None);
        check("2027-05-03", "", None);
        check("2027-05-21", "11101", None);
        check("2027-05-21", "", Some("naval_glories"));
        check("2027-05-22", "11303", None);
        check("2027-05-22", "12101", Some("saturday"));
        check("2027-05-04", "13101", None);
    }

    #[test]
    fn exceptions_that_mean_nothing_are_refused() {
        let check = |json: &str| assert!(serde_json::from_str::<CalendarExceptions>(json).is_err(), "{json}");
        check(r#"[{"date":"2027-04-21","scope":"17","change":"added","reason":"x"}]"#);
        check(r#"[{"date":"2027-04-21","scope":"","change":"added","reason":"x"}]"#);
        check(r#"[{"date":"2027-04-31","scope":"CL","change":"added","reason":"x"}]"#);
        check(r#"[{"date":"2027-04-21","scope":"CL","change":"moved","reason":"x"}]"#);
        check(r#"[{"date":"2027-04-21","scope":"CL","change":"added","reason":" "}]"#);
        let day = |reason: String| CalendarException {
            date: date("2027-04-21"),
            scope: Scope::NATIONAL,
            change: Change::Added,
            reason,
        };
        assert!(CalendarExceptions::new(vec![day("á".repeat(REASON_MAX))]).is_ok());
        assert!(CalendarExceptions::new(vec![day("á".repeat(REASON_MAX + 1))]).is_err());
        assert!(CalendarExceptions::new(vec![day("x".to_owned()); 2000]).is_ok());
        assert!(CalendarExceptions::new(vec![day("x".to_owned()); 2001]).is_err());
    }

    const REASON_MAX: usize = 200;

    #[test]
    fn every_scope_that_the_rules_name_exists() {
        for holiday in Calendar::holidays_of(2024) {
            assert_eq!(Scope::parse(&holiday.scope.to_string()), Some(holiday.scope), "{holiday:?}");
        }
    }
}
