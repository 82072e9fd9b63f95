//! Taking a push: decided, stored and answered in one transaction.

use std::cell::RefCell;

use rusqlite::{CachedStatement, Connection, OptionalExtension as _, params};
use wire::chain::genesis;
use wire::push::{Outcome, QuarantineReason};
use wire::{DeviceId, Hash};

use super::columns::{count, int, quarantine, quarantine_text, told};
use crate::branch::{BRANCHES_MAX, Branch, BranchId, Claim, Known, Place, opened, place};
use crate::devices::LedgerId;
use crate::error::StoreError;
use crate::intake::{Accepted, PushedEntry, SignCheckpoint, SignedPush};

// What every push asks. A test reads how SQLite answers each: by key, never by reading a whole table.
const OWN_HASH: &str =
    "SELECT hash FROM entries WHERE device = ?1 AND epoch = ?2 AND branch = ?3 AND seq = ?4";
const KEPT_ANSWER: &str =
    "SELECT checkpoint FROM answers WHERE device = ?1 AND epoch = ?2 AND payload_hash = ?3";
const SIGNER: &str = "SELECT certificate, not_after_unix_s, revoked_unix_s FROM devices WHERE device = ?1";
const BRANCHES: &str = "SELECT branch, parent, base, base_hash, count, head FROM branches
     WHERE device = ?1 AND epoch = ?2 ORDER BY ordinal";
const FIRST_REASON: &str = "SELECT quarantine FROM entries
     WHERE device = ?1 AND epoch = ?2 AND branch = ?3 AND seq BETWEEN ?4 AND ?5 AND quarantine <> ''
     ORDER BY seq LIMIT 1";
const BRANCH_COUNT: &str = "SELECT count(*) FROM branches WHERE device = ?1";

/// What must be known of a stand to take its push.
struct Signer {
    certificate: Vec<u8>,
    not_after_unix_s: u64,
    revoked: bool,
}

impl Signer {
    /// Why what it signs now is quarantined, whatever branch it lands on.
    fn reason(&self, now_unix_s: u64) -> Option<QuarantineReason> {
        if self.revoked {
            Some(QuarantineReason::Revoked)
        } else {
            (now_unix_s >= self.not_after_unix_s).then_some(QuarantineReason::Expired)
        }
    }
}

/// What is stored of one ledger, read as far as it is asked for.
struct StoredLedger<'a> {
    branches: Vec<Branch>,
    ledger: LedgerId,
    own_hash: RefCell<CachedStatement<'a>>,
}

impl Known for StoredLedger<'_> {
    type Error = rusqlite::Error;

    fn branches(&self) -> &[Branch] {
        &self.branches
    }

    fn own_hash(&self, branch: BranchId, seq: u64) -> rusqlite::Result<Option<Hash>> {
        self.own_hash
            .borrow_mut()
            .query_row(params![self.ledger.device.0, self.ledger.epoch.0, branch.0, int(seq)], |row| {
                row.get(0)
            })
            .optional()
            .map(|hash| hash.map(Hash))
    }
}

