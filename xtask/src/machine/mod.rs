//! The long proof: the package on a bare Debian 12 that was booted, in a virtual machine, and looked at as whoever
//! stands before it would (docs/adr/0093).
//!
//! What no unit test can say is said here: that systemd, logind, PAM, udev and the compositor together show the page,
//! that nothing leads past it, and that a version comes, stays or goes back by itself. It needs root and minutes and is no
//! step of the gate. Where the processor lends itself (KVM) times are judged; where it doesn't it is imitated, and they
//! are only told. Nothing inside reaches a network; nothing on this machine is mounted.

mod guest;
mod image;

use crate::children::{Log, time};
use crate::needs::{Need, Needs};
use crate::tree::{self, Tree};
use crate::trouble::Trouble;
use guest::{Machine, Parts, Picture, SCREEN, Said, Speed};
use image::Changed;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The windows, as processes are called; the kernel keeps fifteen letters.
const WINDOWS: &str = "oirs-en-terreno";
const DATA: &str = "/var/lib/oirs-en-terreno/data";
const LIB: &str = "/usr/lib/oirs-en-terreno";
/// What starts the windows' user's commands, as nobody can log in as that user.
const AS_STAND: &str = "setpriv --reuid=oirs-terreno --regid=oirs-terreno --init-groups --reset-env";
const PIN: &str = "4821";

/// Whoever stands before the screen waits no longer than this for it to come back.
const BACK_WITHIN: Duration = Duration::from_secs(3);
/// How long a page may take until it holds still, at the first start of a cold computer.
const PAGE_WITHIN: Duration = Duration::from_mins(4);
/// How long a screen is looked at that should not change.
const STILL_FOR: Duration = Duration::from_secs(2);
/// An empty screen has one colour and a console a few; smooth letters on a page have many.
const COLOURS_MIN: usize = 40;
/// Thousandths of the dots that a page may change by itself: a minute that passes, a caret.
const PAGE_CHANGES_MAX: usize = 10;
/// How long a new version's windows have to say that they live: less than on a real stand, where it is three minutes.
const PATIENCE_S: u32 = 90;
/// How long the system may take to notice a stick.
const EVENT_WITHIN: Duration = Duration::from_secs(30);
/// How long the helper may take from being asked to being done.
const HELPER_WITHIN: Duration = Duration::from_mins(4);

/// The chore.
pub(crate) fn run(tree: &Tree) -> Result<(), Trouble> {
    if !rustix::process::geteuid().is_root() {
        return Err(Trouble::new(
            "the image of a Debian system is made by root",
            "sudo, or a container's root",
        ));
    }
    Needs::new(tree).meet(&[Need::Machine])?;
    let package = crate::package::build(tree, &["central"])?;
    let log = Log::begin(&tree.target, "machine-image")?;
    let folder = tree.target.join("machine");
    fs::create_dir_all(&folder).map_err(|source| Trouble::file(&folder, &source))?;
    let depends =
        crate::package::said(tree, "dpkg-deb", &["--field", &package.to_string_lossy(), "Depends"])?;
    let base = image::base(tree, &log, &folder, depends.trim())?;

    let began = Instant::now();
    let cargo = cargo(tree, &log, &folder, &package)?;
    let parts = Parts {
        kernel: base.file("kernel"),
        initrd: base.file("initrd"),
        disk: folder.join("disk.img"),
        swap: folder.join("swap.img"),
        cargo,
    };
    image::copy(tree, &log, &base.file("disk"), &parts.disk)?;
    image::copy(tree, &log, &base.file("swap"), &parts.swap)?;
    let speed = Speed::here();
    tree::say(match speed {
        Speed::Real => "starting a bare Debian 12",
        Speed::Emulated => {
            "starting a bare Debian 12, imitated: no processor here lends itself, and times are not judged"
        }
    });
    let mut proof = Proof {
        machine: Machine::start(tree, &folder, speed, &parts)?,
        speed,
        screens: tree.target.join("screens"),
        folder: folder.clone(),
        held: 0,
        failed: 0,
    };
    fs::create_dir_all(&proof.screens).map_err(|source| Trouble::file(&proof.screens, &source))?;
    for (mark, stick) in [("OIRSPRUEBA", "stick"), ("FOTOS", "stick-other")] {
        let files = folder.join("cargo/oirs");
        image::stick(tree, &log, mark, Some(&files), &folder.join(format!("{stick}.img")))?;
    }
    let done = proof.all();
    if done.is_err() || proof.failed > 0 {
        // For whoever must find out why.
        let journal =
            proof.machine.run("journalctl --no-pager --boot --lines=400; findmnt; ps axo user,pid,args");
        let path = folder.join("journal.txt");
        let _ = fs::write(&path, journal.map(|said| said.text).unwrap_or_default());
        let _ = proof.machine.keep(&proof.screens.join("machine-end.png"));
        tree::say(format!("what was inside at the end: {}", path.display()));
    }
    for used in [&parts.disk, &parts.swap] {
        let _ = fs::remove_file(used);
    }
    done?;
    tree::say(format!("{} held, {} did not, {}", proof.held, proof.failed, time(began.elapsed())));
    if proof.failed == 0 {
        return Ok(());
    }
    Err(Trouble::new("the package on a booted Debian is not as it should be", "mend what is not so above"))
}

