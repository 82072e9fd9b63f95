//! Where a push belongs: on the branch that it continues, on a new branch, or nowhere yet.
//!
//! A ledger that was never cloned or restored has one branch, the main one. When different bytes arrive at a
//! position that is known (promise 6), they begin a branch of their own: named by the first hash that differs,
//! with a parent and a base, and with entries only after that base. Nothing is overwritten and nothing dropped,
//! in whatever order and overlap the pushes of any number of clones arrive.
//!
//! Deciding is a pure function over what is known, so that every case stands in a table of tests and another
//! engine decides alike. The rules:
//!
//! 1. A branch is a candidate when its hash at the push's `from` is the push's `previous`.
//! 2. Of the candidates the one that agrees with the most entries of the push is taken; an older branch wins a
//!    tie. Entries that agree are already here.
//! 3. What is left continues the branch when it begins at the branch's end, and forks off it otherwise.
//! 4. A push from position 0 that doesn't begin at the ledger's own beginning (another certificate's chain)
//!    forks at 0: it is signed by a certified stand, so it is kept.
//! 5. No candidate: a gap. Central answers its own end when the push begins after it, and the beginning when
//!    the stand's history differs before `from`; pushed again from there, rule 2 finds what is common.

use wire::Hash;

/// Most branches of one stand, over all its ledgers.
///
/// Each is a watermark of at most 96 bytes in the stand's manifest, which must stay within
/// [`ANSWER_BYTES_MAX`](wire::ANSWER_BYTES_MAX): a stolen key that begins branches without end would otherwise keep
/// the stand from ever syncing again. A machine that is set back to the same image every day has begun 730 when its
/// certificate ends.
pub const BRANCHES_MAX: u64 = 1_024;

/// The name of a branch within a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BranchId(pub [u8; 8]);

impl BranchId {
    /// The branch that a ledger begins with.
    pub const MAIN: Self = Self([0; 8]);

    /// The name of a branch whose first own entry hashes to `hash`: its first eight bytes, or the next eight
    /// when that name is taken (a stand that searched for such a hash would only hurt itself, and doesn't).
    fn of(hash: Hash, taken: &[Branch]) -> Self {
        let names = hash.0.as_chunks::<8>().0.iter().copied().map(Self);
        let free = |name: &Self| *name != Self::MAIN && taken.iter().all(|branch| branch.id != *name);
        names.clone().find(free).or_else(|| names.clone().next_back()).unwrap_or(Self::MAIN)
    }
}

impl std::fmt::Display for BranchId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        wire::Epoch(self.0).fmt(f)
    }
}

/// One branch as far as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Branch {
    pub(crate) id: BranchId,
    pub(crate) parent: BranchId,
    /// How many entries it shares with its parent.
    pub(crate) base: u64,
    /// The chain's hash after those.
    pub(crate) base_hash: Hash,
    pub(crate) count: u64,
    pub(crate) head: Hash,
}

impl Branch {
    /// The empty main branch of a ledger that begins at `genesis`.
    pub(crate) fn main(genesis: Hash) -> Self {
        let main = BranchId::MAIN;
        Self { id: main, parent: main, base: 0, base_hash: genesis, count: 0, head: genesis }
    }
}

/// What is stored of one ledger.
pub(crate) trait Known {
    /// Why a look-up can fail.
    type Error;
    /// Its branches in the order in which they were met; the main one first, always there.
    fn branches(&self) -> &[Branch];
    /// The hash of a branch's own entry.
    fn own_hash(&self, branch: BranchId, seq: u64) -> Result<Option<Hash>, Self::Error>;

    /// The hash after `count` entries on a branch, wherever in its ancestry that lies.
    fn hash_at(&self, branch: &Branch, count: u64) -> Result<Option<Hash>, Self::Error> {
        let mut branch = *branch;
        loop {
            if count == branch.count {
                return Ok(Some(branch.head));
            }
            if count > branch.count {
                return Ok(None);
            }
            if count > branch.base {
                return self.own_hash(branch.id, count);
            }
            if count == branch.base {
                return Ok(Some(branch.base_hash));
            }
            match self.branches().iter().find(|other| other.id == branch.parent) {
                Some(parent) if parent.id != branch.id => branch = *parent,
                _ => return Ok(None),
            }
        }
    }
}

