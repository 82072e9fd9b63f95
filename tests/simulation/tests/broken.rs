//! Each checker can fail: a rule broken on purpose is found, by the checker of that property, within a few seeds.

#![allow(clippy::unwrap_used, clippy::panic)]

use simulation::{Broken, Plan, run_plan};

/// Seeds that are tried until one shows it.
const SEEDS_MAX: u64 = 16;

/// A run with a bit of everything that this rule needs, and no luck that would hide it.
fn plan(seed: u64, broken: Broken) -> Plan {
    let forks = matches!(broken, Broken::OfficeDropsForks | Broken::StandKeepsForkedLedger);
    let restored = broken == Broken::StandSwallowsAlarms;
    let long = broken == Broken::StandReleasesEarly;
    if broken == Broken::OfficeHearsNoNumbers {
        return quiet_plan(seed, broken);
    }
    Plan {
        stands: 2,
        days: if long { 20 } else { 10 },
        captures: if restored { 25 } else { 12 },
        syncs: 10,
        lost: 50,
        repeated: 300,
        disturbed: 0,
        stand_crashes: if broken == Broken::StandGivesReceiptFirst { 20 } else { 0 },
        office_crashes: 0,
        disks_restored: 0,
        disks_cloned: if forks { 2 } else { 0 },
        office_restored: if restored {
            5
        } else if long {
            2
        } else {
            0
        },
        revoked: u64::from(broken == Broken::OfficeLeavesQuarantineClosed),
        expires: false,
        clock_jumps: 0,
        carried: 1,
        broken: Some(broken),
        ..Plan::from_seed(seed)
    }
}

/// A stand that has next to nothing to push: what a restored office forgot about it, a revocation, comes back by
/// nothing that the stand sends.
fn quiet_plan(seed: u64, broken: Broken) -> Plan {
    Plan {
        stands: 1,
        days: 20,
        captures: 1,
        syncs: 12,
        lost: 0,
        repeated: 0,
        office_restored: 6,
        revoked: 1,
        carried: 0,
        broken: Some(broken),
        ..plan(seed, Broken::OfficeForgets)
    }
}

/// Runs seeds until the property is found broken; the same runs without the fault must be clean.
fn check(broken: Broken, property: &str) {
    let found = (0..SEEDS_MAX).any(|seed| {
        let sound = run_plan(Plan { broken: None, ..plan(seed, broken) }, false).unwrap();
        assert_eq!(sound.violations, [], "seed {seed} without {broken:?}");
        let report = run_plan(plan(seed, broken), false).unwrap();
        report.violations.iter().any(|violation| violation.property == property)
    });
    assert!(found, "{broken:?} was never noticed as breaking \"{property}\"");
}

#[test]
fn an_office_that_forgets() {
    check(Broken::OfficeForgets, "nothing lost");
    check(Broken::OfficeForgets, "no false \"already have\"");
}

#[test]
fn an_office_that_lists_twice() {
    check(Broken::OfficeListsTwice, "nothing twice");
}

#[test]
fn an_office_that_answers_anew() {
    check(Broken::OfficeAnswersAnew, "the same answer");
}

#[test]
fn an_office_that_drops_forks() {
    check(Broken::OfficeDropsForks, "different bytes kept apart");
}

#[test]
fn an_office_that_leaves_quarantine_closed() {
    check(Broken::OfficeLeavesQuarantineClosed, "quarantine reachable");
}

#[test]
fn an_office_whose_watermarks_fall() {
    check(Broken::OfficeWatermarksFall, "checkpoints go forward");
}

#[test]
fn an_office_that_hears_no_numbers() {
    check(Broken::OfficeHearsNoNumbers, "everything is acknowledged in the end");
}

#[test]
fn a_stand_that_keeps_a_forked_ledger() {
    check(Broken::StandKeepsForkedLedger, "a forked ledger ends");
}

#[test]
fn a_stand_that_skips_numbers() {
    check(Broken::StandSkipsNumbers, "a gapless chain");
}

#[test]
fn a_stand_that_releases_early() {
    check(Broken::StandReleasesEarly, "release only below safe watermarks");
}

#[test]
fn a_stand_that_swallows_alarms() {
    check(Broken::StandSwallowsAlarms, "alarms when central went back");
}

#[test]
fn a_stand_that_ignores_answers() {
    check(Broken::StandIgnoresAnswers, "everything is acknowledged in the end");
}

#[test]
fn a_stand_that_gives_the_receipt_first() {
    check(Broken::StandGivesReceiptFirst, "nothing lost");
}
