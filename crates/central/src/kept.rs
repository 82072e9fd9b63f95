//! What is kept apart, as a person looks at it: a citizen may stand behind an entry of it all the same.

use central_db::{BranchId, EntryId, KeptLine, KeptPush, SealedEntry};
use domain::Captured;
use ed25519_dalek::VerifyingKey;
use serde::Serialize;
use serde_json::Value as Json;
use wire::body::Body;
use wire::push::Push;
use wire::sign1::Sign1;

use crate::error::CentralError;
use crate::opening::Opener;
use crate::requests::{kind_name, local_rfc3339};

/// Fewer symbols of a hash name nothing.
const ID_CHARS_MIN: usize = 8;

/// An entry inside a push that is kept apart.
#[derive(Debug, Clone, Serialize)]
pub struct KeptEntry {
    /// Its ledger.
    pub epoch: String,
    /// Its position there.
    pub seq: u64,
    /// What its header says it is.
    pub kind: &'static str,
    /// The number of the request that it holds.
    pub folio: Option<String>,
    /// When the stand recorded it, in Santiago's time.
    pub captured_at: Option<String>,
    /// What was filed, field by field as written.
    pub filed: Option<Json>,
    /// Why it could not be opened.
    pub why: Option<&'static str>,
}

/// The entries of a push that is kept apart, opened. None where the bytes are no push that the stand's key signed.
pub fn entries(kept: &KeptPush, key: &VerifyingKey, opener: &Opener) -> Vec<KeptEntry> {
    let Ok(signed) = Sign1::read(&kept.signed) else { return Vec::new() };
    let Ok(push) = Push::open(&signed, key) else { return Vec::new() };
    let sealed = push.hashes().map(|(seq, _, entry)| SealedEntry {
        id: EntryId { device: push.device, epoch: push.epoch, branch: BranchId::MAIN, seq },
        kind: entry.kind,
        key_id: entry.key_id,
        dictionary: entry.dictionary,
        sealed: entry.sealed.to_vec(),
        received_unix_s: kept.received_unix_s,
        quarantine: None,
    });
    sealed.map(|entry| open(&entry, opener)).collect()
}

fn open(entry: &SealedEntry, opener: &Opener) -> KeptEntry {
    let mut seen = KeptEntry {
        epoch: entry.id.epoch.to_string(),
        seq: entry.id.seq,
        kind: kind_name(entry.kind),
        folio: None,
        captured_at: None,
        filed: None,
        why: None,
    };
    let (at, filed) = match opener.open(entry) {
        Err(why) => {
            seen.why = Some(why.as_str());
            return seen;
        }
        Ok(Body::Request(record)) => {
            seen.folio = Some(record.folio.to_string());
            (captured_at(&record.captured), serde_json::to_value(&record.filed))
        }
        Ok(Body::Addition(record)) => (captured_at(&record.captured), serde_json::to_value(&record.filed)),
        Ok(Body::Withdrawal(record)) => (captured_at(&record.captured), serde_json::to_value(&record.filed)),
        Ok(Body::Wanted(record)) => (captured_at(&record.captured), serde_json::to_value(&record.filed)),
        Ok(Body::Encounter(attended)) => {
            let record = attended.record;
            (captured_at(&record.captured), serde_json::to_value(&record.filed))
        }
        Ok(Body::Void(record)) => (captured_at(&record.captured), serde_json::to_value(&record.filed)),
        Ok(_) => return seen,
    };
    seen.captured_at = Some(at);
    seen.filed = filed.ok();
    seen
}

fn captured_at(captured: &Captured) -> String {
    local_rfc3339(None, captured.at_unix_ms.div_euclid(1_000))
}

/// The name of a piece, complete: the stand and the hash of what it signed.
pub fn kept_id(line: &KeptLine) -> String {
    format!("{}:{}", line.device, line.payload_hash)
}

/// The piece of this name: a hash, or how it begins (eight symbols at least), where need be after a stand and a
/// colon.
///
/// # Errors
/// None of that name, or several.
pub fn find_kept<'a>(lines: &'a [KeptLine], name: &str) -> Result<&'a KeptLine, CentralError> {
    let (device, hash) = name.split_once(':').unwrap_or(("", name));
    let is_meant = |line: &&KeptLine| {
        hash.len() >= ID_CHARS_MIN
            && line.payload_hash.to_string().starts_with(&hash.to_ascii_lowercase())
            && line.device.to_string().starts_with(&device.to_ascii_lowercase())
    };
    let mut meant = lines.iter().filter(is_meant);
    match (meant.next(), meant.next()) {
        (Some(line), None) => Ok(line),
        (None, _) => Err(CentralError::UnknownKept(name.to_owned())),
        (Some(_), Some(_)) => Err(CentralError::AmbiguousKept(name.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::{DeviceId, Hash};

    #[test]
    fn a_piece_is_found_by_its_hash_and_its_stand() {
        let line = |device: u8, hash: u8| KeptLine {
            device: DeviceId([device; 16]),
            payload_hash: Hash([hash; 32]),
            why: "chain".into(),
            bytes: 1,
            received_unix_s: 0,
        };
        let lines = [line(1, 0xab), line(2, 0xab), line(1, 0xcd)];
        let check = |name: &str, expected: Option<usize>| {
            let found = find_kept(&lines, name).ok();
            assert_eq!(found, expected.and_then(|at| lines.get(at)), "{name}");
        };
        check("cdcdcdcd", Some(2));
        check("CDCDCDCD", Some(2));
        check("cdcdcdc", None);
        check("abababab", None);
        check("0202:abababab", Some(1));
        check("03:abababab", None);
        check("", None);
        for (at, line) in lines.iter().enumerate() {
            check(&kept_id(line), Some(at));
        }
    }
}
