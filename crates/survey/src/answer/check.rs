//! Which questions are asked, what became of each, and what is wrong with a reply.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Ending, Filled, Replies, Reply};
use crate::expression::Held;
use crate::form::{Asks, Conditions, Question};
use crate::limits::{ANSWER_NUMBER_MAX, ANSWER_TEXT_CHARS_MAX};
use crate::words::words;
use crate::{Code, Survey};

words! {
    /// What became of a question.
    State {
        /// It has an answer.
        Answered = "answered",
        /// "I don't know".
        DontKnow = "dont_know",
        /// "I'd rather not say".
        Declined = "declined",
        /// By the other replies it isn't asked.
        NotRelevant = "not_relevant",
        /// It was passed over, as it may be.
        Skipped = "skipped",
        /// Answering ended before it was reached, or it still is to be.
        NotReached = "not_reached",
    }
}

/// One thing wrong with a filled answer. It never repeats what was replied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnswerFault {
    /// The question, or none when it is the answer as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The rule that is broken.
    pub code: Code,
}

/// An answer that keeps every rule: what became of each question, by its name, in the survey's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Questions without notes.
    pub states: Vec<(String, State)>,
}

/// How far somebody is, and what comes next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Every question and note that is shown for these replies, in order, by name.
    pub shown: Vec<String>,
    /// Questions among them, without notes.
    pub questions: usize,
    /// Of these, how many have a reply.
    pub replied: usize,
    /// The first that has none, whether it must have one or not.
    pub next: Option<String>,
    /// The first that has none and must have one: without it the survey isn't complete.
    pub missing: Option<String>,
}

/// Judges a filled answer.
///
/// # Errors
/// Everything that is wrong, in the order of the survey; what the survey doesn't know comes last.
pub fn check(survey: &Survey, filled: &Filled) -> Result<Checked, Vec<AnswerFault>> {
    let form = survey.form();
    if filled.format != super::FORMAT || filled.survey != form.id || filled.version != form.version {
        return Err(vec![whole(Code::OtherSurvey)]);
    }
    let mut faults = Vec::new();
    if !form.languages.iter().any(|language| language.tag == filled.language) {
        faults.push(whole(Code::UnknownLanguage));
    }
    if filled.ending == Ending::Refused && !filled.replies.is_empty() {
        faults.push(whole(Code::RefusedWithReplies));
    }
    let mut states = Vec::new();
    for step in Walk::of(survey, &filled.replies) {
        let name = &step.question.name;
        faults
            .extend(step.fault(filled.ending).map(|code| AnswerFault { question: Some(name.clone()), code }));
        if !step.question.asks.is_note() {
            states.push((name.clone(), step.state(filled.ending)));
        }
    }
    let known = |name: &str| form.questions.iter().any(|question| question.name == name);
    let unknown = filled.replies.keys().filter(|name| !known(name));
    // What it is called was not written by us: it isn't repeated.
    faults.extend(unknown.map(|_| whole(Code::UnknownQuestion)));
    if faults.is_empty() { Ok(Checked { states }) } else { Err(faults) }
}

/// Says how far somebody is with these replies. Those that break a rule count as replies: [`check`] names them.
pub fn progress(survey: &Survey, replies: &Replies) -> Progress {
    let mut progress = Progress { shown: Vec::new(), questions: 0, replied: 0, next: None, missing: None };
    for step in Walk::of(survey, replies).filter(|step| step.relevant) {
        let name = &step.question.name;
        progress.shown.push(name.clone());
        if step.question.asks.is_note() {
            continue;
        }
        progress.questions = progress.questions.saturating_add(1);
        if step.replied() {
            progress.replied = progress.replied.saturating_add(1);
            continue;
        }
        progress.next.get_or_insert_with(|| name.clone());
        if step.question.required {
            progress.missing.get_or_insert_with(|| name.clone());
        }
    }
    progress
}

/// The replies to questions that are asked, by these replies: what somebody said and then went back from is left out.
pub fn asked(survey: &Survey, replies: &Replies) -> Replies {
    let shown = progress(survey, replies).shown;
    replies
        .iter()
        .filter(|(name, _)| shown.contains(name))
        .map(|(name, reply)| (name.clone(), reply.clone()))
        .collect()
}

fn whole(code: Code) -> AnswerFault {
    AnswerFault { question: None, code }
}

/// One question with what the replies before it make of it.
struct Step<'a> {
    question: &'a Question,
    conditions: &'a Conditions,
    reply: Option<&'a Reply>,
    relevant: bool,
    /// Whether its reply fulfils its constraint.
    fulfilled: bool,
}

/// The questions in order. A condition names only what stands before it, so one pass is enough.
struct Walk<'a, I> {
    questions: I,
    replies: &'a Replies,
    held: BTreeMap<&'a str, Held<'a>>,
}

