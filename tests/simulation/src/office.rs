//! The central office: the real store in a folder of its own, real keys, and how it dies and comes back.
//!
//! Time is handed in. What lies between a request and the store is in the modules below.

mod audit;
mod intake;
mod issuer;
mod opener;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use central_db::{
    Applicant, Certified, CertifyStand, Enrolled, NewCode, Slot, SqliteStore, Store as _, StoreError,
};
use ed25519_dalek::{SigningKey, VerifyingKey};
use tokio::runtime::Runtime;
use wire::cert::DeviceCertificate;
use wire::seal::{OpeningKey, SealingKey};
use wire::{DeviceId, Epoch, Hash, KeyId, OfficeId};

pub(crate) use intake::{ManifestReply, Reply};

use crate::Trouble;
use crate::dice::Dice;
use crate::facts::Holdings;
use crate::plan::Broken;

/// When runs begin, in seconds since 1970 (UTC): an early morning in November 2026.
pub(crate) const BEGINNING_UNIX_S: u64 = 1_795_230_000;

/// What a stand has besides its ledger once it is enrolled.
#[derive(Clone)]
pub(crate) struct Badge {
    pub(crate) device: DeviceId,
    pub(crate) key: SigningKey,
    pub(crate) certificate: Vec<u8>,
    pub(crate) folio_prefix: u16,
}

pub(crate) struct Office {
    folder: PathBuf,
    runtime: Runtime,
    store: Option<SqliteStore>,
    pub(crate) id: OfficeId,
    enrolment: SigningKey,
    checkpoint: SigningKey,
    content: SigningKey,
    opening: OpeningKey,
    certificates: BTreeMap<DeviceId, Vec<u8>>,
    /// Ledgers that were ever named in a push.
    seen: BTreeSet<(DeviceId, Epoch)>,
    /// Of those, copies of what rested in a pool.
    copies: BTreeSet<(DeviceId, Epoch)>,
    /// What the last backup holds of each ledger's main branch.
    safe: BTreeMap<(DeviceId, Epoch), (u64, Hash)>,
    broken: Option<Broken>,
}

/// The enrolment key's part in an enrolment.
struct Certifier {
    office: OfficeId,
    enrolment: SigningKey,
    public_key: [u8; 32],
    valid_unix_s: std::ops::Range<u64>,
}

impl CertifyStand for Certifier {
    fn certify(&self, slot: &Slot) -> Option<Certified> {
        let valid = self.valid_unix_s.clone();
        let (prefix, not_after_unix_s) = (slot.folio_prefix, valid.end);
        let certificate = DeviceCertificate::new(self.office, slot.device, self.public_key, prefix, valid)
            .sign(&self.enrolment);
        Some(Certified { answer: certificate.clone(), certificate, not_after_unix_s, unlock_key: [0; 32] })
    }
}

impl Office {
    pub(crate) fn begin(folder: &Path, dice: &mut Dice, broken: Option<Broken>) -> Result<Self, Trouble> {
        let id = OfficeId(dice.bytes());
        Ok(Self {
            folder: folder.to_owned(),
            runtime: tokio::runtime::Builder::new_current_thread().build()?,
            store: Some(SqliteStore::open(&folder.join("central.sqlite"))?),
            id,
            enrolment: SigningKey::from_bytes(&dice.bytes()),
            checkpoint: SigningKey::from_bytes(&dice.bytes()),
            content: SigningKey::from_bytes(&dice.bytes()),
            opening: OpeningKey::new(id, &dice.bytes())?,
            certificates: BTreeMap::new(),
            seen: BTreeSet::new(),
            copies: BTreeSet::new(),
            safe: BTreeMap::new(),
            broken,
        })
    }

    pub(crate) fn checkpoint_key(&self) -> VerifyingKey {
        self.checkpoint.verifying_key()
    }

    pub(crate) fn content_key(&self) -> VerifyingKey {
        self.content.verifying_key()
    }