/// What the proof brings: the package, an office, and versions that are good, broken and unreadable.
fn cargo(tree: &Tree, log: &Log, folder: &Path, package: &Path) -> Result<PathBuf, Trouble> {
    let from = folder.join("cargo");
    let _ = fs::remove_dir_all(&from);
    let releases = from.join("oirs/releases");
    fs::create_dir_all(&releases).map_err(|source| Trouble::file(&releases, &source))?;
    let place = |file: &Path, to: &str| {
        fs::copy(file, from.join(to)).map(drop).map_err(|source| Trouble::file(file, &source))
    };
    place(package, "stand.deb")?;
    place(&tree.target.join("release/oirs-central"), "oirs-central")?;
    let broken = "#!/bin/sh\nexit 1\n";
    for (name, changed) in [
        ("good", Changed { version: "90.1", ..Changed::default() }),
        ("synced", Changed { version: "90.2", ..Changed::default() }),
        ("dead", Changed { version: "90.3", script: Some((WINDOWS, broken)), ..Changed::default() }),
        ("mute", Changed { version: "90.4", script: Some(("terreno", broken)), ..Changed::default() }),
        ("later", Changed { version: "90.5", reads: Some("900"), ..Changed::default() }),
    ] {
        image::repack(tree, log, package, &changed, &from.join(format!("{name}.deb")))?;
    }
    let to = folder.join("cargo.img");
    image::cargo(tree, log, &from, &to)?;
    Ok(to)
}

struct Proof {
    machine: Machine,
    speed: Speed,
    screens: PathBuf,
    folder: PathBuf,
    held: u32,
    failed: u32,
}

impl Proof {
    /// One thing that must be so, with what was seen.
    fn holds(&mut self, holds: bool, what: &str, seen: impl std::fmt::Display) {
        let (mark, count) = if holds { ("  yes   ", &mut self.held) } else { ("  NOT SO", &mut self.failed) };
        *count = count.saturating_add(1);
        let seen = seen.to_string();
        let seen = if seen.is_empty() { seen } else { format!(": {}", seen.replace('\n', "\n            ")) };
        tree::say(format!("{mark} {what}{seen}"));
    }

    fn all(&mut self) -> Result<(), Trouble> {
        self.install()?;
        self.first_page()?;
        self.enrol()?;
        self.comes_back()?;
        self.nothing_leads_out()?;
        self.nothing_is_written()?;
        self.sticks()?;
        self.session()?;
        self.updates()?;
        self.power()
    }

