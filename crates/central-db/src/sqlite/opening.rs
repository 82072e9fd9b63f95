//! Entries that wait to be opened, and what became of opening them.

use domain::Folio;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use wire::{EntryKind, Epoch, KeyId};

use super::closings;
use super::columns::{count, entry_id, int, quarantine, quarantine_text, told};
use super::surveys;
use crate::error::StoreError;
use crate::files::AttachmentFound;
use crate::opening::{EntryId, FollowUp, Found, Opened, OpeningFailure, RequestLine, SealedEntry};

const ENTRY: &str = "SELECT e.device, e.epoch, e.branch, e.seq, e.kind, e.key_id, e.dictionary, e.sealed,
        e.received_unix_s, e.quarantine FROM entries e";

fn sealed_entry(row: &Row<'_>) -> rusqlite::Result<SealedEntry> {
    Ok(SealedEntry {
        id: entry_id(row)?,
        kind: EntryKind(row.get(4)?),
        key_id: KeyId(row.get(5)?),
        dictionary: row.get(6)?,
        sealed: row.get(7)?,
        received_unix_s: count(row.get(8)?),
        quarantine: quarantine(row.get_ref(9)?.as_str()?),
    })
}

pub(super) fn unopened(db: &Connection, limit: usize) -> Result<Vec<SealedEntry>, StoreError> {
    let told = told("listing unopened entries");
    let sql = format!(
        "{ENTRY} JOIN branches b ON b.device = e.device AND b.epoch = e.epoch AND b.branch = e.branch
         WHERE b.opened < b.count AND e.seq > b.opened
         ORDER BY e.device, e.epoch, e.branch, e.seq LIMIT ?1"
    );
    let mut statement = db.prepare_cached(&sql).map_err(&told)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    statement.query_map([limit], sealed_entry).and_then(Iterator::collect).map_err(&told)
}

pub(super) fn entry(db: &Connection, id: EntryId) -> Result<Option<SealedEntry>, StoreError> {
    let told = told("reading an entry");
    let sql = format!("{ENTRY} WHERE e.device = ?1 AND e.epoch = ?2 AND e.branch = ?3 AND e.seq = ?4");
    let mut statement = db.prepare_cached(&sql).map_err(&told)?;
    let key = params![id.device.0, id.epoch.0, id.branch.0, int(id.seq)];
    statement.query_row(key, sealed_entry).optional().map_err(&told)
}

/// Two openers may bring the same entries at once: every row stands once, and a branch's mark moves only over
/// what joins on to it.
pub(super) fn store(db: &Connection, opened: &[Opened], now_unix_s: u64) -> Result<(), StoreError> {
    let told = told("writing down what was opened");
    for one in opened {
        match &one.found {
            Found::Request(line) => store_request(db, one, line),
            Found::About { what, folio, control_tag, captured_unix_s } => {
                let meant = Meant::Folio(*folio, *control_tag);
                store_follow_up(db, one, *what, &meant, *captured_unix_s)
            }
            Found::Void { epoch, seq, captured_unix_s } => {
                store_follow_up(db, one, FollowUp::Void, &Meant::Entry(*epoch, *seq), *captured_unix_s)
            }
            Found::Wanted { captured_unix_s } => store_wanted(db, one.id, *captured_unix_s),
            Found::Attachment(found) => store_attachment(db, one.id, found),
            Found::OutingOpened { comuna, place_kind, captured_unix_s } => {
                let place = (comuna.as_deref(), place_kind.as_deref());
                closings::store_outing(db, one.id, place, *captured_unix_s)
            }
            Found::Closing { opened_seq, stated, captured_unix_s } => {
                closings::store_closing(db, one.id, *opened_seq, stated, *captured_unix_s)
            }
            Found::Encounter { outcome } => closings::store_encounter(db, one.id, outcome),
            Found::Profile { profile_id } => closings::store_profile(db, one.id, *profile_id),
            Found::RestingCopy { rested_in } => closings::store_resting_copy(db, one.id, *rested_in),
            Found::Other => Ok(()),
            Found::UnknownKind(kind) => store_unknown_kind(db, one.id, *kind),
            Found::Failed { why } => store_failure(db, one.id, why, now_unix_s),
        }
        .map_err(&told)?;
        surveys::store(db, one).map_err(&told)?;
        if !matches!(one.found, Found::Failed { .. }) {
            forget_failure(db, one.id).map_err(&told)?;
        }
        if !matches!(one.found, Found::UnknownKind(_)) {
            forget_unknown_kind(db, one.id).map_err(&told)?;
        }
        mark(db, one.id).map_err(&told)?;
    }
    Ok(())
}

