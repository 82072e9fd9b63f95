//! Every rule that a survey keeps.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::{Fault, Part, Place};
use super::references::{Choices, chain, first_within, leads_to, subject};
use super::{Asks, Conditions, FORMAT, Form, Language, Question, Texts};
use crate::Code;
use crate::expression::{Expression, Problem};
use crate::limits;

/// The conditions of each question, or all that is wrong.
pub(super) fn check(form: &Form) -> Result<Vec<Conditions>, Vec<Fault>> {
    let mut checker = Checker { form, faults: Vec::new(), leads_to: Vec::new() };
    checker.counts();
    if !checker.faults.is_empty() {
        // What is too many is not looked at one by one: a hostile file costs nothing.
        return Err(checker.faults);
    }
    checker.leads_to = leads_to(form);
    checker.head();
    checker.choices();
    checker.names();
    let groups = checker.groups();
    let conditions = checker.questions(&groups);
    if checker.faults.is_empty() { Ok(conditions) } else { Err(checker.faults) }
}

/// What a group adds to the questions in it.
#[derive(Clone, Default)]
struct Around {
    depth: usize,
    relevant: Vec<Expression>,
}

struct Checker<'a> {
    form: &'a Form,
    faults: Vec<Fault>,
    /// For each question, those that its conditions name.
    leads_to: Vec<BTreeSet<usize>>,
}

impl<'a> Checker<'a> {
    fn fault(&mut self, place: &Place, part: Part, code: Code) -> &mut Self {
        self.faults.push(Fault::new(place.clone(), part, code));
        self
    }

    /// Adds to the last fault what the author wrote.
    fn word(&mut self, word: impl Into<String>) {
        if let Some(last) = self.faults.last_mut() {
            last.word = Some(word.into());
        }
    }

    fn count(&mut self, place: &Place, part: Part, count: usize, max: usize) {
        if count > max {
            self.fault(place, part, Code::TooMany).word(max.to_string());
        }
    }

    fn counts(&mut self) {
        let form = self.form;
        let place = Place::Form;
        self.count(&place, Part::Languages, form.languages.len(), limits::LANGUAGES_MAX);
        self.count(&place, Part::Whole, form.questions.len(), limits::QUESTIONS_MAX);
        self.count(&place, Part::Whole, form.groups.len(), limits::GROUPS_MAX);
        self.count(&place, Part::Whole, form.choices.len(), limits::LISTS_MAX);
        for (list, choices) in &form.choices {
            self.count(&Place::Choice(list.clone(), 0), Part::Whole, choices.len(), limits::CHOICES_MAX);
        }
    }

    fn head(&mut self) {
        let form = self.form;
        let place = Place::Form;
        if form.format != FORMAT {
            self.fault(&place, Part::Whole, Code::NotASurvey);
        }
        self.name(&place, Part::Id, &form.id);
        if form.version == 0 {
            self.fault(&place, Part::Version, Code::InvalidVersion);
        }
        if form.languages.is_empty() {
            self.fault(&place, Part::Languages, Code::Missing);
        }
        let mut tags = BTreeSet::new();
        for language in &form.languages {
            if !is_tag(&language.tag) {
                self.fault(&place, Part::Languages, Code::InvalidLanguage).word(&language.tag);
            } else if !tags.insert(&language.tag) {
                self.fault(&place, Part::Languages, Code::NameTwice).word(&language.tag);
            }
            if language.name.trim().is_empty() {
                self.fault(&place, Part::Languages, Code::Missing).word(&language.tag);
            }
            if language.name.chars().count() > limits::LANGUAGE_NAME_CHARS_MAX {
                self.fault(&place, Part::Languages, Code::TooLong).word(&language.tag);
            }
            if language.name.chars().any(is_control) {
                self.fault(&place, Part::Languages, Code::ControlCharacter).word(&language.tag);
            }
        }
        self.texts(&place, Part::Title, &form.title);
        let asked = form.questions.iter().filter(|question| !question.asks.is_note()).count();
        if asked == 0 {
            self.fault(&place, Part::Whole, Code::NoQuestion);
        }
    }

    fn choices(&mut self) {
        let form = self.form;
        for (list, choices) in &form.choices {
            let whole = Place::Choice(list.clone(), 0);
            self.name(&whole, Part::Whole, list);
            if choices.is_empty() {
                self.fault(&whole, Part::Whole, Code::Missing);
            }
            if !form.questions.iter().any(|question| question.asks.list() == Some(list)) {
                self.fault(&whole, Part::Whole, Code::ListNotUsed).word(list);
            }
            let mut seen = BTreeSet::new();
            for (at, choice) in choices.iter().enumerate() {
                let place = Place::Choice(list.clone(), at);
                self.choice_name(&place, &choice.name);
                if !seen.insert(&choice.name) {
                    self.fault(&place, Part::Name, Code::NameTwice).word(&choice.name);
                }
                self.texts(&place, Part::Label, &choice.label);
            }
        }
    }