    fn run(&mut self, line: &str) -> Result<Said, Trouble> {
        self.machine.run(line)
    }

    /// The same, where all else hangs on its going well.
    fn must(&mut self, line: &str) -> Result<String, Trouble> {
        let said = self.run(line)?;
        if said.ok() {
            return Ok(said.text);
        }
        Err(Trouble::new(
            format!("inside, {line} ended with {}: {}", said.code, said.text),
            "mend what it says",
        ))
    }

    fn answers(&mut self, line: &str, expected: &str, what: &str) -> Result<(), Trouble> {
        let said = self.run(line)?.text;
        self.holds(said == expected, what, if said == expected { "" } else { &said });
        Ok(())
    }

    /// A command of the stand's, as the windows' user, and what it answers.
    fn terreno(&mut self, arguments: &str) -> Result<Value, Trouble> {
        let said = self.run(&format!(
            "{AS_STAND} /usr/bin/terreno --json --data {DATA} --pin-file /run/pin {arguments} 2>&1"
        ))?;
        let last = said.text.lines().last().unwrap_or_default().to_owned();
        Ok(serde_json::from_str(&said.text).or_else(|_| serde_json::from_str(&last)).unwrap_or(Value::Null))
    }

    fn picture(&mut self, name: &str) -> Result<(), Trouble> {
        self.machine.keep(&self.screens.join(format!("machine-{name}.png")))
    }

    /// The page, once it has come and holds still.
    fn page(&mut self) -> Result<Picture, Trouble> {
        let (began, mut last) = (Instant::now(), None);
        while began.elapsed() < PAGE_WITHIN {
            let seen = self.machine.look()?;
            if seen.size() == SCREEN
                && seen.colours() >= COLOURS_MIN
                && last.as_ref().is_some_and(|last| seen.differs(last) == 0)
            {
                return Ok(seen);
            }
            last = Some(seen);
            self.machine.pause(Duration::from_millis(500))?;
        }
        self.picture("no-page")?;
        Err(Trouble::new("no page came onto the screen", "look at machine-no-page.png and journal.txt"))
    }

    /// Installs as the manual says, and makes the computer a kiosk.
    fn install(&mut self) -> Result<(), Trouble> {
        self.must("systemctl is-system-running --wait || true")?;
        let swap = self.must("tail -n +2 /proc/swaps | wc -l")?;
        self.holds(swap == "1", "a bare Debian, as installed, has swap and a login on its console", "");
        self.must("mkdir /srv/cargo && mount -o ro /dev/vdc /srv/cargo && cp /srv/cargo/stand.deb /srv/")?;
        let began = Instant::now();
        let said = self.run("cd /srv && apt-get install --yes ./stand.deb")?;
        self.holds(said.ok(), "apt installs it and what it needs", time(began.elapsed()));
        if !said.ok() {
            return Err(Trouble::new(said.text, "mend what it says"));
        }
        let said = self.run("oirs-kiosk status")?;
        self.holds(!said.ok(), "installing switches nothing", "");
        let said = self.run("oirs-kiosk on")?;
        self.holds(said.ok(), "oirs-kiosk on", &said.text);
        // A stand's office is elsewhere; this one is inside, so that nothing needs a network.
        self.must(
            "install -m 755 /srv/cargo/oirs-central /usr/local/bin/ && \
             oirs-central --data /srv/office init --public-url https://oirs.example && \
             printf '[Service]\\nExecStart=/usr/local/bin/oirs-central --data /srv/office serve --listen 127.0.0.1:8088\\n\
             [Install]\\nWantedBy=multi-user.target\\n' >/etc/systemd/system/office.service && \
             systemctl enable office.service",
        )?;
        // The patience of a real stand would make the proof long.
        self.must(&format!(
            "mkdir /etc/systemd/system/oirs-en-terreno-update.service.d && \
             printf '[Service]\\nExecStart=\\nExecStart={LIB}/programs/terreno --json --data {DATA} update install \
             --patience {PATIENCE_S}\\n' >/etc/systemd/system/oirs-en-terreno-update.service.d/proof.conf"
        ))?;
        self.machine.restart()
    }

