//! The survey that this stand carries, as the last sync brought it, and as a window shows it.

use std::sync::Arc;

use chrono::{DateTime, SecondsFormat};
use ledger::DrawTerms;
use serde::Serialize;
use survey::form::{Asks, Texts};
use survey::limits::{ANSWER_NUMBER_MAX, ANSWER_TEXT_CHARS_MAX, OFFER_BYTES_MAX};
use survey::{Offer, Survey};
use wire::Hash;
use wire::manifest::PartKind;
use wire::publication::Publication;

use crate::{Stand, StandError};

/// The survey that this stand carries.
#[derive(Debug)]
pub struct HeldSurvey {
    part: Hash,
    number: u64,
    published_at: String,
    offer: Offer,
}

/// Which survey it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SurveyFacts {
    /// Which of the office's publications, from 1.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub number: u64,
    /// When the office published it, RFC 3339 (UTC).
    pub published_at: String,
    /// Its name.
    pub survey: String,
    /// Its version.
    pub version: u32,
    /// What it is called, in the language asked for.
    pub title: String,
    /// How many are invited, as `1/5`.
    pub rate: String,
    /// Questions, notes not counted.
    pub questions: usize,
    /// The tags of its languages.
    pub languages: Vec<String>,
}

/// A survey as a window shows it: every question, in one language. Which of them are asked is for [`Stand::survey_step`]
/// to say, so that conditions are judged in one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SurveyView {
    /// Whose invitation: the place of the draw.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub place: u64,
    /// What it is called.
    pub title: String,
    /// The tag of the language that it is in.
    pub language: String,
    /// Questions and notes, in order.
    pub questions: Vec<SurveyQuestion>,
}

/// One question, or a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct SurveyQuestion {
    /// Its name: what replies are kept under.
    pub name: String,
    /// The heading that it stands under.
    pub heading: Option<String>,
    /// What is asked, or read.
    pub label: String,
    /// A line in smaller letters.
    pub hint: Option<String>,
    /// Whether the survey can't be completed without a reply. "I'd rather not say" is one.
    pub required: bool,
    /// What kind of reply it asks for.
    pub asks: SurveyAsks,
}

/// What kind of reply a question asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum SurveyAsks {
    /// None: it is only read.
    Note,
    /// Words, at most so many characters.
    Text {
        /// At most.
        chars_max: usize,
    },
    /// A whole number.
    Integer {
        /// At least.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        min: i64,
        /// At most.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        max: i64,
    },
    /// A grade, or "I don't know".
    Range {
        /// The lowest.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        start: i64,
        /// The highest.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        end: i64,
        /// What the lowest means.
        low: String,
        /// What the highest means.
        high: String,
    },
    /// One of these.
    SelectOne {
        /// In order.
        choices: Vec<SurveyChoice>,
    },
    /// Some of these.
    SelectMultiple {
        /// In order.
        choices: Vec<SurveyChoice>,
    },
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SurveyChoice {
    /// What a reply calls it.
    pub name: String,
    /// What is shown.
    pub label: String,
}

impl Stand {
    /// The survey that this stand carries; none before the office has published one.
    ///
    /// # Errors
    /// [`StandError::Survey`] when what came can't be read by this program.
    pub fn held_survey(&mut self) -> Result<Option<Arc<HeldSurvey>>, StandError> {
        let Some(manifest) = self.manifest()? else { return Ok(None) };
        let Some(part) = manifest.parts.iter().find(|part| part.kind == PartKind::SURVEY) else {
            return Ok(None);
        };
        if let Some(held) = self.survey.as_ref().filter(|held| held.part == part.hash) {
            return Ok(Some(Arc::clone(held)));
        }
        let Some(bytes) = self.ledger.part(part.hash)? else { return Ok(None) };
        let held = Arc::new(HeldSurvey::read(part.hash, &bytes)?);
        self.survey = Some(Arc::clone(&held));
        Ok(Some(held))
    }

    /// Has the next outing opened with the survey that is carried now. Whatever is wrong with that survey, the day goes on:
    /// then nobody is invited.
    pub(crate) fn take_draw_terms(&mut self) {
        let held = self.held_survey().unwrap_or_else(|error| {
            tracing::warn!(error = &error as &dyn std::error::Error, "nobody is invited to the survey");
            None
        });
        let terms = held.map(|held| DrawTerms { survey: held.name().to_owned(), rate: held.offer.rate() });
        self.ledger.set_draw_terms(terms);
    }
}

