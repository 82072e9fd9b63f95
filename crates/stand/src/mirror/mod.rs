//! The mirror: a sealed copy of every ledger on a second medium, so that a lost machine loses nothing.
//!
//! It is the folder that a stick has (section 16 of `docs/protocol.md`), of everything and continued after every
//! commit. A thread writes it, behind the day's work: a card's flush takes what it takes, and a citizen does not wait
//! for it. What that leaves open, the entries of the last moment, is shown as such and not hidden. An absent medium
//! stops nothing; when it is back, what it lacks is written.

mod carry;
mod job;
mod resting;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bundle::{Disk, Medium, MediumError, put, stand_folder};
use rand_core::Rng as _;
use serde::{Deserialize, Serialize};

pub use carry::{CarryAnswer, CarryTo};
use job::{Job, OnIt};
#[cfg(test)]
pub(crate) use job::{SMALL_FILES_MAX, go_on};
#[cfg(test)]
pub(crate) use resting::{at_rest, lay_resting};
pub(crate) use writer::MirrorWriter;

use crate::{Grade, Stand, StandError, UseCase};

/// How long a program that recorded something waits at its end for the mirror to have it.
pub const MIRROR_WAIT: Duration = Duration::from_secs(5);

/// Bytes of a mirror's random name, in hexadecimal.
const ID_BYTES: usize = 8;

/// Where the mirror is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MirrorSetting {
    /// The folder on the second medium.
    pub(crate) folder: PathBuf,
    /// What stands in its `mirror.id`: an empty mount point, or another card, is not taken for it.
    pub(crate) id: String,
}

/// How the mirror is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum MirrorState {
    /// None is set.
    Off,
    /// It was not looked at yet since the program started.
    Unknown,
    /// It holds all that this machine holds.
    Current,
    /// Entries of the last moment are not there yet.
    Behind,
    /// It is not there, or what is there is not it.
    Absent,
    /// It has no room left.
    Full,
    /// It can't be written to.
    ReadOnly,
    /// It failed otherwise.
    Failed,
}

impl MirrorState {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Unknown => "unknown",
            Self::Current => "current",
            Self::Behind => "behind",
            Self::Absent => "absent",
            Self::Full => "full",
            Self::ReadOnly => "read_only",
            Self::Failed => "failed",
        }
    }

    /// Whether somebody has to do something about it now.
    pub fn is_red(self) -> bool {
        matches!(self, Self::Absent | Self::Full | Self::ReadOnly | Self::Failed)
    }
}

/// The mirror, as the team is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct MirrorStatus {
    /// How it is.
    pub state: MirrorState,
    /// Its folder.
    pub folder: Option<String>,
    /// Entries on this machine.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub entries: u64,
    /// Entries of these that are not on it, or of which that is not known.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub behind: u64,
    /// Whether it lies on another file system than the data; none when it is not there. On the same one it is lost
    /// with the machine.
    pub second_medium: Option<bool>,
    /// When it last held everything, RFC 3339 in local time; none when it never did as far as this machine knows.
    pub whole_at: Option<String>,
}

impl Stand {
    /// Mirrors into a folder from now on, beginning with everything that is here. A folder that was this stand's
    /// mirror before goes on.
    pub fn set_mirror(&mut self, folder: &Path) -> Result<MirrorStatus, StandError> {
        self.choose_mirror(folder)?;
        let status = self.check_mirror()?;
        self.start_mirror();
        Ok(status)
    }

    /// The same without waiting until everything is there: [`Self::mirror_status`] says how far it is.
    pub fn begin_mirror(&mut self, folder: &Path) -> Result<MirrorStatus, StandError> {
        self.choose_mirror(folder)?;
        self.recheck_mirror()
    }

    fn choose_mirror(&mut self, folder: &Path) -> Result<(), StandError> {
        self.allow(UseCase::ChooseMirror)?;
        let gone = || StandError::Medium(MediumError::Gone { path: folder.display().to_string() });
        let folder = folder.canonicalize().map_err(|_| gone())?;
        if !folder.is_dir() {
            return Err(gone());
        }
        let mut medium = Disk::at(&folder);
        let path = self.mirror_name_path();
        let id = match medium.read(&path, ID_BYTES.saturating_mul(2)) {
            Ok(bytes) => String::from_utf8(bytes).ok().filter(|id| !id.is_empty()),
            Err(_) => None,
        };
        let id = id.unwrap_or_else(|| format!("{:016x}", self.chance.next_u64()));
        put(&mut medium, &path, id.as_bytes())?;
        self.mirror = None;
        self.settings.mirror = Some(MirrorSetting { folder, id });
        self.settings.store(&self.folder)
    }

    /// Has everything compared and written anew, behind whoever asks; until that is done, the state is not known.
    pub fn recheck_mirror(&mut self) -> Result<MirrorStatus, StandError> {
        self.start_mirror();
        self.mirror_status()
    }

    /// Has the mirror looked at: a medium that was pulled out while nothing was recorded is noticed.
    pub fn look_at_mirror(&self) {
        self.wake_mirror();
    }

    /// How much of a worry the mirror is, as far as is known: none set, or on the machine's own disk, is for somebody
    /// to look at; one that is set and does not work is red.
    pub fn mirror_grade(&self) -> Grade {
        let state = self.mirror.as_ref().map(|writer| writer.last().state);
        let on_other = || self.mirror_folder().and_then(|it| on_other_medium(self.folder.path(), &it));
        match state {
            Some(state) if state.is_red() => Grade::Bad,
            Some(_) if on_other() != Some(false) => Grade::Good,
            _ => Grade::Careful,
        }
    }

