//! The two widths of receipt paper and what follows from them, and how a paper leaves the printer.

use serde::{Deserialize, Serialize};

/// The paper of the printer, by its nominal width. Heads print 8 dots to the millimetre (203 dpi).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Paper {
    /// 58 mm paper, 48 mm of it printed: 384 dots.
    Mm58,
    /// 80 mm paper, 72 mm of it printed: 576 dots.
    Mm80,
}

impl Paper {
    /// Both widths.
    pub const ALL: &'static [Self] = &[Self::Mm58, Self::Mm80];

    /// The paper of a nominal width in millimetres: 58 or 80.
    pub const fn from_mm(mm: u32) -> Option<Self> {
        match mm {
            58 => Some(Self::Mm58),
            80 => Some(Self::Mm80),
            _ => None,
        }
    }

    /// Nominal width of the paper in millimetres.
    pub const fn mm(self) -> u32 {
        match self {
            Self::Mm58 => 58,
            Self::Mm80 => 80,
        }
    }

    /// Dots across the head.
    pub const fn dots(self) -> u32 {
        match self {
            Self::Mm58 => 384,
            Self::Mm80 => 576,
        }
    }

    /// Columns of plain text.
    pub const fn columns(self) -> usize {
        match self {
            Self::Mm58 => 32,
            Self::Mm80 => 48,
        }
    }

    /// Dots along one side of a QR module: the largest that leaves room for the quiet zone.
    pub const fn module_dots(self) -> u32 {
        match self {
            Self::Mm58 => 6,
            Self::Mm80 => 9,
        }
    }
}

/// How a finished paper leaves the printer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cutter {
    /// It has no knife: a hand tears the paper off at the bar.
    None,
    /// The knife leaves a bridge, so that the paper doesn't fall to the floor.
    #[default]
    Partial,
    /// The knife cuts through.
    Full,
}

impl Cutter {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::None, Self::Partial, Self::Full];

    /// Its stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Partial => "partial",
            Self::Full => "full",
        }
    }

    /// The one of a name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|cutter| cutter.as_str() == name)
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;
    use crate::qr::{MODULES, QUIET_MODULES};

    #[test]
    fn the_code_with_its_quiet_zone_fits_and_one_dot_more_would_not() {
        for paper in Paper::ALL {
            let side = MODULES + 2 * QUIET_MODULES;
            assert!(side * paper.module_dots() <= paper.dots());
            assert!(side * (paper.module_dots() + 1) > paper.dots());
            assert_eq!(Paper::from_mm(paper.mm()), Some(*paper));
        }
        assert_eq!(Paper::from_mm(57), None);
    }
}