impl HeldSurvey {
    pub(crate) fn read(part: Hash, bytes: &[u8]) -> Result<Self, StandError> {
        let unreadable = |why: String| StandError::Survey { why };
        let publication = Publication::read(bytes).map_err(|error| unreadable(error.to_string()))?;
        let content = publication.content(OFFER_BYTES_MAX).map_err(|error| unreadable(error.to_string()))?;
        let offer = Offer::read(&content).map_err(|faults| {
            let first = faults.first().map(|fault| fault.code.as_str());
            unreadable(first.unwrap_or_default().to_owned())
        })?;
        let seconds = i64::try_from(publication.published_unix_s).unwrap_or_default();
        let published = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
        let published_at = published.to_rfc3339_opts(SecondsFormat::Secs, true);
        Ok(Self { part, number: publication.number, published_at, offer })
    }

    /// The survey.
    pub fn survey(&self) -> &Survey {
        self.offer.survey()
    }

    /// Its name.
    pub(crate) fn name(&self) -> &str {
        &self.survey().form().id
    }

    /// What is said of it in a language, or in the nearest that it has.
    pub fn facts(&self, language: &str) -> SurveyFacts {
        let form = self.survey().form();
        let rate = self.offer.rate();
        SurveyFacts {
            number: self.number,
            published_at: self.published_at.clone(),
            survey: form.id.clone(),
            version: form.version,
            title: said(&form.title, self.language(language)),
            rate: format!("{}/{}", rate.numerator(), rate.denominator()),
            questions: form.questions.iter().filter(|question| !question.asks.is_note()).count(),
            languages: form.languages.iter().map(|language| language.tag.clone()).collect(),
        }
    }

    /// The survey's own language that comes nearest: the same, the same but for the country, or the author's.
    pub(crate) fn language(&self, wanted: &str) -> &str {
        let tags = || self.survey().form().languages.iter().map(|language| language.tag.as_str());
        let bare = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let exact = tags().find(|tag| tag.eq_ignore_ascii_case(wanted));
        let near = || tags().find(|tag| bare(tag) == bare(wanted));
        exact.or_else(near).or_else(|| tags().next()).unwrap_or_default()
    }

    /// As a window shows it.
    pub(crate) fn view(&self, place: u64, language: &str) -> SurveyView {
        let form = self.survey().form();
        let language = self.language(language);
        let heading = |name: Option<&str>| {
            let group = form.groups.iter().find(|group| Some(group.name.as_str()) == name)?;
            group.label.as_ref().map(|label| said(label, language))
        };
        let question = |question: &survey::form::Question| SurveyQuestion {
            name: question.name.clone(),
            heading: heading(question.group.as_deref()),
            label: said(&question.label, language),
            hint: question.hint.as_ref().map(|hint| said(hint, language)),
            required: question.required,
            asks: self.asks(&question.asks, language),
        };
        SurveyView {
            place,
            title: said(&form.title, language),
            language: language.to_owned(),
            questions: form.questions.iter().map(question).collect(),
        }
    }

    fn asks(&self, asks: &Asks, language: &str) -> SurveyAsks {
        let choices = |list: &str| {
            let choices = self.survey().form().choices.get(list).into_iter().flatten();
            choices
                .map(|choice| SurveyChoice {
                    name: choice.name.clone(),
                    label: said(&choice.label, language),
                })
                .collect()
        };
        match asks {
            Asks::Note {} => SurveyAsks::Note,
            Asks::Text {} => SurveyAsks::Text { chars_max: ANSWER_TEXT_CHARS_MAX },
            Asks::Integer {} => {
                SurveyAsks::Integer { min: ANSWER_NUMBER_MAX.saturating_neg(), max: ANSWER_NUMBER_MAX }
            }
            Asks::Range { start, end, low, high } => SurveyAsks::Range {
                start: *start,
                end: *end,
                low: said(low, language),
                high: said(high, language),
            },
            Asks::SelectOne { list } => SurveyAsks::SelectOne { choices: choices(list) },
            Asks::SelectMultiple { list } => SurveyAsks::SelectMultiple { choices: choices(list) },
        }
    }
}

/// A text in one of the survey's languages, which all its texts have.
pub(crate) fn said(texts: &Texts, language: &str) -> String {
    texts.get(language).or_else(|| texts.values().next()).cloned().unwrap_or_default()
}
