//! The profile's questions as a window shows them: words from Rust, so that no list of options is written twice.

use domain::profile::{
    Affirmation, AgeBand, CONSENT_TEXT_VERSION, ConsentBy, Gender, IndigenousPeople, Nationality,
    Organisation, OrganisationRole, Sort, Topic,
};
use serde::Serialize;
use texts::{Language, text};

use crate::Stand;

/// An answer to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ProfileOption {
    /// What is filed.
    pub word: &'static str,
    /// What the person reads.
    pub label: String,
    /// Whether this answer needs consent.
    pub sensitive: bool,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ProfileQuestion {
    /// The field of the profile.
    pub field: &'static str,
    /// The question.
    pub label: String,
    /// What the answer is for.
    pub why: String,
    /// The answers.
    pub options: Vec<ProfileOption>,
}

/// A text that is read aloud before somebody consents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ConsentText {
    /// Who consents: a word of the profile's `consent.by`.
    pub by: &'static str,
    /// What is read to them.
    pub text: String,
}

/// All that a window needs to ask for a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ProfileForm {
    /// Whether this stand can keep profiles: its office has a key for them.
    pub available: bool,
    /// What the questions are for.
    pub intro: String,
    /// What risk remains.
    pub risk: String,
    /// The questions, in order.
    pub questions: Vec<ProfileQuestion>,
    /// The texts of consent.
    pub consents: Vec<ConsentText>,
    /// Their version, which is filed as the profile's `consent.text`.
    pub consent_version: &'static str,
}

impl Stand {
    /// The profile's questions in a language.
    pub fn profile_form(&self, language: Language) -> ProfileForm {
        let say = |key: &str| text(language, key, &[]);
        let consent =
            |by: &ConsentBy| ConsentText { by: by.as_str(), text: say(&format!("profile-consent-{by}")) };
        ProfileForm {
            available: self.profiles.is_some(),
            intro: say("profile-intro"),
            risk: say("profile-risk"),
            questions: questions(language),
            consents: ConsentBy::ALL.iter().map(consent).collect(),
            consent_version: CONSENT_TEXT_VERSION,
        }
    }
}

fn questions(language: Language) -> Vec<ProfileQuestion> {
    let question = |field: &'static str, list: &str, words: Vec<(&'static str, bool)>| {
        let key = field.replace('_', "-");
        let option = |(word, sensitive): (&'static str, bool)| ProfileOption {
            word,
            label: text(language, &option_key(list, word), &[]),
            sensitive,
        };
        ProfileQuestion {
            field,
            label: text(language, &format!("profile-{key}"), &[]),
            why: text(language, &format!("profile-{key}-why"), &[]),
            options: words.into_iter().map(option).collect(),
        }
    };
    let plain = |words: Vec<&'static str>| words.into_iter().map(|word| (word, false)).collect();
    let sensitive = |words: Vec<&'static str>| -> Vec<(&'static str, bool)> {
        words.into_iter().map(|word| (word, word != Gender::Unsaid.as_str())).collect()
    };
    let sort = |of: &Organisation| (of.as_str(), of.sort() == Sort::Sensitive);
    vec![
        question("age", "age", plain(AgeBand::ALL.iter().map(|of| of.as_str()).collect())),
        question("gender", "gender", sensitive(Gender::ALL.iter().map(|of| of.as_str()).collect())),
        question(
            "nationality",
            "nationality",
            plain(Nationality::ALL.iter().map(|of| of.as_str()).collect()),
        ),
        question(
            "indigenous_people",
            "people",
            sensitive(IndigenousPeople::ALL.iter().map(|of| of.as_str()).collect()),
        ),
        question(
            "disability",
            "affirmation",
            sensitive(Affirmation::ALL.iter().map(|of| of.as_str()).collect()),
        ),
        question("organisation", "organisation", Organisation::ALL.iter().map(sort).collect()),
        question(
            "organisation_role",
            "role",
            plain(OrganisationRole::ALL.iter().map(|of| of.as_str()).collect()),
        ),
        question("topic", "topic", plain(Topic::ALL.iter().map(|of| of.as_str()).collect())),
    ]
}

/// The sentence of an option: the word with what Fluent's names don't take put otherwise.
fn option_key(list: &str, word: &str) -> String {
    format!("{list}-{}", word.replace('_', "-").replace('+', "-plus"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_and_answer_has_its_words() {
        for language in Language::ALL {
            for question in questions(*language) {
                assert!(!question.label.starts_with("profile-"), "{}", question.field);
                assert!(!question.why.starts_with("profile-"), "{}", question.field);
                for option in question.options {
                    assert!(!option.label.contains(option.word) || !option.label.contains('-'), "{option:?}");
                    assert!(
                        texts::keys(*language).iter().any(|key| key.ends_with(&option_key("", option.word))),
                        "{option:?}"
                    );
                }
            }
            for by in ConsentBy::ALL {
                let key = format!("profile-consent-{by}");
                assert_ne!(text(*language, &key, &[]), key);
            }
        }
    }
}
