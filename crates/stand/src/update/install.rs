//! The helper that installs as root: started by a unit of the system when the stand asks for it, when an outing was
//! closed, and at every start of the computer. It believes nothing of what the windows' user laid there: release, number
//! and package are checked here again, from root's own copy, against the root key that it wrote down when it first ran.
//!
//! Every step can be cut by a power failure and is gone on with at the next start: what is written down comes before
//! what is done, and the one act that counts is one rename.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use data_encoding::HEXLOWER;
use ed25519_dalek::VerifyingKey;
use rustix::fs::OFlags;
use serde::Serialize;
use wire::release::{PACKAGE_BYTES_MAX, RELEASE_BYTES_MAX, Release};
use wire::{Hash, OfficeId, enrol::EnrolAnswer};

use super::place::{Last, Place, State, Trial};
use super::{Spool, UpdateRefusal};
use crate::StandError;
use crate::stand::ENROLMENT_FILE;
use crate::sync_run::block_on;

/// Whom the windows run as.
const USER: &str = "oirs-terreno";
/// The session of the windows.
const SESSION: &str = "oirs-en-terreno.service";
/// Where a program tries itself on a copy of the ledger: in memory.
const COPY: &str = "run/oirs-en-terreno-update/copy";
/// How long a program may take to try itself, in seconds: opening a ledger of years on a slow machine, many times over.
const REHEARSAL_S_MAX: &str = "600";
/// How often the helper looks whether the windows live.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// Longest word of the windows that they live, in bytes: a number.
const ALIVE_BYTES_MAX: u64 = 20;
/// Longest enrolment that is read, in bytes.
const ENROLMENT_BYTES_MAX: u64 = 256 * 1_024;

/// What the helper did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Installing {
    /// Nothing waits.
    Nothing,
    /// An outing is open: it looks again when that is closed.
    OutingOpen {
        /// What waits.
        number: u64,
    },
    /// Somebody uses the windows: it looks again when nobody does.
    InUse {
        /// What waits.
        number: u64,
    },
    /// It runs, and has shown that it lives.
    Installed {
        /// Which.
        number: u64,
    },
    /// It runs from the next start of the windows, and has yet to show that it lives.
    OnTrial {
        /// Which.
        number: u64,
    },
    /// It was refused; nothing has changed.
    Refused {
        /// Which.
        number: u64,
        /// Why.
        code: UpdateRefusal,
    },
    /// The version before it runs again.
    WentBack {
        /// Which did not stay.
        number: u64,
        /// Why; none where a person said so.
        #[serde(skip_serializing_if = "Option::is_none")]
        code: Option<UpdateRefusal>,
    },
}

/// Installs what waits in a data folder, or goes on with what was begun. The windows of a new version have `patience` to
/// say that they live.
///
/// # Errors
/// Those of the file system. A version that is refused, or that was gone back from, is an answer.
pub fn install(place: &Place, data: &Path, patience: Duration) -> Result<Installing, StandError> {
    // Before anything that can fail: what is not heard is asked again at once, without an end.
    Spool::of(data).heard()?;
    let mut helper = Helper::begin(place, data)?;
    if let Some(trial) = helper.state.trial {
        if place.number() == Some(trial.number) {
            return helper.finish(trial, patience);
        }
        // The power went before the switch, or Debian's package manager has put another version there since.
        helper.state.trial = None;
        helper.store()?;
    }
    let Some((office, root)) = helper.pinned()? else { return Ok(Installing::Nothing) };
    let spool = Spool::of(data);
    let Some(number) = spool.newest_number()? else { return Ok(Installing::Nothing) };
    if number <= helper.state.highest || !spool.is_ready(number) {
        return Ok(Installing::Nothing);
    }
    match helper.prepare(number, office, &root) {
        Ok(Prepared::Switched(trial)) => helper.finish(trial, patience),
        Ok(Prepared::OutingOpen) => Ok(Installing::OutingOpen { number }),
        Ok(Prepared::InUse) => Ok(Installing::InUse { number }),
        Err(StandError::Update(refusal)) => {
            helper.remember(number, refusal.code())?;
            helper.prune()?;
            Ok(Installing::Refused { number, code: refusal })
        }
        Err(error) => Err(error),
    }
}

