//! The reconciliation certificate: what central states, signed, of an outing that a stand closed.
//!
//! It names the very entry that closed the outing, by position and hash, so that nobody can hold it beside another
//! closing; and it says by how much what central opened differs from what that entry counts.

use ed25519_dalek::{SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};

use crate::cert::CertificateError;
use crate::counts::{Counted, OutingCounts, from_places};
use crate::ids::{DeviceId, Epoch, Hash, OfficeId};
use crate::sign1::{self, Context};

/// A number that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// What was counted.
    pub what: Counted,
    /// What the stand's closing says.
    pub stated: u64,
    /// What central opened.
    pub counted: u64,
}

/// What central states of a closed outing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The office.
    pub office: OfficeId,
    /// The stand.
    pub device: DeviceId,
    /// Its ledger.
    pub epoch: Epoch,
    /// The entry that closed the outing.
    pub closed: u64,
    /// That entry's hash in the chain.
    pub closed_hash: Hash,
    /// How many entries of that ledger central holds, on the branch where the closing stands.
    pub count: u64,
    /// The chain's hash after them.
    pub head: Hash,
    /// When central counted, in seconds since 1970 (UTC).
    pub issued_unix_s: u64,
    /// What central opened of the outing.
    pub counts: OutingCounts,
    /// What differs from the closing's own numbers; empty is none.
    pub difference: Vec<Difference>,
    /// Entries of the outing that are kept apart: opened and worked all the same.
    pub quarantined: u64,
    /// Entries of the outing that could not be opened.
    pub unopened: u64,
    /// Entries of this ledger on other branches: what a clone or a restored disk recorded.
    pub apart: u64,
}

#[derive(Encode, Decode)]
struct DifferenceBody {
    #[n(0)]
    what: u32,
    #[n(1)]
    stated: u64,
    #[n(2)]
    counted: u64,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Payload {
    #[n(0)]
    version: u8,
    #[n(1)]
    office: OfficeId,
    #[n(2)]
    device: DeviceId,
    #[n(3)]
    epoch: Epoch,
    #[n(4)]
    closed: u64,
    #[n(5)]
    closed_hash: Hash,
    #[n(6)]
    count: u64,
    #[n(7)]
    head: Hash,
    #[n(8)]
    issued_unix_s: u64,
    #[n(9)]
    by_outcome: Vec<u64>,
    #[n(10)]
    by_kind: Vec<u64>,
    #[n(11)]
    others: Vec<u64>,
    #[n(12)]
    difference: Vec<DifferenceBody>,
    #[n(13)]
    quarantined: u64,
    #[n(14)]
    unopened: u64,
    #[n(15)]
    apart: u64,
}

impl Certificate {
    /// Whether what central opened is what the stand counted.
    pub fn is_zero(&self) -> bool {
        self.difference.is_empty() && self.unopened == 0
    }

    /// Signed with the checkpoint key.
    pub fn sign(&self, checkpoint: &SigningKey) -> Vec<u8> {
        let counts = &self.counts;
        let difference = self.difference.iter().map(|one| DifferenceBody {
            what: one.what.code(),
            stated: one.stated,
            counted: one.counted,
        });
        let payload = crate::encode(&Payload {
            version: crate::VERSION,
            office: self.office,
            device: self.device,
            epoch: self.epoch,
            closed: self.closed,
            closed_hash: self.closed_hash,
            count: self.count,
            head: self.head,
            issued_unix_s: self.issued_unix_s,
            by_outcome: counts.by_outcome.to_vec(),
            by_kind: counts.by_kind.to_vec(),
            others: vec![counts.additions, counts.withdrawals, counts.voids, counts.profiles],
            difference: difference.collect(),
            quarantined: self.quarantined,
            unopened: self.unopened,
            apart: self.apart,
        });
        sign1::sign(checkpoint, Context::Reconciliation, &payload)
    }

    /// Reads and verifies with the checkpoint key.
    pub fn open(bytes: &[u8], checkpoint: &VerifyingKey) -> Result<Self, CertificateError> {
        let payload = sign1::open(bytes, checkpoint, Context::Reconciliation)?;
        let read: Payload = crate::decode("reconciliation certificate", payload)?;
        if read.version != crate::VERSION {
            return Err(CertificateError::Version(read.version));
        }
        let [additions, withdrawals, voids, profiles] = from_places(&read.others);
        let (by_outcome, by_kind) = (from_places(&read.by_outcome), from_places(&read.by_kind));
        let difference = read.difference.iter().map(|one| Difference {
            what: Counted::from_code(one.what),
            stated: one.stated,
            counted: one.counted,
        });
        Ok(Self {
            office: read.office,
            device: read.device,
            epoch: read.epoch,
            closed: read.closed,
            closed_hash: read.closed_hash,
            count: read.count,
            head: read.head,
            issued_unix_s: read.issued_unix_s,
            counts: OutingCounts { by_outcome, by_kind, additions, withdrawals, voids, profiles },
            difference: difference.collect(),
            quarantined: read.quarantined,
            unopened: read.unopened,
            apart: read.apart,
        })
    }
}

/// What differs between what a stand stated and what central opened. A closing that states too little is compared as far
/// as it goes.
pub fn differences(stated: &[(Counted, u64)], opened: &OutingCounts) -> Vec<Difference> {
    let counted = opened.each();
    let differs = stated.iter().filter_map(|(what, stated)| {
        let (_, counted) = counted.iter().find(|(known, _)| known == what)?;
        let (what, stated, counted) = (*what, *stated, *counted);
        (stated != counted).then_some(Difference { what, stated, counted })
    });
    differs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_named_and_comes_back() {
        let stated = OutingCounts::sample();
        let mut opened = stated;
        opened.by_outcome[1] -= 2;
        let difference = differences(&stated.each(), &opened);
        let names: Vec<(String, u64, u64)> =
            difference.iter().map(|one| (one.what.name(), one.stated, one.counted)).collect();
        assert_eq!(names, [("encounters".to_owned(), 50, 48), ("encounters_referred".to_owned(), 5, 3)]);
        assert_eq!(differences(&stated.each(), &stated), []);

        let key = SigningKey::from_bytes(&[1; 32]);
        let certificate = Certificate {
            office: OfficeId([1; 16]),
            device: DeviceId([2; 16]),
            epoch: Epoch([3; 8]),
            closed: 113,
            closed_hash: Hash([4; 32]),
            count: 120,
            head: Hash([5; 32]),
            issued_unix_s: 1_795_290_000,
            counts: opened,
            difference,
            quarantined: 3,
            unopened: 0,
            apart: 7,
        };
        let signed = certificate.sign(&key);
        assert_eq!(Certificate::open(&signed, &key.verifying_key()), Ok(certificate.clone()));
        assert!(!certificate.is_zero());
        let other = SigningKey::from_bytes(&[2; 32]).verifying_key();
        assert!(Certificate::open(&signed, &other).is_err());
        let none = Certificate { difference: Vec::new(), ..certificate };
        assert!(none.is_zero());
        assert!(!Certificate { unopened: 1, ..none }.is_zero());
    }
}
