//! Laying a ledger on another medium: what of it lies there whole already, and signed runs of the rest.

use bundle::{Medium, MediumError, PushHead, Put, What, ledger_folder, push_path, put, read_push, walk};
use ed25519_dalek::SigningKey;
use ledger::LocalEpoch;
use wire::enrol::Enrolment;
use wire::{Epoch, Hash};

use crate::StandError;
use crate::files::SealedFiles;
use crate::ledgers::{Ledgers, RunRead};

/// Sealed bytes of one file: one push, as large as the network's largest.
pub(crate) const RUN_BYTES_MAX: usize = 256 * 1_024;

/// Whose entries they are, and who signs them.
pub(crate) struct Source<'a> {
    pub(crate) ledgers: &'a Ledgers,
    pub(crate) enrolment: &'a Enrolment,
    pub(crate) key: &'a SigningKey,
    pub(crate) files: &'a SealedFiles,
    /// Hears how many bytes were written so far.
    pub(crate) told: &'a dyn Fn(u64),
}

/// Nobody waits to hear how far it is.
pub(crate) const UNTOLD: &dyn Fn(u64) = &|_| {};

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Laid {
    pub(crate) files: u64,
    pub(crate) bytes: u64,
    /// Whether entries could not be laid, since they can't be read here any more.
    pub(crate) unreadable: bool,
}

/// The pushes of a ledger that lie whole on a medium, by what is inside and signed, whatever they are called.
pub(crate) fn own_runs(
    medium: &impl Medium,
    source: &Source<'_>,
    epoch: Epoch,
) -> Result<Vec<PushHead>, MediumError> {
    let device = source.enrolment.device.device;
    let key = source.key.verifying_key();
    let found = walk(medium, &ledger_folder(device, epoch))?;
    let mut runs = Vec::new();
    for file in found.of(What::Push) {
        match read_push(medium, &file.path, Some(&key)) {
            Ok((run, _)) if (run.device, run.epoch) == (device, epoch) => runs.push(run),
            Err(bundle::Unreadable::Medium(error)) => return Err(error),
            // Torn, or somebody else's: it covers nothing.
            Ok(_) | Err(_) => {}
        }
    }
    runs.sort_by_key(|run| (run.from, run.count));
    Ok(runs)
}

/// How many entries of our own chain are covered without a gap, where the first `start` need not be.
pub(crate) fn covered<E>(
    start: u64,
    runs: &[PushHead],
    mut head_at: impl FnMut(u64) -> Result<Option<Hash>, E>,
) -> Result<u64, E> {
    let mut at = start;
    for run in runs {
        if run.from > at {
            break;
        }
        let ours = run.count > at
            && head_at(run.count)? == Some(run.head)
            && head_at(run.from)? == Some(run.previous);
        if ours {
            at = run.count;
        }
    }
    Ok(at)
}

/// Lays the entries of a ledger after `from`. Returns up to where they lie there now.
pub(crate) fn lay(
    medium: &mut impl Medium,
    source: &Source<'_>,
    local: &LocalEpoch,
    from: u64,
    laid: &mut Laid,
) -> Result<u64, StandError> {
    let device = source.enrolment.device.device;
    let mut at = from;
    while at < local.count {
        let place = (local.epoch, at);
        let chunk = match source.ledgers.run(source.enrolment, source.key, place, RUN_BYTES_MAX)? {
            RunRead::Signed(chunk) => chunk,
            RunRead::Unreadable => {
                laid.unreadable = true;
                break;
            }
        };
        let path = push_path(device, local.epoch, chunk.from, chunk.count, &chunk.bytes);
        if put(medium, &path, &chunk.bytes)? == Put::Written {
            laid.files = laid.files.saturating_add(1);
            laid.bytes = laid.bytes.saturating_add(u64::try_from(chunk.bytes.len()).unwrap_or(u64::MAX));
            (source.told)(laid.bytes);
        }
        at = chunk.count;
    }
    Ok(at)
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use wire::{DeviceId, KeyId, OfficeId};

    fn run(from: u64, count: u64, ours: bool) -> PushHead {
        let head = |count: u64| Hash([if ours { 1 } else { 200 } + u8::try_from(count).unwrap(); 32]);
        PushHead {
            path: String::new(),
            kid: KeyId([0; 8]),
            office: OfficeId([0; 16]),
            device: DeviceId([0; 16]),
            epoch: Epoch([0; 8]),
            from,
            previous: Hash([1 + u8::try_from(from).unwrap(); 32]),
            count,
            head: head(count),
            len: 0,
        }
    }

    #[test]
    fn only_our_own_chain_without_a_gap_counts() {
        let check = |start: u64, runs: &[(u64, u64, bool)], expected: u64| {
            let mut heads: Vec<PushHead> =
                runs.iter().map(|(from, to, ours)| run(*from, *to, *ours)).collect();
            heads.sort_by_key(|run| (run.from, run.count));
            let own = |count: u64| {
                Ok::<_, Infallible>((count <= 20).then(|| Hash([1 + u8::try_from(count).unwrap(); 32])))
            };
            assert_eq!(covered(start, &heads, own), Ok(expected), "{start} {runs:?}");
        };
        check(0, &[], 0);
        check(0, &[(0, 5, true)], 5);
        check(0, &[(0, 5, true), (5, 9, true)], 9);
        check(0, &[(0, 5, true), (3, 9, true)], 9);
        check(0, &[(0, 9, true), (3, 5, true)], 9);
        check(0, &[(0, 5, true), (6, 9, true)], 5);
        check(0, &[(0, 5, false), (5, 9, true)], 0);
        check(0, &[(0, 5, false), (0, 4, true), (4, 9, true)], 9);
        check(0, &[(1, 5, true)], 0);
        check(7, &[(5, 9, true)], 9);
        check(7, &[(0, 5, true)], 7);
        check(0, &[(0, 25, true)], 0);
    }
}