fn mark(db: &Connection, id: EntryId) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE branches SET opened = ?4
         WHERE device = ?1 AND epoch = ?2 AND branch = ?3 AND opened = ?4 - 1 AND count >= ?4",
    )?
    .execute(params![id.device.0, id.epoch.0, id.branch.0, int(id.seq)])?;
    Ok(())
}

fn store_request(db: &Connection, one: &Opened, line: &RequestLine) -> rusqlite::Result<()> {
    let days = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_epoch_days());
    db.prepare_cached(
        "INSERT INTO requests (device, epoch, branch, seq, folio, kind, comuna, answer_by, captured_unix_s, certainty,
             paper_at, received_unix_s, due_days, due_legal_days, status_token, control_tag, quarantine)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
         ON CONFLICT (device, epoch, branch, seq) DO NOTHING",
    )?
    .execute(params![
        one.id.device.0,
        one.id.epoch.0,
        one.id.branch.0,
        int(one.id.seq),
        int(line.folio.number()),
        line.kind,
        line.comuna,
        line.answer_by,
        line.captured_unix_s,
        line.certainty.as_str(),
        line.paper_at.as_deref().unwrap_or_default(),
        int(one.received_unix_s),
        days(line.due_on),
        days(line.due_on_legal),
        line.status_token,
        line.control_tag,
        quarantine_text(one.quarantine)
    ])?;
    Ok(())
}

/// What a follow-up is about.
enum Meant {
    /// The request of this number, with the control code's tag.
    Folio(Folio, Option<[u8; 32]>),
    /// An entry of the same stand.
    Entry(Epoch, u64),
}

fn store_follow_up(
    db: &Connection,
    one: &Opened,
    what: FollowUp,
    meant: &Meant,
    captured_unix_s: i64,
) -> rusqlite::Result<()> {
    let nothing: &[u8] = &[];
    let (folio, tag, target_epoch, target_seq) = match meant {
        Meant::Folio(folio, tag) => {
            (Some(int(folio.number())), tag.as_ref().map_or(nothing, |tag| tag), nothing, 0)
        }
        Meant::Entry(epoch, seq) => (None, nothing, epoch.0.as_slice(), int(*seq)),
    };
    db.prepare_cached(
        "INSERT INTO follow_ups (device, epoch, branch, seq, what, folio, control_tag, target_epoch, target_seq,
             captured_unix_s, received_unix_s, quarantine)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
         ON CONFLICT (device, epoch, branch, seq) DO NOTHING",
    )?
    .execute(params![
        one.id.device.0,
        one.id.epoch.0,
        one.id.branch.0,
        int(one.id.seq),
        what.as_str(),
        folio,
        tag,
        target_epoch,
        target_seq,
        captured_unix_s,
        int(one.received_unix_s),
        quarantine_text(one.quarantine)
    ])?;
    Ok(())
}

fn store_wanted(db: &Connection, id: EntryId, captured_unix_s: i64) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO wanted (device, epoch, branch, seq, captured_unix_s) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (device, epoch, branch, seq) DO NOTHING",
    )?
    .execute(params![id.device.0, id.epoch.0, id.branch.0, int(id.seq), captured_unix_s])?;
    Ok(())
}

pub(super) fn wanted(db: &Connection, limit: usize) -> Result<Vec<SealedEntry>, StoreError> {
    let told = told("listing content that is wanted");
    let sql = format!(
        "{ENTRY} JOIN wanted w ON w.device = e.device AND w.epoch = e.epoch AND w.branch = e.branch AND w.seq = e.seq
         ORDER BY w.captured_unix_s DESC, e.device, e.epoch, e.branch, e.seq DESC LIMIT ?1"
    );
    let mut statement = db.prepare_cached(&sql).map_err(&told)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    statement.query_map([limit], sealed_entry).and_then(Iterator::collect).map_err(&told)
}

