//! Sticks and mirrors: pulled at every write, full, locked, old, foreign, and never coming back.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bundle::simulated::{Simulated, TORN};
use bundle::{Disk, Medium, What, checkpoint_path, manifest_path, part_path, put, walk};
use ed25519_dalek::SigningKey;
use wire::manifest::{Directory, Manifest, Part, PartKind, Watermark};
use wire::push::{Checkpoint, Outcome, Push, QuarantineReason};
use wire::sign1::Sign1;
use wire::{DeviceId, Epoch, Hash};

use super::office::{NOW_MS, Office, SetClock};
use super::promises::draft;
use crate::ledgers::Ledgers;
use crate::media::media_in;
use crate::mirror::{SMALL_FILES_MAX, at_rest, go_on, lay_resting};
use crate::stick::{Source, UNTOLD};
use crate::{FileState, Grade, MirrorState, Stand, StandError};

const T: u64 = 1_795_300_000;
const DAY_S: u64 = 86_400;

fn checkpoint_key() -> SigningKey {
    SigningKey::from_bytes(&[3; 32])
}

fn content_key() -> SigningKey {
    SigningKey::from_bytes(&[4; 32])
}

fn record(stand: &mut Stand, count: usize) {
    for _ in 0..count {
        stand.record_request(draft("Falta luz en la cancha")).unwrap();
    }
}

/// Every push on a stick, as the stand signed it.
fn pushes(stand: &Stand, medium: &impl Medium) -> Vec<(String, u64, u64, Hash, Epoch)> {
    let key = stand.key.verifying_key();
    let found = walk(medium, "").unwrap();
    let read = |path: &str| {
        let (head, bytes) = bundle::read_push(medium, path, Some(&key)).ok()?;
        Push::open(&Sign1::read(&bytes).unwrap(), &key).unwrap();
        Some((path.to_owned(), head.from, head.count, head.head, head.epoch))
    };
    found.of(What::Push).filter_map(|file| read(&file.path)).collect()
}

/// What the office would write on a stick that it gets at a time.
struct Answers {
    time_unix_s: u64,
    number: u64,
    safe: bool,
    reason: Option<QuarantineReason>,
}

impl Answers {
    fn at(time_unix_s: u64) -> Self {
        Self { time_unix_s, number: time_unix_s, safe: false, reason: None }
    }

    fn checkpoint(&self, stand: &Stand, epoch: Epoch, count: u64, head: Hash) -> Checkpoint {
        Checkpoint {
            version: wire::VERSION,
            office: stand.enrolment.device.office,
            device: stand.enrolment.device.device,
            epoch,
            outcome: if self.reason.is_some() { Outcome::Quarantined } else { Outcome::Accepted },
            count,
            head,
            time_unix_s: self.time_unix_s,
            reason: self.reason,
        }
    }

    /// Lays checkpoints beside all pushes; gives the watermarks that go with them.
    fn checkpoints(&self, stand: &Stand, medium: &mut Disk) -> Vec<Watermark> {
        let mut marks: BTreeMap<Epoch, Watermark> = BTreeMap::new();
        for (_, _, count, head, epoch) in pushes(stand, medium) {
            let answer = self.checkpoint(stand, epoch, count, head);
            let bytes = answer.sign(&checkpoint_key());
            put(medium, &checkpoint_path(answer.device, epoch, count, &bytes), &bytes).unwrap();
            let safe = if self.safe { count } else { 0 };
            let mark = Watermark { epoch, stored: count, stored_head: head, safe, safe_head: head };
            let last = marks.entry(epoch).or_insert(mark);
            if last.stored < count {
                *last = mark;
            }
        }
        marks.into_values().collect()
    }

    /// Lays a manifest with these watermarks, and the directory that it names.
    fn manifest(
        &self,
        stand: &Stand,
        medium: &mut Disk,
        watermarks: Vec<Watermark>,
        with_parts: bool,
    ) -> String {
        let device = &stand.enrolment.device;
        let directory = Directory(Vec::new()).encode();
        let part = Part {
            kind: PartKind::DIRECTORY,
            hash: Hash::of(&directory),
            len: u64::try_from(directory.len()).unwrap(),
        };
        let mut manifest = Manifest::new(device.office, device.device, self.number, self.time_unix_s);
        manifest.parts.push(part);
        manifest.watermarks = watermarks;
        let bytes = manifest.sign(&content_key());
        if with_parts {
            put(medium, &part_path(part.hash), &directory).unwrap();
        }
        let path = manifest_path(device.device, self.number, &bytes);
        put(medium, &path, &bytes).unwrap();
        path
    }

