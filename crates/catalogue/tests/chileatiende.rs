//! Fichas of ChileAtiende as its interface writes them, invented: each envelope, each field, and what is left out.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use catalogue::chileatiende::{ImportError, Imported, LeftOut, Why, import};
use catalogue::{ChannelKind, Cost, Part, ProgrammeSheet, ReviewState};
use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::{Value, json};

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
}

fn read(value: &Value) -> Imported {
    import(&serde_json::to_vec(value).unwrap(), day()).unwrap()
}

fn ficha() -> Value {
    json!({
        "id": "90001",
        "fecha": "2024-04-04 10:22:31",
        "servicio": "Servicio de Ejemplo",
        "codigo_servicio": "ZZ001",
        "titulo": "Certificado de ejemplo",
        "objetivo": "<p>Permite obtener un <strong>certificado</strong> de ejemplo.</p><p>Sirve para probar.</p>",
        "beneficiarios": "<ul><li>Personas mayores de 18 a&ntilde;os.</li><li>Sus representantes.</li></ul>",
        "doc_requeridos": "<p>C&eacute;dula de identidad.</p>",
        "guia_online": "<ol><li>Haz clic en “ir al trámite”.</li><li>Completa los datos.</li></ol>",
        "guia_online_url": "http://www.example.cl/tramite?id=1",
        "guia_oficina": "<p>Ve a una sucursal.</p>",
        "guia_telefonico": "",
        "guia_correo": null,
        "plazo": "<p>5 días hábiles.</p>",
        "vigencia": "Seis meses.",
        "costo": "<p>No tiene costo.</p>",
        "marco_legal": "<p><a href='https://example.cl'>Ley 99.999</a></p>",
        "temas": {"tema": ["Identidad y documentos", "Trámites"]},
        "tags": {"tag": ["ejemplo"]}
    })
}

fn sheet(imported: &Imported) -> &ProgrammeSheet {
    &imported.pack.contents().sheets[0]
}

#[test]
fn a_ficha_becomes_a_sheet_that_nobody_has_reviewed() {
    let imported = read(&json!({"ficha": ficha()}));
    assert_eq!(imported.left_out, []);
    let sheet = sheet(&imported);
    assert_eq!(sheet.id, "chileatiende-90001");
    assert_eq!(sheet.title, "Certificado de ejemplo");
    assert_eq!(sheet.summary, "Permite obtener un certificado de ejemplo.");
    assert_eq!(sheet.steps, ["Sirve para probar."]);
    assert_eq!(sheet.for_whom, ["Personas mayores de 18 años.", "Sus representantes."]);
    assert_eq!(sheet.documents, ["Cédula de identidad."]);
    assert_eq!(sheet.term.as_deref(), Some("5 días hábiles. Seis meses."));
    assert_eq!(sheet.cost, Some(Cost::Free));
    assert_eq!(sheet.law, ["Ley 99.999"]);
    assert_eq!(sheet.topics, ["identidad-y-documentos", "tramites"]);
    assert_eq!(sheet.review.state, ReviewState::NotReviewed);
    let ways: Vec<(ChannelKind, &str, Option<&str>)> =
        sheet.channels.iter().map(|way| (way.kind, way.text.as_str(), way.url.as_deref())).collect();
    assert_eq!(
        ways,
        [
            (
                ChannelKind::Online,
                "Haz clic en “ir al trámite”.",
                Some("https://www.example.cl/tramite?id=1")
            ),
            (ChannelKind::Online, "Completa los datos.", None),
            (ChannelKind::Office, "Ve a una sucursal.", None),
        ]
    );
    let source = imported.pack.source("chileatiende-90001").unwrap();
    assert_eq!(source.url.as_deref(), Some("https://www.chileatiende.gob.cl/fichas/90001"));
    assert_eq!(source.published_on, NaiveDate::from_ymd_opt(2024, 4, 4));
    assert_eq!(source.retrieved_on, Some(day()));
    assert!(sheet.statements.iter().all(|said| said.source == source.id));
    assert_eq!(imported.pack.agency("servicio-de-ejemplo").unwrap().name, "Servicio de Ejemplo");
}

#[test]
fn every_envelope_is_read() {
    let two = || {
        vec![ficha(), {
            let mut other = ficha();
            other["id"] = json!(90002);
            other
        }]
    };
    let check = |value: Value, sheets: usize| {
        assert_eq!(read(&value).pack.contents().sheets.len(), sheets, "{value}");
    };
    check(json!({"ficha": ficha()}), 1);
    check(
        json!({"fichas": {"titulo": "Listado de Fichas", "tipo": "chileatiende#fichasFeed", "items": two()}}),
        2,
    );
    check(json!({"fichas": {"nextPageToken": 2, "total": 2, "items": {"ficha": two()}}}), 2);
    check(json!({"fichas": {"items": {"ficha": ficha()}}}), 1);
    check(json!(two()), 2);
    // The older interface: a code for an id, a permalink for an address.
    let mut older = ficha();
    older["id"] = Value::Null;
    older["codigo"] = json!("AD001-12");
    older["permalink"] = json!("https://www.chileatiende.cl/fichas/ver/12");
    let imported = read(&json!({"ficha": older}));
    assert_eq!(sheet(&imported).id, "chileatiende-ad001-12");
    assert_eq!(
        imported.pack.contents().sources[0].url.as_deref(),
        Some("https://www.chileatiende.cl/fichas/ver/12")
    );
}

