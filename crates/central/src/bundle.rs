//! Taking a stick or a mirror in: each push in it goes through the intake that the network's pushes go through, and
//! gets the same answer, byte for byte, which is then laid beside it.
//!
//! The carrier is believed nothing. Each file is named with what became of it; one that is refused stops no other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ::bundle::{
    Medium, MediumError, Missing, Offering, Place, PushHead, Taken, Unreadable, What, checkpoint_path,
    manifest_path, part_path, put, read_push, stand_folder, stored_path, walk,
};
use central_db::{FileToTake, IssueManifest, Store, StoreError, Taking};
use ed25519_dalek::SigningKey;
use wire::file::SEALED_FILE_BYTES_MAX;
use wire::manifest::Manifest;
use wire::push::{Checkpoint, Outcome, PUSH_BYTES_MAX, QuarantineReason};
use wire::sign1::Sign1;
use wire::upload::{Stored, Upload};
use wire::{ANSWER_BYTES_MAX, DeviceId, Epoch, Hash};

use crate::error::CentralError;
use crate::files::{Assembled, SealedFiles};
use crate::intake::{Intake, Refusal};

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileState {
    /// Entries of it were stored now.
    Stored,
    /// All of it was held before: it got the answer that it got then.
    Known,
    /// It has no place yet: what comes before is missing.
    Gap,
    /// It was being written when the medium was pulled out. Nobody loses by leaving it.
    Unfinished,
    /// It was not taken.
    Refused,
}

impl FileState {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::Known => "known",
            Self::Gap => "gap",
            Self::Unfinished => "unfinished",
            Self::Refused => "refused",
        }
    }
}

/// A file, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileTold {
    /// Where, below the folder that was named.
    pub file: String,
    /// What became of it.
    pub state: FileState,
    /// Why, as a stable code: where it was refused, or is kept apart.
    pub code: Option<&'static str>,
}

/// What came in.
#[derive(Debug, Default)]
pub struct Imported {
    /// Each file that was looked at, by name.
    pub files: Vec<FileTold>,
    /// Entries that were stored.
    pub entries: usize,
    /// Attachments that were stored.
    pub attachments: usize,
    /// Whose pushes they were.
    pub devices: BTreeSet<DeviceId>,
    /// What is missing before pushes that found no place.
    pub missing: Vec<Missing>,
    /// Whether there is more on the medium than one import looks at.
    pub more: bool,
    /// The answers, each where it belongs on the medium.
    answers: BTreeMap<String, Vec<u8>>,
}

impl Imported {
    fn tell(&mut self, file: &str, state: FileState, code: Option<&'static str>) {
        self.files.push(FileTold { file: file.to_owned(), state, code });
    }

    /// How many files ended so.
    pub fn count(&self, state: FileState) -> usize {
        self.files.iter().filter(|file| file.state == state).count()
    }
}

/// What an import needs of the office.
pub struct Door<'a> {
    /// Takes pushes.
    pub intake: &'a Intake,
    /// What the office keeps.
    pub store: &'a dyn Store,
    /// Its sealed files.
    pub files: &'a SealedFiles,
    /// Signs the word on a file.
    pub checkpoint: &'a SigningKey,
}

