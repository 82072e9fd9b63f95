//! The engine's table: what happens, line by line, and what it answers, as a person would read it.

use ed25519_dalek::SigningKey;
use wire::manifest::{Manifest, Part, PartKind, Watermark};
use wire::push::{Checkpoint, Outcome as Answer, Push, QuarantineReason};
use wire::{DeviceId, Epoch, Hash, KeyId, OfficeId};

use super::{Action, Engine, Event, Limits, Sent};
use crate::{Fault, HeldManifest, Identity, LedgerState, Snapshot};

const OFFICE: OfficeId = OfficeId([7; 16]);
const DEVICE: DeviceId = DeviceId([8; 16]);
/// Sealed bytes of each entry; a push of them is as long as its bodies.
const ENTRY_BYTES: u64 = 1_024;

fn checkpoint_key() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

fn content_key() -> SigningKey {
    SigningKey::from_bytes(&[2; 32])
}

fn epoch(n: u8) -> Epoch {
    Epoch([n; 8])
}

/// The stand's chain of an epoch.
fn head(epoch: u8, count: u64) -> Hash {
    Hash::of(&[&[epoch][..], &count.to_be_bytes()].concat())
}

/// Somebody else's chain.
fn other_head(count: u64) -> Hash {
    head(99, count)
}

fn ledger(n: u8, count: u64, acknowledged: u64) -> LedgerState {
    let pending = (count - acknowledged) * ENTRY_BYTES;
    LedgerState {
        epoch: epoch(n),
        count,
        head: head(n, count),
        acknowledged,
        released: 0,
        pending_bytes: pending,
        forked: false,
    }
}

/// One conversation: tells the engine what happened and compares what it wants.
struct Conversation {
    engine: Engine,
    ledgers: Vec<LedgerState>,
    asked: Option<Action>,
    last: Vec<Action>,
}

impl Conversation {
    fn begin(ledgers: &[LedgerState], manifest: Option<(u64, &str)>) -> Self {
        Self::limited(ledgers, manifest, Limits::default())
    }

    fn limited(ledgers: &[LedgerState], manifest: Option<(u64, &str)>, limits: Limits) -> Self {
        let snapshot = Snapshot {
            identity: Identity {
                office: OFFICE,
                device: DEVICE,
                kid: KeyId([9; 8]),
                checkpoint_key: checkpoint_key().verifying_key(),
                content_key: content_key().verifying_key(),
            },
            ledgers: ledgers.to_vec(),
            manifest: manifest.map(|(number, etag)| HeldManifest { number, etag: Some(etag.to_owned()) }),
        };
        let engine = Engine::new(snapshot, limits, 1);
        Self { engine, ledgers: ledgers.to_vec(), asked: None, last: Vec::new() }
    }

    #[track_caller]
    fn tell(&mut self, event: Event, expected: &str) -> &mut Self {
        self.last = self.engine.on(event);
        self.asked = self.last.last().cloned();
        let shown: Vec<String> = self.last.iter().filter_map(show).collect();
        assert_eq!(shown.join(" | "), expected);
        let asking = self.last.iter().filter(|action| action.asks()).count();
        assert!(asking <= 1, "one question at most: {:?}", self.last);
        self
    }

    #[track_caller]
    fn start(&mut self, expected: &str) -> &mut Self {
        self.tell(Event::Started, expected)
    }

    /// What the stand would send for the push that was asked for.
    #[track_caller]
    fn sent(&self) -> (Epoch, Sent) {
        let Some(Action::Push { epoch, from, bytes_max }) = self.asked else {
            panic!("no push: {:?}", self.asked)
        };
        let count = self.ledgers.iter().find(|l| l.epoch == epoch).unwrap().count;
        let entries = (bytes_max as u64 / ENTRY_BYTES).clamp(1, count - from);
        let sent = Sent {
            from,
            count: from + entries,
            head: head(epoch.0[0], from + entries),
            len: usize::try_from(entries * ENTRY_BYTES).unwrap(),
        };
        (epoch, sent)
    }

    #[track_caller]
    fn answer(
        &mut self,
        answer: impl FnOnce(&Sent) -> (Answer, Option<QuarantineReason>, u64, Hash),
        expected: &str,
    ) -> &mut Self {
        self.answer_after(8_000, answer, expected)
    }

    #[track_caller]
    fn answer_after(
        &mut self,
        elapsed_ms: u64,
        answer: impl FnOnce(&Sent) -> (Answer, Option<QuarantineReason>, u64, Hash),
        expected: &str,
    ) -> &mut Self {
        let (epoch, sent) = self.sent();
        let (outcome, reason, count, head) = answer(&sent);
        let answer = checkpoint(OFFICE, epoch, outcome, reason, (count, head)).sign(&checkpoint_key());
        self.tell(Event::PushAnswered { sent, answer, elapsed_ms }, expected)
    }

    /// Takes what was pushed.
    #[track_caller]
    fn accept(&mut self, expected: &str) -> &mut Self {
        self.answer(|sent| (Answer::Accepted, None, sent.count, sent.head), expected)
    }

    #[track_caller]
    fn quarantine(&mut self, reason: QuarantineReason, expected: &str) -> &mut Self {
        self.answer(|sent| (Answer::Quarantined, Some(reason), sent.count, sent.head), expected)
    }

    #[track_caller]
    fn gap(&mut self, count: u64, head: Hash, expected: &str) -> &mut Self {
        self.answer(|_| (Answer::Gap, None, count, head), expected)
    }

