//! Reconciling with the central office: the use case around the engine and its driver.

use std::path::Path;
use std::sync::Arc;

use domain::Comuna;
use ed25519_dalek::SigningKey;
use getrandom::SysRng;
use ledger::{Ledger, Sealer};
use rand_core::{Rng as _, UnwrapErr};
use serde::Serialize;
use sync::driver::{Cancelled, ConnectError, Exchange, Office, OfficeAnswer, send_files, sync_once};
use sync::{Fault, Outcome, Progress};
use wire::cert::{Role, RoleCertificates};
use wire::enrol::Enrolment;
use wire::time::SignedTime;

use crate::certify::certify_closings;
use crate::clock::{Clock, KnownTime, Reading, TOLERANCE_S, TrustedTime};
use crate::encounter::ProfileSealer;
use crate::enrol::Answered;
use crate::files::SealedFiles;
use crate::ledgers::set_aside;
use crate::log::{LogError, StandLog};
use crate::record::local_rfc3339;
use crate::stand::{identity, sealer, trust_published};
use crate::update::{Place, Spool, fetch};
use crate::{Stand, StandError, UseCase};

/// What a sync did, as scripts rely on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct SyncAnswer {
    /// Entries sent and answered in this run.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub sent: u64,
    /// Entries newly signed by central as held.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub acknowledged: u64,
    /// Of those, kept apart.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub quarantined: u64,
    /// Entries still only on the stand.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub held: u64,
    /// HTTP bytes sent.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub bytes_up: u64,
    /// HTTP bytes received.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub bytes_down: u64,
    /// HTTP requests.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub requests: u64,
    /// Attachments for which the office signed in this run.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub attachments_sent: u64,
    /// Attachments for which it has not signed yet.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub attachments_held: u64,
    /// Entries of the newest ledger.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub count: u64,
    /// Its head, in hexadecimal.
    pub head: String,
    /// Certificates of closings that came.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub certificates: u64,
    /// How it ended: a stable word.
    pub outcome: String,
    /// Alarms of this run, as stable words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alarms: Vec<String>,
    /// The office's signed time, when it was asked for.
    #[serde(skip)]
    #[cfg_attr(feature = "bindings", ts(skip))]
    pub(crate) trusted_time: Option<TrustedTime>,
    /// How it ended, with all that is known of why.
    #[serde(skip)]
    #[cfg_attr(feature = "bindings", ts(skip))]
    pub ended: Outcome,
}

impl SyncAnswer {
    /// Why it did not finish.
    pub fn fault(&self) -> Option<&Fault> {
        match &self.ended {
            Outcome::Failed(fault) => Some(fault),
            _ => None,
        }
    }
}

/// Everything that one sync needs, taken from the stand so that recording goes on meanwhile.
pub struct SyncHandle {
    ledger: Ledger,
    set_aside: Vec<Ledger>,
    files: SealedFiles,
    sealer: Sealer,
    enrolment: Enrolment,
    key: SigningKey,
    clock: Arc<dyn Clock>,
    trusted: Option<TrustedTime>,
    known: Option<KnownTime>,
    office: Office,
    seed: u64,
    spool: Spool,
}

impl Stand {
    /// Prepares a sync. The connection to the ledger is one of its own.
    pub fn prepare_sync(&mut self, root_certificate: Option<&Path>) -> Result<SyncHandle, StandError> {
        let office = connect(&self.settings.central, root_certificate)?;
        let path = self.folder.ledger();
        let open = || Ledger::open(&path, identity(&self.enrolment));
        let ledger = match open() {
            // What of it can be read is sent with those that were set aside before.
            Err(error) if error.is_damage() => {
                self.open_ledger_again()?;
                Ledger::open(&path, identity(&self.enrolment))
            }
            other => other,
        }?
        .0;
        let set_aside = set_aside(&path, &self.enrolment)?;
        Ok(SyncHandle {
            ledger,
            set_aside,
            files: self.files.clone(),
            sealer: sealer(&self.folder, &self.enrolment)?,
            enrolment: self.enrolment.clone(),
            key: self.key.clone(),
            clock: Arc::clone(&self.clock),
            trusted: self.settings.trusted_time.clone(),
            known: self.known_time,
            office,
            seed: self.chance.next_u64(),
            spool: Spool::of(self.folder.path()),
        })
    }

    /// Reconciles now, to the end, and waits for it; `progress` is told how far it is. By a person: what syncs by
    /// itself goes through [`Self::prepare_sync`].
    pub fn sync(
        &mut self,
        root_certificate: Option<&Path>,
        progress: impl FnMut(&Progress),
    ) -> Result<SyncAnswer, StandError> {
        self.allow(UseCase::Sync)?;
        let handle = self.prepare_sync(root_certificate)?;
        let (_keep, cancelled) = sync::driver::cancel();
        let answer = block_on(handle.run(cancelled, progress))??;
        self.after_sync(&answer)?;
        Ok(answer)
    }

