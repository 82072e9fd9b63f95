//! The world of one run: stands, the office, the network between them, and what happens when.
//!
//! Time is a number; what happens lies in a queue in the order of its time. Nothing runs at the same time as
//! anything else but what is asked of the store at once on purpose.

mod disasters;
mod messages;
mod schedule;
mod sticks;
mod syncs;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;

use sync::Limits;
use wire::push::Outcome;

use crate::Trouble;
use crate::checks::{self, Check};
use crate::dice::Dice;
use crate::facts::{Disk, End, Fact};
use crate::network::Network;
use crate::office::{BEGINNING_UNIX_S, Office};
use crate::plan::{Broken, Plan};
use crate::stand::Stand;
use crate::trace::Trace;
use crate::{Counts, Violation};

pub(crate) use messages::{Request, Response};
pub(crate) use schedule::Happening;

/// Steps after which a run counts as hanging.
const STEPS_MAX: u64 = 50_000;
/// Syncs of each stand after everything has healed.
const HEALING_ROUNDS: u64 = 6;

pub(crate) struct World {
    pub(crate) plan: Plan,
    folder: PathBuf,
    pub(crate) office: Office,
    pub(crate) stands: Vec<Stand>,
    queue: BTreeMap<(u64, u64), Happening>,
    queued: u64,
    at_ms: u64,
    network: Network,
    /// Crashes and disasters.
    fate: Dice,
    requests: u64,
    /// Every push that was ever sent, as somebody might repeat it.
    seen_pushes: Vec<Rc<[u8]>>,
    /// What the office ever laid on sticks, for each stand.
    sticks: BTreeMap<wire::DeviceId, sticks::OnStick>,
    healed: bool,
    checks: Vec<Box<dyn Check>>,
    pub(crate) violations: Vec<Violation>,
    pub(crate) trace: Trace,
    pub(crate) counts: Counts,
}

/// Small chunks, so that small ledgers take several.
fn limits() -> Limits {
    Limits { chunk_bytes_first: 1_024, chunk_bytes_min: 300, chunk_bytes_max: 2_048, ..Limits::default() }
}

impl World {
    pub(crate) fn begin(plan: Plan, folder: PathBuf, keep_trace: bool) -> Result<Self, Trouble> {
        let mut dice = Dice::new(plan.seed, 3);
        let office = Office::begin(&folder, &mut dice, plan.broken)?;
        let mut world = Self {
            network: Network::new(&plan),
            fate: Dice::new(plan.seed, 2),
            folder,
            office,
            stands: Vec::new(),
            queue: BTreeMap::new(),
            queued: 0,
            at_ms: 0,
            requests: 0,
            seen_pushes: Vec::new(),
            sticks: BTreeMap::new(),
            healed: false,
            checks: checks::all(),
            violations: Vec::new(),
            trace: Trace::new(keep_trace),
            counts: Counts::default(),
            plan,
        };
        let days = if world.plan.expires { world.plan.days.div_euclid(2) } else { 10_000 };
        let expires_unix_s = BEGINNING_UNIX_S.saturating_add(days.saturating_mul(86_400));
        for number in 0..world.plan.stands {
            let badge = world.office.enrol(&format!("puesto {number}"), expires_unix_s, &mut dice)?;
            let number = world.stands.len();
            let folder = world.folder.join(format!("stand-{number}"));
            let chance = world.chance_of(number);
            let sealing = world.office.sealing_key()?;
            let mut stand = Stand::begin(number, badge, world.office.id, folder, sealing, chance)?;
            stand.broken = world.plan.broken;
            world.stands.push(stand);
        }
        world.schedule();
        Ok(world)
    }

    fn chance_of(&self, stand: usize) -> Dice {
        Dice::new(self.plan.seed, u64::try_from(stand).unwrap_or(u64::MAX).saturating_add(100))
    }

    /// The true time.
    pub(crate) fn now_unix_s(&self) -> u64 {
        BEGINNING_UNIX_S.saturating_add(self.at_ms.div_euclid(1_000))
    }

    pub(crate) fn say(&mut self, what: &str) {
        self.trace.line(self.at_ms, what);
    }

