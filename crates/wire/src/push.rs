//! Push and checkpoint: how a stand's log reaches the central office.
//!
//! A push carries a run of entries after a known position, signed by the stand. The same bytes travel over the
//! network, in the chunk files of a USB stick and in the mirror: whoever carries them needs no trust. The
//! checkpoint is central's signed answer; it is computed once, kept, and repeated byte for byte.

use ed25519_dalek::{SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};

use crate::Malformed;
use crate::chain::{self, Entry, EntryKind};
use crate::ids::{DeviceId, Epoch, Hash, KeyId, OfficeId};
use crate::sign1::{self, Context, Sign1, Sign1Error};

/// Largest push that central reads, in bytes, signature included.
pub const PUSH_BYTES_MAX: usize = 1 << 20;
/// Most entries in one push.
pub const PUSH_ENTRIES_MAX: usize = 4_096;
/// Largest sealed body, in bytes: one entry always fits into a push with room for its frame.
pub const SEALED_BYTES_MAX: usize = 256 * 1_024;

/// A run of entries of one ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Push<'a> {
    /// The office that the stand is enrolled at.
    pub office: OfficeId,
    /// The stand.
    pub device: DeviceId,
    /// Its ledger.
    pub epoch: Epoch,
    /// How many entries come before these.
    pub from: u64,
    /// The chain's hash after those.
    pub previous: Hash,
    /// The entries, in order.
    pub entries: Vec<PushEntry<'a>>,
    /// The chain's hash after these.
    pub head: Hash,
}

/// One entry of a push; its sequence number follows from its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PushEntry<'a> {
    /// What it is.
    pub kind: EntryKind,
    /// The sealing key.
    pub key_id: KeyId,
    /// The compression dictionary.
    pub dictionary: u16,
    /// The sealed body.
    pub sealed: &'a [u8],
}

/// The encoded form: key ids once in a table, entries as short arrays.
#[derive(Encode, Decode)]
#[cbor(map)]
struct PushPayload<'a> {
    #[n(0)]
    version: u8,
    #[n(1)]
    office: OfficeId,
    #[n(2)]
    device: DeviceId,
    #[n(3)]
    epoch: Epoch,
    #[n(4)]
    from: u64,
    #[n(5)]
    previous: Hash,
    #[n(6)]
    keys: Vec<KeyId>,
    #[b(7)]
    entries: Vec<EntryPayload<'a>>,
    #[n(8)]
    head: Hash,
}

#[derive(Encode, Decode)]
struct EntryPayload<'a> {
    #[n(0)]
    kind: u16,
    #[n(1)]
    key: u16,
    #[n(2)]
    dictionary: u16,
    #[cbor(b(3), with = "minicbor::bytes")]
    sealed: &'a [u8],
}

/// Why a push was not taken as what it claims to be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PushError {
    /// Not the form of a push, or over a limit.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// Not signed as a push must be.
    #[error(transparent)]
    Signature(#[from] Sign1Error),
    /// A version that this program does not know.
    #[error("protocol version {0} is not known here")]
    Version(u8),
    /// The entries do not lead from `previous` to `head`.
    #[error("the entries do not lead to the stated head")]
    Chain,
}

impl<'a> Push<'a> {
    /// The signed bytes of this push.
    pub fn sign(&self, key: &SigningKey) -> Vec<u8> {
        let mut keys = Vec::new();
        let mut entries = Vec::with_capacity(self.entries.len());
        for entry in &self.entries {
            let index = keys.iter().position(|known| *known == entry.key_id).unwrap_or_else(|| {
                keys.push(entry.key_id);
                keys.len().saturating_sub(1)
            });
            entries.push(EntryPayload {
                kind: entry.kind.0,
                key: u16::try_from(index).unwrap_or(u16::MAX),
                dictionary: entry.dictionary,
                sealed: entry.sealed,
            });
        }
        let payload = crate::encode(&PushPayload {
            version: crate::VERSION,
            office: self.office,
            device: self.device,
            epoch: self.epoch,
            from: self.from,
            previous: self.previous,
            keys,
            entries,
            head: self.head,
        });
        sign1::sign(key, Context::Push, &payload)
    }

    /// Reads and verifies a push whose signer's key is known.
    pub fn open(signed: &Sign1<'a>, key: &VerifyingKey) -> Result<Self, PushError> {
        let push = Self::read(signed.verify(key, Context::Push)?)?;
        push.check_chain()?;
        Ok(push)
    }

    /// Reads a push whose signer nobody has looked for yet: form and chain hold, and whose word it is, is open. For
    /// whoever puts files in order before it offers them to somebody who checks.
    pub fn read_unverified(signed: &Sign1<'a>) -> Result<Self, PushError> {
        let push = Self::read(signed.unverified_payload())?;
        push.check_chain()?;
        Ok(push)
    }

