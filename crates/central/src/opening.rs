//! Opening: the one role that can read what citizens wrote, and that writes down only what lists need.
//!
//! Names, texts, addresses and documents stay inside the sealed bytes. When the desk looks at a request, it is
//! opened again in memory. So nothing readable of a citizen lies at rest, on this host or in its backups.

use std::sync::Arc;

use central_db::{
    AttachmentFound, FollowUp, Found, Opened, RequestLine, SealedEntry, SignCheckpoint, SignedPush, Store,
    StoreError, SurveyFact,
};
use chrono::NaiveDate;
use domain::{ControlCode, Folio};
use ed25519_dalek::VerifyingKey;
use wire::OfficeId;
use wire::body::{Body, OpeningReason, Recorded, RequestRecord};
use wire::compress::{CompressError, unpack};
use wire::push::{Checkpoint, Outcome};
use wire::seal::SealError;
use wire::sign1::Sign1;
use zeroize::Zeroizing;

use crate::error::CentralError;
use crate::keys::{LookupKey, OpeningKeys};
use crate::surveys;

/// Entries opened between two writes.
const BATCH: usize = 256;

/// Why an entry could not be opened. The names are stable: they stand in the data and in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unopenable {
    /// Sealed to a key that is not here. Opens once the key is.
    UnknownKey,
    /// Not what was sealed at this position.
    Altered,
    /// Packed with a dictionary that this program does not have.
    UnknownDictionary,
    /// Opened, and not readable as what its header says.
    MalformedBody,
    /// About a request, and names none.
    MalformedFolio,
    /// A copy of what rested on a stand, and the stand has as many branches as it may.
    TooManyBranches,
    /// A copy of what rested on a stand, and the push in it does not begin its ledger.
    Gap,
}

impl Unopenable {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UnknownKey => "unknown_key",
            Self::Altered => "altered",
            Self::UnknownDictionary => "unknown_dictionary",
            Self::MalformedBody => "malformed_body",
            Self::MalformedFolio => "malformed_folio",
            Self::TooManyBranches => "too_many_branches",
            Self::Gap => "gap",
        }
    }
}

/// Opens entries.
pub struct Opener {
    office: OfficeId,
    keys: OpeningKeys,
    lookup: LookupKey,
    signer: Arc<dyn SignCheckpoint>,
}

impl Opener {
    /// An opener with these keys. The signer answers for pushes that come to light inside an entry.
    pub fn new(
        office: OfficeId,
        keys: OpeningKeys,
        lookup: LookupKey,
        signer: Arc<dyn SignCheckpoint>,
    ) -> Self {
        Self { office, keys, lookup, signer }
    }

    /// What an entry says.
    pub fn open(&self, entry: &SealedEntry) -> Result<Body, Unopenable> {
        let key = self.keys.find(entry.key_id).ok_or(Unopenable::UnknownKey)?;
        let packed = key.open(&entry.sealed, &entry.position()).map_err(|error| match error {
            SealError::Padding => Unopenable::MalformedBody,
            _ => Unopenable::Altered,
        })?;
        let body = unpack(entry.dictionary, &packed).map(Zeroizing::new).map_err(|error| match error {
            CompressError::Dictionary(_) => Unopenable::UnknownDictionary,
            _ => Unopenable::MalformedBody,
        })?;
        Body::decode(entry.kind, &body).map_err(|_| Unopenable::MalformedBody)
    }

    /// What lists need of an entry, and what it says of a survey.
    fn found(&self, body: Body) -> Result<(Found, Option<SurveyFact>), Unopenable> {
        let survey = surveys::fact(&body)?;
        Ok((self.listed(body)?, survey))
    }

