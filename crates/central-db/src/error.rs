//! What can go wrong with keeping something. In words of the office; no engine's type leaks.

use std::path::PathBuf;
use std::sync::Arc;

use wire::DeviceId;

/// Why the store did not do what it was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// A push of a stand that was never enrolled here.
    #[error("stand {0} is not enrolled here")]
    UnknownDevice(DeviceId),
    /// The push would begin one branch more than a stand may have. Nothing of it was stored.
    #[error("stand {0} has as many branches as it may")]
    TooManyBranches(DeviceId),
    /// No room left. What was asked was not done; nothing that was there is touched.
    #[error("no space left for the central office's data")]
    DiskFull,
    /// Another process held the data for too long. Asking again later helps.
    #[error("the central office's data is busy")]
    Busy,
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
    /// The data was written by a newer version of this program. Nothing was touched.
    #[error("{path} has schema {found}, this program knows up to {known}")]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema number.
        found: u32,
        /// The highest number known here.
        known: u32,
    },
    /// The file belongs to another program.
    #[error("{path} is not a central office's data")]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A migration that was applied is not the one this program ships.
    #[error("migration {number} was applied in another wording than this program's")]
    MigrationChanged {
        /// Its number.
        number: u32,
    },
    /// The linked SQLite has a known way of corrupting data.
    #[error("SQLite {found} is linked; {needed} or newer is needed")]
    EngineTooOld {
        /// What is linked.
        found: &'static str,
        /// What is needed.
        needed: &'static str,
    },
    /// What the file holds can't be read as what it should be.
    #[error("damaged while {operation}: {why}")]
    Damaged {
        /// What was being done.
        operation: &'static str,
        /// What was found.
        why: String,
    },
    /// The engine's own word on a failed operation.
    #[error("{operation} failed")]
    Engine {
        /// What was being done.
        operation: &'static str,
        /// The engine's error.
        source: Arc<dyn std::error::Error + Send + Sync>,
    },
}

impl StoreError {
    /// Whether asking again the same way can't help.
    pub fn is_permanent(&self) -> bool {
        !matches!(self, Self::Busy | Self::DiskFull | Self::Closed | Self::Engine { .. })
    }

    /// Bytes in the store that do not read as what they should be.
    pub(crate) fn damaged(operation: &'static str, why: impl std::fmt::Display) -> Self {
        Self::Damaged { operation, why: why.to_string() }
    }
}
