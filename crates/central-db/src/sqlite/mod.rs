//! The engine that needs no server: SQLite behind one writer thread that commits in groups.
//!
//! SQLite has one writer at a time anyway. Giving it a thread of its own lets pushes that arrive while one
//! commit waits for the disk share the next one, so that durability costs one flush a group and not one a push.
//! Reads go over connections of their own and never wait for the writer (write-ahead log).

mod closings;
mod columns;
mod devices;
mod file;
mod files;
mod health;
mod intake;
mod kept;
mod manifests;
mod opening;
mod publications;
mod readers;
mod requests;
mod surveys;
mod unlocks;
mod writer;

use std::path::Path;
use std::sync::Arc;

use domain::Folio;
use rusqlite::Connection;
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
use crate::store::{Answer, Store};
use crate::surveys::{AnswerEntry, Draw};
use crate::unlocks::{UnlockGiven, Unlocking};

use readers::Readers;
use writer::Writer;

/// The central office's data in one SQLite file.
pub struct SqliteStore {
    writer: Writer,
    readers: Readers,
}

impl SqliteStore {
    /// Opens or creates the file and brings its schema up to date. Other processes may have it open as well.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let connection = file::open(path)?;
        Ok(Self {
            writer: Writer::start(path.to_owned(), connection)?,
            readers: Readers::new(path.to_owned()),
        })
    }

    fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Answer<'_, T> {
        Box::pin(self.writer.run(job))
    }

    fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Answer<'_, T> {
        Box::pin(self.readers.run(query))
    }
}

