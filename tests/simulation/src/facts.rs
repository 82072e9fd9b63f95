//! What the checkers are told, and what they see at the end.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use central_db::{BranchId, EntryId};
use domain::Folio;
use sync::{Alarm, Outcome};
use wire::manifest::Manifest;
use wire::push::{Checkpoint, QuarantineReason};
use wire::{DeviceId, EntryKind, Epoch, Hash};

/// What a citizen took away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Receipt {
    pub(crate) stand: usize,
    pub(crate) device: DeviceId,
    pub(crate) epoch: Epoch,
    pub(crate) seq: u64,
    pub(crate) folio: Folio,
    /// The chain's hash after the entry.
    pub(crate) hash: Hash,
    /// The hash of the sealed body.
    pub(crate) sealed: Hash,
}

impl Receipt {
    pub(crate) fn name(&self) -> String {
        format!("{} ({} entry {})", self.folio, crate::trace::short(&self.epoch), self.seq)
    }
}

/// One entry at the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeldEntry {
    pub(crate) kind: EntryKind,
    pub(crate) sealed: Hash,
    pub(crate) quarantine: Option<QuarantineReason>,
}

/// Everything that the office holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Holdings {
    pub(crate) entries: Vec<(EntryId, HeldEntry)>,
    /// Device, ledger and sealed bodies at their positions.
    pub(crate) bodies: BTreeSet<(DeviceId, Epoch, u64, Hash)>,
    /// Every hash of every chain, at its count.
    pub(crate) chains: BTreeSet<(DeviceId, Epoch, u64, Hash)>,
    /// Count and head of each ledger's main branch.
    pub(crate) mains: BTreeMap<(DeviceId, Epoch), (u64, Hash)>,
    /// Ledgers that are a copy of what rested in a pool.
    pub(crate) copies: BTreeSet<(DeviceId, Epoch)>,
    /// Requests as the desk lists them.
    pub(crate) listed: Vec<(Folio, EntryId, Option<QuarantineReason>)>,
    /// Entries that could not be opened.
    pub(crate) failures: usize,
    /// Entries that nobody tried to open.
    pub(crate) unopened: u64,
    /// What the office's own check says.
    pub(crate) complaints: Vec<String>,
}

impl Holdings {
    pub(crate) fn holds(&self, receipt: &Receipt) -> bool {
        self.bodies.contains(&(receipt.device, receipt.epoch, receipt.seq, receipt.sealed))
    }

    /// How far the office holds a ledger along the chain of this disk.
    pub(crate) fn reach(&self, disk: &Disk, epoch: Epoch) -> u64 {
        let held = |at: &(Epoch, u64), entry: &DiskEntry| {
            at.0 == epoch && self.chains.contains(&(disk.device, epoch, at.1, entry.hash))
        };
        disk.entries.iter().filter(|(at, entry)| held(at, entry)).map(|(at, _)| at.1).max().unwrap_or(0)
    }
}

/// One entry on a stand's disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DiskEntry {
    pub(crate) hash: Hash,
    pub(crate) has_body: bool,
}

/// Everything that a stand's disk holds.
#[derive(Debug, Clone)]
pub(crate) struct Disk {
    pub(crate) stand: usize,
    pub(crate) device: DeviceId,
    /// Entries and acknowledged entries of each ledger, oldest first.
    pub(crate) ledgers: Vec<(Epoch, u64, u64)>,
    pub(crate) entries: BTreeMap<(Epoch, u64), DiskEntry>,
    /// Ledgers that are marked as forked, and the alarms that the stand keeps.
    pub(crate) forked: Vec<Epoch>,
    pub(crate) alarms: Vec<String>,
    /// What the ledger's own verification says.
    pub(crate) complaint: Option<String>,
}

impl Disk {
    /// Whether an alarm about a fork of this ledger is kept, under either of its names.
    pub(crate) fn told_of_fork(&self, epoch: Epoch) -> bool {
        let forked = format!("{:?}", Alarm::Forked { epoch });
        let overtaken = format!("Overtaken {{ epoch: {epoch:?}");
        self.alarms.iter().any(|kept| *kept == forked || kept.starts_with(&overtaken))
    }

    /// Whether the entry is here, so that it can still be sent.
    pub(crate) fn holds(&self, receipt: &Receipt) -> bool {
        self.device == receipt.device
            && self
                .entries
                .get(&(receipt.epoch, receipt.seq))
                .is_some_and(|entry| entry.hash == receipt.hash && entry.has_body)
    }
}

/// Something that happened.
#[derive(Debug, Clone)]
pub(crate) enum Fact {
    /// A citizen got a receipt.
    ReceiptGiven(Receipt),
    /// A stand recorded what gives no receipt, up to there.
    Recorded { stand: usize, epoch: Epoch, seq: u64 },
    /// A stand came up again after a crash.
    Reopened(Rc<Disk>),
    /// A stand's disk was replaced by an earlier copy of it; `rest` are the other stands.
    DiskReplaced { after: Rc<Disk>, rest: Rc<Vec<Disk>>, office: Rc<Holdings> },
    /// A disk was copied into a new stand.
    DiskCloned { from: usize, to: usize },
    /// The office was restored from its backup.
    OfficeRestored { before: Rc<Holdings>, after: Rc<Holdings>, disks: Rc<Vec<Disk>> },
    /// The office was backed up; this is what the backup holds.
    OfficeBackedUp(Rc<Holdings>),
    /// The office answered a push. `fresh` when it was decided now and not repeated; `by` is the stand whose
    /// request it was, or none for a stick and a repetition.
    Answered { payload: Hash, from: u64, bytes: Rc<[u8]>, answer: Checkpoint, fresh: bool, by: Option<usize> },
    /// The answer to a push reached the stand that waited for it.
    Heard { stand: usize, from: u64, answer: Checkpoint },
    /// The office gave a manifest.
    ManifestGiven(Rc<Manifest>),
    /// A stand put a manifest in force.
    ManifestStored { stand: usize, manifest: Rc<Manifest> },
    /// A stand has no bodies up to there any more, at a time that the office told.
    Released { stand: usize, device: DeviceId, epoch: Epoch, upto: u64, at_unix_s: i64 },
    /// A stand raised an alarm.
    Alarmed { stand: usize, alarm: Alarm },
}

/// What there is when everything has healed.
pub(crate) struct End {
    pub(crate) office: Rc<Holdings>,
    pub(crate) disks: Rc<Vec<Disk>>,
    /// How each stand's last sync ended.
    pub(crate) outcomes: Vec<(usize, Option<Outcome>)>,
}

/// The main branch's name, for readers of facts.
pub(crate) fn is_main(branch: BranchId) -> bool {
    branch == BranchId::MAIN
}
