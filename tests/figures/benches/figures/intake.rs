//! Intake: eight stands push at once over kept-alive connections; the client shares the machine.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Instant;

use ed25519_dalek::SigningKey;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use rusqlite::Connection;
use wire::cert::Role;
use wire::chain::genesis;
use wire::enrol::{EnrolAnswer, EnrolRequest, Enrolment, EnrolmentCode};
use wire::push::{Checkpoint, Outcome, Push, PushEntry};
use wire::{EntryKind, Epoch, Hash, KeyId};

use crate::processes::{Office, Programs};
use crate::stats::Samples;
use crate::table::{Goal, Table};

const DEVICES: u8 = 8;
const SEALED_LEN: usize = 280;
const ROUNDS: usize = 7;

pub(crate) fn run(programs: &Programs, table: &mut Table) {
    let dir = tempfile::tempdir().unwrap();
    // Opening runs as its own role elsewhere: what is measured is taking in.
    let office = programs.office(dir.path(), &["--no-opening"]);
    let mut pushers: Vec<Pusher> = (0..DEVICES).map(|n| Pusher::enrol(&office, n)).collect();
    for (figure, batch, pushes, goal) in [
        ("intake in batches of 200, records/s", 200, 10, Goal::AtLeast(10_000.0)),
        ("intake, one record a push, records/s", 1, 200, Goal::AtLeast(1_000.0)),
    ] {
        let (mut rate, mut floor) = (Samples::new(), Samples::new());
        for _ in 0..ROUNDS {
            let rounds: Vec<Vec<Vec<u8>>> =
                pushers.iter_mut().map(|pusher| (0..pushes).map(|_| pusher.sign(batch)).collect()).collect();
            let records = (usize::from(DEVICES) * pushes * batch) as f64;
            let begun = Instant::now();
            let answers = push_all(&office.address, &rounds);
            rate.push(records / begun.elapsed().as_secs_f64());
            for (pusher, answers) in pushers.iter().zip(&answers) {
                pusher.check(answers);
            }
            // Several devices share one commit, so that the floor's transactions are as large as a batch, no more.
            floor.push(bare(dir.path(), batch, if batch == 1 { 200 } else { 20 }));
        }
        let beside = format!(
            "{DEVICES} devices at once, the client on the same cores; \
             one writer's bare durable transactions of {batch}: {floor:.0}/s"
        );
        table.row(figure, &rate, 0, goal, &beside);
    }
}

/// A stand that exists for this measurement only.
struct Pusher {
    enrolment: Enrolment,
    sealing: [u8; 32],
    key: SigningKey,
    epoch: Epoch,
    count: u64,
    head: Hash,
    rng: ChaCha20Rng,
}

impl Pusher {
    fn enrol(office: &Office<'_>, n: u8) -> Self {
        let code = EnrolmentCode::parse(&office.code(&format!("intake-{n}"))).unwrap();
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).unwrap();
        let key = SigningKey::from_bytes(&seed);
        let epoch = Epoch([n; 8]);
        let request = EnrolRequest::sign(&code, epoch, &key);
        let answer = KeptAlive::open(&office.address).post("/v1/enrol", &request);
        let enrolment = EnrolAnswer::open(&answer, &code, &key.verifying_key()).unwrap();
        let sealing = enrolment.sealing_key().unwrap();
        let head = genesis(enrolment.device.office, &enrolment.device_bytes, epoch);
        Self { enrolment, sealing, key, epoch, count: 0, head, rng: ChaCha20Rng::from_seed([n; 32]) }
    }

    /// The next so many records, signed.
    fn sign(&mut self, records: usize) -> Vec<u8> {
        let bodies: Vec<[u8; SEALED_LEN]> = (0..records)
            .map(|_| {
                let mut body = [0; SEALED_LEN];
                self.rng.fill_bytes(&mut body);
                body
            })
            .collect();
        let entry = |sealed| PushEntry {
            kind: EntryKind::REQUEST,
            key_id: KeyId::of(&self.sealing),
            dictionary: 1,
            sealed,
        };
        let mut push = Push {
            office: self.enrolment.device.office,
            device: self.enrolment.device.device,
            epoch: self.epoch,
            from: self.count,
            previous: self.head,
            entries: bodies.iter().map(|body| entry(body.as_slice())).collect(),
            head: self.head,
        };
        push.head = push.hashes().last().map(|(_, head, _)| head).unwrap();
        (self.count, self.head) = (push.count(), push.head);
        push.sign(&self.key)
    }

    /// Whether the office signed that it has all of it.
    fn check(&self, answers: &[Vec<u8>]) {
        let key = self.enrolment.verifying_key(Role::Checkpoint).unwrap();
        let all: Vec<Checkpoint> =
            answers.iter().map(|answer| Checkpoint::open(answer, &key).unwrap()).collect();
        assert!(all.iter().all(|checkpoint| checkpoint.outcome == Outcome::Accepted));
        let last = all.last().unwrap();
        assert_eq!((last.count, last.head), (self.count, self.head));
    }
}

/// Every device on a connection of its own, all at once. Gives each one's answers.
fn push_all(address: &str, rounds: &[Vec<Vec<u8>>]) -> Vec<Vec<Vec<u8>>> {
    std::thread::scope(|scope| {
        let push = |pushes: &[Vec<u8>]| {
            let mut connection = KeptAlive::open(address);
            pushes.iter().map(|push| connection.post("/v1/push", push)).collect()
        };
        let threads: Vec<_> = rounds.iter().map(|pushes| scope.spawn(move || push(pushes))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

/// A kept-alive HTTP connection with nothing to spare: the client must not be what is measured.
struct KeptAlive(BufReader<TcpStream>);

impl KeptAlive {
    fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self(BufReader::new(stream))
    }

    fn post(&mut self, path: &str, body: &[u8]) -> Vec<u8> {
        let length = body.len();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: figures\r\ncontent-type: application/cbor\r\n\
             content-length: {length}\r\n\r\n"
        );
        self.0.get_mut().write_all(&[head.as_bytes(), body].concat()).unwrap();
        let mut length = 0;
        let mut first = String::new();
        self.0.read_line(&mut first).unwrap();
        loop {
            let mut header = String::new();
            self.0.read_line(&mut header).unwrap();
            if header.trim().is_empty() {
                break;
            }
            if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut answer = vec![0; length];
        self.0.read_exact(&mut answer).unwrap();
        assert!(first.contains(" 200 "), "{first}: {}", String::from_utf8_lossy(&answer));
        answer
    }
}

/// Records a second of bare durable transactions: what the disk and SQLite give by themselves.
fn bare(dir: &std::path::Path, batch: usize, batches: usize) -> f64 {
    let mut db = Connection::open(dir.join(format!("bare-{batch}.db"))).unwrap();
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE IF NOT EXISTS bare (n INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;",
    )
    .unwrap();
    let begun = Instant::now();
    for _ in 0..batches {
        let tx = db.transaction().unwrap();
        for _ in 0..batch {
            tx.prepare_cached("INSERT INTO bare (body) VALUES (?1)")
                .unwrap()
                .execute([[7_u8; SEALED_LEN]])
                .unwrap();
        }
        tx.commit().unwrap();
    }
    (batch * batches) as f64 / begun.elapsed().as_secs_f64()
}
