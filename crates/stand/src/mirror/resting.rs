//! What rests on this stand until the outing's closing, profiles and answers, as the mirror holds it (ADR 86).
//!
//! The copy is made anew whenever an entry was written to the mirror, whether what rests changed or not, and is of one
//! size: neither that it was written nor how large it is tells whose encounter left a profile.

use bundle::{Medium, What, put, resting_folder, resting_path, walk};
use rand_core::UnwrapErr;
use wire::resting::{Copier, RestingError};
use wire::seal::SealingKey;
use wire::{Entry, Epoch, Hash};

use crate::stick::Source;
use crate::{StandError, clock};

/// What rests at one moment.
pub(crate) struct AtRest {
    entries: Vec<Entry>,
    rested_in: Epoch,
    /// Which it is, whatever the order.
    pub(crate) name: Hash,
}

/// Reads what rests. To be read before the entries are: a closing in between then leaves it on the mirror twice, in the
/// copy and as entries, and not at all the other way round.
pub(crate) fn at_rest(source: &Source<'_>) -> Result<AtRest, StandError> {
    let mut chance = UnwrapErr(getrandom::SysRng);
    let (rested_in, ..) = source.ledgers.current.head()?;
    let entries = source.ledgers.current.resting(&mut chance)?;
    let mut hashes: Vec<[u8; 32]> = entries.iter().map(|entry| entry.sealed_hash().0).collect();
    hashes.sort_unstable();
    Ok(AtRest { entries, rested_in, name: Hash::of(&hashes.concat()) })
}

/// Writes a copy, and then takes away every older one.
pub(crate) fn lay_resting(
    medium: &mut impl Medium,
    source: &Source<'_>,
    at_rest: &AtRest,
) -> Result<(), StandError> {
    let mut chance = UnwrapErr(getrandom::SysRng);
    let (office, device) = (source.enrolment.device.office, source.enrolment.device.device);
    let sealing = source.enrolment.sealing_key().map_err(|error| StandError::Enrolment(error.into()))?;
    let sealing = SealingKey::new(office, &sealing).map_err(RestingError::Seal)?;
    let certificate = &source.enrolment.device_bytes;
    let copier = Copier { office, device, certificate, key: source.key, sealing: &sealing };
    let mut written = Vec::new();
    for sheet in copier.copy(&at_rest.entries, at_rest.rested_in, clock::today(), &mut chance)? {
        let path = resting_path(device, &sheet.bytes);
        put(medium, &path, &sheet.bytes)?;
        written.push(path);
    }
    for older in walk(medium, &resting_folder(device))?.files {
        let is_ours = matches!(older.what, What::Push | What::Unfinished);
        if is_ours && !written.contains(&older.path) {
            medium.remove(&older.path)?;
        }
    }
    Ok(())
}
