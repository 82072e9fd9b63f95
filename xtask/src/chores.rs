//! The smaller chores: simulation, benchmarks, and what is generated from the types.
//!
//! What is generated is committed, so that a reader of the repository and the user interface's own tools need
//! no Rust; and it is generated again at every gate, so that it can't grow old. The schemas' generator is an
//! example program of the crate that owns the types; the bindings' is a test of the shell.

use crate::children::{Log, missing, words};
use crate::needs::{Need, Needs, finish};
use crate::show::Display;
use crate::steps::SHELL;
use crate::tidy;
use crate::tree::{self, Tree};
use crate::trouble::Trouble;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

/// Where the schemas are committed, and what their files' names end in.
const SCHEMAS: (&str, &str) = ("docs/schemas", ".schema.json");
const GENERATE_TIME_MAX: Duration = Duration::from_mins(15);

/// The crates that own the types.
const SCHEMA_OWNERS: [&str; 2] = ["domain", "survey"];

/// Has the crates that own the types write their schemas into an empty folder under the build folder.
fn fresh_schemas(tree: &Tree) -> Result<PathBuf, Trouble> {
    let folder = tree.target.join("schemas");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).map_err(|source| Trouble::file(&folder, &source))?;
    let log = Log::begin(&tree.target, "schemas-written")?;
    for owner in SCHEMA_OWNERS {
        let mut command =
            tree.cargo(&["run", "--locked", "--quiet", "--package", owner, "--features", "schema"]);
        command.args(["--example", "schemas", "--"]).arg(&folder);
        if !log.run(&mut command, GENERATE_TIME_MAX)?.success {
            tree::say(log.tail(30));
            return Err(Trouble::new(format!("{} failed", words(&command)), "mend what it says above"));
        }
    }
    Ok(folder)
}

/// The schemas whose committed text is not what the types give.
pub(crate) fn stale_schemas(tree: &Tree) -> Result<BTreeMap<String, String>, Trouble> {
    let fresh = texts(&fresh_schemas(tree)?, SCHEMAS.1)?;
    let committed = texts(&tree.root.join(SCHEMAS.0), SCHEMAS.1)?;
    Ok(differences(&fresh, &committed))
}

/// Files of `fresh` that differ in `committed`, and, with an empty text, those that only `committed` has.
fn differences(
    fresh: &BTreeMap<String, String>,
    committed: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let gone =
        committed.keys().filter(|name| !fresh.contains_key(*name)).map(|name| (name.clone(), String::new()));
    let changed = fresh.iter().filter(|(name, text)| committed.get(*name) != Some(text));
    changed.map(|(name, text)| (name.clone(), text.clone())).chain(gone).collect()
}

/// The texts of a folder's files with this ending; a folder that is not there has none.
fn texts(folder: &Path, ending: &str) -> Result<BTreeMap<String, String>, Trouble> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(ending) {
            let path = entry.path();
            let text = std::fs::read_to_string(&path).map_err(|source| Trouble::file(&path, &source))?;
            found.insert(name, text);
        }
    }
    Ok(found)
}

/// Writes the schemas, or fails where one is stale.
pub(crate) fn schemas(tree: &Tree, check: bool) -> Result<(), Trouble> {
    let stale = stale_schemas(tree)?;
    if check && !stale.is_empty() {
        let names: Vec<&str> = stale.keys().map(String::as_str).collect();
        let what = format!("stale in {}: {}", SCHEMAS.0, names.join(", "));
        return Err(Trouble::new(what, "cargo xtask schemas, and commit what it writes"));
    }
    let folder = tree.root.join(SCHEMAS.0);
    std::fs::create_dir_all(&folder).map_err(|source| Trouble::file(&folder, &source))?;
    for (file, text) in &stale {
        let path = folder.join(file);
        tree::say(path.display());
        let written = if text.is_empty() { std::fs::remove_file(&path) } else { std::fs::write(&path, text) };
        written.map_err(|source| Trouble::file(&path, &source))?;
    }
    tree::say(if stale.is_empty() { "schemas: up to date" } else { "schemas: written" });
    Ok(())
}

/// The types of the windows: the test that holds them is also what writes them, since it sees every type that
/// crosses, those of the shell included.
pub(crate) fn bindings(tree: &Tree, check: bool) -> Result<ExitCode, Trouble> {
    let mut command = tree.cargo(&["test", "--locked", "--package", SHELL, "bindings"]);
    if !check {
        command.env("BINDINGS", "write");
    }
    through(&mut command)
}

