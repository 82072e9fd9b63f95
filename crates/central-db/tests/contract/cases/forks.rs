//! Clones, restored disks, revoked and expired stands: kept apart, answered, never dropped.

use std::sync::Arc;

use central_db::{BRANCHES_MAX, BranchId, Store, StoreError};
use wire::push::{Outcome, QuarantineReason};
use wire::{DeviceId, Hash};

use crate::actors::{CERTIFICATE_GOOD_FOR_S, NOW, Stand, office_key, read};

pub(crate) async fn a_clone_is_kept_apart(store: Arc<dyn Store>) {
    let mut stand = Stand::enrolled(&*store, 1).await;
    stand.record(3);
    let mut clone = stand.diverged(50);
    stand.record(2);
    clone.record(2);
    stand.expect(&*store, (0, 4), 4, stand.accepted(4)).await;
    clone.expect(&*store, (3, 5), 2, clone.forked(5)).await;
    stand.expect(&*store, (4, 5), 1, stand.accepted(5)).await;
    clone.record(1);
    clone.expect(&*store, (5, 6), 1, clone.forked(6)).await;
    let forks = store.forks().await.unwrap();
    assert_eq!((forks.len(), forks[0].base, forks[0].count), (1, 3, 6));
    let waiting = store.unopened(100).await.unwrap();
    let apart: Vec<u64> =
        waiting.iter().filter(|e| e.id.branch != BranchId::MAIN).map(|e| e.id.seq).collect();
    assert_eq!(apart, [4, 5, 6], "both are there, and wait to be opened");
    assert!(waiting.iter().all(|e| (e.id.branch == BranchId::MAIN) == e.quarantine.is_none()));
    assert_eq!(waiting.len(), 8);
}

pub(crate) async fn a_restored_disk_is_found(store: Arc<dyn Store>) {
    let mut stand = Stand::enrolled(&*store, 1).await;
    stand.record(6);
    let mut restored = Stand { entries: stand.entries[..2].to_vec(), ..stand.diverged(60) };
    stand.expect(&*store, (0, 6), 6, stand.accepted(6)).await;
    restored.record(3);
    // It believes that central has its first two entries, and goes on from there.
    restored.expect(&*store, (2, 5), 3, restored.forked(5)).await;
    // Once it is longer than central's branch and pushes from there, central can't place it any more.
    restored.record(5);
    restored.expect(&*store, (9, 10), 0, stand.gap(6)).await;
    restored.expect(&*store, (6, 10), 0, (Outcome::Gap, None, 0, stand.genesis)).await;
    restored.expect(&*store, (0, 10), 5, restored.forked(10)).await;
}

pub(crate) async fn a_storm_of_clones(store: Arc<dyn Store>) {
    let mut stand = Stand::enrolled(&*store, 1).await;
    stand.record(2);
    let clones: Vec<Stand> = (100..112)
        .map(|seed| {
            let mut clone = stand.diverged(seed);
            clone.record(4);
            clone
        })
        .collect();
    let tasks: Vec<_> = clones
        .iter()
        .flat_map(|clone| [(0, 3), (2, 6), (0, 6)].map(|(from, to)| (clone.push(from, to), clone.head_at(6))))
        .map(|(push, head)| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { (store.accept_push(push, office_key(), NOW).await.unwrap(), head) })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let mut mains = 0;
    for clone in &clones {
        // Whatever the order was, everything of every clone is there now.
        let (outcome, _, count, head) = read(&clone.send(&*store, 0, 5, NOW).await);
        assert_eq!((count, head), (6, clone.head_at(6)));
        mains += usize::from(outcome == Outcome::Accepted);
    }
    assert_eq!(mains, 1, "one of them came first");
    let census = store.census().await.unwrap();
    assert_eq!((census.entries, census.forks), (2 + 12 * 4, 11));
}

pub(crate) async fn another_beginning_is_kept(store: Arc<dyn Store>) {
    let mut stand = Stand::enrolled(&*store, 1).await;
    let mut other = Stand { genesis: Hash([3; 32]), ..stand.diverged(70) };
    stand.record(2);
    other.record(3);
    other.expect(&*store, (0, 2), 2, other.forked(2)).await;
    stand.expect(&*store, (0, 2), 2, stand.accepted(2)).await;
    other.expect(&*store, (2, 3), 1, other.forked(3)).await;
    assert_eq!(store.census().await.unwrap().entries, 5);
}

