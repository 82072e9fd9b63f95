//! What becomes of an answered push: acknowledged, told to go on from elsewhere, or found to be one of two chains.

use wire::Epoch;
use wire::push::{Checkpoint, Outcome as Answer, PushError};

use super::judge::{self, Own, Trouble, Verdict};
use super::pace::as_u64;
use super::track::Track;
use super::{Action, Asked, Engine, Sent, not_an_answer};
use crate::{Alarm, Fault, LedgerState, Outcome};

impl Engine {
    pub(super) fn push_answered(
        &mut self,
        epoch: Epoch,
        sent: Sent,
        bytes: Vec<u8>,
        elapsed_ms: u64,
        out: &mut Vec<Action>,
    ) {
        let signer = self.identity.checkpoint_keys.signer_of(&bytes).map_err(PushError::Signature);
        let answer = match signer.and_then(|key| Checkpoint::open(&bytes, key)) {
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

    pub(super) fn judge_answer(
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

    pub(super) fn held(
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
    pub(super) fn common(&mut self, epoch: Epoch, count: u64, out: &mut Vec<Action>) {
        let Some(track) = self.track(epoch) else { return };
        track.cursor = count;
        if !std::mem::replace(&mut track.ends, true) {
            self.alarm(Alarm::Forked { epoch }, out);
        }
    }

    /// Central holds more of our epoch than we do. Only the current ledger can still collide with it.
    pub(super) fn overtaken(&mut self, epoch: Epoch, count: u64, central: u64, out: &mut Vec<Action>) {
        let current = self.ledgers.last().is_some_and(|track| track.state.epoch == epoch);
        if let Some(track) = self.track(epoch).filter(|track| current && !track.ends) {
            track.ends = true;
            self.alarm(Alarm::Overtaken { epoch, count, central }, out);
        }
    }

    /// Central holds our chain, but only up to `now`; where it is not sure of us, it says 0.
    pub(super) fn go_back(&mut self, epoch: Epoch, now: u64, out: &mut Vec<Action>) {
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
    pub(super) fn retreat(&mut self, epoch: Epoch, sent: &Sent, out: &mut Vec<Action>) {
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
    pub(super) fn bodies_gone(&mut self, epoch: Epoch, central: u64, released: u64, out: &mut Vec<Action>) {
        self.alarm(Alarm::BodiesGone { epoch, central, released }, out);
        self.block(epoch, Fault::BodiesGone { epoch });
        if let Some(track) = self.track(epoch) {
            track.ends = true;
        }
    }

    pub(super) fn body_released(&mut self, epoch: Epoch, out: &mut Vec<Action>) {
        let (from, released) = self.track(epoch).map_or((0, 0), |track| (track.cursor, track.state.released));
        self.bodies_gone(epoch, from, released.max(from.saturating_add(1)), out);
        self.advance(out);
    }

    pub(super) fn unreadable(&mut self, epoch: Epoch, out: &mut Vec<Action>) {
        let from = self.track(epoch).map_or(0, |track| track.cursor);
        self.block(epoch, Fault::Unreadable { epoch });
        self.alarm(Alarm::Unreadable { epoch, from }, out);
        self.advance(out);
    }

    pub(super) fn epoch_begun(&mut self, ledgers: &[LedgerState], out: &mut Vec<Action>) {
        self.epoch_begun = true;
        for state in ledgers {
            match self.track(state.epoch) {
                Some(track) => track.refresh(state),
                None => self.ledgers.push(Track::new(*state)),
            }
        }
        self.advance(out);
    }
}
