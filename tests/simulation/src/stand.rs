//! A stand: a ledger on a disk of its own, a key, a clock that may be wrong, and at most one sync.
//!
//! The disk is the real ledger in a folder. A crash drops everything but the folder; a restored or cloned disk is
//! a copied folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use domain::{Captured, Certainty, DevicePrefix, RequestDraft};
use ledger::{Ledger, NewRequest, Opened, Sealer};
use sync::{Engine, Outcome};
use uuid::Uuid;
use wire::body::{LedgerOpened, OpeningReason};
use wire::receipt::ClaimKey;
use wire::seal::SealingKey;
use wire::{Epoch, OfficeId};

use crate::Trouble;
use crate::dice::Dice;
use crate::facts::{Disk, DiskEntry, Receipt};
use crate::office::Badge;
use crate::plan::Broken;

pub(crate) struct Stand {
    pub(crate) number: usize,
    pub(crate) badge: Badge,
    office: OfficeId,
    folder: PathBuf,
    pub(crate) sealing: SealingKey,
    pub(crate) ledger: Option<Ledger>,
    pub(crate) dice: Dice,
    /// How far the stand's clock is off, in seconds.
    pub(crate) clock_off_s: i64,
    pub(crate) session: Option<Session>,
    pub(crate) sessions: u64,
    pub(crate) last_outcome: Option<Outcome>,
    copies: u64,
    pub(crate) broken: Option<Broken>,
}

/// A sync in progress.
pub(crate) struct Session {
    pub(crate) number: u64,
    pub(crate) engine: Engine,
    /// The request whose answer it waits for.
    pub(crate) request: Option<u64>,
}

impl Stand {
    pub(crate) fn begin(
        number: usize,
        badge: Badge,
        office: OfficeId,
        folder: PathBuf,
        sealing: SealingKey,
        dice: Dice,
    ) -> Result<Self, Trouble> {
        fs::create_dir_all(&folder)?;
        let mut stand = Self {
            number,
            badge,
            office,
            folder,
            sealing,
            ledger: None,
            dice,
            clock_off_s: 0,
            session: None,
            sessions: 0,
            last_outcome: None,
            copies: 0,
            broken: None,
        };
        stand.open()?;
        Ok(stand)
    }

    pub(crate) fn office(&self) -> OfficeId {
        self.office
    }

    fn path(&self) -> PathBuf {
        self.folder.join("ledger.sqlite")
    }

    fn copy_path(&self, copy: u64) -> PathBuf {
        self.folder.join(format!("copy-{copy}.sqlite"))
    }

    /// Comes up: opens what is there, begins a first epoch where there is none.
    pub(crate) fn open(&mut self) -> Result<(), Trouble> {
        let identity = ledger::Identity {
            office: self.office,
            device: self.badge.device,
            certificate: self.badge.certificate.clone(),
        };
        let (ledger, opened) = Ledger::open(&self.path(), identity)?;
        self.ledger = Some(ledger);
        if opened == Opened::Empty {
            self.begin_epoch(OpeningReason::Enrolled, None, 0)?;
        }
        Ok(())
    }

    /// Ends without a word.
    pub(crate) fn crash(&mut self) {
        self.ledger = None;
        self.session = None;
    }

    /// Copies the disk aside; the stand is off for that moment. Gives the copy's number.
    pub(crate) fn copy_disk(&mut self) -> Result<u64, Trouble> {
        self.crash();
        self.copies = self.copies.saturating_add(1);
        fs::copy(self.path(), self.copy_path(self.copies))?;
        self.open()?;
        Ok(self.copies)
    }

    pub(crate) fn copies(&self) -> u64 {
        self.copies
    }

    /// Puts an earlier copy in the place of the disk.
    pub(crate) fn restore_disk(&mut self, copy: u64) -> Result<(), Trouble> {
        self.crash();
        fs::copy(self.copy_path(copy), self.path())?;
        self.open()
    }

    /// A second stand from the same disk, with chance of its own.
    pub(crate) fn clone_into(&mut self, number: usize, folder: PathBuf, dice: Dice) -> Result<Self, Trouble> {
        self.crash();
        fs::create_dir_all(&folder)?;
        fs::copy(self.path(), folder.join("ledger.sqlite"))?;
        self.open()?;
        let mut clone =
            Self::begin(number, self.badge.clone(), self.office, folder, self.sealing.clone(), dice)?;
        clone.broken = self.broken;
        clone.clock_off_s = self.clock_off_s;
        Ok(clone)
    }