    fn all(&self, stand: &Stand, stick: &Path) {
        let mut medium = Disk::at(stick);
        let marks = self.checkpoints(stand, &mut medium);
        self.manifest(stand, &mut medium, marks, true);
    }
}

/// A stand that recorded something, and an empty stick.
fn begun(dir: &Path, count: usize) -> (Stand, PathBuf) {
    let mut stand = Office::new().stand(dir);
    record(&mut stand, count);
    let stick = dir.join("stick");
    std::fs::create_dir(&stick).unwrap();
    (stand, stick)
}

fn state(answer: &crate::BundleAcknowledged, part_of_name: &str) -> Vec<FileState> {
    answer.files.iter().filter(|file| file.file.contains(part_of_name)).map(|file| file.state).collect()
}

#[test]
fn two_days_on_sticks_alone() {
    let dir = tempfile::tempdir().unwrap();
    let (mut stand, stick) = begun(dir.path(), 3);
    let total = stand.ledger_stats().unwrap().entries;
    let first = stand.export_bundle(&stick).unwrap();
    assert_eq!((first.entries, first.files, first.held, first.on_usb), (total, 1, total, total));
    assert!(!first.unreadable && first.bytes > 0 && first.cleared == 0);
    let again = stand.export_bundle(&stick).unwrap();
    assert_eq!((again.entries, again.files, again.bytes), (total, 0, 0), "nothing is written twice");
    record(&mut stand, 2);
    let waiting = stand.waiting_to_sync().unwrap();
    assert_eq!((waiting.entries, waiting.on_usb), (total + 2, total));
    let more = stand.export_bundle(&stick).unwrap();
    assert_eq!((more.entries, more.files), (total + 2, 1));
    let other = dir.path().join("another");
    std::fs::create_dir(&other).unwrap();
    assert_eq!(
        stand.export_bundle(&other).unwrap().files,
        1,
        "a stick that may never come back is not relied on"
    );

    Answers::at(T).all(&stand, &stick);
    record(&mut stand, 1);
    let home = stand.acknowledge_bundle(&stick).unwrap();
    assert_eq!((home.acknowledged, home.held, home.on_usb), (total + 2, 1, 0), "{home:?}");
    assert_eq!((home.outcome.as_str(), home.manifest), ("unanswered", Some(T)));
    assert_eq!(state(&home, ".checkpoint"), [FileState::Taken; 2]);
    assert_eq!(state(&home, ".manifest"), [FileState::Taken]);
    let twice = stand.acknowledge_bundle(&stick).unwrap();
    assert_eq!((twice.acknowledged, twice.manifest), (0, None));
    assert_eq!(state(&twice, ".manifest"), [FileState::Known]);
    let next = stand.export_bundle(&stick).unwrap();
    assert_eq!((next.entries, next.files), (1, 1));
    assert_eq!(next.cleared, 4, "what the office signed for is taken off: {next:?}");
    assert_eq!(pushes(&stand, &Disk::at(&stick)).len(), 1);
    let rest = Answers::at(T + DAY_S);
    rest.all(&stand, &stick);
    let home = stand.acknowledge_bundle(&stick).unwrap();
    assert_eq!((home.outcome.as_str(), home.held), ("done", 0));
    assert!(stand.synced_at().unwrap().is_some());
}

