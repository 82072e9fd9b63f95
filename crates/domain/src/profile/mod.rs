//! Who was attended, for the statistics: a profile without a name, of which every item is optional.
//!
//! A profile is never linkable, by what is stored, to the encounter or the request that it was given at. So it has no id
//! of a record, no folio, no place in words and no time finer than the outing's day; what it was about is said in the
//! coarse words of short lists, and nothing in it is free text: a sentence would name somebody.
//!
//! Which items need whose consent is decided in one table ([`consent`]).

pub mod consent;
mod words;

use serde::{Deserialize, Serialize};

use crate::check::Findings;
use crate::encounter::Outcome;
use crate::error::{ErrorCode, FieldError};
use crate::kind::Kind;
use crate::{input, limits};

pub use consent::{Consent, ConsentBy, Sort};
pub use words::{
    Affirmation, AgeBand, Gender, IndigenousPeople, Nationality, Organisation, OrganisationRole, Topic,
};

/// The version of the texts that ask for consent (`profile-consent-…` in crate `texts`). Another wording is another version.
pub const CONSENT_TEXT_VERSION: &str = "consentimiento-2026-11";

/// The consent that was given, as filed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(title = "Consent", extend("required" = ["by", "text"])))]
pub struct ConsentDraft {
    /// Who gave it: one of the words of [`ConsentBy`]. Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "ConsentBy"))]
    pub by: Option<String>,
    /// The version of the text that was read to the person, as `consentimiento-2026-11`. Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "String", regex(pattern = "^[A-Za-z0-9._-]+$"), length(min = 1, max = limits::CONSENT_TEXT_CHARS_MAX)))]
    pub text: Option<String>,
}

/// A profile as filed. Every item is optional, and each has a way to say "I'd rather not answer".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(title = "Profile"))]
pub struct ProfileDraft {
    /// One of the words of [`Gender`]. Sensitive.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Gender>"))]
    pub gender: Option<String>,
    /// One of the words of [`AgeBand`].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<AgeBand>"))]
    pub age: Option<String>,
    /// One of the words of [`Nationality`].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Nationality>"))]
    pub nationality: Option<String>,
    /// One of the words of [`IndigenousPeople`]. Sensitive.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<IndigenousPeople>"))]
    pub indigenous_people: Option<String>,
    /// Whether the person has a permanent disability: one of the words of [`Affirmation`]. Sensitive.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Affirmation>"))]
    pub disability: Option<String>,
    /// The sort of organisation that the person came for: one of the words of [`Organisation`]. Sensitive where to
    /// belong to it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Organisation>"))]
    pub organisation: Option<String>,
    /// What the person is in it: one of the words of [`OrganisationRole`].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<OrganisationRole>"))]
    pub organisation_role: Option<String>,
    /// The express consent, where an item needs one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "input::object")]
    pub consent: Option<ConsentDraft>,
    /// The kind of the request that was filed; only, and always, where the outcome is that one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Kind>"))]
    pub kind: Option<String>,
    /// What it was about, coarsely: one of the words of [`Topic`].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Topic>"))]
    pub topic: Option<String>,
}

/// A profile that keeps every rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Items {
    /// Gender.
    pub gender: Option<Gender>,
    /// Age.
    pub age: Option<AgeBand>,
    /// Nationality.
    pub nationality: Option<Nationality>,
    /// Indigenous people.
    pub indigenous_people: Option<IndigenousPeople>,
    /// Permanent disability.
    pub disability: Option<Affirmation>,
    /// The sort of organisation that the person came for.
    pub organisation: Option<Organisation>,
    /// What the person is in it.
    pub organisation_role: Option<OrganisationRole>,
}

/// A profile that keeps every rule, with what goes along: coarse words, and nothing that names a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// What the person said of themselves.
    pub items: Items,
    /// The consent that an item needed; none where none did, whatever was filed.
    pub consent: Option<Consent>,
    /// The kind of request; none is plain orientation.
    pub kind: Option<Kind>,
    /// What it was about.
    pub topic: Option<Topic>,
    /// What came of it.
    pub outcome: Outcome,
}

