//! The team: who may do what at this stand, each with a PIN of their own (ADR 55).
//!
//! A PIN opens functions, never records. Who entered it is the one who acts until the stand is locked again, and the
//! entries of the ledger carry their code. Wrong PINs are counted before they are looked at, and delayed by the
//! machine's own uptime (`attempts`); after ten in a row somebody else must help: a leader, or the office by telephone
//! (`telephone`).

mod attempts;
mod rights;
mod roster;
mod telephone;
#[cfg(test)]
mod tests;
mod verifier;

use domain::{Role, StaffCode};
use serde::Serialize;

use self::attempts::{Attempts, Gate};
pub use self::rights::{Needs, UseCase};
pub use self::roster::TEAM_PEOPLE_MAX;
use self::roster::{Person, Roster};
pub use self::telephone::Challenge;
pub(crate) use self::telephone::UNLOCK_KEY_FILE;
pub use self::verifier::{DIGITS_MAX, DIGITS_MIN, check_form};
use crate::clock::Reading;
use crate::{Stand, StandError};

/// The code of who sets the first PIN without saying who they are.
pub const FIRST_PERSON: &str = "EQUIPO";

/// Who acts, since they entered their PIN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Acting {
    /// Their code.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub code: StaffCode,
    /// Their role.
    pub role: Role,
    /// Wrong PINs under their code since they last entered the right one: somebody else may have tried.
    pub wrong_before: u32,
}

/// Somebody on the list, as everyone at the stand may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TeamMember {
    /// Their code.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub code: StaffCode,
    /// Their role.
    pub role: Role,
    /// Whether they still work here.
    pub active: bool,
    /// Whether their PIN opens nothing until somebody else helps.
    pub locked: bool,
}

/// Reads a code as it was typed.
fn code_of(text: &str) -> Result<StaffCode, StandError> {
    StaffCode::parse(text).map_err(StandError::StaffCode)
}

impl Stand {
    /// Whether staff functions ask for a PIN: one was set.
    pub fn has_pin(&self) -> Result<bool, StandError> {
        Ok(!Roster::load(&self.folder)?.people.is_empty())
    }

    /// Everyone on the list, in the order in which they came.
    pub fn team(&self) -> Result<Vec<TeamMember>, StandError> {
        let member = |person: Person| TeamMember {
            locked: person.active && person.attempts.is_locked(),
            code: person.code,
            role: person.role,
            active: person.active,
        };
        Ok(Roster::load(&self.folder)?.people.into_iter().map(member).collect())
    }

    /// Who acts now.
    pub fn acting(&self) -> Option<&Acting> {
        self.acting.as_ref()
    }

    /// Nobody acts any more.
    pub fn lock(&mut self) {
        self.acting = None;
    }

    /// Somebody enters their PIN and acts from now on. Without a code the first person of the list is meant. None
    /// where no PIN was ever set: everything is open then.
    pub fn unlock(&mut self, person: Option<&str>, pin: Option<&str>) -> Result<Option<Acting>, StandError> {
        self.acting = None;
        self.acting = self.check_pin_of(person, pin)?;
        Ok(self.acting.clone())
    }

    /// Checks a PIN of the first person of the list, and changes nothing of who acts.
    pub fn check_pin(&self, pin: Option<&str>) -> Result<(), StandError> {
        self.check_pin_of(None, pin).map(|_| ())
    }

    /// Checks somebody's PIN and says who it is, and changes nothing of who acts. A person who isn't here is answered
    /// like a wrong PIN, after the same work.
    pub fn check_pin_of(
        &self,
        person: Option<&str>,
        pin: Option<&str>,
    ) -> Result<Option<Acting>, StandError> {
        let roster = Roster::load(&self.folder)?;
        let Some(first) = roster.first() else { return Ok(None) };
        let pin = pin.ok_or(StandError::PinNeeded)?;
        // What can't be a code is nobody's, and counted as such.
        let code = person.map_or_else(|| Some(first.code.clone()), |text| StaffCode::parse(text).ok());
        let verifier = self.count_attempt(code.as_ref())?;
        if verifier::fits(pin, verifier.as_deref()) {
            self.forgive(code.as_ref(), verifier.as_deref())
        } else {
            Err(self.wrong_pin(code.as_ref()))
        }
    }

    /// Counts an attempt, durably, and only then gives what the PIN is compared with.
    fn count_attempt(&self, code: Option<&StaffCode>) -> Result<Option<String>, StandError> {
        let reading = self.clock.read();
        Roster::change(&self.folder, |roster| {
            let attempts = roster.attempts_of(code);
            let (gate, begins_again) = attempts.gate(&reading);
            match gate {
                Gate::Locked => Ok((Err(StandError::PinLocked), false)),
                Gate::Wait(wait_s) => Ok((Err(StandError::PinDelayed { wait_s }), begins_again)),
                Gate::Open => {
                    attempts.count(&reading);
                    let verifier = code.and_then(|code| roster.active(code)).map(|p| p.verifier.clone());
                    Ok((Ok(verifier), true))
                }
            }
        })?
    }

