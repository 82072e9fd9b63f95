//! The proof: for every moment of the recorded day and every disk that a power cut then could leave, the ledger
//! opens and keeps its promises.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::Folio;
use ledger::{Appended, GRACE_S};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use uuid::Uuid;
use wire::body::OpeningReason;
use wire::{Epoch, Hash};

use crate::day::{self, Account, Day, Hand, NAME, NOW_S};
use crate::drive::{Drive, Image, Step, fates, junk};

/// A promise that was broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Broken {
    /// The ledger calls itself damaged, or does not open for another reason.
    DoesNotOpen(String),
    /// The chain, a body or SQLite's own structure does not verify.
    DoesNotVerify(String),
    /// A citizen holds a receipt for a record that is not there as the receipt says.
    ReceiptLost(Folio),
    /// A body is gone that central had not vouched for.
    ReleasedEarly(Epoch, u64),
    /// The ledger says what it never said during the day: something half done, twice, or forgotten.
    NeverSaid(Box<Account>),
    /// A record's id got another answer than the first time.
    AnsweredOtherwise(u128),
    /// The next citizen is turned away.
    DoesNotGoOn(String),
}

/// How much of what could be tried is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    /// Cut after every step (1), or after one of so many.
    pub(crate) stride: usize,
    /// Lose and tear each pending step by itself at every cut, not only before a sync.
    pub(crate) every_step: bool,
    /// Seeded mixtures of fates for each cut.
    pub(crate) mixtures: usize,
}

/// What a sweep tried and the first thing that it found, with all that reproduces it.
pub(crate) struct Sweep {
    pub(crate) disks: usize,
    pub(crate) found: Option<(Broken, String)>,
}

/// Cuts the power after each of `steps`, which are the day's or what a lying disk made of them, until a broken
/// promise of the wanted sort is found.
pub(crate) fn sweep(day: &Day, steps: &[Step], effort: Effort, wanted: fn(&Broken) -> bool) -> Sweep {
    let seen = Mutex::new(BTreeSet::new());
    let found = Mutex::new(None);
    let stop = AtomicBool::new(false);
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    std::thread::scope(|scope| {
        for worker in 0..workers {
            let (seen, found, stop) = (&seen, &found, &stop);
            scope.spawn(move || {
                let folder = scratch();
                let mut hand = Hand::new(77);
                each_disk(steps, effort, (worker, workers), |disk| {
                    if !seen.lock().unwrap().insert((disk.promised, disk.fingerprint())) {
                        return !stop.load(Ordering::Relaxed);
                    }
                    disk.write(folder.path());
                    match check(day, disk.promised, folder.path(), &mut hand) {
                        Err(broken) if wanted(&broken) => {
                            stop.store(true, Ordering::Relaxed);
                            found.lock().unwrap().get_or_insert((broken, disk.label.clone()));
                        }
                        _ => {}
                    }
                    !stop.load(Ordering::Relaxed)
                });
            });
        }
    });
    Sweep { disks: seen.into_inner().unwrap().len(), found: found.into_inner().unwrap() }
}

/// Where nothing has to be durable: memory when there is a file system in it.
pub(crate) fn scratch() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let builder = tempfile::Builder::new();
    if memory.is_dir() { builder.tempdir_in(memory) } else { builder.tempdir() }.unwrap()
}

/// One disk that a cut could leave.
struct Disk<'a> {
    image: Image<'a>,
    /// Stale shared memory, which a cut leaves on some systems and which must not be believed.
    shared_memory: Option<u64>,
    /// The last operation that had returned.
    promised: usize,
    label: String,
}

impl Disk<'_> {
    fn fingerprint(&self) -> Hash {
        let mut bytes = format!("{:?}", self.shared_memory).into_bytes();
        for (name, content) in &self.image {
            bytes.extend_from_slice(format!("\0{name}\0{}\0", content.len()).as_bytes());
            bytes.extend_from_slice(content);
        }
        Hash::of(&bytes)
    }

    fn write(&self, folder: &Path) {
        for entry in fs::read_dir(folder).unwrap() {
            fs::remove_file(entry.unwrap().path()).unwrap();
        }
        for (name, content) in &self.image {
            fs::write(folder.join(name), content).unwrap();
        }
        if let Some(seed) = self.shared_memory {
            let mut content = vec![0; 32_768];
            junk(seed, &mut content);
            fs::write(folder.join(format!("{NAME}-shm")), content).unwrap();
        }
    }
}

