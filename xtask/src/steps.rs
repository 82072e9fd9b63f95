//! The steps of the gate, cheapest first: what takes a second to find should not wait for half an hour.

use crate::chores;
use crate::gate::Gate;
use crate::needs::{self, Need};
use crate::package;
use crate::show::Display;
use crate::tally::{Runner, Tally, count};
use crate::tidy;
use crate::tree::{self, Tree};
use crate::trouble::Trouble;
use std::path::{Path, PathBuf};

/// One step of the gate.
#[derive(Debug)]
pub(crate) struct Step {
    /// What `--only` calls it, and its log.
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) about: &'static str,
    /// The parts of the tree that it is about: paths, or the windows' package. Without one of them it is absent.
    parts: &'static [&'static str],
    /// What must be installed.
    pub(crate) needs: &'static [Need],
    /// What to do when it fails.
    pub(crate) remedy: &'static str,
    /// Does it.
    pub(crate) run: fn(&Gate<'_>) -> Result<Tally, Trouble>,
}

impl Step {
    /// The first part that this tree lacks.
    pub(crate) fn missing_part(&self, tree: &Tree) -> Option<&'static str> {
        let lacks = |part: &str| if part == SHELL { !tree.has_shell() } else { !tree.has(part) };
        self.parts.iter().copied().find(|part| lacks(part))
    }
}

/// The package of the windows, which stays out of the default members.
pub(crate) const SHELL: &str = "oirs-en-terreno";

/// The package of the tests between processes, which want the programs as they ship.
const JOURNEYS: &str = "journeys";

