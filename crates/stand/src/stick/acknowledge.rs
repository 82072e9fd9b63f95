//! `bundle acknowledge`: what the office wrote on a stick, taken exactly as from a network.
//!
//! Checkpoints, the newest manifest and its parts go through the same engine. Each file is named with what became of
//! it: a stick may hold other stands' answers, last month's, or half of one.

use std::collections::BTreeMap;
use std::path::Path;

use bundle::{Disk, Found, Medium, MediumError, Place, What, part_path};
use serde::Serialize;
use sync::Outcome;
use sync::driver::{Brought, Standing, read_brought};
use wire::cert::{Role, RoleCertificates};
use wire::enrol::Enrolment;
use wire::manifest::{Manifest, PART_BYTES_MAX};
use wire::push::{Checkpoint, Outcome as Answer};
use wire::sign1::{Sign1, Sign1Error};
use wire::{ANSWER_BYTES_MAX, DeviceId, Epoch};

use super::take_words;
use crate::ledgers::Ledgers;
use crate::log::StandLog;
use crate::stand::{sealer, trust_published};
use crate::{Stand, StandError, UseCase};

/// A list of role certificates is not larger, in bytes; what is is other content.
const CERTIFICATES_BYTES_MAX: u64 = 64 * 1_024;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum FileState {
    /// Taken now.
    Taken,
    /// It says what was known already.
    Known,
    /// Older than what is in force here; nothing goes back.
    Older,
    /// It is for another stand, or for a copy of this one.
    OtherStand,
    /// It was being written when the stick was pulled out.
    Unfinished,
    /// Another office signed it, or nobody that this stand knows.
    UnknownSigner,
    /// It was cut short, altered, or is nothing of the office's.
    Damaged,
    /// It could not be read.
    Unreadable,
}

impl FileState {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Known => "known",
            Self::Older => "older",
            Self::OtherStand => "other_stand",
            Self::Unfinished => "unfinished",
            Self::UnknownSigner => "unknown_signer",
            Self::Damaged => "damaged",
            Self::Unreadable => "unreadable",
        }
    }

    /// Whether somebody should look at the file.
    pub fn is_refused(self) -> bool {
        matches!(self, Self::UnknownSigner | Self::Damaged | Self::Unreadable)
    }
}

/// A file, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FileTold {
    /// Where on the stick.
    pub file: String,
    /// What became of it.
    pub state: FileState,
}

/// What a stick brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct BundleAcknowledged {
    /// Entries newly signed by the office as held.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub acknowledged: u64,
    /// Of those, kept apart.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub quarantined: u64,
    /// Attachments newly signed by the office as held.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub attachments_sent: u64,
    /// Entries that it has not signed for.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub held: u64,
    /// Of those, how many were ever handed to a stick.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub on_usb: u64,
    /// The number of the manifest that is in force now, when this stick brought it.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub manifest: Option<u64>,
    /// How it ended: a stable word, as a sync's.
    pub outcome: String,
    /// Alarms, as stable words.
    pub alarms: Vec<String>,
    /// Every file that was looked at.
    pub files: Vec<FileTold>,
}

/// Signed bytes, and the place in the list of files where they are told of.
struct Signed<T> {
    read: T,
    bytes: Vec<u8>,
    at: usize,
}

/// What the stick holds for this stand, sorted out.
#[derive(Default)]
struct Sorted {
    files: Vec<FileTold>,
    checkpoints: Vec<Signed<Checkpoint>>,
    manifests: Vec<Signed<Manifest>>,
}

impl Stand {
    /// Takes the office's answers from a file or a folder.
    pub fn acknowledge_bundle(&mut self, path: &Path) -> Result<BundleAcknowledged, StandError> {
        self.allow(UseCase::CarryOnStick)?;
        let gone = || StandError::Medium(MediumError::Gone { path: path.display().to_string() });
        let place = Place::of(path).ok_or_else(gone)?;
        let found = place.files(None)?;
        let mut enrolment = self.enrolment.clone();
        let mut sorted = sort(&place.disk, &found.files, &enrolment);
        if sorted.files.iter().any(|file| file.state == FileState::UnknownSigner)
            && learn_keys(&place.disk, &mut enrolment)
        {
            sorted = sort(&place.disk, &found.files, &enrolment);
        }
        self.take(&place.disk, &found.files, sorted, enrolment)
    }