impl<'a> Walk<'a, ()> {
    fn of(survey: &'a Survey, replies: &'a Replies) -> impl Iterator<Item = Step<'a>> {
        Walk { questions: survey.questions(), replies, held: BTreeMap::new() }
    }
}

impl<'a, I: Iterator<Item = (&'a Question, &'a Conditions)>> Iterator for Walk<'a, I> {
    type Item = Step<'a>;

    fn next(&mut self) -> Option<Step<'a>> {
        let (question, conditions) = self.questions.next()?;
        let reply = self.replies.get(&question.name);
        let held = |name: &str| self.held.get(name).copied().unwrap_or(Held::Nothing);
        let relevant = conditions.relevant.iter().all(|condition| condition.holds(&held, Held::Nothing));
        let this = reply.map_or(Held::Nothing, held_by);
        // XForms: what has no answer can't break a constraint.
        let judged = conditions.constraint.as_ref().filter(|_| this != Held::Nothing);
        let fulfilled = judged.is_none_or(|constraint| constraint.holds(&held, this));
        // A question that isn't asked holds nothing, whatever was replied to it earlier.
        if relevant {
            self.held.insert(&question.name, this);
        }
        Some(Step { question, conditions, reply, relevant, fulfilled })
    }
}

fn held_by(reply: &Reply) -> Held<'_> {
    match reply {
        Reply::Text(text) if text.trim().is_empty() => Held::Nothing,
        Reply::Text(text) | Reply::Choice(text) => Held::Text(text),
        Reply::Number(number) => Held::Number(*number),
        Reply::Choices(choices) if choices.is_empty() => Held::Nothing,
        Reply::Choices(choices) => Held::Choices(choices),
        Reply::DontKnow | Reply::Declined => Held::Nothing,
    }
}

impl Step<'_> {
    /// Whether there is a reply that says something, if only "I'd rather not say".
    fn replied(&self) -> bool {
        self.reply.is_some_and(|reply| {
            matches!(reply, Reply::DontKnow | Reply::Declined) || held_by(reply) != Held::Nothing
        })
    }

    fn state(&self, ending: Ending) -> State {
        match self.reply {
            _ if !self.relevant => State::NotRelevant,
            Some(Reply::DontKnow) => State::DontKnow,
            Some(Reply::Declined) => State::Declined,
            Some(_) if self.replied() => State::Answered,
            _ if ending == Ending::Complete => State::Skipped,
            _ => State::NotReached,
        }
    }

    fn fault(&self, ending: Ending) -> Option<Code> {
        if self.relevant && !self.replied() {
            let due = self.question.required && ending == Ending::Complete;
            return due.then_some(Code::Missing);
        }
        let reply = self.reply?;
        if !self.relevant {
            return Some(Code::NotRelevant);
        }
        self.fits(reply).err().or((!self.fulfilled).then_some(Code::Constraint))
    }

    /// Whether a reply is of the question's type and within its bounds.
    fn fits(&self, reply: &Reply) -> Result<(), Code> {
        let unless = |broken: bool, code: Code| if broken { Err(code) } else { Ok(()) };
        let known = |choice: &String| self.conditions.choices.contains(choice);
        match (&self.question.asks, reply) {
            (Asks::Note {}, _) => Err(Code::WrongType),
            (_, Reply::Declined) | (Asks::Range { .. }, Reply::DontKnow) => Ok(()),
            (_, Reply::DontKnow) => Err(Code::CantBeUnknown),
            (Asks::Text {}, Reply::Text(text)) => {
                unless(text.chars().count() > ANSWER_TEXT_CHARS_MAX, Code::TooLong)?;
                unless(text.chars().any(|c| c.is_control() && c != '\n'), Code::ControlCharacter)
            }
            (Asks::Integer {}, Reply::Number(number)) => {
                unless(!(-ANSWER_NUMBER_MAX..=ANSWER_NUMBER_MAX).contains(number), Code::OutOfRange)
            }
            (Asks::Range { start, end, .. }, Reply::Number(number)) => {
                unless(!(start..=end).contains(&number), Code::OutOfRange)
            }
            (Asks::SelectOne { .. }, Reply::Choice(choice)) => unless(!known(choice), Code::UnknownChoice),
            (Asks::SelectMultiple { .. }, Reply::Choices(choices)) => {
                unless(!choices.iter().all(known), Code::UnknownChoice)?;
                let twice = |(at, choice): (usize, &String)| choices.iter().take(at).any(|one| one == choice);
                unless(choices.iter().enumerate().any(twice), Code::ChoiceTwice)
            }
            _ => Err(Code::WrongType),
        }
    }
}
