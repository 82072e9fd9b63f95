//! The ledger's side of the reconciliation: what is still here only, chunks of it, and central's answers.

use rusqlite::{OptionalExtension as _, params};
use wire::push::Outcome;
use wire::{Entry, EntryKind, Epoch, Hash, KeyId};

use crate::{Ledger, LedgerError};

/// One ledger of this stand, as the reconciliation sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalEpoch {
    /// The ledger.
    pub epoch: Epoch,
    /// How many entries it has.
    pub count: u64,
    /// The chain's hash after them.
    pub head: Hash,
    /// How many of them central last signed to hold, accepted or quarantined.
    pub acknowledged: u64,
    /// How many at the beginning have lost their bodies.
    pub released: u64,
    /// Sealed bytes after `acknowledged`.
    pub pending_bytes: u64,
    /// Whether central keeps this ledger apart as forked.
    pub forked: bool,
}

/// A run of entries with the hashes at both its ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// How many entries come before.
    pub from: u64,
    /// The chain's hash after those.
    pub previous: Hash,
    /// The entries, in order; at least one.
    pub entries: Vec<Entry>,
    /// The chain's hash after these.
    pub head: Hash,
}

impl Ledger {
    /// All ledgers of this file, oldest first.
    pub fn epochs(&self) -> Result<Vec<LocalEpoch>, LedgerError> {
        let mut statement =
            self.db.prepare_cached("SELECT ordinal, epoch, genesis FROM epochs ORDER BY ordinal")?;
        let rows = statement
            .query_map([], |row| Ok((row.get::<_, i64>(0)?, Epoch(row.get(1)?), Hash(row.get(2)?))))?;
        let mut epochs = Vec::new();
        for row in rows {
            let (ordinal, epoch, genesis) = row?;
            let (count, head) = self.end_of(ordinal)?.unwrap_or((0, genesis));
            let (acknowledged, forked) = self.reconciliation(ordinal)?;
            let (released, pending_bytes) = self.bodies_around(ordinal, acknowledged)?;
            epochs.push(LocalEpoch { epoch, count, head, acknowledged, released, pending_bytes, forked });
        }
        Ok(epochs)
    }

    fn reconciliation(&self, ordinal: i64) -> Result<(u64, bool), LedgerError> {
        let mut statement =
            self.db.prepare_cached("SELECT acknowledged, forked FROM reconciliations WHERE epoch = ?1")?;
        let row = statement.query_row([ordinal], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        Ok(row.unwrap_or_default())
    }

    /// How many bodies are gone at the beginning, and the bytes of those after `acknowledged`.
    fn bodies_around(&self, ordinal: i64, acknowledged: u64) -> Result<(u64, u64), LedgerError> {
        let mut statement = self.db.prepare_cached(
            "SELECT coalesce((SELECT min(seq) - 1 FROM bodies WHERE epoch = ?1),
                             (SELECT max(seq) FROM entries WHERE epoch = ?1), 0),
                    (SELECT coalesce(sum(length(sealed)), 0) FROM bodies WHERE epoch = ?1 AND seq > ?2)",
        )?;
        Ok(statement.query_row(params![ordinal, acknowledged], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// The chain's hash after `count` entries, or none beyond the end.
    pub fn hash_at(&self, epoch: Epoch, count: u64) -> Result<Option<Hash>, LedgerError> {
        match self.ordinal_of(epoch)? {
            Some(ordinal) => self.hash_after(ordinal, count),
            None => Ok(None),
        }
    }

    pub(crate) fn ordinal_of(&self, epoch: Epoch) -> Result<Option<i64>, LedgerError> {
        let mut statement = self.db.prepare_cached("SELECT ordinal FROM epochs WHERE epoch = ?1")?;
        Ok(statement.query_row([epoch.0], |row| row.get(0)).optional()?)
    }

    pub(crate) fn hash_after(&self, ordinal: i64, count: u64) -> Result<Option<Hash>, LedgerError> {
        let sql = if count == 0 {
            "SELECT genesis FROM epochs WHERE ordinal = ?1 AND ?2 = 0"
        } else {
            "SELECT hash FROM entries WHERE epoch = ?1 AND seq = ?2"
        };
        let mut statement = self.db.prepare_cached(sql)?;
        Ok(statement.query_row(params![ordinal, count], |row| Ok(Hash(row.get(0)?))).optional()?)
    }

    /// Entries after `from`, as many as stay within `bytes_max` and `entries_max`, and always at least one.
    /// None when there are none.
    pub fn chunk(
        &self,
        epoch: Epoch,
        from: u64,
        bytes_max: usize,
        entries_max: usize,
    ) -> Result<Option<Chunk>, LedgerError> {
        let Some(ordinal) = self.ordinal_of(epoch)? else { return Ok(None) };
        let Some(previous) = self.hash_after(ordinal, from)? else { return Ok(None) };
        let mut statement = self.db.prepare_cached(
            "SELECT entries.seq, entries.kind, entries.key_id, entries.dictionary, entries.hash, bodies.sealed
             FROM entries LEFT JOIN bodies ON bodies.epoch = entries.epoch AND bodies.seq = entries.seq
             WHERE entries.epoch = ?1 AND entries.seq > ?2 ORDER BY entries.seq",
        )?;
        let mut rows = statement.query(params![ordinal, from])?;
        let (mut entries, mut bytes, mut head) = (Vec::new(), 0_usize, previous);
        while let Some(row) = rows.next()? {
            let seq = row.get(0)?;
            let sealed: Option<Vec<u8>> = row.get(5)?;
            let sealed = sealed.ok_or(LedgerError::Released { epoch, seq })?;
            bytes = bytes.saturating_add(sealed.len());
            if !entries.is_empty() && (bytes > bytes_max || entries.len() >= entries_max) {
                break;
            }
            head = Hash(row.get(4)?);
            entries.push(Entry {
                seq,
                kind: EntryKind(row.get(1)?),
                key_id: KeyId(row.get(2)?),
                dictionary: row.get(3)?,
                sealed,
            });
        }
        Ok((!entries.is_empty()).then_some(Chunk { from, previous, entries, head }))
    }
}

pub(crate) fn outcome_code(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Accepted => 0,
        Outcome::Quarantined => 1,
        Outcome::Gap => 2,
    }
}
