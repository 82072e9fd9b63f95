//! A profile sealed at its encounter, to be placed in the chain at the outing's closing.
//!
//! What is sealed names no machine, ledger or position (ADR 21), goes to a key of its own, and has one size.

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::body::{Body, ProfileRecord};
use crate::chain::Position;
use crate::compress::{CURRENT, CompressError, Packer};
use crate::ids::{DeviceId, Epoch, KeyId};
use crate::seal::{OVERHEAD, PADDED_LEN_MIN, SealError, SealingKey};
use crate::{Entry, EntryKind};

/// Bytes of every sealed profile: the shortest that a sealed body can be.
pub const SEALED_BYTES: usize = PADDED_LEN_MIN.saturating_add(OVERHEAD);

/// A profile at rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedProfile {
    /// The key that opens it.
    pub key_id: KeyId,
    /// The compression dictionary.
    pub dictionary: u16,
    /// The sealed body, of [`SEALED_BYTES`] bytes.
    pub sealed: Vec<u8>,
}

/// Why a profile was not sealed.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// It could not be packed.
    #[error(transparent)]
    Pack(#[from] CompressError),
    /// It could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// Sealed, it would have another size than all others.
    #[error("a sealed profile of {bytes} bytes")]
    Size {
        /// Its size.
        bytes: usize,
    },
}

/// Where a pooled body stands as far as its seal is concerned: nowhere.
fn nowhere(key_id: KeyId, dictionary: u16) -> Position {
    let (device, epoch) = (DeviceId([0; 16]), Epoch([0; 8]));
    Position { device, epoch, seq: 0, kind: EntryKind::PROFILE, key_id, dictionary }
}

impl SealedProfile {
    /// Seals a profile to the office's statistics key.
    pub fn seal(
        record: ProfileRecord,
        key: &SealingKey,
        packer: &mut Packer,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, ProfileError> {
        let packed = Zeroizing::new(packer.pack(&Body::Profile(record).encode())?);
        let sealed = key.seal(&packed, &nowhere(key.id(), CURRENT), rng)?;
        if sealed.len() != SEALED_BYTES {
            return Err(ProfileError::Size { bytes: sealed.len() });
        }
        Ok(Self { key_id: key.id(), dictionary: CURRENT, sealed })
    }

    /// The entry that it becomes.
    pub fn at(self, seq: u64) -> Entry {
        let Self { key_id, dictionary, sealed } = self;
        Entry { seq, kind: EntryKind::PROFILE, key_id, dictionary, sealed }
    }
}

#[cfg(test)]
mod tests {
    use domain::profile::{Consent, ConsentBy, Items, Topic};
    use domain::{Kind, Outcome, Profile, limits};
    use rand_chacha::ChaCha20Rng;
    use rand_core::{Rng as _, SeedableRng as _};

    use super::*;
    use crate::OfficeId;
    use crate::seal::OpeningKey;

    fn record(profile: Profile, rng: &mut ChaCha20Rng) -> ProfileRecord {
        let mut id = [0; 16];
        rng.fill_bytes(&mut id);
        ProfileRecord { id, profile, day: i32::MAX }
    }

    fn shortest() -> Profile {
        let items = Items::default();
        Profile { items, consent: None, kind: None, topic: None, outcome: Outcome::Informed }
    }

    /// Every item said, and the longest text of a consent, of letters that do not compress.
    fn longest(rng: &mut ChaCha20Rng) -> Profile {
        const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._";
        let letter = |_| char::from(LETTERS[usize::try_from(rng.next_u32() % 64).unwrap()]);
        let text = (0..limits::CONSENT_TEXT_CHARS_MAX).map(letter).collect();
        let items = Items {
            gender: Some(domain::profile::Gender::Other),
            age: Some(domain::profile::AgeBand::From80),
            nationality: Some(domain::profile::Nationality::Other),
            indigenous_people: Some(domain::profile::IndigenousPeople::Unknown),
            disability: Some(domain::profile::Affirmation::Unknown),
            organisation: Some(domain::profile::Organisation::None),
            organisation_role: Some(domain::profile::OrganisationRole::Other),
        };
        let consent = Some(Consent { by: ConsentBy::Person, text });
        let (kind, topic) = (Some(Kind::Sugerencia), Some(Topic::Other));
        Profile { items, consent, kind, topic, outcome: Outcome::CameInVain }
    }

    #[test]
    fn every_profile_has_one_size_and_opens_wherever_it_comes_to_stand() {
        let mut rng = ChaCha20Rng::from_seed([1; 32]);
        let office = OfficeId([7; 16]);
        let (opening, _) = OpeningKey::generate(office, &mut rng).unwrap();
        let key = SealingKey::new(office, &opening.public_key()).unwrap();
        let mut packer = Packer::default();
        for round in 0..40 {
            let profile = if round == 0 { shortest() } else { longest(&mut rng) };
            let record = record(profile, &mut rng);
            let sealed = SealedProfile::seal(record.clone(), &key, &mut packer, &mut rng).unwrap();
            assert_eq!(sealed.sealed.len(), 176, "round {round}");
            let entry = sealed.at(3 + round);
            let position = Position {
                device: DeviceId([9; 16]),
                epoch: Epoch([8; 8]),
                seq: entry.seq,
                kind: entry.kind,
                key_id: entry.key_id,
                dictionary: entry.dictionary,
            };
            let packed = opening.open(&entry.sealed, &position).unwrap();
            let body = crate::compress::unpack(entry.dictionary, &packed).unwrap();
            assert!(Body::decode(entry.kind, &body).unwrap() == Body::Profile(record));
        }
    }
}
