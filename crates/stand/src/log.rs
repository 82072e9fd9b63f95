//! The stand as the reconciliation sees it: its ledgers, and the places where central's answers are kept.

use ed25519_dalek::SigningKey;
use ledger::{HeldManifest, KeptAct, KeptAlarm, Ledger, LedgerError, Sealer};
use sync::upload::{Files, WaitingFile};
use sync::{Alarm, ChunkRead, LedgerState, Log, Snapshot};
use wire::body::{LedgerOpened, OpeningReason};
use wire::cert::Role;
use wire::enrol::Enrolment;
use wire::manifest::{Manifest, Part};
use wire::push::{Checkpoint, PUSH_ENTRIES_MAX};
use wire::upload::{Stored, Upload};
use wire::{Epoch, Hash};

use crate::StandError;
use crate::acts::open_certificate;
use crate::clock::{Clock, KnownTime, TrustedTime, captured};
use crate::files::SealedFiles;
use crate::ledgers::signed;
use crate::stand::{Chance, draw_epoch};

/// Why the local side of a sync failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LogError {
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The sealed files failed.
    #[error(transparent)]
    Files(Box<StandError>),
}

/// A stand's ledger, its key and its clock, for the time of one sync. Has a connection of its own, so that
/// recording goes on meanwhile.
pub(crate) struct StandLog<'a> {
    pub(crate) ledger: Ledger,
    /// Ledgers that were set aside as damaged and can still be opened: what they hold is sent like any other.
    pub(crate) set_aside: Vec<Ledger>,
    pub(crate) files: SealedFiles,
    pub(crate) sealer: Sealer,
    pub(crate) chance: Chance,
    pub(crate) enrolment: Enrolment,
    pub(crate) key: &'a SigningKey,
    pub(crate) clock: &'a dyn Clock,
    pub(crate) trusted: Option<TrustedTime>,
    pub(crate) known: Option<KnownTime>,
}

impl StandLog<'_> {
    /// The ledger that holds an epoch: the current one, unless one that was set aside does.
    fn holding(&mut self, epoch: Epoch) -> &mut Ledger {
        let holds = |ledger: &Ledger| ledger.hash_at(epoch, 0).ok().flatten().is_some();
        match self.set_aside.iter_mut().find(|ledger| holds(ledger)) {
            Some(ledger) => ledger,
            None => &mut self.ledger,
        }
    }

    /// Who the stand is, and whose signatures it trusts.
    pub(crate) fn identity(&self) -> sync::Identity {
        let device = &self.enrolment.device;
        sync::Identity {
            office: device.office,
            device: device.device,
            kid: device.kid(),
            checkpoint_keys: self.enrolment.signers(Role::Checkpoint),
            content_keys: self.enrolment.signers(Role::Content),
        }
    }

    /// Attachments that central has not signed for, those of ledgers that were set aside included as far as they read.
    pub(crate) fn attachments_waiting(&self) -> Result<u64, LedgerError> {
        let aside = self.set_aside.iter().filter_map(|ledger| ledger.attachments_waiting().ok()).sum::<u64>();
        Ok(aside.saturating_add(self.ledger.attachments_waiting()?))
    }

    /// Acts whose closing the office holds and that want a certificate, the newest first, so many at most: those that
    /// have none, and of the newest those whose certificate names a difference, as it may be explained since.
    pub(crate) fn uncertified(&self, most: usize) -> Result<Vec<KeptAct>, LedgerError> {
        let aside = self.set_aside.iter().filter_map(|ledger| ledger.acts().ok()).flatten();
        let acts = self.ledger.acts()?.into_iter().chain(aside).filter(|act| act.acknowledged);
        let wants = |(at, act): &(usize, KeptAct)| match &act.certificate {
            None => true,
            Some(bytes) => {
                *at < most && open_certificate(&self.enrolment, bytes).is_none_or(|held| !held.is_zero())
            }
        };
        Ok(acts.enumerate().filter(wants).map(|(_, act)| act).take(most).collect())
    }

    /// Keeps the office's certificate where the act is.
    pub(crate) fn store_certificate(&mut self, act: &KeptAct, signed: &[u8]) -> Result<(), LedgerError> {
        self.holding(act.epoch).store_certificate(act.epoch, act.closed, signed)
    }
}

