//! Filled answers: what is asked, what became of it, and what is wrong with a reply.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use proptest::prelude::*;
use survey::answer::{State, check, progress};
use survey::limits::{ANSWER_BYTES_MAX, ANSWER_NUMBER_MAX, ANSWER_TEXT_CHARS_MAX};
use survey::{Code, Filled, Survey};

const EVERYTHING: &[u8] = include_bytes!("../../../tests/fixtures/survey/todo.json");

fn survey() -> Survey {
    Survey::read(EVERYTHING).unwrap()
}

fn filled(ending: &str, replies: &str) -> Filled {
    let text = format!(
        "{{\"format\":\"oirs-survey-answer/1\",\"survey\":\"todo\",\"version\":7,\"language\":\"en\",
          \"ending\":\"{ending}\",\"replies\":{{{replies}}}}}"
    );
    Filled::read(text.as_bytes()).unwrap()
}

fn faults(ending: &str, replies: &str) -> Vec<String> {
    let faults = check(&survey(), &filled(ending, replies)).err().unwrap_or_default();
    let shown = |question: &Option<String>| question.clone().unwrap_or_default();
    faults.iter().map(|fault| format!("{}: {}", shown(&fault.question), fault.code)).collect()
}

#[test]
fn every_rule_of_a_reply_is_judged() {
    let check =
        |replies: &str, expected: &[&str]| assert_eq!(faults("complete", replies), expected, "{replies}");
    // Nobody at home: what depends on it isn't asked.
    check(r#""personas":{"number":0}"#, &[]);
    check(r#""personas":{"number":0},"quienes":{"choices":["hijos"]}"#, &["quienes: not_relevant"]);
    check(r#""personas":{"number":2},"quienes":{"choices":["hijos"]},"cuidado":{"number":0}"#, &[]);
    check(
        r#""personas":{"number":2},"quienes":{"choices":["padres"]},"cuidado":{"number":0}"#,
        &["cuidado: not_relevant"],
    );
    // What isn't asked holds nothing, whatever was replied to it.
    check(
        r#""personas":{"number":0},"quienes":{"choices":["hijos"]},"cuidado":{"number":0}"#,
        &["quienes: not_relevant", "cuidado: not_relevant"],
    );
    // Required.
    check("", &["personas: missing"]);
    check(r#""personas":"declined""#, &[]);
    check(r#""personas":"dont_know""#, &["personas: cant_be_unknown"]);
    // Numbers, at their bounds.
    check(r#""personas":{"number":30}"#, &[]);
    check(r#""personas":{"number":31}"#, &["personas: constraint"]);
    check(r#""personas":{"number":-1}"#, &["personas: constraint"]);
    check(&format!(r#""personas":{{"number":{}}}"#, ANSWER_NUMBER_MAX + 1), &["personas: out_of_range"]);
    check(&format!(r#""personas":{{"number":{}}}"#, i64::MIN), &["personas: out_of_range"]);
    let with_children = |care: &str| {
        format!(r#""personas":{{"number":2}},"quienes":{{"choices":["hijos"]}},"cuidado":{care}"#)
    };
    check(&with_children(r#"{"number":10}"#), &[]);
    check(&with_children(r#"{"number":11}"#), &["cuidado: out_of_range"]);
    check(&with_children(r#"{"number":-1}"#), &["cuidado: out_of_range"]);
    check(&with_children("\"dont_know\""), &[]);
    check(&with_children("\"declined\""), &[]);
    // Choices.
    let who = |who: &str| format!(r#""personas":{{"number":2}},"quienes":{who}"#);
    check(&who(r#"{"choices":[]}"#), &[]);
    check(&who(r#"{"choices":["hijos","padres"]}"#), &[]);
    check(&who(r#"{"choices":["hijos","hijos"]}"#), &["quienes: choice_twice"]);
    check(&who(r#"{"choices":["vecinos"]}"#), &["quienes: unknown_choice"]);
    check(&who(r#"{"choices":["hijos","nadie"]}"#), &["quienes: constraint"]);
    check(&who(r#"{"choice":"hijos"}"#), &["quienes: wrong_type"]);
    check(r#""personas":{"number":0},"vuelve":{"choice":"no"}"#, &[]);
    check(r#""personas":{"number":0},"vuelve":{"choice":"nunca"}"#, &["vuelve: unknown_choice"]);
    check(r#""personas":{"number":0},"vuelve":{"text":"no"}"#, &["vuelve: wrong_type"]);
    check(r#""personas":{"text":"0"}"#, &["personas: wrong_type"]);
    // Texts.
    let why = |text: &str| {
        format!(r#""personas":{{"number":0}},"vuelve":{{"choice":"no"}},"porque":{{"text":"{text}"}}"#)
    };
    check(&why("Hay que esperar.\\nMucho."), &[]);
    check(&why(" "), &[]);
    check(&why("ño"), &["porque: constraint"]);
    check(&why("ñom"), &[]);
    check(&why(&"ñ".repeat(ANSWER_TEXT_CHARS_MAX)), &[]);
    check(&why(&"ñ".repeat(ANSWER_TEXT_CHARS_MAX + 1)), &["porque: too_long"]);
    check(&why("con\\u0007timbre"), &["porque: control_character"]);
    check(r#""personas":{"number":0},"saludo":{"text":"Hola"}"#, &["saludo: wrong_type"]);
    check(r#""personas":{"number":0},"secreto":{"text":"Hola"}"#, &[": unknown_question"]);
}

#[test]
fn what_is_not_asked_holds_nothing() {
    let mut form = survey().form().clone();
    form.questions.last_mut().unwrap().relevant = Some("selected(${quienes}, 'hijos')".to_owned());
    let survey = Survey::new(form).unwrap();
    let check = |people: u8, expected: &[Option<&str>]| {
        let replies = format!(
            r#""personas":{{"number":{people}}},"quienes":{{"choices":["hijos"]}},"porque":{{"text":"Porque sí"}}"#
        );
        let faults = check(&survey, &filled("complete", &replies)).err().unwrap_or_default();
        let questions: Vec<_> = faults.iter().map(|fault| fault.question.as_deref()).collect();
        assert_eq!(questions, expected);
    };
    check(2, &[]);
    check(0, &[Some("quienes"), Some("porque")]);
}

#[test]
fn breaking_off_and_refusing_want_no_reply() {
    assert_eq!(faults("broken_off", ""), Vec::<String>::new());
    assert_eq!(faults("broken_off", r#""personas":{"number":31}"#), ["personas: constraint"]);
    assert_eq!(faults("refused", ""), Vec::<String>::new());
    assert_eq!(faults("refused", r#""personas":{"number":3}"#), [": refused_with_replies"]);
}

#[test]
fn what_became_of_each_question_is_told() {
    use State::{Answered, Declined, DontKnow, NotReached, NotRelevant, Skipped};

    let check_states = |ending: &str, replies: &str, expected: &[(&str, State)]| {
        let checked = check(&survey(), &filled(ending, replies)).unwrap();
        let states: Vec<_> = checked.states.iter().map(|(name, state)| (name.as_str(), *state)).collect();
        assert_eq!(states, expected);
    };
    check_states(
        "complete",
        r#""personas":{"number":2},"quienes":{"choices":["hijos"]},"cuidado":"dont_know""#,
        &[
            ("personas", Answered),
            ("quienes", Answered),
            ("cuidado", DontKnow),
            ("vuelve", Skipped),
            ("porque", NotRelevant),
        ],
    );
    check_states(
        "broken_off",
        r#""personas":"declined""#,
        &[
            ("personas", Declined),
            ("quienes", NotRelevant),
            ("cuidado", NotRelevant),
            ("vuelve", NotReached),
            ("porque", NotRelevant),
        ],
    );
}

#[test]
fn progress_follows_the_replies() {
    let check =
        |replies: &str, shown: &str, counts: (usize, usize), next: Option<&str>, missing: Option<&str>| {
            let progress = progress(&survey(), &filled("complete", replies).replies);
            assert_eq!(progress.shown.join(" "), shown, "{replies}");
            assert_eq!((progress.replied, progress.questions), counts, "{replies}");
            assert_eq!((progress.next.as_deref(), progress.missing.as_deref()), (next, missing), "{replies}");
        };
    check("", "saludo personas vuelve", (0, 2), Some("personas"), Some("personas"));
    check(r#""personas":{"number":2}"#, "saludo personas quienes vuelve", (1, 3), Some("quienes"), None);
    check(
        r#""personas":{"number":2},"quienes":{"choices":["hijos"]}"#,
        "saludo personas quienes cuidado vuelve",
        (2, 4),
        Some("cuidado"),
        None,
    );
    check(
        r#""personas":"declined","vuelve":{"choice":"no"},"porque":{"text":"Es lejos"}"#,
        "saludo personas vuelve porque",
        (3, 3),
        None,
        None,
    );
}

#[test]
fn an_answer_belongs_to_its_survey_version_and_language() {
    let other = |change: fn(&mut Filled)| {
        let mut filled = filled("refused", "");
        change(&mut filled);
        check(&survey(), &filled).unwrap_err().first().map(|fault| fault.code)
    };
    assert_eq!(other(|filled| filled.version = 6), Some(Code::OtherSurvey));
    assert_eq!(other(|filled| filled.survey = "otra".to_owned()), Some(Code::OtherSurvey));
    assert_eq!(other(|filled| filled.format = "oirs-survey-answer/2".to_owned()), Some(Code::OtherSurvey));
    assert_eq!(other(|filled| filled.language = "ht".to_owned()), Some(Code::UnknownLanguage));
}

#[test]
fn answers_are_read_within_their_bounds() {
    let check = |bytes: &[u8], expected: Code| assert_eq!(Filled::read(bytes).unwrap_err(), expected);
    check(b"", Code::NotAnAnswer);
    check(b"{}", Code::NotAnAnswer);
    check(&[b'['; 5000], Code::NotAnAnswer);
    check(&vec![b' '; ANSWER_BYTES_MAX + 1], Code::FileTooLarge);
    let text = serde_json::to_string(&filled("refused", "")).unwrap();
    assert_eq!(Filled::read(text.as_bytes()).unwrap(), filled("refused", ""));
    check(text.replace("refused", "asleep").as_bytes(), Code::NotAnAnswer);
    check(text.replace("answer/1", "answer/2").as_bytes(), Code::NotAnAnswer);
    check(text.replace("\"version\":7", "\"version\":7,\"name\":1").as_bytes(), Code::NotAnAnswer);
}

#[test]
fn nothing_that_was_replied_is_shown_by_a_debug_print() {
    let filled = filled("complete", r#""porque":{"text":"Vivo en calle Lautaro"},"vuelve":{"choice":"no"}"#);
    let shown = format!("{filled:?} {:?}", filled.replies);
    assert!(!shown.contains("Lautaro") && !shown.contains("\"no\""), "{shown}");
}

fn any_reply() -> impl Strategy<Value = String> {
    let names =
        prop::sample::select(vec!["saludo", "personas", "quienes", "cuidado", "vuelve", "porque", "x"]);
    let values = prop::sample::select(vec![
        r#"{"number":3}"#,
        r#"{"number":-9}"#,
        r#"{"number":0}"#,
        r#"{"choices":["hijos"]}"#,
        r#"{"choices":["nadie","hijos"]}"#,
        r#"{"choice":"no"}"#,
        r#"{"choice":"si"}"#,
        r#"{"text":"hola"}"#,
        r#"{"text":""}"#,
        "\"declined\"",
        "\"dont_know\"",
    ]);
    (names, values).prop_map(|(name, value)| format!("\"{name}\":{value}"))
}

proptest! {
    /// Whatever is replied: judging ends, progress and judgement agree, and a sound answer is told whole.
    #[test]
    fn judgement_and_progress_agree(replies in prop::collection::vec(any_reply(), 0..8)) {
        let mut replies = replies;
        replies.sort();
        replies.dedup_by_key(|reply| reply.split(':').next().map(str::to_owned));
        let filled = filled("complete", &replies.join(","));
        let survey = survey();
        let progress = progress(&survey, &filled.replies);
        prop_assert!(progress.replied <= progress.questions);
        match check(&survey, &filled) {
            Ok(checked) => {
                prop_assert_eq!(progress.missing, None);
                let told = |wanted: &[State]| checked.states.iter().filter(|(_, state)| wanted.contains(state)).count();
                prop_assert_eq!(told(&[State::Answered, State::Declined, State::DontKnow]), progress.replied);
                prop_assert_eq!(told(&[State::NotRelevant]), checked.states.len() - progress.questions);
            }
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
    }
}
