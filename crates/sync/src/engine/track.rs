//! One ledger during one sync: what is known of it, and where to push from next.

use wire::push::Checkpoint;

use super::pace::as_u64;
use super::{Limits, Sent};
use crate::{Fault, LedgerState};

#[derive(Debug, Clone)]
pub(super) struct Track {
    pub(super) state: LedgerState,
    /// Entries before the next push.
    pub(super) cursor: u64,
    /// Whether another epoch has to follow this one.
    pub(super) ends: bool,
    /// Why it is left alone for the rest of this sync.
    pub(super) blocked: Option<Fault>,
    /// Entries sent and answered so far, counted once.
    sent_to: u64,
    gaps: u32,
}

impl Track {
    pub(super) fn new(state: LedgerState) -> Self {
        let cursor = state.acknowledged;
        Self { state, cursor, ends: state.forked, blocked: None, sent_to: cursor, gaps: 0 }
    }

    /// The stand's newer word on the same ledger.
    pub(super) fn refresh(&mut self, state: &LedgerState) {
        self.state.count = state.count.max(self.state.count);
        self.state.head = state.head;
    }

    pub(super) fn has_something_to_push(&self) -> bool {
        self.blocked.is_none() && self.cursor < self.state.count
    }

    /// Entries that central has not signed for.
    pub(super) fn held(&self) -> u64 {
        self.state.count.saturating_sub(self.state.acknowledged)
    }

    /// A push was answered. Returns how many of its entries were sent for the first time in this sync.
    pub(super) fn answered(&mut self, sent: &Sent) -> u64 {
        self.state.count = self.state.count.max(sent.count);
        self.state.pending_bytes = self.state.pending_bytes.saturating_sub(as_u64(sent.len));
        let new = sent.count.saturating_sub(self.sent_to.max(sent.from));
        self.sent_to = self.sent_to.max(sent.count);
        new
    }

    /// Central holds everything up to `count`. Returns how many entries are newly signed for, or none when the
    /// stand has nothing new to keep.
    pub(super) fn hold(&mut self, count: u64, answer: &Checkpoint, forked: bool) -> Option<u64> {
        self.cursor = count;
        let news = count > self.state.acknowledged || (forked && !self.state.forked);
        let new = count.saturating_sub(self.state.acknowledged);
        self.state.acknowledged = self.state.acknowledged.max(count);
        self.state.forked |= forked && answer.reason.is_some();
        self.ends |= forked;
        news.then_some(new)
    }

    /// Another gap was answered. Says whether that can still be true.
    pub(super) fn gap(&mut self, limits: &Limits) -> bool {
        self.gaps = self.gaps.saturating_add(1);
        self.gaps <= limits.gaps_max
    }

    /// Central holds `now` entries: everything after them that is still here has to be sent again.
    pub(super) fn go_back(&mut self, now: u64) {
        self.cursor = now.max(self.state.released);
        self.sent_to = self.sent_to.min(self.cursor);
        self.state.acknowledged = self.state.acknowledged.min(now);
    }

    /// Pushes the last entry again to learn what central holds. Nothing to do where nothing can be pushed.
    pub(super) fn probe(&mut self) {
        let last = self.state.count.saturating_sub(1);
        if self.cursor == self.state.count && self.state.released <= last && self.state.count > 0 {
            self.cursor = last;
        }
    }
}
