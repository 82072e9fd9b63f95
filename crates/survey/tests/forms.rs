//! Compiled surveys: every limit at, below and above; one encoding; nothing that a reader would have to guess.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use survey::form::{Asks, Choice, Form, Group, Question, Texts};
use survey::{Code, Survey, limits, standard};

fn texts(text: &str) -> Texts {
    BTreeMap::from([("es-CL".to_owned(), text.to_owned())])
}

fn question(name: &str, asks: Asks) -> Question {
    Question {
        name: name.to_owned(),
        asks,
        label: texts("¿Qué?"),
        hint: None,
        required: false,
        required_message: None,
        relevant: None,
        constraint: None,
        constraint_message: None,
        group: None,
    }
}

/// A form with a question of each type that has a list.
fn form() -> Form {
    let list = || "si_no".to_owned();
    let choice = |name: &str| Choice { name: name.to_owned(), label: texts(name) };
    Form {
        format: "oirs-survey/1".to_owned(),
        id: "encuesta".to_owned(),
        version: 1,
        languages: vec![language("es-CL", "Español")],
        title: texts("Encuesta"),
        groups: Vec::new(),
        questions: vec![
            question("una", Asks::SelectOne { list: list() }),
            question("varias", Asks::SelectMultiple { list: list() }),
        ],
        choices: BTreeMap::from([(list(), vec![choice("si"), choice("no")])]),
    }
}

fn language(tag: &str, name: &str) -> survey::form::Language {
    survey::form::Language { tag: tag.to_owned(), name: name.to_owned() }
}

fn check(change: impl FnOnce(&mut Form), expected: &[Code]) {
    let mut form = form();
    change(&mut form);
    let shown = format!("{form:?}");
    let codes: Vec<Code> =
        Survey::new(form).err().unwrap_or_default().iter().map(|fault| fault.code).collect();
    assert_eq!(codes, expected, "{}", shown.chars().take(400).collect::<String>());
}

/// One below a limit, at it, and one above it.
fn limit(max: usize, change: impl Fn(&mut Form, usize), above: Code) {
    check(|form| change(form, max - 1), &[]);
    check(|form| change(form, max), &[]);
    check(|form| change(form, max + 1), &[above]);
}

#[test]
fn limits_hold_at_and_break_above() {
    check(|_| {}, &[]);
    let many = |form: &mut Form, count: usize| {
        let names = form.questions.len()..count;
        form.questions.extend(names.map(|at| question(&format!("q{at}"), Asks::Text {})));
    };
    limit(limits::QUESTIONS_MAX, many, Code::TooMany);
    let groups = |form: &mut Form, count: usize| {
        form.groups = (0..count)
            .map(|at| Group { name: format!("g{at}"), label: None, relevant: None, group: None })
            .collect();
    };
    limit(limits::GROUPS_MAX, groups, Code::TooMany);
    let nested = |form: &mut Form, depth: usize| {
        form.groups = (0..depth)
            .map(|at| Group {
                name: format!("g{at}"),
                label: None,
                relevant: None,
                group: at.checked_sub(1).map(|outer| format!("g{outer}")),
            })
            .collect();
    };
    limit(limits::GROUP_DEPTH_MAX, nested, Code::GroupTooDeep);
    let choices = |form: &mut Form, count: usize| {
        let all = (0..count).map(|at| Choice { name: format!("{at}"), label: texts("x") });
        form.choices.insert("si_no".to_owned(), all.collect());
    };
    limit(limits::CHOICES_MAX, choices, Code::TooMany);
    let lists = |form: &mut Form, count: usize| {
        for at in 1..count {
            form.questions.push(question(&format!("q{at}"), Asks::SelectOne { list: format!("l{at}") }));
            let choice = Choice { name: "a".to_owned(), label: texts("A") };
            form.choices.insert(format!("l{at}"), vec![choice]);
        }
    };
    limit(limits::LISTS_MAX, lists, Code::TooMany);
    let languages = |form: &mut Form, count: usize| {
        form.languages = (0..count)
            .map(|at| language(&format!("a{}", char::from(b'a' + u8::try_from(at).unwrap())), "Una"))
            .collect();
        let all = form.languages.iter().map(|language| (language.tag.clone(), "x".to_owned()));
        let all: Texts = all.collect();
        form.title = all.clone();
        form.questions.iter_mut().for_each(|question| question.label = all.clone());
        form.choices.values_mut().flatten().for_each(|choice| choice.label = all.clone());
    };
    limit(limits::LANGUAGES_MAX, languages, Code::TooMany);
    limit(limits::TEXT_CHARS_MAX, |form, chars| form.title = texts(&"ñ".repeat(chars)), Code::TooLong);
    limit(limits::NAME_CHARS_MAX, |form, chars| form.id = "x".repeat(chars), Code::TooLong);
    limit(
        limits::LANGUAGE_NAME_CHARS_MAX,
        |form, chars| form.languages = vec![language("es-CL", &"x".repeat(chars))],
        Code::TooLong,
    );
    let range = |start, end| {
        move |form: &mut Form| {
            form.questions.push(question("r", Asks::Range { start, end, low: texts("a"), high: texts("z") }));
        }
    };
    check(range(0, limits::RANGE_END_MAX), &[]);
    check(range(9, 10), &[]);
    check(range(0, limits::RANGE_END_MAX + 1), &[Code::InvalidRange]);
    check(range(-1, 5), &[Code::InvalidRange]);
    check(range(3, 3), &[Code::InvalidRange]);
    check(range(7, 1), &[Code::InvalidRange]);
    check(range(i64::MIN, i64::MAX), &[Code::InvalidRange]);
}

