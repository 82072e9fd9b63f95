//! Writes the bodies that the shipped compression dictionary is trained from, one file each.
//!
//! `cargo run -p wire --example dictionary_samples -- FOLDER`, then, as `crates/wire/dict/README.md` says,
//! `zstd --train-cover`. The recombined texts of the corpus are left out: shown as well, they made records that
//! the training had not seen larger. A shipped dictionary is frozen: the result of a new training gets the next
//! number.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use std::path::{Path, PathBuf};

use domain::{Captured, Certainty, EncounterDraft, Folio, RequestDraft, filed_id};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use wire::body::{Body, Due, Recorded, RequestRecord};
use wire::receipt::ClaimKey;

fn lines(file: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("dict/corpus").join(file);
    std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect()
}

fn captured(rng: &mut ChaCha20Rng) -> Captured {
    let at_unix_ms = (1_764_000_000 + i64::from(rng.next_u32() >> 4)) * 1_000;
    let trusted_unix_s = Some(at_unix_ms / 1_000 - i64::from(rng.next_u32() >> 14));
    Captured {
        at_unix_ms,
        certainty: Certainty::Confirmed,
        trusted_unix_s,
        elapsed_ms: Some(u64::from(rng.next_u32())),
    }
}

fn request(line: &str, rng: &mut ChaCha20Rng) -> Vec<u8> {
    let filed = RequestDraft::from_json(line).unwrap();
    let captured = captured(rng);
    let days = i32::try_from(captured.at_unix_ms / 86_400_000).unwrap() + 14;
    let asked = filed.person.as_ref().is_some_and(|person| person.answer_by.is_some());
    let record = RequestRecord {
        id: filed_id(line).unwrap(),
        claim: ClaimKey::draw(rng),
        folio: Folio::from_number(rng.next_u64() >> 19).unwrap(),
        captured,
        filed,
        due: asked.then_some(Due { promise_days: days, legal_days: days }),
        outing: Some(2),
    };
    Body::Request(Box::new(record)).encode().to_vec()
}

fn encounter(line: &str, rng: &mut ChaCha20Rng) -> Vec<u8> {
    let filed = EncounterDraft::from_json(line).unwrap();
    let record =
        Recorded { id: filed_id(line).unwrap(), captured: captured(rng), filed, outing: Some(2), by: None };
    Body::Encounter(record.into()).encode().to_vec()
}

fn main() {
    let out = PathBuf::from(std::env::args().nth(1).unwrap());
    std::fs::create_dir_all(&out).unwrap();
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    let requests: Vec<_> = lines("requests.jsonl").iter().map(|line| request(line, &mut rng)).collect();
    let encounters: Vec<_> = lines("encounters.jsonl").iter().map(|line| encounter(line, &mut rng)).collect();
    for (i, body) in requests.iter().chain(&encounters).enumerate() {
        std::fs::write(out.join(format!("{i:05}")), body).unwrap();
    }
}
