//! The field day of `tests/fixtures/jornada`, line by line.

use std::path::PathBuf;

use serde_json::Value;

/// The text of a file of the field day.
pub fn fixture(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fixtures/jornada").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn lines(name: &str) -> Vec<String> {
    fixture(name).lines().map(ToOwned::to_owned).collect()
}

/// The day's requests.
pub fn requests() -> Vec<String> {
    lines("requests.jsonl")
}

/// The day's encounters.
pub fn encounters() -> Vec<String> {
    lines("encounters.jsonl")
}

/// What must be refused, with what must be said about it.
pub fn bad_inputs() -> Vec<Value> {
    serde_json::from_str(&fixture("bad.json")).unwrap()
}