/// Goes back to the version before, between days, because a person says so.
///
/// # Errors
/// [`StandError::Update`] with [`UpdateRefusal::None`] where there is none before, with [`UpdateRefusal::NoWayBack`]
/// where that one can't read the ledger any more; [`StandError::OutingOpen`] while an outing is open.
pub fn go_back(place: &Place, data: &Path) -> Result<Installing, StandError> {
    let mut helper = Helper::begin(place, data)?;
    if helper.outing_is_open() {
        return Err(StandError::Ledger(ledger::LedgerError::OutingOpen));
    }
    let before = helper.state.before.ok_or(UpdateRefusal::None)?;
    let number = place.number().unwrap_or(0);
    helper.rehearse(before).map_err(|_| UpdateRefusal::NoWayBack)?;
    helper.state.trial = None;
    helper.state.before = None;
    helper.remember(number, "went_back")?;
    helper.switch_to(before)?;
    helper.restart();
    Ok(Installing::WentBack { number, code: None })
}

/// How far the way to a new version went.
enum Prepared {
    Switched(Trial),
    OutingOpen,
    InUse,
}

struct Helper<'a> {
    place: &'a Place,
    data: &'a Path,
    state: State,
    /// One helper at a time.
    _lock: File,
}

impl<'a> Helper<'a> {
    fn begin(place: &'a Place, data: &'a Path) -> Result<Self, StandError> {
        let versions = place.versions();
        fs::create_dir_all(&versions).map_err(|source| StandError::io(&versions, source))?;
        let path = versions.join("helper.lock");
        let lock = File::options().create(true).truncate(false).write(true).open(&path);
        let lock = lock.and_then(|file| file.lock().map(|()| file));
        let lock = lock.map_err(|source| StandError::io(&path, source))?;
        let path = place.state_file();
        let state = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                // To begin anew would let an old release in.
                .map_err(|error| StandError::BadFile { path, why: error.to_string() })?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => State::default(),
            Err(source) => return Err(StandError::io(&path, source)),
        };
        Ok(Self { place, data, state, _lock: lock })
    }

    /// Whose releases are taken: what was written down when this first ran on an enrolled stand. None before.
    fn pinned(&mut self) -> Result<Option<(OfficeId, VerifyingKey)>, StandError> {
        if self.state.root.is_none() {
            let path = self.data.join(ENROLMENT_FILE);
            let Some(bytes) = read_plain(&path, ENROLMENT_BYTES_MAX)? else { return Ok(None) };
            let enrolment = EnrolAnswer::open_kept(&bytes).map_err(StandError::Enrolment)?;
            self.state.office = Some(enrolment.device.office.to_string());
            self.state.root = Some(HEXLOWER.encode(enrolment.root.as_bytes()));
            self.store()?;
        }
        let bad = || StandError::BadFile { path: self.place.state_file(), why: "no root key".into() };
        let office = self.state.office.as_deref().and_then(|text| OfficeId::from_hex(text).ok());
        let root = self.state.root.as_deref().and_then(|text| HEXLOWER.decode(text.as_bytes()).ok());
        let root = root.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        let root = root.and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
        Ok(Some((office.ok_or_else(bad)?, root.ok_or_else(bad)?)))
    }

    /// Everything up to the switch, and the switch.
    fn prepare(
        &mut self,
        number: u64,
        office: OfficeId,
        root: &VerifyingKey,
    ) -> Result<Prepared, StandError> {
        let most = u64::try_from(RELEASE_BYTES_MAX).unwrap_or(u64::MAX);
        let signed = read_plain(&Spool::of(self.data).release(number), most)?.ok_or(UpdateRefusal::None)?;
        let opened = Release::open(&signed, office, root).map_err(|error| UpdateRefusal::from(&error))?;
        let release = opened.release;
        if release.number != number {
            return Err(UpdateRefusal::Damaged.into());
        }
        self.state.versions.insert(number, release.program.clone());
        if opened.certified_unix_s < self.state.certified_unix_s {
            return Err(UpdateRefusal::Foreign.into());
        }
        let ledger = self.data.join("ledger").join("ledger.db");
        if ledger::schema_of(&ledger)?.is_some_and(|schema| !release.reads_schema(schema)) {
            return Err(UpdateRefusal::Ledger.into());
        }
        if self.is_older(&release.program)? {
            return Err(UpdateRefusal::Older.into());
        }
        if let Some(not_now) = self.not_now() {
            return Ok(not_now);
        }
        self.unpack(&release)?;
        self.rehearse(number).map_err(|error| {
            tracing::warn!(error = &error as &dyn std::error::Error, "the new version failed");
            UpdateRefusal::Rehearsal
        })?;
        // Somebody may have opened one meanwhile, or have sat down.
        if let Some(not_now) = self.not_now() {
            return Ok(not_now);
        }
        let trial = Trial { number, before: self.place.number().unwrap_or(0) };
        self.state.trial = Some(trial);
        self.state.certified_unix_s = opened.certified_unix_s;
        self.store()?;
        self.switch_to(number)?;
        self.restart();
        Ok(Prepared::Switched(trial))
    }

    /// Whether a version is older than the one that runs, as Debian compares versions. A fresh computer has taken no
    /// number yet, and an old release would be a new one to it.
    fn is_older(&self, version: &str) -> Result<bool, StandError> {
        let current = self.place.number().and_then(|number| self.state.versions.get(&number).cloned());
        let current = current.or_else(|| {
            let said = self.as_user(&self.place.current().join("terreno")).arg("--version").output().ok()?;
            Some(String::from_utf8_lossy(&said.stdout).split_whitespace().nth(1)?.to_owned())
        });
        // A program that can't even say its version is to be replaced.
        let Some(current) = current else { return Ok(false) };
        let compared = Command::new("dpkg").args(["--compare-versions", version, "lt", &current]).status();
        Ok(compared.map_err(|source| StandError::io(Path::new("dpkg"), source))?.success())
    }

    /// Root's own copy of the package, checked as it is copied, unpacked beside the others and on the disk when this
    /// returns.
    fn unpack(&self, release: &Release) -> Result<(), StandError> {
        let (versions, number) = (self.place.versions(), release.number);
        let theirs = Spool::of(self.data).package(number);
        let package = read_plain(&theirs, PACKAGE_BYTES_MAX)?.ok_or(UpdateRefusal::PackageMissing)?;
        let length = u64::try_from(package.len()).unwrap_or(u64::MAX);
        if length != release.bytes || Hash::of(&package) != release.hash {
            return Err(UpdateRefusal::Damaged.into());
        }
        let (ours, fresh) = (versions.join(format!("{number}.deb")), versions.join(format!("{number}.new")));
        fs::write(&ours, &package).map_err(|source| StandError::io(&ours, source))?;
        remove(&fresh)?;
        remove(&versions.join(number.to_string()))?;
        fs::create_dir(&fresh).map_err(|source| StandError::io(&fresh, source))?;
        let unpacked = said(Command::new("dpkg-deb").arg("--extract").arg(&ours).arg(&fresh));
        fs::remove_file(&ours).map_err(|source| StandError::io(&ours, source))?;
        unpacked.map_err(|error| {
            tracing::warn!(error = &error as &dyn std::error::Error, "the package could not be unpacked");
            UpdateRefusal::Damaged
        })?;
        let folder = File::open(&versions).map_err(|source| StandError::io(&versions, source))?;
        let io = |source| StandError::io(&versions, source);
        rustix::fs::syncfs(&folder).map_err(|error| io(error.into()))?;
        fs::rename(&fresh, versions.join(number.to_string())).map_err(io)?;
        folder.sync_all().map_err(io)
    }

    /// Has a version try itself on a copy of the ledger, in memory.
    fn rehearse(&self, number: u64) -> Result<(), StandError> {
        let copy = self.place.beside(COPY);
        remove(&copy)?;
        let made = if self.steps_down() {
            let mut made = Command::new("install");
            said(made.args(["-d", "-m", "0700", "-o", USER, "-g", USER]).arg(&copy))
        } else {
            fs::create_dir_all(&copy).map_err(|source| StandError::io(&copy, source))
        };
        let here = std::env::current_exe().map_err(|source| StandError::io(Path::new("terreno"), source))?;
        let there = self.place.programs(number).join("terreno");
        let tried = made
            .and_then(|()| {
                said(self.as_user(&here).arg("--data").arg(self.data).args(["update", "copy"]).arg(&copy))
            })
            .and_then(|()| said(self.as_user(&there).arg("--data").arg(&copy).args(["update", "rehearse"])));
        remove(&copy)?;
        tried
    }

    /// Waits for the windows of the version that runs to say that they live; goes back where they don't.
    fn finish(&mut self, trial: Trial, patience: Duration) -> Result<Installing, StandError> {
        let number = trial.number;
        if !self.lives(number, patience)? {
            if self.place.is_system() && !session_is_active() {
                return Ok(Installing::OnTrial { number });
            }
            return self.fall_back(trial);
        }
        self.state.trial = None;
        self.state.highest = number;
        self.state.before = Some(trial.before);
        self.remember(number, "installed")?;
        self.prune()?;
        Ok(Installing::Installed { number })
    }

    /// Back to what ran before, by itself.
    fn fall_back(&mut self, trial: Trial) -> Result<Installing, StandError> {
        let number = trial.number;
        // Whatever becomes of it, this one is not tried again.
        self.state.highest = number;
        if self.rehearse(trial.before).is_err() {
            // The new one has brought the ledger forward: the older could show nothing but an error.
            self.state.trial = None;
            self.state.before = None;
            let code = UpdateRefusal::NoWayBack;
            self.remember(number, code.code())?;
            return Ok(Installing::Refused { number, code });
        }
        self.switch_to(trial.before)?;
        self.state.trial = None;
        let code = UpdateRefusal::NotAlive;
        self.remember(number, code.code())?;
        self.restart();
        self.prune()?;
        Ok(Installing::WentBack { number, code: Some(code) })
    }

    /// Waits until the windows of a version say that they live, or the patience is over.
    fn lives(&self, number: u64, patience: Duration) -> Result<bool, StandError> {
        let path = Spool::of(self.data).alive();
        let said = || {
            let bytes = read_plain(&path, ALIVE_BYTES_MAX).ok().flatten()?;
            std::str::from_utf8(&bytes).ok()?.trim().parse::<u64>().ok()
        };
        block_on(async {
            let over = tokio::time::sleep(patience);
            tokio::pin!(over);
            loop {
                if said() == Some(number) {
                    return true;
                }
                tokio::select! {
                    biased;
                    () = &mut over => return false,
                    () = tokio::time::sleep(LOOK_EVERY) => {}
                }
            }
        })
    }

    /// One rename: a power cut leaves the old version or the new one.
    fn switch_to(&self, number: u64) -> Result<(), StandError> {
        let (current, fresh) = (self.place.current(), self.place.lib().join("current.new"));
        let io = |source| StandError::io(&current, source);
        remove(&fresh)?;
        symlink(Place::link_to(number), &fresh).map_err(io)?;
        fs::rename(&fresh, &current).map_err(io)?;
        File::open(self.place.lib()).and_then(|folder| folder.sync_all()).map_err(io)?;
        tracing::info!(number, "switched");
        Ok(())
    }

    /// Removes every version but the one that runs, the one before it, and one on trial.
    fn prune(&self) -> Result<(), StandError> {
        let versions = self.place.versions();
        let kept = [self.place.number(), self.state.before, self.state.trial.map(|trial| trial.before)];
        let kept: Vec<String> = kept.into_iter().flatten().map(|number| number.to_string()).collect();
        let entries = fs::read_dir(&versions).map_err(|source| StandError::io(&versions, source))?;
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder && !kept.contains(&name) {
                remove(&entry.path())?;
            }
        }
        Ok(())
    }

    fn remember(&mut self, number: u64, code: &str) -> Result<(), StandError> {
        let trial = self.state.trial.map(|trial| trial.before);
        let named = [Some(number), self.place.number(), self.state.before, trial];
        self.state.versions.retain(|known, _| named.contains(&Some(*known)));
        let version = self.state.versions.get(&number).cloned();
        self.state.last = Some(Last { number, version, code: code.to_owned() });
        self.store()
    }

    /// Everybody may read it: it says nothing that the windows don't show.
    fn store(&self) -> Result<(), StandError> {
        let path = self.place.state_file();
        let bytes = serde_json::to_vec_pretty(&self.state).unwrap_or_default();
        let beside = path.with_extension("new");
        File::options()
            .create(true)
            .truncate(true)
            .write(true)
            .mode(0o644)
            .open(&beside)
            .and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all()))
            .and_then(|()| fs::rename(&beside, &path))
            .and_then(|()| File::open(self.place.versions())?.sync_all())
            .map_err(|source| StandError::io(&path, source))
    }

    /// What the program that runs says. One that can't say it keeps nobody from replacing it.
    fn outing_is_open(&self) -> bool {
        let program = self.place.current().join("terreno");
        let mut asked = self.as_user(&program);
        let said = asked.args(["--json", "--data"]).arg(self.data).args(["outing", "status"]).output();
        let status = said.ok().and_then(|said| serde_json::from_slice(&said.stdout).ok());
        status.and_then(|status: serde_json::Value| status.get("open")?.as_bool()).unwrap_or(false)
    }

    /// What keeps a version from going in now.
    fn not_now(&self) -> Option<Prepared> {
        if self.outing_is_open() {
            return Some(Prepared::OutingOpen);
        }
        Spool::of(self.data).is_in_use().then_some(Prepared::InUse)
    }

    /// A program, for a bounded time and as the windows' user where that is somebody else: what lies in the data folder
    /// is theirs, and nothing that reads it runs as root.
    fn as_user(&self, program: &Path) -> Command {
        let mut command = Command::new("timeout");
        command.arg(REHEARSAL_S_MAX);
        if self.steps_down() {
            let (user, group) = (format!("--reuid={USER}"), format!("--regid={USER}"));
            command.args(["setpriv", &user, &group, "--init-groups"]);
        }
        command.arg(program).stdin(Stdio::null());
        command
    }

    fn steps_down(&self) -> bool {
        self.place.is_system()
    }

    fn restart(&self) {
        if self.place.is_system() && session_is_active() {
            let restarted = said(Command::new("systemctl").args(["try-restart", SESSION]));
            if let Err(error) = restarted {
                tracing::error!(error = &error as &dyn std::error::Error, "the windows were not restarted");
            }
        }
    }
}

