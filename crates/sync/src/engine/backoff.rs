//! How long to wait before the next try: exponential with full jitter, bounded in number and in total.
//!
//! Full jitter (any delay from nothing to the bound) spreads a fleet that lost the same cell tower better than a
//! fixed delay with a little noise. The seed is handed in, so that a run can be replayed.

use super::Limits;

#[derive(Debug, Clone)]
pub(crate) struct Backoff {
    limits: Limits,
    state: u64,
    tries: u32,
    waited_ms: u64,
}

impl Backoff {
    pub(crate) fn new(limits: Limits, seed: u64) -> Self {
        Self { limits, state: seed, tries: 0, waited_ms: 0 }
    }

    /// Something was answered: the next trouble is a new one.
    pub(crate) fn reset(&mut self) {
        self.tries = 0;
    }

    /// The delay before the next try in milliseconds, or none when it is enough for this sync. A server's wish
    /// is never undercut: one that is too long ends the sync.
    pub(crate) fn next(&mut self, wish_ms: Option<u64>) -> Option<u64> {
        let bound = 2_u64.saturating_pow(self.tries).saturating_mul(self.limits.delay_ms_first);
        self.tries = self.tries.saturating_add(1);
        let jitter = self.draw(bound.min(self.limits.delay_ms_max));
        let delay = match wish_ms {
            Some(wish) if wish > self.limits.retry_after_ms_max => return None,
            Some(wish) => wish.saturating_add(jitter.min(self.limits.delay_ms_first)),
            None => jitter,
        };
        self.waited_ms = self.waited_ms.saturating_add(delay);
        (self.tries < self.limits.tries_max && self.waited_ms <= self.limits.delay_ms_total).then_some(delay)
    }

    /// A number from 0 to `max`, by `SplitMix64` (Steele, Lea and Flood, 2014): enough to spread, no secret.
    fn draw(&mut self, max: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        max.checked_add(1).and_then(|n| z.checked_rem(n)).unwrap_or(z)
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;

    fn delays(limits: Limits, seed: u64, wish_ms: Option<u64>) -> Vec<u64> {
        let mut backoff = Backoff::new(limits, seed);
        std::iter::from_fn(|| backoff.next(wish_ms)).collect()
    }

    #[test]
    fn grows_within_its_bounds_and_ends() {
        let limits = Limits::default();
        for seed in 0..200 {
            let delays = delays(limits, seed, None);
            assert!(delays.len() < limits.tries_max as usize, "{delays:?}");
            assert!(delays.iter().sum::<u64>() <= limits.delay_ms_total, "{delays:?}");
            for (n, delay) in delays.iter().enumerate() {
                let bound = (limits.delay_ms_first << n).min(limits.delay_ms_max);
                assert!(*delay <= bound, "delay {n} of {delays:?}");
            }
        }
    }

    #[test]
    fn the_same_seed_waits_the_same() {
        assert_eq!(delays(Limits::default(), 7, None), delays(Limits::default(), 7, None));
        assert_ne!(delays(Limits::default(), 7, None), delays(Limits::default(), 8, None));
    }

    #[test]
    fn a_wish_is_kept_at_the_bound_and_ends_the_sync_above_it() {
        let limits = Limits { delay_ms_first: 10, retry_after_ms_max: 500, ..Limits::default() };
        for (wish, kept) in [(0, true), (499, true), (500, true), (501, false), (u64::MAX, false)] {
            let delay = Backoff::new(limits, 3).next(Some(wish));
            assert_eq!(delay.is_some(), kept, "{wish}");
            assert!(delay.is_none_or(|ms| ms >= wish && ms <= wish + limits.delay_ms_first), "{wish}");
        }
    }

    #[test]
    fn an_answer_begins_anew_but_the_total_stays() {
        let limits = Limits { delay_ms_total: 3_000, ..Limits::default() };
        let mut backoff = Backoff::new(limits, 1);
        let mut total = 0;
        while let Some(delay) = backoff.next(None) {
            backoff.reset();
            total += delay;
        }
        assert!(total <= limits.delay_ms_total);
    }
}
