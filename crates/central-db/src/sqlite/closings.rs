//! Writing closings down, and counting what was opened of each.
//!
//! An outing lies on the path that leads from the ledger's beginning to its closing: on a branch's own entries and,
//! before its base, on its parent's. Each stretch of that path is counted by key.

use domain::{Kind, Outcome};
use rusqlite::{Connection, OptionalExtension as _, Params, Row, params};
use wire::counts::{Counted, OutingCounts};
use wire::{DeviceId, Epoch, Hash};

use super::columns::{count, entry_id, int, told};
use crate::branch::BranchId;
use crate::closings::{Closing, ClosingName, ClosingState, OpenOuting};
use crate::error::StoreError;
use crate::opening::EntryId;

pub(super) fn store_outing(
    db: &Connection,
    id: EntryId,
    (comuna, place_kind): (Option<&str>, Option<&str>),
    captured_unix_s: i64,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO outings (device, epoch, branch, seq, comuna, place_kind, captured_unix_s)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (device, epoch, branch, seq) DO NOTHING",
    )?
    .execute(params![
        id.device.0,
        id.epoch.0,
        id.branch.0,
        int(id.seq),
        comuna.unwrap_or_default(),
        place_kind.unwrap_or_default(),
        captured_unix_s
    ])?;
    Ok(())
}

pub(super) fn store_closing(
    db: &Connection,
    id: EntryId,
    opened_seq: u64,
    stated: &[(Counted, u64)],
    captured_unix_s: i64,
) -> rusqlite::Result<()> {
    let (device, epoch, branch, seq) = (id.device.0, id.epoch.0, id.branch.0, int(id.seq));
    db.prepare_cached(
        "INSERT INTO closings (device, epoch, branch, seq, opened_seq, captured_unix_s)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (device, epoch, branch, seq) DO NOTHING",
    )?
    .execute(params![device, epoch, branch, seq, int(opened_seq), captured_unix_s])?;
    let mut counts = db.prepare_cached(
        "INSERT INTO closing_counts (device, epoch, branch, seq, what, stated) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (device, epoch, branch, seq, what) DO NOTHING",
    )?;
    for (what, stated) in stated {
        counts.execute(params![device, epoch, branch, seq, what.code(), int(*stated)])?;
    }
    Ok(())
}

pub(super) fn store_encounter(db: &Connection, id: EntryId, outcome: &str) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO encounters (device, epoch, branch, seq, outcome) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (device, epoch, branch, seq) DO NOTHING",
    )?
    .execute(params![id.device.0, id.epoch.0, id.branch.0, int(id.seq), outcome])?;
    Ok(())
}

pub(super) fn store_profile(db: &Connection, id: EntryId, profile_id: [u8; 16]) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO profiles (device, epoch, branch, seq, profile_id) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (device, epoch, branch, seq) DO NOTHING",
    )?
    .execute(params![id.device.0, id.epoch.0, id.branch.0, int(id.seq), profile_id])?;
    Ok(())
}

pub(super) fn store_resting_copy(db: &Connection, id: EntryId, rested_in: Epoch) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO resting_copies (device, epoch, branch, seq, rested_in) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (device, epoch, branch, seq) DO NOTHING",
    )?
    .execute(params![id.device.0, id.epoch.0, id.branch.0, int(id.seq), rested_in.0])?;
    Ok(())
}

/// A branch as far as counting needs it.
#[derive(Debug, Clone, Copy)]
struct Span {
    id: BranchId,
    parent: BranchId,
    base: u64,
    count: u64,
    head: Hash,
    opened: u64,
}

/// Entries of one branch's own, first and last.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    branch: BranchId,
    first: u64,
    last: u64,
    opened: u64,
}

fn spans(db: &Connection, device: DeviceId, epoch: Epoch) -> rusqlite::Result<Vec<Span>> {
    let mut statement = db.prepare_cached(
        "SELECT branch, parent, base, count, head, opened FROM branches WHERE device = ?1 AND epoch = ?2
         ORDER BY ordinal",
    )?;
    let rows = statement.query_map(params![device.0, epoch.0], |row| {
        Ok(Span {
            id: BranchId(row.get(0)?),
            parent: BranchId(row.get(1)?),
            base: count(row.get(2)?),
            count: count(row.get(3)?),
            head: Hash(row.get(4)?),
            opened: count(row.get(5)?),
        })
    })?;
    rows.collect()
}

/// The stretches of a path that hold the entries `first ..= last`, from a branch towards its ancestors.
fn stretches(spans: &[Span], from: Span, first: u64, last: u64) -> Vec<Stretch> {
    let (mut found, mut span, mut last) = (Vec::new(), from, last);
    // A branch's parent was met before it, so that this ends.
    for _ in 0..=spans.len() {
        let begins = first.max(span.base.saturating_add(1));
        if begins <= last {
            found.push(Stretch { branch: span.id, first: begins, last, opened: span.opened });
        }
        last = last.min(span.base);
        if first > last {
            break;
        }
        match spans.iter().find(|other| other.id == span.parent) {
            Some(parent) if parent.id != span.id => span = *parent,
            _ => break,
        }
    }
    found
}

