//! What a stick or a card can do, as far as it is needed here.

use std::io::ErrorKind;

/// Why a medium did not do it. Nothing of the stand's own is ever touched by any of these.
#[derive(Debug, thiserror::Error)]
pub enum MediumError {
    /// No room is left.
    #[error("no room is left on the medium")]
    Full,
    /// It can't be written to: a lock slider, a damaged file system that the system mounted for reading only.
    #[error("the medium can't be written to")]
    ReadOnly,
    /// The file or folder is not there; the medium itself, when it was pulled out.
    #[error("{path} is not there")]
    Gone {
        /// Below the medium's folder, with `/`.
        path: String,
    },
    /// The file is larger than anything that is expected there.
    #[error("{path} is larger than {bytes_max} bytes")]
    TooLarge {
        /// Below the medium's folder, with `/`.
        path: String,
        /// What was expected at most, in bytes.
        bytes_max: usize,
    },
    /// The system failed otherwise.
    #[error("{path}: {source}")]
    Io {
        /// Below the medium's folder, with `/`.
        path: String,
        /// The system's error.
        source: std::io::Error,
    },
}

impl MediumError {
    /// The error of an operation on a path.
    pub(crate) fn of(path: &str, source: std::io::Error) -> Self {
        match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Self::Full,
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::Gone { path: path.to_owned() },
            _ => Self::Io { path: path.to_owned(), source },
        }
    }

    /// The same of an operation that writes.
    pub(crate) fn of_write(path: &str, source: std::io::Error) -> Self {
        match source.kind() {
            ErrorKind::PermissionDenied => Self::ReadOnly,
            _ => Self::of(path, source),
        }
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Full => "medium_full",
            Self::ReadOnly => "medium_read_only",
            Self::Gone { .. } => "medium_gone",
            Self::TooLarge { .. } => "too_large",
            Self::Io { .. } => "medium_failed",
        }
    }
}

/// Something in a folder of the medium.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// Whether it is a folder.
    pub is_folder: bool,
    /// Bytes of a file.
    pub len: u64,
}

/// A folder on a stick, a card or a disk. Paths are below it, with `/` between names; the empty path is the folder
/// itself.
///
/// No hard links, no locks, no case that matters, no file above [`wire::manifest::PART_BYTES_MAX`]: FAT32 and exFAT
/// hold all of it.
pub trait Medium {
    /// What is in a folder, by name: regular files and folders only. [`MediumError::Gone`] when it is not there.
    fn list(&self, folder: &str) -> Result<Vec<Item>, MediumError>;

    /// A whole file of at most so many bytes.
    fn read(&self, path: &str, bytes_max: usize) -> Result<Vec<u8>, MediumError>;

    /// Makes one folder in a folder that is there. It may be there already.
    fn make_folder(&mut self, path: &str) -> Result<(), MediumError>;

    /// Writes a whole file, in the place of one of this name, and flushes it to the medium. Its name is not safe
    /// before the folder was flushed too.
    fn write_flushed(&mut self, path: &str, bytes: &[u8]) -> Result<(), MediumError>;

    /// Gives a file another name in the same folder, in the place of one that has it.
    fn rename(&mut self, from: &str, to: &str) -> Result<(), MediumError>;

    /// Flushes the names in a folder, where the file system does such a thing.
    fn flush_folder(&mut self, path: &str) -> Result<(), MediumError>;

    /// Deletes a file. It need not be there.
    fn remove(&mut self, path: &str) -> Result<(), MediumError>;

    /// Bytes that can still be written.
    fn free_bytes(&self) -> Result<u64, MediumError>;
}