#[test]
fn bodies_are_released_by_sticks_thirty_days_apart() {
    let dir = tempfile::tempdir().unwrap();
    let (mut stand, stick) = begun(dir.path(), 2);
    stand.export_bundle(&stick).unwrap();
    let (epoch, count, _) = stand.ledger.head().unwrap();
    let safe = |time| Answers { safe: true, ..Answers::at(time) };
    let mut medium = Disk::at(&stick);
    let marks = safe(T).checkpoints(&stand, &mut medium);
    safe(T).manifest(&stand, &mut medium, marks.clone(), true);
    stand.acknowledge_bundle(&stick).unwrap();
    assert!(stand.ledger.has_body(epoch, count).unwrap());
    for (days, there) in [(29, true), (30, false)] {
        safe(T + days * DAY_S).manifest(&stand, &mut medium, marks.clone(), true);
        stand.acknowledge_bundle(&stick).unwrap();
        assert_eq!(stand.ledger.has_body(epoch, count).unwrap(), there, "after {days} days");
    }
    assert_eq!(stand.verify_ledger().unwrap().bodies, 0);
    record(&mut stand, 1);
    let other = dir.path().join("another");
    std::fs::create_dir(&other).unwrap();
    assert_eq!(stand.export_bundle(&other).unwrap().entries, 1, "what is released is not looked for");
}

#[test]
fn an_old_stick_neither_rolls_back_nor_acknowledges_what_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let (mut stand, stick) = begun(dir.path(), 2);
    stand.export_bundle(&stick).unwrap();
    let first = stand.ledger.head().unwrap();
    record(&mut stand, 2);
    stand.export_bundle(&stick).unwrap();
    let mut medium = Disk::at(&stick);
    let marks = Answers::at(T).checkpoints(&stand, &mut medium);
    assert_eq!(stand.acknowledge_bundle(&stick).unwrap().held, 0);
    // Issued before those answers: it can't know of them, and nobody cries wolf.
    let early = vec![Watermark { stored: first.1, stored_head: first.2, ..marks[0] }];
    let stale = Answers::at(T - 1).manifest(&stand, &mut medium, early.clone(), true);
    let read = stand.acknowledge_bundle(&stick).unwrap();
    assert_eq!((read.alarms.as_slice(), read.held), (&[][..], 0));
    assert_eq!(state(&read, &stale), [FileState::Older]);
    // Issued after them: the office was restored from a backup. The answers on the stick count no more.
    let later = Answers::at(T + 1).manifest(&stand, &mut medium, early, true);
    let read = stand.acknowledge_bundle(&stick).unwrap();
    assert_eq!((read.alarms.as_slice(), read.held), (&["central_went_back".to_owned()][..], 2), "{read:?}");
    assert_eq!(state(&read, &later), [FileState::Taken]);
    let read = stand.acknowledge_bundle(&stick).unwrap();
    assert_eq!((read.alarms.len(), read.held, read.acknowledged), (0, 2, 0), "{read:?}");
    assert_eq!(state(&read, &stale), [FileState::Older]);
    let other = dir.path().join("another");
    std::fs::create_dir(&other).unwrap();
    assert_eq!(stand.export_bundle(&other).unwrap().entries, 2, "what the office lost is handed over again");
    // A manifest whose parts are not all there changes nothing.
    let half = Answers { number: T + 50, ..Answers::at(T + 50) };
    std::fs::remove_file(stick.join(part_path(Hash::of(&Directory(Vec::new()).encode())))).unwrap();
    stand
        .ledger
        .store_manifest(
            &ledger::HeldManifest {
                number: T + 1,
                etag: None,
                signed: stand.ledger.manifest().unwrap().unwrap().signed,
            },
            &[],
        )
        .unwrap();
    let path = half.manifest(&stand, &mut medium, marks, false);
    let read = stand.acknowledge_bundle(&stick).unwrap();
    assert_eq!(state(&read, &path), [FileState::Unreadable]);
    assert_eq!(stand.ledger.manifest().unwrap().unwrap().number, T + 1);
}

#[test]
fn a_stick_that_was_full_before_the_office_came_to_the_manifest_alarms_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let (mut stand, stick) = begun(dir.path(), 1);
    stand.export_bundle(&stick).unwrap();
    let mut medium = Disk::at(&stick);
    let marks = Answers::at(T).checkpoints(&stand, &mut medium);
    let early = Answers::at(T).manifest(&stand, &mut medium, marks, true);
    record(&mut stand, 2);
    stand.export_bundle(&stick).unwrap();
    Answers::at(T + 60).checkpoints(&stand, &mut medium);
    let read = stand.acknowledge_bundle(&stick).unwrap();
    assert_eq!((read.alarms.as_slice(), read.held, read.manifest), (&[][..], 0, None), "{read:?}");
    assert_eq!(state(&read, &early), [FileState::Older]);
}

