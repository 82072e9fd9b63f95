//! What stands are told.

use std::sync::Arc;

use central_db::{Found, HELD_AHEAD_S_MAX, Issue, IssueManifest, ManifestInputs, Opened, Store, StoreError};
use wire::{DeviceId, Hash};

use crate::actors::{NOW, Stand};

/// Issues a text of what it was shown, and a part with it.
struct Plain;

fn told(inputs: &ManifestInputs) -> String {
    format!("{:?} {:?} {:?}", inputs.revoked_unix_s, inputs.watermarks, inputs.directory)
}

impl IssueManifest for Plain {
    fn issue(&self, inputs: &ManifestInputs) -> Option<Issue> {
        let signed = told(inputs).into_bytes();
        let part = (Hash::of(&signed), signed.clone());
        (inputs.last.as_ref() != Some(&signed)).then(|| Issue {
            number: inputs.next_number,
            signed,
            parts: vec![part],
        })
    }
}

pub(crate) async fn a_number_only_grows(store: Arc<dyn Store>) {
    let stand = Stand::enrolled(&*store, 1).await;
    let get = |now| {
        let store = Arc::clone(&store);
        async move { store.manifest(DeviceId([1; 16]), None, Arc::new(Plain), now).await.unwrap() }
    };
    let first = get(NOW).await;
    assert_eq!(first.number, NOW);
    assert_eq!(get(NOW + 50).await, first, "nothing changed, nothing is issued");
    Stand::enrolled(&*store, 2).await;
    let second = get(NOW + 60).await;
    assert_eq!(second.number, NOW + 60);
    assert_ne!(second.signed, first.signed);
    store.revoke(stand.device, String::new(), NOW + 61).await.unwrap();
    assert_eq!(get(NOW - 1_000).await.number, NOW + 61, "also when the clock went back");
    assert_eq!(store.part(Hash::of(&first.signed)).await.unwrap(), Some(first.signed));
    assert_eq!(store.part(Hash([0; 32])).await.unwrap(), None);
    let unknown = store.manifest(DeviceId([99; 16]), None, Arc::new(Plain), NOW).await;
    assert!(matches!(unknown, Err(StoreError::UnknownDevice(_))));
}

pub(crate) async fn a_forgotten_number_is_overtaken(store: Arc<dyn Store>) {
    Stand::enrolled(&*store, 1).await;
    let get = |held: u64, now| {
        let store = Arc::clone(&store);
        async move {
            let issued = store.manifest(DeviceId([1; 16]), Some(held), Arc::new(Plain), now).await.unwrap();
            (issued.number, issued.signed)
        }
    };
    let (first, content) = get(0, NOW).await;
    assert_eq!(first, NOW);
    assert_eq!(get(first, NOW + 100).await.0, first, "the stand holds what it was given");
    assert_eq!(get(NOW + 100 + HELD_AHEAD_S_MAX + 1, NOW + 100).await.0, first, "nobody can hold that");
    assert_eq!(get(u64::MAX, NOW + 100).await.0, first);
    let top = NOW + 100 + HELD_AHEAD_S_MAX;
    assert_eq!(get(first + 1, NOW + 100).await, (top, content.clone()), "another number, the same content");
    assert_eq!(get(top, NOW + 101).await.0, top, "and it is kept");
    assert_eq!(get(top + 1, NOW + 159).await.0, top, "not at anybody's pace");
    assert_eq!(get(top + 1, NOW + 160).await.0, NOW + 160 + HELD_AHEAD_S_MAX);
}

/// Hands the inputs out instead of a manifest.
struct Shown(std::sync::Mutex<Option<ManifestInputs>>);

impl IssueManifest for Shown {
    fn issue(&self, inputs: &ManifestInputs) -> Option<Issue> {
        *self.0.lock().unwrap() = Some(inputs.clone());
        Some(Issue { number: inputs.next_number, signed: Vec::new(), parts: Vec::new() })
    }
}

async fn inputs(store: &dyn Store, device: DeviceId) -> ManifestInputs {
    let shown = Arc::new(Shown(std::sync::Mutex::default()));
    store.manifest(device, None, Arc::clone(&shown) as Arc<dyn IssueManifest>, NOW).await.unwrap();
    shown.0.lock().unwrap().take().unwrap()
}

pub(crate) async fn watermarks_name_every_branch(store: Arc<dyn Store>) {
    let mut stand = Stand::enrolled(&*store, 1).await;
    assert!(inputs(&*store, stand.device).await.watermarks.is_empty());
    stand.record(3);
    let mut clone = stand.diverged(90);
    clone.record(4);
    stand.send(&*store, 0, 3, NOW).await;
    clone.send(&*store, 3, 7, NOW).await;
    let mut other = stand.diverged(91);
    other.record(1);
    other.send(&*store, 3, 4, NOW).await;
    let entries = store.unopened(10).await.unwrap();
    let opened = |e: &central_db::SealedEntry| Opened {
        id: e.id,
        received_unix_s: NOW,
        quarantine: None,
        found: Found::Other,
        survey: None,
    };
    store.store_opened(entries.iter().map(opened).collect(), NOW).await.unwrap();
    let [main, apart] = inputs(&*store, stand.device).await.watermarks[..] else { panic!("two branches") };
    assert_eq!((main.epoch, main.stored, main.stored_head), (stand.epoch, 7, clone.head_at(7)));
    assert_eq!((apart.epoch, apart.stored, apart.stored_head), (stand.epoch, 4, other.head_at(4)));
    for mark in [main, apart] {
        assert_eq!((mark.safe, mark.safe_head), (0, stand.genesis), "nothing is backed up yet");
    }
}

pub(crate) async fn the_directory_names_everyone(store: Arc<dyn Store>) {
    let one = Stand::enrolled(&*store, 1).await;
    let two = Stand::enrolled(&*store, 2).await;
    store.revoke(two.device, String::new(), NOW + 3).await.unwrap();
    let seen = inputs(&*store, one.device).await;
    assert_eq!((seen.device, seen.revoked_unix_s), (one.device, None));
    let listed: Vec<_> =
        seen.directory.0.iter().map(|e| (e.device, e.public_key, e.revoked_unix_s)).collect();
    let key_of = |stand: &Stand| stand.key.verifying_key().to_bytes();
    assert_eq!(listed, [(one.device, key_of(&one), None), (two.device, key_of(&two), Some(NOW + 3))]);
    assert_eq!(inputs(&*store, two.device).await.revoked_unix_s, Some(NOW + 3));
}
