//! What the office publishes for all of its stands. The last publication of each kind is in every manifest; the ones
//! before it stay known, so that none of them comes back as something new.

use wire::Hash;
use wire::manifest::Part;
use wire::manifest::PartKind;
use wire::publication::Compressed;

/// Content to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPublication {
    /// What it is.
    pub kind: PartKind,
    /// SHA-256 of it, before compression.
    pub content: Hash,
    /// It, compressed.
    pub compressed: Compressed,
}

/// Content that was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Which of its kind, from 1.
    pub number: u64,
    /// SHA-256 of the content, before compression.
    pub content: Hash,
    /// What a manifest names.
    pub part: Part,
    /// When, in seconds since 1970 (UTC).
    pub published_unix_s: u64,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publishing {
    /// Published.
    New(Published),
    /// It is what was published last: nothing was done.
    Same(Published),
    /// It was published before something else that is in force: nothing was done, since stands never go back.
    Older(Published),
}
