//! Requests by due date, by number and by proof.

use chrono::NaiveDate;
use domain::{Certainty, Folio};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::columns::{count, entry_id, int, quarantine, told};
use crate::error::StoreError;
use crate::opening::{EntryId, FollowUp, RequestLine};
use crate::requests::{FollowUpLine, Proof, Request, RequestFilter, State};

/// A withdrawal that is quarantined, or came without this request's control code, changes nothing. A void means the record of its own branch, or of the part
/// that its branch shares; one from a later ledger of the stand means every branch.
const REQUEST: &str = "SELECT r.device, r.epoch, r.branch, r.seq, r.folio, r.kind, r.comuna, r.answer_by, r.captured_unix_s,
        r.certainty, r.paper_at, r.received_unix_s, r.due_days, r.due_legal_days, r.status_token, r.control_tag,
        r.quarantine,
        EXISTS (SELECT 1 FROM follow_ups f WHERE f.folio = r.folio AND f.what = 'withdrawal' AND f.quarantine = ''
                AND f.control_tag = r.control_tag),
        EXISTS (SELECT 1 FROM follow_ups v
                WHERE v.device = r.device AND v.target_epoch = r.epoch AND v.target_seq = r.seq AND v.what = 'void'
                AND (v.epoch <> r.epoch OR v.branch = r.branch
                     OR EXISTS (SELECT 1 FROM branches b WHERE b.device = v.device AND b.epoch = v.epoch
                                AND b.branch = v.branch AND b.base >= r.seq))),
        EXISTS (SELECT 1 FROM follow_ups w WHERE w.folio = r.folio AND w.what = 'withdrawal')
     FROM requests r";

fn request(row: &Row<'_>) -> rusqlite::Result<Request> {
    let day = |column| -> rusqlite::Result<Option<NaiveDate>> {
        Ok(row.get::<_, Option<i32>>(column)?.and_then(NaiveDate::from_epoch_days))
    };
    let paper_at: String = row.get(10)?;
    let withdrawn: bool = row.get(17)?;
    Ok(Request {
        id: entry_id(row)?,
        line: RequestLine {
            // Both were valid when they were written; a damaged file shows in `check`.
            folio: Folio::from_number(count(row.get(4)?))
                .or_else(|_| Folio::from_number(0))
                .map_err(|_| rusqlite::Error::InvalidQuery)?,
            kind: row.get(5)?,
            comuna: row.get(6)?,
            answer_by: row.get(7)?,
            captured_unix_s: row.get(8)?,
            certainty: Certainty::parse(row.get_ref(9)?.as_str()?).unwrap_or(Certainty::Unconfirmed),
            paper_at: (!paper_at.is_empty()).then_some(paper_at),
            due_on: day(12)?,
            due_on_legal: day(13)?,
            status_token: row.get(14)?,
            control_tag: row.get(15)?,
        },
        received_unix_s: count(row.get(11)?),
        quarantine: quarantine(row.get_ref(16)?.as_str()?),
        state: if withdrawn { State::Withdrawn } else { State::Received },
        withdrawal_waits: !withdrawn && row.get(19)?,
        voided: row.get(18)?,
    })
}

pub(super) fn list(db: &Connection, filter: &RequestFilter) -> Result<Vec<Request>, StoreError> {
    let told = told("listing requests");
    let sql = format!(
        "{REQUEST} WHERE (?1 IS NULL OR r.due_days <= ?1) AND (NOT ?2 OR r.quarantine <> '')
         ORDER BY r.due_days IS NULL, r.due_days, r.captured_unix_s, r.device, r.epoch, r.branch, r.seq"
    );
    let until = filter.due_until.map(|day| day.to_epoch_days());
    let mut statement = db.prepare_cached(&sql).map_err(&told)?;
    let rows = statement.query_map(params![until, filter.quarantined_only], request);
    rows.and_then(Iterator::collect).map_err(&told)
}

pub(super) fn by_folio(db: &Connection, folio: Folio) -> Result<Vec<Request>, StoreError> {
    let told = told("finding a request by its number");
    let sql = format!(
        "{REQUEST} WHERE r.folio = ?1 ORDER BY r.captured_unix_s, r.device, r.epoch, r.branch, r.seq"
    );
    let mut statement = db.prepare_cached(&sql).map_err(&told)?;
    statement.query_map([int(folio.number())], request).and_then(Iterator::collect).map_err(&told)
}

pub(super) fn by_proof(db: &Connection, proof: Proof) -> Result<Option<Request>, StoreError> {
    let told = told("finding a request by its proof");
    let (column, value): (_, &[u8]) = match &proof {
        Proof::Token(token) => ("status_token", token),
        Proof::Control(tag) => ("control_tag", tag),
    };
    // A forked ledger can bring one record on two branches; the one that came in the ordinary way is shown.
    let sql =
        format!("{REQUEST} WHERE r.{column} = ?1 ORDER BY r.quarantine <> '', r.received_unix_s LIMIT 1");
    let mut statement = db.prepare_cached(&sql).map_err(&told)?;
    statement.query_row([value], request).optional().map_err(&told)
}

pub(super) fn follow_ups(db: &Connection, request: EntryId) -> Result<Vec<FollowUpLine>, StoreError> {
    let told = told("listing what follows on a request");
    let mut statement = db
        .prepare_cached(
            "SELECT f.device, f.epoch, f.branch, f.seq, f.what, f.captured_unix_s, f.received_unix_s, f.quarantine,
                 f.control_tag = r.control_tag
             FROM requests r
             JOIN follow_ups f ON f.folio = r.folio
                 OR (f.device = r.device AND f.target_epoch = r.epoch AND f.target_seq = r.seq)
             WHERE r.device = ?1 AND r.epoch = ?2 AND r.branch = ?3 AND r.seq = ?4
             ORDER BY f.captured_unix_s, f.device, f.epoch, f.branch, f.seq",
        )
        .map_err(&told)?;
    let key = params![request.device.0, request.epoch.0, request.branch.0, int(request.seq)];
    let rows = statement.query_map(key, |row| {
        Ok(FollowUpLine {
            id: entry_id(row)?,
            what: FollowUp::from_name(row.get_ref(4)?.as_str()?).unwrap_or(FollowUp::Addition),
            captured_unix_s: row.get(5)?,
            received_unix_s: count(row.get(6)?),
            quarantine: quarantine(row.get_ref(7)?.as_str()?),
            proven: row.get(8)?,
        })
    });
    rows.and_then(Iterator::collect).map_err(&told)
}
