//! The day's running list: numbers and times, nothing personal.

use serde::Serialize;

use crate::record::{date_of, local_rfc3339};
use crate::{Stand, StandError};

/// Rows of the list that somebody has in sight while they work.
pub const TODAY_ROWS: u32 = 50;
/// Most rows of the list.
pub const TODAY_ROWS_MAX: u32 = 500;
const DAY_S: i64 = 24 * 60 * 60;

/// One request of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct TodayRow {
    /// Its number.
    pub folio: String,
    /// Its kind.
    pub kind: &'static str,
    /// When, RFC 3339 in the local time of the place.
    pub captured_at: String,
    /// Whether the office has signed that it holds it.
    pub arrived: bool,
    /// The office's promise.
    pub due_on: Option<chrono::NaiveDate>,
    /// How the answer comes.
    pub answer_by: &'static str,
}

/// What is still only on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct WaitingToSync {
    /// Entries.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub entries: u64,
    /// Of those, how many were ever handed to a stick: they may arrive, and may not.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub on_usb: u64,
    /// Their bytes.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub bytes: u64,
}

impl Stand {
    /// The requests of the last 24 hours, newest first: so many, and at most [`TODAY_ROWS_MAX`].
    pub fn today(&self, rows: u32) -> Result<Vec<TodayRow>, StandError> {
        // A clock that jumped ahead would else empty the list of what was filed before.
        let now = self.now().timestamp().min(self.now_within_reason_s());
        let since = now.saturating_sub(DAY_S);
        let rows = self.ledger.recent_requests(since, rows.min(TODAY_ROWS_MAX))?;
        let epochs = self.ledger.epochs()?;
        let arrived = |row: &ledger::RequestRow| {
            epochs.iter().any(|local| local.epoch == row.epoch && row.seq <= local.acknowledged)
        };
        Ok(rows
            .into_iter()
            .map(|row| TodayRow {
                arrived: arrived(&row),
                folio: row.folio.to_string(),
                kind: row.kind.as_str(),
                captured_at: local_rfc3339(row.comuna, row.captured_unix_s),
                due_on: row.due.map(|due| date_of(due.promise_days)),
                answer_by: row.answer_by.as_str(),
            })
            .collect())
    }

    /// What the next sync has to send.
    pub fn waiting_to_sync(&self) -> Result<WaitingToSync, StandError> {
        let epochs = self.ledger.epochs()?;
        Ok(WaitingToSync {
            entries: epochs.iter().map(|epoch| epoch.count.saturating_sub(epoch.acknowledged)).sum(),
            on_usb: self.held_and_on_usb()?.1,
            bytes: epochs.iter().map(|epoch| epoch.pending_bytes).sum(),
        })
    }
}