pub(crate) async fn branches_have_an_end(store: Arc<dyn Store>) {
    let stand = Stand::enrolled(&*store, 1).await;
    let mut ledgers: Vec<Stand> = (0..=BRANCHES_MAX).map(|number| stand.begun(number)).collect();
    for ledger in &mut ledgers {
        ledger.record(2);
    }
    let max = usize::try_from(BRANCHES_MAX).unwrap();
    let tasks: Vec<_> = ledgers[..max - 1]
        .iter()
        .map(|ledger| ledger.push(0, 1))
        .map(|push| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { store.accept_push(push, office_key(), NOW).await.unwrap().stored })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), 1);
    }
    let refused = |push| {
        let store = Arc::clone(&store);
        async move {
            let answer = store.accept_push(push, office_key(), NOW).await;
            matches!(answer, Err(StoreError::TooManyBranches(device)) if device == DeviceId([1; 16]))
        }
    };
    // Below the limit there is room for one more: not for a ledger that begins elsewhere, which is two.
    let mut elsewhere = Stand { genesis: Hash([3; 32]), ..stand.begun(u64::MAX) };
    elsewhere.record(1);
    assert!(refused(elsewhere.push(0, 1)).await);
    ledgers[max - 1].expect(&*store, (0, 1), 1, ledgers[max - 1].accepted(1)).await;
    // At the limit nothing begins any more, a ledger as little as a fork.
    assert!(refused(ledgers[max].push(0, 1)).await);
    let mut clone = Stand { entries: Vec::new(), ..ledgers[0].diverged(77) };
    clone.record(1);
    assert!(refused(clone.push(0, 1)).await);
    // What has its branch goes on, what is known is answered as it was, and a gap is a gap.
    ledgers[0].expect(&*store, (1, 2), 1, ledgers[0].accepted(2)).await;
    ledgers[1].expect(&*store, (0, 1), 0, ledgers[1].accepted(1)).await;
    ledgers[max].expect(&*store, (1, 2), 0, ledgers[max].gap(0)).await;
    let mut other = Stand::enrolled(&*store, 2).await;
    other.record(1);
    other.expect(&*store, (0, 1), 1, other.accepted(1)).await;
    let branches: Vec<u64> = store.devices().await.unwrap().iter().map(|device| device.branches).collect();
    assert_eq!(branches, [BRANCHES_MAX, 1]);
    assert_eq!(
        store.census().await.unwrap().entries,
        BRANCHES_MAX + 2,
        "nothing of what was refused is there"
    );
}

pub(crate) async fn revoked_and_expired_are_quarantined(store: Arc<dyn Store>) {
    let mut stand = Stand::enrolled(&*store, 1).await;
    stand.record(6);
    let end = NOW + CERTIFICATE_GOOD_FOR_S;
    for (from, now, reason) in [
        (0, end - 1, None),
        (1, end, Some(QuarantineReason::Expired)),
        (2, end + 1, Some(QuarantineReason::Expired)),
    ] {
        let (outcome, said, count, head) = read(&stand.send(&*store, from, from + 1, now).await);
        assert_eq!((said, count, head), (reason, from as u64 + 1, stand.head_at(from + 1)));
        assert_eq!(outcome == Outcome::Accepted, reason.is_none());
    }
    store.revoke(stand.device, "robado".into(), end).await.unwrap();
    let said = read(&stand.send(&*store, 3, 6, NOW).await);
    assert_eq!(said, (Outcome::Quarantined, Some(QuarantineReason::Revoked), 6, stand.head_at(6)));
    let reasons: Vec<_> =
        store.unopened(10).await.unwrap().iter().map(|e| (e.id.branch, e.quarantine)).collect();
    let expected = [
        None,
        Some(QuarantineReason::Expired),
        Some(QuarantineReason::Expired),
        Some(QuarantineReason::Revoked),
        Some(QuarantineReason::Revoked),
        Some(QuarantineReason::Revoked),
    ];
    assert_eq!(reasons, expected.map(|reason| (BranchId::MAIN, reason)), "stored in their chain as usual");
}

pub(crate) async fn a_known_push_keeps_its_reason(store: Arc<dyn Store>) {
    let mut stand = Stand::enrolled(&*store, 1).await;
    stand.record(4);
    stand.expect(&*store, (0, 2), 2, stand.accepted(2)).await;
    store.revoke(stand.device, String::new(), NOW).await.unwrap();
    // Cut anew, what came before the revocation stays accepted, and what came after it stays quarantined.
    stand.expect(&*store, (0, 1), 0, stand.accepted(2)).await;
    let revoked = (Outcome::Quarantined, Some(QuarantineReason::Revoked), 4, stand.head_at(4));
    stand.expect(&*store, (2, 4), 2, revoked).await;
    stand.expect(&*store, (3, 4), 0, revoked).await;
    stand.expect(&*store, (1, 2), 0, stand.accepted(4)).await;
}
