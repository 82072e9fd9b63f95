//! Reading what stands in the clear: the day's list, counters, one request's row for its copy.

use domain::{AnswerWay, Certainty, Comuna, Folio, Kind};
use rusqlite::types::{FromSql, FromSqlError};
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use uuid::Uuid;
use wire::body::Due;
use wire::{EntryKind, Epoch, Hash, OutingToken};

use crate::open::Current;
use crate::{At, Ledger, LedgerError, Outing};

/// A request, as far as the stand itself can still tell: everything for a copy of its receipt, nothing personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRow {
    /// The record's id.
    pub id: Uuid,
    /// The ledger.
    pub epoch: Epoch,
    /// The position.
    pub seq: u64,
    /// The request's number.
    pub folio: Folio,
    /// Its kind.
    pub kind: Kind,
    /// How the answer comes.
    pub answer_by: AnswerWay,
    /// Where it was filed.
    pub comuna: Comuna,
    /// When, in seconds since 1970 (UTC).
    pub captured_unix_s: i64,
    /// How sure that time was.
    pub certainty: Certainty,
    /// The paper's date (RFC 3339), when transcribed.
    pub paper_at: Option<String>,
    /// What was promised; none where no answer was asked for.
    pub due: Option<Due>,
    /// The outing's place in the team's words, when the team said one.
    pub place: Option<String>,
    /// SHA-256 of the sealed body.
    pub sealed_hash: Hash,
}

/// What the day's header shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    /// Requests.
    pub requests: u64,
    /// Encounters.
    pub encounters: u64,
    /// All entries.
    pub entries: u64,
    /// Bytes of all sealed bodies still here.
    pub sealed_bytes: u64,
}

const REQUEST_COLUMNS: &str = "
    SELECT records.id, epochs.epoch, requests.seq, requests.folio, requests.kind, requests.answer_by,
           requests.comuna, requests.captured_unix_s, requests.certainty, requests.paper_at,
           requests.due_promise_days, requests.due_legal_days, outing_openings.place, entries.sealed_hash
    FROM requests
    JOIN epochs ON epochs.ordinal = requests.epoch
    JOIN entries ON entries.epoch = requests.epoch AND entries.seq = requests.seq
    JOIN outing_openings
        ON outing_openings.epoch = requests.epoch AND outing_openings.seq = requests.outing_seq
    JOIN records ON records.epoch = requests.epoch AND records.seq = requests.seq";

/// A word of a closed list in a column; anything else means that the file was tampered with or is damaged.
pub(crate) struct Word<T>(pub(crate) T);

macro_rules! words {
    ($($type:ty),+) => {$(
        impl FromSql for Word<$type> {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> Result<Self, FromSqlError> {
                <$type>::parse(value.as_str()?).map(Word).ok_or(FromSqlError::InvalidType)
            }
        }
    )+};
}
words!(Kind, AnswerWay, Certainty);

impl FromSql for Word<Comuna> {
    fn column_result(value: rusqlite::types::ValueRef<'_>) -> Result<Self, FromSqlError> {
        Comuna::by_code(value.as_str()?).map(Word).ok_or(FromSqlError::InvalidType)
    }
}

impl FromSql for Word<Folio> {
    fn column_result(value: rusqlite::types::ValueRef<'_>) -> Result<Self, FromSqlError> {
        let number = u64::column_result(value)?;
        Folio::from_number(number)
            .map(Word)
            .map_err(|_| FromSqlError::OutOfRange(value.as_i64().unwrap_or_default()))
    }
}

