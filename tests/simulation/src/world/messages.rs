//! Requests on their way to the office and answers on their way back.

use std::rc::Rc;

use sync::{Fault, Sent};
use wire::push::QuarantineReason;
use wire::{Hash, KeyId};

use super::{Happening, World};
use crate::Trouble;
use crate::facts::Fact;
use crate::network::{Disturbance, TIMEOUT_MS};
use crate::office::{ManifestReply, Reply};
use crate::trace::short;

/// A request on the way.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    number: u64,
    stand: usize,
    session: u64,
    sent_at_ms: u64,
    wish: Wish,
    /// How many times each arrival is delivered at once.
    at_once: usize,
    /// The answer's delay; none when it is lost.
    answer: Option<u64>,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub(crate) enum Wish {
    Push { bytes: Rc<[u8]>, sent: Sent },
    Manifest { kid: KeyId, etag: Option<String>, held: Option<u64> },
    Part(Hash),
}

/// An answer on the way.
#[derive(Debug, Clone)]
pub(crate) enum Response {
    Push {
        sent: Sent,
        bytes: Vec<u8>,
    },
    Manifest {
        bytes: Vec<u8>,
        etag: String,
    },
    NotModified,
    Part(Vec<u8>),
    /// Somebody's page, with 200.
    Page,
    Fault(Fault),
}

impl World {
    /// Sends a stand's request and leaves it to its fate.
    pub(super) fn send(&mut self, stand: usize, wish: Wish) {
        self.requests = self.requests.saturating_add(1);
        let number = self.requests;
        let Some(session) = self.stands.get_mut(stand).and_then(|stand| stand.session.as_mut()) else {
            return;
        };
        session.request = Some(number);
        let session = session.number;
        if let Wish::Push { bytes, .. } = &wish {
            self.seen_pushes.push(bytes.clone());
        }
        let fate = self.network.fate();
        let sent_at_ms = self.at_ms;
        let request =
            Request { number, stand, session, sent_at_ms, wish, at_once: fate.at_once, answer: fate.answer };
        let answered =
            |response| Happening::Answered { stand, session, request: number, sent_at_ms, response };
        self.at(TIMEOUT_MS, answered(Response::Fault(Fault::CutInTheMiddle)));
        match fate.disturbance {
            Some((delay, Disturbance::Page)) => self.at(delay, answered(Response::Page)),
            Some((delay, Disturbance::Fault(fault))) => self.at(delay, answered(Response::Fault(fault))),
            None => {}
        }
        for delay in fate.arrivals {
            self.at(delay, Happening::Arrives(request.clone()));
        }
    }

    /// A request reaches the office, which may crash before it or after it.
    pub(super) fn arrives(&mut self, request: &Request) -> Result<(), Trouble> {
        let crashes = !self.healed && self.fate.chance(self.plan.office_crashes);
        let before = crashes && self.fate.chance(500);
        if !self.office.is_up() {
            self.answer(request, Response::Fault(Fault::NoNetwork));
            return Ok(());
        }
        if before {
            self.office_crashes();
            return Ok(());
        }
        let response = match self.handle(request) {
            Ok(response) => response,
            Err(Trouble::Refused(fault)) => Response::Fault(fault),
            Err(trouble) => return Err(trouble),
        };
        if crashes {
            self.office_crashes();
        } else {
            self.answer(request, response);
        }
        Ok(())
    }

    fn answer(&mut self, request: &Request, response: Response) {
        let Request { stand, session, number, sent_at_ms, answer, .. } = *request;
        if let Some(delay) = answer {
            self.at(delay, Happening::Answered { stand, session, request: number, sent_at_ms, response });
        }
    }

    fn handle(&mut self, request: &Request) -> Result<Response, Trouble> {
        let now = self.now_unix_s();
        Ok(match &request.wish {
            Wish::Push { bytes, sent } => {
                // A repetition that nobody waits for teaches its stand nothing.
                let waits = self.stands.get(request.stand).and_then(|stand| stand.session.as_ref());
                let waits = waits.is_some_and(|session| session.request == Some(request.number));
                let by = waits.then_some(request.stand);
                let bytes = self.take_push(bytes, request.at_once, by)?;
                Response::Push { sent: *sent, bytes }
            }
            Wish::Manifest { kid, etag, held } => {
                match self.office.manifest(*kid, etag.as_deref(), *held, now)? {
                    ManifestReply::NotModified => Response::NotModified,
                    ManifestReply::Given { bytes, etag, manifest } => {
                        self.tell(&Fact::ManifestGiven(Rc::new(manifest)));
                        Response::Manifest { bytes, etag }
                    }
                }
            }
            Wish::Part(hash) => match self.office.part(*hash)? {
                Some(bytes) => Response::Part(bytes),
                None => Response::Fault(Fault::Refused { status: 404, code: "unknown_part".into() }),
            },
        })
    }

    /// The office takes a push, whoever brings it, perhaps several times at once. Gives the last answer.
    pub(super) fn take_push(
        &mut self,
        bytes: &[u8],
        times: usize,
        by: Option<usize>,
    ) -> Result<Vec<u8>, Trouble> {
        let replies = self.office.push(bytes, times, self.now_unix_s())?;
        let mut last = Vec::new();
        for Reply { payload, from, bytes, answer, fresh } in replies {
            let kind = if fresh { "decides" } else { "repeats" };
            let why = answer.reason.map_or("", QuarantineReason::as_str);
            let (outcome, epoch, count) = (answer.outcome, short(&answer.epoch), answer.count);
            self.say(&format!("office {kind} {outcome:?} {why} {epoch} up to {count}"));
            last.clone_from(&bytes);
            self.tell(&Fact::Answered { payload, from, bytes: bytes.into(), answer, fresh, by });
        }
        Ok(last)
    }

    fn office_crashes(&mut self) {
        self.counts.crashes = self.counts.crashes.saturating_add(1);
        self.say("the office crashes");
        self.office.crash();
        let down_ms = self.fate.between(100, 600_000);
        self.at(down_ms, Happening::OfficeRestarts);
    }

    /// A third of all pushes that were ever sent come again, some of them three at once.
    pub(super) fn repeat_pushes(&mut self) -> Result<(), Trouble> {
        for number in (0..self.seen_pushes.len()).step_by(3) {
            let Some(bytes) = self.seen_pushes.get(number).cloned() else { continue };
            let times = if number.rem_euclid(2) == 0 { 3 } else { 1 };
            self.take_push(&bytes, times, None)?;
        }
        Ok(())
    }
}
