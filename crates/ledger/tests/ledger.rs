//! The ledger's promises, each as a test that can fail: committed means kept, nothing twice, nothing altered,
//! nothing released early, and no file that it does not understand is touched.

#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used)]

use std::path::Path;

use domain::{Captured, Certainty, DevicePrefix, EncounterDraft, RequestDraft};
use ledger::{Appended, GRACE_S, Identity, Ledger, LedgerError, NewRequest, Opened, RequestRow, Sealer};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use rusqlite::Connection;
use uuid::Uuid;
use wire::body::{Body, LedgerOpened, OpeningReason, OutingOpened, Recorded};
use wire::manifest::Watermark;
use wire::push::{Checkpoint, Outcome, Push};
use wire::receipt::ClaimKey;
use wire::seal::OpeningKey;
use wire::{DeviceId, Epoch, Hash, OfficeId};

const OFFICE: OfficeId = OfficeId([1; 16]);
const NOW_S: i64 = 1_795_000_000;

fn identity() -> Identity {
    Identity { office: OFFICE, device: DeviceId([2; 16]), certificate: b"certificado".to_vec() }
}

fn captured() -> Captured {
    Captured {
        at_unix_ms: NOW_S * 1_000,
        certainty: Certainty::Confirmed,
        trusted_unix_s: None,
        elapsed_ms: None,
    }
}

fn no_act(_: &ledger::Closing) -> Vec<u8> {
    b"acta".to_vec()
}

/// A stand's ledger with all that writing needs.
struct Stand {
    ledger: Ledger,
    sealer: Sealer,
    opening: OpeningKey,
    rng: ChaCha20Rng,
}

impl Stand {
    fn open(path: &Path) -> Self {
        let mut rng = ChaCha20Rng::from_seed([3; 32]);
        let (opening, _) = OpeningKey::generate(OFFICE, &mut rng).unwrap();
        let key = wire::seal::SealingKey::new(OFFICE, &opening.public_key()).unwrap();
        let mut sealer = Sealer::new(key);
        let (mut ledger, opened) = Ledger::open(path, identity()).unwrap();
        if opened == Opened::Empty {
            let begun = LedgerOpened::new(captured(), OpeningReason::Enrolled, None);
            ledger.begin(Epoch([4; 8]), begun, &mut sealer, &mut rng).unwrap();
        }
        Self { ledger, sealer, opening, rng }
    }

    fn file(&mut self, id: u128, text: &str) -> Result<Appended<RequestRow>, LedgerError> {
        let draft = RequestDraft {
            kind: Some("reclamo".into()),
            text: Some(text.into()),
            comuna: Some("11302".into()),
            ..RequestDraft::default()
        };
        let now = chrono::DateTime::from_timestamp(NOW_S, 0).unwrap();
        let request = draft.check(now).unwrap();
        let claim = ClaimKey::draw(&mut self.rng);
        let id = Uuid::from_u128(id);
        let new = NewRequest { id, request: &request, claim, captured: captured(), due: None };
        self.ledger.append_request(&new, DevicePrefix::new(7).unwrap(), &mut self.sealer, &mut self.rng)
    }

    fn push_bytes(&self, from: u64) -> (Vec<u8>, u64, Hash) {
        let (epoch, ..) = self.ledger.head().unwrap();
        let chunk = self.ledger.chunk(epoch, from, usize::MAX, usize::MAX).unwrap().unwrap();
        let Identity { office, device, .. } = identity();
        let entries = chunk.entries.iter().map(Into::into).collect();
        let push = Push { office, device, epoch, from, previous: chunk.previous, entries, head: chunk.head };
        let key = ed25519_dalek::SigningKey::from_bytes(&[9; 32]);
        (push.sign(&key), push.count(), push.head)
    }
}

