//! Where a version waits in the data folder: its release, its package once it was checked whole, and what is here of one
//! that still arrives. The helper that installs reads this and believes none of it.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use wire::Hash;
use wire::release::Release;

use super::{UpdateRefusal, read_at_most};
use crate::StandError;
use crate::folder::{DISK_FREE_BYTES_MIN, create_private, private_file};

/// The folder, in the data folder.
const FOLDER: &str = "updates";
/// There while the helper should look: a unit of the system starts it for as long as this is there.
const WANTED: &str = "wanted";
/// The number of the version whose windows said that they live.
const ALIVE: &str = "alive";

/// Locked for as long as somebody uses the windows.
const IN_USE: &str = "in-use";

/// Somebody uses the windows: while this is kept nothing is installed. The system lets go of it when the program ends,
/// however it ends.
#[derive(Debug)]
pub struct InUse {
    _lock: File,
}

/// The spool of a data folder.
#[derive(Debug, Clone)]
pub(crate) struct Spool(PathBuf);

impl Spool {
    pub(crate) fn of(data: &Path) -> Self {
        Self(data.join(FOLDER))
    }

    fn file(&self, number: u64, ending: &str) -> PathBuf {
        self.0.join(format!("{number:010}.{ending}"))
    }

    /// The release with the largest number, by its name: number and bytes.
    pub(crate) fn newest(&self) -> Result<Option<(u64, Vec<u8>)>, StandError> {
        let Some(number) = self.newest_number()? else { return Ok(None) };
        let path = self.release(number);
        let bytes = fs::read(&path).map_err(|source| StandError::io(&path, source))?;
        Ok(Some((number, bytes)))
    }

    /// The number alone: for whoever does not trust what lies there.
    pub(crate) fn newest_number(&self) -> Result<Option<u64>, StandError> {
        Ok(self.numbers()?.into_iter().max())
    }

    /// The path of a release.
    pub(crate) fn release(&self, number: u64) -> PathBuf {
        self.file(number, "release")
    }

    /// Where the windows of a new version say that they live.
    pub(crate) fn alive(&self) -> PathBuf {
        self.0.join(ALIVE)
    }

