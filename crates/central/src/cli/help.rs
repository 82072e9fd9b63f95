//! Help in Spanish: every command and option takes its sentence from `texts` by its path.

use clap::{Arg, ArgAction, Command, CommandFactory as _};
use texts::text;

use super::args::Args;

const KEY: &str = "central-cli";

/// The command line with its sentences.
pub(super) fn command() -> Command {
    localise(Args::command(), KEY)
}

fn say(key: &str) -> String {
    text(super::language(), key, &[])
}

/// A command's key; those that are not available yet share one.
fn key_of(command: &Command, parent: &str) -> String {
    if command.is_hide_set() { format!("{KEY}-later") } else { format!("{parent}-{}", command.get_name()) }
}

fn key_of_option(argument: &Arg, command: &str) -> String {
    format!("{command}--{}", argument.get_id().as_str().replace('_', "-"))
}

fn localise(command: Command, key: &str) -> Command {
    let shown = |argument: &Arg| !argument.is_hide_set();
    let options: Vec<(String, String)> = command
        .get_arguments()
        .filter(|argument| shown(argument))
        .map(|argument| (argument.get_id().to_string(), say(&key_of_option(argument, key))))
        .collect();
    let subcommands: Vec<(String, String)> =
        command.get_subcommands().map(|sub| (sub.get_name().to_owned(), key_of(sub, key))).collect();
    let mut command = command;
    for (id, help) in options {
        let heading = say("central-cli-options");
        command = command.mut_arg(id, |argument| argument.help(help).help_heading(heading));
    }
    for (name, key) in subcommands {
        command = command.mut_subcommand(name, |sub| localise(sub, &key));
    }
    let help = Arg::new("help")
        .long("help")
        .short('h')
        .action(ArgAction::Help)
        .help(say("central-cli-help"))
        .help_heading(say("central-cli-options"));
    if key == KEY {
        let version = Arg::new("version")
            .long("version")
            .short('V')
            .action(ArgAction::Version)
            .help(say("central-cli-version"))
            .help_heading(say("central-cli-options"));
        command = command.disable_version_flag(true).arg(version);
    }
    command
        .about(say(key))
        .subcommand_help_heading(say("central-cli-commands"))
        .help_template(format!("{{about}}\n\n{}: {{usage}}\n\n{{all-args}}", say("central-cli-usage")))
        .disable_help_flag(true)
        .arg(help)
}

#[cfg(test)]
mod tests {
    use texts::Language;

    use super::*;

    fn missing(command: &Command, key: &str, found: &mut Vec<String>) {
        let keys = texts::keys(Language::Spanish);
        let mut want = |key: String| {
            if !keys.contains(&key) {
                found.push(key);
            }
        };
        want(key.to_owned());
        for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
            want(key_of_option(argument, key));
        }
        for sub in command.get_subcommands() {
            missing(sub, &key_of(sub, key), found);
        }
    }

    #[test]
    fn every_command_and_option_has_its_sentence() {
        let mut found = Vec::new();
        missing(&Args::command(), KEY, &mut found);
        assert!(found.is_empty(), "sentences missing in central.ftl: {found:#?}");
        command().debug_assert();
    }
}