pub(super) fn state(db: &Connection, name: &ClosingName) -> Result<ClosingState, StoreError> {
    let told = told("looking at a closing");
    let spans = spans(db, name.device, name.epoch).map_err(&told)?;
    let mut own = db
        .prepare_cached(
            "SELECT 1 FROM entries WHERE device = ?1 AND epoch = ?2 AND branch = ?3 AND seq = ?4 AND hash = ?5",
        )
        .map_err(&told)?;
    for span in &spans {
        let key = params![name.device.0, name.epoch.0, span.id.0, int(name.closed), name.hash.0];
        if own.exists(key).map_err(&told)? {
            let (device, epoch) = (name.device, name.epoch);
            let id = EntryId { device, epoch, branch: span.id, seq: name.closed };
            return of_entry(db, &spans, *span, id, name.hash).map_err(&told);
        }
    }
    Ok(ClosingState::Unknown)
}

fn of_entry(
    db: &Connection,
    spans: &[Span],
    span: Span,
    id: EntryId,
    hash: Hash,
) -> rusqlite::Result<ClosingState> {
    if span.opened < id.seq {
        return Ok(ClosingState::NotOpened);
    }
    let mut statement = db.prepare_cached(
        "SELECT opened_seq, captured_unix_s FROM closings
         WHERE device = ?1 AND epoch = ?2 AND branch = ?3 AND seq = ?4",
    )?;
    let key = params![id.device.0, id.epoch.0, id.branch.0, int(id.seq)];
    let found = statement.query_row(key, |row| Ok((count(row.get(0)?), row.get(1)?))).optional()?;
    let Some((opened_seq, captured_unix_s)) = found else { return Ok(ClosingState::NoClosing) };
    let path = stretches(spans, span, opened_seq, id.seq);
    if path.iter().any(|stretch| stretch.opened < stretch.last) {
        return Ok(ClosingState::NotOpened);
    }
    let own = |span: &Span| span.count.saturating_sub(span.base);
    let all = spans.iter().fold(0_u64, |sum, span| sum.saturating_add(own(span)));
    let mut closing = Closing {
        id,
        hash,
        opened_seq,
        opened_unix_s: None,
        captured_unix_s,
        comuna: None,
        place_kind: None,
        stated: stated(db, id)?,
        counts: OutingCounts::default(),
        quarantined: 0,
        unopened: 0,
        profiles_twice: 0,
        count: span.count,
        head: span.head,
        apart: all.saturating_sub(span.count),
    };
    for stretch in &path {
        add(db, &mut closing, stretch)?;
    }
    Ok(ClosingState::Opened(Box::new(closing)))
}

fn stated(db: &Connection, id: EntryId) -> rusqlite::Result<Vec<(Counted, u64)>> {
    let mut statement = db.prepare_cached(
        "SELECT what, stated FROM closing_counts
         WHERE device = ?1 AND epoch = ?2 AND branch = ?3 AND seq = ?4 ORDER BY what",
    )?;
    let key = params![id.device.0, id.epoch.0, id.branch.0, int(id.seq)];
    let rows = statement.query_map(key, |row| Ok((Counted::from_code(row.get(0)?), count(row.get(1)?))))?;
    rows.collect()
}

/// The entries of a stretch.
const WHERE: &str = "device = ?1 AND epoch = ?2 AND branch = ?3 AND seq BETWEEN ?4 AND ?5";

/// Counts one stretch of the outing.
fn add(db: &Connection, closing: &mut Closing, stretch: &Stretch) -> rusqlite::Result<()> {
    let (device, epoch) = (closing.id.device.0, closing.id.epoch.0);
    let key = params![device, epoch, stretch.branch.0, int(stretch.first), int(stretch.last)];
    let by_word = |table: &str, column: &str| -> rusqlite::Result<Vec<(String, u64)>> {
        let sql = format!("SELECT {column}, count(*) FROM {table} WHERE {WHERE} GROUP BY {column}");
        let mut statement = db.prepare_cached(&sql)?;
        statement.query_map(key, |row| Ok((row.get(0)?, count(row.get(1)?))))?.collect()
    };
    for (word, count) in by_word("encounters", "outcome")? {
        if let Some(outcome) = Outcome::parse(&word) {
            closing.counts.add_outcome(outcome, count);
        }
    }
    for (word, count) in by_word("requests", "kind")? {
        if let Some(kind) = Kind::parse(&word) {
            closing.counts.add_kind(kind, count);
        }
    }
    for (word, count) in by_word("follow_ups", "what")? {
        let slot = match word.as_str() {
            "addition" => &mut closing.counts.additions,
            "withdrawal" => &mut closing.counts.withdrawals,
            _ => &mut closing.counts.voids,
        };
        *slot = slot.saturating_add(count);
    }
    let one = |sql: String| number(db, &sql, key);
    let more = |slot: &mut u64, count: u64| *slot = slot.saturating_add(count);
    more(&mut closing.counts.profiles, one(format!("SELECT count(*) FROM profiles WHERE {WHERE}"))?);
    more(
        &mut closing.profiles_twice,
        one(format!(
            "SELECT count(*) FROM profiles p WHERE {WHERE}
             AND (SELECT count(*) FROM profiles o WHERE o.profile_id = p.profile_id
                  AND NOT EXISTS (SELECT 1 FROM resting_copies c
                                  WHERE c.device = o.device AND c.epoch = o.epoch)) > 1"
        ))?,
    );
    more(
        &mut closing.quarantined,
        one(format!("SELECT count(*) FROM entries WHERE {WHERE} AND quarantine <> ''"))?,
    );
    more(&mut closing.unopened, one(format!("SELECT count(*) FROM opening_failures WHERE {WHERE}"))?);
    if (stretch.first..=stretch.last).contains(&closing.opened_seq) {
        let mut statement = db.prepare_cached(
            "SELECT comuna, place_kind, captured_unix_s FROM outings
             WHERE device = ?1 AND epoch = ?2 AND branch = ?3 AND seq = ?4",
        )?;
        let key = params![device, epoch, stretch.branch.0, int(closing.opened_seq)];
        let found =
            statement.query_row(key, |row| Ok((said(row, 0)?, said(row, 1)?, row.get(2)?))).optional()?;
        if let Some((comuna, place_kind, captured_unix_s)) = found {
            (closing.comuna, closing.place_kind) = (comuna, place_kind);
            closing.opened_unix_s = Some(captured_unix_s);
        }
    }
    Ok(())
}

