//! A stand whose ledger lies in memory: entries of made-up sealed bytes, linked and signed as real ones are.

use std::collections::BTreeSet;
use std::convert::Infallible;

use ed25519_dalek::SigningKey;
use sync::{Alarm, Chunk, ChunkRead, HeldManifest, Identity, LedgerState, Log, Snapshot};
use wire::body::OpeningReason;
use wire::manifest::{Manifest, Part};
use wire::push::{Checkpoint, Push, PushEntry};
use wire::{DeviceId, Entry, EntryKind, Epoch, Hash, KeyId, OfficeId, chain};

use crate::office::{checkpoint_key, content_key};

pub(crate) const OFFICE: OfficeId = OfficeId([7; 16]);
pub(crate) const DEVICE: DeviceId = DeviceId([8; 16]);
pub(crate) const EPOCH: Epoch = Epoch([9; 8]);
/// Sealed bytes of each entry.
pub(crate) const ENTRY_BYTES: usize = 400;

pub(crate) fn device_key() -> SigningKey {
    SigningKey::from_bytes(&[3; 32])
}

#[derive(Default)]
pub(crate) struct Memory {
    entries: Vec<Entry>,
    hashes: Vec<Hash>,
    pub(crate) acknowledged: u64,
    manifest: Option<HeldManifest>,
    parts: BTreeSet<Hash>,
    pub(crate) alarms: Vec<Alarm>,
}

impl Memory {
    /// A ledger of that many entries.
    pub(crate) fn with(count: u64) -> Self {
        let mut memory =
            Self { hashes: vec![chain::genesis(OFFICE, b"certificate", EPOCH)], ..Self::default() };
        for seq in 1..=count {
            let sealed = (0..ENTRY_BYTES).map(|at| (at as u64 ^ seq).to_le_bytes()[0]).collect();
            let (kind, key_id) = (EntryKind::REQUEST, KeyId([1; 8]));
            let entry = Entry { seq, kind, key_id, dictionary: 1, sealed };
            memory.hashes.push(entry.hash(*memory.hashes.last().unwrap()));
            memory.entries.push(entry);
        }
        memory
    }

    pub(crate) fn head(&self) -> Hash {
        *self.hashes.last().unwrap()
    }
}

impl Log for Memory {
    type Error = Infallible;

    fn snapshot(&mut self) -> Result<Snapshot, Infallible> {
        let count = self.entries.len() as u64;
        let state = LedgerState {
            epoch: EPOCH,
            count,
            head: self.head(),
            acknowledged: self.acknowledged,
            released: 0,
            pending_bytes: (count - self.acknowledged) * ENTRY_BYTES as u64,
            forked: false,
        };
        let identity = Identity {
            office: OFFICE,
            device: DEVICE,
            kid: KeyId::of(device_key().verifying_key().as_bytes()),
            checkpoint_keys: checkpoint_key().verifying_key().into(),
            content_keys: content_key().verifying_key().into(),
        };
        Ok(Snapshot { identity, ledgers: vec![state], manifest: self.manifest.clone() })
    }

    fn chunk(&mut self, epoch: Epoch, from: u64, bytes_max: usize) -> Result<ChunkRead, Infallible> {
        let from_index = usize::try_from(from).unwrap();
        let entries = (bytes_max / ENTRY_BYTES).clamp(1, self.entries.len() - from_index);
        let entries: Vec<PushEntry<'_>> =
            self.entries[from_index..from_index + entries].iter().map(Into::into).collect();
        let previous = self.hashes[from_index];
        let head = self.hashes[from_index + entries.len()];
        let push = Push { office: OFFICE, device: DEVICE, epoch, from, previous, entries, head };
        Ok(ChunkRead::Signed(Chunk { bytes: push.sign(&device_key()), from, count: push.count(), head }))
    }

    fn head_at(&mut self, _: Epoch, count: u64) -> Result<Option<Hash>, Infallible> {
        Ok(self.hashes.get(usize::try_from(count).unwrap()).copied())
    }

    fn acknowledge(&mut self, count: u64, _: &Checkpoint, _: &[u8]) -> Result<(), Infallible> {
        self.acknowledged = count;
        self.manifest.iter_mut().for_each(|held| held.etag = None);
        Ok(())
    }

    fn has_part(&mut self, hash: Hash) -> Result<bool, Infallible> {
        Ok(self.parts.contains(&hash))
    }

    fn store_part(&mut self, part: &Part, _: &[u8]) -> Result<(), Infallible> {
        self.parts.insert(part.hash);
        Ok(())
    }

    fn store_manifest(
        &mut self,
        manifest: &Manifest,
        _: &[u8],
        etag: Option<&str>,
    ) -> Result<(), Infallible> {
        self.manifest = Some(HeldManifest { number: manifest.number, etag: etag.map(ToOwned::to_owned) });
        Ok(())
    }

    fn begin_epoch(&mut self, _: OpeningReason, _: Epoch) -> Result<(), Infallible> {
        panic!("nothing here forks");
    }

    fn alarm(&mut self, alarm: &Alarm) -> Result<(), Infallible> {
        self.alarms.push(*alarm);
        Ok(())
    }
}
