//! The power-cut proof: a scripted small day is recorded write by write, and at every write the disk is rebuilt in
//! the ways a power cut could have left it. On each of them the ledger must open and keep what it promised.
//!
//! Killing the program at every write would not do: what a killed program wrote is still in the system's cache,
//! and a missing sync goes unnoticed. Here an unsynced write may be lost, torn or overtaken by a later one.
//!
//! The gate's sweep draws a part of what could be tried, always the same. `OIRS_POWER_CUT=full` tries each pending
//! step alone at every write, and many more mixtures; it takes some minutes.

#![cfg(target_os = "linux")]
#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used)]

use std::path::Path;
use std::sync::OnceLock;

use ledger::LedgerError;
use rusqlite::Connection;

#[path = "power_cut/day.rs"]
mod day;
#[path = "power_cut/drive.rs"]
mod drive;
#[path = "power_cut/proof.rs"]
mod proof;
#[path = "power_cut/vfs.rs"]
mod vfs;

use day::Day;
use drive::{FileId, Step};
use proof::{Broken, Effort, scratch, sweep};

/// The day is lived once for all tests.
fn day() -> &'static Day {
    static DAY: OnceLock<Day> = OnceLock::new();
    DAY.get_or_init(|| day::live(scratch().path()))
}

/// The files that had this name during the day, one after the other.
fn files_of(name: &str) -> Vec<FileId> {
    let created = |step: &Step| match step {
        Step::Created(found, file) if found == name => Some(*file),
        _ => None,
    };
    day().steps.iter().filter_map(created).collect()
}

#[test]
fn after_a_power_cut_at_any_write_the_ledger_keeps_its_promises() {
    let full = std::env::var("OIRS_POWER_CUT").is_ok_and(|wanted| wanted == "full");
    let effort = Effort { stride: 1, every_step: full, mixtures: if full { 40 } else { 2 } };
    let sweep = sweep(day(), &day().steps, effort, |_| true);
    println!("{} steps, {} disks", day().steps.len(), sweep.disks);
    assert_eq!(sweep.found, None);
    assert!(sweep.disks > 2_500, "only {} disks", sweep.disks);
}

/// Which syncs a lying disk only pretends to do.
type Lie = Box<dyn Fn(&Step) -> bool>;

/// The proof of the proof: on a disk that takes a sync for done before it is, promises are broken, and it sees that.
#[test]
fn a_disk_that_lies_about_syncs_is_found_out() {
    let lost: fn(&Broken) -> bool = |broken| matches!(broken, Broken::ReceiptLost(_));
    let damaged: fn(&Broken) -> bool = |broken| matches!(broken, Broken::DoesNotVerify(_));
    let database = files_of("ledger.db");
    let logs = files_of("ledger.db-wal");
    let lies = |files: Vec<FileId>| -> Lie {
        Box::new(move |step| matches!(step, Step::Synced(file) if files.contains(file)))
    };
    let folder: Lie = Box::new(|step| *step == Step::FolderSynced);
    let all: Lie = Box::new(|step| matches!(step, Step::Synced(_) | Step::FolderSynced));
    for (name, ignored, wanted) in [
        ("no sync at all", all, lost),
        ("no sync of the log", lies(logs), lost),
        ("no sync of the folder", folder, lost),
        ("no sync of the database: a receipt", lies(database.clone()), lost),
        ("no sync of the database: its structure", lies(database), damaged),
    ] {
        let steps: Vec<Step> = day().steps.iter().filter(|step| !ignored(step)).cloned().collect();
        let sweep = sweep(day(), &steps, Effort { stride: 5, every_step: false, mixtures: 0 }, wanted);
        println!("{name}: {} disks, {:?}", sweep.disks, sweep.found);
        assert!(sweep.found.is_some(), "{name}: nothing found on {} disks", sweep.disks);
    }
}

/// What the proof is worth depends on what the day holds, and on the recorder seeing all of it.
#[test]
fn the_recorded_day_holds_what_a_day_holds() {
    let steps = &day().steps;
    let count = |wanted: &dyn Fn(&Step) -> bool| steps.iter().filter(|step| wanted(step)).count();
    let [database] = files_of("ledger.db")[..] else { panic!("one database all day") };
    let logs = files_of("ledger.db-wal");
    assert_eq!(logs.len(), 2, "the log is made anew after noon");
    assert_eq!(files_of("ledger.db-journal").len(), 1, "before the first log");
    assert_eq!(count(&|step| matches!(step, Step::Deleted(_))), 3);
    assert_eq!(count(&|step| matches!(step, Step::Synced(file) if *file == database)), 7, "6 checkpoints");
    let begun = |step: &Step| matches!(step, Step::Written(file, 0, _) if logs.contains(file));
    assert_eq!(count(&begun), 6, "logs begun, four of them over an older one");
    let opened = steps.iter().position(|step| *step == Step::Returned(1)).unwrap();
    assert_eq!(steps[opened - 1], Step::FolderSynced, "the ledger's own sync, which passes by the VFS");
    assert_eq!(day().accounts.last().unwrap().requests.len(), 12);
}

/// A newer program's migration is in the log only until it is folded in, which a power cut may prevent.
#[test]
fn a_newer_schema_is_refused_in_the_log_as_well() {
    let (lived, found) = (scratch(), scratch());
    let (ledger, _) = day::open(lived.path()).unwrap();
    let newer = Connection::open(ledger.path()).unwrap();
    newer.pragma_update(None, "user_version", ledger::SCHEMA_VERSION + 1).unwrap();
    let files = ["ledger.db", "ledger.db-wal"];
    let read = |folder: &Path| files.map(|name| std::fs::read(folder.join(name)).unwrap());
    for name in files {
        std::fs::copy(lived.path().join(name), found.path().join(name)).unwrap();
    }
    let before = read(found.path());
    assert!(matches!(day::open(found.path()), Err(LedgerError::NewerSchema { .. })));
    assert_eq!(read(found.path()), before, "untouched");
}
