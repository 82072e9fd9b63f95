//! Help in the person's language: every command and option takes its sentence from `texts` by its path.

use clap::{Command, CommandFactory as _};
use texts::Language;

use crate::args::Cli;

/// The command line with its sentences.
pub(crate) fn command(language: Language) -> Command {
    let version = clap::Arg::new("version")
        .long("version")
        .action(clap::ArgAction::Version)
        .help(texts::text(language, "cli-version", &[]))
        .help_heading(texts::text(language, "cli-options", &[]));
    localise(Cli::command(), "cli", language).arg(version)
}

fn localise(mut command: Command, key: &str, language: Language) -> Command {
    let sentence = |key: &str| texts::text(language, key, &[]);
    let arguments: Vec<String> =
        command.get_arguments().map(|argument| argument.get_id().to_string()).collect();
    for id in arguments {
        let help = sentence(&format!("{key}--{}", id.replace('_', "-")));
        command = command.mut_arg(id, |argument| argument.help(help).help_heading(sentence("cli-options")));
    }
    let subcommands: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in subcommands {
        let key = format!("{key}-{name}");
        command = command.mut_subcommand(name, |sub| localise(sub, &key, language));
    }
    let heading = sentence("cli-usage");
    let commands = sentence("cli-commands");
    command
        .about(sentence(key))
        .subcommand_help_heading(commands)
        .help_template(format!("{{about}}\n\n{heading}: {{usage}}\n\n{{all-args}}"))
        .disable_version_flag(true)
        .disable_help_flag(true)
        .arg(
            clap::Arg::new("help")
                .long("help")
                .short('h')
                .action(clap::ArgAction::Help)
                .help(sentence("cli-help"))
                .help_heading(sentence("cli-options")),
        )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn check(command: &Command, key: &str, keys: &BTreeSet<String>, missing: &mut Vec<String>) {
        let mut want = |key: String| {
            if !keys.contains(&key) {
                missing.push(key);
            }
        };
        want(key.to_owned());
        for argument in command.get_arguments() {
            want(format!("{key}--{}", argument.get_id().as_str().replace('_', "-")));
        }
        for sub in command.get_subcommands() {
            check(sub, &format!("{key}-{}", sub.get_name()), keys, missing);
        }
    }

    #[test]
    fn every_command_and_option_has_its_sentence() {
        let keys = texts::keys(Language::Spanish);
        let mut missing = Vec::new();
        check(&Cli::command(), "cli", &keys, &mut missing);
        assert!(missing.is_empty(), "sentences missing in cli.ftl: {missing:#?}");
        command(Language::English).debug_assert();
    }
}