/// Every step, in order.
pub(crate) const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        about: "Rust is formatted",
        parts: &["rustfmt.toml"],
        needs: &[],
        remedy: "cargo fmt --all",
        run: |gate| gate.cargo(Runner::Check, &["fmt", "--all", "--check"]),
    },
    Step {
        name: "tidy",
        about: "the rules of the house: edges, headers, migrations, sentences, no sleeps",
        parts: &["xtask/src/tidy"],
        needs: &[],
        remedy: "mend each place, or say beside it why not: tidy-allow(rule): reason",
        run: tidy,
    },
    Step {
        name: "fixtures",
        about: "the field day and the dictionary's corpus keep their promises",
        parts: &["tests/fixtures/jornada/check.py", "crates/wire/dict/corpus/recombine.py"],
        needs: &[Need::Python],
        remedy: "each line names the promise; the README beside the file says it in full",
        run: |gate| {
            let mut tally = gate.call(Runner::Check, gate.tree.command("python3").arg(FIELD_DAY))?;
            tally.add(gate.call(Runner::Check, gate.tree.command("python3").args([CORPUS, "--check"]))?);
            Ok(tally)
        },
    },
    Step {
        name: "clippy",
        about: "Rust without the windows has no warnings",
        parts: &["clippy.toml"],
        needs: &[Need::Compiler],
        remedy: "mend what clippy names; an allowance stands at its line with a reason",
        run: |gate| {
            gate.cargo(
                Runner::Check,
                &["clippy", "--locked", "--all-targets", "--all-features", "--", "-Dwarnings"],
            )
        },
    },
    Step {
        name: "schemas",
        about: "the published schemas are those that the types give, and a validator that is not ours reads them",
        parts: &["docs/schemas", "tests/schemas"],
        needs: &[Need::Compiler, Need::Python],
        remedy: "cargo xtask schemas, and commit what it writes; then tests/schemas says what disagrees",
        run: schemas,
    },
    Step {
        name: "tests",
        about: "unit, integration and contract tests, and the seeded simulation",
        parts: &["crates"],
        needs: &[Need::Compiler, Need::Readers],
        remedy: "cargo nextest run -p CRATE NAME, or cargo test -p CRATE NAME",
        run: |gate| rust_tests(gate, &without_programs(gate), None),
    },
    Step {
        name: "doctests",
        about: "the examples in the documentation run",
        parts: &["crates"],
        needs: &[Need::Compiler],
        remedy: "cargo test --doc -p CRATE",
        run: |gate| {
            let how = ["test", "--locked", "--doc", "--no-fail-fast"];
            gate.cargo(Runner::Doctests, &[&how[..], &without_programs(gate)].concat())
        },
    },
    Step {
        name: "journeys",
        about: "whole days with the real programs, optimised: the main job, the duplicate storm, killed at every write",
        parts: &["tests/journeys"],
        needs: &[Need::Compiler, Need::Readers],
        remedy: "cargo nextest run -p journeys NAME; with debug programs unless OIRS_PROGRAMS names others",
        run: journeys,
    },
    Step {
        name: "reader",
        about: "a reader written from docs/protocol.md alone reads what our Rust wrote",
        parts: &["tests/reader"],
        needs: &[Need::Compiler, Need::Python],
        remedy: "the document and the bytes disagree: one of them is wrong, and it is seldom the reader",
        run: |gate| match programs(gate)? {
            Ok(programs) => python_tests(gate, "tests/reader", Some(&programs)),
            Err(failed) => Ok(failed),
        },
    },
    Step {
        name: "paper",
        about: "a library, two readers of codes, a printer and a print server that are not ours take our paper",
        parts: &["tests/paper", "tests/reader"],
        needs: &[Need::Compiler, Need::Python, Need::Readers, Need::Printers],
        remedy: "tests/paper says which: the roll's bytes in test_roll.py, the print queue in test_queue.py",
        run: |gate| match programs(gate)? {
            Ok(programs) => python_tests(gate, "tests/paper", Some(&programs)),
            Err(failed) => Ok(failed),
        },
    },
    Step {
        name: "survey",
        about: "a compiler of XLSForm, a processor of XPath and an HMAC that are not ours agree with our surveys",
        parts: &["tests/survey", "tests/fixtures/survey"],
        needs: &[Need::Python],
        remedy: "the scripts in tests/fixtures/survey write the fixtures; docs/surveys.md says what is meant",
        run: |gate| python_tests(gate, "tests/survey", None),
    },
    Step {
        name: "ui",
        about: "the user interface: types, form, unit tests, build",
        parts: &["ui/package.json"],
        needs: &[Need::Node],
        remedy: "in ui/: npm run check, npm run format, npm test",
        run: ui,
    },
    Step {
        name: "shell",
        about: "the windows' Rust: no warnings, its tests",
        parts: &[SHELL, "ui/package.json"],
        needs: &[Need::Compiler, Need::Webview, Need::Readers, Need::Node],
        remedy: "cargo clippy -p oirs-en-terreno --all-targets; cargo test -p oirs-en-terreno",
        run: |gate| {
            let mut tally =
                gate.call(Runner::Check, gate.tree.command("npm").args(["--prefix", "ui", "run", "build"]))?;
            tally.add(gate.cargo(
                Runner::Check,
                &["clippy", "--locked", "--package", SHELL, "--all-targets", "--", "-Dwarnings"],
            )?);
            tally.add(rust_tests(gate, &["--package", SHELL], None)?);
            Ok(tally)
        },
    },
    Step {
        name: "e2e",
        about: "the real windows and a real browser, from end to end",
        parts: &[SHELL, "tests/e2e/package.json"],
        needs: &[Need::Compiler, Need::Webview, Need::Display, Need::Readers, Need::Node],
        remedy: "target/screens holds what the screen showed",
        run: end_to_end,
    },
    Step {
        name: "package",
        about: "the Debian package: packed, installed into a root of its own, tried, removed",
        parts: &[SHELL, "packaging"],
        needs: &[Need::Compiler, Need::Webview, Need::Node, Need::Packing],
        remedy: "packaging/ has its files, xtask/src/package/ lays them out; target/package/ has the last one",
        run: package::trial,
    },
    Step {
        name: "deny",
        about: "licences, bans and sources of every dependency",
        parts: &["deny.toml"],
        needs: &[Need::Compiler, Need::Deny],
        remedy: "choose another crate, or argue an exception in deny.toml with a date",
        run: deny,
    },
];

const FIELD_DAY: &str = "tests/fixtures/jornada/check.py";
const CORPUS: &str = "crates/wire/dict/corpus/recombine.py";

fn tidy(gate: &Gate<'_>) -> Result<Tally, Trouble> {
    let findings = tidy::check(gate.tree)?;
    findings.iter().for_each(tree::say);
    let broken = !findings.is_empty();
    Ok(Tally { passed: u64::from(!broken), failed: u64::from(broken) })
}

fn schemas(gate: &Gate<'_>) -> Result<Tally, Trouble> {
    let stale = chores::stale_schemas(gate.tree)?;
    for name in stale.keys() {
        tree::say(format!("    stale: {name}"));
    }
    let mut tally = count(Runner::Check, stale.is_empty(), "");
    tally.add(python_tests(gate, "tests/schemas", None)?);
    Ok(tally)
}