    /// Mirrors no more. What lies on the second medium stays there.
    pub fn unset_mirror(&mut self) -> Result<MirrorStatus, StandError> {
        self.allow(UseCase::ChooseMirror)?;
        self.mirror = None;
        self.settings.mirror = None;
        self.settings.store(&self.folder)?;
        self.mirror_status()
    }

    /// Compares the mirror with the ledgers, file by file and signature by signature, and writes what it lacks.
    pub fn check_mirror(&mut self) -> Result<MirrorStatus, StandError> {
        let Some(mut job) = self.mirror_job() else { return self.mirror_status() };
        // The thread's first pass comes before and not after: a program that ends now would cut it off in a write.
        if let Some(writer) = &self.mirror {
            writer.settle(MIRROR_WAIT);
        }
        let (state, on_it) = job.run();
        if let Some(setting) = self.settings.mirror.as_mut().filter(|setting| setting.folder != job.folder())
        {
            job.folder().clone_into(&mut setting.folder);
            self.settings.store(&self.folder)?;
        }
        self.told(state, &on_it)
    }

    /// How the mirror is, as far as the thread that writes it knows.
    pub fn mirror_status(&self) -> Result<MirrorStatus, StandError> {
        let Some(writer) = &self.mirror else {
            let state = if self.settings.mirror.is_some() { MirrorState::Unknown } else { MirrorState::Off };
            return self.told(state, &OnIt::new());
        };
        let last = writer.last();
        self.told(last.state, &last.on_it)
    }

    /// Where the mirror is: where the thread that writes it found its card, or else where it was set.
    pub(crate) fn mirror_folder(&self) -> Option<PathBuf> {
        let set = self.settings.mirror.as_ref()?.folder.clone();
        Some(self.mirror.as_ref().and_then(|writer| writer.last().folder).unwrap_or(set))
    }

    /// Waits until everything that was recorded is on the mirror or it is known why not, at most so long. Says how it
    /// is then.
    pub fn settle_mirror(&self, at_most: Duration) -> Result<MirrorStatus, StandError> {
        if let Some(writer) = &self.mirror {
            writer.settle(at_most);
        }
        self.mirror_status()
    }

    fn told(&self, state: MirrorState, on_it: &OnIt) -> Result<MirrorStatus, StandError> {
        // Those set aside as damaged are mirrored like the others, so they are counted like them; each by itself, so that
        // one that can be read no longer hides nothing of another.
        let aside = self.set_aside_ledgers();
        let aside = aside.iter().filter_map(|ledger| ledger.epochs().ok()).flatten();
        let (mut entries, mut behind) = (0_u64, 0_u64);
        for local in aside.chain(self.ledger.epochs()?) {
            let there = on_it.get(&local.epoch).copied().unwrap_or_default();
            entries = entries.saturating_add(local.count);
            behind = behind.saturating_add(local.count.saturating_sub(there));
        }
        let behind = if state == MirrorState::Off { 0 } else { behind };
        // Something was recorded since the thread last looked.
        let state = if state == MirrorState::Current && behind > 0 { MirrorState::Behind } else { state };
        let folder = self.mirror_folder();
        Ok(MirrorStatus {
            state,
            folder: folder.as_ref().map(|folder| folder.display().to_string()),
            entries,
            behind,
            second_medium: folder.and_then(|folder| on_other_medium(self.folder.path(), &folder)),
            whole_at: self.mirror_whole_at()?,
        })
    }

    fn mirror_whole_at(&self) -> Result<Option<String>, StandError> {
        let path = job::whole_path(&self.folder);
        let is_its = |it: &MirrorSetting| std::fs::read(&path).is_ok_and(|named| named == it.id.as_bytes());
        if !self.settings.mirror.as_ref().is_some_and(is_its) {
            return Ok(None);
        }
        let written = std::fs::metadata(&path).and_then(|metadata| metadata.modified()).ok();
        written.and_then(crate::media::unix_s).map(|unix_s| self.local_time_of(unix_s)).transpose()
    }

    /// Starts the thread that writes the mirror, where one is set; it compares everything first.
    pub(crate) fn start_mirror(&mut self) {
        self.mirror = self.mirror_job().and_then(|job| MirrorWriter::start(job).ok());
    }

    /// Something was committed.
    pub(crate) fn wake_mirror(&self) {
        if let Some(writer) = &self.mirror {
            writer.wake();
        }
    }

    fn mirror_job(&self) -> Option<Job> {
        let setting = self.settings.mirror.clone()?;
        let media = Arc::clone(&self.media_source);
        Some(Job::new(&self.folder, self.enrolment.clone(), self.key.clone(), setting, media))
    }

    fn mirror_name_path(&self) -> String {
        name_path(self.enrolment.device.device)
    }
}

/// Where the mirror's random name stands.
fn name_path(device: wire::DeviceId) -> String {
    format!("{}/mirror.id", stand_folder(device))
}

/// Whether two folders lie on different file systems; none where that can't be told.
fn on_other_medium(data: &Path, mirror: &Path) -> Option<bool> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let device = |path: &Path| std::fs::metadata(path).ok().map(|metadata| metadata.dev());
        Some(device(data)? != device(mirror)?)
    }
    #[cfg(not(unix))]
    {
        let _ = (data, mirror);
        None
    }
}
