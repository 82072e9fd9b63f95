//! Bad input: each bad line is answered in its place with a stable code and its field, and costs no other line.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use std::io::Write as _;

use journeys::{Errors, Office, Running, Stand, bad_inputs, run};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Memory that a process may have taken at most: a line of 100 MB is not kept.
const RESIDENT_KIB_MAX: u64 = 96 * 1024;

fn stand() -> (TempDir, Stand) {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::init(&folder.path().join("office"));
    let serving = office.serve();
    let stand = Stand::enrolled(&folder.path().join("stand"), &office, &serving.url(), "terreno");
    serving.stop().expect_code(0);
    (folder, stand)
}

fn request(text: &str) -> String {
    json!({"kind": "consulta", "text": text, "comuna": "11303"}).to_string()
}

fn hex(text: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(digit).collect()
}

fn line_of(case: &Value) -> Vec<u8> {
    let mut line = match case["line"].as_str() {
        Some(line) => line.as_bytes().to_vec(),
        None => hex(case["line_hex"].as_str().unwrap()),
    };
    let blanks = case["spaces_after"].as_u64().unwrap_or(0);
    line.extend((0..blanks).map(|_| b' '));
    line
}

/// What an error says, without its sentence.
fn named(error: &Value) -> (Option<&str>, &str) {
    (error["field"].as_str(), error["code"].as_str().unwrap())
}

/// Bad lines of one record between good ones.
fn check(stand: &Stand, record: &str, good: impl Fn(usize) -> String) -> usize {
    let cases: Vec<Value> = bad_inputs().into_iter().filter(|case| case["record"] == record).collect();
    let mut input = Vec::new();
    for (n, case) in cases.iter().enumerate() {
        input.extend([good(n).into_bytes(), b"\n".to_vec(), line_of(case), b"\n".to_vec()].concat());
    }
    input.extend(good(cases.len()).into_bytes());
    let done = run(stand.command(&["record", record]), &input).expect_code(3);
    let answers = done.lines();
    assert_eq!(answers.len(), 2 * cases.len() + 1, "one answer a line, {record}");
    let mut told = Vec::new();
    for (n, case) in cases.iter().enumerate() {
        let (good, bad, number) = (&answers[2 * n], &answers[2 * n + 1], 2 * n + 2);
        assert!(good["seq"].is_u64() && good["copy"] == false, "before {}: {good}", case["name"]);
        let mut wanted = vec![case.clone()];
        wanted.extend(case["also"].as_array().cloned().unwrap_or_default());
        let given = match bad["errors"].as_array() {
            Some(errors) => errors.clone(),
            None => vec![bad["error"].clone()],
        };
        assert_eq!(given[0], bad["error"]);
        assert_eq!(
            given.iter().map(named).collect::<Vec<_>>(),
            wanted.iter().map(named).collect::<Vec<_>>(),
            "{}",
            case["name"]
        );
        for error in &given {
            assert_eq!(error["line"], number, "{}", case["name"]);
            assert!(error["reason"].as_str().is_some_and(|reason| reason.ends_with('.')), "{error}");
        }
        told.extend(given);
    }
    assert!(answers[2 * cases.len()]["seq"].is_u64(), "a last line without a break is a line");
    assert_eq!(done.errors(), told, "standard error says the same, in order");
    cases.len() + 1
}

#[test]
fn every_bad_line_gives_its_code_and_field_and_costs_no_other() {
    let (_folder, stand) = stand();
    let first = stand.record("request", &[request("la primera")]).expect_code(0).answer();
    let target = |n: usize| json!({"folio": first["folio"], "text": format!("más {n}")}).to_string();
    let mut good = 1;
    good += check(&stand, "request", |n| request(&format!("buena {n}")));
    good +=
        check(&stand, "encounter", |n| json!({"matter": format!("{n}"), "outcome": "informed"}).to_string());
    good += check(&stand, "addition", target);
    good += check(&stand, "withdrawal", |_| json!({"folio": first["folio"]}).to_string());
    good += check(&stand, "void", |_| {
        json!({"epoch": first["epoch"], "seq": first["seq"], "reason": "fue una prueba"}).to_string()
    });
    // With the ledger's beginning and the outing that nobody opened.
    assert_eq!(stand.verified()["count"], good + 2);
}

#[test]
fn bytes_that_are_no_text_and_a_file_cut_in_the_middle() {
    let (_folder, stand) = stand();
    let good = |text: &str| request(text).into_bytes();
    let cut = request("se cortó el archivo justo aquí").into_bytes();
    let rows: [(&str, Vec<u8>, &str); 4] = [
        (
            "a byte that begins nothing",
            [b"{\"kind\":\"".as_slice(), &[0xff], b"\"}"].concat(),
            "invalid_utf8",
        ),
        ("a letter cut in two", b"{\"text\":\"ni\xc3\"}".to_vec(), "invalid_utf8"),
        ("zeros, as a disk gives them back", vec![0; 512], "json_syntax"),
        ("the file ends in the middle", cut[..cut.len() / 2].to_vec(), "json_syntax"),
    ];
    let mut input = Vec::new();
    for (name, bad, _) in &rows {
        input.extend([good(name), b"\n".to_vec(), bad.clone(), b"\n".to_vec()].concat());
    }
    input.pop();
    let done = run(stand.command(&["record", "request"]), &input).expect_code(3);
    let answers = done.lines();
    assert_eq!(answers.len(), 2 * rows.len());
    for (n, (name, _, code)) in rows.iter().enumerate() {
        assert!(answers[2 * n]["folio"].is_string(), "before {name}");
        let error = &answers[2 * n + 1]["error"];
        assert_eq!((&error["code"], &error["line"]), (&json!(code), &json!(2 * n + 2)), "{name}");
    }
    assert_eq!(stand.verified()["count"], rows.len() + 2);
}

#[test]
fn a_line_of_100_megabytes_is_refused_and_not_kept() {
    let (_folder, stand) = stand();
    let mut process = Running::start(stand.command(&["record", "request"]), &Errors::Kept);
    process.feed(format!("{}\n", request("antes")).as_bytes());
    let before: Value = serde_json::from_str(&process.line().unwrap()).unwrap();
    assert!(before["folio"].is_string());
    process.feed(b"{\"kind\":\"reclamo\",\"comuna\":\"11303\",\"text\":\"");
    let megabyte = vec![b'a'; 1 << 20];
    let stdin = process.input.as_mut().unwrap();
    for _ in 0..100 {
        stdin.write_all(&megabyte).unwrap();
    }
    process.feed(b"\"}\n");
    let refused: Value = serde_json::from_str(&process.line().unwrap()).unwrap();
    assert_eq!((&refused["error"]["code"], &refused["error"]["line"]), (&json!("line_too_long"), &json!(2)));
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.id())).unwrap();
    let peak: u64 = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.trim().strip_suffix(" kB"))
        .unwrap()
        .parse()
        .unwrap();
    assert!(peak < RESIDENT_KIB_MAX, "{peak} KiB");
    process.feed(request("después").as_bytes());
    let done = process.end().expect_code(3);
    assert!(done.answer()["folio"].is_string());
    assert_eq!(stand.verified()["count"], 4);
}