    fn take(
        &mut self,
        medium: &Disk,
        found: &[Found],
        mut sorted: Sorted,
        enrolment: Enrolment,
    ) -> Result<BundleAcknowledged, StandError> {
        let in_force = self.manifest()?;
        let newest = sorted.manifests.iter().map(|signed| signed.read.number).max();
        let manifest = self.choose_manifest(&mut sorted, in_force.as_ref())?;
        let chosen = manifest.as_ref().map(|signed| signed.at);
        let number = manifest.as_ref().map(|signed| signed.read.number);
        let brought = Brought {
            checkpoints: sorted.checkpoints.iter().map(|one| (one.read, one.bytes.clone())).collect(),
            manifest: manifest.map(|signed| (signed.read, signed.bytes)),
            in_force,
        };
        let before: BTreeMap<_, _> =
            self.ledgers()?.epochs()?.iter().map(|local| (local.epoch, local.acknowledged)).collect();
        let clock = std::sync::Arc::clone(&self.clock);
        let (sealer, key) = (sealer(&self.folder, &enrolment)?, self.key.clone());
        let ledgers = self.ledgers()?;
        let mut log = StandLog {
            ledger: ledgers.current,
            set_aside: ledgers.set_aside,
            files: self.files.clone(),
            sealer,
            chance: rand_core::UnwrapErr(getrandom::SysRng),
            enrolment,
            key: &key,
            clock: clock.as_ref(),
            trusted: self.settings.trusted_time.clone(),
            known: self.known_time,
        };
        let part = |hash, len: u64| {
            let bytes_max = usize::try_from(len.min(PART_BYTES_MAX)).unwrap_or(usize::MAX);
            medium.read(&part_path(hash), bytes_max).ok()
        };
        let held = brought.in_force.as_ref().map(|manifest| manifest.number);
        let read = read_brought(&mut log, &brought, part).map_err(crate::sync_run::local)?;
        let is_newest = read.manifest_stored || (newest.is_some() && newest == held);
        let words = take_words(medium, found, is_newest, &mut log)?;
        drop(log);
        let attachments = words.iter().filter(|(_, state)| *state == FileState::Taken).count();
        sorted.files.extend(words.into_iter().map(|(file, state)| FileTold { file, state }));
        let ledgers = self.ledgers()?;
        for one in &sorted.checkpoints {
            let state = told_of(&ledgers, &before, &one.read)?;
            tell(&mut sorted.files, one.at, state);
        }
        if let Some(at) = chosen {
            let state = match (read.manifest_stored, read.manifest_stale) {
                (true, _) => FileState::Taken,
                (false, true) => FileState::Older,
                (false, false) => FileState::Unreadable,
            };
            tell(&mut sorted.files, at, state);
        }
        self.after_stick(&read.outcome)?;
        let (held, on_usb) = self.held_and_on_usb()?;
        Ok(BundleAcknowledged {
            acknowledged: read.totals.acknowledged,
            quarantined: read.totals.quarantined,
            attachments_sent: u64::try_from(attachments).unwrap_or(u64::MAX),
            held,
            on_usb,
            manifest: number.filter(|_| read.manifest_stored),
            outcome: read.outcome.code().to_owned(),
            alarms: read.alarms.iter().map(|alarm| alarm.code().to_owned()).collect(),
            files: sorted.files,
        })
    }

    /// The newest manifest that goes beyond the one in force; the others are told as what they are.
    fn choose_manifest(
        &self,
        sorted: &mut Sorted,
        in_force: Option<&Manifest>,
    ) -> Result<Option<Signed<Manifest>>, StandError> {
        let held = in_force.map(|manifest| manifest.number);
        let answered_unix_s = self.ledger.newest_answer_unix_s()?;
        let mut manifests = std::mem::take(&mut sorted.manifests);
        manifests.sort_by_key(|signed| signed.read.number);
        let newest = manifests.pop();
        for older in manifests {
            tell(&mut sorted.files, older.at, FileState::Older);
        }
        Ok(newest.filter(|signed| {
            let state = match Standing::of(&signed.read, held, answered_unix_s) {
                Standing::Newer => return true,
                Standing::Known => FileState::Known,
                Standing::Older => FileState::Older,
            };
            tell(&mut sorted.files, signed.at, state);
            false
        }))
    }

    /// What a finished reading learned besides the ledger.
    fn after_stick(&mut self, outcome: &Outcome) -> Result<(), StandError> {
        let before = self.enrolment.sealing_key().ok();
        trust_published(&mut self.enrolment, &self.ledger);
        if self.enrolment.sealing_key().ok() != before {
            self.sealer = sealer(&self.folder, &self.enrolment)?;
        }
        if matches!(outcome, Outcome::Done | Outcome::Apart(_)) {
            self.settings.synced_unix_s = Some(self.now().timestamp());
            self.settings.store(&self.folder)?;
        }
        self.wake_mirror();
        Ok(())
    }
}

