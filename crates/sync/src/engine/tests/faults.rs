//! Failures, strangers, and staff who stop it.

use super::*;

#[test]
fn a_lost_answer_is_pushed_again_and_smaller() {
    Conversation::begin(&[ledger(1, 100, 0)], None)
        .start("push e1 from 0 max 32k")
        .fail(Fault::CutInTheMiddle, "wait")
        .tell(Event::WaitOver, "push e1 from 0 max 16k")
        .accept("keep e1 16 | push e1 from 16 max 16k");
}

#[test]
fn whoever_watches_is_told_of_a_wait() {
    let mut stand = Conversation::begin(&[ledger(1, 100, 0)], None);
    stand.start("push e1 from 0 max 32k").fail(Fault::CutInTheMiddle, "wait");
    let [Action::Progress(progress), Action::Wait { ms }] = stand.last.as_slice() else {
        panic!("{:?}", stand.last);
    };
    assert_eq!((progress.waiting_ms, progress.records_total), (Some(*ms), 100));
}

#[test]
fn answers_of_others_are_refused_by_name() {
    let (epoch, other) = (epoch(1), OfficeId([66; 16]));
    let at = (5, head(1, 5));
    let good = checkpoint(OFFICE, epoch, Answer::Accepted, None, at).sign(&checkpoint_key());
    for (answer, expected) in [
        (b"<html>Acepta las condiciones</html>".to_vec(), "captive-portal"),
        (Vec::new(), "captive-portal"),
        (good[..good.len() - 1].to_vec(), "captive-portal"),
        (checkpoint(OFFICE, epoch, Answer::Accepted, None, at).sign(&content_key()), "not-our-office"),
        (checkpoint(other, epoch, Answer::Accepted, None, at).sign(&checkpoint_key()), "not-our-office"),
        (
            checkpoint(OFFICE, Epoch([2; 8]), Answer::Accepted, None, at).sign(&checkpoint_key()),
            "not-our-office",
        ),
    ] {
        let mut stand = Conversation::begin(&[ledger(1, 5, 0)], None);
        let (_, sent) = stand.start("push e1 from 0 max 32k").sent();
        stand.tell(
            Event::PushAnswered { sent, answer, elapsed_ms: 10 },
            &format!("{expected}: sent 0 acknowledged 0 quarantined 0 held 5"),
        );
    }
    let mut stand = Conversation::begin(&[ledger(1, 5, 5)], None);
    let foreign = Manifest::new(other, DEVICE, 1, 1).sign(&content_key());
    stand.start("manifest? -").tell(
        Event::ManifestAnswered { answer: foreign, etag: None },
        "not-our-office: sent 0 acknowledged 0 quarantined 0 held 0",
    );
}

#[test]
fn faults_end_the_sync_or_wait_or_leave_one_ledger() {
    let end = |code: &str| format!("{code}: sent 0 acknowledged 0 quarantined 0 held 5");
    for (fault, expected) in [
        (Fault::NoNetwork, end("no-network")),
        (Fault::CaptivePortal, end("captive-portal")),
        (Fault::WrongClock { now_unix_s: 1, bound_unix_s: 2, expired: false }, end("clock-behind")),
        (Fault::WrongClock { now_unix_s: 2, bound_unix_s: 1, expired: true }, end("clock-ahead")),
        (Fault::WrongCertificate { why: "other name".into() }, end("wrong-certificate")),
        (Fault::ServerFull, end("server-full")),
        (Fault::ServerBusy { retry_after_s: Some(61) }, end("server-busy")),
        (Fault::ServerBusy { retry_after_s: Some(60) }, "wait".into()),
        (Fault::ServerBusy { retry_after_s: None }, "wait".into()),
        (Fault::CutInTheMiddle, "wait".into()),
        (Fault::Refused { status: 400, code: "malformed".into() }, "manifest? -".into()),
        (Fault::Refused { status: 413, code: "too_large".into() }, "push e1 from 0 max 16k".into()),
    ] {
        Conversation::begin(&[ledger(1, 5, 0)], None).start("push e1 from 0 max 32k").fail(fault, &expected);
    }
}

