//! A folder that the operating system has mounted.

use std::fs::{self, File};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::{Found, Item, Medium, MediumError, Walk, What, walk};

/// A folder of a mounted file system.
#[derive(Debug, Clone)]
pub struct Disk(PathBuf);

impl Disk {
    /// The folder at this path, whether it is there or not.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    fn place(&self, path: &str) -> PathBuf {
        path.split('/').filter(|name| !name.is_empty()).fold(self.0.clone(), |place, name| place.join(name))
    }
}

impl Medium for Disk {
    fn list(&self, folder: &str) -> Result<Vec<Item>, MediumError> {
        let failed = |source| MediumError::of(folder, source);
        let mut items = Vec::new();
        for entry in fs::read_dir(self.place(folder)).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            // Of the entry itself: a link is neither, and is not followed.
            let Ok(metadata) = entry.metadata() else { continue };
            // A name that is no text is none of ours.
            let Ok(name) = entry.file_name().into_string() else { continue };
            if metadata.is_dir() || metadata.is_file() {
                items.push(Item { name, is_folder: metadata.is_dir(), len: metadata.len() });
            }
        }
        items.sort();
        Ok(items)
    }

    fn read(&self, path: &str, bytes_max: usize) -> Result<Vec<u8>, MediumError> {
        let failed = |source| MediumError::of(path, source);
        let place = self.place(path);
        // Opening a pipe would wait for whoever writes to it.
        if !fs::symlink_metadata(&place).map_err(failed)?.is_file() {
            return Err(MediumError::Gone { path: path.to_owned() });
        }
        let limit = u64::try_from(bytes_max).unwrap_or(u64::MAX).saturating_add(1);
        let mut bytes = Vec::new();
        File::open(place).and_then(|file| file.take(limit).read_to_end(&mut bytes)).map_err(failed)?;
        if bytes.len() > bytes_max {
            return Err(MediumError::TooLarge { path: path.to_owned(), bytes_max });
        }
        Ok(bytes)
    }

    fn make_folder(&mut self, path: &str) -> Result<(), MediumError> {
        match fs::create_dir(self.place(path)) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            made => made.map_err(|source| MediumError::of_write(path, source)),
        }
    }

    fn write_flushed(&mut self, path: &str, bytes: &[u8]) -> Result<(), MediumError> {
        let written = File::create(self.place(path))
            .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
        written.map_err(|source| MediumError::of_write(path, source))
    }

    fn rename(&mut self, from: &str, to: &str) -> Result<(), MediumError> {
        fs::rename(self.place(from), self.place(to)).map_err(|source| MediumError::of_write(to, source))
    }

    fn flush_folder(&mut self, path: &str) -> Result<(), MediumError> {
        // Other systems can't open a folder as a file, and keep names with the file.
        if !cfg!(unix) {
            return Ok(());
        }
        match File::open(self.place(path)).and_then(|folder| folder.sync_all()) {
            // A file system that knows no such thing says so; its names are as safe as it makes them.
            Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
            flushed => flushed.map_err(|source| MediumError::of(path, source)),
        }
    }

    fn remove(&mut self, path: &str) -> Result<(), MediumError> {
        match fs::remove_file(self.place(path)) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            removed => removed.map_err(|source| MediumError::of_write(path, source)),
        }
    }

    fn free_bytes(&self) -> Result<u64, MediumError> {
        fs4::available_space(&self.0).map_err(|source| MediumError::of("", source))
    }
}

/// What somebody named: a stick, a folder on it, or one file, and the folder that everything else lies in.
#[derive(Debug, Clone)]
pub struct Place {
    /// The folder that holds `oirs`.
    pub disk: Disk,
    /// What was named, below that.
    pub below: String,
    is_file: bool,
}

impl Place {
    /// The place of a path; none when nothing is there.
    pub fn of(path: &Path) -> Option<Self> {
        let whole = path.canonicalize().ok()?;
        let metadata = fs::metadata(&whole).ok()?;
        if !metadata.is_file() && !metadata.is_dir() {
            return None;
        }
        let is_ours =
            |place: &&Path| place.file_name().is_some_and(|name| name.eq_ignore_ascii_case(crate::FOLDER));
        let around = whole.ancestors().find(is_ours).and_then(Path::parent);
        let root = around.or(if metadata.is_file() { whole.parent() } else { Some(&whole) })?;
        let below = whole.strip_prefix(root).ok()?.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
        Some(Self { disk: Disk::at(root), below, is_file: metadata.is_file() })
    }

    /// The files of ours there. One file that was named counts whatever it is called, as `unnamed` says.
    pub fn files(&self, unnamed: Option<What>) -> Result<Walk, MediumError> {
        if !self.is_file {
            return walk(&self.disk, &self.below);
        }
        let place = self.disk.place(&self.below);
        let len = fs::metadata(place).map_err(|source| MediumError::of(&self.below, source))?.len();
        let what = What::of(&self.below).or(unnamed);
        let files = what.map(|what| Found { path: self.below.clone(), what, len });
        Ok(Walk { files: files.into_iter().collect(), more: false })
    }
}
