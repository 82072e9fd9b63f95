//! The stand itself: opened once, and what every use case needs of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{Calendar, Captured, DevicePrefix};
use ed25519_dalek::SigningKey;
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use ledger::{Identity, Ledger, LedgerError, Opened, Sealer};
use serde::Serialize;
use wire::Epoch;
use wire::body::{Body, LedgerOpened, OpeningReason};
use wire::enrol::{EnrolAnswer, Enrolment};
use wire::seal::SealingKey;

use crate::clock::{Clock, SystemClock, captured};
use crate::folder::Folder;
use crate::settings::Settings;
use crate::{StandError, pin};

pub(crate) const KEY_FILE: &str = "device.key";
pub(crate) const ENROLMENT_FILE: &str = "enrolment.cbor";

/// The operating system's randomness. That it works is checked when the stand is opened.
pub(crate) type Chance = UnwrapErr<SysRng>;

/// An enrolled stand, ready to record.
pub struct Stand {
    pub(crate) folder: Folder,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) enrolment: Enrolment,
    pub(crate) key: SigningKey,
    pub(crate) ledger: Ledger,
    pub(crate) sealer: Sealer,
    pub(crate) chance: Chance,
    pub(crate) calendar: Calendar,
    pub(crate) settings: Settings,
    pub(crate) prefix: DevicePrefix,
    set_aside: Option<PathBuf>,
}

/// Numbers of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerStats {
    /// The newest epoch.
    pub epoch: String,
    /// Its entries.
    pub count: u64,
    /// Its head, in hexadecimal.
    pub head: String,
    /// All epochs of this machine.
    pub epochs: u64,
    /// All entries.
    pub entries: u64,
    /// Requests among them.
    pub requests: u64,
    /// Encounters among them.
    pub encounters: u64,
    /// Entries that central has signed to hold.
    pub acknowledged: u64,
    /// Entries that are still only on this machine.
    pub held: u64,
    /// Bytes of sealed bodies on this machine.
    pub sealed_bytes: u64,
}

impl Stand {
    /// Opens the stand in `path` with the machine's clock.
    pub fn open(path: &Path) -> Result<Self, StandError> {
        Self::open_with(path, Arc::new(SystemClock))
    }

    /// Opens the stand in `path`. A damaged ledger is set aside and the day goes on in a new one.
    pub fn open_with(path: &Path, clock: Arc<dyn Clock>) -> Result<Self, StandError> {
        if !path.join(ENROLMENT_FILE).exists() {
            return Err(StandError::NotEnrolled);
        }
        check_chance(path)?;
        let folder = Folder::open(path)?;
        let key = read_key(&folder)?.ok_or(StandError::NotEnrolled)?;
        let bytes = folder.read(ENROLMENT_FILE)?.ok_or(StandError::NotEnrolled)?;
        let enrolment = EnrolAnswer::open_kept(&bytes).map_err(StandError::Enrolment)?;
        let settings = Settings::load(&folder)?;
        let bad = |why: &str| StandError::BadFile { path: path.join(ENROLMENT_FILE), why: why.to_owned() };
        let sealing = enrolment.sealing_key().map_err(|error| bad(&error.to_string()))?;
        let sealing =
            SealingKey::new(enrolment.device.office, &sealing).map_err(|error| bad(&error.to_string()))?;
        let prefix =
            DevicePrefix::new(enrolment.device.folio_prefix).map_err(|error| bad(&error.to_string()))?;
        let sealer = Sealer::new(sealing)?;
        let (ledger, opened, set_aside) = open_ledger(&folder, &enrolment, clock.as_ref())?;
        let mut stand = Self {
            folder,
            clock,
            enrolment,
            key,
            ledger,
            sealer,
            chance: UnwrapErr(SysRng),
            calendar: Calendar::by_law(),
            settings,
            prefix,
            set_aside,
        };
        if opened == Opened::Empty {
            let reason =
                if stand.set_aside.is_some() { OpeningReason::Damaged } else { OpeningReason::Enrolled };
            stand.begin_epoch(reason, None)?;
        }
        Ok(stand)
    }

    /// Where a damaged ledger was set aside when this stand was opened, or since.
    pub fn set_aside(&self) -> Option<&Path> {
        self.set_aside.as_deref()
    }

    /// The office's name, as a citizen reads it.
    pub fn office_name(&self) -> &str {
        &self.enrolment.office_name
    }

    /// Checks the team's PIN, if one was set.
    pub fn check_pin(&self, pin: Option<&str>) -> Result<(), StandError> {
        pin::check(&self.folder, pin, self.now().timestamp())
    }

    /// Whether staff functions ask for a PIN.
    pub fn has_pin(&self) -> Result<bool, StandError> {
        pin::is_set(&self.folder)
    }

    /// Sets the team's PIN; the caller has checked the old one.
    pub fn set_pin(&self, pin: &str) -> Result<(), StandError> {
        pin::set(&self.folder, pin)
    }