#[test]
fn what_was_committed_is_there_after_reopening_and_opens_at_the_office() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger/ledger.db");
    let mut stand = Stand::open(&path);
    let rows: Vec<_> = (1..=5).map(|n| stand.file(n, "no llega el agua").unwrap().into_inner()).collect();
    let head = stand.ledger.head().unwrap();
    let opening = stand.opening;
    drop(stand.ledger);

    let stand = Stand::open(&path);
    assert_eq!(stand.ledger.head().unwrap(), head);
    assert_eq!(stand.ledger.verify().unwrap().entries, 7, "ledger and outing openings, five requests");
    for row in &rows {
        assert_eq!(stand.ledger.request_by_folio(row.folio).unwrap().as_ref(), Some(row));
    }
    let chunk = stand.ledger.chunk(head.0, 0, usize::MAX, usize::MAX).unwrap().unwrap();
    let entry = &chunk.entries[usize::try_from(rows[4].seq).unwrap() - 1];
    let position = wire::chain::Position {
        device: identity().device,
        epoch: head.0,
        seq: entry.seq,
        kind: entry.kind,
        key_id: entry.key_id,
        dictionary: entry.dictionary,
    };
    let packed = opening.open(&entry.sealed, &position).unwrap();
    let body = Body::decode(entry.kind, &wire::compress::unpack(entry.dictionary, &packed).unwrap()).unwrap();
    let Body::Request(record) = body else { panic!("a request") };
    assert_eq!((record.folio, record.filed.text.as_deref()), (rows[4].folio, Some("no llega el agua")));
}

#[test]
fn the_same_id_records_nothing_again_whatever_else_it_says() {
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Stand::open(&dir.path().join("ledger/ledger.db"));
    let Appended::New(first) = stand.file(1, "primera").unwrap() else { panic!("new") };
    let head = stand.ledger.head().unwrap();
    assert_eq!(stand.file(1, "otra cosa").unwrap(), Appended::Known(first));
    assert_eq!(stand.ledger.head().unwrap(), head);
}

#[test]
fn two_programs_append_to_one_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger/ledger.db");
    drop(Stand::open(&path));
    let workers: Vec<_> = (0..2_u128)
        .map(|worker| {
            let path = path.clone();
            std::thread::spawn(move || {
                let mut stand = Stand::open(&path);
                stand.rng = ChaCha20Rng::from_seed([u8::try_from(worker).unwrap() + 10; 32]);
                for n in 0..40 {
                    stand.file(worker * 1_000 + n, "a la vez").unwrap();
                }
            })
        })
        .collect();
    for worker in workers {
        worker.join().unwrap();
    }
    let stand = Stand::open(&path);
    assert_eq!(stand.ledger.counters().unwrap().requests, 80);
    assert_eq!(stand.ledger.verify().unwrap().entries, 82);
}

#[test]
fn nothing_in_the_ledger_can_be_changed_or_removed() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger/ledger.db");
    let mut stand = Stand::open(&path);
    stand.file(1, "queda").unwrap();
    let outing = OutingOpened::new(captured(), Some("11302"), Some("Caleta Tortel".into()), None);
    stand.ledger.begin_outing(&outing, &mut stand.sealer, &mut stand.rng, &mut no_act).unwrap();
    stand.ledger.close_outing(captured(), None, &mut stand.sealer, &mut stand.rng, &mut no_act).unwrap();
    let db = Connection::open(&path).unwrap();
    let tables = ["epochs", "entries", "bodies", "records", "requests", "outing_openings", "outing_closings"];
    for table in tables {
        assert!(db.execute(&format!("DELETE FROM {table}"), []).is_err(), "delete from {table}");
        let first: String = db
            .query_row(&format!("SELECT name FROM pragma_table_info('{table}') LIMIT 1"), [], |row| {
                row.get(0)
            })
            .unwrap();
        assert!(db.execute(&format!("UPDATE {table} SET {first} = {first}"), []).is_err(), "update {table}");
    }
    let gap = "INSERT INTO entries SELECT epoch, seq + 5, kind, key_id, dictionary, sealed_hash, hash \
               FROM entries LIMIT 1";
    assert!(db.execute(gap, []).is_err(), "a gap");
}

