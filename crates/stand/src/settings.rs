//! What the stand remembers besides its ledger: where the office is, which printer, and the last trusted time.

use serde::{Deserialize, Serialize};

use crate::StandError;
use crate::clock::{KnownTime, TrustedTime};
use crate::folder::Folder;
use crate::mirror::MirrorSetting;
use crate::papers::Papers;
use crate::printer::PrinterSetting;
use crate::queue::QueueAddress;

const FILE: &str = "settings.json";

/// The settings file. Nothing in it is personal or secret.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    /// The central office's address, as enrolled.
    pub(crate) central: String,
    /// Where receipts are printed.
    pub(crate) printer: Option<PrinterSetting>,
    /// Where sheets are printed.
    pub(crate) queue: Option<QueueAddress>,
    /// How many papers are printed at once.
    pub(crate) papers: Papers,
    /// Where the ledger is mirrored.
    pub(crate) mirror: Option<MirrorSetting>,
    /// When the office last had everything that was here, in seconds since 1970.
    pub(crate) synced_unix_s: Option<i64>,
    /// The last time that the office told.
    pub(crate) trusted_time: Option<TrustedTime>,
}

/// A file of its own: the window and the command line note the time at any hour, and neither may write over what the
/// other has set.
const KNOWN_TIME_FILE: &str = "known-time.json";

/// The time as it was last known here; none where it can't be read, which stops nobody.
pub(crate) fn known_time(folder: &Folder) -> Option<KnownTime> {
    serde_json::from_slice(&folder.read(KNOWN_TIME_FILE).ok()??).ok()
}

/// Notes the time as it is known now. Nobody is refused over it: without it, promises after a restart count from the
/// clock.
pub(crate) fn note_known_time(folder: &Folder, known: &KnownTime) {
    let written = serde_json::to_vec(known).map(|bytes| folder.write(KNOWN_TIME_FILE, &bytes));
    if !matches!(written, Ok(Ok(()))) {
        tracing::warn!("the known time could not be noted");
    }
}

impl Settings {
    pub(crate) fn load(folder: &Folder) -> Result<Self, StandError> {
        let Some(bytes) = folder.read(FILE)? else { return Ok(Self::default()) };
        serde_json::from_slice(&bytes)
            .map_err(|error| StandError::BadFile { path: folder.path().join(FILE), why: error.to_string() })
    }

    pub(crate) fn store(&self, folder: &Folder) -> Result<(), StandError> {
        let bytes = serde_json::to_vec_pretty(self).map_err(|error| StandError::BadFile {
            path: folder.path().join(FILE),
            why: error.to_string(),
        })?;
        folder.write(FILE, &bytes)
    }
}
