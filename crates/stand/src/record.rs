//! Recording: check, promise, append, and only then sign a receipt.
//!
//! Nothing here asks how much room is left: [`Stand::check_space`] is for before a form is begun. What was begun is
//! kept in the room set apart for it, and only a disk without any room refuses it.

use chrono::{DateTime, Datelike as _, Days, NaiveDate, SecondsFormat, Utc};
use domain::deadline::{ANSWER_WORKING_DAYS, Deadlines, Working};
use domain::{
    AdditionDraft, AnswerWay, Captured, Comuna, Folio, Request, RequestDraft, VoidDraft, WantedDraft,
    WithdrawalDraft, Writer,
};
use ledger::{Appended, At, NewRequest, RequestRow};
use rand_core::Rng as _;
use serde::Serialize;
use uuid::Uuid;
use wire::body::{Body, Due, Recorded as WireRecorded};
use wire::receipt::ClaimKey;

use crate::receipt::LiveReceipt;
use crate::{Stand, StandError};

/// Something that happened along with a record and that somebody should know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Note {
    /// No outing was open: one of unknown place was opened.
    OutingOpened,
    /// The clock is not to be trusted: the receipt says so.
    ClockUncertain,
    /// The ledger was damaged; it was set aside and a new one begun.
    LedgerSetAside,
}

/// The answer to a request that was recorded, as scripts rely on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct RequestAnswer {
    /// The record's id.
    pub id: String,
    /// The request's number.
    pub folio: String,
    /// The ledger, in hexadecimal.
    pub epoch: String,
    /// The position in it.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub seq: u64,
    /// When the stand recorded it, RFC 3339 in the local time of the place.
    pub captured_at: String,
    /// The date of the transcribed paper form, as filed.
    pub paper_at: Option<String>,
    /// The office's promise; none where no answer was asked for.
    pub due_on: Option<NaiveDate>,
    /// The legal limit.
    pub due_on_legal: Option<NaiveDate>,
    /// The whole address of the QR.
    pub receipt: String,
    /// The control code; a copy has none.
    pub control_code: Option<String>,
    /// Whether this is a copy: the id had been recorded before.
    pub copy: bool,
    /// What else happened.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// A request that was recorded, with the receipt of its live session.
pub struct RequestRecorded {
    /// What scripts and windows are told.
    pub answer: RequestAnswer,
    /// What can be printed as long as the session lives; none for a copy.
    pub live: Option<LiveReceipt>,
}

/// Where a smaller record came to stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct Recorded {
    /// The record's id.
    pub id: String,
    /// The ledger, in hexadecimal.
    pub epoch: String,
    /// The position in it.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub seq: u64,
    /// When the stand recorded it (or first did), RFC 3339 in UTC; none when this id had been recorded before.
    pub captured_at: Option<String>,
    /// Whether this id had been recorded before.
    pub copy: bool,
    /// What became of an encounter's profile: `kept`, or `no_key` where the office has no key for profiles; none where
    /// none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<&'static str>,
}

impl Recorded {
    /// What was recorded now.
    pub(crate) fn new(id: Uuid, at: At, captured: domain::Captured) -> Self {
        let time = DateTime::<Utc>::from_timestamp_millis(captured.at_unix_ms).unwrap_or_default();
        let captured_at = Some(time.to_rfc3339_opts(SecondsFormat::Secs, true));
        Self { captured_at, copy: false, ..Self::known(id, at) }
    }

    /// What had been recorded before.
    pub(crate) fn known(id: Uuid, at: At) -> Self {
        let At { epoch, seq } = at;
        Self {
            id: id.to_string(),
            epoch: epoch.to_string(),
            seq,
            captured_at: None,
            copy: true,
            profile: None,
        }
    }
}

impl Stand {
    /// The answer for an id that was recorded before, whatever else the input says; none for a new one.
    pub fn recorded_request(&mut self, id: Uuid) -> Result<Option<RequestRecorded>, StandError> {
        match self.ledger.request_by_id(id)? {
            Some(row) => {
                Ok(Some(RequestRecorded { answer: self.answer(&row, None, Vec::new())?, live: None }))
            }
            None => Ok(None),
        }
    }

    /// Everything that is wrong with a draft, without recording anything.
    pub fn check_request(&self, draft: RequestDraft) -> Vec<domain::FieldError> {
        draft.check(self.latest_for_paper()).err().unwrap_or_default()
    }

