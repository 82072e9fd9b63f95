//! The package, tried as Debian handles it: packed, unpacked by `dpkg` into a root of its own, its programs run from
//! there, refused in the middle of a day, removed and purged, with the data folder untouched by all of it.
//!
//! The root has no system in it: scripts run from outside, as Debian's `DPKG_ROOT` has it, so that the trial needs
//! neither a network nor minutes.

use super::{NAME, Package};
use crate::gate::Gate;
use crate::steps::SHELL;
use crate::tally::{Runner, Tally, count};
use crate::tree;
use crate::trouble::Trouble;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What must be so, one after another; the first that isn't ends the trial.
type Check = fn(&Trial<'_, '_>) -> Result<bool, Trouble>;

const CHECKS: &[(&str, Check)] = &[
    ("its contents are these, and no others", |trial| trial.contents()),
    ("the same programs give the same bytes", |trial| trial.reproducible()),
    ("dpkg installs it", |trial| done(trial.dpkg(&["--install"]).arg(&trial.file)).map(|said| said.ok)),
    ("every link of the installed manual leads somewhere", |trial| trial.manual()),
    ("its programs run from where they are", |trial| trial.programs()),
    ("nothing of the computer was switched", |trial| {
        Ok(!trial.root.join("etc/sysctl.d/90-oirs-kiosk.conf").exists())
    }),
    ("oirs-kiosk on, status, off leave nothing", |trial| trial.kiosk()),
    ("an open outing keeps it from being removed, and says so", |trial| trial.in_the_day()),
    ("one older than what is installed is refused where there is data", |trial| trial.older()),
    ("removing it takes the programs and leaves the data, and says so", |trial| trial.gone("--remove")),
    ("so does purging it", |trial| trial.gone("--purge")),
];

/// The gate's step: with whatever programs are built, debug ones if there are no others.
pub(crate) fn trial(gate: &Gate<'_>) -> Result<Tally, Trouble> {
    let release = gate.tree.target.join("release");
    let shipped = super::PROGRAMS.iter().all(|program| release.join(program).is_file());
    let programs = if shipped { release } else { gate.tree.target.join("debug") };
    if !shipped {
        let built =
            gate.cargo(Runner::Check, &["build", "--locked", "--package", SHELL, "--package", "stand"])?;
        if built.failed > 0 {
            return Ok(built);
        }
    }
    let package = Package::new(gate.tree, programs, "none")?;
    let log = crate::children::Log::begin(&gate.tree.target, "package-trial")?;
    let file = package.pack(&log)?;
    let root = gate.tree.target.join("package/root");
    let _ = std::fs::remove_dir_all(&root);
    let trial = Trial { gate, package: &package, log: &log, file, root };
    trial.empty_root()?;
    let mut tally = Tally::default();
    for (what, check) in CHECKS {
        let holds = check(&trial)?;
        if !holds {
            tree::say(format!("    not so: {what}"));
        }
        tally.add(count(Runner::Check, holds, ""));
        if !holds {
            break;
        }
    }
    Ok(tally)
}

struct Trial<'a, 'b> {
    gate: &'a Gate<'b>,
    package: &'a Package<'b>,
    log: &'a crate::children::Log,
    file: PathBuf,
    root: PathBuf,
}

/// How a command ended, and what it said on both outputs.
struct Said {
    ok: bool,
    text: String,
}

fn run(command: &mut Command) -> Result<Said, Trouble> {
    let output = command.output().map_err(|source| crate::children::missing(command, &source))?;
    let text = [output.stdout, output.stderr].concat();
    Ok(Said { ok: output.status.success(), text: String::from_utf8_lossy(&text).into_owned() })
}

/// The same, where it should end well: what it said is shown where it doesn't.
fn done(command: &mut Command) -> Result<Said, Trouble> {
    let said = run(command)?;
    if !said.ok {
        tree::say(format!("    {}", said.text.trim_end().replace('\n', "\n    ")));
    }
    Ok(said)
}

