//! Rules that look at one file at a time.

use super::{Finding, SourceFile};

type Rule = fn(&SourceFile) -> Vec<Finding>;

/// Every rule of this module.
const RULES: &[Rule] =
    &[headers, long_lines, waiting, unfinished, clockless, one_platform_package, workplace, lock_addresses];

/// This file, which has to name what its rules look for.
const ITSELF: &str = "xtask/src/tidy/source.rs";

/// What one file breaks of them.
pub(super) fn check(file: &SourceFile) -> Vec<Finding> {
    let rules = if file.path == ITSELF { &[headers as Rule, long_lines][..] } else { RULES };
    rules.iter().flat_map(|rule| rule(file)).collect()
}

/// Formatters break code at 110; what they leave alone (statements of SQL, tables, bytes of HTTP) needs room.
const LINE_CHARS_MAX: usize = 160;

/// Program text, as opposed to data and documents.
const CODE: &[&str] = &[".rs", ".ts", ".js", ".mjs", ".svelte", ".py", ".sql", ".css"];

/// Folders whose files are tests from end to end.
fn is_test(path: &str) -> bool {
    ["tests/", "e2e/"].iter().any(|folder| path.starts_with(folder) || path.contains(&format!("/{folder}")))
        || [".test.ts", ".spec.ts", ".test.js", ".test.mjs"].iter().any(|ending| path.ends_with(ending))
}

/// The lines of a Rust file after which only unit tests come.
fn tests_begin(file: &SourceFile) -> usize {
    let mark = file.text.lines().position(|line| line.trim() == "#[cfg(test)]");
    mark.map_or(usize::MAX, |at| at.saturating_add(1))
}

/// Every Rust file says at its top why it is so.
fn headers(file: &SourceFile) -> Vec<Finding> {
    let allowed = file.lines("headers").next().is_none_or(|(at, _)| at > 1);
    if !file.is(&[".rs"]) || file.text.starts_with("//!") || allowed {
        return Vec::new();
    }
    vec![Finding::new(
        "headers",
        &file.path,
        1,
        "no //! header",
        "open the file with why it is so, in a sentence",
    )]
}

/// Lines that fit two windows side by side.
fn long_lines(file: &SourceFile) -> Vec<Finding> {
    // The user interface is laid out whole by its own formatter.
    if !file.is(&[".rs", ".sql", ".py"]) {
        return Vec::new();
    }
    let long = file.lines("long").filter(|(_, line)| line.chars().count() > LINE_CHARS_MAX);
    long.map(|(at, line)| {
        let message = format!("{} characters, {LINE_CHARS_MAX} at most", line.chars().count());
        Finding::new("long", &file.path, at, message, "break the line")
    })
    .collect()
}

/// Tests wait for the event itself, and none is left out.
fn waiting(file: &SourceFile) -> Vec<Finding> {
    const ANYWHERE: &[&str] = &["thread::sleep(", "#[ignore"];
    const IN_TESTS: &[&str] = &[
        "time::sleep(",
        "waitForTimeout",
        "browser.pause(",
        "it.skip(",
        "it.only(",
        "test.skip(",
        "test.only(",
        "describe.skip(",
        "describe.only(",
        "unittest.skip",
    ];
    if !file.is(CODE) {
        return Vec::new();
    }
    let from = if is_test(&file.path) { 0 } else { tests_begin(file) };
    let mut findings = Vec::new();
    for (at, line) in file.lines("waiting") {
        let in_tests = at >= from || !file.is(&[".rs"]) && is_test(&file.path);
        let banned =
            ANYWHERE.iter().chain(IN_TESTS.iter().filter(|_| in_tests)).find(|word| line.contains(**word));
        if let Some(word) = banned {
            let message = format!("{} in a test or a program", word.trim_end_matches('('));
            let remedy = "wait for the event itself, bounded in time; mend a test rather than leave it out";
            findings.push(Finding::new("waiting", &file.path, at, message, remedy));
        }
    }
    findings
}

/// What is begun is finished.
fn unfinished(file: &SourceFile) -> Vec<Finding> {
    const WORDS: &[&str] = &["TODO:", "FIXME", "XXX:", "todo!(", "unimplemented!("];
    if !file.is(CODE) {
        return Vec::new();
    }
    let left = file.lines("unfinished").filter(|(_, line)| WORDS.iter().any(|word| line.contains(word)));
    left.map(|(at, _)| {
        Finding::new(
            "unfinished",
            &file.path,
            at,
            "something was left for later",
            "do it, or say in a sentence why not",
        )
    })
    .collect()
}

