//! Whose consent an item of a profile needs: one table, after Ley 19.628 as Ley 21.719 leaves it.
//!
//! - Sensitive are gender identity, ethnic origin, health (so disability) and to belong to a union, a trade association,
//!   a party or a church (art. 2 g). They are kept only with express consent (art. 16), which names the text that was
//!   read. The answers "no" and "none" are sensitive as the others are: or else that consent was asked would tell.
//! - Of a child under 14 nothing is kept without the guardian; of one of 14 or 15 nothing sensitive (art. 16 quáter).
//! - Who does not say their age consents for themselves: the text that is read to them says "tengo 16 años o más".
//! - "I'd rather not answer" is no datum and needs nobody.

use super::words::{
    Affirmation, AgeBand, Gender, IndigenousPeople, Nationality, Organisation, OrganisationRole,
};
use super::{Items, words};
use crate::error::ErrorCode;
use crate::words::words as list;

list! {
    /// Who consented.
    ConsentBy {
        /// The person.
        Person = "persona",
        /// Their father, mother or guardian.
        Guardian = "tutor",
    }
}

/// An express consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Who gave it.
    pub by: ConsentBy,
    /// The version of the text that was read to them.
    pub text: String,
}

/// What sort of datum an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Not an answer.
    Nothing,
    /// Personal, and not sensitive.
    Ordinary,
    /// Sensitive (art. 2 g).
    Sensitive,
}

/// Which rule of age holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Age {
    Under14,
    From14To15,
    From16,
    Unsaid,
}

impl From<Option<AgeBand>> for Age {
    fn from(band: Option<AgeBand>) -> Self {
        match band {
            None | Some(AgeBand::Unsaid) => Self::Unsaid,
            Some(AgeBand::Under14) => Self::Under14,
            Some(AgeBand::From14) => Self::From14To15,
            Some(_) => Self::From16,
        }
    }
}

/// The table: whether an item may be kept with this consent and, where not, what is missing. `Ok(true)` where the
/// consent is why it may.
fn may_keep(sort: Sort, age: Age, by: Option<ConsentBy>) -> Result<bool, ErrorCode> {
    match (sort, age, by) {
        (Sort::Nothing, _, _) | (Sort::Ordinary, Age::From14To15 | Age::From16 | Age::Unsaid, _) => Ok(false),
        (_, Age::Under14, Some(ConsentBy::Guardian))
        | (Sort::Sensitive, Age::From14To15, Some(ConsentBy::Guardian))
        | (Sort::Sensitive, Age::From16 | Age::Unsaid, Some(ConsentBy::Person)) => Ok(true),
        (_, Age::Under14, _) | (Sort::Sensitive, Age::From14To15, _) => Err(ErrorCode::GuardianNeeded),
        (Sort::Sensitive, Age::From16 | Age::Unsaid, _) => Err(ErrorCode::ConsentNeeded),
    }
}

