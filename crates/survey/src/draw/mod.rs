//! Whom the device invites to the survey, so that nobody can choose and anybody can recompute it.
//!
//! At the opening of an outing the device draws a [`Seed`] and writes its [`Commitment`], with the [`Rate`], into the
//! ledger. The n-th place of the outing's draw is invited or not by [`drawn`], which is decided from that moment on
//! and known to nobody. At the closing the seed is disclosed: whoever has it, the rate and the number of places
//! counts again ([`count_drawn`]), with any HMAC-SHA-256.
//!
//! [`Sample`] hands places to encounters and invitations to the screen: events in, actions out.

mod sample;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use zeroize::{Zeroize, ZeroizeOnDrop};

pub use self::sample::{Action, Event, Fate, Memory, Place, Sample, Tally};

/// How many are invited: `numerator` of `denominator`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    numerator: u16,
    denominator: u16,
}

impl Rate {
    /// Nobody.
    pub const NONE: Self = Self { numerator: 0, denominator: 1 };
    /// One in five, unless the office says otherwise. Of 300 people it invites about 60, who take up the one screen for
    /// about an hour of a day; four such days give some 150 answers, and a net score within 15 points.
    pub const STANDARD: Self = Self { numerator: 1, denominator: 5 };

    /// A share from none to all.
    ///
    /// # Errors
    /// None when the denominator is 0 or the share is more than all.
    pub fn new(numerator: u16, denominator: u16) -> Option<Self> {
        (denominator > 0 && numerator <= denominator).then_some(Self { numerator, denominator })
    }

    /// The upper number of the fraction, as it was given.
    pub fn numerator(self) -> u16 {
        self.numerator
    }

    /// The lower number of the fraction, as it was given.
    pub fn denominator(self) -> u16 {
        self.denominator
    }
}

/// 32 bytes of chance, secret from the opening of an outing to its closing. Wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Seed([u8; 32]);

impl Seed {
    /// From bytes that a source of chance for keys gave, or from the ledger.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// To be disclosed at the closing, and not before.
    pub fn disclose(&self) -> [u8; 32] {
        self.0
    }

    /// SHA-256 over `oirs/survey-seed/1`, numerator and denominator (two bytes each, the higher first), seed.
    pub fn commit(&self, rate: Rate) -> Commitment {
        let hash = Sha256::new()
            .chain_update(b"oirs/survey-seed/1")
            .chain_update(rate.numerator.to_be_bytes())
            .chain_update(rate.denominator.to_be_bytes())
            .chain_update(self.0);
        Commitment(hash.finalize().into())
    }
}

impl std::fmt::Debug for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seed(..)")
    }
}

/// What binds a device to a seed and a rate without giving the seed away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commitment(pub [u8; 32]);

impl Commitment {
    /// Whether this seed and this rate were committed.
    pub fn holds(&self, seed: &Seed, rate: Rate) -> bool {
        self.0.ct_eq(&seed.commit(rate).0).into()
    }
}

/// Whether the n-th place of a draw, counted from 1, is invited.
///
/// HMAC-SHA-256 (RFC 2104) under the seed over `oirs/survey-draw/1` and `n` (eight bytes, the highest first); its
/// first eight bytes as a number, divided by 2^64, lie below the rate. Whole numbers throughout: every machine
/// says the same. The rate is met exactly at none and at all, and otherwise to within 2^-64.
pub fn drawn(seed: &Seed, n: u64, rate: Rate) -> bool {
    let mut block = [0u8; 64];
    let (key, _) = block.split_at_mut(32);
    key.copy_from_slice(&seed.0);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    block.zeroize();
    mac.update(b"oirs/survey-draw/1");
    mac.update(&n.to_be_bytes());
    let code: [u8; 32] = mac.finalize().into_bytes().into();
    let number = code.iter().take(8).fold(0_u128, |number, byte| (number << 8) | u128::from(*byte));
    // Below 2^64 times below 2^16: no overflow.
    number.saturating_mul(rate.denominator.into()) < (u128::from(rate.numerator) << 64)
}

/// How many of the first `places` places are invited.
pub fn count_drawn(seed: &Seed, places: u64, rate: Rate) -> u64 {
    (1..=places).filter(|n| drawn(seed, *n, rate)).fold(0, |count: u64, _| count.saturating_add(1))
}
