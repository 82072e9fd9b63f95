//! What was recorded in an outing, in numbers: the same ones in the closing's entry, in the stand's act and in the
//! office's certificate, so that they can be laid side by side.

use domain::{Kind, Outcome};

use crate::body::Coded;

/// How many outcomes of an encounter there are.
pub const OUTCOMES: usize = Outcome::ALL.len();
/// How many kinds of request there are.
pub const KINDS: usize = Kind::ALL.len();

/// What was recorded between an outing's opening and its closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutingCounts {
    /// Encounters by outcome, in the order of the outcomes' numbers (section 8 of the protocol).
    pub by_outcome: [u64; OUTCOMES],
    /// Requests by kind, in the order of the kinds' numbers.
    pub by_kind: [u64; KINDS],
    /// Additions to requests.
    pub additions: u64,
    /// Withdrawals of requests.
    pub withdrawals: u64,
    /// Voids, of whatever entry.
    pub voids: u64,
    /// Profiles, which stand before the closing.
    pub profiles: u64,
}

/// One of the numbers, by the code under which a difference names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted {
    /// All requests.
    Requests,
    /// All encounters.
    Encounters,
    /// Profiles.
    Profiles,
    /// Additions.
    Additions,
    /// Withdrawals.
    Withdrawals,
    /// Voids.
    Voids,
    /// Encounters of an outcome.
    Outcome(Outcome),
    /// Requests of a kind.
    Kind(Kind),
    /// One that a later version counts.
    Other(u32),
}

/// Codes of outcomes begin above this.
const OUTCOME_BASE: u32 = 10;
/// Codes of kinds begin above this.
const KIND_BASE: u32 = 20;

impl Counted {
    /// The code on the wire.
    pub fn code(self) -> u32 {
        let above = |base: u32, code: Option<u32>| base.saturating_add(code.unwrap_or_default());
        match self {
            Self::Requests => 1,
            Self::Encounters => 2,
            Self::Profiles => 3,
            Self::Additions => 4,
            Self::Withdrawals => 5,
            Self::Voids => 6,
            Self::Outcome(outcome) => above(OUTCOME_BASE, Coded::code(outcome)),
            Self::Kind(kind) => above(KIND_BASE, Coded::code(kind)),
            Self::Other(code) => code,
        }
    }

    /// The number of that code.
    pub fn from_code(code: u32) -> Self {
        let outcome = code.checked_sub(OUTCOME_BASE).and_then(Outcome::from_code).map(Self::Outcome);
        let kind = code.checked_sub(KIND_BASE).and_then(Kind::from_code).map(Self::Kind);
        let plain = [
            Self::Requests,
            Self::Encounters,
            Self::Profiles,
            Self::Additions,
            Self::Withdrawals,
            Self::Voids,
        ];
        let plain = plain.into_iter().find(|counted| counted.code() == code);
        plain.or(outcome).or(kind).unwrap_or(Self::Other(code))
    }

    /// A stable word for scripts.
    pub fn name(self) -> String {
        match self {
            Self::Requests => "requests".to_owned(),
            Self::Encounters => "encounters".to_owned(),
            Self::Profiles => "profiles".to_owned(),
            Self::Additions => "additions".to_owned(),
            Self::Withdrawals => "withdrawals".to_owned(),
            Self::Voids => "voids".to_owned(),
            Self::Outcome(outcome) => format!("encounters_{outcome}"),
            Self::Kind(kind) => format!("requests_{kind}"),
            Self::Other(code) => code.to_string(),
        }
    }
}

impl OutingCounts {
    /// All encounters.
    pub fn encounters(&self) -> u64 {
        sum(&self.by_outcome)
    }

    /// All requests.
    pub fn requests(&self) -> u64 {
        sum(&self.by_kind)
    }

    /// Encounters of an outcome.
    pub fn of_outcome(&self, outcome: Outcome) -> u64 {
        place(Coded::code(outcome)).and_then(|place| self.by_outcome.get(place)).copied().unwrap_or_default()
    }

    /// Requests of a kind.
    pub fn of_kind(&self, kind: Kind) -> u64 {
        place(Coded::code(kind)).and_then(|place| self.by_kind.get(place)).copied().unwrap_or_default()
    }