/// What a push claims: where it begins, and the hash after each of its entries.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Claim<'a> {
    pub(crate) from: u64,
    pub(crate) previous: Hash,
    pub(crate) hashes: &'a [Hash],
}

/// Where a push belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// On this branch, whose first `known` entries of the push are already here (perhaps all of them).
    On { branch: Branch, known: usize },
    /// On a new branch, which is still empty; the first `known` entries of the push are its parent's.
    Fork { branch: Branch, known: usize },
    /// Nowhere yet: push again after this many entries.
    Gap { count: u64, head: Hash },
}

fn widen(len: usize) -> u64 {
    u64::try_from(len).unwrap_or(u64::MAX)
}

/// How many entries of the claim a candidate branch already has.
fn agreement<K: Known>(known: &K, branch: &Branch, claim: &Claim<'_>) -> Result<usize, K::Error> {
    let mut agreed = 0_usize;
    for hash in claim.hashes {
        let seq = claim.from.saturating_add(widen(agreed)).saturating_add(1);
        if known.hash_at(branch, seq)? != Some(*hash) {
            break;
        }
        agreed = agreed.saturating_add(1);
    }
    Ok(agreed)
}

/// Decides where a push belongs. See the module's rules.
pub(crate) fn place<K: Known>(known: &K, claim: &Claim<'_>) -> Result<Place, K::Error> {
    let mut best: Option<(Branch, usize)> = None;
    for branch in known.branches() {
        if known.hash_at(branch, claim.from)? != Some(claim.previous) {
            continue;
        }
        let agreed = agreement(known, branch, claim)?;
        if best.is_none_or(|(_, most)| agreed > most) {
            best = Some((*branch, agreed));
        }
    }
    let Some((branch, agreed)) = best else { return Ok(nowhere(known.branches(), claim)) };
    let at = claim.from.saturating_add(widen(agreed));
    Ok(match claim.hashes.get(agreed) {
        Some(first) if at != branch.count => {
            let base_hash = known.hash_at(&branch, at)?.unwrap_or(branch.base_hash);
            let id = BranchId::of(*first, known.branches());
            let fork = Branch { id, parent: branch.id, base: at, base_hash, count: at, head: base_hash };
            Place::Fork { branch: fork, known: agreed }
        }
        _ => Place::On { branch, known: agreed },
    })
}

/// How many branches that are not stored yet a push begins, once it has its place: a ledger's first push its main
/// one, a fork its own, and a fork that comes before everything else of its ledger both.
pub(crate) fn opened(known: &[Branch], place: &Place) -> u64 {
    let is_new_ledger = matches!(known, [main] if main.count == 0);
    match place {
        Place::Gap { .. } => 0,
        Place::On { .. } => u64::from(is_new_ledger),
        Place::Fork { .. } => u64::from(is_new_ledger).saturating_add(1),
    }
}

