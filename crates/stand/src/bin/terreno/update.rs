//! `update`: new versions of this program, and the helper that installs them.

use serde_json::json;
use stand::{Exit, Stand, UpdatePlace, copy_for_rehearsal};

use crate::args::{Cli, Update};
use crate::output::Output;
use crate::run::{Failure, data, open, open_as_staff};

pub(crate) fn update(cli: &Cli, action: &Update, output: &Output) -> Result<Exit, Failure> {
    let place = UpdatePlace::here();
    match action {
        Update::Status => output.answer(&open(cli)?.update_status(&place)?)?,
        Update::Take { path } => output.answer(&open_as_staff(cli)?.take_update(path, &place)?)?,
        #[cfg(target_os = "linux")]
        Update::Install { patience } => {
            let patience = std::time::Duration::from_secs(*patience);
            return told(&stand::install_update(&place, data(cli)?, patience)?, output);
        }
        #[cfg(target_os = "linux")]
        Update::Back => output.answer(&stand::go_back_from_update(&place, data(cli)?)?)?,
        Update::Copy { folder } => {
            copy_for_rehearsal(data(cli)?, folder)?;
            output.answer(&json!({ "copy": folder }))?;
        }
        Update::Rehearse => output.answer(&Stand::rehearse(data(cli)?)?)?,
        Update::Alive => {
            let stand = open(cli)?;
            stand.say_alive(&place)?;
            output.answer(&stand.update_status(&place)?)?;
        }
    }
    Ok(Exit::Ok)
}

/// What was refused is told as an error besides, so that the system's journal has it in words.
#[cfg(target_os = "linux")]
fn told(done: &stand::Installing, output: &Output) -> Result<Exit, Failure> {
    output.answer(done)?;
    Ok(match done {
        stand::Installing::Refused { code, .. } | stand::Installing::WentBack { code: Some(code), .. } => {
            output.failed(&(*code).into());
            Exit::Rejected
        }
        _ => Exit::Ok,
    })
}
