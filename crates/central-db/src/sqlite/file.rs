//! Opening the file: version checks first, schema after, the same settings on every connection.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use wire::Hash;

use super::columns::{int, told};
use crate::error::StoreError;

/// "OIRC" in ASCII, in the header's `application_id`.
const APPLICATION_ID: u32 = 0x4f49_5243;
/// First SQLite without the race between a WAL reset and a second connection.
const SQLITE_VERSION_MIN: (i32, &str) = (3_051_003, "3.51.3");
/// How long one process waits for another one's transaction.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
const STATEMENTS_KEPT: usize = 64;

/// Every schema change there ever was. A file here never changes once shipped (`migrations/README.md`).
const MIGRATIONS: [&str; 1] = [include_str!("../../../../migrations/central/sqlite/0001_begin.sql")];

/// `synchronous = FULL`: an answer is given after the log is on the disk. `temp_store = MEMORY`: nothing that a
/// query sorts is spilled into a file.
const PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; \
                       PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA wal_autocheckpoint = 4000;";

/// The two numbers of a database header that say whose it is.
struct Header {
    schema: u32,
    application: u32,
}

/// Opens or creates the file for writing and migrates it. Refuses a newer schema before SQLite touches the file.
pub(super) fn open(path: &Path) -> Result<Connection, StoreError> {
    if rusqlite::version_number() < SQLITE_VERSION_MIN.0 {
        return Err(StoreError::EngineTooOld { found: rusqlite::version(), needed: SQLITE_VERSION_MIN.1 });
    }
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    let header = header(path)?;
    match header {
        Some(Header { application, .. }) if application != APPLICATION_ID => {
            return Err(StoreError::Foreign { path: path.to_owned() });
        }
        Some(Header { schema, .. }) if schema > known => {
            return Err(StoreError::Newer { path: path.to_owned(), found: schema, known });
        }
        _ => {}
    }
    let mut db = Connection::open(path).map_err(told("opening the data"))?;
    settle(&db)?;
    migrate(&mut db, path, known)?;
    if header.is_none() {
        sync_directory(path)?;
    }
    Ok(db)
}

/// A connection that only reads.
pub(super) fn open_for_reading(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags).map_err(told("opening the data"))?;
    settle(&db)?;
    db.execute_batch("PRAGMA query_only = ON").map_err(told("opening the data"))?;
    Ok(db)
}

fn settle(db: &Connection) -> Result<(), StoreError> {
    let told = told("opening the data");
    db.busy_timeout(BUSY_TIMEOUT).map_err(&told)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    // A plan may not depend on what is bound: or else SQLite makes it anew for each query.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(&told)?;
    db.execute_batch(PRAGMAS).map_err(&told)
}

/// What the header says, without SQLite; nothing for a file that is not there or still empty.
fn header(path: &Path) -> Result<Option<Header>, StoreError> {
    let failed = |source: std::io::Error| StoreError::Engine {
        operation: "reading the data's header",
        source: Arc::new(source),
    };
    let mut file = match File::open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(failed)?,
    };
    let mut bytes = Vec::new();
    file.by_ref().take(100).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    // Offsets of the SQLite file format, section 1.3.
    let number =
        |at: usize| bytes.get(at..).and_then(|rest| rest.first_chunk()).map(|four| u32::from_be_bytes(*four));
    match (bytes.starts_with(b"SQLite format 3\0"), number(60), number(68)) {
        // A process that ended before the first migration leaves zeroes: it is begun anew.
        (true, Some(0), Some(0)) => Ok(None),
        (true, Some(schema), Some(application)) => Ok(Some(Header { schema, application })),
        // A power cut tore the first write of a new file: SQLite's own journal knows what was there before.
        _ if bytes.iter().all(|byte| *byte == 0) || beside(path, "-journal").exists() => Ok(None),
        _ => Err(StoreError::Foreign { path: path.to_owned() }),
    }
}

