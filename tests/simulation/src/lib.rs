//! Seeded simulation of many stands and one central office over a hostile network.
//!
//! The engine, the ledger, the wire's bytes with their signatures and seals, and the office's store are the real
//! ones; only time, chance and the network are made. A seed decides everything: the same seed gives the same
//! trace, line by line. After the days with their faults everything heals, and every checker looks at what is
//! left.

mod checks;
mod desk;
mod dice;
mod evening;
mod facts;
mod network;
mod office;
mod plan;
mod stand;
mod trace;
mod world;

pub use plan::{Broken, Plan};

use sync::Fault;

/// A property that did not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Which.
    pub property: &'static str,
    /// What was seen.
    pub what: String,
}

/// What a run was made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Receipts given.
    pub receipts: u64,
    /// Days closed.
    pub closings: u64,
    /// Syncs begun.
    pub syncs: u64,
    /// Alarms raised.
    pub alarms: u64,
    /// Disks put back to an earlier copy.
    pub disks_restored: u64,
    /// Disks copied into another stand.
    pub clones: u64,
    /// Times that the office went back to a backup.
    pub offices_restored: u64,
    /// Times that a stand released bodies.
    pub releases: u64,
    /// Crashes of stands and of the office.
    pub crashes: u64,
    /// Profiles that rested and left on a mirror's card.
    pub rested: u64,
    /// Answers that named a gap.
    pub gaps: u64,
    /// Entries at the office in the end.
    pub entries: usize,
    /// Of those, on side branches.
    pub forks: usize,
}

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The seed.
    pub seed: u64,
    /// Lines of the trace.
    pub steps: u64,
    /// A hash over the whole trace.
    pub trace_hash: String,
    /// The trace, when it was asked for.
    pub trace: Vec<String>,
    /// What the run was made of.
    pub counts: Counts,
    /// What did not hold; empty is good.
    pub violations: Vec<Violation>,
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for line in &self.trace {
            writeln!(f, "{line}")?;
        }
        let Counts { receipts, syncs, alarms, entries, forks, .. } = self.counts;
        write!(
            f,
            "seed {}: {} steps, {receipts} receipts, {syncs} syncs, {entries} entries at the office ({forks} apart), \
             {alarms} alarms, trace {}",
            self.seed,
            self.steps,
            self.trace_hash.get(..16).unwrap_or_default()
        )?;
        for Violation { property, what } in &self.violations {
            write!(f, "\n  BROKEN {property}: {what}")?;
        }
        Ok(())
    }
}

/// Why a run could not be brought to its end.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The file system.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The office's store.
    #[error("the office's store: {0}")]
    Store(#[from] central_db::StoreError),
    /// A stand's ledger.
    #[error("a stand's ledger: {0}")]
    Ledger(#[from] ledger::LedgerError),
    /// A seal.
    #[error(transparent)]
    Seal(#[from] wire::seal::SealError),
    /// A profile could not be packed.
    #[error(transparent)]
    Pack(#[from] wire::compress::CompressError),
    /// A profile could not be sealed.
    #[error(transparent)]
    Profile(#[from] wire::profile::ProfileError),
    /// What rests could not be copied.
    #[error(transparent)]
    Resting(#[from] wire::resting::RestingError),
    /// The office's own answer could not be read.
    #[error(transparent)]
    Answer(#[from] wire::push::PushError),
    /// A stand could not be enrolled.
    #[error("a stand could not be enrolled")]
    Enrolment,
    /// A request of the simulation's own making was not valid.
    #[error("the made-up request is not valid")]
    Request,
    /// The office refused a request.
    #[error("refused: {0}")]
    Refused(Fault),
    /// Something was asked of a stand that is off.
    #[error("a stand that is off was asked")]
    Off,
    /// A closing left profiles behind, or made some up.
    #[error("a closing does not account for the profiles that waited")]
    Pool,
    /// The run does not come to an end.
    #[error("the run does not come to an end")]
    Endless,
}

/// Runs a seed.
pub fn run(seed: u64) -> Result<Report, Trouble> {
    run_plan(Plan::from_seed(seed), false)
}

/// Runs a seed and keeps its trace.
pub fn run_with_trace(seed: u64) -> Result<Report, Trouble> {
    run_plan(Plan::from_seed(seed), true)
}

/// Runs a plan.
pub fn run_plan(plan: Plan, keep_trace: bool) -> Result<Report, Trouble> {
    let folder = scratch()?;
    let seed = plan.seed;
    let mut world = world::World::begin(plan, folder.path().to_owned(), keep_trace)?;
    world.live()?;
    let world::World { trace, violations, counts, .. } = world;
    let steps = trace.count();
    let (trace_hash, trace) = trace.finish();
    Ok(Report { seed, steps, trace_hash, trace, counts, violations })
}

/// A folder in memory where there is one: what a flush does to a disk is not what is tested here.
fn scratch() -> Result<tempfile::TempDir, Trouble> {
    let memory = std::path::Path::new("/dev/shm");
    let folder = tempfile::Builder::new().prefix("oirs-simulation").tempdir_in(memory);
    Ok(folder.or_else(|_| tempfile::tempdir())?)
}
