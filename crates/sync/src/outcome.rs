//! How a sync ended, and what it did.

use wire::push::QuarantineReason;

use crate::Fault;

/// How a sync ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Everything that there was at its beginning is with the office.
    Done,
    /// The same, but the office keeps entries of this stand apart until somebody there has looked at them.
    Apart(QuarantineReason),
    /// Staff stopped it. What was acknowledged until then stays acknowledged.
    Cancelled,
    /// Not everything could be done; the next sync goes on from here.
    Failed(Fault),
}

impl Outcome {
    /// Every code that [`Outcome::code`] gives besides those of faults.
    pub const CODES: [&str; 6] = ["done", "forked", "revoked", "expired", "apart", "cancelled"];

    /// The stable code: `sync-outcome-<code>` is the key of the text.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Apart(QuarantineReason::Fork) => "forked",
            Self::Apart(QuarantineReason::Revoked) => "revoked",
            Self::Apart(QuarantineReason::Expired) => "expired",
            Self::Apart(QuarantineReason::Other) => "apart",
            Self::Cancelled => "cancelled",
            Self::Failed(fault) => fault.code(),
        }
    }
}

/// Numbers of entries in one sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Sent and answered; what central had lost counts again.
    pub sent: u64,
    /// Newly signed by central as held.
    pub acknowledged: u64,
    /// Of those, kept apart.
    pub quarantined: u64,
    /// Still only on the stand.
    pub held: u64,
}

/// How far it is, for the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Entries acknowledged in this sync.
    pub records_done: u64,
    /// Entries that there are to send in this sync.
    pub records_total: u64,
    /// Bytes of pushes answered in this sync.
    pub bytes_done: u64,
    /// Bytes that there are to send in this sync: an estimate from the sealed bodies, never below `bytes_done`.
    pub bytes_total: u64,
    /// Measured rate, in bytes a second.
    pub bytes_per_s: Option<u64>,
    /// Time left at that rate, in milliseconds.
    pub left_ms: Option<u64>,
    /// After a failure that may pass: the time until the next try, in milliseconds.
    pub waiting_ms: Option<u64>,
    /// While attachments are sent, after the records: how many are left. The bytes above are then theirs.
    pub attachments_left: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_has_its_code() {
        use QuarantineReason::{Expired, Fork, Other, Revoked};
        let outcomes = [
            Outcome::Done,
            Outcome::Apart(Fork),
            Outcome::Apart(Revoked),
            Outcome::Apart(Expired),
            Outcome::Apart(Other),
            Outcome::Cancelled,
        ];
        assert_eq!(outcomes.map(|outcome| outcome.code()), Outcome::CODES);
        assert_eq!(Outcome::Failed(Fault::CutInTheMiddle).code(), "cut");
    }
}
