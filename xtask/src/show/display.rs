//! A display in memory, for machines without one and for tests that must not open windows on somebody's screen.

use crate::children::{Background, Log};
use crate::tree::Tree;
use crate::trouble::Trouble;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

const READY_TIME_MAX: Duration = Duration::from_secs(30);
/// A window that has painted nothing by then won't.
const PAINT_TIME_MAX: Duration = Duration::from_mins(1);
/// A picture with fewer colours is an empty screen or an unpainted window.
const COLOURS_MIN: u32 = 8;

/// A display in memory, as long as it is kept.
#[derive(Debug)]
pub(crate) struct Display {
    tree: Tree,
    name: String,
    _server: Background,
}

impl Display {
    /// Starts one under a number that nobody uses.
    pub(crate) fn start(tree: &Tree) -> Result<Self, Trouble> {
        let mut command = tree.command("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]);
        Log::begin(&tree.target, "display")?.receive(&mut command)?;
        let mut server = Background::start(command.stdout(Stdio::piped()))?;
        let number = first_line(&mut server, READY_TIME_MAX).ok_or_else(|| {
            let log = tree.target.join("log/display.log");
            Trouble::new("the display in memory did not start", format!("see {}", log.display()))
        })?;
        Ok(Self { tree: tree.clone(), name: format!(":{number}"), _server: server })
    }

    /// Lets a program open its windows here and nowhere else.
    pub(crate) fn lend(&self, command: &mut Command) {
        command.env("DISPLAY", &self.name).env_remove("WAYLAND_DISPLAY").env("GDK_BACKEND", "x11");
        command.env("NO_AT_BRIDGE", "1");
    }

    /// A picture of the whole screen under `target/screens/`, once a program has painted and holds still.
    pub(crate) fn picture(&self, program: &mut Background, name: &str) -> Result<PathBuf, Trouble> {
        let folder = self.tree.target.join("screens");
        std::fs::create_dir_all(&folder).map_err(|source| Trouble::file(&folder, &source))?;
        let path = folder.join(format!("{name}.png"));
        let (began, mut last) = (Instant::now(), String::new());
        while began.elapsed() < PAINT_TIME_MAX {
            let mut import = self.tree.command("import");
            self.lend(import.args(["-window", "root"]).arg(&path));
            let mut identify = self.tree.command("identify");
            identify.args(["-format", "%k %#"]).arg(&path);
            let taken = import.output().is_ok_and(|output| output.status.success());
            let seen = identify.output().map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
            let seen = seen.unwrap_or_default();
            let colours = seen.split(' ').next().and_then(|colours| colours.parse().ok()).unwrap_or(0);
            if taken && colours >= COLOURS_MIN && seen == last {
                return Ok(path);
            }
            last = seen;
            // Between two pictures, unless the program is gone.
            if let Some(status) = program.ended_within(Duration::from_millis(500)) {
                let log = self.tree.target.join("log/window.log");
                return Err(Trouble::new(
                    format!("the window ended with {status}"),
                    format!("see {}", log.display()),
                ));
            }
        }
        let log = self.tree.target.join("log/window.log");
        Err(Trouble::new(
            "the window painted nothing",
            format!("see {} and {}", path.display(), log.display()),
        ))
    }
}

/// The first line that a program writes; the rest is read and left, so that it never waits for a reader.
pub(super) fn first_line(program: &mut Background, limit: Duration) -> Option<String> {
    let output = program.stdout()?;
    let (told, waits) = mpsc::channel();
    std::thread::spawn(move || {
        let mut lines = BufReader::new(output).lines();
        if let Some(Ok(line)) = lines.next() {
            let _ = told.send(line);
        }
        lines.for_each(drop);
    });
    waits.recv_timeout(limit).ok().map(|line| line.trim().to_owned())
}
