//! Keeping apart what could not be taken.

use rusqlite::{Connection, OptionalExtension as _, params};
use wire::{DeviceId, Hash};

use super::columns::{count, int, told};
use crate::error::StoreError;
use crate::kept::{
    KEPT_DAILY_BYTES_MAX, KEPT_DAILY_COUNT_MAX, KEPT_WINDOW_S, KeptApart, KeptLine, KeptPush, KeptSum,
};

pub(super) fn keep(db: &Connection, push: &KeptPush) -> Result<KeptApart, StoreError> {
    let told = told("keeping a push apart");
    let (device, hash) = (push.device.0, push.payload_hash.0);
    let known = db
        .prepare_cached("SELECT 1 FROM kept_pushes WHERE device = ?1 AND payload_hash = ?2")
        .and_then(|mut s| s.exists(params![device, hash]))
        .map_err(&told)?;
    if known {
        return Ok(KeptApart::Kept);
    }
    let len = u64::try_from(push.signed.len()).unwrap_or(u64::MAX);
    if sum_since(db, push.device, None).map_err(&told)?.is_full_for(len) {
        return Ok(KeptApart::Full);
    }
    let since = push.received_unix_s.saturating_sub(KEPT_WINDOW_S);
    let today = sum_since(db, push.device, Some(since)).map_err(&told)?;
    if today.count >= KEPT_DAILY_COUNT_MAX || today.bytes.saturating_add(len) > KEPT_DAILY_BYTES_MAX {
        return Ok(KeptApart::TooManyToday);
    }
    db.execute(
        "INSERT INTO kept_pushes (device, payload_hash, why, signed, received_unix_s)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![device, hash, push.why, push.signed, int(push.received_unix_s)],
    )
    .map_err(&told)?;
    Ok(KeptApart::Kept)
}

/// What of a stand came after this second, or all of it. SQLite takes the length of a blob from the row's head and
/// reads none of it.
fn sum_since(db: &Connection, device: DeviceId, since_unix_s: Option<u64>) -> rusqlite::Result<KeptSum> {
    db.prepare_cached(
        "SELECT count(*), coalesce(sum(length(signed)), 0) FROM kept_pushes
         WHERE device = ?1 AND (?2 IS NULL OR received_unix_s > ?2)",
    )?
    .query_row(params![device.0, since_unix_s.map(int)], |row| {
        Ok(KeptSum { count: count(row.get(0)?), bytes: count(row.get(1)?) })
    })
}

pub(super) fn list(db: &Connection) -> Result<Vec<KeptLine>, StoreError> {
    let told = told("listing what is kept apart");
    let mut statement = db
        .prepare_cached(
            "SELECT device, payload_hash, why, length(signed), received_unix_s FROM kept_pushes
             ORDER BY received_unix_s, device, payload_hash",
        )
        .map_err(&told)?;
    let rows = statement.query_map([], |row| {
        Ok(KeptLine {
            device: DeviceId(row.get(0)?),
            payload_hash: Hash(row.get(1)?),
            why: row.get(2)?,
            bytes: count(row.get(3)?),
            received_unix_s: count(row.get(4)?),
        })
    });
    rows.and_then(Iterator::collect).map_err(&told)
}

pub(super) fn one(
    db: &Connection,
    device: DeviceId,
    payload_hash: Hash,
) -> Result<Option<KeptPush>, StoreError> {
    db.query_row(
        "SELECT why, signed, received_unix_s FROM kept_pushes WHERE device = ?1 AND payload_hash = ?2",
        params![device.0, payload_hash.0],
        |row| {
            let (why, signed) = (row.get(0)?, row.get(1)?);
            Ok(KeptPush { device, payload_hash, why, signed, received_unix_s: count(row.get(2)?) })
        },
    )
    .optional()
    .map_err(told("reading what is kept apart"))
}

pub(super) fn release(db: &Connection, device: DeviceId, payload_hash: Hash) -> Result<bool, StoreError> {
    db.execute(
        "DELETE FROM kept_pushes WHERE device = ?1 AND payload_hash = ?2",
        params![device.0, payload_hash.0],
    )
    .map(|gone| gone > 0)
    .map_err(told("releasing what was kept apart"))
}
