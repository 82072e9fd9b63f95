//! The stand itself: opened once, and what every use case needs of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{Calendar, Captured, Certainty, DevicePrefix};
use ed25519_dalek::SigningKey;
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use ledger::{Identity, Ledger, LedgerError, Opened, Sealer};
use serde::Serialize;
use wire::Epoch;
use wire::body::{LedgerOpened, OpeningReason};
use wire::cert::RoleCertificates;
use wire::enrol::{EnrolAnswer, Enrolment};
use wire::manifest::{Manifest, PartKind};
use wire::seal::SealingKey;

use crate::StandError;
use crate::catalogue::HeldCatalogue;
use crate::clock::{Clock, KnownTime, SystemClock, TOLERANCE_S, captured};
use crate::encounter::ProfileSealer;
use crate::files::SealedFiles;
use crate::folder::Folder;
use crate::media::{MediaSource, mounted_media};
use crate::mirror::MirrorWriter;
use crate::settings::{Settings, known_time, note_known_time};
use crate::survey::{HeldSurvey, Screen};
use crate::team::Acting;

pub(crate) const KEY_FILE: &str = "device.key";
pub(crate) const ENROLMENT_FILE: &str = "enrolment.cbor";

/// 2 January 2024: by then it is 2024 in all of Chile, where the calendar begins.
const EARLIEST_UNIX_S: i64 = 1_704_153_600;
/// 1 November 2100: a deadline from here still ends within the calendar.
const LATEST_UNIX_S: i64 = 4_128_710_400;

/// The operating system's randomness. That it works is checked when the stand is opened.
pub(crate) type Chance = UnwrapErr<SysRng>;

/// An enrolled stand, ready to record.
pub struct Stand {
    pub(crate) folder: Folder,
    pub(crate) files: SealedFiles,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) enrolment: Enrolment,
    pub(crate) key: SigningKey,
    pub(crate) ledger: Ledger,
    pub(crate) sealer: Sealer,
    /// None where the office has no key for profiles.
    pub(crate) profiles: Option<ProfileSealer>,
    pub(crate) chance: Chance,
    pub(crate) calendar: Calendar,
    pub(crate) settings: Settings,
    /// The time as it was last known and noted.
    pub(crate) known_time: Option<KnownTime>,
    pub(crate) prefix: DevicePrefix,
    set_aside: Option<PathBuf>,
    /// Writes what was committed onto the second medium, behind the day's work.
    pub(crate) mirror: Option<MirrorWriter>,
    /// Where media are looked for: the system's own list, or a test's.
    pub(crate) media_source: MediaSource,
    /// Who entered their PIN, until the stand is locked again. In memory only.
    pub(crate) acting: Option<Acting>,
    /// What was last looked up in, indexed.
    pub(crate) catalogue: Option<Arc<HeldCatalogue>>,
    /// The survey that was last looked at.
    pub(crate) survey: Option<Arc<HeldSurvey>>,
    /// What the citizen's screen does, as far as the survey is concerned.
    pub(crate) screen: Screen,
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
    /// Ledgers that were set aside as damaged, by name. What can be read of them is still sent.
    pub set_aside: Vec<String>,
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
    /// Entries that central has not signed to hold.
    pub held: u64,
    /// Of those, how many were ever handed to a stick.
    pub on_usb: u64,
    /// Bytes of sealed bodies on this machine.
    pub sealed_bytes: u64,
    /// Attachments for which the office has not signed yet.
    pub attachments_held: u64,
}

impl Stand {
    /// Opens the stand in `path` with the machine's clock.
    pub fn open(path: &Path) -> Result<Self, StandError> {
        Self::open_with(path, Arc::new(SystemClock))
    }

    /// Opens the stand in `path`. A damaged ledger is set aside and the day goes on in a new one.
    pub fn open_with(path: &Path, clock: Arc<dyn Clock>) -> Result<Self, StandError> {
        let mut stand = Self::open_unmirrored(path, clock)?;
        stand.remove_orphans();
        stand.start_mirror();
        Ok(stand)
    }

