//! Pushes and their answers: growing chunks, gaps, forks, what was released.

use super::*;

#[test]
fn a_day_is_pushed_without_a_handshake_in_growing_chunks() {
    let mut day = Conversation::begin(&[ledger(1, 300, 0)], None);
    day.start("push e1 from 0 max 32k")
        .answer_after(
            1_000,
            |s| (Answer::Accepted, None, s.count, s.head),
            "keep e1 32 | push e1 from 32 max 128k",
        )
        .answer_after(
            1_000,
            |s| (Answer::Accepted, None, s.count, s.head),
            "keep e1 160 | push e1 from 160 max 256k",
        )
        .accept("keep e1 300 | manifest? -")
        .manifest(9, &[(1, 300, head(1, 300))], &[], "heads e1@300")
        .heads("keep manifest 9 \"9\" | done: sent 300 acknowledged 300 quarantined 0 held 0");
}

#[test]
fn a_thousand_records_take_few_requests() {
    let mut engine = Conversation::begin(&[ledger(1, 1_000, 0)], Some((3, "\"3\"")));
    engine.ledgers[0].count = 1_000;
    let mut actions = engine.engine.on(Event::Started);
    let mut requests = 0;
    while let Some(asked) = actions.last().cloned() {
        match asked {
            Action::Push { .. } => {
                requests += 1;
                engine.asked = Some(asked);
                let (epoch, sent) = engine.sent();
                // 3G: 1 Mbit/s and half a second of round trip.
                let elapsed_ms = 500 + sent.len as u64 * 8 / 1_000;
                let answer = checkpoint(OFFICE, epoch, Answer::Accepted, None, (sent.count, sent.head));
                let answer = answer.sign(&checkpoint_key());
                actions = engine.engine.on(Event::PushAnswered { sent, answer, elapsed_ms });
            }
            Action::FetchManifest { .. } => {
                requests += 1;
                actions = engine.engine.on(Event::NotModified);
            }
            _ => break,
        }
    }
    assert!(requests <= 10, "{requests} requests for 1,000 entries of {ENTRY_BYTES} bytes");
}

#[test]
fn pending_ledgers_go_oldest_first() {
    Conversation::begin(&[ledger(1, 3, 1), ledger(2, 4, 4), ledger(3, 2, 0)], None)
        .start("push e1 from 1 max 32k")
        .accept("keep e1 3 | push e3 from 0 max 32k")
        .accept("keep e3 2 | manifest? -");
}

#[test]
fn a_gap_goes_on_from_central_s_count_and_alarms_below_what_it_signed() {
    Conversation::begin(&[ledger(1, 12, 10)], None)
        .start("push e1 from 10 max 32k")
        .gap(4, head(1, 4), "heads e1@4")
        .heads("alarm central_went_back | push e1 from 4 max 32k")
        .accept("keep e1 12 | manifest? -");
}

#[test]
fn endless_gaps_end() {
    let mut central = Conversation::begin(&[ledger(1, 12, 10)], None);
    central.start("push e1 from 10 max 32k");
    for at in [8, 6, 4, 2] {
        let expected = format!("alarm central_went_back | push e1 from {at} max 32k");
        central.gap(at, head(1, at), &format!("heads e1@{at}")).heads(&expected);
    }
    central
        .gap(1, head(1, 1), "heads e1@1")
        .heads("manifest? -")
        .tell(Event::NotModified, "contradiction: sent 30 acknowledged 0 quarantined 0 held 10");
}

#[test]
fn a_fork_begins_a_new_epoch_and_the_old_one_is_pushed_to_its_end() {
    Conversation::begin(&[ledger(1, 40, 10)], None)
        .start("push e1 from 10 max 32k")
        .quarantine(QuarantineReason::Fork, "alarm forked | keep e1 40 fork | begin after e1")
        .begun(2, "push e2 from 0 max 30k")
        .accept("keep e2 1 | manifest? -")
        .tell(Event::NotModified, "forked: sent 31 acknowledged 31 quarantined 30 held 0");
}

#[test]
fn a_fork_known_from_before_a_crash_still_begins_a_new_epoch() {
    let forked = LedgerState { forked: true, ..ledger(1, 40, 40) };
    Conversation::begin(&[forked], None).start("begin after e1").begun(2, "push e2 from 0 max 32k");
    let old = LedgerState { forked: true, ..ledger(1, 40, 40) };
    Conversation::begin(&[old, ledger(2, 0, 0)], None).start("manifest? -");
}

#[test]
fn a_fork_before_the_push_is_pushed_from_the_beginning() {
    // Central's own count differs, and so does its head at a count of ours.
    Conversation::begin(&[ledger(1, 12, 10)], None)
        .start("push e1 from 10 max 32k")
        .gap(11, other_head(11), "heads e1@11")
        .heads("alarm forked | alarm central_went_back | begin after e1")
        .begun(2, "push e1 from 0 max 32k")
        .quarantine(QuarantineReason::Fork, "keep e1 12 fork | push e2 from 0 max 32k")
        .accept("keep e2 1 | manifest? -");
    // Central is ahead of all that we have, on another chain.
    Conversation::begin(&[ledger(1, 12, 10)], None)
        .start("push e1 from 10 max 32k")
        .gap(50, other_head(50), "heads e1@50")
        .heads("alarm forked | alarm central_went_back | begin after e1")
        .begun(2, "push e1 from 0 max 32k");
}