impl ProfileDraft {
    /// Whether nothing at all was said. Nothing is then kept: that somebody was there is what encounters count.
    pub fn is_empty(&self) -> bool {
        Self { consent: None, kind: None, ..self.clone() } == Self::default()
    }

    /// The draft as the profile of an encounter with this outcome, if it keeps every rule.
    ///
    /// # Errors
    /// Everything that is wrong with it, by its field below `profile`.
    pub fn check(&self, outcome: Outcome) -> Result<Profile, Vec<FieldError>> {
        let mut found = Findings::default();
        let items = self.items(&mut found);
        let given = self.consent(&mut found);
        let needed = consent::judge(items, given.as_ref().map(|consent| consent.by), |field, code| {
            found.add(&format!("profile.{field}"), code);
        });
        let kind = self.kind(outcome, &mut found);
        let topic = word(&mut found, "topic", self.topic.as_deref(), Topic::parse);
        found.finish()?;
        Ok(Profile { items, consent: given.filter(|_| needed), kind, topic, outcome })
    }

    fn items(&self, found: &mut Findings) -> Items {
        Items {
            gender: word(found, "gender", self.gender.as_deref(), Gender::parse),
            age: word(found, "age", self.age.as_deref(), AgeBand::parse),
            nationality: word(found, "nationality", self.nationality.as_deref(), Nationality::parse),
            indigenous_people: word(
                found,
                "indigenous_people",
                self.indigenous_people.as_deref(),
                IndigenousPeople::parse,
            ),
            disability: word(found, "disability", self.disability.as_deref(), Affirmation::parse),
            organisation: word(found, "organisation", self.organisation.as_deref(), Organisation::parse),
            organisation_role: word(
                found,
                "organisation_role",
                self.organisation_role.as_deref(),
                OrganisationRole::parse,
            ),
        }
    }

    fn consent(&self, found: &mut Findings) -> Option<Consent> {
        let draft = self.consent.as_ref()?;
        let by = found.word(
            "profile.consent.by",
            draft.by.as_deref(),
            ConsentBy::parse,
            ErrorCode::UnknownValue,
            true,
        );
        if draft.text.as_deref().is_none_or(|text| text.trim().is_empty()) {
            found.add("profile.consent.text", ErrorCode::Missing);
            return None;
        }
        let version = |text: &str| {
            let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
            text.bytes().all(fits).then(|| text.to_owned())
        };
        let text = found.form(
            "profile.consent.text",
            draft.text.as_deref(),
            limits::CONSENT_TEXT_CHARS_MAX,
            version,
            ErrorCode::UnknownValue,
        );
        by.zip(text).map(|(by, text)| Consent { by, text })
    }

    /// A kind belongs to a request that was filed, and a request that was filed has one.
    fn kind(&self, outcome: Outcome, found: &mut Findings) -> Option<Kind> {
        let filed = outcome == Outcome::RequestFiled;
        let kind =
            found.word("profile.kind", self.kind.as_deref(), Kind::parse, ErrorCode::UnknownKind, filed);
        if kind.is_some() && !filed {
            found.add("profile.kind", ErrorCode::Contradicts);
        }
        kind
    }
}

