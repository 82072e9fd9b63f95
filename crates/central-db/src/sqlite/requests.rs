//! Requests by due date, by number and by proof.

use chrono::NaiveDate;
use domain::{Certainty, Folio};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::columns::{count, entry_id, int, quarantine, space, told};
use crate::cursor::RequestCursor;
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
        EXISTS (SELECT 1 FROM follow_ups w WHERE w.folio = r.folio AND w.what = 'withdrawal'),
        (SELECT d.space FROM devices d WHERE d.device = r.device)
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
        space: space(row, 20)?,
        received_unix_s: count(row.get(11)?),
        quarantine: quarantine(row.get_ref(16)?.as_str()?),
        state: if withdrawn { State::Withdrawn } else { State::Received },
        withdrawal_waits: !withdrawn && row.get(19)?,
        voided: row.get(18)?,
    })
}

// A page of each half of the list: what is due, then what is not. Both walk an index from the cursor on, and never
// sort; a test reads how SQLite answers them.
const DUE: &str =
    "WHERE r.due_days IS NOT NULL AND (?1 IS NULL OR r.due_days <= ?1) AND (NOT ?2 OR r.quarantine <> '')
     AND (?10 IS NULL OR (SELECT d.space FROM devices d WHERE d.device = r.device) = ?10)
     AND (r.due_days, r.captured_unix_s, r.device, r.epoch, r.branch, r.seq) > (?3, ?4, ?5, ?6, ?7, ?8)
     ORDER BY r.due_days, r.captured_unix_s, r.device, r.epoch, r.branch, r.seq LIMIT ?9";
const WITHOUT_DUE: &str = "WHERE r.due_days IS NULL AND ?1 IS NULL AND (NOT ?2 OR r.quarantine <> '')
     AND (?10 IS NULL OR (SELECT d.space FROM devices d WHERE d.device = r.device) = ?10)
     AND (r.captured_unix_s, r.device, r.epoch, r.branch, r.seq) > (?4, ?5, ?6, ?7, ?8) AND ?3 IS NOT NULL
     ORDER BY r.captured_unix_s, r.device, r.epoch, r.branch, r.seq LIMIT ?9";

pub(super) fn list(db: &Connection, filter: &RequestFilter) -> Result<Vec<Request>, StoreError> {
    let told = told("listing requests");
    let limit = filter.limit.unwrap_or(usize::MAX);
    let mut found = Vec::new();
    if filter.after.is_none_or(|after| after.due_on.is_some()) {
        found = page(db, DUE, filter, filter.after, limit).map_err(&told)?;
    }
    let left = limit.saturating_sub(found.len());
    if left > 0 {
        let after = filter.after.filter(|after| after.due_on.is_none());
        found.extend(page(db, WITHOUT_DUE, filter, after, left).map_err(&told)?);
    }
    Ok(found)
}

fn page(
    db: &Connection,
    half: &str,
    filter: &RequestFilter,
    after: Option<RequestCursor>,
    limit: usize,
) -> rusqlite::Result<Vec<Request>> {
    let days = |day: NaiveDate| i64::from(day.to_epoch_days());
    // Before everything: smaller than any day, time and id that there is.
    let due = after.map_or(i64::MIN, |after| after.due_on.map_or(0, days));
    let captured = after.map_or(i64::MIN, |after| after.captured_unix_s);
    let nothing: &[u8] = &[];
    let id = after.as_ref().map(|after| &after.id);
    let mut statement = db.prepare_cached(&format!("{REQUEST} {half}"))?;
    let rows = statement.query_map(
        params![
            filter.due_until.map(days),
            filter.quarantined_only,
            due,
            captured,
            id.map_or(nothing, |id| &id.device.0),
            id.map_or(nothing, |id| &id.epoch.0),
            id.map_or(nothing, |id| &id.branch.0),
            id.map_or(0, |id| int(id.seq)),
            i64::try_from(limit).unwrap_or(i64::MAX),
            filter.space.map(domain::Space::as_str),
        ],
        request,
    )?;
    rows.collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_walks_an_index_and_sorts_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let db = super::super::file::open(&folder.path().join("central.sqlite")).unwrap();
        for half in [DUE, WITHOUT_DUE] {
            let mut plan = db.prepare(&format!("EXPLAIN QUERY PLAN {REQUEST} {half}")).unwrap();
            let nothing = vec![rusqlite::types::Null; plan.parameter_count()];
            let steps: Vec<String> = plan
                .query_map(rusqlite::params_from_iter(nothing), |row| row.get(3))
                .and_then(Iterator::collect)
                .unwrap();
            let walks = steps.iter().any(|step| step.starts_with("SEARCH r USING INDEX request_by_due"));
            assert!(walks && !steps.iter().any(|step| step.contains("TEMP B-TREE")), "{steps:?}");
        }
    }
}
