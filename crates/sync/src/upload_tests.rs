//! The sending of files against an office that is a table of answers.
#![allow(clippy::arithmetic_side_effects)]

use ed25519_dalek::SigningKey;
use wire::upload::Upload;
use wire::{DeviceId, KeyId, OfficeId};

use super::*;

const OFFICE: OfficeId = OfficeId([1; 16]);
const DEVICE: DeviceId = DeviceId([2; 16]);

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn identity() -> Identity {
    Identity {
        office: OFFICE,
        device: DEVICE,
        kid: KeyId([0; 8]),
        checkpoint_keys: key(9).verifying_key().into(),
        content_keys: key(8).verifying_key().into(),
    }
}

fn file(seed: u8, bytes: u64) -> WaitingFile {
    WaitingFile { epoch: Epoch([3; 8]), seq: u64::from(seed), hash: Hash([seed; 32]), bytes }
}

fn word(file: &WaitingFile, office: OfficeId, signer: u8) -> Vec<u8> {
    let upload = Upload::new(office, DEVICE, (file.epoch, file.seq), file.hash, file.bytes);
    Stored::new(&upload, 1_795_000_000).sign(&key(signer))
}

fn at(offset: u64) -> UploadEvent {
    UploadEvent::At { offset, piece: None }
}

fn uploads(files: &[WaitingFile]) -> Uploads {
    Uploads::new(identity(), files.to_vec(), Limits::default(), 7)
}

/// Carries out everything against `answer`, and says what was asked for and how it ended.
fn run(
    mut uploads: Uploads,
    mut answer: impl FnMut(&UploadAction) -> UploadEvent,
) -> (Vec<UploadAction>, UploadAction) {
    let mut asked = Vec::new();
    let mut event = UploadEvent::Started;
    for _ in 0..10_000 {
        let mut next = None;
        for action in uploads.on(event) {
            match action {
                UploadAction::Progress(_) => {}
                UploadAction::Keep { .. } => asked.push(action),
                UploadAction::Finished { .. } => return (asked, action),
                asking => next = Some(asking),
            }
        }
        let asking = next.expect("it asks or finishes");
        event = answer(&asking);
        asked.push(asking);
    }
    panic!("it never ends");
}

/// An office that takes what it is sent, and what it got of each byte.
fn office(taken: &mut u64, action: &UploadAction) -> UploadEvent {
    match action {
        UploadAction::Ask(file) if *taken == file.bytes => UploadEvent::Whole(word(file, OFFICE, 9)),
        UploadAction::Ask(_) => at(*taken),
        UploadAction::Send { file, from, bytes_max } => {
            assert_eq!(from, taken, "sent from where the office is");
            let len = (file.bytes - from).min(u64::try_from(*bytes_max).unwrap());
            *taken += len;
            if *taken == file.bytes {
                return UploadEvent::Whole(word(file, OFFICE, 9));
            }
            UploadEvent::At { offset: *taken, piece: Some((usize::try_from(len).unwrap(), 4_000)) }
        }
        _ => UploadEvent::WaitOver,
    }
}

#[test]
fn a_file_goes_on_from_the_byte_where_the_office_is() {
    for begun in [0, 1, 99_999, 100_000] {
        let mut taken = begun;
        let (asked, ended) = run(uploads(&[file(1, 100_000)]), |action| office(&mut taken, action));
        assert_eq!(ended, UploadAction::Finished { outcome: Outcome::Done, stored: 1, held: 0 }, "{begun}");
        assert_eq!(asked.first(), Some(&UploadAction::Ask(file(1, 100_000))));
        let kept = asked.iter().filter(|action| matches!(action, UploadAction::Keep { .. })).count();
        assert_eq!((taken, kept), (100_000, 1), "{begun}");
    }
}