    /// Another handle on the same data folder, on which the same person acts: for work that takes long while others go
    /// on. This one goes on writing the mirror.
    pub fn another(&self) -> Result<Self, StandError> {
        let other = Self::open_unmirrored(self.folder.path(), Arc::clone(&self.clock))?;
        Ok(Self { acting: self.acting.clone(), ..other })
    }

    pub(crate) fn open_unmirrored(path: &Path, clock: Arc<dyn Clock>) -> Result<Self, StandError> {
        if !path.join(ENROLMENT_FILE).exists() {
            return Err(StandError::NotEnrolled);
        }
        check_chance(path)?;
        let folder = Folder::open(path)?;
        let key = read_key(&folder)?.ok_or(StandError::NotEnrolled)?;
        let bytes = folder.read(ENROLMENT_FILE)?.ok_or(StandError::NotEnrolled)?;
        let mut enrolment = EnrolAnswer::open_kept(&bytes).map_err(StandError::Enrolment)?;
        let settings = Settings::load(&folder)?;
        let known_time = known_time(&folder);
        let bad = |why: &str| StandError::BadFile { path: path.join(ENROLMENT_FILE), why: why.to_owned() };
        let prefix =
            DevicePrefix::new(enrolment.device.folio_prefix).map_err(|error| bad(&error.to_string()))?;
        let now_unix_s = clock.read().wall_unix_ms.div_euclid(1_000);
        let (ledger, opened, set_aside) = open_or_set_aside(&folder, &enrolment, now_unix_s)?;
        trust_published(&mut enrolment, &ledger);
        let sealer = sealer(&folder, &enrolment)?;
        let files = SealedFiles::of(folder.path());
        let profiles = ProfileSealer::of(&enrolment);
        let mut stand = Self {
            folder,
            files,
            clock,
            enrolment,
            key,
            ledger,
            sealer,
            profiles,
            chance: UnwrapErr(SysRng),
            calendar: Calendar::by_law(),
            settings,
            known_time,
            prefix,
            set_aside,
            mirror: None,
            media_source: Arc::new(mounted_media),
            acting: None,
            catalogue: None,
            survey: None,
            screen: Screen::default(),
        };
        if opened == Opened::Empty {
            // The first manifest names it, and it is here already: one request less.
            let certificates = stand.enrolment.role_list.encode();
            stand.ledger.store_part(wire::Hash::of(&certificates), &certificates)?;
            let reason =
                if stand.set_aside.is_some() { OpeningReason::Damaged } else { OpeningReason::Enrolled };
            stand.carry_pool()?;
            stand.begin_epoch(reason, None)?;
        }
        Ok(stand)
    }

