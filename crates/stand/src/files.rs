//! The sealed files beside the ledger, each named by the hash of its bytes.
//!
//! A file is whole and durable before the entry that names it is appended, and never changes. What a crash leaves
//! between the two is a file that no entry names: it is removed when the stand is opened, by one program at a time and
//! never while another is attaching, and only as long as every ledger on this machine can be read.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use wire::Hash;

use crate::StandError;
use crate::folder::{create_private, private_file};

const FOLDER: &str = "attachments";
const LOCK: &str = "attachments.lock";
const ENDING: &str = ".sealed";

/// The sealed files of a data folder.
#[derive(Debug, Clone)]
pub(crate) struct SealedFiles {
    folder: PathBuf,
    lock: PathBuf,
}

/// Held while files are written whose entries are still to come.
pub(crate) struct Writing(#[allow(dead_code)] File);

impl SealedFiles {
    /// The files of this data folder, whether there are any or not.
    pub(crate) fn of(data: &Path) -> Self {
        Self { folder: data.join(FOLDER), lock: data.join(LOCK) }
    }

    fn path(&self, hash: Hash) -> PathBuf {
        self.folder.join(format!("{hash}{ENDING}"))
    }

    fn lock_file(&self) -> Result<File, StandError> {
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        options.open(&self.lock).map_err(|source| StandError::io(&self.lock, source))
    }

    /// Keeps others from removing what no entry names yet, until it is dropped.
    pub(crate) fn begin(&self) -> Result<Writing, StandError> {
        let file = self.lock_file()?;
        file.lock_shared().map_err(|source| StandError::io(&self.lock, source))?;
        Ok(Writing(file))
    }

    /// Writes a sealed file durably under its hash.
    pub(crate) fn write(&self, _: &Writing, hash: Hash, sealed: &[u8]) -> Result<(), StandError> {
        if !self.folder.is_dir() {
            create_private(&self.folder)?;
            let parent = self.folder.parent().unwrap_or(Path::new("."));
            sync_folder(parent).map_err(|source| StandError::io(parent, source))?;
        }
        let path = self.path(hash);
        let temporary = path.with_extension("sealed.new");
        let written = private_file(&temporary)
            .and_then(|mut file| file.write_all(sealed).and_then(|()| file.sync_all()))
            .and_then(|()| fs::rename(&temporary, &path))
            .and_then(|()| sync_folder(&self.folder));
        if written.is_err() {
            // The next opening removes what stays.
            let _ = fs::remove_file(&temporary);
        }
        written.map_err(|source| StandError::io(&path, source))
    }

    /// Up to `bytes_max` bytes of a file from an offset; none when the file is not here.
    pub(crate) fn read(
        &self,
        hash: Hash,
        from: u64,
        bytes_max: usize,
    ) -> Result<Option<Vec<u8>>, StandError> {
        let path = self.path(hash);
        let failed = |source| StandError::io(&path, source);
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(failed(source)),
        };
        file.seek(SeekFrom::Start(from)).map_err(failed)?;
        let mut piece = Vec::new();
        let most = u64::try_from(bytes_max).unwrap_or(u64::MAX);
        file.take(most).read_to_end(&mut piece).map_err(failed)?;
        Ok(Some(piece))
    }

    /// Whether a file is here.
    pub(crate) fn has(&self, hash: Hash) -> bool {
        self.path(hash).is_file()
    }

    /// Removes a file; one that is not here is as good as removed.
    pub(crate) fn remove(&self, hash: Hash) -> Result<(), StandError> {
        remove(&self.path(hash))
    }

    /// Removes what no entry names. `named` is asked once nobody is between a file and its entry; says nothing where a
    /// ledger can't be read, and then nothing is removed. Returns how many went.
    pub(crate) fn sweep(&self, named: impl FnOnce() -> Option<BTreeSet<Hash>>) -> Result<usize, StandError> {
        let found = match fs::read_dir(&self.folder) {
            Ok(found) => found,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
            Err(source) => return Err(StandError::io(&self.folder, source)),
        };
        let lock = self.lock_file()?;
        if lock.try_lock().is_err() {
            return Ok(0);
        }
        let Some(named) = named() else { return Ok(0) };
        let mut removed = 0_usize;
        for entry in found {
            let path = entry.map_err(|source| StandError::io(&self.folder, source))?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let hash = name.strip_suffix(ENDING).and_then(|hash| Hash::from_hex(hash).ok());
            let is_ours = hash.is_some() || name.ends_with(".sealed.new");
            if is_ours && hash.is_none_or(|hash| !named.contains(&hash)) {
                remove(&path)?;
                removed = removed.saturating_add(1);
            }
        }
        Ok(removed)
    }
}

fn remove(path: &Path) -> Result<(), StandError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StandError::io(path, error)),
        _ => Ok(()),
    }
}

fn sync_folder(path: &Path) -> std::io::Result<()> {
    File::open(path)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_from_any_byte() {
        let dir = tempfile::tempdir().unwrap();
        let files = SealedFiles::of(dir.path());
        let writing = files.begin().unwrap();
        let hash = Hash::of(b"sealed");
        files.write(&writing, hash, b"sealed").unwrap();
        for (from, most, expected) in
            [(0, 6, "sealed"), (0, 100, "sealed"), (2, 3, "ale"), (6, 9, ""), (9, 9, "")]
        {
            assert_eq!(files.read(hash, from, most).unwrap().as_deref(), Some(expected.as_bytes()), "{from}");
        }
        assert_eq!(files.read(Hash::of(b"other"), 0, 9).unwrap(), None);
        files.remove(hash).unwrap();
        files.remove(hash).unwrap();
        assert_eq!(files.read(hash, 0, 9).unwrap(), None);
    }

    #[test]
    fn only_what_no_entry_names_is_removed_and_never_while_somebody_writes() {
        let dir = tempfile::tempdir().unwrap();
        let files = SealedFiles::of(dir.path());
        assert_eq!(files.sweep(|| panic!("nothing is here to ask about")).unwrap(), 0);
        let writing = files.begin().unwrap();
        let (named, orphan) = (Hash::of(b"named"), Hash::of(b"orphan"));
        files.write(&writing, named, b"named").unwrap();
        files.write(&writing, orphan, b"orphan").unwrap();
        fs::write(dir.path().join("attachments/half.sealed.new"), b"ha").unwrap();
        let all = || Some(BTreeSet::from([named]));
        assert_eq!(files.sweep(all).unwrap(), 0, "somebody writes");
        drop(writing);
        assert_eq!(files.sweep(|| None).unwrap(), 0, "a ledger can't be read");
        assert_eq!(files.sweep(all).unwrap(), 2);
        assert_eq!(files.sweep(all).unwrap(), 0);
        assert!(files.read(named, 0, 9).unwrap().is_some());
    }
}
