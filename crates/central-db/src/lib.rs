//! What the central office keeps, in domain words, behind one trait.
//!
//! [`Store`] is the contract, `tests/contract` its table of cases, [`sqlite`] the engine that needs no server.
//! Nothing outside [`sqlite`] names an SQL type. Where a push belongs is decided by a pure function (`branch`),
//! so that every engine decides alike.

mod branch;
mod census;
mod closings;
mod cursor;
mod devices;
mod error;
mod files;
mod intake;
mod kept;
mod manifests;
mod opening;
mod publications;
mod requests;
pub mod sqlite;
mod store;
mod surveys;
mod unlocks;

pub use branch::{BRANCHES_MAX, BranchId};
pub use census::{Census, ForkedLedger};
pub use closings::{Closing, ClosingName, ClosingState, OpenOuting};
pub use cursor::{CursorError, RequestCursor};
pub use devices::{
    Applicant, Certified, CertifyStand, Device, Enrolled, LedgerId, NewCode, PendingCode, Revocation,
    Revoked, Slot,
};
pub use error::StoreError;
pub use files::{
    AttachmentFound, AttachmentLine, FILES_PER_ENTRY_MAX, FileSum, FileToTake, Taking, UNFINISHED_MAX,
    file_folder,
};
pub use intake::{Accepted, SignCheckpoint, SignedPush, signed_payload_hash};
pub use kept::{
    KEPT_BYTES_MAX, KEPT_COUNT_MAX, KEPT_DAILY_BYTES_MAX, KEPT_DAILY_COUNT_MAX, KEPT_WINDOW_S, KeptApart,
    KeptLine, KeptPush, KeptSum,
};
pub use manifests::{HELD_AHEAD_S_MAX, Issue, IssueManifest, Issued, ManifestInputs, REISSUE_PAUSE_S};
pub use opening::{EntryId, FollowUp, Found, Opened, OpeningFailure, RequestLine, SealedEntry};
pub use publications::{NewPublication, Published, Publishing};
pub use requests::{FollowUpLine, Proof, Request, RequestFilter, State};
pub use sqlite::SqliteStore;
pub use store::{Answer, Store};
pub use surveys::{AnswerEntry, AnswerLine, Draw, DrawClosing, DrawOpening, SurveyFact};
pub use unlocks::{UnlockGiven, Unlocking};
