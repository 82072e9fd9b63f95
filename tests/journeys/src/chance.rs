//! Seeded chance: the same seed cuts the same link at the same byte.

/// `SplitMix64` (Steele, Lea and Flood, 2014): enough to spread, no secret.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// Chance that can be repeated.
    pub fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, and without, `below`.
    pub fn below(&mut self, below: usize) -> usize {
        let below = u64::try_from(below).unwrap().max(1);
        usize::try_from(self.next_u64() % below).unwrap()
    }

    /// Puts things into another order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last + 1));
        }
    }
}