#[test]
fn an_answer_about_another_chain_that_shares_our_beginning_is_not_kept_for_ours() {
    Conversation::begin(&[ledger(1, 100, 0)], None)
        .start("push e1 from 0 max 32k")
        .answer(|_| (Answer::Accepted, None, 50, other_head(50)), "heads e1@50")
        .heads("alarm forked | begin after e1")
        .begun(2, "push e1 from 32 max 32k")
        .quarantine(QuarantineReason::Fork, "keep e1 64 fork | push e1 from 64 max 32k");
}

#[test]
fn a_gap_at_the_very_beginning_is_a_contradiction_and_stops_only_its_ledger() {
    Conversation::begin(&[ledger(1, 12, 0), ledger(2, 1, 0)], None)
        .start("push e1 from 0 max 32k")
        .gap(0, head(1, 0), "heads e1@0")
        .heads("push e2 from 0 max 32k")
        .accept("keep e2 1 | manifest? -")
        .tell(Event::NotModified, "contradiction: sent 13 acknowledged 1 quarantined 0 held 12");
}

#[test]
fn central_that_holds_more_of_our_epoch_begins_a_new_one() {
    // By the answer to a push.
    Conversation::begin(&[ledger(1, 12, 10)], None)
        .start("push e1 from 10 max 32k")
        .answer(|_| (Answer::Accepted, None, 50, other_head(50)), "heads e1@50")
        .heads("alarm overtaken | keep e1 12 | begin after e1");
    // But not when somebody recorded here meanwhile, and central got it with an answer that was lost.
    let mut busy = Conversation::begin(&[ledger(1, 12, 10)], None);
    busy.start("push e1 from 10 max 32k")
        .answer(|_| (Answer::Accepted, None, 14, head(1, 14)), "heads e1@14")
        .tell(Event::Heads(vec![Some(head(1, 14))]), "keep e1 14 | manifest? -");
    // By the manifest, before anything could collide; the last entry asks whether ours is held.
    Conversation::begin(&[ledger(1, 12, 12)], Some((3, "\"3\"")))
        .start("manifest? \"3\"")
        .manifest(4, &[(1, 50, other_head(50))], &[], "heads e1@50")
        .heads("alarm overtaken | begin after e1")
        .begun(2, "push e1 from 11 max 32k")
        .accept("push e2 from 0 max 32k")
        .accept("keep e2 1 | keep manifest 4 - | done: sent 1 acknowledged 1 quarantined 0 held 0");
}

#[test]
fn revoked_and_expired_stands_are_told_and_go_on() {
    for (reason, name) in [(QuarantineReason::Revoked, "revoked"), (QuarantineReason::Expired, "expired")] {
        Conversation::begin(&[ledger(1, 5, 0)], None)
            .start("push e1 from 0 max 32k")
            .quarantine(reason, &format!("keep e1 5 {name} | manifest? -"))
            .tell(Event::NotModified, &format!("{name}: sent 5 acknowledged 5 quarantined 5 held 0"));
    }
}

#[test]
fn what_central_lost_and_the_stand_released_is_alarmed_and_capture_gets_a_new_ledger() {
    let aged = LedgerState { released: 8, ..ledger(1, 12, 10) };
    Conversation::begin(&[aged], None)
        .start("push e1 from 10 max 32k")
        .gap(4, head(1, 4), "heads e1@4")
        .heads("alarm central_went_back | push e1 from 8 max 32k")
        .gap(4, head(1, 4), "heads e1@4")
        .heads("alarm bodies_gone | begin after e1")
        .begun(2, "push e2 from 0 max 32k")
        .accept("keep e2 1 | manifest? -")
        .tell(Event::NotModified, "bodies-gone: sent 7 acknowledged 1 quarantined 0 held 8");
    // A fork lies before the push: central may still know where the released part ends.
    Conversation::begin(&[aged], None)
        .start("push e1 from 10 max 32k")
        .gap(0, head(1, 0), "heads e1@0")
        .heads("alarm central_went_back | push e1 from 8 max 32k")
        .quarantine(QuarantineReason::Fork, "alarm forked | keep e1 12 fork | begin after e1");
    // Central stands behind, but not behind what was released.
    Conversation::begin(&[aged], None)
        .start("push e1 from 10 max 32k")
        .gap(8, head(1, 8), "heads e1@8")
        .heads("alarm central_went_back | push e1 from 8 max 32k");
}

#[test]
fn progress_says_records_bytes_rate_and_time_left() {
    let mut stand = Conversation::begin(&[ledger(1, 100, 0)], None);
    stand.start("push e1 from 0 max 32k").accept("keep e1 32 | push e1 from 32 max 32k");
    let progress = stand.last.iter().find_map(|action| match action {
        Action::Progress(progress) => Some(*progress),
        _ => None,
    });
    let expected = crate::Progress {
        records_done: 32,
        records_total: 100,
        bytes_done: 32 * 1_024,
        bytes_total: 100 * 1_024,
        bytes_per_s: Some(4_096),
        left_ms: Some(17_000),
        waiting_ms: None,
        attachments_left: 0,
    };
    assert_eq!(progress, Some(expected));
}
