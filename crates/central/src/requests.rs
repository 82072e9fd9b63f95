//! Requests as the desk's lists and details show them.
//!
//! A list line comes from what opening wrote down. A detail opens the sealed record again: what was filed is
//! given back field by field as it was written, and nothing of it is stored on the way.

use std::sync::Arc;

use central_db::{Device, FollowUp, FollowUpLine, Request, RequestFilter, Store};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use domain::{Calendar, Comuna, Folio, RequestDraft, Space};
use serde::Serialize;
use wire::body::Body;
use wire::{DeviceId, EntryKind};

use crate::attachments::AttachmentView;
use crate::deadline::{self, Explained};
use crate::error::CentralError;
use crate::files::SealedFiles;
use crate::opening::Opener;

/// Requests that are read at once.
const PAGE: usize = 500;

/// One request in a list. The names are fixed: scripts rely on them.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// Its number.
    pub folio: String,
    /// Its kind, as filed.
    pub kind: String,
    /// How far it has come.
    pub state: &'static str,
    /// When the stand recorded it, in the local time of its place.
    pub captured_at: String,
    /// How far the stand's clock could be trusted.
    pub certainty: &'static str,
    /// The date of a transcribed paper form, as filed.
    pub paper_at: Option<String>,
    /// When it arrived, in the local time of its place.
    pub received_at: String,
    /// What the citizen was promised; null where no answer was asked for.
    pub due_on: Option<NaiveDate>,
    /// The legal limit.
    pub due_on_legal: Option<NaiveDate>,
    /// Where it was filed, as filed.
    pub comuna: String,
    /// How the answer is wanted.
    pub answer_by: String,
    /// The stand.
    pub device: String,
    /// What the office calls the stand.
    pub device_label: String,
    /// Where it was filed: the space of the stand.
    pub space: Space,
    /// Its ledger.
    pub epoch: String,
    /// Position in the ledger.
    pub seq: u64,
    /// Whether it needs a person's look before it is taken as ordinary.
    pub quarantined: bool,
    /// Why: `fork`, `revoked` or `expired`.
    pub quarantine: Option<&'static str>,
    /// Whether somebody wants it back and it is not withdrawn: unproven or quarantined, for a person to look at.
    pub withdrawal_waits: bool,
    /// Whether the team declared the record a mistake.
    pub voided: bool,
    /// Its place in the list: what `--after` takes to go on behind it.
    pub cursor: String,
}

impl Line {
    /// The line of a request.
    pub fn of(request: &Request, devices: &[Device]) -> Self {
        let line = &request.line;
        let place = Comuna::by_code(&line.comuna);
        let label = devices.iter().find(|device| device.device == request.id.device);
        Self {
            folio: line.folio.to_string(),
            kind: line.kind.clone(),
            state: request.state.as_str(),
            captured_at: local_rfc3339(place, line.captured_unix_s),
            certainty: line.certainty.as_str(),
            paper_at: line.paper_at.clone(),
            received_at: local_rfc3339(place, i64::try_from(request.received_unix_s).unwrap_or(i64::MAX)),
            due_on: line.due_on,
            due_on_legal: line.due_on_legal,
            comuna: line.comuna.clone(),
            answer_by: line.answer_by.clone(),
            device: request.id.device.to_string(),
            device_label: label.map(|device| device.label.clone()).unwrap_or_default(),
            space: request.space,
            epoch: request.id.epoch.to_string(),
            seq: request.id.seq,
            quarantined: request.quarantine.is_some(),
            quarantine: request.quarantine.map(wire::push::QuarantineReason::as_str),
            withdrawal_waits: request.withdrawal_waits,
            voided: request.voided,
            cursor: request.cursor().to_string(),
        }
    }
}

/// More text for a request.
#[derive(Debug, Clone, Serialize)]
pub struct Added {
    /// The record's id.
    pub id: String,
    /// What was added.
    pub text: Option<String>,
    /// When, in the local time of the request's place.
    pub captured_at: String,
    /// `proven` when it came with the control code of the request's paper, else `unproven`.
    pub proof: &'static str,
    /// Whether it needs a person's look.
    pub quarantined: bool,
}

