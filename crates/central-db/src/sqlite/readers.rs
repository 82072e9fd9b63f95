//! Connections that only read, kept for the next reader.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use super::columns::told;
use super::file;
use crate::error::StoreError;

/// Connections that are kept open while nobody reads.
const IDLE_MAX: usize = 4;

#[derive(Clone)]
pub(super) struct Readers {
    path: Arc<PathBuf>,
    idle: Arc<Mutex<Vec<Connection>>>,
}

impl Readers {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path: Arc::new(path), idle: Arc::default() }
    }

    /// Runs a query on a thread that may wait, over one consistent state of the data.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let readers = self.clone();
        let work = tokio::task::spawn_blocking(move || readers.run_here(query));
        work.await.map_err(|_| StoreError::Closed)?
    }

    fn run_here<T>(&self, query: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let kept = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut db = match kept {
            Some(db) => db,
            None => file::open_for_reading(&self.path)?,
        };
        let tx = db.transaction().map_err(told("reading"))?;
        let found = query(&tx);
        drop(tx);
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_MAX {
            idle.push(db);
        }
        found
    }
}
