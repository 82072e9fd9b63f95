//! The one way to open a ledger: refuse what is newer or foreign untouched, bring what is older up to date, and
//! find damage before the day begins.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, TransactionBehavior};
use wire::{DeviceId, Epoch, Hash, OfficeId};

use crate::{DrawTerms, LedgerError};

/// Migrations in order; the number of the last is the schema's version.
const MIGRATIONS: &[&str] = &[include_str!("../../../migrations/stand/0001_ledger.sql")];
/// The schema that this program writes.
#[allow(clippy::cast_possible_truncation)]
pub const SCHEMA_VERSION: u32 = MIGRATIONS.len() as u32;
/// "OIRS" in ASCII, in the database header's `application_id`.
const APPLICATION_ID: u32 = 0x4f49_5253;
/// First SQLite without the race between a WAL reset and a second connection.
const SQLITE_VERSION_MIN: i32 = 3_051_003;
/// What a folder's name goes on with when it was set aside, before the time in seconds since 1970.
const SET_ASIDE: &str = ".damaged-";
/// How long an append waits for another process's append.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// What every connection runs with. A power cut after a commit must not undo it, and nothing may be written
/// outside the database's own files. What is deleted (the pool, a seed that was disclosed) is overwritten.
const PRAGMAS: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA temp_store = MEMORY;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA secure_delete = ON;
";

/// Whose ledger it is: what its chains start from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The office that the stand is enrolled at.
    pub office: OfficeId,
    /// The stand.
    pub device: DeviceId,
    /// The exact bytes of the stand's certificate.
    pub certificate: Vec<u8>,
}

impl Identity {
    /// The hash before the first entry of a ledger of this stand.
    pub fn genesis(&self, epoch: Epoch) -> Hash {
        wire::chain::genesis(self.office, &self.certificate, epoch)
    }
}

/// What was found at the place of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// A ledger with at least one epoch.
    Existing,
    /// Nothing yet: an epoch has to be begun.
    Empty,
}

/// An open ledger.
pub struct Ledger {
    pub(crate) db: Connection,
    pub(crate) identity: Identity,
    path: PathBuf,
    /// Which file it is, whatever its name has become since.
    file: Option<(u64, u64)>,
    /// What the next outing is opened with.
    pub(crate) terms: Option<DrawTerms>,
}

/// The newest epoch of the file, where entries go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Current {
    pub(crate) ordinal: i64,
    pub(crate) epoch: Epoch,
    pub(crate) count: u64,
    pub(crate) head: Hash,
}

impl Ledger {
    /// Opens or creates the ledger of `identity` at `path`, checks its version, its owner and the end of its
    /// newest chain. Reading everything is [`Ledger::verify`]'s work, not the morning's.
    pub fn open(path: &Path, identity: Identity) -> Result<(Self, Opened), LedgerError> {
        if rusqlite::version_number() < SQLITE_VERSION_MIN {
            return Err(LedgerError::SqliteVersion(rusqlite::version()));
        }
        create_folder(path)?;
        let existed = inspect_header(path)?;
        let db = Connection::open(path)?;
        // Closing folds the log into the file. What turns out to be refused or damaged stays as it was found.
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        let mut ledger = Self { db, identity, path: path.to_owned(), file: file_id(path), terms: None };
        ledger.prepare().map_err(|error| ledger.or_damaged(error))?;
        if !existed {
            sync_directory(path)?;
        }
        let opened = ledger.check_end().map_err(|error| ledger.or_damaged(error))?;
        ledger.db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        Ok((ledger, opened))
    }