    /// Removes sealed files that a crash left without an entry. Failing at that is no reason not to open.
    fn remove_orphans(&self) {
        let named = || {
            // A ledger that was set aside may name files and not be readable: then all stay.
            let is_alone =
                ledger::set_aside_ledgers(&self.folder.ledger()).is_ok_and(|found| found.is_empty());
            if is_alone { self.ledger.attachment_files().ok() } else { None }
        };
        match self.files.sweep(named) {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "sealed files that no entry names were removed"),
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "sealed files could not be looked through"
                );
            }
        }
    }

    /// Where a damaged ledger was set aside when this stand was opened, or since.
    pub fn set_aside(&self) -> Option<&Path> {
        self.set_aside.as_deref()
    }

    /// The office's name, as a citizen reads it.
    pub fn office_name(&self) -> &str {
        &self.enrolment.office_name
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
            set_aside: self.set_aside_names()?,
            epochs: u64::try_from(epochs.len()).unwrap_or(u64::MAX),
            entries: counters.entries,
            requests: counters.requests,
            encounters: counters.encounters,
            acknowledged,
            held: counters.entries.saturating_sub(acknowledged),
            on_usb: self.held_and_on_usb()?.1,
            sealed_bytes: counters.sealed_bytes,
            attachments_held: self.ledger.attachments_waiting()?,
        })
    }

    fn set_aside_names(&self) -> Result<Vec<String>, StandError> {
        let paths = ledger::set_aside_ledgers(&self.folder.ledger())?;
        let folders = paths.iter().filter_map(|path| path.parent()?.file_name());
        Ok(folders.map(|name| name.to_string_lossy().into_owned()).collect())
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.clock.read().wall_unix_ms).unwrap_or_default()
    }

    /// The time of a record. A clock before the stand's own certificate, or past the calendar, contradicts itself.
    pub(crate) fn captured_now(&self) -> Captured {
        let (told, known) = (self.settings.trusted_time.as_ref(), self.known_time.as_ref());
        let captured = captured(&self.clock.read(), told, known);
        let certainty =
            if self.is_plausible(captured.at_unix_ms) { captured.certainty } else { Certainty::Contradicted };
        Captured { certainty, ..captured }
    }

    /// The time of a record that is made now, noted for after a restart: whatever becomes of the clock until then, the
    /// promises of afterwards count from what was known.
    pub(crate) fn captured_and_noted(&mut self) -> Captured {
        self.note_time();
        self.captured_now()
    }

    /// Notes the time, where it is known without the wall clock and says something new.
    pub(crate) fn note_time(&mut self) {
        let told = self.settings.trusted_time.as_ref();
        let known = told.and_then(|told| KnownTime::now(&self.clock.read(), told));
        if let Some(known) = known.filter(|known| known.is_news(self.known_time.as_ref())) {
            note_known_time(&self.folder, &known);
            self.known_time = Some(known);
        }
    }

    /// How sure the time is, as of now: a clock can jump at any hour of a day.
    pub fn clock_certainty(&self) -> Certainty {
        self.captured_now().certainty
    }

    fn is_plausible(&self, unix_ms: i64) -> bool {
        let unix_s = unix_ms.div_euclid(1_000);
        unix_s >= self.earliest_unix_s().saturating_sub(TOLERANCE_S) && unix_s <= LATEST_UNIX_S
    }

    /// It can't be earlier than the last time that the office told, or than the stand's certificate.
    fn earliest_unix_s(&self) -> i64 {
        let certified = i64::try_from(self.enrolment.device.not_before_unix_s).unwrap_or_default();
        let told = self.settings.trusted_time.as_ref().map_or(0, |trusted| trusted.unix_s);
        certified.max(told).clamp(EARLIEST_UNIX_S, LATEST_UNIX_S)
    }

    /// The nearest time to this one that can be: a citizen is not refused, nor a promise left out, for a clock.
    pub(crate) fn nearest_plausible(&self, unix_ms: i64) -> DateTime<Utc> {
        let unix_s = unix_ms.div_euclid(1_000).clamp(self.earliest_unix_s(), LATEST_UNIX_S);
        DateTime::from_timestamp(unix_s, 0).unwrap_or_default()
    }

    /// What a paper's date may not be later than: the clock, or nothing at all when the clock can't be right.
    pub(crate) fn latest_for_paper(&self) -> DateTime<Utc> {
        let now = self.now();
        if self.captured_now().certainty == Certainty::Contradicted {
            return DateTime::from_timestamp(LATEST_UNIX_S, 0).unwrap_or(now);
        }
        now
    }

    /// Draws a new epoch and begins it with the entry that says why.
    pub(crate) fn begin_epoch(
        &mut self,
        reason: OpeningReason,
        previous: Option<Epoch>,
    ) -> Result<(), StandError> {
        let opened = LedgerOpened::new(self.captured_now(), reason, previous);
        let epoch = draw_epoch(&mut self.chance);
        self.ledger.begin(epoch, opened, &mut self.sealer, &mut self.chance)?;
        Ok(())
    }

    /// Does something that writes the ledger. When the ledger turns out to be damaged, it is set aside, a new one
    /// is begun, and the work is done again there: a citizen is never refused for a broken disk. A write that the
    /// disk failed is tried once more, on a ledger that was opened again.
    pub(crate) fn or_in_new_ledger<T>(
        &mut self,
        mut work: impl FnMut(&mut Self) -> Result<T, LedgerError>,
    ) -> Result<T, StandError> {
        if self.ledger.open_outing().ok().flatten().is_none() {
            self.take_draw_terms();
        }
        let done = match work(self) {
            Err(error)
                if error.is_damage() || error.is_disk_failure() || matches!(error, LedgerError::Replaced) =>
            {
                tracing::error!(error = &error as &dyn std::error::Error, "opening the ledger again");
                self.open_ledger_again()?;
                work(self)?
            }
            other => other?,
        };
        self.wake_mirror();
        Ok(done)
    }

    pub(crate) fn open_ledger_again(&mut self) -> Result<(), StandError> {
        let (ledger, opened, aside) =
            open_or_set_aside(&self.folder, &self.enrolment, self.now().timestamp())?;
        self.ledger = ledger;
        if aside.is_some() {
            self.set_aside = aside;
        }
        if opened == Opened::Empty {
            self.carry_pool()?;
            self.begin_epoch(OpeningReason::Damaged, None)?;
        }
        Ok(())
    }

    /// Brings the profiles and answers that rested in the ledger that was last set aside into the one that begins, as far
    /// as they can be read. Before its first entry: a power cut in between finds the ledger empty, and they are brought
    /// again.
    fn carry_pool(&mut self) -> Result<(), StandError> {
        let aside = ledger::set_aside_ledgers(&self.folder.ledger())?.pop();
        let old = aside.and_then(|path| Ledger::open_set_aside(&path, identity(&self.enrolment)).ok());
        let Some(old) = old else { return Ok(()) };
        let (pool, answers) = (old.pool().unwrap_or_default(), old.answers_at_rest().unwrap_or_default());
        Ok(self.ledger.carry_pool(&pool, &answers)?)
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

/// Takes the office's role keys from its manifest in force, where that lists them: keys are renewed, and the ones of
/// the enrolment do not last.
///
/// A ledger that can't be read changes nothing: the keys that are known serve on, and recording finds the damage.
pub(crate) fn trust_published(enrolment: &mut Enrolment, ledger: &Ledger) {
    let manifest = ledger.manifest().ok().flatten().and_then(|held| Manifest::read_kept(&held.signed).ok());
    let part = manifest.and_then(|m| m.parts.into_iter().find(|part| part.kind == PartKind::CERTIFICATES));
    let bytes = part.and_then(|part| ledger.part(part.hash).ok().flatten());
    if let Some(certificates) = bytes.and_then(|bytes| RoleCertificates::read(&bytes).ok()) {
        enrolment.trust_only(&certificates);
    }
}

/// Seals to the office's newest key.
pub(crate) fn sealer(folder: &Folder, enrolment: &Enrolment) -> Result<Sealer, StandError> {
    let bad = |why: String| StandError::BadFile { path: folder.path().join(ENROLMENT_FILE), why };
    let sealing = enrolment.sealing_key().map_err(|error| bad(error.to_string()))?;
    let sealing =
        SealingKey::new(enrolment.device.office, &sealing).map_err(|error| bad(error.to_string()))?;
    Ok(Sealer::new(sealing))
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

/// Opens the ledger; one that is damaged is set aside, by one program at a time, and another begins in its place.
fn open_or_set_aside(
    folder: &Folder,
    enrolment: &Enrolment,
    now_unix_s: i64,
) -> Result<(Ledger, Opened, Option<PathBuf>), StandError> {
    let path = folder.ledger();
    let open = || Ledger::open(&path, identity(enrolment));
    match open() {
        Err(error) if error.is_damage() => {}
        other => {
            let (ledger, opened) = other?;
            return Ok((ledger, opened, None));
        }
    }
    let _alone = folder.one_sets_aside()?;
    match open() {
        Err(error) if error.is_damage() => {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the ledger is damaged; setting it aside"
            );
            let aside = ledger::set_aside(&path, now_unix_s)?;
            let (ledger, opened) = open()?;
            Ok((ledger, opened, Some(aside)))
        }
        // Another program was faster.
        other => {
            let (ledger, opened) = other?;
            Ok((ledger, opened, None))
        }
    }
}