#[test]
fn rules_are_told_by_code() {
    check(|form| form.format = "oirs-survey/2".to_owned(), &[Code::NotASurvey]);
    check(|form| form.version = 0, &[Code::InvalidVersion]);
    check(|form| form.questions.truncate(0), &[Code::NoQuestion, Code::ListNotUsed]);
    check(|form| form.questions[0].name = "varias".to_owned(), &[Code::NameTwice]);
    check(|form| form.questions[0].group = Some("nadie".to_owned()), &[Code::UnknownGroup]);
    check(
        |form| form.languages.clear(),
        &[
            Code::Missing,
            Code::UnknownLanguage,
            Code::UnknownLanguage,
            Code::UnknownLanguage,
            Code::UnknownLanguage,
            Code::UnknownLanguage,
        ],
    );
    check(
        |form| form.languages[0].tag = "ES".to_owned(),
        &[
            Code::InvalidLanguage,
            Code::Missing,
            Code::UnknownLanguage,
            Code::Missing,
            Code::UnknownLanguage,
            Code::Missing,
            Code::UnknownLanguage,
            Code::Missing,
            Code::UnknownLanguage,
            Code::Missing,
            Code::UnknownLanguage,
        ],
    );
    check(
        |form| {
            form.title.insert("en".to_owned(), "x".to_owned());
        },
        &[Code::UnknownLanguage],
    );
    check(|form| form.questions[0].label = texts("  "), &[Code::Missing]);
    check(|form| form.questions[0].label = texts("a\u{7}"), &[Code::ControlCharacter]);
    check(|form| form.questions[0].label = texts("a\nb"), &[]);
    check(|form| form.questions[0].hint = Some(texts("${una}")), &[Code::ReferenceInText]);
    check(|form| form.questions[0].required_message = Some(texts("Falta")), &[Code::MessageWithoutRule]);
    check(|form| form.questions[0].constraint_message = Some(texts("Falta")), &[Code::MessageWithoutRule]);
    check(|form| form.questions[0].constraint = Some(". = 'si'".to_owned()), &[Code::Missing]);
    check(
        |form| {
            form.questions.push(Question {
                required: true,
                constraint: Some("1 = 1".to_owned()),
                constraint_message: Some(texts("x")),
                ..question("nota", Asks::Note {})
            });
        },
        &[Code::NotUsed, Code::NotUsed],
    );
    check(|form| form.questions[1].relevant = Some("${una} = 'si'".to_owned()), &[]);
    check(
        |form| form.questions[0].relevant = Some("selected(${varias}, 'si')".to_owned()),
        &[Code::ReferenceAhead],
    );
    check(|form| form.questions[0].relevant = Some("${una} = 'si'".to_owned()), &[Code::ReferenceCycle]);
    check(
        |form| {
            form.questions.push(Question {
                relevant: Some("${aviso} = ''".to_owned()),
                ..question("q", Asks::Text {})
            });
        },
        &[Code::UnknownQuestion],
    );
}

#[test]
fn a_survey_has_one_encoding() {
    let survey = Survey::new(form()).unwrap();
    assert_eq!(Survey::read(survey.bytes()).unwrap(), survey);
    let check = |bytes: &[u8], expected: Code| {
        let faults = Survey::read(bytes).unwrap_err();
        assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), [expected]);
    };
    let text = std::str::from_utf8(survey.bytes()).unwrap();
    check(format!("{text}\n").as_bytes(), Code::OtherEncoding);
    check(text.replace("\"version\":1", "\"version\": 1").as_bytes(), Code::OtherEncoding);
    check(text.replace("Encuesta", "\\u0045ncuesta").as_bytes(), Code::OtherEncoding);
    check(
        text.replace("\"required\":false", "\"required\":false,\"hint\":null").as_bytes(),
        Code::OtherEncoding,
    );
    check(text.replace("\"version\":1", "\"version\":1,\"version\":1").as_bytes(), Code::NotASurvey);
    check(text.replace("\"version\":1", "\"version\":1,\"colour\":1").as_bytes(), Code::NotASurvey);
    check(text.replace("\"type\":\"select_one\"", "\"type\":\"rank\"").as_bytes(), Code::NotASurvey);
    check(text.replace("\"version\":1", "\"version\":-1").as_bytes(), Code::NotASurvey);
    check(b"", Code::NotASurvey);
    check(&[b'['; 10_000], Code::NotASurvey);
    check(&vec![b' '; limits::FORM_BYTES_MAX + 1], Code::FileTooLarge);
}

#[test]
fn only_a_higher_version_of_the_same_survey_follows() {
    let of = |id: &str, version| Survey::new(Form { id: id.to_owned(), version, ..form() }).unwrap();
    assert!(of("a", 2).follows(&of("a", 1)));
    assert!(!of("a", 1).follows(&of("a", 1)));
    assert!(!of("a", 1).follows(&of("a", 2)));
    assert!(!of("b", 2).follows(&of("a", 1)));
}

proptest! {
    #[test]
    fn any_bytes_are_no_survey_and_nothing_worse(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
        prop_assert!(Survey::read(&bytes).is_err());
    }

    #[test]
    fn a_damaged_survey_is_refused_or_another_survey(at in 0_usize..5000, value: u8) {
        let mut bytes = standard::COMPILED.to_vec();
        let at = at % bytes.len();
        bytes[at] = value;
        if let Ok(survey) = Survey::read(&bytes) {
            prop_assert_eq!(survey.bytes(), &bytes[..]);
        }
    }
}