fn word<T>(
    found: &mut Findings,
    field: &str,
    value: Option<&str>,
    parse: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    found.word(&format!("profile.{field}"), value, parse, ErrorCode::UnknownValue, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(json: &str) -> ProfileDraft {
        input::from_json(json).unwrap()
    }

    fn errors(json: &str, outcome: Outcome) -> Vec<(String, ErrorCode)> {
        let found = draft(json).check(outcome).err().unwrap_or_default();
        found.into_iter().map(|error| (error.field.unwrap_or_default(), error.code)).collect()
    }

    #[test]
    fn every_item_is_optional_and_every_word_is_of_its_list() {
        use ErrorCode::{ConsentNeeded, Contradicts, Missing, TooLong, UnknownKind, UnknownValue};

        let none: [(&str, ErrorCode); 0] = [];
        let check = |json: &str, outcome: Outcome, expected: &[(&str, ErrorCode)]| {
            let expected: Vec<(String, ErrorCode)> =
                expected.iter().map(|(field, code)| ((*field).to_owned(), *code)).collect();
            assert_eq!(errors(json, outcome), expected, "{json}");
        };
        check("{}", Outcome::Informed, &none);
        check(r#"{"age":"30-44"}"#, Outcome::Informed, &none);
        check(r#"{"age":"31"}"#, Outcome::Informed, &[("profile.age", UnknownValue)]);
        check(r#"{"gender":"mujer"}"#, Outcome::Informed, &[("profile.gender", ConsentNeeded)]);
        check(r#"{"gender":"prefiero_no_responder"}"#, Outcome::Informed, &none);
        let consent = r#""consent":{"by":"persona","text":"consentimiento-1"}"#;
        check(&format!(r#"{{"gender":"no_binario",{consent}}}"#), Outcome::Informed, &none);
        check(r#"{"consent":{"by":"persona"}}"#, Outcome::Informed, &[("profile.consent.text", Missing)]);
        check(r#"{"consent":{"text":"1"}}"#, Outcome::Informed, &[("profile.consent.by", Missing)]);
        for (chars, expected) in [
            (limits::CONSENT_TEXT_CHARS_MAX - 1, None),
            (limits::CONSENT_TEXT_CHARS_MAX, None),
            (limits::CONSENT_TEXT_CHARS_MAX + 1, Some(("profile.consent.text", TooLong))),
        ] {
            let json = format!(r#"{{"consent":{{"by":"persona","text":"{}"}}}}"#, "v".repeat(chars));
            check(&json, Outcome::Informed, expected.as_slice());
        }
        let accented = r#"{"consent":{"by":"persona","text":"versión"}}"#;
        check(accented, Outcome::Informed, &[("profile.consent.text", UnknownValue)]);
        check("{}", Outcome::RequestFiled, &[("profile.kind", Missing)]);
        check(r#"{"kind":"reclamo"}"#, Outcome::RequestFiled, &none);
        check(r#"{"kind":"denuncia"}"#, Outcome::RequestFiled, &[("profile.kind", UnknownKind)]);
        check(r#"{"kind":"reclamo"}"#, Outcome::Referred, &[("profile.kind", Contradicts)]);
        check(r#"{"topic":"vivienda"}"#, Outcome::Referred, &none);
        check(r#"{"topic":"mi vecino"}"#, Outcome::Referred, &[("profile.topic", UnknownValue)]);
    }

    #[test]
    fn a_consent_that_nothing_needed_is_not_kept() {
        let consent = r#""consent":{"by":"persona","text":"consentimiento-1"}"#;
        let check = |items: &str, kept: bool| {
            let profile = draft(&format!("{{{items},{consent}}}")).check(Outcome::Informed).unwrap();
            assert_eq!(profile.consent.is_some(), kept, "{items}");
        };
        check(r#""age":"30-44""#, false);
        check(r#""age":"30-44","gender":"prefiero_no_responder""#, false);
        check(r#""disability":"no""#, true);
    }

    #[test]
    fn what_says_nothing_is_empty() {
        for (json, empty) in [
            ("{}", true),
            (r#"{"kind":"reclamo"}"#, true),
            (r#"{"consent":{"by":"persona","text":"1"}}"#, true),
            (r#"{"topic":"salud"}"#, false),
            (r#"{"age":"80+"}"#, false),
        ] {
            assert_eq!(draft(json).is_empty(), empty, "{json}");
        }
    }
}