#[test]
fn a_fork_is_learnt_from_a_stick() {
    let dir = tempfile::tempdir().unwrap();
    let (mut stand, stick) = begun(dir.path(), 2);
    stand.export_bundle(&stick).unwrap();
    let before = stand.ledger.head().unwrap().0;
    let mut medium = Disk::at(&stick);
    let answers = Answers { reason: Some(QuarantineReason::Fork), ..Answers::at(T) };
    answers.checkpoints(&stand, &mut medium);
    let read = stand.acknowledge_bundle(&stick).unwrap();
    assert_eq!(read.alarms, ["forked"]);
    assert_eq!((read.acknowledged, read.quarantined, read.held), (4, 4, 1));
    assert_ne!(stand.ledger.head().unwrap().0, before, "captures go to a ledger of their own");
    record(&mut stand, 1);
}

#[test]
fn every_file_on_a_stick_is_named_for_what_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let (mut stand, stick) = begun(dir.path(), 1);
    stand.export_bundle(&stick).unwrap();
    let (epoch, count, head) = stand.ledger.head().unwrap();
    let answers = Answers::at(T);
    let good = answers.checkpoint(&stand, epoch, count, head);
    let other = Checkpoint { device: DeviceId([9; 16]), ..good };
    let clone = Checkpoint { head: Hash([7; 32]), ..good };
    let beyond = Checkpoint { count: count + 5, head: Hash([8; 32]), ..good };
    let signed = good.sign(&checkpoint_key());
    let lay = |name: &str, bytes: &[u8]| std::fs::write(stick.join("oirs").join(name), bytes).unwrap();
    lay("ajena.checkpoint", &other.sign(&checkpoint_key()));
    lay("clon.checkpoint", &clone.sign(&checkpoint_key()));
    lay("delante.checkpoint", &beyond.sign(&checkpoint_key()));
    lay("impostor.checkpoint", &good.sign(&SigningKey::from_bytes(&[99; 32])));
    lay("role.checkpoint", &good.sign(&content_key()));
    lay("cortada.checkpoint", &signed[..signed.len() / 2]);
    lay("vacia.checkpoint", b"");
    lay("grande.checkpoint", &vec![0; wire::ANSWER_BYTES_MAX + 1]);
    lay("a medias.checkpoint.tmp", &signed[..9]);
    lay("gap.checkpoint", &Checkpoint { outcome: Outcome::Gap, ..good }.sign(&checkpoint_key()));
    lay("texto.manifest", b"hola");
    lay("vacaciones.jpg", b"foto");
    let read = stand.acknowledge_bundle(&stick).unwrap();
    assert_eq!((read.acknowledged, read.held), (0, count), "nothing of that counts");
    for (name, expected) in [
        ("ajena", FileState::OtherStand),
        ("clon", FileState::OtherStand),
        ("delante", FileState::OtherStand),
        ("impostor", FileState::UnknownSigner),
        ("role", FileState::UnknownSigner),
        ("cortada", FileState::Damaged),
        ("vacia", FileState::Damaged),
        ("grande", FileState::Damaged),
        ("a medias", FileState::Unfinished),
        ("gap", FileState::Known),
        ("texto", FileState::Damaged),
    ] {
        let found: Vec<_> = read
            .files
            .iter()
            .filter(|file| file.file.contains(&format!("oirs/{name}")))
            .map(|file| file.state)
            .collect();
        assert_eq!(found, [expected], "{name}");
    }
    assert!(state(&read, "vacaciones").is_empty());
    lay("buena.checkpoint", &signed);
    let one = stand.acknowledge_bundle(&stick.join("oirs/buena.checkpoint")).unwrap();
    assert_eq!((one.acknowledged, one.held, one.files.len()), (count, 0, 1));
    let gone = stand.acknowledge_bundle(&dir.path().join("no hay"));
    assert_eq!(gone.unwrap_err().code(), "medium_gone");
}

