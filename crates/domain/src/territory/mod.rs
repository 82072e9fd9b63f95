//! Regions, provinces and comunas as the State writes them, with what hangs on a place: its search and its clock.
//!
//! A comuna is named by its code, five digits as text (`01101`): the leading zero is part of it.

mod search;
mod table;

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
pub use search::{QUERY_CHARS_MAX, search};
use table::{Comunas, REGIONS};

/// A region and its provinces.
#[derive(Debug)]
pub struct Region {
    code: &'static str,
    name: &'static str,
    iso_3166_2: &'static str,
    provinces: &'static [Province],
}

impl Region {
    /// The regions from north to south.
    pub fn all() -> &'static [Self] {
        &REGIONS
    }

    /// The region with this code of two digits.
    pub fn by_code(code: &str) -> Option<&'static Self> {
        REGIONS.iter().find(|region| region.code == code)
    }

    /// Two digits, `01` to `16`.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// The name without "Región de".
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The code of ISO 3166-2, `CL-NB` for Ñuble.
    pub const fn iso_3166_2(&self) -> &'static str {
        self.iso_3166_2
    }

    /// Its provinces in the order of their codes.
    pub const fn provinces(&self) -> &'static [Province] {
        self.provinces
    }

    /// Its comunas, province by province.
    pub fn comunas(&'static self) -> impl Iterator<Item = Comuna> {
        self.provinces.iter().flat_map(move |province| {
            province.comunas.iter().map(move |(code, name)| Comuna { code, name, province, region: self })
        })
    }
}

/// A province and its comunas.
#[derive(Debug)]
pub struct Province {
    code: &'static str,
    name: &'static str,
    comunas: Comunas,
}

impl Province {
    /// Three digits, of which the first two are the region's.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// Its name.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

/// One of the 346 comunas, with its province and region.
#[derive(Debug, Clone, Copy)]
pub struct Comuna {
    code: &'static str,
    name: &'static str,
    province: &'static Province,
    region: &'static Region,
}

impl Comuna {
    /// Every comuna, region by region from north to south.
    pub fn all() -> impl Iterator<Item = Self> {
        REGIONS.iter().flat_map(Region::comunas)
    }

    /// The comuna with this code of five digits.
    pub fn by_code(code: &str) -> Option<Self> {
        let region = Region::by_code(code.get(..2)?)?;
        region.comunas().find(|comuna| comuna.code == code)
    }

    /// Five digits: the province's three and two of its own.
    pub const fn code(self) -> &'static str {
        self.code
    }

    /// The name as the State's list has it.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// The province that it lies in.
    pub const fn province(self) -> &'static Province {
        self.province
    }

    /// The region that it lies in.
    pub const fn region(self) -> &'static Region {
        self.region
    }

    /// Its clock. Magallanes keeps summer time all year since 2016, Aysén since 2025; Rapa Nui is two hours behind.
    pub fn time_zone(self) -> Tz {
        match (self.region.code, self.code) {
            ("11", _) => Tz::America__Coyhaique,
            ("12", _) => Tz::America__Punta_Arenas,
            (_, "05201") => Tz::Pacific__Easter,
            _ => Tz::America__Santiago,
        }
    }

    /// The date that its people's calendars show at an instant.
    pub fn local_date(self, instant: DateTime<Utc>) -> NaiveDate {
        self.local_time(instant).date_naive()
    }

    /// The date and time of its clocks at an instant.
    pub fn local_time(self, instant: DateTime<Utc>) -> DateTime<Tz> {
        instant.with_timezone(&self.time_zone())
    }
}

impl PartialEq for Comuna {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Comuna {}

impl fmt::Display for Comuna {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn as_many_as_the_state_counts() {
        let comunas: Vec<Comuna> = Comuna::all().collect();
        assert_eq!(comunas.len(), 346);
        assert_eq!(comunas.iter().map(|comuna| comuna.code).collect::<BTreeSet<_>>().len(), 346);
        assert_eq!(comunas.iter().map(|comuna| comuna.name).collect::<BTreeSet<_>>().len(), 346);
        assert_eq!(REGIONS.iter().map(|region| region.provinces.len()).sum::<usize>(), 56);
        let per_region: Vec<(&str, usize)> =
            REGIONS.iter().map(|region| (region.code, region.comunas().count())).collect();
        let expected = [
            ("15", 4),
            ("01", 7),
            ("02", 9),
            ("03", 9),
            ("04", 15),
            ("05", 38),
            ("13", 52),
            ("06", 33),
            ("07", 30),
            ("16", 21),
            ("08", 33),
            ("09", 32),
            ("14", 12),
            ("10", 30),
            ("11", 10),
            ("12", 11),
        ];
        assert_eq!(per_region, expected);
    }

    #[test]
    fn codes_are_nested_and_lead_back() {
        for comuna in Comuna::all() {
            assert!(comuna.code.len() == 5 && comuna.code.starts_with(comuna.province.code), "{comuna:?}");
            assert!(comuna.province.code.len() == 3 && comuna.province.code.starts_with(comuna.region.code));
            assert_eq!(Comuna::by_code(comuna.code), Some(comuna));
        }
        for wrong in ["", "1", "1101", "99999", "011010", "ñuble", "01102", " 01101", "\u{661}\u{662}345"] {
            assert_eq!(Comuna::by_code(wrong), None, "{wrong:?}");
        }
    }

    /// The whole table, names and all, against the official list: FNV-1a (64 bits) over its lines
    /// `region,name,iso,province,name,comuna,name`, computed from that list by another program.
    #[test]
    fn every_name_is_the_official_one() {
        let line = |comuna: Comuna| {
            let (region, province) = (comuna.region, comuna.province);
            let of_region = [region.code, region.name, region.iso_3166_2];
            let cells = of_region.into_iter().chain([province.code, province.name, comuna.code, comuna.name]);
            cells.collect::<Vec<_>>().join(",") + "\n"
        };
        let lines: String = Comuna::all().map(line).collect();
        let fnv = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        assert_eq!(lines.bytes().fold(0xcbf2_9ce4_8422_2325, fnv), 0x07e9_aba0_d1b5_1a75);
    }

    #[test]
    fn four_clocks() {
        let check = |code: &str, instant: &str, expected: &str| {
            let comuna = Comuna::by_code(code).unwrap();
            assert_eq!(comuna.local_time(instant.parse().unwrap()).to_rfc3339(), expected, "{comuna}");
        };
        let (summer, winter) = ("2026-11-21T02:30:00Z", "2026-07-21T02:30:00Z");
        check("13101", summer, "2026-11-20T23:30:00-03:00");
        check("13101", winter, "2026-07-20T22:30:00-04:00");
        check("05104", winter, "2026-07-20T22:30:00-04:00");
        check("11303", summer, "2026-11-20T23:30:00-03:00");
        check("11303", winter, "2026-07-20T23:30:00-03:00");
        check("12202", winter, "2026-07-20T23:30:00-03:00");
        check("05201", summer, "2026-11-20T21:30:00-05:00");
        check("05201", winter, "2026-07-20T20:30:00-06:00");
        // Aysén left the others' clock in 2025.
        check("11101", "2024-07-21T02:30:00Z", "2024-07-20T22:30:00-04:00");
    }
}