fn session_is_active() -> bool {
    let asked = Command::new("systemctl").args(["is-active", "--quiet", SESSION]).status();
    asked.is_ok_and(|status| status.success())
}

/// Runs a command that should end well; what it said else is the error.
fn said(command: &mut Command) -> Result<(), StandError> {
    let program = command.get_program().to_owned();
    let done = command.output().map_err(|source| StandError::io(Path::new(&program), source))?;
    if done.status.success() {
        return Ok(());
    }
    let why = format!("{}: {}", done.status, String::from_utf8_lossy(&done.stderr).trim());
    Err(StandError::BadFile { path: program.into(), why })
}

/// A file of somebody who is not trusted: no link, no pipe, no more bytes than it may have. None where there is none.
fn read_plain(path: &Path, bytes_max: u64) -> Result<Option<Vec<u8>>, StandError> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let opened =
        File::options().read(true).custom_flags(i32::try_from(flags.bits()).unwrap_or_default()).open(path);
    let file = match opened {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        // A link in its place.
        Err(error) if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) => {
            return Err(UpdateRefusal::Damaged.into());
        }
        Err(source) => return Err(StandError::io(path, source)),
    };
    let io = |source| StandError::io(path, source);
    if !file.metadata().map_err(io)?.is_file() {
        return Err(UpdateRefusal::Damaged.into());
    }
    let mut bytes = Vec::new();
    file.take(bytes_max.saturating_add(1)).read_to_end(&mut bytes).map_err(io)?;
    Ok(Some(bytes))
}

/// Removes a folder or a link, whatever is in it; nothing to do where it isn't.
fn remove(path: &Path) -> Result<(), StandError> {
    let removed = match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StandError::io(path, error)),
        _ => Ok(()),
    }
}
