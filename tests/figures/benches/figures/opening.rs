//! Opening a stand that has recorded for a year, beside SQLite opening the same file and reading its end.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use stand::Stand;

use crate::processes::{Programs, copy, drafts, in_memory};
use crate::stats::Samples;
use crate::table::{Goal, Table};

const ENTRIES: u64 = 50_000;
const RUNS: usize = 41;

pub(crate) fn run(programs: &Programs, table: &mut Table) {
    let dir = tempfile::tempdir().unwrap();
    let office = programs.office(dir.path(), &[]);
    let data = office.enrol(dir.path(), "a-year");
    // Recorded in memory, where a sync costs nothing, and then put on the disk: how it came about is not measured.
    let memory = in_memory(dir.path());
    let year = memory.path().join("stand");
    copy(&data, &year);
    let mut stand = Stand::open(&year).unwrap();
    let (mut first, mut last) = (Samples::new(), Samples::new());
    for draft in drafts().iter().cycle() {
        let mut took = Samples::new();
        let recorded = took.time(|| stand.record_request(draft.clone()).unwrap());
        match recorded.answer.seq {
            50..=1_049 => first.push(took.median()),
            ENTRIES => break,
            seq if seq > ENTRIES - 1_000 => last.push(took.median()),
            _ => {}
        }
    }
    drop(stand);
    copy(&year, &data);

    let file = data.join("ledger/ledger.db");
    let (mut open, mut bare, mut whole) = (Samples::new(), Samples::new(), Samples::new());
    for _ in 0..RUNS {
        open.time(|| drop(Stand::open(&data).unwrap()));
        bare.time(|| read(&file, "SELECT max(seq) FROM entries WHERE epoch = 1"));
        whole.time(|| read(&file, "SELECT sum(length(hash)) FROM entries"));
    }
    let ms = |samples: &Samples| samples.over(&std::iter::repeat_n(1_000.0, RUNS).collect());
    let beside = format!(
        "plain SQLite, opened and its last entry read: {:.2} ms; every entry read: {:.1} ms",
        ms(&bare),
        ms(&whole)
    );
    table.row("opening a stand with 50,000 entries, ms", &ms(&open), 2, Goal::Below(200.0), &beside);
    let beside = format!("the first thousand: {first:.0} µs, on a disk in memory both");
    table.row("a capture among 50,000 entries, µs", &last, 0, Goal::Told, &beside);
}

fn read(file: &Path, sql: &str) -> i64 {
    let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    db.query_row(sql, [], |row| row.get(0)).unwrap()
}