/// A withdrawal, or the team's word that the record was a mistake.
#[derive(Debug, Clone, Serialize)]
pub struct TakenBack {
    /// The record's id.
    pub id: String,
    /// Why, where that was said.
    pub reason: Option<String>,
    /// When, in the local time of the request's place.
    pub captured_at: String,
    /// Of a withdrawal: `proven` when it came with the control code of the request's paper, else `unproven`. Of a
    /// void nothing: the team speaks for itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<&'static str>,
    /// Whether it needs a person's look; a withdrawal that does, or that is unproven, has not changed the state.
    pub quarantined: bool,
}

impl TakenBack {
    /// Whether it changed the state by itself.
    fn counts(&self) -> bool {
        self.proof == Some(PROVEN) && !self.quarantined
    }
}

const PROVEN: &str = "proven";
const UNPROVEN: &str = "unproven";

/// Everything about one request.
#[derive(Debug, Clone, Serialize)]
pub struct Detail {
    /// The same as in a list.
    #[serde(flatten)]
    pub line: Line,
    /// What was filed, field by field as written.
    pub request: RequestDraft,
    /// How the due dates come about.
    pub deadline: Option<Explained>,
    /// What was added since.
    pub additions: Vec<Added>,
    /// The withdrawal that took it back; where none did, the first one.
    pub withdrawal: Option<TakenBack>,
    /// Every withdrawal that names it.
    pub withdrawals: Vec<TakenBack>,
    /// The team declared it a mistake.
    pub void: Option<TakenBack>,
    /// What was handed over with it.
    pub attachments: Vec<AttachmentView>,
}

/// The desk's view of the store.
pub struct Desk {
    pub(crate) store: Arc<dyn Store>,
    opener: Opener,
    pub(crate) files: SealedFiles,
    calendar: Calendar,
}

impl Desk {
    /// A desk that can open records.
    pub fn new(store: Arc<dyn Store>, opener: Opener, files: SealedFiles) -> Self {
        Self { store, opener, files, calendar: Calendar::by_law() }
    }

    /// Requests by due date, after opening what waits, handed to `take` page by page: however many there are, only a
    /// page of them is in memory.
    pub async fn each(
        &self,
        mut filter: RequestFilter,
        now_unix_s: u64,
        mut take: impl FnMut(Line),
    ) -> Result<(), CentralError> {
        self.opener.open_waiting(&*self.store, now_unix_s).await?;
        let devices = self.store.devices().await?;
        let mut left = filter.limit.unwrap_or(usize::MAX);
        while left > 0 {
            filter.limit = Some(left.min(PAGE));
            let page = self.store.requests(filter.clone()).await?;
            let Some(last) = page.last() else { break };
            filter.after = Some(last.cursor());
            left = left.saturating_sub(page.len());
            for request in &page {
                take(Line::of(request, &devices));
            }
        }
        Ok(())
    }

    /// The same, all at once.
    pub async fn list(&self, filter: RequestFilter, now_unix_s: u64) -> Result<Vec<Line>, CentralError> {
        let mut lines = Vec::new();
        self.each(filter, now_unix_s, |line| lines.push(line)).await?;
        Ok(lines)
    }

    /// All requests of a number, after opening what waits: one, or several when clones drew the same.
    pub async fn show(&self, text: &str, now_unix_s: u64) -> Result<Vec<Detail>, CentralError> {
        let folio = Folio::parse(text).map_err(|_| CentralError::Folio(text.to_owned()))?;
        self.opener.open_waiting(&*self.store, now_unix_s).await?;
        let devices = self.store.devices().await?;
        let mut details = Vec::new();
        for request in self.store.requests_by_folio(folio).await? {
            details.push(self.detail(&request, &devices).await?);
        }
        // Numbered through, so that a number names one whichever request of a folio it belongs to.
        let all = details.iter_mut().flat_map(|detail| &mut detail.attachments);
        for (number, view) in (1..).zip(all) {
            view.number = number;
        }
        if details.is_empty() { Err(CentralError::UnknownRequest(folio.to_string())) } else { Ok(details) }
    }