    /// Counts so many more encounters of an outcome.
    pub fn add_outcome(&mut self, outcome: Outcome, count: u64) {
        if let Some(slot) = place(Coded::code(outcome)).and_then(|place| self.by_outcome.get_mut(place)) {
            *slot = slot.saturating_add(count);
        }
    }

    /// Counts so many more requests of a kind.
    pub fn add_kind(&mut self, kind: Kind, count: u64) {
        if let Some(slot) = place(Coded::code(kind)).and_then(|place| self.by_kind.get_mut(place)) {
            *slot = slot.saturating_add(count);
        }
    }

    /// Every number with what it counts.
    pub fn each(&self) -> Vec<(Counted, u64)> {
        let totals = [
            (Counted::Requests, self.requests()),
            (Counted::Encounters, self.encounters()),
            (Counted::Profiles, self.profiles),
            (Counted::Additions, self.additions),
            (Counted::Withdrawals, self.withdrawals),
            (Counted::Voids, self.voids),
        ];
        let outcomes = Outcome::ALL.iter().map(|of| (Counted::Outcome(*of), self.of_outcome(*of)));
        let kinds = Kind::ALL.iter().map(|of| (Counted::Kind(*of), self.of_kind(*of)));
        totals.into_iter().chain(outcomes).chain(kinds).collect()
    }

    /// Both together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let mut both = *self;
        for (slot, more) in both.by_outcome.iter_mut().zip(other.by_outcome) {
            *slot = slot.saturating_add(more);
        }
        for (slot, more) in both.by_kind.iter_mut().zip(other.by_kind) {
            *slot = slot.saturating_add(more);
        }
        both.additions = both.additions.saturating_add(other.additions);
        both.withdrawals = both.withdrawals.saturating_add(other.withdrawals);
        both.voids = both.voids.saturating_add(other.voids);
        both.profiles = both.profiles.saturating_add(other.profiles);
        both
    }

    #[cfg(test)]
    pub(crate) fn sample() -> Self {
        let (by_outcome, by_kind) = ([40, 5, 4, 1], [3, 0, 0, 2, 4, 1]);
        Self { by_outcome, by_kind, additions: 2, withdrawals: 1, voids: 3, profiles: 37 }
    }
}

fn place(code: Option<u32>) -> Option<usize> {
    usize::try_from(code?.checked_sub(1)?).ok()
}

fn sum(counts: &[u64]) -> u64 {
    counts.iter().fold(0, |sum, count| sum.saturating_add(*count))
}

/// Numbers by their places: absent ones are none, and those of a later version are left out.
pub(crate) fn from_places<const N: usize>(read: &[u64]) -> [u64; N] {
    let mut counts = [0; N];
    for (slot, count) in counts.iter_mut().zip(read) {
        *slot = *count;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_a_code_and_a_name_of_its_own() {
        let each = OutingCounts::sample().each();
        assert_eq!(each.len(), 6 + OUTCOMES + KINDS);
        let mut codes: Vec<u32> = each.iter().map(|(counted, _)| counted.code()).collect();
        let names: std::collections::BTreeSet<String> =
            each.iter().map(|(counted, _)| counted.name()).collect();
        codes.sort_unstable();
        assert_eq!(codes, [1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 21, 22, 23, 24, 25, 26]);
        assert_eq!(names.len(), each.len());
        for (counted, _) in each {
            assert_eq!(Counted::from_code(counted.code()), counted);
        }
        assert_eq!(Counted::from_code(99), Counted::Other(99));
        assert_eq!(Counted::from_code(10), Counted::Other(10));
    }

    #[test]
    fn numbers_stand_where_their_codes_say() {
        let mut counts = OutingCounts::default();
        counts.add_outcome(Outcome::Referred, 5);
        counts.add_kind(Kind::Sugerencia, 2);
        assert_eq!((counts.by_outcome, counts.by_kind), ([0, 5, 0, 0], [0, 0, 0, 0, 0, 2]));
        let both = counts.plus(&OutingCounts::sample());
        assert_eq!((both.of_outcome(Outcome::Referred), both.of_kind(Kind::Sugerencia)), (10, 3));
        assert_eq!((both.encounters(), both.requests(), both.profiles), (55, 12, 37));
    }
}
