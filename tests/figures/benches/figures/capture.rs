//! Durable capture beside the sum of its floor: as many durable commits, one seal, one signature.
//!
//! How often a capture syncs is counted from outside, so that the floor is given the same number.

use std::hint::black_box;
use std::path::Path;

use ed25519_dalek::{Signer as _, SigningKey};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use rusqlite::Connection;
use stand::Stand;
use wire::chain::Position;
use wire::seal::{OpeningKey, SealingKey};
use wire::{DeviceId, EntryKind, Epoch, OfficeId};

use crate::processes::{Office, Programs, copy, drafts, feed, field_day, in_memory, syncs_of, without_id};
use crate::stats::Samples;
use crate::table::{Goal, Table};

const WARM_UP: usize = 50;
const RUNS: usize = 1_000;

pub(crate) fn run(programs: &Programs, table: &mut Table) {
    let dir = tempfile::tempdir().unwrap();
    let office = programs.office(dir.path(), &[]);
    let (syncs, captures) = syncs_of_captures(programs, &office, dir.path());
    let each = (syncs + captures / 2) / captures;
    let beside = format!("{each} given to the floor; what is over is the log folded into the file");
    let share = [syncs as f64 / captures as f64].into_iter().collect();
    table.row("syncs of the disk a capture", &share, 2, Goal::Told, &beside);

    let day = in_turns(&office.enrol(dir.path(), "figures"), dir.path(), each);
    table.row("durable capture, µs", &day.capture, 0, Goal::Told, &day.floor());
    table.row("durable capture / sum of its floor", &day.ratio(), 2, Goal::AtMost(1.3), "ratio of medians");
    // Where a sync costs nothing, what is left is our own work beside SQLite's and the two primitives'.
    let memory = in_memory(dir.path());
    let data = memory.path().join("figures");
    copy(&office.enrol(dir.path(), "in-memory"), &data);
    let day = in_turns(&data, memory.path(), each);
    let beside = format!("{:.2} of it: {}", day.ratio(), day.floor());
    table.row("the same on a disk in memory, µs", &day.capture, 0, Goal::Told, &beside);
}

/// How often the disk is synced for some more captures: two days of different length, each in one process.
fn syncs_of_captures(programs: &Programs, office: &Office<'_>, dir: &Path) -> (usize, usize) {
    let day: Vec<String> = field_day().iter().map(|line| without_id(line)).collect();
    let data = office.enrol(dir, "syncs");
    feed(programs.terreno(&data).args(["record", "request"]), &day[..1]);
    let count = |lines: &[String]| syncs_of(programs.terreno(&data).args(["record", "request"]), lines, dir);
    let (few, many) = (count(&day[..20]), count(&day[..120]));
    (many - few, 100)
}

/// Captures and floors, one after the other.
struct Day {
    capture: Samples,
    commit: Samples,
    seal: Samples,
    sign: Samples,
}

impl Day {
    fn sum(&self) -> f64 {
        self.commit.median() + self.seal.median() + self.sign.median()
    }

    fn ratio(&self) -> Samples {
        [self.capture.median() / self.sum()].into_iter().collect()
    }

    fn floor(&self) -> String {
        let Self { commit, seal, sign, .. } = self;
        format!("floor {:.0} µs: commit {commit:.0}, seal {seal:.0}, signature {sign:.0}", self.sum())
    }
}

fn in_turns(data: &Path, beside: &Path, commits: usize) -> Day {
    let mut stand = Stand::open(data).unwrap();
    let mut floor = Floor::new(beside);
    let drafts = drafts();
    let mut day =
        Day { capture: Samples::new(), commit: Samples::new(), seal: Samples::new(), sign: Samples::new() };
    for draft in drafts.iter().cycle().take(WARM_UP) {
        stand.record_request(draft.clone()).unwrap();
        floor.commit();
    }
    for draft in drafts.iter().cycle().take(RUNS) {
        let draft = draft.clone();
        day.capture.time(|| stand.record_request(draft).unwrap());
        day.commit.time(|| (0..commits).for_each(|_| floor.commit()));
        day.seal.time(|| black_box(floor.seal()));
        day.sign.time(|| black_box(floor.sign()));
    }
    day
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
