//! Requests as the desk and the status page see them.

use chrono::NaiveDate;
use domain::Space;
use wire::push::QuarantineReason;

use crate::cursor::RequestCursor;
use crate::opening::{EntryId, FollowUp, RequestLine};

/// How far a request has come.
///
/// `received` and `withdrawn` so far. A withdrawal counts when it came with the control code of the citizen's
/// paper, and in the ordinary way; one that is unproven or quarantined is shown and changes nothing until a person
/// looked at it, since whoever has a list of folios or a stolen stand could otherwise take other people's requests
/// back. A void never changes the state: it is the team's word
/// that a record was a mistake, and a citizen may stand behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It arrived and waits at the desk.
    Received,
    /// Whoever filed it took it back.
    Withdrawn,
}

impl State {
    /// The stable name in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A request in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The entry that holds it.
    pub id: EntryId,
    /// What was written down at opening.
    pub line: RequestLine,
    /// Where it was filed: the space of its stand.
    pub space: Space,
    /// When it arrived, in seconds since 1970 (UTC).
    pub received_unix_s: u64,
    /// Why it is quarantined, if it is.
    pub quarantine: Option<QuarantineReason>,
    /// How far it has come.
    pub state: State,
    /// Whether somebody wants it back and it is not withdrawn: unproven or quarantined, for a person to look at.
    pub withdrawal_waits: bool,
    /// Whether the team declared the record a mistake.
    pub voided: bool,
}

impl Request {
    /// Its place in the list.
    pub fn cursor(&self) -> RequestCursor {
        let RequestLine { due_on, captured_unix_s, .. } = self.line;
        RequestCursor { due_on, captured_unix_s, id: self.id }
    }
}

/// Which requests to list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RequestFilter {
    /// Only what falls due on this day or before.
    pub due_until: Option<NaiveDate>,
    /// Only what is quarantined.
    pub quarantined_only: bool,
    /// Only what was filed at this space.
    pub space: Option<Space>,
    /// Only what comes after this place.
    pub after: Option<RequestCursor>,
    /// At most so many; all of them when absent.
    pub limit: Option<usize>,
}

/// Something that follows on a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUpLine {
    /// The entry that holds it.
    pub id: EntryId,
    /// What it is.
    pub what: FollowUp,
    /// Whether the control code of the request's paper came with it. Never for a void.
    pub proven: bool,
    /// When the stand recorded it, in seconds since 1970 (UTC).
    pub captured_unix_s: i64,
    /// When it arrived, in seconds since 1970 (UTC).
    pub received_unix_s: u64,
    /// Why it is quarantined, if it is.
    pub quarantine: Option<QuarantineReason>,
}

/// How the status page recognises who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// The token that derives from the paper's claim key.
    Token([u8; 16]),
    /// The keyed hash of the folio and control code that a person typed.
    Control([u8; 32]),
}
