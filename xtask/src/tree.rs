//! Where things lie: the repository, its build folder and its files; and how a chore speaks.

use crate::trouble::Trouble;
use std::fmt;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository and its build folder.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    /// The folder of the root manifest.
    pub(crate) root: PathBuf,
    /// Where cargo builds: `CARGO_TARGET_DIR`, or `target` under the root.
    pub(crate) target: PathBuf,
}

impl Tree {
    /// The tree that this program was built from.
    pub(crate) fn here() -> Result<Self, Trouble> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest.parent().filter(|root| root.join("Cargo.toml").is_file()).ok_or_else(|| {
            Trouble::new(
                format!("{} is not where the root manifest lies any more", manifest.display()),
                "run `cargo xtask` from inside the repository, so that it is built anew",
            )
        })?;
        let root = root.to_path_buf();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) if !folder.is_empty() => root.join(folder),
            _ => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// Whether a path, relative to the root, is there.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }

    /// Whether the windows' package is there: the root manifest is the workspace's, and the package's once it is.
    pub(crate) fn has_shell(&self) -> bool {
        let manifest = std::fs::read_to_string(self.root.join("Cargo.toml")).unwrap_or_default();
        manifest.lines().any(|line| line.trim() == "[package]")
    }

    /// A program to be run in the root folder, in the settings that every chore wants.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).stdin(std::process::Stdio::null());
        settings(&mut command);
        command.env("CARGO_TARGET_DIR", &self.target);
        command
    }

    /// Cargo, in the root folder, held to the committed lock file.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = self.command(cargo);
        command.args(arguments);
        command
    }

    /// A program that was built into the debug folder.
    pub(crate) fn built(&self, program: &str) -> PathBuf {
        self.target.join("debug").join(program)
    }

    /// Every file that belongs to the tree, relative to the root, sorted: what git tracks or would track.
    pub(crate) fn files(&self) -> Result<Vec<String>, Trouble> {
        let listed = self
            .command("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .output()
            .ok()
            .filter(|output| output.status.success());
        let mut files = match listed {
            Some(output) => {
                let text = String::from_utf8_lossy(&output.stdout).into_owned();
                let files = text.split('\0').filter(|path| !path.is_empty());
                files.filter(|path| self.root.join(path).is_file()).map(str::to_owned).collect()
            }
            // An unpacked archive has no git: everything but what builds leave behind.
            None => walk(&self.root)?,
        };
        files.sort_unstable();
        files.dedup();
        Ok(files)
    }
}

/// What builds leave behind, when git is not there to say it.
const LEFT_BY_BUILDS: &[&str] = &[".git", "target", "node_modules", "dist", "gen"];

fn walk(root: &Path) -> Result<Vec<String>, Trouble> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|source| Trouble::file(&folder, &source))?;
        for entry in entries.flatten() {
            let path = entry.path();
            let name = entry.file_name();
            if path.is_dir() {
                if !LEFT_BY_BUILDS.iter().any(|left| name == *left) {
                    folders.push(path);
                }
            } else if let Some(path) = path.strip_prefix(root).ok().and_then(Path::to_str) {
                files.push(path.to_owned());
            }
        }
    }
    Ok(files)
}

/// The settings that every child gets: no question is asked, nothing is downloaded behind our back, and no
/// colour codes stand in a log.
fn settings(command: &mut Command) {
    for (name, value) in [
        ("CARGO_LLVM_COV_SETUP", "no"),
        ("CARGO_TERM_COLOR", "never"),
        ("CARGO_TERM_PROGRESS_WHEN", "never"),
        ("DEBIAN_FRONTEND", "noninteractive"),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("NO_COLOR", "1"),
        ("PIP_DISABLE_PIP_VERSION_CHECK", "1"),
        ("PIP_NO_INPUT", "1"),
        ("PYTHONDONTWRITEBYTECODE", "1"),
        ("TERM", "dumb"),
        ("npm_config_audit", "false"),
        ("npm_config_fund", "false"),
        ("npm_config_update_notifier", "false"),
        ("npm_config_yes", "true"),
    ] {
        command.env(name, value);
    }
    // What cargo tells this program about this program would look to a nested cargo like a change.
    for (name, _) in std::env::vars_os() {
        let ours = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name == "LD_LIBRARY_PATH"
        });
        if ours {
            command.env_remove(name);
        }
    }
}

/// One line for whoever watches. A closed pipe is nobody watching, and no failure.
pub(crate) fn say(line: impl fmt::Display) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

/// One line for whoever must act.
pub(crate) fn complain(line: &impl fmt::Display) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Whether a person watches, who wants a sign of life more often than a log does.
pub(crate) fn watched() -> bool {
    std::io::stdout().is_terminal()
}
