//! Who may know whom: the edges between our crates, and who alone may name a library.
//!
//! The table is the architecture in a form that can fail. An edge that is missing here is missing on purpose:
//! the domain knows nobody, so that its rules can be tested without a disk or a network; the central office
//! doesn't know the ledger, so that neither can lean on the other's tables; nobody but the shell knows the
//! windows. A new crate gets a row, and in its comment the edge that it exists to forbid.

use crate::tidy::Finding;
use serde_json::Value;
use std::collections::BTreeMap;

/// A crate of ours, what its program may use of ours, and what only its tests may use besides.
struct Row {
    name: &'static str,
    may_use: &'static [&'static str],
    tests_may_use: &'static [&'static str],
}

const fn row(
    name: &'static str,
    may_use: &'static [&'static str],
    tests_may_use: &'static [&'static str],
) -> Row {
    Row { name, may_use, tests_may_use }
}

const TABLE: &[Row] = &[
    // Pure: knows nobody.
    row("domain", &[], &[]),
    // Frozen bytes: can't depend on how anybody stores or sends them.
    row("wire", &["domain"], &[]),
    // Published content and its search: no disk, no network, no clock, and nothing of a citizen.
    row("catalogue", &["domain"], &[]),
    // Untrusted pictures: no other crate decodes what a stranger made, so its limits stand in one place.
    row("attachment", &["domain"], &[]),
    // Sentences: whoever shows one asks here, and nothing is asked back.
    row("texts", &[], &[]),
    // Surveys: a spreadsheet is read and a draw recomputed without a disk, a clock or a stand.
    row("survey", &[], &[]),
    // Files on a stick: all that a stand's disk and the office's have in common, so that neither needs the other.
    row("bundle", &["wire"], &[]),
    // The stand's disk: can't reach a network or the central office.
    row("ledger", &["domain", "survey", "wire"], &[]),
    // The protocol: can't reach a disk, so the simulation can drive every step of it.
    row("sync", &["domain", "wire"], &[]),
    // Paper: gets a receipt's facts, and can't reach a record.
    row("receipts", &["domain", "texts"], &["wire"]),
    // The only surface of the stand: whoever shows something asks here. Its tests talk to a real central office.
    row(
        "stand",
        &[
            "attachment",
            "bundle",
            "catalogue",
            "domain",
            "ledger",
            "receipts",
            "survey",
            "sync",
            "texts",
            "wire",
        ],
        &["central", "central-db"],
    ),
    // What central keeps: can't serve a page or open a seal by itself.
    row("central-db", &["domain", "wire"], &[]),
    // Central: can't see a stand's disk. Its tests play a stand, and read the receipt that it shows.
    row(
        "central",
        &["attachment", "bundle", "catalogue", "central-db", "domain", "survey", "texts", "wire"],
        &["ledger", "receipts", "stand", "sync"],
    ),
    // Many stands and one central office: may see both sides, and is itself seen by nobody.
    row("simulation", &["central-db", "domain", "ledger", "sync", "wire"], &[]),
    // Whole days between processes: knows the bytes and a stand's disk, and the programs from outside.
    row("journeys", &["ledger", "wire"], &[]),
    // The figures: measure a stand from within, and everything else from outside.
    row("figures", &[], &["catalogue", "domain", "receipts", "stand", "texts", "wire"]),
    // The windows: see the use cases and the words that they speak in, and nothing beneath.
    row("oirs-en-terreno", &["domain", "receipts", "stand", "texts"], &["central", "central-db", "wire"]),
    // The chores: build before everything else.
    row("xtask", &[], &[]),
];

/// Libraries that only these crates may name, in program or tests.
const ALONE: &[(&str, &[&str])] = &[
    ("axum", &["central", "sync"]),
    ("reqwest", &["sync"]),
    ("rusqlite", &["central-db", "figures", "ledger"]),
    ("tauri", &["oirs-en-terreno"]),
    ("tauri-build", &["oirs-en-terreno"]),
    ("tokio-postgres", &["central-db"]),
    ("wry", &["oirs-en-terreno"]),
];

/// Libraries that nothing of a crate may name, because it is pure.
const NEVER: &[(&str, &[&str])] = &[
    ("catalogue", &["getrandom", "tokio", "tracing", "rand_core"]),
    ("attachment", &["getrandom", "tokio", "tracing", "rand_core"]),
    ("domain", &["getrandom", "tokio", "tracing", "rand_core"]),
    ("wire", &["getrandom", "tokio", "tracing"]),
    ("survey", &["getrandom", "tokio", "tracing", "rand_core"]),
    ("ledger", &["getrandom", "tokio"]),
];

