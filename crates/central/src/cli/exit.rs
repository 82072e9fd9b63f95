//! Exit codes, the same for both programs of the product.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Done.
    Ok = 0,
    /// Something that has no code of its own: a file that can't be read, an address that can't be had.
    Failed = 1,
    /// Written wrongly, or not available yet, or there already.
    Usage = 2,
    /// What was named doesn't exist or was rejected; the rest was done.
    Rejected = 3,
    /// Something is damaged, or of another version.
    Integrity = 5,
    /// There is no office in the folder.
    NotEnrolled = 6,
    /// Another process has it and doesn't share.
    InUse = 7,
    /// No space left.
    DiskFull = 8,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        #[allow(clippy::as_conversions)]
        Self::from(exit as u8)
    }
}
