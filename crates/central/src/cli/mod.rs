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

use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::OnceLock;

use clap::FromArgMatches as _;
use clap::error::ErrorKind;
use texts::Language;

pub use args::{Args, Command};
pub use exit::Exit;
pub use output::Output;

use told::Told;

/// The language of whoever typed the command. A process does one command, and its help is written before its arguments
/// are read.
static LANGUAGE: OnceLock<Language> = OnceLock::new();

/// The language that answers are written in: Spanish, unless the command or the person's own setting says English. What
/// citizens read is in theirs, whatever this says.
fn language() -> Language {
    LANGUAGE.get().copied().unwrap_or_default()
}

/// What `--language` says, else the system's setting for messages.
fn chosen(args: impl Iterator<Item = OsString>, setting: impl Fn(&str) -> Option<String>) -> Language {
    let mut args = args.map(|arg| arg.to_string_lossy().into_owned());
    let said = args.find_map(|arg| match arg.strip_prefix("--language") {
        Some("") => Some(None),
        Some(rest) => rest.strip_prefix('=').map(|tag| Some(tag.to_owned())),
        None => None,
    });
    let said = said.and_then(|tag| tag.or_else(|| args.next()));
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let set = || names.into_iter().find_map(|name| setting(name).filter(|value| !value.is_empty()));
    match said.or_else(set) {
        Some(tag) if tag.starts_with("en") => Language::English,
        _ => Language::Spanish,
    }
}

/// Reads the arguments, does what they say, and tells how it went.
pub fn main() -> ExitCode {
    let chosen = chosen(std::env::args_os(), |name| std::env::var(name).ok());
    LANGUAGE.get_or_init(|| chosen);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_says_its_language_before_the_system_does() {
        let check = |args: &[&str], set: &[(&str, &str)], expected: Language| {
            let setting = |name: &str| {
                set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            };
            let found = chosen(args.iter().map(OsString::from), setting);
            assert_eq!(found, expected, "{args:?} {set:?}");
        };
        let (spanish, english) = (Language::Spanish, Language::English);
        check(&[], &[], spanish);
        check(&[], &[("LANG", "C.UTF-8")], spanish);
        check(&[], &[("LANG", "en_GB.UTF-8")], english);
        check(&[], &[("LC_ALL", ""), ("LANG", "en_GB.UTF-8")], english);
        check(&[], &[("LC_ALL", "es_CL.UTF-8"), ("LANG", "en_GB.UTF-8")], spanish);
        check(&["doctor", "--language", "en"], &[], english);
        check(&["--language=en", "doctor"], &[], english);
        check(&["--language", "es-CL"], &[("LANG", "en_GB.UTF-8")], spanish);
        check(&["--languages", "en"], &[], spanish);
        check(&["--language"], &[("LANG", "en_GB.UTF-8")], english);
    }
}