    /// Whether the disk has room for a form to be begun.
    pub fn check_space(&self) -> Result<(), StandError> {
        self.folder.check_space()
    }

    /// Recomputes every chain on this machine.
    pub fn verify_ledger(&self) -> Result<ledger::Verified, StandError> {
        Ok(self.ledger.verify()?)
    }

    /// Numbers of the ledger.
    pub fn ledger_stats(&self) -> Result<LedgerStats, StandError> {
        let (epoch, count, head) = self.ledger.head()?;
        let epochs = self.ledger.epochs()?;
        let counters = self.ledger.counters()?;
        let acknowledged = epochs.iter().map(|epoch| epoch.acknowledged).sum();
        Ok(LedgerStats {
            epoch: epoch.to_string(),
            count,
            head: head.to_string(),
            epochs: u64::try_from(epochs.len()).unwrap_or(u64::MAX),
            entries: counters.entries,
            requests: counters.requests,
            encounters: counters.encounters,
            acknowledged,
            held: counters.entries.saturating_sub(acknowledged),
            sealed_bytes: counters.sealed_bytes,
        })
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.clock.read().wall_unix_ms).unwrap_or_default()
    }

    pub(crate) fn captured_now(&self) -> Captured {
        captured(&self.clock.read(), self.settings.trusted_time.as_ref())
    }

    /// Draws a new epoch and writes its first entry.
    pub(crate) fn begin_epoch(
        &mut self,
        reason: OpeningReason,
        previous: Option<Epoch>,
    ) -> Result<(), StandError> {
        let opened = LedgerOpened::new(self.captured_now(), reason, previous);
        let epoch = draw_epoch(&mut self.chance);
        self.ledger.begin_epoch(epoch)?;
        self.ledger.append_plain(&Body::LedgerOpened(opened), &mut self.sealer, &mut self.chance)?;
        Ok(())
    }

    /// Does something that writes the ledger. When the ledger turns out to be damaged, it is set aside, a new one
    /// is begun, and the work is done again there: a citizen is never refused for a broken disk.
    pub(crate) fn or_in_new_ledger<T>(
        &mut self,
        mut work: impl FnMut(&mut Self) -> Result<T, LedgerError>,
    ) -> Result<T, StandError> {
        match work(self) {
            Err(error) if error.is_damage() => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "the ledger is damaged; setting it aside"
                );
                self.replace_ledger()?;
                Ok(work(self)?)
            }
            other => Ok(other?),
        }
    }

    fn replace_ledger(&mut self) -> Result<(), StandError> {
        let path = self.folder.ledger();
        let aside = self.folder.alone(|| Ok(ledger::set_aside(&path, self.now().timestamp())?))?;
        let (ledger, _) = Ledger::open(&path, identity(&self.enrolment))?;
        self.ledger = ledger;
        self.set_aside = Some(aside);
        self.begin_epoch(OpeningReason::Damaged, None)
    }
}

pub(crate) fn identity(enrolment: &Enrolment) -> Identity {
    let device = &enrolment.device;
    Identity { office: device.office, device: device.device, certificate: enrolment.device_bytes.clone() }
}

pub(crate) fn draw_epoch(chance: &mut Chance) -> Epoch {
    let mut epoch = [0; Epoch::LEN];
    rand_core::Rng::fill_bytes(chance, &mut epoch);
    Epoch(epoch)
}

/// The stand's private key; none before enrolment.
pub(crate) fn read_key(folder: &Folder) -> Result<Option<SigningKey>, StandError> {
    let Some(bytes) = folder.read(KEY_FILE)? else { return Ok(None) };
    let seed: [u8; 32] = bytes.as_slice().try_into().map_err(|_| StandError::BadFile {
        path: folder.path().join(KEY_FILE),
        why: "not 32 bytes".into(),
    })?;
    Ok(Some(SigningKey::from_bytes(&seed)))
}

/// The operating system must give randomness: sealing without it would be worse than not working.
pub(crate) fn check_chance(path: &Path) -> Result<(), StandError> {
    getrandom::fill(&mut [0; 1]).map_err(|error| StandError::BadFile {
        path: path.to_owned(),
        why: format!("no randomness: {error}"),
    })
}

fn open_ledger(
    folder: &Folder,
    enrolment: &Enrolment,
    clock: &dyn Clock,
) -> Result<(Ledger, Opened, Option<PathBuf>), StandError> {
    let path = folder.ledger();
    match Ledger::open(&path, identity(enrolment)) {
        Ok((ledger, opened)) => Ok((ledger, opened, None)),
        Err(error) if error.is_damage() => {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the ledger is damaged; setting it aside"
            );
            let now = clock.read().wall_unix_ms.div_euclid(1_000);
            let aside = folder.alone(|| Ok(ledger::set_aside(&path, now)?))?;
            let (ledger, opened) = Ledger::open(&path, identity(enrolment))?;
            Ok((ledger, opened, Some(aside)))
        }
        Err(error) => Err(error.into()),
    }
}