    pub(crate) fn tell(&mut self, fact: &Fact) {
        match fact {
            Fact::Released { .. } => self.counts.releases = self.counts.releases.saturating_add(1),
            Fact::Answered { answer, .. } if answer.outcome == Outcome::Gap => {
                self.counts.gaps = self.counts.gaps.saturating_add(1);
            }
            _ => {}
        }
        for check in &mut self.checks {
            if let Some(what) = check.tell(fact) {
                let property = check.property();
                self.trace.line(self.at_ms, &format!("BROKEN {property}: {what}"));
                self.violations.push(Violation { property, what });
            }
        }
    }

    /// Queues something for later.
    pub(crate) fn at(&mut self, after_ms: u64, happening: Happening) {
        self.queued = self.queued.saturating_add(1);
        self.queue.insert((self.at_ms.saturating_add(after_ms), self.queued), happening);
    }

    /// Runs what is queued until nothing is left.
    pub(crate) fn run_queue(&mut self) -> Result<(), Trouble> {
        while let Some(((at_ms, _), happening)) = self.queue.pop_first() {
            self.at_ms = self.at_ms.max(at_ms);
            if self.trace.count() > STEPS_MAX {
                return Err(Trouble::Endless);
            }
            self.happen(happening)?;
        }
        Ok(())
    }

    /// The days with all their faults, then the healing, then the last look.
    pub(crate) fn live(&mut self) -> Result<(), Trouble> {
        self.run_queue()?;
        self.say("everything heals");
        self.healed = true;
        self.network.heal();
        self.office.restart()?;
        for stand in 0..self.stands.len() {
            self.bring_up(stand)?;
        }
        self.repeat_pushes()?;
        for _ in 0..HEALING_ROUNDS {
            for stand in 0..self.stands.len() {
                self.begin_sync(stand)?;
                self.run_queue()?;
            }
        }
        self.repeat_pushes()?;
        self.office.open_all(self.now_unix_s())?;
        let end = End {
            office: Rc::new(self.office.audit()?),
            disks: Rc::new(self.disks(true)?),
            outcomes: self.stands.iter().map(|stand| (stand.number, stand.last_outcome.clone())).collect(),
        };
        for check in &mut self.checks {
            for what in check.at_end(&end) {
                self.violations.push(Violation { property: check.property(), what });
            }
        }
        self.counts.forks =
            end.office.entries.iter().filter(|(id, _)| !crate::facts::is_main(id.branch)).count();
        self.counts.entries = end.office.entries.len();
        Ok(())
    }

    /// What lies on a stand's disk, also when the stand is off.
    pub(crate) fn disk(&mut self, stand: usize, thorough: bool) -> Result<Disk, Trouble> {
        let stand = self.stands.get_mut(stand).ok_or(Trouble::Off)?;
        let off = stand.ledger.is_none();
        if off {
            stand.open()?;
        }
        let disk = stand.look(thorough);
        if off {
            stand.crash();
        }
        disk
    }

    pub(crate) fn disks(&mut self, thorough: bool) -> Result<Vec<Disk>, Trouble> {
        (0..self.stands.len()).map(|stand| self.disk(stand, thorough)).collect()
    }

    /// Files a request, if the stand is up.
    fn capture(&mut self, number: usize) -> Result<(), Trouble> {
        let now = self.now_unix_s();
        let Some(stand) = self.stands.get_mut(number).filter(|stand| stand.ledger.is_some()) else {
            return Ok(());
        };
        let mut receipt = stand.capture(now)?;
        if self.plan.broken == Some(Broken::StandGivesReceiptFirst) {
            // The paper is out, and the power goes before the commit.
            receipt.seq = receipt.seq.saturating_add(1);
            receipt.sealed = wire::Hash([0; 32]);
        }
        self.counts.receipts = self.counts.receipts.saturating_add(1);
        self.say(&format!("stand {number} captures {}", receipt.name()));
        self.tell(&Fact::ReceiptGiven(receipt));
        self.attend(number, now)
    }

    /// What happens at a stand around a request that was just filed.
    fn attend(&mut self, number: usize, now: u64) -> Result<(), Trouble> {
        let Some(stand) = self.stands.get_mut(number) else { return Ok(()) };
        let (came, closed) = stand.attend(now)?;
        if came || closed {
            let (epoch, seq, _) = stand.ledger()?.head()?;
            self.tell(&Fact::Recorded { stand: number, epoch, seq });
        }
        self.counts.closings = self.counts.closings.saturating_add(u64::from(closed));
        Ok(())
    }
}
