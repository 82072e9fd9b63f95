//! Conditions: what is read, what is refused and where, what holds.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use proptest::prelude::*;
use survey::Code;
use survey::expression::{Expression, Held, Subject};
use survey::limits::{EXPRESSION_CHARS_MAX, EXPRESSION_DEPTH_MAX};

#[test]
fn what_the_subset_lacks_is_refused_with_its_place() {
    let check = |text: &str, at: usize, code: Code, word: Option<&str>| {
        let problem = Expression::parse(text).unwrap_err();
        assert_eq!((problem.at, problem.code, problem.word.as_deref()), (at, code, word), "{text}");
    };
    check("", 1, Code::Unfinished, None);
    check("${a} =", 7, Code::Unfinished, None);
    check("${a} = 1 and", 13, Code::Unfinished, None);
    check("(${a} = 1", 10, Code::Unfinished, None);
    check("${a} = 1)", 9, Code::Unexpected, Some(")"));
    check("${a} = 1 = 1", 10, Code::Unexpected, Some("="));
    check("${a} ${b}", 6, Code::Unexpected, Some("${b}"));
    check("${a} = 'x", 8, Code::Unclosed, None);
    check("${a = 1", 1, Code::Unclosed, None);
    check("${a} = 1.5", 8, Code::NotWhole, None);
    check("${a} = .5", 8, Code::NotWhole, None);
    check("${a} = 1234567890", 8, Code::NumberTooLong, None);
    check("${a} + 1", 6, Code::UnexpectedCharacter, Some("+"));
    check("${a} ! 1", 6, Code::UnexpectedCharacter, Some("!"));
    check("ñ = 1", 1, Code::UnexpectedCharacter, Some("ñ"));
    check("$a = 1", 1, Code::UnexpectedCharacter, Some("$"));
    check("${a} div 2", 6, Code::Unexpected, Some("div"));
    check("and", 1, Code::Unexpected, Some("and"));
    check("true() or false()", 1, Code::UnknownFunction, Some("true"));
    check("${a} = 1 and if(1, 2, 3)", 14, Code::UnknownFunction, Some("if"));
    check("jr:choice-name(${a}, 'x')", 1, Code::UnknownFunction, Some("jr:choice-name"));
    check("selected(${a})", 1, Code::WrongArguments, Some("selected"));
    check("selected('x', ${a})", 1, Code::WrongArguments, Some("selected"));
    check("selected(${a}, ${b})", 1, Code::WrongArguments, Some("selected"));
    check("selected(${a}, 'x', 'y')", 1, Code::WrongArguments, Some("selected"));
    check("string-length('x')", 1, Code::WrongArguments, Some("string-length"));
    check("not()", 5, Code::Unexpected, Some(")"));
    check("/data/a = 1", 1, Code::UnexpectedCharacter, Some("/"));
    check("../a = 1", 3, Code::UnexpectedCharacter, Some("/"));
}

#[test]
fn length_and_depth_are_bounded() {
    let long = |chars: usize| format!("${{a}} = '{}'", "ñ".repeat(chars - 9));
    assert_eq!(long(EXPRESSION_CHARS_MAX).chars().count(), EXPRESSION_CHARS_MAX);
    assert!(Expression::parse(&long(EXPRESSION_CHARS_MAX)).is_ok());
    let problem = Expression::parse(&long(EXPRESSION_CHARS_MAX + 1)).unwrap_err();
    assert_eq!(problem.code, Code::ExpressionTooLong);
    let check = |open: &str, depth: usize, expected: Option<Code>| {
        let text = format!("{}${{a}} = 1{}", open.repeat(depth), ")".repeat(depth));
        assert_eq!(Expression::parse(&text).err().map(|problem| problem.code), expected, "{text}");
    };
    check("(", EXPRESSION_DEPTH_MAX - 1, None);
    check("(", EXPRESSION_DEPTH_MAX, None);
    check("(", EXPRESSION_DEPTH_MAX + 1, Some(Code::ExpressionTooDeep));
    check("not(", EXPRESSION_DEPTH_MAX + 1, Some(Code::ExpressionTooDeep));
    // Beside each other there may be as many as the length allows.
    let wide = vec!["(1=1)"; 60].join("and");
    assert!(Expression::parse(&wide).is_ok());
}

/// A text, a number, one of `x` and `y`, several of `x` and `y`.
fn subject<'a>(choices: &'a [String], name: &str) -> Option<Subject<'a>> {
    match name {
        "text" => Some(Subject::Text),
        "number" => Some(Subject::Number),
        "one" => Some(Subject::One(choices)),
        "several" => Some(Subject::Several(choices)),
        _ => None,
    }
}

