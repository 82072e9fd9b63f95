//! Numbering publications, and keeping them.

use rusqlite::{Connection, Row, params};
use wire::Hash;
use wire::manifest::{Part, PartKind};
use wire::publication::Publication;

use super::columns::{count, int, told};
use crate::error::StoreError;
use crate::publications::{NewPublication, Published, Publishing};

const COLUMNS: &str = "number, content_hash, kind, part_hash, part_bytes, published_unix_s";

pub(super) fn publish(
    db: &Connection,
    new: &NewPublication,
    now_unix_s: u64,
) -> Result<Publishing, StoreError> {
    let told = told("publishing");
    let earlier = list(db, Some(new.kind))?;
    if let Some(known) = earlier.iter().find(|known| known.content == new.content) {
        let last = earlier.first().is_some_and(|last| last.number == known.number);
        return Ok(if last { Publishing::Same(*known) } else { Publishing::Older(*known) });
    }
    let number = earlier.first().map_or(1, |last| last.number.saturating_add(1));
    let bytes = Publication::new(number, now_unix_s, &new.compressed).encode();
    let part =
        Part { kind: new.kind, hash: Hash::of(&bytes), len: u64::try_from(bytes.len()).unwrap_or(u64::MAX) };
    db.execute(
        "INSERT INTO parts (hash, content) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        params![part.hash.0, bytes],
    )
    .map_err(&told)?;
    db.execute(
        "INSERT INTO publications (kind, number, content_hash, part_hash, part_bytes, published_unix_s)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![new.kind.0, int(number), new.content.0, part.hash.0, int(part.len), int(now_unix_s)],
    )
    .map_err(&told)?;
    Ok(Publishing::New(Published { number, content: new.content, part, published_unix_s: now_unix_s }))
}

/// All of a kind or of every kind, the newest first.
pub(super) fn list(db: &Connection, kind: Option<PartKind>) -> Result<Vec<Published>, StoreError> {
    let told = told("listing publications");
    let sql = format!(
        "SELECT {COLUMNS} FROM publications WHERE ?1 IS NULL OR kind = ?1 ORDER BY kind, number DESC"
    );
    let mut statement = db.prepare_cached(&sql).map_err(&told)?;
    let rows = statement.query_map([kind.map(|kind| kind.0)], published).map_err(&told)?;
    rows.collect::<rusqlite::Result<_>>().map_err(&told)
}

/// What is in force: the newest of each kind.
pub(super) fn in_force(db: &Connection) -> rusqlite::Result<Vec<Part>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM publications p
         WHERE number = (SELECT max(number) FROM publications o WHERE o.kind = p.kind) ORDER BY kind"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| published(row).map(|published| published.part))?;
    rows.collect()
}

fn published(row: &Row<'_>) -> rusqlite::Result<Published> {
    Ok(Published {
        number: count(row.get(0)?),
        content: Hash(row.get(1)?),
        part: Part { kind: PartKind(row.get(2)?), hash: Hash(row.get(3)?), len: count(row.get(4)?) },
        published_unix_s: count(row.get(5)?),
    })
}