/// Takes every push in, however often and in whatever order it comes.
///
/// # Errors
/// The store's. What was taken until then is taken, and importing again goes on.
pub async fn import(door: &Door<'_>, place: &Place, now_unix_s: u64) -> Result<Imported, ImportError> {
    let intake = door.intake;
    let found = place.files(Some(What::Push))?;
    let mut imported = Imported { more: found.more, ..Imported::default() };
    let mut pushes = Vec::new();
    for file in &found.files {
        match file.what {
            What::Unfinished => imported.tell(&file.path, FileState::Unfinished, None),
            What::Push => match read_push(&place.disk, &file.path, None) {
                Ok((push, _)) => pushes.push(push),
                Err(error) => refused(intake, place, &file.path, &error, now_unix_s, &mut imported).await?,
            },
            // The office's own words on their way to a stand.
            // Files come after the entries that announce them.
            What::Checkpoint | What::Manifest | What::Part | What::Stored | What::Sealed | What::Upload => {}
        }
    }
    let mut offering = Offering::new(pushes);
    while let Some(push) = offering.take_next() {
        let taken = offer(intake, place, &push, now_unix_s, &mut imported).await?;
        offering.answered(push, taken);
    }
    for push in offering.left() {
        imported.tell(&push.path, FileState::Gap, None);
    }
    imported.missing = offering.missing();
    for file in found.of(What::Upload) {
        take_file(door, place, &file.path, now_unix_s, &mut imported).await?;
    }
    imported.files.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(imported)
}

