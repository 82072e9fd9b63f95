//! One pass over the mirror: is it there, is it ours, what does it lack.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use bundle::{Disk, Medium, MediumError, PushHead, push_path, put};
use ed25519_dalek::SigningKey;
use ledger::LocalEpoch;
use wire::enrol::Enrolment;
use wire::{Epoch, Hash};

use super::resting::{at_rest, lay_resting};
use super::{MirrorSetting, MirrorState, name_path};
use crate::StandError;
use crate::files::SealedFiles;
use crate::folder::Folder;
use crate::ledgers::{Ledgers, RunRead};
use crate::media::MediaSource;
use crate::stick::{Laid, Source, UNTOLD, covered, lay, lay_files, own_runs};

/// Files of one ledger that may gather before they are written as fewer: each costs a cluster, and a folder of
/// thousands is slow on FAT.
pub(crate) const SMALL_FILES_MAX: u64 = 64;
/// A file below this counts as small, in bytes.
const SMALL_BYTES: usize = 128 * 1_024;

/// Names of the folder that was set, from its end, with which it is looked for on a medium that is mounted elsewhere.
const TAIL_MAX: usize = 3;

/// Writes a mirror.
pub(super) struct Job {
    ledger: PathBuf,
    lock: PathBuf,
    whole: PathBuf,
    files: SealedFiles,
    enrolment: Enrolment,
    key: SigningKey,
    setting: MirrorSetting,
    media: MediaSource,
    /// Where it was found last.
    folder: PathBuf,
    /// How far each ledger is on the mirror, and how many files that takes: known since everything was compared, and
    /// forgotten at any trouble.
    known: Option<BTreeMap<Epoch, Known>>,
    /// What rested when its copy was last written; forgotten with the rest.
    copied: Option<Hash>,
    on_it: OnIt,
}

/// How many entries of each ledger are on the mirror, as far as is known.
pub(super) type OnIt = BTreeMap<Epoch, u64>;

/// What is known of a ledger's copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Known {
    pub(crate) to: u64,
    files: u64,
}

/// The file that names the mirror which was last written whole; its time says when.
pub(super) fn whole_path(folder: &Folder) -> PathBuf {
    folder.path().join("mirror.whole")
}

impl Job {
    pub(super) fn new(
        folder: &Folder,
        enrolment: Enrolment,
        key: SigningKey,
        setting: MirrorSetting,
        media: MediaSource,
    ) -> Self {
        let (ledger, lock) = (folder.ledger(), folder.path().join("mirror.lock"));
        let whole = whole_path(folder);
        let files = SealedFiles::of(folder.path());
        let at = setting.folder.clone();
        let (known, copied, on_it) = (None, None, OnIt::new());
        Self { ledger, lock, whole, files, enrolment, key, setting, media, folder: at, known, copied, on_it }
    }

    /// Where it was found last.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes what the mirror lacks. Says how it is, and how many entries are on it as far as is known.
    pub(super) fn run(&mut self) -> (MirrorState, OnIt) {
        match self.pass() {
            Ok(laid) if laid.unreadable => (MirrorState::Behind, self.on_it.clone()),
            Ok(_) => {
                self.note_whole();
                (MirrorState::Current, self.on_it.clone())
            }
            Err(error) => {
                (self.known, self.copied) = (None, None);
                tracing::warn!(error = &error as &dyn std::error::Error, "the mirror was not written");
                (state_of(&error), self.on_it.clone())
            }
        }
    }

    fn pass(&mut self) -> Result<Laid, StandError> {
        let _alone = self.alone()?;
        let mut medium = self.find()?;
        let ledgers = Ledgers::open(&self.ledger, &self.enrolment)?;
        let source = Source {
            ledgers: &ledgers,
            enrolment: &self.enrolment,
            key: &self.key,
            files: &self.files,
            told: UNTOLD,
        };
        let mut known = self.known.take().unwrap_or_default();
        let at_rest = at_rest(&source);
        let (laid, _) = go_on(&mut medium, &source, &mut known)?;
        self.on_it = known.iter().map(|(epoch, copy)| (*epoch, copy.to)).collect();
        // A pool that can't be read keeps no entry from the mirror.
        let at_rest = at_rest?;
        if laid.files > 0 || self.copied != Some(at_rest.name) {
            lay_resting(&mut medium, &source, &at_rest)?;
            self.copied = Some(at_rest.name);
        }
        self.known = Some(known);
        Ok(laid)
    }

    /// Notes that the mirror holds everything: when it is away, that is how old it is. It need not be durable.
    fn note_whole(&self) {
        if let Err(error) = std::fs::write(&self.whole, &self.setting.id) {
            tracing::info!(error = &error as &dyn std::error::Error, "the mirror's age was not noted");
        }
    }