    fn numbers(&self) -> Result<Vec<u64>, StandError> {
        let entries = match fs::read_dir(&self.0) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(StandError::io(&self.0, source)),
        };
        let number = |name: &str| name.strip_suffix(".release")?.parse().ok();
        Ok(entries.flatten().filter_map(|entry| number(&entry.file_name().to_string_lossy())).collect())
    }

    /// The path of a package that was checked whole.
    pub(crate) fn package(&self, number: u64) -> PathBuf {
        self.file(number, "deb")
    }

    /// Whether the whole package of a release is here.
    pub(crate) fn is_ready(&self, number: u64) -> bool {
        self.package(number).is_file()
    }

    /// Bytes that are here of a package that arrives.
    pub(crate) fn arrived(&self, number: u64) -> Result<u64, StandError> {
        let path = self.file(number, "part");
        match fs::metadata(&path) {
            Ok(found) => Ok(found.len()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
            Err(source) => Err(StandError::io(&path, source)),
        }
    }

    /// Whether a package has room beside what citizens may still file.
    pub(crate) fn check_space(&self, bytes: u64) -> Result<(), StandError> {
        create_private(&self.0)?;
        let free = fs4::available_space(&self.0).map_err(|source| StandError::io(&self.0, source))?;
        // The helper's own copy and what it unpacks lie on the same disk as a rule.
        let needed = bytes.saturating_mul(2).saturating_add(DISK_FREE_BYTES_MIN);
        if free < needed { Err(StandError::DiskFull) } else { Ok(()) }
    }

    /// Keeps a release with its package, both checked, in the place of every other.
    pub(crate) fn keep(&self, release: &Release, signed: &[u8], package: &[u8]) -> Result<(), StandError> {
        self.write(&self.package(release.number), package)?;
        self.begin(release, signed)?;
        // What had come of it over the network.
        self.remove(release.number, "part")
    }

    /// Keeps a release whose package is still to come, in the place of every other.
    pub(crate) fn begin(&self, release: &Release, signed: &[u8]) -> Result<(), StandError> {
        self.write(&self.release(release.number), signed)?;
        for number in self.numbers()?.into_iter().filter(|number| *number != release.number) {
            self.forget(number)?;
        }
        Ok(())
    }

    /// Appends a piece of a package; once all are here they are looked at, and kept or dropped.
    ///
    /// # Errors
    /// [`UpdateRefusal::Damaged`] where what came together has another hash: it begins anew.
    pub(crate) fn append(&self, release: &Release, piece: &[u8]) -> Result<bool, StandError> {
        let part = self.file(release.number, "part");
        create_private(&self.0)?;
        let io = |source| StandError::io(&part, source);
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options
            .open(&part)
            .and_then(|mut file| file.write_all(piece).and_then(|()| file.sync_all()))
            .map_err(io)?;
        if self.arrived(release.number)? < release.bytes {
            return Ok(false);
        }
        let whole = read_at_most(&part, release.bytes).map_err(io)?;
        if Hash::of(&whole) != release.hash {
            fs::remove_file(&part).map_err(io)?;
            return Err(UpdateRefusal::Damaged.into());
        }
        fs::rename(&part, self.package(release.number)).map_err(io)?;
        self.flush()?;
        Ok(true)
    }

    /// Removes all that is here of releases up to this number: they were installed, or will not be.
    pub(crate) fn forget_up_to(&self, highest: u64) -> Result<(), StandError> {
        self.numbers()?
            .into_iter()
            .filter(|number| *number <= highest)
            .try_for_each(|number| self.forget(number))
    }

    fn forget(&self, number: u64) -> Result<(), StandError> {
        // The release first: without it nothing of the others is looked at.
        ["release", "deb", "part"].into_iter().try_for_each(|ending| self.remove(number, ending))
    }

    fn remove(&self, number: u64, ending: &str) -> Result<(), StandError> {
        let path = self.file(number, ending);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StandError::io(&path, error)),
            _ => Ok(()),
        }
    }

    /// Has the helper look.
    pub(crate) fn want(&self) -> Result<(), StandError> {
        self.write(&self.0.join(WANTED), b"\n")
    }

    /// The helper looks now: asked again from here on, it looks again. It is root and the folder is not: no link is
    /// followed on the way to the one name that is removed.
    #[cfg(target_os = "linux")]
    pub(crate) fn heard(&self) -> Result<(), StandError> {
        use rustix::fs::{AtFlags, Mode, OFlags, open, unlinkat};
        let flags = OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let removed = open(&self.0, flags, Mode::empty())
            .and_then(|folder| unlinkat(&folder, WANTED, AtFlags::empty()));
        match removed {
            Err(error) if error != rustix::io::Errno::NOENT => {
                Err(StandError::io(&self.0.join(WANTED), error.into()))
            }
            _ => Ok(()),
        }
    }

    /// Keeps the helper from installing for as long as what comes back is kept; none where something is held already.
    pub(crate) fn hold(&self) -> Result<Option<InUse>, StandError> {
        create_private(&self.0)?;
        let path = self.0.join(IN_USE);
        let io = |source| StandError::io(&path, source);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let lock = options.open(&path).map_err(io)?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(InUse { _lock: lock })),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(source)) => Err(io(source)),
        }
    }

    /// Whether somebody uses the windows. What can't be asked keeps nothing from being installed.
    #[cfg(target_os = "linux")]
    pub(crate) fn is_in_use(&self) -> bool {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt as _;
        let flags = i32::try_from((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits()).unwrap_or_default();
        let opened = OpenOptions::new().read(true).custom_flags(flags).open(self.0.join(IN_USE));
        opened.is_ok_and(|file| matches!(file.try_lock_shared(), Err(fs::TryLockError::WouldBlock)))
    }

    /// The windows of this version live.
    pub(crate) fn say_alive(&self, number: u64) -> Result<(), StandError> {
        self.write(&self.alive(), format!("{number}\n").as_bytes())
    }

    /// A whole file or none: another name, flushed, renamed, folder flushed.
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), StandError> {
        create_private(&self.0)?;
        let beside = path.with_extension("new");
        private_file(&beside)
            .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
            .and_then(|()| fs::rename(&beside, path))
            .map_err(|source| StandError::io(path, source))?;
        self.flush()
    }

    fn flush(&self) -> Result<(), StandError> {
        let flushed = File::open(&self.0).and_then(|folder| folder.sync_all());
        flushed.map_err(|source| StandError::io(&self.0, source))
    }
}