    fn read(payload: &'a [u8]) -> Result<Self, PushError> {
        let malformed = |why: &str| Malformed { what: "push", why: why.into() };
        let read: PushPayload<'a> = crate::decode("push", payload)?;
        if read.version != crate::VERSION {
            return Err(PushError::Version(read.version));
        }
        if read.entries.is_empty() || read.entries.len() > PUSH_ENTRIES_MAX {
            return Err(malformed("number of entries").into());
        }
        let mut entries = Vec::with_capacity(read.entries.len());
        for entry in &read.entries {
            if entry.sealed.len() > SEALED_BYTES_MAX {
                return Err(malformed("sealed body too large").into());
            }
            let key_id =
                *read.keys.get(usize::from(entry.key)).ok_or_else(|| malformed("key index out of range"))?;
            entries.push(PushEntry {
                kind: EntryKind(entry.kind),
                key_id,
                dictionary: entry.dictionary,
                sealed: entry.sealed,
            });
        }
        let PushPayload { office, device, epoch, from, previous, head, .. } = read;
        Ok(Self { office, device, epoch, from, previous, entries, head })
    }

    /// The hash after each entry, in order.
    pub fn hashes(&self) -> impl Iterator<Item = (u64, Hash, PushEntry<'a>)> + '_ {
        let mut previous = self.previous;
        let mut seq = self.from;
        self.entries.iter().map(move |entry| {
            seq = seq.saturating_add(1);
            let sealed = Hash::of(entry.sealed);
            previous = chain::link(previous, seq, entry.kind, entry.key_id, entry.dictionary, sealed);
            (seq, previous, *entry)
        })
    }

    /// How many entries the ledger has after this push.
    pub fn count(&self) -> u64 {
        self.from.saturating_add(u64::try_from(self.entries.len()).unwrap_or(u64::MAX))
    }

    fn check_chain(&self) -> Result<(), PushError> {
        let last = self.hashes().last();
        if last.is_some_and(|(_, head, _)| head == self.head) { Ok(()) } else { Err(PushError::Chain) }
    }
}

impl<'a> From<&'a Entry> for PushEntry<'a> {
    fn from(entry: &'a Entry) -> Self {
        Self { kind: entry.kind, key_id: entry.key_id, dictionary: entry.dictionary, sealed: &entry.sealed }
    }
}

/// What central did with a push.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Outcome {
    /// Stored: central holds this ledger up to `count`, and its head there is `head`.
    #[n(0)]
    Accepted,
    /// Stored apart, alarmed, opened and worked at the desk: a citizen stands behind each entry.
    #[n(1)]
    Quarantined,
    /// Not stored: the push begins after what central has. `count` and `head` say where to go on from. The only
    /// answer that is not kept.
    #[n(2)]
    Gap,
}

/// Why entries are quarantined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuarantineReason {
    /// Different bytes at a position that central already knows: a clone, or a restored disk.
    Fork,
    /// The office revoked the stand before the push arrived.
    Revoked,
    /// The stand's certificate had run out.
    Expired,
    /// A reason of a later version: what is quarantined is quarantined, whatever for.
    Other,
}

impl<C> Encode<C> for QuarantineReason {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u8(match self {
            Self::Other => 0,
            Self::Fork => 1,
            Self::Revoked => 2,
            Self::Expired => 3,
        })?;
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for QuarantineReason {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Ok(match d.u32()? {
            1 => Self::Fork,
            2 => Self::Revoked,
            3 => Self::Expired,
            _ => Self::Other,
        })
    }
}

impl QuarantineReason {
    /// The stable name in databases and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fork => "fork",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
            Self::Other => "other",
        }
    }

    /// The reason of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Fork, Self::Revoked, Self::Expired, Self::Other]
            .into_iter()
            .find(|reason| reason.as_str() == name)
    }
}

/// Central's answer to a push.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Checkpoint {
    /// The protocol's version.
    #[n(0)]
    pub version: u8,
    /// The office.
    #[n(1)]
    pub office: OfficeId,
    /// The stand.
    #[n(2)]
    pub device: DeviceId,
    /// Its ledger.
    #[n(3)]
    pub epoch: Epoch,
    /// What central did.
    #[n(4)]
    pub outcome: Outcome,
    /// Entries of this ledger (of this branch of it, when forked) that central holds.
    #[n(5)]
    pub count: u64,
    /// The chain's hash after `count` entries.
    #[n(6)]
    pub head: Hash,
    /// When central decided, in seconds since 1970 (UTC).
    #[n(7)]
    pub time_unix_s: u64,
    /// Why, when quarantined.
    #[n(8)]
    pub reason: Option<QuarantineReason>,
}

