//! Where each file lies, and what its name says. Names help a person and an importer's order, and prove nothing.
//!
//! The hash in a name keeps two clones' chunks apart, and tells a file that was cut short from one that was never
//! ours. ASCII, lower case, at most 114 characters with their folders: FAT32 and exFAT take them as they are.

use wire::{DeviceId, Epoch, Hash};

/// The folder that everything lies in.
pub const FOLDER: &str = "oirs";

/// What a file's name says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A signed push.
    Push,
    /// A signed checkpoint.
    Checkpoint,
    /// A signed manifest.
    Manifest,
    /// Published content.
    Part,
    /// A sealed file: an attachment.
    Sealed,
    /// A stand's signed word on a sealed file.
    Upload,
    /// The office's signed word that it holds a sealed file.
    Stored,
    /// Something that was being written when the medium was pulled out or the power went.
    Unfinished,
}

impl What {
    /// What a name says; none for a file that is nothing of ours. FAT may have changed the case.
    pub fn of(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        Some(match ending.to_ascii_lowercase().as_str() {
            "push" => Self::Push,
            "checkpoint" => Self::Checkpoint,
            "manifest" => Self::Manifest,
            "part" => Self::Part,
            "sealed" => Self::Sealed,
            "upload" => Self::Upload,
            "stored" => Self::Stored,
            "tmp" => Self::Unfinished,
            _ => return None,
        })
    }
}

/// The first 16 hexadecimal digits of the SHA-256 of a file.
fn short(bytes: &[u8]) -> String {
    Hash::of(bytes).to_string().chars().take(16).collect()
}

/// The folder of a stand.
pub fn stand_folder(device: DeviceId) -> String {
    format!("{FOLDER}/{device}")
}

/// The folder of one of its ledgers.
pub fn ledger_folder(device: DeviceId, epoch: Epoch) -> String {
    format!("{FOLDER}/{device}/{epoch}")
}

/// Where a push of the entries after `from` up to `count` lies.
pub fn push_path(device: DeviceId, epoch: Epoch, from: u64, count: u64, bytes: &[u8]) -> String {
    format!("{}/{from:010}-{count:010}-{}.push", ledger_folder(device, epoch), short(bytes))
}

/// The folder of the copy of what rests on a stand.
pub fn resting_folder(device: DeviceId) -> String {
    format!("{}/resting", stand_folder(device))
}

/// Where a sheet of that copy lies: a push of the first entry of a ledger of its own.
pub fn resting_path(device: DeviceId, bytes: &[u8]) -> String {
    format!("{}/{:010}-{:010}-{}.push", resting_folder(device), 0, 1, short(bytes))
}

/// Where a checkpoint over so many entries lies.
pub fn checkpoint_path(device: DeviceId, epoch: Epoch, count: u64, bytes: &[u8]) -> String {
    format!("{}/{count:010}-{}.checkpoint", ledger_folder(device, epoch), short(bytes))
}

/// Where a manifest of that number lies.
pub fn manifest_path(device: DeviceId, number: u64, bytes: &[u8]) -> String {
    format!("{}/{number:010}-{}.manifest", stand_folder(device), short(bytes))
}

/// Where a stand's sealed file lies, and both words on it.
pub fn sealed_path(device: DeviceId, hash: Hash) -> String {
    format!("{}/{hash}.sealed", files_folder(device))
}

/// Where a stand's word on its sealed file lies.
pub fn upload_path(device: DeviceId, hash: Hash) -> String {
    format!("{}/{hash}.upload", files_folder(device))
}

/// Where the office's word on a sealed file lies.
pub fn stored_path(device: DeviceId, hash: Hash) -> String {
    format!("{}/{hash}.stored", files_folder(device))
}

/// The folder of a stand's sealed files.
pub fn files_folder(device: DeviceId) -> String {
    format!("{}/files", stand_folder(device))
}

/// Where a published part lies.
pub fn part_path(hash: Hash) -> String {
    format!("{FOLDER}/parts/{hash}.part")
}

/// Whether a file's bytes are those that its name tells. False for a name that tells none.
pub fn is_as_named(name: &str, bytes: &[u8]) -> bool {
    let name = name.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let told = stem.rsplit('-').next().unwrap_or_default().to_ascii_lowercase();
    told.len() >= 16 && Hash::of(bytes).to_string().starts_with(&told)
}
