//! Attachments on the stand: sealed before the disk, named by an entry or not there at all, and refused by name.

use attachment::{Found, Refusal};
use domain::limits::ATTACHMENTS_MAX;
use domain::{AttachmentDraft, RequestDraft};
use ledger::LedgerError;
use sync::upload::Files as _;
use sync::{Alarm, Log as _};
use texts::Language;
use wire::manifest::{Manifest, Watermark};
use wire::push::{Checkpoint, Outcome, Push};
use wire::sign1::Sign1;
use wire::upload::{Stored, Upload};

use super::office::{NOW_MS, Office, SetClock};
use crate::log::StandLog;
use crate::{Stand, StandError, prepare_attachment};

/// A picture with a place, names and remarks in it, and a colour that nothing else has.
const PICTURE: &[u8] = include_bytes!("../../../attachment/tests/golden/everything.jpg");
const PAGES: &[u8] = b"%PDF-1.7\nRosa Ficticia Ejemplo, 44.444.444-4\nstartxref\n9\n%%EOF\n";

fn request(stand: &mut Stand) -> crate::RequestRecorded {
    let json = r#"{"kind":"reclamo","text":"no llega el agua","comuna":"11302"}"#;
    stand.record_request(RequestDraft::from_json(json).unwrap()).unwrap()
}

fn named(name: &str) -> AttachmentDraft {
    AttachmentDraft { id: None, name: Some(name.to_owned()) }
}

fn files(stand: &Stand) -> Vec<String> {
    let Ok(found) = std::fs::read_dir(stand.folder.path().join("attachments")) else { return Vec::new() };
    let mut names: Vec<String> =
        found.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn what_is_handed_over_lies_sealed_under_its_hash() {
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Office::new().stand(dir.path());
    let recorded = request(&mut stand);
    let live = recorded.live.unwrap();
    let first = stand
        .attach_live(&live, named("la boleta de Rosa Ficticia"), prepare_attachment(PICTURE).unwrap())
        .unwrap();
    assert_eq!((first.attachments, first.media_type.as_deref(), first.copy), (1, Some("image/jpeg"), false));
    let second = stand.attach(live.folio(), AttachmentDraft::default(), PAGES).unwrap();
    assert_eq!((second.attachments, second.media_type.as_deref()), (2, Some("application/pdf")));
    let mut expected = [&first, &second].map(|attached| format!("{}.sealed", attached.sealed_hash));
    expected.sort();
    assert_eq!(files(&stand), expected);
    let lines = stand.attachments(live.folio()).unwrap();
    assert_eq!(lines.iter().map(|line| line.stored).collect::<Vec<_>>(), [false, false]);
    stand.verify_ledger().unwrap();
    for name in files(&stand) {
        let bytes = std::fs::read(dir.path().join("stand/attachments").join(&name)).unwrap();
        assert_eq!(wire::Hash::of(&bytes).to_string(), name.trim_end_matches(".sealed"));
        for secret in ["Rosa", "44.444", "%PDF", "JFIF", "SECRETO"] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret}");
        }
    }
    let database = std::fs::read(dir.path().join("stand/ledger/ledger.db-wal")).unwrap();
    assert!(!database.windows(4).any(|window| window == b"Rosa"), "what it is called is sealed too");
}

#[test]
fn what_would_be_kept_can_be_looked_at() {
    let picture = prepare_attachment(PICTURE).unwrap().data_url().unwrap();
    assert!(picture.starts_with("data:image/jpeg;base64,/9j/"), "{}", &picture[..40]);
    assert_eq!(prepare_attachment(PAGES).unwrap().data_url(), None);
}

#[test]
fn the_same_id_attaches_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Office::new().stand(dir.path());
    let folio = request(&mut stand).live.unwrap().folio();
    let draft = || AttachmentDraft { id: Some("0197f2b4-0000-7000-8000-000000000001".into()), name: None };
    let first = stand.attach(folio, draft(), PICTURE).unwrap();
    let again = stand.attach(folio, draft(), b"whatever else").unwrap();
    assert_eq!((again.copy, again.seq, again.sealed_hash), (true, first.seq, first.sealed_hash));
    assert_eq!(files(&stand).len(), 1);
}

