//! Sealed files: which are begun, which are whole, and whose they are.

use rusqlite::{Connection, OptionalExtension as _, params};
use wire::upload::Upload;
use wire::{EntryKind, Hash};

use super::columns::{count, entry_id, int, quarantine, told};
use crate::error::StoreError;
use crate::files::{AttachmentLine, FILES_PER_ENTRY_MAX, FileSum, FileToTake, Taking, UNFINISHED_MAX};
use crate::opening::EntryId;

pub(super) fn take(db: &Connection, file: &FileToTake) -> Result<Taking, StoreError> {
    let told = told("taking a file");
    let upload = &file.upload;
    if let Some((bytes, stored)) = known(db, upload).map_err(&told)? {
        return Ok(match stored {
            _ if bytes != upload.bytes => Taking::OtherLength,
            stored if stored.is_empty() => Taking::Welcome { forgotten: Vec::new() },
            stored => Taking::Stored(stored),
        });
    }
    if !is_announced(db, upload).map_err(&told)? {
        return Ok(Taking::Unannounced);
    }
    if files_at(db, upload).map_err(&told)? >= FILES_PER_ENTRY_MAX {
        return Ok(Taking::TooMany);
    }
    let forgotten = forget_oldest(db, upload).map_err(&told)?;
    db.prepare_cached(
        "INSERT INTO files (device, hash, epoch, seq, bytes, stored, begun_unix_s) VALUES (?1, ?2, ?3, ?4, ?5, x'', ?6)",
    )
    .and_then(|mut statement| {
        statement.execute(params![
            upload.device.0,
            upload.hash.0,
            upload.epoch.0,
            int(upload.seq),
            int(upload.bytes),
            int(file.now_unix_s)
        ])
    })
    .map_err(&told)?;
    Ok(Taking::Welcome { forgotten })
}

/// Length and word of a file that was begun before.
fn known(db: &Connection, upload: &Upload) -> rusqlite::Result<Option<(u64, Vec<u8>)>> {
    db.prepare_cached("SELECT bytes, stored FROM files WHERE device = ?1 AND hash = ?2")?
        .query_row(params![upload.device.0, upload.hash.0], |row| Ok((count(row.get(0)?), row.get(1)?)))
        .optional()
}

/// Whether the stand pushed an entry of that kind to that position, on whichever branch: what is quarantined is worked
/// like everything else.
fn is_announced(db: &Connection, upload: &Upload) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "SELECT 1 FROM branches b
         JOIN entries e ON e.device = b.device AND e.epoch = b.epoch AND e.branch = b.branch AND e.seq = ?3
         WHERE b.device = ?1 AND b.epoch = ?2 AND e.kind = ?4",
    )?
    .exists(params![upload.device.0, upload.epoch.0, int(upload.seq), EntryKind::ATTACHMENT.0])
}

fn files_at(db: &Connection, upload: &Upload) -> rusqlite::Result<u64> {
    db.prepare_cached("SELECT count(*) FROM files WHERE device = ?1 AND epoch = ?2 AND seq = ?3")?
        .query_row(params![upload.device.0, upload.epoch.0, int(upload.seq)], |row| row.get(0).map(count))
}

/// Makes room for one more that is not whole.
fn forget_oldest(db: &Connection, upload: &Upload) -> rusqlite::Result<Vec<Hash>> {
    let mut statement = db.prepare_cached(
        "DELETE FROM files WHERE device = ?1 AND hash IN (
             SELECT hash FROM files WHERE device = ?1 AND stored = x''
             ORDER BY begun_unix_s DESC, hash LIMIT -1 OFFSET ?2)
         RETURNING hash",
    )?;
    let kept = int(UNFINISHED_MAX.saturating_sub(1));
    statement.query_map(params![upload.device.0, kept], |row| row.get(0).map(Hash))?.collect()
}

/// Notes that a file is whole and durable. The first word on it stays.
pub(super) fn finish(db: &Connection, upload: &Upload, stored: &[u8]) -> Result<Vec<u8>, StoreError> {
    let told = told("keeping a file");
    db.prepare_cached("UPDATE files SET stored = ?3 WHERE device = ?1 AND hash = ?2 AND stored = x''")
        .and_then(|mut statement| statement.execute(params![upload.device.0, upload.hash.0, stored]))
        .map_err(&told)?;
    match known(db, upload).map_err(&told)? {
        Some((_, kept)) if !kept.is_empty() => Ok(kept),
        _ => Err(StoreError::damaged("keeping a file", "it was forgotten meanwhile")),
    }
}

pub(super) fn attachments(db: &Connection, request: EntryId) -> Result<Vec<AttachmentLine>, StoreError> {
    let told = told("listing attachments");
    let mut statement = db
        .prepare_cached(
            "SELECT a.device, a.epoch, a.branch, a.seq, a.hash, a.captured_unix_s, e.received_unix_s, e.quarantine,
                 EXISTS (SELECT 1 FROM files f WHERE f.device = a.device AND f.hash = a.hash AND f.stored <> x'')
             FROM requests r
             JOIN attachments a ON a.device = r.device AND a.folio = r.folio
             JOIN entries e ON e.device = a.device AND e.epoch = a.epoch AND e.branch = a.branch AND e.seq = a.seq
             WHERE r.device = ?1 AND r.epoch = ?2 AND r.branch = ?3 AND r.seq = ?4
             ORDER BY a.captured_unix_s, a.epoch, a.branch, a.seq",
        )
        .map_err(&told)?;
    let key = params![request.device.0, request.epoch.0, request.branch.0, int(request.seq)];
    let rows = statement.query_map(key, |row| {
        Ok(AttachmentLine {
            id: entry_id(row)?,
            hash: Hash(row.get(4)?),
            captured_unix_s: row.get(5)?,
            received_unix_s: count(row.get(6)?),
            quarantine: quarantine(row.get_ref(7)?.as_str()?),
            is_stored: row.get(8)?,
        })
    });
    rows.and_then(Iterator::collect).map_err(&told)
}

pub(super) fn sum(db: &Connection) -> Result<FileSum, StoreError> {
    db.query_row(
        "SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM files f
             WHERE f.device = a.device AND f.hash = a.hash AND f.stored <> x'')), 0) FROM attachments a",
        [],
        |row| Ok(FileSum { announced: count(row.get(0)?), stored: count(row.get(1)?) }),
    )
    .map_err(told("counting attachments"))
}