    fn first_page(&mut self) -> Result<(), Trouble> {
        let began = Instant::now();
        let page = self.page()?;
        self.picture("first")?;
        self.holds(
            true,
            "a page is on the screen, and nobody logged in",
            format!("{} colours, still {} after the agent answered", page.colours(), time(began.elapsed())),
        );
        let said =
            self.run("systemctl is-system-running --wait; systemctl --failed --no-legend --plain")?.text;
        self.holds(said == "running", "every unit of the system is well", &said);
        self.answers(
            "oirs-kiosk status",
            "Pantalla ciudadana: todo en su lugar.",
            "oirs-kiosk status finds all in place",
        )
    }

    fn enrol(&mut self) -> Result<(), Trouble> {
        let new = self.must("oirs-central --json --data /srv/office device new --label prueba")?;
        let code = serde_json::from_str::<Value>(&new).unwrap_or_default();
        let code = code.get("code").and_then(Value::as_str).unwrap_or_default().to_owned();
        self.must(&format!("printf {PIN} >/run/pin && chmod 644 /run/pin"))?;
        let said = self.run(&format!(
            "{AS_STAND} /usr/bin/terreno --data {DATA} enrol --central http://127.0.0.1:8088 --code {code} \
             --new-pin-file /run/pin"
        ))?;
        self.holds(
            said.ok(),
            "the stand is enrolled, as its own user",
            if said.ok() { "" } else { &said.text },
        );
        self.must("systemctl restart oirs-en-terreno.service")?;
        self.page()?;
        self.picture("enrolled")?;
        let selftest = self.run(&format!("{AS_STAND} /usr/bin/terreno --json --data {DATA} selftest"))?;
        self.holds(
            serde_json::from_str::<Value>(&selftest.text).is_ok(),
            "the self-test answers, as the windows' user",
            &selftest.text,
        );
        let journal =
            self.must("journalctl --boot --unit oirs-en-terreno-selftest.service --output cat --no-pager")?;
        self.holds(
            journal.contains('{') && journal.contains("Finished"),
            "so it does in the journal, at every start of the computer",
            "",
        );
        Ok(())
    }

    /// Ends something, and measures until the page is there as before.
    fn back_after(&mut self, what: &str, line: &str) -> Result<(), Trouble> {
        self.page()?;
        let pid = self.must(&format!("pgrep --exact {WINDOWS} | head -1"))?;
        let began = Instant::now();
        self.must(line)?;
        let (mut gone, mut back) = (None, None);
        while began.elapsed() < PAGE_WITHIN && back.is_none() {
            // Not the same page to the dot: it tells meanwhile what it found out.
            let shows = self.machine.look()?.colours() >= COLOURS_MIN;
            match gone {
                None if !shows => gone = Some(began.elapsed()),
                Some(_) if shows => back = Some(began.elapsed()),
                _ => {}
            }
            self.machine.pause(Duration::from_millis(20))?;
        }
        let now = self.must(&format!("pgrep --exact {WINDOWS} | head -1"))?;
        let figure = back.map_or_else(
            || "never".to_owned(),
            |back| {
                let judged = if self.speed == Speed::Real { "at most" } else { "imitated, not held to" };
                format!("{} ms ({judged} {} ms)", back.as_millis(), BACK_WITHIN.as_millis())
            },
        );
        let soon = back.is_some_and(|back| back < BACK_WITHIN || self.speed == Speed::Emulated);
        self.holds(soon && now != pid, what, figure);
        Ok(())
    }

