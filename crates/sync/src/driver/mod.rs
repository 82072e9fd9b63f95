//! Gives the engine a network: carries out its actions one by one, and tells it what came of each.

mod automatic;
mod exchange;
mod office;
mod office_time;
mod package;
mod stick;
mod tls;
mod traffic;
mod trouble;
mod upload;

use std::time::{Duration, Instant};

use tokio::sync::watch;

pub use automatic::{Automatic, Rhythm, sync_by_itself};
pub use exchange::Exchange;
pub use office::{ConnectError, Office, OfficeAnswer, Patience};
pub use office_time::{OfficeTimeError, office_time};
pub use package::fetch_package;
pub use stick::{Brought, Read, Standing, read_brought};
pub use traffic::Traffic;
pub use upload::{UploadReport, send_files};

use crate::engine::{Action, Engine, Event, Limits};
use crate::{Alarm, ChunkRead, Fault, Log, Outcome, Progress, Sent, Totals};

/// What a sync did and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// How it ended.
    pub outcome: Outcome,
    /// Entries.
    pub totals: Totals,
    /// Bytes and requests of HTTP; TLS comes on top.
    pub traffic: Traffic,
    /// What went wrong with the reconciliation, besides the outcome.
    pub alarms: Vec<Alarm>,
}

/// Says "stop" to a running sync. Dropping it stops nothing.
#[derive(Debug, Clone)]
pub struct Cancel(watch::Sender<bool>);

/// The sync's side of [`Cancel`].
#[derive(Debug, Clone)]
pub struct Cancelled(watch::Receiver<bool>);

/// A fresh pair.
pub fn cancel() -> (Cancel, Cancelled) {
    let (sender, receiver) = watch::channel(false);
    (Cancel(sender), Cancelled(receiver))
}

impl Cancel {
    /// Stops the sync at its next step; what was acknowledged until then stays acknowledged.
    pub fn now(&self) {
        // Nobody listens once the sync is over.
        let _ = self.0.send(true);
    }
}

impl Cancelled {
    /// Resolves once somebody said stop, and never otherwise.
    async fn said(&mut self) {
        if self.0.wait_for(|said| *said).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// One sync from beginning to end. An error is the local disk's; whatever the network does is in the report.
pub async fn sync_once<L: Log>(
    log: &mut L,
    exchange: &mut Exchange<'_>,
    seed: u64,
    cancelled: Cancelled,
    progress: impl FnMut(&Progress),
) -> Result<Report, L::Error> {
    sync_within(Limits::default(), log, exchange, seed, cancelled, progress).await
}

/// The same within other limits.
pub async fn sync_within<L: Log>(
    limits: Limits,
    log: &mut L,
    exchange: &mut Exchange<'_>,
    seed: u64,
    mut cancelled: Cancelled,
    mut progress: impl FnMut(&Progress),
) -> Result<Report, L::Error> {
    let snapshot = log.snapshot()?;
    let mut engine = Engine::new(snapshot, limits, seed);
    let mut alarms = Vec::new();
    let mut event = Event::Started;
    loop {
        let mut next = None;
        for action in engine.on(event) {
            match keep(action, log, &mut alarms)? {
                None => {}
                Some(Action::Progress(now)) => progress(&now),
                Some(Action::Finished { outcome, totals }) => {
                    return Ok(Report { outcome, totals, traffic: exchange.traffic, alarms });
                }
                asking => next = asking,
            }
        }
        event = match next {
            Some(asking) => {
                tokio::select! {
                    biased;
                    () = cancelled.said() => Event::Cancelled,
                    answered = carry_out(asking, log, exchange) => answered?,
                }
            }
            // An engine that asks for nothing and does not finish would hang the screen: end it as cancelled.
            None => Event::Cancelled,
        };
    }
}

/// Carries out an action that has something kept, whoever brought it; any other is given back.
fn keep<L: Log>(action: Action, log: &mut L, alarms: &mut Vec<Alarm>) -> Result<Option<Action>, L::Error> {
    match action {
        Action::Acknowledge { count, checkpoint, bytes } => log.acknowledge(count, &checkpoint, &bytes)?,
        Action::StorePart { part, bytes } => log.store_part(&part, &bytes)?,
        Action::StoreManifest { manifest, bytes, etag } => {
            log.store_manifest(&manifest, &bytes, etag.as_deref())?;
        }
        Action::Alarm(alarm) => {
            log.alarm(&alarm)?;
            alarms.push(alarm);
        }
        other => return Ok(Some(other)),
    }
    Ok(None)
}

/// Carries out the action that asks for an event.
async fn carry_out<L: Log>(
    action: Action,
    log: &mut L,
    exchange: &mut Exchange<'_>,
) -> Result<Event, L::Error> {
    Ok(match action {
        Action::Push { epoch, from, bytes_max } => match log.chunk(epoch, from, bytes_max)? {
            ChunkRead::Released => Event::BodyReleased,
            ChunkRead::Unreadable => Event::LedgerUnreadable,
            ChunkRead::Signed(chunk) => {
                let (sent, begun) = (Sent::from(&chunk), Instant::now());
                match exchange.push(chunk.bytes).await {
                    Ok(answer) => Event::PushAnswered { sent, answer, elapsed_ms: elapsed_ms(begun) },
                    Err(fault) => failed(fault),
                }
            }
        },
        Action::ReadHeads(wanted) => {
            let heads = wanted.into_iter().map(|(epoch, count)| log.head_at(epoch, count));
            Event::Heads(heads.collect::<Result<_, _>>()?)
        }
        Action::FetchManifest { etag, number } => match exchange.manifest(etag.as_deref(), number).await {
            Ok(Some((answer, etag))) => Event::ManifestAnswered { answer, etag },
            Ok(None) => Event::NotModified,
            Err(fault) => failed(fault),
        },
        Action::FetchPart(part) => {
            if log.has_part(part.hash)? {
                return Ok(Event::PartHeld);
            }
            match exchange.part(part.hash, part.len).await {
                Ok(bytes) => Event::PartAnswered(bytes),
                Err(fault) => failed(fault),
            }
        }
        Action::BeginEpoch { reason, previous } => {
            log.begin_epoch(reason, previous)?;
            Event::EpochBegun(log.snapshot()?.ledgers)
        }
        Action::Wait { ms } => {
            tokio::time::sleep(Duration::from_millis(ms)).await;
            Event::WaitOver
        }
        // These ask for nothing and were carried out before.
        Action::Acknowledge { .. }
        | Action::StorePart { .. }
        | Action::StoreManifest { .. }
        | Action::Alarm(_)
        | Action::Progress(_)
        | Action::Finished { .. } => Event::Cancelled,
    })
}

fn failed(fault: Fault) -> Event {
    say(&fault);
    Event::Failed(fault)
}

fn say(fault: &Fault) {
    tracing::info!(%fault, "a request to the office failed");
}

fn elapsed_ms(begun: Instant) -> u64 {
    u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX)
}