impl Checkpoint {
    /// A checkpoint of this protocol version.
    pub fn new(
        push: &Push<'_>,
        outcome: Outcome,
        reason: Option<QuarantineReason>,
        (count, head): (u64, Hash),
        time_unix_s: u64,
    ) -> Self {
        let Push { office, device, epoch, .. } = *push;
        Self { version: crate::VERSION, office, device, epoch, outcome, count, head, time_unix_s, reason }
    }

    /// The signed bytes.
    pub fn sign(&self, key: &SigningKey) -> Vec<u8> {
        sign1::sign(key, Context::Checkpoint, &crate::encode(self))
    }

    /// Reads one that lies on the stand's own disk and was verified when it came, or whose signer is still looked for.
    pub fn read_unverified(bytes: &[u8]) -> Result<Self, PushError> {
        Ok(crate::decode("checkpoint", Sign1::read(bytes)?.unverified_payload())?)
    }

    /// Reads and verifies.
    pub fn open(bytes: &[u8], key: &VerifyingKey) -> Result<Self, PushError> {
        let read: Self = crate::decode("checkpoint", sign1::open(bytes, key, Context::Checkpoint)?)?;
        if read.version == crate::VERSION { Ok(read) } else { Err(PushError::Version(read.version)) }
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn with_push<T>(bodies: &[Vec<u8>], then: impl FnOnce(Push<'_>) -> T) -> T {
        let entries: Vec<_> = bodies
            .iter()
            .enumerate()
            .map(|(i, sealed)| PushEntry {
                kind: EntryKind::REQUEST,
                key_id: KeyId([u8::try_from(i % 3).unwrap(); 8]),
                dictionary: 1,
                sealed,
            })
            .collect();
        let mut push = Push {
            office: OfficeId([1; 16]),
            device: DeviceId([2; 16]),
            epoch: Epoch([3; 8]),
            from: 10,
            previous: Hash([4; 32]),
            entries,
            head: Hash([0; 32]),
        };
        push.head = push.hashes().last().map_or(push.previous, |(_, hash, _)| hash);
        then(push)
    }

    #[test]
    fn a_push_reads_back_as_it_was_signed() {
        with_push(&[vec![1; 200], vec![2; 300], vec![3; 10], vec![4; 5]], |push| {
            let bytes = push.sign(&key(1));
            let read = Push::open(&Sign1::read(&bytes).unwrap(), &key(1).verifying_key()).unwrap();
            assert_eq!(read, push);
            assert_eq!(read.count(), 14);
            assert_eq!(read.sign(&key(1)), bytes, "the same push signs to the same bytes");
        });
    }

    #[test]
    fn a_wrong_head_is_no_chain() {
        with_push(&[vec![1]], |mut push| {
            push.head = Hash([0; 32]);
            let bytes = push.sign(&key(1));
            let opened = Push::open(&Sign1::read(&bytes).unwrap(), &key(1).verifying_key());
            assert_eq!(opened, Err(PushError::Chain));
        });
    }

    #[test]
    fn limits_hold_at_below_and_above() {
        for (entries, size, taken) in [
            (0, 1, false),
            (1, 1, true),
            (PUSH_ENTRIES_MAX, 1, true),
            (PUSH_ENTRIES_MAX + 1, 1, false),
            (1, SEALED_BYTES_MAX, true),
            (1, SEALED_BYTES_MAX + 1, false),
        ] {
            with_push(&vec![vec![0; size]; entries], |push| {
                let bytes = push.sign(&key(1));
                let opened = Push::open(&Sign1::read(&bytes).unwrap(), &key(1).verifying_key());
                assert_eq!(opened.is_ok(), taken, "{entries} entries of {size}");
            });
        }
    }

    #[test]
    fn a_reason_of_a_later_version_still_says_quarantined() {
        with_push(&[vec![1]], |push| {
            let reason = Some(QuarantineReason::Expired);
            let known = Checkpoint::new(&push, Outcome::Quarantined, reason, (push.count(), push.head), 5);
            let mut payload = crate::encode(&known);
            *payload.last_mut().unwrap() = 9;
            let signed = sign1::sign(&key(9), Context::Checkpoint, &payload);
            let read = Checkpoint::open(&signed, &key(9).verifying_key()).unwrap();
            assert_eq!((read.outcome, read.reason), (Outcome::Quarantined, Some(QuarantineReason::Other)));
        });
    }

    #[test]
    fn a_checkpoint_is_only_central_s() {
        with_push(&[vec![1]], |push| {
            let head = (push.count(), push.head);
            let checkpoint = Checkpoint::new(&push, Outcome::Accepted, None, head, 1_795_000_000);
            let bytes = checkpoint.sign(&key(9));
            assert_eq!(Checkpoint::open(&bytes, &key(9).verifying_key()), Ok(checkpoint));
            assert!(Checkpoint::open(&bytes, &key(8).verifying_key()).is_err());
        });
    }
}
