//! Numbers, alarms, and whether everything still holds.

use std::collections::BTreeMap;

use rusqlite::Connection;
use wire::{DeviceId, EntryKind, Epoch, Hash, KeyId, chain};

use super::columns::{count, entry_id, told};
use crate::branch::BranchId;
use crate::census::{Census, ForkedLedger};
use crate::devices::LedgerId;
use crate::error::StoreError;

pub(super) fn census(db: &Connection) -> Result<Census, StoreError> {
    let told = told("counting");
    let number = |sql: &str| db.query_row(sql, [], |row| row.get(0)).map(count).map_err(&told);
    Ok(Census {
        devices: number("SELECT count(*) FROM devices")?,
        revoked: number("SELECT count(*) FROM devices WHERE revoked_unix_s IS NOT NULL")?,
        entries: number("SELECT coalesce(sum(count - base), 0) FROM branches")?,
        unopened: number("SELECT coalesce(sum(count - opened), 0) FROM branches")?,
        failures: number("SELECT count(*) FROM opening_failures")?,
        unknown_kinds: number("SELECT count(*) FROM unknown_kinds")?,
        forks: number("SELECT count(*) FROM branches WHERE ordinal > 0")?,
        kept: number("SELECT count(*) FROM kept_pushes")?,
        requests: number("SELECT count(*) FROM requests")?,
    })
}

pub(super) fn forks(db: &Connection) -> Result<Vec<ForkedLedger>, StoreError> {
    let told = told("listing forks");
    let mut statement = db
        .prepare_cached(
            "SELECT device, epoch, branch, base, count, made_unix_s FROM branches WHERE ordinal > 0
             ORDER BY made_unix_s, device, epoch, ordinal",
        )
        .map_err(&told)?;
    let rows = statement.query_map([], |row| {
        Ok(ForkedLedger {
            ledger: LedgerId { device: DeviceId(row.get(0)?), epoch: Epoch(row.get(1)?) },
            branch: BranchId(row.get(2)?),
            base: count(row.get(3)?),
            count: count(row.get(4)?),
            met_unix_s: count(row.get(5)?),
        })
    });
    rows.and_then(Iterator::collect).map_err(&told)
}

/// The engine's own check, then every chain from its beginning: gapless, linked, and with the head that the
/// branch says. A body that was erased later is checked through its hash.
pub(super) fn check(db: &Connection) -> Result<Vec<String>, StoreError> {
    let told = told("checking everything");
    let mut findings: Vec<String> = db
        .prepare("PRAGMA integrity_check")
        .and_then(|mut s| s.query_map([], |row| row.get(0)).and_then(Iterator::collect))
        .map_err(&told)?;
    findings.retain(|finding| finding != "ok");
    check_chains(db, &mut findings).map_err(&told)?;
    Ok(findings)
}

type BranchKey = (DeviceId, Epoch, BranchId);

/// Where a branch's own entries begin, and what its row says of its end.
struct Span {
    at: (u64, Hash),
    end: (u64, Hash),
}

fn check_chains(db: &Connection, findings: &mut Vec<String>) -> rusqlite::Result<()> {
    let mut spans: BTreeMap<BranchKey, Span> = BTreeMap::new();
    let mut statement =
        db.prepare("SELECT device, epoch, branch, base, base_hash, count, head FROM branches")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let key = (DeviceId(row.get(0)?), Epoch(row.get(1)?), BranchId(row.get(2)?));
        let at = (count(row.get(3)?), Hash(row.get(4)?));
        let end = (count(row.get(5)?), Hash(row.get(6)?));
        spans.insert(key, Span { at, end });
    }
    let mut statement = db.prepare(
        "SELECT device, epoch, branch, seq, kind, key_id, dictionary, hash, sealed_hash, sealed FROM entries
         ORDER BY device, epoch, branch, seq",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id = entry_id(row)?;
        let name = format!("{} {} {} {}", id.device, id.epoch, id.branch, id.seq);
        let Some(span) = spans.get_mut(&(id.device, id.epoch, id.branch)) else {
            findings.push(format!("{name}: an entry of no branch"));
            continue;
        };
        let (hash, sealed_hash) = (Hash(row.get(7)?), Hash(row.get(8)?));
        let linked = chain::link(
            span.at.1,
            id.seq,
            EntryKind(row.get(4)?),
            KeyId(row.get(5)?),
            row.get(6)?,
            sealed_hash,
        );
        let sealed = row.get_ref(9)?.as_blob()?;
        if id.seq != span.at.0.saturating_add(1) {
            findings.push(format!("{name}: entries are missing before it"));
        } else if linked != hash {
            findings.push(format!("{name}: does not link to the entry before it"));
        } else if !sealed.is_empty() && Hash::of(sealed) != sealed_hash {
            findings.push(format!("{name}: the sealed body is not the one that was signed"));
        }
        span.at = (id.seq, hash);
    }
    for ((device, epoch, branch), span) in spans {
        if span.at != span.end {
            findings
                .push(format!("{device} {epoch} {branch}: ends at {} and not at {}", span.at.0, span.end.0));
        }
    }
    Ok(())
}
