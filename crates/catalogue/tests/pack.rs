//! What a pack may hold and what not, as a table: one row, one rule, each limit at it and above it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeSet;

use catalogue::limits;
use catalogue::{Pack, PackError, ProblemCode};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A pack with one of everything that breaks no rule.
fn pack() -> Value {
    json!({
        "format": "oirs-catalogue/1",
        "language": "es-CL",
        "topics": [{"id": "pensiones", "name": "Pensiones"}],
        "sheets": [{
            "id": "pension", "title": "Pensión", "summary": "Un aporte mensual.", "service": "Instituto",
            "topics": ["pensiones"], "for_whom": ["Personas mayores."], "requirements": [], "documents": [],
            "steps": ["Pídela en la oficina."], "cost": "gratuito", "term": "10 días hábiles.",
            "channels": [{"kind": "phone", "text": "Teléfono.", "url": "https://example.cl/a", "phone": "600 301 7000"}],
            "law": ["Ley 20.500"], "agency": "instituto",
            "statements": [
                {"about": "summary", "text": "Es un aporte", "source": "pagina"},
                {"about": "for_whom/0", "text": "Es para mayores", "source": "pagina"},
                {"about": "steps/0", "text": "Se pide", "source": "pagina"},
                {"about": "cost", "text": "Es gratis", "source": "pagina"},
                {"about": "term", "text": "10 días", "source": "pagina"},
                {"about": "channels/0", "text": "Hay teléfono", "source": "pagina"},
                {"about": "law/0", "text": "Es la ley", "source": "pagina"}
            ],
            "valid_until": null, "review": {"state": "not_reviewed", "by": null, "on": null}
        }],
        "sources": [{"id": "pagina", "title": "Una página", "url": null, "published_on": null,
            "retrieved_on": null, "read_on": "2026-11-22", "note": ""}],
        "agencies": [{"id": "instituto", "name": "Instituto", "refers": "Pensiones", "phone": "101",
            "url": "https://example.cl", "source": "pagina"}],
        "offices": [{"name": "Oficina", "region": "13", "comuna": "13101", "address": "Calle 1", "phone": null,
            "source": "pagina"}],
        "broadcast": [{"name": "Boletín", "kind": "bulletin", "text": "Un boletín.", "url": null, "source": "pagina"}],
        "everyday": {"alike": [["micro", "bus"]], "said": [{"say": ["tata"], "mean": ["mayores"]}],
            "idle": ["oiga"], "turning": ["sin"], "faint": ["cosa"]}
    })
}

/// The problems of a pack in which the value at a pointer is another, as `path: code`.
fn problems(pointer: &str, value: Value) -> Vec<String> {
    let mut pack = pack();
    *pack.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
    match Pack::read(&serde_json::to_vec(&pack).unwrap()) {
        Ok(_) => Vec::new(),
        Err(PackError::Invalid(problems)) => problems.iter().map(ToString::to_string).collect(),
        Err(error) => vec![format!("{error:?}")],
    }
}

fn check(pointer: &str, value: Value, expected: &[&str]) {
    assert_eq!(problems(pointer, value), expected, "{pointer}");
}

