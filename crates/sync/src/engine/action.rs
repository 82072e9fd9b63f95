//! What the engine wants done: data, carried out by a driver or a simulator in the order given.

use wire::Epoch;
use wire::body::OpeningReason;
use wire::manifest::{Manifest, Part};
use wire::push::Checkpoint;

use crate::{Alarm, Outcome, Progress, Totals};

/// One action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Keep central's signed answer. See [`crate::Log::acknowledge`].
    Acknowledge {
        /// How far it counts for this ledger.
        count: u64,
        /// The answer.
        checkpoint: Checkpoint,
        /// Its signed bytes.
        bytes: Vec<u8>,
    },
    /// Keep a part.
    StorePart {
        /// Which.
        part: Part,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// Keep a manifest.
    StoreManifest {
        /// What it says.
        manifest: Box<Manifest>,
        /// Its signed bytes.
        bytes: Vec<u8>,
        /// Its entity tag; none when something was acknowledged after it came.
        etag: Option<String>,
    },
    /// Keep an alarm.
    Alarm(Alarm),
    /// Show how far it is.
    Progress(Progress),

    /// Push a chunk; answered by [`super::Event::PushAnswered`], `BodyReleased`, `LedgerUnreadable` or `Failed`.
    Push {
        /// The ledger.
        epoch: Epoch,
        /// Entries before the chunk.
        from: u64,
        /// Sealed bytes at most; at least one entry.
        bytes_max: usize,
    },
    /// Look up the hashes after those counts; answered by [`super::Event::Heads`].
    ReadHeads(Vec<(Epoch, u64)>),
    /// Ask for the manifest; answered by [`super::Event::ManifestAnswered`], `NotModified` or `Failed`.
    FetchManifest {
        /// The entity tag of the one that the stand has, when "not modified" is a good answer.
        etag: Option<String>,
        /// The number of the one that the stand has: a restored office must give its next one a higher number.
        number: Option<u64>,
    },
    /// Have a part or ask for it; answered by [`super::Event::PartHeld`], `PartAnswered` or `Failed`.
    FetchPart(Part),
    /// Close the current ledger and begin another; answered by [`super::Event::EpochBegun`].
    BeginEpoch {
        /// Why.
        reason: OpeningReason,
        /// The ledger to be closed.
        previous: Epoch,
    },
    /// Wait; answered by [`super::Event::WaitOver`].
    Wait {
        /// How long, in milliseconds.
        ms: u64,
    },
    /// The sync is over; nothing answers this.
    Finished {
        /// How it ended.
        outcome: Outcome,
        /// What it did.
        totals: Totals,
    },
}

impl Action {
    /// Whether an event has to answer it.
    pub fn asks(&self) -> bool {
        matches!(
            self,
            Self::Push { .. }
                | Self::ReadHeads(_)
                | Self::FetchManifest { .. }
                | Self::FetchPart(_)
                | Self::BeginEpoch { .. }
                | Self::Wait { .. }
        )
    }
}