/// What became of an answer, once all were read.
fn told_of(
    ledgers: &Ledgers,
    before: &BTreeMap<Epoch, u64>,
    answer: &Checkpoint,
) -> Result<FileState, StandError> {
    let Checkpoint { epoch, count, head, .. } = *answer;
    // A clone's, or one from before this disk was put back to an earlier copy.
    if ledgers.head_at(epoch, count)? != Some(head) {
        return Ok(FileState::OtherStand);
    }
    let after = ledgers.epochs()?.into_iter().find(|local| local.epoch == epoch);
    Ok(match (before.get(&epoch), after.map(|local| local.acknowledged)) {
        (Some(before), _) if count <= *before => FileState::Known,
        (_, Some(after)) if count <= after => FileState::Taken,
        _ => FileState::Older,
    })
}

fn tell(files: &mut [FileTold], at: usize, state: FileState) {
    if let Some(file) = files.get_mut(at) {
        file.state = state;
    }
}

/// Reads every answer that the stick holds, and says of the others what they are.
fn sort(medium: &Disk, found: &[Found], enrolment: &Enrolment) -> Sorted {
    let mut sorted = Sorted::default();
    for file in found {
        let state = match file.what {
            What::Unfinished => FileState::Unfinished,
            What::Checkpoint | What::Manifest => read_answer(medium, file, enrolment, &mut sorted),
            // Ours on their way, or content that is looked up by its hash.
            What::Push | What::Part | What::Sealed | What::Upload | What::Stored => continue,
        };
        sorted.files.push(FileTold { file: file.path.clone(), state });
    }
    sorted
}

fn read_answer(medium: &Disk, file: &Found, enrolment: &Enrolment, sorted: &mut Sorted) -> FileState {
    let bytes = match medium.read(&file.path, ANSWER_BYTES_MAX) {
        Ok(bytes) => bytes,
        Err(MediumError::TooLarge { .. }) => return FileState::Damaged,
        Err(_) => return FileState::Unreadable,
    };
    if Sign1::read(&bytes).is_err() {
        return FileState::Damaged;
    }
    let at = sorted.files.len();
    let role = if file.what == What::Checkpoint { Role::Checkpoint } else { Role::Content };
    let signers = enrolment.signers(role);
    let own =
        |office, device: DeviceId| (office, device) == (enrolment.device.office, enrolment.device.device);
    let key = match signers.signer_of(&bytes) {
        Ok(key) => key,
        Err(Sign1Error::BadSignature) => return FileState::UnknownSigner,
        Err(Sign1Error::Malformed) => return FileState::Damaged,
    };
    if file.what == What::Checkpoint {
        match Checkpoint::open(&bytes, key) {
            Ok(read) if !own(read.office, read.device) => FileState::OtherStand,
            Ok(read) if read.outcome == Answer::Gap => FileState::Known,
            Ok(read) => {
                sorted.checkpoints.push(Signed { read, bytes, at });
                FileState::Known
            }
            Err(error) => refused(&error),
        }
    } else {
        match Manifest::open(&bytes, key) {
            Ok(read) if !own(read.office, read.device) => FileState::OtherStand,
            Ok(read) => {
                sorted.manifests.push(Signed { read, bytes, at });
                FileState::Known
            }
            Err(error) => refused(&error),
        }
    }
}

fn refused(error: &wire::push::PushError) -> FileState {
    match error {
        wire::push::PushError::Signature(Sign1Error::BadSignature) => FileState::UnknownSigner,
        _ => FileState::Damaged,
    }
}

/// Looks among the stick's content for the office's certificates, after a signature by a key that is not known here:
/// the office may have renewed its keys. Only what the root signed counts.
fn learn_keys(medium: &Disk, enrolment: &mut Enrolment) -> bool {
    let known = enrolment.roles.len();
    let parts = bundle::walk(medium, &format!("{}/parts", bundle::FOLDER)).unwrap_or_default();
    for file in parts.of(What::Part).filter(|file| file.len <= CERTIFICATES_BYTES_MAX) {
        let bytes_max = usize::try_from(CERTIFICATES_BYTES_MAX).unwrap_or(usize::MAX);
        let bytes = medium.read(&file.path, bytes_max).ok();
        if let Some(certificates) = bytes.and_then(|bytes| RoleCertificates::read(&bytes).ok()) {
            enrolment.learn(&certificates);
        }
    }
    enrolment.roles.len() > known
}
