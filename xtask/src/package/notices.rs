//! Whose work is inside the package: every crate that the programs are linked from and every npm package whose script
//! or letters the windows hold, with the texts of their licences as they come with them.

use super::PROGRAMS;
use crate::tree::Tree;
use crate::trouble::Trouble;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const TARGET: &str = "x86_64-unknown-linux-gnu";
/// Whole words at the beginning of the name of a file that says whose something is.
const NAMES: [&str; 6] = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];

/// A part of the package that others made.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    name: String,
    version: String,
    licence: String,
    from: String,
    folder: PathBuf,
}

/// The document.
pub(super) fn third_party(tree: &Tree) -> Result<String, Trouble> {
    let mut parts = crates(tree)?;
    parts.extend(npm(tree)?);
    parts.sort();
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut document = String::from(
        "What others made and this package contains, with its licences. Each part is named once; a text that\n\
         several parts have stands once, under their names. What no text came with is under the licence named here.\n\n",
    );
    for part in &parts {
        let Part { name, version, licence, from, folder } = part;
        let _ = writeln!(document, "{name} {version}: {licence}. {from}");
        for text in licence_texts(folder) {
            texts.entry(text).or_default().push(format!("{name} {version}"));
        }
    }
    for (text, names) in texts {
        let _ = write!(document, "\n{}\n{}\n\n{}\n", "-".repeat(72), names.join(", "), text.trim_end());
    }
    Ok(document)
}

fn licence_texts(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| {
            let name = entry.file_name().to_string_lossy().to_uppercase();
            NAMES.iter().any(|begins| name.starts_with(begins))
        })
        .filter_map(|entry| fs::read(entry.path()).ok())
        .map(|bytes| String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))
        .collect()
}

/// The crates that end in the programs: what they need to run, not what they are built or tested with.
fn crates(tree: &Tree) -> Result<Vec<Part>, Trouble> {
    let mut command =
        tree.cargo(&["metadata", "--locked", "--format-version", "1", "--filter-platform", TARGET]);
    let output = command.output().map_err(|source| crate::children::missing(&command, &source))?;
    let metadata: Value = serde_json::from_slice(&output.stdout).map_err(|_| {
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Trouble::new(format!("cargo metadata: {said}"), "cargo fetch --locked, with a network")
    })?;
    Ok(linked(&metadata))
}

fn linked(metadata: &Value) -> Vec<Part> {
    let packages: BTreeMap<&str, &Value> =
        list(metadata, "packages").iter().map(|package| (text(package, "id"), package)).collect();
    let nodes = metadata.get("resolve").map(|resolve| list(resolve, "nodes")).unwrap_or_default();
    let nodes: BTreeMap<&str, &Value> = nodes.iter().map(|node| (text(node, "id"), node)).collect();
    let makes = |package: &Value| {
        list(package, "targets").iter().any(|target| {
            PROGRAMS.contains(&text(target, "name")) && list(target, "kind").contains(&Value::from("bin"))
        })
    };
    let mut reached = BTreeSet::new();
    let mut next: Vec<&str> =
        packages.iter().filter(|(_, package)| makes(package)).map(|(id, _)| *id).collect();
    while let Some(id) = next.pop() {
        if !reached.insert(id) {
            continue;
        }
        for needed in nodes.get(id).map(|node| list(node, "deps")).unwrap_or_default() {
            // A kind of null is the ordinary one.
            if list(needed, "dep_kinds").iter().any(|kind| kind.get("kind") == Some(&Value::Null)) {
                next.push(text(needed, "pkg"));
            }
        }
    }
    let others = reached
        .iter()
        .filter_map(|id| packages.get(id))
        .filter(|package| package.get("source") != Some(&Value::Null));
    others
        .map(|package| Part {
            name: text(package, "name").to_owned(),
            version: text(package, "version").to_owned(),
            licence: text(package, "license").to_owned(),
            from: text(package, "repository").to_owned(),
            folder: Path::new(text(package, "manifest_path")).parent().unwrap_or(Path::new("")).to_path_buf(),
        })
        .collect()
}

/// The npm packages of the windows' lock file that are not only tools.
fn npm(tree: &Tree) -> Result<Vec<Part>, Trouble> {
    let folder = tree.root.join("ui");
    let file = folder.join("package-lock.json");
    let lock = fs::read_to_string(&file).map_err(|source| Trouble::file(&file, &source))?;
    let lock: Value = serde_json::from_str(&lock)
        .map_err(|error| Trouble::new(format!("{}: {error}", file.display()), "npm install, in ui/"))?;
    let packages = lock.get("packages").and_then(Value::as_object).into_iter().flatten();
    let parts = packages.filter_map(|(path, package)| {
        let (_, name) = path.rsplit_once("node_modules/")?;
        let tool =
            ["dev", "link", "optional"].iter().any(|word| package.get(word) == Some(&Value::Bool(true)));
        (!tool).then(|| Part {
            name: name.to_owned(),
            version: text(package, "version").to_owned(),
            licence: text(package, "license").to_owned(),
            from: format!("npm: {name}"),
            folder: folder.join(path),
        })
    });
    Ok(parts.collect())
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_is_linked_is_named_and_ours_is_not() {
        let package = |name: &str, source: Option<&str>, bin: &str| {
            json!({"id": name, "name": name, "version": "1.0.0", "license": "MIT", "repository": "https://r",
                "source": source, "manifest_path": format!("/crates/{name}/Cargo.toml"),
                "targets": [{"name": bin, "kind": ["bin"]}]})
        };
        let needs = |pkg: &str, kind: Option<&str>| json!({"pkg": pkg, "dep_kinds": [{"kind": kind}]});
        let found = linked(&json!({
            "packages": [package("stand", None, "terreno"), package("linked", Some("registry"), ""),
                package("deeper", Some("registry"), ""), package("builds", Some("registry"), ""),
                package("tests", Some("registry"), ""), package("elsewhere", Some("registry"), "")],
            "resolve": {"nodes": [
                {"id": "stand", "deps": [needs("linked", None), needs("builds", Some("build")), needs("tests", Some("dev"))]},
                {"id": "linked", "deps": [needs("deeper", None)]},
            ]},
        }));
        let names: Vec<&str> = found.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(names, ["deeper", "linked"]);
        assert_eq!(found.first().unwrap().folder, Path::new("/crates/deeper"));
    }
}