    /// The right PIN: what was counted before is told and forgotten. Somebody else may have changed it meanwhile.
    fn forgive(
        &self,
        code: Option<&StaffCode>,
        verifier: Option<&str>,
    ) -> Result<Option<Acting>, StandError> {
        Roster::change(&self.folder, |roster| {
            roster.nobody = Attempts::default();
            if roster.pending.as_ref().map(|pending| &pending.person) == code {
                roster.pending = None;
            }
            let person = code.and_then(|code| roster.active_mut(code));
            let Some(person) = person.filter(|person| Some(person.verifier.as_str()) == verifier) else {
                return Err(StandError::PinWrong { wait_s: 0 });
            };
            let wrong_before = person.attempts.wrong.saturating_sub(1);
            person.attempts = Attempts::default();
            Ok((Some(Acting { code: person.code.clone(), role: person.role, wrong_before }), true))
        })
    }

    fn wrong_pin(&self, code: Option<&StaffCode>) -> StandError {
        let told = Roster::load(&self.folder).map(|mut roster| {
            let attempts = roster.attempts_of(code);
            if attempts.is_locked() {
                StandError::PinLocked
            } else {
                StandError::PinWrong { wait_s: attempts.next_wait_s() }
            }
        });
        told.unwrap_or_else(|error| error)
    }

    /// Whether whoever acts may do this, and who it is: the code that the entry carries. Looked up anew each time, so
    /// that whoever left or lost their role while they acted may not.
    pub fn allow(&self, case: UseCase) -> Result<Option<StaffCode>, StandError> {
        let roster = Roster::load(&self.folder)?;
        let acting = self.acting.as_ref().and_then(|acting| roster.active(&acting.code));
        if roster.people.is_empty() || case.is_open_to(acting.map(|person| person.role)) {
            return Ok(acting.map(|person| person.code.clone()));
        }
        Err(if acting.is_some() { StandError::LeaderNeeded } else { StandError::PinNeeded })
    }

    /// The code of who acts, for entries that anybody may make. A list that can't be read stops no record.
    pub(crate) fn recorded_by(&self) -> Option<String> {
        self.allow(UseCase::Record).ok().flatten().map(String::from)
    }

    /// Sets the first PIN, of a leader who did not say who they are; afterwards changes that of who acts.
    pub fn set_pin(&self, pin: &str) -> Result<(), StandError> {
        if !self.has_pin()? {
            return self.add_person(FIRST_PERSON, Role::Leader, pin);
        }
        let code = self.allow(UseCase::ChangeOwnPin)?.ok_or(StandError::PinNeeded)?;
        self.set_pin_of(code.as_str(), pin)
    }

    /// Adds somebody, or lets somebody who left come back under their old code. The first is a leader, whatever is
    /// asked for.
    pub fn add_person(&self, code: &str, role: Role, pin: &str) -> Result<(), StandError> {
        self.allow(UseCase::ChangeTeam)?;
        let code = code_of(code)?;
        let verifier = self.hash(pin)?;
        Roster::change(&self.folder, |roster| {
            let role = if roster.people.is_empty() { Role::Leader } else { role };
            let new = Person {
                code: code.clone(),
                role,
                verifier: verifier.clone(),
                active: true,
                attempts: Attempts::default(),
            };
            let is_full = roster.people.len() >= TEAM_PEOPLE_MAX;
            match roster.people.iter_mut().find(|person| person.code == code) {
                Some(person) if person.active => return Err(StandError::PersonExists),
                Some(person) => *person = new,
                None if is_full => return Err(StandError::TeamFull),
                None => roster.people.push(new),
            }
            Ok(((), true))
        })
    }

    /// Gives somebody a new PIN: oneself, or a leader anyone. What was counted against the old one is over.
    pub fn set_pin_of(&self, code: &str, pin: &str) -> Result<(), StandError> {
        let code = code_of(code)?;
        if self.allow(UseCase::ChangeOwnPin)?.as_ref() != Some(&code) {
            self.allow(UseCase::ChangeTeam)?;
        }
        let verifier = self.hash(pin)?;
        Roster::change(&self.folder, |roster| {
            if roster.pending.as_ref().is_some_and(|pending| pending.person == code) {
                roster.pending = None;
            }
            let person = roster.active_mut(&code).ok_or(StandError::UnknownPerson)?;
            (person.verifier, person.attempts) = (verifier, Attempts::default());
            Ok(((), true))
        })
    }

    /// Gives somebody another role. The last leader stays one.
    pub fn set_role(&self, code: &str, role: Role) -> Result<(), StandError> {
        self.allow(UseCase::ChangeTeam)?;
        let code = code_of(code)?;
        Roster::change(&self.folder, |roster| {
            let stays = role == Role::Leader || roster.has_leader_besides(&code);
            let person = roster.active_mut(&code).ok_or(StandError::UnknownPerson)?;
            if !stays {
                return Err(StandError::LastLeader);
            }
            person.role = role;
            Ok(((), true))
        })
    }

    /// Somebody leaves. Their code stays theirs: entries carry it.
    pub fn remove_person(&self, code: &str) -> Result<(), StandError> {
        self.allow(UseCase::ChangeTeam)?;
        let code = code_of(code)?;
        Roster::change(&self.folder, |roster| {
            let stays = roster.has_leader_besides(&code);
            let person = roster.active_mut(&code).ok_or(StandError::UnknownPerson)?;
            if !stays {
                return Err(StandError::LastLeader);
            }
            (person.active, person.attempts) = (false, Attempts::default());
            person.verifier.clear();
            Ok(((), true))
        })
    }

    fn hash(&self, pin: &str) -> Result<String, StandError> {
        check_form(pin)?;
        verifier::hash(pin).ok_or_else(|| StandError::BadFile {
            path: self.folder.path().to_owned(),
            why: "no hash of a PIN could be made".into(),
        })
    }

    fn reading(&self) -> Reading {
        self.clock.read()
    }
}
