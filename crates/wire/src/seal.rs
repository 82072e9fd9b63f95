//! The seal: HPKE (RFC 9180) in base mode, one message per context, to the office's X25519 key.
//!
//! Suite: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305. A sealed body is the 32 bytes of the
//! encapsulated key, then ciphertext and tag. The context is used once and dropped: one kept in memory could
//! open what it sealed. Base mode authenticates nobody; the chain and the push signature do.
//!
//! Before sealing, the body is padded: the marker 0x80 and zeroes (ISO/IEC 7816-4) up to the next Padmé length
//! (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", 2019), so
//! that at most O(log log n) bits of the length leak, at a cost of at most 12 %.

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256 as X25519;
use hpke::{Deserializable as _, Kem, OpModeR, OpModeS, Serializable as _};
use rand_core::CryptoRng;
use zeroize::{Zeroize as _, Zeroizing};

use crate::chain::Position;
use crate::ids::{KeyId, OfficeId};

/// Length of the encapsulated key before the ciphertext.
pub const ENCAPSULATED_LEN: usize = 32;
/// What sealing adds: encapsulated key and Poly1305 tag.
pub const OVERHEAD: usize = ENCAPSULATED_LEN + 16;
/// No padded body is shorter, so that a one-word request looks like an ordinary one.
pub const PADDED_LEN_MIN: usize = 128;

/// Why a body could not be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The 32 bytes are no usable X25519 key.
    #[error("not a usable X25519 key")]
    Key,
    /// HPKE refused to seal.
    #[error("could not be sealed")]
    Seal,
    /// Not sealed to this key, or for another position, or altered.
    #[error("not sealed to this key at this position, or altered")]
    Open,
    /// Opened, but the padding is not of the form above.
    #[error("the padding is malformed")]
    Padding,
}

/// The public key that a stand seals to. Opens nothing.
#[derive(Clone)]
pub struct SealingKey {
    key: <X25519 as Kem>::PublicKey,
    id: KeyId,
    office: OfficeId,
}

/// The office's private key. Lives only where records are opened; wiped from memory when dropped.
pub struct OpeningKey {
    key: <X25519 as Kem>::PrivateKey,
    id: KeyId,
    office: OfficeId,
}

/// The `info` of RFC 9180: protocol and office.
fn info(office: OfficeId) -> Vec<u8> {
    [b"oirs/seal/1".as_slice(), &office.0].concat()
}

impl SealingKey {
    /// Takes the raw public key (RFC 7748).
    pub fn new(office: OfficeId, public_key: &[u8; 32]) -> Result<Self, SealError> {
        let key = <X25519 as Kem>::PublicKey::from_bytes(public_key).map_err(|_| SealError::Key)?;
        Ok(Self { key, id: KeyId::of(public_key), office })
    }

    /// The key's id, as entries name it.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// Seals a body for one position. `position.key_id` must be this key's.
    pub fn seal(
        &self,
        body: &[u8],
        position: &Position,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, SealError> {
        let mut padded = Zeroizing::new(pad(body));
        let (encapsulated, tag) =
            hpke::single_shot_seal_inout_detached_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519>(
                &OpModeS::Base,
                &self.key,
                &info(self.office),
                padded.as_mut_slice().into(),
                &position.associated_data(),
                rng,
            )
            .map_err(|_| SealError::Seal)?;
        let mut sealed = Vec::with_capacity(padded.len().saturating_add(OVERHEAD));
        sealed.extend_from_slice(&encapsulated.to_bytes());
        sealed.extend_from_slice(&padded);
        sealed.extend_from_slice(&tag.to_bytes());
        Ok(sealed)
    }
}

impl OpeningKey {
    /// Draws a new key pair; the second value is the raw private key to be stored.
    pub fn generate(
        office: OfficeId,
        rng: &mut impl CryptoRng,
    ) -> Result<(Self, Zeroizing<[u8; 32]>), SealError> {
        let mut secret = Zeroizing::new([0; 32]);
        rng.fill_bytes(secret.as_mut_slice());
        Ok((Self::new(office, &secret)?, secret))
    }

    /// Takes the raw private key (RFC 7748).
    pub fn new(office: OfficeId, secret: &[u8; 32]) -> Result<Self, SealError> {
        let key = <X25519 as Kem>::PrivateKey::from_bytes(secret).map_err(|_| SealError::Key)?;
        let mut opening = Self { key, id: KeyId([0; 8]), office };
        opening.id = KeyId::of(&opening.public_key());
        Ok(opening)
    }

    /// The raw public key that stands seal to.
    pub fn public_key(&self) -> [u8; 32] {
        X25519::sk_to_pk(&self.key).to_bytes().into()
    }

