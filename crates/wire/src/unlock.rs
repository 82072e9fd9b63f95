//! Unlocking by telephone: how a stand far from any network knows that the office has spoken.
//!
//! Stand and office share one secret, the one in the enrolment code, and it never travels. From it both derive a key
//! for this purpose alone at the enrolment. The stand shows a challenge, the office answers with a truncated MAC over
//! it and over the person whom it is for. Whoever holds the key can set that person's PIN and nothing else: no record
//! is opened with it.

use domain::{StaffCode, UnlockChallenge, UnlockResponse};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use rand_core::CryptoRng;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroize;

use crate::enrol::EnrolmentCode;
use crate::first_bytes;
use crate::ids::DeviceId;

/// What stand and office agreed on at the enrolment, for unlocking by telephone only.
#[derive(Clone, PartialEq, Eq, Zeroize)]
#[zeroize(drop)]
pub struct UnlockKey([u8; Self::LEN]);

impl UnlockKey {
    /// Length in bytes.
    pub const LEN: usize = 32;

    /// The key of the stand that was enrolled with this code: HKDF-SHA-256 (RFC 5869), no salt.
    pub fn agree(code: &EnrolmentCode, device: DeviceId) -> Self {
        let mut key = [0; Self::LEN];
        let info = [b"oirs/unlock/1".as_slice(), &device.0].concat();
        // Fails only past 255 times the hash's length.
        let expanded = Hkdf::<sha2::Sha256>::new(None, code.secret()).expand(&info, &mut key);
        debug_assert!(expanded.is_ok());
        Self(key)
    }

    /// The key of these bytes, as a disk holds it.
    pub fn from_bytes(bytes: [u8; Self::LEN]) -> Self {
        Self(bytes)
    }

    /// The raw key.
    pub fn as_bytes(&self) -> &[u8; Self::LEN] {
        &self.0
    }

    /// What the office reads back: the first 35 bits of HMAC-SHA-256 (RFC 2104) over challenge and person.
    pub fn answer(&self, challenge: UnlockChallenge, person: &StaffCode) -> UnlockResponse {
        // RFC 2104 fills a short key up with zeroes to the block's 64 bytes; done here, no length can be wrong.
        let block: [u8; 64] = first_bytes(&self.0);
        let mut mac = Hmac::<sha2::Sha256>::new(&block.into());
        mac.update(b"oirs/unlock-answer/1");
        mac.update(&challenge.number().to_be_bytes());
        mac.update(person.as_str().as_bytes());
        UnlockResponse::from_bytes(first_bytes(&mac.finalize().into_bytes()))
    }

    /// Whether this is the response. Compares in constant time.
    pub fn fits(&self, challenge: UnlockChallenge, person: &StaffCode, response: UnlockResponse) -> bool {
        self.answer(challenge, person).number().ct_eq(&response.number()).into()
    }
}

/// Draws what a stand shows.
pub fn draw_challenge(rng: &mut impl CryptoRng) -> UnlockChallenge {
    let mut bytes = [0; 8];
    rng.fill_bytes(&mut bytes);
    UnlockChallenge::from_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of docs/protocol.md, section 4.
    #[test]
    fn the_documents_example() {
        let code = EnrolmentCode::parse("0M2G-A185-0M2G-A18M-E15S-1HJ8-CZEC-YP6G").unwrap();
        let key = UnlockKey::agree(&code, DeviceId([0xde; 16]));
        let person = StaffCode::parse("T-1").unwrap();
        let challenge = UnlockChallenge::from_bytes([0x01, 0x23, 0x45, 0x67, 0x89, 0, 0, 0]);
        let response = key.answer(challenge, &person);
        let said =
            (data_encoding::HEXLOWER.encode(key.as_bytes()), challenge.to_string(), response.to_string());
        assert_eq!(said, (EXAMPLE_KEY.to_owned(), "04HM-ASWY".to_owned(), EXAMPLE_RESPONSE.to_owned()));
        assert!(key.fits(challenge, &person, response));
        let other = UnlockChallenge::from_bytes([0x01, 0x23, 0x45, 0x67, 0xa9, 0, 0, 0]);
        assert!(!key.fits(other, &person, response), "another challenge");
        assert!(!key.fits(challenge, &StaffCode::parse("T-2").unwrap(), response), "another person");
        let elsewhere = UnlockKey::agree(&code, DeviceId([0xdf; 16]));
        assert!(!elsewhere.fits(challenge, &person, response), "another stand");
    }

    const EXAMPLE_KEY: &str = "d74727330bf1ec322e0fc5bf94eef5f96171f5308824644068cc2849946224cf";
    const EXAMPLE_RESPONSE: &str = "SK4P-A5CY";
}