#[test]
fn an_altered_byte_anywhere_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger/ledger.db");
    let mut stand = Stand::open(&path);
    for n in 1..=3 {
        stand.file(n, "sin cambios").unwrap();
    }
    assert!(stand.ledger.verify().is_ok());
    let db = Connection::open(&path).unwrap();
    for (trigger, change) in [
        ("bodies_no_update", "UPDATE bodies SET sealed = zeroblob(length(sealed)) WHERE seq = 2"),
        ("entries_no_update", "UPDATE entries SET kind = kind + 1 WHERE seq = 3"),
    ] {
        db.execute_batch(&format!("SAVEPOINT s; DROP TRIGGER {trigger}; {change}; RELEASE s;")).unwrap();
        let found = stand.ledger.verify().unwrap_err();
        assert!(found.is_damage(), "{change}: {found}");
    }
}

#[test]
fn newer_and_foreign_files_are_refused_untouched() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger/ledger.db");
    drop(Stand::open(&path));
    let with_version = |version: u32| {
        let db = Connection::open(&path).unwrap();
        db.execute_batch(&format!("PRAGMA user_version = {version}; PRAGMA wal_checkpoint(TRUNCATE);"))
            .unwrap();
    };
    with_version(ledger::SCHEMA_VERSION + 1);
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(Ledger::open(&path, identity()), Err(LedgerError::NewerSchema { .. })));
    assert_eq!(std::fs::read(&path).unwrap(), before, "untouched");
    with_version(ledger::SCHEMA_VERSION);
    let other = Identity { device: DeviceId([77; 16]), certificate: b"otro".to_vec(), ..identity() };
    assert!(matches!(Ledger::open(&path, other), Err(LedgerError::ForeignLedger { .. })));
    assert!(Ledger::open(&path, identity()).is_ok());
}

/// For another program to be tried on: whatever wrote the file, and while somebody has it open.
#[test]
fn a_ledger_is_copied_as_it_is_and_tells_its_schema() {
    let dir = tempfile::tempdir().unwrap();
    let (path, copied) = (dir.path().join("ledger/ledger.db"), dir.path().join("copy/ledger.db"));
    assert_eq!(ledger::schema_of(&path).unwrap(), None, "nothing is there");
    let stand = Stand::open(&path);
    std::fs::create_dir(dir.path().join("copy")).unwrap();
    ledger::copy(&path, &copied).unwrap();
    let (copy, opened) = Ledger::open(&copied, identity()).unwrap();
    assert_eq!((opened, copy.head().unwrap()), (Opened::Existing, stand.ledger.head().unwrap()));
    assert_eq!(copy.verify().unwrap(), stand.ledger.verify().unwrap());
    assert!(ledger::copy(&path, &copied).is_err(), "nothing is written over");
    drop(stand);
    let newer = ledger::SCHEMA_VERSION + 1;
    for version in [ledger::SCHEMA_VERSION, newer] {
        let db = Connection::open(&path).unwrap();
        db.execute_batch(&format!("PRAGMA user_version = {version}; PRAGMA wal_checkpoint(TRUNCATE);"))
            .unwrap();
        assert_eq!(ledger::schema_of(&path).unwrap(), Some(version));
    }
    let beside = dir.path().join("newer.db");
    ledger::copy(&path, &beside).unwrap();
    assert_eq!(ledger::schema_of(&beside).unwrap(), Some(newer));
    std::fs::write(&path, b"no database at all, and long enough for a header of a hundred bytes").unwrap();
    assert_eq!(ledger::schema_of(&path).unwrap(), None);
}

#[test]
fn a_damaged_file_is_found_and_set_aside_whole() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger/ledger.db");
    let mut stand = Stand::open(&path);
    stand.file(1, "antes del daño").unwrap();
    drop(stand);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[..16].copy_from_slice(b"ya no es SQLite!");
    std::fs::write(&path, &bytes).unwrap();
    let found = Ledger::open(&path, identity()).err().unwrap();
    assert!(found.is_damage(), "{found}");

    let aside = ledger::set_aside(&path, NOW_S).unwrap();
    assert_eq!(std::fs::read(&aside).unwrap(), bytes, "kept as it was");
    assert!(!path.exists());
    std::fs::create_dir(path.parent().unwrap()).unwrap();
    std::fs::write(&path, b"dos veces el mismo segundo").unwrap();
    let second = ledger::set_aside(&path, NOW_S).unwrap();
    assert_eq!(ledger::set_aside_ledgers(&path).unwrap(), [aside, second]);
    let mut stand = Stand::open(&path);
    stand.file(2, "el día sigue").unwrap();
}