#[test]
fn each_rule_has_its_code_and_place() {
    check("/language", json!("es-CL"), &[]);
    check("/language", json!("es"), &["language: unknown_format"]);
    check("/topics/0/name", json!(" "), &["topics/0/name: empty"]);
    check("/topics/0/id", json!("otros"), &["sheets/0/topics/0: unknown_topic"]);
    check("/sheets/0/id", json!("Con Espacios"), &["sheets/0/id: malformed_id"]);
    check("/sheets/0/id", json!("a--b"), &["sheets/0/id: malformed_id"]);
    check("/sheets/0/id", json!("-a"), &["sheets/0/id: malformed_id"]);
    check("/sheets/0/id", json!("año"), &["sheets/0/id: malformed_id"]);
    check("/sheets/0/title", json!(""), &["sheets/0/title: empty"]);
    check("/sheets/0/title", json!("dos\nlíneas"), &["sheets/0/title: control_character"]);
    check("/sheets/0/title", json!("<b>Pensión</b>"), &["sheets/0/title: markup"]);
    check("/sheets/0/title", json!("Pensi&oacute;n"), &["sheets/0/title: markup"]);
    check("/sheets/0/title", json!("Menos de < 3 & más"), &[]);
    check("/sheets/0/topics", json!([]), &["sheets/0/topics: empty"]);
    check("/sheets/0/topics", json!(["pensiones", "pensiones"]), &["sheets/0/topics/1: duplicate_id"]);
    check("/sheets/0/agency", json!("otro"), &["sheets/0/agency: unknown_agency"]);
    check("/sheets/0/agency", Value::Null, &[]);
    check("/sheets/0/statements/0/source", json!("otra"), &["sheets/0/statements/0/source: unknown_source"]);
    check("/sheets/0/statements/0/about", json!("steps/0"), &["sheets/0/summary: no_source"]);
    check(
        "/sheets/0/statements/6/about",
        json!("law/1"),
        &["sheets/0/statements/6/about: unknown_part", "sheets/0/law/0: no_source"],
    );
    check("/sheets/0/cost", Value::Null, &["sheets/0/statements/3/about: unknown_part"]);
    check("/sheets/0/cost", json!("con_costo"), &[]);
    check(
        "/sheets/0/channels/0/url",
        json!("http://example.cl"),
        &["sheets/0/channels/0/url: malformed_url"],
    );
    check("/sheets/0/channels/0/phone", json!("llama"), &["sheets/0/channels/0/phone: malformed_phone"]);
    check("/sheets/0/channels/0/phone", json!("()"), &["sheets/0/channels/0/phone: malformed_phone"]);
    check("/sheets/0/channels/0/phone", json!("+56 2 2887 8800"), &[]);
    check("/sheets/0/review/state", json!("reviewed"), &["sheets/0/review: review_mismatch"]);
    check("/sheets/0/review", json!({"state": "reviewed", "by": "A. Ejemplo", "on": "2026-11-22"}), &[]);
    check(
        "/sheets/0/review",
        json!({"state": "not_reviewed", "by": "A. Ejemplo", "on": null}),
        &["sheets/0/review: review_mismatch"],
    );
    check("/sources/0/read_on", Value::Null, &["sources/0: no_date"]);
    check("/sources/0/title", json!("Sube a $ 200.000"), &[]);
    check("/agencies/0/source", json!("otra"), &["agencies/0/source: unknown_source"]);
    check("/offices/0/comuna", json!("99999"), &["offices/0/comuna: unknown_comuna"]);
    check("/offices/0/region", json!("15"), &["offices/0/comuna: unknown_comuna"]);
    check("/everyday/said/0/mean", json!([]), &["everyday/said/0/mean: empty"]);
    let two = |with: Value| json!({"say": ["tata"], "with": with, "mean": ["mayores"]});
    check("/everyday/said/0", two(json!(["solo"])), &[]);
    check("/everyday/said/0", two(json!([""])), &["everyday/said/0/with/0: empty"]);
    check("/everyday/alike/0/0", json!("\u{7}"), &["everyday/alike/0/0: control_character"]);
    check("/sheets", json!([]), &["sheets: empty"]);
}

#[test]
fn ids_stand_once_and_sources_are_used() {
    let mut twice = pack();
    for list in ["sheets", "sources", "agencies", "topics"] {
        let first = twice[list][0].clone();
        twice[list].as_array_mut().unwrap().push(first);
    }
    let mut unused = twice["sources"][0].clone();
    unused["id"] = json!("otra");
    twice["sources"].as_array_mut().unwrap().push(unused);
    let Err(PackError::Invalid(problems)) = Pack::read(&serde_json::to_vec(&twice).unwrap()) else {
        panic!("read")
    };
    let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "topics/1/id: duplicate_id",
            "sheets/1/id: duplicate_id",
            "sources/1/id: duplicate_id",
            "sources/2: unused_source",
            "agencies/1/id: duplicate_id",
        ]
    );
}