    /// Records a request and answers with its receipt. The receipt is made after the durable commit. Whoever acts is
    /// who assisted, where the draft says nobody and no citizen wrote it alone.
    pub fn record_request(&mut self, mut draft: RequestDraft) -> Result<RequestRecorded, StandError> {
        let filed_id = draft.id.as_deref().and_then(|text| Uuid::parse_str(text.trim()).ok());
        if let Some(known) = filed_id.map(|id| self.recorded_request(id)).transpose()?.flatten() {
            return Ok(known);
        }
        let now = self.now();
        let id = filed_id.unwrap_or_else(|| self.draw_id(now));
        draft.id.get_or_insert_with(|| id.to_string());
        if draft.written_by.as_deref() != Some(Writer::Citizen.as_str()) {
            draft.assisted_by = draft.assisted_by.or_else(|| self.recorded_by());
        }
        let request = draft.check(self.latest_for_paper()).map_err(StandError::Input)?;
        let captured = self.captured_and_noted();
        let due = self.promise(&request, &captured)?;
        let claim = ClaimKey::draw(&mut self.chance);
        let mut notes = Vec::new();
        if self.ledger.open_outing().ok().flatten().is_none() {
            notes.push(Note::OutingOpened);
        }
        if captured.certainty == domain::Certainty::Contradicted {
            notes.push(Note::ClockUncertain);
        }
        let aside_before = self.set_aside().map(ToOwned::to_owned);
        let appended = self.or_in_new_ledger(|stand| {
            let new = NewRequest { id, request: &request, claim: claim.clone(), captured, due };
            stand.ledger.append_request(&new, stand.prefix, &mut stand.sealer, &mut stand.chance)
        })?;
        if self.set_aside() != aside_before.as_deref() {
            notes.push(Note::LedgerSetAside);
        }
        match appended {
            Appended::Known(row) => {
                Ok(RequestRecorded { answer: self.answer(&row, None, Vec::new())?, live: None })
            }
            Appended::New(row) => {
                let answer = self.answer(&row, Some(&claim), notes)?;
                Ok(RequestRecorded { answer, live: Some(LiveReceipt::new(row, claim)) })
            }
        }
    }

    /// Records more text for a request already filed.
    pub fn record_addition(&mut self, mut draft: AdditionDraft) -> Result<Recorded, StandError> {
        let id = self.filed_or_drawn(&mut draft.id)?;
        draft.clone().check().map_err(StandError::Input)?;
        let by = self.recorded_by();
        self.record(id, |captured, outing| {
            let (filed, by) = (draft.clone(), by.clone());
            Body::Addition(WireRecorded { id, captured, filed, outing: Some(outing), by })
        })
    }

    /// Records that a request is taken back.
    pub fn record_withdrawal(&mut self, mut draft: WithdrawalDraft) -> Result<Recorded, StandError> {
        let id = self.filed_or_drawn(&mut draft.id)?;
        draft.clone().check().map_err(StandError::Input)?;
        let by = self.recorded_by();
        self.record(id, |captured, outing| {
            let (filed, by) = (draft.clone(), by.clone());
            Body::Withdrawal(WireRecorded { id, captured, filed, outing: Some(outing), by })
        })
    }

    /// Records that an earlier entry is void.
    pub fn record_void(&mut self, mut draft: VoidDraft) -> Result<Recorded, StandError> {
        let id = self.filed_or_drawn(&mut draft.id)?;
        draft.clone().check().map_err(StandError::Input)?;
        let by = self.recorded_by();
        self.record(id, |captured, outing| {
            let (filed, by) = (draft.clone(), by.clone());
            Body::Void(WireRecorded { id, captured, filed, outing: Some(outing), by })
        })
    }

    /// Records what somebody looked for in the catalogue and did not find: the office adds what many miss.
    pub fn record_wanted(&mut self, mut draft: WantedDraft) -> Result<Recorded, StandError> {
        let id = self.filed_or_drawn(&mut draft.id)?;
        draft.clone().check().map_err(StandError::Input)?;
        let by = self.recorded_by();
        self.record(id, |captured, outing| {
            let (filed, by) = (draft.clone(), by.clone());
            Body::Wanted(WireRecorded { id, captured, filed, outing: Some(outing), by })
        })
    }

    fn record(
        &mut self,
        id: Uuid,
        body: impl Fn(domain::Captured, u64) -> Body,
    ) -> Result<Recorded, StandError> {
        let captured = self.captured_now();
        let appended = self.or_in_new_ledger(|stand| {
            let make = |outing| body(captured, outing);
            stand.ledger.append(id, captured, &mut stand.sealer, &mut stand.chance, make)
        })?;
        Ok(match appended {
            Appended::New(at) => Recorded::new(id, at, captured),
            Appended::Known(at) => Recorded::known(id, at),
        })
    }

    pub(crate) fn filed_or_drawn(&mut self, filed: &mut Option<String>) -> Result<Uuid, StandError> {
        let now = self.now();
        if let Some(text) = filed {
            return Uuid::parse_str(text.trim()).map_err(|_| {
                StandError::Input(vec![domain::FieldError::at("id", domain::ErrorCode::InvalidUuid)])
            });
        }
        let id = self.draw_id(now);
        *filed = Some(id.to_string());
        Ok(id)
    }

