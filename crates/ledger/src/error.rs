//! What can go wrong with a ledger, one variant per operation that failed.

use std::path::PathBuf;

use wire::Epoch;
use wire::compress::CompressError;
use wire::seal::SealError;

/// What can go wrong with a ledger.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The file was written by a newer program. It was not touched.
    #[error("{path} has schema {found}; this program knows {known}")]
    NewerSchema {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// Ours.
        known: u32,
    },
    /// The file belongs to another stand or office. It was not touched.
    #[error("{path} belongs to another stand")]
    ForeignLedger {
        /// The file.
        path: PathBuf,
    },
    /// The file is no database, or its end does not verify.
    #[error("{path} is damaged: {why}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        why: String,
    },
    /// The disk has no room left. Nothing of the record was kept.
    #[error("the disk is full")]
    DiskFull,
    /// Another program set this file aside as damaged and began another in its place.
    #[error("the ledger was replaced by another program")]
    Replaced,
    /// Another program holds the file for itself.
    #[error("another program holds the ledger")]
    Busy,
    /// The SQLite library is one with the WAL-reset race (3.7.0 to 3.51.2).
    #[error("SQLite {0} is not safe with several connections")]
    SqliteVersion(&'static str),
    /// The record could not be sealed. Nothing was kept.
    #[error("could not seal the record")]
    Seal(#[from] SealError),
    /// The record could not be packed. Nothing was kept.
    #[error("could not pack the record")]
    Pack(#[from] CompressError),
    /// The chain does not verify.
    #[error("ledger {epoch}: entry {seq} does not verify: {why}")]
    Broken {
        /// The ledger.
        epoch: Epoch,
        /// The first entry that does not fit.
        seq: u64,
        /// What does not fit.
        why: &'static str,
    },
    /// A body that central does not hold yet is not here any more.
    #[error("ledger {epoch}: the body of entry {seq} was released")]
    Released {
        /// The ledger.
        epoch: Epoch,
        /// The entry.
        seq: u64,
    },
    /// An answer about a ledger that this file does not hold, or about a position with another hash.
    #[error("ledger {epoch}: the answer for {count} entries is not about what is here")]
    ForeignAnswer {
        /// The ledger.
        epoch: Epoch,
        /// The count that was named.
        count: u64,
    },
    /// The request has as many attachments as it may. Nothing was kept.
    #[error("the request has as many attachments as it may")]
    TooManyAttachments,
    /// The request's attachments would be larger in all than they may. Nothing was kept.
    #[error("the request's attachments are too large in all")]
    AttachmentsTooLarge,
    /// Central's word on a file that no entry here names, or not of this length.
    #[error("an answer about a file that is not from here")]
    ForeignFile,
    /// There is no outing to close.
    #[error("no outing is open")]
    NoOuting,
    /// An outing is open already.
    #[error("an outing is open already")]
    OutingOpen,
    /// No invitation of this place of the draw is waiting, or it was not begun.
    #[error("no invitation of place {place} is waiting")]
    NoInvitation {
        /// The place.
        place: u64,
    },
    /// The file system failed.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// SQLite failed otherwise.
    #[error("sqlite: {0}")]
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::DiskFull,
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Sqlite(error),
        }
    }
}

impl LedgerError {
    /// Whether the file itself is unusable, so that it must be set aside for the day to go on.
    pub fn is_damage(&self) -> bool {
        match self {
            Self::Damaged { .. } | Self::Broken { .. } => true,
            Self::Sqlite(error) => matches!(
                error.sqlite_error_code(),
                Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase)
            ),
            _ => false,
        }
    }

    /// Whether the disk failed a write or a flush. After a failed flush the kernel may have dropped what was
    /// written and call the next flush of the same descriptor a success, so the ledger must be opened again.
    pub fn is_disk_failure(&self) -> bool {
        let failed = Some(rusqlite::ErrorCode::SystemIoFailure);
        matches!(self, Self::Sqlite(error) if error.sqlite_error_code() == failed)
    }
}
