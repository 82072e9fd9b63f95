//! Numbering manifests, and keeping the content that they name.

use rusqlite::{Connection, OptionalExtension as _, params};
use wire::manifest::{Directory, DirectoryEntry, Watermark};
use wire::{DeviceId, Epoch, Hash};

use super::columns::{count, int, told};
use crate::error::StoreError;
use crate::manifests::{IssueManifest, Issued, LastIssued, ManifestInputs, number_above};

pub(super) fn current(
    db: &Connection,
    device: DeviceId,
    held: Option<u64>,
    issuer: &dyn IssueManifest,
    now_unix_s: u64,
) -> Result<Issued, StoreError> {
    let told = told("issuing a manifest");
    let revoked: Option<i64> = db
        .prepare_cached("SELECT revoked_unix_s FROM devices WHERE device = ?1")
        .and_then(|mut s| s.query_row([device.0], |row| row.get(0)).optional())
        .map_err(&told)?
        .ok_or(StoreError::UnknownDevice(device))?;
    let last: Option<(LastIssued, Vec<u8>)> = db
        .prepare_cached("SELECT number, issued_unix_s, signed FROM manifests WHERE device = ?1")
        .and_then(|mut s| s.query_row([device.0], last_issued).optional())
        .map_err(&told)?;
    let above = held.and_then(|held| number_above(held, last.as_ref().map(|(last, _)| *last), now_unix_s));
    if above.is_some() {
        tracing::warn!(%device, held, "a stand holds a manifest that this office has forgotten");
    }
    let after_last = last.as_ref().map_or(0, |(last, _)| last.number.saturating_add(1));
    let inputs = ManifestInputs {
        device,
        revoked_unix_s: revoked.map(count),
        watermarks: watermarks(db, device).map_err(&told)?,
        directory: directory(db).map_err(&told)?,
        published: super::publications::in_force(db).map_err(&told)?,
        last: last.as_ref().filter(|_| above.is_none()).map(|(_, signed)| signed.clone()),
        now_unix_s,
        next_number: after_last.max(now_unix_s).max(above.unwrap_or(0)),
    };
    match (issuer.issue(&inputs), last) {
        (None, Some((last, signed))) => Ok(Issued { number: last.number, signed }),
        (None, None) => Err(StoreError::damaged("issuing a manifest", "a first manifest was not made")),
        (Some(issue), _) => {
            for (hash, content) in &issue.parts {
                db.execute(
                    "INSERT INTO parts (hash, content) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                    params![hash.0, content],
                )
                .map_err(&told)?;
            }
            db.execute(
                "INSERT INTO manifests (device, number, signed, issued_unix_s) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (device) DO UPDATE
                 SET number = excluded.number, signed = excluded.signed, issued_unix_s = excluded.issued_unix_s",
                params![device.0, int(issue.number), issue.signed, int(now_unix_s)],
            )
            .map_err(&told)?;
            Ok(Issued { number: issue.number, signed: issue.signed })
        }
    }
}

fn last_issued(row: &rusqlite::Row<'_>) -> rusqlite::Result<(LastIssued, Vec<u8>)> {
    let last = LastIssued { number: count(row.get(0)?), issued_unix_s: count(row.get(1)?) };
    Ok((last, row.get(2)?))
}

/// How far each ledger is stored, on every branch: a stand whose chain was kept apart finds itself in it. `safe`
/// stays 0, and its hash the branch's own beginning, until backups exist: no stand may release a body before.
fn watermarks(db: &Connection, device: DeviceId) -> rusqlite::Result<Vec<Watermark>> {
    let mut statement = db.prepare_cached(
        "SELECT epoch, count, head,
                (SELECT root.base_hash FROM branches root
                 WHERE root.device = b.device AND root.epoch = b.epoch AND root.base = 0
                 AND root.branch IN (b.branch, b.parent, zeroblob(8))
                 ORDER BY root.branch <> b.branch, root.branch <> b.parent LIMIT 1)
         FROM branches b WHERE device = ?1 ORDER BY epoch, ordinal",
    )?;
    let rows = statement.query_map([device.0], |row| {
        Ok(Watermark {
            epoch: Epoch(row.get(0)?),
            stored: count(row.get(1)?),
            stored_head: Hash(row.get(2)?),
            safe: 0,
            safe_head: Hash(row.get(3)?),
        })
    })?;
    rows.collect()
}

fn directory(db: &Connection) -> rusqlite::Result<Directory> {
    let mut statement = db.prepare_cached(
        "SELECT device, public_key, folio_prefix, revoked_unix_s FROM devices ORDER BY device",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(DirectoryEntry {
            device: DeviceId(row.get(0)?),
            public_key: row.get(1)?,
            folio_prefix: row.get(2)?,
            revoked_unix_s: row.get::<_, Option<i64>>(3)?.map(count),
        })
    })?;
    rows.collect::<rusqlite::Result<_>>().map(Directory)
}

pub(super) fn part(db: &Connection, hash: Hash) -> Result<Option<Vec<u8>>, StoreError> {
    db.prepare_cached("SELECT content FROM parts WHERE hash = ?1")
        .and_then(|mut s| s.query_row([hash.0], |row| row.get(0)).optional())
        .map_err(told("reading content"))
}