    /// A UUID of version 7 (RFC 9562, section 5.7): in the order of time, and unguessable.
    pub(crate) fn draw_id(&mut self, now: DateTime<Utc>) -> Uuid {
        let mut random = [0; 10];
        self.chance.fill_bytes(&mut random);
        let unix_ms = u64::try_from(now.timestamp_millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(unix_ms, &random).into_uuid()
    }

    /// What the citizen is promised: none where no answer was asked for; a paper counts from its own date, and anything
    /// else from when it likely was. A clock that jumped ahead would else put an answer off by as much.
    fn promise(&self, request: &Request, captured: &Captured) -> Result<Option<Due>, StandError> {
        if request.answer_by() == AnswerWay::None {
            return Ok(None);
        }
        let captured = self.nearest_plausible(captured.likely_unix_ms());
        let presented = request.paper_at().map_or(captured, |paper| paper.to_utc());
        let both = domain::deadlines(presented, request.comuna(), ANSWER_WORKING_DAYS, &self.calendar)?;
        Ok(Some(Due {
            promise_days: days_since_1970(both.promise.due_on()),
            legal_days: days_since_1970(both.legal.due_on()),
        }))
    }

    /// The deadline of a request of this machine; none where no answer was asked for.
    pub fn explain_due(&self, folio: Folio) -> Result<Option<DueExplained>, StandError> {
        let row = self.row(folio)?;
        let Some(due) = row.due else { return Ok(None) };
        let paper = row.paper_at.as_deref().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
        let captured = DateTime::from_timestamp(row.captured_unix_s, 0).unwrap_or_default();
        let presented = paper.map_or(captured, |paper| paper.to_utc());
        let again = domain::deadlines(presented, row.comuna, ANSWER_WORKING_DAYS, &self.calendar).ok();
        let (promise, legal) = (date_of(due.promise_days), date_of(due.legal_days));
        let agrees = |both: &Deadlines| both.promise.due_on() == promise && both.legal.due_on() == legal;
        let working = again.filter(agrees).map(|both| both.promise.working().clone());
        Ok(Some(DueExplained { promise, legal, working }))
    }

    pub(crate) fn answer(
        &self,
        row: &RequestRow,
        claim: Option<&ClaimKey>,
        notes: Vec<Note>,
    ) -> Result<RequestAnswer, StandError> {
        Ok(RequestAnswer {
            id: row.id.to_string(),
            folio: row.folio.to_string(),
            epoch: row.epoch.to_string(),
            seq: row.seq,
            captured_at: local_rfc3339(row.comuna, row.captured_unix_s),
            paper_at: row.paper_at.clone(),
            due_on: row.due.map(|due| date_of(due.promise_days)),
            due_on_legal: row.due.map(|due| date_of(due.legal_days)),
            receipt: self.receipt_address(row, claim)?,
            control_code: claim.map(|claim| claim.control_code().to_string()),
            copy: claim.is_none(),
            notes,
        })
    }

    /// The request with this folio.
    pub(crate) fn row(&self, folio: Folio) -> Result<RequestRow, StandError> {
        self.ledger.request_by_folio(folio)?.ok_or(StandError::UnknownFolio)
    }
}

/// A time in the local time of a place, RFC 3339.
pub(crate) fn local_rfc3339(comuna: Comuna, unix_s: i64) -> String {
    let instant = DateTime::from_timestamp(unix_s, 0).unwrap_or_default();
    comuna.local_time(instant).to_rfc3339_opts(SecondsFormat::Secs, false)
}

const EPOCH_DAYS_FROM_CE: i32 = 719_163;

/// A deadline with its working.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueExplained {
    /// What the office promises.
    pub promise: NaiveDate,
    /// What the law allows at most.
    pub legal: NaiveDate,
    /// How the promise comes about. None where the clock was wrong: what was counted from stands in the sealed record
    /// alone, and the office shows it.
    pub working: Option<Working>,
}

/// The day count of a date.
pub(crate) fn days_since_1970(date: NaiveDate) -> i32 {
    date.num_days_from_ce().saturating_sub(EPOCH_DAYS_FROM_CE)
}

/// The date of a day count; days of a promise are never before 1970.
pub(crate) fn date_of(days: i32) -> NaiveDate {
    let days = Days::new(u64::try_from(days).unwrap_or_default());
    DateTime::<Utc>::UNIX_EPOCH.date_naive().checked_add_days(days).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_survives_as_a_number_of_days() {
        for text in ["1970-01-01", "2024-02-29", "2026-12-04", "2100-12-31"] {
            let date: NaiveDate = text.parse().unwrap();
            assert_eq!(date_of(days_since_1970(date)), date);
        }
    }
}
