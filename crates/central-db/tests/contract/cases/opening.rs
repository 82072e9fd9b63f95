//! From sealed entries to lists.

use std::sync::Arc;

use central_db::{FollowUp, Found, Opened, Proof, RequestFilter, RequestLine, SealedEntry, State, Store};
use chrono::NaiveDate;
use domain::{Certainty, DevicePrefix, Folio, Space};
use wire::EntryKind;

use crate::actors::{NOW, Stand};

fn folio(random: u32) -> Folio {
    Folio::new(DevicePrefix::new(1).unwrap(), random).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn line(random: u32, due_on: Option<&str>) -> RequestLine {
    RequestLine {
        folio: folio(random),
        kind: "reclamo".into(),
        comuna: "11303".into(),
        answer_by: "telefono".into(),
        captured_unix_s: 1_000 + i64::from(random),
        certainty: Certainty::Confirmed,
        paper_at: None,
        due_on: due_on.map(day),
        due_on_legal: due_on.map(day),
        status_token: [u8::try_from(random).unwrap(); 16],
        control_tag: [u8::try_from(random).unwrap(); 32],
    }
}

/// A request of that number, as opening wrote it down.
pub(crate) fn request_line(folio: Folio) -> RequestLine {
    RequestLine { folio, ..line(1, None) }
}

fn opened(entry: &SealedEntry, found: Found) -> Opened {
    let SealedEntry { id, received_unix_s, quarantine, .. } = *entry;
    Opened { id, received_unix_s, quarantine, found, survey: None }
}

/// A stand whose so many entries are at the office, and these entries.
async fn arrived(store: &dyn Store, entries: usize) -> Vec<SealedEntry> {
    let mut stand = Stand::enrolled(store, 1).await;
    stand.record(entries);
    stand.send(store, 0, entries, NOW).await;
    store.unopened(entries).await.unwrap()
}

pub(crate) async fn entries_wait_in_order_until_opened(store: Arc<dyn Store>) {
    let entries = arrived(&*store, 5).await;
    assert_eq!(entries.iter().map(|e| e.id.seq).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert_eq!(entries[0].kind, EntryKind::REQUEST);
    assert_eq!(store.unopened(2).await.unwrap(), entries[..2]);
    let first: Vec<_> = entries[..3].iter().map(|e| opened(e, Found::Other)).collect();
    store.store_opened(first, NOW).await.unwrap();
    assert_eq!(store.unopened(10).await.unwrap(), entries[3..]);
    // Out of order, the mark waits for what is missing.
    store.store_opened(vec![opened(&entries[4], Found::Other)], NOW).await.unwrap();
    assert_eq!(store.unopened(10).await.unwrap(), entries[3..]);
    assert_eq!(store.entry(entries[1].id).await.unwrap().as_ref(), Some(&entries[1]));
}

pub(crate) async fn opened_twice_stands_once(store: Arc<dyn Store>) {
    let entries = arrived(&*store, 2).await;
    let batch = vec![
        opened(&entries[0], Found::Request(line(1, Some("2026-12-04")))),
        opened(
            &entries[1],
            Found::About { what: FollowUp::Addition, folio: folio(1), control_tag: None, captured_unix_s: 5 },
        ),
    ];
    let twice: Vec<_> = (0..2)
        .map(|_| {
            let (store, batch) = (Arc::clone(&store), batch.clone());
            tokio::spawn(async move { store.store_opened(batch, NOW).await.unwrap() })
        })
        .collect();
    for task in twice {
        task.await.unwrap();
    }
    let listed = store.requests(RequestFilter::default()).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!((&listed[0].line, listed[0].received_unix_s), (&line(1, Some("2026-12-04")), NOW));
    assert_eq!(store.follow_ups(entries[0].id).await.unwrap().len(), 1);
    assert_eq!(store.census().await.unwrap().unopened, 0);
}

pub(crate) async fn a_dead_letter_is_listed_until_it_opens(store: Arc<dyn Store>) {
    let entries = arrived(&*store, 2).await;
    let failed = |why: &str| opened(&entries[0], Found::Failed { why: why.into() });
    store.store_opened(vec![failed("unknown_key"), opened(&entries[1], Found::Other)], NOW).await.unwrap();
    store.store_opened(vec![failed("altered")], NOW + 1).await.unwrap();
    let letters = store.failures().await.unwrap();
    assert_eq!((letters.len(), letters[0].why.as_str(), letters[0].tried_unix_s), (1, "altered", NOW + 1));
    assert_eq!((letters[0].id, letters[0].kind), (entries[0].id, EntryKind::REQUEST));
    assert!(store.unopened(10).await.unwrap().is_empty(), "one bad record does not block the rest");
    store.store_opened(vec![opened(&entries[0], Found::Request(line(1, None)))], NOW + 2).await.unwrap();
    assert!(store.failures().await.unwrap().is_empty());
    assert_eq!(store.requests(RequestFilter::default()).await.unwrap().len(), 1);
}

pub(crate) async fn unknown_kinds_wait_for_a_newer_program(store: Arc<dyn Store>) {
    let entries = arrived(&*store, 4).await;
    let newer = |at: usize, kind: u16| opened(&entries[at], Found::UnknownKind(EntryKind(kind)));
    let batch = vec![newer(0, 900), opened(&entries[1], Found::Other), newer(2, 40), newer(3, 900)];
    store.store_opened(batch.clone(), NOW).await.unwrap();
    store.store_opened(batch, NOW).await.unwrap();
    let census = || {
        let store = Arc::clone(&store);
        async move {
            let census = store.census().await.unwrap();
            (census.unopened, census.unknown_kinds, census.failures)
        }
    };
    assert_eq!(census().await, (0, 3, 0), "they hold nobody up, and none is forgotten");
    assert_eq!(store.unknown_kinds().await.unwrap(), [EntryKind(40), EntryKind(900)]);
    let of = |kind, limit| {
        let store = Arc::clone(&store);
        async move { store.of_unknown_kind(EntryKind(kind), limit).await.unwrap() }
    };
    assert_eq!(of(900, 10).await, [entries[0].clone(), entries[3].clone()]);
    assert_eq!(of(900, 1).await, entries[..1]);
    assert_eq!(of(41, 10).await, []);
    // A newer program reads one of them, and finds that the other was not sealed to be read.
    let failed = opened(&entries[3], Found::Failed { why: "malformed_body".into() });
    store.store_opened(vec![opened(&entries[0], Found::Request(line(1, None))), failed], NOW).await.unwrap();
    assert_eq!(store.unknown_kinds().await.unwrap(), [EntryKind(40)]);
    assert_eq!(census().await, (0, 1, 1));
    assert_eq!(store.requests(RequestFilter::default()).await.unwrap().len(), 1);
}

pub(crate) async fn requests_by_due_date(store: Arc<dyn Store>) {
    let entries = arrived(&*store, 4).await;
    let due = [None, Some("2026-12-04"), Some("2026-12-03"), Some("2026-12-05")];
    let batch = entries
        .iter()
        .zip(1..)
        .zip(due)
        .map(|((e, n), due)| opened(e, Found::Request(line(n, due))))
        .collect();
    store.store_opened(batch, NOW).await.unwrap();
    let listed = |filter| {
        let store = Arc::clone(&store);
        async move { store.requests(filter).await.unwrap().iter().map(|r| r.line.folio).collect::<Vec<_>>() }
    };
    assert_eq!(listed(RequestFilter::default()).await, [3, 2, 4, 1].map(folio));
    let until = |text| RequestFilter { due_until: Some(day(text)), ..RequestFilter::default() };
    assert_eq!(listed(until("2026-12-02")).await, []);
    assert_eq!(listed(until("2026-12-04")).await, [3, 2].map(folio));
    assert_eq!(listed(RequestFilter { quarantined_only: true, ..RequestFilter::default() }).await, []);
    assert_eq!(store.requests_by_folio(folio(2)).await.unwrap().len(), 1);
    assert_eq!(store.requests_by_folio(folio(9)).await.unwrap().len(), 0);
}

pub(crate) async fn requests_of_a_space(store: Arc<dyn Store>) {
    // The actors' first stand works at the office, the second one at the telephone.
    for seed in [1, 2] {
        let mut stand = Stand::enrolled(&*store, seed).await;
        stand.record(3);
        stand.send(&*store, 0, 3, NOW).await;
    }
    let entries = store.unopened(6).await.unwrap();
    let due = [Some("2026-12-04"), None, Some("2026-12-03")];
    let batch = entries.iter().zip(1..).zip(due.iter().cycle());
    let batch = batch.map(|((e, n), due)| opened(e, Found::Request(line(n, *due)))).collect();
    store.store_opened(batch, NOW).await.unwrap();
    let listed = |filter| {
        let store = Arc::clone(&store);
        async move { store.requests(filter).await.unwrap().iter().map(|r| r.line.folio).collect::<Vec<_>>() }
    };
    let of = |space| RequestFilter { space: Some(space), ..RequestFilter::default() };
    assert_eq!(listed(RequestFilter::default()).await, [3, 6, 1, 4, 2, 5].map(folio));
    assert_eq!(listed(of(Space::Office)).await, [3, 1, 2].map(folio));
    assert_eq!(listed(of(Space::Phone)).await, [6, 4, 5].map(folio));
    assert_eq!(listed(of(Space::Terreno)).await, []);
    let first = RequestFilter { limit: Some(2), ..of(Space::Phone) };
    let page = store.requests(first.clone()).await.unwrap();
    assert!(page.iter().all(|request| request.space == Space::Phone));
    let after = page.last().map(central_db::Request::cursor);
    assert_eq!(listed(RequestFilter { after, ..first }).await, [folio(5)]);
    let until = RequestFilter { due_until: Some(day("2026-12-03")), ..of(Space::Office) };
    assert_eq!(listed(until).await, [folio(3)]);
    assert_eq!(store.requests_by_folio(folio(1)).await.unwrap()[0].space, Space::Office);
    let by_paper = store.request_by_proof(Proof::Token([4; 16])).await.unwrap().unwrap();
    assert_eq!(by_paper.space, Space::Phone);
}

pub(crate) async fn a_list_goes_on_where_it_was_left(store: Arc<dyn Store>) {
    let entries = arrived(&*store, 9).await;
    let due = [None, Some("2026-12-04"), Some("2026-12-03"), Some("2026-12-04"), None, None];
    let batch = entries
        .iter()
        .zip(1..)
        .zip(due)
        .map(|((e, n), due)| opened(e, Found::Request(line(n, due))))
        .collect();
    store.store_opened(batch, NOW).await.unwrap();
    // The same day and second as another: where the entry stands decides.
    let twins = entries[6..].iter().map(|e| opened(e, Found::Request(line(9, Some("2026-12-04"))))).collect();
    store.store_opened(twins, NOW).await.unwrap();
    let all = store.requests(RequestFilter::default()).await.unwrap();
    let seqs: Vec<u64> = all.iter().map(|r| r.id.seq).collect();
    assert_eq!(seqs, [3, 2, 4, 7, 8, 9, 1, 5, 6]);
    for limit in [1, 2, 3, 4, 8, 9, 10] {
        let (mut paged, mut after) = (Vec::new(), None);
        loop {
            let filter = RequestFilter { after, limit: Some(limit), ..RequestFilter::default() };
            let page = store.requests(filter).await.unwrap();
            assert!(page.len() <= limit);
            after = page.last().map(central_db::Request::cursor);
            paged.extend(page);
            if after.is_none() {
                break;
            }
        }
        assert_eq!(paged, all, "{limit} at a time");
    }
    let until = RequestFilter {
        due_until: Some(day("2026-12-04")),
        after: Some(all[4].cursor()),
        ..RequestFilter::default()
    };
    assert_eq!(store.requests(until).await.unwrap(), all[5..6]);
    let none = RequestFilter { limit: Some(0), ..RequestFilter::default() };
    assert_eq!(store.requests(none).await.unwrap(), []);
}

pub(crate) async fn follow_ups_change_what_they_may(store: Arc<dyn Store>) {
    let entries = arrived(&*store, 5).await;
    let about = |what, number| {
        let control_tag = Some([u8::try_from(number).unwrap(); 32]);
        Found::About { what, folio: folio(number), control_tag, captured_unix_s: 7 }
    };
    let mut stolen = opened(&entries[3], about(FollowUp::Withdrawal, 2));
    stolen.quarantine = Some(wire::push::QuarantineReason::Revoked);
    let void = Found::Void { epoch: entries[1].id.epoch, seq: 2, captured_unix_s: 8 };
    let batch = vec![
        opened(&entries[0], Found::Request(line(1, None))),
        opened(&entries[1], Found::Request(line(2, None))),
        opened(&entries[2], about(FollowUp::Withdrawal, 1)),
        stolen,
        opened(&entries[4], void),
    ];
    store.store_opened(batch, NOW).await.unwrap();
    let one = store.requests_by_folio(folio(1)).await.unwrap().remove(0);
    assert_eq!((one.state, one.withdrawal_waits, one.voided), (State::Withdrawn, false, false));
    let two = store.requests_by_folio(folio(2)).await.unwrap().remove(0);
    assert_eq!(
        (two.state, two.withdrawal_waits, two.voided),
        (State::Received, true, true),
        "a quarantined withdrawal is shown and changes nothing"
    );
    let follow: Vec<_> = store.follow_ups(two.id).await.unwrap().iter().map(|f| (f.what, f.proven)).collect();
    assert_eq!(follow, [(FollowUp::Withdrawal, true), (FollowUp::Void, false)]);
}

pub(crate) async fn only_the_paper_withdraws(store: Arc<dyn Store>) {
    let entries = arrived(&*store, 5).await;
    let withdrawal = |at: usize, tag: Option<u8>| {
        let (what, control_tag) = (FollowUp::Withdrawal, tag.map(|byte| [byte; 32]));
        opened(&entries[at], Found::About { what, folio: folio(1), control_tag, captured_unix_s: 7 })
    };
    let state = || {
        let store = Arc::clone(&store);
        async move {
            let one = store.requests_by_folio(folio(1)).await.unwrap().remove(0);
            let proven: Vec<_> =
                store.follow_ups(one.id).await.unwrap().iter().map(|follow_up| follow_up.proven).collect();
            (one.state, one.withdrawal_waits, proven)
        }
    };
    // What follows may come before what it is about; a guess and a bare folio are kept and change nothing.
    store.store_opened(vec![withdrawal(1, None), withdrawal(2, Some(9))], NOW).await.unwrap();
    store.store_opened(vec![opened(&entries[0], Found::Request(line(1, None)))], NOW).await.unwrap();
    assert_eq!(state().await, (State::Received, true, vec![false, false]));
    // Another request of the same number, of a clone, has a paper of its own.
    let other = RequestLine { control_tag: [9; 32], ..line(1, None) };
    store.store_opened(vec![opened(&entries[3], Found::Request(other))], NOW).await.unwrap();
    assert_eq!(state().await, (State::Received, true, vec![false, false]));
    let states: Vec<_> = store.requests_by_folio(folio(1)).await.unwrap().iter().map(|r| r.state).collect();
    assert_eq!(states, [State::Received, State::Withdrawn]);
    store.store_opened(vec![withdrawal(4, Some(1))], NOW).await.unwrap();
    assert_eq!(state().await, (State::Withdrawn, false, vec![false, false, true]));
}

pub(crate) async fn papers_are_recognised(store: Arc<dyn Store>) {
    let entries = arrived(&*store, 2).await;
    let batch = entries.iter().zip(1..).map(|(e, n)| opened(e, Found::Request(line(n, None)))).collect();
    store.store_opened(batch, NOW).await.unwrap();
    let found = |proof| {
        let store = Arc::clone(&store);
        async move { store.request_by_proof(proof).await.unwrap().map(|r| r.line.folio) }
    };
    assert_eq!(found(Proof::Token([2; 16])).await, Some(folio(2)));
    assert_eq!(found(Proof::Control([1; 32])).await, Some(folio(1)));
    assert_eq!(found(Proof::Token([3; 16])).await, None);
    assert_eq!(found(Proof::Control([3; 32])).await, None);
}

pub(crate) async fn requests_for_content_are_listed_newest_first(store: Arc<dyn Store>) {
    let entries = arrived(&*store, 4).await;
    let wanted = |entry: &SealedEntry, captured_unix_s| opened(entry, Found::Wanted { captured_unix_s });
    let found = vec![
        wanted(&entries[0], 1_000),
        opened(&entries[1], Found::Other),
        wanted(&entries[2], 3_000),
        wanted(&entries[3], 2_000),
    ];
    store.store_opened(found.clone(), NOW).await.unwrap();
    // Written down twice, each stands once.
    store.store_opened(found, NOW).await.unwrap();
    let listed = store.wanted(10).await.unwrap();
    assert_eq!(listed, [entries[2].clone(), entries[3].clone(), entries[0].clone()]);
    assert_eq!(store.wanted(1).await.unwrap(), entries[2..3]);
}
