//! What every route shares.

use std::sync::Arc;

use central_db::Store;
use tokio::sync::{Notify, Semaphore};

use super::limits::Limits;
use super::rate::{InAll, PerAddress};
use super::turns::Turns;
use crate::clock::Clock;
use crate::files::SealedFiles;
use crate::intake::Intake;
use crate::keys::Keys;
use crate::manifest::Issuer;
use crate::office::Office;
use crate::releases::Packages;

/// The service behind the routes.
pub struct Service {
    pub(super) office: Arc<Office>,
    pub(super) keys: Arc<Keys>,
    pub(super) store: Arc<dyn Store>,
    pub(super) clock: Clock,
    pub(super) limits: Limits,
    pub(super) intake: Intake,
    pub(super) issuer: Arc<Issuer>,
    /// Where sealed files lie, and whose turn it is with each.
    pub(super) files: SealedFiles,
    pub(super) turns: Turns,
    /// Where packages of the stand's program lie.
    pub(super) packages: Packages,
    pub(super) uploads: Semaphore,
    pub(super) pushes: Semaphore,
    pub(super) receipts: PerAddress,
    pub(super) guesses: PerAddress,
    pub(super) guesses_in_all: InAll,
    /// Whether a proxy in front says who asks.
    pub(super) behind_proxy: bool,
    /// Rings when something arrived that waits to be opened.
    pub(super) arrived: Arc<Notify>,
    /// Rings when what arrived was opened.
    pub(super) opened: Arc<Notify>,
}

impl Service {
    /// A service of this office.
    pub fn new(
        office: Office,
        keys: Keys,
        store: Arc<dyn Store>,
        files: SealedFiles,
        clock: Clock,
        limits: Limits,
        behind_proxy: bool,
    ) -> Self {
        let (office, keys) = (Arc::new(office), Arc::new(keys));
        let signer = Arc::new(keys.checkpoint.clone());
        Self {
            intake: Intake::new(office.id, Arc::clone(&store), signer),
            issuer: Arc::new(Issuer { office: office.id, keys: Arc::clone(&keys) }),
            packages: Packages::beside(&files),
            files,
            turns: Turns::default(),
            uploads: Semaphore::new(limits.uploads_max),
            pushes: Semaphore::new(limits.pushes_max),
            receipts: PerAddress::new(limits.receipts_per_address, limits.addresses_max),
            guesses: PerAddress::new(limits.guesses_per_address, limits.addresses_max),
            guesses_in_all: InAll::new(limits.guesses_in_all),
            arrived: Arc::default(),
            opened: Arc::default(),
            office,
            keys,
            store,
            clock,
            limits,
            behind_proxy,
        }
    }

    /// Rings when something arrived that waits to be opened.
    pub fn arrived(&self) -> Arc<Notify> {
        Arc::clone(&self.arrived)
    }

    /// To be rung when what arrived was opened.
    pub fn opened(&self) -> Arc<Notify> {
        Arc::clone(&self.opened)
    }
}