    /// The key's id, as entries name it.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// Opens a sealed body; the position must be the one it was sealed for.
    pub fn open(&self, sealed: &[u8], position: &Position) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (encapsulated, ciphertext) = sealed.split_at_checked(ENCAPSULATED_LEN).ok_or(SealError::Open)?;
        let encapsulated =
            <X25519 as Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| SealError::Open)?;
        let padded = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519>(
            &OpModeR::Base,
            &self.key,
            &encapsulated,
            &info(self.office),
            ciphertext,
            &position.associated_data(),
        )
        .map_err(|_| SealError::Open)?;
        unpad(padded)
    }
}

/// The Padmé length at or above `len`: the length whose binary form has at most as many significant bits as
/// it needs to say its own magnitude.
pub(crate) fn padme(len: usize) -> usize {
    let Some(exponent) = len.max(PADDED_LEN_MIN).checked_ilog2() else { return PADDED_LEN_MIN };
    let significant = exponent.checked_ilog2().unwrap_or(0).saturating_add(1);
    let mask = 1_usize.checked_shl(exponent.saturating_sub(significant)).unwrap_or(1).saturating_sub(1);
    len.max(PADDED_LEN_MIN).saturating_add(mask) & !mask
}

fn pad(body: &[u8]) -> Vec<u8> {
    let len = padme(body.len().saturating_add(1));
    let mut padded = Vec::with_capacity(len);
    padded.extend_from_slice(body);
    padded.push(0x80);
    padded.resize(len, 0);
    padded
}

fn unpad(mut padded: Vec<u8>) -> Result<Zeroizing<Vec<u8>>, SealError> {
    match padded.iter().rposition(|byte| *byte != 0) {
        Some(end) if padded.get(end) == Some(&0x80) => {
            padded.truncate(end);
            Ok(Zeroizing::new(padded))
        }
        _ => {
            padded.zeroize();
            Err(SealError::Padding)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::EntryKind;
    use crate::ids::{DeviceId, Epoch};
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng as _;

    const OFFICE: OfficeId = OfficeId([7; 16]);

    fn position(key_id: KeyId, seq: u64) -> Position {
        Position {
            device: DeviceId([1; 16]),
            epoch: Epoch([2; 8]),
            seq,
            kind: EntryKind::REQUEST,
            key_id,
            dictionary: 1,
        }
    }

    #[test]
    fn opens_with_its_key_at_its_position_only() {
        let mut rng = ChaCha20Rng::from_seed([1; 32]);
        let (opening, secret) = OpeningKey::generate(OFFICE, &mut rng).unwrap();
        let sealing = SealingKey::new(OFFICE, &opening.public_key()).unwrap();
        let at = position(sealing.id(), 1);
        let sealed = sealing.seal(b"solicitud", &at, &mut rng).unwrap();
        assert_eq!(opening.open(&sealed, &at).unwrap().as_slice(), b"solicitud");
        assert_eq!(
            OpeningKey::new(OFFICE, &secret).unwrap().open(&sealed, &at).unwrap().as_slice(),
            b"solicitud"
        );

        let elsewhere = position(sealing.id(), 2);
        assert_eq!(opening.open(&sealed, &elsewhere), Err(SealError::Open));
        let (other, _) = OpeningKey::generate(OFFICE, &mut rng).unwrap();
        assert_eq!(other.open(&sealed, &at), Err(SealError::Open));
        let other_office = OpeningKey::new(OfficeId([8; 16]), &secret).unwrap();
        assert_eq!(other_office.open(&sealed, &at), Err(SealError::Open));
        for position in [0, 40, sealed.len() - 1] {
            let mut altered = sealed.clone();
            altered[position] ^= 1;
            assert_eq!(opening.open(&altered, &at), Err(SealError::Open), "byte {position}");
        }
        for cut in [0, 31, 32, 47, sealed.len() - 1] {
            assert!(opening.open(&sealed[..cut], &at).is_err(), "cut to {cut}");
        }
    }

    #[test]
    fn padding_hides_lengths_within_twelve_percent() {
        for len in [0, 1, 126, 127, 128, 200, 255, 256, 1_000, 4_095, 70_000] {
            let body = vec![0; len];
            let padded = pad(&body);
            assert!(padded.len() >= PADDED_LEN_MIN);
            assert!(padded.len() <= PADDED_LEN_MIN.max((len + 1) * 112 / 100 + 1), "{len}: {}", padded.len());
            assert_eq!(unpad(padded).unwrap().as_slice(), body.as_slice());
        }
        assert_eq!(padme(129), 144);
        assert_eq!(padme(1_000), 1_024);
        assert_eq!(padme(9), 128);
    }

    #[test]
    fn malformed_padding_is_refused() {
        for bytes in [vec![], vec![0; 128], vec![1, 2, 3], vec![0x80, 1]] {
            assert_eq!(unpad(bytes.clone()), Err(SealError::Padding), "{bytes:?}");
        }
    }
}