#[test]
fn amounts_of_money_are_refused_and_other_numbers_are_not() {
    let refused = [
        "Son $ 200.000",
        "Son $200.000",
        "Vale 3.820 pesos",
        "Hasta 5 UTM",
        "UF 40",
        "40 UF",
        "2 millones de pesos",
        "10 mil pesos",
        "US$ 100",
        "Cuesta 10 lucas",
        "100 dólares",
    ];
    let kept = [
        "Ley 20.500, art. 21",
        "10 días hábiles",
        "Desde los 65 años",
        "El 10 % más rico",
        "Teléfono 600 301 7000",
        "Hasta el 02/04/2026",
        "Cuántos pesos son",
        "El monto cambia",
        "Signo $ suelto",
        "El peso al nacer",
    ];
    for text in refused {
        check("/sheets/0/steps/0", json!(text), &["sheets/0/steps/0: amount"]);
    }
    for text in kept {
        check("/sheets/0/steps/0", json!(text), &[]);
    }
}

#[test]
fn addresses_are_ones_that_a_citizen_can_be_sent_to() {
    for url in ["https://example.cl", "https://www.example.gob.cl/a?b=1&c=%20#d", "https://xn--oa-8ja.cl/"] {
        check("/agencies/0/url", json!(url), &[]);
    }
    for url in [
        "",
        "example.cl",
        "http://example.cl",
        "https://",
        "https://localhost",
        "https://ana@example.cl",
        "https://example.cl:8443/",
        "https://exam ple.cl",
        "https://example..cl",
        "https://example.cl/<b>",
        "https://-a.cl",
        "javascript:alert(1)",
        "https://example.cl/\u{7}",
    ] {
        check("/agencies/0/url", json!(url), &["agencies/0/url: malformed_url"]);
    }
}

#[test]
fn texts_have_an_end() {
    let fields = [
        ("/sheets/0/title", limits::TITLE_CHARS_MAX),
        ("/sheets/0/summary", limits::SUMMARY_CHARS_MAX),
        ("/sheets/0/steps/0", limits::ENTRY_CHARS_MAX),
        ("/sheets/0/term", limits::ENTRY_CHARS_MAX),
        ("/sheets/0/statements/0/text", limits::ENTRY_CHARS_MAX),
        ("/sheets/0/service", limits::NAME_CHARS_MAX),
        ("/topics/0/name", limits::NAME_CHARS_MAX),
        ("/sources/0/title", limits::NAME_CHARS_MAX),
        ("/sources/0/note", limits::NOTE_CHARS_MAX),
        ("/agencies/0/refers", limits::NOTE_CHARS_MAX),
        ("/offices/0/address", limits::ADDRESS_CHARS_MAX),
        ("/everyday/idle/0", limits::EVERYDAY_CHARS_MAX),
        ("/everyday/said/0/say/0", limits::EVERYDAY_CHARS_MAX),
    ];
    for (pointer, max) in fields {
        let path = pointer.trim_start_matches('/');
        check(pointer, json!("ñ".repeat(max - 1)), &[]);
        check(pointer, json!("ñ".repeat(max)), &[]);
        check(pointer, json!("ñ".repeat(max + 1)), &[&format!("{path}: too_long")]);
    }
    let url = |length: usize| format!("https://example.cl/{}", "a".repeat(length - 19));
    check("/agencies/0/url", json!(url(limits::URL_CHARS_MAX)), &[]);
    check("/agencies/0/url", json!(url(limits::URL_CHARS_MAX + 1)), &["agencies/0/url: too_long"]);
    check("/agencies/0/phone", json!("1".repeat(limits::PHONE_CHARS_MAX)), &[]);
    check(
        "/agencies/0/phone",
        json!("1".repeat(limits::PHONE_CHARS_MAX + 1)),
        &["agencies/0/phone: too_long"],
    );
    check("/sheets/0/id", json!("a".repeat(limits::ID_CHARS_MAX)), &[]);
    check("/sheets/0/id", json!("a".repeat(limits::ID_CHARS_MAX + 1)), &["sheets/0/id: malformed_id"]);
}