fn request_row(row: &Row<'_>) -> rusqlite::Result<RequestRow> {
    let promise: Option<i32> = row.get(10)?;
    let legal: Option<i32> = row.get(11)?;
    Ok(RequestRow {
        id: Uuid::from_bytes(row.get(0)?),
        epoch: Epoch(row.get(1)?),
        seq: row.get(2)?,
        folio: row.get::<_, Word<Folio>>(3)?.0,
        kind: row.get::<_, Word<Kind>>(4)?.0,
        answer_by: row.get::<_, Word<AnswerWay>>(5)?.0,
        comuna: row.get::<_, Word<Comuna>>(6)?.0,
        captured_unix_s: row.get(7)?,
        certainty: row.get::<_, Word<Certainty>>(8)?.0,
        paper_at: row.get(9)?,
        due: promise.zip(legal).map(|(promise_days, legal_days)| Due { promise_days, legal_days }),
        place: row.get(12)?,
        sealed_hash: Hash(row.get(13)?),
    })
}

pub(crate) fn request_at(db: &Connection, ordinal: i64, seq: u64) -> Result<Option<RequestRow>, LedgerError> {
    let sql = format!("{REQUEST_COLUMNS} WHERE requests.epoch = ?1 AND requests.seq = ?2");
    Ok(db.prepare_cached(&sql)?.query_row(params![ordinal, seq], request_row).optional()?)
}

