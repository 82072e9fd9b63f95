//! What a seed decides before the run begins: how many stands, how bad the network, which disasters.
//!
//! Runs differ in kind and not only in luck: many have one disaster or none, so that a fault is not hidden by the
//! next one, and some have all of them.

use crate::dice::Dice;

/// The conditions of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Where all chance comes from.
    pub seed: u64,
    /// Stands at the beginning.
    pub stands: u64,
    /// How long the day before the healing is, in days.
    pub days: u64,
    /// Requests filed at each stand.
    pub captures: u64,
    /// Syncs begun by each stand.
    pub syncs: u64,
    /// Of a thousand messages: lost on the way there or back.
    pub lost: u64,
    /// Of a thousand requests: delivered again, some of them much later.
    pub repeated: u64,
    /// Of a thousand requests: answered by somebody else, or by a busy or full office.
    pub disturbed: u64,
    /// Of a thousand steps of a stand: it crashes before that step.
    pub stand_crashes: u64,
    /// Of a thousand requests: the office crashes before or after handling it.
    pub office_crashes: u64,
    /// Disks that go back to an earlier copy of themselves.
    pub disks_restored: u64,
    /// Disks that are copied into a second stand.
    pub disks_cloned: u64,
    /// Times that the office goes back to its last backup.
    pub office_restored: u64,
    /// Stands that are revoked.
    pub revoked: u64,
    /// Whether certificates run out in the middle.
    pub expires: bool,
    /// Times that a stand's clock jumps.
    pub clock_jumps: u64,
    /// Times that somebody carries chunks on a stick.
    pub carried: u64,
    /// What is broken on purpose, to see that the checkers notice.
    pub broken: Option<Broken>,
}

/// A rule broken on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// The office signs for a push that it does not store.
    OfficeForgets,
    /// The office lists an entry twice.
    OfficeListsTwice,
    /// The office signs a repeated push anew.
    OfficeAnswersAnew,
    /// The office signs for a fork and drops it.
    OfficeDropsForks,
    /// The office never opens what is quarantined.
    OfficeLeavesQuarantineClosed,
    /// The office's watermarks fall.
    OfficeWatermarksFall,
    /// The office does not hear which manifest a stand holds.
    OfficeHearsNoNumbers,
    /// The stand goes on in a ledger that it knows to be forked.
    StandKeepsForkedLedger,
    /// The stand says a number that it did not write.
    StandSkipsNumbers,
    /// The stand releases bodies without a grace time.
    StandReleasesEarly,
    /// The stand keeps alarms to itself.
    StandSwallowsAlarms,
    /// The stand forgets every answer.
    StandIgnoresAnswers,
    /// The stand gives the receipt before the commit.
    StandGivesReceiptFirst,
}

impl Plan {
    /// The plan of a seed.
    pub fn from_seed(seed: u64) -> Self {
        let mut dice = Dice::new(seed, 0);
        let calm = dice.chance(150);
        let rate = |dice: &mut Dice, high: u64| if calm { 0 } else { dice.between(0, high) };
        let mut plan = Self {
            seed,
            stands: [1, 1, 2, 2, 3, 6].get(dice.index(6)).copied().unwrap_or(1),
            days: [3, 10, 80].get(dice.index(3)).copied().unwrap_or(3),
            captures: dice.between(2, 14),
            syncs: dice.between(2, 9),
            lost: rate(&mut dice, 250),
            repeated: rate(&mut dice, 250),
            disturbed: rate(&mut dice, 80),
            stand_crashes: rate(&mut dice, 30),
            office_crashes: rate(&mut dice, 60),
            disks_restored: 0,
            disks_cloned: 0,
            office_restored: 0,
            revoked: 0,
            expires: dice.chance(80),
            clock_jumps: dice.below(3),
            carried: dice.below(4),
            broken: None,
        };
        let disasters = if dice.chance(150) { dice.between(4, 10) } else { dice.below(4) };
        for _ in 0..disasters {
            match dice.below(5) {
                0 | 1 => plan.disks_restored = plan.disks_restored.saturating_add(1),
                2 => plan.disks_cloned = plan.disks_cloned.saturating_add(1),
                3 => plan.office_restored = plan.office_restored.saturating_add(1),
                _ => plan.revoked = plan.revoked.saturating_add(1),
            }
        }
        plan
    }
}
