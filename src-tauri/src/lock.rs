//! Who has the screen, and what that lets each window do: one enum, one function, no flag from JavaScript.
//!
//! On one screen the staff's window hands over to the citizen's and takes back with the PIN. While a citizen has
//! the screen every staff command is refused, from whatever window; while the staff has it there is no citizen's
//! window, and what a closing one still sends is refused too. Tauri's permissions say the same once more.

include!("command_names.rs");

/// The label of the staff's window.
pub(crate) const STAFF_WINDOW: &str = "staff";

/// The citizen's window is made anew for each session, before the old one goes: hence two labels in turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CitizenWindow {
    /// The first, third, fifth …
    A,
    /// The second, fourth …
    B,
}

impl CitizenWindow {
    /// The window's label, as the capability file names it.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::A => "citizen-a",
            Self::B => "citizen-b",
        }
    }

    /// The window of the next session.
    #[must_use]
    pub(crate) const fn next(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

/// Who has the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lock {
    /// The team. There is no citizen's window.
    Staff,
    /// A citizen, in this window.
    Citizen(CitizenWindow),
}

/// Whether a window may call a command now; else the code of the refusal.
pub(crate) fn admit(lock: Lock, window: &str, command: &str) -> Result<(), &'static str> {
    let is_staff = STAFF_COMMANDS.contains(&command);
    let is_citizen = CITIZEN_COMMANDS.contains(&command);
    match lock {
        _ if !is_staff && !is_citizen => Err("wrong_window"),
        Lock::Staff if is_staff && window == STAFF_WINDOW => Ok(()),
        Lock::Staff if is_staff => Err("wrong_window"),
        Lock::Staff => Err("not_handed_over"),
        Lock::Citizen(current) if is_citizen && window == current.label() => Ok(()),
        Lock::Citizen(_) if is_citizen => Err("wrong_window"),
        Lock::Citizen(_) => Err("locked"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const A: Lock = Lock::Citizen(CitizenWindow::A);
    const WINDOWS: [&str; 4] = [STAFF_WINDOW, "citizen-a", "citizen-b", "other"];

    #[test]
    fn every_command_from_every_window_in_every_state() {
        let check = |lock, window, commands: &[&str], expected| {
            for command in commands {
                assert_eq!(admit(lock, window, command), expected, "{lock:?} {window} {command}");
            }
        };
        check(Lock::Staff, "staff", STAFF_COMMANDS, Ok(()));
        check(A, "citizen-a", CITIZEN_COMMANDS, Ok(()));
        for window in WINDOWS {
            // While a citizen has the screen no staff command works, not even from the staff's own window.
            check(A, window, STAFF_COMMANDS, Err("locked"));
            check(Lock::Staff, window, CITIZEN_COMMANDS, Err("not_handed_over"));
            if window != "staff" {
                check(Lock::Staff, window, STAFF_COMMANDS, Err("wrong_window"));
            }
            // The window of the session before can do nothing any more.
            if window != "citizen-a" {
                check(A, window, CITIZEN_COMMANDS, Err("wrong_window"));
            }
            for lock in [Lock::Staff, A] {
                check(lock, window, &["greet", "", "plugin:event|listen"], Err("wrong_window"));
            }
        }
    }

    #[test]
    fn the_lists_the_permissions_and_the_typed_commands_say_the_same() {
        let check = |window: &str, commands: &[&str], capability: &str, typed: &str| {
            let capability: serde_json::Value = serde_json::from_str(capability).unwrap();
            let granted: BTreeSet<String> = capability["permissions"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|permission| permission.as_str()?.strip_prefix("allow-"))
                .map(|name| name.replace('-', "_"))
                .collect();
            let listed: BTreeSet<String> = commands.iter().map(|name| (*name).to_owned()).collect();
            let called: BTreeSet<String> = typed
                .split('"')
                .filter(|word| word.starts_with(&format!("{window}_")))
                .map(ToOwned::to_owned)
                .collect();
            assert_eq!(granted, listed, "{window}: permissions");
            assert_eq!(called, listed, "{window}: typed commands");
            for label in capability["windows"].as_array().unwrap() {
                assert!(!label.as_str().unwrap().contains('*'), "{window}: no wildcard");
            }
        };
        check(
            "citizen",
            CITIZEN_COMMANDS,
            include_str!("../capabilities/citizen.json"),
            include_str!("../../ui/packages/platform/src/citizen.ts"),
        );
        check(
            "staff",
            STAFF_COMMANDS,
            include_str!("../capabilities/staff.json"),
            include_str!("../../ui/packages/platform/src/staff.ts"),
        );
    }
}