/// Why an import could not go on.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The folder could not be looked through.
    #[error(transparent)]
    Medium(#[from] MediumError),
    /// Keeping failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The office's own disk failed.
    #[error(transparent)]
    Files(#[from] CentralError),
}

/// Takes a sealed file that lies beside its stand's word on it, as if it had come over the network.
async fn take_file(
    door: &Door<'_>,
    place: &Place,
    path: &str,
    now_unix_s: u64,
    imported: &mut Imported,
) -> Result<(), ImportError> {
    let (upload, sealed) = match read_file(door.intake, place, path).await? {
        Ok(read) => read,
        Err(code) => {
            imported.tell(path, FileState::Refused, Some(code));
            return Ok(());
        }
    };
    let taking = door.store.take_file(FileToTake { upload, now_unix_s }).await?;
    let refuse = |code| Ok::<Kept, ImportError>((FileState::Refused, Some(code), None));
    let (state, code, word) = match taking {
        Taking::Unannounced => refuse("unannounced"),
        Taking::TooMany => refuse("too_many_files"),
        Taking::OtherLength => refuse("other_length"),
        Taking::Stored(word) if door.files.is_whole(&upload) => Ok((FileState::Known, None, Some(word))),
        Taking::Stored(_) => keep(door, &upload, &sealed, now_unix_s).await,
        Taking::Welcome { forgotten } => {
            for hash in forgotten {
                door.files.forget(upload.device, hash)?;
            }
            keep(door, &upload, &sealed, now_unix_s).await
        }
    }?;
    imported.tell(path, state, code);
    if let Some(word) = word {
        imported.devices.insert(upload.device);
        imported.attachments = imported.attachments.saturating_add(usize::from(state == FileState::Stored));
        imported.answers.insert(stored_path(upload.device, upload.hash), word);
    }
    Ok(())
}

/// What became of a file: its state, why not, and the office's word on it.
type Kept = (FileState, Option<&'static str>, Option<Vec<u8>>);

/// Writes a whole file and gives the word on it. What the network had brought of it so far makes room.
async fn keep(door: &Door<'_>, upload: &Upload, sealed: &[u8], now_unix_s: u64) -> Result<Kept, ImportError> {
    if !door.files.is_whole(upload) {
        door.files.forget(upload.device, upload.hash)?;
        door.files.append(upload, sealed)?;
        if door.files.assemble(upload)? == Assembled::OtherBytes {
            return Ok((FileState::Refused, Some("cut"), None));
        }
    }
    let word = Stored::new(upload, now_unix_s).sign(door.checkpoint);
    let word = door.store.finish_file(*upload, word).await?;
    Ok((FileState::Stored, None, Some(word)))
}

/// A stand's word on a file and the file, once both fit; or a code that says why not.
async fn read_file(
    intake: &Intake,
    place: &Place,
    path: &str,
) -> Result<Result<(Upload, Vec<u8>), &'static str>, ImportError> {
    let word = match place.disk.read(path, ANSWER_BYTES_MAX) {
        Ok(word) => word,
        Err(error) => return Ok(Err(error.code())),
    };
    let Ok(signed) = Sign1::read(&word) else { return Ok(Err("cut")) };
    let Some((device, key)) = intake.signer_of(signed.kid).await? else { return Ok(Err("unknown_signer")) };
    let Ok(upload) = Upload::open(&signed, &key) else { return Ok(Err("bad_signature")) };
    if upload.office != intake.office() || upload.device != device {
        return Ok(Err("other_device"));
    }
    if !(1..=SEALED_FILE_BYTES_MAX).contains(&upload.bytes) {
        return Ok(Err("too_large"));
    }
    let beside = path.rsplit_once('.').map_or_else(String::new, |(stem, _)| format!("{stem}.sealed"));
    let bytes_max = usize::try_from(upload.bytes).unwrap_or(usize::MAX);
    let sealed = match place.disk.read(&beside, bytes_max) {
        Ok(sealed) => sealed,
        Err(MediumError::TooLarge { .. }) => return Ok(Err("cut")),
        Err(error) => return Ok(Err(error.code())),
    };
    let is_whole = sealed.len() == bytes_max && Hash::of(&sealed) == upload.hash;
    Ok(if is_whole { Ok((upload, sealed)) } else { Err("cut") })
}

/// What can't be read as a push is refused; but what a stand signed is kept for a person, as the network's is.
async fn refused(
    intake: &Intake,
    place: &Place,
    path: &str,
    error: &Unreadable,
    now_unix_s: u64,
    imported: &mut Imported,
) -> Result<(), StoreError> {
    let mut code = error.code();
    if let (Unreadable::NoPush(_), Ok(bytes)) = (error, place.disk.read(path, PUSH_BYTES_MAX)) {
        match intake.take(bytes, now_unix_s).await {
            Ok(_) => {}
            Err(Refusal::Store(error)) => return Err(error),
            Err(refusal) => code = code_of(&refusal),
        }
    }
    imported.tell(path, FileState::Refused, Some(code));
    Ok(())
}

async fn offer(
    intake: &Intake,
    place: &Place,
    push: &PushHead,
    now_unix_s: u64,
    imported: &mut Imported,
) -> Result<Taken, StoreError> {
    // Read again: between two looks the stick may be gone, or another.
    let bytes = match read_push(&place.disk, &push.path, None) {
        Ok((again, bytes)) if again == *push => bytes,
        _ => {
            imported.tell(&push.path, FileState::Refused, Some("medium_gone"));
            return Ok(Taken::Refused);
        }
    };
    let accepted = match intake.take(bytes, now_unix_s).await {
        Ok(accepted) => accepted,
        Err(Refusal::Store(error)) => return Err(error),
        Err(refusal) => {
            imported.tell(&push.path, FileState::Refused, Some(code_of(&refusal)));
            return Ok(Taken::Refused);
        }
    };
    // Our own words, just signed or kept.
    let Ok(answer) = Checkpoint::read_unverified(&accepted.checkpoint) else { return Ok(Taken::Refused) };
    if answer.outcome == Outcome::Gap {
        return Ok(Taken::Gap);
    }
    let state = if accepted.stored > 0 { FileState::Stored } else { FileState::Known };
    let apart = (answer.outcome == Outcome::Quarantined)
        .then(|| answer.reason.unwrap_or(QuarantineReason::Other).as_str());
    imported.tell(&push.path, state, apart);
    imported.entries = imported.entries.saturating_add(accepted.stored);
    imported.devices.insert(push.device);
    let path = checkpoint_path(push.device, push.epoch, answer.count, &accepted.checkpoint);
    imported.answers.insert(path, accepted.checkpoint);
    Ok(Taken::Held)
}

fn code_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Malformed => "malformed",
        Refusal::UnknownSigner => "unknown_signer",
        Refusal::BadSignature => "bad_signature",
        Refusal::Unreadable { code } => code,
        Refusal::TooManyBranches => "too_many_branches",
        Refusal::TooManyKept { .. } => "too_many_kept",
        Refusal::KeptFull { .. } => "kept_full",
        Refusal::Store(_) => "failed",
    }
}

