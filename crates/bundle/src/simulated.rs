//! A medium in memory that is pulled out, full or locked when a test says so.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use crate::put::folder_of;
use crate::{Item, Medium, MediumError};

/// What is left of the operation during which the medium is pulled out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Torn {
    /// Nothing of it.
    Nothing,
    /// Half of the bytes that were being written; of a new name, the old one.
    Half,
    /// A file of the right length whose blocks never came: zeroes.
    Zeroes,
    /// All of it, but the one who wrote was not told.
    All,
}

/// Every way in which a write can be torn.
pub const TORN: [Torn; 4] = [Torn::Nothing, Torn::Half, Torn::Zeroes, Torn::All];

/// A medium in memory.
#[derive(Debug, Clone, Default)]
pub struct Simulated {
    files: BTreeMap<String, Vec<u8>>,
    folders: BTreeSet<String>,
    /// Operations that change something, so far.
    pub writes: usize,
    /// Pulled out during this operation, counted from 0.
    pub pulled_at: Option<(usize, Torn)>,
    /// Bytes that fit in all; any number when none.
    pub bytes_max: Option<u64>,
    /// Whether it can't be written to.
    pub read_only: bool,
    pulled: Cell<bool>,
}

impl Simulated {
    /// One that is pulled out during an operation that changes something, counted from 0.
    pub fn pulled(at: usize, torn: Torn) -> Self {
        Self { pulled_at: Some((at, torn)), ..Self::default() }
    }

    /// Puts it back in, as it was left; nothing is in its way any more.
    pub fn back(&mut self) {
        self.pulled.set(false);
        self.pulled_at = None;
        self.bytes_max = None;
        self.read_only = false;
    }

    /// Its files.
    pub fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// Puts a file on it, as somebody else might.
    pub fn lay(&mut self, path: &str, bytes: &[u8]) {
        let mut folder = folder_of(path);
        while !folder.is_empty() {
            self.folders.insert(folder.to_owned());
            folder = folder_of(folder);
        }
        self.files.insert(path.to_owned(), bytes.to_vec());
    }

    fn there(&self, path: &str) -> Result<(), MediumError> {
        if self.pulled.get() { Err(MediumError::Gone { path: path.to_owned() }) } else { Ok(()) }
    }

    /// Counts an operation that changes something. Says how it is torn, when it is.
    fn change(&mut self, path: &str) -> Result<Option<Torn>, MediumError> {
        self.there(path)?;
        if self.read_only {
            return Err(MediumError::ReadOnly);
        }
        let number = self.writes;
        self.writes = number.saturating_add(1);
        Ok(match self.pulled_at {
            Some((at, torn)) if at == number => {
                self.pulled.set(true);
                Some(torn)
            }
            _ => None,
        })
    }

    fn done(&self, path: &str) -> Result<(), MediumError> {
        self.there(path)
    }
}

impl Medium for Simulated {
    fn list(&self, folder: &str) -> Result<Vec<Item>, MediumError> {
        self.there(folder)?;
        if !folder.is_empty() && !self.folders.contains(folder) {
            return Err(MediumError::Gone { path: folder.to_owned() });
        }
        let within = |path: &str| folder_of(path) == folder;
        let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let folders = self.folders.iter().filter(|path| within(path));
        let folders = folders.map(|path| Item { name: name(path), is_folder: true, len: 0 });
        let files = self.files.iter().filter(|(path, _)| within(path));
        let files = files.map(|(path, bytes)| Item {
            name: name(path),
            is_folder: false,
            len: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        });
        let mut items: Vec<Item> = folders.chain(files).collect();
        items.sort();
        Ok(items)
    }

    fn read(&self, path: &str, bytes_max: usize) -> Result<Vec<u8>, MediumError> {
        self.there(path)?;
        let bytes = self.files.get(path).ok_or_else(|| MediumError::Gone { path: path.to_owned() })?;
        if bytes.len() > bytes_max {
            return Err(MediumError::TooLarge { path: path.to_owned(), bytes_max });
        }
        Ok(bytes.clone())
    }

    fn make_folder(&mut self, path: &str) -> Result<(), MediumError> {
        if self.change(path)?.is_none_or(|torn| torn == Torn::All) {
            self.folders.insert(path.to_owned());
        }
        self.done(path)
    }

    fn write_flushed(&mut self, path: &str, bytes: &[u8]) -> Result<(), MediumError> {
        let torn = self.change(path)?;
        if !self.folders.contains(folder_of(path)) {
            return Err(MediumError::Gone { path: path.to_owned() });
        }
        let used: usize = self.files.values().map(Vec::len).sum();
        let room =
            self.bytes_max.map(|most| usize::try_from(most).unwrap_or(usize::MAX).saturating_sub(used));
        if let Some(room) = room.filter(|room| torn.is_none() && *room < bytes.len()) {
            self.files.insert(path.to_owned(), bytes.iter().copied().take(room).collect());
            return Err(MediumError::Full);
        }
        let kept = match torn {
            None | Some(Torn::All) => Some(bytes.to_vec()),
            Some(Torn::Half) => Some(bytes.iter().copied().take(bytes.len().div_euclid(2)).collect()),
            Some(Torn::Zeroes) => Some(vec![0; bytes.len()]),
            Some(Torn::Nothing) => None,
        };
        if let Some(kept) = kept {
            self.files.insert(path.to_owned(), kept);
        }
        self.done(path)
    }

    fn rename(&mut self, from: &str, to: &str) -> Result<(), MediumError> {
        let torn = self.change(to)?;
        let Some(bytes) = self.files.get(from).cloned() else {
            return Err(MediumError::Gone { path: from.to_owned() });
        };
        match torn {
            None | Some(Torn::All) => {
                self.files.remove(from);
                self.files.insert(to.to_owned(), bytes);
            }
            // The new name came to the medium, and what it names did not.
            Some(Torn::Zeroes) => {
                self.files.remove(from);
                self.files.insert(to.to_owned(), vec![0; bytes.len()]);
            }
            Some(Torn::Half | Torn::Nothing) => {}
        }
        self.done(to)
    }

    fn flush_folder(&mut self, path: &str) -> Result<(), MediumError> {
        self.change(path)?;
        self.done(path)
    }

    fn remove(&mut self, path: &str) -> Result<(), MediumError> {
        if self.change(path)?.is_none_or(|torn| torn == Torn::All) {
            self.files.remove(path);
        }
        self.done(path)
    }

    fn free_bytes(&self) -> Result<u64, MediumError> {
        self.there("")?;
        let used: u64 = self.files.values().map(|bytes| u64::try_from(bytes.len()).unwrap_or(u64::MAX)).sum();
        Ok(self.bytes_max.unwrap_or(u64::MAX).saturating_sub(used))
    }
}