/// A pack whose list at a pointer holds its first entry so many times.
fn with_many(pointer: &str, count: usize) -> BTreeSet<String> {
    let mut pack = pack();
    let list = pack.pointer_mut(pointer).unwrap().as_array_mut().unwrap();
    let first = list[0].clone();
    list.resize(count, first);
    match Pack::read(&serde_json::to_vec(&pack).unwrap()) {
        Ok(_) => BTreeSet::new(),
        Err(PackError::Invalid(problems)) => {
            let other = [ProblemCode::DuplicateId, ProblemCode::NoSource];
            problems.iter().filter(|one| !other.contains(&one.code)).map(ToString::to_string).collect()
        }
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn lists_have_an_end() {
    let lists = [
        ("/sheets/0/steps", limits::ENTRIES_MAX),
        ("/sheets/0/channels", limits::ENTRIES_MAX),
        ("/sheets/0/topics", limits::SHEET_TOPICS_MAX),
        ("/sheets/0/statements", limits::STATEMENTS_MAX),
        ("/topics", limits::TOPICS_MAX),
        ("/sheets", limits::SHEETS_MAX),
        ("/sources", limits::SOURCES_MAX),
        ("/agencies", limits::AGENCIES_MAX),
        ("/offices", limits::OFFICES_MAX),
        ("/broadcast", limits::BROADCAST_MAX),
        ("/everyday/idle", limits::EVERYDAY_MAX),
        ("/everyday/alike/0", limits::EVERYDAY_PHRASES_MAX),
        ("/everyday/said", limits::EVERYDAY_MAX),
    ];
    for (pointer, max) in lists {
        let path = pointer.trim_start_matches('/');
        assert_eq!(with_many(pointer, max), BTreeSet::new(), "{path}");
        assert!(with_many(pointer, max + 1).contains(&format!("{path}: too_many")), "{path}");
    }
}

#[test]
fn the_pairs_of_a_line_have_an_end() {
    let with_pairs = |count: usize| {
        let mut pack = pack();
        // Fifty first parts, each with every second one.
        let parts = |count: usize| (0..count).map(|at| format!("parte {at}")).collect::<Vec<_>>();
        pack["everyday"]["said"][0] =
            json!({"say": parts(50), "with": parts(count / 50), "mean": ["mayores"]});
        Pack::read(&serde_json::to_vec(&pack).unwrap()).map(|_| ()).map_err(|error| match error {
            PackError::Invalid(problems) => problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
            error => panic!("{error}"),
        })
    };
    assert_eq!(with_pairs(limits::EVERYDAY_PAIRS_MAX - 50), Ok(()));
    assert_eq!(with_pairs(limits::EVERYDAY_PAIRS_MAX), Ok(()));
    let over = vec!["everyday/said/0/with: too_many".to_owned()];
    assert_eq!(with_pairs(limits::EVERYDAY_PAIRS_MAX + 50), Err(over));
}

#[test]
fn a_sheet_has_an_end() {
    // Besides its steps, the sheet has 69 characters.
    let rest: usize =
        ["Pensión", "Un aporte mensual.", "Personas mayores.", "10 días hábiles.", "Teléfono.", "Ley 20.500"]
            .iter()
            .map(|text| text.chars().count())
            .sum();
    let whole = |chars: usize| {
        let mut pack = pack();
        let mut left = chars - rest;
        let mut steps = Vec::new();
        while left > 0 {
            let take = left.min(limits::ENTRY_CHARS_MAX);
            steps.push("a".repeat(take));
            left -= take;
        }
        let said = |at: usize| json!({"about": format!("steps/{at}"), "text": "Lo dice", "source": "pagina"});
        let statements = pack["sheets"][0]["statements"].as_array_mut().unwrap();
        statements.extend((1..steps.len()).map(said));
        pack["sheets"][0]["steps"] = json!(steps);
        match Pack::read(&serde_json::to_vec(&pack).unwrap()) {
            Ok(_) => Vec::new(),
            Err(PackError::Invalid(problems)) => problems.iter().map(ToString::to_string).collect(),
            Err(error) => panic!("{error}"),
        }
    };
    assert_eq!(whole(limits::SHEET_CHARS_MAX), [] as [&str; 0]);
    assert_eq!(whole(limits::SHEET_CHARS_MAX + 1), ["sheets/0: sheet_too_long"]);
}

#[test]
fn what_is_no_pack_is_told_apart() {
    let check = |text: &[u8], expected: &str| {
        let name = match Pack::read(text).unwrap_err() {
            PackError::TooLong => "too long".to_owned(),
            PackError::Syntax(_) => "syntax".to_owned(),
            PackError::Format => "format".to_owned(),
            PackError::Shape { path, .. } => path,
            PackError::Invalid(_) => "invalid".to_owned(),
        };
        assert_eq!(name, expected, "{:?}", String::from_utf8_lossy(text.get(..40).unwrap_or(text)));
    };
    check(b"", "syntax");
    check(b"{", "syntax");
    check(b"\xff", "syntax");
    check(b"7", "syntax");
    check(b"[]", "format");
    check(b"{}", "format");
    // A later format, with fields that this program has never heard of.
    check(br#"{"format": "oirs-catalogue/2", "shelves": []}"#, "format");
    check(br#"{"format": "oirs-catalogue/1"}"#, ".");
    let changed = |pointer: &str, value: Value| {
        let mut pack = pack();
        *pack.pointer_mut(pointer).unwrap() = value;
        serde_json::to_vec(&pack).unwrap()
    };
    check(&changed("/sheets/0/title", json!(7)), "sheets[0].title");
    check(&changed("/sheets/0/statements/0/about", json!("title")), "sheets[0].statements[0].about");
    check(&changed("/sheets/0/valid_until", json!("31/12/2026")), "sheets[0].valid_until");
    check(&changed("/sheets/0/channels/0/kind", json!("carrier_pigeon")), "sheets[0].channels[0].kind");
    let mut unknown = pack();
    unknown["sheets"][0]["amount"] = json!(1);
    check(&serde_json::to_vec(&unknown).unwrap(), "sheets[0].amount");
    let mut long = serde_json::to_vec(&pack()).unwrap();
    long.resize(limits::PACK_BYTES_MAX, b' ');
    assert!(Pack::read(&long).is_ok());
    long.push(b' ');
    check(&long, "too long");
}

#[test]
fn problems_have_an_end() {
    let sheets = vec![json!({}); 3];
    assert!(matches!(
        Pack::read(&serde_json::to_vec(&json!({"format": "oirs-catalogue/1", "sheets": sheets})).unwrap()),
        Err(PackError::Shape { .. })
    ));
    let mut pack = pack();
    let mut sheet = pack["sheets"][0].clone();
    sheet["title"] = json!("");
    pack["sheets"] = json!(vec![sheet; limits::PROBLEMS_MAX + 1]);
    let Err(PackError::Invalid(problems)) = Pack::read(&serde_json::to_vec(&pack).unwrap()) else {
        panic!("read")
    };
    assert_eq!(problems.len(), limits::PROBLEMS_MAX);
}

#[test]
fn codes_are_spelled_once_each() {
    let spelled: BTreeSet<&str> = ProblemCode::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(spelled.len(), ProblemCode::ALL.len());
    for code in ProblemCode::ALL {
        assert_eq!(serde_json::to_value(code).unwrap(), json!(code.as_str()));
    }
}

proptest! {
    /// No input breaks the reader.
    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Pack::read(&bytes);
    }
}