#[test]
fn a_stick_pulled_at_any_write_is_mended_by_the_next_export() {
    let dir = tempfile::tempdir().unwrap();
    let (mut stand, _) = begun(dir.path(), 2);
    let held = stand.ledger_stats().unwrap().held;
    let mut whole = Simulated::default();
    stand.export_to(&mut whole, Path::new(""), |_, _| {}).unwrap();
    let files = pushes(&stand, &whole);
    for at in 0..whole.writes {
        for torn in TORN {
            let mut medium = Simulated::pulled(at, torn);
            assert!(
                stand.export_to(&mut medium, Path::new(""), |_, _| {}).is_err(),
                "write {at} was never reached"
            );
            medium.back();
            let exported = stand.export_to(&mut medium, Path::new(""), |_, _| {}).unwrap();
            assert_eq!(exported.entries, held, "{at} {torn:?}");
            assert_eq!(pushes(&stand, &medium), files, "{at} {torn:?}");
        }
    }
    assert_eq!(stand.verify_ledger().unwrap().entries, held, "nothing captured was touched");
}

#[test]
fn a_full_stick_is_said_before_anything_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let (mut stand, stick) = begun(dir.path(), 2);
    let mut medium = Simulated::default();
    medium.bytes_max = Some(100_000);
    let full = stand.export_to(&mut medium, Path::new(""), |_, _| {}).unwrap_err();
    assert!(
        matches!(full, StandError::MediumFull { needed_bytes, free_bytes: 100_000 } if needed_bytes > 100_000)
    );
    assert_eq!((medium.writes, full.code(), full.exit() as u8), (0, "medium_full", 8));
    medium.back();
    medium.read_only = true;
    let locked = stand.export_to(&mut medium, Path::new(""), |_, _| {}).unwrap_err();
    assert_eq!(locked.code(), "medium_read_only");
    assert_eq!(stand.held_and_on_usb().unwrap().1, 0, "nothing counts as handed over");
    let gone = stand.export_bundle(&stick.join("no hay")).unwrap_err();
    assert_eq!(gone.code(), "medium_gone");
    medium.back();
    stand.export_to(&mut medium, Path::new(""), |_, _| {}).unwrap();
    medium.bytes_max = Some(0);
    stand.export_to(&mut medium, Path::new(""), |_, _| {}).unwrap();
    for language in [texts::Language::Spanish, texts::Language::English] {
        for error in [&full, &locked, &gone] {
            assert!(!error.reason(language).contains("stand-error"), "{error}");
        }
    }
}

fn settled(stand: &Stand) -> (MirrorState, u64) {
    let status = stand.settle_mirror(Duration::from_mins(1)).unwrap();
    (status.state, status.behind)
}

#[test]
fn the_mirror_follows_is_checked_goes_missing_and_catches_up() {
    let dir = tempfile::tempdir().unwrap();
    let (mut stand, card) = begun(dir.path(), 3);
    assert_eq!(stand.mirror_status().unwrap().state, MirrorState::Off);
    let set = stand.set_mirror(&card).unwrap();
    assert_eq!((set.state, set.behind), (MirrorState::Current, 0));
    if cfg!(unix) {
        assert_eq!(set.second_medium, Some(false), "the same disk is told as such");
    }
    record(&mut stand, 2);
    assert_eq!(settled(&stand), (MirrorState::Current, 0));
    let files = pushes(&stand, &Disk::at(&card));
    assert!(files.len() >= 2, "{files:?}");
    assert_eq!(files.iter().map(|file| file.2).max(), Some(stand.ledger.head().unwrap().1));

    // A file is lost, another is cut: the check finds both.
    std::fs::remove_file(card.join(&files[0].0)).unwrap();
    std::fs::write(card.join(&files[1].0), b"cortado").unwrap();
    let checked = stand.check_mirror().unwrap();
    assert_eq!((checked.state, checked.behind), (MirrorState::Current, 0));
    let (_, count, _) = stand.ledger.head().unwrap();
    let mended = pushes(&stand, &Disk::at(&card));
    assert!(mended.iter().any(|file| file.1 == 0) && mended.iter().any(|file| file.2 == count));

    // Pulled out: an empty mount point is no mirror, and the stand goes on.
    let away = dir.path().join("away");
    std::fs::rename(&card, &away).unwrap();
    std::fs::create_dir(&card).unwrap();
    record(&mut stand, 1);
    assert_eq!(settled(&stand).0, MirrorState::Absent);
    assert!(stand.mirror_status().unwrap().state.is_red());
    assert_eq!(std::fs::read_dir(&card).unwrap().count(), 0, "nothing goes to the machine's own disk");
    std::fs::remove_dir(&card).unwrap();
    record(&mut stand, 1);
    assert_eq!(settled(&stand).0, MirrorState::Absent);
    let path = dir.path().join("stand");
    drop(stand);
    let mut stand = Stand::open_with(&path, SetClock::at(NOW_MS)).unwrap();
    assert_eq!(settled(&stand).0, MirrorState::Absent, "and at the next opening it is said again");

    std::fs::rename(&away, &card).unwrap();
    record(&mut stand, 1);
    assert_eq!(settled(&stand), (MirrorState::Current, 0));
    let status = stand.set_mirror(&card).unwrap();
    assert_eq!(status.state, MirrorState::Current, "set again, it goes on");
    assert_eq!(stand.unset_mirror().unwrap().state, MirrorState::Off);
    record(&mut stand, 1);
    assert_eq!(stand.set_mirror(&dir.path().join("no hay")).unwrap_err().code(), "medium_gone");
}

