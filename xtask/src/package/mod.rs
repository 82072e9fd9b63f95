//! The package for Debian 12: one file that puts the stand, its session and its manual on a bare machine.
//!
//! It is a tree that this chore lays out and `dpkg-deb` packs (docs/adr/0075): nothing of the building machine is in
//! it but the programs, and the same sources and programs give the same bytes.

mod notices;
mod staging;
mod trial;

use crate::children::Log;
use crate::needs::{Need, Needs, finish};
use crate::steps::SHELL;
use crate::tree::{self, Tree};
use crate::trouble::Trouble;
use std::path::{Path, PathBuf};

pub(crate) use trial::trial;

/// The package's name, and its architecture as Debian calls it.
const NAME: &str = "oirs-en-terreno";
const ARCHITECTURE: &str = "amd64";
/// The programs that it brings.
const PROGRAMS: [&str; 2] = ["oirs-en-terreno", "terreno"];

/// What a package is made of and where.
#[derive(Debug)]
pub(crate) struct Package<'a> {
    tree: &'a Tree,
    /// Where the built programs lie.
    programs: PathBuf,
    /// Seconds of 1970 that every file of it is dated with: the last commit's, or `SOURCE_DATE_EPOCH`.
    epoch: u64,
    /// How `dpkg-deb` packs: `xz` for people, none where it is thrown away again.
    packing: &'static str,
}

/// Builds the programs as they ship, with other packages' beside them, and packs them; gives back the package's path.
pub(crate) fn build(tree: &Tree, beside: &[&str]) -> Result<PathBuf, Trouble> {
    Needs::new(tree).meet(&[Need::Compiler, Need::Webview, Need::Node, Need::Packing])?;
    let log = Log::begin(&tree.target, "package")?;
    let build = |command: &mut std::process::Command| finish(&log, command, "mend what the log says");
    build(tree.command("npm").args(["--prefix", "ui", "run", "build"]))?;
    let mut programs =
        tree.cargo(&["build", "--locked", "--release", "--package", SHELL, "--package", "stand"]);
    programs.args(beside.iter().flat_map(|package| ["--package", package]));
    build(&mut programs)?;
    let file = Package::new(tree, tree.target.join("release"), "xz")?.pack(&log)?;
    tree::say(file.display());
    Ok(file)
}

/// The chore: the package, looked at by Debian's own checker where that is there.
pub(crate) fn run(tree: &Tree) -> Result<(), Trouble> {
    let file = build(tree, &[])?;
    let checked = tree.command("lintian").args(["--fail-on", "error"]).arg(&file).output();
    let Ok(output) = checked else {
        tree::say("lintian is not installed: the package was not checked");
        return Ok(());
    };
    tree::say(String::from_utf8_lossy(&output.stdout).trim_end());
    if output.status.success() {
        return Ok(());
    }
    Err(Trouble::new("lintian found errors", "mend them: packaging/ and xtask/src/package/"))
}

impl<'a> Package<'a> {
    fn new(tree: &'a Tree, programs: PathBuf, packing: &'static str) -> Result<Self, Trouble> {
        let told = std::env::var("SOURCE_DATE_EPOCH").ok();
        let committed = || said(tree, "git", &["log", "-1", "--format=%ct"]).ok();
        let epoch = told.or_else(committed).and_then(|text| text.trim().parse().ok());
        let epoch = epoch.ok_or_else(|| {
            Trouble::new(
                "no date for the package's files",
                "set SOURCE_DATE_EPOCH to the seconds of 1970 of the release",
            )
        })?;
        Ok(Self { tree, programs, epoch, packing })
    }

    fn version(&self) -> Result<String, Trouble> {
        let metadata = crate::tidy::metadata(self.tree)?;
        let packages = metadata.get("packages").and_then(serde_json::Value::as_array);
        let ours = packages.into_iter().flatten().find(|package| package.get("name") == Some(&SHELL.into()));
        let version = ours.and_then(|package| package.get("version")?.as_str().map(ToOwned::to_owned));
        version.ok_or_else(|| Trouble::new(format!("{SHELL} has no version"), "look at the root manifest"))
    }

    /// Lays the tree out and packs it; gives back the package's path.
    fn pack(&self, log: &Log) -> Result<PathBuf, Trouble> {
        let version = self.version()?;
        let folder = self.tree.target.join("package");
        let staged = folder.join("tree");
        let _ = std::fs::remove_dir_all(&staged);
        staging::lay_out(self, &version, &staged)?;
        let file = folder.join(format!("{NAME}_{version}_{ARCHITECTURE}.deb"));
        let mut pack = self.tree.command("dpkg-deb");
        pack.args(["--root-owner-group", &format!("-Z{}", self.packing), "--build"]).arg(&staged).arg(&file);
        pack.env("SOURCE_DATE_EPOCH", self.epoch.to_string());
        finish(log, &mut pack, "see the log; dpkg-deb names the file")?;
        Ok(file)
    }
}

/// What a program says on its standard output, when it ends well.
pub(crate) fn said(tree: &Tree, program: &str, arguments: &[&str]) -> Result<String, Trouble> {
    said_in(tree, &tree.root, program, arguments)
}

fn said_in(tree: &Tree, folder: &Path, program: &str, arguments: &[&str]) -> Result<String, Trouble> {
    let mut command = tree.command(program);
    command.args(arguments).current_dir(folder);
    let output = command.output().map_err(|source| crate::children::missing(&command, &source))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let why = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(Trouble::new(format!("{} failed: {why}", crate::children::words(&command)), "mend what it says"))
}
