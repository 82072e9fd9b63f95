//! Promise 4: a stand that holds checkpoints beyond what a restored office has raises the alarm, however little
//! it has to push itself. And no stand cries wolf: without a restored office nothing went back, and without a
//! copied or restored disk nothing forked.

use std::collections::BTreeMap;

use sync::Alarm;
use wire::Epoch;
use wire::push::Outcome;

use super::Check;
use crate::facts::{End, Fact};
use crate::trace::short;

#[derive(Default)]
pub(super) struct Alarms {
    office_restored: bool,
    disks_touched: bool,
    /// What a stand's ledger was signed for and the restored office lacks.
    expected: BTreeMap<(usize, Epoch), u64>,
}

impl Check for Alarms {
    fn property(&self) -> &'static str {
        "alarms when central went back"
    }

    fn tell(&mut self, fact: &Fact) -> Option<String> {
        match fact {
            Fact::OfficeRestored { after, disks, .. } => {
                self.office_restored = true;
                for disk in disks.iter() {
                    let behind = disk.ledgers.iter().filter(|l| after.reach(disk, l.0) < l.2);
                    self.expected.extend(behind.map(|ledger| ((disk.stand, ledger.0), ledger.2)));
                }
            }
            Fact::DiskReplaced { after, .. } => {
                self.disks_touched = true;
                self.expected.retain(|(stand, _), _| *stand != after.stand);
            }
            Fact::DiskCloned { .. } => self.disks_touched = true,
            // Somebody else brought it back before the stand could notice.
            Fact::Answered { answer, by, .. } if answer.outcome != Outcome::Gap => {
                self.expected.retain(|(stand, epoch), signed| {
                    *epoch != answer.epoch || *by == Some(*stand) || answer.count < *signed
                });
            }
            Fact::Alarmed { stand, alarm: Alarm::CentralWentBack { epoch, .. } } => {
                self.expected.remove(&(*stand, *epoch));
                if !self.office_restored {
                    return Some(format!("stand {stand} says that an office went back that never did"));
                }
            }
            Fact::Alarmed { stand, alarm: Alarm::Forked { .. } | Alarm::Overtaken { .. } }
                if !self.disks_touched =>
            {
                return Some(format!("stand {stand} says that a disk was copied that never was"));
            }
            _ => {}
        }
        None
    }

    fn at_end(&mut self, end: &End) -> Vec<String> {
        let silent = self.expected.keys();
        let mut wrong: Vec<String> =
            silent.map(|(stand, epoch)| format!("stand {stand} never noticed in {}", short(epoch))).collect();
        for disk in end.disks.iter() {
            let untold = disk.forked.iter().filter(|epoch| !disk.told_of_fork(**epoch));
            wrong.extend(
                untold.map(|epoch| format!("stand {}: {} forked in silence", disk.stand, short(epoch))),
            );
        }
        wrong
    }
}
