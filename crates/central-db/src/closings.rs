//! Closings of outings beside what was opened of them.

use wire::counts::{Counted, OutingCounts};
use wire::{DeviceId, Epoch, Hash};

use crate::opening::EntryId;

/// A closing, named as its stand names it: the hash tells apart what a clone recorded at the same position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClosingName {
    /// The stand.
    pub device: DeviceId,
    /// Its ledger.
    pub epoch: Epoch,
    /// The entry that closed the outing.
    pub closed: u64,
    /// That entry's hash in the chain.
    pub hash: Hash,
}

/// How far the office is with a closing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClosingState {
    /// The office holds no such entry.
    Unknown,
    /// It holds it, and has not yet tried to open all of the outing.
    NotOpened,
    /// The entry is there and is no closing, or could not be opened.
    NoClosing,
    /// It was opened, as far as that goes.
    Opened(Box<Closing>),
}

/// A closing and what was opened of its outing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// The entry that closed the outing.
    pub id: EntryId,
    /// Its hash in the chain.
    pub hash: Hash,
    /// The entry that opened it.
    pub opened_seq: u64,
    /// When the stand opened it, in seconds since 1970 (UTC); none when that entry could not be opened.
    pub opened_unix_s: Option<i64>,
    /// When the stand closed it, in seconds since 1970 (UTC).
    pub captured_unix_s: i64,
    /// Where, as filed; none when the stand did not say.
    pub comuna: Option<String>,
    /// The kind of place, as filed; none where nobody said.
    pub place_kind: Option<String>,
    /// What the closing states.
    pub stated: Vec<(Counted, u64)>,
    /// What was opened.
    pub counts: OutingCounts,
    /// Entries of the outing, its closing included, in quarantine.
    pub quarantined: u64,
    /// Entries of the outing that could not be opened.
    pub unopened: u64,
    /// Profiles of the outing whose id stands at another place as well, copies of what rested apart.
    pub profiles_twice: u64,
    /// Entries of the branch where the closing stands, those shared with its parent included.
    pub count: u64,
    /// The chain's hash after them.
    pub head: Hash,
    /// Entries of the ledger on other branches.
    pub apart: u64,
}

/// An outing that a stand opened and of which no closing has come: it goes on, or its end is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenOuting {
    /// The entry that opened it.
    pub id: EntryId,
    /// Where, as filed; none when the stand did not say.
    pub comuna: Option<String>,
    /// The kind of place, as filed; none where nobody said.
    pub place_kind: Option<String>,
    /// When, in seconds since 1970 (UTC).
    pub captured_unix_s: i64,
    /// Entries that came after it on its branch.
    pub since: u64,
    /// Profiles that came in copies of what rested in its ledger, and nowhere else.
    pub resting_profiles: u64,
    /// Answers to the survey that came so.
    pub resting_answers: u64,
}
