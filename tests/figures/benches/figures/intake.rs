//! Intake: eight stands push at once over kept-alive connections; the client shares the machine.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Instant;

use ed25519_dalek::SigningKey;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use rusqlite::Connection;
use wire::chain::genesis;
use wire::enrol::{EnrolAnswer, EnrolRequest, EnrolmentCode};
use wire::push::{Push, PushEntry};
use wire::{EntryKind, Epoch, KeyId};

use crate::processes::{Office, Programs};
use crate::stats::line;

const DEVICES: u8 = 8;
const SEALED_LEN: usize = 280;

pub(crate) fn run(programs: &Programs) {
    let dir = tempfile::tempdir().unwrap();
    // Opening runs as its own role elsewhere: what is measured is taking in.
    let office = programs.office(dir.path(), &["--no-opening"]);
    for (figure, batch, batches, goal, floor) in [
        ("intake, batches of 200, records/s", 200, 20, "≥ 10,000", bare(dir.path(), 200, 40)),
        ("intake, one record a push, records/s", 1, 250, "≥ 1,000", bare(dir.path(), 1, 1_000)),
    ] {
        let stands: Vec<_> = (0..DEVICES).map(|n| enrolled(&office, n, batch, batches)).collect();
        let records = stands.iter().map(|stand| stand.len() * batch).sum::<usize>() as f64;
        let begun = Instant::now();
        let pushing: Vec<_> = stands
            .into_iter()
            .map(|pushes| {
                let address = office.address.clone();
                std::thread::spawn(move || push_all(&address, &pushes))
            })
            .collect();
        for stand in pushing {
            stand.join().unwrap();
        }
        let rate = records / begun.elapsed().as_secs_f64();
        let beside =
            format!("bare durable SQLite transactions of {batch}: {floor:.0}/s ({:.2} of it)", rate / floor);
        line(figure, &format!("{rate:.0}"), goal, &beside);
    }
}

/// A stand that exists for this measurement only, with its pushes signed beforehand.
fn enrolled(office: &Office<'_>, n: u8, batch: usize, batches: usize) -> Vec<Vec<u8>> {
    let code = EnrolmentCode::parse(&office.code(&format!("intake-{n}-{batch}"))).unwrap();
    let mut rng = ChaCha20Rng::from_seed([n; 32]);
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).unwrap();
    let key = SigningKey::from_bytes(&seed);
    let epoch = Epoch([n; 8]);
    let request = EnrolRequest::sign(&code, epoch, &key);
    let mut connection = KeptAlive::open(&office.address);
    let answer = connection.post("/v1/enrol", &request);
    let enrolment = EnrolAnswer::open(&answer, &code, &key.verifying_key()).unwrap();
    let (device, sealing) = (enrolment.device, enrolment.sealing_key().unwrap());
    let mut previous = genesis(device.office, &enrolment.device_bytes, epoch);
    (0..batches)
        .map(|i| {
            let bodies: Vec<Vec<u8>> = (0..batch)
                .map(|_| {
                    let mut body = vec![0; SEALED_LEN];
                    rng.fill_bytes(&mut body);
                    body
                })
                .collect();
            let entries = bodies
                .iter()
                .map(|sealed| PushEntry {
                    kind: EntryKind::REQUEST,
                    key_id: KeyId::of(&sealing),
                    dictionary: 1,
                    sealed,
                })
                .collect();
            let from = u64::try_from(i * batch).unwrap();
            let mut push = Push {
                office: device.office,
                device: device.device,
                epoch,
                from,
                previous,
                entries,
                head: previous,
            };
            push.head = push.hashes().last().map(|(_, head, _)| head).unwrap();
            previous = push.head;
            push.sign(&key)
        })
        .collect()
}

fn push_all(address: &str, pushes: &[Vec<u8>]) {
    let mut connection = KeptAlive::open(address);
    for push in pushes {
        assert!(!connection.post("/v1/push", push).is_empty());
    }
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
         CREATE TABLE bare (n INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;",
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
