//! In which order pushes from files are offered to a central office, whoever offers them: the office itself, from a
//! stick, or another stand, over its network.
//!
//! Any push may come late, twice or overlapping, so the order is a matter of rounds and not of right or wrong: what
//! was answered with a gap is offered again after the others, until a round stores nothing more.

use std::collections::VecDeque;

use wire::{DeviceId, Epoch};

use crate::PushHead;

/// What the office did with a push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It holds it, now or since before.
    Held,
    /// It lacks what comes before.
    Gap,
    /// It did not take it, and will not.
    Refused,
}

/// Entries that lie in no file that was offered and that the office does not hold either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// The stand.
    pub device: DeviceId,
    /// Its ledger.
    pub epoch: Epoch,
    /// What is there begins after so many entries.
    pub before: u64,
}

/// Pushes on their way.
#[derive(Debug, Clone)]
pub struct Offering {
    waiting: VecDeque<PushHead>,
    gaps: Vec<PushHead>,
    moved: bool,
}

impl Offering {
    /// Each ledger's pushes from its beginning on, one ledger after the other; the longest first where several begin
    /// at one place.
    pub fn new(mut pushes: Vec<PushHead>) -> Self {
        pushes.sort_by(|a, b| {
            let place = |push: &PushHead| (push.device, push.epoch, push.from);
            place(a).cmp(&place(b)).then(b.count.cmp(&a.count)).then(a.path.cmp(&b.path))
        });
        Self { waiting: pushes.into(), gaps: Vec::new(), moved: false }
    }

    /// The next push to be offered; its answer goes to [`Offering::answered`].
    pub fn take_next(&mut self) -> Option<PushHead> {
        if self.waiting.is_empty() && std::mem::take(&mut self.moved) {
            self.waiting = std::mem::take(&mut self.gaps).into();
        }
        self.waiting.pop_front()
    }

    /// What became of a push.
    pub fn answered(&mut self, push: PushHead, taken: Taken) {
        match taken {
            Taken::Held => self.moved = true,
            Taken::Gap => self.gaps.push(push),
            Taken::Refused => {}
        }
    }

    /// The pushes that found no place, once there is nothing more to be offered.
    pub fn left(&self) -> &[PushHead] {
        &self.gaps
    }

    /// What they lack, once for each ledger.
    pub fn missing(&self) -> Vec<Missing> {
        let place = |push: &PushHead| Missing { device: push.device, epoch: push.epoch, before: push.from };
        let mut missing: Vec<Missing> = self.gaps.iter().map(place).collect();
        missing.sort();
        missing.dedup_by_key(|missing| (missing.device, missing.epoch));
        missing
    }
}
