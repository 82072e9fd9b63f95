//! A ledger that is known to be forked gets no more entries: the stand begins a new one before anybody else is
//! attended, so that a citizen's request is not quarantined for what happened to a disk.

use std::collections::BTreeMap;

use sync::Alarm;
use wire::Epoch;

use super::Check;
use crate::facts::Fact;

#[derive(Default)]
pub(super) struct NewEpoch {
    /// Ledgers that a stand knows to be forked. A crash between knowing and beginning is found by the next sync.
    forked: BTreeMap<(usize, Epoch), bool>,
}

impl Check for NewEpoch {
    fn property(&self) -> &'static str {
        "a forked ledger ends"
    }

    fn tell(&mut self, fact: &Fact) -> Option<String> {
        match fact {
            Fact::Alarmed { stand, alarm: Alarm::Forked { epoch } | Alarm::Overtaken { epoch, .. } } => {
                self.forked.insert((*stand, *epoch), true);
            }
            Fact::Reopened(disk) => self.forked.retain(|(stand, _), _| *stand != disk.stand),
            Fact::DiskReplaced { after, .. } => self.forked.retain(|(stand, _), _| *stand != after.stand),
            Fact::ReceiptGiven(receipt) if self.forked.contains_key(&(receipt.stand, receipt.epoch)) => {
                return Some(format!("{} was captured in a forked ledger", receipt.name()));
            }
            _ => {}
        }
        None
    }
}
