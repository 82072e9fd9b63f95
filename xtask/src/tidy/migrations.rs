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

/// The list beside the migrations of a folder.
const LIST: &str = "checksums";
/// Sets of migrations that must carry the same numbers.
const SAME_NUMBERS: (&str, &str) = ("migrations/central/sqlite", "migrations/central/postgres");

fn checksum(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
}

/// Folder and name of a migration's path.
fn migration(path: &str) -> Option<(&str, &str)> {
    let (folder, name) = path.rsplit_once('/')?;
    let sql = Path::new(name).extension().is_some_and(|ending| ending == "sql");
    (folder.starts_with("migrations/") && sql).then_some((folder, name))
}

/// `hash  name` a line, as `sha256sum` writes it.
fn committed(list: &str) -> BTreeMap<&str, &str> {
    list.lines().filter_map(|line| line.split_once("  ").map(|(hash, name)| (name, hash))).collect()
}

/// What is wrong with the migrations of this tree.
pub(super) fn check(files: &[SourceFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut numbers: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for file in files {
        let Some((folder, name)) = migration(&file.path) else { continue };
        let mut find = |message: &str, remedy: &str| {
            findings.push(Finding::new("migrations", &file.path, 1, message, remedy));
        };
        let list = files.iter().find(|list| list.path == format!("{folder}/{LIST}"));
        match list.and_then(|list| committed(&list.text).get(name).copied().map(str::to_owned)) {
            Some(hash) if hash == checksum(&file.text) => {}
            Some(_) => {
                find("changed after it was committed", "put it back; what you want is the next number");
            }
            None => find("its checksum is not committed", "cargo xtask migrations"),
        }
        if !file.text.starts_with("--") {
            find("no reason on top", "open it with a comment that says why");
        }
        match name.split_once('_').filter(|(number, _)| number.len() == 4).map(|(number, _)| number.parse()) {
            Some(Ok(number)) => numbers.entry(folder).or_default().push(number),
            _ => find("not named NNNN_what.sql", "four digits, an underscore, and what it does"),
        }
    }
    for list in files.iter().filter(|file| file.path.starts_with("migrations/")) {
        let Some(folder) = list.path.strip_suffix(LIST) else { continue };
        for name in committed(&list.text).keys() {
            let path = format!("{folder}{name}");
            if !files.iter().any(|file| file.path == path) {
                let remedy = "bring it back: a number that ran somewhere is never taken away";
                findings.push(Finding::new("migrations", &path, 1, "committed once and gone", remedy));
            }
        }
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

/// The chore: writes down the checksums of migrations that have none yet, and never changes one that stands.
pub(crate) fn accept(tree: &Tree) -> Result<(), Trouble> {
    for path in tree.files()? {
        let Some((folder, name)) = migration(&path) else { continue };
        let (file, list) = (tree.root.join(&path), tree.root.join(folder).join(LIST));
        let known = std::fs::read_to_string(&list).unwrap_or_default();
        if !committed(&known).contains_key(name) {
            let text = std::fs::read_to_string(&file).map_err(|source| Trouble::file(&file, &source))?;
            tree::say(format!("new: {path}"));
            let longer = format!("{known}{}  {name}\n", checksum(&text));
            std::fs::write(&list, longer).map_err(|source| Trouble::file(&list, &source))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> SourceFile {
        SourceFile { path: path.to_owned(), text: text.to_owned() }
    }

    /// The files with the lists that belong beside them.
    fn listed(mut files: Vec<SourceFile>) -> Vec<SourceFile> {
        let mut lists: BTreeMap<String, String> = BTreeMap::new();
        for file in &files {
            let (folder, name) = migration(&file.path).unwrap();
            let list = lists.entry(format!("{folder}/{LIST}")).or_default();
            *list += &[checksum(&file.text).as_str(), "  ", name, "\n"].concat();
        }
        files.extend(lists.into_iter().map(|(path, text)| SourceFile { path, text }));
        files
    }

    fn messages(files: &[SourceFile]) -> Vec<String> {
        check(files).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_migration_is_history() {
        let [one, two] = ["migrations/stand/0001_a.sql", "migrations/stand/0002_b.sql"];
        let sound = || vec![file(one, "-- why\n"), file(two, "-- why\n")];
        let mut files = listed(sound());
        assert_eq!(messages(&files), Vec::<String>::new());

        files[0].text.push_str("DROP TABLE x;\n");
        assert_eq!(messages(&files), ["changed after it was committed"]);

        let mut gone = listed(sound());
        gone.remove(1);
        assert_eq!(messages(&gone), ["committed once and gone"]);

        assert_eq!(messages(&sound()).len(), 2, "unlisted ones are found");
    }

    #[test]
    fn form_and_numbers() {
        let check = |paths: &[&str], text: &str, expected: &[&str]| {
            let files = listed(paths.iter().map(|path| file(path, text)).collect());
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