fn store_attachment(db: &Connection, id: EntryId, found: &AttachmentFound) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO attachments (device, epoch, branch, seq, folio, hash, captured_unix_s)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (device, epoch, branch, seq) DO NOTHING",
    )?
    .execute(params![
        id.device.0,
        id.epoch.0,
        id.branch.0,
        int(id.seq),
        int(found.folio.number()),
        found.hash.0,
        found.captured_unix_s
    ])?;
    Ok(())
}

fn store_failure(db: &Connection, id: EntryId, why: &str, now_unix_s: u64) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO opening_failures (device, epoch, branch, seq, why, tried_unix_s) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (device, epoch, branch, seq) DO UPDATE SET why = excluded.why, tried_unix_s = excluded.tried_unix_s",
    )?
    .execute(params![id.device.0, id.epoch.0, id.branch.0, int(id.seq), why, int(now_unix_s)])?;
    Ok(())
}

fn forget_failure(db: &Connection, id: EntryId) -> rusqlite::Result<()> {
    db.prepare_cached(
        "DELETE FROM opening_failures WHERE device = ?1 AND epoch = ?2 AND branch = ?3 AND seq = ?4",
    )?
    .execute(params![id.device.0, id.epoch.0, id.branch.0, int(id.seq)])?;
    Ok(())
}

fn store_unknown_kind(db: &Connection, id: EntryId, kind: EntryKind) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO unknown_kinds (device, epoch, branch, seq, kind) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (device, epoch, branch, seq) DO NOTHING",
    )?
    .execute(params![id.device.0, id.epoch.0, id.branch.0, int(id.seq), kind.0])?;
    Ok(())
}

fn forget_unknown_kind(db: &Connection, id: EntryId) -> rusqlite::Result<()> {
    db.prepare_cached(
        "DELETE FROM unknown_kinds WHERE device = ?1 AND epoch = ?2 AND branch = ?3 AND seq = ?4",
    )?
    .execute(params![id.device.0, id.epoch.0, id.branch.0, int(id.seq)])?;
    Ok(())
}

pub(super) fn unknown_kinds(db: &Connection) -> Result<Vec<EntryKind>, StoreError> {
    let told = told("listing kinds that were not known");
    let mut statement =
        db.prepare_cached("SELECT DISTINCT kind FROM unknown_kinds ORDER BY kind").map_err(&told)?;
    let rows = statement.query_map([], |row| row.get(0).map(EntryKind));
    rows.and_then(Iterator::collect).map_err(&told)
}

pub(super) fn of_unknown_kind(
    db: &Connection,
    kind: EntryKind,
    limit: usize,
) -> Result<Vec<SealedEntry>, StoreError> {
    let told = told("listing entries of a kind that was not known");
    let sql = format!(
        "{ENTRY} JOIN unknown_kinds u ON u.device = e.device AND u.epoch = e.epoch AND u.branch = e.branch
             AND u.seq = e.seq
         WHERE u.kind = ?1 ORDER BY e.device, e.epoch, e.branch, e.seq LIMIT ?2"
    );
    let mut statement = db.prepare_cached(&sql).map_err(&told)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    statement.query_map(params![kind.0, limit], sealed_entry).and_then(Iterator::collect).map_err(&told)
}

pub(super) fn failures(db: &Connection) -> Result<Vec<OpeningFailure>, StoreError> {
    let told = told("listing dead letters");
    let mut statement = db
        .prepare_cached(
            "SELECT f.device, f.epoch, f.branch, f.seq, e.kind, f.why, f.tried_unix_s
             FROM opening_failures f
             JOIN entries e ON e.device = f.device AND e.epoch = f.epoch AND e.branch = f.branch AND e.seq = f.seq
             ORDER BY f.device, f.epoch, f.branch, f.seq",
        )
        .map_err(&told)?;
    let rows = statement.query_map([], |row| {
        Ok(OpeningFailure {
            id: entry_id(row)?,
            kind: EntryKind(row.get(4)?),
            why: row.get(5)?,
            tried_unix_s: count(row.get(6)?),
        })
    });
    rows.and_then(Iterator::collect).map_err(&told)
}
