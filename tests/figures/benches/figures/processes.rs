//! The real programs, optimised, as processes of this run.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// The requests of the field day, one JSON object each.
pub(crate) fn field_day() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/jornada/requests.jsonl");
    std::fs::read_to_string(path).unwrap().lines().map(ToOwned::to_owned).collect()
}

/// Where the optimised programs are.
pub(crate) struct Programs {
    folder: PathBuf,
}

impl Programs {
    pub(crate) fn build() -> Self {
        let built = Command::new(env!("CARGO"))
            .args(["build", "--release", "--quiet", "--package", "stand", "--package", "central", "--bins"])
            .status()
            .unwrap();
        assert!(built.success(), "the programs did not build");
        // This benchmark is target/release/deps/figures-…
        let folder = std::env::current_exe().unwrap().ancestors().nth(2).unwrap().to_owned();
        Self { folder }
    }

    pub(crate) fn terreno(&self, data: &Path) -> Command {
        let mut command = Command::new(self.folder.join("terreno"));
        command.arg("--data").arg(data).arg("--json");
        command
    }

    /// A central office of its own, serving.
    pub(crate) fn office(&self, dir: &Path, serve: &[&str]) -> Office<'_> {
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
        let address = ready.trim().strip_prefix("listening http://").expect("ready").to_owned();
        Office { programs: self, data, child, address }
    }

    fn central(&self, data: &Path) -> Command {
        let mut command = Command::new(self.folder.join("oirs-central"));
        command.arg("--data").arg(data).arg("--json");
        command
    }
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
        let data = dir.join(label);
        let central = format!("http://{}", self.address);
        json(self.programs.terreno(&data).args([
            "enrol",
            "--central",
            &central,
            "--code",
            &self.code(label),
        ]));
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
