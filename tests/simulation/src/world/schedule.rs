//! What is going to happen: the days' work and the disasters, drawn before the first of them.

use std::rc::Rc;

use super::{Request, Response, World};
use crate::Trouble;
use crate::dice::Dice;

/// Something that is going to happen.
#[derive(Debug, Clone)]
pub(crate) enum Happening {
    /// A citizen files a request at a stand.
    Capture(usize),
    /// A stand begins a sync, if it is not in one.
    SyncBegins(usize),
    /// A request reaches the office.
    Arrives(Request),
    /// An answer reaches the stand.
    Answered { stand: usize, session: u64, request: u64, sent_at_ms: u64, response: Response },
    /// A wait is over.
    WaitOver { stand: usize, session: u64 },
    /// A stand comes up again.
    StandRestarts(usize),
    /// The office comes up again.
    OfficeRestarts,
    /// What waits sealed at the office is opened.
    OfficeOpens,
    /// The office is backed up.
    OfficeBackedUp,
    /// The office is put back to its backup.
    OfficeRestored,
    /// A stand's disk is copied aside.
    DiskCopied(usize),
    /// A stand's disk is put back to a copy.
    DiskRestored(usize),
    /// A stand's disk is copied into a new stand.
    DiskCloned(usize),
    /// The office revokes a stand.
    Revoked(usize),
    /// A stand's clock jumps.
    ClockJumps(usize),
    /// Somebody takes all that a stand has on a stick.
    CarrierLeaves(usize),
    /// One chunk of a stick is brought in.
    CarrierBrings(Rc<[u8]>),
    /// A stick comes back to a stand, with some of the office's answers on it.
    CarrierReturns(usize),
}

pub(super) const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

impl World {
    /// Queues everything that the plan wants, at random times.
    pub(super) fn schedule(&mut self) {
        let mut dice = Dice::new(self.plan.seed, 4);
        let stands = self.stands.len();
        for stand in 0..stands {
            self.sprinkle(&mut dice, self.plan.captures, 1, |_| Happening::Capture(stand));
            self.sprinkle(&mut dice, self.plan.syncs, 1, |_| Happening::SyncBegins(stand));
        }
        let plan = self.plan.clone();
        let disks = plan.disks_restored;
        self.sprinkle(&mut dice, disks.saturating_mul(3), 1, |d| Happening::DiskCopied(d.index(stands)));
        self.sprinkle(&mut dice, disks.saturating_mul(2), 1, |d| Happening::DiskRestored(d.index(stands)));
        self.sprinkle(&mut dice, plan.disks_cloned, 1, |d| Happening::DiskCloned(d.index(stands)));
        let backups = plan.office_restored.saturating_mul(2);
        self.sprinkle(&mut dice, backups, 1, |_| Happening::OfficeBackedUp);
        self.sprinkle(&mut dice, plan.office_restored, 1, |_| Happening::OfficeRestored);
        // In the long runs bodies are released, which wants a backup early on.
        let early = if plan.days > 30 { 2 } else { 0 };
        self.sprinkle(&mut dice, early, 3, |_| Happening::OfficeBackedUp);
        self.sprinkle(&mut dice, plan.revoked, 1, |d| Happening::Revoked(d.index(stands)));
        self.sprinkle(&mut dice, plan.clock_jumps, 1, |d| Happening::ClockJumps(d.index(stands)));
        self.sprinkle(&mut dice, plan.carried, 1, |d| Happening::CarrierLeaves(d.index(stands)));
        self.sprinkle(&mut dice, 3, 1, |_| Happening::OfficeOpens);
    }

    /// Queues something `times` times within the first `part` of the days.
    fn sprinkle(&mut self, dice: &mut Dice, times: u64, part: u64, what: impl Fn(&mut Dice) -> Happening) {
        let end_ms = self.plan.days.saturating_mul(DAY_MS).checked_div(part).unwrap_or(0);
        for _ in 0..times {
            let at_ms = dice.below(end_ms);
            let happening = what(dice);
            self.at(at_ms, happening);
        }
    }

    pub(super) fn happen(&mut self, happening: Happening) -> Result<(), Trouble> {
        match happening {
            Happening::Capture(stand) => self.capture(stand),
            Happening::SyncBegins(stand) => self.begin_sync(stand),
            Happening::Arrives(request) => self.arrives(&request),
            Happening::Answered { stand, session, request, sent_at_ms, response } => {
                self.answered(stand, session, request, sent_at_ms, response)
            }
            Happening::WaitOver { stand, session } => self.wait_over(stand, session),
            Happening::StandRestarts(stand) => self.bring_up(stand),
            Happening::OfficeRestarts => {
                self.say("the office is up again");
                self.office.restart()
            }
            Happening::OfficeOpens => self.office_opens(),
            Happening::OfficeBackedUp => self.office_backed_up(),
            Happening::OfficeRestored => self.office_restored(),
            Happening::DiskCopied(stand) => self.disk_copied(stand),
            Happening::DiskRestored(stand) => self.disk_restored(stand),
            Happening::DiskCloned(stand) => self.disk_cloned(stand),
            Happening::Revoked(stand) => self.revoked(stand),
            Happening::ClockJumps(stand) => {
                self.clock_jumps(stand);
                Ok(())
            }
            Happening::CarrierLeaves(stand) => self.carrier_leaves(stand),
            Happening::CarrierBrings(bytes) => self.carrier_brings(&bytes),
            Happening::CarrierReturns(stand) => self.carrier_returns(stand),
        }
    }
}