    /// Keeps other programs of this machine from the mirror.
    fn alone(&self) -> Result<File, StandError> {
        let failed = |source| StandError::io(&self.lock, source);
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&self.lock);
        let file = file.map_err(failed)?;
        file.lock().map_err(failed)?;
        Ok(file)
    }

    /// The mirror where it was last, or else wherever its card is mounted now: the system names a card anew each time it
    /// is put in. Only its random name counts, so that no other card is taken for it.
    fn find(&mut self) -> Result<Disk, StandError> {
        let last = Disk::at(&self.folder);
        let Err(missing) = self.check_name(&last) else { return Ok(last) };
        let set = std::iter::once(self.setting.folder.clone());
        let media = (self.media)();
        let tails = media.iter().flat_map(|medium| {
            let ancestors = self.setting.folder.ancestors().skip(1).take(TAIL_MAX);
            let below = ancestors.filter_map(|above| self.setting.folder.strip_prefix(above).ok());
            std::iter::once(medium.folder.clone()).chain(below.map(|tail| medium.folder.join(tail)))
        });
        let found = set.chain(tails).find(|folder| self.check_name(&Disk::at(folder)).is_ok());
        let Some(folder) = found else { return Err(missing) };
        tracing::info!(folder = %folder.display(), "the mirror's card is mounted elsewhere, and is gone on with there");
        self.folder = folder;
        (self.known, self.copied) = (None, None);
        Ok(Disk::at(&self.folder))
    }

    /// What is mounted there has to be what was set: an empty mount point is the machine's own disk.
    fn check_name(&self, medium: &impl Medium) -> Result<(), StandError> {
        let path = name_path(self.enrolment.device.device);
        let gone = || StandError::Medium(MediumError::Gone { path: path.clone() });
        match medium.read(&path, 64) {
            Ok(id) if id == self.setting.id.as_bytes() => Ok(()),
            Ok(_) | Err(MediumError::TooLarge { .. }) => Err(gone()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Continues the copy of every ledger. What is not known of one is compared first. Says what was written, and how many
/// entries are on the medium.
pub(crate) fn go_on(
    medium: &mut impl Medium,
    source: &Source<'_>,
    known: &mut BTreeMap<Epoch, Known>,
) -> Result<(Laid, u64), StandError> {
    let (mut laid, mut on_it) = (Laid::default(), 0_u64);
    let thorough = known.is_empty();
    for local in source.ledgers.epochs()? {
        let mut copy = match known.get(&local.epoch) {
            Some(copy) => *copy,
            None => compare(medium, source, &local)?,
        };
        let files_before = laid.files;
        copy.to = lay(medium, source, &local, copy.to, &mut laid)?;
        copy.files = copy.files.saturating_add(laid.files.saturating_sub(files_before));
        if copy.files > SMALL_FILES_MAX {
            copy.files = gather(medium, source, &local, copy.to)?;
        }
        on_it = on_it.saturating_add(copy.to);
        known.insert(local.epoch, copy);
    }
    lay_files(medium, source, thorough, &mut laid)?;
    Ok((laid, on_it))
}

fn state_of(error: &StandError) -> MirrorState {
    match error {
        StandError::Medium(MediumError::Full) => MirrorState::Full,
        StandError::Medium(MediumError::ReadOnly) => MirrorState::ReadOnly,
        StandError::Medium(MediumError::Gone { .. } | MediumError::Io { .. }) => MirrorState::Absent,
        _ => MirrorState::Failed,
    }
}

/// Reads a ledger's copy, every signature and every head.
fn compare(medium: &impl Medium, source: &Source<'_>, local: &LocalEpoch) -> Result<Known, StandError> {
    let runs = own_runs(medium, source, local.epoch)?;
    let to =
        covered(local.released.min(local.count), &runs, |count| source.ledgers.head_at(local.epoch, count))?;
    Ok(Known { to, files: u64::try_from(runs.len()).unwrap_or(u64::MAX) })
}

/// Writes the small files at a copy's end as fewer, and only then takes them away. Where bodies were released, they
/// stay as they are. Returns how many files count from now on.
fn gather(
    medium: &mut impl Medium,
    source: &Source<'_>,
    local: &LocalEpoch,
    to: u64,
) -> Result<u64, StandError> {
    let runs = own_runs(medium, source, local.epoch)?;
    let small: Vec<&PushHead> = runs.iter().rev().take_while(|run| run.len < SMALL_BYTES).collect();
    let Some(begin) = small.iter().map(|run| run.from).min() else { return Ok(0) };
    let mut written = Vec::new();
    let mut at = begin;
    while at < to {
        let place = (local.epoch, at);
        let bytes_max = crate::stick::RUN_BYTES_MAX;
        let RunRead::Signed(chunk) = source.ledgers.run(source.enrolment, source.key, place, bytes_max)?
        else {
            return Ok(0);
        };
        let device = source.enrolment.device.device;
        let path = push_path(device, local.epoch, chunk.from, chunk.count, &chunk.bytes);
        put(medium, &path, &chunk.bytes)?;
        written.push(path);
        at = chunk.count;
    }
    for run in small.into_iter().filter(|run| run.from >= begin && run.count <= at) {
        if !written.contains(&run.path) {
            medium.remove(&run.path)?;
        }
    }
    Ok(u64::try_from(written.len()).unwrap_or(u64::MAX))
}
