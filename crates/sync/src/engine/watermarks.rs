//! What a new manifest's watermarks say about one ledger.
//!
//! A manifest names every branch of every epoch that central holds of a stand, so that a stand with nothing to
//! push still learns that its disk went back, or that central's did. A watermark speaks of us when our own chain
//! has its head at its count. Where none does, nothing is proved either way: the ledger's last entry is pushed
//! again, and the signed answer to that decides.

use wire::Hash;
use wire::manifest::Watermark;

use crate::LedgerState;

/// What the watermarks of a ledger's epoch mean for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Finding {
    /// Central holds all that it signed for.
    Fine,
    /// Central holds less than it signed for.
    WentBack { now: u64 },
    /// Central holds more of this epoch than we have, and not along our chain as far as we can see.
    Overtaken { central: u64 },
    /// Central holds something else. Whether it holds ours too has to be asked.
    Doubt,
}

/// Judges the watermarks of the ledger's epoch, each with our own chain's hash at its count.
pub(super) fn judge(ledger: &LedgerState, watermarks: &[(Watermark, Option<Hash>)]) -> Finding {
    let ours = watermarks.iter().filter(|(mark, head)| *head == Some(mark.stored_head));
    let ours = ours.map(|(mark, _)| mark.stored).max();
    let beyond = watermarks.iter().filter(|(_, head)| head.is_none()).map(|(mark, _)| mark.stored).max();
    match ours {
        Some(stored) if stored >= ledger.acknowledged => Finding::Fine,
        Some(now) => Finding::WentBack { now },
        None if watermarks.is_empty() && ledger.acknowledged == 0 => Finding::Fine,
        None if watermarks.is_empty() => Finding::WentBack { now: 0 },
        None => beyond.map_or(Finding::Doubt, |central| Finding::Overtaken { central }),
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;
    use wire::Epoch;

    fn check(acknowledged: u64, marks: &[(u64, bool)], expected: Finding) {
        let ledger = LedgerState {
            epoch: Epoch([1; 8]),
            count: 20,
            head: Hash([1; 32]),
            acknowledged,
            released: 0,
            pending_bytes: 0,
            forked: false,
        };
        let marks: Vec<_> = marks
            .iter()
            .map(|(stored, ours)| {
                let head = Hash([0; 32]);
                let mark = Watermark {
                    epoch: ledger.epoch,
                    stored: *stored,
                    stored_head: head,
                    safe: 0,
                    safe_head: head,
                };
                // The ledger has 20 entries; a head of another chain where it is not ours.
                let own = if *ours { Some(head) } else { (*stored <= 20).then_some(Hash([9; 32])) };
                (mark, own)
            })
            .collect();
        assert_eq!(judge(&ledger, &marks), expected, "{acknowledged} {marks:?}");
    }

    #[test]
    fn each_constellation() {
        check(20, &[(20, true)], Finding::Fine);
        check(10, &[(20, true)], Finding::Fine);
        check(20, &[(19, true)], Finding::WentBack { now: 19 });
        check(20, &[(0, true)], Finding::WentBack { now: 0 });
        check(20, &[], Finding::WentBack { now: 0 });
        check(0, &[], Finding::Fine);
        // Our branch beside the main one, whichever is longer.
        check(20, &[(50, false), (20, true)], Finding::Fine);
        check(20, &[(12, false), (20, true)], Finding::Fine);
        check(20, &[(12, false), (15, true)], Finding::WentBack { now: 15 });
        // Restored or copied disk.
        check(20, &[(21, false)], Finding::Overtaken { central: 21 });
        check(20, &[(21, false), (15, false)], Finding::Overtaken { central: 21 });
        check(20, &[(20, false)], Finding::Doubt);
        check(20, &[(5, false)], Finding::Doubt);
        check(0, &[(5, false)], Finding::Doubt);
    }
}
