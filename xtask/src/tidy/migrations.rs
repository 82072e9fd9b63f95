//! The law of migrations, as far as a program can hold it (`migrations/README.md` says all of it).
//!
//! A file that ran on somebody's stand is history: changing it would leave two stands with the same number and
//! different tables. So each file's hash is committed beside it, and a changed file fails here long before it
//! reaches a stand.

use super::{Finding, SourceFile};
use crate::tree::{self, Tree};
use crate::trouble::Trouble;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

const LIST: &str = "migrations/checksums.txt";
/// Sets of migrations that must carry the same numbers.
const SAME_NUMBERS: (&str, &str) = ("migrations/central/sqlite", "migrations/central/postgres");

fn checksum(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
}

fn is_migration(path: &str) -> bool {
    path.starts_with("migrations/") && Path::new(path).extension().is_some_and(|ending| ending == "sql")
}

/// `hash  path` a line, as `sha256sum` writes it.
fn committed(list: &str) -> BTreeMap<&str, &str> {
    list.lines().filter_map(|line| line.split_once("  ").map(|(hash, path)| (path, hash))).collect()
}

/// What is wrong with the migrations of this tree.
pub(super) fn check(files: &[SourceFile]) -> Vec<Finding> {
    let list = files.iter().find(|file| file.path == LIST).map_or("", |file| &file.text);
    let committed = committed(list);
    let mut findings = Vec::new();
    let mut numbers: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for file in files.iter().filter(|file| is_migration(&file.path)) {
        let mut find = |message: &str, remedy: &str| {
            findings.push(Finding::new("migrations", &file.path, 1, message, remedy));
        };
        match committed.get(file.path.as_str()) {
            Some(hash) if **hash == checksum(&file.text) => {}
            Some(_) => find(
                "changed after it was committed",
                "put it back, and write what you want as the next number",
            ),
            None => find("its checksum is not committed", "cargo xtask migrations"),
        }
        if !file.text.starts_with("--") {
            find("no reason on top", "open it with a comment that says why");
        }
        let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        match name.split_once('_').filter(|(number, _)| number.len() == 4).map(|(number, _)| number.parse()) {
            Some(Ok(number)) => numbers.entry(folder).or_default().push(number),
            _ => find("not named NNNN_what.sql", "four digits, an underscore, and what it does"),
        }
    }
    for path in committed.keys().filter(|path| !files.iter().any(|file| file.path == **path)) {
        let remedy = "bring it back: a number that ran somewhere is never taken away";
        findings.push(Finding::new("migrations", path, 1, "committed once and gone", remedy));
    }
    for (folder, found) in &numbers {
        if !found.iter().zip(1..).all(|(found, wanted)| *found == wanted) {
            findings.push(Finding::new(
                "migrations",
                folder,
                1,
                "numbers with a gap",
                "number them 0001, 0002, …",
            ));
        }
    }
    if let (Some(one), Some(other)) = (numbers.get(SAME_NUMBERS.0), numbers.get(SAME_NUMBERS.1))
        && one != other
    {
        let remedy = "both engines take every step under the same number";
        findings.push(Finding::new(
            "migrations",
            SAME_NUMBERS.1,
            1,
            "other numbers than the SQLite side",
            remedy,
        ));
    }
    findings
}

/// The chore: commits the checksums of migrations that have none yet, and never changes one that stands.
pub(crate) fn accept(tree: &Tree) -> Result<(), Trouble> {
    let path = tree.root.join(LIST);
    let list = std::fs::read_to_string(&path).unwrap_or_default();
    let known = committed(&list);
    let mut lines: Vec<String> = list.lines().map(str::to_owned).collect();
    for name in tree.files()?.into_iter().filter(|name| is_migration(name)) {
        if !known.contains_key(name.as_str()) {
            let whole = tree.root.join(&name);
            let text = std::fs::read_to_string(&whole).map_err(|source| Trouble::file(&whole, &source))?;
            tree::say(format!("new: {name}"));
            lines.push(format!("{}  {name}", checksum(&text)));
        }
    }
    lines.sort_unstable_by(|one, other| one.get(66..).cmp(&other.get(66..)));
    let text = lines.into_iter().map(|line| line + "\n").collect::<String>();
    std::fs::write(&path, text).map_err(|source| Trouble::file(&path, &source))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> SourceFile {
        SourceFile { path: path.to_owned(), text: text.to_owned() }
    }

    fn listed(files: &[SourceFile]) -> SourceFile {
        let lines: String = files
            .iter()
            .map(|file| format!("{}  {}\n", checksum(&file.text), file.path))
            .collect::<Vec<_>>()
            .concat();
        file(LIST, &lines)
    }

    fn messages(files: &[SourceFile]) -> Vec<String> {
        check(files).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_migration_is_history() {
        let sound = || {
            vec![
                file("migrations/stand/0001_a.sql", "-- why\n"),
                file("migrations/stand/0002_b.sql", "-- w\n"),
            ]
        };
        let mut files = sound();
        files.push(listed(&sound()));
        assert_eq!(messages(&files), Vec::<String>::new());

        files[0].text.push_str("DROP TABLE x;\n");
        assert_eq!(messages(&files), ["changed after it was committed"]);

        let mut gone = sound();
        gone.push(listed(&sound()));
        gone.remove(1);
        assert_eq!(messages(&gone), ["committed once and gone"]);

        assert_eq!(messages(&sound()).len(), 2, "unlisted ones are found");
    }

    #[test]
    fn form_and_numbers() {
        let check = |paths: &[&str], text: &str, expected: &[&str]| {
            let mut files: Vec<SourceFile> = paths.iter().map(|path| file(path, text)).collect();
            files.push(listed(&files));
            assert_eq!(messages(&files), expected, "{paths:?}");
        };
        let (sqlite, postgres) = SAME_NUMBERS;
        check(&["migrations/stand/0001_a.sql"], "CREATE TABLE x;", &["no reason on top"]);
        check(&["migrations/stand/1_a.sql"], "-- why", &["not named NNNN_what.sql"]);
        check(
            &["migrations/stand/0001_a.sql", "migrations/stand/0003_b.sql"],
            "-- why",
            &["numbers with a gap"],
        );
        let (one, two) = (format!("{sqlite}/0001_a.sql"), format!("{postgres}/0001_a.sql"));
        check(&[&one, &two], "-- why", &[]);
        let three = format!("{sqlite}/0002_b.sql");
        check(&[&one, &three, &two], "-- why", &["other numbers than the SQLite side"]);
    }
}