#[test]
fn a_cut_is_asked_about_and_waited_for() {
    let mut taken = 0;
    let mut cut = false;
    let (asked, ended) = run(uploads(&[file(1, 100_000)]), |action| match action {
        UploadAction::Send { .. } if !cut => {
            cut = true;
            taken = 12_345;
            UploadEvent::Failed(Fault::CutInTheMiddle)
        }
        action => office(&mut taken, action),
    });
    assert_eq!(ended, UploadAction::Finished { outcome: Outcome::Done, stored: 1, held: 0 });
    let resumed = asked.iter().any(|action| matches!(action, UploadAction::Send { from: 12_345, .. }));
    assert!(resumed, "{asked:?}");
}

#[test]
fn one_file_that_cannot_go_on_keeps_no_other() {
    let refused = || Fault::Refused { status: 404, code: "unannounced".into() };
    let unreadable = Fault::Unreadable { epoch: Epoch([3; 8]) };
    let cases = [
        ("refused", UploadEvent::Failed(refused()), refused()),
        ("unreadable", UploadEvent::FileUnreadable, unreadable.clone()),
        ("past its end", at(101), Fault::Contradiction),
        ("other bytes, twice", UploadEvent::OtherBytes, unreadable),
    ];
    for (what, event, fault) in cases {
        let mut taken = 0;
        let (_, ended) = run(uploads(&[file(1, 100), file(2, 100)]), |action| match action {
            UploadAction::Ask(WaitingFile { seq: 1, .. }) => event.clone(),
            action => office(&mut taken, action),
        });
        assert_eq!(
            ended,
            UploadAction::Finished { outcome: Outcome::Failed(fault), stored: 1, held: 1 },
            "{what}"
        );
    }
}

#[test]
fn only_the_office_s_own_word_counts() {
    let mine = file(1, 100);
    for (what, answer, fault) in [
        ("another key", word(&mine, OFFICE, 5), Fault::NotOurOffice),
        ("another office", word(&mine, OfficeId([7; 16]), 9), Fault::NotOurOffice),
        ("another file", word(&file(2, 100), OFFICE, 9), Fault::Contradiction),
        ("another length", word(&file(1, 99), OFFICE, 9), Fault::Contradiction),
        ("a page", b"<html>".to_vec(), Fault::CaptivePortal),
    ] {
        let (asked, ended) = run(uploads(&[mine]), |action| match action {
            UploadAction::Ask(_) => at(0),
            _ => UploadEvent::Whole(answer.clone()),
        });
        let failed = UploadAction::Finished { outcome: Outcome::Failed(fault), stored: 0, held: 1 };
        assert_eq!(ended, failed, "{what}");
        assert!(!asked.iter().any(|action| matches!(action, UploadAction::Keep { .. })), "{what}");
    }
}

#[test]
fn it_ends_whatever_the_office_does() {
    let endings: [(&str, UploadEvent, Fault); 5] = [
        ("always cut", UploadEvent::Failed(Fault::CutInTheMiddle), Fault::CutInTheMiddle),
        ("never moves", UploadEvent::At { offset: 0, piece: Some((10, 1)) }, Fault::Contradiction),
        ("elsewhere", at(50), Fault::Contradiction),
        ("all, and no word", at(100), Fault::Contradiction),
        ("full", UploadEvent::Failed(Fault::ServerFull), Fault::ServerFull),
    ];
    for (what, event, fault) in endings {
        let (_, ended) = run(uploads(&[file(1, 100)]), |action| match action {
            UploadAction::Ask(_) => at(0),
            UploadAction::Send { .. } => event.clone(),
            _ => UploadEvent::WaitOver,
        });
        let failed = UploadAction::Finished { outcome: Outcome::Failed(fault), stored: 0, held: 1 };
        assert_eq!(ended, failed, "{what}");
    }
    let (_, ended) = run(uploads(&[file(1, 100)]), |_| UploadEvent::Cancelled);
    assert_eq!(ended, UploadAction::Finished { outcome: Outcome::Cancelled, stored: 0, held: 1 });
    let (asked, ended) = run(uploads(&[]), |_| UploadEvent::WaitOver);
    assert_eq!(ended, UploadAction::Finished { outcome: Outcome::Done, stored: 0, held: 0 });
    assert_eq!(asked, [], "nothing to send asks nothing");
}
