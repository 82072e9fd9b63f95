//! Durable capture beside the sum of its floor: the same number of durable commits, one seal, one signature.

use std::path::Path;

use domain::RequestDraft;
use ed25519_dalek::{Signer as _, SigningKey};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use rusqlite::Connection;
use stand::Stand;
use wire::chain::Position;
use wire::seal::{OpeningKey, SealingKey};
use wire::{DeviceId, EntryKind, Epoch, OfficeId};

use crate::processes::{Programs, field_day};
use crate::stats::{Times, line};

const WARM_UP: usize = 50;
const RUNS: usize = 600;

pub(crate) fn run() {
    let programs = Programs::build();
    let dir = tempfile::tempdir().unwrap();
    let office = programs.office(dir.path(), &[]);
    let data = office.enrol(dir.path(), "figures");
    let mut stand = Stand::open(&data).unwrap();
    let drafts: Vec<RequestDraft> = field_day()
        .iter()
        .map(|line| RequestDraft { id: None, ..RequestDraft::from_json(line).unwrap() })
        .collect();
    let (mut capture, mut commit, mut seal, mut sign) =
        (Times::new(), Times::new(), Times::new(), Times::new());
    let mut floor = Floor::new(dir.path());
    for run in 0..WARM_UP + RUNS {
        let draft = drafts[run % drafts.len()].clone();
        if run < WARM_UP {
            stand.record_request(draft).unwrap();
            floor.commit();
            continue;
        }
        capture.take(|| stand.record_request(draft).unwrap());
        commit.take(|| floor.commit());
        seal.take(|| floor.seal());
        sign.take(|| floor.sign());
    }
    let sum = commit.median() + seal.median() + sign.median();
    let beside = format!(
        "floor {sum:.0} µs: commit {}, seal {}, signature {}",
        commit.words(),
        seal.words(),
        sign.words()
    );
    line("durable capture, median", &capture.words(), "", &beside);
    line("durable capture / floor", &format!("{:.2}", capture.median() / sum), "≤ 1.30", "ratio of medians");
}

/// What no capture can do without.
struct Floor {
    db: Connection,
    sealing: SealingKey,
    rng: ChaCha20Rng,
    key: SigningKey,
    n: i64,
}

impl Floor {
    fn new(dir: &Path) -> Self {
        let db = Connection::open(dir.join("floor.db")).unwrap();
        db.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE bare (n INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;",
        )
        .unwrap();
        let mut rng = ChaCha20Rng::from_seed([1; 32]);
        let (opening, _) = OpeningKey::generate(OfficeId([1; 16]), &mut rng).unwrap();
        let sealing = SealingKey::new(OfficeId([1; 16]), &opening.public_key()).unwrap();
        Self { db, sealing, rng, key: SigningKey::from_bytes(&[2; 32]), n: 0 }
    }

    fn commit(&mut self) {
        self.n += 1;
        let mut insert = self.db.prepare_cached("INSERT INTO bare (n, body) VALUES (?1, ?2)").unwrap();
        insert.execute((self.n, [7_u8; 280])).unwrap();
    }

    fn seal(&mut self) -> Vec<u8> {
        let position = Position {
            device: DeviceId([1; 16]),
            epoch: Epoch([1; 8]),
            seq: 1,
            kind: EntryKind::REQUEST,
            key_id: self.sealing.id(),
            dictionary: 1,
        };
        self.sealing.seal(&[7; 200], &position, &mut self.rng).unwrap()
    }

    fn sign(&self) -> [u8; 64] {
        self.key.sign(&[7; 96]).to_bytes()
    }
}
