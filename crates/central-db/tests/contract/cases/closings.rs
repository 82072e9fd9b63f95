//! Closings of outings beside what was opened of them.

use std::sync::Arc;

use central_db::{BranchId, ClosingName, ClosingState, Found, Opened, SealedEntry, Store};
use wire::counts::Counted;
use wire::{EntryKind, Hash};

use crate::actors::{NOW, Stand};

const CLOSED_UNIX_S: i64 = 2_000;

fn outing() -> Found {
    Found::OutingOpened {
        comuna: Some("11302".into()),
        place_kind: Some("plaza".into()),
        captured_unix_s: 1_000,
    }
}

fn encounter(outcome: &str) -> Found {
    Found::Encounter { outcome: outcome.into() }
}

fn closing(encounters: u64) -> Found {
    let stated = vec![(Counted::Encounters, encounters), (Counted::Profiles, 1)];
    Found::Closing { opened_seq: 1, stated, captured_unix_s: CLOSED_UNIX_S }
}

fn name(stand: &Stand, closed: usize) -> ClosingName {
    let Stand { device, epoch, .. } = *stand;
    ClosingName { device, epoch, closed: closed as u64, hash: stand.head_at(closed) }
}

/// Opens what waits, as `found` says of each.
async fn open(store: &dyn Store, found: impl Fn(&SealedEntry) -> Found) {
    let entries = store.unopened(100).await.unwrap();
    let opened = entries.iter().map(|entry| {
        let SealedEntry { id, received_unix_s, quarantine, .. } = *entry;
        Opened { id, received_unix_s, quarantine, found: found(entry), survey: None }
    });
    store.store_opened(opened.collect(), NOW).await.unwrap();
}

pub(crate) async fn a_closing_is_counted_once_all_of_its_outing_is_open(store: Arc<dyn Store>) {
    let mut stand = Stand::enrolled(&*store, 1).await;
    stand.record(5);
    let name = name(&stand, 5);
    assert_eq!(store.closing(name).await.unwrap(), ClosingState::Unknown, "it has not come");
    stand.send(&*store, 0, 5, NOW).await;
    assert_eq!(store.closing(name).await.unwrap(), ClosingState::NotOpened);
    open(&*store, |entry| match entry.id.seq {
        1 => outing(),
        2 => encounter("informed"),
        3 => Found::Failed { why: "altered".into() },
        4 => Found::Profile { profile_id: [7; 16] },
        _ => closing(2),
    })
    .await;
    let ClosingState::Opened(found) = store.closing(name).await.unwrap() else { panic!("not opened") };
    assert_eq!(
        (found.opened_seq, found.opened_unix_s, found.captured_unix_s),
        (1, Some(1_000), CLOSED_UNIX_S)
    );
    assert_eq!(found.comuna.as_deref(), Some("11302"));
    assert_eq!(found.place_kind.as_deref(), Some("plaza"));
    assert_eq!((found.counts.encounters(), found.counts.profiles), (1, 1));
    assert_eq!(found.stated, [(Counted::Encounters, 2), (Counted::Profiles, 1)]);
    assert_eq!((found.unopened, found.quarantined, found.profiles_twice, found.apart), (1, 0, 0, 0));
    assert_eq!((found.count, found.head), (5, stand.head_at(5)));
    let other = ClosingName { hash: Hash([0; 32]), ..name };
    assert_eq!(store.closing(other).await.unwrap(), ClosingState::Unknown, "another entry at that place");
    let encounter = ClosingName { closed: 2, hash: stand.head_at(2), ..name };
    assert_eq!(store.closing(encounter).await.unwrap(), ClosingState::NoClosing);
    assert_eq!(store.closings().await.unwrap(), [*found]);
    assert_eq!(store.open_outings().await.unwrap(), []);
}

