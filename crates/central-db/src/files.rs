//! Sealed files that stands bring after their entries: what the office notes of each. The bytes lie in files beside.

use domain::Folio;
use wire::push::QuarantineReason;
use wire::{DeviceId, Hash};

use crate::opening::EntryId;

/// Files of different bytes that may be brought for one announced position. One is right; more come from clones, or
/// from whoever has a stolen stand's key.
pub const FILES_PER_ENTRY_MAX: u64 = 4;
/// Files of a stand that may be begun and not whole. Beginning one more forgets the oldest, which costs its being
/// sent again.
pub const UNFINISHED_MAX: u64 = 16;

/// A file that a stand wants to bring, or go on bringing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileToTake {
    /// The stand's word on it, checked.
    pub upload: wire::upload::Upload,
    /// When, in seconds since 1970 (UTC).
    pub now_unix_s: u64,
}

/// What the office says to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taking {
    /// It may be sent. What was begun longest ago and is forgotten instead of it is to be removed.
    Welcome {
        /// Hashes of files of this stand that were not whole.
        forgotten: Vec<Hash>,
    },
    /// It was whole before: the word that was given then, byte for byte.
    Stored(Vec<u8>),
    /// No entry of this stand announces a file at that position.
    Unannounced,
    /// As many files were brought for that position as may be.
    TooMany,
    /// The same hash with another length: one of the two words is false.
    OtherLength,
}

/// What lists need of an attachment that was opened. Nothing of what it shows, and not its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttachmentFound {
    /// The request's number.
    pub folio: Folio,
    /// SHA-256 of the sealed file.
    pub hash: Hash,
    /// When the stand recorded it, in seconds since 1970 (UTC).
    pub captured_unix_s: i64,
}

/// An attachment of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentLine {
    /// The entry that announces it and holds its key.
    pub id: EntryId,
    /// SHA-256 of the sealed file.
    pub hash: Hash,
    /// When the stand recorded it, in seconds since 1970 (UTC).
    pub captured_unix_s: i64,
    /// When the entry arrived, in seconds since 1970 (UTC).
    pub received_unix_s: u64,
    /// Whether the file is here, whole.
    pub is_stored: bool,
    /// Why the entry is quarantined, if it is.
    pub quarantine: Option<QuarantineReason>,
}

/// Files in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FileSum {
    /// Attachments that entries announce.
    pub announced: u64,
    /// Of those, how many files are here, whole.
    pub stored: u64,
}

/// Where a stand's sealed files lie: one folder for each, so that no two stands share a name.
pub fn file_folder(device: DeviceId) -> String {
    device.to_string()
}