/// Runs the simulation's program.
pub(crate) fn sim(tree: &Tree, seed: u64, count: u64, trace: bool) -> Result<ExitCode, Trouble> {
    let (seed, count) = (seed.to_string(), count.to_string());
    let mut command = tree.cargo(&["run", "--locked", "--quiet", "--package", "simulation", "--"]);
    command.args(["--seed", &seed, "--count", &count]);
    if trace {
        command.arg("--trace");
    }
    through(&mut command)
}

/// Where the measured table is committed.
const FIGURES: &str = "docs/figures.md";
/// What the benchmark calls the figures for which windows are opened.
const WINDOWS: &str = "windows";

/// Runs every benchmark that the workspace has, optimised; each is told which of its figures are wanted. `write`
/// has the table of a whole run written down.
pub(crate) fn bench(tree: &Tree, figures: &[String], write: bool) -> Result<ExitCode, Trouble> {
    if write && !figures.is_empty() {
        return Err(Trouble::new(
            format!("{FIGURES} holds every figure"),
            "cargo xtask bench --write, without names",
        ));
    }
    let benches = benches(&tidy::metadata(tree)?);
    if benches.is_empty() {
        return Err(Trouble::new("there is no benchmark", "one is a [[bench]] in its package's manifest"));
    }
    let windows = figures.is_empty() || figures.iter().any(|name| WINDOWS.contains(name.as_str()));
    let mut needed = vec![Need::Compiler, Need::Readers];
    if windows {
        needed.extend([Need::Webview, Need::Display, Need::Node]);
    }
    Needs::new(tree).meet(&needed)?;
    // On a display in memory even where there is a screen: what is compared should not depend on it.
    let display = if windows { Some(Display::start(tree)?) } else { None };
    if windows {
        let log = Log::begin(&tree.target, "bench-ui")?;
        finish(
            &log,
            tree.command("npm").args(["--prefix", "ui", "run", "build"]),
            "in ui/: npm run check says where",
        )?;
    }
    for (package, bench) in &benches {
        let mut command = tree.cargo(&["bench", "--locked", "--package", package, "--bench", bench, "--"]);
        if let Some(display) = &display {
            display.lend(&mut command);
        }
        if write {
            command.env("OIRS_FIGURES", tree.root.join(FIGURES));
        }
        let code = through(command.args(figures))?;
        if code != ExitCode::SUCCESS {
            return Ok(code);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The package and name of every benchmark.
fn benches(metadata: &Value) -> Vec<(String, String)> {
    let list =
        |value: &Value, name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let text =
        |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut found = Vec::new();
    for package in list(metadata, "packages") {
        for target in list(&package, "targets") {
            if list(&target, "kind").iter().any(|kind| kind == "bench") {
                found.push((text(&package, "name"), text(&target, "name")));
            }
        }
    }
    found
}

/// Runs a command in front of whoever asked, and ends as it ends.
fn through(command: &mut Command) -> Result<ExitCode, Trouble> {
    let status = command.status().map_err(|source| missing(command, &source))?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_generated_can_be_stale_in_three_ways() {
        let files = |list: &[(&str, &str)]| -> BTreeMap<String, String> {
            list.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
        };
        let check = |fresh: &[(&str, &str)], committed: &[(&str, &str)], expected: &[(&str, &str)]| {
            assert_eq!(differences(&files(fresh), &files(committed)), files(expected));
        };
        check(&[("a", "1")], &[("a", "1")], &[]);
        check(&[("a", "2")], &[("a", "1")], &[("a", "2")]);
        check(&[("a", "1"), ("b", "1")], &[("a", "1")], &[("b", "1")]);
        check(&[("a", "1")], &[("a", "1"), ("b", "1")], &[("b", "")]);
    }

    #[test]
    fn benchmarks_are_found() {
        let target = |kind: &str, name: &str| json!({"kind": [kind], "name": name});
        let package =
            json!({"name": "stand", "targets": [target("lib", "stand"), target("bench", "capture")]});
        let found = benches(&json!({"packages": [package]}));
        assert_eq!(found, [("stand".to_owned(), "capture".to_owned())]);
    }
}
