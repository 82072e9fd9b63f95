//! New versions of this program: taken from a stick or from the office, checked up to the office's root, and laid where
//! the helper finds them that installs as root (`install`), once no outing is open.
//!
//! Nothing of it is believed before signature, number, length and hash are; what is refused is refused whole, by name.

mod fetch;
#[cfg(target_os = "linux")]
mod install;
mod place;
mod spool;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use wire::Hash;
use wire::enrol::Enrolment;
use wire::release::{OpenedRelease, PACKAGE_BYTES_MAX, RELEASE_BYTES_MAX, Release, ReleaseError};

pub(crate) use fetch::fetch;
#[cfg(target_os = "linux")]
pub use install::{Installing, go_back, install};
pub use place::Place;
pub use spool::InUse;
pub(crate) use spool::Spool;

use crate::folder::create_private;
use crate::stand::{ENROLMENT_FILE, KEY_FILE};
use crate::{Grade, Stand, StandError, UseCase};

/// The folder on a stick in which releases lie, each beside its package under the same name.
const STICK_FOLDER: &str = "oirs/releases";

/// How the words of [`UpdateRefusal`] begin.
const REFUSED: &str = "update_";

/// Why an update was not taken. Nothing has changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UpdateRefusal {
    /// There is none where it was looked for.
    #[error("there is no update")]
    None,
    /// A package that nobody signed, or a signature that does not fit.
    #[error("nobody who may has signed it")]
    Unsigned,
    /// Of another office, or by a key that may not publish releases.
    #[error("it is another office's, or its signer may not publish")]
    Foreign,
    /// Cut short or altered: release or package.
    #[error("it was cut short or altered")]
    Damaged,
    /// Not newer than what is or was here.
    #[error("it is not newer than what is here")]
    Older,
    /// Its program can't read this stand's ledger.
    #[error("its program can't read the ledger")]
    Ledger,
    /// The release is there and its package isn't.
    #[error("its package is missing")]
    PackageMissing,
    /// The new program did not pass its test on a copy of the ledger.
    #[error("its program failed on a copy of the ledger")]
    Rehearsal,
    /// The new program's windows did not say that they live.
    #[error("its windows did not live")]
    NotAlive,
    /// The older program can't read the ledger any more.
    #[error("the older program can't read the ledger")]
    NoWayBack,
}

impl UpdateRefusal {
    /// The stable word.
    pub fn code(self) -> &'static str {
        match self {
            Self::None => "update_none",
            Self::Unsigned => "update_unsigned",
            Self::Foreign => "update_foreign",
            Self::Damaged => "update_damaged",
            Self::Older => "update_older",
            Self::Ledger => "update_ledger",
            Self::PackageMissing => "update_package_missing",
            Self::Rehearsal => "update_rehearsal",
            Self::NotAlive => "update_not_alive",
            Self::NoWayBack => "update_no_way_back",
        }
    }
}

impl Serialize for UpdateRefusal {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl From<&ReleaseError> for UpdateRefusal {
    fn from(error: &ReleaseError) -> Self {
        match error {
            ReleaseError::Malformed(_) | ReleaseError::Version(_) | ReleaseError::Value(_) => Self::Damaged,
            ReleaseError::Unsigned => Self::Unsigned,
            ReleaseError::Foreign | ReleaseError::NotEntitled => Self::Foreign,
        }
    }
}

/// A version that is on its way, or was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UpdateLine {
    /// The release's number.
    pub number: u64,
    /// The program's version, where it is known.
    pub version: Option<String>,
    /// Bytes of the package that are here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub here_bytes: Option<u64>,
    /// Bytes of the whole package.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// What became of it: a stable word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
}

/// What runs here, and what waits to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UpdateStatus {
    /// The version of this program.
    pub version: &'static str,
    /// The number of the release that runs; none for what Debian's package manager installed.
    pub number: Option<u64>,
    /// A version that was checked whole, and goes in once no outing is open.
    pub waiting: Option<UpdateLine>,
    /// A version of which not all is here.
    pub arriving: Option<UpdateLine>,
    /// Whether the version that runs has yet to show that it lives.
    pub on_trial: bool,
    /// What came of the last one that was installed or refused by the helper.
    pub last: Option<UpdateLine>,
    /// Whether an outing is open: until it is closed nothing is installed.
    pub outing_open: bool,
    /// Whether this computer's system calls the helper by itself, as a kiosk's does. Elsewhere its administrator does.
    pub by_itself: bool,
}

/// What a program says after trying itself on a copy of a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rehearsed {
    /// The schema of the ledger after it was opened.
    pub schema: u32,
    /// Entries of which every hash was computed anew.
    pub entries: u64,
}

impl Stand {
    fn spool(&self) -> Spool {
        Spool::of(self.folder.path())
    }