#[test]
fn a_card_that_is_mounted_elsewhere_is_known_again() {
    for below in ["", "copias/oirs-2026"] {
        let dir = tempfile::tempdir().unwrap();
        let (mut stand, _) = begun(dir.path(), 1);
        let media = dir.path().join("media").canonicalize().unwrap_or_else(|_| dir.path().join("media"));
        let at = |name: &str| media.join(name);
        let folder = |name: &str| at(name).join(below);
        std::fs::create_dir_all(folder("sdb1")).unwrap();
        let source = media.clone();
        stand.media_source = Arc::new(move || media_in(&source));
        stand.set_mirror(&folder("sdb1")).unwrap();
        assert_eq!(settled(&stand), (MirrorState::Current, 0));

        // Taken out and put in again: another name, and another card beside it.
        std::fs::create_dir_all(folder("sda1")).unwrap();
        std::fs::rename(at("sdb1"), at("sdc1")).unwrap();
        record(&mut stand, 1);
        assert_eq!(settled(&stand), (MirrorState::Current, 0), "{below}");
        let shown = stand.mirror_status().unwrap().folder.unwrap();
        assert_eq!(Path::new(&shown), folder("sdc1"));
        let lines = stand.media(&media_in(&media));
        let mirrors: Vec<&str> =
            lines.iter().filter(|line| line.is_mirror).map(|line| line.name.as_str()).collect();
        assert_eq!(mirrors, if below.is_empty() { vec!["sdc1"] } else { vec![] });
        assert_eq!(std::fs::read_dir(folder("sda1")).unwrap().count(), 0, "nothing goes onto another card");

        // A check remembers it, and back under the old name it is found as well.
        assert_eq!(stand.check_mirror().unwrap().state, MirrorState::Current);
        assert_eq!(stand.settings.mirror.as_ref().unwrap().folder, folder("sdc1"));
        std::fs::rename(at("sdc1"), at("sdb1")).unwrap();
        record(&mut stand, 1);
        assert_eq!(settled(&stand), (MirrorState::Current, 0), "{below}");

        // A card of this stand, but with another name: nobody chose it.
        let name = format!("oirs/{}/mirror.id", stand.enrolment.device.device);
        std::fs::rename(at("sdb1"), dir.path().join("away")).unwrap();
        put(&mut Disk::at(folder("sda1")), &name, b"0123456789abcdef").unwrap();
        record(&mut stand, 1);
        assert_eq!(settled(&stand).0, MirrorState::Absent, "{below}");
        assert_eq!(
            walk(&Disk::at(folder("sda1")), "").unwrap().files.len(),
            0,
            "a foreign card is not taken"
        );
    }
}

/// What a stand may put on a medium.
fn source_of<'a>(stand: &'a Stand, ledgers: &'a Ledgers) -> Source<'a> {
    Source { ledgers, enrolment: &stand.enrolment, key: &stand.key, files: &stand.files, told: UNTOLD }
}

