//! The one trait through which the central office keeps and finds things.
//!
//! In words of the office, so that no engine's type leaks and a second engine has a short list to fulfil; the
//! table of cases in `tests/contract` says what each line means. Time, chance and keys are handed in. Every
//! operation that changes something is one transaction: what must be decided in it (a checkpoint, a certificate,
//! a manifest's number) is decided by a callback inside, never by reading first and inserting afterwards.

use std::pin::Pin;
use std::sync::Arc;

use domain::Folio;
use wire::manifest::PartKind;
use wire::{DeviceId, EntryKind, Hash, KeyId};

use crate::census::{Census, ForkedLedger};
use crate::closings::{Closing, ClosingName, ClosingState, OpenOuting};
use crate::devices::{Applicant, CertifyStand, Device, Enrolled, NewCode, PendingCode, Revoked};
use crate::error::StoreError;
use crate::files::{AttachmentLine, FileSum, FileToTake, Taking};
use crate::intake::{Accepted, SignCheckpoint, SignedPush};
use crate::kept::{KeptApart, KeptLine, KeptPush};
use crate::manifests::{IssueManifest, Issued};
use crate::opening::{EntryId, Opened, OpeningFailure, SealedEntry};
use crate::publications::{NewPublication, Published, Publishing};
use crate::requests::{FollowUpLine, Proof, Request, RequestFilter};
use crate::surveys::{AnswerEntry, Draw};
use crate::unlocks::{UnlockGiven, Unlocking};

/// What an operation gives back. Boxed, so that the trait serves as an object.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// What the central office keeps.
pub trait Store: Send + Sync {
    /// Writes a code down, so that a stand can be enrolled with it.
    fn add_code(&self, code: NewCode) -> Answer<'_, ()>;
    /// Codes that no stand has used yet and that are still good at `now_unix_s`.
    fn pending_codes(&self, now_unix_s: u64) -> Answer<'_, Vec<PendingCode>>;
    /// Gives a stand its place. The same key that asks again gets the same answer, byte for byte.
    fn enrol(
        &self,
        applicant: Applicant,
        certify: Arc<dyn CertifyStand>,
        now_unix_s: u64,
    ) -> Answer<'_, Enrolled>;
    /// All enrolled stands, by label.
    fn devices(&self) -> Answer<'_, Vec<Device>>;
    /// The stand that signs under this key id.
    fn device_by_kid(&self, kid: KeyId) -> Answer<'_, Option<Device>>;
    /// Takes what a stand signs as certified until this time (seconds since 1970, UTC, exclusive), if that is later
    /// than before. Says until when that is now; nothing for a stand that is not enrolled.
    fn extend(&self, device: DeviceId, not_after_unix_s: u64) -> Answer<'_, Option<u64>>;
    /// Ends a stand. What it signs is still taken, and quarantined.
    fn revoke(&self, device: DeviceId, reason: String, now_unix_s: u64) -> Answer<'_, Revoked>;

    /// Writes down that somebody is let in by telephone, and gives the key that answers their challenge.
    fn give_unlock(&self, given: UnlockGiven) -> Answer<'_, Unlocking>;
    /// Who was, the latest first.
    fn unlocks(&self) -> Answer<'_, Vec<UnlockGiven>>;

    /// Takes a push (promises 5 and 6): durable before the answer, the same answer for the same payload however
    /// often and at however many places at once, different bytes at a known position kept apart. A push that would
    /// begin one branch more than [`BRANCHES_MAX`](crate::BRANCHES_MAX) is not taken:
    /// [`StoreError::TooManyBranches`].
    fn accept_push(
        &self,
        push: SignedPush,
        signer: Arc<dyn SignCheckpoint>,
        now_unix_s: u64,
    ) -> Answer<'_, Accepted>;
    /// Keeps what a certified stand signed and could not be taken as a push, up to
    /// [`KEPT_DAILY_COUNT_MAX`](crate::KEPT_DAILY_COUNT_MAX) and [`KEPT_COUNT_MAX`](crate::KEPT_COUNT_MAX) and the
    /// bytes of each. The same bytes are kept once.
    fn keep_apart(&self, push: KeptPush) -> Answer<'_, KeptApart>;
    /// What is kept so, oldest first.
    fn kept(&self) -> Answer<'_, Vec<KeptLine>>;
    /// One of them as it came.
    fn kept_push(&self, device: DeviceId, payload_hash: Hash) -> Answer<'_, Option<KeptPush>>;
    /// Forgets one that a person has carried away; false when it is not here. Only ever at a person's word.
    fn release_kept(&self, device: DeviceId, payload_hash: Hash) -> Answer<'_, bool>;

