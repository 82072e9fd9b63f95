//! Between SQLite's columns and the office's types. The only place where one is turned into the other.

use std::sync::Arc;

use domain::Space;
use rusqlite::ffi::ErrorCode;
use wire::push::QuarantineReason;
use wire::{DeviceId, Epoch};

use crate::branch::BranchId;
use crate::error::StoreError;
use crate::opening::EntryId;

/// A count or time as SQLite keeps it. No number here reaches 2^63.
pub(super) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A count or time as SQLite gave it back.
pub(super) fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

/// The text of a quarantine column.
pub(super) fn quarantine_text(reason: Option<QuarantineReason>) -> &'static str {
    reason.map_or("", QuarantineReason::as_str)
}

/// The reason of a quarantine column's text.
pub(super) fn quarantine(text: &str) -> Option<QuarantineReason> {
    QuarantineReason::from_name(text)
}

/// The space of a column's text. The schema lets no other word in.
pub(super) fn space(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Space> {
    Ok(Space::parse(row.get_ref(column)?.as_str()?).unwrap_or_default())
}

/// The four columns `device, epoch, branch, seq`, at the front of a row.
pub(super) fn entry_id(row: &rusqlite::Row<'_>) -> rusqlite::Result<EntryId> {
    Ok(EntryId {
        device: DeviceId(row.get(0)?),
        epoch: Epoch(row.get(1)?),
        branch: BranchId(row.get(2)?),
        seq: count(row.get(3)?),
    })
}

/// SQLite's errors in the office's words.
pub(super) fn told(operation: &'static str) -> impl Fn(rusqlite::Error) -> StoreError {
    move |error| match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::DiskFull,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::damaged(operation, error),
        _ => StoreError::Engine { operation, source: Arc::new(error) },
    }
}