    fn comes_back(&mut self) -> Result<(), Trouble> {
        // The kernel's word for a process is cut; the compositor's child is called as its file.
        let windows = format!("pkill --signal KILL --exact {WINDOWS}");
        self.back_after("the windows killed: the page is back", &windows)?;
        self.back_after("the compositor killed: the same", "pkill --signal KILL --exact cage")?;
        let crash = format!("pkill --signal SEGV --exact {WINDOWS}");
        self.back_after("the windows crash (SIGSEGV): the same", &crash)?;
        self.back_after("the X server killed: the same", "pkill --signal KILL --exact Xwayland")?;
        let found = self.must(
            "find / -xdev -type f \\( -name core -o -name 'core.*' -o -name '*.core' \\) -newer /run/pin \
             -not -path '/proc/*' -not -path '/sys/*'; ls /var/lib/systemd/coredump 2>/dev/null || true",
        )?;
        self.holds(found.is_empty(), "no file of anybody's memory was left", &found);
        Ok(())
    }

    /// Keys that lead out of other systems.
    fn nothing_leads_out(&mut self) -> Result<(), Trouble> {
        let before = self.page()?;
        let boot = self.must("cat /proc/sys/kernel/random/boot_id")?;
        let state = format!("pgrep --exact {WINDOWS} | head -1; cat /sys/class/tty/tty0/active");
        let was = self.must(&state)?;
        let consoles = ["f1", "f2", "f3", "f6", "f7", "f9"].map(|key| vec!["ctrl", "alt", key]);
        let mut chords: Vec<Vec<&str>> = consoles.to_vec();
        chords.extend([
            vec!["ctrl", "alt", "delete"],
            vec!["ctrl", "alt", "backspace"],
            vec!["alt", "f4"],
            vec!["alt", "tab"],
            vec!["alt", "esc"],
            vec!["alt", "left"],
            vec!["meta_l"],
            vec!["meta_l", "l"],
            vec!["alt", "sysrq", "b"],
            vec!["alt", "sysrq", "e"],
            vec!["alt", "sysrq", "k"],
            vec!["ctrl", "w"],
            vec!["ctrl", "q"],
            vec!["f11"],
            vec!["f12"],
            vec!["ctrl", "shift", "i"],
        ]);
        for chord in chords {
            for _ in 0..2 {
                self.machine.press(&chord)?;
            }
            self.machine.pause(Duration::from_millis(150))?;
            let seen = self.machine.look()?.differs(&before);
            if seen > PAGE_CHANGES_MAX {
                self.picture("led-out")?;
                self.holds(false, "no key leads past the windows", chord.join("+"));
            }
        }
        self.machine.touch_power()?;
        self.machine.press(&["power"])?;
        self.machine.press(&["sleep"])?;
        self.machine.pause(STILL_FOR)?;
        let changed = self.machine.look()?.differs(&before);
        let now = self.must(&state)?;
        let started = self.must("cat /proc/sys/kernel/random/boot_id")? != boot;
        self.holds(
            changed <= PAGE_CHANGES_MAX && now == was && !started,
            "no chord of keys, no touch of the power key leads anywhere",
            if now == was { String::new() } else { format!("{was} before, {now} now") },
        );
        self.answers(
            "systemctl list-units --plain --no-legend 'getty@*' 'serial-getty@*' 'autovt@*' console-getty.service \
             debug-shell.service | grep -v ' masked ' | grep -w running || true",
            "",
            "no login waits on any console, the serial line among them",
        )?;
        self.answers("pgrep --list-full agetty || true", "", "nor does any agetty run")?;
        self.answers(
            "loginctl list-sessions --no-legend | awk '{print $3, $4, $5}'",
            "oirs-terreno seat0 tty1",
            "there is one session: the windows'",
        )?;
        let said = self.run("su - oirs-terreno -c id; getent passwd oirs-terreno | cut -d: -f7")?.text;
        self.holds(
            said.contains("This account is currently not available") && said.ends_with("/usr/sbin/nologin"),
            "their user has no shell",
            "",
        );
        self.answers(
            "ls /usr/share/xsessions /usr/share/wayland-sessions 2>/dev/null | grep -c . || true",
            "0",
            "there is no other desktop",
        )
    }

