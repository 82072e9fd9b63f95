//! What happens to a sync: answers, failures and the staff's wishes.

use wire::Hash;

use crate::{Chunk, Fault, LedgerState};

/// What of a chunk the engine has to know to judge its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// Entries before it.
    pub from: u64,
    /// Entries after it.
    pub count: u64,
    /// The chain's hash after it.
    pub head: Hash,
    /// Bytes of the push.
    pub len: usize,
}

impl From<&Chunk> for Sent {
    fn from(chunk: &Chunk) -> Self {
        Self { from: chunk.from, count: chunk.count, head: chunk.head, len: chunk.bytes.len() }
    }
}

/// One event. Each answers the action that asked, but `Cancelled`, which may come at any time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The sync begins.
    Started,
    /// A push was answered with 200.
    PushAnswered {
        /// What was pushed.
        sent: Sent,
        /// The body of the answer.
        answer: Vec<u8>,
        /// From the first byte sent to the last received, in milliseconds of a monotonic clock.
        elapsed_ms: u64,
    },
    /// The body of the first entry to be pushed was released.
    BodyReleased,
    /// The ledger cannot be read at the place to be pushed from.
    LedgerUnreadable,
    /// The heads that were asked for, in order.
    Heads(Vec<Option<Hash>>),
    /// A manifest came.
    ManifestAnswered {
        /// The body of the answer.
        answer: Vec<u8>,
        /// Its entity tag, quotes included.
        etag: Option<String>,
    },
    /// The manifest is the one that the stand has.
    NotModified,
    /// A part came.
    PartAnswered(Vec<u8>),
    /// The part is on the disk already.
    PartHeld,
    /// The new epoch was begun; these are the ledgers now, oldest first.
    EpochBegun(Vec<LedgerState>),
    /// The request that was asked for failed.
    Failed(Fault),
    /// The wait is over.
    WaitOver,
    /// Staff stopped the sync.
    Cancelled,
}
