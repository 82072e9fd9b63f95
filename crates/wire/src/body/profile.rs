//! A profile as CBOR: coarse words as numbers, a random id, and nothing else that could tell one day's profiles apart.
//!
//! Its largest form fits what the seal pads everything to, so that every sealed profile has
//! [`SEALED_BYTES`](crate::profile::SEALED_BYTES) bytes: a length would sort a day's profiles by how much was said.

use domain::profile::{
    Affirmation, AgeBand, Consent, ConsentBy, Gender, IndigenousPeople, Items, Nationality, Organisation,
    OrganisationRole, Topic,
};
use domain::{Kind, Outcome, Profile};
use minicbor::{Decode, Encode};

use super::words::Coded;
use crate::Malformed;

/// A profile as sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileRecord {
    /// Drawn for this profile and used nowhere else: by it the office notices one that comes twice.
    pub id: [u8; 16],
    /// What was said.
    pub profile: Profile,
    /// The day on which the outing was opened, in its place: days since 1970.
    pub day: i32,
}

#[derive(Encode, Decode)]
struct ConsentBody {
    #[n(0)]
    by: u32,
    #[n(1)]
    text: String,
}

/// The words of a list that a later version has are read as absent: a count then has one answer less.
#[derive(Encode, Decode)]
#[cbor(map)]
struct ProfileBody {
    #[cbor(n(0), with = "minicbor::bytes")]
    id: [u8; 16],
    #[n(5)]
    gender: Option<u32>,
    #[n(6)]
    age: Option<u32>,
    #[n(7)]
    nationality: Option<u32>,
    #[n(8)]
    indigenous_people: Option<u32>,
    #[n(9)]
    disability: Option<u32>,
    #[n(10)]
    organisation: Option<u32>,
    #[n(11)]
    organisation_role: Option<u32>,
    #[n(12)]
    consent: Option<ConsentBody>,
    #[n(13)]
    kind: Option<u32>,
    #[n(14)]
    topic: Option<u32>,
    #[n(15)]
    outcome: u32,
    #[n(16)]
    day: i32,
}

fn code<T: Coded>(value: Option<T>) -> Option<u32> {
    value.and_then(T::code)
}

fn value<T: Coded>(code: Option<u32>) -> Option<T> {
    code.and_then(T::from_code)
}

impl ProfileRecord {
    pub(super) fn encode(&self) -> Vec<u8> {
        let Profile { items, consent, kind, topic, outcome } = &self.profile;
        crate::encode(&ProfileBody {
            id: self.id,
            gender: code(items.gender),
            age: code(items.age),
            nationality: code(items.nationality),
            indigenous_people: code(items.indigenous_people),
            disability: code(items.disability),
            organisation: code(items.organisation),
            organisation_role: code(items.organisation_role),
            consent: consent.as_ref().map(|consent| ConsentBody {
                by: consent.by.code().unwrap_or_default(),
                text: consent.text.clone(),
            }),
            kind: code(*kind),
            topic: code(*topic),
            outcome: outcome.code().unwrap_or_default(),
            day: self.day,
        })
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let body: ProfileBody = crate::decode("profile", bytes)?;
        let unknown = |why: &str| Malformed { what: "profile", why: why.to_owned() };
        let outcome = Outcome::from_code(body.outcome).ok_or_else(|| unknown("an unknown outcome"))?;
        let consent = match body.consent {
            None => None,
            Some(ConsentBody { by, text }) => {
                let by = ConsentBy::from_code(by).ok_or_else(|| unknown("an unknown consent"))?;
                Some(Consent { by, text })
            }
        };
        let items = Items {
            gender: value::<Gender>(body.gender),
            age: value::<AgeBand>(body.age),
            nationality: value::<Nationality>(body.nationality),
            indigenous_people: value::<IndigenousPeople>(body.indigenous_people),
            disability: value::<Affirmation>(body.disability),
            organisation: value::<Organisation>(body.organisation),
            organisation_role: value::<OrganisationRole>(body.organisation_role),
        };
        let (kind, topic) = (value::<Kind>(body.kind), value::<Topic>(body.topic));
        let profile = Profile { items, consent, kind, topic, outcome };
        Ok(Self { id: body.id, profile, day: body.day })
    }
}
