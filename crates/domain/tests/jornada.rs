//! The field day of the repository's fixtures: what real people would file is taken and comes back as it was,
//! and each bad input has its code.

#![allow(clippy::unwrap_used)]

use chrono::{DateTime, Utc};
use domain::{
    AdditionDraft, EncounterLine, ErrorCode, FieldError, RequestDraft, VoidDraft, WithdrawalDraft, line_text,
};
use serde_json::Value;

const REQUESTS: &str = include_str!("../../../tests/fixtures/jornada/requests.jsonl");
const ENCOUNTERS: &str = include_str!("../../../tests/fixtures/jornada/encounters.jsonl");
const BAD: &str = include_str!("../../../tests/fixtures/jornada/bad.json");

/// The evening of the field day.
fn now() -> DateTime<Utc> {
    "2026-11-21T23:00:00Z".parse().unwrap()
}

/// Every error of a line that is one of the kinds of record.
fn errors(record: &str, line: &[u8]) -> Vec<FieldError> {
    fn of<T, U>(
        line: &[u8],
        read: fn(&str) -> Result<T, FieldError>,
        check: impl Fn(T) -> Result<U, Vec<FieldError>>,
    ) -> Vec<FieldError> {
        let draft = line_text(line).and_then(read).map_err(|error| vec![error]);
        draft.and_then(check).err().unwrap_or_default()
    }
    match record {
        "request" => of(line, RequestDraft::from_json, |draft| draft.check(now())),
        "encounter" => of(line, EncounterLine::from_json, EncounterLine::check),
        "addition" => of(line, AdditionDraft::from_json, AdditionDraft::check),
        "withdrawal" => of(line, WithdrawalDraft::from_json, WithdrawalDraft::check),
        "void" => of(line, VoidDraft::from_json, VoidDraft::check),
        other => vec![FieldError::at(format!("no record is called {other:?}"), ErrorCode::UnknownValue)],
    }
}

#[test]
fn everything_filed_on_the_day_is_taken_and_comes_back_as_written() {
    for line in REQUESTS.lines() {
        assert_eq!(errors("request", line.as_bytes()), [], "{line}");
        let request = RequestDraft::from_json(line).unwrap().check(now()).unwrap();
        let mut filed: Value = serde_json::from_str(line).unwrap();
        filed.as_object_mut().unwrap().entry("person").or_insert(Value::Null);
        assert_eq!(serde_json::to_value(request.filed()).unwrap(), filed);
    }
    for line in ENCOUNTERS.lines() {
        assert_eq!(errors("encounter", line.as_bytes()), [], "{line}");
    }
}

#[test]
fn every_bad_input_has_its_code() {
    let as_text = |case: &Value, name: &str| case.get(name).and_then(Value::as_str).map(String::from);
    for case in serde_json::from_str::<Vec<Value>>(BAD).unwrap() {
        let mut line = match as_text(&case, "line_hex") {
            Some(hex) => from_hex(&hex),
            None => as_text(&case, "line").unwrap().into_bytes(),
        };
        let blanks = case.get("spaces_after").and_then(Value::as_u64).unwrap_or_default();
        line.extend(std::iter::repeat_n(b' ', usize::try_from(blanks).unwrap()));
        let mut expected = vec![(as_text(&case, "field"), as_text(&case, "code").unwrap())];
        let also = case.get("also").and_then(Value::as_array).cloned().unwrap_or_default();
        expected.extend(also.iter().map(|error| (as_text(error, "field"), as_text(error, "code").unwrap())));
        let found: Vec<(Option<String>, String)> = errors(&as_text(&case, "record").unwrap(), &line)
            .into_iter()
            .map(|error| (error.field, error.code.to_string()))
            .collect();
        assert_eq!(found, expected, "{}", as_text(&case, "name").unwrap());
    }
}

fn from_hex(hex: &str) -> Vec<u8> {
    let digits: Vec<char> = hex.chars().collect();
    digits.chunks(2).map_while(|pair| u8::from_str_radix(&String::from_iter(pair), 16).ok()).collect()
}
