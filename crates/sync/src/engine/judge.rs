//! What central's signed answer to one push means for the ledger that it came from.
//!
//! A pure function of the answer, the push and at most one hash of our own chain. An accepted or quarantined
//! answer is expected to name exactly the end of the push; one that names more is understood as well, because a
//! central office may as truthfully say all that it holds.

use wire::Hash;
use wire::push::{Checkpoint, Outcome, QuarantineReason};

use super::Sent;

/// The meaning of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Central holds our chain up to `count`. `trouble` says what else the answer shows.
    Held { count: u64, trouble: Option<Trouble> },
    /// Central holds our chain up to `count`, but what it signed is the end of another that shares it.
    Common { count: u64 },
    /// Central holds our chain up to `count`, which is less than we pushed from.
    GoOnFrom { count: u64 },
    /// Central holds a different chain at its count, and does not know ours where we pushed from.
    Unknown,
    /// The answer cannot be judged before our own hash after this count is known.
    NeedsHead(u64),
    /// No truthful office answers so.
    Contradiction,
}

/// What an otherwise good answer shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Ours is not the main branch of this epoch.
    Forked,
    /// Central holds more of this epoch than we have.
    Overtaken { central: u64 },
}

/// Our own chain's hash after the answer's count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Own {
    /// Not looked up yet.
    Unasked,
    /// Looked up; none past the ledger's end.
    Head(Option<Hash>),
}

/// Judges an answer to `sent`.
pub(super) fn judge(answer: &Checkpoint, sent: &Sent, own: Own) -> Verdict {
    match answer.outcome {
        Outcome::Gap => judge_gap(answer, sent, own),
        Outcome::Accepted | Outcome::Quarantined => judge_stored(answer, sent, own),
    }
}

fn judge_stored(answer: &Checkpoint, sent: &Sent, own: Own) -> Verdict {
    let fork = (answer.reason == Some(QuarantineReason::Fork)).then_some(Trouble::Forked);
    if answer.count < sent.count {
        return Verdict::Contradiction;
    }
    if answer.count == sent.count {
        let same = answer.head == sent.head;
        return if same {
            Verdict::Held { count: sent.count, trouble: fork }
        } else {
            Verdict::Contradiction
        };
    }
    match own {
        Own::Unasked => Verdict::NeedsHead(answer.count),
        // Looked up and not guessed from what the sync began with: somebody may have recorded meanwhile.
        Own::Head(None) => {
            let overtaken = Trouble::Overtaken { central: answer.count };
            Verdict::Held { count: sent.count, trouble: fork.or(Some(overtaken)) }
        }
        Own::Head(head) if head == Some(answer.head) => Verdict::Held { count: answer.count, trouble: fork },
        // What is ours beyond the common part comes next, and gets an answer about ourselves.
        Own::Head(_) => Verdict::Common { count: sent.count },
    }
}

fn judge_gap(answer: &Checkpoint, sent: &Sent, own: Own) -> Verdict {
    match own {
        Own::Unasked => Verdict::NeedsHead(answer.count),
        Own::Head(head) if head != Some(answer.head) => Verdict::Unknown,
        Own::Head(_) if answer.count < sent.from => Verdict::GoOnFrom { count: answer.count },
        Own::Head(_) => Verdict::Contradiction,
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;
    use wire::push::Push;
    use wire::{DeviceId, Epoch, OfficeId};

    /// Our chain's hash after `n` entries, and another chain's.
    fn ours(n: u8) -> Hash {
        Hash([n; 32])
    }
    fn theirs(n: u8) -> Hash {
        Hash([100 + n; 32])
    }

    /// A ledger of 20 entries pushed 10..15; the answer; what our chain has at its count, if asked.
    fn check(outcome: Outcome, count: u64, head: Hash, own: Own, expected: Verdict) {
        check_reason(outcome, None, (count, head), own, expected);
    }

    fn check_reason(
        outcome: Outcome,
        reason: Option<QuarantineReason>,
        at: (u64, Hash),
        own: Own,
        expected: Verdict,
    ) {
        let push = Push {
            office: OfficeId([0; 16]),
            device: DeviceId([0; 16]),
            epoch: Epoch([0; 8]),
            from: 10,
            previous: ours(10),
            entries: Vec::new(),
            head: ours(15),
        };
        let answer = Checkpoint::new(&push, outcome, reason, at, 0);
        let sent = Sent { from: 10, count: 15, head: ours(15), len: 1_000 };
        assert_eq!(judge(&answer, &sent, own), expected, "{outcome:?} {reason:?} {at:?} {own:?}");
    }

    #[test]
    fn stored_answers() {
        use Outcome::{Accepted, Quarantined};
        let held = |count, trouble| Verdict::Held { count, trouble };
        check(Accepted, 15, ours(15), Own::Unasked, held(15, None));
        check(Accepted, 15, theirs(15), Own::Unasked, Verdict::Contradiction);
        check(Accepted, 14, ours(14), Own::Unasked, Verdict::Contradiction);
        check(Accepted, 16, ours(16), Own::Unasked, Verdict::NeedsHead(16));
        check(Accepted, 16, ours(16), Own::Head(Some(ours(16))), held(16, None));
        check(Accepted, 16, theirs(16), Own::Head(Some(ours(16))), Verdict::Common { count: 15 });
        check(Accepted, 20, ours(20), Own::Head(Some(ours(20))), held(20, None));
        check(Accepted, 21, theirs(21), Own::Unasked, Verdict::NeedsHead(21));
        check(Accepted, 21, theirs(21), Own::Head(None), held(15, Some(Trouble::Overtaken { central: 21 })));
        for (reason, trouble) in [
            (QuarantineReason::Fork, Some(Trouble::Forked)),
            (QuarantineReason::Revoked, None),
            (QuarantineReason::Expired, None),
        ] {
            check_reason(Quarantined, Some(reason), (15, ours(15)), Own::Unasked, held(15, trouble));
        }
    }

    #[test]
    fn gaps() {
        use Outcome::Gap;
        check(Gap, 5, ours(5), Own::Unasked, Verdict::NeedsHead(5));
        check(Gap, 5, ours(5), Own::Head(Some(ours(5))), Verdict::GoOnFrom { count: 5 });
        check(Gap, 0, ours(0), Own::Head(Some(ours(0))), Verdict::GoOnFrom { count: 0 });
        check(Gap, 5, theirs(5), Own::Head(Some(ours(5))), Verdict::Unknown);
        check(Gap, 10, ours(10), Own::Head(Some(ours(10))), Verdict::Contradiction);
        check(Gap, 10, theirs(10), Own::Head(Some(ours(10))), Verdict::Unknown);
        check(Gap, 12, theirs(12), Own::Head(Some(ours(12))), Verdict::Unknown);
        check(Gap, 12, ours(12), Own::Head(Some(ours(12))), Verdict::Contradiction);
        check(Gap, 21, theirs(21), Own::Unasked, Verdict::NeedsHead(21));
        check(Gap, 21, theirs(21), Own::Head(None), Verdict::Unknown);
    }
}