#[test]
fn no_network_after_an_answer_is_waited_for() {
    Conversation::begin(&[ledger(1, 50, 0)], None)
        .start("push e1 from 0 max 32k")
        .accept("keep e1 32 | push e1 from 32 max 32k")
        .fail(Fault::NoNetwork, "wait")
        .tell(Event::WaitOver, "push e1 from 32 max 32k");
}

#[test]
fn tries_are_bounded_and_an_answer_begins_anew() {
    let limits = Limits { tries_max: 2, ..Limits::default() };
    let lost = "cut: sent 0 acknowledged 0 quarantined 0 held 50";
    Conversation::limited(&[ledger(1, 50, 0)], None, limits)
        .start("push e1 from 0 max 32k")
        .fail(Fault::CutInTheMiddle, "wait")
        .tell(Event::WaitOver, "push e1 from 0 max 16k")
        .fail(Fault::CutInTheMiddle, lost);
    Conversation::limited(&[ledger(1, 50, 0)], None, limits)
        .start("push e1 from 0 max 32k")
        .fail(Fault::CutInTheMiddle, "wait")
        .tell(Event::WaitOver, "push e1 from 0 max 16k")
        .accept("keep e1 16 | push e1 from 16 max 16k")
        .fail(Fault::CutInTheMiddle, "wait");
}

#[test]
fn too_large_for_somebody_shrinks_down_to_the_smallest_and_then_leaves_the_ledger() {
    let too_large = || Fault::Refused { status: 413, code: "too_large".into() };
    Conversation::begin(&[ledger(1, 50, 0)], None)
        .start("push e1 from 0 max 32k")
        .fail(too_large(), "push e1 from 0 max 16k")
        .fail(too_large(), "push e1 from 0 max 8k")
        .fail(too_large(), "push e1 from 0 max 4k")
        .fail(too_large(), "manifest? -")
        .tell(Event::NotModified, "refused: sent 0 acknowledged 0 quarantined 0 held 50");
}

#[test]
fn a_ledger_that_cannot_be_read_does_not_stop_the_others() {
    Conversation::begin(&[ledger(1, 5, 0), ledger(2, 5, 0)], None)
        .start("push e1 from 0 max 32k")
        .tell(Event::LedgerUnreadable, "alarm ledger_unreadable | push e2 from 0 max 32k")
        .accept("keep e2 5 | manifest? -")
        .tell(Event::NotModified, "unreadable: sent 5 acknowledged 5 quarantined 0 held 5");
}

#[test]
fn staff_may_stop_it_at_any_moment() {
    let cancelled = "cancelled: sent 0 acknowledged 0 quarantined 0 held 5";
    let mut begun = Conversation::begin(&[ledger(1, 5, 0)], None);
    begun.tell(Event::Cancelled, cancelled).tell(Event::Started, "");
    let mut pushing = Conversation::begin(&[ledger(1, 5, 0)], None);
    pushing.start("push e1 from 0 max 32k").tell(Event::Cancelled, cancelled);
    let mut waiting = Conversation::begin(&[ledger(1, 5, 0)], None);
    waiting
        .start("push e1 from 0 max 32k")
        .fail(Fault::CutInTheMiddle, "wait")
        .tell(Event::Cancelled, cancelled);
}

#[test]
fn an_event_that_nobody_asked_for_changes_nothing() {
    Conversation::begin(&[ledger(1, 5, 0)], None)
        .start("push e1 from 0 max 32k")
        .tell(Event::WaitOver, "")
        .tell(Event::NotModified, "")
        .tell(Event::PartHeld, "");
}

#[test]
fn entries_recorded_during_the_sync_go_along_and_are_counted() {
    let mut stand = Conversation::begin(&[ledger(1, 5, 0)], None);
    stand.start("push e1 from 0 max 32k").ledgers[0] = ledger(1, 7, 0);
    stand.accept("keep e1 7 | manifest? -");
}
