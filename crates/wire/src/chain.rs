//! The chain: each entry's hash covers the one before it, so that epoch, count and head say everything that a
//! ledger holds.
//!
//! The chain runs over the hash of the sealed bytes and not over the bytes themselves, so that a body can be
//! erased (retention, a person's rights) while every later hash still verifies.

use crate::ids::{DeviceId, Epoch, Hash, KeyId, OfficeId};

/// What kind of entry it is. Stands in the clear: a ledger must be countable without opening it.
///
/// Values from [`EntryKind::POOLED_FROM`] on are sealed before their position is known (a day's pooled
/// profiles): their associated data leaves stand, ledger and position out, since a pool outlives a damaged ledger
/// and even its machine; each such body carries a random id instead. Unknown values are kept and passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryKind(pub u16);

impl EntryKind {
    /// A stand begins a ledger; says which epoch it goes on from and why.
    pub const LEDGER_OPENED: Self = Self(1);
    /// The team opens an outing.
    pub const OUTING_OPENED: Self = Self(2);
    /// The team closes an outing.
    pub const OUTING_CLOSED: Self = Self(3);
    /// A citizen's request.
    pub const REQUEST: Self = Self(4);
    /// More text for a request already filed.
    pub const ADDITION: Self = Self(5);
    /// A request taken back by who filed it.
    pub const WITHDRAWAL: Self = Self(6);
    /// One person attended.
    pub const ENCOUNTER: Self = Self(7);
    /// An earlier entry declared void.
    pub const VOID: Self = Self(8);
    /// An invitation to the survey came to its end.
    pub const INVITATION_ENDED: Self = Self(10);
    /// What somebody looked for in the catalogue and did not find.
    pub const WANTED: Self = Self(12);
    /// A file handed over with a request.
    pub const ATTACHMENT: Self = Self(11);
    /// What rested in a stand's pool when its mirror was written.
    pub const RESTING: Self = Self(13);
    /// First of the kinds whose seal does not name where they stand.
    pub const POOLED_FROM: Self = Self(0x4000);
    /// Who was attended, for the statistics: sealed at the encounter, placed at the outing's closing.
    pub const PROFILE: Self = Self(0x4000);
    /// What somebody answered to the survey: pooled.
    pub const SURVEY_ANSWER: Self = Self(0x4001);

    /// Whether this program can read its body. What it can't, it keeps as it came.
    pub fn is_known(self) -> bool {
        (Self::LEDGER_OPENED..=Self::VOID).contains(&self)
            || (Self::INVITATION_ENDED..=Self::RESTING).contains(&self)
            || (Self::PROFILE..=Self::SURVEY_ANSWER).contains(&self)
    }

    /// Whether the seal leaves stand, ledger and position out.
    pub fn is_pooled(self) -> bool {
        self >= Self::POOLED_FROM
    }
}

/// One entry of the chain: its clear header and its sealed body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Position in the chain, from 1.
    pub seq: u64,
    /// What it is.
    pub kind: EntryKind,
    /// The office's sealing key that opens it.
    pub key_id: KeyId,
    /// The compression dictionary inside the seal; 0 is none.
    pub dictionary: u16,
    /// The sealed body, as on disk and as sent.
    pub sealed: Vec<u8>,
}

/// The hash before the first entry: binds the chain to office, stand and epoch.
pub fn genesis(office: OfficeId, device_certificate: &[u8], epoch: Epoch) -> Hash {
    let certificate = Hash::of(device_certificate);
    Hash(crate::sha256(&[b"oirs/chain/1", &office.0, &certificate.0, &epoch.0]))
}

/// The hash of an entry whose sealed body hashes to `sealed`, after an entry that hashed to `previous`.
pub fn link(previous: Hash, seq: u64, kind: EntryKind, key_id: KeyId, dictionary: u16, sealed: Hash) -> Hash {
    Hash(crate::sha256(&[
        b"oirs/entry/1",
        &previous.0,
        &seq.to_be_bytes(),
        &kind.0.to_be_bytes(),
        &key_id.0,
        &dictionary.to_be_bytes(),
        &sealed.0,
    ]))
}

impl Entry {
    /// The hash of the sealed body.
    pub fn sealed_hash(&self) -> Hash {
        Hash::of(&self.sealed)
    }

    /// This entry's hash in the chain.
    pub fn hash(&self, previous: Hash) -> Hash {
        link(previous, self.seq, self.kind, self.key_id, self.dictionary, self.sealed_hash())
    }
}

/// What a seal is bound to besides its key: where the record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The stand.
    pub device: DeviceId,
    /// Its ledger.
    pub epoch: Epoch,
    /// Position in the chain, from 1.
    pub seq: u64,
    /// What the entry is.
    pub kind: EntryKind,
    /// The sealing key.
    pub key_id: KeyId,
    /// The compression dictionary.
    pub dictionary: u16,
}

impl Position {
    /// The associated data of the seal: 45 bytes, or 13 for pooled kinds, which are sealed before anyone knows in
    /// which ledger of which machine they will come to stand.
    pub fn associated_data(&self) -> Vec<u8> {
        let mut data = vec![crate::VERSION];
        if !self.kind.is_pooled() {
            data.extend_from_slice(&self.device.0);
            data.extend_from_slice(&self.epoch.0);
            data.extend_from_slice(&self.seq.to_be_bytes());
        }
        data.extend_from_slice(&self.kind.0.to_be_bytes());
        data.extend_from_slice(&self.key_id.0);
        data.extend_from_slice(&self.dictionary.to_be_bytes());
        data
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            seq: 7,
            kind: EntryKind::REQUEST,
            key_id: KeyId([3; 8]),
            dictionary: 1,
            sealed: vec![1, 2, 3],
        }
    }

    #[test]
    fn every_part_of_an_entry_moves_its_hash() {
        let previous = Hash([9; 32]);
        let base = entry().hash(previous);
        let altered = [
            Entry { seq: 8, ..entry() },
            Entry { kind: EntryKind::VOID, ..entry() },
            Entry { key_id: KeyId([4; 8]), ..entry() },
            Entry { dictionary: 2, ..entry() },
            Entry { sealed: vec![1, 2, 4], ..entry() },
        ];
        for other in altered {
            assert_ne!(other.hash(previous), base, "{other:?}");
        }
        assert_ne!(entry().hash(Hash([8; 32])), base);
    }

    #[test]
    fn an_erased_body_still_links() {
        let previous = Hash([9; 32]);
        let Entry { seq, kind, key_id, dictionary, .. } = entry();
        assert_eq!(
            link(previous, seq, kind, key_id, dictionary, entry().sealed_hash()),
            entry().hash(previous)
        );
    }

    #[test]
    fn a_pooled_kind_leaves_its_position_out() {
        let position = |kind, seq: u64| Position {
            device: DeviceId([u8::try_from(seq).unwrap(); 16]),
            epoch: Epoch([u8::try_from(seq).unwrap(); 8]),
            seq,
            kind,
            key_id: KeyId([3; 8]),
            dictionary: 1,
        };
        let pooled = EntryKind(EntryKind::POOLED_FROM.0 + 1);
        assert_eq!(position(pooled, 1).associated_data(), position(pooled, 2).associated_data());
        assert_eq!(position(pooled, 1).associated_data().len(), 13);
        assert_eq!(position(EntryKind::REQUEST, 1).associated_data().len(), 45);
        assert_ne!(
            position(EntryKind::REQUEST, 1).associated_data(),
            position(EntryKind::REQUEST, 2).associated_data()
        );
    }
}
