//! The gate: every step in order, each with its name, its time and, when it fails, what to do.
//!
//! A failure doesn't end the run: whoever waited for half an hour wants to know everything that is wrong, and
//! the last line says it in two numbers. A step whose part of the tree isn't there is printed as absent,
//! because a step that is left out in silence looks like one that passed.

use crate::children::{Log, time, words};
use crate::needs::Needs;
use crate::steps::{STEPS, Step};
use crate::tally::{Runner, Tally, count};
use crate::tree::{self, Tree};
use crate::trouble::Trouble;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

/// Longer than the slowest command takes on two cores from nothing; what takes longer hangs.
const COMMAND_TIME_MAX: Duration = Duration::from_mins(30);
const TAIL_LINES: usize = 60;

/// What a step works with.
#[derive(Debug)]
pub(crate) struct Gate<'a> {
    /// The tree under test.
    pub(crate) tree: &'a Tree,
    log: Log,
}

impl Gate<'_> {
    /// Runs a command, counts its tests, and shows the end of what it wrote if it failed.
    pub(crate) fn call(&self, runner: Runner, command: &mut Command) -> Result<Tally, Trouble> {
        let ended = self.log.run(command, COMMAND_TIME_MAX)?;
        let tally = count(runner, ended.success, &ended.output);
        if !ended.success {
            tree::say(format!("    {} failed; its last lines:", words(command)));
            tree::say(self.log.tail(TAIL_LINES));
            tree::say(format!("    all of it: {}", self.log.path.display()));
        }
        Ok(tally)
    }

    /// Cargo, held to the lock file, counted like `runner` counts.
    pub(crate) fn cargo(&self, runner: Runner, arguments: &[&str]) -> Result<Tally, Trouble> {
        self.call(runner, &mut self.tree.cargo(arguments))
    }
}

/// Prints what there is to run.
pub(crate) fn list(tree: &Tree) {
    for step in STEPS {
        let absent = step.missing_part(tree).map_or(String::new(), |path| format!(" (absent here: {path})"));
        tree::say(format!("{:10} {}{absent}", step.name, step.about));
    }
}

/// Runs all steps, or those named.
pub(crate) fn run(tree: &Tree, only: &[String]) -> Result<ExitCode, Trouble> {
    if let Some(unknown) = only.iter().find(|name| STEPS.iter().all(|step| step.name != name.as_str())) {
        let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        return Err(Trouble::new(
            format!("no step is called {unknown}"),
            format!("one of: {}", names.join(", ")),
        ));
    }
    let chosen: Vec<&Step> =
        STEPS.iter().filter(|step| only.is_empty() || only.iter().any(|name| name == step.name)).collect();
    let needs = Needs::new(tree);
    let (mut total, mut failed) = (Tally::default(), Vec::new());
    let began = Instant::now();
    for (number, step) in (1_usize..).zip(&chosen) {
        let head = format!("[{number:2}/{}] {}", chosen.len(), step.name);
        if let Some(path) = step.missing_part(tree) {
            tree::say(format!("{head}: absent, this tree has no {path}"));
            continue;
        }
        tree::say(format!("{head}: {}", step.about));
        let started = Instant::now();
        let tally = attempt(tree, &needs, step);
        let took = time(started.elapsed());
        total.add(tally);
        let Tally { passed, failed: broken } = tally;
        if broken == 0 {
            tree::say(format!("{head}: ok, {passed} passed, {took}"));
        } else {
            tree::say(format!("{head}: FAILED, {broken} of {}, {took}", passed.saturating_add(broken)));
            tree::say(format!("    remedy: {}", step.remedy));
            tree::say(format!("    again, alone: cargo xtask test --only {}", step.name));
            failed.push(step.name);
        }
    }
    tree::say(format!("in {}", time(began.elapsed())));
    if !failed.is_empty() {
        tree::say(format!("failed steps: {}", failed.join(", ")));
    }
    tree::say(format!("{} passed, {} failed", total.passed, total.failed));
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// One step, with what it needs. What kept it from running at all counts as a failure.
fn attempt(tree: &Tree, needs: &Needs<'_>, step: &Step) -> Tally {
    let tried = needs.meet(step.needs).and_then(|()| {
        let log = Log::begin(&tree.target, step.name)?;
        (step.run)(&Gate { tree, log })
    });
    tried.unwrap_or_else(|trouble| {
        tree::say(format!("    {trouble}"));
        Tally { passed: 0, failed: 1 }
    })
}
