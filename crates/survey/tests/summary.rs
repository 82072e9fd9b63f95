//! Indicators from counts, and the survey that ships.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use survey::answer::{Progress, progress};
use survey::draw::Tally;
use survey::form::Asks;
use survey::summary::{Choices, Grades, Standing, percent, share_interval_tenths, standing};
use survey::{Filled, standard, xlsform};

#[test]
fn net_satisfaction_is_the_states() {
    let check = |given: [u64; 7], expected: Option<(u8, u8, u8, i16)>| {
        let net = Grades::new(given).net();
        assert_eq!(
            net.map(|net| (net.satisfied, net.neutral, net.dissatisfied, net.net)),
            expected,
            "{given:?}"
        );
    };
    check([0; 7], None);
    check([0, 0, 0, 0, 0, 0, 5], Some((100, 0, 0, 100)));
    check([1, 1, 1, 1, 0, 0, 0], Some((0, 0, 100, -100)));
    check([0, 0, 0, 0, 9, 0, 0], Some((0, 100, 0, 0)));
    check([5, 5, 5, 7, 9, 30, 39], Some((69, 9, 22, 47)));
    // Rounded before they are subtracted: 66.7 less 33.3 is 67 less 33.
    check([0, 0, 0, 1, 0, 1, 1], Some((67, 0, 33, 34)));
    // Python's round takes 12.5 to 12 and 37.5 to 38; together they need not be 100.
    check([1, 0, 0, 0, 4, 0, 3], Some((38, 50, 12, 26)));
    check([u64::MAX; 7], Some((100, 100, 100, 0)));
}

#[test]
fn halves_go_to_the_even_number() {
    let check = |part, whole, expected| assert_eq!(percent(part, whole), expected, "{part}/{whole}");
    check(0, 0, None);
    check(0, 8, Some(0));
    check(1, 8, Some(12));
    check(3, 8, Some(38));
    check(5, 8, Some(62));
    check(7, 8, Some(88));
    check(1, 200, Some(0));
    check(3, 200, Some(2));
    check(8, 8, Some(100));
    check(9, 8, Some(100));
}

#[test]
fn few_answers_are_held_back() {
    let check = |answers, expected| assert_eq!(standing(answers), expected, "{answers}");
    check(0, Standing::HeldBack);
    check(9, Standing::HeldBack);
    check(10, Standing::Uncertain);
    check(29, Standing::Uncertain);
    check(30, Standing::Firm);
}

#[test]
fn grades_are_counted_from_answers() {
    let mut grades = Grades::default();
    for reply in [
        r#"{"number":1}"#,
        r#"{"number":7}"#,
        r#"{"number":7}"#,
        r#"{"number":0}"#,
        r#"{"number":8}"#,
        r#"{"number":-9223372036854775808}"#,
        "\"dont_know\"",
        "\"declined\"",
        r#"{"text":"7"}"#,
    ] {
        grades.add(&filled(&format!("\"satisfaccion\":{reply}")), standard::SATISFACTION);
    }
    assert_eq!((grades.given(), grades.dont_know, grades.declined), ([1, 0, 0, 0, 0, 0, 2], 1, 1));
}

/// Reckoned by hand from the formula; the usual tables of sample sizes say the same (278 of 1000 for 10 points of a
/// difference, 5 of a share).
#[test]
fn the_margin_is_that_of_a_difference() {
    let check = |given: [u64; 7], population: u64, expected: Option<u32>| {
        assert_eq!(Grades::new(given).net_margin_tenths(population), expected, "{given:?} of {population}");
    };
    check([0; 7], 10, None);
    check([0, 0, 0, 0, 0, 0, 11], 10, None);
    check([0, 0, 0, 0, 0, 0, 10], 10, Some(0));
    check([0, 0, 0, 0, 0, 0, 1], 1, Some(0));
    check([139, 0, 0, 0, 0, 0, 139], 1000, Some(100));
    check([193, 0, 0, 0, 0, 0, 192], 1_000_000_000, Some(100));
    check([0, 0, 0, 25, 25, 25, 25], 100_000_000, Some(163));
    check([0, 0, 0, 0, 50, 50, 0], 100_000_000, Some(98));
}

