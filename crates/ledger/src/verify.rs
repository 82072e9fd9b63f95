//! Verification: recomputes the chain from what lies on the disk.

use rusqlite::params;
use wire::{EntryKind, Epoch, Hash, KeyId, chain};

use crate::open::Current;
use crate::{Ledger, LedgerError};

/// What a full verification found in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Verified {
    /// Ledgers.
    pub epochs: u64,
    /// Entries, all of them linked.
    pub entries: u64,
    /// Bodies still here, each with the hash that its entry states.
    pub bodies: u64,
}

impl Ledger {
    /// Reads every entry and body, and SQLite's own structure. An error names the first entry that does not fit.
    pub fn verify(&self) -> Result<Verified, LedgerError> {
        let structure: String = self.db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if structure != "ok" {
            return Err(LedgerError::Damaged { path: self.path().to_owned(), why: structure });
        }
        let mut verified = Verified::default();
        for (ordinal, epoch) in self.ordinals()? {
            let current = Current { ordinal, epoch, count: 0, head: Hash([0; 32]) };
            let genesis = self.hash_after(ordinal, 0)?;
            if genesis != Some(self.identity.genesis(epoch)) {
                return Err(LedgerError::ForeignLedger { path: self.path().to_owned() });
            }
            let (entries, bodies) = self.verify_range(current, 0)?;
            verified.epochs = verified.epochs.saturating_add(1);
            verified.entries = verified.entries.saturating_add(entries);
            verified.bodies = verified.bodies.saturating_add(bodies);
        }
        Ok(verified)
    }

    fn ordinals(&self) -> Result<Vec<(i64, Epoch)>, LedgerError> {
        let mut statement = self.db.prepare_cached("SELECT ordinal, epoch FROM epochs ORDER BY ordinal")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, Epoch(row.get(1)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Recomputes the entries after `from` of one epoch; returns how many, and how many had bodies.
    pub(crate) fn verify_range(&self, at: Current, from: u64) -> Result<(u64, u64), LedgerError> {
        let broken = |seq, why| LedgerError::Broken { epoch: at.epoch, seq, why };
        let mut previous =
            self.hash_after(at.ordinal, from)?.ok_or_else(|| broken(from, "the entry before is missing"))?;
        let mut statement = self.db.prepare_cached(
            "SELECT entries.seq, entries.kind, entries.key_id, entries.dictionary, entries.sealed_hash,
                    entries.hash, bodies.sealed
             FROM entries LEFT JOIN bodies ON bodies.epoch = entries.epoch AND bodies.seq = entries.seq
             WHERE entries.epoch = ?1 AND entries.seq > ?2 ORDER BY entries.seq",
        )?;
        let mut rows = statement.query(params![at.ordinal, from])?;
        let (mut seq, mut bodies) = (from, 0_u64);
        while let Some(row) = rows.next()? {
            seq = seq.saturating_add(1);
            let sealed_hash = Hash(row.get(4)?);
            if row.get::<_, u64>(0)? != seq {
                return Err(broken(seq, "missing"));
            }
            if let Some(sealed) = row.get_ref(6)?.as_blob_or_null().map_err(rusqlite::Error::from)? {
                bodies = bodies.saturating_add(1);
                if Hash::of(sealed) != sealed_hash {
                    return Err(broken(seq, "the body has another hash"));
                }
            }
            let (kind, key_id) = (EntryKind(row.get(1)?), KeyId(row.get(2)?));
            previous = chain::link(previous, seq, kind, key_id, row.get(3)?, sealed_hash);
            if previous != Hash(row.get(5)?) {
                return Err(broken(seq, "the entry does not link"));
            }
        }
        Ok((seq.saturating_sub(from), bodies))
    }
}
