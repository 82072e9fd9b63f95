//! The records of the open outing that the team may declare void, by what the stand itself can still tell of them.

use serde::Serialize;
use wire::EntryKind;

use crate::{Stand, StandError};

/// Rows of the list that somebody has in sight while they choose one.
pub const RECENT_ROWS: u32 = 20;
/// Most rows of the list.
pub const RECENT_ROWS_MAX: u32 = 500;
const MINUTE_S: i64 = 60;

/// One record of the open outing: what a void needs to name it, and what the team knows it by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct RecentRecord {
    /// The ledger, in hexadecimal.
    pub epoch: String,
    /// The position in it.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub seq: u64,
    /// What it is.
    #[cfg_attr(
        feature = "bindings",
        ts(type = "\"request\" | \"encounter\" | \"addition\" | \"withdrawal\"")
    )]
    pub kind: &'static str,
    /// When, to the minute, RFC 3339 in the local time of the place.
    pub captured_at: String,
    /// The number, of a request.
    pub folio: Option<String>,
    /// Whether it was declared void.
    pub voided: bool,
}

impl Stand {
    /// The records of the open outing, the newest first: so many, and at most [`RECENT_ROWS_MAX`]. None between two
    /// outings.
    pub fn recent_records(&self, rows: u32) -> Result<Vec<RecentRecord>, StandError> {
        let Some(outing) = self.ledger.open_outing()? else { return Ok(Vec::new()) };
        let rows = self.ledger.recent(&outing, rows.min(RECENT_ROWS_MAX))?;
        rows.into_iter()
            .map(|row| {
                Ok(RecentRecord {
                    epoch: row.epoch.to_string(),
                    seq: row.seq,
                    kind: match row.kind {
                        EntryKind::REQUEST => "request",
                        EntryKind::ENCOUNTER => "encounter",
                        EntryKind::ADDITION => "addition",
                        _ => "withdrawal",
                    },
                    captured_at: self.local_time_of(row.captured_unix_min.saturating_mul(MINUTE_S))?,
                    folio: row.folio.map(|folio| folio.to_string()),
                    voided: row.voided,
                })
            })
            .collect()
    }
}