#[test]
fn types_are_checked() {
    let choices = ["x".to_owned(), "y".to_owned()];
    let check = |text: &str, expected: &[(usize, Code)]| {
        let expression = Expression::parse(text).unwrap();
        let problems = expression.check(&|name| subject(&choices, name), Some(Subject::Number));
        let found: Vec<_> = problems.iter().map(|problem| (problem.at, problem.code)).collect();
        assert_eq!(found, expected, "{text}");
    };
    check("${number} > 3 and ${text} = 'a' or ${one} != 'x'", &[]);
    check("selected(${several}, 'x') and selected(${one}, 'y')", &[]);
    check("count-selected(${several}) >= 2", &[]);
    check("string-length(${text}) < 10 and . >= 1", &[]);
    check("${text} = '' or ${number} != '' or '' = ${one} or ${several} = ''", &[]);
    check("${number} = . and ${text} = ${one} and 'a' = 'b' and 1 < 2", &[]);
    let wrong = |at| (at, Code::TypeMismatch);
    check("${number}", &[wrong(1)]);
    check("'x'", &[wrong(1)]);
    check("3", &[wrong(1)]);
    check("not(${one})", &[wrong(5)]);
    check("${text} and ${one} = 'x'", &[wrong(1)]);
    check("${text} > 3", &[wrong(1)]);
    check("${text} = 3", &[wrong(1)]);
    check("${text} < 'a'", &[wrong(1)]);
    check("${number} = 'a'", &[wrong(1)]);
    check("${number} < ''", &[wrong(1)]);
    check("${one} = 1", &[wrong(1)]);
    check("${several} = 'x'", &[wrong(1)]);
    check("${several} = ${one}", &[wrong(1)]);
    check("(1 = 1) = (2 = 2)", &[wrong(2)]);
    check("${one} = 'z'", &[(1, Code::UnknownChoice)]);
    check("selected(${several}, 'z')", &[(1, Code::UnknownChoice)]);
    check("selected(${text}, 'x')", &[(1, Code::WrongArguments)]);
    check("count-selected(${one}) = 1", &[(1, Code::WrongArguments)]);
    check("string-length(${number}) = 1", &[(1, Code::WrongArguments)]);
    check("${nobody} = 1 and ${one} = 'z'", &[(1, Code::UnknownQuestion), (19, Code::UnknownChoice)]);
    let this = Expression::parse(". = 1").unwrap();
    assert_eq!(this.check(&|_| None, None)[0].code, Code::NoThis);
}

#[test]
fn a_processor_of_xpath_that_is_not_ours_agrees() {
    let vectors = include_str!("../../../tests/fixtures/survey/expressions.json");
    let vectors: serde_json::Value = serde_json::from_str(vectors).unwrap();
    let answers = vectors["answers"].as_array().unwrap();
    let mut judged = 0;
    for row in vectors["expressions"].as_array().unwrap() {
        let text = row["expression"].as_str().unwrap();
        let expression = Expression::parse(text).unwrap();
        for (answers, holds) in answers.iter().zip(row["holds"].as_array().unwrap()) {
            let several: Vec<String> = serde_json::from_value(answers["several"].clone()).unwrap();
            let words = |name: &str| answers[name].as_str().filter(|text| !text.is_empty());
            let held = |name: &str| match name {
                "number" | "other" => answers[name].as_i64().map_or(Held::Nothing, Held::Number),
                "several" if several.is_empty() => Held::Nothing,
                "several" => Held::Choices(&several),
                name => words(name).map_or(Held::Nothing, Held::Text),
            };
            let holds = holds.as_bool().unwrap();
            assert_eq!(expression.holds(&held, held("number")), holds, "{text} with {answers}");
            judged += 1;
        }
    }
    assert!(judged > 500, "{judged}");
}

fn any_expression() -> impl Strategy<Value = String> {
    let pieces = vec![
        "${text}",
        "${number}",
        "${one}",
        "${several}",
        "${nobody}",
        ".",
        "'x'",
        "\"y\"",
        "''",
        "1",
        "-7",
        "=",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        " and ",
        " or ",
        "not(",
        "(",
        ")",
        "selected(",
        "count-selected(",
        "string-length(",
        ",",
        " ",
        "f(",
        "${",
        "'",
        "1.5",
        "ñ",
        "\u{0}",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..60).prop_map(|pieces| pieces.concat())
}

fn judged(text: &str) {
    let choices = ["x".to_owned(), "y".to_owned()];
    let Ok(expression) = Expression::parse(text) else { return };
    let problems = expression.check(&|name| subject(&choices, name), Some(Subject::Text));
    for problem in problems {
        assert!(problem.at >= 1 && problem.at <= text.chars().count(), "{text}: {problem:?}");
    }
    for this in [Held::Nothing, Held::Number(3), Held::Text("x"), Held::Choices(&choices)] {
        let _ = expression.holds(&|_| this, this);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
        judged(&text);
    }

    #[test]
    fn any_pieces_are_read_or_refused(text in any_expression()) {
        judged(&text);
    }

    /// What is well typed never compares what it can't: `!=` is the opposite of `=`.
    #[test]
    fn unequal_is_the_opposite_of_equal(left in any_operand(), right in any_operand(), number in prop::option::of(-9_i64..9)) {
        let holds = |order: &str| {
            let held = |name: &str| match name {
                "number" => number.map_or(Held::Nothing, Held::Number),
                _ => Held::Nothing,
            };
            let expression = Expression::parse(&format!("{left} {order} {right}")).unwrap();
            expression.holds(&held, Held::Nothing)
        };
        prop_assert_ne!(holds("="), holds("!="));
        prop_assert!(!(holds("<") && holds(">=")));
    }
}

fn any_operand() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["${number}", "${text}", "3", "-2", "'x'", "''", "."])
}
