//! What the central office said: its signed answers, the manifest in force, published content, and alarms.
//!
//! Answers are kept for ever, as they came. How far central holds a ledger is remembered apart from them, since a
//! central office that was restored from a backup goes back, and the next reconciliation must then go on from there.

use rusqlite::{OptionalExtension as _, params};
use wire::push::{Checkpoint, Outcome, QuarantineReason};
use wire::{Epoch, Hash};

use crate::push::outcome_code;
use crate::{Ledger, LedgerError};

/// The manifest in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldManifest {
    /// Its number.
    pub number: u64,
    /// The entity tag to ask with; none when the next request must be unconditional.
    pub etag: Option<String>,
    /// The signed bytes.
    pub signed: Vec<u8>,
}

/// Something that went wrong with the reconciliation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAlarm {
    /// When it was last seen, in seconds since 1970 (UTC).
    pub at_unix_s: i64,
    /// Its stable code.
    pub code: String,
    /// Its numbers, in words for the office.
    pub detail: String,
}

impl Ledger {
    /// Keeps central's signed answer and counts the ledger as held up to `count`. Where the answer speaks of this
    /// ledger's own positions, its head must be ours.
    ///
    /// The manifest's entity tag is forgotten in the same transaction: a manifest older than an acknowledgement
    /// must never pass for "nothing new".
    pub fn acknowledge(
        &mut self,
        count: u64,
        checkpoint: &Checkpoint,
        signed: &[u8],
    ) -> Result<(), LedgerError> {
        let Checkpoint { epoch, head, outcome, .. } = *checkpoint;
        let foreign = LedgerError::ForeignAnswer { epoch, count: checkpoint.count };
        let Some(ordinal) = self.ordinal_of(epoch)? else { return Err(foreign) };
        let (own, _) = self.end_of(ordinal)?.unwrap_or((0, head));
        let ours = self.hash_after(ordinal, checkpoint.count)?;
        let beyond = checkpoint.count > own;
        if outcome == Outcome::Gap || count > own || (!beyond && ours != Some(head)) {
            return Err(foreign);
        }
        let forked = checkpoint.reason == Some(QuarantineReason::Fork);
        let tx = self.db.transaction()?;
        tx.prepare_cached(
            "INSERT INTO checkpoints (epoch, count, outcome, head, signed) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![ordinal, checkpoint.count, outcome_code(outcome), head.0, signed])?;
        tx.prepare_cached(
            "INSERT INTO reconciliations (epoch, acknowledged, forked) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET acknowledged = excluded.acknowledged, forked = forked OR excluded.forked",
        )?
        .execute(params![ordinal, count, forked])?;
        tx.prepare_cached("UPDATE manifest SET etag = NULL")?.execute([])?;
        tx.commit()?;
        Ok(())
    }

    /// Notes that central holds less of a ledger than it had signed: what it vouched for past that holds no more.
    pub fn lower_acknowledged(&mut self, epoch: Epoch, now: u64) -> Result<(), LedgerError> {
        let Some(ordinal) = self.ordinal_of(epoch)? else { return Ok(()) };
        let tx = self.db.transaction()?;
        tx.execute(
            "UPDATE reconciliations SET acknowledged = min(acknowledged, ?2) WHERE epoch = ?1",
            params![ordinal, now],
        )?;
        tx.execute("DELETE FROM watermarks WHERE epoch = ?1 AND safe > ?2", params![ordinal, now])?;
        tx.commit()?;
        Ok(())
    }

    /// How many checkpoints say that entries of a ledger are quarantined, as the highest such count.
    pub fn quarantined(&self, epoch: Epoch) -> Result<u64, LedgerError> {
        let mut statement = self.db.prepare_cached(
            "SELECT coalesce(max(count), 0) FROM checkpoints JOIN epochs ON epochs.ordinal = checkpoints.epoch
             WHERE epochs.epoch = ?1 AND outcome = ?2",
        )?;
        Ok(statement.query_row(params![epoch.0, outcome_code(Outcome::Quarantined)], |row| row.get(0))?)
    }

    /// The manifest in force.
    pub fn manifest(&self) -> Result<Option<HeldManifest>, LedgerError> {
        let mut statement = self.db.prepare_cached("SELECT number, etag, signed FROM manifest")?;
        Ok(statement
            .query_row([], |row| {
                Ok(HeldManifest { number: row.get(0)?, etag: row.get(1)?, signed: row.get(2)? })
            })
            .optional()?)
    }

    /// Puts a manifest in force, once all its parts are here; other parts are dropped with the one before.
    pub fn store_manifest(&mut self, manifest: &HeldManifest, parts: &[Hash]) -> Result<(), LedgerError> {
        let tx = self.db.transaction()?;
        tx.execute(
            "INSERT INTO manifest (one, number, etag, signed) VALUES (1, ?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET number = excluded.number, etag = excluded.etag, signed = excluded.signed",
            params![manifest.number, manifest.etag, manifest.signed],
        )?;
        let held: Vec<[u8; 32]> = {
            let mut statement = tx.prepare("SELECT hash FROM parts")?;
            statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?
        };
        for hash in held.into_iter().filter(|hash| !parts.contains(&Hash(*hash))) {
            tx.execute("DELETE FROM parts WHERE hash = ?1", [hash])?;
        }
        tx.commit()?;
        Ok(())
    }

    /// Makes the next manifest request unconditional.
    pub fn forget_etag(&mut self) -> Result<(), LedgerError> {
        self.db.execute("UPDATE manifest SET etag = NULL", [])?;
        Ok(())
    }

    /// A published part.
    pub fn part(&self, hash: Hash) -> Result<Option<Vec<u8>>, LedgerError> {
        let mut statement = self.db.prepare_cached("SELECT bytes FROM parts WHERE hash = ?1")?;
        Ok(statement.query_row([hash.0], |row| row.get(0)).optional()?)
    }

    /// Keeps a published part whose hash was compared.
    pub fn store_part(&mut self, hash: Hash, bytes: &[u8]) -> Result<(), LedgerError> {
        self.db.execute(
            "INSERT INTO parts (hash, bytes) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            params![hash.0, bytes],
        )?;
        Ok(())
    }

    /// Keeps an alarm; the same one again only moves its time.
    pub fn keep_alarm(&mut self, alarm: &KeptAlarm) -> Result<(), LedgerError> {
        self.db.execute(
            "INSERT INTO alarms (at_unix_s, code, detail) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET at_unix_s = excluded.at_unix_s",
            params![alarm.at_unix_s, alarm.code, alarm.detail],
        )?;
        Ok(())
    }

    /// All alarms, newest first.
    pub fn alarms(&self) -> Result<Vec<KeptAlarm>, LedgerError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT at_unix_s, code, detail FROM alarms ORDER BY at_unix_s DESC, code")?;
        let rows = statement.query_map([], |row| {
            Ok(KeptAlarm { at_unix_s: row.get(0)?, code: row.get(1)?, detail: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