/// Judges every item; `refuse` is told those that may not be kept. Says whether the consent was needed for any.
pub(super) fn judge(
    items: Items,
    by: Option<ConsentBy>,
    mut refuse: impl FnMut(&'static str, ErrorCode),
) -> bool {
    let age = Age::from(items.age);
    let mut needed = false;
    for (field, sort) in sorts(items) {
        match may_keep(sort, age, by) {
            Ok(by_consent) => needed |= by_consent,
            Err(code) => refuse(field, code),
        }
    }
    needed
}

/// The sort of each item that was said, in the order of the fields.
fn sorts(items: Items) -> [(&'static str, Sort); 7] {
    let sort = |unsaid: bool, otherwise: Sort| if unsaid { Sort::Nothing } else { otherwise };
    [
        ("gender", items.gender.map_or(Sort::Nothing, |g| sort(g == Gender::Unsaid, Sort::Sensitive))),
        ("age", items.age.map_or(Sort::Nothing, |a| sort(a == AgeBand::Unsaid, Sort::Ordinary))),
        (
            "nationality",
            items.nationality.map_or(Sort::Nothing, |n| sort(n == Nationality::Unsaid, Sort::Ordinary)),
        ),
        (
            "indigenous_people",
            items
                .indigenous_people
                .map_or(Sort::Nothing, |p| sort(p == IndigenousPeople::Unsaid, Sort::Sensitive)),
        ),
        (
            "disability",
            items.disability.map_or(Sort::Nothing, |d| sort(d == Affirmation::Unsaid, Sort::Sensitive)),
        ),
        ("organisation", items.organisation.map_or(Sort::Nothing, Organisation::sort)),
        (
            "organisation_role",
            items
                .organisation_role
                .map_or(Sort::Nothing, |r| sort(r == OrganisationRole::Unsaid, Sort::Ordinary)),
        ),
    ]
}

impl words::Organisation {
    /// To belong to some is sensitive: a union or trade association, a party, a church, an indigenous community, one of
    /// people with a disability.
    pub const fn sort(self) -> Sort {
        match self {
            Self::Unsaid => Sort::Nothing,
            Self::Union
            | Self::TradeAssociation
            | Self::Party
            | Self::Religious
            | Self::IndigenousCommunity
            | Self::Disability => Sort::Sensitive,
            Self::Neighbours
            | Self::Functional
            | Self::Foundation
            | Self::Cooperative
            | Self::Media
            | Self::PublicBody
            | Self::Other
            | Self::None => Sort::Ordinary,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every row of the table.
    #[test]
    fn whose_consent_each_item_needs() {
        use Age::{From14To15, From16, Under14, Unsaid};
        use ErrorCode::{ConsentNeeded, GuardianNeeded};
        use Sort::{Nothing, Ordinary, Sensitive};
        let (none, own, tutor) = (None, Some(ConsentBy::Person), Some(ConsentBy::Guardian));
        let rows = [
            (Nothing, Under14, [Ok(false), Ok(false), Ok(false)]),
            (Nothing, From14To15, [Ok(false), Ok(false), Ok(false)]),
            (Nothing, From16, [Ok(false), Ok(false), Ok(false)]),
            (Nothing, Unsaid, [Ok(false), Ok(false), Ok(false)]),
            (Ordinary, Under14, [Err(GuardianNeeded), Err(GuardianNeeded), Ok(true)]),
            (Ordinary, From14To15, [Ok(false), Ok(false), Ok(false)]),
            (Ordinary, From16, [Ok(false), Ok(false), Ok(false)]),
            (Ordinary, Unsaid, [Ok(false), Ok(false), Ok(false)]),
            (Sensitive, Under14, [Err(GuardianNeeded), Err(GuardianNeeded), Ok(true)]),
            (Sensitive, From14To15, [Err(GuardianNeeded), Err(GuardianNeeded), Ok(true)]),
            (Sensitive, From16, [Err(ConsentNeeded), Ok(true), Err(ConsentNeeded)]),
            (Sensitive, Unsaid, [Err(ConsentNeeded), Ok(true), Err(ConsentNeeded)]),
        ];
        for (sort, age, expected) in rows {
            let found = [none, own, tutor].map(|by| may_keep(sort, age, by));
            assert_eq!(found, expected, "{sort:?}, {age:?}: nobody, the person, the guardian");
        }
    }

    #[test]
    fn every_age_falls_under_one_rule() {
        for band in AgeBand::ALL {
            let expected = match band.as_str() {
                "0-13" => Age::Under14,
                "14-15" => Age::From14To15,
                "prefiero_no_responder" => Age::Unsaid,
                _ => Age::From16,
            };
            assert_eq!(Age::from(Some(*band)), expected, "{band}");
        }
        assert_eq!(Age::from(None), Age::Unsaid);
    }

    #[test]
    fn refusals_name_their_fields() {
        let items = Items {
            gender: Some(Gender::Woman),
            age: Some(AgeBand::From14),
            disability: Some(Affirmation::No),
            organisation: Some(Organisation::Union),
            organisation_role: Some(OrganisationRole::Member),
            ..Items::default()
        };
        let mut refused = Vec::new();
        judge(items, Some(ConsentBy::Person), |field, code| refused.push((field, code)));
        let guardian = |field| (field, ErrorCode::GuardianNeeded);
        assert_eq!(refused, [guardian("gender"), guardian("disability"), guardian("organisation")]);
    }
}
