//! What was handed to a carrier: a stick may never come back, so this counts as neither held by central nor lost.

use rusqlite::{OptionalExtension as _, params};
use wire::Epoch;
use wire::push::Checkpoint;

use crate::{Ledger, LedgerError};

impl Ledger {
    /// Notes that the entries of a ledger up to `count` lie on a stick. Never goes back; a ledger that is not in this
    /// file changes nothing.
    pub fn note_handed_over(&mut self, epoch: Epoch, count: u64) -> Result<(), LedgerError> {
        self.db
            .prepare_cached(
                "INSERT INTO hand_overs (epoch, count) SELECT ordinal, ?2 FROM epochs WHERE epoch = ?1
                 ON CONFLICT DO UPDATE SET count = max(count, excluded.count)",
            )?
            .execute(params![epoch.0, count])?;
        Ok(())
    }

    /// How many entries of a ledger were ever handed to a stick.
    pub fn handed_over(&self, epoch: Epoch) -> Result<u64, LedgerError> {
        let mut statement = self.db.prepare_cached(
            "SELECT hand_overs.count FROM hand_overs JOIN epochs ON epochs.ordinal = hand_overs.epoch
             WHERE epochs.epoch = ?1",
        )?;
        Ok(statement.query_row([epoch.0], |row| row.get(0)).optional()?.unwrap_or_default())
    }

    /// Bytes of the sealed bodies of a ledger after `count` entries.
    pub fn sealed_bytes_after(&self, epoch: Epoch, count: u64) -> Result<u64, LedgerError> {
        let mut statement = self.db.prepare_cached(
            "SELECT coalesce(sum(length(bodies.sealed)), 0)
             FROM bodies JOIN epochs ON epochs.ordinal = bodies.epoch
             WHERE epochs.epoch = ?1 AND bodies.seq > ?2",
        )?;
        Ok(statement.query_row(params![epoch.0, count], |row| row.get(0))?)
    }

    /// When central gave the newest of the answers that are kept here, in seconds since 1970 (UTC).
    pub fn newest_answer_unix_s(&self) -> Result<Option<u64>, LedgerError> {
        let mut statement = self.db.prepare_cached(
            "SELECT signed FROM checkpoints AS newest
             WHERE count = (SELECT max(count) FROM checkpoints WHERE epoch = newest.epoch)",
        )?;
        let mut newest = None;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let signed: Vec<u8> = row.get(0)?;
            // They were verified when they were kept.
            newest = newest.max(Checkpoint::read_unverified(&signed).ok().map(|answer| answer.time_unix_s));
        }
        Ok(newest)
    }
}
