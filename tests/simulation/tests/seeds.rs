//! Two hundred seeds, each checked against every property; and the same seed gives the same trace.

#![allow(clippy::unwrap_used, clippy::panic)]

use simulation::{Report, run, run_with_trace};

/// Seeds that run in the gate.
const SEEDS: u64 = 200;

#[test]
fn every_property_holds_on_every_seed() {
    let workers = 2;
    let failed: Vec<Report> = std::thread::scope(|scope| {
        let work = |first: u64| {
            scope.spawn(move || {
                let seeds = (first..SEEDS).step_by(workers);
                let reports =
                    seeds.map(|seed| run(seed).unwrap_or_else(|trouble| panic!("seed {seed}: {trouble}")));
                reports.filter(|report| !report.violations.is_empty()).collect::<Vec<_>>()
            })
        };
        let handles: Vec<_> = (0..workers as u64).map(work).collect();
        handles.into_iter().flat_map(|handle| handle.join().unwrap()).collect()
    });
    let shown: Vec<String> = failed.iter().map(ToString::to_string).collect();
    assert!(failed.is_empty(), "{} of {SEEDS} seeds:\n{}", failed.len(), shown.join("\n"));
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
