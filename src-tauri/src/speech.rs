//! Reading aloud, by the system's speech service (Speech Dispatcher, as on every Linux desktop) where there is one. What
//! is read are the product's own sentences and the catalogue's: never what a person wrote.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::sync::mpsc::{Receiver, Sender, channel};

use texts::Language;

/// The service's own program for messages.
const PROGRAM: &str = "spd-say";
/// What ends it where it gets no answer (coreutils).
const BOUND: &str = "timeout";
/// Seconds until then: it answers within a tenth of one, and waits for nothing to be said.
const SECONDS_MAX: &str = "5";
/// How often silence is asked for.
const CANCELLED_TIMES: usize = 2;
/// Bytes of a line: the program reads 1024 at once, and would part a longer one in the middle of a letter.
const LINE_BYTES_MAX: usize = 1_000;
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

/// Reads a text, and stops reading what came before. At once: the service is spoken to beside everything else.
pub(crate) fn say(text: &str, language: Language) {
    tell(Some((lines(text), language)));
}

/// Says no more.
pub(crate) fn stop() {
    tell(None);
}

/// What is to be said next; nothing, if it is to be silent.
type Wanted = Option<(String, Language)>;

/// Gives it to the one thread that speaks to the service. A service that hangs is no reason to stop anybody's work: a
/// person's session ends whether or not somebody can be silenced.
fn tell(wanted: Wanted) {
    static SPEAKER: LazyLock<Sender<Wanted>> = LazyLock::new(|| {
        let (sender, receiver) = channel();
        let speaker = std::thread::Builder::new().name("voice".to_owned()).spawn(move || speak(&receiver));
        if let Err(error) = speaker {
            tracing::warn!(error = &error as &dyn std::error::Error, "no thread to read aloud with");
        }
        sender
    });
    if program().is_some() && SPEAKER.send(wanted).is_err() {
        tracing::warn!("nobody reads aloud");
    }
}

fn speak(wanted: &Receiver<Wanted>) {
    while let Ok(first) = wanted.recv() {
        // Only the last counts of what was asked for while the service took its time.
        let last = wanted.try_iter().last().unwrap_or(first);
        // The service stops what it says before it forgets what waits, and may begin the next in between: the second
        // call ends that.
        for _ in 0..CANCELLED_TIMES {
            run(&["--cancel"], "");
        }
        if let Some((text, language)) = last {
            let language = language.tag().split('-').next().unwrap_or_default();
            run(&["--pipe-mode", "--language", language], &text);
        }
    }
}

/// A text as the service's program takes it: a message a line, none longer than what it reads at once, and none that it
/// would take for an order (`!-!`).
fn lines(text: &str) -> String {
    let text: String = text.chars().take(CHARS_MAX).collect();
    let mut said = String::new();
    for line in text.lines() {
        let mut bytes: usize = 0;
        for word in line.trim_start_matches(['!', '-', ' ']).split_whitespace() {
            if bytes.saturating_add(word.len()) >= LINE_BYTES_MAX {
                said.push('\n');
                bytes = 0;
            } else if bytes > 0 {
                said.push(' ');
            }
            said.push_str(word);
            bytes = bytes.saturating_add(word.len()).saturating_add(1);
        }
        said.push('\n');
    }
    said
}

/// Runs the service's program, for a bounded time.
fn run(arguments: &[&str], input: &str) {
    let Some(program) = program() else { return };
    let mut command = Command::new(BOUND);
    command.arg(SECONDS_MAX).arg(program).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let told = command.spawn().and_then(|mut child| {
        // Through its input: what stands on a command line can be read by every program of the machine.
        let written = child.stdin.take().map_or(Ok(()), |mut pipe| pipe.write_all(input.as_bytes()));
        let ended = child.wait()?;
        written.map(|()| ended)
    });
    match told {
        Ok(ended) if ended.success() => {}
        Ok(ended) => tracing::warn!(%ended, "the speech service did not answer"),
        Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "not read aloud"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_told_line_by_line_and_orders_nothing() {
        let check = |text: &str, expected: &str| assert_eq!(lines(text), expected, "{text:?}");
        check("", "");
        check("Uno.\nDos  y tres.", "Uno.\nDos y tres.\n");
        check("!-!SET ALL RATE 100\n - !-! STOP", "SET ALL RATE 100\nSTOP\n");
        let word = "ñ".repeat(50);
        for (words, expected) in [(8, 1), (9, 1), (10, 2), (20, 3)] {
            let told = lines(&vec![word.as_str(); words].join(" "));
            assert_eq!(told.lines().count(), expected, "{words}");
            assert!(told.lines().all(|line| line.len() < LINE_BYTES_MAX), "{words}");
            assert_eq!(told.split_whitespace().count(), words, "nothing is lost");
        }
        assert_eq!(lines(&"a ".repeat(CHARS_MAX)).replace('\n', " ").trim_end().len(), CHARS_MAX - 1);
    }
}
