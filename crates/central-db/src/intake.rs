//! A push on its way in, and the answer on its way out.

use std::sync::Arc;

use ed25519_dalek::{SigningKey, VerifyingKey};
use wire::push::{Checkpoint, Outcome, Push, PushError, QuarantineReason};
use wire::sign1::{Context, Sign1};
use wire::{DeviceId, EntryKind, Epoch, Hash, KeyId, OfficeId};

/// A push whose signature and chain were checked. The only way in is [`SignedPush::open`], so that nothing
/// unsigned can reach the store, and the expensive part is done before the store's one writer is asked.
#[derive(Debug, Clone)]
pub struct SignedPush {
    pub(crate) office: OfficeId,
    pub(crate) device: DeviceId,
    pub(crate) epoch: Epoch,
    pub(crate) from: u64,
    pub(crate) previous: Hash,
    pub(crate) payload_hash: Hash,
    pub(crate) entries: Vec<PushedEntry>,
    bytes: Arc<Vec<u8>>,
}

/// One entry, with its hashes computed; the body stays where it arrived.
#[derive(Debug, Clone)]
pub(crate) struct PushedEntry {
    pub(crate) seq: u64,
    pub(crate) kind: EntryKind,
    pub(crate) key_id: KeyId,
    pub(crate) dictionary: u16,
    pub(crate) hash: Hash,
    pub(crate) sealed_hash: Hash,
    sealed: std::ops::Range<usize>,
}

impl SignedPush {
    /// Reads the bytes of a push and verifies them with the stand's key.
    pub fn open(bytes: impl Into<Arc<Vec<u8>>>, key: &VerifyingKey) -> Result<Self, PushError> {
        let bytes = bytes.into();
        let signed = Sign1::read(&bytes)?;
        let payload_hash = Hash::of(signed.unverified_payload());
        let push = Push::open(&signed, key)?;
        let entries = push
            .hashes()
            .map(|(seq, hash, entry)| PushedEntry {
                seq,
                kind: entry.kind,
                key_id: entry.key_id,
                dictionary: entry.dictionary,
                hash,
                sealed_hash: Hash::of(entry.sealed),
                sealed: place_within(&bytes, entry.sealed),
            })
            .collect();
        let Push { office, device, epoch, from, previous, .. } = push;
        Ok(Self { office, device, epoch, from, previous, payload_hash, entries, bytes })
    }

    /// The office that the stand says it is enrolled at.
    pub fn office(&self) -> OfficeId {
        self.office
    }

    /// The stand that it says it is; the caller compares it with the key's owner.
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// How many entries it carries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Never: a push carries at least one entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(crate) fn sealed(&self, entry: &PushedEntry) -> &[u8] {
        self.bytes.get(entry.sealed.clone()).unwrap_or_default()
    }

    /// A checkpoint for this push.
    pub(crate) fn checkpoint(
        &self,
        outcome: Outcome,
        reason: Option<QuarantineReason>,
        end: (u64, Hash),
        now_unix_s: u64,
    ) -> Checkpoint {
        let push = Push {
            office: self.office,
            device: self.device,
            epoch: self.epoch,
            from: self.from,
            previous: self.previous,
            entries: Vec::new(),
            head: end.1,
        };
        Checkpoint::new(&push, outcome, reason, end, now_unix_s)
    }
}

/// Where `part`, a slice of `whole`, lies in it.
fn place_within(whole: &[u8], part: &[u8]) -> std::ops::Range<usize> {
    let start = part.as_ptr().addr().saturating_sub(whole.as_ptr().addr());
    start..start.saturating_add(part.len())
}

/// The payload of bytes that carry a good signature of `key` for a push, whatever the payload says. What is
/// signed and can't be read is kept under this hash.
pub fn signed_payload_hash(bytes: &[u8], key: &VerifyingKey) -> Option<Hash> {
    Sign1::read(bytes).ok()?.verify(key, Context::Push).ok().map(Hash::of)
}

/// Signs checkpoints, inside the transaction that decides them.
pub trait SignCheckpoint: Send + Sync {
    /// The signed bytes.
    fn sign(&self, checkpoint: &Checkpoint) -> Vec<u8>;
}

impl SignCheckpoint for SigningKey {
    fn sign(&self, checkpoint: &Checkpoint) -> Vec<u8> {
        checkpoint.sign(self)
    }
}

/// What central did with a push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The signed checkpoint: the answer, byte for byte.
    pub checkpoint: Vec<u8>,
    /// Entries that were stored by this call; none when the push was known.
    pub stored: usize,
    /// What the checkpoint says; nothing for a kept answer, which is repeated unread.
    pub outcome: Option<Outcome>,
}
