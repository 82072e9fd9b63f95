//! What the office tells each stand, and how far it vouches for what the stand sent.

use wire::manifest::{Directory, Watermark};
use wire::{DeviceId, Hash};

/// Everything that a stand's manifest is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestInputs {
    /// The stand.
    pub device: DeviceId,
    /// When it was revoked, in seconds since 1970 (UTC).
    pub revoked_unix_s: Option<u64>,
    /// How far each of its ledgers is stored, every branch of it. Nothing is `safe` yet: no backup exists.
    pub watermarks: Vec<Watermark>,
    /// All of the office's stands.
    pub directory: Directory,
    /// The manifest that the stand was given last, signed.
    pub last: Option<Vec<u8>>,
    /// The number of a new one: larger than every earlier one of this stand, and not before the present second,
    /// so that it also grows over a restored backup.
    pub next_number: u64,
}

/// A manifest to be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Its number.
    pub number: u64,
    /// The signed bytes.
    pub signed: Vec<u8>,
    /// Content that it names and that must be there when it is asked for.
    pub parts: Vec<(Hash, Vec<u8>)>,
}

/// Makes manifests, inside the transaction that numbers them.
pub trait IssueManifest: Send + Sync {
    /// A new manifest, or nothing when the last one still says everything.
    fn issue(&self, inputs: &ManifestInputs) -> Option<Issue>;
}

/// The manifest that a stand should have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// Its number.
    pub number: u64,
    /// The signed bytes.
    pub signed: Vec<u8>,
}
