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
mod pace;
mod track;
mod watermarks;

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests;

use wire::body::OpeningReason;
use wire::manifest::{Manifest, Watermark};
use wire::push::{Checkpoint, Outcome as Answer, PushError, QuarantineReason};
use wire::sign1::Sign1Error;
use wire::{Epoch, Hash};

pub use action::Action;
pub use event::{Event, Sent};
pub use limits::Limits;

use backoff::Backoff;
use judge::{Own, Trouble, Verdict};
use pace::{Pace, as_u64};
use track::Track;
use watermarks::Finding;

use crate::{Alarm, Fault, HeldManifest, Identity, LedgerState, Outcome, Progress, Snapshot, Totals};

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

    fn advance_manifest(&mut self, out: &mut Vec<Action>) {
        match &self.stage {
            Stage::Unasked => {
                // With an acknowledgement since the stored one, "not modified" would be a lie of its own.
                let held = self.held_manifest.as_ref();
                let etag = held.filter(|_| !self.moved_since_manifest).and_then(|held| held.etag.clone());
                let number = held.map(|held| held.number);
                self.moved_since_manifest = false;
                self.asked = Asked::Manifest;
                out.push(Action::FetchManifest { etag, number });
            }
            Stage::Offered { offer, part } => match offer.manifest.parts.get(*part) {
                Some(part) if part.len > self.limits.part_bytes_max => {
                    // No disk of a stand is the place for it, whoever signed it. The manifest in force stays.
                    self.stage = Stage::Over;
                    self.shortfall = Some(Fault::Contradiction);
                    self.finish_well(out);
                }
                Some(part) => {
                    self.asked = Asked::Part;
                    out.push(Action::FetchPart(*part));
                }
                None => self.store_manifest(out),
            },
            Stage::Over => self.finish_well(out),
        }
    }

    fn store_manifest(&mut self, out: &mut Vec<Action>) {
        if let Stage::Offered { offer, .. } = std::mem::replace(&mut self.stage, Stage::Over) {
            let Offer { manifest, bytes, etag } = offer;
            let etag = etag.filter(|_| !self.moved_since_manifest);
            out.push(Action::StoreManifest { manifest, bytes, etag });
        }
        self.finish_well(out);
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

    fn push_answered(
        &mut self,
        epoch: Epoch,
        sent: Sent,
        bytes: Vec<u8>,
        elapsed_ms: u64,
        out: &mut Vec<Action>,
    ) {
        let answer = match Checkpoint::open(&bytes, &self.identity.checkpoint_key) {
            Ok(answer) => answer,
            Err(error) => return self.finish(Outcome::Failed(not_an_answer(&error)), out),
        };
        let ours = (self.identity.office, self.identity.device, epoch);
        if (answer.office, answer.device, answer.epoch) != ours {
            return self.finish(Outcome::Failed(Fault::NotOurOffice), out);
        }
        self.heard();
        self.pace.answered(sent.len, elapsed_ms);
        self.bytes_done = self.bytes_done.saturating_add(as_u64(sent.len));
        let new = self.track(epoch).map_or(0, |track| track.answered(&sent));
        self.totals.sent = self.totals.sent.saturating_add(new);
        self.judge_answer(answer, bytes, sent, Own::Unasked, out);
    }

    fn judge_answer(
        &mut self,
        answer: Checkpoint,
        bytes: Vec<u8>,
        sent: Sent,
        own: Own,
        out: &mut Vec<Action>,
    ) {
        let epoch = answer.epoch;
        match judge::judge(&answer, &sent, own) {
            Verdict::NeedsHead(count) => {
                self.asked = Asked::HeadOfAnswer { answer, bytes, sent };
                return out.push(Action::ReadHeads(vec![(epoch, count)]));
            }
            Verdict::Held { count, trouble } => self.held(count, trouble, &answer, bytes, out),
            Verdict::Common { count } => self.common(epoch, count, out),
            Verdict::GoOnFrom { count } => self.go_back(epoch, count, out),
            Verdict::Unknown => self.retreat(epoch, &sent, out),
            Verdict::Contradiction => self.block(epoch, Fault::Contradiction),
        }
        self.advance(out);
    }

    fn held(
        &mut self,
        count: u64,
        trouble: Option<Trouble>,
        answer: &Checkpoint,
        bytes: Vec<u8>,
        out: &mut Vec<Action>,
    ) {
        let epoch = answer.epoch;
        if answer.outcome == Answer::Quarantined {
            self.apart = self.apart.max(answer.reason);
        }
        let Some(track) = self.track(epoch) else { return };
        let (own_count, already_ends) = (track.state.count, track.ends);
        let news = track.hold(count, answer, trouble == Some(Trouble::Forked));
        // The alarm goes before the answer: were it lost to a crash between the two, nobody would raise it again.
        match trouble {
            Some(Trouble::Forked) if !already_ends => self.alarm(Alarm::Forked { epoch }, out),
            Some(Trouble::Overtaken { central }) if !already_ends => {
                self.overtaken(epoch, own_count, central, out);
            }
            _ => {}
        }
        if let Some(new) = news {
            self.moved_since_manifest = true;
            self.totals.acknowledged = self.totals.acknowledged.saturating_add(new);
            if answer.outcome == Answer::Quarantined {
                self.totals.quarantined = self.totals.quarantined.saturating_add(new);
            }
            out.push(Action::Acknowledge { count, checkpoint: *answer, bytes });
        }
        let progress = self.progress();
        out.push(Action::Progress(progress));
    }

    /// What was pushed is the beginning of another chain as well, and the other one is the main one.
    fn common(&mut self, epoch: Epoch, count: u64, out: &mut Vec<Action>) {
        let Some(track) = self.track(epoch) else { return };
        track.cursor = count;
        if !std::mem::replace(&mut track.ends, true) {
            self.alarm(Alarm::Forked { epoch }, out);
        }
    }

    /// Central holds more of our epoch than we do. Only the current ledger can still collide with it.
    fn overtaken(&mut self, epoch: Epoch, count: u64, central: u64, out: &mut Vec<Action>) {
        let current = self.ledgers.last().is_some_and(|track| track.state.epoch == epoch);
        if let Some(track) = self.track(epoch).filter(|track| current && !track.ends) {
            track.ends = true;
            self.alarm(Alarm::Overtaken { epoch, count, central }, out);
        }
    }

    /// Central holds our chain, but only up to `now`; where it is not sure of us, it says 0.
    fn go_back(&mut self, epoch: Epoch, now: u64, out: &mut Vec<Action>) {
        let limits = self.limits;
        let Some(track) = self.track(epoch) else { return };
        let LedgerState { acknowledged: signed, released, .. } = track.state;
        if !track.gap(&limits) {
            return self.block(epoch, Fault::Contradiction);
        }
        // What was released can't be sent again, but central may well know where it ends.
        let hopeless = now < released && track.cursor <= released;
        track.go_back(now);
        if now < signed {
            self.alarm(Alarm::CentralWentBack { epoch, signed, now }, out);
        }
        if hopeless {
            self.bodies_gone(epoch, now, released, out);
        }
    }

    /// Central does not know our chain where we pushed from: the fork lies before. It is pushed from the
    /// beginning, where both chains meet, so that central keeps all of it, apart.
    fn retreat(&mut self, epoch: Epoch, sent: &Sent, out: &mut Vec<Action>) {
        let Some(track) = self.track(epoch) else { return };
        let (first, newly) = (track.state.released, !track.ends);
        track.ends = true;
        if sent.from <= first {
            // From the beginning there is always common ground; only released bodies hide it.
            return match first {
                0 => self.block(epoch, Fault::Contradiction),
                _ => self.bodies_gone(epoch, 0, first, out),
            };
        }
        if newly {
            self.alarm(Alarm::Forked { epoch }, out);
        }
        self.go_back(epoch, first, out);
    }

    /// The rest of this ledger can no longer be linked to what central has. What is captured from now on can.
    fn bodies_gone(&mut self, epoch: Epoch, central: u64, released: u64, out: &mut Vec<Action>) {
        self.alarm(Alarm::BodiesGone { epoch, central, released }, out);
        self.block(epoch, Fault::BodiesGone { epoch });
        if let Some(track) = self.track(epoch) {
            track.ends = true;
        }
    }

    fn body_released(&mut self, epoch: Epoch, out: &mut Vec<Action>) {
        let (from, released) = self.track(epoch).map_or((0, 0), |track| (track.cursor, track.state.released));
        self.bodies_gone(epoch, from, released.max(from.saturating_add(1)), out);
        self.advance(out);
    }

    fn unreadable(&mut self, epoch: Epoch, out: &mut Vec<Action>) {
        let from = self.track(epoch).map_or(0, |track| track.cursor);
        self.block(epoch, Fault::Unreadable { epoch });
        self.alarm(Alarm::Unreadable { epoch, from }, out);
        self.advance(out);
    }

    fn epoch_begun(&mut self, ledgers: &[LedgerState], out: &mut Vec<Action>) {
        self.epoch_begun = true;
        for state in ledgers {
            match self.track(state.epoch) {
                Some(track) => track.refresh(state),
                None => self.ledgers.push(Track::new(*state)),
            }
        }
        self.advance(out);
    }

    fn manifest_answered(&mut self, bytes: Vec<u8>, etag: Option<String>, out: &mut Vec<Action>) {
        let manifest = match Manifest::open(&bytes, &self.identity.content_key) {
            Ok(manifest) => manifest,
            Err(error) => return self.finish(Outcome::Failed(not_an_answer(&error)), out),
        };
        if (manifest.office, manifest.device) != (self.identity.office, self.identity.device) {
            return self.finish(Outcome::Failed(Fault::NotOurOffice), out);
        }
        self.heard();
        let offered = manifest.number;
        match self.held_manifest.as_ref().map(|held| held.number) {
            Some(held) if offered < held => return self.rolled_back(held, offered, out),
            _ => {}
        }
        if manifest.revoked_unix_s.is_some() {
            self.apart = self.apart.max(Some(QuarantineReason::Revoked));
        }
        let asked = self.comparable(&manifest.watermarks);
        self.stage = Stage::Offered { offer: Offer { manifest: Box::new(manifest), bytes, etag }, part: 0 };
        self.asked = Asked::HeadsOfWatermarks(asked.clone());
        out.push(Action::ReadHeads(asked));
    }

    /// Somebody replays an old manifest, or central was restored. Nothing in it counts; the signed answer to a
    /// push of what is known already tells the two apart.
    fn rolled_back(&mut self, held: u64, offered: u64, out: &mut Vec<Action>) {
        self.stage = Stage::Over;
        self.shortfall = Some(Fault::RollbackManifest { held, offered });
        self.alarm(Alarm::ManifestRolledBack { held, offered }, out);
        self.ledgers.iter_mut().for_each(Track::probe);
        self.advance(out);
    }

    /// The positions of watermarks of ledgers that are here.
    fn comparable(&self, watermarks: &[Watermark]) -> Vec<(Epoch, u64)> {
        let here = |mark: &&Watermark| self.ledgers.iter().any(|track| track.state.epoch == mark.epoch);
        watermarks.iter().filter(here).map(|mark| (mark.epoch, mark.stored)).collect()
    }

    fn judge_watermarks(&mut self, asked: &[(Epoch, u64)], heads: &[Option<Hash>], out: &mut Vec<Action>) {
        let Stage::Offered { offer, .. } = &self.stage else { return };
        let own = |mark: &Watermark| {
            let mut pairs = asked.iter().zip(heads);
            pairs.find(|(at, _)| **at == (mark.epoch, mark.stored)).and_then(|(_, head)| *head)
        };
        let marks: Vec<(Watermark, Option<Hash>)> =
            offer.manifest.watermarks.iter().map(|mark| (*mark, own(mark))).collect();
        let findings: Vec<(LedgerState, Finding)> = self
            .ledgers
            .iter()
            .filter(|track| track.blocked.is_none())
            .map(|track| {
                let of_epoch: Vec<_> =
                    marks.iter().filter(|(mark, _)| mark.epoch == track.state.epoch).copied().collect();
                (track.state, watermarks::judge(&track.state, &of_epoch))
            })
            .collect();
        for (ledger, finding) in findings {
            self.found(&ledger, finding, out);
        }
        self.advance(out);
    }

    fn found(&mut self, ledger: &LedgerState, finding: Finding, out: &mut Vec<Action>) {
        let epoch = ledger.epoch;
        match finding {
            Finding::Fine => return,
            Finding::WentBack { now } => return self.go_back(epoch, now, out),
            Finding::Overtaken { central } => self.overtaken(epoch, ledger.count, central, out),
            Finding::Doubt => {}
        }
        if let Some(track) = self.track(epoch) {
            track.probe();
        }
    }

    fn part_answered(&mut self, bytes: Vec<u8>, out: &mut Vec<Action>) {
        let Stage::Offered { offer, part } = &self.stage else { return };
        let Some(part) = offer.manifest.parts.get(*part).copied() else { return };
        if Hash::of(&bytes) != part.hash || as_u64(bytes.len()) != part.len {
            return self.failed(&Asked::Part, Fault::CutInTheMiddle, out);
        }
        self.heard();
        out.push(Action::StorePart { part, bytes });
        self.next_part(out);
    }

    fn next_part(&mut self, out: &mut Vec<Action>) {
        if let Stage::Offered { part, .. } = &mut self.stage {
            *part = part.saturating_add(1);
        }
        self.advance(out);
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
        }
    }
}

/// What an unreadable answer is: a page of somebody else, or a signature of somebody else.
fn not_an_answer(error: &PushError) -> Fault {
    match error {
        PushError::Signature(Sign1Error::Malformed) => Fault::CaptivePortal,
        PushError::Signature(Sign1Error::BadSignature) => Fault::NotOurOffice,
        PushError::Malformed(_) | PushError::Version(_) | PushError::Chain => Fault::Contradiction,
    }
}