#[test]
fn chunks_respect_their_limits_and_always_move() {
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Stand::open(&dir.path().join("ledger/ledger.db"));
    for n in 1..=6 {
        stand.file(n, "trozo").unwrap();
    }
    let (epoch, count, head) = stand.ledger.head().unwrap();
    for (bytes_max, entries_max, expected) in [(0, 9, 1), (1, 9, 1), (usize::MAX, 3, 3), (usize::MAX, 100, 8)]
    {
        let chunk = stand.ledger.chunk(epoch, 0, bytes_max, entries_max).unwrap().unwrap();
        assert_eq!(chunk.entries.len(), expected, "{bytes_max} bytes, {entries_max} entries");
    }
    assert_eq!(stand.ledger.chunk(epoch, count, usize::MAX, 9).unwrap(), None);
    let last = stand.ledger.chunk(epoch, count - 1, usize::MAX, 9).unwrap().unwrap();
    assert_eq!(last.head, head);
    assert_eq!(stand.ledger.chunk(Epoch([99; 8]), 0, 1, 1).unwrap(), None);
}

#[test]
fn a_body_is_released_only_below_central_s_word_and_after_the_grace_time() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger/ledger.db");
    let mut stand = Stand::open(&path);
    for n in 1..=4 {
        stand.file(n, "se libera después").unwrap();
    }
    let (epoch, count, head) = stand.ledger.head().unwrap();
    let safe_head = stand.ledger.hash_at(epoch, 4).unwrap().unwrap();
    let watermark = Watermark { epoch, stored: count, stored_head: head, safe: 4, safe_head };

    let lying = Watermark { safe_head: Hash([0; 32]), ..watermark };
    assert!(matches!(stand.ledger.note_watermark(&lying, NOW_S), Err(LedgerError::ForeignAnswer { .. })));
    assert_eq!(stand.ledger.release(NOW_S + 10 * GRACE_S).unwrap(), 0, "a lying watermark releases nothing");

    stand.ledger.note_watermark(&watermark, NOW_S).unwrap();
    for (now, expected) in [(NOW_S + GRACE_S - 1, 0), (NOW_S - GRACE_S, 0), (NOW_S + GRACE_S, 4)] {
        assert_eq!(stand.ledger.release(now).unwrap(), expected, "at {}", now - NOW_S);
    }
    assert!(!stand.ledger.has_body(epoch, 4).unwrap());
    assert!(stand.ledger.has_body(epoch, 5).unwrap(), "above the watermark");
    let verified = stand.ledger.verify().unwrap();
    assert_eq!((verified.entries, verified.bodies), (6, 2), "the chain verifies without the bodies");
    assert!(matches!(stand.ledger.chunk(epoch, 3, 1, 1), Err(LedgerError::Released { seq: 4, .. })));
    let db = Connection::open(&path).unwrap();
    assert!(db.execute("DELETE FROM bodies WHERE seq = 5", []).is_err(), "the trigger holds for anyone");
}

#[test]
fn an_answer_counts_only_for_the_very_chain() {
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Stand::open(&dir.path().join("ledger/ledger.db"));
    stand.file(1, "por enviar").unwrap();
    let (bytes, count, head) = stand.push_bytes(0);
    let signed = wire::sign1::Sign1::read(&bytes).unwrap();
    let key = ed25519_dalek::SigningKey::from_bytes(&[9; 32]);
    let push = Push::open(&signed, &key.verifying_key()).unwrap();
    let good = Checkpoint::new(&push, Outcome::Accepted, None, (count, head), 5);
    for wrong in [
        Checkpoint { head: Hash([0; 32]), ..good },
        Checkpoint { count: count + 1, ..good },
        Checkpoint { epoch: Epoch([99; 8]), ..good },
        Checkpoint { outcome: Outcome::Gap, ..good },
    ] {
        assert!(matches!(
            stand.ledger.acknowledge(wrong.count, &wrong, b"x"),
            Err(LedgerError::ForeignAnswer { .. })
        ));
    }
    assert_eq!(stand.ledger.epochs().unwrap()[0].acknowledged, 0);
    stand.ledger.acknowledge(good.count, &good, b"x").unwrap();
    stand.ledger.acknowledge(good.count, &good, b"x").unwrap();
    let local = stand.ledger.epochs().unwrap()[0];
    assert_eq!((local.acknowledged, local.count), (count, count));
}

