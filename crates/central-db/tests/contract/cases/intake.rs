//! Pushes of one honest stand.

use std::collections::BTreeSet;
use std::sync::Arc;

use central_db::{Store, StoreError};
use wire::push::Outcome;
use wire::{DeviceId, Epoch, Hash};

use crate::actors::{NOW, Stand, office_key, read};

pub(crate) async fn in_order(store: Arc<dyn Store>) {
    let mut stand = Stand::enrolled(&*store, 1).await;
    stand.record(5);
    stand.expect(&*store, (0, 2), 2, stand.accepted(2)).await;
    stand.expect(&*store, (2, 3), 1, stand.accepted(3)).await;
    stand.expect(&*store, (3, 5), 2, stand.accepted(5)).await;
    let census = store.census().await.unwrap();
    assert_eq!((census.devices, census.entries, census.unopened, census.forks), (1, 5, 5, 0));
    assert_eq!(store.devices().await.unwrap()[0].last_push_unix_s, Some(NOW));
}

pub(crate) async fn every_repetition_is_the_same_answer(store: Arc<dyn Store>) {
    let mut stand = Stand::enrolled(&*store, 1).await;
    stand.record(4);
    let first = stand.send(&*store, 0, 2, NOW).await;
    let second = stand.send(&*store, 2, 4, NOW + 10).await;
    store.revoke(stand.device, String::new(), NOW + 11).await.unwrap();
    for later in [NOW, NOW + 1, NOW + 1_000_000] {
        let again = stand.send(&*store, 0, 2, later).await;
        assert_eq!((again.checkpoint, again.stored), (first.checkpoint.clone(), 0));
        assert_eq!(stand.send(&*store, 2, 4, later).await.checkpoint, second.checkpoint);
    }
}

/// Twenty pushes, each sent five times at once: a hundred answers, the five of each identical.
pub(crate) async fn twenty_pushes_five_times_at_once(store: Arc<dyn Store>) {
    let mut stands = Vec::new();
    for seed in 1..=5 {
        let mut stand = Stand::enrolled(&*store, seed).await;
        stand.record(12);
        stands.push(stand);
    }
    // Four overlapping pushes of each of five stands, so that every order of arrival has something to lose.
    let pushes: Vec<_> =
        stands.iter().flat_map(|s| [s.push(0, 3), s.push(0, 6), s.push(0, 9), s.push(0, 12)]).collect();
    let tasks: Vec<_> = (0..5)
        .flat_map(|round| pushes.iter().cloned().enumerate().map(move |push| (round, push)))
        .map(|(round, (at, push))| {
            let store = Arc::clone(&store);
            (
                at,
                tokio::spawn(
                    async move { store.accept_push(push, office_key(), NOW + round).await.unwrap() },
                ),
            )
        })
        .collect();
    let mut answers = vec![BTreeSet::new(); pushes.len()];
    let (mut given, mut stored) = (0, 0);
    for (at, task) in tasks {
        let accepted = task.await.unwrap();
        assert_eq!(read(&accepted).0, Outcome::Accepted);
        answers[at].insert(accepted.checkpoint);
        given += 1;
        stored += accepted.stored;
    }
    assert_eq!(given, 100);
    assert!(answers.iter().all(|same| same.len() == 1), "the five answers of each push are identical");
    assert_eq!(stored, 60, "every entry was stored once");
    assert_eq!(store.census().await.unwrap().entries, 60);
}

pub(crate) async fn overlaps_store_what_is_new(store: Arc<dyn Store>) {
    let mut stand = Stand::enrolled(&*store, 1).await;
    stand.record(8);
    stand.expect(&*store, (0, 3), 3, stand.accepted(3)).await;
    stand.expect(&*store, (1, 5), 2, stand.accepted(5)).await;
    stand.expect(&*store, (0, 4), 0, stand.accepted(5)).await;
    stand.expect(&*store, (4, 8), 3, stand.accepted(8)).await;
    stand.expect(&*store, (0, 8), 0, stand.accepted(8)).await;
}

pub(crate) async fn a_gap_is_answered_and_not_kept(store: Arc<dyn Store>) {
    let mut stand = Stand::enrolled(&*store, 1).await;
    stand.record(6);
    stand.expect(&*store, (2, 4), 0, stand.gap(0)).await;
    stand.expect(&*store, (0, 3), 3, stand.accepted(3)).await;
    stand.expect(&*store, (4, 6), 0, stand.gap(3)).await;
    stand.expect(&*store, (2, 4), 1, stand.accepted(4)).await;
    stand.expect(&*store, (4, 6), 2, stand.accepted(6)).await;
    assert_eq!(store.census().await.unwrap().entries, 6);
}

pub(crate) async fn ledgers_do_not_meet(store: Arc<dyn Store>) {
    let mut one = Stand::enrolled(&*store, 1).await;
    let mut two = Stand::enrolled(&*store, 2).await;
    one.record(2);
    two.record(3);
    one.expect(&*store, (0, 2), 2, one.accepted(2)).await;
    two.expect(&*store, (0, 3), 3, two.accepted(3)).await;
    let mut later = Stand { epoch: Epoch([77; 8]), entries: Vec::new(), ..one.clone() };
    later.genesis = Hash([1; 32]);
    later.record(1);
    later.expect(&*store, (0, 1), 1, later.forked(1)).await;
    assert_eq!(store.census().await.unwrap().entries, 6);
}

pub(crate) async fn unknown_stands_are_refused(store: Arc<dyn Store>) {
    let mut stand = Stand::enrolled(&*store, 1).await;
    stand.record(1);
    stand.device = DeviceId([66; 16]);
    let refused = store.accept_push(stand.push(0, 1), office_key(), NOW).await;
    assert!(matches!(refused, Err(StoreError::UnknownDevice(device)) if device == DeviceId([66; 16])));
    assert_eq!(store.census().await.unwrap().entries, 0);
}

pub(crate) async fn a_ledger_may_be_empty_of_nothing(store: Arc<dyn Store>) {
    let mut stand = Stand::enrolled(&*store, 1).await;
    stand.record_sealed(wire::EntryKind(0x7fff), Vec::new());
    stand.expect(&*store, (0, 1), 1, stand.accepted(1)).await;
    let kept = store.unopened(10).await.unwrap();
    assert_eq!((kept.len(), kept[0].kind, kept[0].sealed.len()), (1, wire::EntryKind(0x7fff), 0));
}
