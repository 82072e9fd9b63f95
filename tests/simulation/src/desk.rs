//! The stand's side of a sync, as the stand's own use cases have it: the ledger, and what it keeps.

use std::rc::Rc;

use ed25519_dalek::VerifyingKey;
use ledger::{HeldManifest, KeptAlarm, LedgerError};
use sync::{Alarm, Chunk, ChunkRead, Identity, LedgerState, Log, Snapshot};
use wire::body::OpeningReason;
use wire::manifest::{Manifest, Part};
use wire::push::{Checkpoint, PUSH_ENTRIES_MAX, Push, PushEntry};
use wire::{Epoch, Hash, KeyId};

use crate::Trouble;
use crate::facts::Fact;
use crate::plan::Broken;
use crate::stand::Stand;

/// A stand during a sync.
pub(crate) struct Desk<'a> {
    pub(crate) stand: &'a mut Stand,
    pub(crate) keys: (VerifyingKey, VerifyingKey),
    pub(crate) true_unix_s: u64,
    pub(crate) facts: Vec<Fact>,
}

impl Desk<'_> {
    fn now_unix_s(&self) -> i64 {
        self.stand.now_unix_s(self.true_unix_s)
    }

    fn release(&mut self, told_unix_s: i64) -> Result<(), Trouble> {
        let early = self.stand.broken == Some(Broken::StandReleasesEarly);
        let ledger = self.stand.ledger()?;
        if ledger.release(if early { i64::MAX } else { told_unix_s })? == 0 {
            return Ok(());
        }
        let (stand, device) = (self.stand.number, self.stand.badge.device);
        for local in self.stand.ledger()?.epochs()?.into_iter().filter(|local| local.released > 0) {
            let (epoch, upto) = (local.epoch, local.released);
            self.facts.push(Fact::Released { stand, device, epoch, upto, at_unix_s: told_unix_s });
        }
        Ok(())
    }
}

impl Log for Desk<'_> {
    type Error = Trouble;

    fn snapshot(&mut self) -> Result<Snapshot, Trouble> {
        let badge = &self.stand.badge;
        let identity = Identity {
            office: self.stand.office(),
            device: badge.device,
            kid: KeyId::of(badge.key.verifying_key().as_bytes()),
            checkpoint_keys: self.keys.0.into(),
            content_keys: self.keys.1.into(),
        };
        let ledger = self.stand.ledger()?;
        let ledgers = ledger
            .epochs()?
            .into_iter()
            .map(|local| LedgerState {
                epoch: local.epoch,
                count: local.count,
                head: local.head,
                acknowledged: local.acknowledged,
                released: local.released,
                pending_bytes: local.pending_bytes,
                forked: local.forked,
            })
            .collect();
        let manifest = ledger.manifest()?;
        let manifest = manifest.map(|held| sync::HeldManifest { number: held.number, etag: held.etag });
        Ok(Snapshot { identity, ledgers, manifest })
    }

    fn chunk(&mut self, epoch: Epoch, from: u64, bytes_max: usize) -> Result<ChunkRead, Trouble> {
        let office = self.stand.office();
        let chunk = match self.stand.ledger()?.chunk(epoch, from, bytes_max, PUSH_ENTRIES_MAX) {
            Ok(Some(chunk)) => chunk,
            Ok(None) => return Ok(ChunkRead::Unreadable),
            Err(LedgerError::Released { .. }) => return Ok(ChunkRead::Released),
            Err(error) => return Err(error.into()),
        };
        let badge = &self.stand.badge;
        let entries: Vec<PushEntry<'_>> = chunk.entries.iter().map(Into::into).collect();
        let ledger::Chunk { from, previous, head, .. } = chunk;
        let push = Push { office, device: badge.device, epoch, from, previous, entries, head };
        Ok(ChunkRead::Signed(Chunk { bytes: push.sign(&badge.key), from, count: push.count(), head }))
    }

    fn head_at(&mut self, epoch: Epoch, count: u64) -> Result<Option<Hash>, Trouble> {
        Ok(self.stand.ledger()?.hash_at(epoch, count)?)
    }

    fn acknowledge(&mut self, count: u64, checkpoint: &Checkpoint, bytes: &[u8]) -> Result<(), Trouble> {
        if self.stand.broken == Some(Broken::StandIgnoresAnswers) {
            return Ok(());
        }
        Ok(self.stand.ledger()?.acknowledge(count, checkpoint, bytes)?)
    }

    fn has_part(&mut self, hash: Hash) -> Result<bool, Trouble> {
        Ok(self.stand.ledger()?.part(hash)?.is_some())
    }

    fn store_part(&mut self, part: &Part, bytes: &[u8]) -> Result<(), Trouble> {
        Ok(self.stand.ledger()?.store_part(part.hash, bytes)?)
    }

    fn store_manifest(
        &mut self,
        manifest: &Manifest,
        bytes: &[u8],
        etag: Option<&str>,
    ) -> Result<(), Trouble> {
        let parts: Vec<Hash> = manifest.parts.iter().map(|part| part.hash).collect();
        let etag = etag.map(ToOwned::to_owned);
        let held = HeldManifest { number: manifest.number, etag, signed: bytes.to_vec() };
        let told = i64::try_from(manifest.issued_unix_s).unwrap_or_default();
        let ledger = self.stand.ledger()?;
        ledger.store_manifest(&held, &parts)?;
        for mark in &manifest.watermarks {
            match ledger.note_watermark(mark, told) {
                Ok(()) | Err(LedgerError::ForeignAnswer { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let (stand, manifest) = (self.stand.number, Rc::new(manifest.clone()));
        self.facts.push(Fact::ManifestStored { stand, manifest });
        self.release(told)
    }

    fn begin_epoch(&mut self, reason: OpeningReason, previous: Epoch) -> Result<(), Trouble> {
        if self.stand.broken == Some(Broken::StandKeepsForkedLedger) {
            return Ok(());
        }
        self.stand.begin_epoch(reason, Some(previous), self.true_unix_s)
    }

    fn alarm(&mut self, alarm: &Alarm) -> Result<(), Trouble> {
        let at_unix_s = self.now_unix_s();
        let swallowed = self.stand.broken == Some(Broken::StandSwallowsAlarms);
        let ledger = self.stand.ledger()?;
        if !swallowed {
            // First of all: once the rest is done, nothing would raise it again.
            let (code, detail) = (alarm.code().to_owned(), format!("{alarm:?}"));
            ledger.keep_alarm(&KeptAlarm { at_unix_s, code, detail })?;
        }
        if let Alarm::CentralWentBack { epoch, now, .. } = alarm {
            ledger.lower_acknowledged(*epoch, *now)?;
        }
        ledger.forget_etag()?;
        if !swallowed {
            self.facts.push(Fact::Alarmed { stand: self.stand.number, alarm: *alarm });
        }
        Ok(())
    }
}
