//! Reading aloud, by the system's speech service (Speech Dispatcher, as on every Linux desktop) where there is one. What
//! is read are the product's own sentences and the catalogue's: never what a person wrote.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use texts::Language;

/// The service's own program for messages.
const PROGRAM: &str = "spd-say";
/// Characters of one reading: a sheet with all its parts has fewer.
const CHARS_MAX: usize = 20_000;

/// Where the service's program lies; none where the machine has no voice.
fn program() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(PROGRAM)).find(|path| path.is_file())
}

/// Whether this machine can read aloud.
pub(crate) fn is_there() -> bool {
    program().is_some()
}

/// Reads a text, and stops reading what came before. A service that fails is no reason to stop anybody's work.
pub(crate) fn say(text: &str, language: Language) {
    stop();
    let Some(program) = program() else { return };
    let mut command = Command::new(program);
    command.args(["--pipe-mode", "--language", language.tag().split('-').next().unwrap_or_default()]);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let text: String = text.chars().take(CHARS_MAX).collect();
    let told = command.spawn().and_then(|mut child| {
        // Through its input: what stands on a command line can be read by every program of the machine.
        if let Some(mut input) = child.stdin.take() {
            input.write_all(text.as_bytes())?;
        }
        child.wait()
    });
    if let Err(error) = told {
        tracing::warn!(error = &error as &dyn std::error::Error, "not read aloud");
    }
}

/// Says no more.
pub(crate) fn stop() {
    let Some(program) = program() else { return };
    let mut command = Command::new(program);
    command.arg("--cancel").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Err(error) = command.status() {
        tracing::warn!(error = &error as &dyn std::error::Error, "not silenced");
    }
}
