//! What every engine of the central office must do, as one table: `cases::all()`.
//!
//! A second engine adds a runner beside `sqlite` and runs the same rows. The cases speak through the trait only.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod actors;
mod cases;

use std::sync::Arc;

use central_db::{SqliteStore, Store};

/// Runs every case on a fresh SQLite file, and afterwards lets the store check itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sqlite() {
    for (name, case) in cases::all() {
        let folder = tempfile::tempdir().unwrap();
        let store: Arc<dyn Store> =
            Arc::new(SqliteStore::open(&folder.path().join("central.sqlite")).unwrap());
        let outcome = tokio::spawn(case(Arc::clone(&store))).await;
        assert!(outcome.is_ok(), "case {name}: {outcome:?}");
        assert_eq!(store.check().await.unwrap(), Vec::<String>::new(), "case {name} left something damaged");
    }
}
