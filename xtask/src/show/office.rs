//! The two programs on this machine: a central office on a free loopback port, and a stand enrolled with it.

use super::display::first_line;
use super::started::Started;
use crate::children::{Background, Log, missing};
use crate::tree::{self, Tree};
use crate::trouble::Trouble;
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const READY_TIME_MAX: Duration = Duration::from_mins(1);
const LABEL: &str = "Puesto de demostración";
/// The team's PIN of the demonstration's stand. It opens functions and never records.
const PIN: &str = "2468";
/// The exit code of a stand that no central office has enrolled.
const NOT_ENROLLED: i32 = 6;

/// A central office and its stand.
#[derive(Debug)]
pub(super) struct Office<'a> {
    tree: &'a Tree,
    folder: PathBuf,
    /// `127.0.0.1:port`, once it serves.
    address: String,
    serving: Option<Background>,
}

impl<'a> Office<'a> {
    /// Makes the central office where there is none, and starts it.
    pub(super) fn prepare(tree: &'a Tree, started: &mut Started) -> Result<Self, Trouble> {
        let folder = tree.target.join("run");
        let address = std::fs::read_to_string(folder.join("address")).unwrap_or_default();
        let mut office = Self { tree, folder, address, serving: None };
        std::fs::write(office.pin(), PIN).map_err(|source| Trouble::file(&office.pin(), &source))?;
        // `init` was cut short, or the office is damaged: what is there is put aside, with its stand.
        let made = office.folder.join("made");
        if !made.exists() || !office.central(&["device", "list"])?.status.success() {
            office.put_aside("central")?;
            office.put_aside("stand")?;
            tree::say("making the central office");
            let output = office.central(&["init"])?;
            expect(&output, "oirs-central init")?;
            std::fs::write(&made, "").map_err(|source| Trouble::file(&made, &source))?;
        }
        office.serve(started)?;
        Ok(office)
    }

    /// The stand's data folder.
    pub(super) fn stand(&self) -> PathBuf {
        self.folder.join("stand")
    }

    fn pin(&self) -> PathBuf {
        self.folder.join("pin.txt")
    }

    fn data(&self) -> PathBuf {
        self.folder.join("central")
    }

    /// Starts serving, at the address that the stand knows, or at a free one the first time.
    pub(super) fn serve(&mut self, started: &mut Started) -> Result<(), Trouble> {
        let wanted = if self.address.is_empty() { "127.0.0.1:0" } else { &self.address };
        let ready = match self.try_serve(wanted)? {
            Some(ready) => Some(ready),
            // Somebody else has the port now, and the stand would look for its office there.
            None if !self.address.is_empty() => {
                self.put_aside("stand")?;
                self.try_serve("127.0.0.1:0")?
            }
            None => None,
        };
        let Some((program, address)) = ready else {
            let log = self.tree.target.join("log/central.log");
            return Err(Trouble::new("the central office did not start", format!("see {}", log.display())));
        };
        started.add(&program)?;
        self.address = address;
        self.serving = Some(program);
        let path = self.folder.join("address");
        std::fs::write(&path, &self.address).map_err(|source| Trouble::file(&path, &source))?;
        tree::say(format!("the central office serves at http://{}", self.address));
        Ok(())
    }

    fn try_serve(&self, address: &str) -> Result<Option<(Background, String)>, Trouble> {
        let mut command = self.tree.command(self.tree.built("oirs-central"));
        command.arg("--data").arg(self.data()).args(["serve", "--listen", address]);
        Log::begin(&self.tree.target, "central")?.receive(&mut command)?;
        let mut program = Background::start(command.stdout(Stdio::piped()))?;
        let line = first_line(&mut program, READY_TIME_MAX);
        let address = line.as_deref().and_then(|line| line.strip_prefix("listening http://"));
        Ok(address.map(|address| (program, address.to_owned())))
    }

    /// Puts the central office out of reach.
    pub(super) fn stop(&mut self) {
        self.serving = None;
    }

    /// Serves until whoever started it ends it.
    pub(super) fn serve_until_told(mut self) -> Result<(), Trouble> {
        tree::say("the central office goes on serving; Ctrl-C ends it");
        let Some(program) = &mut self.serving else { return Ok(()) };
        let ended = program.wait();
        ended
            .map(drop)
            .map_err(|source| Trouble::new(format!("the central office: {source}"), "start it again"))
    }

    /// Enrols the stand, unless it is enrolled.
    pub(super) fn enrol(&mut self, _started: &mut Started) -> Result<(), Trouble> {
        let status = self.terreno(&["ledger", "stats"])?.status;
        if status.success() {
            return Ok(());
        }
        if status.code() != Some(NOT_ENROLLED) {
            self.put_aside("stand")?;
        }
        tree::say("enrolling the stand");
        let output = self.central(&["device", "new", "--label", LABEL])?;
        let device = json(&output, "oirs-central device new")?;
        let code = device.get("code").and_then(Value::as_str).unwrap_or_default();
        let url = format!("http://{}", self.address);
        let pin = self.pin().display().to_string();
        let output = self.terreno(&["enrol", "--central", &url, "--code", code, "--new-pin-file", &pin])?;
        expect(&output, "terreno enrol")?;
        tree::say(format!("the stand's PIN is {PIN}"));
        Ok(())
    }