#[test]
fn what_no_entry_names_is_removed_when_the_stand_is_opened() {
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Office::new().stand(dir.path());
    let folio = request(&mut stand).live.unwrap().folio();
    let kept = stand.attach(folio, AttachmentDraft::default(), PICTURE).unwrap();
    // As after a crash between the file and its entry, and one in the middle of the file.
    let orphan = wire::Hash::of(b"orphan");
    let writing = stand.files.begin().unwrap();
    stand.files.write(&writing, orphan, b"orphan").unwrap();
    std::fs::write(dir.path().join("stand/attachments/half.sealed.new"), b"ha").unwrap();
    let open = || Stand::open_with(&dir.path().join("stand"), SetClock::at(NOW_MS)).unwrap();
    assert_eq!(files(&open()).len(), 3, "somebody is between a file and its entry");
    drop(writing);
    assert_eq!(files(&open()), [format!("{}.sealed", kept.sealed_hash)]);
}

#[test]
fn nothing_is_removed_while_a_damaged_ledger_may_name_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Office::new().stand(dir.path());
    let folio = request(&mut stand).live.unwrap().folio();
    stand.attach(folio, AttachmentDraft::default(), PICTURE).unwrap();
    drop(stand);
    std::fs::write(dir.path().join("stand/ledger/ledger.db"), b"ya no es SQLite!").unwrap();
    let mut stand = Stand::open_with(&dir.path().join("stand"), SetClock::at(NOW_MS)).unwrap();
    assert!(stand.set_aside().is_some());
    assert_eq!(files(&stand).len(), 1);
    assert!(matches!(
        stand.attach(folio, AttachmentDraft::default(), PICTURE),
        Err(StandError::UnknownFolio)
    ));
    let folio = request(&mut stand).live.unwrap().folio();
    stand.attach(folio, AttachmentDraft::default(), PICTURE).unwrap();
    assert_eq!(files(&stand).len(), 2);
}

#[test]
fn a_refusal_leaves_everything_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Office::new().stand(dir.path());
    let folio = request(&mut stand).live.unwrap().folio();
    for _ in 0..ATTACHMENTS_MAX {
        stand.attach(folio, AttachmentDraft::default(), PAGES).unwrap();
    }
    let before = (stand.ledger_stats().unwrap(), files(&stand));
    let full = stand.attach(folio, AttachmentDraft::default(), PAGES).err().unwrap();
    assert_eq!(full.code(), "too_many_attachments");
    let other = request(&mut stand).live.unwrap().folio();
    let before_other = stand.ledger_stats().unwrap();
    for (file, code) in [
        (b"".as_slice(), "attachment_empty"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "attachment_video"),
        (&PICTURE[..PICTURE.len() / 2], "attachment_damaged"),
    ] {
        assert_eq!(stand.attach(other, AttachmentDraft::default(), file).err().unwrap().code(), code);
    }
    let long = AttachmentDraft { name: Some("x".repeat(200)), ..AttachmentDraft::default() };
    assert!(matches!(stand.attach(other, long, PAGES), Err(StandError::Input(_))));
    assert_eq!((stand.ledger_stats().unwrap(), files(&stand)), (before_other, before.1));
}

