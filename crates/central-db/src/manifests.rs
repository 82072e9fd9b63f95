//! What the office tells each stand, and how far it vouches for what the stand sent.

use wire::manifest::{Directory, Part, Watermark};
use wire::{DeviceId, Hash};

/// Everything that a stand's manifest is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestInputs {
    /// The stand.
    pub device: DeviceId,
    /// When it was revoked, in seconds since 1970 (UTC).
    pub revoked_unix_s: Option<u64>,
    /// How far each of its ledgers is stored, every branch of it. Nothing is `safe` yet: no backup exists.
    pub watermarks: Vec<Watermark>,
    /// All of the office's stands.
    pub directory: Directory,
    /// What the office publishes for all stands, the newest of each kind, by kind.
    pub published: Vec<Part>,
    /// The manifest that the stand was given last, signed; none when a new one must be issued whatever it says.
    pub last: Option<Vec<u8>>,
    /// The number of a new one: larger than every earlier one of this stand, and not before the present second,
    /// so that it also grows over a restored backup.
    pub next_number: u64,
    /// The present second (UTC).
    pub now_unix_s: u64,
}

/// How far ahead of the present second the number may be that a stand says it holds, in seconds, and where the
/// number goes that answers it.
///
/// An office that was restored from a backup may have given numbers that it no longer knows: several in one
/// second, or while its clock was ahead. Whoever asks for a manifest is not known, so what they say is bounded:
/// nobody pushes the number more than a day ahead, and whoever pushes it pushes it past all that a stand of this
/// office can hold, so that a stand which is in need of it is served as well.
pub const HELD_AHEAD_S_MAX: u64 = 86_400;
/// How old the last manifest must be before one is issued anew for nothing but the number that somebody holds, in
/// seconds: so many strangers can't make the office sign and write at their pace.
pub const REISSUE_PAUSE_S: u64 = 60;

/// The manifest that was issued last, as far as its number matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LastIssued {
    /// Its number.
    pub(crate) number: u64,
    /// When, in seconds since 1970 (UTC).
    pub(crate) issued_unix_s: u64,
}

/// The number of a manifest that must be issued anew because the stand holds a later one than `last`; none when
/// there is nothing to do or `held` is not believed.
pub(crate) fn number_above(held: u64, last: Option<LastIssued>, now_unix_s: u64) -> Option<u64> {
    let top = now_unix_s.saturating_add(HELD_AHEAD_S_MAX);
    let forgotten = match last {
        Some(last) => held > last.number && now_unix_s.abs_diff(last.issued_unix_s) >= REISSUE_PAUSE_S,
        None => held >= now_unix_s,
    };
    (forgotten && held <= top).then(|| top.max(held.saturating_add(1)))
}

/// A manifest to be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Its number.
    pub number: u64,
    /// The signed bytes.
    pub signed: Vec<u8>,
    /// Content that it names and that must be there when it is asked for.
    pub parts: Vec<(Hash, Vec<u8>)>,
}

/// Makes manifests, inside the transaction that numbers them.
pub trait IssueManifest: Send + Sync {
    /// A new manifest, or nothing when the last one still says everything.
    fn issue(&self, inputs: &ManifestInputs) -> Option<Issue>;
}

/// The manifest that a stand should have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// Its number.
    pub number: u64,
    /// The signed bytes.
    pub signed: Vec<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_of_a_stand_with_all_its_branches_is_half_of_what_a_stand_reads() {
        use wire::manifest::{Manifest, Part, PartKind};
        let largest = Watermark {
            epoch: wire::Epoch([255; 8]),
            stored: u64::MAX,
            stored_head: Hash([255; 32]),
            safe: u64::MAX,
            safe_head: Hash([255; 32]),
        };
        let part = Part { kind: PartKind(u16::MAX), hash: Hash([255; 32]), len: u64::MAX };
        let office = wire::OfficeId([255; 16]);
        let mut manifest = Manifest::new(office, DeviceId([255; 16]), u64::MAX, u64::MAX);
        manifest.parts = vec![part; 64];
        manifest.watermarks = vec![largest; usize::try_from(crate::BRANCHES_MAX).unwrap()];
        manifest.revoked_unix_s = Some(u64::MAX);
        let signed = manifest.sign(&ed25519_dalek::SigningKey::from_bytes(&[1; 32]));
        assert!(signed.len() <= wire::ANSWER_BYTES_MAX / 2, "{} bytes", signed.len());
    }

    #[test]
    fn a_number_goes_past_what_a_stand_may_hold_and_no_farther() {
        const NOW: u64 = 1_795_000_000;
        let last = |number, age_s: u64| Some(LastIssued { number, issued_unix_s: NOW - age_s });
        let check =
            |held, last, expected| assert_eq!(number_above(held, last, NOW), expected, "{held} {last:?}");
        let top = NOW + HELD_AHEAD_S_MAX;
        check(NOW - 9, last(NOW - 8, 3_600), None);
        check(NOW - 8, last(NOW - 8, 3_600), None);
        check(NOW - 7, last(NOW - 8, 3_600), Some(top));
        check(top - 1, last(NOW - 8, 3_600), Some(top));
        check(top, last(NOW - 8, 3_600), Some(top + 1));
        check(top + 1, last(NOW - 8, 3_600), None);
        check(u64::MAX, last(NOW - 8, 3_600), None);
        check(NOW, last(NOW - 8, REISSUE_PAUSE_S - 1), None);
        check(NOW, last(NOW - 8, REISSUE_PAUSE_S), Some(top));
        check(NOW - 1, None, None);
        check(NOW, None, Some(top));
        let clock_went_back = Some(LastIssued { number: NOW, issued_unix_s: NOW + 500 });
        check(NOW + 1, clock_went_back, Some(top));
    }
}
