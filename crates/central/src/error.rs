//! What can go wrong with the office's folder, and with what it is asked to do.

use std::path::PathBuf;

use central_db::StoreError;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum CentralError {
    /// There is an office in this folder already. Nothing was touched.
    #[error("{0} already holds a central office")]
    AlreadyInitialised(PathBuf),
    /// There is no office in this folder.
    #[error("{0} holds no central office")]
    NotInitialised(PathBuf),
    /// Data without the office that it belongs to: somebody removed `office.json`. Nothing was touched.
    #[error("{0} holds data but no office.json")]
    OfficeMissing(PathBuf),
    /// An address that can't stand on a receipt.
    #[error("{address} can't be the office's address: {why}")]
    PublicUrl {
        /// What was given.
        address: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A file could not be read or written.
    #[error("{operation} {path}")]
    File {
        /// What was being done.
        operation: &'static str,
        /// Which file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// A file does not hold what it should.
    #[error("{path} is damaged: {why}")]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What was found.
        why: String,
    },
    /// A key that this task needs is not in the folder.
    #[error("the {0} key is not here")]
    KeyMissing(&'static str),
    /// The root key that was given is another office's.
    #[error("{0} is not this office's root key")]
    OtherRoot(PathBuf),
    /// Keeping or finding something failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No stand of this id, folio prefix or label.
    #[error("no stand is called {0}")]
    UnknownDevice(String),
    /// More than one stand is meant.
    #[error("several stands are called {0}")]
    AmbiguousDevice(String),
    /// The stand was revoked, and nobody is let in there.
    #[error("the stand {0} is revoked")]
    RevokedDevice(String),
    /// What was read over the telephone was misheard.
    #[error(transparent)]
    UnlockCode(domain::UnlockCodeError),
    /// Not the form of a staff code.
    #[error(transparent)]
    StaffCode(domain::StaffCodeError),
    /// No request has this number.
    #[error("no request has the number {0}")]
    UnknownRequest(String),
    /// The request has no attachment of this number.
    #[error("the request has no attachment {0}")]
    UnknownAttachment(usize),
    /// The attachment was announced, and its file has not arrived.
    #[error("the file of attachment {0} has not arrived")]
    AttachmentAwaited(usize),
    /// The attachment's file is not what its entry says.
    #[error("the file of attachment {number} is not what its entry says: {why}")]
    AttachmentAltered {
        /// Which.
        number: usize,
        /// What does not fit.
        why: String,
    },
    /// Not a folio: its length, its letters or its check symbol are wrong.
    #[error("{0} is no folio")]
    Folio(String),
    /// Nothing that is kept apart has this name.
    #[error("nothing that is kept apart is called {0}")]
    UnknownKept(String),
    /// More than one piece that is kept apart is meant.
    #[error("several pieces that are kept apart are called {0}")]
    AmbiguousKept(String),
    /// A file that was to be written is there already. Nothing was touched.
    #[error("{0} exists already")]
    FileExists(PathBuf),
    /// The address to listen at can't be had.
    #[error("can't listen at {address}")]
    Listen {
        /// Where.
        address: String,
        /// Why not.
        source: std::io::Error,
    },
    /// A release of the stand's program, or its package, that stands would refuse.
    #[error("{path}: {why}")]
    Release {
        /// The file.
        path: PathBuf,
        /// Its stable code.
        code: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// A picture could not be made.
    #[error("the picture could not be made: {0}")]
    Picture(String),
}
