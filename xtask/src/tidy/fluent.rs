//! Every sentence that code asks for exists.
//!
//! A key is looked up when the program runs, so a misspelt one would be noticed by a citizen. Keys are told
//! from other words by their first part: a literal of the form `receipt-due` is a key if any key begins with
//! `receipt-`. What is put together at run time (an error's code) is tested where it is put together.

use super::{Finding, SourceFile};
use crate::edges;
use std::collections::BTreeSet;

/// Where the sentences lie, and the code that asks for them.
const PLACES: &[(&[&str], &[&str])] = &[
    (&["crates/texts/locales/"], &["crates/", "src-tauri/"]),
    (&["crates/texts/locales/", "ui/packages/i18n/locales/"], &["ui/"]),
];

/// Literals that code asks for and no language has.
pub(super) fn check(files: &[SourceFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (sentences, code) in PLACES {
        let under =
            |file: &SourceFile, folders: &[&str]| folders.iter().any(|folder| file.path.starts_with(folder));
        let locales = files.iter().filter(|file| file.is(&[".ftl"]) && under(file, sentences));
        let keys: BTreeSet<&str> = locales.flat_map(|file| keys(&file.text)).collect();
        let first_parts: BTreeSet<&str> = keys.iter().filter_map(|key| key.split('-').next()).collect();
        let asks = |file: &&SourceFile| {
            under(file, code)
                && file.is(&[".rs", ".ts", ".svelte"])
                && !file.path.contains("/tests/")
                && !file.path.ends_with(".test.ts")
        };
        for file in files.iter().filter(asks) {
            // Class names and the like look just like keys; a window asks for sentences through one function.
            let calls_only = file.is(&[".ts", ".svelte"]);
            for (at, line) in file.lines("fluent") {
                for key in literals(line, calls_only) {
                    let first = key.split('-').next().unwrap_or_default();
                    let known = keys.contains(key) || edges::is_ours(key);
                    if first_parts.contains(first) && !known {
                        let message = format!("no language has the sentence {key}");
                        let remedy = format!("write it under {} in every language", sentences.join(" or "));
                        findings.push(Finding::new("fluent", &file.path, at, message, remedy));
                    }
                }
            }
        }
    }
    findings
}

/// The keys of a Fluent file: what stands before ` =` at the beginning of a line.
fn keys(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()))
        .filter_map(|line| line.split_once('=').map(|(key, _)| key.trim()))
}

/// Literals of a line that have the form of a key: lower-case words joined by hyphens.
fn literals(line: &str, calls_only: bool) -> Vec<&str> {
    if line.trim_start().starts_with("//") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for quote in ['"', '\''] {
        let mut parts = line.split(quote);
        let mut before = parts.next().unwrap_or_default();
        while let (Some(inside), Some(after)) = (parts.next(), parts.next()) {
            let called = before.ends_with("t(") || before.ends_with("text(");
            if is_key(inside) && (called || !calls_only) {
                found.push(inside);
            }
            before = after;
        }
    }
    found
}

fn is_key(word: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty() && part.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
    };
    word.contains('-') && word.split('-').all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_key_is_found() {
        let check = |path: &str, code: &str, expected: usize| {
            let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), text: text.to_owned() };
            let ftl = "# note\nreceipt-due = Te respondemos\nreceipt-copy = Copia\n    .alt = x\n";
            let files = [file("crates/texts/locales/es-CL/receipt.ftl", ftl), file(path, code)];
            assert_eq!(super::check(&files).len(), expected, "{code}");
        };
        check("crates/receipts/src/x.rs", "say(\"receipt-due\")", 0);
        check("crates/receipts/src/x.rs", "say(\"receipt-deu\")", 1);
        check("crates/receipts/src/x.rs", "say(one, \"receipt-due\", \"receipt-cop\")", 1);
        check("crates/receipts/src/x.rs", "// say(\"receipt-deu\")", 0);
        check("crates/receipts/src/x.rs", "open(\"other-word\")", 0);
        check("crates/receipts/src/x.rs", "name(\"central-db\")", 0);
        check("crates/receipts/tests/x.rs", "say(\"receipt-deu\")", 0);
        check("ui/apps/kiosk/src/x.svelte", "<p class=\"receipt-line\">{t('receipt-due')}</p>", 0);
        check("ui/apps/kiosk/src/x.svelte", "<p>{t('receipt-deu')}</p>", 1);
    }
}