#[test]
fn an_outing_opens_by_itself_is_named_later_and_closes_with_its_numbers() {
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Stand::open(&dir.path().join("ledger/ledger.db"));
    assert_eq!(stand.ledger.open_outing().unwrap(), None);
    stand.file(1, "nadie abrió la salida").unwrap();
    assert_eq!(stand.ledger.open_outing().unwrap().unwrap().place, None);

    let named = OutingOpened::new(captured(), Some("11302"), Some("Caleta Tortel".into()), Some(60));
    let outing = stand.ledger.begin_outing(&named, &mut stand.sealer, &mut stand.rng, &mut no_act).unwrap();
    assert_eq!(outing.goal, Some(60));
    let again = stand.ledger.begin_outing(&named, &mut stand.sealer, &mut stand.rng, &mut no_act);
    assert!(matches!(again, Err(LedgerError::OutingOpen)));

    stand.file(2, "ya con lugar").unwrap();
    let encounter = EncounterDraft { matter: Some("bono".into()), ..EncounterDraft::default() };
    let id = Uuid::from_u128(50);
    let record = |outing| {
        Body::Encounter(
            Recorded { id, captured: captured(), filed: encounter, outing: Some(outing), by: None }.into(),
        )
    };
    stand.ledger.append(id, captured(), &mut stand.sealer, &mut stand.rng, record).unwrap();
    assert_eq!(stand.ledger.outing_counters(&outing).unwrap(), (1, 1));
    let closing =
        stand.ledger.close_outing(captured(), None, &mut stand.sealer, &mut stand.rng, &mut no_act).unwrap();
    assert_eq!(closing.outing, outing);
    assert_eq!(stand.ledger.open_outing().unwrap(), None);
}

#[test]
fn a_ledger_that_another_program_replaced_is_not_written_to() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger/ledger.db");
    let mut first = Stand::open(&path);
    first.file(1, "en la primera").unwrap();
    let aside = ledger::set_aside(&path, NOW_S).unwrap();
    assert!(matches!(first.file(2, "ya no está"), Err(LedgerError::Replaced)));
    let mut second = Stand::open(&path);
    second.file(3, "en la segunda").unwrap();
    assert!(matches!(first.file(4, "sigue sin estar"), Err(LedgerError::Replaced)));
    let aside = Ledger::open_set_aside(&aside, identity()).unwrap();
    let (epoch, count, _) = aside.head().unwrap();
    let chunk = aside.chunk(epoch, 0, usize::MAX, usize::MAX).unwrap().unwrap();
    assert_eq!((count, chunk.entries.len()), (3, 3), "what it holds can still be sent");
}

#[test]
fn what_central_lost_is_released_no_more() {
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Stand::open(&dir.path().join("ledger/ledger.db"));
    for n in 1..=4 {
        stand.file(n, "central volvió atrás").unwrap();
    }
    let (epoch, count, head) = stand.ledger.head().unwrap();
    let at = |n| stand.ledger.hash_at(epoch, n).unwrap().unwrap();
    let mark = |safe, safe_head| Watermark { epoch, stored: count, stored_head: head, safe, safe_head };
    let marks = [mark(2, at(2)), mark(5, at(5))];
    for mark in &marks {
        stand.ledger.note_watermark(mark, NOW_S).unwrap();
    }
    stand.ledger.lower_acknowledged(epoch, 3).unwrap();
    assert_eq!(stand.ledger.release(NOW_S + GRACE_S).unwrap(), 2, "up to the older watermark only");
}
