//! Gives the engine a stick in the network's place: what the office wrote on it answers what the stand would ask.
//!
//! The same engine and the same judgement of every answer, so that there is one reconciliation and not two. What a
//! stick can't do is answer about now: its checkpoints and its manifest are as old as its last visit, it may have lain
//! in a drawer, and it may be somebody else's. So an old answer is taken only where nothing newer contradicts it.

use wire::manifest::Manifest;
use wire::push::{Checkpoint, Outcome as Answer};
use wire::{Epoch, Hash};

use super::keep;
use crate::engine::{Action, Engine, Event, Limits};
use crate::{Alarm, Fault, Log, Outcome, Sent, Totals};

/// What a stick brought for this stand. The caller compared every signature, the office and the stand.
#[derive(Debug, Clone, Default)]
pub struct Brought {
    /// The office's answers to pushes, with their signed bytes.
    pub checkpoints: Vec<(Checkpoint, Vec<u8>)>,
    /// A manifest newer than the stand's own, with its signed bytes.
    pub manifest: Option<(Manifest, Vec<u8>)>,
    /// The stand's own.
    pub in_force: Option<Manifest>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// How it ended. [`Fault::Unanswered`] is the ordinary end where the stand has recorded since.
    pub outcome: Outcome,
    /// Entries.
    pub totals: Totals,
    /// What went wrong with the reconciliation, besides the outcome.
    pub alarms: Vec<Alarm>,
    /// Whether the manifest is in force now.
    pub manifest_stored: bool,
    /// Whether it was passed over, since answers beside it are newer: the stick was full before the office came to it.
    pub manifest_stale: bool,
}

/// An answer on the stick, and the push that it fits.
struct Answered {
    sent: Sent,
    answer: Checkpoint,
    bytes: Vec<u8>,
}

/// How a manifest on a stick stands to what a stand knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// To be taken.
    Newer,
    /// The one in force.
    Known,
    /// Older than the one in force, or than an answer that the stand has had since: it can't know of that, and what it
    /// says of the stand's ledgers would look as if the office had gone back.
    Older,
}

impl Standing {
    /// Judges a manifest by the number of the one in force and by the time of the newest answer to a push.
    pub fn of(manifest: &Manifest, held: Option<u64>, answered_unix_s: Option<u64>) -> Self {
        let stale = answered_unix_s.is_some_and(|answered| manifest.issued_unix_s < answered);
        match held {
            Some(held) if manifest.number == held => Self::Known,
            Some(held) if manifest.number < held => Self::Older,
            _ if stale => Self::Older,
            _ => Self::Newer,
        }
    }
}

impl Brought {
    /// The next answer for a ledger of which central is known to hold `from` entries: the first beyond that is about
    /// our own chain and that nothing newer contradicts.
    fn answer<L: Log>(&self, log: &mut L, epoch: Epoch, from: u64) -> Result<Option<Answered>, L::Error> {
        let mut answers: Vec<_> = self
            .checkpoints
            .iter()
            .filter(|(answer, _)| {
                answer.epoch == epoch && answer.count > from && answer.outcome != Answer::Gap
            })
            .collect();
        answers.sort_by_key(|(answer, _)| (answer.count, answer.time_unix_s));
        for (answer, bytes) in answers {
            // One that goes beyond our end or speaks of another chain answers another machine: a stand whose disk was
            // restored learns that from the manifest, and not from an answer to what it never sent.
            let ours = log.head_at(epoch, answer.count)? == Some(answer.head);
            if ours && !self.is_contradicted(log, answer)? {
                let sent = Sent { from, count: answer.count, head: answer.head, len: 0 };
                return Ok(Some(Answered { sent, answer: *answer, bytes: bytes.clone() }));
            }
        }
        Ok(None)
    }

    /// Whether a manifest that is newer than an answer says that the office holds less: it was restored from a backup.
    fn is_contradicted<L: Log>(&self, log: &mut L, answer: &Checkpoint) -> Result<bool, L::Error> {
        let newest = self.manifest.as_ref().map(|(manifest, _)| manifest).or(self.in_force.as_ref());
        let Some(newest) = newest.filter(|newest| newest.issued_unix_s > answer.time_unix_s) else {
            return Ok(false);
        };
        for mark in newest.watermarks.iter().filter(|mark| mark.epoch == answer.epoch) {
            let ours: Option<Hash> = log.head_at(mark.epoch, mark.stored)?;
            if ours == Some(mark.stored_head) && mark.stored >= answer.count {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Takes what a stick brought, to the end. `part` finds published content by its hash; length and hash are compared.
pub fn read_brought<L: Log>(
    log: &mut L,
    brought: &Brought,
    mut part: impl FnMut(Hash, u64) -> Option<Vec<u8>>,
) -> Result<Read, L::Error> {
    // Nothing here waits, so that no delay has to be spread by a seed.
    let mut engine = Engine::new(log.snapshot()?, Limits::default(), 0);
    let mut alarms = Vec::new();
    let (mut manifest_stored, mut manifest_stale) = (false, false);
    // When the office gave the newest of the answers that were taken here.
    let mut taken_unix_s = 0;
    let mut event = Event::Started;
    loop {
        let mut next = None;
        for action in engine.on(event) {
            manifest_stored |= matches!(action, Action::StoreManifest { .. });
            match keep(action, log, &mut alarms)? {
                None | Some(Action::Progress(_)) => {}
                Some(Action::Finished { outcome, totals }) => {
                    return Ok(Read { outcome, totals, alarms, manifest_stored, manifest_stale });
                }
                asking => next = asking,
            }
        }
        event = match next {
            Some(Action::Push { epoch, from, .. }) => match brought.answer(log, epoch, from)? {
                Some(Answered { sent, answer, bytes }) => {
                    taken_unix_s = answer.time_unix_s.max(taken_unix_s);
                    Event::PushAnswered { sent, answer: bytes, elapsed_ms: 0 }
                }
                None => Event::Failed(Fault::Unanswered),
            },
            Some(Action::ReadHeads(wanted)) => {
                let heads = wanted.into_iter().map(|(epoch, count)| log.head_at(epoch, count));
                Event::Heads(heads.collect::<Result<_, _>>()?)
            }
            Some(Action::FetchManifest { .. }) => match &brought.manifest {
                // It can't know of what was answered after it.
                Some((manifest, _)) if manifest.issued_unix_s < taken_unix_s => {
                    manifest_stale = true;
                    Event::NotModified
                }
                // Without a tag: the next sync over a network asks unconditionally.
                Some((_, bytes)) => Event::ManifestAnswered { answer: bytes.clone(), etag: None },
                None => Event::NotModified,
            },
            Some(Action::FetchPart(wanted)) => {
                if log.has_part(wanted.hash)? {
                    Event::PartHeld
                } else {
                    let found = part(wanted.hash, wanted.len);
                    let whole = found.filter(|bytes| Hash::of(bytes) == wanted.hash);
                    whole.map_or(Event::Failed(Fault::Unanswered), Event::PartAnswered)
                }
            }
            Some(Action::BeginEpoch { reason, previous }) => {
                log.begin_epoch(reason, previous)?;
                Event::EpochBegun(log.snapshot()?.ledgers)
            }
            _ => Event::Cancelled,
        };
    }
}
