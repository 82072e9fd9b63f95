//! Codes, stands and their end.

use domain::Space;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use wire::{DeviceId, KeyId};

use super::columns::{count, int, space, told};
use crate::devices::{
    Applicant, CertifyStand, Device, Enrolled, NewCode, PendingCode, Revocation, Revoked, Slot,
};
use crate::error::StoreError;
use crate::kept::KeptSum;

pub(super) fn add_code(db: &Connection, code: &NewCode) -> Result<(), StoreError> {
    db.execute(
        "INSERT INTO enrolment_codes (code_id, device, label, space, code, made_unix_s, expires_unix_s)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            code.code_id.0,
            code.device.0,
            code.label,
            code.space.as_str(),
            code.code,
            int(code.made_unix_s),
            int(code.expires_unix_s)
        ],
    )
    .map_err(told("writing an enrolment code"))?;
    Ok(())
}

pub(super) fn pending_codes(db: &Connection, now_unix_s: u64) -> Result<Vec<PendingCode>, StoreError> {
    let told = told("listing enrolment codes");
    let mut statement = db
        .prepare_cached(
            "SELECT device, label, expires_unix_s, space FROM enrolment_codes
             WHERE code <> '' AND expires_unix_s > ?1 ORDER BY label, device",
        )
        .map_err(&told)?;
    let rows = statement.query_map([int(now_unix_s)], |row| {
        Ok(PendingCode {
            device: DeviceId(row.get(0)?),
            label: row.get(1)?,
            expires_unix_s: count(row.get(2)?),
            space: space(row, 3)?,
        })
    });
    rows.and_then(Iterator::collect).map_err(&told)
}

/// A code's row.
struct Code {
    device: DeviceId,
    label: String,
    space: Space,
    text: String,
    expires_unix_s: u64,
    public_key: Vec<u8>,
    answer: Vec<u8>,
}

fn code(db: &Connection, id: KeyId) -> rusqlite::Result<Option<Code>> {
    db.query_row(
        "SELECT device, label, code, expires_unix_s, public_key, answer, space FROM enrolment_codes WHERE code_id = ?1",
        [id.0],
        |row| {
            Ok(Code {
                device: DeviceId(row.get(0)?),
                label: row.get(1)?,
                text: row.get(2)?,
                expires_unix_s: count(row.get(3)?),
                public_key: row.get(4)?,
                answer: row.get(5)?,
                space: space(row, 6)?,
            })
        },
    )
    .optional()
}

pub(super) fn enrol(
    db: &Connection,
    applicant: &Applicant,
    certify: &dyn CertifyStand,
    now_unix_s: u64,
) -> Result<Enrolled, StoreError> {
    let told = told("enrolling a stand");
    let Some(code) = code(db, applicant.code_id).map_err(&told)? else { return Ok(Enrolled::UnknownCode) };
    if !code.answer.is_empty() {
        let same = code.public_key == applicant.public_key;
        return Ok(if same { Enrolled::Answer(code.answer) } else { Enrolled::UsedByAnother });
    }
    if code.text.is_empty() {
        return Ok(Enrolled::UnknownCode);
    }
    if code.expires_unix_s <= now_unix_s {
        return Ok(Enrolled::Expired);
    }
    let Some(folio_prefix) = free_prefix(db, &applicant.folio_prefixes).map_err(&told)? else {
        return Ok(Enrolled::NoPrefixFree);
    };
    let slot = Slot { device: code.device, folio_prefix, code: code.text };
    let Some(certified) = certify.certify(&slot) else { return Ok(Enrolled::UnknownCode) };
    let kid = KeyId::of(&applicant.public_key);
    let added = db
        .execute(
            "INSERT INTO devices (device, label, space, kid, public_key, certificate, folio_prefix, enrolled_unix_s,
                 not_after_unix_s, unlock_key)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (kid) DO NOTHING",
            params![
                code.device.0,
                code.label,
                code.space.as_str(),
                kid.0,
                applicant.public_key,
                certified.certificate,
                folio_prefix,
                int(now_unix_s),
                int(certified.not_after_unix_s),
                certified.unlock_key
            ],
        )
        .map_err(&told)?;
    if added == 0 {
        return Ok(Enrolled::KeyInUse);
    }
    db.execute(
        "UPDATE enrolment_codes SET code = '', public_key = ?2, answer = ?3 WHERE code_id = ?1",
        params![applicant.code_id.0, applicant.public_key, certified.answer],
    )
    .map_err(&told)?;
    Ok(Enrolled::Answer(certified.answer))
}