pub(crate) async fn a_clone_s_outing_is_counted_along_its_own_branch(store: Arc<dyn Store>) {
    let mut stand = Stand::enrolled(&*store, 1).await;
    stand.record(2);
    let mut clone = stand.diverged(50);
    stand.record(3);
    clone.record(2);
    stand.send(&*store, 0, 5, NOW).await;
    clone.send(&*store, 2, 4, NOW).await;
    open(&*store, |entry| match (entry.id.branch == BranchId::MAIN, entry.id.seq) {
        (_, 1) => outing(),
        (_, 2) => encounter("informed"),
        (true, 3) => encounter("referred"),
        (true, 4) | (false, 3) => Found::Profile { profile_id: [7; 16] },
        (true, _) => closing(2),
        (false, _) => closing(1),
    })
    .await;
    for (stand, closed, by_outcome, quarantined, apart) in
        [(&stand, 5, [1, 1, 0, 0], 0, 2), (&clone, 4, [1, 0, 0, 0], 2, 3)]
    {
        let ClosingState::Opened(found) = store.closing(name(stand, closed)).await.unwrap() else {
            panic!("not opened")
        };
        assert_eq!((found.counts.by_outcome, found.counts.profiles), (by_outcome, 1));
        assert_eq!((found.quarantined, found.apart, found.profiles_twice), (quarantined, apart, 1));
        assert_eq!((found.count, found.head), (closed as u64, stand.head_at(closed)));
    }
    assert_eq!(store.closings().await.unwrap().len(), 2);
}

pub(crate) async fn an_outing_without_its_end_is_listed(store: Arc<dyn Store>) {
    let mut stand = Stand::enrolled(&*store, 1).await;
    stand.record_sealed(EntryKind::OUTING_OPENED, vec![0; 200]);
    stand.record(3);
    stand.send(&*store, 0, 3, NOW).await;
    open(&*store, |entry| if entry.id.seq == 1 { outing() } else { encounter("informed") }).await;
    let open_ones = store.open_outings().await.unwrap();
    assert_eq!(open_ones.iter().map(|one| (one.id.seq, one.since)).collect::<Vec<_>>(), [(1, 2)]);
    assert!(store.closings().await.unwrap().is_empty());
    stand.send(&*store, 3, 4, NOW).await;
    open(&*store, |_| closing(2)).await;
    assert!(store.open_outings().await.unwrap().is_empty());
    assert_eq!(store.closings().await.unwrap().len(), 1);
}

pub(crate) async fn what_rested_counts_once_and_where_it_was_closed(store: Arc<dyn Store>) {
    let mut stand = Stand::enrolled(&*store, 1).await;
    let (mut early, mut late) = (stand.begun(1), stand.begun(2));
    stand.record(3);
    early.record(2);
    late.record(3);
    stand.send(&*store, 0, 2, NOW).await;
    early.send(&*store, 0, 2, NOW).await;
    late.send(&*store, 0, 3, NOW).await;
    let rested_in = stand.epoch;
    let copies = [early.epoch, late.epoch];
    let profile = |number: u64| Found::Profile { profile_id: [u8::try_from(number).unwrap(); 16] };
    open(&*store, |entry| match entry.id.seq {
        1 if copies.contains(&entry.id.epoch) => Found::RestingCopy { rested_in },
        number if copies.contains(&entry.id.epoch) => profile(number),
        1 => outing(),
        _ => encounter("informed"),
    })
    .await;
    // One copy has the profiles 2 and 3, an earlier one only 2.
    let waiting = store.open_outings().await.unwrap();
    assert_eq!((waiting[0].since, waiting[0].resting_profiles, waiting[0].resting_answers), (1, 2, 0));
    // Then its own closing comes after all, with one of the two.
    stand.record(1);
    let closed = name(&stand, 4);
    stand.send(&*store, 2, 4, NOW).await;
    open(&*store, |entry| if entry.id.seq == 3 { profile(2) } else { closing(1) }).await;
    let ClosingState::Opened(found) = store.closing(closed).await.unwrap() else { panic!("not opened") };
    assert_eq!((found.counts.profiles, found.profiles_twice), (1, 0));
    assert!(store.open_outings().await.unwrap().is_empty());
}
