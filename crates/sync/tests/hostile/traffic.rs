//! What a sync costs: the bytes that the driver counts are the bytes that go by.

use std::sync::atomic::Ordering;

use sync::Outcome;

use crate::memory::Memory;
use crate::office::Office;
use crate::proxy::Proxy;
use crate::{at, sync};

#[tokio::test]
async fn the_count_is_what_a_proxy_sees() {
    let office = Office::start().await;
    let proxy = Proxy::start(office.address, &[]).await;
    let mut stand = Memory::with(100);
    let mut last = (0, 0);
    // Full, unconditional after an acknowledgement, and with nothing to do.
    for round in 0..3 {
        let report = sync(&mut stand, &at(proxy.address)).await;
        assert_eq!(report.outcome, Outcome::Done);
        let now = (proxy.up.load(Ordering::SeqCst), proxy.down.load(Ordering::SeqCst));
        let counted = (report.traffic.bytes_up, report.traffic.bytes_down);
        assert_eq!(counted, (now.0 - last.0, now.1 - last.1), "round {round}");
        last = now;
    }
}

#[tokio::test]
async fn with_nothing_to_do_it_is_one_small_request() {
    let office = Office::start().await;
    let mut stand = Memory::with(10);
    sync(&mut stand, &at(office.address)).await;
    let before = office.requests();
    let report = sync(&mut stand, &at(office.address)).await;
    assert_eq!(report.outcome, Outcome::Done);
    assert_eq!((report.traffic.requests, office.requests() - before), (1, 1));
    let bytes = report.traffic.bytes_up + report.traffic.bytes_down;
    assert!(bytes < 400, "{bytes} bytes for nothing");
}

#[tokio::test]
async fn one_connection_serves_a_sync() {
    let office = Office::start().await;
    let proxy = Proxy::start(office.address, &[]).await;
    let mut stand = Memory::with(100);
    assert!(sync(&mut stand, &at(proxy.address)).await.traffic.requests > 3);
    assert_eq!(proxy.connections.load(Ordering::SeqCst), 1);
}
