//! Promise 2: nothing that a citizen said is readable on the stand's disk, nor in what either program logs.

use std::collections::BTreeSet;
use std::path::Path;

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use journeys::encounters;
use serde_json::Value;

use crate::day::Day;
use crate::parsed;

/// The strings that a citizen gave, as long as they are long enough not to be there by accident.
fn secrets(line: &Value, into: &mut BTreeSet<String>) {
    const FIELDS: [&str; 9] =
        ["text", "name", "social_name", "number", "rut", "phone", "email", "address", "relation"];
    for (name, value) in line.as_object().unwrap() {
        match value {
            Value::Object(_) => secrets(value, into),
            Value::String(text) if FIELDS.contains(&name.as_str()) => {
                let words: String = text.trim().chars().take(40).collect();
                if words.chars().count() >= 9 {
                    into.insert(words);
                }
            }
            _ => {}
        }
    }
}

/// The citizen's key: the last 16 bytes that a receipt signs, before a signature of 64 with its head of 2.
fn claim_key(receipt: &str) -> Vec<u8> {
    let signed = BASE32_NOPAD.decode(receipt.rsplit('/').next().unwrap().as_bytes()).unwrap();
    let end = signed.len() - 66;
    assert_eq!((signed[end - 17], &signed[end..end + 2]), (0x50, [0x58, 0x40].as_slice()));
    signed[end - 16..end].to_vec()
}

/// Bytes as a text in which bytes can be found.
fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

pub(crate) fn nothing_personal_was_written(day: &Day) {
    let mut wanted = BTreeSet::new();
    for (line, answer) in &day.filed {
        secrets(&parsed(line), &mut wanted);
        let receipt = answer["receipt"].as_str().unwrap();
        let control_code = answer["control_code"].as_str().unwrap();
        wanted.insert(receipt.to_owned());
        wanted.insert(receipt[receipt.len() - 140..].to_owned());
        wanted.insert(control_code.to_owned());
        wanted.insert(control_code.replace('-', ""));
        wanted.insert(HEXLOWER.encode(&claim_key(receipt)));
    }
    for line in encounters() {
        wanted.insert(parsed(&line)["matter"].as_str().unwrap().to_owned());
    }
    assert!(wanted.len() > 1_200, "{}", wanted.len());
    let bytes = everything_below(&day.stand.folder);
    let disk = String::from_utf8_lossy(&bytes);
    assert!(bytes.len() > 100_000, "{}", bytes.len());
    for secret in &wanted {
        assert!(!disk.contains(secret.as_str()), "{secret:?} is readable on the stand");
        assert!(!day.logs.contains(secret.as_str()), "{secret:?} is in a log");
    }
    let disk = latin(&bytes);
    for (_, answer) in &day.filed {
        let key = claim_key(answer["receipt"].as_str().unwrap());
        assert!(!disk.contains(&latin(&key)), "the citizen's key of {} is on the stand", answer["folio"]);
    }
    // The search finds what is there: the outing's place is in the clear by design.
    assert!(disk.contains("Caleta Tortel"));
}

fn everything_below(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        all.extend_from_slice(path.to_string_lossy().as_bytes());
        all.extend(if path.is_dir() { everything_below(&path) } else { std::fs::read(&path).unwrap() });
    }
    all
}