    /// Takes the push in that lies inside a copy of what rested on a stand, as if that stand had pushed it now. Again
    /// is the same answer, so that nothing comes twice when this is interrupted.
    async fn bring(
        &self,
        store: &dyn Store,
        of: &SealedEntry,
        push: Vec<u8>,
        now_unix_s: u64,
    ) -> Result<Result<(), Unopenable>, StoreError> {
        let Ok(kid) = Sign1::read(&push).map(|signed| signed.kid) else {
            return Ok(Err(Unopenable::MalformedBody));
        };
        let device = store.device_by_kid(kid).await?.filter(|device| device.device == of.id.device);
        let key = device.and_then(|device| VerifyingKey::from_bytes(&device.public_key).ok());
        let push = key.and_then(|key| SignedPush::open(push, &key).ok());
        // The outer push was taken for this office and this stand; the seal alone says nothing of who made it.
        let Some(push) = push.filter(|push| push.office() == self.office && push.device() == of.id.device)
        else {
            return Ok(Err(Unopenable::MalformedBody));
        };
        match store.accept_push(push, Arc::clone(&self.signer), now_unix_s).await {
            // Our own word, just signed. What comes before is missing: tried again, as every dead letter is.
            Ok(accepted) => Ok(match Checkpoint::read_unverified(&accepted.checkpoint) {
                Ok(answer) if answer.outcome != Outcome::Gap => Ok(()),
                _ => Err(Unopenable::Gap),
            }),
            Err(StoreError::TooManyBranches(_)) => Ok(Err(Unopenable::TooManyBranches)),
            Err(error) => Err(error),
        }
    }

    fn listed(&self, body: Body) -> Result<Found, Unopenable> {
        let about = |what, folio: Option<&String>, code: Option<&String>, captured: domain::Captured| {
            let folio = folio.and_then(|text| Folio::parse(text).ok()).ok_or(Unopenable::MalformedFolio)?;
            // A code that is none proves nothing, and neither does its absence.
            let code = code.and_then(|text| ControlCode::parse(text));
            let control_tag = code.map(|code| self.lookup.tag(folio, code));
            Ok(Found::About { what, folio, control_tag, captured_unix_s: unix_s(captured) })
        };
        match body {
            Body::Request(record) => Ok(Found::Request(self.line(&record))),
            Body::Addition(Recorded { filed, captured, .. }) => {
                about(FollowUp::Addition, filed.folio.as_ref(), filed.control_code.as_ref(), captured)
            }
            Body::Withdrawal(Recorded { filed, captured, .. }) => {
                about(FollowUp::Withdrawal, filed.folio.as_ref(), filed.control_code.as_ref(), captured)
            }
            Body::Void(record) => {
                let epoch = record.filed.epoch.as_deref().and_then(|text| wire::Epoch::from_hex(text).ok());
                let (Some(epoch), Some(seq)) = (epoch, record.filed.seq) else {
                    return Err(Unopenable::MalformedBody);
                };
                Ok(Found::Void { epoch, seq, captured_unix_s: unix_s(record.captured) })
            }
            Body::Attachment(record) => Ok(Found::Attachment(AttachmentFound {
                folio: record.folio,
                hash: record.sealed.hash,
                captured_unix_s: unix_s(record.captured),
            })),
            Body::Wanted(record) => Ok(Found::Wanted { captured_unix_s: unix_s(record.captured) }),
            Body::OutingOpened(body) => {
                let (comuna, place_kind) = (body.comuna(), body.place_kind());
                Ok(Found::OutingOpened { comuna, place_kind, captured_unix_s: unix_s(body.captured()) })
            }
            Body::OutingClosed(body) => {
                let captured_unix_s = unix_s(body.captured());
                Ok(Found::Closing { opened_seq: body.opened, stated: body.stated(), captured_unix_s })
            }
            Body::Encounter(attended) => {
                Ok(Found::Encounter { outcome: attended.record.filed.outcome.unwrap_or_default() })
            }
            Body::Profile(record) => Ok(Found::Profile { profile_id: record.id }),
            Body::LedgerOpened(opened) => Ok(match (opened.reason, opened.previous) {
                (OpeningReason::Resting, Some(rested_in)) => Found::RestingCopy { rested_in },
                _ => Found::Other,
            }),
            Body::InvitationEnded(_) | Body::SurveyAnswer(_) | Body::Resting(_) => Ok(Found::Other),
            Body::Unknown(kind, _) => Ok(Found::UnknownKind(kind)),
        }
    }

