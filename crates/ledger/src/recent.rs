//! What the team recorded last and can still declare void: what it is, where it stands and when. Nothing of what was
//! said, which no key on this machine opens.

use domain::{Folio, VoidDraft};
use rusqlite::{OptionalExtension as _, params};
use wire::{EntryKind, Epoch};

use crate::append::Append;
use crate::read::Word;
use crate::{Ledger, LedgerError, Outing};

/// A record of an outing, as the stand itself can still tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecentRow {
    /// The ledger.
    pub epoch: Epoch,
    /// The position.
    pub seq: u64,
    /// What it is.
    pub kind: EntryKind,
    /// When, by the stand's own clock, in whole minutes since 1970 (UTC).
    pub captured_unix_min: i64,
    /// The number, of a request.
    pub folio: Option<Folio>,
    /// Whether it was declared void since.
    pub voided: bool,
}

impl Ledger {
    /// Requests, encounters, additions and withdrawals recorded since an outing of the newest ledger was opened, the newest
    /// first, at most `limit`.
    pub fn recent(&self, outing: &Outing, limit: u32) -> Result<Vec<RecentRow>, LedgerError> {
        let Some(current) = self.current()? else { return Ok(Vec::new()) };
        let mut statement = self.db.prepare_cached(
            "SELECT entries.seq, entries.kind, records.captured_unix_min, requests.folio,
                    EXISTS (SELECT 1 FROM voids WHERE of_epoch = entries.epoch AND of_seq = entries.seq)
             FROM entries
             JOIN records ON records.epoch = entries.epoch AND records.seq = entries.seq
             LEFT JOIN requests ON requests.epoch = entries.epoch AND requests.seq = entries.seq
             WHERE entries.epoch = ?1 AND entries.seq > ?2 AND entries.kind IN (?3, ?4, ?5, ?6)
             ORDER BY entries.seq DESC LIMIT ?7",
        )?;
        let kinds = [EntryKind::REQUEST, EntryKind::ENCOUNTER, EntryKind::ADDITION, EntryKind::WITHDRAWAL]
            .map(|kind| kind.0);
        let [request, encounter, addition, withdrawal] = kinds;
        let wanted = params![current.ordinal, outing.seq, request, encounter, addition, withdrawal, limit];
        let rows = statement.query_map(wanted, |row| {
            Ok(RecentRow {
                epoch: current.epoch,
                seq: row.get(0)?,
                kind: EntryKind(row.get(1)?),
                captured_unix_min: row.get(2)?,
                folio: row.get::<_, Option<Word<Folio>>>(3)?.map(|word| word.0),
                voided: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl<R> Append<'_, '_, R> {
    /// Notes which entry of this file a void means. One of another file is the office's to find.
    pub(crate) fn note_void(&self, void: &VoidDraft, seq: u64) -> Result<(), LedgerError> {
        let epoch = void.epoch.as_deref().and_then(|text| Epoch::from_hex(text.trim()).ok());
        let (Some(epoch), Some(of_seq)) = (epoch, void.seq) else { return Ok(()) };
        let found = self
            .tx
            .prepare_cached(
                "SELECT entries.epoch FROM entries JOIN epochs ON epochs.ordinal = entries.epoch
                 WHERE epochs.epoch = ?1 AND entries.seq = ?2",
            )?
            .query_row(params![epoch.0, of_seq], |row| row.get::<_, i64>(0))
            .optional()?;
        if let Some(of_epoch) = found {
            self.tx
                .prepare_cached("INSERT INTO voids (of_epoch, of_seq, epoch, seq) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![of_epoch, of_seq, self.ordinal, seq])?;
        }
        Ok(())
    }
}
