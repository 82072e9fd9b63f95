//! Pushes over the network: answered the same however often, kept whatever happens to the stand.

use std::collections::BTreeSet;

use wire::Epoch;
use wire::body::{Body, LedgerOpened, OpeningReason, ProfileRecord, RestingCopy};
use wire::push::{Outcome, QuarantineReason};

use crate::http::{get, post_cbor};
use crate::office::{NOW, Running};
use crate::stand::{NAMED, Stand, captured, due};

#[tokio::test(flavor = "multi_thread")]
async fn twenty_pushes_five_times_at_once() {
    let office = Running::start().await;
    let mut stand = Stand::enrol(&office, 1).await;
    for _ in 0..20 {
        stand.file(NAMED, due());
    }
    let pushes: Vec<Vec<u8>> = (1..=20).map(|to| stand.signed(0, to)).collect();
    let address = office.address;
    let tasks: Vec<_> = (0..5)
        .flat_map(|_| pushes.iter().cloned().enumerate())
        .map(|(at, push)| (at, tokio::spawn(async move { post_cbor(address, "/v1/push", &push).await })))
        .collect();
    let mut answers = vec![BTreeSet::new(); 20];
    for (at, task) in tasks {
        let answer = task.await.unwrap();
        assert_eq!(stand.read(&answer).outcome, Outcome::Accepted);
        answers[at].insert(answer.body);
    }
    assert!(answers.iter().all(|same| same.len() == 1), "a hundred answers, the five of each push identical");
    assert_eq!(office.store.census().await.unwrap().entries, 20);
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_revoked_stand_sends_is_worked() {
    let office = Running::start().await;
    let mut stand = Stand::enrol(&office, 1).await;
    let before = stand.file(NAMED, due());
    stand.sync_accepted().await;
    let device = stand.enrolment.device.device;
    office.store.revoke(device, "robado".into(), NOW + 5).await.unwrap();
    let after = stand.file(NAMED, due());
    let checkpoint = stand.sync().await;
    assert_eq!(
        (checkpoint.outcome, checkpoint.reason),
        (Outcome::Quarantined, Some(QuarantineReason::Revoked))
    );
    assert_eq!(checkpoint.count, 2);
    let lines = office.desk().list(central_db::RequestFilter::default(), NOW).await.unwrap();
    let quarantine =
        |folio: domain::Folio| lines.iter().find(|l| l.folio == folio.to_string()).unwrap().quarantine;
    assert_eq!((quarantine(before.folio), quarantine(after.folio)), (None, Some("revoked")));
    assert!(lines.iter().all(|line| line.due_on.is_some()), "each under its own deadline");
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clone_s_requests_are_worked_too() {
    let office = Running::start().await;
    let mut stand = Stand::enrol(&office, 1).await;
    stand.file(NAMED, due());
    let mut clone = Stand {
        rng: <rand_chacha::ChaCha20Rng as rand_core::SeedableRng>::from_seed([9; 32]),
        ..stand.clone()
    };
    stand.file(NAMED, due());
    let apart = clone.file(NAMED, due());
    stand.sync_accepted().await;
    let checkpoint = clone.sync().await;
    assert_eq!((checkpoint.outcome, checkpoint.reason), (Outcome::Quarantined, Some(QuarantineReason::Fork)));
    assert_eq!((checkpoint.count, checkpoint.head), (2, clone.head_at(2)));
    let shown = office.desk().show(&apart.folio.to_string(), NOW).await.unwrap();
    assert_eq!((shown.len(), shown[0].line.quarantine, shown[0].line.state), (1, Some("fork"), "received"));
    // Who holds the clone's paper sees an ordinary page: they did nothing wrong.
    let page = get(office.address, &format!("/R/{}", apart.receipt)).await;
    assert!(page.text().contains("Tu reclamo llegó a la oficina"));
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gap_says_where_to_go_on_from() {
    let office = Running::start().await;
    let mut stand = Stand::enrol(&office, 1).await;
    for _ in 0..3 {
        stand.file(NAMED, due());
    }
    let ahead = stand.read(&post_cbor(office.address, "/v1/push", &stand.signed(2, 3)).await);
    assert_eq!((ahead.outcome, ahead.count, ahead.head), (Outcome::Gap, 0, stand.head_at(0)));
    stand.sync_accepted().await;
    let answered = stand.read(&post_cbor(office.address, "/v1/push", &stand.signed(2, 3)).await);
    assert_eq!((answered.outcome, answered.count), (Outcome::Accepted, 3), "a gap is not kept");
    office.stop().await;
}

/// A ledger of this stand's own with a profile, as it lies inside a copy of what rests.
fn rested(stand: &Stand, epoch: u8, profile: u8) -> Stand {
    let mut inside = Stand { epoch: Epoch([epoch; 8]), entries: Vec::new(), ..stand.clone() };
    let opened = LedgerOpened::new(captured(), OpeningReason::Resting, Some(stand.epoch));
    inside.record(&Body::LedgerOpened(opened));
    let outcome = domain::Outcome::Informed;
    let items = domain::profile::Items::default();
    let profile_of = domain::Profile { items, consent: None, kind: None, topic: None, outcome };
    inside.record(&Body::Profile(ProfileRecord { id: [profile; 16], profile: profile_of, day: 20_778 }));
    inside
}

/// The seal says nothing of who made it: what lies inside a copy is checked like a push, and what is refused is a dead
/// letter, not lost and not taken.
#[tokio::test(flavor = "multi_thread")]
async fn what_lies_in_a_copy_is_believed_no_more_than_a_push() {
    let office = Running::start().await;
    let mut stand = Stand::enrol(&office, 1).await;
    let other = Stand::enrol(&office, 2).await;
    let stranger = Stand { key: crate::stand::key(3), ..stand.clone() };
    let mut altered = rested(&stand, 10, 1).signed(0, 2);
    altered[100] ^= 1;
    let copies: Vec<(Vec<u8>, Option<&str>)> = vec![
        (rested(&stand, 11, 1).signed(0, 2), None),
        // The same again is the same, and a later copy has the same profile and another one.
        (rested(&stand, 11, 1).signed(0, 2), None),
        (rested(&stand, 12, 1).signed(0, 2), None),
        (rested(&stand, 13, 2).signed(0, 2), None),
        (rested(&other, 14, 3).signed(0, 2), Some("malformed_body")),
        (rested(&stranger, 15, 4).signed(0, 2), Some("malformed_body")),
        (altered, Some("malformed_body")),
        (b"hola".to_vec(), Some("malformed_body")),
        (rested(&stand, 16, 5).signed(1, 2), Some("gap")),
    ];
    stand.record(&Body::OutingOpened(wire::body::OutingOpened::new(captured(), None, None, None)));
    let expected: Vec<(u64, &str)> = copies
        .into_iter()
        .map(|(push, why)| {
            let copy = RestingCopy { push: Some(push), filler: vec![0; 3] };
            (stand.record(&Body::Resting(Box::new(copy))), why)
        })
        .filter_map(|(seq, why)| Some((seq, why?)))
        .collect();
    stand.record(&Body::Resting(Box::new(RestingCopy { push: None, filler: vec![0; 3] })));
    stand.sync_accepted().await;
    office.open().await;
    let failures = office.store.failures().await.unwrap();
    let told: Vec<(u64, &str)> = failures.iter().map(|one| (one.id.seq, one.why.as_str())).collect();
    assert_eq!(told, expected);
    let outings = office.store.open_outings().await.unwrap();
    assert_eq!(outings.iter().map(|one| one.resting_profiles).collect::<Vec<_>>(), [2]);
    let census = office.store.census().await.unwrap();
    assert_eq!(census.entries, stand.entries.len() as u64 + 3 * 2, "three ledgers came to light");
    assert_eq!(office.store.unopened(1).await.unwrap().len(), 0);
    office.stop().await;
}
