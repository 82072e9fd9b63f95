//! A stand's sync: the real engine, its actions carried out one by one, with a crash possible before each.

use std::rc::Rc;

use sync::{Action, ChunkRead, Engine, Event, Log as _, Sent};
use wire::KeyId;
use wire::push::Checkpoint;

use super::messages::Wish;
use super::{Happening, Response, World, limits};
use crate::Trouble;
use crate::desk::Desk;
use crate::facts::Fact;
use crate::stand::Session;
use crate::trace::short;

impl World {
    /// Works with the stand's log, and passes on what it tells.
    pub(super) fn with_log<T>(
        &mut self,
        stand: usize,
        work: impl FnOnce(&mut Desk<'_>) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let keys = (self.office.checkpoint_key(), self.office.content_key());
        let true_unix_s = self.now_unix_s();
        let stand = self.stands.get_mut(stand).ok_or(Trouble::Off)?;
        let mut desk = Desk { stand, keys, true_unix_s, facts: Vec::new() };
        let done = work(&mut desk);
        let facts = std::mem::take(&mut desk.facts);
        for fact in facts {
            self.tell(&fact);
        }
        done
    }

    pub(super) fn begin_sync(&mut self, number: usize) -> Result<(), Trouble> {
        let ready = self.stands.get(number).is_some_and(|s| s.ledger.is_some() && s.session.is_none());
        if !ready {
            return Ok(());
        }
        let snapshot = self.with_log(number, |log| log.snapshot())?;
        let Some(stand) = self.stands.get_mut(number) else { return Ok(()) };
        stand.sessions = stand.sessions.saturating_add(1);
        let mut engine = Engine::new(snapshot, limits(), stand.sessions);
        let actions = engine.on(Event::Started);
        stand.session = Some(Session { number: stand.sessions, engine, request: None });
        self.counts.syncs = self.counts.syncs.saturating_add(1);
        self.say(&format!("stand {number} begins a sync"));
        self.carry_out(number, actions)
    }

    /// Tells the engine, if the sync is still the same.
    fn event(&mut self, stand: usize, session: u64, event: Event) -> Result<(), Trouble> {
        let current = self.stands.get_mut(stand).and_then(|stand| stand.session.as_mut());
        let Some(current) = current.filter(|current| current.number == session) else { return Ok(()) };
        let actions = current.engine.on(event);
        self.carry_out(stand, actions)
    }

    pub(super) fn wait_over(&mut self, stand: usize, session: u64) -> Result<(), Trouble> {
        self.event(stand, session, Event::WaitOver)
    }

    /// An answer reaches a stand. One to a request that was given up is heard by nobody.
    pub(super) fn answered(
        &mut self,
        stand: usize,
        session: u64,
        request: u64,
        sent_at_ms: u64,
        response: Response,
    ) -> Result<(), Trouble> {
        let current = self.stands.get_mut(stand).and_then(|stand| stand.session.as_mut());
        let Some(current) = current.filter(|s| s.number == session && s.request == Some(request)) else {
            return Ok(());
        };
        current.request = None;
        if let Response::Push { sent, bytes } = &response {
            let answer = Checkpoint::open(bytes, &self.office.checkpoint_key())?;
            self.tell(&Fact::Heard { stand, from: sent.from, answer });
        }
        let elapsed_ms = self.at_ms.saturating_sub(sent_at_ms);
        let event = match response {
            Response::Push { sent, bytes } => Event::PushAnswered { sent, answer: bytes, elapsed_ms },
            Response::Manifest { bytes, etag } => Event::ManifestAnswered { answer: bytes, etag: Some(etag) },
            Response::NotModified => Event::NotModified,
            Response::Part(bytes) => Event::PartAnswered(bytes),
            Response::Page => Event::Failed(sync::Fault::CaptivePortal),
            Response::Fault(fault) => {
                self.say(&format!("stand {stand} hears {}", fault.code()));
                Event::Failed(fault)
            }
        };
        self.event(stand, session, event)
    }

    /// Carries out actions in their order; what a stand answers itself is told to the engine at once.
    fn carry_out(&mut self, stand: usize, mut actions: Vec<Action>) -> Result<(), Trouble> {
        while !actions.is_empty() {
            let mut next = Vec::new();
            for action in std::mem::take(&mut actions) {
                if !self.healed && self.fate.chance(self.plan.stand_crashes) {
                    self.stand_crashes(stand);
                    return Ok(());
                }
                if let Some(event) = self.perform(stand, action)? {
                    let current = self.stands.get_mut(stand).and_then(|stand| stand.session.as_mut());
                    next = current.map(|session| session.engine.on(event)).unwrap_or_default();
                }
            }
            actions = next;
        }
        Ok(())
    }

    /// One action. Gives the event that answers it, when the stand can answer it itself.
    fn perform(&mut self, stand: usize, action: Action) -> Result<Option<Event>, Trouble> {
        match action {
            Action::Acknowledge { count, checkpoint, bytes } => {
                self.say(&format!("stand {stand} keeps {:?} up to {count}", checkpoint.outcome));
                self.with_log(stand, |log| log.acknowledge(count, &checkpoint, &bytes))?;
            }
            Action::StorePart { part, bytes } => self.with_log(stand, |log| log.store_part(&part, &bytes))?,
            Action::StoreManifest { manifest, bytes, etag } => {
                self.say(&format!("stand {stand} keeps manifest {}", manifest.number));
                self.with_log(stand, |log| log.store_manifest(&manifest, &bytes, etag.as_deref()))?;
            }
            Action::Alarm(alarm) => {
                self.counts.alarms = self.counts.alarms.saturating_add(1);
                self.say(&format!("stand {stand} alarms {alarm:?}"));
                self.with_log(stand, |log| log.alarm(&alarm))?;
            }
            Action::Progress(_) => {}
            Action::Push { epoch, from, bytes_max } => {
                match self.with_log(stand, |log| log.chunk(epoch, from, bytes_max))? {
                    ChunkRead::Signed(chunk) => {
                        let sent = Sent::from(&chunk);
                        self.say(&format!("stand {stand} pushes {} {from}..{}", short(&epoch), chunk.count));
                        self.send(stand, Wish::Push { bytes: Rc::from(chunk.bytes), sent });
                    }
                    ChunkRead::Released => return Ok(Some(Event::BodyReleased)),
                    ChunkRead::Unreadable => return Ok(Some(Event::LedgerUnreadable)),
                }
            }
            Action::ReadHeads(asked) => {
                let heads = self.with_log(stand, |log| {
                    asked.iter().map(|(epoch, count)| log.head_at(*epoch, *count)).collect()
                })?;
                return Ok(Some(Event::Heads(heads)));
            }
            Action::FetchManifest { etag, number } => {
                let stand_key = self.stands.get(stand).map(|stand| stand.badge.key.verifying_key());
                let kid = KeyId::of(stand_key.ok_or(Trouble::Off)?.as_bytes());
                self.send(stand, Wish::Manifest { kid, etag, held: number });
            }
            Action::FetchPart(part) => {
                if self.with_log(stand, |log| log.has_part(part.hash))? {
                    return Ok(Some(Event::PartHeld));
                }
                self.send(stand, Wish::Part(part.hash));
            }
            Action::BeginEpoch { reason, previous } => {
                self.say(&format!("stand {stand} begins an epoch after {}", short(&previous)));
                let ledgers = self.with_log(stand, |log| {
                    log.begin_epoch(reason, previous)?;
                    Ok(log.snapshot()?.ledgers)
                })?;
                return Ok(Some(Event::EpochBegun(ledgers)));
            }
            Action::Wait { ms } => {
                let session = self.stands.get(stand).and_then(|stand| stand.session.as_ref());
                if let Some(session) = session.map(|session| session.number) {
                    self.at(ms, Happening::WaitOver { stand, session });
                }
            }
            Action::Finished { outcome, totals } => {
                self.say(&format!("stand {stand} ends its sync: {} {totals:?}", outcome.code()));
                if let Some(stand) = self.stands.get_mut(stand) {
                    stand.session = None;
                    stand.last_outcome = Some(outcome);
                }
            }
        }
        Ok(None)
    }

    fn stand_crashes(&mut self, number: usize) {
        self.counts.crashes = self.counts.crashes.saturating_add(1);
        self.say(&format!("stand {number} crashes"));
        if let Some(stand) = self.stands.get_mut(number) {
            stand.crash();
        }
        let down_ms = self.fate.between(1_000, 3_600_000);
        self.at(down_ms, Happening::StandRestarts(number));
    }

    /// A stand that is off comes up.
    pub(super) fn bring_up(&mut self, number: usize) -> Result<(), Trouble> {
        let Some(stand) = self.stands.get_mut(number).filter(|stand| stand.ledger.is_none()) else {
            return Ok(());
        };
        stand.open()?;
        self.say(&format!("stand {number} is up again"));
        let disk = self.disk(number, false)?;
        self.tell(&Fact::Reopened(Rc::new(disk)));
        Ok(())
    }
}