    /// Nothing of memory reaches a disk.
    fn nothing_is_written(&mut self) -> Result<(), Trouble> {
        self.answers("tail -n +2 /proc/swaps", "", "swap is off")?;
        self.answers(
            "cat /sys/fs/cgroup/user.slice/user-$(id -u oirs-terreno).slice/memory.swap.max",
            "0",
            "and kept out of the windows even if somebody switches it on",
        )?;
        self.answers(
            "cd /proc/sys/kernel && cat core_pattern sysrq yama/ptrace_scope | xargs",
            "|/bin/false 0 3",
            "no core dumps, no magic keys, nobody looks into another's memory",
        )?;
        self.answers(
            &format!("awk '/Max core file size/ {{print $5, $6}}' /proc/$(pgrep --exact {WINDOWS} | head -1)/limits"),
            "0 0",
            "the windows' own limit says so as well",
        )?;
        self.answers(
            "find /var/log/journal -type f -newer /run/pin 2>/dev/null || true",
            "",
            "the journal is in memory",
        )?;
        let found = self.must(&format!(
            "find / -xdev -user oirs-terreno -type f -not -path '{DATA}/*' -newer /run/pin"
        ))?;
        self.holds(found.is_empty(), "the windows wrote nothing on the disk but the data folder", &found);
        self.answers(
            "systemctl is-enabled hibernate.target hibernate.target >/dev/null; systemctl hibernate 2>/dev/null && echo slept || echo no",
            "no",
            "it does not hibernate",
        )
    }

    /// What is mounted in the windows' own view of the files, at a stick's place.
    fn seen_by_windows(&mut self) -> Result<String, Trouble> {
        let line = format!(
            "nsenter --mount --target $(pgrep --exact {WINDOWS} | head -1) \
             findmnt --noheadings --raw --output TARGET,FSTYPE,OPTIONS | grep ^/media/oirs/sd || true"
        );
        self.must(&line)
    }

    fn sticks(&mut self) -> Result<(), Trouble> {
        let (ours, other) = (self.folder.join("stick.img"), self.folder.join("stick-other.img"));
        self.machine.plug(&ours)?;
        let mounted = self.machine.becomes("findmnt /media/oirs/sda1", EVENT_WITHIN)?;
        self.holds(mounted, "a stick called OIRS… is mounted by itself", "");
        if !mounted {
            return self.machine.unplug();
        }
        let options = self.must("findmnt --noheadings --output OPTIONS /media/oirs/sda1")?;
        let has = |word: &str| options.split(',').any(|option| option == word);
        let strict = ["rw", "nosuid", "nodev", "noexec"].iter().all(|word| has(word));
        let seen = self.seen_by_windows()?;
        self.holds(strict, "without programs, devices or other owners", &options);
        self.holds(seen.contains(" vfat rw,"), "the windows see it, and may write", &seen);
        let inside = format!("nsenter --mount --target $(pgrep --exact {WINDOWS} | head -1) {AS_STAND}");
        let wrote = self.run(&format!(
            "{inside} sh -c 'echo hola >/media/oirs/sda1/prueba.txt && sync -f /media/oirs/sda1'"
        ))?;
        self.holds(wrote.ok(), "the windows' user writes on it", &wrote.text);
        let ran = self.run("printf '#!/bin/sh\\nid\\n' >/media/oirs/sda1/run.sh; /media/oirs/sda1/run.sh")?;
        self.holds(!ran.ok(), "a program on it does not run", "");
        let said = self.terreno("bundle export /media/oirs/sda1")?;
        self.holds(said.get("entries").is_some(), "what waits is written onto it", said);
        // Pulled out while something is being written.
        self.must("systemd-run --quiet --collect --unit=writer sh -c 'while :; do head -c 1M /dev/zero >>/media/oirs/sda1/big || exit; done'")?;
        self.machine.unplug()?;
        let gone =
            self.machine.becomes("! findmnt /media/oirs/sda1 && test ! -e /media/oirs/sda1", EVENT_WITHIN)?;
        let seen = self.seen_by_windows()?;
        self.holds(
            gone && seen.is_empty(),
            "pulled out while it is written, it is gone without a trace",
            &seen,
        );
        self.must("systemctl stop writer 2>/dev/null; true")?;
        self.answers(
            "systemctl --failed --no-legend --plain | grep -v writer || true",
            "",
            "and no unit failed of it",
        )?;
        self.machine.plug(&ours)?;
        let again = self.machine.becomes("findmnt /media/oirs/sd?1", EVENT_WITHIN)?;
        self.holds(again, "put in again, it is there again", "");
        self.machine.unplug()?;
        self.machine.becomes("! findmnt /media/oirs/sda1", EVENT_WITHIN)?;
        self.machine.plug(&other)?;
        let there = self.machine.becomes("test -b /dev/disk/by-label/FOTOS", EVENT_WITHIN)?;
        self.machine.pause(STILL_FOR)?;
        let mounted = self.run("findmnt --source /dev/disk/by-label/FOTOS")?.ok();
        self.holds(there && !mounted, "a stick of another name is not looked at", "");
        self.machine.unplug()
    }

