//! `team` and `pin`: who works at this stand, with which PIN, and the way back in by telephone.

use domain::Role;
use serde_json::json;
use stand::Exit;

use crate::args::{Cli, Pin, RoleWord, Team};
use crate::output::Output;
use crate::run::{Failure, open, open_as_staff, read_new_pin};

/// One's own PIN, and the challenge for a lost one.
pub(crate) fn pin(cli: &Cli, action: &Pin, output: &Output) -> Result<Exit, Failure> {
    match action {
        Pin::Set { new_pin_file } => {
            open_as_staff(cli)?.set_pin(&read_new_pin(new_pin_file.as_deref())?)?;
            output.answer(&json!({ "pin_set": true }))?;
        }
        Pin::Challenge => output.answer(&open(cli)?.unlock_challenge(cli.person.as_deref())?)?,
        Pin::Unlock { response, new_pin_file } => {
            let pin = read_new_pin(new_pin_file.as_deref())?;
            let person = open(cli)?.unlock_by_telephone(response, &pin)?;
            output.answer(&json!({ "pin_set": true, "person": person }))?;
        }
    }
    Ok(Exit::Ok)
}

/// The list of people. Seeing it needs nobody: it holds codes and roles.
pub(crate) fn team(cli: &Cli, action: &Team, output: &Output) -> Result<Exit, Failure> {
    let stand = if matches!(action, Team::List) { open(cli)? } else { open_as_staff(cli)? };
    match action {
        Team::List => {}
        Team::Add { code, role, new_pin_file } => {
            stand.add_person(code, role_of(*role), &read_new_pin(new_pin_file.as_deref())?)?;
        }
        Team::Role { code, role } => stand.set_role(code, role_of(*role))?,
        Team::Pin { code, new_pin_file } => {
            stand.set_pin_of(code, &read_new_pin(new_pin_file.as_deref())?)?;
        }
        Team::Remove { code } => stand.remove_person(code)?,
    }
    output.answer(&json!({ "team": stand.team()? }))?;
    Ok(Exit::Ok)
}

fn role_of(word: RoleWord) -> Role {
    match word {
        RoleWord::Team => Role::Team,
        RoleWord::Leader => Role::Leader,
    }
}
