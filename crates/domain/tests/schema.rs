//! The schema that scripts are given says what the rules say: the same fields, words and limits.
#![cfg(feature = "schema")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use domain::{AnswerWay, DocumentKind, Kind, RequestDraft, limits};
use serde_json::{Value, json};

fn schema() -> Value {
    serde_json::to_value(schemars::schema_for!(RequestDraft)).unwrap()
}

#[test]
fn fields_limits_and_words_are_those_of_the_rules() {
    let schema = schema();
    let check =
        |pointer: &str, expected: Value| assert_eq!(schema.pointer(pointer), Some(&expected), "{pointer}");
    check("/title", json!("Request"));
    check("/required", json!(["kind", "text", "comuna"]));
    check("/additionalProperties", json!(false));
    check("/properties/text/maxLength", json!(limits::TEXT_CHARS_MAX));
    check("/properties/topic/maxLength", json!(limits::TOPIC_CHARS_MAX));
    check("/properties/comuna/pattern", json!("^[0-9]{5}$"));
    check("/properties/captured_at/format", json!("date-time"));
    check("/$defs/PersonDraft/additionalProperties", json!(false));
    check("/$defs/DocumentDraft/required", json!(["type", "number"]));
    let words = |name: &str| -> Vec<String> {
        let choices = schema["$defs"][name].get("oneOf").and_then(Value::as_array).unwrap();
        choices.iter().map(|choice| choice["const"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(words("Kind"), Kind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>());
    assert_eq!(words("AnswerWay"), AnswerWay::ALL.iter().map(|way| way.as_str()).collect::<Vec<_>>());
    assert_eq!(words("DocumentKind"), DocumentKind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>());
}

#[test]
fn every_field_that_can_be_filed_is_described() {
    let schema = schema();
    let mut fields: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
    fields.sort_unstable();
    let expected = [
        "affected",
        "assisted_by",
        "captured_at",
        "comuna",
        "id",
        "kind",
        "language",
        "locality",
        "organisation",
        "person",
        "privacy_notice",
        "text",
        "topic",
        "will_accepted",
        "written_by",
    ];
    assert_eq!(fields, expected);
    for (name, field) in schema["properties"].as_object().unwrap() {
        assert!(field["description"].is_string(), "{name} has no description");
    }
}
