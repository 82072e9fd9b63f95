//! The compiled survey, `oirs-survey/1`: what the office signs, stands carry and answers refer to.
//!
//! It is JSON with fields in a fixed order and without spaces, so that one survey has exactly one encoding: a reader
//! writes what it read and compares. The window shows it as it is; a person can read it in a text editor years
//! later. Expressions stay as they were written and are read again wherever the survey is.
//!
//! [`Survey`] is the only way in: a form that breaks a rule never becomes one.

mod check;
mod fault;
mod references;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use self::check::{is_control, is_tag};
pub use self::fault::{Fault, Part, Place};
use crate::Code;
use crate::expression::Expression;
use crate::limits::FORM_BYTES_MAX;

/// The name and version of the format.
pub const FORMAT: &str = "oirs-survey/1";

/// A text in each language of the survey, by language tag.
pub type Texts = BTreeMap<String, String>;

/// A survey as data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// [`FORMAT`].
    pub format: String,
    /// The survey's name, the same through all its versions.
    pub id: String,
    /// A number from 1 that grows with each version; often a date and a counter, 2026112201.
    pub version: u32,
    /// Its languages, the author's own first.
    pub languages: Vec<Language>,
    /// What it is called on the screen.
    pub title: Texts,
    /// Its groups, in the order in which they open.
    pub groups: Vec<Group>,
    /// Its questions and notes, in order.
    pub questions: Vec<Question>,
    /// Its lists of choices, by name.
    pub choices: BTreeMap<String, Vec<Choice>>,
}

/// A language of a survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// `es-CL`.
    pub tag: String,
    /// What its speakers call it.
    pub name: String,
}

/// Questions under one heading or one condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its name, not shared with a question.
    pub name: String,
    /// Its heading, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<Texts>,
    /// When its questions are asked at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relevant: Option<String>,
    /// The group that it lies in, which stands before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// One question, or a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its name, by which replies and conditions refer to it.
    pub name: String,
    /// What kind of reply it asks for.
    pub asks: Asks,
    /// The question itself.
    pub label: Texts,
    /// A line in smaller letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<Texts>,
    /// Whether the survey can't be completed without a reply. "I'd rather not say" is one.
    pub required: bool,
    /// What is said when it is passed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_message: Option<Texts>,
    /// When it is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relevant: Option<String>,
    /// What its reply must fulfil.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constraint: Option<String>,
    /// What is said when it doesn't.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constraint_message: Option<Texts>,
    /// The group that it lies in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// What kind of reply a question asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Asks {
    /// None: it is only read.
    Note {},
    /// Words.
    Text {},
    /// A whole number.
    Integer {},
    /// A grade, with words for the lowest and the highest.
    Range {
        /// The lowest grade.
        start: i64,
        /// The highest grade.
        end: i64,
        /// What the lowest means.
        low: Texts,
        /// What the highest means.
        high: Texts,
    },
    /// One choice of a list.
    SelectOne {
        /// The list's name.
        list: String,
    },
    /// Some choices of a list.
    SelectMultiple {
        /// The list's name.
        list: String,
    },
}

/// One choice of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What a reply calls it.
    pub name: String,
    /// What is shown.
    pub label: Texts,
}

/// A survey that keeps every rule, with its conditions read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    form: Form,
    bytes: Vec<u8>,
    conditions: Vec<Conditions>,
}

/// The conditions of one question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Conditions {
    /// All of them must hold for it to be asked: its own and those of the groups around it.
    pub(crate) relevant: Vec<Expression>,
    /// Its reply must fulfil it.
    pub(crate) constraint: Option<Expression>,
    /// The names of its list's choices.
    pub(crate) choices: Vec<String>,
}

impl Survey {
    /// A survey of this form.
    ///
    /// # Errors
    /// Every rule that it breaks, in the order of the form.
    pub fn new(form: Form) -> Result<Self, Vec<Fault>> {
        let conditions = check::check(&form)?;
        let whole = |code| vec![Fault::new(Place::Form, Part::Whole, code)];
        let bytes = serde_json::to_vec(&form).map_err(|_| whole(Code::NotASurvey))?;
        if bytes.len() > FORM_BYTES_MAX {
            return Err(whole(Code::FileTooLarge));
        }
        Ok(Self { form, bytes, conditions })
    }

    /// Reads a compiled survey.
    ///
    /// # Errors
    /// [`Code::FileTooLarge`], [`Code::NotASurvey`], every rule that it breaks, or [`Code::OtherEncoding`] when its
    /// bytes are not those that [`Survey::bytes`] gives.
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        let whole = |code| vec![Fault::new(Place::Form, Part::Whole, code)];
        if bytes.len() > FORM_BYTES_MAX {
            return Err(whole(Code::FileTooLarge));
        }
        let survey = Self::new(serde_json::from_slice(bytes).map_err(|_| whole(Code::NotASurvey))?)?;
        if survey.bytes == bytes { Ok(survey) } else { Err(whole(Code::OtherEncoding)) }
    }

    /// Its one encoding: what is hashed, signed and carried.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its form.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// Whether it may take the place of another: the same survey, a higher version.
    pub fn follows(&self, other: &Self) -> bool {
        self.form.id == other.form.id && self.form.version > other.form.version
    }

    /// Its questions in order, each with its conditions.
    pub(crate) fn questions(&self) -> impl Iterator<Item = (&Question, &Conditions)> {
        self.form.questions.iter().zip(&self.conditions)
    }
}

impl Asks {
    /// The list of choices that it draws on.
    pub fn list(&self) -> Option<&str> {
        match self {
            Self::SelectOne { list } | Self::SelectMultiple { list } => Some(list),
            _ => None,
        }
    }

    /// Whether there is nothing to reply to.
    pub fn is_note(&self) -> bool {
        matches!(self, Self::Note {})
    }
}
