//! What a command needs of the office's folder.

use std::sync::Arc;

use central_db::{SqliteStore, Store};

use crate::error::CentralError;
use crate::files::SealedFiles;
use crate::folder::Folder;
use crate::keys::{Keys, OpeningKeys};
use crate::office::Office;
use crate::opening::Opener;
use crate::requests::Desk;

/// An office that is open for work.
pub(super) struct Open {
    pub(super) folder: Folder,
    pub(super) office: Office,
    pub(super) keys: Keys,
    pub(super) store: Arc<dyn Store>,
}

impl Open {
    pub(super) fn new(folder: Folder) -> Result<Self, CentralError> {
        let office = Office::load(&folder)?;
        let keys = Keys::load(&folder, office.id)?;
        let store = Arc::new(SqliteStore::open(&folder.data_file())?);
        Ok(Self { folder, office, keys, store })
    }

    pub(super) fn opener(&self) -> Result<Opener, CentralError> {
        let keys = OpeningKeys::load(&self.folder, self.office.id)?;
        let signer = Arc::new(self.keys.checkpoint.clone());
        Ok(Opener::new(self.office.id, keys, self.keys.lookup.clone(), signer))
    }

    pub(super) fn desk(&self) -> Result<Desk, CentralError> {
        Ok(Desk::new(Arc::clone(&self.store), self.opener()?, SealedFiles::of(&self.folder)))
    }
}
