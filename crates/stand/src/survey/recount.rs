//! A draw counted again from its seed, by whoever has the closing. It needs no stand and no key.

use serde::Serialize;
use survey::draw::{Commitment, Rate, Seed, drawn};
use survey::limits::PLACES_MAX;

/// A draw counted again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recount {
    /// What this seed and this rate commit to, in hexadecimal.
    pub commitment: String,
    /// Whether that is what was committed; none where nobody said what was.
    pub holds: Option<bool>,
    /// The places that are drawn.
    pub drawn: Vec<u64>,
}

/// Counts again over so many places, at most [`PLACES_MAX`].
pub fn recount(
    seed: [u8; 32],
    rate: (u16, u16),
    places: u64,
    committed: Option<[u8; 32]>,
) -> Option<Recount> {
    let rate = Rate::new(rate.0, rate.1)?;
    let seed = Seed::new(seed);
    let commitment = seed.commit(rate);
    let hex = data_encoding::HEXLOWER.encode(&commitment.0);
    let places = (1..=places.min(PLACES_MAX)).filter(|place| drawn(&seed, *place, rate));
    Some(Recount {
        commitment: hex,
        holds: committed.map(|committed| Commitment(committed).holds(&seed, rate)),
        drawn: places.collect(),
    })
}