/// The packages whose tests start no program of ours as it ships, with every feature: the same for each step that
/// takes them, so that they are compiled once.
fn without_programs(gate: &Gate<'_>) -> Vec<&'static str> {
    let mut which = vec!["--all-features", "--workspace", "--exclude", JOURNEYS];
    if gate.tree.has_shell() {
        which.extend(["--exclude", SHELL]);
    }
    which
}

/// Tests through nextest where it is installed, each in a process of its own; or else through cargo. Tests that
/// start our programs find them in `programs`.
fn rust_tests(gate: &Gate<'_>, which: &[&str], programs: Option<&Path>) -> Result<Tally, Trouble> {
    let nextest =
        gate.tree.cargo(&["nextest", "--version"]).output().is_ok_and(|output| output.status.success());
    let (runner, how) = if nextest {
        (Runner::Nextest, &["nextest", "run", "--status-level", "fail"][..])
    } else {
        (Runner::Libtest, &["test", "--lib", "--bins", "--tests"][..])
    };
    let mut command = gate.tree.cargo(how);
    command.args(["--locked", "--no-fail-fast"]).args(which);
    if let Some(programs) = programs {
        command.env("OIRS_PROGRAMS", programs);
    }
    gate.call(runner, &mut command)
}

/// The folder of the programs as they ship; or else what their failing to build counts as.
fn programs(gate: &Gate<'_>) -> Result<Result<PathBuf, Tally>, Trouble> {
    let built = gate.cargo(
        Runner::Check,
        &["build", "--locked", "--release", "--package", "stand", "--package", "central"],
    )?;
    Ok(if built.failed > 0 { Err(built) } else { Ok(gate.tree.target.join("release")) })
}

fn journeys(gate: &Gate<'_>) -> Result<Tally, Trouble> {
    match programs(gate)? {
        Ok(programs) => rust_tests(gate, &["--package", JOURNEYS], Some(&programs)),
        Err(failed) => Ok(failed),
    }
}

/// A folder of Python tests, with the packages that its requirements name and nothing else. Those that start our
/// programs find them in `programs`.
fn python_tests(gate: &Gate<'_>, folder: &str, programs: Option<&Path>) -> Result<Tally, Trouble> {
    let mut command = gate.tree.command(needs::python(gate.tree, folder)?);
    command.args(["-m", "pytest", "-q", "-p", "no:cacheprovider", folder]);
    if let Some(programs) = programs {
        command.env("OIRS_PROGRAMS", programs);
    }
    gate.call(Runner::Pytest, &mut command)
}

fn ui(gate: &Gate<'_>) -> Result<Tally, Trouble> {
    let scripts = std::fs::read_to_string(gate.tree.root.join("ui/package.json")).unwrap_or_default();
    let mut tally = Tally::default();
    for (script, runner) in [
        ("check", Runner::Check),
        ("lint", Runner::Check),
        ("format:check", Runner::Check),
        ("test", Runner::Vitest),
        ("build", Runner::Check),
    ] {
        if scripts.contains(&format!("\"{script}\":")) {
            tally.add(gate.call(runner, gate.tree.command("npm").args(["--prefix", "ui", "run", script]))?);
        }
    }
    Ok(tally)
}

fn end_to_end(gate: &Gate<'_>) -> Result<Tally, Trouble> {
    let display = Display::start(gate.tree)?;
    let mut command = gate.tree.command("npm");
    command.args(["--prefix", "tests/e2e", "test"]);
    display.lend(&mut command);
    gate.call(Runner::Plain, &mut command)
}

fn deny(gate: &Gate<'_>) -> Result<Tally, Trouble> {
    // The checker reads every manifest, those of other platforms included, and must not fetch them itself.
    let fetched = gate.cargo(Runner::Check, &["fetch", "--locked"])?;
    if fetched.failed > 0 {
        return Ok(fetched);
    }
    let mut command = gate.tree.command(needs::deny(gate.tree)?);
    command.args(["--offline", "--all-features", "check", "licenses", "bans", "sources"]);
    gate.call(Runner::Check, &mut command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_has_a_name_of_its_own_and_a_remedy() {
        for (at, step) in STEPS.iter().enumerate() {
            assert!(STEPS.iter().skip(at + 1).all(|other| other.name != step.name), "{}", step.name);
            assert!(!step.remedy.is_empty() && !step.parts.is_empty(), "{}", step.name);
        }
    }
}