    /// What runs here, and what waits to.
    pub fn update_status(&self, place: &Place) -> Result<UpdateStatus, StandError> {
        let (state, spool) = (place.state(), self.spool());
        let line =
            |number, version, outcome| UpdateLine { number, version, here_bytes: None, bytes: None, outcome };
        let mut status = UpdateStatus {
            version: env!("CARGO_PKG_VERSION"),
            number: place.number(),
            waiting: None,
            arriving: None,
            on_trial: state.trial.is_some(),
            last: state.last.map(|last| line(last.number, last.version, Some(last.code))),
            outing_open: self.ledger.open_outing()?.is_some(),
            by_itself: place.installs_by_itself(),
        };
        if let Some((release, _)) = self.spooled(&spool, place)? {
            let here =
                if spool.is_ready(release.number) { release.bytes } else { spool.arrived(release.number)? };
            let found = UpdateLine {
                here_bytes: Some(here),
                bytes: Some(release.bytes),
                ..line(release.number, Some(release.program.clone()), None)
            };
            if spool.is_ready(release.number) {
                status.waiting = Some(found);
            } else {
                status.arriving = Some(found);
            }
        }
        Ok(status)
    }

    /// The newest release in the spool that is still to be installed.
    fn spooled(&self, spool: &Spool, place: &Place) -> Result<Option<(Release, Vec<u8>)>, StandError> {
        let Some((_, bytes)) = spool.newest()? else { return Ok(None) };
        let state = place.state();
        // What runs already, and has yet to show that it lives, waits no more.
        let known = state.highest.max(state.trial.map_or(0, |trial| trial.number));
        let opened = check(&bytes, &self.enrolment, known, ledger::SCHEMA_VERSION);
        Ok(opened.ok().map(|opened| (opened.release, bytes)))
    }

