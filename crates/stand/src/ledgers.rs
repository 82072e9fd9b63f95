//! Every ledger of this machine, for whoever lays them on another medium: the current file and those set aside.

use std::path::Path;

use ed25519_dalek::SigningKey;
use ledger::{Ledger, LedgerError, LocalEpoch};
use wire::enrol::Enrolment;
use wire::push::{PUSH_ENTRIES_MAX, Push, PushEntry};
use wire::{Epoch, Hash};

use crate::stand::identity;

/// The ledgers, each on a connection of its own.
pub(crate) struct Ledgers {
    pub(crate) current: Ledger,
    pub(crate) set_aside: Vec<Ledger>,
}

/// What came of asking for a run of entries.
pub(crate) enum RunRead {
    /// Signed by the stand.
    Signed(sync::Chunk),
    /// Bodies at its beginning were released, or the file is damaged there.
    Unreadable,
}

impl Ledgers {
    /// Opens them. One that was set aside and can't be opened is left out.
    pub(crate) fn open(path: &Path, enrolment: &Enrolment) -> Result<Self, LedgerError> {
        let (current, _) = Ledger::open(path, identity(enrolment))?;
        Ok(Self { current, set_aside: set_aside(path, enrolment)? })
    }

    /// All epochs, oldest first; of a file that was set aside as far as it can be read.
    pub(crate) fn epochs(&self) -> Result<Vec<LocalEpoch>, LedgerError> {
        let set_aside = self.set_aside.iter().filter_map(|ledger| ledger.epochs().ok()).flatten();
        Ok(set_aside.chain(self.current.epochs()?).collect())
    }

    /// The file that holds an epoch.
    pub(crate) fn holding(&self, epoch: Epoch) -> &Ledger {
        let holds = |ledger: &&Ledger| ledger.hash_at(epoch, 0).ok().flatten().is_some();
        self.set_aside.iter().find(holds).unwrap_or(&self.current)
    }

    pub(crate) fn head_at(&self, epoch: Epoch, count: u64) -> Result<Option<Hash>, LedgerError> {
        self.holding(epoch).hash_at(epoch, count)
    }

    /// A signed push of entries after `from`, at most so many bytes of sealed bodies and at least one entry.
    pub(crate) fn run(
        &self,
        enrolment: &Enrolment,
        key: &SigningKey,
        (epoch, from): (Epoch, u64),
        bytes_max: usize,
    ) -> Result<RunRead, LedgerError> {
        Ok(match self.holding(epoch).chunk(epoch, from, bytes_max, PUSH_ENTRIES_MAX) {
            Ok(Some(chunk)) => RunRead::Signed(signed(enrolment, key, epoch, &chunk)),
            Ok(None) | Err(LedgerError::Released { .. }) => RunRead::Unreadable,
            Err(error) if error.is_damage() => RunRead::Unreadable,
            Err(error) => return Err(error),
        })
    }
}

/// The ledgers that were set aside as damaged and can still be opened: what they hold is sent like any other.
pub(crate) fn set_aside(path: &Path, enrolment: &Enrolment) -> Result<Vec<Ledger>, LedgerError> {
    let paths = ledger::set_aside_ledgers(path)?;
    Ok(paths.iter().filter_map(|path| Ledger::open_set_aside(path, identity(enrolment)).ok()).collect())
}

/// A chunk as the stand signs it.
pub(crate) fn signed(
    enrolment: &Enrolment,
    key: &SigningKey,
    epoch: Epoch,
    chunk: &ledger::Chunk,
) -> sync::Chunk {
    let device = &enrolment.device;
    let entries: Vec<PushEntry<'_>> = chunk.entries.iter().map(Into::into).collect();
    let push = Push {
        office: device.office,
        device: device.device,
        epoch,
        from: chunk.from,
        previous: chunk.previous,
        entries,
        head: chunk.head,
    };
    sync::Chunk { bytes: push.sign(key), from: chunk.from, count: push.count(), head: chunk.head }
}
