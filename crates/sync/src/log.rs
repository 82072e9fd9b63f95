//! What a stand offers to whoever reconciles it: its ledgers as counted prefixes, and places to keep answers.
//!
//! The calls are short (a few milliseconds of local disk) and are made one after the other from the driver's
//! task, so the trait is not asynchronous. Whatever a call has stored when it returns must be durable: the
//! engine goes on from it, and a crash between two calls must leave a state from which the next sync goes on.

use wire::body::OpeningReason;
use wire::cert::Signers;
use wire::manifest::{Manifest, Part};
use wire::push::Checkpoint;
use wire::{DeviceId, Epoch, Hash, KeyId, OfficeId};

use crate::Alarm;

/// Who the stand is, and whose signatures it trusts. From its enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The office that it is enrolled at.
    pub office: OfficeId,
    /// The stand.
    pub device: DeviceId,
    /// The id of the stand's key, under which it asks for its manifest.
    pub kid: KeyId,
    /// Sign checkpoints and the time. Several, since the office renews its keys and repeats old answers as they were.
    pub checkpoint_keys: Signers,
    /// Sign manifests.
    pub content_keys: Signers,
}

/// One ledger as it stands on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LedgerState {
    /// Which.
    pub epoch: Epoch,
    /// Entries in it.
    pub count: u64,
    /// The chain's hash after `count` entries; the genesis hash where it is empty.
    pub head: Hash,
    /// How many of them central last signed to hold: the highest `count` of [`Log::acknowledge`], lowered by
    /// [`Alarm::CentralWentBack`].
    pub acknowledged: u64,
    /// How many at the beginning have lost their bodies: they can be counted and linked, but not pushed again.
    pub released: u64,
    /// Sealed bytes after `acknowledged`: what there is to send, for the progress only.
    pub pending_bytes: u64,
    /// Whether a checkpoint with the reason `Fork` was acknowledged for it.
    pub forked: bool,
}

/// What the stand remembers of the manifest that it stored last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldManifest {
    /// Its number.
    pub number: u64,
    /// The entity tag to ask with, quotes included: what [`Log::store_manifest`] got last, or none once
    /// [`Log::acknowledge`] or [`Log::alarm`] was called after it.
    pub etag: Option<String>,
}

/// Everything that the engine is told at the beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Who the stand is.
    pub identity: Identity,
    /// Every ledger that is still on the disk, acknowledged or not, oldest first. The last is the one that
    /// captures go to.
    pub ledgers: Vec<LedgerState>,
    /// The stored manifest.
    pub manifest: Option<HeldManifest>,
}

/// A signed push, ready to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// The bytes of [`wire::push::Push::sign`].
    pub bytes: Vec<u8>,
    /// Entries before it.
    pub from: u64,
    /// Entries after it.
    pub count: u64,
    /// The chain's hash after `count` entries.
    pub head: Hash,
}

/// What came of asking for a chunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChunkRead {
    /// Here it is.
    Signed(Chunk),
    /// The body of the first entry asked for was released; it cannot be pushed again.
    Released,
    /// The ledger is damaged there (a database that was set aside). Other ledgers go on.
    Unreadable,
}

/// The stand's side of a sync.
pub trait Log {
    /// Why the local disk failed. Ends the sync at once.
    type Error: std::error::Error + Send + Sync + 'static;

    /// How things stand now.
    fn snapshot(&mut self) -> Result<Snapshot, Self::Error>;

    /// A signed push of entries after `from`: as many whole entries as fit into `bytes_max` bytes of sealed
    /// bodies, at most [`wire::push::PUSH_ENTRIES_MAX`], and always at least one. Not called with `from` at or
    /// past the ledger's count. Asked for the same again, with nothing recorded since, it gives the same bytes.
    fn chunk(&mut self, epoch: Epoch, from: u64, bytes_max: usize) -> Result<ChunkRead, Self::Error>;

    /// The chain's hash after `count` entries of a ledger, the genesis hash for 0; none past its end.
    fn head_at(&mut self, epoch: Epoch, count: u64) -> Result<Option<Hash>, Self::Error>;

    /// Keeps central's signed answer, accepted or quarantined, and counts its ledger as acknowledged up to
    /// `count` (the checkpoint's own count, or less where central holds more than this ledger has). Signature
    /// and heads were compared. A `Fork` in it marks the ledger as forked.
    ///
    /// Forgets the stored manifest's entity tag in the same transaction: a manifest that is older than an
    /// acknowledgement must never be taken for "nothing new", or a central office that was restored to the
    /// moment between the two would not be found out.
    ///
    /// The checkpoint's `time_unix_s` is a time that has passed, a lower bound for the stand's clock; it is not
    /// now, since a repeated push gets its first answer.
    fn acknowledge(&mut self, count: u64, checkpoint: &Checkpoint, bytes: &[u8]) -> Result<(), Self::Error>;

    /// Whether a part of that hash is on the disk.
    fn has_part(&mut self, hash: Hash) -> Result<bool, Self::Error>;

    /// Keeps a part; length and hash were compared.
    fn store_part(&mut self, part: &Part, bytes: &[u8]) -> Result<(), Self::Error>;

    /// Keeps a manifest, in the place of the one before. Signature, office, stand and number were compared, and
    /// all its parts are there. Without an entity tag the next sync asks unconditionally.
    fn store_manifest(
        &mut self,
        manifest: &Manifest,
        bytes: &[u8],
        etag: Option<&str>,
    ) -> Result<(), Self::Error>;

    /// Closes the current ledger and opens a new epoch after it, with its first entry. Called at most once in a
    /// sync, and only for the current ledger.
    fn begin_epoch(&mut self, reason: OpeningReason, previous: Epoch) -> Result<(), Self::Error>;

    /// Keeps an alarm for the staff and for the office. [`Alarm::CentralWentBack`] also lowers the ledger's
    /// acknowledged count to `now`, and nothing after `now` may be released until it is acknowledged again. Every
    /// alarm forgets the stored manifest's entity tag. The same alarm may come again with the next sync.
    fn alarm(&mut self, alarm: &Alarm) -> Result<(), Self::Error>;
}
