//! The real programs, optimised, as processes of this run.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use domain::RequestDraft;
use serde_json::Value;
use tempfile::TempDir;

/// The requests of the field day, one JSON object each.
pub(crate) fn field_day() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/jornada/requests.jsonl");
    std::fs::read_to_string(path).unwrap().lines().map(ToOwned::to_owned).collect()
}

/// The same, as drafts that were never filed.
pub(crate) fn drafts() -> Vec<RequestDraft> {
    let draft = |line: &String| RequestDraft { id: None, ..RequestDraft::from_json(line).unwrap() };
    field_day().iter().map(draft).collect()
}

/// The same request as somebody else's: without the id by which it would be known.
pub(crate) fn without_id(line: &str) -> String {
    let mut value: Value = serde_json::from_str(line).unwrap();
    value.as_object_mut().unwrap().remove("id");
    value.to_string()
}

/// Where the optimised programs are.
pub(crate) struct Programs {
    folder: PathBuf,
}

impl Programs {
    pub(crate) fn build() -> Self {
        build(&["--package", "stand", "--package", "central", "--bins"]);
        // This benchmark is target/release/deps/figures-…
        let folder = std::env::current_exe().unwrap().ancestors().nth(2).unwrap().to_owned();
        Self { folder }
    }

    /// Where a program is.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(crate) fn terreno(&self, data: &Path) -> Command {
        let mut command = Command::new(self.folder.join("terreno"));
        command.arg("--data").arg(data).arg("--json");
        command
    }

    /// A central office of its own, serving.
    pub(crate) fn office(&self, dir: &Path, serve: &[&str]) -> Office<'_> {
        self.office_over(dir, serve, "http")
    }

    /// A central office of its own, serving over this scheme.
    pub(crate) fn office_over(&self, dir: &Path, serve: &[&str], scheme: &str) -> Office<'_> {
        let data = dir.join("central");
        json(self.central(&data).args(["init", "--public-url", "https://oirs.example.cl"]));
        let mut child = self
            .central(&data)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(serve)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut ready = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut ready).unwrap();
        let address = ready.trim().strip_prefix(&format!("listening {scheme}://")).expect("ready").to_owned();
        Office { programs: self, data, child, address }
    }

    fn central(&self, data: &Path) -> Command {
        let mut command = Command::new(self.folder.join("oirs-central"));
        command.arg("--data").arg(data).arg("--json");
        command
    }
}

/// Builds release programs, as `cargo build` is told.
pub(crate) fn build(what: &[&str]) {
    let built =
        Command::new(env!("CARGO")).args(["build", "--release", "--locked", "--quiet"]).args(what).status();
    assert!(built.unwrap().success(), "{what:?} did not build");
}

/// A serving office; ends with the value.
pub(crate) struct Office<'a> {
    programs: &'a Programs,
    data: PathBuf,
    child: Child,
    pub(crate) address: String,
}

impl Office<'_> {
    /// A code for a new stand.
    pub(crate) fn code(&self, label: &str) -> String {
        let answer = json(self.programs.central(&self.data).args(["device", "new", "--label", label]));
        answer["code"].as_str().unwrap().to_owned()
    }

    /// An enrolled stand's data folder.
    pub(crate) fn enrol(&self, dir: &Path, label: &str) -> PathBuf {
        self.enrol_with(dir, label, &[])
    }

    /// An enrolled stand's data folder, enrolled with more options.
    pub(crate) fn enrol_with(&self, dir: &Path, label: &str, options: &[&str]) -> PathBuf {
        let (data, code) = (dir.join(label), self.code(label));
        let central = format!("http://{}", self.address);
        let mut command = self.programs.terreno(&data);
        json(command.args(["enrol", "--central", &central, "--code", &code]).args(options));
        data
    }
}

impl Drop for Office<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a command to its end and reads the last JSON object that it printed, if any.
pub(crate) fn json(command: &mut Command) -> Value {
    let output = command.stderr(Stdio::inherit()).output().unwrap();
    assert!(output.status.success(), "{command:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().last().and_then(|line| serde_json::from_str(line).ok()).unwrap_or(Value::Null)
}

/// Runs a command with lines on its standard input.
pub(crate) fn feed(command: &mut Command, lines: &[String]) {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    for line in lines {
        writeln!(input, "{line}").unwrap();
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

/// How often a command, fed with lines, has the disk synced: counted by `strace`.
pub(crate) fn syncs_of(command: &Command, lines: &[String], dir: &Path) -> usize {
    let trace = dir.join("syncs.trace");
    let mut traced = Command::new("strace");
    traced.args(["-f", "-qq", "-e", "trace=fsync,fdatasync,sync_file_range", "-e", "signal=none", "-o"]);
    traced.arg(&trace).arg(command.get_program()).args(command.get_args());
    feed(&mut traced, lines);
    std::fs::read_to_string(trace).unwrap().lines().filter(|line| line.contains("sync(")).count()
}

/// A folder in memory where the system has a place for one; or else beside the others.
pub(crate) fn in_memory(otherwise: &Path) -> TempDir {
    let memory = Path::new("/dev/shm");
    tempfile::tempdir_in(if memory.is_dir() { memory } else { otherwise }).unwrap()
}

/// Copies a folder and what is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}
