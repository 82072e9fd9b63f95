//! `cargo xtask run`: a central office and an enrolled stand on this machine, and the stand's window.
//!
//! It is what a newcomer types first, so it installs, builds, makes and starts everything by itself, and may
//! be stopped at any moment: what it finds half made it makes again, and what it finds with records in it is
//! put aside and never deleted. Both sides keep their data under `target/run/`.

mod display;
mod office;
mod started;

pub(crate) use display::Display;

use crate::children::{Background, Log, words};
use crate::needs::{Need, Needs};
use crate::steps::SHELL;
use crate::tree::{self, Tree};
use crate::trouble::Trouble;
use office::Office;
use started::Started;
use std::process::Command;
use std::time::Duration;

const BUILD_TIME_MAX: Duration = Duration::from_mins(30);
/// Requests of the invented field day that the demonstration files.
const DEMONSTRATED: usize = 3;
const FIELD_DAY: &str = "tests/fixtures/jornada/requests.jsonl";

/// Sets up, starts and shows everything, and stops what it started.
pub(crate) fn run(tree: &Tree, headless: bool) -> Result<(), Trouble> {
    let window = tree.has_shell();
    let screen = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|at| !at.is_empty()));
    if window && !screen && !headless {
        return Err(Trouble::new(
            "there is no display here to open a window on",
            "cargo xtask run --headless: a display in memory, its pictures in target/screens/",
        ));
    }
    let mut needed = vec![Need::Compiler];
    if window {
        needed.extend([Need::Webview, Need::Node]);
    }
    if headless {
        needed.push(Need::Display);
    }
    Needs::new(tree).meet(&needed)?;
    build(tree, window)?;

    let mut started = Started::claim(tree)?;
    let mut office = Office::prepare(tree, &mut started)?;
    office.enrol(&mut started)?;
    office.publish(tree)?;
    demonstrate(tree, &mut office, &mut started)?;
    if !window {
        tree::say("this tree has no window yet; the same two programs by hand:");
        office.show_commands();
        return if tree::watched() { office.serve_until_told() } else { Ok(()) };
    }
    office.show_commands();
    if headless {
        let display = Display::start(tree)?;
        let mut shell = shell(tree, &office, Some(&display))?;
        started.add(&shell)?;
        let picture = display.picture(&mut shell, "stand")?;
        tree::say(format!("the stand's window: {}", picture.display()));
        return Ok(());
    }
    tree::say("opening the stand's window; closing it ends everything that was started here");
    let mut shell = shell(tree, &office, None)?;
    started.add(&shell)?;
    let ended =
        shell.wait().map_err(|source| Trouble::new(format!("the window: {source}"), "start it again"))?;
    if ended.success() {
        return Ok(());
    }
    let log = tree.target.join("log/window.log");
    Err(Trouble::new(format!("the window ended with {ended}"), format!("see {}", log.display())))
}

/// Builds the two programs, and the window with its embedded user interface.
fn build(tree: &Tree, window: bool) -> Result<(), Trouble> {
    let log = Log::begin(&tree.target, "build")?;
    let step = |what: &str, command: &mut Command| {
        tree::say(format!("building {what}"));
        let ended = log.run(command, BUILD_TIME_MAX)?;
        if ended.success {
            return Ok(());
        }
        tree::say(log.tail(40));
        Err(Trouble::new(format!("{} failed", words(command)), "mend what it says above"))
    };
    step(
        "the two programs",
        &mut tree.cargo(&["build", "--locked", "--package", "central", "--package", "stand"]),
    )?;
    if window {
        step("the user interface", tree.command("npm").args(["--prefix", "ui", "run", "build"]))?;
        let arguments = ["build", "--locked", "--package", SHELL, "--features", "custom-protocol"];
        step("the window", &mut tree.cargo(&arguments))?;
    }
    Ok(())
}

/// Starts the stand's window on the stand that was enrolled.
fn shell(tree: &Tree, office: &Office<'_>, display: Option<&Display>) -> Result<Background, Trouble> {
    let mut command = tree.command(tree.built(SHELL));
    command.arg("--data").arg(office.stand());
    Log::begin(&tree.target, "window")?.receive(&mut command)?;
    if let Some(display) = display {
        display.lend(&mut command);
    }
    Background::start(&mut command)
}

/// A day in small: requests filed while the office is out of reach, and the reconciliation in the evening.
fn demonstrate(tree: &Tree, office: &mut Office<'_>, started: &mut Started) -> Result<(), Trouble> {
    tree::say("the central office is out of reach; the stand files all the same:");
    office.stop();
    let path = tree.root.join(FIELD_DAY);
    let day = std::fs::read_to_string(&path).map_err(|source| Trouble::file(&path, &source))?;
    for line in day.lines().take(DEMONSTRATED) {
        let answer = office.record(line)?;
        tree::say(format!("  filed {answer}"));
    }
    tree::say("the network is back:");
    office.serve(started)?;
    tree::say(format!("  {}", office.sync()?));
    tree::say("at the central office:");
    office.requests(DEMONSTRATED)?.iter().for_each(|line| tree::say(format!("  {line}")));
    Ok(())
}
