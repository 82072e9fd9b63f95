//! The command line. Names, answers and exit codes are fixed: scripts rely on them.

mod args;
mod bundle;
mod catalogue;
mod closings;
mod devices;
mod doctor;
mod exit;
mod help;
mod import;
mod kept;
mod open_folder;
mod output;
mod picture;
mod release;
mod requests;
mod run;
mod survey;
mod table;
mod told;
mod unlock;
mod wanted;

use std::process::ExitCode;

use clap::FromArgMatches as _;
use clap::error::ErrorKind;

pub use args::{Args, Command};
pub use exit::Exit;
pub use output::Output;

use told::Told;

/// Reads the arguments, does what they say, and tells how it went.
pub fn main() -> ExitCode {
    let parsed = help::command().try_get_matches().and_then(|found| Args::from_arg_matches(&found));
    let args = match parsed {
        Ok(args) => args,
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            let _ = error.print();
            return Exit::Ok.into();
        }
        Err(error) => return usage(&error),
    };
    let mut output = Output::terminal(args.json);
    match run::run(args, &mut output) {
        Ok(exit) => exit.into(),
        Err(told) => {
            output.error(&told);
            told.exit.into()
        }
    }
}

/// A command that is not written correctly: in plain words, or as the one JSON line that a script expects.
fn usage(error: &clap::Error) -> ExitCode {
    let is_json = std::env::args_os().any(|arg| arg == "--json");
    if is_json {
        let why = error.to_string();
        let first = why.lines().next().unwrap_or_default().to_owned();
        Output::terminal(true).error(&Told::usage(first));
    } else {
        let _ = error.print();
    }
    Exit::Usage.into()
}
