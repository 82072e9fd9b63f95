//! The copy of a pool that a mirror holds: what rests on a stand, sealed once more as a whole.
//!
//! What rests keeps its bytes from the moment it was sealed, so that two looks at a card would tell which profile or
//! answer came in between, and with the files beside it after which encounter. Hence each copy is sealed anew to the
//! office's sealing key, in sheets of one size, shuffled, under random ledger names: to whoever lacks that key, two
//! copies have nothing in common. Inside a sheet lies an ordinary push, so that what rested becomes entries at the
//! office like any others (ADR 86).

use ed25519_dalek::SigningKey;
use rand_core::CryptoRng;

use crate::body::{Body, LedgerOpened, OpeningReason, RestingCopy};
use crate::chain::{self, Position};
use crate::compress::{CURRENT, CompressError, Packer};
use crate::push::{Push, PushEntry};
use crate::seal::{OVERHEAD, SealError, SealingKey};
use crate::{DeviceId, Entry, Epoch, Hash, OfficeId};

/// A sheet's padded body has a multiple of so many bytes, and just this unless one thing that rests is larger: some
/// hundred profiles and answers.
pub const SHEET_BYTES: usize = 32 * 1_024;
/// What of a sheet is kept free for the frames of both pushes, the first entry and the seal's padding.
const FRAME_BYTES: usize = 1_024;
/// What an entry takes in a push besides its sealed bytes, at most.
const ENTRY_BYTES: usize = 24;
/// How far below a sheet's size its packed bytes stay, about: compressing random bytes gains or loses a few.
const SLACK_BYTES: usize = 256;
/// How often the filler is measured.
const TRIES: usize = 4;

/// Why a copy was not made.
#[derive(Debug, thiserror::Error)]
pub enum RestingError {
    /// It could not be packed.
    #[error(transparent)]
    Pack(#[from] CompressError),
    /// It could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// A sheet would have another size than others.
    #[error("a sealed sheet of {bytes} bytes")]
    Size {
        /// Its size.
        bytes: usize,
    },
}

/// The stand whose pool it is.
pub struct Copier<'a> {
    /// The office that it is enrolled at.
    pub office: OfficeId,
    /// The stand.
    pub device: DeviceId,
    /// The exact bytes of its certificate: its chains begin with them.
    pub certificate: &'a [u8],
    /// Its key.
    pub key: &'a SigningKey,
    /// The office's sealing key.
    pub sealing: &'a SealingKey,
}

/// Part of a copy: a push of one entry, in a ledger of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// That ledger.
    pub epoch: Epoch,
    /// The signed push.
    pub bytes: Vec<u8>,
}

