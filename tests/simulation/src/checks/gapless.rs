//! Promise 3: ledgers are append-only, gapless and linked, on every stand and at the office.

use std::collections::BTreeMap;

use wire::Epoch;

use super::Check;
use crate::facts::{End, Fact};

#[derive(Default)]
pub(super) struct Gapless {
    /// The last position that each stand gave a receipt for, or wrote without one, in each ledger.
    last: BTreeMap<(usize, Epoch), u64>,
}

/// An entry that opens an outing may stand between two receipts, and before the first the one that opens the
/// ledger.
const BETWEEN_RECEIPTS_MAX: u64 = 3;

impl Check for Gapless {
    fn property(&self) -> &'static str {
        "a gapless chain"
    }

    fn tell(&mut self, fact: &Fact) -> Option<String> {
        match fact {
            Fact::DiskReplaced { after, .. } => self.last.retain(|(stand, _), _| *stand != after.stand),
            Fact::DiskCloned { from, to } => {
                let copied: Vec<_> = self
                    .last
                    .iter()
                    .filter(|(at, _)| at.0 == *from)
                    .map(|(at, seq)| ((*to, at.1), *seq))
                    .collect();
                self.last.extend(copied);
            }
            Fact::Recorded { stand, epoch, seq } => {
                self.last.insert((*stand, *epoch), *seq);
            }
            Fact::ReceiptGiven(receipt) => {
                let last = self.last.insert((receipt.stand, receipt.epoch), receipt.seq);
                let step = receipt.seq.saturating_sub(last.unwrap_or(0));
                let known = last.is_some();
                if (known && step != 1) || step == 0 || step > BETWEEN_RECEIPTS_MAX.max(receipt.seq) {
                    return Some(format!("{} follows {last:?}", receipt.name()));
                }
            }
            _ => {}
        }
        None
    }

    fn at_end(&mut self, end: &End) -> Vec<String> {
        let disks = end.disks.iter().filter_map(|disk| disk.complaint.clone().map(|c| (disk.stand, c)));
        let mut wrong: Vec<String> = disks.map(|(stand, why)| format!("stand {stand}: {why}")).collect();
        wrong.extend(end.office.complaints.iter().map(|why| format!("office: {why}")));
        wrong
    }
}
