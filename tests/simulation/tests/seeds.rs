//! Two hundred seeds, each checked against every property; and the same seed gives the same trace.

#![allow(clippy::unwrap_used, clippy::panic)]

use simulation::{Counts, Report, run, run_with_trace};

/// Seeds that run in the gate.
const SEEDS: u64 = 200;

/// Runs all seeds on as many threads as the machine has cores.
fn run_all() -> Vec<Report> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let work = |first: usize| {
            scope.spawn(move || {
                let seeds = (0..SEEDS).skip(first).step_by(workers);
                seeds.map(|seed| run(seed).unwrap_or_else(|t| panic!("seed {seed}: {t}"))).collect::<Vec<_>>()
            })
        };
        let handles: Vec<_> = (0..workers).map(work).collect();
        handles.into_iter().flat_map(|handle| handle.join().unwrap()).collect()
    })
}

#[test]
fn every_property_holds_on_every_seed_and_the_seeds_meet_every_disaster() {
    let reports = run_all();
    let failed: Vec<String> =
        reports.iter().filter(|r| !r.violations.is_empty()).map(ToString::to_string).collect();
    assert!(failed.is_empty(), "{} of {SEEDS} seeds:\n{}", failed.len(), failed.join("\n"));
    let met = |count: fn(&Counts) -> u64| reports.iter().filter(|report| count(&report.counts) > 0).count();
    for (what, seeds) in [
        ("closed days", met(|c| c.closings)),
        ("alarms", met(|c| c.alarms)),
        ("disks put back", met(|c| c.disks_restored)),
        ("copied disks", met(|c| c.clones)),
        ("an office put back", met(|c| c.offices_restored)),
        ("released bodies", met(|c| c.releases)),
        ("crashes", met(|c| c.crashes)),
        ("profiles on a card", met(|c| c.rested)),
        ("gaps", met(|c| c.gaps)),
        ("forks", met(|c| c.forks as u64)),
    ] {
        assert!(seeds >= 10, "only {seeds} of {SEEDS} seeds met {what}");
    }
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    for seed in [3, 17, 42] {
        let (first, second) = (run_with_trace(seed).unwrap(), run_with_trace(seed).unwrap());
        assert_eq!(first, second);
        assert_eq!(first.trace_hash, run(seed).unwrap().trace_hash);
    }
    assert_ne!(run(1).unwrap().trace_hash, run(2).unwrap().trace_hash);
}