    /// Takes a version from a stick: a folder with releases and their packages, or one release with its package beside.
    ///
    /// # Errors
    /// [`StandError::Update`] says why it was refused; nothing was kept of it then.
    pub fn take_update(&mut self, path: &Path, place: &Place) -> Result<UpdateStatus, StandError> {
        self.allow(UseCase::CarryOnStick)?;
        let spool = self.spool();
        spool.forget_up_to(place.state().highest)?;
        let (bytes, package) = self.newest_on_medium(path)?;
        let held = self.spooled(&spool, place)?;
        let ready =
            held.as_ref().is_some_and(|(release, held)| spool.is_ready(release.number) && *held == bytes);
        if !ready {
            // One that was begun over the network is not its own predecessor: the stick has the rest of it.
            let beyond = held.filter(|(_, held)| *held != bytes).map_or(0, |(release, _)| release.number);
            let known = place.state().highest.max(beyond);
            let release = check(&bytes, &self.enrolment, known, ledger::SCHEMA_VERSION)?.release;
            let package = read_at_most(&package, release.bytes).map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound => UpdateRefusal::PackageMissing.into(),
                _ => StandError::io(&package, error),
            })?;
            if Hash::of(&package) != release.hash {
                return Err(UpdateRefusal::Damaged.into());
            }
            spool.check_space(release.bytes)?;
            spool.keep(&release, &bytes, &package)?;
        }
        // Asked for again: the helper looks again.
        spool.want()?;
        self.update_status(place)
    }

    /// The release with the largest number in what was named, and where its package would be.
    fn newest_on_medium(&self, path: &Path) -> Result<(Vec<u8>, PathBuf), StandError> {
        let gone = |source| StandError::io(path, source);
        let mut found = Vec::new();
        let mut unsigned = false;
        let folders = [path.join(STICK_FOLDER), path.to_owned()];
        let mut look = |file: &Path| -> Result<(), StandError> {
            let ending = file.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
            match ending.as_deref() {
                Some("release") => {
                    let most = u64::try_from(RELEASE_BYTES_MAX).unwrap_or(u64::MAX);
                    let bytes = read_at_most(file, most).map_err(|source| StandError::io(file, source))?;
                    found.push((bytes, file.with_extension("deb")));
                }
                Some("deb") => unsigned = true,
                _ => {}
            }
            Ok(())
        };
        if fs::metadata(path).map_err(gone)?.is_dir() {
            for folder in folders.iter().filter(|folder| folder.is_dir()) {
                let mut files: Vec<PathBuf> =
                    fs::read_dir(folder).map_err(gone)?.flatten().map(|entry| entry.path()).collect();
                files.sort();
                files.iter().try_for_each(|file| look(file))?;
            }
        } else {
            look(path)?;
        }
        let device = &self.enrolment.device;
        let opened = |bytes: &[u8]| Release::open(bytes, device.office, &self.enrolment.root);
        // The newest that holds; where none does, whichever: it is refused by its name.
        let newest =
            found.into_iter().max_by_key(|(bytes, _)| opened(bytes).map_or(0, |one| one.release.number));
        let nothing = if unsigned { UpdateRefusal::Unsigned } else { UpdateRefusal::None };
        newest.ok_or_else(|| nothing.into())
    }

    /// The windows of the version that runs have shown that they live. Nothing is written for one that is not on trial.
    pub fn say_alive(&self, place: &Place) -> Result<(), StandError> {
        match (place.state().trial, place.number()) {
            (Some(trial), Some(number)) if trial.number == number => self.spool().say_alive(number),
            _ => Ok(()),
        }
    }

    /// Somebody uses the windows from now on: nothing is installed for as long as what comes back is kept. None where
    /// another program of this stand's keeps it already.
    pub fn hold_update(&self) -> Result<Option<InUse>, StandError> {
        self.spool().hold()
    }

    /// An outing was closed, or nobody uses the windows any more: what waits may go in. What was refused is not tried
    /// anew for that: taken again, or at the next start of the computer, it is. Failing at this keeps nobody from anything.
    pub fn wake_update(&self, place: &Place) {
        let (spool, refused) = (self.spool(), place.state().last);
        let refused = refused.filter(|last| last.code.starts_with(REFUSED)).map(|last| last.number);
        let woken = match spool.newest() {
            Ok(Some((number, _))) if spool.is_ready(number) && refused != Some(number) => spool.want(),
            other => other.map(drop),
        };
        if let Err(error) = woken {
            tracing::warn!(error = &error as &dyn std::error::Error, "the helper for updates was not told");
        }
    }

    /// The version on a medium that this stand could take: newer than what runs or waits, and signed. What is wrong with it
    /// otherwise is said when it is taken.
    pub(crate) fn version_on(&self, medium: &Path, place: &Place) -> Option<String> {
        let (bytes, _) = self.newest_on_medium(medium).ok()?;
        let opened = Release::open(&bytes, self.enrolment.device.office, &self.enrolment.root).ok()?;
        let spool = self.spool();
        let waits = spool.newest_number().ok()?.filter(|number| spool.is_ready(*number)).unwrap_or(0);
        let known = place.state().highest.max(waits);
        (opened.release.number > known).then_some(opened.release.program)
    }

    /// Tries this program on a copy of a data folder: brings its ledger up to date, computes every hash anew, seals.
    /// For the helper, before it lets this program near the ledger itself.
    ///
    /// # Errors
    /// Whatever would have kept the real folder from being opened.
    pub fn rehearse(path: &Path) -> Result<Rehearsed, StandError> {
        let mut stand = Self::open_unmirrored(path, std::sync::Arc::new(crate::clock::SystemClock))?;
        let bad = |why: &str| StandError::BadFile { path: path.to_owned(), why: why.to_owned() };
        if stand.set_aside().is_some() {
            return Err(bad("the ledger was set aside as damaged"));
        }
        let verified = stand.ledger.verify()?;
        if stand.check_seal().grade != Grade::Good {
            return Err(bad("sealing failed"));
        }
        Ok(Rehearsed { schema: ledger::SCHEMA_VERSION, entries: verified.entries })
    }
}

/// What may be believed of a release, by whoever knows office and root, the largest number so far, and the ledger.
///
/// # Errors
/// [`UpdateRefusal`], the first that applies.
pub(crate) fn check(
    bytes: &[u8],
    enrolment: &Enrolment,
    highest: u64,
    schema: u32,
) -> Result<OpenedRelease, UpdateRefusal> {
    let opened = Release::open(bytes, enrolment.device.office, &enrolment.root).map_err(|error| {
        tracing::warn!(%error, "an update was refused");
        UpdateRefusal::from(&error)
    })?;
    if opened.release.number <= highest {
        return Err(UpdateRefusal::Older);
    }
    if !opened.release.reads_schema(schema) {
        return Err(UpdateRefusal::Ledger);
    }
    Ok(opened)
}

/// Copies what a program needs to try itself: who the stand is, and its ledger as it is at one moment.
///
/// # Errors
/// Those of the file system and of the ledger.
pub fn copy_for_rehearsal(data: &Path, to: &Path) -> Result<(), StandError> {
    create_private(&to.join("ledger"))?;
    for file in [ENROLMENT_FILE, KEY_FILE] {
        fs::copy(data.join(file), to.join(file))
            .map_err(|source| StandError::io(&data.join(file), source))?;
    }
    let ledger = Path::new("ledger").join("ledger.db");
    Ok(ledger::copy(&data.join(&ledger), &to.join(&ledger))?)
}

/// A file's bytes, up to one more than it may have; never more than a package may.
fn read_at_most(path: &Path, bytes_max: u64) -> std::io::Result<Vec<u8>> {
    use std::io::Read as _;
    let most = bytes_max.min(PACKAGE_BYTES_MAX).saturating_add(1);
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}