pub(crate) fn find_record(db: &Connection, id: Uuid) -> Result<Option<(i64, u64)>, LedgerError> {
    Ok(db
        .prepare_cached("SELECT epoch, seq FROM records WHERE id = ?1")?
        .query_row([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

pub(crate) fn current(db: &Connection) -> Result<Option<Current>, LedgerError> {
    Ok(db
        .prepare_cached(
            "SELECT newest.ordinal, newest.epoch, newest.genesis, last.seq, last.hash
             FROM (SELECT ordinal, epoch, genesis FROM epochs ORDER BY ordinal DESC LIMIT 1) AS newest
             LEFT JOIN entries AS last
                 ON last.epoch = newest.ordinal
                 AND last.seq = (SELECT max(seq) FROM entries WHERE entries.epoch = newest.ordinal)",
        )?
        .query_row([], |row| {
            let (count, head): (Option<u64>, Option<[u8; 32]>) = (row.get(3)?, row.get(4)?);
            Ok(Current {
                ordinal: row.get(0)?,
                epoch: Epoch(row.get(1)?),
                count: count.unwrap_or_default(),
                head: Hash(match head {
                    Some(head) => head,
                    None => row.get(2)?,
                }),
            })
        })
        .optional()?)
}

pub(crate) fn open_outing(db: &Connection, ordinal: i64) -> Result<Option<Outing>, LedgerError> {
    Ok(db
        .prepare_cached(
            "SELECT opened.seq, opened.opened_unix_s, opened.comuna, opened.place, opened.goal,
                    opened.certainty, opened.team, opened.token, opened.place_kind
             FROM outing_openings AS opened
             WHERE opened.epoch = ?1
               AND NOT EXISTS (SELECT 1 FROM outing_closings AS closed
                               WHERE closed.epoch = opened.epoch AND closed.opened_seq = opened.seq)
             ORDER BY opened.seq DESC LIMIT 1",
        )?
        .query_row([ordinal], outing_row)
        .optional()?)
}

/// An outing from the columns of `outing_openings`, in their order.
pub(crate) fn outing_row(row: &Row<'_>) -> rusqlite::Result<Outing> {
    Ok(Outing {
        seq: row.get(0)?,
        opened_unix_s: row.get(1)?,
        comuna: row.get(2)?,
        place: row.get(3)?,
        goal: row.get(4)?,
        certainty: row.get::<_, Word<Certainty>>(5)?.0,
        team: row
            .get::<_, Option<String>>(6)?
            .map_or_else(Vec::new, |team| team.split_whitespace().map(ToOwned::to_owned).collect()),
        token: row.get::<_, Option<[u8; 16]>>(7)?.map(OutingToken),
        place_kind: row.get(8)?,
    })
}

impl Ledger {
    /// The newest epoch with its count and head.
    pub fn head(&self) -> Result<(Epoch, u64, Hash), LedgerError> {
        let current = self.current()?.ok_or(LedgerError::Sqlite(rusqlite::Error::QueryReturnedNoRows))?;
        Ok((current.epoch, current.count, current.head))
    }

    /// Where the record of this id stands, whatever it is.
    pub fn find(&self, id: Uuid) -> Result<Option<At>, LedgerError> {
        let Some((ordinal, seq)) = find_record(&self.db, id)? else { return Ok(None) };
        let mut statement = self.db.prepare_cached("SELECT epoch FROM epochs WHERE ordinal = ?1")?;
        let epoch = statement.query_row([ordinal], |row| Ok(Epoch(row.get(0)?)))?;
        Ok(Some(At { epoch, seq }))
    }

    /// The request recorded under this id.
    pub fn request_by_id(&self, id: Uuid) -> Result<Option<RequestRow>, LedgerError> {
        match find_record(&self.db, id)? {
            Some((ordinal, seq)) => request_at(&self.db, ordinal, seq),
            None => Ok(None),
        }
    }

    /// The request with this folio.
    pub fn request_by_folio(&self, folio: Folio) -> Result<Option<RequestRow>, LedgerError> {
        let sql = format!("{REQUEST_COLUMNS} WHERE requests.folio = ?1");
        Ok(self.db.prepare_cached(&sql)?.query_row([folio.number()], request_row).optional()?)
    }

    /// The newest requests recorded since a time, newest first, at most `limit`.
    pub fn recent_requests(&self, since_unix_s: i64, limit: u32) -> Result<Vec<RequestRow>, LedgerError> {
        let sql = format!(
            "{REQUEST_COLUMNS} WHERE requests.captured_unix_s >= ?1
             ORDER BY requests.epoch DESC, requests.seq DESC LIMIT ?2"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map(params![since_unix_s, limit], request_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Counters of everything in the file.
    pub fn counters(&self) -> Result<Counters, LedgerError> {
        let mut counters = Counters::default();
        let mut statement = self.db.prepare_cached("SELECT kind, count(*) FROM entries GROUP BY kind")?;
        let rows = statement.query_map([], |row| Ok((EntryKind(row.get(0)?), row.get::<_, u64>(1)?)))?;
        for row in rows {
            let (kind, count) = row?;
            counters.entries = counters.entries.saturating_add(count);
            match kind {
                EntryKind::REQUEST => counters.requests = count,
                EntryKind::ENCOUNTER => counters.encounters = count,
                _ => {}
            }
        }
        counters.sealed_bytes = self
            .db
            .prepare_cached("SELECT coalesce(sum(length(sealed)), 0) FROM bodies")?
            .query_row([], |row| row.get(0))?;
        Ok(counters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_request_is_looked_for_among_all() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(include_str!("../../../migrations/stand/0001_ledger.sql")).unwrap();
        let check = |rest: &str, scanned: &[&str]| {
            let mut plan = db.prepare(&format!("EXPLAIN QUERY PLAN {REQUEST_COLUMNS} {rest}")).unwrap();
            let parameters = vec![0_i64; plan.parameter_count()];
            let steps = plan.query_map(rusqlite::params_from_iter(parameters), |row| row.get::<_, String>(3));
            let steps: Vec<String> = steps.unwrap().collect::<Result<_, _>>().unwrap();
            let not_searched: Vec<&str> =
                steps.iter().map(String::as_str).filter(|step| !step.starts_with("SEARCH ")).collect();
            assert_eq!(not_searched, scanned, "{rest}: {steps:?}");
        };
        check("WHERE requests.epoch = ?1 AND requests.seq = ?2", &[]);
        check("WHERE requests.folio = ?1", &[]);
        // Walks back from the newest, without sorting.
        check(
            "WHERE requests.captured_unix_s >= ?1 ORDER BY requests.epoch DESC, requests.seq DESC LIMIT ?2",
            &["SCAN requests"],
        );
    }
}
