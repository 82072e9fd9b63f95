//! What lies below a folder, and what a push in a file says of itself.

use ed25519_dalek::VerifyingKey;
use wire::push::{PUSH_BYTES_MAX, Push, PushError};
use wire::sign1::{Sign1, Sign1Error};
use wire::{DeviceId, Epoch, Hash, KeyId, OfficeId};

use crate::layout::{What, is_as_named};
use crate::{Medium, MediumError};

/// Folders within folders that are looked into.
pub const DEPTH_MAX: usize = 8;
/// Files of ours that are looked at, and folders that are looked into: a stand that exports a hundred times a day for
/// a year stays below.
pub const FILES_MAX: usize = 50_000;

/// A file of ours.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Where.
    pub path: String,
    /// What its name says.
    pub what: What,
    /// Its bytes.
    pub len: u64,
}

/// Everything of ours below a folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Walk {
    /// By path.
    pub files: Vec<Found>,
    /// Whether there is more than [`FILES_MAX`] or deeper than [`DEPTH_MAX`].
    pub more: bool,
}

impl Walk {
    /// The files that say of themselves to be this.
    pub fn of(&self, what: What) -> impl Iterator<Item = &Found> {
        self.files.iter().filter(move |found| found.what == what)
    }
}

/// Looks for files of ours below a folder. A folder that is not there holds nothing; one that can't be read inside is
/// an error.
pub fn walk(medium: &impl Medium, folder: &str) -> Result<Walk, MediumError> {
    let mut walk = Walk::default();
    let mut folders = vec![(folder.to_owned(), 0_usize)];
    let mut looked_into = 0_usize;
    while let Some((folder, depth)) = folders.pop() {
        looked_into = looked_into.saturating_add(1);
        let items = match medium.list(&folder) {
            Err(MediumError::Gone { .. }) => continue,
            listed => listed?,
        };
        for item in items {
            let path = if folder.is_empty() { item.name.clone() } else { format!("{folder}/{}", item.name) };
            if item.is_folder && depth < DEPTH_MAX && folders.len().saturating_add(looked_into) < FILES_MAX {
                folders.push((path, depth.saturating_add(1)));
            } else if item.is_folder {
                walk.more = true;
            } else if let Some(what) = What::of(&item.name) {
                if walk.files.len() >= FILES_MAX {
                    walk.more = true;
                    break;
                }
                walk.files.push(Found { path, what, len: item.len });
            }
        }
    }
    walk.files.sort();
    Ok(walk)
}

/// What a push in a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushHead {
    /// The file.
    pub path: String,
    /// Whose signature it carries, by its own claim.
    pub kid: KeyId,
    /// The office.
    pub office: OfficeId,
    /// The stand.
    pub device: DeviceId,
    /// Its ledger.
    pub epoch: Epoch,
    /// Entries before it.
    pub from: u64,
    /// The chain's hash after those.
    pub previous: Hash,
    /// Entries after it.
    pub count: u64,
    /// The chain's hash after those.
    pub head: Hash,
    /// Its bytes.
    pub len: usize,
}

/// Why a file that is called a push is none.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// Larger than a push may be.
    #[error("larger than a push may be")]
    TooLarge,
    /// Its bytes are not those that its name tells, and no signed object: it was cut short, or altered.
    #[error("cut short or altered")]
    Cut,
    /// Not the form of anything signed.
    #[error("not signed")]
    NotSigned,
    /// The signature does not fit the key that it was to be checked with.
    #[error("the signature does not fit")]
    BadSignature,
    /// Signed, and no push that this program can read.
    #[error("no push: {0}")]
    NoPush(PushError),
    /// The medium failed.
    #[error(transparent)]
    Medium(#[from] MediumError),
}

impl Unreadable {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::Cut => "cut",
            Self::NotSigned => "not_signed",
            Self::BadSignature => "bad_signature",
            Self::NoPush(PushError::Version(_)) => "version",
            Self::NoPush(PushError::Chain) => "chain",
            Self::NoPush(_) => "malformed",
            Self::Medium(error) => error.code(),
        }
    }
}

/// Reads a push and what it says of itself. With a key, its signature is checked; without one, only its form and its
/// chain, and whoever takes it checks the rest.
pub fn read_push(
    medium: &impl Medium,
    path: &str,
    key: Option<&VerifyingKey>,
) -> Result<(PushHead, Vec<u8>), Unreadable> {
    let bytes = match medium.read(path, PUSH_BYTES_MAX) {
        Err(MediumError::TooLarge { .. }) => return Err(Unreadable::TooLarge),
        read => read?,
    };
    let head = head_of(path, &bytes, key)?;
    Ok((head, bytes))
}

fn head_of(path: &str, bytes: &[u8], key: Option<&VerifyingKey>) -> Result<PushHead, Unreadable> {
    let altered = || if is_as_named(path, bytes) { Unreadable::NotSigned } else { Unreadable::Cut };
    let signed = Sign1::read(bytes).map_err(|_| altered())?;
    let opened = match key {
        Some(key) => Push::open(&signed, key),
        None => Push::read_unverified(&signed),
    };
    let push = opened.map_err(|error| match error {
        PushError::Signature(Sign1Error::BadSignature) => Unreadable::BadSignature,
        other => Unreadable::NoPush(other),
    })?;
    Ok(PushHead {
        path: path.to_owned(),
        kid: signed.kid,
        office: push.office,
        device: push.device,
        epoch: push.epoch,
        from: push.from,
        previous: push.previous,
        count: push.count(),
        head: push.head,
        len: bytes.len(),
    })
}