    fn session(&mut self) -> Result<(), Trouble> {
        let light = self.must("ls /sys/class/backlight | xargs")?;
        let session = self.must("loginctl list-sessions --no-legend | awk '{print $1}'")?;
        let active = self.must(&format!(
            "loginctl show-session {session} --property=Active --property=Type --property=Class | xargs"
        ))?;
        self.holds(
            active.contains("Active=yes"),
            "logind has the session in front",
            format!("{active}; lights: {}", if light.is_empty() { "none here" } else { &light }),
        );
        Ok(())
    }

    fn status(&mut self) -> Result<Value, Trouble> {
        self.terreno("update status")
    }

    /// Waits until the helper is done and the page is there.
    fn settled(&mut self, limit: Duration) -> Result<(), Trouble> {
        self.machine.becomes(
            &format!(
                "! systemctl is-active --quiet oirs-en-terreno-update.service && test ! -e {DATA}/updates/wanted"
            ),
            limit,
        )?;
        self.page().map(drop)
    }

    fn updates(&mut self) -> Result<(), Trouble> {
        self.must("oirs-central --data /srv/office release certify --root /srv/office/root-key-offline/root.key --out /srv/keys")?;
        self.must("mount -o ro /dev/vdc /srv/cargo")?;
        for (number, name) in [(1, "good"), (2, "synced"), (3, "dead"), (4, "mute"), (5, "later")] {
            self.must(&format!(
                "mkdir -p /srv/stick-{name}/oirs/releases && cd /srv/stick-{name}/oirs/releases && cp /srv/cargo/{name}.deb {number}.deb && \
                 oirs-central release sign {number}.deb --keys /srv/keys --number {number} --out {number}.release && chmod -R a+rX /srv/stick-{name}"
            ))?;
        }
        let number = |status: &Value| status.get("number").and_then(Value::as_u64);
        let outcome = |status: &Value| {
            let last = status.get("last").and_then(|last| last.get("outcome")).and_then(Value::as_str);
            last.unwrap_or_default().to_owned()
        };
        self.terreno("outing open --comuna 11303 --place Prueba --goal 5")?;
        let said = self.terreno("update take /srv/stick-good")?;
        self.settled(HELPER_WITHIN)?;
        let status = self.status()?;
        self.holds(
            number(&status).is_none() && status.get("waiting").is_some_and(|waiting| !waiting.is_null()),
            "in the middle of a day a version from a stick waits",
            if said.get("waiting").is_some() { String::new() } else { said.to_string() },
        );
        let refused = self.run("apt-get remove --yes oirs-en-terreno 2>&1")?;
        self.holds(
            !refused.ok() && refused.text.contains("hay una salida abierta"),
            "and apt does not take the program away",
            "",
        );
        let began = Instant::now();
        self.terreno("outing close")?;
        let switched =
            self.machine.becomes(&format!("readlink {LIB}/current | grep -q versions/1/"), HELPER_WITHIN)?;
        self.settled(HELPER_WITHIN)?;
        let status = self.status()?;
        self.picture("updated")?;
        self.holds(
            switched && number(&status) == Some(1) && outcome(&status) == "installed",
            "the outing closed, it goes in by itself, and stays since its windows live",
            format!("{} after the closing", time(began.elapsed())),
        );
        self.back_after("its windows come back as fast", &format!("pkill --signal KILL --exact {WINDOWS}"))?;

        self.must(
            "cd /srv/stick-synced/oirs/releases && oirs-central --data /srv/office release publish 2.release 2.deb",
        )?;
        self.terreno("sync")?;
        self.terreno("sync")?;
        self.terreno("outing open --comuna 11303 --place Prueba --goal 5")?;
        self.terreno("outing close")?;
        self.machine.becomes(&format!("readlink {LIB}/current | grep -q versions/2/"), HELPER_WITHIN)?;
        self.settled(HELPER_WITHIN)?;
        let status = self.status()?;
        self.holds(
            number(&status) == Some(2) && outcome(&status) == "installed",
            "the next one comes with a sync, and goes in at the next closing",
            if number(&status) == Some(2) { String::new() } else { status.to_string() },
        );

        let said = self.terreno("update take /srv/stick-later")?;
        self.holds(
            said.to_string().contains("update_ledger"),
            "one that can't read the ledger is refused by its name",
            "",
        );
        let again = self.terreno("update take /srv/stick-good")?;
        self.holds(again.to_string().contains("update_older"), "so is one that was here before", "");
        self.terreno("update take /srv/stick-mute")?;
        self.settled(HELPER_WITHIN)?;
        let status = self.status()?;
        self.holds(
            number(&status) == Some(2) && outcome(&status) == "update_rehearsal",
            "one that fails on a copy of the ledger never runs",
            outcome(&status),
        );
        let began = Instant::now();
        self.must(&format!("rm -rf {DATA}/updates/*.release {DATA}/updates/*.deb"))?;
        self.terreno("update take /srv/stick-dead")?;
        let came =
            self.machine.becomes(&format!("readlink {LIB}/current | grep -q versions/3/"), HELPER_WITHIN)?;
        let back =
            self.machine.becomes(&format!("readlink {LIB}/current | grep -q versions/2/"), HELPER_WITHIN)?;
        self.settled(HELPER_WITHIN)?;
        let status = self.status()?;
        self.picture("went-back")?;
        self.holds(
            came && back && number(&status) == Some(2) && outcome(&status) == "update_not_alive",
            "one whose windows don't live is gone back from by itself",
            format!("{}, of which {PATIENCE_S} s patience; {}", time(began.elapsed()), outcome(&status)),
        );
        let older = self.run("apt-get install --yes --reinstall /srv/stand.deb 2>&1")?;
        self.holds(
            !older.ok() && older.text.contains("es más antiguo"),
            "an older package by hand is refused",
            "",
        );
        self.answers("systemctl --failed --no-legend --plain", "", "no unit failed of all this")
    }

    /// Ends the proof: nothing runs after it.
    fn power(&mut self) -> Result<(), Trouble> {
        self.machine.hold(&["power"], Duration::from_secs(7))?;
        let off = self.machine.goes_off_within(Duration::from_secs(30));
        self.holds(off, "the power key held for five seconds switches off", "");
        Ok(())
    }
}