impl Log for StandLog<'_> {
    type Error = LogError;

    fn snapshot(&mut self) -> Result<Snapshot, LogError> {
        let identity = self.identity();
        // One that was set aside may not even list its epochs; the others go on without it.
        let set_aside = self.set_aside.iter().filter_map(|ledger| ledger.epochs().ok()).flatten();
        let ledgers = set_aside
            .chain(self.ledger.epochs()?)
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
        let manifest =
            self.ledger.manifest()?.map(|held| sync::HeldManifest { number: held.number, etag: held.etag });
        Ok(Snapshot { identity, ledgers, manifest })
    }

    fn chunk(&mut self, epoch: Epoch, from: u64, bytes_max: usize) -> Result<ChunkRead, LogError> {
        Ok(match self.holding(epoch).chunk(epoch, from, bytes_max, PUSH_ENTRIES_MAX) {
            Ok(Some(chunk)) => ChunkRead::Signed(signed(&self.enrolment, self.key, epoch, &chunk)),
            Err(LedgerError::Released { .. }) => ChunkRead::Released,
            Ok(None) => ChunkRead::Unreadable,
            Err(error) if error.is_damage() => ChunkRead::Unreadable,
            Err(error) => return Err(error.into()),
        })
    }

    fn head_at(&mut self, epoch: Epoch, count: u64) -> Result<Option<Hash>, LogError> {
        Ok(self.holding(epoch).hash_at(epoch, count)?)
    }

    fn acknowledge(&mut self, count: u64, checkpoint: &Checkpoint, bytes: &[u8]) -> Result<(), LogError> {
        self.holding(checkpoint.epoch).acknowledge(count, checkpoint, bytes)?;
        // The manifest is the current ledger's, whichever was acknowledged.
        Ok(self.ledger.forget_etag()?)
    }

    fn has_part(&mut self, hash: Hash) -> Result<bool, LogError> {
        Ok(self.ledger.part(hash)?.is_some())
    }

    fn store_part(&mut self, part: &Part, bytes: &[u8]) -> Result<(), LogError> {
        Ok(self.ledger.store_part(part.hash, bytes)?)
    }

    fn store_manifest(
        &mut self,
        manifest: &Manifest,
        bytes: &[u8],
        etag: Option<&str>,
    ) -> Result<(), LogError> {
        let parts: Vec<Hash> = manifest.parts.iter().map(|part| part.hash).collect();
        let held = HeldManifest {
            number: manifest.number,
            etag: etag.map(ToOwned::to_owned),
            signed: bytes.to_vec(),
        };
        self.ledger.store_manifest(&held, &parts)?;
        // The office's time and not this machine's, which may jump: a body that goes early is gone.
        let told_unix_s = i64::try_from(manifest.issued_unix_s).unwrap_or_default();
        for watermark in &manifest.watermarks {
            match self.ledger.note_watermark(watermark, told_unix_s) {
                // A ledger that was set aside keeps all its bodies; its watermark says nothing about this one.
                Ok(()) | Err(LedgerError::ForeignAnswer { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.ledger.release(told_unix_s)?;
        for hash in self.ledger.releasable_files(told_unix_s)? {
            if let Err(error) = self.files.remove(hash) {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "a released file could not be removed"
                );
            }
        }
        Ok(())
    }

    fn begin_epoch(&mut self, reason: OpeningReason, previous: Epoch) -> Result<(), LogError> {
        let captured = captured(&self.clock.read(), self.trusted.as_ref(), self.known.as_ref());
        let opened = LedgerOpened::new(captured, reason, Some(previous));
        self.ledger.begin(draw_epoch(&mut self.chance), opened, &mut self.sealer, &mut self.chance)?;
        Ok(())
    }

    fn alarm(&mut self, alarm: &Alarm) -> Result<(), LogError> {
        tracing::warn!(code = alarm.code(), "alarm: {alarm:?}");
        if let Alarm::CentralWentBack { epoch, now, .. } = alarm {
            self.holding(*epoch).lower_acknowledged(*epoch, *now)?;
            // It may have lost files too: each that is still here is asked for again.
            for ledger in std::iter::once(&mut self.ledger).chain(&mut self.set_aside) {
                ledger.forget_stored()?;
            }
        }
        self.ledger.forget_etag()?;
        let at_unix_s = self.clock.read().wall_unix_ms.div_euclid(1_000);
        let kept = KeptAlarm { at_unix_s, code: alarm.code().to_owned(), detail: format!("{alarm:?}") };
        Ok(self.ledger.keep_alarm(&kept)?)
    }
}

impl Files for StandLog<'_> {
    type Error = LogError;

    fn waiting(&mut self) -> Result<Vec<WaitingFile>, LogError> {
        // As with entries: what can be read of a ledger that was set aside goes first.
        let aside = self.set_aside.iter().filter_map(|ledger| ledger.attachments_to_send().ok()).flatten();
        // One that is not here any more (released, and then forgotten by an office that was restored; or lost) can't be
        // sent, and would only make every sync fail. It goes on being counted as not stored.
        Ok(aside
            .chain(self.ledger.attachments_to_send()?)
            .filter(|row| self.files.has(row.hash))
            .map(|row| WaitingFile { epoch: row.epoch, seq: row.seq, hash: row.hash, bytes: row.bytes })
            .collect())
    }

    fn statement(&mut self, file: &WaitingFile) -> Vec<u8> {
        let device = &self.enrolment.device;
        let place = (file.epoch, file.seq);
        Upload::new(device.office, device.device, place, file.hash, file.bytes).sign(self.key)
    }

    fn piece(
        &mut self,
        file: &WaitingFile,
        from: u64,
        bytes_max: usize,
    ) -> Result<Option<Vec<u8>>, LogError> {
        self.files.read(file.hash, from, bytes_max).map_err(|error| LogError::Files(Box::new(error)))
    }

    fn stored(&mut self, stored: &Stored, bytes: &[u8]) -> Result<(), LogError> {
        for ledger in &mut self.set_aside {
            if ledger.note_stored(stored, bytes).is_ok() {
                return Ok(());
            }
        }
        Ok(self.ledger.note_stored(stored, bytes)?)
    }
}