/// The file that SQLite keeps beside another one.
fn beside(path: &Path, ending: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Applies what is missing in one transaction and checks the wording of what was applied. Afterwards the log is
/// folded into the file, so that the header alone tells the version.
fn migrate(db: &mut Connection, path: &Path, known: u32) -> Result<(), StoreError> {
    let told = told("migrating the data");
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&told)?;
    let version: u32 = tx.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(&told)?;
    let tables: u32 =
        tx.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(&told)?;
    if version == 0 && tables > 0 {
        return Err(StoreError::Foreign { path: path.to_owned() });
    }
    if version > known {
        return Err(StoreError::Newer { path: path.to_owned(), found: version, known });
    }
    tx.execute_batch(
        "CREATE TABLE IF NOT EXISTS migrations (number INTEGER NOT NULL PRIMARY KEY, checksum BLOB NOT NULL) STRICT",
    )
    .map_err(&told)?;
    for (number, sql) in (1_u32..).zip(MIGRATIONS) {
        let checksum = Hash::of(sql.as_bytes());
        if number > version {
            tx.execute_batch(sql).map_err(&told)?;
            tx.execute(
                "INSERT INTO migrations (number, checksum) VALUES (?1, ?2)",
                (int(number.into()), checksum.0),
            )
            .map_err(&told)?;
        } else {
            let applied: [u8; 32] = tx
                .query_row("SELECT checksum FROM migrations WHERE number = ?1", [number], |row| row.get(0))
                .map_err(&told)?;
            if applied != checksum.0 {
                return Err(StoreError::MigrationChanged { number });
            }
        }
    }
    if version == known {
        return Ok(());
    }
    tx.execute_batch(&format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {known};"))
        .map_err(&told)?;
    tx.commit().map_err(&told)?;
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(&told)
}

/// Makes the file's own name durable: a new file survives a power cut only when its folder was flushed too.
fn sync_directory(path: &Path) -> Result<(), StoreError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed =
        |source| StoreError::Engine { operation: "flushing the data's folder", source: Arc::new(source) };
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_schema_and_a_foreign_file_are_refused_untouched() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("central.sqlite");
        drop(open(&path).unwrap());
        drop(open(&path).unwrap());

        let db = Connection::open(&path).unwrap();
        db.execute_batch("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
        drop(db);
        let before = std::fs::read(&path).unwrap();
        assert!(matches!(open(&path), Err(StoreError::Newer { found: 99, known: 1, .. })));
        assert_eq!(std::fs::read(&path).unwrap(), before);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no log beside it either");

        let other = folder.path().join("other.sqlite");
        Connection::open(&other)
            .unwrap()
            .execute_batch("PRAGMA user_version = 1; CREATE TABLE t (a)")
            .unwrap();
        assert!(matches!(open(&other), Err(StoreError::Foreign { .. })));
        let unnumbered = folder.path().join("unnumbered.sqlite");
        Connection::open(&unnumbered).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
        assert!(matches!(open(&unnumbered), Err(StoreError::Foreign { .. })));
        let torn = folder.path().join("torn.sqlite");
        std::fs::write(&torn, [0; 4_096]).unwrap();
        assert!(
            matches!(open(&torn), Err(StoreError::Damaged { .. })),
            "left to SQLite, and never begun over"
        );
        let text = folder.path().join("letter.txt");
        std::fs::write(&text, "Estimada oficina").unwrap();
        assert!(matches!(open(&text), Err(StoreError::Foreign { .. })));
    }

    #[test]
    fn a_migration_that_was_reworded_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("central.sqlite");
        open(&path).unwrap().execute("UPDATE migrations SET checksum = zeroblob(32)", []).unwrap();
        assert!(matches!(open(&path), Err(StoreError::MigrationChanged { number: 1 })));
    }

    #[test]
    fn shipped_migrations_never_change() {
        let checksums = MIGRATIONS.map(|sql| Hash::of(sql.as_bytes()).to_string());
        let frozen = include_str!("../../../../migrations/central/sqlite/checksums");
        let expected: Vec<&str> = frozen.lines().filter_map(|line| line.split_whitespace().next()).collect();
        assert_eq!(
            checksums.as_slice(),
            expected,
            "a shipped migration is never edited: add the next number"
        );
    }

    #[test]
    fn every_table_is_strict() {
        let folder = tempfile::tempdir().unwrap();
        let db = open(&folder.path().join("central.sqlite")).unwrap();
        let loose: i64 = db
            .query_row("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite%'", [], |row| row.get(0))
            .unwrap();
        assert_eq!(loose, 0);
    }
}