pub(super) fn accept(
    db: &Connection,
    push: &SignedPush,
    signer: &dyn SignCheckpoint,
    now_unix_s: u64,
) -> Result<Accepted, StoreError> {
    if let Some(checkpoint) = kept_answer(db, push).map_err(told("looking for a kept answer"))? {
        return Ok(Accepted { checkpoint, stored: 0, outcome: None });
    }
    let told = told("taking a push");
    let known_signer =
        signer_of(db, push.device).map_err(&told)?.ok_or(StoreError::UnknownDevice(push.device))?;
    let ledger = LedgerId { device: push.device, epoch: push.epoch };
    let begins_at = genesis(push.office, &known_signer.certificate, push.epoch);
    let stored = StoredLedger {
        branches: branches(db, ledger, begins_at).map_err(&told)?,
        ledger,
        own_hash: RefCell::new(db.prepare_cached(OWN_HASH).map_err(&told)?),
    };
    let hashes: Vec<Hash> = push.entries.iter().map(|entry| entry.hash).collect();
    let claim = Claim { from: push.from, previous: push.previous, hashes: &hashes };
    let place = place(&stored, &claim).map_err(&told)?;
    let begins = opened(&stored.branches, &place);
    if begins > 0 && branch_count(db, push.device).map_err(&told)?.saturating_add(begins) > BRANCHES_MAX {
        return Err(StoreError::TooManyBranches(push.device));
    }
    let (branch, known) = match place {
        Place::Gap { count, head } => {
            let gap = push.checkpoint(Outcome::Gap, None, (count, head), now_unix_s);
            return Ok(Accepted { checkpoint: signer.sign(&gap), stored: 0, outcome: Some(Outcome::Gap) });
        }
        Place::On { branch, known } => (branch, known),
        Place::Fork { branch, known } => {
            tracing::warn!(device = %push.device, epoch = %push.epoch, base = branch.base, "a ledger forked");
            (branch, known)
        }
    };
    let forked = (branch.id != BranchId::MAIN).then_some(QuarantineReason::Fork);
    let reason = forked.or_else(|| known_signer.reason(now_unix_s));
    let new = push.entries.get(known..).unwrap_or_default();
    store_entries(db, push, branch.id, new, reason, now_unix_s).map_err(&told)?;
    let end = match new.last() {
        Some(last) => (last.seq, last.hash),
        None => (branch.count, branch.head),
    };
    let ordinal =
        stored.branches.iter().position(|known| known.id == branch.id).unwrap_or(stored.branches.len());
    keep_branches(db, ledger, &stored.branches, &branch, ordinal, end, now_unix_s).map_err(&told)?;
    let reason =
        if new.is_empty() { reason_of_known(db, push, &branch).map_err(&told)?.or(forked) } else { reason };
    let outcome = if reason.is_some() { Outcome::Quarantined } else { Outcome::Accepted };
    let checkpoint = signer.sign(&push.checkpoint(outcome, reason, end, now_unix_s));
    keep_answer(db, push, &checkpoint, now_unix_s).map_err(&told)?;
    Ok(Accepted { checkpoint, stored: new.len(), outcome: Some(outcome) })
}

fn kept_answer(db: &Connection, push: &SignedPush) -> rusqlite::Result<Option<Vec<u8>>> {
    db.prepare_cached(KEPT_ANSWER)?
        .query_row(params![push.device.0, push.epoch.0, push.payload_hash.0], |row| row.get(0))
        .optional()
}

fn keep_answer(
    db: &Connection,
    push: &SignedPush,
    checkpoint: &[u8],
    now_unix_s: u64,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO answers (device, epoch, payload_hash, checkpoint, answered_unix_s) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![push.device.0, push.epoch.0, push.payload_hash.0, checkpoint, int(now_unix_s)])?;
    Ok(())
}

fn signer_of(db: &Connection, device: DeviceId) -> rusqlite::Result<Option<Signer>> {
    db.prepare_cached(SIGNER)?
        .query_row([device.0], |row| {
            Ok(Signer {
                certificate: row.get(0)?,
                not_after_unix_s: count(row.get(1)?),
                revoked: row.get::<_, Option<i64>>(2)?.is_some(),
            })
        })
        .optional()
}

/// How many branches a stand has, over all its ledgers.
fn branch_count(db: &Connection, device: DeviceId) -> rusqlite::Result<u64> {
    db.prepare_cached(BRANCH_COUNT)?.query_row([device.0], |row| row.get(0)).map(count)
}