/// Hands every disk of this worker's cuts to `visit`, until it says stop. The same disks every time: each cut draws
/// from a generator of its own.
fn each_disk(
    steps: &[Step],
    effort: Effort,
    (worker, workers): (usize, usize),
    mut visit: impl FnMut(&Disk<'_>) -> bool,
) {
    let (mut drive, mut promised) = (Drive::default(), 0);
    for cut in 0..=steps.len() {
        if let Some(step) = cut.checked_sub(1).map(|last| &steps[last]) {
            drive.take(step);
            if let Step::Returned(operation) = step {
                promised = *operation;
            }
        }
        if cut % effort.stride != 0 || cut / effort.stride % workers != worker {
            continue;
        }
        let mut rng = ChaCha20Rng::seed_from_u64(u64::try_from(cut).unwrap());
        let before_sync = matches!(steps.get(cut), Some(Step::Synced(_) | Step::FolderSynced));
        let every_step = effort.every_step || before_sync;
        let choices = fates(drive.pending().len(), every_step, effort.mixtures, &mut rng);
        for (number, fates) in choices.iter().enumerate() {
            let image = drive.after_cut(fates);
            let stale = rng.next_u32() % 8 == 0 && image.contains_key(NAME);
            let shared_memory = stale.then(|| rng.next_u64());
            let letters: String = fates.iter().map(|fate| fate.letter()).collect();
            let label = format!("cut after step {cut}, disk {number}: {letters}, stale memory: {stale}");
            if !visit(&Disk { image, shared_memory, promised, label }) {
                return;
            }
        }
    }
}

/// Opens the ledger on the disk in `folder` and holds it to all that it had promised by then.
fn check(day: &Day, promised: usize, folder: &Path, hand: &mut Hand) -> Result<(), Broken> {
    let (mut ledger, _) = day::open(folder).map_err(|error| Broken::DoesNotOpen(error.to_string()))?;
    let does_not_verify = |error: ledger::LedgerError| Broken::DoesNotVerify(error.to_string());
    ledger.verify().map_err(does_not_verify)?;
    let account = Account::of(&ledger).map_err(does_not_verify)?;
    let before = &day.accounts[promised];

    for row in &before.requests {
        let by_folio = ledger.request_by_folio(row.folio).map_err(does_not_verify)?;
        if by_folio.as_ref() != Some(row) {
            return Err(Broken::ReceiptLost(row.folio));
        }
    }
    let word = day.watermark.1;
    let vouched_for = |(epoch, seq): (Epoch, u64)| epoch == word.epoch && seq <= word.safe;
    if let Some((epoch, seq)) = account.released.iter().copied().find(|entry| !vouched_for(*entry)) {
        return Err(Broken::ReleasedEarly(epoch, seq));
    }
    // Whatever was under way when the power went is done or not, never half and never twice.
    if account != *before && Some(&account) != day.accounts.get(promised + 1) {
        return Err(Broken::NeverSaid(Box::new(account)));
    }

    for row in before.requests.iter().take(2).chain(before.requests.last()) {
        let id = row.id.as_u128();
        match hand.file(&mut ledger, id, "La misma solicitud, otra vez.") {
            Ok(Appended::Known(again)) if again == *row => {}
            _ => return Err(Broken::AnsweredOtherwise(id)),
        }
    }
    for (_, id, at) in day.encounters.iter().filter(|(since, ..)| *since <= promised).rev().take(1) {
        if !matches!(hand.meet(&mut ledger, *id), Ok((Appended::Known(again), None)) if again == *at) {
            return Err(Broken::AnsweredOtherwise(*id));
        }
    }
    go_on(day, promised, &mut ledger, hand).map_err(Broken::DoesNotGoOn)
}

/// The next citizen files, and what central vouched for is released in time: also by a ledger that lost power.
fn go_on(day: &Day, promised: usize, ledger: &mut ledger::Ledger, hand: &mut Hand) -> Result<(), String> {
    let said = |error: ledger::LedgerError| error.to_string();
    if ledger.epochs().map_err(said)?.is_empty() {
        hand.begin(ledger, Epoch([6; 8]), OpeningReason::Enrolled, None).map_err(said)?;
    }
    let (next, text) = (9_999, "El día sigue.");
    let Appended::New(row) = hand.file(ledger, next, text).map_err(said)? else {
        return Err("an id that nobody filed is known".into());
    };
    if ledger.request_by_id(Uuid::from_u128(next)).map_err(said)?.as_ref() != Some(&row) {
        return Err("the next request is not there".into());
    }
    let (known_since, word) = day.watermark;
    ledger.release(NOW_S + GRACE_S).map_err(said)?;
    for local in ledger.epochs().map_err(said)? {
        for seq in 1..=local.count {
            let here = ledger.has_body(local.epoch, seq).map_err(said)?;
            let ripe = local.epoch == word.epoch && seq <= word.safe;
            if (!here && !ripe) || (here && ripe && promised >= known_since) {
                return Err(format!("{}: body of entry {seq}: here is {here}", local.epoch));
            }
        }
    }
    ledger.verify().map(|_| ()).map_err(said)
}
