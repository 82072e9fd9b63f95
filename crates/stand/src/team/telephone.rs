//! A lock-out far from any network: the stand shows a challenge, a person reads it over the telephone, the office
//! reads a response back, and a leader has a new PIN. No record is opened by it, and nothing else changes.
//!
//! The key was agreed on at the enrolment (`wire::unlock`). A challenge is for one leader and stays until it is used
//! or that leader's PIN is entered or set: no response serves twice. Wrong responses are counted and delayed like
//! PINs, and never locked for good: this is the last way back in.

use domain::{Role, StaffCode, UnlockChallenge, UnlockResponse};
use serde::Serialize;
use wire::unlock::{UnlockKey, draw_challenge};

use super::attempts::{Attempts, Gate};
use super::roster::{Pending, Roster};
use super::{UseCase, code_of};
use crate::{Stand, StandError};

/// The raw key of section 4 of the protocol.
pub(crate) const UNLOCK_KEY_FILE: &str = "unlock.key";

/// What is read over the telephone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Challenge {
    /// The code of whom it is for; the office needs it too.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub person: StaffCode,
    /// Eight symbols, `XXXX-XXXX`.
    pub challenge: String,
    /// The office's telephone line, as it is dictated.
    pub phone_line: Option<String>,
}

impl Stand {
    /// The challenge for a leader's new PIN: the same until it is used. Without a code the first leader is meant.
    pub fn unlock_challenge(&mut self, person: Option<&str>) -> Result<Challenge, StandError> {
        self.unlock_key()?;
        let code = person.map(code_of).transpose()?;
        let drawn = draw_challenge(&mut self.chance);
        let (person, challenge) = Roster::change(&self.folder, |roster| {
            let found = match &code {
                Some(code) => roster.active(code),
                None => roster.people.iter().find(|person| person.active && person.role == Role::Leader),
            };
            let person = found.ok_or(StandError::UnknownPerson)?;
            if person.role != Role::Leader {
                return Err(StandError::LeaderNeeded);
            }
            let code = person.code.clone();
            let pending = roster.pending.as_ref().filter(|pending| pending.person == code);
            if let Some(challenge) = pending.and_then(Pending::challenge) {
                return Ok(((code, challenge), false));
            }
            roster.pending = Some(Pending::new(code.clone(), drawn));
            Ok(((code, drawn), true))
        })?;
        let phone_line = self.enrolment.phone_line.clone();
        Ok(Challenge { person, challenge: challenge.to_string(), phone_line })
    }

    /// Takes the office's response and sets the leader's new PIN. Says whose it is. A response that was misheard, as
    /// its check symbol tells, is not counted.
    pub fn unlock_by_telephone(&self, response: &str, new_pin: &str) -> Result<StaffCode, StandError> {
        self.allow(UseCase::UnlockByTelephone)?;
        let response = UnlockResponse::parse(response).map_err(StandError::UnlockCode)?;
        let key = self.unlock_key()?;
        let verifier = self.hash(new_pin)?;
        let (person, challenge) = self.count_response()?;
        if !key.fits(challenge, &person, response) {
            let wrong = Roster::load(&self.folder)?.responses;
            return Err(StandError::ResponseWrong { wait_s: wrong.next_wait_s() });
        }
        Roster::change(&self.folder, |roster| {
            let unused = roster.pending.take().filter(|pending| pending.person == person);
            if unused.and_then(|pending| pending.challenge()) != Some(challenge) {
                return Err(StandError::NoChallenge);
            }
            let leader = roster.active_mut(&person).ok_or(StandError::UnknownPerson)?;
            (leader.verifier, leader.attempts) = (verifier, Attempts::default());
            (roster.responses, roster.nobody) = (Attempts::default(), Attempts::default());
            Ok((person.clone(), true))
        })
    }

    /// Counts a response, durably, before it is looked at.
    fn count_response(&self) -> Result<(StaffCode, UnlockChallenge), StandError> {
        let reading = self.reading();
        Roster::change(&self.folder, |roster| {
            let (gate, begins_again) = roster.responses.gate_without_end(&reading);
            if let Gate::Wait(wait_s) = gate {
                return Ok((Err(StandError::ResponseDelayed { wait_s }), begins_again));
            }
            let pending = roster.pending.as_ref();
            let asked = pending.and_then(|pending| Some((pending.person.clone(), pending.challenge()?)));
            let Some(asked) = asked else { return Ok((Err(StandError::NoChallenge), false)) };
            roster.responses.count(&reading);
            Ok((Ok(asked), true))
        })?
    }

    fn unlock_key(&self) -> Result<UnlockKey, StandError> {
        let bytes = self.folder.read(UNLOCK_KEY_FILE)?;
        let key = bytes.and_then(|bytes| bytes.try_into().ok());
        key.map(UnlockKey::from_bytes).ok_or(StandError::NoUnlockKey)
    }
}
