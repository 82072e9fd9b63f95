//! The team's file: codes, roles, what is kept of PINs, and how often somebody was wrong.
//!
//! One small file, read whole, changed by one program at a time and replaced durably: window and command line share
//! the folder, and two guesses at once must count as two.

use domain::{Role, StaffCode, UnlockChallenge};
use serde::{Deserialize, Serialize};

use super::attempts::Attempts;
use crate::StandError;
use crate::folder::Folder;

const FILE: &str = "team.json";
const LOCK: &str = "team.lock";
/// Most people on a stand's list, those who left included: their codes are never given to others.
pub const TEAM_PEOPLE_MAX: usize = 40;

/// One person. Nobody's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Person {
    pub(super) code: StaffCode,
    pub(super) role: Role,
    /// The PIN's hash; empty for somebody who left.
    pub(super) verifier: String,
    pub(super) active: bool,
    #[serde(default)]
    pub(super) attempts: Attempts,
}

/// A challenge that was read over the telephone, and whom it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pending {
    pub(super) person: StaffCode,
    challenge: String,
}

impl Pending {
    pub(super) fn new(person: StaffCode, challenge: UnlockChallenge) -> Self {
        Self { person, challenge: challenge.to_string() }
    }

    pub(super) fn challenge(&self) -> Option<UnlockChallenge> {
        UnlockChallenge::parse(&self.challenge).ok()
    }
}

/// All of them. The first is who enrolled the machine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Roster {
    pub(super) people: Vec<Person>,
    /// Wrong attempts under codes that nobody here has, all together: they are answered like others.
    pub(super) nobody: Attempts,
    /// Wrong responses of the telephone.
    pub(super) responses: Attempts,
    pub(super) pending: Option<Pending>,
}

impl Roster {
    /// The list as it is. Empty when no PIN was ever set.
    pub(super) fn load(folder: &Folder) -> Result<Self, StandError> {
        let Some(bytes) = folder.read(FILE)? else { return Ok(Self::default()) };
        serde_json::from_slice(&bytes)
            .map_err(|error| StandError::BadFile { path: folder.path().join(FILE), why: error.to_string() })
    }

    /// Changes the list, alone, and keeps it durably before the answer is given. `work` says whether it changed.
    pub(super) fn change<T>(
        folder: &Folder,
        work: impl FnOnce(&mut Self) -> Result<(T, bool), StandError>,
    ) -> Result<T, StandError> {
        let _alone = folder.alone(LOCK)?;
        let mut roster = Self::load(folder)?;
        let (answer, changed) = work(&mut roster)?;
        if changed {
            let bytes = serde_json::to_vec(&roster).map_err(|error| StandError::BadFile {
                path: folder.path().join(FILE),
                why: error.to_string(),
            })?;
            folder.write(FILE, &bytes)?;
        }
        Ok(answer)
    }

    /// Somebody who works here.
    pub(super) fn active(&self, code: &StaffCode) -> Option<&Person> {
        self.people.iter().find(|person| person.active && person.code == *code)
    }

    pub(super) fn active_mut(&mut self, code: &StaffCode) -> Option<&mut Person> {
        self.people.iter_mut().find(|person| person.active && person.code == *code)
    }

    /// The count that an attempt under this code goes to.
    pub(super) fn attempts_of(&mut self, code: Option<&StaffCode>) -> &mut Attempts {
        let place = self.people.iter().position(|person| person.active && Some(&person.code) == code);
        match place.and_then(|place| self.people.get_mut(place)) {
            Some(person) => &mut person.attempts,
            None => &mut self.nobody,
        }
    }

    /// Who is meant when nobody says a code: the first who works here, which is who enrolled the machine as long as
    /// they do.
    pub(super) fn first(&self) -> Option<&Person> {
        self.people.iter().find(|person| person.active)
    }

    /// Whether somebody would remain who may change the team.
    pub(super) fn has_leader_besides(&self, code: &StaffCode) -> bool {
        self.people.iter().any(|person| person.active && person.role == Role::Leader && person.code != *code)
    }
}
