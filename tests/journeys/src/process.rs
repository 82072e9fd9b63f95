//! One process of ours: fed, listened to line by line, waited for with a bound, and ended by its id.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

/// How long any single step may take on a machine that does much else.
pub const LIMIT: Duration = Duration::from_mins(2);

/// How a process ended.
#[derive(Debug)]
pub struct Done {
    /// Its exit status; none when a signal ended it.
    pub code: Option<i32>,
    /// The signal that ended it.
    pub signal: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Done {
    /// The process, expected to have ended with this status.
    #[track_caller]
    #[allow(clippy::return_self_not_must_use)] // Often nothing but the status matters.
    pub fn expect_code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "signal {:?}\n{}\n{}", self.signal, self.out, self.err);
        self
    }

    /// Every line of standard output as JSON.
    #[track_caller]
    pub fn lines(&self) -> Vec<Value> {
        json_lines(&self.out)
    }

    /// The only line of standard output as JSON.
    #[track_caller]
    pub fn answer(&self) -> Value {
        let lines = self.lines();
        assert_eq!(lines.len(), 1, "{}\n{}", self.out, self.err);
        lines.into_iter().next().unwrap()
    }

    /// Every line of standard error as JSON.
    #[track_caller]
    pub fn errors(&self) -> Vec<Value> {
        json_lines(&self.err)
    }
}

#[track_caller]
fn json_lines(text: &str) -> Vec<Value> {
    let read = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    text.lines().map(read).collect()
}

/// Where a process's standard error goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errors {
    /// Kept to the end.
    Kept,
    /// Appended to a file.
    In(PathBuf),
    /// Among the lines of standard output, to be waited for.
    AmongLines,
}

fn pass_lines(from: impl Read, to: &Sender<String>) {
    let mut from = BufReader::new(from);
    let mut bytes = Vec::new();
    while from.read_until(b'\n', &mut bytes).is_ok_and(|read| read > 0) {
        if to.send(String::from_utf8_lossy(&bytes).into_owned()).is_err() {
            return;
        }
        bytes.clear();
    }
}

/// A process that runs.
pub struct Running {
    id: Pid,
    /// What it reads; taken away to say that nothing more comes.
    pub input: Option<ChildStdin>,
    lines: Receiver<String>,
    err: Option<JoinHandle<String>>,
    ended: Receiver<ExitStatus>,
    status: Option<ExitStatus>,
}

impl Running {
    /// Starts a command.
    pub fn start(mut command: Command, errors: &Errors) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        if let Errors::In(path) = errors {
            command.stderr(std::fs::File::options().append(true).create(true).open(path).unwrap());
        }
        // Nothing of the machine's own settings decides what a test sees.
        for name in ["LC_ALL", "LC_MESSAGES"] {
            command.env_remove(name);
        }
        command.env("LANG", "es_CL.UTF-8");
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let id = Pid::from_child(&child);
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take().unwrap(), child.stderr.take());
        let (line, lines) = channel();
        let among_lines = *errors == Errors::AmongLines;
        let line_too = line.clone();
        std::thread::spawn(move || pass_lines(stdout, &line));
        let err = std::thread::spawn(move || {
            let mut bytes = Vec::new();
            match stderr {
                Some(stderr) if among_lines => pass_lines(stderr, &line_too),
                Some(mut stderr) => {
                    drop(line_too);
                    let _ = stderr.read_to_end(&mut bytes);
                }
                None => {}
            }
            String::from_utf8_lossy(&bytes).into_owned()
        });
        let (end, ended) = channel();
        std::thread::spawn(move || {
            let _ = end.send(child.wait().unwrap());
        });
        Self { id, input: stdin, lines, err: Some(err), ended, status: None }
    }

    /// The process's id.
    pub fn id(&self) -> Pid {
        self.id
    }

    /// Gives it a line to read.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.input.as_mut().unwrap().write_all(bytes).unwrap();
    }

    /// The next line that it writes, without its break; none when it writes no more.
    #[track_caller]
    pub fn line(&mut self) -> Option<String> {
        match self.lines.recv_timeout(LIMIT) {
            Ok(line) => Some(line.trim_end_matches('\n').to_owned()),
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => panic!("process {:?} said nothing in {LIMIT:?}", self.id),
        }
    }

    /// Sends it a signal, unless it ended before.
    pub fn signal(&mut self, signal: Signal) {
        self.status = self.status.or_else(|| self.ended.try_recv().ok());
        if self.status.is_none() {
            let _ = kill_process(self.id, signal);
        }
    }

    /// Waits for its end, bounded; what it still wrote comes along.
    #[track_caller]
    pub fn end(mut self) -> Done {
        drop(self.input.take());
        let status = self.wait().unwrap_or_else(|| panic!("process {:?} did not end in {LIMIT:?}", self.id));
        let out = self.lines.iter().collect();
        let err = self.err.take().map(|err| err.join().unwrap()).unwrap_or_default();
        Done { code: status.code(), signal: status.signal(), out, err }
    }

    fn wait(&mut self) -> Option<ExitStatus> {
        self.status = self.status.or_else(|| self.ended.recv_timeout(LIMIT).ok());
        self.status
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.status.is_none() {
            self.signal(Signal::KILL);
            self.wait();
        }
    }
}

/// Runs a command to its end, with this to read.
#[track_caller]
pub fn run(command: Command, input: &[u8]) -> Done {
    let input = input.to_owned();
    run_with(command, move |stdin| {
        // A process that ended early reads no more; its status tells.
        let _ = stdin.write_all(&input);
    })
}

/// Runs a command to its end, with whatever `feed` writes to read.
#[track_caller]
pub fn run_with(command: Command, feed: impl FnOnce(&mut ChildStdin) + Send + 'static) -> Done {
    let mut running = Running::start(command, &Errors::Kept);
    let mut stdin = running.input.take().unwrap();
    std::thread::spawn(move || feed(&mut stdin));
    running.end()
}

/// A command with arguments of any kind.
pub(crate) fn command(program: &OsStr, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args);
    command
}