/// What a copy covers of the newest ledger, from scratch.
fn copied(stand: &mut Stand, medium: &mut Simulated) -> u64 {
    let ledgers = stand.ledgers().unwrap();
    let source = source_of(stand, &ledgers);
    go_on(medium, &source, &mut BTreeMap::new()).unwrap().1
}

#[test]
fn many_small_files_become_few_and_a_card_pulled_meanwhile_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (mut stand, _) = begun(dir.path(), 0);
    // One entry a file, up to as many as may gather.
    let mut card = Simulated::default();
    let mut known = BTreeMap::new();
    while walk(&card, "").unwrap().files.len() < usize::try_from(SMALL_FILES_MAX).unwrap() {
        record(&mut stand, 1);
        let ledgers = stand.ledgers().unwrap();
        let source = source_of(&stand, &ledgers);
        go_on(&mut card, &source, &mut known).unwrap();
    }
    record(&mut stand, 1);
    let count = stand.ledger.head().unwrap().1;
    let writes_before = card.writes;
    let mut calm = card.clone();
    assert_eq!(copied(&mut stand, &mut calm), count);
    assert_eq!(pushes(&stand, &calm).len(), 1, "{:?}", calm.files().keys());
    for at in writes_before..calm.writes {
        for torn in TORN {
            let mut medium = card.clone();
            medium.pulled_at = Some((at, torn));
            {
                let ledgers = stand.ledgers().unwrap();
                let source = source_of(&stand, &ledgers);
                assert!(go_on(&mut medium, &source, &mut BTreeMap::new()).is_err(), "{at}");
            }
            medium.back();
            let whole = pushes(&stand, &medium);
            let reached = whole.iter().fold(0, |to, run| if run.1 <= to { to.max(run.2) } else { to });
            assert!(reached >= count - 1, "{at} {torn:?}: only {reached} of {count} are whole");
            assert_eq!(copied(&mut stand, &mut medium), count, "{at} {torn:?}");
        }
    }
}

#[test]
fn a_mirror_that_is_away_says_since_when() {
    let dir = tempfile::tempdir().unwrap();
    let (mut stand, _) = begun(dir.path(), 2);
    let (card, away) = (dir.path().join("card"), dir.path().join("away"));
    std::fs::create_dir(&card).unwrap();
    assert_eq!(stand.mirror_grade(), Grade::Careful, "none is set");
    stand.begin_mirror(&card).unwrap();
    let whole = stand.settle_mirror(Duration::from_mins(1)).unwrap();
    assert_eq!((whole.state, whole.behind), (MirrorState::Current, 0));
    assert!(whole.whole_at.is_some());
    // On the same disk as the data, as here, it is lost with the machine.
    assert_eq!(stand.mirror_grade(), Grade::Careful);
    std::fs::rename(&card, &away).unwrap();
    record(&mut stand, 1);
    stand.recheck_mirror().unwrap();
    let absent = stand.settle_mirror(Duration::from_mins(1)).unwrap();
    assert_eq!(
        (absent.state, absent.whole_at, stand.mirror_grade()),
        (MirrorState::Absent, whole.whole_at, Grade::Bad)
    );
    std::fs::create_dir(&card).unwrap();
    let other = stand.set_mirror(&card).unwrap();
    assert_eq!((other.state, other.behind), (MirrorState::Current, 0), "an empty card begins anew");
    assert_eq!(stand.unset_mirror().unwrap().whole_at, None);
}

#[test]
fn what_a_mirror_lacks_is_counted_past_a_ledger_that_was_set_aside() {
    // Of a ledger that can still be opened, and of one that can't: what was on the card is no measure of the new one.
    for opens in [true, false] {
        let dir = tempfile::tempdir().unwrap();
        let (mut stand, card) = begun(dir.path(), 5);
        stand.set_mirror(&card).unwrap();
        assert_eq!(settled(&stand), (MirrorState::Current, 0));
        let before = stand.mirror_status().unwrap().entries;
        let aside = ledger::set_aside(&dir.path().join("stand/ledger/ledger.db"), 5).unwrap();
        std::fs::rename(&card, dir.path().join("away")).unwrap();
        record(&mut stand, 2);
        if !opens {
            std::fs::write(&aside, b"ya no es SQLite!").unwrap();
        }
        let status = stand.settle_mirror(Duration::from_mins(1)).unwrap();
        let new = stand.ledger.head().unwrap().1;
        assert_eq!((status.state, status.behind), (MirrorState::Absent, new), "the card is out");
        assert!(new < before, "the new ledger is the smaller one");
        assert_eq!(status.entries, if opens { before + new } else { new });
        std::fs::rename(dir.path().join("away"), &card).unwrap();
        let back = stand.set_mirror(&card).unwrap();
        assert_eq!((back.state, back.behind), (MirrorState::Current, 0));
    }
}