fn free_prefix(db: &Connection, candidates: &[u16]) -> rusqlite::Result<Option<u16>> {
    let mut taken = db.prepare_cached("SELECT 1 FROM devices WHERE folio_prefix = ?1")?;
    for prefix in candidates {
        if !taken.exists([prefix])? {
            return Ok(Some(*prefix));
        }
    }
    Ok(None)
}

const DEVICE: &str =
    "SELECT device, label, public_key, folio_prefix, enrolled_unix_s, not_after_unix_s, revoked_unix_s,
        revoked_reason, (SELECT max(changed_unix_s) FROM branches b WHERE b.device = d.device), space,
        (SELECT count(*) FROM branches b WHERE b.device = d.device),
        (SELECT count(*) FROM kept_pushes k WHERE k.device = d.device),
        (SELECT coalesce(sum(length(k.signed)), 0) FROM kept_pushes k WHERE k.device = d.device)
     FROM devices d";

fn device(row: &Row<'_>) -> rusqlite::Result<Device> {
    let revoked: Option<i64> = row.get(6)?;
    let reason = row.get(7)?;
    Ok(Device {
        device: DeviceId(row.get(0)?),
        label: row.get(1)?,
        public_key: row.get(2)?,
        folio_prefix: row.get(3)?,
        enrolled_unix_s: count(row.get(4)?),
        not_after_unix_s: count(row.get(5)?),
        revoked: revoked.map(|at| Revocation { at_unix_s: count(at), reason }),
        last_push_unix_s: row.get::<_, Option<i64>>(8)?.map(count),
        space: space(row, 9)?,
        branches: count(row.get(10)?),
        kept: KeptSum { count: count(row.get(11)?), bytes: count(row.get(12)?) },
    })
}

pub(super) fn all(db: &Connection) -> Result<Vec<Device>, StoreError> {
    let told = told("listing stands");
    let mut statement = db.prepare_cached(&format!("{DEVICE} ORDER BY d.label, d.device")).map_err(&told)?;
    statement.query_map([], device).and_then(Iterator::collect).map_err(&told)
}

pub(super) fn by_kid(db: &Connection, kid: KeyId) -> Result<Option<Device>, StoreError> {
    let told = told("finding a stand");
    let mut statement = db.prepare_cached(&format!("{DEVICE} WHERE d.kid = ?1")).map_err(&told)?;
    statement.query_row([kid.0], device).optional().map_err(&told)
}

pub(super) fn extend(
    db: &Connection,
    device: DeviceId,
    not_after_unix_s: u64,
) -> Result<Option<u64>, StoreError> {
    db.query_row(
        "UPDATE devices SET not_after_unix_s = max(not_after_unix_s, ?2) WHERE device = ?1
         RETURNING not_after_unix_s",
        params![device.0, int(not_after_unix_s)],
        |row| row.get(0).map(count),
    )
    .optional()
    .map_err(told("extending a stand"))
}

pub(super) fn revoke(
    db: &Connection,
    device: DeviceId,
    reason: &str,
    now_unix_s: u64,
) -> Result<Revoked, StoreError> {
    let told = told("revoking a stand");
    let before: Option<Option<i64>> = db
        .query_row("SELECT revoked_unix_s FROM devices WHERE device = ?1", [device.0], |row| row.get(0))
        .optional()
        .map_err(&told)?;
    match before {
        Some(Some(at)) => return Ok(Revoked::Before { at_unix_s: count(at) }),
        Some(None) => {
            db.execute(
                "UPDATE devices SET revoked_unix_s = ?2, revoked_reason = ?3 WHERE device = ?1",
                params![device.0, int(now_unix_s), reason],
            )
            .map_err(&told)?;
        }
        None => {
            db.execute("UPDATE enrolment_codes SET code = '' WHERE device = ?1 AND answer = x''", [device.0])
                .map_err(&told)?;
            return Ok(Revoked::NeverEnrolled);
        }
    }
    Ok(Revoked::Now)
}
