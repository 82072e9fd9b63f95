//! What a stand signed and the office can't take as a push: kept apart as it came, within limits, until a person
//! has looked at it and carried it away.
//!
//! What is signed is never dropped (promise 6), and a program deletes nothing of it. So a stolen key could fill the
//! disk; what it may fill is bounded by the day and in all. Above that the office says that it does not keep.

use wire::push::PUSH_BYTES_MAX;
use wire::{DeviceId, Hash};

/// How many pieces of signed bytes are kept apart for one stand within [`KEPT_WINDOW_S`]. A stand whose disk or
/// program went wrong repeats the same few; who has more to say so has stolen a key.
pub const KEPT_DAILY_COUNT_MAX: u64 = 64;
/// How many bytes they may have: four of the largest.
pub const KEPT_DAILY_BYTES_MAX: u64 = 4 * 1_024 * 1_024;
/// The time within which they count, in seconds.
pub const KEPT_WINDOW_S: u64 = 86_400;
/// How many pieces are kept apart for one stand at the same time: four full days of them, so that a long weekend
/// passes before somebody has to look.
pub const KEPT_COUNT_MAX: u64 = 4 * KEPT_DAILY_COUNT_MAX;
/// How many bytes those may have.
pub const KEPT_BYTES_MAX: u64 = 4 * KEPT_DAILY_BYTES_MAX;

/// What became of signed bytes that are no push to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptApart {
    /// Kept, now or when the same bytes came before.
    Kept,
    /// Not kept: as many of this stand were kept within [`KEPT_WINDOW_S`] as may be. Later there is room again.
    TooManyToday,
    /// Not kept: as many of this stand lie here as may. There is room once a person has carried some away.
    Full,
}

/// Something that a certified stand signed, kept apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPush {
    /// The stand whose key signed it.
    pub device: DeviceId,
    /// SHA-256 of the signed payload.
    pub payload_hash: Hash,
    /// Why it was not taken, as a stable code.
    pub why: String,
    /// Everything as it came.
    pub signed: Vec<u8>,
    /// When, in seconds since 1970 (UTC).
    pub received_unix_s: u64,
}

/// The same in a list, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptLine {
    /// The stand whose key signed it.
    pub device: DeviceId,
    /// SHA-256 of the signed payload.
    pub payload_hash: Hash,
    /// Why it was not taken, as a stable code.
    pub why: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// When, in seconds since 1970 (UTC).
    pub received_unix_s: u64,
}

/// How much of one stand is kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeptSum {
    /// Pieces.
    pub count: u64,
    /// Their bytes.
    pub bytes: u64,
}

impl KeptSum {
    /// Whether there is no room for one more piece of this many bytes.
    pub fn is_full_for(self, bytes: u64) -> bool {
        self.count >= KEPT_COUNT_MAX || self.bytes.saturating_add(bytes) > KEPT_BYTES_MAX
    }

    /// Whether the largest push would find no room.
    pub fn is_full(self) -> bool {
        self.is_full_for(u64::try_from(PUSH_BYTES_MAX).unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_is_at_the_count_and_where_the_largest_push_finds_no_room() {
        let largest = u64::try_from(PUSH_BYTES_MAX).unwrap();
        let check = |count, bytes, expected| {
            assert_eq!(KeptSum { count, bytes }.is_full(), expected, "{count} pieces, {bytes} bytes");
        };
        check(0, 0, false);
        check(KEPT_COUNT_MAX.saturating_sub(1), 0, false);
        check(KEPT_COUNT_MAX, 0, true);
        check(1, KEPT_BYTES_MAX.saturating_sub(largest), false);
        check(1, KEPT_BYTES_MAX.saturating_sub(largest).saturating_add(1), true);
    }
}
