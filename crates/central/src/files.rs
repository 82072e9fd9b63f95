//! Sealed files on the office's disk: a file for each that is begun, under the stand and its hash.
//!
//! Bytes are appended and flushed before the stand is told how far it is. When the last one is there, the whole is
//! hashed: what is right is renamed, its folder flushed, and only then the row is written and the word given; what is
//! not is dropped, so that it can be sent anew. A power cut leaves a part that is shorter than was told, or one whose
//! hash does not fit; both heal by asking. Where these files lie is no secret: whoever has them reads nothing.

use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use central_db::file_folder;
use sha2::{Digest as _, Sha256};
use wire::upload::Upload;
use wire::{DeviceId, Hash};

use crate::error::CentralError;
use crate::folder::{Folder, make_private, sync_folder};

/// Room that is left free on the office's disk: entries, each with a citizen behind it, go before files.
pub const DISK_FREE_BYTES_MIN: u64 = 256 * 1_024 * 1_024;

/// Bytes that are hashed at a time.
const HASH_PIECE_BYTES: usize = 64 * 1_024;

/// The office's sealed files.
#[derive(Debug, Clone)]
pub struct SealedFiles(PathBuf);

/// What came of a file whose last byte arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Assembled {
    /// Whole and durable under its name.
    Whole,
    /// Its hash is another: dropped.
    OtherBytes,
}

fn failed(operation: &'static str, path: &Path) -> impl Fn(std::io::Error) -> CentralError {
    move |source| CentralError::File { operation, path: path.to_owned(), source }
}

impl SealedFiles {
    /// The files of an office's folder, whether there are any or not.
    pub fn of(folder: &Folder) -> Self {
        Self(folder.files())
    }

    /// Where they lie.
    pub(crate) fn folder(&self) -> &Path {
        &self.0
    }

    fn whole_path(&self, device: DeviceId, hash: Hash) -> PathBuf {
        self.0.join(file_folder(device)).join(format!("{hash}.sealed"))
    }

    fn part_path(&self, device: DeviceId, hash: Hash) -> PathBuf {
        self.0.join(file_folder(device)).join(format!("{hash}.part"))
    }

    /// Whether the whole file is here, by its name and length.
    pub(crate) fn is_whole(&self, upload: &Upload) -> bool {
        let found = fs::metadata(self.whole_path(upload.device, upload.hash));
        found.is_ok_and(|found| found.len() == upload.bytes)
    }

    /// How many bytes of a file are here.
    pub(crate) fn offset(&self, upload: &Upload) -> Result<u64, CentralError> {
        let path = self.part_path(upload.device, upload.hash);
        match fs::metadata(&path) {
            Ok(found) => Ok(found.len()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
            Err(source) => Err(failed("reading", &path)(source)),
        }
    }

    /// Appends bytes durably, no more than there are to come; says how many are here now.
    pub(crate) fn append(&self, upload: &Upload, bytes: &[u8]) -> Result<u64, CentralError> {
        let offset = self.offset(upload)?;
        let room = usize::try_from(upload.bytes.saturating_sub(offset)).unwrap_or(usize::MAX);
        let bytes = bytes.get(..room).unwrap_or(bytes);
        if bytes.is_empty() {
            return Ok(offset);
        }
        self.check_space(upload.bytes)?;
        let path = self.part_path(upload.device, upload.hash);
        let folder = path.parent().unwrap_or(&self.0);
        if !folder.is_dir() {
            make_private(&self.0)?;
            make_private(folder)?;
            sync_folder(&self.0)?;
        }
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options
            .open(&path)
            .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
            .map_err(failed("writing", &path))?;
        if offset == 0 {
            sync_folder(folder)?;
        }
        self.offset(upload)
    }

    /// Looks at a file of which all bytes came.
    pub(crate) fn assemble(&self, upload: &Upload) -> Result<Assembled, CentralError> {
        let (part, whole) =
            (self.part_path(upload.device, upload.hash), self.whole_path(upload.device, upload.hash));
        if self.is_whole(upload) {
            return Ok(Assembled::Whole);
        }
        if hash_of(&part).map_err(failed("reading", &part))? != upload.hash {
            self.forget(upload.device, upload.hash)?;
            return Ok(Assembled::OtherBytes);
        }
        // What an append flushed may have been another descriptor's; the name must not become durable before the bytes.
        File::open(&part).and_then(|file| file.sync_all()).map_err(failed("flushing", &part))?;
        fs::rename(&part, &whole).map_err(failed("renaming", &part))?;
        sync_folder(whole.parent().unwrap_or(&self.0))?;
        Ok(Assembled::Whole)
    }

    /// Drops what is here of a file that is not whole.
    pub(crate) fn forget(&self, device: DeviceId, hash: Hash) -> Result<(), CentralError> {
        let path = self.part_path(device, hash);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(failed("removing", &path)(error))
            }
            _ => Ok(()),
        }
    }

    /// A whole file; nothing when it isn't here.
    pub fn read(&self, device: DeviceId, hash: Hash) -> Result<Option<Vec<u8>>, CentralError> {
        let path = self.whole_path(device, hash);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(failed("reading", &path)(source)),
        }
    }

    fn check_space(&self, bytes: u64) -> Result<(), CentralError> {
        let mut there = self.0.as_path();
        while !there.exists() {
            let Some(parent) = there.parent() else { return Ok(()) };
            there = parent;
        }
        let Ok(found) = rustix::fs::statvfs(there) else { return Ok(()) };
        let free = found.f_bavail.saturating_mul(found.f_frsize);
        if free < bytes.saturating_add(DISK_FREE_BYTES_MIN) {
            return Err(failed("writing", there)(std::io::ErrorKind::StorageFull.into()));
        }
        Ok(())
    }
}

/// The hash of a file, of which only a piece is in memory at a time: many may be looked at at once.
fn hash_of(path: &Path) -> std::io::Result<Hash> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; HASH_PIECE_BYTES];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(Hash(hasher.finalize().into())),
            read => hasher.update(piece.get(..read).unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::{Epoch, OfficeId};

    fn upload(bytes: &[u8]) -> Upload {
        let place = (Epoch([3; 8]), 1);
        let len = u64::try_from(bytes.len()).unwrap();
        Upload::new(OfficeId([1; 16]), DeviceId([2; 16]), place, Hash::of(bytes), len)
    }

    #[test]
    fn bytes_come_together_and_are_looked_at() {
        let dir = tempfile::tempdir().unwrap();
        let files = SealedFiles::of(&Folder::at(dir.path()));
        let good = upload(b"sealed bytes");
        assert_eq!(files.offset(&good).unwrap(), 0);
        assert_eq!(files.append(&good, b"sealed").unwrap(), 6);
        assert_eq!(files.append(&good, b"").unwrap(), 6);
        assert_eq!(files.append(&good, b" bytes and more").unwrap(), 12, "no more than announced");
        assert_eq!(files.assemble(&good).unwrap(), Assembled::Whole);
        assert_eq!(files.assemble(&good).unwrap(), Assembled::Whole, "again, as after a crash");
        assert!(files.is_whole(&good));
        assert_eq!(files.read(good.device, good.hash).unwrap().as_deref(), Some(b"sealed bytes".as_slice()));

        let other = upload(b"other bytes.");
        assert_eq!(files.append(&other, b"wrong bytes.").unwrap(), 12);
        assert_eq!(files.assemble(&other).unwrap(), Assembled::OtherBytes);
        assert_eq!(files.offset(&other).unwrap(), 0, "from the beginning");
        assert_eq!(files.read(other.device, other.hash).unwrap(), None);
    }
}
