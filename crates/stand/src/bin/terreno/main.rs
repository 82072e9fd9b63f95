//! `terreno`: the stand without a screen.
//!
//! Names, exit statuses and JSON shapes are what scripts rely on: they may be added to, never changed.

mod args;
mod attach;
mod help;
mod lines;
mod media;
mod outing;
mod output;
mod record;
mod run;
mod survey;
mod team;
mod update;

use std::process::ExitCode;

use clap::FromArgMatches as _;
use texts::Language;

use args::Cli;
use output::Output;

fn main() -> ExitCode {
    let wants_json = std::env::args_os().any(|argument| argument == "--json");
    let language = language();
    let parsed =
        help::command(language).try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return ExitCode::from(output::usage(&error, wants_json)),
    };
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("TERRENO_LOG"))
        .init();
    let mut output = Output::new(cli.json, language);
    ExitCode::from(run::run(&cli, &mut output))
}

/// Spanish, unless the person's own setting says English.
fn language() -> Language {
    let setting = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    match setting {
        Some(value) if value.starts_with("en") => Language::English,
        _ => Language::Spanish,
    }
}