/// The pure crates take time, chance and bytes as parameters.
fn clockless(file: &SourceFile) -> Vec<Finding> {
    const PURE: &[&str] = &[
        "crates/catalogue/src/",
        "crates/domain/src/",
        "crates/survey/src/",
        "crates/sync/src/engine",
        "crates/wire/src/",
    ];
    const WORDS: &[&str] =
        &["std::env", "std::fs", "std::net", "std::process", "std::time::Instant", "SystemTime", "tokio::"];
    if !PURE.iter().any(|folder| file.path.starts_with(folder)) || !file.is(&[".rs"]) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let program = file.lines("pure").take_while(|(at, _)| *at < tests_begin(file));
    for (at, line) in program.filter(|(_, line)| !line.trim_start().starts_with("//")) {
        if let Some(word) = WORDS.iter().find(|word| line.contains(**word)) {
            let message = format!("{} in a pure crate", word.trim_end_matches(':'));
            findings.push(Finding::new("pure", &file.path, at, message, "take it as a parameter"));
        }
    }
    findings
}

/// One package of the user interface talks to the windows' host.
fn one_platform_package(file: &SourceFile) -> Vec<Finding> {
    let elsewhere = file.path.starts_with("ui/") && !file.path.starts_with("ui/packages/platform/");
    if !elsewhere || !file.is(&[".ts", ".svelte", ".js", ".mjs"]) {
        return Vec::new();
    }
    let named = file.lines("platform").filter(|(_, line)| line.contains("@tauri-apps/"));
    named
        .map(|(at, _)| {
            Finding::new(
                "platform",
                &file.path,
                at,
                "@tauri-apps named outside ui/packages/platform",
                "go through it",
            )
        })
        .collect()
}

/// The project speaks of itself alone: no path of somebody's machine and no secret.
fn workplace(file: &SourceFile) -> Vec<Finding> {
    /// First folders of paths that exist on one machine only.
    const ROOTS: &[&str] = &["home", "root", "Users", "work", "workspace", "builds"];
    const SECRETS: &[&str] = &["PRIVATE KEY-----", "ghp_", "AKIA", "xoxb-"];
    if file.is(&[".lock", "package-lock.json"]) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (at, line) in file.lines("workplace") {
        let path = ROOTS.iter().find(|root| has_path(line, root));
        let secret = SECRETS.iter().find(|secret| starts_word(line, secret));
        if let Some(root) = path {
            let message = format!("a path under /{root}, which is somebody's machine");
            findings.push(Finding::new(
                "workplace",
                &file.path,
                at,
                message,
                "name it from the repository's root",
            ));
        }
        if secret.is_some() {
            let remedy = "take it out, and out of the history; make keys in tests from a seed";
            findings.push(Finding::new("workplace", &file.path, at, "looks like a secret", remedy));
        }
    }
    findings
}

/// `/root/` where nothing of a longer path or an address stands before it.
fn has_path(line: &str, root: &str) -> bool {
    let needle = format!("/{root}/");
    line.match_indices(&needle).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|letter| !(letter.is_alphanumeric() || "./_-}$~*@".contains(letter)))
    })
}

fn starts_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|letter| !letter.is_alphanumeric())
    })
}

