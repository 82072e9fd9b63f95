//! What one question came to: counts with their standing, and nothing of fewer answers than may be shown.

use serde::Serialize;
use survey::form::{Asks, Question, Texts};
use survey::summary::{Choices, Grades, Standing, percent, share_interval_tenths, standing};
use survey::{Filled, Reply, Survey};

/// The scale on which net satisfaction is defined.
const NET_SCALE: (i64, i64) = (1, 7);

/// What one question came to. Counts are null below the number of answers from which they are shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionResult {
    /// Its name.
    pub name: String,
    /// The question, in the survey's own language.
    pub label: String,
    /// What it asks for: `text`, `integer`, `range`, `select_one`, `select_multiple`.
    pub asks: &'static str,
    /// People who gave an answer to it.
    pub answers: u64,
    /// Whether shares of so many may be shown: `held_back`, `uncertain` or `firm`.
    pub standing: &'static str,
    /// "I don't know".
    pub dont_know: Option<u64>,
    /// "I'd rather not say".
    pub declined: Option<u64>,
    /// How often each grade or choice was given, in order.
    pub given: Option<Vec<ChoiceCount>>,
    /// Net satisfaction, of a grade from 1 to 7.
    pub net: Option<NetLine>,
}

/// How often one grade or choice was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChoiceCount {
    /// The grade, or the choice's name.
    pub name: String,
    /// What is shown for it.
    pub label: String,
    /// People.
    pub count: u64,
    /// Of those who answered, in whole percent.
    pub percent: Option<u8>,
    /// Where the share lies at 95 %, in tenths of a percent: from.
    pub low_tenths: Option<u16>,
    /// To.
    pub high_tenths: Option<u16>,
}

/// Net satisfaction as the State counts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NetLine {
    /// Share of 6 and 7, in whole percent.
    pub satisfied: u8,
    /// Share of 5.
    pub neutral: u8,
    /// Share of 1 to 4.
    pub dissatisfied: u8,
    /// The first less the last.
    pub net: i16,
    /// Its margin at 95 %, in tenths of a point, of a sample of those who took part; none where they are not known.
    pub margin_tenths: Option<u32>,
}

/// What a question of a survey came to, of these answers. `population` is how many people could have been drawn.
pub(super) fn count(
    survey: &Survey,
    question: &Question,
    answers: &[Filled],
    population: u64,
) -> Option<QuestionResult> {
    let language = survey.form().languages.first().map_or("", |language| language.tag.as_str());
    let count = match &question.asks {
        Asks::Note {} => return None,
        Asks::Text {} => Count::words(question, answers, "text"),
        Asks::Integer {} => Count::words(question, answers, "integer"),
        Asks::Range { start, end, low, high } => Count::grades(
            question,
            answers,
            (*start, *end),
            (said(low, language), said(high, language)),
            population,
        ),
        Asks::SelectOne { list } => Count::choices(survey, question, answers, list, "select_one"),
        Asks::SelectMultiple { list } => Count::choices(survey, question, answers, list, "select_multiple"),
    };
    Some(count.result(question, language))
}

/// A question's counts before it is decided whether they may be shown.
struct Count {
    asks: &'static str,
    answers: u64,
    dont_know: u64,
    declined: u64,
    given: Vec<ChoiceCount>,
    net: Option<NetLine>,
}

impl Count {
    fn result(self, question: &Question, language: &str) -> QuestionResult {
        let standing = standing(self.answers);
        let shown = standing != Standing::HeldBack;
        QuestionResult {
            name: question.name.clone(),
            label: said(&question.label, language),
            asks: self.asks,
            answers: self.answers,
            standing: standing.as_str(),
            dont_know: shown.then_some(self.dont_know),
            declined: shown.then_some(self.declined),
            given: Some(self.given).filter(|given| shown && !given.is_empty()),
            net: self.net.filter(|_| shown),
        }
    }

    fn words(question: &Question, answers: &[Filled], asks: &'static str) -> Self {
        let replies = || answers.iter().filter_map(|filled| filled.replies.get(&question.name));
        let says = |reply: &&Reply| match reply {
            Reply::Text(text) => !text.trim().is_empty(),
            Reply::Number(_) => true,
            _ => false,
        };
        let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        Self {
            asks,
            answers: number(replies().filter(says).count()),
            dont_know: 0,
            declined: number(replies().filter(|reply| **reply == Reply::Declined).count()),
            given: Vec::new(),
            net: None,
        }
    }

    fn grades(
        question: &Question,
        answers: &[Filled],
        (start, end): (i64, i64),
        (low, high): (String, String),
        population: u64,
    ) -> Self {
        let replies = || answers.iter().filter_map(|filled| filled.replies.get(&question.name));
        let times =
            |wanted: &Reply| u64::try_from(replies().filter(|reply| *reply == wanted).count()).unwrap_or(0);
        let counts: Vec<(i64, u64)> =
            (start..=end).map(|grade| (grade, times(&Reply::Number(grade)))).collect();
        let total = counts.iter().fold(0_u64, |sum, (_, count)| sum.saturating_add(*count));
        let label = |grade: i64| match grade {
            _ if grade == start => format!("{grade}: {low}"),
            _ if grade == end => format!("{grade}: {high}"),
            _ => grade.to_string(),
        };
        let given = counts
            .iter()
            .map(|(grade, count)| share(grade.to_string(), label(*grade), *count, total))
            .collect();
        Self {
            asks: "range",
            answers: total,
            dont_know: times(&Reply::DontKnow),
            declined: times(&Reply::Declined),
            given,
            net: if (start, end) == NET_SCALE { net(question, answers, population) } else { None },
        }
    }

    fn choices(
        survey: &Survey,
        question: &Question,
        answers: &[Filled],
        list: &str,
        asks: &'static str,
    ) -> Self {
        let language = survey.form().languages.first().map_or("", |language| language.tag.as_str());
        let mut counted = Choices::default();
        for filled in answers {
            counted.add(filled, &question.name);
        }
        let choices = survey.form().choices.get(list).into_iter().flatten();
        let given = choices.map(|choice| {
            let count = counted.given.get(&choice.name).copied().unwrap_or_default();
            share(choice.name.clone(), said(&choice.label, language), count, counted.answers)
        });
        Self {
            asks,
            answers: counted.answers,
            dont_know: 0,
            declined: counted.declined,
            given: given.collect(),
            net: None,
        }
    }
}

fn share(name: String, label: String, count: u64, whole: u64) -> ChoiceCount {
    let interval = share_interval_tenths(count, whole);
    ChoiceCount {
        name,
        label,
        count,
        percent: percent(count, whole),
        low_tenths: interval.map(|(low, _)| low),
        high_tenths: interval.map(|(_, high)| high),
    }
}

fn net(question: &Question, answers: &[Filled], population: u64) -> Option<NetLine> {
    let mut grades = Grades::default();
    for filled in answers {
        grades.add(filled, &question.name);
    }
    let net = grades.net()?;
    Some(NetLine {
        satisfied: net.satisfied,
        neutral: net.neutral,
        dissatisfied: net.dissatisfied,
        net: net.net,
        margin_tenths: grades.net_margin_tenths(population),
    })
}

fn said(texts: &Texts, language: &str) -> String {
    texts.get(language).or_else(|| texts.values().next()).cloned().unwrap_or_default()
}