/// What was filed, where it was.
fn said(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<String>> {
    Ok(Some(row.get(column)?).filter(|text: &String| !text.is_empty()))
}

fn number(db: &Connection, sql: &str, key: impl Params) -> rusqlite::Result<u64> {
    db.prepare_cached(sql)?.query_row(key, |row| row.get(0)).map(count)
}

/// Every closing that was opened, the newest first.
pub(super) fn list(db: &Connection) -> Result<Vec<Closing>, StoreError> {
    let told = told("listing closings");
    let mut statement = db
        .prepare_cached(
            "SELECT c.device, c.epoch, c.branch, c.seq, e.hash FROM closings c
             JOIN entries e ON e.device = c.device AND e.epoch = c.epoch AND e.branch = c.branch AND e.seq = c.seq
             ORDER BY c.captured_unix_s DESC, c.device, c.epoch, c.branch, c.seq DESC",
        )
        .map_err(&told)?;
    let rows = statement.query_map([], |row| Ok((entry_id(row)?, Hash(row.get(4)?)))).map_err(&told)?;
    let mut closings = Vec::new();
    for row in rows {
        let (id, hash) = row.map_err(&told)?;
        let spans = spans(db, id.device, id.epoch).map_err(&told)?;
        let Some(span) = spans.iter().find(|span| span.id == id.branch) else { continue };
        if let ClosingState::Opened(closing) = of_entry(db, &spans, *span, id, hash).map_err(&told)? {
            closings.push(*closing);
        }
    }
    Ok(closings)
}

/// How many things of a kind came in copies of what rested in the ledger of `o`, each once, and in no other ledger: what
/// came at a closing after all is counted there.
fn resting(table: &str, id: &str) -> String {
    format!(
        "(SELECT count(DISTINCT r.{id}) FROM resting_copies c
          JOIN {table} r ON r.device = c.device AND r.epoch = c.epoch
          WHERE c.device = o.device AND c.rested_in = o.epoch
            AND NOT EXISTS (SELECT 1 FROM {table} placed WHERE placed.{id} = r.{id}
                            AND NOT EXISTS (SELECT 1 FROM resting_copies d
                                            WHERE d.device = placed.device AND d.epoch = placed.epoch)))"
    )
}

/// Outings of which no closing has come, on the branch where they were opened or on one that leaves it later.
pub(super) fn open(db: &Connection) -> Result<Vec<OpenOuting>, StoreError> {
    let told = told("listing outings without a closing");
    let mut statement = db
        .prepare_cached(&format!(
            "SELECT o.device, o.epoch, o.branch, o.seq, o.comuna, o.place_kind, o.captured_unix_s,
                    b.count - o.seq, {}, {}
             FROM outings o
             JOIN branches b ON b.device = o.device AND b.epoch = o.epoch AND b.branch = o.branch
             WHERE NOT EXISTS (SELECT 1 FROM closings c WHERE c.device = o.device AND c.epoch = o.epoch
                               AND c.opened_seq = o.seq)
             ORDER BY o.captured_unix_s DESC, o.device, o.epoch, o.branch, o.seq",
            resting("profiles", "profile_id"),
            resting("survey_answers", "answer"),
        ))
        .map_err(&told)?;
    let rows = statement.query_map([], |row| {
        Ok(OpenOuting {
            id: entry_id(row)?,
            comuna: said(row, 4)?,
            place_kind: said(row, 5)?,
            captured_unix_s: row.get(6)?,
            since: count(row.get(7)?),
            resting_profiles: count(row.get(8)?),
            resting_answers: count(row.get(9)?),
        })
    });
    rows.and_then(Iterator::collect).map_err(&told)
}
