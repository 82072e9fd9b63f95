//! What stands in the clear is a closed list in `docs/threat-model.md`; the database has exactly that and no more.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;

use ledger::{Identity, Ledger};
use rusqlite::Connection;
use wire::{DeviceId, OfficeId};

/// The names of a fenced list: what stands before the dash of each line.
fn listed(fence: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/threat-model.md");
    let document = std::fs::read_to_string(path).unwrap();
    let (_, after) = document.split_once(&format!("```{fence}\n")).unwrap();
    let (list, _) = after.split_once("```").unwrap();
    list.lines().map(|line| line.split(" — ").next().unwrap().to_owned()).collect()
}

#[test]
fn the_database_has_the_listed_columns_and_no_others() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger/ledger.db");
    let identity = Identity {
        office: OfficeId([1; 16]),
        device: DeviceId([2; 16]),
        certificate: b"certificado".to_vec(),
    };
    drop(Ledger::open(&path, identity).unwrap());
    let db = Connection::open(&path).unwrap();
    let mut columns = db
        .prepare(
            "SELECT tables.name || '.' || columns.name
             FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns
             WHERE tables.type IN ('table', 'view')",
        )
        .unwrap();
    let found: BTreeSet<String> =
        columns.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    assert_eq!(found, listed("clear-columns"));
}
