//! Which questions a condition may name, and what their answers are.

use std::collections::BTreeSet;

use super::{Asks, Form, Group, Question};
use crate::expression::{Expression, Subject};

/// A question's answer for expressions, with its choices by name.
pub(super) enum Choices {
    Text,
    Number,
    One(Vec<String>),
    Several(Vec<String>),
}

impl Choices {
    pub(super) fn subject(&self) -> Subject<'_> {
        match self {
            Self::Text => Subject::Text,
            Self::Number => Subject::Number,
            Self::One(choices) => Subject::One(choices),
            Self::Several(choices) => Subject::Several(choices),
        }
    }
}

/// What a question's answer is; a note has none.
pub(super) fn subject(form: &Form, question: &Question) -> Option<Choices> {
    let names = |list: &str| {
        let choices = form.choices.get(list).into_iter().flatten();
        choices.map(|choice| choice.name.clone()).collect()
    };
    match &question.asks {
        Asks::Note {} => None,
        Asks::Text {} => Some(Choices::Text),
        Asks::Integer {} | Asks::Range { .. } => Some(Choices::Number),
        Asks::SelectOne { list } => Some(Choices::One(names(list))),
        Asks::SelectMultiple { list } => Some(Choices::Several(names(list))),
    }
}

/// The first question of a group: what its condition may name stands before. Without one, all may be named.
pub(super) fn first_within(form: &Form, group: &Group) -> usize {
    let within = |question: &Question| chain(form, question.group.as_deref()).contains(&group.name.as_str());
    form.questions.iter().position(within).unwrap_or(form.questions.len())
}

/// A group and those around it, innermost first; ends where a name is unknown or comes again.
pub(super) fn chain<'a>(form: &'a Form, innermost: Option<&'a str>) -> Vec<&'a str> {
    let mut chain = Vec::new();
    let mut next = innermost;
    while let Some(name) = next.filter(|name| !chain.contains(name)) {
        chain.push(name);
        next = form.groups.iter().find(|group| group.name == name).and_then(|group| group.group.as_deref());
    }
    chain
}

/// For each question, those that decide it: named by its own conditions and by those of the groups around it.
pub(super) fn leads_to(form: &Form) -> Vec<BTreeSet<usize>> {
    let of =
        |question: &Question| {
            let groups = chain(form, question.group.as_deref());
            let around =
                groups.iter().filter_map(|name| form.groups.iter().find(|group| group.name == **name));
            let texts = around.filter_map(|group| group.relevant.as_deref());
            let texts = texts.chain(question.relevant.as_deref()).chain(question.constraint.as_deref());
            let mut targets = BTreeSet::new();
            for expression in texts.filter_map(|text| Expression::parse(text).ok()) {
                targets.extend(expression.names().into_iter().filter_map(|(_, name)| {
                    form.questions.iter().position(|question| question.name == name)
                }));
            }
            targets
        };
    form.questions.iter().map(of).collect()
}
