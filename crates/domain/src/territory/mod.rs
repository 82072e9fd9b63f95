//! Regions, provinces and comunas as the State writes them, with what hangs on a place: its search and its clock.
//!
//! A comuna is named by its code, five digits as text (`01101`): the leading zero is part of it.

mod table;

use std::fmt;

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
