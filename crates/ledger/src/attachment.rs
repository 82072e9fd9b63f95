//! Attachments: which sealed file belongs to which request, and whether the office has signed that it holds it.
//!
//! The file itself lies beside the database, written before its entry is appended; what a crash between the two
//! leaves is a file that no entry names. Here is only its name, which is the hash of its sealed bytes.

use std::collections::BTreeSet;

use rand_core::CryptoRng;
use rusqlite::{OptionalExtension as _, Row, params};
use uuid::Uuid;
use wire::body::{Attachment, Body};
use wire::upload::Stored;
use wire::{Epoch, Hash};

use crate::append::{Appended, Sealer};
use crate::release::GRACE_S;
use crate::{Ledger, LedgerError};

/// What one request may carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttachmentLimits {
    /// Attachments.
    pub count_max: usize,
    /// Bytes of their sealed files.
    pub bytes_max: u64,
}

/// An attachment as this machine knows it: nothing of what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttachmentRow {
    /// The ledger of the entry that announces it.
    pub epoch: Epoch,
    /// The entry's position.
    pub seq: u64,
    /// SHA-256 of the sealed file, and its name.
    pub hash: Hash,
    /// Length of the sealed file, in bytes.
    pub bytes: u64,
    /// Whether central has signed that it holds the file.
    pub is_stored: bool,
}

const COLUMNS: &str = "SELECT epochs.epoch, attachments.seq, attachments.hash, attachments.bytes,
        EXISTS (SELECT 1 FROM stored_files WHERE stored_files.hash = attachments.hash)
     FROM attachments JOIN epochs ON epochs.ordinal = attachments.epoch";

fn row(row: &Row<'_>) -> rusqlite::Result<AttachmentRow> {
    Ok(AttachmentRow {
        epoch: Epoch(row.get(0)?),
        seq: row.get(1)?,
        hash: Hash(row.get(2)?),
        bytes: row.get(3)?,
        is_stored: row.get(4)?,
    })
}

