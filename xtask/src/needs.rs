//! Installs what a chore needs and the machine lacks, and says what to type where it may not.
//!
//! A newcomer has Rust and Node on a bare Debian 12 and types one command, so the chores bring the rest
//! themselves: system packages through apt, npm packages and Python packages at the versions that the lock
//! files name, and the licence checker into the user's cache. What is there already costs a look and no more.

use crate::children::{Log, words};
use crate::tree::{self, Tree};
use crate::trouble::Trouble;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// The oldest Node that the user interface is built with.
const NODE_MAJOR_MIN: u32 = 20;
const CARGO_DENY: &str = "0.20.2";
const INSTALL_TIME_MAX: Duration = Duration::from_mins(20);

/// Something that a chore needs on the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Need {
    /// A C compiler and linker: `SQLite` and zstd are built from their sources.
    Compiler,
    /// What the window is built with and drawn by.
    Webview,
    /// A display in memory, and what drives windows on it.
    Display,
    /// What reads our pictures, PDFs and system calls from outside.
    Readers,
    /// Python 3 with its virtual environments.
    Python,
    /// A printer, a print server and a message bus that are not ours.
    Printers,
    /// Node and the packages of the user interface.
    Node,
    /// The licence and source checker.
    Deny,
    /// What packs for Debian and looks at the result.
    Packing,
    /// A virtual machine, and what makes its disks.
    Machine,
}

impl Need {
    /// The Debian packages that bring it.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Compiler => &["build-essential", "pkg-config"],
            Self::Webview => &["libwebkit2gtk-4.1-dev", "libgtk-3-dev", "librsvg2-dev", "libssl-dev"],
            Self::Display => &[
                "chromium",
                "chromium-driver",
                "dbus-x11",
                "gir1.2-gtk-3.0",
                "imagemagick",
                "openbox",
                "python3-gi",
                "speech-dispatcher",
                "webkit2gtk-driver",
                "wmctrl",
                "xauth",
                "xdotool",
                "xvfb",
            ],
            Self::Readers => &["binutils", "poppler-utils", "strace", "zbar-tools"],
            Self::Packing => &["binutils", "dpkg-dev", "lintian"],
            Self::Machine => &["dosfstools", "e2fsprogs", "fdisk", "mmdebstrap", "mtools", "qemu-system-x86"],
            Self::Python => &["python3", "python3-venv"],
            // The server's client brings `lpadmin`, its filters what a queue makes of a PDF.
            Self::Printers => {
                &["cups-client", "cups-daemon", "cups-filters", "cups-ipp-utils", "dbus-daemon"]
            }
            Self::Node | Self::Deny => &[],
        }
    }
}

/// What was made sure of already in this run.
#[derive(Debug)]
pub(crate) struct Needs<'a> {
    tree: &'a Tree,
    met: RefCell<BTreeSet<Need>>,
}

impl<'a> Needs<'a> {
    /// Nothing is known of the machine yet.
    pub(crate) fn new(tree: &'a Tree) -> Self {
        Self { tree, met: RefCell::default() }
    }

    /// Sees that everything of `needs` is there, and installs what is not.
    pub(crate) fn meet(&self, needs: &[Need]) -> Result<(), Trouble> {
        let fresh: Vec<Need> =
            needs.iter().copied().filter(|need| !self.met.borrow().contains(need)).collect();
        let packages: Vec<&str> = fresh.iter().flat_map(|need| need.packages()).copied().collect();
        apt(self.tree, &packages)?;
        for need in fresh {
            match need {
                Need::Node => {
                    node(self.tree)?;
                    for folder in ["ui", "tests/e2e"] {
                        npm(self.tree, folder)?;
                    }
                }
                Need::Deny => drop(deny(self.tree)?),
                _ => {}
            }
            self.met.borrow_mut().insert(need);
        }
        Ok(())
    }
}