/// What the mirror holds of a ledger that was set aside is in the act beside what the stand holds of it.
#[cfg(target_os = "linux")]
#[test]
fn an_act_counts_the_mirror_of_a_ledger_that_was_set_aside() {
    // Another file system than the data's.
    let card = tempfile::tempdir_in("/dev/shm").unwrap();
    let dir = tempfile::tempdir().unwrap();
    let (mut stand, _) = begun(dir.path(), 3);
    assert_eq!(stand.set_mirror(card.path()).unwrap().second_medium, Some(true));
    ledger::set_aside(&dir.path().join("stand/ledger/ledger.db"), 5).unwrap();
    record(&mut stand, 1);
    assert_eq!(settled(&stand), (MirrorState::Current, 0));
    let entries = stand.mirror_status().unwrap().entries;
    let numbers = stand.close_outing(texts::Language::Spanish).unwrap().act.numbers;
    // The closing itself was recorded after the mirror was asked.
    assert_eq!((numbers.held, numbers.elsewhere), (entries + 1, entries));
}

#[test]
fn another_handle_has_the_same_person_act() {
    let dir = tempfile::tempdir().unwrap();
    let (mut stand, stick) = begun(dir.path(), 2);
    stand.set_pin("4821").unwrap();
    assert_eq!(stand.another().unwrap().export_bundle(&stick).unwrap_err().code(), "pin_needed");
    stand.unlock(None, Some("4821")).unwrap();
    let heard = RefCell::new(Vec::new());
    let told = |done, needed| heard.borrow_mut().push((done, needed));
    let exported = stand.another().unwrap().export_bundle_telling(&stick, told).unwrap();
    let heard = heard.into_inner();
    assert_eq!(heard.last().map(|(done, _)| *done), Some(exported.bytes));
    assert!(heard.iter().all(|(done, needed)| done <= needed), "{heard:?}");
    assert_eq!(stand.waiting_to_sync().unwrap().on_usb, exported.entries, "what it wrote is known here");
    stand.lock();
    assert_eq!(stand.another().unwrap().export_bundle(&stick).unwrap_err().code(), "pin_needed");
}

/// The copies of what rests that lie whole on a medium, after another one was written.
fn copied_at_rest(stand: &mut Stand, medium: &mut Simulated) -> Result<Vec<String>, StandError> {
    let ledgers = stand.ledgers().unwrap();
    let source = source_of(stand, &ledgers);
    lay_resting(medium, &source, &at_rest(&source)?)?;
    Ok(pushes(stand, medium).into_iter().map(|push| push.0).collect())
}

#[test]
fn a_copy_of_what_rests_is_replaced_and_never_missing() {
    let dir = tempfile::tempdir().unwrap();
    let (mut stand, _) = begun(dir.path(), 1);
    let mut card = Simulated::default();
    let first = copied_at_rest(&mut stand, &mut card).unwrap();
    assert_eq!(first.len(), 1, "also where nothing rests");
    let writes_before = card.writes;
    let mut calm = card.clone();
    let second = copied_at_rest(&mut stand, &mut calm).unwrap();
    assert!(second.len() == 1 && second != first, "{second:?}");
    for at in writes_before..calm.writes {
        for torn in TORN {
            let mut medium = card.clone();
            medium.pulled_at = Some((at, torn));
            assert!(copied_at_rest(&mut stand, &mut medium).is_err(), "{at}");
            medium.back();
            assert!(!pushes(&stand, &medium).is_empty(), "{at} {torn:?}: no copy is whole");
            let mended = copied_at_rest(&mut stand, &mut medium).unwrap();
            assert_eq!((mended.len(), walk(&medium, "").unwrap().files.len()), (1, 1), "{at} {torn:?}");
        }
    }
}
