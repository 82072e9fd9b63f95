//! Checkpoints and manifests only go forward: a newly decided answer on the main branch never names fewer entries
//! than the one before it, watermarks do not fall and numbers grow, until the office is restored.

use std::collections::BTreeMap;

use wire::push::{Outcome, QuarantineReason};
use wire::{DeviceId, Epoch, Hash};

use super::Check;
use crate::facts::Fact;

#[derive(Default)]
pub(super) struct Monotone {
    checkpoints: BTreeMap<(DeviceId, Epoch), u64>,
    manifests: BTreeMap<DeviceId, Given>,
}

/// The last manifest that a stand was given.
#[derive(Default)]
struct Given {
    number: u64,
    /// Ledger, count and head of each watermark; forgotten when the office is restored.
    marks: Vec<(Epoch, u64, Hash)>,
}

impl Given {
    fn longest(&self, epoch: Epoch) -> u64 {
        self.marks.iter().filter(|mark| mark.0 == epoch).map(|mark| mark.1).max().unwrap_or(0)
    }
}

impl Check for Monotone {
    fn property(&self) -> &'static str {
        "checkpoints go forward"
    }

    fn tell(&mut self, fact: &Fact) -> Option<String> {
        match fact {
            Fact::OfficeRestored { .. } => {
                self.checkpoints.clear();
                // Numbers go on growing even then; what was vouched for may be less.
                self.manifests.values_mut().for_each(|given| given.marks.clear());
            }
            Fact::Answered { answer, fresh: true, .. }
                if answer.outcome != Outcome::Gap && answer.reason != Some(QuarantineReason::Fork) =>
            {
                let last = self.checkpoints.entry((answer.device, answer.epoch)).or_default();
                if answer.count < *last {
                    return Some(format!("checkpoint at {} after one at {last}", answer.count));
                }
                *last = answer.count;
            }
            Fact::ManifestGiven(manifest) => {
                let marks = manifest.watermarks.iter().map(|m| (m.epoch, m.stored, m.stored_head)).collect();
                let now = Given { number: manifest.number, marks };
                let last = self.manifests.remove(&manifest.device).unwrap_or_default();
                let fell = last.marks.iter().any(|mark| now.longest(mark.0) < mark.1);
                let stale = now.number <= last.number && now.marks != last.marks && !last.marks.is_empty();
                let was = last.number;
                self.manifests.insert(manifest.device, now);
                if fell || stale {
                    return Some(format!("manifest {} after {was}: watermarks fell", manifest.number));
                }
            }
            _ => {}
        }
        None
    }
}