impl Store for SqliteStore {
    fn add_code(&self, code: NewCode) -> Answer<'_, ()> {
        self.write(move |db| devices::add_code(db, &code))
    }

    fn pending_codes(&self, now_unix_s: u64) -> Answer<'_, Vec<PendingCode>> {
        self.read(move |db| devices::pending_codes(db, now_unix_s))
    }

    fn enrol(
        &self,
        applicant: Applicant,
        certify: Arc<dyn CertifyStand>,
        now_unix_s: u64,
    ) -> Answer<'_, Enrolled> {
        self.write(move |db| devices::enrol(db, &applicant, certify.as_ref(), now_unix_s))
    }

    fn devices(&self) -> Answer<'_, Vec<Device>> {
        self.read(devices::all)
    }

    fn device_by_kid(&self, kid: KeyId) -> Answer<'_, Option<Device>> {
        self.read(move |db| devices::by_kid(db, kid))
    }

    fn extend(&self, device: DeviceId, not_after_unix_s: u64) -> Answer<'_, Option<u64>> {
        self.write(move |db| devices::extend(db, device, not_after_unix_s))
    }

    fn revoke(&self, device: DeviceId, reason: String, now_unix_s: u64) -> Answer<'_, Revoked> {
        self.write(move |db| devices::revoke(db, device, &reason, now_unix_s))
    }

    fn give_unlock(&self, given: UnlockGiven) -> Answer<'_, Unlocking> {
        self.write(move |db| unlocks::give(db, &given))
    }

    fn unlocks(&self) -> Answer<'_, Vec<UnlockGiven>> {
        self.read(unlocks::list)
    }

    fn accept_push(
        &self,
        push: SignedPush,
        signer: Arc<dyn SignCheckpoint>,
        now_unix_s: u64,
    ) -> Answer<'_, Accepted> {
        self.write(move |db| intake::accept(db, &push, signer.as_ref(), now_unix_s))
    }

    fn keep_apart(&self, push: KeptPush) -> Answer<'_, KeptApart> {
        self.write(move |db| kept::keep(db, &push))
    }

    fn kept(&self) -> Answer<'_, Vec<KeptLine>> {
        self.read(kept::list)
    }

    fn kept_push(&self, device: DeviceId, payload_hash: Hash) -> Answer<'_, Option<KeptPush>> {
        self.read(move |db| kept::one(db, device, payload_hash))
    }

    fn release_kept(&self, device: DeviceId, payload_hash: Hash) -> Answer<'_, bool> {
        self.write(move |db| kept::release(db, device, payload_hash))
    }

    fn publish(&self, new: NewPublication, now_unix_s: u64) -> Answer<'_, Publishing> {
        self.write(move |db| publications::publish(db, &new, now_unix_s))
    }

    fn publications(&self, kind: PartKind) -> Answer<'_, Vec<Published>> {
        self.read(move |db| publications::list(db, Some(kind)))
    }

    fn draws(&self, survey: Option<String>) -> Answer<'_, Vec<Draw>> {
        self.read(move |db| surveys::draws(db, survey.as_deref()))
    }

    fn survey_answers(&self, survey: String) -> Answer<'_, Vec<AnswerEntry>> {
        self.read(move |db| surveys::answers(db, &survey))
    }

    fn unopened(&self, limit: usize) -> Answer<'_, Vec<SealedEntry>> {
        self.read(move |db| opening::unopened(db, limit))
    }

    fn store_opened(&self, opened: Vec<Opened>, now_unix_s: u64) -> Answer<'_, ()> {
        self.write(move |db| opening::store(db, &opened, now_unix_s))
    }

    fn failures(&self) -> Answer<'_, Vec<OpeningFailure>> {
        self.read(opening::failures)
    }

    fn unknown_kinds(&self) -> Answer<'_, Vec<EntryKind>> {
        self.read(opening::unknown_kinds)
    }

    fn of_unknown_kind(&self, kind: EntryKind, limit: usize) -> Answer<'_, Vec<SealedEntry>> {
        self.read(move |db| opening::of_unknown_kind(db, kind, limit))
    }

    fn wanted(&self, limit: usize) -> Answer<'_, Vec<SealedEntry>> {
        self.read(move |db| opening::wanted(db, limit))
    }

    fn entry(&self, id: EntryId) -> Answer<'_, Option<SealedEntry>> {
        self.read(move |db| opening::entry(db, id))
    }

    fn requests(&self, filter: RequestFilter) -> Answer<'_, Vec<Request>> {
        self.read(move |db| requests::list(db, &filter))
    }

    fn requests_by_folio(&self, folio: Folio) -> Answer<'_, Vec<Request>> {
        self.read(move |db| requests::by_folio(db, folio))
    }

    fn request_by_proof(&self, proof: Proof) -> Answer<'_, Option<Request>> {
        self.read(move |db| requests::by_proof(db, proof))
    }

    fn follow_ups(&self, request: EntryId) -> Answer<'_, Vec<FollowUpLine>> {
        self.read(move |db| requests::follow_ups(db, request))
    }

    fn take_file(&self, file: FileToTake) -> Answer<'_, Taking> {
        self.write(move |db| files::take(db, &file))
    }

    fn finish_file(&self, upload: wire::upload::Upload, stored: Vec<u8>) -> Answer<'_, Vec<u8>> {
        self.write(move |db| files::finish(db, &upload, &stored))
    }

    fn attachments(&self, request: EntryId) -> Answer<'_, Vec<AttachmentLine>> {
        self.read(move |db| files::attachments(db, request))
    }

    fn files(&self) -> Answer<'_, FileSum> {
        self.read(files::sum)
    }

    fn closing(&self, name: ClosingName) -> Answer<'_, ClosingState> {
        self.read(move |db| closings::state(db, &name))
    }

    fn closings(&self) -> Answer<'_, Vec<Closing>> {
        self.read(closings::list)
    }

    fn open_outings(&self) -> Answer<'_, Vec<OpenOuting>> {
        self.read(closings::open)
    }

    fn manifest(
        &self,
        device: DeviceId,
        held: Option<u64>,
        issuer: Arc<dyn IssueManifest>,
        now_unix_s: u64,
    ) -> Answer<'_, Issued> {
        self.write(move |db| manifests::current(db, device, held, issuer.as_ref(), now_unix_s))
    }

    fn part(&self, hash: Hash) -> Answer<'_, Option<Vec<u8>>> {
        self.read(move |db| manifests::part(db, hash))
    }

    fn census(&self) -> Answer<'_, Census> {
        self.read(health::census)
    }

    fn forks(&self) -> Answer<'_, Vec<ForkedLedger>> {
        self.read(health::forks)
    }

    fn check(&self) -> Answer<'_, Vec<String>> {
        self.read(health::check)
    }
}