impl Copier<'_> {
    /// Copies what rests in the pool of the ledger `rested_in`, in the order in which it is handed over: shuffled. At
    /// least one sheet, also where nothing rests. `day` is the only time in it.
    pub fn copy(
        &self,
        resting: &[Entry],
        rested_in: Epoch,
        day: domain::Captured,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<Sheet>, RestingError> {
        let mut packer = Packer::default();
        let opened = LedgerOpened::new(day, OpeningReason::Resting, Some(rested_in));
        let mut sheets = Vec::new();
        let mut rest = resting;
        loop {
            let (now, later) = rest.split_at(fitting(rest));
            let push = match now {
                [] => None,
                _ => Some(self.inside(now, opened, &mut packer, rng)?),
            };
            sheets.push(self.sheet(push, &mut packer, rng)?);
            rest = later;
            if rest.is_empty() {
                return Ok(sheets);
            }
        }
    }

    /// The push inside a sheet: a ledger that says what it is, and what rested.
    fn inside(
        &self,
        resting: &[Entry],
        opened: LedgerOpened,
        packer: &mut Packer,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, RestingError> {
        let epoch = draw(rng);
        let first = Body::LedgerOpened(opened);
        let packed = packer.pack(&first.encode())?;
        let first = self.entry(&first, &packed, epoch, rng)?;
        let numbered = resting.iter().zip(2..).map(|(entry, seq)| Entry { seq, ..entry.clone() });
        Ok(self.sign(epoch, &std::iter::once(first).chain(numbered).collect::<Vec<_>>()))
    }

    fn sheet(
        &self,
        push: Option<Vec<u8>>,
        packer: &mut Packer,
        rng: &mut impl CryptoRng,
    ) -> Result<Sheet, RestingError> {
        let epoch = draw(rng);
        let mut copy = RestingCopy { push, filler: Vec::new() };
        let mut packed = packer.pack(&Body::Resting(Box::new(copy.clone())).encode())?;
        let wanted =
            packed.len().saturating_add(SLACK_BYTES).div_ceil(SHEET_BYTES).saturating_mul(SHEET_BYTES);
        let aim = wanted.saturating_sub(SLACK_BYTES);
        for _ in 0..TRIES {
            let len = copy.filler.len().saturating_add(aim).saturating_sub(packed.len());
            copy.filler = vec![0; len];
            rng.fill_bytes(&mut copy.filler);
            let body = Body::Resting(Box::new(copy.clone()));
            packed = packer.pack(&body.encode())?;
            let entry = self.entry(&body, &packed, epoch, rng)?;
            if entry.sealed.len() == wanted.saturating_add(OVERHEAD) {
                return Ok(Sheet { epoch, bytes: self.sign(epoch, &[entry]) });
            }
        }
        Err(RestingError::Size { bytes: packed.len() })
    }

    /// The first entry of a ledger.
    fn entry(
        &self,
        body: &Body,
        packed: &[u8],
        epoch: Epoch,
        rng: &mut impl CryptoRng,
    ) -> Result<Entry, RestingError> {
        let (kind, key_id) = (body.kind(), self.sealing.id());
        let position = Position { device: self.device, epoch, seq: 1, kind, key_id, dictionary: CURRENT };
        let sealed = self.sealing.seal(packed, &position, rng)?;
        Ok(Entry { seq: 1, kind, key_id, dictionary: CURRENT, sealed })
    }

    /// All of a ledger, as one push.
    fn sign(&self, epoch: Epoch, entries: &[Entry]) -> Vec<u8> {
        let (office, device) = (self.office, self.device);
        let previous = chain::genesis(office, self.certificate, epoch);
        let head = entries.iter().fold(previous, |head: Hash, entry| entry.hash(head));
        let entries = entries.iter().map(PushEntry::from).collect();
        Push { office, device, epoch, from: 0, previous, entries, head }.sign(self.key)
    }
}

/// How many of these go into one sheet: at least one, where there is one.
fn fitting(resting: &[Entry]) -> usize {
    let mut left = SHEET_BYTES.saturating_sub(FRAME_BYTES);
    let fits = resting.iter().take_while(|entry| {
        let needed = entry.sealed.len().saturating_add(ENTRY_BYTES);
        let fits = needed <= left;
        left = left.saturating_sub(needed);
        fits
    });
    fits.count().max(1).min(resting.len())
}

fn draw(rng: &mut impl CryptoRng) -> Epoch {
    let mut epoch = [0; Epoch::LEN];
    rng.fill_bytes(&mut epoch);
    Epoch(epoch)
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use std::collections::BTreeSet;

    use rand_chacha::ChaCha20Rng;
    use rand_core::{Rng as _, SeedableRng as _};

    use super::*;
    use crate::compress::unpack;
    use crate::profile::SEALED_BYTES;
    use crate::push::PUSH_BYTES_MAX;
    use crate::seal::OpeningKey;
    use crate::sign1::Sign1;
    use crate::{EntryKind, KeyId};

    const OFFICE: OfficeId = OfficeId([7; 16]);
    const DEVICE: DeviceId = DeviceId([9; 16]);
    const RESTED_IN: Epoch = Epoch([4; 8]);
    const CERTIFICATE: &[u8] = b"certificado";

    struct Stand {
        key: SigningKey,
        opening: OpeningKey,
        rng: ChaCha20Rng,
    }

    impl Stand {
        fn new() -> Self {
            let mut rng = ChaCha20Rng::from_seed([1; 32]);
            let key = SigningKey::from_bytes(&[5; 32]);
            Self { key, opening: OpeningKey::generate(OFFICE, &mut rng).unwrap().0, rng }
        }

        fn copy(&mut self, resting: &[Entry]) -> Vec<Sheet> {
            let sealing = SealingKey::new(OFFICE, &self.opening.public_key()).unwrap();
            let (office, device, key) = (OFFICE, DEVICE, &self.key);
            let copier = Copier { office, device, certificate: CERTIFICATE, key, sealing: &sealing };
            copier.copy(resting, RESTED_IN, day(), &mut self.rng).unwrap()
        }

        fn profiles(&mut self, count: usize) -> Vec<Entry> {
            self.things(EntryKind::PROFILE, SEALED_BYTES, count)
        }

        /// What rests is random to whoever has no key, and so it is here.
        fn things(&mut self, kind: EntryKind, bytes: usize, count: usize) -> Vec<Entry> {
            let mut thing = || {
                let mut sealed = vec![0; bytes];
                self.rng.fill_bytes(&mut sealed);
                Entry { seq: 0, kind, key_id: KeyId([2; 8]), dictionary: CURRENT, sealed }
            };
            (0..count).map(|_| thing()).collect()
        }

        /// The bodies and the entries of one signed push that begins a ledger.
        fn read(&self, bytes: &[u8]) -> (Epoch, Vec<Entry>) {
            let signed = Sign1::read(bytes).unwrap();
            let push = Push::open(&signed, &self.key.verifying_key()).unwrap();
            assert_eq!(push.previous, chain::genesis(OFFICE, CERTIFICATE, push.epoch));
            assert_eq!((push.office, push.device, push.from), (OFFICE, DEVICE, 0));
            let entry = |(entry, seq): (&PushEntry<'_>, u64)| Entry {
                seq,
                kind: entry.kind,
                key_id: entry.key_id,
                dictionary: entry.dictionary,
                sealed: entry.sealed.to_vec(),
            };
            (push.epoch, push.entries.iter().zip(1..).map(entry).collect())
        }

        fn open(&self, epoch: Epoch, entry: &Entry) -> Body {
            let Entry { seq, kind, key_id, dictionary, ref sealed } = *entry;
            let position = Position { device: DEVICE, epoch, seq, kind, key_id, dictionary };
            let packed = self.opening.open(sealed, &position).unwrap();
            Body::decode(kind, &unpack(dictionary, &packed).unwrap()).unwrap()
        }

        /// Everything that a copy holds.
        fn inside(&self, sheets: &[Sheet]) -> Vec<Entry> {
            let mut found = Vec::new();
            for sheet in sheets {
                assert!(sheet.bytes.len() < PUSH_BYTES_MAX);
                let (epoch, entries) = self.read(&sheet.bytes);
                assert_eq!((epoch, entries.len()), (sheet.epoch, 1));
                let Body::Resting(copy) = self.open(epoch, &entries[0]) else { panic!("another kind") };
                let Some(push) = copy.push else { continue };
                let (epoch, mut entries) = self.read(&push);
                let Body::LedgerOpened(opened) = self.open(epoch, &entries.remove(0)) else { panic!() };
                assert_eq!((opened.reason, opened.previous), (OpeningReason::Resting, Some(RESTED_IN)));
                found.extend(entries.into_iter().map(|entry| Entry { seq: 0, ..entry }));
            }
            found
        }
    }

    fn day() -> domain::Captured {
        domain::Captured {
            at_unix_ms: 1_795_219_200_000,
            certainty: domain::Certainty::Unconfirmed,
            trusted_unix_s: None,
            elapsed_ms: None,
        }
    }

    #[test]
    fn a_copy_opens_at_the_office_and_has_one_size_whatever_rests() {
        let mut stand = Stand::new();
        let most = (SHEET_BYTES - FRAME_BYTES) / (SEALED_BYTES + ENTRY_BYTES);
        let mut sizes = BTreeSet::new();
        for count in [0, 1, 2, 3, 50, 100, most - 1, most] {
            let resting = stand.profiles(count);
            let sheets = stand.copy(&resting);
            assert_eq!(stand.inside(&sheets), resting, "{count}");
            assert_eq!(sheets.len(), 1, "{count}");
            sizes.insert(sheets[0].bytes.len());
        }
        assert_eq!(sizes.len(), 1, "{sizes:?}");
        for (count, expected) in [(most + 1, 2), (2 * most, 2), (2 * most + 1, 3)] {
            let resting = stand.profiles(count);
            let sheets = stand.copy(&resting);
            assert_eq!(stand.inside(&sheets), resting, "{count}");
            assert_eq!(sheets.len(), expected, "{count}");
            assert!(sheets.iter().all(|sheet| sizes.contains(&sheet.bytes.len())), "{count}");
        }
    }

    #[test]
    fn the_largest_answer_has_room() {
        let mut stand = Stand::new();
        for bytes in [176, 5_000, SHEET_BYTES - FRAME_BYTES, SHEET_BYTES, 67_632] {
            let mut resting = stand.things(EntryKind::SURVEY_ANSWER, bytes, 2);
            resting.extend(stand.profiles(3));
            let sheets = stand.copy(&resting);
            assert_eq!(stand.inside(&sheets), resting, "{bytes}");
        }
    }

    /// Two looks at one pool: neither a name nor sixteen bytes in common but what each push of this stand says.
    #[test]
    fn two_copies_have_nothing_in_common() {
        let mut stand = Stand::new();
        let resting = stand.profiles(20);
        let (one, other) = (stand.copy(&resting), stand.copy(&resting));
        assert_ne!(one[0].epoch, other[0].epoch);
        let sealed = |sheet: &Sheet| stand.read(&sheet.bytes).1.remove(0).sealed;
        let (one, other) = (sealed(&one[0]), sealed(&other[0]));
        let pieces: BTreeSet<&[u8]> = one.windows(16).collect();
        assert!(!other.windows(16).any(|piece| pieces.contains(piece)));
        for entry in &resting {
            let piece = &entry.sealed[..16];
            assert!(!one.windows(16).any(|window| window == piece), "what rests can be recognised");
        }
    }
}
