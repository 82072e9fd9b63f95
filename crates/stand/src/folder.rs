//! The stand's data folder: where each thing lies, who may use it at once, and how a small file is written so
//! that a power cut leaves the old or the new one and never half of either.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::StandError;

/// Room that must be left on the disk for a form to be begun: enough for thousands of requests, so that what was
/// begun can always be kept.
pub const DISK_FREE_BYTES_MIN: u64 = 64 * 1_024 * 1_024;

/// The data folder, in use.
pub struct Folder {
    path: PathBuf,
    /// Held shared for as long as the folder is used: whoever restores it holds it alone.
    _lock: File,
}

impl Folder {
    /// Opens or creates the folder, readable by its owner only, and takes it for shared use: the window and the
    /// command line may work in it at the same time.
    pub fn open(path: &Path) -> Result<Self, StandError> {
        create_private(path)?;
        let lock_path = path.join("in-use.lock");
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock_path)
            .map_err(|source| StandError::io(&lock_path, source))?;
        match lock.try_lock_shared() {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: lock }),
            Err(fs::TryLockError::WouldBlock) => Err(StandError::InUse),
            Err(fs::TryLockError::Error(source)) => Err(StandError::io(&lock_path, source)),
        }
    }

    /// Where the ledger is.
    pub fn ledger(&self) -> PathBuf {
        self.path.join("ledger").join("ledger.db")
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Waits until no other program is setting a ledger aside, and keeps others from it.
    pub(crate) fn one_sets_aside(&self) -> Result<File, StandError> {
        self.alone("set-aside.lock")
    }

    /// Waits until no other program holds this lock, and keeps others from it for as long as the file is held.
    pub(crate) fn alone(&self, lock: &str) -> Result<File, StandError> {
        let path = self.path.join(lock);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|source| StandError::io(&path, source))?;
        file.lock().map_err(|source| StandError::io(&path, source))?;
        Ok(file)
    }

    /// Bytes that the stand may still write.
    pub fn free_bytes(&self) -> Result<u64, StandError> {
        fs4::available_space(&self.path).map_err(|source| StandError::io(&self.path, source))
    }

    /// Whether a form may be begun.
    pub fn check_space(&self) -> Result<(), StandError> {
        if self.free_bytes()? < DISK_FREE_BYTES_MIN { Err(StandError::DiskFull) } else { Ok(()) }
    }

    /// The contents of a small file; none when there is no such file.
    pub fn read(&self, name: &str) -> Result<Option<Vec<u8>>, StandError> {
        let path = self.path.join(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(StandError::io(&path, source)),
        }
    }

    /// Writes a small file durably: a temporary one, synced, renamed over the old one, and the folder synced.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), StandError> {
        let (path, temporary) = (self.path.join(name), self.path.join(format!("{name}.new")));
        let written = private_file(&temporary)
            .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
            .and_then(|()| fs::rename(&temporary, &path))
            .and_then(|()| File::open(&self.path)?.sync_all());
        written.map_err(|source| StandError::io(&path, source))
    }
}

pub(crate) fn create_private(path: &Path) -> Result<(), StandError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|source| StandError::io(path, source))
}

pub(crate) fn private_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_share_the_folder_and_one_can_have_it_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("stand");
        let (first, second) = (Folder::open(&path).unwrap(), Folder::open(&path).unwrap());
        drop((first, second));
        let lock = File::open(path.join("in-use.lock")).unwrap();
        lock.lock().unwrap();
        assert!(matches!(Folder::open(&path), Err(StandError::InUse)));
        drop(lock);
        Folder::open(&path).unwrap();
    }

    #[test]
    fn a_small_file_is_whole_or_absent() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::open(dir.path()).unwrap();
        assert_eq!(folder.read("small.json").unwrap(), None);
        folder.write("small.json", b"uno").unwrap();
        folder.write("small.json", b"dos").unwrap();
        assert_eq!(folder.read("small.json").unwrap().as_deref(), Some(b"dos".as_slice()));
        assert!(!dir.path().join("small.json.new").exists());
    }
}
