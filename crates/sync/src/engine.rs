//! Decides what a sync does next from what has happened so far: events in, actions out.
//!
//! No input or output, no clock, no randomness of its own: the same snapshot, seed and events give the same
//! actions. Every list of actions ends with the one that asks for the next event (or with `Finished`), and holds
//! no other that asks. The actions before it are to be carried out, durably, in their order.
//!
//! The order of a sync: what is pending, oldest ledger first; then one conditional request for the manifest; then
//! what its watermarks bring up; then its parts; at last the manifest itself. What a stand holds for a citizen
//! goes before what it would like to know.
//!
//! One ledger that cannot go on (unreadable, refused) never keeps the others from going on.

mod action;
mod backoff;
mod event;
mod judge;
mod limits;
mod manifests;
mod pace;
mod pushes;
mod track;
mod watermarks;

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests;

use wire::Epoch;
use wire::body::OpeningReason;
use wire::manifest::Manifest;
use wire::push::{Checkpoint, PushError, QuarantineReason};
use wire::sign1::Sign1Error;

pub use action::Action;
pub use event::{Event, Sent};
pub use limits::Limits;

pub(crate) use backoff::Backoff;
use judge::Own;
pub(crate) use pace::Pace;
use track::Track;

use crate::{Alarm, Fault, HeldManifest, Identity, Outcome, Progress, Snapshot, Totals};

/// One sync of one stand.
#[derive(Debug, Clone)]
pub struct Engine {
    identity: Identity,
    limits: Limits,
    pace: Pace,
    backoff: Backoff,
    /// Oldest first; captures go to the last.
    ledgers: Vec<Track>,
    held_manifest: Option<HeldManifest>,
    stage: Stage,
    asked: Asked,
    totals: Totals,
    bytes_done: u64,
    /// Whether anybody answered yet: before that, no network is no network.
    contacted: bool,
    epoch_begun: bool,
    /// Whether anything was acknowledged or alarmed since the manifest was asked for.
    moved_since_manifest: bool,
    apart: Option<QuarantineReason>,
    /// The first thing that could not be done and did not end the sync.
    shortfall: Option<Fault>,
}

/// How far the manifest is.
#[derive(Debug, Clone)]
enum Stage {
    Unasked,
    Offered { offer: Offer, part: usize },
    Over,
}

/// A manifest that came and is not stored yet.
#[derive(Debug, Clone)]
struct Offer {
    manifest: Box<Manifest>,
    bytes: Vec<u8>,
    etag: Option<String>,
}

/// Which event the engine waits for.
#[derive(Debug, Clone)]
enum Asked {
    Start,
    Push(Epoch),
    HeadOfAnswer { answer: Checkpoint, bytes: Vec<u8>, sent: Sent },
    HeadsOfWatermarks(Vec<(Epoch, u64)>),
    Manifest,
    Part,
    Epoch,
    Wait,
    Nothing,
}

impl Engine {
    /// A sync from this state. The seed spreads the delays of a fleet.
    pub fn new(snapshot: Snapshot, limits: Limits, seed: u64) -> Self {
        Self {
            identity: snapshot.identity,
            limits,
            pace: Pace::new(limits),
            backoff: Backoff::new(limits, seed),
            ledgers: snapshot.ledgers.into_iter().map(Track::new).collect(),
            held_manifest: snapshot.manifest,
            stage: Stage::Unasked,
            asked: Asked::Start,
            totals: Totals::default(),
            bytes_done: 0,
            contacted: false,
            epoch_begun: false,
            moved_since_manifest: false,
            apart: None,
            shortfall: None,
        }
    }

    /// What to do after this event. An event that nobody asked for changes nothing and yields nothing.
    pub fn on(&mut self, event: Event) -> Vec<Action> {
        let mut out = Vec::new();
        match (std::mem::replace(&mut self.asked, Asked::Nothing), event) {
            (Asked::Nothing, _) => {}
            (_, Event::Cancelled) => self.finish(Outcome::Cancelled, &mut out),
            (Asked::Start, Event::Started) | (Asked::Wait, Event::WaitOver) => self.advance(&mut out),
            (Asked::Push(epoch), Event::PushAnswered { sent, answer, elapsed_ms }) => {
                self.push_answered(epoch, sent, answer, elapsed_ms, &mut out);
            }
            (Asked::Push(epoch), Event::BodyReleased) => self.body_released(epoch, &mut out),
            (Asked::Push(epoch), Event::LedgerUnreadable) => self.unreadable(epoch, &mut out),
            (Asked::HeadOfAnswer { answer, bytes, sent }, Event::Heads(heads)) => {
                let own = heads.first().copied().flatten();
                self.judge_answer(answer, bytes, sent, Own::Head(own), &mut out);
            }
            (Asked::HeadsOfWatermarks(asked), Event::Heads(heads)) => {
                self.judge_watermarks(&asked, &heads, &mut out);
            }
            (Asked::Manifest, Event::ManifestAnswered { answer, etag }) => {
                self.manifest_answered(answer, etag, &mut out);
            }
            (Asked::Manifest, Event::NotModified) => {
                self.heard();
                self.stage = Stage::Over;
                self.advance(&mut out);
            }
            (Asked::Part, Event::PartHeld) => self.next_part(&mut out),
            (Asked::Part, Event::PartAnswered(bytes)) => self.part_answered(bytes, &mut out),
            (Asked::Epoch, Event::EpochBegun(ledgers)) => self.epoch_begun(&ledgers, &mut out),
            (asked @ (Asked::Push(_) | Asked::Manifest | Asked::Part), Event::Failed(fault)) => {
                self.failed(&asked, fault, &mut out);
            }
            (asked, _) => self.asked = asked,
        }
        out
    }

