//! Promise 5: any accepted push repeated, at any time and in any concurrency, gets the same answer, byte for byte.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Barrier;

use journeys::{Chance, HttpAnswer, Office, Stand, encounters, post, pushes, requests};

const PUSHES: usize = 20;
const TIMES: usize = 5;

/// Sends these at once and gives the answers in their order.
fn at_once(address: SocketAddr, bodies: &[&[u8]]) -> Vec<HttpAnswer> {
    let start = Barrier::new(bodies.len());
    std::thread::scope(|scope| {
        let threads: Vec<_> = bodies
            .iter()
            .map(|body| {
                scope.spawn(|| {
                    start.wait();
                    post(address, "/v1/push", body).unwrap()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

#[test]
fn twenty_pushes_five_times_at_once_get_a_hundred_answers_five_and_five_alike() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::init(&folder.path().join("office"));
    let serving = office.serve();
    let stand = Stand::enrolled(&folder.path().join("stand"), &office, &serving.url(), "tormenta");
    stand.record("request", &requests()[..50]).expect_code(0);
    stand.record("encounter", &encounters()).expect_code(0);
    let pushes = pushes(&stand, PUSHES);

    let mut first = Vec::new();
    for push in &pushes {
        let answers = at_once(serving.address, &[push.as_slice(); TIMES]);
        assert_eq!(answers.len(), TIMES);
        assert!(answers.iter().all(|answer| answer.status == 200 && *answer == answers[0]));
        first.push(answers[0].clone());
    }
    let different: BTreeSet<&[u8]> = first.iter().map(|answer| answer.body.as_slice()).collect();
    assert_eq!(different.len(), PUSHES, "each push has an answer of its own");

    // Long after, all hundred at once and in no order; and once more after the office was started again.
    let mut order: Vec<usize> = (0..PUSHES * TIMES).map(|n| n % PUSHES).collect();
    Chance::seeded(5).shuffle(&mut order);
    let check = |address| {
        let bodies: Vec<&[u8]> = order.iter().map(|n| pushes[*n].as_slice()).collect();
        for (n, answer) in order.iter().zip(at_once(address, &bodies)) {
            assert_eq!(answer, first[*n], "push {n}");
        }
    };
    check(serving.address);
    serving.stop().expect_code(0);
    let serving = office.serve();
    check(serving.address);
    assert_eq!(office.requests().len(), 50);

    // The stand, which heard none of the answers, learns that all of it is there.
    assert_eq!(stand.run(&["ledger", "stats"]).answer()["held"], 92);
}