impl Trial<'_, '_> {
    /// As much of a Debian system as dpkg wants to see.
    fn empty_root(&self) -> Result<(), Trouble> {
        for folder in
            ["var/lib/dpkg/info", "var/lib/dpkg/updates", "var/lib/dpkg/triggers", "etc/systemd/system"]
        {
            let path = self.root.join(folder);
            std::fs::create_dir_all(&path).map_err(|source| Trouble::file(&path, &source))?;
        }
        for (file, text) in [
            ("var/lib/dpkg/status", ""),
            ("etc/passwd", "root:x:0:0::/root:/bin/sh\n"),
            ("etc/group", "root:x:0:\nlp:x:7:\ndialout:x:20:\nvideo:x:44:\n"),
        ] {
            let path = self.root.join(file);
            std::fs::write(&path, text).map_err(|source| Trouble::file(&path, &source))?;
        }
        Ok(())
    }

    /// As root: by itself, or in a user namespace of its own.
    fn as_root(&self, program: &str) -> Command {
        if rustix::process::geteuid().is_root() {
            return self.gate.tree.command(program);
        }
        let mut command = self.gate.tree.command("unshare");
        command.args(["--map-root-user", "--", program]);
        command
    }

    /// Debian's own program, on the root of the trial: with scripts from outside, and nothing else installed.
    fn dpkg(&self, what: &[&str]) -> Command {
        let mut command = self.as_root("dpkg");
        command.arg(format!("--root={}", self.root.display()));
        command.args(["--force-script-chrootless", "--force-depends", "--no-triggers"]).args(what);
        command
    }

