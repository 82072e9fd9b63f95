//! Promise 6: different bytes at a known position are kept apart, never overwritten and never dropped. One of
//! them is on the main branch, every other is quarantined as a fork.

use std::collections::BTreeSet;

use wire::push::{Outcome, QuarantineReason};

use super::Check;
use crate::facts::{End, Fact, is_main};

#[derive(Default)]
pub(super) struct KeptApart {
    /// Ends of chains that the office said to keep apart.
    forked: Vec<(wire::DeviceId, wire::Epoch, u64, wire::Hash)>,
}

impl Check for KeptApart {
    fn property(&self) -> &'static str {
        "different bytes kept apart"
    }

    fn tell(&mut self, fact: &Fact) -> Option<String> {
        match fact {
            Fact::Answered { answer, .. }
                if answer.outcome == Outcome::Quarantined
                    && answer.reason == Some(QuarantineReason::Fork) =>
            {
                self.forked.push((answer.device, answer.epoch, answer.count, answer.head));
            }
            Fact::OfficeRestored { after, .. } => self.forked.retain(|end| after.chains.contains(end)),
            _ => {}
        }
        None
    }

    fn at_end(&mut self, end: &End) -> Vec<String> {
        let dropped = self.forked.iter().filter(|fork| !end.office.chains.contains(fork));
        let mut wrong: Vec<String> =
            dropped.map(|fork| format!("a fork up to {} was dropped", fork.2)).collect();
        let mut mains = BTreeSet::new();
        for (id, entry) in &end.office.entries {
            let at = (id.device, id.epoch, id.seq);
            if is_main(id.branch) && !mains.insert(at) {
                wrong.push(format!("two entries {} on one main branch", id.seq));
            }
            if !is_main(id.branch) && entry.quarantine != Some(QuarantineReason::Fork) {
                wrong.push(format!("entry {} of a side branch is {:?}", id.seq, entry.quarantine));
            }
        }
        wrong
    }
}