    /// The stand's own time.
    pub(crate) fn now_unix_s(&self, true_unix_s: u64) -> i64 {
        i64::try_from(true_unix_s).unwrap_or(i64::MAX).saturating_add(self.clock_off_s)
    }

    pub(crate) fn ledger(&mut self) -> Result<&mut Ledger, Trouble> {
        self.ledger.as_mut().ok_or(Trouble::Off)
    }

    pub(crate) fn sealer(&self) -> Sealer {
        Sealer::new(self.sealing.clone())
    }

    pub(crate) fn captured(&self, true_unix_s: u64) -> Captured {
        Captured {
            at_unix_ms: self.now_unix_s(true_unix_s).saturating_mul(1_000),
            certainty: Certainty::Unconfirmed,
            trusted_unix_s: None,
            elapsed_ms: None,
        }
    }

    pub(crate) fn begin_epoch(
        &mut self,
        reason: OpeningReason,
        previous: Option<Epoch>,
        true_unix_s: u64,
    ) -> Result<(), Trouble> {
        let (epoch, mut sealer) = (Epoch(self.dice.bytes()), self.sealer());
        let opened = LedgerOpened::new(self.captured(true_unix_s), reason, previous);
        let ledger = self.ledger.as_mut().ok_or(Trouble::Off)?;
        ledger.begin(epoch, opened, &mut sealer, &mut self.dice.0)?;
        Ok(())
    }

    /// A citizen files a request and gets a receipt.
    pub(crate) fn capture(&mut self, true_unix_s: u64) -> Result<Receipt, Trouble> {
        let prefix = DevicePrefix::new(self.badge.folio_prefix).map_err(|_| Trouble::Request)?;
        let words = usize::try_from(self.dice.between(1, 60)).unwrap_or(1);
        let draft = RequestDraft {
            kind: Some("reclamo".into()),
            text: Some(["espero"; 60].get(..words).unwrap_or_default().join(" ")),
            comuna: Some("11303".into()),
            ..RequestDraft::default()
        };
        let request = draft.check(chrono::DateTime::UNIX_EPOCH).map_err(|_| Trouble::Request)?;
        let new = NewRequest {
            id: Uuid::from_bytes(self.dice.bytes()),
            request: &request,
            claim: ClaimKey::draw(&mut self.dice.0),
            captured: self.captured(true_unix_s),
            due: None,
        };
        let mut sealer = self.sealer();
        let ledger = self.ledger.as_mut().ok_or(Trouble::Off)?;
        let row = ledger.append_request(&new, prefix, &mut sealer, &mut self.dice.0)?.into_inner();
        let hash = ledger.hash_at(row.epoch, row.seq)?.ok_or(Trouble::Off)?;
        let skips = self.broken == Some(Broken::StandSkipsNumbers);
        let skipped = if skips { row.seq.rem_euclid(2) } else { 0 };
        Ok(Receipt {
            stand: self.number,
            device: self.badge.device,
            epoch: row.epoch,
            seq: row.seq.saturating_add(skipped),
            folio: row.folio,
            hash,
            sealed: row.sealed_hash,
        })
    }

    /// What lies on the disk.
    pub(crate) fn look(&self, thorough: bool) -> Result<Disk, Trouble> {
        let ledger = self.ledger.as_ref().ok_or(Trouble::Off)?;
        let mut entries = BTreeMap::new();
        let (mut ledgers, mut forked) = (Vec::new(), Vec::new());
        for local in ledger.epochs()? {
            if local.forked {
                forked.push(local.epoch);
            }
            ledgers.push((local.epoch, local.count, local.acknowledged));
            for seq in 1..=local.count {
                let hash = ledger.hash_at(local.epoch, seq)?.ok_or(Trouble::Off)?;
                let has_body = seq > local.released;
                entries.insert((local.epoch, seq), DiskEntry { hash, has_body });
            }
        }
        let complaint = if thorough { ledger.verify().err().map(|error| error.to_string()) } else { None };
        let alarms = ledger.alarms()?.into_iter().map(|alarm| alarm.detail).collect();
        let (stand, device) = (self.number, self.badge.device);
        Ok(Disk { stand, device, ledgers, entries, forked, alarms, complaint })
    }
}