    /// Opens a ledger that was set aside, as far as SQLite can: to send what it holds, never to append to it.
    pub fn open_set_aside(path: &Path, identity: Identity) -> Result<Self, LedgerError> {
        inspect_header(path)?;
        let ledger = Self {
            db: Connection::open(path)?,
            identity,
            path: path.to_owned(),
            file: file_id(path),
            terms: None,
        };
        ledger.db.busy_timeout(BUSY_TIMEOUT)?;
        ledger.db.execute_batch(PRAGMAS)?;
        if ledger.schema_version()? != SCHEMA_VERSION {
            return Err(LedgerError::Damaged {
                path: path.to_owned(),
                why: "without a ledger's schema".into(),
            });
        }
        Ok(ledger)
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the file still stands under its name. Another program may have set it aside, and what is appended
    /// to it then would be out of sight.
    pub(crate) fn check_in_place(&self) -> Result<(), LedgerError> {
        if self.file == file_id(&self.path) { Ok(()) } else { Err(LedgerError::Replaced) }
    }

    fn prepare(&mut self) -> Result<(), LedgerError> {
        self.db.busy_timeout(BUSY_TIMEOUT)?;
        self.db.set_prepared_statement_cache_capacity(64);
        // A plan may not depend on what is bound: or else SQLite makes it anew for each query, a fifth of a capture.
        self.db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        self.db.execute_batch(PRAGMAS)?;
        self.migrate()
    }

    /// Brings the schema up to date. Each step and its number commit together; afterwards the log is folded into
    /// the file, so that the header alone tells the version.
    fn migrate(&mut self) -> Result<(), LedgerError> {
        let mut version = self.schema_version()?;
        if version == SCHEMA_VERSION {
            return Ok(());
        }
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        version = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        // A newer program that lost power in its migration left its version in the log only, where the header's
        // inspection does not look.
        if version > SCHEMA_VERSION {
            let path = self.path.clone();
            return Err(LedgerError::NewerSchema { path, found: version, known: SCHEMA_VERSION });
        }
        for (number, sql) in (1_u32..).zip(MIGRATIONS) {
            if number > version {
                tx.execute_batch(sql)?;
            }
        }
        tx.execute_batch(&format!(
            "PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION};"
        ))?;
        tx.commit()?;
        self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    fn schema_version(&self) -> Result<u32, LedgerError> {
        Ok(self.db.query_row("PRAGMA user_version", [], |row| row.get(0))?)
    }

    /// The owner of the newest epoch must be this stand, and its last entry must link.
    fn check_end(&self) -> Result<Opened, LedgerError> {
        let Some(current) = self.current()? else { return Ok(Opened::Empty) };
        let genesis: Vec<u8> =
            self.db.query_row("SELECT genesis FROM epochs WHERE ordinal = ?1", [current.ordinal], |row| {
                row.get(0)
            })?;
        if genesis != self.identity.genesis(current.epoch).0 {
            return Err(LedgerError::ForeignLedger { path: self.path.clone() });
        }
        self.verify_range(current, current.count.saturating_sub(1))?;
        Ok(Opened::Existing)
    }

    /// The newest epoch with its count and head, or none in a new file.
    pub(crate) fn current(&self) -> Result<Option<Current>, LedgerError> {
        crate::read::current(&self.db)
    }

    /// Count and head of an epoch that has entries.
    pub(crate) fn end_of(&self, ordinal: i64) -> Result<Option<(u64, Hash)>, LedgerError> {
        Ok(self
            .db
            .prepare_cached("SELECT seq, hash FROM entries WHERE epoch = ?1 ORDER BY seq DESC LIMIT 1")?
            .query_row([ordinal], |row| Ok((row.get(0)?, Hash(row.get(1)?))))
            .optional()?)
    }

    /// What looks like SQLite's complaint about a broken file becomes that file's damage.
    fn or_damaged(&self, error: LedgerError) -> LedgerError {
        if error.is_damage() && !matches!(error, LedgerError::Damaged { .. }) {
            return LedgerError::Damaged { path: self.path.clone(), why: error.to_string() };
        }
        error
    }
}

/// Looks at the first bytes without letting SQLite touch anything. False when there is no file, or an empty one.
fn inspect_header(path: &Path) -> Result<bool, LedgerError> {
    let mut header = [0_u8; 100];
    let io = |source| LedgerError::Io { path: path.to_owned(), source };
    let damaged = |why: &str| LedgerError::Damaged { path: path.to_owned(), why: why.to_owned() };
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(io(error)),
    };
    if file.metadata().map_err(io)?.len() == 0 {
        return Ok(false);
    }
    let read = file.read_exact(&mut header);
    if read.is_err() || !header.starts_with(b"SQLite format 3\0") {
        // Power may have gone while SQLite wrote this page: what is right then stands in a file beside, and only
        // SQLite can put it back. It also has the last word on what it finds afterwards.
        let beside = ["-journal", "-wal"].map(|side| {
            let mut name = path.as_os_str().to_owned();
            name.push(side);
            Path::new(&name).exists()
        });
        return if beside.contains(&true) { Ok(false) } else { Err(damaged("not a database")) };
    }
    let number_at = |offset: usize| {
        let bytes = header.get(offset..).and_then(|rest| rest.first_chunk::<4>());
        bytes.map(|bytes| u32::from_be_bytes(*bytes)).unwrap_or_default()
    };
    // Offsets 60 and 68 of SQLite's file format: user version and application id.
    let found = number_at(60);
    if found > SCHEMA_VERSION {
        return Err(LedgerError::NewerSchema { path: path.to_owned(), found, known: SCHEMA_VERSION });
    }
    if found != 0 && number_at(68) != APPLICATION_ID {
        return Err(LedgerError::ForeignLedger { path: path.to_owned() });
    }
    Ok(true)
}

/// The schema of the file at this place, from its header alone: whatever wrote it, and without SQLite touching it. None
/// where no ledger is.
///
/// # Errors
/// [`LedgerError::Io`] where it can't be read.
pub fn schema_of(path: &Path) -> Result<Option<u32>, LedgerError> {
    match inspect_header(path) {
        Ok(true) => {
            let mut header = [0_u8; 64];
            let read = File::open(path).and_then(|mut file| file.read_exact(&mut header));
            read.map_err(|source| LedgerError::Io { path: path.to_owned(), source })?;
            Ok(header.last_chunk::<4>().map(|bytes| u32::from_be_bytes(*bytes)))
        }
        Ok(false) | Err(LedgerError::Damaged { .. } | LedgerError::ForeignLedger { .. }) => Ok(None),
        Err(LedgerError::NewerSchema { found, .. }) => Ok(Some(found)),
        Err(error) => Err(error),
    }
}

/// Copies a ledger of whatever schema, as it is at one moment, into a file that is not there yet: for trying another
/// program on it.
///
/// # Errors
/// Those of SQLite; what was begun of the copy is then to be removed.
pub fn copy(from: &Path, to: &Path) -> Result<(), LedgerError> {
    let db = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    db.busy_timeout(BUSY_TIMEOUT)?;
    db.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    Ok(())
}

/// Makes a new file's or folder's name durable.
fn sync_directory(path: &Path) -> Result<(), LedgerError> {
    let directory = folder_of(path);
    File::open(directory)
        .and_then(|directory| directory.sync_all())
        .map_err(|source| LedgerError::Io { path: directory.to_owned(), source })
}

/// Makes the ledger's own folder, readable by its owner only.
fn create_folder(path: &Path) -> Result<(), LedgerError> {
    let folder = folder_of(path);
    if folder.exists() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|source| LedgerError::Io { path: folder.to_owned(), source })?;
    sync_directory(folder)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

/// Device and inode.
#[cfg(unix)]
fn file_id(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

/// Elsewhere an open file can't be renamed, so it is always in its place.
#[cfg(not(unix))]
fn file_id(_path: &Path) -> Option<(u64, u64)> {
    None
}

/// Moves the folder of a damaged ledger out of the way and returns where the database is now. One rename, so that
/// a power cut leaves database and log together. Nothing is deleted: it may be the only copy of what citizens filed.
pub fn set_aside(path: &Path, now_unix_s: i64) -> Result<PathBuf, LedgerError> {
    let folder = folder_of(path);
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let target = (0_u32..1_000)
        .map(|n| match n {
            0 => folder.with_file_name(format!("{name}{SET_ASIDE}{now_unix_s}")),
            n => folder.with_file_name(format!("{name}{SET_ASIDE}{now_unix_s}-{n}")),
        })
        .find(|target| !target.exists())
        .unwrap_or_default();
    fs::rename(folder, &target).map_err(|source| LedgerError::Io { path: folder.to_owned(), source })?;
    sync_directory(folder)?;
    Ok(target.join(path.file_name().unwrap_or_default()))
}

/// The ledgers that were set aside beside this one, oldest first.
pub fn set_aside_ledgers(path: &Path) -> Result<Vec<PathBuf>, LedgerError> {
    let folder = folder_of(path);
    let (Some(around), Some(name)) = (folder.parent(), folder.file_name()) else { return Ok(Vec::new()) };
    let beginning = format!("{}{SET_ASIDE}", name.to_string_lossy());
    let io = |source| LedgerError::Io { path: around.to_owned(), source };
    let mut found = Vec::new();
    for entry in fs::read_dir(around).map_err(io)? {
        let entry = entry.map_err(io)?;
        if entry.file_name().to_string_lossy().starts_with(&beginning) {
            found.push(entry.path().join(path.file_name().unwrap_or_default()));
        }
    }
    found.sort();
    Ok(found)
}
