//! A request's due date, explained: what was promised, and how the calendar comes to it (promise 9).

use chrono::{DateTime, Utc};
use domain::deadline::{ANSWER_WORKING_DAYS, Working};
use domain::{Calendar, Comuna, deadlines};
use serde::Serialize;
use wire::body::RequestRecord;

/// Both readings with their working, counted again from the record.
#[derive(Debug, Clone, Serialize)]
pub struct Explained {
    /// Day 1 is the first working day after the date of capture.
    pub promise: Working,
    /// Art. 25 of Ley 19.880, by the calendar of the place.
    pub legal: Working,
    /// Whether counting again comes to what the citizen was promised. If it doesn't, the promise stands.
    pub agrees: bool,
}

/// The working of a record's deadline; none where no answer was asked for, or where the record's place or date
/// can't be counted with.
pub fn explain(record: &RequestRecord, calendar: &Calendar) -> Option<Explained> {
    let due = record.due?;
    let comuna = Comuna::by_code(record.filed.comuna.as_deref()?)?;
    let both = deadlines(presented(record)?, comuna, ANSWER_WORKING_DAYS, calendar).ok()?;
    let agrees = both.promise.due_on().to_epoch_days() == due.promise_days
        && both.legal.due_on().to_epoch_days() == due.legal_days;
    Some(Explained { promise: both.promise.working().clone(), legal: both.legal.working().clone(), agrees })
}

/// When it counts as presented: a transcribed paper by its own date, all else when it likely was.
fn presented(record: &RequestRecord) -> Option<DateTime<Utc>> {
    match record.filed.captured_at.as_deref().filter(|text| !text.trim().is_empty()) {
        Some(paper) => DateTime::parse_from_rfc3339(paper.trim()).ok().map(|at| at.to_utc()),
        None => DateTime::from_timestamp_millis(record.captured.likely_unix_ms()),
    }
}