/// Whether a crate of ours has this name.
pub(crate) fn is_ours(name: &str) -> bool {
    TABLE.iter().any(|row| row.name == name)
}

/// What is wrong with the edges that `cargo metadata --no-deps` shows.
pub(crate) fn check(metadata: &Value) -> Vec<Finding> {
    let none = Vec::new();
    let packages = metadata.get("packages").and_then(Value::as_array).unwrap_or(&none);
    let ours: BTreeMap<&str, &Value> =
        packages.iter().filter_map(|package| Some((package.get("name")?.as_str()?, package))).collect();
    let mut findings = Vec::new();
    for (name, package) in &ours {
        let manifest = package.get("manifest_path").and_then(Value::as_str).unwrap_or("Cargo.toml");
        let mut find = |message: String, remedy: &str| {
            findings.push(Finding::new("edges", manifest, 1, message, remedy));
        };
        let Some(row) = TABLE.iter().find(|row| row.name == *name) else {
            find(
                format!("{name} has no row"),
                "give it one in xtask/src/edges.rs: which edge does it forbid?",
            );
            continue;
        };
        let dependencies = package.get("dependencies").and_then(Value::as_array).unwrap_or(&none);
        for dependency in dependencies {
            let Some(used) = dependency.get("name").and_then(Value::as_str) else { continue };
            let test_only = dependency.get("kind").and_then(Value::as_str) == Some("dev");
            let allowed = row.may_use.contains(&used) || (test_only && row.tests_may_use.contains(&used));
            if ours.contains_key(used) && !allowed {
                let remedy =
                    "ask for it through the crate between, or argue the edge in docs/adr and the table";
                find(format!("{name} may not use {used}"), remedy);
            }
            if ALONE.iter().any(|(library, alone)| *library == used && !alone.contains(name)) {
                find(format!("{name} may not name {used}"), "use the crate of ours that hides it");
            }
            let pure = NEVER.iter().any(|(crate_name, never)| crate_name == name && never.contains(&used));
            if pure && !test_only {
                find(
                    format!("{name} is pure and may not name {used}"),
                    "take time, chance and bytes as parameters",
                );
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn package(name: &str, dependencies: &[(&str, Option<&str>)]) -> Value {
        let dependencies: Vec<Value> =
            dependencies.iter().map(|(name, kind)| json!({"name": name, "kind": kind})).collect();
        json!({"name": name, "manifest_path": format!("crates/{name}/Cargo.toml"), "dependencies": dependencies})
    }

    #[test]
    fn a_wrong_edge_is_found_and_a_right_one_is_not() {
        let check = |package_under_test: Value, expected: Option<&str>| {
            let others = ["domain", "wire", "ledger", "central", "stand"].map(|name| package(name, &[]));
            let name = package_under_test.get("name").and_then(Value::as_str).unwrap().to_owned();
            let mut packages: Vec<Value> =
                others.into_iter().filter(|other| other["name"] != name.as_str()).collect();
            packages.push(package_under_test);
            let found: Vec<String> = super::check(&json!({"packages": packages}))
                .into_iter()
                .map(|finding| finding.message)
                .collect();
            assert_eq!(found.first().map(String::as_str), expected, "{name}: {found:?}");
        };
        check(package("wire", &[("domain", None), ("sha2", None)]), None);
        check(package("domain", &[("wire", None)]), Some("domain may not use wire"));
        check(package("central", &[("ledger", None)]), Some("central may not use ledger"));
        check(package("central", &[("ledger", Some("dev"))]), None);
        check(package("ledger", &[("rusqlite", None)]), None);
        check(package("stand", &[("rusqlite", None)]), Some("stand may not name rusqlite"));
        check(package("stand", &[("rusqlite", Some("dev"))]), Some("stand may not name rusqlite"));
        check(package("stand", &[("tauri", None)]), Some("stand may not name tauri"));
        check(package("domain", &[("getrandom", None)]), Some("domain is pure and may not name getrandom"));
        check(package("helper", &[]), Some("helper has no row"));
    }

    #[test]
    fn no_row_names_a_crate_without_a_row() {
        for row in TABLE {
            for used in row.may_use.iter().chain(row.tests_may_use) {
                assert!(TABLE.iter().any(|other| other.name == *used), "{} uses {used}", row.name);
            }
        }
    }
}