    /// Publishes the pack that is in the tree, unless it is published.
    pub(super) fn publish(&self, tree: &Tree) -> Result<(), Trouble> {
        let pack = tree.root.join("crates/catalogue/data/first-pack.json").display().to_string();
        let output = self.central(&["catalogue", "publish", &pack])?;
        expect(&output, "oirs-central catalogue publish")?;
        Ok(())
    }

    /// Files one request of the invented field day as a new one, and says its folio and due date.
    pub(super) fn record(&self, line: &str) -> Result<String, Trouble> {
        let mut request: Value = serde_json::from_str(line).unwrap_or_default();
        if let Some(fields) = request.as_object_mut() {
            // The same id again would record nothing, and a second run should show something too.
            fields.remove("id");
        }
        let mut command = self.program("terreno", &self.stand());
        command
            .args(["record", "request"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|source| missing(&command, &source))?;
        if let Some(mut input) = child.stdin.take() {
            // A program that has ended already says why below.
            let _ = writeln!(input, "{request}");
        }
        let output = child.wait_with_output().map_err(|source| missing(&command, &source))?;
        let answer = json(&output, "terreno record request")?;
        let word = |name: &str| answer.get(name).and_then(Value::as_str).unwrap_or("none").to_owned();
        Ok(format!("{} (answer due {})", word("folio"), word("due_on")))
    }

    /// Reconciles the stand, and says what went.
    pub(super) fn sync(&self) -> Result<String, Trouble> {
        let report = json(&self.terreno(&["sync"])?, "terreno sync")?;
        let number = |name: &str| report.get(name).and_then(Value::as_u64).unwrap_or_default();
        let (sent, acknowledged, held) = (number("sent"), number("acknowledged"), number("held"));
        let bytes = number("bytes_up").saturating_add(number("bytes_down"));
        Ok(format!(
            "{sent} entries sent, {acknowledged} acknowledged, {held} only here, {bytes} bytes both ways"
        ))
    }

    /// The last requests that the central office holds.
    pub(super) fn requests(&self, last: usize) -> Result<Vec<String>, Trouble> {
        let output = self.central(&["requests", "list"])?;
        expect(&output, "oirs-central requests list")?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut requests: Vec<Value> =
            text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let word = |request: &Value, name: &str| {
            request.get(name).and_then(Value::as_str).unwrap_or("none").to_owned()
        };
        requests.sort_by_key(|request| word(request, "captured_at"));
        let lines = requests.iter().rev().take(last).map(|request| {
            let [folio, kind, state, due] =
                ["folio", "kind", "state", "due_on"].map(|name| word(request, name));
            format!("{folio} {kind}, {state}, due {due}")
        });
        Ok(lines.collect())
    }

    /// The command lines to try by hand.
    pub(super) fn show_commands(&self) {
        let (terreno, central) = (self.tree.built("terreno"), self.tree.built("oirs-central"));
        let (terreno, central) = (terreno.display(), central.display());
        let (stand, data) = (self.stand(), self.data());
        let (stand, data) = (stand.display(), data.display());
        for line in [
            format!(
                "head -1 {FIELD_DAY} | {terreno} --data {stand} record request",
                FIELD_DAY = super::FIELD_DAY
            ),
            format!("{terreno} --data {stand} --pin-file {pin} sync", pin = self.pin().display()),
            format!("{central} --data {data} requests list"),
            format!("{central} --data {data} doctor"),
        ] {
            tree::say(format!("  {line}"));
        }
    }

    fn program(&self, name: &str, data: &Path) -> Command {
        let mut command = self.tree.command(self.tree.built(name));
        command.arg("--json").arg("--data").arg(data);
        command
    }

    fn terreno(&self, arguments: &[&str]) -> Result<Output, Trouble> {
        let mut command = self.program("terreno", &self.stand());
        command
            .arg("--pin-file")
            .arg(self.pin())
            .args(arguments)
            .output()
            .map_err(|source| missing(&command, &source))
    }

    fn central(&self, arguments: &[&str]) -> Result<Output, Trouble> {
        let mut command = self.program("oirs-central", &self.data());
        command.args(arguments).output().map_err(|source| missing(&command, &source))
    }

    /// Renames a folder out of the way. It may hold the only copy of somebody's records, so it is not deleted.
    fn put_aside(&self, name: &str) -> Result<(), Trouble> {
        let folder = self.folder.join(name);
        if !folder.exists() {
            return Ok(());
        }
        let free = (1_u32..).map(|number| self.folder.join(format!("{name}.aside-{number}")));
        let Some(aside) = free.into_iter().find(|path| !path.exists()) else { return Ok(()) };
        tree::say(format!("putting {} aside as {}", folder.display(), aside.display()));
        std::fs::rename(&folder, &aside).map_err(|source| Trouble::file(&folder, &source))
    }
}

/// Fails with what a program said, where it failed.
fn expect(output: &Output, what: &str) -> Result<(), Trouble> {
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Trouble::new(
        format!("{what}: {} ({})", said.trim(), output.status),
        "mend what it says, and run it again",
    ))
}

/// The one JSON object that a program printed.
fn json(output: &Output, what: &str) -> Result<Value, Trouble> {
    expect(output, what)?;
    serde_json::from_slice(&output.stdout).map_err(|source| {
        let said = String::from_utf8_lossy(&output.stdout);
        Trouble::new(
            format!("{what}: {source}: {}", said.trim()),
            "it must print one JSON object with --json",
        )
    })
}
