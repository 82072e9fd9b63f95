//! How large the next chunk is: as much as the link carries in about eight seconds.
//!
//! Larger chunks cost fewer round trips, but a cut costs the chunk that it hits, and on a poor link it hits every
//! few. The measured rate includes the round trip and central's commit: what matters is when the answer is here.

use super::Limits;

#[derive(Debug, Clone)]
pub(crate) struct Pace {
    limits: Limits,
    bytes: usize,
    bytes_per_s: Option<u64>,
}

impl Pace {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, bytes: limits.chunk_bytes_first, bytes_per_s: None }
    }

    /// Sealed bytes of the next chunk.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(crate) fn bytes_per_s(&self) -> Option<u64> {
        self.bytes_per_s
    }

    /// A chunk of `len` bytes was answered after `elapsed_ms`.
    pub(crate) fn answered(&mut self, len: usize, elapsed_ms: u64) {
        let rate = as_u64(len).saturating_mul(1_000).checked_div(elapsed_ms.max(1)).unwrap_or(0);
        self.bytes_per_s = Some(rate);
        // The rest of a ledger is often far smaller than a chunk; its round trip says nothing about the rate.
        if len < self.bytes.div_euclid(2) {
            return;
        }
        let aim = rate.saturating_mul(self.limits.chunk_ms_aim).div_euclid(1_000);
        let grown = self.bytes.saturating_mul(self.limits.chunk_growth_max);
        self.set(usize::try_from(aim).unwrap_or(usize::MAX).min(grown));
    }

    /// The chunk was cut, or too large for somebody on the way. Says whether the next one is smaller.
    pub(crate) fn shrink(&mut self) -> bool {
        let before = self.bytes;
        self.set(before.div_euclid(2));
        self.bytes < before
    }

    fn set(&mut self, bytes: usize) {
        self.bytes = bytes.clamp(self.limits.chunk_bytes_min, self.limits.chunk_bytes_max);
    }
}

pub(super) fn as_u64(len: usize) -> u64 {
    u64::try_from(len).unwrap_or(u64::MAX)
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;

    const K: usize = 1_024;

    #[test]
    fn the_next_chunk_takes_about_eight_seconds() {
        // Size before, bytes answered, in how long, size after.
        for (before, len, elapsed_ms, after) in [
            (32 * K, 32 * K, 8_000, 32 * K),
            (32 * K, 32 * K, 4_000, 64 * K),
            (32 * K, 32 * K, 2_000, 128 * K),
            (32 * K, 32 * K, 10, 128 * K),
            (128 * K, 128 * K, 10, 256 * K),
            (256 * K, 256 * K, 0, 256 * K),
            (32 * K, 32 * K, 16_000, 16 * K),
            (32 * K, 32 * K, 600_000, 4 * K),
            (32 * K, 16 * K, 1_000, 128 * K),
            (32 * K, 16 * K - 1, 100_000, 32 * K),
            (32 * K, 300 * K, 9_600_000, 4 * K),
        ] {
            let mut pace = Pace { bytes: before, ..Pace::new(Limits::default()) };
            pace.answered(len, elapsed_ms);
            assert_eq!(pace.bytes(), after, "{len} of {before} in {elapsed_ms} ms");
        }
    }

    #[test]
    fn a_cut_halves_it_down_to_the_smallest() {
        let mut pace = Pace::new(Limits::default());
        let sizes: Vec<(bool, usize)> = (0..4).map(|_| (pace.shrink(), pace.bytes())).collect();
        assert_eq!(sizes, [(true, 16 * K), (true, 8 * K), (true, 4 * K), (false, 4 * K)]);
    }
}
