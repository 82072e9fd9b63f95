//! Who was let in by telephone.

use rusqlite::{Connection, OptionalExtension as _, params};
use wire::DeviceId;

use super::columns::{count, int, told};
use crate::error::StoreError;
use crate::unlocks::{UnlockGiven, Unlocking};

pub(super) fn give(db: &Connection, given: &UnlockGiven) -> Result<Unlocking, StoreError> {
    let told = told("writing down an unlocking");
    let found: Option<(Option<i64>, [u8; 32])> = db
        .query_row(
            "SELECT revoked_unix_s, unlock_key FROM devices WHERE device = ?1",
            [given.device.0],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()
        .map_err(&told)?;
    let key = match found {
        None => return Ok(Unlocking::NeverEnrolled),
        Some((Some(_), _)) => return Ok(Unlocking::Revoked),
        Some((None, key)) => key,
    };
    // The same challenge asked for again gets the same response: one line is enough.
    db.execute(
        "INSERT INTO unlocks (device, challenge, person, given_unix_s) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (device, challenge, person) DO NOTHING",
        params![given.device.0, given.challenge, given.person, int(given.given_unix_s)],
    )
    .map_err(&told)?;
    Ok(Unlocking::Key(key))
}

pub(super) fn list(db: &Connection) -> Result<Vec<UnlockGiven>, StoreError> {
    let told = told("listing unlockings");
    let mut statement = db
        .prepare_cached(
            "SELECT device, person, challenge, given_unix_s FROM unlocks
             ORDER BY given_unix_s DESC, device, challenge, person",
        )
        .map_err(&told)?;
    let rows = statement.query_map([], |row| {
        Ok(UnlockGiven {
            device: DeviceId(row.get(0)?),
            person: row.get(1)?,
            challenge: row.get(2)?,
            given_unix_s: count(row.get(3)?),
        })
    });
    rows.and_then(Iterator::collect).map_err(&told)
}