/// Rules 4 and 5: what to do with a push that continues no branch.
fn nowhere(branches: &[Branch], claim: &Claim<'_>) -> Place {
    let (id, count, genesis, head) = match branches.first() {
        Some(main) => (main.id, main.count, main.base_hash, main.head),
        None => (BranchId::MAIN, 0, claim.previous, claim.previous),
    };
    match claim.hashes.first() {
        Some(first) if claim.from == 0 => {
            let fork = Branch {
                id: BranchId::of(*first, branches),
                parent: id,
                base: 0,
                base_hash: claim.previous,
                count: 0,
                head: claim.previous,
            };
            Place::Fork { branch: fork, known: 0 }
        }
        _ if claim.from > count => Place::Gap { count, head },
        _ => Place::Gap { count: 0, head: genesis },
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::convert::Infallible;

    /// Ledgers as texts: a letter is an entry, and a hash says the whole text before it.
    struct Memory {
        branches: Vec<Branch>,
        own: BTreeMap<(BranchId, u64), Hash>,
    }

    fn hash(text: &str) -> Hash {
        Hash::of(text.as_bytes())
    }

    impl Known for Memory {
        type Error = Infallible;
        fn branches(&self) -> &[Branch] {
            &self.branches
        }
        fn own_hash(&self, branch: BranchId, seq: u64) -> Result<Option<Hash>, Infallible> {
            Ok(self.own.get(&(branch, seq)).copied())
        }
    }

    impl Memory {
        fn new() -> Self {
            Self { branches: vec![Branch::main(hash(""))], own: BTreeMap::new() }
        }

        /// Pushes the entries of `ledger` after `from`, and says what became of them.
        fn push(&mut self, ledger: &str, from: usize) -> String {
            let hashes: Vec<Hash> = (from + 1..=ledger.len()).map(|end| hash(&ledger[..end])).collect();
            self.claim(from as u64, hash(&ledger[..from]), &hashes)
        }

        fn claim(&mut self, from: u64, previous: Hash, hashes: &[Hash]) -> String {
            let claim = Claim { from, previous, hashes };
            let Ok(place) = place(self, &claim);
            match place {
                Place::On { branch, known } => {
                    self.store(branch.id, from, &hashes[known..], known);
                    format!("on {} +{}", self.ordinal(branch.id), hashes.len() - known)
                }
                Place::Fork { branch, known } => {
                    assert!(self.branches.iter().all(|other| other.id != branch.id));
                    self.branches.push(branch);
                    self.store(branch.id, from, &hashes[known..], known);
                    let parent = self.ordinal(branch.parent);
                    format!(
                        "fork {} of {parent} at {} +{}",
                        self.ordinal(branch.id),
                        branch.base,
                        hashes.len() - known
                    )
                }
                Place::Gap { count, head } => {
                    let known: Vec<_> = self.branches.iter().map(|b| self.hash_at(b, count)).collect();
                    assert!(known.contains(&Ok(Some(head))));
                    format!("gap {count}")
                }
            }
        }

        fn ordinal(&self, id: BranchId) -> usize {
            self.branches.iter().position(|branch| branch.id == id).unwrap()
        }

        fn store(&mut self, id: BranchId, from: u64, hashes: &[Hash], known: usize) {
            let branch = self.branches.iter_mut().find(|branch| branch.id == id).unwrap();
            for (seq, hash) in (from + known as u64 + 1..).zip(hashes) {
                assert_eq!(seq, branch.count + 1);
                self.own.insert((id, seq), *hash);
                (branch.count, branch.head) = (seq, *hash);
            }
        }
    }

    #[test]
    fn every_order_and_overlap_has_its_place() {
        let check = |steps: &[(&str, usize, &str)]| {
            let mut memory = Memory::new();
            for (ledger, from, expected) in steps {
                assert_eq!(memory.push(ledger, *from), *expected, "{ledger} from {from} of {steps:?}");
            }
        };
        // One stand, in order, repeated, overlapping, from the start again.
        check(&[
            ("abc", 0, "on 0 +3"),
            ("abcde", 3, "on 0 +2"),
            ("abcde", 3, "on 0 +0"),
            ("abcdef", 0, "on 0 +1"),
        ]);
        check(&[("abc", 0, "on 0 +3"), ("ab", 0, "on 0 +0"), ("abcd", 2, "on 0 +1")]);
        // Ahead of central: it says where to go on from.
        check(&[("abc", 2, "gap 0"), ("ab", 0, "on 0 +2"), ("abcd", 3, "gap 2"), ("abc", 2, "on 0 +1")]);
        // A clone that differs from the third entry on; both go on.
        check(&[
            ("abc", 0, "on 0 +3"),
            ("abXY", 2, "fork 1 of 0 at 2 +2"),
            ("abXYZ", 4, "on 1 +1"),
            ("abcd", 3, "on 0 +1"),
        ]);
        // The same clone from the start, and then repeated in every cut.
        check(&[
            ("abc", 0, "on 0 +3"),
            ("abXY", 0, "fork 1 of 0 at 2 +2"),
            ("abX", 0, "on 1 +0"),
            ("abXY", 3, "on 1 +0"),
            ("abXYZ", 1, "on 1 +1"),
            ("abc", 1, "on 0 +0"),
        ]);
        // Differs before where it pushes from: from the start, please; then the common part is recognised.
        check(&[
            ("abcd", 0, "on 0 +4"),
            ("aXYZ", 3, "gap 0"),
            ("aXYZ", 0, "fork 1 of 0 at 1 +3"),
            ("aXYZW", 4, "on 1 +1"),
        ]);
        // Three clones at one position, and a clone of a clone.
        check(&[
            ("abc", 0, "on 0 +3"),
            ("abX", 2, "fork 1 of 0 at 2 +1"),
            ("abY", 2, "fork 2 of 0 at 2 +1"),
            ("abXZ", 3, "on 1 +1"),
            ("abXW", 0, "fork 3 of 1 at 3 +1"),
            ("abXWV", 4, "on 3 +1"),
            ("abXW", 2, "on 3 +0"),
            ("abYq", 0, "on 2 +1"),
        ]);
        // A restored disk writes other entries and only then is longer than what central had.
        check(&[("abcde", 0, "on 0 +5"), ("abXYZWV", 5, "gap 0"), ("abXYZWV", 0, "fork 1 of 0 at 2 +5")]);
        // The clone arrives first: whoever comes first is the main branch.
        check(&[
            ("X", 0, "on 0 +1"),
            ("abc", 0, "fork 1 of 0 at 0 +3"),
            ("abcd", 3, "on 1 +1"),
            ("XY", 1, "on 0 +1"),
        ]);
    }

    #[test]
    fn another_beginning_is_kept_apart_from_the_first_entry_on() {
        let mut memory = Memory::new();
        let [one, two, three] = ["1", "12", "123"].map(hash);
        assert_eq!(memory.claim(0, hash("other"), &[one, two]), "fork 1 of 0 at 0 +2");
        assert_eq!(memory.push("ab", 0), "on 0 +2");
        assert_eq!(memory.claim(0, hash("other"), &[one, two, three]), "on 1 +1");
        assert_eq!(memory.claim(2, two, &[three]), "on 1 +0");
        assert_eq!(memory.claim(0, hash("third"), &[hash("z")]), "fork 2 of 0 at 0 +1");
        assert_eq!(memory.claim(1, hash("nobody's"), &[one]), "gap 0");
    }

    #[test]
    fn what_a_push_begins_is_counted() {
        let check = |before: &[(&str, usize)], claimed: (&str, &[&str]), expected: u64| {
            let mut memory = Memory::new();
            for (ledger, from) in before {
                memory.push(ledger, *from);
            }
            let hashes: Vec<Hash> = claimed.1.iter().map(|text| hash(text)).collect();
            let from = claimed.0.len() as u64;
            let claim = Claim { from, previous: hash(claimed.0), hashes: &hashes };
            let Ok(place) = place(&memory, &claim);
            assert_eq!(opened(&memory.branches, &place), expected, "{claimed:?} after {before:?}");
        };
        check(&[], ("", &["a"]), 1);
        check(&[], ("a", &["ab"]), 0);
        check(&[("abc", 0)], ("", &["a", "ab"]), 0);
        check(&[("abc", 0)], ("abc", &["abcd"]), 0);
        check(&[("abc", 0)], ("ab", &["abX"]), 1);
        check(&[("abc", 0), ("abX", 2)], ("abX", &["abXY"]), 0);
        check(&[("abc", 0), ("abX", 2)], ("ab", &["abZ"]), 1);
        // Another beginning: after the office's own one branch, before it both.
        let other = |memory: &Memory| {
            let claim = Claim { from: 0, previous: hash("other"), hashes: &[hash("1")] };
            let Ok(place) = place(memory, &claim);
            opened(&memory.branches, &place)
        };
        let mut memory = Memory::new();
        assert_eq!(other(&memory), 2);
        memory.push("a", 0);
        assert_eq!(other(&memory), 1);
    }

    #[test]
    fn a_taken_name_gives_way_to_the_next() {
        let mut bytes = [7; 32];
        bytes[8] = 9;
        let first = Branch { id: BranchId([7; 8]), ..Branch::main(hash("")) };
        assert_eq!(BranchId::of(Hash(bytes), &[]), BranchId([7; 8]));
        assert_eq!(BranchId::of(Hash(bytes), &[first]).0, [9, 7, 7, 7, 7, 7, 7, 7]);
        assert_ne!(BranchId::of(Hash([0; 32]), &[]).0, [7; 8]);
    }
}