/// Signed for, vouched for, and thirty days later by the office's clock: then the file goes, and not before. When the
/// office goes back behind its own word, what is still here is asked for again.
#[test]
fn a_file_leaves_the_stand_by_the_office_s_word_and_clock() {
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Office::new().stand(dir.path());
    let folio = request(&mut stand).live.unwrap().folio();
    stand.attach(folio, AttachmentDraft::default(), PICTURE).unwrap();
    let (epoch, count, head) = stand.ledger.head().unwrap();
    let device = stand.enrolment.device;
    let Stand { ledger, files, sealer, chance, enrolment, key, clock, .. } = stand;
    let mut log = StandLog {
        ledger,
        set_aside: Vec::new(),
        files: files.clone(),
        sealer,
        chance,
        enrolment,
        key: &key,
        clock: clock.as_ref(),
        trusted: None,
        known: None,
    };
    assert_eq!(log.waiting().unwrap(), [], "its entry is not with the office");
    let push = Push {
        office: device.office,
        device: device.device,
        epoch,
        from: 0,
        previous: head,
        entries: Vec::new(),
        head,
    };
    let checkpoint = Checkpoint::new(&push, Outcome::Accepted, None, (count, head), 1);
    log.acknowledge(count, &checkpoint, b"signed").unwrap();
    let [file] = log.waiting().unwrap()[..] else { panic!("one file") };
    let statement = log.statement(&file);
    let upload = Upload::open(&Sign1::read(&statement).unwrap(), &key.verifying_key()).unwrap();
    assert_eq!((upload.hash, upload.bytes, upload.seq), (file.hash, file.bytes, file.seq));
    let (begun, rest) =
        (log.piece(&file, 0, 100).unwrap().unwrap(), log.piece(&file, 100, 1 << 20).unwrap().unwrap());
    assert_eq!(wire::Hash::of(&[begun, rest].concat()), file.hash);
    let now = 1_800_000_000;
    log.stored(&Stored::new(&upload, now), b"word").unwrap();
    assert_eq!(log.waiting().unwrap(), []);
    let vouched = |number: u64, at: u64, safe: u64| {
        let mut manifest = Manifest::new(device.office, device.device, number, at);
        let watermark = Watermark { epoch, stored: count, stored_head: head, safe, safe_head: head };
        manifest.watermarks = vec![watermark];
        manifest
    };
    let month = u64::try_from(ledger::GRACE_S).unwrap();
    let mut keep = |number, at, safe| {
        let manifest = vouched(number, at, safe);
        log.store_manifest(&manifest, b"signed", None).unwrap();
        files.has(file.hash)
    };
    assert!(keep(1, now + 2 * month, 0), "nobody vouches for its entry");
    assert!(keep(2, now + 3 * month, count), "from now on the office vouches");
    assert!(keep(3, now + 4 * month - 1, count));
    let went_back = Alarm::CentralWentBack { epoch, signed: count, now: count };
    log.alarm(&went_back).unwrap();
    assert_eq!(log.waiting().unwrap(), [file], "the office may have lost it");
    log.stored(&Stored::new(&upload, now), b"word").unwrap();
    let manifest = vouched(4, now + 4 * month, count);
    log.store_manifest(&manifest, b"signed", None).unwrap();
    assert!(!files.has(file.hash), "thirty days after the later word");
    log.alarm(&went_back).unwrap();
    assert_eq!(log.waiting().unwrap(), [], "what is gone can't be sent, and fails no sync");
}

#[test]
fn every_refusal_has_its_sentence() {
    let found = [
        Found::Video,
        Found::Audio,
        Found::Heic,
        Found::OtherPicture,
        Found::Animated,
        Found::Archive,
        Found::Document,
        Found::Program,
        Found::Markup,
        Found::Unknown,
    ];
    let refusals = found.map(Refusal::NotTaken).into_iter().chain([
        Refusal::Empty,
        Refusal::TooLarge { bytes: 1, bytes_max: 0 },
        Refusal::TooManyDots { width: 1, height: 1 },
        Refusal::Damaged { why: String::new() },
        Refusal::PdfEncrypted,
        Refusal::PdfActive { what: "JS" },
    ]);
    let errors = refusals.map(StandError::from).chain([
        LedgerError::TooManyAttachments.into(),
        LedgerError::AttachmentsTooLarge.into(),
        wire::file::FileError::Size.into(),
        StandError::AttachmentFile(std::io::ErrorKind::NotFound.into()),
        StandError::NoCamera,
        StandError::Camera { path: "video0".into(), source: std::io::ErrorKind::TimedOut.into() },
    ]);
    for error in errors {
        for language in [Language::Spanish, Language::English] {
            let sentence = error.reason(language);
            assert!(
                sentence.contains(' ') && !sentence.contains("stand-error"),
                "{}: {sentence}",
                error.code()
            );
        }
    }
}
