//! Who may do what: one table, asked by every use case that needs somebody.
//!
//! Capture never asks: a citizen is not refused because somebody forgot a PIN. What the team does for the day needs
//! anyone of the team; what changes the stand for others, or ends the day, needs a leader. Enrolling has no row: it
//! makes the first leader.

use domain::Role;

/// What a person can do at a stand. Each is one use case, or a few that only differ in what they record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UseCase {
    /// File a request, an encounter, an addition, a withdrawal; undo the last one.
    Record,
    /// Look something up in the catalogue, and print it.
    LookUp,
    /// Verify a receipt, explain a deadline.
    Verify,
    /// Print the copy of a receipt.
    Copy,
    /// See the day's numbers, the self-test, what the stand carries.
    SeeState,
    /// Answer the office's response to a challenge: the response itself is the proof.
    UnlockByTelephone,
    /// Open an outing, share it, join another stand's.
    OpenOuting,
    /// Reconcile with the office now.
    Sync,
    /// Change one's own PIN.
    ChangeOwnPin,
    /// Close the outing: the day's signed act.
    CloseOuting,
    /// Say who works here and with which role; give somebody a new PIN.
    ChangeTeam,
    /// Choose the printer and every other setting.
    ChangeSettings,
    /// Write what is not acknowledged onto a stick, take the office's answer from one.
    CarryOnStick,
    /// Choose the second medium of the mirror, carry another stand's.
    ChooseMirror,
}

/// Whom a use case needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nobody: it is open to whoever stands there.
    Nobody,
    /// Somebody of the team.
    Team,
    /// A leader.
    Leader,
}

impl UseCase {
    /// Every one.
    pub const ALL: [Self; 14] = [
        Self::Record,
        Self::LookUp,
        Self::Verify,
        Self::Copy,
        Self::SeeState,
        Self::UnlockByTelephone,
        Self::OpenOuting,
        Self::Sync,
        Self::ChangeOwnPin,
        Self::CloseOuting,
        Self::ChangeTeam,
        Self::ChangeSettings,
        Self::CarryOnStick,
        Self::ChooseMirror,
    ];

    /// Whom it needs.
    pub const fn needs(self) -> Needs {
        match self {
            Self::Record
            | Self::LookUp
            | Self::Verify
            | Self::Copy
            | Self::SeeState
            | Self::UnlockByTelephone => Needs::Nobody,
            Self::OpenOuting | Self::Sync | Self::ChangeOwnPin => Needs::Team,
            Self::CloseOuting
            | Self::ChangeTeam
            | Self::ChangeSettings
            | Self::CarryOnStick
            | Self::ChooseMirror => Needs::Leader,
        }
    }

    /// Whether somebody with this role may do it; nobody has said who they are when there is none.
    pub fn is_open_to(self, role: Option<Role>) -> bool {
        match (self.needs(), role) {
            (Needs::Nobody, _) | (Needs::Team, Some(_)) => true,
            (Needs::Leader, role) => role == Some(Role::Leader),
            (Needs::Team, None) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_use_case_by_each_role() {
        // Nobody, somebody of the team, a leader.
        let rows = [
            (UseCase::Record, [true, true, true]),
            (UseCase::LookUp, [true, true, true]),
            (UseCase::Verify, [true, true, true]),
            (UseCase::Copy, [true, true, true]),
            (UseCase::SeeState, [true, true, true]),
            (UseCase::UnlockByTelephone, [true, true, true]),
            (UseCase::OpenOuting, [false, true, true]),
            (UseCase::Sync, [false, true, true]),
            (UseCase::ChangeOwnPin, [false, true, true]),
            (UseCase::CloseOuting, [false, false, true]),
            (UseCase::ChangeTeam, [false, false, true]),
            (UseCase::ChangeSettings, [false, false, true]),
            (UseCase::CarryOnStick, [false, false, true]),
            (UseCase::ChooseMirror, [false, false, true]),
        ];
        assert_eq!(rows.map(|(case, _)| case), UseCase::ALL, "each has its row");
        for (case, expected) in rows {
            let roles = [None, Some(Role::Team), Some(Role::Leader)];
            assert_eq!(roles.map(|role| case.is_open_to(role)), expected, "{case:?}");
        }
    }
}