    pub(crate) fn sealing_key(&self) -> Result<SealingKey, Trouble> {
        Ok(SealingKey::new(self.id, &self.opening.public_key())?)
    }

    pub(crate) fn is_up(&self) -> bool {
        self.store.is_some()
    }

    /// Asks the store and waits.
    fn ask<T>(&self, work: impl AsyncFnOnce(&SqliteStore) -> Result<T, StoreError>) -> Result<T, Trouble> {
        let store = self.store.as_ref().ok_or(StoreError::Closed)?;
        Ok(self.runtime.block_on(work(store))?)
    }

    /// Enrols a stand whose certificate runs out at `expires_unix_s`.
    pub(crate) fn enrol(
        &mut self,
        label: &str,
        expires_unix_s: u64,
        dice: &mut Dice,
    ) -> Result<Badge, Trouble> {
        let (device, key) = (DeviceId(dice.bytes()), SigningKey::from_bytes(&dice.bytes()));
        let (code_id, public_key) = (KeyId(dice.bytes()), key.verifying_key().to_bytes());
        let folio_prefixes = (0..8).map(|_| u16::try_from(dice.below(0x8000)).unwrap_or(0)).collect();
        let code = NewCode {
            code_id,
            device,
            label: label.to_owned(),
            space: domain::Space::default(),
            code: label.to_owned(),
            made_unix_s: BEGINNING_UNIX_S,
            expires_unix_s: BEGINNING_UNIX_S.saturating_add(1),
        };
        let certifier = Certifier {
            office: self.id,
            enrolment: self.enrolment.clone(),
            public_key,
            valid_unix_s: BEGINNING_UNIX_S..expires_unix_s,
        };
        let applicant = Applicant { code_id, public_key, folio_prefixes };
        let enrolled = self.ask(async |store| {
            store.add_code(code).await?;
            store.enrol(applicant, Arc::new(certifier), BEGINNING_UNIX_S).await
        })?;
        let Enrolled::Answer(certificate) = enrolled else { return Err(Trouble::Enrolment) };
        let opened = DeviceCertificate::open(&certificate, &self.enrolment.verifying_key());
        let folio_prefix = opened.map_err(|_| Trouble::Enrolment)?.folio_prefix;
        self.certificates.insert(device, certificate.clone());
        Ok(Badge { device, key, certificate, folio_prefix })
    }

    pub(crate) fn revoke(&self, device: DeviceId, now_unix_s: u64) -> Result<(), Trouble> {
        self.ask(async |store| store.revoke(device, "robado".into(), now_unix_s).await)?;
        Ok(())
    }

    /// The process ends. What it answered is on the disk; what it had not answered may be or not.
    pub(crate) fn crash(&mut self) {
        self.store = None;
    }

    pub(crate) fn restart(&mut self) -> Result<(), Trouble> {
        if self.store.is_none() {
            self.store = Some(SqliteStore::open(&self.folder.join("central.sqlite"))?);
        }
        Ok(())
    }

    /// Copies the data aside. Until the next restart the office is down.
    pub(crate) fn back_up(&mut self) -> Result<(), Trouble> {
        self.crash();
        fs::copy(self.folder.join("central.sqlite"), self.folder.join("backup.sqlite"))?;
        self.restart()
    }

    /// From now on everything up to the backup's ends is vouched for as safe.
    pub(crate) fn vouch_for(&mut self, backup: &Rc<Holdings>) {
        self.safe = backup.main_ends();
    }

    /// Puts the last backup in the place of the data.
    pub(crate) fn restore(&mut self) -> Result<(), Trouble> {
        self.crash();
        for side in ["central.sqlite-wal", "central.sqlite-shm"] {
            match fs::remove_file(self.folder.join(side)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        fs::copy(self.folder.join("backup.sqlite"), self.folder.join("central.sqlite"))?;
        self.restart()
    }

    pub(crate) fn has_backup(&self) -> bool {
        self.folder.join("backup.sqlite").exists()
    }
}