    /// Groups and questions share one space of names.
    fn names(&mut self) {
        let form = self.form;
        let groups = form.groups.iter().enumerate().map(|(at, group)| (Place::Group(at), &group.name));
        let questions = form.questions.iter().enumerate().map(|(at, one)| (Place::Question(at), &one.name));
        let mut seen = BTreeSet::new();
        for (place, name) in groups.chain(questions) {
            self.name(&place, Part::Name, name);
            if !name.is_empty() && !seen.insert(name) {
                self.fault(&place, Part::Name, Code::NameTwice).word(name);
            }
        }
    }

    fn groups(&mut self) -> BTreeMap<&'a str, Around> {
        let form = self.form;
        let mut known: BTreeMap<&str, Around> = BTreeMap::new();
        for (at, group) in form.groups.iter().enumerate() {
            let place = Place::Group(at);
            let mut around = self.around(&place, group.group.as_deref(), &known);
            around.depth = around.depth.saturating_add(1);
            if around.depth > limits::GROUP_DEPTH_MAX {
                self.fault(&place, Part::Name, Code::GroupTooDeep);
            }
            if let Some(label) = &group.label {
                self.texts(&place, Part::Label, label);
            }
            if let Some(text) = &group.relevant {
                let before = first_within(form, group);
                around.relevant.extend(self.expression(&place, Part::Relevant, text, before, None));
            }
            known.insert(&group.name, around);
        }
        known
    }

    fn around(&mut self, place: &Place, group: Option<&str>, known: &BTreeMap<&str, Around>) -> Around {
        let Some(name) = group else { return Around::default() };
        known.get(name).cloned().unwrap_or_else(|| {
            self.fault(place, Part::Whole, Code::UnknownGroup).word(name);
            Around::default()
        })
    }

    fn questions(&mut self, groups: &BTreeMap<&str, Around>) -> Vec<Conditions> {
        let form = self.form;
        let all = form.questions.iter().enumerate();
        all.map(|(at, question)| {
            let place = Place::Question(at);
            let mut relevant = self.around(&place, question.group.as_deref(), groups).relevant;
            self.texts(&place, Part::Label, &question.label);
            if let Some(hint) = &question.hint {
                self.texts(&place, Part::Hint, hint);
            }
            let choices = self.asks(&place, &question.asks);
            self.rules(&place, question);
            if let Some(text) = &question.relevant {
                relevant.extend(self.expression(&place, Part::Relevant, text, at, None));
            }
            let subject = subject(form, question);
            let constraint = question.constraint.as_deref();
            let constraint = constraint
                .and_then(|text| self.expression(&place, Part::Constraint, text, at, subject.as_ref()));
            Conditions { relevant, constraint, choices }
        })
        .collect()
    }

    /// What it asks for; returns the names of its choices.
    fn asks(&mut self, place: &Place, asks: &Asks) -> Vec<String> {
        if let Asks::Range { start, end, low, high } = asks {
            if *start < 0 || start >= end || *end > limits::RANGE_END_MAX {
                self.fault(place, Part::Range, Code::InvalidRange);
            }
            self.texts(place, Part::Range, low);
            self.texts(place, Part::Range, high);
        }
        let Some(list) = asks.list() else { return Vec::new() };
        let Some(choices) = self.form.choices.get(list) else {
            self.fault(place, Part::Asks, Code::UnknownList).word(list);
            return Vec::new();
        };
        choices.iter().map(|choice| choice.name.clone()).collect()
    }

    /// Rules and messages that go together, and what a note has no use for.
    fn rules(&mut self, place: &Place, question: &Question) {
        let note = question.asks.is_note();
        if note && question.required {
            self.fault(place, Part::Required, Code::NotUsed);
        }
        if note && question.constraint.is_some() {
            self.fault(place, Part::Constraint, Code::NotUsed);
        }
        if let Some(message) = &question.required_message {
            self.texts(place, Part::RequiredMessage, message);
            if !question.required {
                self.fault(place, Part::RequiredMessage, Code::MessageWithoutRule);
            }
        }
        if let Some(message) = &question.constraint_message {
            self.texts(place, Part::ConstraintMessage, message);
            if question.constraint.is_none() {
                self.fault(place, Part::ConstraintMessage, Code::MessageWithoutRule);
            }
        } else if question.constraint.is_some() {
            self.fault(place, Part::ConstraintMessage, Code::Missing);
        }
    }

    /// A condition that may name the questions before `before`.
    fn expression(
        &mut self,
        place: &Place,
        part: Part,
        text: &str,
        before: usize,
        this: Option<&Choices>,
    ) -> Option<Expression> {
        let problem = |problem: Problem| Fault {
            at: Some(problem.at),
            word: problem.word,
            ..Fault::new(place.clone(), part, problem.code)
        };
        let expression = match Expression::parse(text) {
            Ok(expression) => expression,
            Err(found) => {
                self.faults.push(problem(found));
                return None;
            }
        };
        let form = self.form;
        let subjects: BTreeMap<&str, Choices> = form
            .questions
            .iter()
            .filter_map(|question| Some((question.name.as_str(), subject(form, question)?)))
            .collect();
        let by_name = |name: &str| subjects.get(name).map(Choices::subject);
        let problems = expression.check(&by_name, this.map(Choices::subject));
        let sound = problems.is_empty();
        self.faults.extend(problems.into_iter().map(problem));
        let ahead: Vec<Fault> = expression
            .names()
            .into_iter()
            .filter_map(|(at, name)| {
                let target = form.questions.iter().position(|question| question.name == name)?;
                if target < before {
                    return None;
                }
                let code =
                    if self.reaches(target, place) { Code::ReferenceCycle } else { Code::ReferenceAhead };
                let word = Some(name.to_owned());
                Some(Fault { at: Some(at), word, ..Fault::new(place.clone(), part, code) })
            })
            .collect();
        let in_order = ahead.is_empty();
        self.faults.extend(ahead);
        (sound && in_order).then_some(expression)
    }

    /// Whether what decides a question leads back to the condition at `place`.
    fn reaches(&self, question: usize, place: &Place) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![question];
        while let Some(at) = open.pop() {
            let Some(question) = self.form.questions.get(at).filter(|_| seen.insert(at)) else { continue };
            let back = match place {
                Place::Question(target) => *target == at,
                Place::Group(target) => self.form.groups.get(*target).is_some_and(|group| {
                    chain(self.form, question.group.as_deref()).contains(&group.name.as_str())
                }),
                Place::Form | Place::Choice(..) => false,
            };
            if back {
                return true;
            }
            open.extend(self.leads_to.get(at).into_iter().flatten());
        }
        false
    }

    /// A text that must be there in every language.
    fn texts(&mut self, place: &Place, part: Part, texts: &Texts) {
        let form = self.form;
        let mut fault = |language: &str, code| {
            let language = Some(language.to_owned());
            self.faults.push(Fault { language, ..Fault::new(place.clone(), part, code) });
        };
        let said = |tag: &str| texts.get(tag).is_some_and(|text| !text.trim().is_empty());
        let default = form.languages.first().map(|language| language.tag.as_str()).unwrap_or_default();
        for Language { tag, .. } in &form.languages {
            if !said(tag) {
                let code = if tag == default { Code::Missing } else { Code::TranslationMissing };
                fault(tag, code);
            }
        }
        for (tag, text) in texts {
            if !form.languages.iter().any(|language| language.tag == *tag) {
                fault(tag, Code::UnknownLanguage);
            }
            if text.chars().count() > limits::TEXT_CHARS_MAX {
                fault(tag, Code::TooLong);
            }
            if text.chars().any(|c| c != '\n' && is_control(c)) {
                fault(tag, Code::ControlCharacter);
            }
            if text.contains("${") {
                fault(tag, Code::ReferenceInText);
            }
        }
    }

    fn name(&mut self, place: &Place, part: Part, name: &str) {
        let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        self.name_with(place, part, name, starts);
    }

    /// A choice may be called by a number.
    fn choice_name(&mut self, place: &Place, name: &str) {
        self.name_with(place, Part::Name, name, true);
    }

    fn name_with(&mut self, place: &Place, part: Part, name: &str, starts: bool) {
        if name.is_empty() {
            self.fault(place, part, Code::Missing);
        } else if name.chars().count() > limits::NAME_CHARS_MAX {
            self.fault(place, part, Code::TooLong);
        } else if !starts || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            self.fault(place, part, Code::InvalidName).word(name);
        }
    }
}

/// Not for the eye: control characters, and those that turn the direction of writing.
pub(crate) fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `es`, `arn`, `es-CL`.
pub(crate) fn is_tag(tag: &str) -> bool {
    let (language, region) =
        tag.split_once('-').map_or((tag, None), |(language, region)| (language, Some(region)));
    let lower = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase());
    let upper = |text: &str| text.bytes().all(|b| b.is_ascii_uppercase());
    (2..=3).contains(&language.len())
        && lower(language)
        && region.is_none_or(|region| region.len() == 2 && upper(region))
}
