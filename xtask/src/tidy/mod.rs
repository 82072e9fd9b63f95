//! Rules of the house that no other tool keeps, as tests over the tree's own files.
//!
//! A rule that only people keep is kept until somebody is in a hurry. Each rule here is one function from a
//! file's name and text to findings, so that a broken sample of two lines shows that it can fail.
//!
//! A line may stand against a rule where its reason stands beside it: `tidy-allow(rule): reason`, in a comment
//! on that line or the one above.

mod fluent;
mod migrations;
mod source;

use crate::edges;
use crate::tree::{self, Tree};
use crate::trouble::Trouble;
use serde_json::Value;
use std::fmt;

pub(crate) use migrations::accept;

/// A place where the tree breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    rule: &'static str,
    path: String,
    line: usize,
    /// What is wrong.
    pub(crate) message: String,
    remedy: String,
}

impl Finding {
    /// Something wrong at a line (counted from 1) of a file, and what to do about it.
    pub(crate) fn new(
        rule: &'static str,
        path: &str,
        line: usize,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { rule, path: path.to_owned(), line, message: message.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, path, line, message, remedy } = self;
        write!(f, "{path}:{line}: {message} [{rule}]\n    remedy: {remedy}")
    }
}

/// A file of the tree, as text.
#[derive(Debug)]
pub(crate) struct SourceFile {
    /// Relative to the root.
    pub(crate) path: String,
    /// Its text; what is not UTF-8 is no text and is left out.
    pub(crate) text: String,
}

impl SourceFile {
    /// Whether the file's name ends in one of these.
    fn is(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }

    /// Its lines with their numbers from 1, without those that may stand against `rule`.
    fn lines<'a>(&'a self, rule: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
        let allowance = format!("tidy-allow({rule}): ");
        let mut above = false;
        self.text.lines().enumerate().filter_map(move |(at, line)| {
            let here = line.contains(&allowance);
            let allowed = here || above;
            above = here;
            (!allowed).then_some((at.saturating_add(1), line))
        })
    }
}

/// Every rule over the whole tree.
pub(crate) fn check(tree: &Tree) -> Result<Vec<Finding>, Trouble> {
    let mut files = Vec::new();
    for path in tree.files()? {
        let whole = tree.root.join(&path);
        let bytes = std::fs::read(&whole).map_err(|source| Trouble::file(&whole, &source))?;
        if let Ok(text) = String::from_utf8(bytes) {
            files.push(SourceFile { path, text });
        }
    }
    let mut findings = edges::check(&metadata(tree)?);
    findings.extend(migrations::check(&files));
    findings.extend(fluent::check(&files));
    for file in &files {
        findings.extend(source::check(file));
    }
    // Cargo speaks of whole paths.
    let root = format!("{}/", tree.root.display());
    for finding in &mut findings {
        finding.path = finding.path.trim_start_matches(&root).to_owned();
    }
    Ok(findings)
}

/// The chore: prints what was found.
pub(crate) fn run(tree: &Tree) -> Result<(), Trouble> {
    let findings = check(tree)?;
    findings.iter().for_each(tree::say);
    if findings.is_empty() {
        return Ok(());
    }
    Err(Trouble::new(format!("{} places are not tidy", findings.len()), "mend the places above"))
}

/// What cargo knows of our own packages.
pub(crate) fn metadata(tree: &Tree) -> Result<Value, Trouble> {
    let mut command = tree.cargo(&["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    let output = command.output().map_err(|source| crate::children::missing(&command, &source))?;
    serde_json::from_slice(&output.stdout).map_err(|_| {
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Trouble::new(format!("cargo metadata: {said}"), "mend the manifest that it names")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_tidy() {
        let findings = check(&Tree::here().unwrap()).unwrap();
        let list: Vec<String> = findings.iter().map(Finding::to_string).collect();
        assert!(list.is_empty(), "{}", list.join("\n"));
    }

    #[test]
    fn an_allowance_holds_for_its_line_and_the_next() {
        let text =
            "one\n// tidy-allow(x): reason\ntwo\nthree // tidy-allow(x): reason\nfour\nfive".to_owned();
        let file = SourceFile { path: String::new(), text };
        let left: Vec<&str> = file.lines("x").map(|(_, line)| line).collect();
        assert_eq!(left, ["one", "five"]);
        assert_eq!(file.lines("y").count(), 6);
    }
}