    /// Whoever reads the manual on the stand has its pictures and its other pages.
    fn manual(&self) -> Result<bool, Trouble> {
        let folder = self.root.join("usr/share/doc").join(NAME).join("manual");
        let pages = std::fs::read_dir(&folder).map_err(|source| Trouble::file(&folder, &source))?;
        let (mut links, mut lost) = (0_usize, Vec::new());
        for page in pages.flatten().map(|entry| entry.path()) {
            let text = std::fs::read_to_string(&page).map_err(|source| Trouble::file(&page, &source))?;
            let targets = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(to, _)| to);
            for to in targets.filter(|to| !to.contains("://") && !to.starts_with('#')) {
                links = links.saturating_add(1);
                if !folder.join(to).exists() {
                    lost.push(format!("{}: {to}", page.display()));
                }
            }
        }
        for link in &lost {
            tree::say(format!("    leads nowhere: {link}"));
        }
        Ok(links > 0 && lost.is_empty())
    }

    fn contents(&self) -> Result<bool, Trouble> {
        let mut command = self.gate.tree.command("dpkg-deb");
        let listed = run(command.arg("--contents").arg(&self.file))?.text;
        let has = |path: &str| listed.lines().any(|line| line.ends_with(&format!(" ./{path}")));
        let needed = [
            "usr/lib/oirs-en-terreno/programs/terreno",
            "usr/lib/oirs-en-terreno/programs/oirs-en-terreno",
            "usr/lib/oirs-en-terreno/current -> programs",
            "usr/bin/terreno -> ../lib/oirs-en-terreno/current/terreno",
            "usr/bin/oirs-en-terreno -> ../lib/oirs-en-terreno/current/oirs-en-terreno",
            "lib/systemd/system/oirs-en-terreno-update.path",
            "usr/sbin/oirs-kiosk",
            "lib/systemd/system/oirs-en-terreno.service",
            "usr/share/doc/oirs-en-terreno/third-party.txt",
            "usr/share/doc/oirs-en-terreno/copyright",
        ];
        // Everything belongs to root, nothing is written by others, and nothing runs as somebody else.
        let safe = listed.lines().all(|line| {
            let mode = line.split_whitespace().next().unwrap_or_default();
            // A link's own mode says nothing.
            let written = !mode.starts_with('l') && mode.chars().nth(8) == Some('w');
            line.contains(" root/root ") && !mode.contains('s') && !written
        });
        let homes = listed.lines().any(|line| line.contains("./home") || line.contains("./root/"));
        Ok(needed.iter().all(|path| has(path)) && safe && !homes)
    }

    fn reproducible(&self) -> Result<bool, Trouble> {
        let first = crate::needs::digest(&[&self.file])?;
        let again = self.package.pack(self.log)?;
        Ok(crate::needs::digest(&[&again])? == first)
    }

    fn installed(&self, path: &str) -> Command {
        let mut command = self.gate.tree.command(self.root.join(path));
        command.env("DPKG_ROOT", &self.root).env("LC_ALL", "C.UTF-8");
        command
    }

    fn data(&self) -> PathBuf {
        self.root.join("var/lib/oirs-en-terreno/data")
    }

    fn programs(&self) -> Result<bool, Trouble> {
        let version = run(self.installed("usr/bin/terreno").arg("--version"))?;
        // Nobody has enrolled it: it says so, by a status of its own, and not by falling over.
        let mut selftest = self.installed("usr/bin/terreno");
        let selftest = run(selftest.args(["--json", "--data"]).arg(self.data()).arg("selftest"))?;
        let refused = run(self.installed("usr/bin/oirs-en-terreno").arg("--no-such"))?;
        let folder = self.root.join("var/lib/oirs-en-terreno").is_dir();
        let user = std::fs::read_to_string(self.root.join("etc/passwd")).unwrap_or_default();
        Ok(version.ok
            && version.text.contains(&self.package.version()?)
            && selftest.text.contains("not_enrolled")
            && refused.text.contains("unknown argument")
            && folder
            && user.contains("oirs-terreno"))
    }

    fn kiosk(&self) -> Result<bool, Trouble> {
        let before = self.listing()?;
        let kiosk = |what: &str| run(self.installed("usr/sbin/oirs-kiosk").arg(what));
        let off = kiosk("status")?;
        let on = kiosk("on")?;
        let status = kiosk("status")?;
        let linked = self.root.join("etc/systemd/system/multi-user.target.wants/oirs-en-terreno.service");
        let enabled = linked.symlink_metadata().is_ok();
        let again = kiosk("off")?;
        let ok = !off.ok && on.ok && status.ok && enabled && again.ok && self.listing()? == before;
        if !ok {
            tree::say(format!("    {}{}{}{}", off.text, on.text, status.text, again.text));
        }
        Ok(ok)
    }

    /// Every path under `etc`.
    fn listing(&self) -> Result<String, Trouble> {
        let mut command = self.gate.tree.command("find");
        let listed = run(command.arg(self.root.join("etc")).args(["!", "-type", "d"]))?.text;
        let mut lines: Vec<&str> = listed.lines().collect();
        lines.sort_unstable();
        Ok(lines.join("\n"))
    }

    /// A stand-in for the installed command says that an outing is open: what dpkg does about it is what is tried.
    fn in_the_day(&self) -> Result<bool, Trouble> {
        let program = self.root.join("usr/bin/terreno");
        let kept = self.root.join("usr/bin/terreno.kept");
        let trouble = |source: std::io::Error| Trouble::file(&program, &source);
        std::fs::create_dir_all(self.data()).map_err(trouble)?;
        std::fs::write(self.data().join("ledger"), "what citizens said").map_err(trouble)?;
        std::fs::rename(&program, &kept).map_err(trouble)?;
        std::fs::write(&program, "#!/bin/sh\necho '{\"open\":true}'\n").map_err(trouble)?;
        std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .map_err(trouble)?;
        let refused = run(&mut self.dpkg(&["--remove", NAME]))?;
        std::fs::rename(&kept, &program).map_err(trouble)?;
        Ok(!refused.ok && refused.text.contains("hay una salida abierta") && Path::new(&program).exists())
    }

    /// What dpkg believes to be installed is a later version: this one would be the older.
    fn older(&self) -> Result<bool, Trouble> {
        let status = self.root.join("var/lib/dpkg/status");
        let trouble = |source: std::io::Error| Trouble::file(&status, &source);
        let kept = std::fs::read_to_string(&status).map_err(trouble)?;
        let later = kept.replace(&format!("Version: {}", self.package.version()?), "Version: 99.0");
        std::fs::write(&status, later).map_err(trouble)?;
        let refused = run(self.dpkg(&["--install"]).arg(&self.file))?;
        std::fs::write(&status, kept).map_err(trouble)?;
        Ok(!refused.ok && refused.text.contains("es más antiguo"))
    }

    fn gone(&self, how: &str) -> Result<bool, Trouble> {
        let said = done(&mut self.dpkg(&[how, NAME]))?;
        let kept = std::fs::read_to_string(self.data().join("ledger"))
            .is_ok_and(|text| text == "what citizens said");
        let program = self.root.join("usr/lib/oirs-en-terreno").symlink_metadata().is_ok();
        Ok(said.ok && said.text.contains("queda como estaba") && kept && !program)
    }
}
