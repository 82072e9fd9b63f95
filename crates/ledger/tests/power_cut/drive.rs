//! A drive that forgets: what of a recorded day may lie on the disk after the power went.
//!
//! The model is the harshest that the file systems a stand runs on allow. Only a sync is a promise, and only for
//! its own file; a name is safe only after a sync of its folder. Everything since may be there or not, whatever
//! the order in which it was written, and any write may be torn at any 512-byte sector or leave junk in the
//! sectors that it was to fill. What a write does not touch stays whole: SQLite assumes as much (its
//! `POWERSAFE_OVERWRITE`), and drives made in this century keep it.

use std::collections::BTreeMap;

use rand_chacha::ChaCha20Rng;
use rand_core::Rng as _;

/// What a drive writes at once.
const SECTOR: usize = 512;

/// A file's content, whatever its name is or will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FileId(pub(crate) usize);

/// One thing that happened during the day, as the operating system saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// A name leads to a new, empty file.
    Created(String, FileId),
    /// A name is gone.
    Deleted(String),
    /// Bytes at an offset.
    Written(FileId, usize, Vec<u8>),
    /// A file got this length.
    Truncated(FileId, usize),
    /// All that was done to a file is durable.
    Synced(FileId),
    /// All that was done to names is durable.
    FolderSynced,
    /// The ledger's operation of this number returned to its caller.
    Returned(usize),
}

/// What became of one step that no sync had made durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It reached the disk.
    Kept,
    /// It did not.
    Lost,
    /// Of a write, only the sectors whose bit is set.
    Torn(u64),
    /// Of a write, the sectors whose bit is set; junk in the others.
    Junk(u64),
}

impl Fate {
    /// For a failure's one line.
    pub(crate) fn letter(self) -> char {
        match self {
            Self::Kept => 'k',
            Self::Lost => 'l',
            Self::Torn(_) => 't',
            Self::Junk(_) => 'j',
        }
    }
}

/// The files of the folder by name.
pub(crate) type Image<'a> = BTreeMap<&'a str, Vec<u8>>;

/// The drive at one moment of the day.
#[derive(Default, Clone)]
pub(crate) struct Drive<'a> {
    names: BTreeMap<&'a str, FileId>,
    files: BTreeMap<FileId, Vec<u8>>,
    pending: Vec<&'a Step>,
}

impl<'a> Drive<'a> {
    /// The day goes on by one step.
    pub(crate) fn take(&mut self, step: &'a Step) {
        let made_durable = |pending: &&Step| match (step, *pending) {
            (Step::Synced(synced), Step::Written(file, ..) | Step::Truncated(file, _)) => file == synced,
            (Step::FolderSynced, Step::Created(..) | Step::Deleted(_)) => true,
            _ => false,
        };
        match step {
            Step::Returned(_) => {}
            Step::Synced(_) | Step::FolderSynced => {
                let (durable, pending) = self.pending.iter().partition::<Vec<_>, _>(|p| made_durable(p));
                self.pending = pending;
                for step in durable {
                    self.apply(step, Fate::Kept);
                }
            }
            _ => self.pending.push(step),
        }
    }

    /// The steps that a cut now would decide about, oldest first.
    pub(crate) fn pending(&self) -> &[&'a Step] {
        &self.pending
    }

    /// The folder as it is found after a cut now, with one fate for each pending step.
    pub(crate) fn after_cut(&self, fates: &[Fate]) -> Image<'a> {
        assert_eq!(fates.len(), self.pending.len());
        let mut after = self.clone();
        for (step, fate) in self.pending.iter().zip(fates) {
            after.apply(step, *fate);
        }
        let Self { names, files, .. } = after;
        names.into_iter().map(|(name, file)| (name, files.get(&file).cloned().unwrap_or_default())).collect()
    }

    fn apply(&mut self, step: &'a Step, fate: Fate) {
        match (step, fate) {
            (_, Fate::Lost) | (Step::Synced(_) | Step::FolderSynced | Step::Returned(_), _) => {}
            (Step::Created(name, file), _) => {
                self.names.insert(name, *file);
            }
            (Step::Deleted(name), _) => {
                self.names.remove(name.as_str());
            }
            (Step::Truncated(file, len), _) => self.files.entry(*file).or_default().resize(*len, 0),
            (Step::Written(file, offset, bytes), fate) => {
                let content = self.files.entry(*file).or_default();
                let end = offset + bytes.len();
                // A file's new length may reach the disk before what fills it.
                content.resize(content.len().max(end), 0);
                for (sector, range) in (0_u32..).zip(sectors(*offset, end)) {
                    let kept = |mask: u64| mask >> (sector % 64) & 1 == 1;
                    let target = &mut content[range.clone()];
                    match fate {
                        Fate::Torn(mask) if !kept(mask) => {}
                        Fate::Junk(mask) if !kept(mask) => junk(mask ^ u64::from(sector), target),
                        _ => target.copy_from_slice(&bytes[range.start - offset..range.end - offset]),
                    }
                }
            }
        }
    }
}

/// The parts of a write that lie in one sector each.
fn sectors(start: usize, end: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    (start / SECTOR..end.div_ceil(SECTOR)).map(move |n| (n * SECTOR).max(start)..((n + 1) * SECTOR).min(end))
}

/// Fills with bytes that nobody wrote.
pub(crate) fn junk(seed: u64, target: &mut [u8]) {
    let mut state = seed | 1;
    for byte in target {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *byte = state.to_be_bytes()[0];
    }
}

/// The fates to try at one cut: the two extremes, single losses and tears, prefixes and seeded mixtures.
///
/// Just before a sync the most is at stake, so there (and everywhere in a full sweep) each pending step is lost and
/// torn by itself; elsewhere one of them is, drawn. What differs from an earlier cut only in what it calls itself
/// yields the same image, and the proof skips it.
pub(crate) fn fates(
    pending: usize,
    every_step: bool,
    mixtures: usize,
    rng: &mut ChaCha20Rng,
) -> Vec<Vec<Fate>> {
    let Some(last) = pending.checked_sub(1) else { return vec![Vec::new()] };
    let mut all = vec![vec![Fate::Lost; pending], vec![Fate::Kept; pending]];
    let one = |step: usize, fate| {
        let mut fates = vec![Fate::Kept; pending];
        fates[step] = fate;
        fates
    };
    let draw = |rng: &mut ChaCha20Rng| usize::try_from(rng.next_u32()).unwrap() % pending;
    let steps = if every_step { (0..pending).collect() } else { vec![draw(rng), last] };
    for step in steps {
        all.push(one(step, Fate::Lost));
        all.push(one(step, Fate::Torn(rng.next_u64())));
        all.push(one(step, Fate::Junk(rng.next_u64())));
        // What came before this step only, and the step itself torn: the drive wrote in order and stopped.
        let mut fates = vec![Fate::Lost; pending];
        fates[..step].fill(Fate::Kept);
        fates[step] = Fate::Torn((1 << (rng.next_u32() % 9)) - 1);
        all.push(fates);
    }
    for _ in 0..mixtures {
        let mixed = (0..pending).map(|_| match rng.next_u32() % 8 {
            0..=2 => Fate::Kept,
            3..=5 => Fate::Lost,
            6 => Fate::Torn(rng.next_u64()),
            _ => Fate::Junk(rng.next_u64()),
        });
        all.push(mixed.collect());
    }
    all
}