    /// Entries that nobody tried to open yet, at most `limit`, each branch in order.
    fn unopened(&self, limit: usize) -> Answer<'_, Vec<SealedEntry>>;
    /// Writes down what became of opening these. Written twice, it stands once; a failure that opens later is
    /// no failure any more.
    fn store_opened(&self, opened: Vec<Opened>, now_unix_s: u64) -> Answer<'_, ()>;
    /// Dead letters.
    fn failures(&self) -> Answer<'_, Vec<OpeningFailure>>;
    /// Kinds of entries that were opened by a program which did not know them, in the order of their numbers.
    fn unknown_kinds(&self) -> Answer<'_, Vec<EntryKind>>;
    /// Entries of such a kind, at most `limit`. Written down as anything else, they leave this list.
    fn of_unknown_kind(&self, kind: EntryKind, limit: usize) -> Answer<'_, Vec<SealedEntry>>;
    /// Requests for content, the newest first, at most `limit`.
    fn wanted(&self, limit: usize) -> Answer<'_, Vec<SealedEntry>>;
    /// One entry as it came.
    fn entry(&self, id: EntryId) -> Answer<'_, Option<SealedEntry>>;

    /// Requests by due date, those without one last.
    fn requests(&self, filter: RequestFilter) -> Answer<'_, Vec<Request>>;
    /// The requests of this number: one, or several when clones drew the same.
    fn requests_by_folio(&self, folio: Folio) -> Answer<'_, Vec<Request>>;
    /// The request whose paper or code this is.
    fn request_by_proof(&self, proof: Proof) -> Answer<'_, Option<Request>>;
    /// What follows on a request, in the order in which it was recorded.
    fn follow_ups(&self, request: EntryId) -> Answer<'_, Vec<FollowUpLine>>;

    /// Says whether a file may be sent, and notes that it is begun.
    fn take_file(&self, file: FileToTake) -> Answer<'_, Taking>;
    /// Notes that a file that was begun is whole and durable, with the office's signed word on it. The first word
    /// stays, and is given back.
    fn finish_file(&self, upload: wire::upload::Upload, stored: Vec<u8>) -> Answer<'_, Vec<u8>>;
    /// The attachments of a request, in the order in which they were recorded: what its own stand announced for its
    /// number.
    fn attachments(&self, request: EntryId) -> Answer<'_, Vec<AttachmentLine>>;
    /// Attachments in numbers.
    fn files(&self) -> Answer<'_, FileSum>;
    /// A closing beside what was opened of its outing.
    fn closing(&self, name: ClosingName) -> Answer<'_, ClosingState>;
    /// Every closing that was opened with its whole outing, the newest first.
    fn closings(&self) -> Answer<'_, Vec<Closing>>;
    /// Outings that were opened and of which no closing has come, the newest first.
    fn open_outings(&self) -> Answer<'_, Vec<OpenOuting>>;

    /// The manifest that a stand should have; a new one only when something changed, or when the stand holds one
    /// that this office has forgotten: `held` is the number of the stand's (see [`HELD_AHEAD_S_MAX`]).
    ///
    /// [`HELD_AHEAD_S_MAX`]: crate::HELD_AHEAD_S_MAX
    fn manifest(
        &self,
        device: DeviceId,
        held: Option<u64>,
        issuer: Arc<dyn IssueManifest>,
        now_unix_s: u64,
    ) -> Answer<'_, Issued>;
    /// Publishes content for all stands: from now on it is in every manifest, in the place of what was published
    /// before of its kind. What was published before never comes back.
    fn publish(&self, new: NewPublication, now_unix_s: u64) -> Answer<'_, Publishing>;
    /// What was published of a kind, the newest first.
    fn publications(&self, kind: PartKind) -> Answer<'_, Vec<Published>>;
    /// Content by its hash.
    fn part(&self, hash: Hash) -> Answer<'_, Option<Vec<u8>>>;

    /// The draws of a survey, or of every survey, the oldest first, each with what the office holds of it.
    fn draws(&self, survey: Option<String>) -> Answer<'_, Vec<Draw>>;
    /// Where the answers to a survey stand, whatever version they are to.
    fn survey_answers(&self, survey: String) -> Answer<'_, Vec<AnswerEntry>>;

    /// What there is, in numbers.
    fn census(&self) -> Answer<'_, Census>;
    /// Ledgers that forked.
    fn forks(&self) -> Answer<'_, Vec<ForkedLedger>>;
    /// Reads everything and says what does not hold: the engine's own check, and every chain.
    fn check(&self) -> Answer<'_, Vec<String>>;
}
