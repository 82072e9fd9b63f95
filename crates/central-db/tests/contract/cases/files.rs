//! Sealed files: welcome when announced, whole once, bounded, and found by the request that they belong to.

use std::sync::Arc;

use central_db::{
    AttachmentFound, BranchId, EntryId, FILES_PER_ENTRY_MAX, FileSum, FileToTake, Found, Opened, Store,
    Taking, UNFINISHED_MAX,
};
use domain::Folio;
use wire::upload::Upload;
use wire::{EntryKind, Hash};

use crate::actors::{NOW, OFFICE, Stand, office_key};
use crate::cases::opening::request_line;

/// A stand that announced so many files.
async fn announced(store: &dyn Store, seed: u8, files: usize) -> Stand {
    let mut stand = Stand::enrolled(store, seed).await;
    for number in 0..files {
        stand.record_sealed(EntryKind::ATTACHMENT, vec![u8::try_from(number % 250).unwrap(); 200]);
    }
    store.accept_push(stand.push(0, files), office_key(), NOW).await.unwrap();
    stand
}

fn upload(stand: &Stand, seq: u64, hash: u64, bytes: u64) -> Upload {
    Upload::new(OFFICE, stand.device, (stand.epoch, seq), Hash::of(&hash.to_be_bytes()), bytes)
}

async fn take(store: &dyn Store, upload: Upload, now_unix_s: u64) -> Taking {
    store.take_file(FileToTake { upload, now_unix_s }).await.unwrap()
}

fn welcome() -> Taking {
    Taking::Welcome { forgotten: Vec::new() }
}

pub(crate) async fn only_what_an_entry_announces(store: Arc<dyn Store>) {
    let mut stand = announced(&*store, 1, 1).await;
    stand.record(1);
    store.accept_push(stand.push(1, 2), office_key(), NOW).await.unwrap();
    assert_eq!(take(&*store, upload(&stand, 1, 1, 500), NOW).await, welcome());
    assert_eq!(take(&*store, upload(&stand, 1, 1, 500), NOW + 1).await, welcome(), "again");
    assert_eq!(take(&*store, upload(&stand, 1, 1, 501), NOW).await, Taking::OtherLength);
    assert_eq!(take(&*store, upload(&stand, 2, 2, 500), NOW).await, Taking::Unannounced, "a request");
    assert_eq!(take(&*store, upload(&stand, 3, 3, 500), NOW).await, Taking::Unannounced, "nothing yet");
    let other = Stand::enrolled(&*store, 2).await;
    assert_eq!(take(&*store, upload(&other, 1, 1, 500), NOW).await, Taking::Unannounced, "another stand's");
}

pub(crate) async fn the_first_word_stays(store: Arc<dyn Store>) {
    let stand = announced(&*store, 1, 1).await;
    let file = upload(&stand, 1, 1, 500);
    assert_eq!(take(&*store, file, NOW).await, welcome());
    assert_eq!(store.finish_file(file, b"first".to_vec()).await.unwrap(), b"first");
    assert_eq!(store.finish_file(file, b"second".to_vec()).await.unwrap(), b"first");
    assert_eq!(take(&*store, file, NOW + 9).await, Taking::Stored(b"first".to_vec()));
    assert!(store.finish_file(upload(&stand, 1, 2, 500), b"x".to_vec()).await.is_err(), "never begun");
}

pub(crate) async fn a_position_and_a_stand_have_their_limits(store: Arc<dyn Store>) {
    let files = usize::try_from(UNFINISHED_MAX + 2).unwrap();
    let stand = announced(&*store, 1, files).await;
    for number in 1..=FILES_PER_ENTRY_MAX {
        assert_eq!(take(&*store, upload(&stand, 1, number, 500), NOW + number).await, welcome(), "{number}");
    }
    let over = upload(&stand, 1, FILES_PER_ENTRY_MAX + 1, 500);
    assert_eq!(take(&*store, over, NOW + 9).await, Taking::TooMany);
    assert_eq!(take(&*store, upload(&stand, 1, 1, 500), NOW + 9).await, welcome(), "a known one goes on");
    // The second of them is whole: it counts no more among those that are not, and is never forgotten.
    store.finish_file(upload(&stand, 1, 2, 500), b"word".to_vec()).await.unwrap();
    let begun = FILES_PER_ENTRY_MAX - 1;
    for number in begun + 1..=UNFINISHED_MAX {
        let seq = number - begun + 1;
        assert_eq!(
            take(&*store, upload(&stand, seq, 100 + number, 500), NOW + 100 + number).await,
            welcome()
        );
    }
    let last = upload(&stand, UNFINISHED_MAX + 2, 999, 500);
    let forgotten = Taking::Welcome { forgotten: vec![upload(&stand, 1, 1, 500).hash] };
    assert_eq!(take(&*store, last, NOW + 999).await, forgotten, "the oldest that is not whole");
    assert!(matches!(take(&*store, upload(&stand, 1, 2, 500), NOW).await, Taking::Stored(_)));
}

pub(crate) async fn a_request_finds_its_attachments(store: Arc<dyn Store>) {
    let mut stand = announced(&*store, 1, 2).await;
    stand.record(1);
    store.accept_push(stand.push(2, 3), office_key(), NOW).await.unwrap();
    let id = |seq| EntryId { device: stand.device, epoch: stand.epoch, branch: BranchId::MAIN, seq };
    let folio = Folio::from_number(7 << 30).unwrap();
    let opened =
        |seq, found| Opened { id: id(seq), received_unix_s: NOW, quarantine: None, found, survey: None };
    let attachment = |seq: u64| {
        let hash = upload(&stand, seq, seq, 500).hash;
        Found::Attachment(AttachmentFound { folio, hash, captured_unix_s: 5 })
    };
    let all = || {
        vec![
            opened(1, attachment(1)),
            opened(2, attachment(2)),
            opened(3, Found::Request(request_line(folio))),
        ]
    };
    store.store_opened(all(), NOW).await.unwrap();
    store.store_opened(all(), NOW).await.unwrap();
    let file = upload(&stand, 2, 2, 500);
    take(&*store, file, NOW).await;
    store.finish_file(file, b"word".to_vec()).await.unwrap();
    let found = store.attachments(id(3)).await.unwrap();
    let told: Vec<_> = found.iter().map(|line| (line.id.seq, line.is_stored, line.received_unix_s)).collect();
    assert_eq!(told, [(1, false, NOW), (2, true, NOW)]);
    assert_eq!(store.files().await.unwrap(), FileSum { announced: 2, stored: 1 });
    assert_eq!(store.attachments(id(1)).await.unwrap(), [], "an attachment has none");
}