/// Installs the packages that are missing, through apt, as root or through a sudo that asks nothing.
fn apt(tree: &Tree, packages: &[&str]) -> Result<(), Trouble> {
    if packages.is_empty() {
        return Ok(());
    }
    let listed = tree.command("dpkg-query").args(["-W", "-f", "${Package} ${db:Status-Status}\n"]).output();
    let Ok(listed) = listed else {
        tree::say(format!("  not a Debian system; taken as installed: {}", packages.join(" ")));
        return Ok(());
    };
    let missing = lacking(packages, &String::from_utf8_lossy(&listed.stdout));
    if missing.is_empty() {
        return Ok(());
    }
    let by_hand = format!("as root: apt-get update && apt-get install {}", missing.join(" "));
    let Some(prefix) = root(tree) else {
        let what = format!("these Debian packages are missing: {}", missing.join(" "));
        return Err(Trouble::new(what, by_hand));
    };
    tree::say(format!("  installing {} (apt)", missing.join(" ")));
    let log = Log::begin(&tree.target, "install-apt")?;
    let call = |arguments: &[&str]| {
        let mut line: Vec<&str> = prefix.to_vec();
        line.extend([
            "env",
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "-q",
            "-o",
            "DPkg::Lock::Timeout=300",
        ]);
        line.extend(arguments);
        let (program, rest) =
            line.split_first().map_or(("apt-get", &[][..]), |(program, rest)| (*program, rest));
        finish(&log, tree.command(program).args(rest), &by_hand)
    };
    call(&["update"])?;
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(missing.iter().copied());
    call(&install)
}

/// Of these packages, those that the list of installed ones does not have.
fn lacking<'a>(packages: &[&'a str], listed: &str) -> Vec<&'a str> {
    let installed: BTreeSet<&str> =
        listed.lines().filter_map(|line| line.strip_suffix(" installed")).map(str::trim).collect();
    packages.iter().copied().filter(|package| !installed.contains(package)).collect()
}

/// What to put before a command so that it runs as root; `None` when that would ask for a password.
fn root(tree: &Tree) -> Option<&'static [&'static str]> {
    if rustix::process::geteuid().is_root() {
        return Some(&[]);
    }
    let quiet = tree.command("sudo").args(["-n", "true"]).output().ok()?;
    quiet.status.success().then_some(&["sudo", "-n"])
}

/// Runs a command to its end, with the end of its log when it fails.
pub(crate) fn finish(log: &Log, command: &mut Command, remedy: &str) -> Result<(), Trouble> {
    let ended = log.run(command, INSTALL_TIME_MAX)?;
    if ended.success {
        return Ok(());
    }
    tree::say(log.tail(15));
    Err(Trouble::new(format!("{} failed", words(command)), remedy))
}

fn node(tree: &Tree) -> Result<(), Trouble> {
    let remedy = format!("install Node {NODE_MAJOR_MIN} or newer with npm, and put both on the PATH");
    for program in ["node", "npm"] {
        let version = tree.command(program).arg("--version").output();
        let version = version.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
        let Ok(version) = version else {
            return Err(Trouble::new(format!("{program} is missing"), remedy));
        };
        let major =
            version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
        if program == "node" && major.is_none_or(|major| major < NODE_MAJOR_MIN) {
            return Err(Trouble::new(format!("node {version} is too old"), remedy));
        }
    }
    Ok(())
}

/// The packages of a folder's lock file, unless just these are there already.
fn npm(tree: &Tree, folder: &str) -> Result<(), Trouble> {
    let folder = tree.root.join(folder);
    let lock = folder.join("package-lock.json");
    if !lock.is_file() {
        return Ok(());
    }
    let stamp = folder.join("node_modules/.installed-from");
    let wanted = digest(&[&lock])?;
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    tree::say(format!("  installing the packages of {} (npm)", lock.display()));
    let log = Log::begin(&tree.target, "install-npm")?;
    let remedy = format!("see {}; with the network there, run it again", log.path.display());
    finish(&log, tree.command("npm").arg("ci").current_dir(&folder), &remedy)?;
    std::fs::write(&stamp, wanted).map_err(|source| Trouble::file(&stamp, &source))
}

