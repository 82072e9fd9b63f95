//! A pack on its way: checked and published at the office, carried to a stand by a sync, looked up without a network.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use std::path::{Path, PathBuf};

use journeys::{Done, Link, Office, Proxy, Stand};
use serde_json::{Value, json};

const FIRST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../crates/catalogue/data/first-pack.json");

/// What a captive portal answers to everything.
const PORTAL: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 4\r\n\r\nhola";

/// The first pack with a change, in a file of its own.
fn pack(folder: &Path, name: &str, change: impl FnOnce(&mut Value)) -> PathBuf {
    let mut pack: Value = serde_json::from_str(&std::fs::read_to_string(FIRST).unwrap()).unwrap();
    change(&mut pack);
    let path = folder.join(name);
    std::fs::write(&path, pack.to_string()).unwrap();
    path
}

fn publish(office: &Office, file: &Path) -> Done {
    office.run(&["catalogue", "publish", file.to_str().unwrap()])
}

fn search(stand: &Stand, words: &str) -> Value {
    stand.run(&["catalogue", "search", words]).expect_code(0).answer()
}

#[test]
fn what_is_published_is_looked_up_without_a_network() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let office = Office::init(&at("office"));
    let serving = office.serve();
    let stand = Stand::enrolled(&at("stand"), &office, &serving.url(), "uno");
    assert_eq!(search(&stand, "pensión"), json!({ "catalogue": null, "sure": false, "found": [] }));
    assert!(office.run(&["catalogue", "list"]).expect_code(0).lines().is_empty());

    let first = publish(&office, Path::new(FIRST)).expect_code(0).answer();
    assert_eq!((&first["number"], &first["published"]), (&json!(1), &json!(true)));
    let sheets = first["sheets"].as_u64().unwrap();
    assert_eq!(first["not_reviewed"], json!(sheets), "nobody has reviewed the first pack");
    stand.sync();
    let idle = stand.sync();
    assert_eq!(idle["requests"], json!(1), "it is carried once");
    drop(serving);

    let found = search(&stand, "plata para la junta");
    assert_eq!((&found["catalogue"]["number"], &found["catalogue"]["sheets"]), (&json!(1), &json!(sheets)));
    let id = found["found"][0]["id"].as_str().unwrap();
    let sheet = stand.run(&["catalogue", "show", id]).expect_code(0).answer();
    assert_eq!(sheet["title"], found["found"][0]["title"]);
    assert_eq!(sheet["reviewed"], json!(false));
    assert!(!sheet["sources"].as_array().unwrap().is_empty(), "{sheet}");
    let unknown = stand.run(&["catalogue", "show", "no-hay"]).expect_code(3).errors();
    assert_eq!(unknown[0]["code"], "unknown_sheet");
}

#[test]
fn a_newer_pack_takes_the_place_and_none_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let office = Office::init(&at("office"));
    let serving = office.serve();
    let stand = Stand::enrolled(&at("stand"), &office, &serving.url(), "uno");
    publish(&office, Path::new(FIRST)).expect_code(0);
    let second = pack(folder.path(), "second.json", |pack| {
        pack["sheets"][0]["title"] = json!("Taller de xilófonos");
    });
    stand.sync();
    assert!(search(&stand, "xilófonos")["found"].as_array().unwrap().is_empty());
    let again = publish(&office, Path::new(FIRST)).expect_code(0).answer();
    assert_eq!((&again["number"], &again["published"]), (&json!(1), &json!(false)));
    assert_eq!(publish(&office, &second).expect_code(0).answer()["number"], json!(2));
    let older = publish(&office, Path::new(FIRST)).expect_code(3).errors();
    assert_eq!(older[0]["code"], "older");
    stand.sync();
    let found = search(&stand, "xilófonos");
    assert_eq!(found["found"][0]["title"], "Taller de xilófonos");
    let numbers: Vec<Value> = office.run(&["catalogue", "list"]).expect_code(0).lines();
    assert_eq!(numbers.iter().map(|row| row["number"].as_u64().unwrap()).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn half_a_pack_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let office = Office::init(&at("office"));
    let serving = office.serve();
    let proxy = Proxy::to(serving.address);
    let stand = Stand::enrolled(&at("stand"), &office, &proxy.url(), "uno");
    publish(&office, Path::new(FIRST)).expect_code(0);
    stand.sync();
    let second = pack(folder.path(), "second.json", |pack| {
        pack["sheets"][0]["title"] = json!("Taller de xilófonos");
    });
    publish(&office, &second).expect_code(0);
    // In the middle of the pack the link is cut, and whoever tries again meets somebody else's page.
    proxy.set(vec![Link::CutsDown(6_000)], Link::Says(PORTAL));
    let cut = stand.run(&["sync"]);
    assert_eq!((cut.code, proxy.cuts()), (Some(4), 1), "{cut:?}");
    assert_eq!(search(&stand, "junta de vecinos")["catalogue"]["number"], json!(1));
    proxy.set(Vec::new(), Link::Passes);
    stand.sync();
    assert_eq!(search(&stand, "xilófonos")["catalogue"]["number"], json!(2));
}