    /// Looks up what was asked for in the stand's own chains.
    #[track_caller]
    fn heads(&mut self, expected: &str) -> &mut Self {
        let Some(Action::ReadHeads(asked)) = &self.asked else { panic!("no heads: {:?}", self.asked) };
        let heads = asked
            .iter()
            .map(|(epoch, count)| {
                let known = self.ledgers.iter().any(|l| l.epoch == *epoch && *count <= l.count);
                known.then(|| head(epoch.0[0], *count))
            })
            .collect();
        self.tell(Event::Heads(heads), expected)
    }

    #[track_caller]
    fn manifest(
        &mut self,
        number: u64,
        marks: &[(u8, u64, Hash)],
        parts: &[&[u8]],
        expected: &str,
    ) -> &mut Self {
        let answer = manifest(number, marks, parts).sign(&content_key());
        self.tell(Event::ManifestAnswered { answer, etag: Some(format!("\"{number}\"")) }, expected)
    }

    /// A new ledger after all the others, with its first entry.
    #[track_caller]
    fn begun(&mut self, n: u8, expected: &str) -> &mut Self {
        self.ledgers.push(ledger(n, 1, 0));
        self.tell(Event::EpochBegun(self.ledgers.clone()), expected)
    }

    #[track_caller]
    fn fail(&mut self, fault: Fault, expected: &str) -> &mut Self {
        self.tell(Event::Failed(fault), expected)
    }
}

fn checkpoint(
    office: OfficeId,
    epoch: Epoch,
    outcome: Answer,
    reason: Option<QuarantineReason>,
    at: (u64, Hash),
) -> Checkpoint {
    let head = at.1;
    let push = Push { office, device: DEVICE, epoch, from: 0, previous: head, entries: Vec::new(), head };
    Checkpoint::new(&push, outcome, reason, at, 1_795_000_000)
}

fn manifest(number: u64, marks: &[(u8, u64, Hash)], parts: &[&[u8]]) -> Manifest {
    let mut manifest = Manifest::new(OFFICE, DEVICE, number);
    manifest.watermarks = marks
        .iter()
        .map(|(n, stored, stored_head)| Watermark {
            epoch: epoch(*n),
            stored: *stored,
            stored_head: *stored_head,
            safe: 0,
            safe_head: head(*n, 0),
        })
        .collect();
    manifest.parts = parts
        .iter()
        .map(|bytes| Part { kind: PartKind::DIRECTORY, hash: Hash::of(bytes), len: bytes.len() as u64 })
        .collect();
    manifest
}

/// The action in a few words; progress is left out and has a test of its own.
fn show(action: &Action) -> Option<String> {
    let name = |epoch: &Epoch| format!("e{}", epoch.0[0]);
    Some(match action {
        Action::Acknowledge { count, checkpoint, .. } => {
            let why = checkpoint.reason.map_or(String::new(), |reason| format!(" {}", reason.as_str()));
            format!("keep {} {count}{why}", name(&checkpoint.epoch))
        }
        Action::StorePart { part, .. } => format!("keep part of {}", part.len),
        Action::StoreManifest { manifest, etag, .. } => {
            format!("keep manifest {} {}", manifest.number, etag.as_deref().unwrap_or("-"))
        }
        Action::Alarm(alarm) => format!("alarm {}", alarm.code()),
        Action::Progress(_) => return None,
        Action::Push { epoch, from, bytes_max } => {
            format!("push {} from {from} max {}k", name(epoch), bytes_max / 1_024)
        }
        Action::ReadHeads(asked) => {
            let asked: Vec<String> =
                asked.iter().map(|(epoch, count)| format!("{}@{count}", name(epoch))).collect();
            format!("heads {}", asked.join(" "))
        }
        Action::FetchManifest { etag, .. } => format!("manifest? {}", etag.as_deref().unwrap_or("-")),
        Action::FetchPart(part) => format!("part? {}", part.len),
        Action::BeginEpoch { previous, .. } => format!("begin after {}", name(previous)),
        Action::Wait { .. } => "wait".into(),
        Action::Finished { outcome, totals } => format!(
            "{}: sent {} acknowledged {} quarantined {} held {}",
            outcome.code(),
            totals.sent,
            totals.acknowledged,
            totals.quarantined,
            totals.held
        ),
    })
}

const NOTHING: &str = "done: sent 0 acknowledged 0 quarantined 0 held 0";

#[test]
fn with_nothing_to_do_it_is_one_conditional_request() {
    Conversation::begin(&[ledger(1, 5, 5)], Some((3, "\"3\"")))
        .start("manifest? \"3\"")
        .tell(Event::NotModified, NOTHING);
}

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
fn a_lost_answer_is_pushed_again_and_smaller() {
    Conversation::begin(&[ledger(1, 100, 0)], None)
        .start("push e1 from 0 max 32k")
        .fail(Fault::CutInTheMiddle, "wait")
        .tell(Event::WaitOver, "push e1 from 0 max 16k")
        .accept("keep e1 16 | push e1 from 16 max 16k");
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
fn revoked_and_expired_stands_are_told_and_go_on() {
    for (reason, name) in [(QuarantineReason::Revoked, "revoked"), (QuarantineReason::Expired, "expired")] {
        Conversation::begin(&[ledger(1, 5, 0)], None)
            .start("push e1 from 0 max 32k")
            .quarantine(reason, &format!("keep e1 5 {name} | manifest? -"))
            .tell(Event::NotModified, &format!("{name}: sent 5 acknowledged 5 quarantined 5 held 0"));
    }
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
    let foreign = Manifest::new(other, DEVICE, 1).sign(&content_key());
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
    };
    assert_eq!(progress, Some(expected));
}