/// What went back onto the medium.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Answered {
    /// Checkpoints that were written now.
    pub checkpoints: usize,
    /// Manifests that were written now.
    pub manifests: usize,
    /// Parts of theirs that were written now.
    pub parts: usize,
}

/// Lays the answers beside the pushes: checkpoints; then for each stand what its manifest names, and at last the
/// manifest, so that whoever finds it finds all of it.
///
/// # Errors
/// The medium's, or the store's. What is in is in: the stand gets the same answers at its next contact.
pub async fn answer(
    store: &dyn Store,
    issuer: &Arc<dyn IssueManifest>,
    place: &mut Place,
    imported: &Imported,
    now_unix_s: u64,
) -> Result<Answered, ImportError> {
    let medium = &mut place.disk;
    let mut answered = Answered::default();
    let count = |written: ::bundle::Put| usize::from(written == ::bundle::Put::Written);
    for (path, bytes) in &imported.answers {
        answered.checkpoints = answered.checkpoints.saturating_add(count(put(medium, path, bytes)?));
    }
    for device in &imported.devices {
        let held = held_number(medium, *device);
        let issued = store.manifest(*device, held, Arc::clone(issuer), now_unix_s).await?;
        let Ok(manifest) = Manifest::read_kept(&issued.signed) else { continue };
        for part in &manifest.parts {
            let Some(bytes) = store.part(part.hash).await? else { continue };
            let written = put(medium, &part_path(part.hash), &bytes)?;
            answered.parts = answered.parts.saturating_add(count(written));
        }
        let path = manifest_path(*device, issued.number, &issued.signed);
        answered.manifests = answered.manifests.saturating_add(count(put(medium, &path, &issued.signed)?));
    }
    tidy(medium, &imported.devices);
    Ok(answered)
}

/// The largest number of a manifest of a stand on the medium: the stand lays there the one that it has.
fn held_number(medium: &impl Medium, device: DeviceId) -> Option<u64> {
    manifests(medium, &stand_folder(device)).into_iter().map(|(_, manifest)| manifest.number).max()
}

fn manifests(medium: &impl Medium, folder: &str) -> Vec<(String, Manifest)> {
    let found = walk(medium, folder).unwrap_or_default();
    let read = |path: &str| {
        let bytes = medium.read(path, ANSWER_BYTES_MAX).ok()?;
        Manifest::read_kept(&bytes).ok()
    };
    found.of(What::Manifest).filter_map(|file| Some((file.path.clone(), read(&file.path)?))).collect()
}

/// Takes older manifests of these stands off the medium, and parts that no manifest on it names: a season's packs
/// would fill a stick. What can't be taken off stays.
fn tidy(medium: &mut impl Medium, devices: &BTreeSet<DeviceId>) {
    for device in devices {
        let of_stand = manifests(medium, &stand_folder(*device));
        let newest = of_stand.iter().map(|(_, manifest)| manifest.number).max();
        for (path, manifest) in of_stand {
            if manifest.device == *device && Some(manifest.number) < newest {
                let _ = medium.remove(&path);
            }
        }
    }
    let named: BTreeSet<Hash> = manifests(medium, ::bundle::FOLDER)
        .into_iter()
        .flat_map(|(_, manifest)| manifest.parts.into_iter().map(|part| part.hash))
        .collect();
    let named: BTreeSet<String> = named.into_iter().map(part_path).collect();
    let parts = walk(medium, &format!("{}/parts", ::bundle::FOLDER)).unwrap_or_default();
    for part in parts.of(What::Part).filter(|part| !named.contains(&part.path)) {
        let _ = medium.remove(&part.path);
    }
}

/// A ledger that lacks something, as people and scripts read it.
pub fn missing_name(device: DeviceId, epoch: Epoch) -> String {
    format!("{device}/{epoch}")
}