#[test]
fn a_bad_pack_is_refused_whole_and_every_rule_that_it_breaks_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::init(&folder.path().join("office"));
    let bad = pack(folder.path(), "bad.json", |pack| {
        pack["sheets"][0]["title"] = json!("");
        pack["sheets"][1]["agency"] = json!("nadie");
        pack["sheets"][2]["summary"] = json!("Son $ 50.000 al mes.");
    });
    let errors = publish(&office, &bad).expect_code(3).errors();
    let named: Vec<(String, String)> = errors
        .iter()
        .map(|error| {
            let text = |name: &str| error[name].as_str().unwrap().to_owned();
            (text("field"), text("code"))
        })
        .collect();
    for expected in
        [("sheets/0/title", "empty"), ("sheets/1/agency", "unknown_agency"), ("sheets/2/summary", "amount")]
    {
        assert!(named.iter().any(|(field, code)| (field.as_str(), code.as_str()) == expected), "{named:?}");
    }
    for (name, content, code) in [
        ("text.json", "hola", "syntax"),
        ("later.json", r#"{"format":"oirs-catalogue/2"}"#, "unknown_format"),
        ("half.json", r#"{"format":"oirs-catalogue/1","language":"es-CL"}"#, "shape"),
    ] {
        let file = folder.path().join(name);
        std::fs::write(&file, content).unwrap();
        assert_eq!(publish(&office, &file).expect_code(3).errors()[0]["code"], code, "{name}");
    }
    assert_eq!(publish(&office, Path::new("/no/hay")).expect_code(1).errors()[0]["code"], "file");
    assert!(office.run(&["catalogue", "list"]).expect_code(0).lines().is_empty(), "nothing was published");
}

#[test]
fn what_is_missing_is_told_to_the_office() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let office = Office::init(&at("office"));
    let serving = office.serve();
    let stand = Stand::enrolled(&at("stand"), &office, &serving.url(), "uno");
    assert!(office.run(&["catalogue", "wanted"]).expect_code(0).lines().is_empty());
    let asked = [
        "Subsidio al gas",
        "¿horario del museo?",
        "subsidio  AL GAS",
        "Horario del museo",
        "subsídio al gas",
    ];
    let lines: Vec<String> = asked.iter().map(|words| json!({ "words": words }).to_string()).collect();
    let answers = stand.record("wanted", &lines).expect_code(0).lines();
    assert_eq!(answers.len(), asked.len());
    let refused = stand.record("wanted", &[json!({ "words": " " }).to_string()]).expect_code(3).lines();
    assert_eq!(refused[0]["error"]["code"], "empty");
    stand.sync();
    let wanted = office.run(&["catalogue", "wanted"]).expect_code(0).lines();
    let rows: Vec<_> =
        wanted.iter().map(|row| (row["words"].as_str().unwrap(), row["times"].as_u64())).collect();
    assert_eq!(rows, [("subsídio al gas", Some(3)), ("Horario del museo", Some(2))]);
}

#[test]
fn fichas_become_a_pack_that_can_be_published() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let office = Office::init(&folder.path().join("office"));
    let ficha = json!({ "ficha": {
        "id": "113810", "titulo": "Trámite de prueba", "objetivo": "<p>Una ficha de prueba.</p>",
        "costo": "$ 5.000", "servicio": "Servicio de prueba",
    }});
    std::fs::write(at("fichas.json"), ficha.to_string()).unwrap();
    let import = |file: &str| {
        office.run(&[
            "catalogue",
            "import",
            &at(file),
            "--retrieved-on",
            "2026-11-20",
            "--out",
            &at("pack.json"),
        ])
    };
    let made = import("fichas.json").expect_code(0).answer();
    assert_eq!(made["sheets"], json!(1));
    assert_eq!(made["left_out"][0], json!({ "ficha": "113810", "field": "costo", "why": "amount" }));
    let published = publish(&office, Path::new(&at("pack.json"))).expect_code(0).answer();
    assert_eq!((&published["number"], &published["not_reviewed"]), (&json!(1), &json!(1)));
    for (content, code) in
        [("hola", "syntax"), ("{}", "no_fichas"), (r#"{"ficha":{"id":"1"}}"#, "nothing_left")]
    {
        std::fs::write(at("bad.json"), content).unwrap();
        assert_eq!(import("bad.json").expect_code(3).errors()[0]["code"], code, "{content}");
    }
}
