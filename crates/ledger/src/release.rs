//! Release: a body leaves this machine only when central has signed that it is safe there, our own chain agrees,
//! and a grace time has passed.

use rusqlite::{OptionalExtension as _, params};
use wire::manifest::Watermark;

use crate::{Ledger, LedgerError};

/// How long a body stays after central vouched for it: 30 days, in seconds.
pub const GRACE_S: i64 = 30 * 24 * 60 * 60;

impl Ledger {
    /// Notes how far central vouches for a ledger, and when it said so. Refuses a watermark whose hash is not ours at
    /// that count.
    pub fn note_watermark(&mut self, watermark: &Watermark, told_unix_s: i64) -> Result<(), LedgerError> {
        let Watermark { epoch, safe, safe_head, .. } = *watermark;
        if safe == 0 {
            return Ok(());
        }
        if self.hash_at(epoch, safe)? != Some(safe_head) {
            return Err(LedgerError::ForeignAnswer { epoch, count: safe });
        }
        self.db
            .prepare_cached(
                "INSERT INTO watermarks (epoch, safe, told_unix_s)
                 SELECT ordinal, ?2, ?3 FROM epochs WHERE epoch = ?1
                 ON CONFLICT DO NOTHING",
            )?
            .execute(params![epoch.0, safe, told_unix_s])?;
        Ok(())
    }

    /// Deletes the bodies whose grace time is over at a time that the office told, and returns how many. The entries
    /// stay, and the chain verifies without them.
    pub fn release(&mut self, told_unix_s: i64) -> Result<u64, LedgerError> {
        let tx = self.db.transaction()?;
        let mut released = 0_usize;
        {
            let mut ripe = tx.prepare_cached(
                "SELECT epoch, max(safe) FROM watermarks WHERE told_unix_s <= ?1 GROUP BY epoch",
            )?;
            let mut delete = tx.prepare_cached("DELETE FROM bodies WHERE epoch = ?1 AND seq <= ?2")?;
            let mut rows = ripe.query([told_unix_s.saturating_sub(GRACE_S)])?;
            while let Some(row) = rows.next()? {
                let (epoch, safe): (i64, u64) = (row.get(0)?, row.get(1)?);
                released = released.saturating_add(delete.execute(params![epoch, safe])?);
            }
        }
        tx.commit()?;
        Ok(u64::try_from(released).unwrap_or(u64::MAX))
    }

    /// Whether the body of an entry is still here.
    pub fn has_body(&self, epoch: wire::Epoch, seq: u64) -> Result<bool, LedgerError> {
        let mut statement = self.db.prepare_cached(
            "SELECT 1 FROM bodies JOIN epochs ON epochs.ordinal = bodies.epoch
             WHERE epochs.epoch = ?1 AND bodies.seq = ?2",
        )?;
        Ok(statement.query_row(params![epoch.0, seq], |_| Ok(())).optional()?.is_some())
    }
}