/// A Python with the packages that a folder's `requirements.txt` names, in a virtual environment of its own under
/// the build folder.
pub(crate) fn python(tree: &Tree, folder: &str) -> Result<PathBuf, Trouble> {
    let requirements = tree.root.join(folder).join("requirements.txt");
    if !requirements.is_file() {
        return Ok(PathBuf::from("python3"));
    }
    let folder = tree.target.join("python").join(folder.replace('/', "-"));
    let (python, stamp) = (folder.join("bin/python"), folder.join("installed-from"));
    let wanted = digest(&[&requirements])?;
    if python.exists() && std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    tree::say(format!("  installing the packages of {} (pip)", requirements.display()));
    let log = Log::begin(&tree.target, "install-python")?;
    let remedy = format!("see {}; with the network there, run it again", log.path.display());
    finish(&log, tree.command("python3").args(["-m", "venv", "--clear"]).arg(&folder), &remedy)?;
    let mut install = tree.command(&python);
    finish(&log, install.args(["-m", "pip", "install", "--quiet", "-r"]).arg(&requirements), &remedy)?;
    std::fs::write(&stamp, wanted).map_err(|source| Trouble::file(&stamp, &source))?;
    Ok(python)
}

/// The licence checker: cargo's own subcommand where it is installed, or else one in the user's cache.
pub(crate) fn deny(tree: &Tree) -> Result<PathBuf, Trouble> {
    let installed = tree.command("cargo-deny").arg("--version").output();
    if installed.is_ok_and(|output| output.status.success()) {
        return Ok(PathBuf::from("cargo-deny"));
    }
    let tools = cache().join("tools").join(format!("cargo-deny-{CARGO_DENY}"));
    let program = tools.join("bin/cargo-deny");
    if program.exists() {
        return Ok(program);
    }
    tree::say(format!("  installing cargo-deny {CARGO_DENY} (cargo, once; a few minutes)"));
    let log = Log::begin(&tree.target, "install-cargo-deny")?;
    // A debug build: it is run once a gate and compiled once a machine.
    let mut install =
        tree.cargo(&["install", "--locked", "--debug", "--no-default-features", "--version", CARGO_DENY]);
    install.arg("--root").arg(&tools).arg("cargo-deny").env("CARGO_TARGET_DIR", tree.target.join("tools"));
    finish(&log, &mut install, "install cargo-deny by hand: cargo install --locked cargo-deny")?;
    // What it was built from is never needed again.
    let _ = std::fs::remove_dir_all(tree.target.join("tools"));
    Ok(program)
}

/// The project's part of the user's cache folder.
fn cache() -> PathBuf {
    let named = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = named("XDG_CACHE_HOME").or_else(|| named("HOME").map(|home| home.join(".cache")));
    base.unwrap_or_else(std::env::temp_dir).join("oirs-en-terreno")
}

/// The hash of these files' bytes, as hexadecimal.
pub(crate) fn digest(files: &[&Path]) -> Result<String, Trouble> {
    let mut hash = Sha256::new();
    for file in files {
        hash.update(std::fs::read(file).map_err(|source| Trouble::file(file, &source))?);
    }
    Ok(HEXLOWER.encode(&hash.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_installed_counts_as_there() {
        let listed = "xvfb installed\nstrace config-files\nlibssl-dev installed\n";
        let check = |packages: &[&str], expected: &[&str]| assert_eq!(lacking(packages, listed), expected);
        check(&["xvfb", "libssl-dev"], &[]);
        check(&["xvfb", "strace"], &["strace"]);
        check(&["chromium"], &["chromium"]);
    }

    #[test]
    fn a_changed_lock_file_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("package-lock.json");
        std::fs::write(&file, "one").unwrap();
        let one = digest(&[&file]).unwrap();
        assert_eq!(one.len(), 64);
        std::fs::write(&file, "two").unwrap();
        assert_ne!(digest(&[&file]).unwrap(), one);
    }
}