    /// Chooses what comes next.
    fn advance(&mut self, out: &mut Vec<Action>) {
        let current = self.ledgers.last().filter(|track| track.ends && !self.epoch_begun);
        if let Some(previous) = current.map(|track| track.state.epoch) {
            self.asked = Asked::Epoch;
            out.push(Action::BeginEpoch { reason: OpeningReason::Forked, previous });
        } else if let Some(track) = self.ledgers.iter().find(|track| track.has_something_to_push()) {
            let (epoch, from) = (track.state.epoch, track.cursor);
            self.asked = Asked::Push(epoch);
            out.push(Action::Push { epoch, from, bytes_max: self.pace.bytes() });
        } else {
            self.advance_manifest(out);
        }
    }

    fn finish_well(&mut self, out: &mut Vec<Action>) {
        let blocked = self.ledgers.iter().find_map(|track| track.blocked.clone());
        let outcome = match (blocked.or_else(|| self.shortfall.take()), self.apart) {
            (Some(fault), _) => Outcome::Failed(fault),
            (None, Some(reason)) => Outcome::Apart(reason),
            (None, None) => Outcome::Done,
        };
        self.finish(outcome, out);
    }

    fn finish(&mut self, outcome: Outcome, out: &mut Vec<Action>) {
        self.totals.held = self.ledgers.iter().map(Track::held).sum();
        self.asked = Asked::Nothing;
        out.push(Action::Finished { outcome, totals: self.totals });
    }

    fn track(&mut self, epoch: Epoch) -> Option<&mut Track> {
        self.ledgers.iter_mut().find(|track| track.state.epoch == epoch)
    }

    fn heard(&mut self) {
        self.contacted = true;
        self.backoff.reset();
    }

    fn alarm(&mut self, alarm: Alarm, out: &mut Vec<Action>) {
        self.moved_since_manifest = true;
        out.push(Action::Alarm(alarm));
    }

    /// Leaves a ledger alone for the rest of this sync; the others go on.
    fn block(&mut self, epoch: Epoch, fault: Fault) {
        if let Some(track) = self.track(epoch) {
            track.blocked = Some(fault);
        }
    }

    fn failed(&mut self, asked: &Asked, fault: Fault, out: &mut Vec<Action>) {
        match (asked, &fault) {
            // Too large for somebody on the way: smaller may pass.
            (Asked::Push(_), Fault::Refused { status: 413, .. }) if self.pace.shrink() => {
                return self.advance(out);
            }
            (Asked::Push(epoch), Fault::Refused { .. }) => {
                self.block(*epoch, fault);
                return self.advance(out);
            }
            // Nobody refused it: the rest waits for another stick or the network, and the manifest still counts.
            (Asked::Push(epoch), Fault::Unanswered) => {
                if let Some(track) = self.track(*epoch) {
                    track.cursor = track.state.count;
                }
                self.shortfall.get_or_insert(fault);
                return self.advance(out);
            }
            (Asked::Push(_), Fault::CutInTheMiddle) => {
                self.pace.shrink();
            }
            _ => {}
        }
        let wish_ms = match fault {
            Fault::ServerBusy { retry_after_s } => retry_after_s.map(|s| s.saturating_mul(1_000)),
            _ => None,
        };
        let hopeless = !fault.is_momentary() || (fault == Fault::NoNetwork && !self.contacted);
        self.contacted |= fault != Fault::NoNetwork;
        match (!hopeless).then(|| self.backoff.next(wish_ms)).flatten() {
            Some(ms) => {
                self.asked = Asked::Wait;
                out.push(Action::Progress(Progress { waiting_ms: Some(ms), ..self.progress() }));
                out.push(Action::Wait { ms });
            }
            None => self.finish(Outcome::Failed(fault), out),
        }
    }

    fn progress(&self) -> Progress {
        let left: u64 = self.ledgers.iter().filter(|t| t.blocked.is_none()).map(Track::held).sum();
        let pending: u64 = self.ledgers.iter().map(|track| track.state.pending_bytes).sum();
        let pending = if left == 0 { 0 } else { pending };
        let rate = self.pace.bytes_per_s();
        Progress {
            records_done: self.totals.acknowledged,
            records_total: self.totals.acknowledged.saturating_add(left),
            bytes_done: self.bytes_done,
            bytes_total: self.bytes_done.saturating_add(pending),
            bytes_per_s: rate,
            left_ms: rate.and_then(|rate| pending.saturating_mul(1_000).checked_div(rate)),
            waiting_ms: None,
            attachments_left: 0,
        }
    }
}

/// What an unreadable answer is: a page of somebody else, or a signature of somebody else.
pub(crate) fn not_an_answer(error: &PushError) -> Fault {
    match error {
        PushError::Signature(Sign1Error::Malformed) => Fault::CaptivePortal,
        PushError::Signature(Sign1Error::BadSignature) => Fault::NotOurOffice,
        PushError::Malformed(_) | PushError::Version(_) | PushError::Chain => Fault::Contradiction,
    }
}
