//! Every bound of a sync, in one place.

/// Bounds; [`Limits::default`] is what ships.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Sealed bytes of the first chunk: about ten seconds of a poor 2G link.
    pub chunk_bytes_first: usize,
    /// Fewest sealed bytes of a chunk, unless less is left.
    pub chunk_bytes_min: usize,
    /// Most sealed bytes of a chunk, unless one entry is larger.
    pub chunk_bytes_max: usize,
    /// How long a chunk should take, in milliseconds: a cut costs at most one.
    pub chunk_ms_aim: u64,
    /// How many times larger a chunk may be than the one before.
    pub chunk_growth_max: usize,
    /// Tries in a row without any answer.
    pub tries_max: u32,
    /// Upper bound of the first delay, in milliseconds; doubles with every further one.
    pub delay_ms_first: u64,
    /// Upper bound of any delay, in milliseconds.
    pub delay_ms_max: u64,
    /// Upper bound of all delays of one sync, in milliseconds.
    pub delay_ms_total: u64,
    /// Longest wish of a busy server that is waited for within the sync, in milliseconds. A longer one ends it.
    pub retry_after_ms_max: u64,
    /// Gaps answered for one ledger in one sync before the answers count as contradicting each other.
    pub gaps_max: u32,
    /// Largest part of a manifest, in bytes. A test hands in a smaller one.
    pub part_bytes_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            chunk_bytes_first: 32 * 1_024,
            chunk_bytes_min: 4 * 1_024,
            chunk_bytes_max: 256 * 1_024,
            chunk_ms_aim: 8_000,
            chunk_growth_max: 4,
            tries_max: 8,
            delay_ms_first: 1_000,
            delay_ms_max: 60_000,
            delay_ms_total: 5 * 60_000,
            retry_after_ms_max: 60_000,
            gaps_max: 4,
            part_bytes_max: wire::manifest::PART_BYTES_MAX,
        }
    }
}