    /// Keeps what a finished sync learned besides the ledger: the office's keys, its time, and when everything
    /// was there.
    pub fn after_sync(&mut self, answer: &SyncAnswer) -> Result<(), StandError> {
        let before = self.enrolment.sealing_key().ok();
        trust_published(&mut self.enrolment, &self.ledger);
        if self.enrolment.sealing_key().ok() != before {
            self.sealer = sealer(&self.folder, &self.enrolment)?;
        }
        let known = self.profiles.as_ref().map(|profiles| profiles.public_key);
        if self.enrolment.statistics_key() != known {
            self.profiles = ProfileSealer::of(&self.enrolment);
        }
        let has_all = matches!(answer.ended, Outcome::Done | Outcome::Apart(_));
        if let Some(time) = &answer.trusted_time {
            self.settings.trusted_time = Some(time.clone());
            self.note_time();
        }
        if has_all {
            self.settings.synced_unix_s = Some(self.now().timestamp());
        }
        self.wake_mirror();
        // A stand without a network tries twice a minute, all day: nothing new is nothing written.
        if has_all || answer.trusted_time.is_some() { self.settings.store(&self.folder) } else { Ok(()) }
    }

    /// When the office last had everything, RFC 3339 in the local time of the outing's place; none before the first.
    pub fn synced_at(&self) -> Result<Option<String>, StandError> {
        let Some(unix_s) = self.settings.synced_unix_s else { return Ok(None) };
        let place = self.outing_status()?.comuna.as_deref().and_then(Comuna::by_code);
        let comuna = place.or_else(|| Comuna::by_code("13101"));
        Ok(comuna.map(|comuna| local_rfc3339(comuna, unix_s)))
    }
}

/// Asks the office for its signed time when nothing that this machine knows confirms its clock any more. The answer
/// is put between question and answer; what lies between them is within the tolerance or is not believed.
async fn ask_time(
    exchange: &mut Exchange<'_>,
    enrolment: &Enrolment,
    clock: &dyn Clock,
    trusted: Option<&TrustedTime>,
) -> Option<TrustedTime> {
    let before = clock.read();
    if trusted.is_some_and(|trusted| is_fresh(trusted, &before)) {
        return None;
    }
    let mut nonce = [0; 16];
    UnwrapErr(SysRng).fill_bytes(&mut nonce);
    let answer = exchange.time(nonce).await.ok()?;
    let after = clock.read();
    let took_ms = match (&before.uptime, &after.uptime) {
        (Some(before), Some(after)) => after.ms.saturating_sub(before.ms),
        _ => 0,
    };
    let signers = enrolment.signers(Role::Checkpoint);
    let signer = signers.signer_of(&answer).ok()?;
    let time = SignedTime::open(&answer, enrolment.device.office, nonce, signer).ok()??;
    let unix_s = i64::try_from(time.time_unix_s).ok()?;
    let believed = took_ms <= TOLERANCE_S.unsigned_abs().saturating_mul(1_000);
    believed.then_some(TrustedTime { unix_s, uptime: after.uptime })
}

/// Asks for the office's certificates after a signature by a key that is not known here: the office may have renewed
/// its keys since this stand was last in touch. Says whether there is a new one; only what the root signed counts.
async fn learn_keys(exchange: &mut Exchange<'_>, enrolment: &mut Enrolment) -> bool {
    let known = enrolment.roles.len();
    let answer = exchange.certificates().await.ok();
    if let Some(certificates) = answer.and_then(|bytes| RoleCertificates::read(&bytes).ok()) {
        enrolment.learn(&certificates);
    }
    enrolment.roles.len() > known
}

/// Whether a trusted time still says something: told since this start of the machine, within a day.
fn is_fresh(trusted: &TrustedTime, now: &Reading) -> bool {
    const DAY_MS: u64 = 24 * 60 * 60 * 1_000;
    match (&trusted.uptime, &now.uptime) {
        (Some(then), Some(now)) => then.boot == now.boot && now.ms.saturating_sub(then.ms) < DAY_MS,
        _ => false,
    }
}

