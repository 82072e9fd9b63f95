//! What could not be taken: kept apart once, within limits, until a person carries it away.

use std::sync::Arc;

use central_db::{
    KEPT_BYTES_MAX, KEPT_COUNT_MAX, KEPT_DAILY_BYTES_MAX, KEPT_DAILY_COUNT_MAX, KEPT_WINDOW_S, KeptApart,
    KeptLine, KeptPush, KeptSum, Store,
};
use wire::{DeviceId, Hash};

use crate::actors::{NOW, Stand};

fn piece(device: DeviceId, number: u64, bytes: u64, now_unix_s: u64) -> KeptPush {
    KeptPush {
        device,
        payload_hash: Hash::of(&number.to_be_bytes()),
        why: "chain".into(),
        signed: vec![7; usize::try_from(bytes).unwrap()],
        received_unix_s: now_unix_s,
    }
}

async fn keep(store: &dyn Store, device: DeviceId, number: u64, bytes: u64, now_unix_s: u64) -> KeptApart {
    store.keep_apart(piece(device, number, bytes, now_unix_s)).await.unwrap()
}

async fn sums(store: &dyn Store) -> Vec<KeptSum> {
    store.devices().await.unwrap().iter().map(|device| device.kept).collect()
}

pub(crate) async fn the_same_bytes_are_kept_once(store: Arc<dyn Store>) {
    let stand = Stand::enrolled(&*store, 1).await;
    let push = piece(stand.device, 4, 3, NOW);
    assert_eq!(store.keep_apart(push.clone()).await.unwrap(), KeptApart::Kept);
    let again = KeptPush { received_unix_s: NOW + 1, ..push.clone() };
    assert_eq!(store.keep_apart(again).await.unwrap(), KeptApart::Kept);
    let KeptPush { device, payload_hash, why, received_unix_s, .. } = push.clone();
    let line = KeptLine { device, payload_hash, why, bytes: 3, received_unix_s };
    assert_eq!(store.kept().await.unwrap(), [line]);
    assert_eq!(store.kept_push(device, payload_hash).await.unwrap(), Some(push));
    assert_eq!(store.kept_push(DeviceId([9; 16]), payload_hash).await.unwrap(), None);
    assert_eq!(store.kept_push(device, Hash([0; 32])).await.unwrap(), None);
    assert_eq!(store.census().await.unwrap().kept, 1);
}

pub(crate) async fn a_day_has_its_limits(store: Arc<dyn Store>) {
    let (one, two) = (Stand::enrolled(&*store, 1).await.device, Stand::enrolled(&*store, 2).await.device);
    for number in 1..=KEPT_DAILY_COUNT_MAX {
        assert_eq!(keep(&*store, one, number, 9, NOW).await, KeptApart::Kept, "{number}");
    }
    assert_eq!(keep(&*store, one, 0, 9, NOW).await, KeptApart::TooManyToday);
    assert_eq!(keep(&*store, one, 1, 9, NOW).await, KeptApart::Kept, "known already");
    let (last, over) = (NOW + KEPT_WINDOW_S - 1, NOW + KEPT_WINDOW_S);
    assert_eq!(keep(&*store, one, 0, 9, last).await, KeptApart::TooManyToday);
    assert_eq!(keep(&*store, one, 0, 9, over).await, KeptApart::Kept, "a day later");
    // Another stand has limits of its own; here the bytes are what is at, below and above.
    assert_eq!(keep(&*store, two, 1, KEPT_DAILY_BYTES_MAX - 10, NOW).await, KeptApart::Kept);
    assert_eq!(keep(&*store, two, 2, 11, NOW).await, KeptApart::TooManyToday);
    assert_eq!(keep(&*store, two, 2, 9, NOW).await, KeptApart::Kept);
    assert_eq!(keep(&*store, two, 3, 1, NOW).await, KeptApart::Kept);
    assert_eq!(keep(&*store, two, 4, 1, NOW).await, KeptApart::TooManyToday);
    assert_eq!(store.census().await.unwrap().kept, KEPT_DAILY_COUNT_MAX + 1 + 3);
}

pub(crate) async fn all_days_together_have_their_limits(store: Arc<dyn Store>) {
    let (one, two) = (Stand::enrolled(&*store, 1).await.device, Stand::enrolled(&*store, 2).await.device);
    let day = |number: u64| NOW + number * KEPT_WINDOW_S;
    for number in 0..KEPT_COUNT_MAX {
        let now = day(number / KEPT_DAILY_COUNT_MAX);
        assert_eq!(keep(&*store, one, number, 9, now).await, KeptApart::Kept, "{number}");
    }
    let much_later = day(1_000);
    assert_eq!(keep(&*store, one, KEPT_COUNT_MAX, 9, much_later).await, KeptApart::Full);
    assert_eq!(keep(&*store, one, 0, 9, much_later).await, KeptApart::Kept, "known already");
    // Another stand has limits of its own; here the bytes are what is at, below and above.
    let full_days = KEPT_BYTES_MAX / KEPT_DAILY_BYTES_MAX;
    for number in 1..full_days {
        assert_eq!(keep(&*store, two, number, KEPT_DAILY_BYTES_MAX, day(number)).await, KeptApart::Kept);
    }
    let last = KEPT_DAILY_BYTES_MAX - 1;
    assert_eq!(keep(&*store, two, full_days, last, day(full_days)).await, KeptApart::Kept);
    assert_eq!(keep(&*store, two, 100, 2, much_later).await, KeptApart::Full);
    assert_eq!(keep(&*store, two, 101, 1, much_later).await, KeptApart::Kept);
    assert_eq!(keep(&*store, two, 102, 1, much_later).await, KeptApart::Full);
    let expected = [
        KeptSum { count: KEPT_COUNT_MAX, bytes: 9 * KEPT_COUNT_MAX },
        KeptSum { count: full_days + 1, bytes: KEPT_BYTES_MAX },
    ];
    assert_eq!(sums(&*store).await, expected);
    assert!(expected.iter().all(|sum| sum.is_full()));
    assert_eq!(store.census().await.unwrap().kept, KEPT_COUNT_MAX + full_days + 1, "nothing was pushed out");
}

pub(crate) async fn a_person_makes_room(store: Arc<dyn Store>) {
    let (one, two) = (Stand::enrolled(&*store, 1).await.device, Stand::enrolled(&*store, 2).await.device);
    let day = |number: u64| NOW + number * KEPT_WINDOW_S;
    for number in 0..KEPT_COUNT_MAX {
        keep(&*store, one, number, 9, day(number / KEPT_DAILY_COUNT_MAX)).await;
    }
    keep(&*store, two, 0, 9, NOW).await;
    assert_eq!(keep(&*store, one, 999, 9, day(9)).await, KeptApart::Full);
    let first = piece(one, 0, 9, NOW);
    assert!(!store.release_kept(one, Hash([0; 32])).await.unwrap());
    assert!(store.release_kept(one, first.payload_hash).await.unwrap());
    assert!(!store.release_kept(one, first.payload_hash).await.unwrap(), "it is gone already");
    assert_eq!(store.kept_push(one, first.payload_hash).await.unwrap(), None);
    assert!(store.kept_push(two, first.payload_hash).await.unwrap().is_some(), "another stand's own");
    assert_eq!(keep(&*store, one, 999, 9, day(9)).await, KeptApart::Kept);
    assert_eq!(keep(&*store, one, 0, 9, day(9)).await, KeptApart::Full, "and no more room than that");
}
