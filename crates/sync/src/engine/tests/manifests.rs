//! Manifests: nothing new, watermarks that say something, parts, rollback.

use super::*;

#[test]
fn with_nothing_to_do_it_is_one_conditional_request() {
    Conversation::begin(&[ledger(1, 5, 5)], Some((3, "\"3\"")))
        .start("manifest? \"3\"")
        .tell(Event::NotModified, NOTHING);
}

#[test]
fn a_manifest_shows_a_restored_central_to_a_stand_with_nothing_to_push() {
    Conversation::begin(&[ledger(1, 12, 12)], Some((3, "\"3\"")))
        .start("manifest? \"3\"")
        .manifest(4, &[(1, 5, head(1, 5))], &[], "heads e1@5")
        .heads("alarm central_went_back | push e1 from 5 max 32k")
        .accept("keep e1 12 | keep manifest 4 - | done: sent 7 acknowledged 7 quarantined 0 held 0");
    Conversation::begin(&[ledger(1, 12, 12)], Some((3, "\"3\"")))
        .start("manifest? \"3\"")
        .manifest(4, &[], &[], "heads ")
        .heads("alarm central_went_back | push e1 from 0 max 32k");
}

#[test]
fn a_branch_is_found_among_the_watermarks_of_its_epoch() {
    let old = LedgerState { forked: true, ..ledger(1, 12, 12) };
    Conversation::begin(&[old, ledger(2, 3, 3)], Some((3, "\"3\"")))
        .start("manifest? \"3\"")
        .manifest(
            4,
            &[(1, 50, other_head(50)), (1, 12, head(1, 12)), (2, 3, head(2, 3))],
            &[],
            "heads e1@50 e1@12 e2@3",
        )
        .heads("keep manifest 4 \"4\" | done: sent 0 acknowledged 0 quarantined 0 held 0");
    // The branch is gone from a restored central: the last entry asks, and a gap brings it all back.
    Conversation::begin(&[old, ledger(2, 3, 3)], Some((3, "\"3\"")))
        .start("manifest? \"3\"")
        .manifest(4, &[(1, 50, other_head(50)), (2, 3, head(2, 3))], &[], "heads e1@50 e2@3")
        .heads("push e1 from 11 max 32k")
        .gap(0, head(1, 0), "heads e1@0")
        .heads("alarm central_went_back | push e1 from 0 max 32k")
        .quarantine(
            QuarantineReason::Fork,
            "keep e1 12 fork | keep manifest 4 - | forked: sent 12 acknowledged 12 quarantined 12 held 0",
        );
}

#[test]
fn a_rolled_back_manifest_is_refused_named_and_looked_into() {
    Conversation::begin(&[ledger(1, 12, 12)], Some((3, "\"3\"")))
        .start("manifest? \"3\"")
        .manifest(2, &[(1, 5, head(1, 5))], &[], "alarm manifest_rolled_back | push e1 from 11 max 32k")
        .accept("rollback: sent 0 acknowledged 0 quarantined 0 held 0");
    Conversation::begin(&[ledger(1, 12, 12)], Some((3, "\"3\"")))
        .start("manifest? \"3\"")
        .manifest(2, &[(1, 5, head(1, 5))], &[], "alarm manifest_rolled_back | push e1 from 11 max 32k")
        .gap(5, head(1, 5), "heads e1@5")
        .heads("alarm central_went_back | push e1 from 5 max 32k")
        .accept("keep e1 12 | rollback: sent 7 acknowledged 7 quarantined 0 held 0");
    // The same number again is no rollback.
    Conversation::begin(&[ledger(1, 12, 12)], Some((3, "\"3\"")))
        .start("manifest? \"3\"")
        .manifest(3, &[(1, 12, head(1, 12))], &[], "heads e1@12")
        .heads(&format!("keep manifest 3 \"3\" | {NOTHING}"));
}

#[test]
fn parts_come_before_the_manifest_that_names_them() {
    Conversation::begin(&[ledger(1, 1, 1)], None)
        .start("manifest? -")
        .manifest(1, &[(1, 1, head(1, 1))], &[b"uno", b"cuatro"], "heads e1@1")
        .heads("part? 3")
        .tell(Event::PartHeld, "part? 6")
        .tell(Event::PartAnswered(b"cuatra".to_vec()), "wait")
        .tell(Event::WaitOver, "part? 6")
        .tell(
            Event::PartAnswered(b"cuatro".to_vec()),
            "keep part of 6 | keep manifest 1 \"1\" | done: sent 0 acknowledged 0 quarantined 0 held 0",
        );
}

#[test]
fn a_part_is_fetched_up_to_its_limit() {
    let limits = Limits { part_bytes_max: 6, ..Limits::default() };
    for (part, expected) in [
        (b"cinco".as_slice(), "part? 5"),
        (b"cuatro", "part? 6"),
        (b"catorce", "contradiction: sent 0 acknowledged 0 quarantined 0 held 0"),
    ] {
        Conversation::limited(&[ledger(1, 1, 1)], None, limits)
            .start("manifest? -")
            .manifest(1, &[(1, 1, head(1, 1))], &[part], "heads e1@1")
            .heads(expected);
    }
}
