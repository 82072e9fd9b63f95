//! Promise 2: nothing that a citizen said is readable on the stand's disk, nor in what either program logs.

use std::collections::BTreeSet;
use std::path::Path;

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

pub(crate) fn nothing_personal_was_written(day: &Day) {
    let mut wanted = BTreeSet::new();
    for (line, answer) in &day.filed {
        secrets(&parsed(line), &mut wanted);
        wanted.insert(answer["control_code"].as_str().unwrap().to_owned());
        wanted.insert(answer["control_code"].as_str().unwrap().replace('-', ""));
        // The part of the receipt that holds the citizen's key and what follows.
        let receipt = answer["receipt"].as_str().unwrap();
        wanted.insert(receipt[receipt.len() - 60..].to_owned());
    }
    for line in encounters() {
        wanted.insert(parsed(&line)["matter"].as_str().unwrap().to_owned());
    }
    assert!(wanted.len() > 700, "{}", wanted.len());
    let disk = everything_below(&day.stand.folder);
    assert!(disk.len() > 100_000 && day.logs.len() > 1_000, "{} {}", disk.len(), day.logs.len());
    for secret in &wanted {
        assert!(!disk.contains(secret.as_str()), "{secret:?} is readable on the stand");
        assert!(!day.logs.contains(secret.as_str()), "{secret:?} is in a log");
    }
}

fn everything_below(folder: &Path) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        all += &path.to_string_lossy();
        all += &if path.is_dir() {
            everything_below(&path)
        } else {
            String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned()
        };
    }
    all
}
