//! The engine's table: what happens, line by line, and what it answers, as a person would read it.

mod faults;
mod manifests;
mod pushes;

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
                checkpoint_keys: checkpoint_key().verifying_key().into(),
                content_keys: content_key().verifying_key().into(),
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
    let mut manifest = Manifest::new(OFFICE, DEVICE, number, number);
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
