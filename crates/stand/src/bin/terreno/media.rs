//! `bundle` and `mirror`: sticks and cards.

use std::path::Path;

use stand::{CarryTo, Exit, FileTold, MirrorStatus, Stand, StandError};

use crate::args::{Bundle, Mirror};
use crate::output::Output;
use crate::run::Failure;

/// Says what was asked for on the command line instead of a folder, to mirror no more.
const OFF: &str = "off";

pub(crate) fn bundle(stand: &mut Stand, action: &Bundle, output: &Output) -> Result<Exit, Failure> {
    match action {
        Bundle::Export { folder } => {
            let exported = stand.export_bundle(folder)?;
            output.answer(&exported)?;
            Ok(if exported.unreadable { Exit::Integrity } else { Exit::Ok })
        }
        Bundle::Acknowledge { path } => {
            let brought = stand.acknowledge_bundle(path)?;
            output.answer(&brought)?;
            Ok(refused(&brought.files, output))
        }
    }
}

pub(crate) fn mirror(stand: &mut Stand, action: &Mirror, output: &Output) -> Result<Exit, Failure> {
    match action {
        Mirror::Set { folder } if folder.as_path() == Path::new(OFF) => shown(&stand.unset_mirror()?, output),
        Mirror::Set { folder } => shown(&stand.set_mirror(folder)?, output),
        Mirror::Check => shown(&stand.check_mirror()?, output),
        Mirror::Carry { folder, to, root_certificate } => {
            let to = match to {
                Some(stick) => CarryTo::Stick(stick),
                None => CarryTo::Office(root_certificate.as_deref()),
            };
            let carried = stand.carry(folder, to)?;
            output.answer(&carried)?;
            if let Some(fault) = &carried.ended {
                return Ok(output.failed(&StandError::Unreachable(fault.clone())));
            }
            let exit = refused(&carried.files, output);
            Ok(if carried.missing.is_empty() { exit } else { Exit::Rejected })
        }
    }
}

/// A red mirror is an error of this command, and stops nothing else.
fn shown(status: &MirrorStatus, output: &Output) -> Result<Exit, Failure> {
    output.answer(status)?;
    if status.state.is_red() {
        let code = format!("mirror_{}", status.state.as_str());
        return Ok(output.refused(&code, Exit::Integrity));
    }
    Ok(Exit::Ok)
}

/// Names every file that was not taken, on standard error.
fn refused(files: &[FileTold], output: &Output) -> Exit {
    let mut exit = Exit::Ok;
    for file in files.iter().filter(|file| file.state.is_refused()) {
        output.file_refused(&file.file, file.state);
        exit = Exit::Rejected;
    }
    exit
}
