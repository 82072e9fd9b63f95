//! What may be filed and what not, as tables: one row, one rule.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use chrono::{DateTime, Utc};
use domain::limits;
use domain::{
    AdditionDraft, AnswerWay, Captured, Certainty, EncounterDraft, ErrorCode, FieldError, Kind, Outcome,
    RequestDraft, VoidDraft, WantedDraft, WithdrawalDraft, Writer, filed_id,
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn now() -> DateTime<Utc> {
    "2026-11-21T15:00:00Z".parse().unwrap()
}

#[test]
fn a_clock_that_contradicts_itself_is_not_counted_from() {
    let check = |certainty, trusted_unix_s, elapsed_ms, expected: i64| {
        let captured = Captured { at_unix_ms: 90_000_000, certainty, trusted_unix_s, elapsed_ms };
        assert_eq!(captured.likely_unix_ms(), expected, "{captured:?}");
    };
    check(Certainty::Confirmed, Some(10), Some(500), 90_000_000);
    check(Certainty::Unconfirmed, Some(10), Some(500), 90_000_000);
    check(Certainty::Contradicted, Some(10), Some(500), 10_500);
    check(Certainty::Contradicted, Some(10), Some(u64::MAX), i64::MAX);
    // After a restart nobody knows how long it was off.
    check(Certainty::Contradicted, Some(10), None, 90_000_000);
    check(Certainty::Contradicted, None, None, 90_000_000);
}

/// The shortest request that there is.
fn shortest() -> Value {
    json!({"kind": "consulta", "text": "¿A qué hora abren?", "comuna": "11303"})
}

/// A request with every field.
fn fullest() -> Value {
    json!({
        "id": "0190c2f4-7c1a-7b3e-9f00-112233445566",
        "kind": "reclamo",
        "topic": "beneficios",
        "text": "No me han pagado el bono 😡.\r\n\tEspero respuesta,\nMañungo Ŋaŋa ꞌAro",
        "comuna": "11303",
        "locality": "Caleta Tortel",
        "person": {
            "name": "Juana Ñancupil Ŋ",
            "social_name": "Juani",
            "document": {"type": "run", "number": "12.345.678-5", "country": "CL"},
            "country_of_residence": "CL",
            "phone": "+56 9 1234 5678",
            "email": "juana@correo.cl",
            "address": "Pasarela 12",
            "address_comuna": "11303",
            "answer_by": "telefono"
        },
        "organisation": {"name": "Junta de Vecinos N° 3", "rut": "65.012.345-K", "role": "presidenta"},
        "affected": {
            "name": "Pedro Ñancupil",
            "social_name": "Pedrito",
            "document": {"type": "pasaporte", "number": "AB 123456", "country": "HT"},
            "relation": "hijo"
        },
        "will_accepted": true,
        "privacy_notice": "2026-12-01",
        "language": "arn",
        "assisted_by": "F-07",
        "written_by": "transcriber",
        "captured_at": "2026-11-20T10:32:00-03:00"
    })
}

fn read(value: &Value) -> Result<domain::Request, Vec<FieldError>> {
    RequestDraft::from_json(&value.to_string()).map_err(|error| vec![error])?.check(now())
}

/// The value with the field at a dotted path set.
fn with(mut value: Value, path: &str, new: Value) -> Value {
    let mut place = &mut value;
    for name in path.split('.') {
        if place.get(name).is_none() {
            place[name] = json!({});
        }
        place = &mut place[name];
    }
    *place = new;
    value
}

fn codes(found: Result<domain::Request, Vec<FieldError>>) -> Vec<String> {
    found.err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn what_was_filed_comes_back_exactly() {
    let request = read(&fullest()).unwrap();
    assert_eq!(serde_json::to_value(request.to_draft()).unwrap(), fullest());
    let request = read(&shortest()).unwrap();
    assert_eq!(serde_json::to_value(request.filed()).unwrap(), with(shortest(), "person", Value::Null));
    let blank = with(with(shortest(), "person.phone", json!("")), "topic", json!(" "));
    let request = read(&blank).unwrap();
    assert_eq!(serde_json::to_value(request.into_draft()).unwrap(), blank);
}

#[test]
fn what_was_filed_is_understood() {
    let request = read(&fullest()).unwrap();
    assert_eq!(request.kind(), Kind::Reclamo);
    assert_eq!(request.id().unwrap().to_string(), "0190c2f4-7c1a-7b3e-9f00-112233445566");
    assert_eq!(request.comuna().name(), "Tortel");
    assert_eq!(request.answer_by(), AnswerWay::Phone);
    assert_eq!(request.written_by(), Some(Writer::Transcriber));
    assert_eq!(request.paper_at().unwrap().to_rfc3339(), "2026-11-20T10:32:00-03:00");
    assert_eq!(request.person_document().unwrap().rut().unwrap().number(), 12_345_678);
    assert_eq!(request.affected_document().unwrap().country(), Some("HT"));
    assert_eq!(request.organisation_rut().unwrap().to_string(), "65.012.345-K");
    assert!(!request.is_anonymous());
    let request = read(&shortest()).unwrap();
    assert!(request.is_anonymous() && request.id().is_none() && request.answer_by() == AnswerWay::None);
}

#[test]
fn rules_field_by_field() {
    let check = |path: &str, value: Value, expected: &str| {
        let found = codes(read(&with(shortest(), path, value.clone())));
        let expected: Vec<String> =
            (!expected.is_empty()).then(|| format!("{path}: {expected}")).into_iter().collect();
        assert_eq!(found, expected, "{path} {value}");
    };
    check("id", json!("0190C2F4-7C1A-7B3E-9F00-112233445566"), "");
    check("id", json!("0190c2f4"), "invalid_uuid");
    check("id", json!("00000000-0000-0000-0000-000000000000"), "invalid_uuid");
    check("kind", Value::Null, "missing");
    check("kind", json!("denuncia"), "unknown_kind");
    check("kind", json!("Reclamo"), "unknown_kind");
    check("kind", json!(""), "unknown_kind");
    check("topic", json!("cualquier cosa"), "");
    check("topic", json!("dos\nlíneas"), "line_break");
    check("topic", json!("dos\u{2028}líneas"), "line_break");
    check("topic", json!("campana\u{7}"), "control_character");
    check("text", Value::Null, "missing");
    check("text", json!(""), "empty");
    check("text", json!(" \n\u{a0}"), "empty");
    check("text", json!("cero\u{0}"), "control_character");
    check("text", json!("borrar\u{7f}"), "control_character");
    check("text", json!("uno\r\ndos\ttres 👩‍🌾🏽 ŋ ā ꞌ"), "");
    check("comuna", Value::Null, "missing");
    check("comuna", json!("1101"), "unknown_comuna");
    check("comuna", json!("Tortel"), "unknown_comuna");
    check("person", Value::Null, "");
    check("person.name", json!("María\nPérez"), "line_break");
    check("person.name", json!("Ŋiliñ Ꞌāriki d'Ávila-Müller"), "");
    check("person.country_of_residence", json!("Chile"), "invalid_country");
    check("person.country_of_residence", json!("VE"), "");
    check("person.phone", json!("no tiene"), "invalid_phone");
    check("person.email", json!("correo.cl"), "invalid_email");
    check("person.email", json!(""), "");
    check("person.address_comuna", json!("99999"), "unknown_comuna");
    check("person.answer_by", json!("paloma"), "unknown_value");
    check("person.answer_by", json!("correo"), "answer_way_missing");
    check("person.answer_by", json!("telefono"), "answer_way_missing");
    check("person.answer_by", json!("carta"), "answer_way_missing");
    check("person.answer_by", json!("presencial"), "");
    check("person.answer_by", json!("ninguno"), "");
    check("person.answer_by", json!(""), "");
    check("organisation.rut", json!("65.012.345-1"), "rut_check_digit");
    check("organisation.rut", json!("hola"), "invalid_document");
    check("affected.name", json!("\u{1b}[31m"), "control_character");
    check("language", json!("es-CL"), "");
    check("language", json!("rap"), "");
    check("language", json!("español de Chile"), "invalid_language");
    check("language", json!("e"), "invalid_language");
    check("written_by", json!("robot"), "unknown_value");
    check("written_by", json!("citizen"), "");
    check("captured_at", json!("2026-11-21T12:05:00-03:00"), "");
    check("captured_at", json!("2026-11-21T12:05:01-03:00"), "future_date");
    check("captured_at", json!("2027-01-01T00:00:00Z"), "future_date");
    check("captured_at", json!("2026-02-30T10:00:00-03:00"), "impossible_date");
    check("captured_at", json!("2026-11-20T25:00:00-03:00"), "impossible_date");
    check("captured_at", json!("2026-13-20T10:00:00-03:00"), "impossible_date");
    check("captured_at", json!("20/11/2026"), "invalid_date");
    check("captured_at", json!("2026-11-20"), "invalid_date");
    check("captured_at", json!("2026-11-20T10:00:00"), "invalid_date");
    check("captured_at", json!("2024-01-01T00:00:00-03:00"), "");
    check("captured_at", json!("2023-12-31T23:59:59-03:00"), "date_too_old");
    check("captured_at", json!(""), "");
}

#[test]
fn limits_at_below_and_above() {
    let at_limit = [
        ("topic", limits::TOPIC_CHARS_MAX),
        ("text", limits::TEXT_CHARS_MAX),
        ("locality", limits::LOCALITY_CHARS_MAX),
        ("person.name", limits::NAME_CHARS_MAX),
        ("person.social_name", limits::NAME_CHARS_MAX),
        ("person.address", limits::ADDRESS_CHARS_MAX),
        ("organisation.name", limits::NAME_CHARS_MAX),
        ("organisation.role", limits::ROLE_CHARS_MAX),
        ("affected.name", limits::NAME_CHARS_MAX),
        ("affected.relation", limits::ROLE_CHARS_MAX),
        ("privacy_notice", limits::PRIVACY_NOTICE_CHARS_MAX),
        ("assisted_by", limits::STAFF_CODE_CHARS_MAX),
    ];
    for (path, max) in at_limit {
        for (count, is_well) in [(max - 1, true), (max, true), (max + 1, false)] {
            // Four bytes each: the limit counts characters, not bytes.
            let found = read(&with(shortest(), path, json!("🌾".repeat(count))));
            assert_eq!(found.is_ok(), is_well, "{path} {count}");
            if let Err(errors) = found {
                assert_eq!((errors.len(), errors[0].code), (1, ErrorCode::TooLong), "{path}");
                assert_eq!(
                    serde_json::to_value(&errors[0].args).unwrap(),
                    json!({"count": count, "max": max})
                );
            }
        }
    }
    for (path, max) in [
        ("person.email", limits::EMAIL_CHARS_MAX),
        ("person.phone", limits::PHONE_CHARS_MAX),
        ("language", limits::LANGUAGE_CHARS_MAX),
    ] {
        let found = codes(read(&with(shortest(), path, json!("a".repeat(max + 1)))));
        assert_eq!(found, [format!("{path}: too_long")]);
    }
    let number = |count: usize| json!({"type": "pasaporte", "number": "1".repeat(count)});
    let max = limits::DOCUMENT_NUMBER_CHARS_MAX;
    assert!(read(&with(shortest(), "person.document", number(max))).is_ok());
    let found = codes(read(&with(shortest(), "person.document", number(max + 1))));
    assert_eq!(found, ["person.document.number: too_long"]);
}

#[test]
fn documents() {
    let check = |document: Value, expected: &[&str]| {
        assert_eq!(
            codes(read(&with(shortest(), "affected.document", document.clone()))),
            expected,
            "{document}"
        );
    };
    check(json!({"type": "run", "number": "16.365.637-k"}), &[]);
    check(json!({"type": "run", "number": "16.365.637-0"}), &["affected.document.number: rut_check_digit"]);
    check(json!({"type": "ipe", "number": "100000000-7"}), &[]);
    check(json!({"type": "cédula", "number": "1-9"}), &["affected.document.type: unknown_value"]);
    check(json!({}), &["affected.document.type: missing", "affected.document.number: missing"]);
    check(json!({"type": "run", "number": " "}), &["affected.document.number: empty"]);
    check(
        json!({"type": "pasaporte", "number": "?", "country": "CHL"}),
        &["affected.document.number: invalid_document", "affected.document.country: invalid_country"],
    );
    check(json!({"type": "documento_extranjero", "number": "V-12.345.678", "country": "ve"}), &[]);
    check(Value::Null, &[]);
}

#[test]
fn every_error_at_once_in_the_order_of_the_fields() {
    let everything_wrong = json!({
        "id": "x", "kind": "x", "topic": "\n", "text": "", "comuna": "x",
        "person": {"document": {"type": "run", "number": "1-1"}, "email": "x", "answer_by": "carta"},
        "organisation": {"rut": "1-1"}, "language": "!", "captured_at": "x"
    });
    let expected = [
        "id: invalid_uuid",
        "kind: unknown_kind",
        "topic: line_break",
        "text: empty",
        "comuna: unknown_comuna",
        "person.document.number: rut_check_digit",
        "person.email: invalid_email",
        "person.answer_by: answer_way_missing",
        "organisation.rut: rut_check_digit",
        "language: invalid_language",
        "captured_at: invalid_date",
    ];
    assert_eq!(codes(read(&everything_wrong)), expected);
    assert_eq!(
        codes(RequestDraft::default().check(now())),
        ["kind: missing", "text: missing", "comuna: missing"]
    );
}

#[test]
fn the_form_of_a_line() {
    let check = |json: &str, expected: &str| {
        let found = RequestDraft::from_json(json).map_err(|error| error.to_string());
        assert_eq!(found.err().as_deref(), Some(expected), "{json}");
    };
    check("", "json_syntax");
    check("hola", "json_syntax");
    check(r#"{"kind":"consulta""#, "json_syntax");
    check(r#"{"kind":"consulta"} {}"#, "json_syntax");
    check(r#"{"text":"\ud83d"}"#, "json_syntax");
    check("{\"text\":\"a\nb\"}", "json_syntax");
    check(&"[".repeat(100_000), "wrong_type");
    check(&format!("{{\"person\":{}", "[".repeat(100_000)), "person: wrong_type");
    check("null", "wrong_type");
    check("[]", "wrong_type");
    check(r#"["0190c2f4-7c1a-7b3e-9f00-112233445566"]"#, "wrong_type");
    check("7", "wrong_type");
    check(r#"{"text":5}"#, "text: wrong_type");
    check(r#"{"text":["a"]}"#, "text: wrong_type");
    check(r#"{"will_accepted":"sí"}"#, "will_accepted: wrong_type");
    check(r#"{"person":"Juana"}"#, "person: wrong_type");
    check(r#"{"person":["Juana"]}"#, "person: wrong_type");
    check(r#"{"person":{"document":{"number":12345678}}}"#, "person.document.number: wrong_type");
    check(r#"{"person":{"document":[]}}"#, "person.document: wrong_type");
    check(r#"{"tipo":"consulta"}"#, "tipo: unknown_field");
    check(r#"{"person":{"rut":"1-9"}}"#, "person.rut: unknown_field");
    check(r#"{"person":{"document":{"tipo":"run"}}}"#, "person.document.tipo: unknown_field");
    check(r#"{"text":"a","text":"b"}"#, "text: duplicate_field");
    check(r#"{"person":{"name":"a","name":"b"}}"#, "person.name: duplicate_field");
    check(r#"{"a\u0007b":1}"#, "ab: unknown_field");
    let long = "x".repeat(10_000);
    check(
        &format!("{{\"{long}\":1}}"),
        &format!("{}: unknown_field", "x".repeat(limits::FIELD_PATH_CHARS_MAX)),
    );
    let nulls = r#"{"kind":null,"person":null,"organisation":null,"affected":null,"will_accepted":null}"#;
    assert_eq!(RequestDraft::from_json(nulls), Ok(RequestDraft::default()));
}

#[test]
fn an_id_is_found_in_a_line_that_is_wrong_otherwise() {
    let id = "0190c2f4-7c1a-7b3e-9f00-112233445566";
    let check = |json: String, is_found: bool| {
        assert_eq!(filed_id(&json).map(|id| id.to_string()).as_deref(), is_found.then_some(id), "{json}");
    };
    check(format!(r#"{{"id":"{id}"}}"#), true);
    check(format!(r#"{{"id":"{}","kind":7,"nada":[]}}"#, id.to_uppercase()), true);
    check(format!(r#"{{"person":{{"id":"{id}"}}}}"#), false);
    check(format!(r#"["{id}"]"#), false);
    check(format!(r#"{{"id":"{id}""#), false);
    check(r#"{"id":"00000000-0000-0000-0000-000000000000"}"#.to_owned(), false);
}

#[test]
fn errors_as_scripts_see_them() {
    let errors = read(&with(shortest(), "person.answer_by", json!("carta"))).unwrap_err();
    assert_eq!(
        serde_json::to_value(&errors).unwrap(),
        json!([{"field": "person.answer_by", "code": "answer_way_missing", "args": {"needs": "address"}}])
    );
    assert_eq!(
        serde_json::to_value(FieldError::whole(ErrorCode::JsonSyntax)).unwrap(),
        json!({"code": "json_syntax", "args": {}})
    );
}

#[test]
fn the_smaller_entries() {
    fn check<T, U>(
        read: fn(&str) -> Result<T, FieldError>,
        check: fn(T) -> Result<U, Vec<FieldError>>,
        json: &str,
        expected: &[&str],
    ) {
        let found = read(json).map_err(|error| vec![error]).and_then(check).err().unwrap_or_default();
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), expected, "{json}");
    }
    let encounter = |json: &str, expected: &[&str]| {
        check(EncounterDraft::from_json, EncounterDraft::check, json, expected);
    };
    encounter(r#"{"matter":"pensión","outcome":"informed"}"#, &[]);
    encounter(r#"{"matter":"pensión","outcome":"referred","referred_to":"IPS","comuna":"05201"}"#, &[]);
    encounter(
        r#"{"outcome":"x","comuna":"x"}"#,
        &["matter: missing", "outcome: unknown_value", "comuna: unknown_comuna"],
    );
    encounter(r#"["x"]"#, &["wrong_type"]);
    let addition =
        |json: &str, expected: &[&str]| check(AdditionDraft::from_json, AdditionDraft::check, json, expected);
    addition(r#"{"folio":"t7k4qx92mb","text":"Además…"}"#, &[]);
    addition(r#"{"folio":"T7K-4QX9-2MC","text":""}"#, &["folio: invalid_folio", "text: empty"]);
    let withdrawal = |json: &str, expected: &[&str]| {
        check(WithdrawalDraft::from_json, WithdrawalDraft::check, json, expected);
    };
    let coded = |code: &str, expected: &[&str]| {
        addition(&format!(r#"{{"folio":"T7K-4QX9-2MB","control_code":"{code}","text":"x"}}"#), expected);
        withdrawal(&format!(r#"{{"folio":"T7K-4QX9-2MB","control_code":"{code}"}}"#), expected);
    };
    coded("7K3M-Q2XV", &[]);
    coded("7k3m q2xv", &[]);
    coded("", &[]);
    coded("7K3M-Q2X", &["control_code: invalid_control_code"]);
    coded("7K3M-Q2XU", &["control_code: invalid_control_code"]);
    coded("7K3M-Q2XV-7", &["control_code: invalid_control_code"]);
    coded("7K3M\\nQ2XV", &["control_code: line_break"]);
    coded(&format!("7K3M{}Q2XV", " ".repeat(32)), &[]);
    coded(&format!("7K3M{}Q2XV", " ".repeat(33)), &["control_code: too_long"]);
    addition(r#"{"folio":"T7K-4QX9-2MB","text":"x","control_code":1}"#, &["control_code: wrong_type"]);
    addition("{}", &["folio: missing", "text: missing"]);
    withdrawal(r#"{"folio":"T7K-4QX9-2MB"}"#, &[]);
    withdrawal(r#"{"folio":"","reason":"\u0000"}"#, &["folio: empty", "reason: control_character"]);
    let void = |json: &str, expected: &[&str]| check(VoidDraft::from_json, VoidDraft::check, json, expected);
    void(r#"{"epoch":"00ff00ff00ff00ff","seq":1,"reason":"doble"}"#, &[]);
    void(r#"{"epoch":"00ff","seq":0}"#, &["epoch: invalid_target", "seq: invalid_target", "reason: missing"]);
    void(r#"{"epoch":"+0ff00ff00ff00ff","seq":1,"reason":"x"}"#, &["epoch: invalid_target"]);
    void(r#"{"epoch":"00ff00ff00ff00ff","seq":-1,"reason":"x"}"#, &["seq: wrong_type"]);
    let wanted =
        |json: &str, expected: &[&str]| check(WantedDraft::from_json, WantedDraft::check, json, expected);
    for (chars, expected) in [
        (limits::WANTED_CHARS_MAX - 1, &[][..]),
        (limits::WANTED_CHARS_MAX, &[]),
        (limits::WANTED_CHARS_MAX + 1, &["words: too_long"]),
    ] {
        wanted(&format!(r#"{{"words":"{}"}}"#, "ñ".repeat(chars)), expected);
    }
    wanted("{}", &["words: missing"]);
    wanted(r#"{"words":" ","folio":"x"}"#, &["folio: unknown_field"]);
    let filed =
        EncounterDraft::from_json(r#"{"matter":"x","outcome":"came_in_vain"}"#).unwrap().check().unwrap();
    assert_eq!((filed.outcome(), filed.comuna(), filed.referred_to()), (Outcome::CameInVain, None, None));
}

/// Text as it may come: any character, printable or not.
fn any_text() -> impl Strategy<Value = Option<String>> {
    prop::option::of(prop_oneof![Just(String::new()), "\\PC{0,40}", any::<String>()])
}

prop_compose! {
    fn any_draft()(
        texts in prop::collection::vec(any_text(), 12),
        well in any::<bool>(),
        person in any::<bool>(),
        will_accepted in any::<Option<bool>>(),
    ) -> RequestDraft {
        let text = |place: usize| texts.get(place).cloned().flatten();
        RequestDraft {
            id: None,
            kind: if well { Some("opinion".into()) } else { text(0) },
            topic: text(1),
            text: if well { Some(format!("a{}", text(2).unwrap_or_default())) } else { text(2) },
            comuna: if well { Some("09101".into()) } else { text(3) },
            locality: text(4),
            person: person.then(|| domain::PersonDraft {
                name: text(5),
                social_name: text(6),
                address: text(7),
                ..Default::default()
            }),
            organisation: person.then(|| domain::OrganisationDraft { name: text(8), rut: None, role: text(9) }),
            will_accepted,
            assisted_by: text(10),
            privacy_notice: text(11),
            ..Default::default()
        }
    }
}

proptest! {
    #[test]
    fn any_draft_goes_through_json_and_back(draft in any_draft()) {
        let json = serde_json::to_string(&draft).unwrap();
        prop_assert_eq!(RequestDraft::from_json(&json), Ok(draft));
    }

    #[test]
    fn a_request_gives_back_its_draft(draft in any_draft()) {
        if let Ok(request) = draft.clone().check(now()) {
            prop_assert_eq!(request.to_draft(), draft);
        }
    }

    #[test]
    fn no_line_does_harm_and_no_error_repeats_what_was_written(line in any::<String>()) {
        let _ = RequestDraft::from_json(&line);
        let secret = format!("{{\"text\":\"secreto\",\"person\":{{\"name\":[{}]}}}}", line.len());
        prop_assert!(!RequestDraft::from_json(&secret).unwrap_err().to_string().contains("secreto"));
    }
}