/// Lock files name versions and hashes, not where somebody downloaded from.
fn lock_addresses(file: &SourceFile) -> Vec<Finding> {
    if !file.path.ends_with("package-lock.json") {
        return Vec::new();
    }
    let named = file.lines("lock").filter(|(_, line)| line.contains("\"resolved\": \"http"));
    let first = named.take(1);
    first
        .map(|(at, _)| {
            let remedy = "set omit-lockfile-registry-resolved=true in .npmrc and write the lock file anew";
            Finding::new("lock", &file.path, at, "a download address", remedy)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(rule: Rule, path: &str, text: &str) -> usize {
        rule(&SourceFile { path: path.to_owned(), text: text.to_owned() }).len()
    }

    #[test]
    fn a_header_is_wanted() {
        let check = |path, text, expected| assert_eq!(found(headers, path, text), expected, "{text}");
        check("a.rs", "//! Why.\n", 0);
        check("a.rs", "// Why.\n", 1);
        check("a.rs", "use std::fmt;\n", 1);
        check("a.rs", "// tidy-allow(headers): included in the middle of another file\n", 0);
        check("a.ts", "let x = 1;\n", 0);
    }

    #[test]
    fn a_line_has_an_end() {
        let check =
            |path, length, expected| assert_eq!(found(long_lines, path, &"ñ".repeat(length)), expected);
        check("a.rs", LINE_CHARS_MAX - 1, 0);
        check("a.rs", LINE_CHARS_MAX, 0);
        check("a.rs", LINE_CHARS_MAX + 1, 1);
        check("ui/a.svelte", LINE_CHARS_MAX + 1, 0);
        check("a.md", LINE_CHARS_MAX + 1, 0);
    }

    #[test]
    fn nothing_sleeps_and_nothing_is_left_out() {
        let check =
            |path, text: &str, expected| assert_eq!(found(waiting, path, text), expected, "{path}: {text}");
        check("crates/a/src/x.rs", "std::thread::sleep(d)", 1);
        check("crates/a/src/x.rs", "tokio::time::sleep(d).await", 0);
        check("crates/a/src/x.rs", "#[cfg(test)]\nmod tests { tokio::time::sleep(d).await }", 1);
        check("crates/a/tests/x.rs", "tokio::time::sleep(d).await", 1);
        check("crates/a/tests/x.rs", "#[ignore = \"slow\"]", 1);
        check("ui/packages/a/src/x.test.ts", "it.only('x')", 1);
        check("tests/e2e/x.mjs", "describe.skip('x')", 1);
        let allowed = "// tidy-allow(waiting): the slow link itself is what is tested\ntokio::time::sleep(d)";
        check("crates/a/tests/x.rs", allowed, 0);
    }

    #[test]
    fn what_is_left_for_later_is_seen() {
        let check = |text: &str, expected| assert_eq!(found(unfinished, "a.rs", text), expected, "{text}");
        check("// FIXME later", 1);
        check("todo!()", 1);
        check("\"TODO EL DÍA ESPERANDO\"", 0);
    }

    #[test]
    fn pure_crates_have_no_clock_and_no_disk() {
        let check =
            |path, text, expected| assert_eq!(found(clockless, path, text), expected, "{path}: {text}");
        check("crates/domain/src/x.rs", "let now = SystemTime::now();", 1);
        check("crates/sync/src/engine/x.rs", "use std::time::Instant;", 1);
        check("crates/sync/src/engine.rs", "tokio::spawn(x)", 1);
        check("crates/sync/src/driver.rs", "tokio::spawn(x)", 0);
        check("crates/wire/src/x.rs", "// never std::fs here", 0);
        check("crates/wire/src/x.rs", "#[cfg(test)]\nmod tests { use std::fs; }", 0);
    }

    #[test]
    fn one_package_names_the_host() {
        let check = |path, expected| {
            assert_eq!(
                found(one_platform_package, path, "import { x } from '@tauri-apps/api/core'"),
                expected,
                "{path}"
            );
        };
        check("ui/packages/platform/src/x.ts", 0);
        check("ui/apps/kiosk/src/x.svelte", 1);
    }

    #[test]
    fn paths_and_secrets_of_a_workplace_are_seen() {
        let check =
            |text: &str, expected| assert_eq!(found(workplace, "docs/x.md", text), expected, "{text}");
        check(&format!("see /{}/ana/notes", "home"), 1);
        check(&format!("`/{}/x`", "work"), 1);
        check(&format!("https://example.cl/{}/x", "work"), 0);
        check(&format!("docs/{}/x.md", "work"), 0);
        check("-----BEGIN PRIVATE KEY-----", 1);
        check("ordinary words", 0);
    }

    #[test]
    fn a_lock_file_names_no_server() {
        let check = |path, text, expected| assert_eq!(found(lock_addresses, path, text), expected, "{path}");
        check("ui/package-lock.json", "\"resolved\": \"https://example.org/x.tgz\",", 1);
        check("ui/package-lock.json", "\"integrity\": \"sha512-x\",", 0);
    }
}