impl Ledger {
    /// Records an attachment whose sealed file is on the disk. Returns after the durable commit.
    pub fn append_attachment(
        &mut self,
        new: &Attachment,
        limits: AttachmentLimits,
        sealer: &mut Sealer,
        rng: &mut impl CryptoRng,
    ) -> Result<Appended<AttachmentRow>, LedgerError> {
        self.in_transaction(sealer, rng, |append| {
            if let Some((ordinal, seq)) = append.find(new.id)? {
                return Ok(Appended::Known(one(append.tx, ordinal, seq)?));
            }
            let (count, bytes): (usize, u64) = append
                .tx
                .prepare_cached(
                    "SELECT count(*), coalesce(sum(bytes), 0) FROM attachments WHERE request = ?1",
                )?
                .query_row([new.request.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
            if count >= limits.count_max {
                return Err(LedgerError::TooManyAttachments);
            }
            if bytes.saturating_add(new.sealed.bytes) > limits.bytes_max {
                return Err(LedgerError::AttachmentsTooLarge);
            }
            let outing = append.ensure_outing(new.captured)?;
            let body = Attachment { outing: Some(outing), ..new.clone() };
            let (seq, _) = append.entry(&Body::Attachment(Box::new(body)))?;
            append.remember(new.id, seq, new.captured)?;
            append
                .tx
                .prepare_cached(
                    "INSERT INTO attachments (epoch, seq, request, hash, bytes) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![
                    append.ordinal,
                    seq,
                    new.request.as_bytes(),
                    new.sealed.hash.0,
                    new.sealed.bytes
                ])?;
            Ok(Appended::New(one(append.tx, append.ordinal, seq)?))
        })
    }

    /// The attachment that was recorded under this id.
    pub fn attachment_by_id(&self, id: Uuid) -> Result<Option<AttachmentRow>, LedgerError> {
        let sql = format!(
            "{COLUMNS} JOIN records ON records.epoch = attachments.epoch AND records.seq = attachments.seq
             WHERE records.id = ?1"
        );
        Ok(self.db.prepare_cached(&sql)?.query_row([id.as_bytes()], row).optional()?)
    }

    /// The attachments of a request, in the order in which they were recorded.
    pub fn attachments_of(&self, request: Uuid) -> Result<Vec<AttachmentRow>, LedgerError> {
        self.listed(
            "WHERE attachments.request = ?1 ORDER BY attachments.epoch, attachments.seq",
            [request.as_bytes().to_vec()],
        )
    }

    /// Attachments whose entries central holds and whose files it has not signed for, oldest first.
    pub fn attachments_to_send(&self) -> Result<Vec<AttachmentRow>, LedgerError> {
        self.listed(
            "JOIN reconciliations ON reconciliations.epoch = attachments.epoch
             WHERE attachments.seq <= reconciliations.acknowledged
               AND NOT EXISTS (SELECT 1 FROM stored_files WHERE stored_files.hash = attachments.hash)
             ORDER BY attachments.epoch, attachments.seq",
            [],
        )
    }

    /// Attachments whose files central has not signed for, whether their entries arrived or not, oldest first.
    pub fn attachments_not_stored(&self) -> Result<Vec<AttachmentRow>, LedgerError> {
        self.listed(
            "WHERE NOT EXISTS (SELECT 1 FROM stored_files WHERE stored_files.hash = attachments.hash)
             ORDER BY attachments.epoch, attachments.seq",
            [],
        )
    }

    /// How many attachments central has not signed for, whether their entries arrived or not.
    pub fn attachments_waiting(&self) -> Result<u64, LedgerError> {
        let mut statement = self.db.prepare_cached(
            "SELECT count(*) FROM attachments
             WHERE NOT EXISTS (SELECT 1 FROM stored_files WHERE stored_files.hash = attachments.hash)",
        )?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Every file that an entry names.
    pub fn attachment_files(&self) -> Result<BTreeSet<Hash>, LedgerError> {
        let mut statement = self.db.prepare_cached("SELECT hash FROM attachments")?;
        let rows = statement.query_map([], |row| row.get(0).map(Hash))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps central's signed word that it holds a file. Signature, office and stand were compared; a file that no
    /// entry here names, or of another length, is refused.
    pub fn note_stored(&mut self, stored: &Stored, signed: &[u8]) -> Result<(), LedgerError> {
        let told_unix_s = i64::try_from(stored.time_unix_s).unwrap_or(i64::MAX);
        let noted = self
            .db
            .prepare_cached(
                "INSERT INTO stored_files (hash, told_unix_s, signed)
                 SELECT hash, ?3, ?4 FROM attachments WHERE hash = ?1 AND bytes = ?2
                 ON CONFLICT DO UPDATE SET told_unix_s = excluded.told_unix_s, signed = excluded.signed",
            )?
            .execute(params![stored.hash.0, stored.bytes, told_unix_s, signed])?;
        if noted == 0 { Err(LedgerError::ForeignFile) } else { Ok(()) }
    }

    /// Takes back every word of central's on files: it went back behind its own word on entries, and may have lost
    /// files as well. Each is asked for again, and costs one question where central still has it.
    pub fn forget_stored(&mut self) -> Result<(), LedgerError> {
        self.db.execute("DELETE FROM stored_files", [])?;
        Ok(())
    }

    /// Files that may leave this machine at a time that the office told: central signed for each by its hash, central
    /// vouches for the entry that announces it, and for both the grace time is over.
    pub fn releasable_files(&self, told_unix_s: i64) -> Result<Vec<Hash>, LedgerError> {
        let mut statement = self.db.prepare_cached(
            "SELECT attachments.hash FROM attachments JOIN stored_files ON stored_files.hash = attachments.hash
             WHERE stored_files.told_unix_s <= ?1
               AND EXISTS (SELECT 1 FROM watermarks WHERE watermarks.epoch = attachments.epoch
                             AND watermarks.safe >= attachments.seq AND watermarks.told_unix_s <= ?1)",
        )?;
        let rows = statement.query_map([told_unix_s.saturating_sub(GRACE_S)], |row| row.get(0).map(Hash))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn listed<const N: usize>(
        &self,
        rest: &str,
        parameters: [Vec<u8>; N],
    ) -> Result<Vec<AttachmentRow>, LedgerError> {
        let mut statement = self.db.prepare_cached(&format!("{COLUMNS} {rest}"))?;
        let rows = statement.query_map(rusqlite::params_from_iter(parameters), row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn one(db: &rusqlite::Connection, ordinal: i64, seq: u64) -> Result<AttachmentRow, LedgerError> {
    let sql = format!("{COLUMNS} WHERE attachments.epoch = ?1 AND attachments.seq = ?2");
    Ok(db.prepare_cached(&sql)?.query_row(params![ordinal, seq], row)?)
}
