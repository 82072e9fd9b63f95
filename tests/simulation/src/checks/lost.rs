//! Promises 1 and 13, and the whole point: every receipt that a citizen holds is for a record that is on the
//! stand's disk or at the office, at every moment, and at the office once everything has healed.
//!
//! Only physics may take a record: a disk that is replaced by an older copy of itself, or an office that is put
//! back, destroys what was nowhere else at that moment. Such a record perishes, and is counted.

use super::Check;
use crate::facts::{Disk, End, Fact, Holdings, Receipt};

#[derive(Default)]
pub(super) struct NothingLost {
    receipts: Vec<Known>,
}

struct Known {
    receipt: Receipt,
    /// Destroyed everywhere.
    perished: bool,
    /// Gone from the disk that it was written to, with that disk.
    off_disk: bool,
}

impl NothingLost {
    /// Something was destroyed: what is held nowhere else has perished.
    fn destroyed(&mut self, office: &Holdings, disks: &[&Disk]) {
        for known in &mut self.receipts {
            let held = office.holds(&known.receipt) || disks.iter().any(|disk| disk.holds(&known.receipt));
            known.perished |= !held;
        }
    }
}

impl Check for NothingLost {
    fn property(&self) -> &'static str {
        "nothing lost"
    }

    fn tell(&mut self, fact: &Fact) -> Option<String> {
        match fact {
            Fact::ReceiptGiven(receipt) => {
                let receipt = receipt.clone();
                self.receipts.push(Known { receipt, perished: false, off_disk: false });
            }
            Fact::DiskReplaced { after, rest, office } => {
                for known in self.receipts.iter_mut().filter(|known| known.receipt.stand == after.stand) {
                    known.off_disk |= !after.entries.contains_key(&(known.receipt.epoch, known.receipt.seq));
                }
                let disks: Vec<&Disk> = rest.iter().chain([after.as_ref()]).collect();
                self.destroyed(office, &disks);
            }
            Fact::OfficeRestored { after, disks, .. } => {
                self.destroyed(after, &disks.iter().collect::<Vec<_>>());
            }
            Fact::Reopened(disk) => {
                let written = self.receipts.iter().filter(|k| k.receipt.stand == disk.stand && !k.off_disk);
                let mut missing = written
                    .filter(|known| !disk.entries.contains_key(&(known.receipt.epoch, known.receipt.seq)));
                return missing
                    .next()
                    .map(|known| format!("{} is not on the disk after a crash", known.receipt.name()));
            }
            _ => {}
        }
        None
    }

    fn at_end(&mut self, end: &End) -> Vec<String> {
        let lost = self.receipts.iter().filter(|known| !known.perished && !end.office.holds(&known.receipt));
        lost.map(|known| format!("{} is not at the office", known.receipt.name())).collect()
    }
}