impl SyncHandle {
    /// Reconciles to the end. What it acknowledged before it failed or was cancelled stays acknowledged.
    pub async fn run(
        self,
        cancelled: Cancelled,
        mut progress: impl FnMut(&Progress),
    ) -> Result<SyncAnswer, StandError> {
        let Self {
            ledger,
            set_aside,
            files,
            sealer,
            mut enrolment,
            key,
            clock,
            trusted,
            known,
            office,
            seed,
            spool,
        } = self;
        let mut log = StandLog {
            ledger,
            set_aside,
            files,
            sealer,
            chance: UnwrapErr(SysRng),
            enrolment: enrolment.clone(),
            key: &key,
            clock: clock.as_ref(),
            trusted,
            known,
        };
        let mut exchange = Exchange::new(&office, enrolment.device.kid());
        // While attachments follow, the records stay where they came to.
        let mut records = (0, 0);
        let mut progress = |now: &Progress| {
            if now.attachments_left == 0 {
                records = (now.records_done, now.records_total);
            }
            progress(&Progress { records_done: records.0, records_total: records.1, ..*now });
        };
        let first = sync_once(&mut log, &mut exchange, seed, cancelled.clone(), &mut progress).await;
        let mut report = first.map_err(local)?;
        if report.outcome == Outcome::Failed(Fault::NotOurOffice)
            && learn_keys(&mut exchange, &mut enrolment).await
        {
            log.enrolment = enrolment.clone();
            report = sync_once(&mut log, &mut exchange, seed, cancelled.clone(), &mut progress)
                .await
                .map_err(local)?;
        }
        let mut attachments_sent = 0;
        if lets_files_follow(&report.outcome) {
            let identity = log.identity();
            let sent = send_files(
                &mut log,
                identity,
                &mut exchange,
                seed.rotate_left(32),
                cancelled.clone(),
                &mut progress,
            )
            .await
            .map_err(local)?;
            attachments_sent = sent.stored;
            if sent.outcome != Outcome::Done && !matches!(report.outcome, Outcome::Failed(_)) {
                report.outcome = sent.outcome;
            }
        }
        let trusted_time = match report.outcome {
            Outcome::Failed(_) | Outcome::Cancelled => None,
            _ => ask_time(&mut exchange, &enrolment, clock.as_ref(), log.trusted.as_ref()).await,
        };
        let certificates = match report.outcome {
            Outcome::Failed(_) | Outcome::Cancelled => 0,
            _ => certify_closings(&mut log, &mut exchange).await?,
        };
        // After everything that is a citizen's, and whatever comes of it: the sync before it stands.
        if !matches!(report.outcome, Outcome::Failed(_) | Outcome::Cancelled)
            && let Err(error) = fetch(&log, &mut exchange, &spool, &Place::here(), cancelled).await
        {
            tracing::warn!(error = &error as &dyn std::error::Error, "no new version came");
        }
        let (_, count, head) = log.ledger.head()?;
        Ok(SyncAnswer {
            certificates,
            sent: report.totals.sent,
            acknowledged: report.totals.acknowledged,
            quarantined: report.totals.quarantined,
            held: report.totals.held,
            bytes_up: exchange.traffic.bytes_up,
            bytes_down: exchange.traffic.bytes_down,
            requests: exchange.traffic.requests,
            attachments_sent,
            attachments_held: log.attachments_waiting()?,
            count,
            head: head.to_string(),
            outcome: report.outcome.code().to_owned(),
            alarms: report.alarms.iter().map(|alarm| alarm.code().to_owned()).collect(),
            trusted_time,
            ended: report.outcome,
        })
    }
}

/// Whether attachments are tried after records that ended so: what only one ledger or the manifest could not do says
/// nothing about the way.
fn lets_files_follow(records: &Outcome) -> bool {
    match records {
        Outcome::Done | Outcome::Apart(_) => true,
        Outcome::Cancelled => false,
        Outcome::Failed(fault) => matches!(
            fault,
            Fault::Refused { .. }
                | Fault::RollbackManifest { .. }
                | Fault::Contradiction
                | Fault::BodiesGone { .. }
                | Fault::Unreadable { .. }
        ),
    }
}

pub(crate) fn local(error: LogError) -> StandError {
    match error {
        LogError::Ledger(error) => error.into(),
        LogError::Files(error) => *error,
    }
}

/// Asks the office to enrol this stand.
pub(crate) fn post_enrolment(
    central: &str,
    request: Vec<u8>,
    root_certificate: Option<&Path>,
) -> Result<Answered, StandError> {
    let office = connect(central, root_certificate)?;
    let answer = block_on(office.enrol(request))?.map_err(StandError::Unreachable)?;
    Ok(match answer {
        OfficeAnswer::Given(bytes) => Answered::Certificates(bytes),
        OfficeAnswer::Refused(code) => Answered::Refused(code),
    })
}

pub(crate) fn connect(central: &str, root_certificate: Option<&Path>) -> Result<Office, StandError> {
    let root = root_certificate
        .map(|path| std::fs::read(path).map_err(|source| StandError::io(path, source)))
        .transpose()?;
    Office::at(central, root.as_deref()).map_err(|error| match error {
        ConnectError::Address(_) | ConnectError::PlainHttp => StandError::CentralAddress,
        ConnectError::RootCertificate(why) | ConnectError::Tls(why) => {
            StandError::BadFile { path: root_certificate.unwrap_or(Path::new("tls")).to_owned(), why }
        }
    })
}

/// Runs a future to its end on this thread.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> Result<T, StandError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|source| StandError::io(Path::new("tokio"), source))?;
    Ok(runtime.block_on(future))
}
