//! What there is, in numbers: what `doctor` looks at.

/// Counts over everything that is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Census {
    /// Enrolled stands, revoked ones included.
    pub devices: u64,
    /// Revoked stands.
    pub revoked: u64,
    /// Entries on every branch.
    pub entries: u64,
    /// Entries that wait to be opened.
    pub unopened: u64,
    /// Entries that could not be opened.
    pub failures: u64,
    /// Entries of kinds that the program which opened them did not know.
    pub unknown_kinds: u64,
    /// Branches besides the main ones: clones and restored disks.
    pub forks: u64,
    /// Pieces of signed bytes that could not be taken as a push, kept apart.
    pub kept: u64,
    /// Requests that were opened.
    pub requests: u64,
}

/// A ledger of which different bytes came for one position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForkedLedger {
    /// The ledger.
    pub ledger: crate::LedgerId,
    /// The branch.
    pub branch: crate::BranchId,
    /// How many entries it shares with the one that it left.
    pub base: u64,
    /// How many entries it has in all.
    pub count: u64,
    /// When central met it, in seconds since 1970 (UTC).
    pub met_unix_s: u64,
}