    async fn detail(&self, request: &Request, devices: &[Device]) -> Result<Detail, CentralError> {
        let line = Line::of(request, devices);
        let Some(Body::Request(record)) = self.body(request.id).await? else {
            return Err(CentralError::UnknownRequest(line.folio));
        };
        let mut detail = Detail {
            line,
            deadline: deadline::explain(&record, &self.calendar),
            request: record.filed,
            additions: Vec::new(),
            withdrawal: None,
            withdrawals: Vec::new(),
            void: None,
            attachments: Vec::new(),
        };
        let place = Comuna::by_code(&request.line.comuna);
        for follow_up in self.store.follow_ups(request.id).await? {
            self.attach(&mut detail, &follow_up, place).await?;
        }
        detail.attachments = self.attachment_views(request.id, place).await?;
        let counts = detail.withdrawals.iter().find(|withdrawal| withdrawal.counts());
        detail.withdrawal = counts.or(detail.withdrawals.first()).cloned();
        Ok(detail)
    }

    async fn attach(
        &self,
        detail: &mut Detail,
        line: &FollowUpLine,
        place: Option<Comuna>,
    ) -> Result<(), CentralError> {
        let captured_at = local_rfc3339(place, line.captured_unix_s);
        let quarantined = line.quarantine.is_some();
        let proof = if line.proven { PROVEN } else { UNPROVEN };
        match (line.what, self.body(line.id).await?) {
            (FollowUp::Addition, Some(Body::Addition(record))) => {
                let id = record.id.to_string();
                detail.additions.push(Added { id, text: record.filed.text, captured_at, proof, quarantined });
            }
            (FollowUp::Withdrawal, Some(Body::Withdrawal(record))) => {
                let (id, reason) = (record.id.to_string(), record.filed.reason);
                let proof = Some(proof);
                detail.withdrawals.push(TakenBack { id, reason, captured_at, proof, quarantined });
            }
            (FollowUp::Void, Some(Body::Void(record))) => {
                let (id, reason) = (record.id.to_string(), record.filed.reason);
                detail.void = Some(TakenBack { id, reason, captured_at, proof: None, quarantined });
            }
            _ => {}
        }
        Ok(())
    }

    pub(crate) async fn body(&self, id: central_db::EntryId) -> Result<Option<Body>, CentralError> {
        let entry = self.store.entry(id).await?;
        Ok(entry.and_then(|entry| self.opener.open(&entry).ok()))
    }
}

/// A time in the local time of a place, RFC 3339; in Santiago's where the place is not known.
pub fn local_rfc3339(place: Option<Comuna>, unix_s: i64) -> String {
    let instant: DateTime<Utc> = DateTime::from_timestamp(unix_s, 0).unwrap_or_default();
    let zone = place.map_or(chrono_tz::America::Santiago, Comuna::time_zone);
    instant.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// The stand whose id, folio prefix or label this is.
pub fn find_device<'a>(devices: &'a [Device], name: &str) -> Result<&'a Device, CentralError> {
    let is_meant = |device: &&Device| {
        DeviceId::from_hex(name).is_ok_and(|id| id == device.device)
            || prefix_text(device).eq_ignore_ascii_case(name)
            || device.label == name
    };
    let mut meant = devices.iter().filter(is_meant);
    match (meant.next(), meant.next()) {
        (Some(device), None) => Ok(device),
        (None, _) => Err(CentralError::UnknownDevice(name.to_owned())),
        (Some(_), Some(_)) => Err(CentralError::AmbiguousDevice(name.to_owned())),
    }
}

/// The first three symbols of a stand's folios.
pub fn prefix_text(device: &Device) -> String {
    domain::DevicePrefix::new(device.folio_prefix).map(|prefix| prefix.to_string()).unwrap_or_default()
}

/// The stable name of an entry's kind, for dead letters.
pub fn kind_name(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::LEDGER_OPENED => "ledger_opened",
        EntryKind::OUTING_OPENED => "outing_opened",
        EntryKind::OUTING_CLOSED => "outing_closed",
        EntryKind::REQUEST => "request",
        EntryKind::ADDITION => "addition",
        EntryKind::WITHDRAWAL => "withdrawal",
        EntryKind::ENCOUNTER => "encounter",
        EntryKind::VOID => "void",
        EntryKind::WANTED => "wanted",
        EntryKind::INVITATION_ENDED => "invitation_ended",
        EntryKind::SURVEY_ANSWER => "survey_answer",
        EntryKind::ATTACHMENT => "attachment",
        EntryKind::PROFILE => "profile",
        EntryKind::RESTING => "resting",
        _ => "unknown",
    }
}
