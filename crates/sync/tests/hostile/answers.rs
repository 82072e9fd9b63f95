//! Answers that are not the office's "yes": each gets its own name, and nothing is lost by any.

use sync::{Fault, Outcome};

use crate::memory::Memory;
use crate::office::{Instead, Office};
use crate::{at, sync};

/// What a stand says when its requests are answered so; afterwards, answered as usual, it finishes.
async fn check(instead: &[Instead], expected: Outcome) {
    let office = Office::start().await;
    office.answer_instead(instead);
    let mut stand = Memory::with(5);
    let report = sync(&mut stand, &at(office.address)).await;
    assert_eq!(report.outcome, expected);
    assert_eq!(stand.acknowledged + report.totals.held, 5);
    office.answer_instead(&[]);
    assert_eq!(sync(&mut stand, &at(office.address)).await.outcome, Outcome::Done);
    assert_eq!((stand.acknowledged, office.count()), (5, 5));
}

#[tokio::test]
async fn the_networks_own_pages() {
    let portal = || Outcome::Failed(Fault::CaptivePortal);
    check(&[Instead::Page(200, "text/html")], portal()).await;
    check(&[Instead::Page(200, "application/cbor")], portal()).await;
    check(&[Instead::Page(403, "text/html")], portal()).await;
    check(&[Instead::Page(511, "text/html")], portal()).await;
    check(&[Instead::Redirect], portal()).await;
    check(&[Instead::Status(407, None)], portal()).await;
}

#[tokio::test]
async fn somebody_elses_signature() {
    check(&[Instead::Stranger], Outcome::Failed(Fault::NotOurOffice)).await;
}

#[tokio::test]
async fn a_busy_office_is_waited_for_as_long_as_it_asks() {
    check(&[Instead::Status(503, Some("0"))], Outcome::Done).await;
    check(&[Instead::Status(429, Some("0")), Instead::Status(503, None)], Outcome::Done).await;
    let too_long = Fault::ServerBusy { retry_after_s: Some(3_600) };
    check(&[Instead::Status(503, Some("3600"))], Outcome::Failed(too_long)).await;
    let busy = Fault::ServerBusy { retry_after_s: None };
    check(&[Instead::Status(503, None); 4], Outcome::Failed(busy)).await;
}

#[tokio::test]
async fn a_full_office() {
    check(&[Instead::Status(507, None)], Outcome::Failed(Fault::ServerFull)).await;
}

#[tokio::test]
async fn a_proxy_that_takes_only_small_requests() {
    check(&[Instead::Status(413, None)], Outcome::Done).await;
}

#[tokio::test]
async fn an_office_that_says_why_not() {
    let refused = |status, code: &str| Outcome::Failed(Fault::Refused { status, code: code.into() });
    check(&[Instead::Refused(401, "unknown_signer")], refused(401, "unknown_signer")).await;
    check(&[Instead::Refused(400, "malformed")], refused(400, "malformed")).await;
}
