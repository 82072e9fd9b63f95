//! Connections that break, wherever they break, go silent, or deliver twice: everything arrives, once.

use sync::{Fault, Outcome};

use crate::memory::Memory;
use crate::office::{Instead, Office};
use crate::proxy::{Fate, Proxy};
use crate::{at, sync};

const COUNT: u64 = 40;

/// Syncs through a proxy that does this to the first connection, and everything must be there in the end.
async fn check(fates: &[Fate]) {
    let office = Office::start().await;
    let proxy = Proxy::start(office.address, fates).await;
    let mut stand = Memory::with(COUNT);
    let report = sync(&mut stand, &at(proxy.address)).await;
    assert_eq!(report.outcome, Outcome::Done, "{fates:?}");
    assert_eq!((stand.acknowledged, office.count()), (COUNT, COUNT), "{fates:?}");
    assert_eq!(office.head(), Some(stand.head()), "{fates:?}");
    assert_eq!((report.totals.acknowledged, report.totals.held), (COUNT, 0), "{fates:?}");
    assert_eq!(stand.alarms, [], "{fates:?}");
}

#[tokio::test]
async fn cut_on_the_way_up() {
    // Before anything, in the request line, in a header, at the head's end, in the body, before its last byte, in
    // later requests on the same connection.
    for bytes in [0, 1, 9, 40, 110, 111, 112, 113, 114, 500, 2_000, 4_000, 4_500, 6_000, 9_000, 13_000] {
        check(&[Fate::CutUp(bytes)]).await;
    }
}

#[tokio::test]
async fn cut_on_the_way_down() {
    // The office stored it, and the answer never arrived whole.
    for bytes in [0, 1, 12, 17, 60, 100, 130, 131, 132, 200, 260, 300, 340, 380, 500, 700, 900] {
        check(&[Fate::CutDown(bytes)]).await;
    }
}

#[tokio::test]
async fn cut_again_and_again() {
    check(&[Fate::CutUp(300), Fate::CutDown(10), Fate::CutUp(5_000), Fate::CutDown(0)]).await;
    check(&[
        Fate::CutDown(400),
        Fate::CutDown(400),
        Fate::CutDown(400),
        Fate::CutDown(400),
        Fate::CutDown(400),
    ])
    .await;
}

#[tokio::test]
async fn every_request_arrives_twice() {
    check(&[Fate::Repeat]).await;
    check(&[Fate::Repeat, Fate::Repeat, Fate::CutDown(0), Fate::Repeat]).await;
}

#[tokio::test]
async fn a_link_that_goes_silent_is_called_dead_and_tried_again() {
    check(&[Fate::Hold]).await;
}

#[tokio::test]
async fn an_answer_that_never_comes_ends_with_its_name() {
    for silent in [Instead::Silence, Instead::HeadOnly] {
        let office = Office::start().await;
        office.answer_instead(&[silent; 8]);
        let mut stand = Memory::with(COUNT);
        let report = sync(&mut stand, &at(office.address)).await;
        assert_eq!(report.outcome, Outcome::Failed(Fault::CutInTheMiddle));
        assert_eq!((stand.acknowledged, report.totals.held), (0, COUNT));
    }
}

#[tokio::test]
async fn nobody_there() {
    // A port that was free a moment ago.
    let office = Office::start().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = listener.local_addr().unwrap();
    drop(listener);
    let mut stand = Memory::with(COUNT);
    let report = sync(&mut stand, &at(closed)).await;
    assert_eq!(report.outcome, Outcome::Failed(Fault::NoNetwork));
    assert_eq!(report.totals.held, COUNT);
    // And a little later somebody is.
    assert_eq!(sync(&mut stand, &at(office.address)).await.outcome, Outcome::Done);
}

#[tokio::test]
async fn no_such_name() {
    // No resolver asks anybody for a label of 64 signs.
    let address = format!("https://{}.invalid", "a".repeat(64));
    let office = sync::driver::Office::patient(&address, None, crate::PATIENCE).unwrap();
    let report = sync(&mut Memory::with(1), &office).await;
    assert_eq!(report.outcome, Outcome::Failed(Fault::NoNetwork));
}

#[tokio::test]
async fn staff_stop_it_and_go_on_later() {
    let office = Office::start().await;
    let mut stand = Memory::with(COUNT);
    // The first chunk is answered, the second never.
    let (stop, cancelled) = sync::driver::cancel();
    let desk = office.desk.clone();
    let stopping = async {
        while desk.lock().unwrap().requests < 2 {
            tokio::task::yield_now().await;
        }
        stop.now();
        std::future::pending::<()>().await;
    };
    let proxy = Proxy::start(office.address, &[]).await;
    let reached = at(proxy.address);
    let report = tokio::select! {
        report = crate::sync_until(&mut stand, &reached, cancelled) => report,
        () = stopping => panic!("it never stopped"),
    };
    assert_eq!(report.outcome, Outcome::Cancelled);
    assert!(stand.acknowledged < COUNT && stand.acknowledged + report.totals.held == COUNT);
    assert_eq!(sync(&mut stand, &reached).await.outcome, Outcome::Done);
    assert_eq!((stand.acknowledged, office.count()), (COUNT, COUNT));
}
