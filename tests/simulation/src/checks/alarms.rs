//! Promise 4: a stand that holds checkpoints beyond what a restored office has raises the alarm, however little
//! it has to push itself. And no stand cries wolf: without a restored office nothing went back, and without a
//! copied or restored disk nothing forked.

use std::collections::BTreeMap;

use sync::Alarm;
use wire::Epoch;
use wire::push::{Checkpoint, Outcome};

use super::Check;
use crate::facts::{End, Fact};
use crate::trace::short;

#[derive(Default)]
pub(super) struct Alarms {
    office_restored: bool,
    disks_touched: bool,
    /// What a stand's ledger was signed for and the restored office lacks.
    expected: BTreeMap<(usize, Epoch), Lost>,
}

struct Lost {
    /// Entries that the office had signed for.
    signed: u64,
    /// Whether the stand heard of a gap, or sent again more than its last entry: it has to raise the alarm now.
    knows: bool,
}

impl Lost {
    /// Whether it came back without the stand having to notice: somebody else brought it, or nothing was missing
    /// but the last entry, which a stand sends again whenever it is in doubt.
    fn is_back(&self, from: u64, answer: &Checkpoint, own: bool) -> bool {
        let back = answer.outcome != Outcome::Gap && answer.count >= self.signed;
        back && !self.knows && (!own || from.saturating_add(1) == self.signed)
    }
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
                    let lost = behind.map(|l| ((disk.stand, l.0), Lost { signed: l.2, knows: false }));
                    self.expected.extend(lost);
                }
            }
            Fact::DiskReplaced { after, .. } => {
                self.disks_touched = true;
                self.expected.retain(|(stand, _), _| *stand != after.stand);
            }
            Fact::DiskCloned { .. } => self.disks_touched = true,
            Fact::Answered { from, answer, by, .. } => {
                self.expected.retain(|(stand, epoch), lost| {
                    *epoch != answer.epoch || !lost.is_back(*from, answer, *by == Some(*stand))
                });
            }
            // What it heard just before it crashed is gone with its memory.
            Fact::Reopened(disk) => {
                let own = self.expected.iter_mut().filter(|((stand, _), _)| *stand == disk.stand);
                own.for_each(|(_, lost)| lost.knows = false);
            }
            Fact::Heard { stand, from, answer } => {
                if let Some(lost) = self.expected.get_mut(&(*stand, answer.epoch)) {
                    lost.knows |= answer.outcome == Outcome::Gap || from.saturating_add(1) < lost.signed;
                }
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
