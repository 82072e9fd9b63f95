//! Everything that the office holds, read back through the store and linked again by hand.

use std::collections::BTreeMap;

use central_db::{BranchId, EntryId, RequestFilter, SealedEntry, Store as _};
use wire::{DeviceId, Epoch, Hash, chain};

use super::Office;
use crate::Trouble;
use crate::facts::{HeldEntry, Holdings};
use crate::plan::Broken;

impl Office {
    pub(crate) fn audit(&self) -> Result<Holdings, Trouble> {
        let mut held = Holdings { copies: self.copies.clone(), ..Holdings::default() };
        let (forks, requests, census, failures, complaints) = self.ask(async |store| {
            Ok((
                store.forks().await?,
                store.requests(RequestFilter::default()).await?,
                store.census().await?,
                store.failures().await?.len(),
                store.check().await?,
            ))
        })?;
        (held.failures, held.unopened, held.complaints) = (failures, census.unopened, complaints);
        for (device, epoch) in &self.seen {
            let Some(certificate) = self.certificates.get(device) else { continue };
            let beginning = chain::genesis(self.id, certificate, *epoch);
            let main = EntryId { device: *device, epoch: *epoch, branch: BranchId::MAIN, seq: 0 };
            self.read_branch(&mut held, main, &[beginning])?;
            // A branch names its base but not its parent: it is linked to every chain that reaches there. Only
            // the right one can lead to a hash that somebody signed.
            for fork in forks.iter().filter(|f| (f.ledger.device, f.ledger.epoch) == (*device, *epoch)) {
                let base = EntryId { device: *device, epoch: *epoch, branch: fork.branch, seq: fork.base };
                let parents = hashes_at(&held, *device, *epoch, fork.base, beginning);
                self.read_branch(&mut held, base, &parents)?;
            }
        }
        held.listed = requests
            .into_iter()
            .map(|request| (request.line.folio, request.id, request.quarantine))
            .collect();
        if self.broken == Some(Broken::OfficeListsTwice) {
            let again: Vec<_> = held.listed.first().copied().into_iter().collect();
            held.listed.extend(again);
        }
        Ok(held)
    }

    /// Reads the entries of a branch after its base, and links them to each hash that may stand there.
    fn read_branch(&self, held: &mut Holdings, base: EntryId, parents: &[Hash]) -> Result<(), Trouble> {
        let mut ends = parents.to_vec();
        let mut id = base;
        loop {
            id.seq = id.seq.saturating_add(1);
            let Some(entry) = self.ask(async |store| store.entry(id).await)? else { return Ok(()) };
            for end in &mut ends {
                *end = link(*end, &entry);
                held.chains.insert((id.device, id.epoch, id.seq, *end));
            }
            let sealed = Hash::of(&entry.sealed);
            held.bodies.insert((id.device, id.epoch, id.seq, sealed));
            if id.branch == BranchId::MAIN {
                held.mains
                    .insert((id.device, id.epoch), (id.seq, ends.first().copied().unwrap_or(Hash([0; 32]))));
            }
            held.entries.push((id, HeldEntry { kind: entry.kind, sealed, quarantine: entry.quarantine }));
        }
    }
}

fn link(previous: Hash, entry: &SealedEntry) -> Hash {
    chain::link(previous, entry.id.seq, entry.kind, entry.key_id, entry.dictionary, Hash::of(&entry.sealed))
}

fn hashes_at(held: &Holdings, device: DeviceId, epoch: Epoch, count: u64, beginning: Hash) -> Vec<Hash> {
    if count == 0 {
        return vec![beginning];
    }
    let range = (device, epoch, count, Hash([0; 32]))..=(device, epoch, count, Hash([0xff; 32]));
    held.chains.range(range).map(|(_, _, _, hash)| *hash).collect()
}

impl Holdings {
    /// Count and head of each ledger's main branch.
    pub(super) fn main_ends(&self) -> BTreeMap<(DeviceId, Epoch), (u64, Hash)> {
        self.mains.clone()
    }
}