#[test]
fn choices_are_counted_from_answers() {
    let mut choices = Choices::default();
    for reply in [
        r#"{"choice":"si"}"#,
        r#"{"choice":"no"}"#,
        r#"{"choices":["si","no"]}"#,
        r#"{"choices":[]}"#,
        "\"declined\"",
        r#"{"text":"si"}"#,
    ] {
        choices.add(&filled(&format!("\"resuelto\":{reply}")), standard::SOLVED);
    }
    assert_eq!((choices.answers, choices.declined), (3, 1));
    assert_eq!((choices.percent("si"), choices.percent("nunca")), (Some(67), Some(0)));
    assert_eq!(Choices::default().percent("si"), None);
}

fn filled(replies: &str) -> Filled {
    let text = format!(
        "{{\"format\":\"oirs-survey-answer/1\",\"survey\":\"s\",\"version\":1,\"language\":\"en\",
          \"ending\":\"complete\",\"replies\":{{{replies}}}}}"
    );
    Filled::read(text.as_bytes()).unwrap()
}

/// Newcombe (1998), table I, and the ends.
#[test]
fn a_share_has_an_interval_however_few_answered() {
    let rows = [
        (81, 263, Some((255, 366))),
        (15, 148, Some((62, 160))),
        (0, 20, Some((0, 161))),
        (1, 29, Some((6, 172))),
        (29, 29, Some((883, 1000))),
        (0, 0, None),
        (3, 2, Some((342, 1000))),
    ];
    for (part, whole, interval) in rows {
        assert_eq!(share_interval_tenths(part, whole), interval, "{part} of {whole}");
    }
}

#[test]
fn tallies_add_up() {
    let one = Tally { places: 9, drawn: 4, answered: 1, refused: 1, broken_off: 1, lapsed: 1, open: 0 };
    let both = one.plus(one);
    assert_eq!((both.places, both.drawn, both.answered, both.lapsed), (18, 8, 2, 2));
    assert!(one.adds_up() && both.adds_up());
    assert!(!Tally { answered: 2, ..one }.adds_up());
    assert!(!Tally { answered: u64::MAX, ..one }.adds_up());
    assert_eq!(one.response_percent(), Some(25));
    assert_eq!(Tally::default().response_percent(), None);
}

#[test]
fn the_shipped_survey_is_what_its_spreadsheet_says() {
    let compiled = xlsform::compile(standard::SPREADSHEET).unwrap();
    assert_eq!(standard::survey().unwrap(), compiled);
    let form = compiled.form();
    let asks = |name: &str| form.questions.iter().find(|question| question.name == name).map(|one| &one.asks);
    assert!(matches!(asks(standard::SATISFACTION), Some(Asks::Range { start: 1, end: 7, .. })));
    assert!(matches!(asks(standard::SOLVED), Some(Asks::SelectOne { .. })));
    // One grade at the beginning is all that must be replied to.
    let Progress { questions, next, missing, .. } = progress(&compiled, &survey::answer::Replies::new());
    assert_eq!(
        (questions, next.as_deref(), missing.as_deref()),
        (7, Some("satisfaccion"), Some("satisfaccion"))
    );
}

#[test]
fn the_shipped_survey_reads_plainly() {
    let survey = standard::survey().unwrap();
    let json: serde_json::Value = serde_json::from_slice(survey.bytes()).unwrap();
    let mut sentences = 0;
    let mut open = vec![&json];
    while let Some(value) = open.pop() {
        if let Some(spanish) = value.get("es-CL").and_then(serde_json::Value::as_str) {
            for sentence in spanish.split_inclusive(['.', '?']) {
                let words = sentence.split_whitespace().count();
                assert!(words <= 20, "{words} words: {sentence}");
                sentences += 1;
            }
            assert!(!spanish.contains("usted"), "{spanish}");
        }
        open.extend(value.as_object().into_iter().flat_map(|object| object.values()));
        open.extend(value.as_array().into_iter().flatten());
    }
    assert!(sentences > 30, "{sentences}");
    let text = std::str::from_utf8(survey.bytes()).unwrap();
    // The State's measurement is made by others; this one never takes its name.
    assert!(!text.contains("MESU"));
}