    fn line(&self, record: &RequestRecord) -> RequestLine {
        let filed = &record.filed;
        let way = filed.person.as_ref().and_then(|person| person.answer_by.clone());
        let date = |days: i32| NaiveDate::from_epoch_days(days);
        RequestLine {
            folio: record.folio,
            kind: filed.kind.clone().unwrap_or_default(),
            comuna: filed.comuna.clone().unwrap_or_default(),
            answer_by: way.unwrap_or_else(|| domain::AnswerWay::None.as_str().to_owned()),
            captured_unix_s: unix_s(record.captured),
            certainty: record.captured.certainty,
            paper_at: filed.captured_at.clone(),
            due_on: record.due.and_then(|due| date(due.promise_days)),
            due_on_legal: record.due.and_then(|due| date(due.legal_days)),
            status_token: record.claim.status_token(),
            control_tag: self.lookup.tag(record.folio, record.claim.control_code()),
        }
    }

    async fn try_open(
        &self,
        store: &dyn Store,
        entry: &SealedEntry,
        now_unix_s: u64,
    ) -> Result<Opened, StoreError> {
        let mut body = self.open(entry);
        if let Ok(Body::Resting(copy)) = &mut body
            && let Some(push) = copy.push.take()
            && let Err(why) = self.bring(store, entry, push, now_unix_s).await?
        {
            body = Err(why);
        }
        let failed = |why: Unopenable| (Found::Failed { why: why.as_str().into() }, None);
        let (found, survey) = body.and_then(|body| self.found(body)).unwrap_or_else(failed);
        let SealedEntry { id, received_unix_s, quarantine, .. } = *entry;
        Ok(Opened { id, received_unix_s, quarantine, found, survey })
    }

    /// Opens everything that waits; says how many entries it tried.
    pub async fn open_waiting(&self, store: &dyn Store, now_unix_s: u64) -> Result<usize, CentralError> {
        let mut tried = 0_usize;
        loop {
            let waiting = store.unopened(BATCH).await?;
            if waiting.is_empty() {
                return Ok(tried);
            }
            tried = tried.saturating_add(waiting.len());
            self.write_down(store, &waiting, now_unix_s).await?;
        }
    }

    /// Opens again what a program before this one could not: entries of kinds that are known by now, and dead
    /// letters. Called once when a program starts; says how many opened.
    pub async fn open_again(&self, store: &dyn Store, now_unix_s: u64) -> Result<usize, CentralError> {
        let mut opened = 0_usize;
        for kind in store.unknown_kinds().await?.into_iter().filter(|kind| kind.is_known()) {
            loop {
                // What is written down leaves the list, whatever became of it: a known kind is never unknown again.
                let waiting = store.of_unknown_kind(kind, BATCH).await?;
                if waiting.is_empty() {
                    break;
                }
                opened = opened.saturating_add(waiting.len());
                self.write_down(store, &waiting, now_unix_s).await?;
            }
        }
        Ok(opened.saturating_add(self.open_dead_letters(store, now_unix_s).await?))
    }

    /// Tries every dead letter again, as after a key was brought back; says how many opened.
    async fn open_dead_letters(&self, store: &dyn Store, now_unix_s: u64) -> Result<usize, CentralError> {
        let mut opened = 0_usize;
        for letter in store.failures().await? {
            let Some(entry) = store.entry(letter.id).await? else { continue };
            let outcome = self.try_open(store, &entry, now_unix_s).await?;
            opened = opened.saturating_add(usize::from(!matches!(outcome.found, Found::Failed { .. })));
            store.store_opened(vec![outcome], now_unix_s).await?;
        }
        Ok(opened)
    }

    async fn write_down(
        &self,
        store: &dyn Store,
        entries: &[SealedEntry],
        now_unix_s: u64,
    ) -> Result<(), CentralError> {
        let mut batch = Vec::with_capacity(entries.len());
        for entry in entries {
            let opened = self.try_open(store, entry, now_unix_s).await?;
            if let Found::Failed { why } = &opened.found {
                tracing::warn!(device = %entry.id.device, seq = entry.id.seq, why, "an entry could not be opened");
            }
            batch.push(opened);
            // A tenth of a millisecond each: let others have the thread in between.
            tokio::task::yield_now().await;
        }
        Ok(store.store_opened(batch, now_unix_s).await?)
    }
}

fn unix_s(captured: domain::Captured) -> i64 {
    captured.at_unix_ms.div_euclid(1_000)
}