/// The branches in the order in which they were met; an empty main one for a ledger that is new here.
fn branches(db: &Connection, ledger: LedgerId, begins_at: Hash) -> rusqlite::Result<Vec<Branch>> {
    let mut statement = db.prepare_cached(BRANCHES)?;
    let rows = statement.query_map(params![ledger.device.0, ledger.epoch.0], |row| {
        Ok(Branch {
            id: BranchId(row.get(0)?),
            parent: BranchId(row.get(1)?),
            base: count(row.get(2)?),
            base_hash: Hash(row.get(3)?),
            count: count(row.get(4)?),
            head: Hash(row.get(5)?),
        })
    })?;
    let known: Vec<Branch> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(if known.is_empty() { vec![Branch::main(begins_at)] } else { known })
}

fn store_entries(
    db: &Connection,
    push: &SignedPush,
    branch: BranchId,
    entries: &[PushedEntry],
    reason: Option<QuarantineReason>,
    now_unix_s: u64,
) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO entries (device, epoch, branch, seq, kind, key_id, dictionary, hash, sealed_hash, sealed,
             received_unix_s, quarantine)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    for entry in entries {
        insert.execute(params![
            push.device.0,
            push.epoch.0,
            branch.0,
            int(entry.seq),
            entry.kind.0,
            entry.key_id.0,
            entry.dictionary,
            entry.hash.0,
            entry.sealed_hash.0,
            push.sealed(entry),
            int(now_unix_s),
            quarantine_text(reason)
        ])?;
    }
    Ok(())
}

/// Writes the touched branch's new end; for a ledger that is new here its main branch as well.
fn keep_branches(
    db: &Connection,
    ledger: LedgerId,
    known: &[Branch],
    touched: &Branch,
    ordinal: usize,
    end: (u64, Hash),
    now_unix_s: u64,
) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO branches (device, epoch, branch, ordinal, parent, base, base_hash, count, head, opened,
             made_unix_s, changed_unix_s)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?6, ?10, ?10)
         ON CONFLICT (device, epoch, branch) DO UPDATE
         SET count = excluded.count, head = excluded.head, changed_unix_s = excluded.changed_unix_s
         WHERE count < excluded.count",
    )?;
    let mut keep = |branch: &Branch, ordinal: usize, end: (u64, Hash)| {
        insert.execute(params![
            ledger.device.0,
            ledger.epoch.0,
            branch.id.0,
            int(u64::try_from(ordinal).unwrap_or(u64::MAX)),
            branch.parent.0,
            int(branch.base),
            branch.base_hash.0,
            int(end.0),
            end.1.0,
            int(now_unix_s)
        ])
    };
    if let [main] = known
        && main.count == 0
        && main.id != touched.id
    {
        keep(main, 0, (0, main.head))?;
    }
    keep(touched, ordinal, end)?;
    Ok(())
}

/// Why entries of a push that brought nothing new are quarantined: the same as when they first came.
fn reason_of_known(
    db: &Connection,
    push: &SignedPush,
    branch: &Branch,
) -> rusqlite::Result<Option<QuarantineReason>> {
    let last = push.entries.last().map_or(0, |entry| entry.seq);
    db.prepare_cached(FIRST_REASON)?
        .query_row(
            params![push.device.0, push.epoch.0, branch.id.0, int(push.from.saturating_add(1)), int(last)],
            |row| row.get::<_, String>(0),
        )
        .optional()
        .map(|text| text.as_deref().and_then(quarantine))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_push_is_answered_by_key() {
        let folder = tempfile::tempdir().unwrap();
        let db = super::super::file::open(&folder.path().join("central.sqlite")).unwrap();
        for sql in [OWN_HASH, KEPT_ANSWER, SIGNER, BRANCHES, BRANCH_COUNT, FIRST_REASON] {
            let mut plan = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let nothing = vec![rusqlite::types::Null; plan.parameter_count()];
            let steps: Vec<String> = plan
                .query_map(rusqlite::params_from_iter(nothing), |row| row.get(3))
                .and_then(Iterator::collect)
                .unwrap();
            assert!(steps.iter().all(|step| !step.starts_with("SCAN")), "{sql}: {steps:?}");
        }
    }
}
