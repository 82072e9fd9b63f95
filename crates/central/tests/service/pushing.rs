//! Pushes over the network: answered the same however often, kept whatever happens to the stand.

use std::collections::BTreeSet;

use wire::push::{Outcome, QuarantineReason};

use crate::http::{get, post_cbor};
use crate::office::{NOW, Running};
use crate::stand::{NAMED, Stand, due};

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