#[test]
fn what_is_no_export_is_refused() {
    let check = |text: &str, expected: &str| {
        let error = import(text.as_bytes(), day()).unwrap_err();
        let name = match error {
            ImportError::TooLong => "too long",
            ImportError::Syntax(_) => "syntax",
            ImportError::NoFichas => "no fichas",
            ImportError::NothingLeft { .. } => "nothing left",
            ImportError::Pack(_) => "pack",
        };
        assert_eq!(name, expected, "{text}");
    };
    check("", "syntax");
    check("{", "syntax");
    check("callback({})", "syntax");
    check("{}", "no fichas");
    check("7", "no fichas");
    check(r#"{"servicios": {"items": []}}"#, "no fichas");
    check(r#"{"fichas": {"items": []}}"#, "nothing left");
    check(r#"{"ficha": null}"#, "nothing left");
    check(r#"{"ficha": {"id": 1, "titulo": "Sin más"}}"#, "nothing left");
}

#[test]
fn what_is_left_out_is_named() {
    let check = |field: &str, value: Value, left: &[(&str, Why)]| {
        let mut ficha = ficha();
        ficha[field] = value.clone();
        let imported = read(&json!({"ficha": ficha}));
        let expected: Vec<LeftOut> = left
            .iter()
            .map(|(field, why)| LeftOut { ficha: "90001".to_owned(), field: (*field).to_owned(), why: *why })
            .collect();
        assert_eq!(imported.left_out, expected, "{field}: {value}");
        imported
    };
    let paid = check("costo", json!("<p>$ 3.820 por cada uno.</p>"), &[("costo", Why::Amount)]);
    assert_eq!(sheet(&paid).cost, Some(Cost::Paid));
    assert!(sheet(&paid).statements.iter().any(|said| said.about == Part::Cost && said.text == "costo"));
    let both = check("costo", json!("Gratuito la primera vez. Después, $500."), &[("costo", Why::Amount)]);
    assert_eq!(sheet(&both).cost, None);
    check("costo", json!("Consulta en la oficina."), &[("costo", Why::Malformed)]);
    check("costo", Value::Null, &[]);
    let amount = check(
        "objetivo",
        json!("<p>Un aporte.</p><p>Son $ 200.000 al mes.</p><p>Es anual.</p>"),
        &[("objetivo", Why::Amount)],
    );
    assert_eq!(sheet(&amount).steps, ["Es anual."]);
    check("beneficiarios", json!(["una", "lista"]), &[("beneficiarios", Why::Malformed)]);
    check("marco_legal", json!("x".repeat(801)), &[("marco_legal", Why::TooLong)]);
    check("marco_legal", json!("x".repeat(800)), &[]);
    check("fecha", json!("ayer"), &[("fecha", Why::Malformed)]);
    check("url", json!("javascript:alert(1)"), &[("url", Why::Malformed)]);
    check("guia_online_url", json!("ftp://example.cl"), &[("guia_online_url", Why::Malformed)]);
    check("titulo", json!("t".repeat(201)), &[("titulo", Why::TooLong)]);
    let none = check("temas", Value::Null, &[]);
    assert_eq!(sheet(&none).topics, ["otros"]);
    let long = check("doc_requeridos", json!("<p>línea</p>".repeat(61)), &[("doc_requeridos", Why::TooLong)]);
    assert_eq!(sheet(&long).documents.len(), 60);
    let whole = format!("<p>{}</p>", "palabra ".repeat(90)).repeat(40);
    let whole = check("doc_requeridos", json!(whole), &[("ficha", Why::TooLong)]);
    assert!(!sheet(&whole).documents.is_empty() && sheet(&whole).documents.len() < 40);
}

#[test]
fn a_bad_ficha_among_good_ones_is_named_and_passed_over() {
    let items = json!([ficha(), ficha(), {"id": 3}, {"titulo": "Sin número"}, "texto"]);
    let imported = read(&json!({"fichas": {"items": items}}));
    let left: Vec<(&str, &str, Why)> =
        imported.left_out.iter().map(|left| (left.ficha.as_str(), left.field.as_str(), left.why)).collect();
    assert_eq!(
        left,
        [
            ("90001", "id", Why::Duplicate),
            ("3", "ficha", Why::Empty),
            ("3", "id", Why::Empty),
            ("4", "ficha", Why::Malformed),
        ]
    );
}

proptest! {
    /// Whatever stands in the fields, what comes of it is a pack or an error.
    #[test]
    fn nothing_that_is_imported_breaks_a_rule(
        texts in proptest::collection::vec("[<>&;#$a-zñ0-9/ .:=\"\\n-]{0,60}", 12)
    ) {
        let mut ficha = ficha();
        let fields = ["servicio", "titulo", "objetivo", "beneficiarios", "doc_requeridos", "guia_online",
            "guia_online_url", "plazo", "costo", "marco_legal", "temas", "id"];
        for (field, text) in fields.iter().zip(&texts) {
            ficha[*field] = json!(text);
        }
        match import(&serde_json::to_vec(&json!({"ficha": ficha})).unwrap(), day()) {
            Ok(_) | Err(ImportError::NothingLeft { .. }) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
}
