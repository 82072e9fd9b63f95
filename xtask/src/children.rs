//! The programs that a chore starts: each in a process group of its own, with a log, a time limit and an end.
//!
//! What was started is stopped by its number and never by its name: somebody's other work on the same machine
//! may carry the same name. A signal to a chore ends its children first, so that no server or virtual display
//! outlives the command that wanted it.

use crate::tree;
use crate::trouble::Trouble;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, kill_process_group, pidfd_open};
use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

/// How often a long command shows that it is alive, when a person watches and when a log does.
const SIGN_OF_LIFE: (Duration, Duration) = (Duration::from_secs(15), Duration::from_mins(1));

/// How long a program may take to end once it is asked to.
const END_TIME_MAX: Duration = Duration::from_secs(10);

/// The process groups that were started and have not ended.
static GROUPS: Mutex<BTreeSet<i32>> = Mutex::new(BTreeSet::new());

/// Ends the children and then this program when somebody asks it to end.
pub(crate) fn end_with_signals() -> Result<(), Trouble> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]).map_err(|source| {
        Trouble::new(
            format!("cannot listen to signals: {source}"),
            "try again; the system is short of memory",
        )
    })?;
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            stop_all();
            std::process::exit(130);
        }
    });
    Ok(())
}

/// Asks every group that is still there to end.
pub(crate) fn stop_all() {
    for group in GROUPS.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        signal(*group, Signal::TERM);
    }
}

fn signal(group: i32, signal: Signal) {
    if let Some(group) = Pid::from_raw(group) {
        // A group that is gone already is what was wanted.
        let _ = kill_process_group(group, signal);
    }
}

/// A program that runs in the background until it is dropped.
#[derive(Debug)]
pub(crate) struct Background {
    child: Child,
    group: i32,
}

impl Background {
    /// Starts it, in a process group of its own.
    pub(crate) fn start(command: &mut Command) -> Result<Self, Trouble> {
        let child = command.process_group(0).spawn().map_err(|source| missing(command, &source))?;
        let group = child.id().cast_signed();
        GROUPS.lock().unwrap_or_else(PoisonError::into_inner).insert(group);
        Ok(Self { child, group })
    }

    /// Its process number, which is its group's too.
    pub(crate) fn id(&self) -> i32 {
        self.group
    }

    /// Its standard output, when it was piped and not taken yet.
    pub(crate) fn stdout(&mut self) -> Option<std::process::ChildStdout> {
        self.child.stdout.take()
    }

    /// Waits for it to end by itself.
    pub(crate) fn wait(&mut self) -> std::io::Result<ExitStatus> {
        self.child.wait()
    }

    /// Waits for it to end by itself, as long as `limit`; `None` when it goes on.
    pub(crate) fn ended_within(&mut self, limit: Duration) -> Option<ExitStatus> {
        let (Some(id), Ok(whole)) = (Pid::from_raw(self.group), Timespec::try_from(limit)) else {
            return None;
        };
        if let Ok(handle) = pidfd_open(id, PidfdFlags::empty()) {
            let _ = poll(&mut [PollFd::new(&handle, PollFlags::IN)], Some(&whole));
        }
        self.child.try_wait().ok().flatten()
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            signal(self.group, Signal::TERM);
            if self.ended_within(END_TIME_MAX).is_none() {
                signal(self.group, Signal::KILL);
                let _ = self.child.wait();
            }
        }
        // What it had started itself and left behind.
        signal(self.group, Signal::KILL);
        GROUPS.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.group);
    }
}

/// What a command that was waited for has said.
#[derive(Debug)]
pub(crate) struct Ended {
    /// Whether it ended well.
    pub(crate) success: bool,
    /// Everything that it wrote on both outputs.
    pub(crate) output: String,
}

/// Where a chore's commands write, one after another.
#[derive(Debug)]
pub(crate) struct Log {
    /// The file.
    pub(crate) path: PathBuf,
    name: String,
}

impl Log {
    /// An empty log under `target/log`, in place of the one from last time.
    pub(crate) fn begin(target: &Path, name: &str) -> Result<Self, Trouble> {
        let folder = target.join("log");
        std::fs::create_dir_all(&folder).map_err(|source| Trouble::file(&folder, &source))?;
        let path = folder.join(format!("{name}.log"));
        File::create(&path).map_err(|source| Trouble::file(&path, &source))?;
        Ok(Self { path, name: name.to_owned() })
    }

    /// Both outputs of a command, at the log's end.
    pub(crate) fn receive(&self, command: &mut Command) -> Result<(), Trouble> {
        let open = || OpenOptions::new().append(true).open(&self.path);
        let out = open().map_err(|source| Trouble::file(&self.path, &source))?;
        let err = open().map_err(|source| Trouble::file(&self.path, &source))?;
        command.stdout(out).stderr(err);
        Ok(())
    }

    /// The last lines, for whoever must find out why.
    pub(crate) fn tail(&self, lines: usize) -> String {
        let text = read_from(&self.path, 0);
        let all: Vec<&str> = text.lines().collect();
        let skipped = all.len().saturating_sub(lines);
        let last: Vec<String> = all.into_iter().skip(skipped).map(|line| format!("    {line}")).collect();
        last.join("\n")
    }

    /// Runs a command to its end, showing signs of life; past `limit` it is killed, with all that it started.
    pub(crate) fn run(&self, command: &mut Command, limit: Duration) -> Result<Ended, Trouble> {
        let before = std::fs::metadata(&self.path).map_or(0, |meta| meta.len());
        self.receive(command)?;
        let mut running = Background::start(command)?;
        let group = running.group;
        let (told, waits) = mpsc::channel();
        let started = Instant::now();
        let status = std::thread::scope(|scope| {
            let child = &mut running.child;
            scope.spawn(move || told.send(child.wait()));
            let life = if tree::watched() { SIGN_OF_LIFE.0 } else { SIGN_OF_LIFE.1 };
            loop {
                match waits.recv_timeout(life.min(limit)) {
                    Ok(status) => return status.ok(),
                    Err(mpsc::RecvTimeoutError::Disconnected) => return None,
                    Err(mpsc::RecvTimeoutError::Timeout) if started.elapsed() >= limit => {
                        signal(group, Signal::KILL);
                        return None;
                    }
                    Err(mpsc::RecvTimeoutError::Timeout) => self.show_life(before, started.elapsed()),
                }
            }
        });
        let output = read_from(&self.path, before);
        let Some(status) = status else {
            return Err(Trouble::new(
                format!("{}: stopped after {}", words(command), time(limit)),
                format!("read {}; if the machine was only busy, run the step again", self.path.display()),
            ));
        };
        Ok(Ended { success: status.success(), output })
    }

    fn show_life(&self, before: u64, elapsed: Duration) {
        let text = read_from(&self.path, before);
        let last = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("");
        let last: String = last.trim().chars().take(90).collect();
        tree::say(format!("      {} {} … {last}", self.name, time(elapsed)));
    }
}

fn read_from(path: &Path, offset: u64) -> String {
    let mut bytes = Vec::new();
    if let Ok(mut file) = File::open(path)
        && file.seek(SeekFrom::Start(offset)).is_ok()
    {
        let _ = file.read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A command as one would type it.
pub(crate) fn words(command: &Command) -> String {
    let arguments = command.get_args().map(|argument| argument.to_string_lossy());
    let program = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy();
    std::iter::once(program).chain(arguments).collect::<Vec<_>>().join(" ")
}

/// A command that did not even start.
pub(crate) fn missing(command: &Command, source: &std::io::Error) -> Trouble {
    Trouble::new(
        format!("{} did not start: {source}", words(command)),
        format!("install {}, or put it on the PATH", command.get_program().to_string_lossy()),
    )
}

/// A length of time as a person reads it: `8 s`, `3 min 20 s`.
pub(crate) fn time(length: Duration) -> String {
    let seconds = length.as_secs();
    match (seconds.checked_div(60), seconds.checked_rem(60)) {
        (Some(minutes), Some(rest)) if minutes > 0 => format!("{minutes} min {rest} s"),
        _ => format!("{seconds} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log() -> (tempfile::TempDir, Log) {
        let folder = tempfile::tempdir().unwrap();
        let log = Log::begin(folder.path(), "sample").unwrap();
        (folder, log)
    }

    #[test]
    fn a_command_leaves_its_words_and_its_status() {
        let (_folder, log) = log();
        let ended =
            log.run(Command::new("sh").args(["-c", "echo one; echo two >&2"]), Duration::from_mins(1));
        let ended = ended.unwrap();
        assert!(ended.success);
        assert_eq!(ended.output, "one\ntwo\n");
        let ended =
            log.run(Command::new("sh").args(["-c", "echo three; exit 3"]), Duration::from_mins(1)).unwrap();
        assert!(!ended.success);
        assert_eq!(ended.output, "three\n");
        assert_eq!(log.tail(2), "    two\n    three");
    }

    #[test]
    fn a_command_past_its_limit_is_stopped_with_what_it_started() {
        let (folder, log) = log();
        let held = folder.path().join("held");
        assert!(Command::new("mkfifo").arg(&held).status().unwrap().success());
        // Reading ends when nobody holds the other end any more: neither the shell nor what it started.
        let reader = std::thread::spawn({
            let held = held.clone();
            move || std::fs::read(held)
        });
        let mut script = Command::new("sh");
        script.args(["-c", "exec 9>\"$0\"; sleep 600 & wait"]).arg(&held);
        let trouble = log.run(&mut script, Duration::from_millis(300)).unwrap_err();
        assert!(trouble.what.contains("stopped after"), "{trouble}");
        assert!(reader.join().unwrap().unwrap().is_empty());
    }

    #[test]
    fn what_runs_in_the_background_ends_when_dropped() {
        let mut command = Command::new("sleep");
        let running = Background::start(command.arg("600")).unwrap();
        let id = running.id();
        drop(running);
        assert!(!Path::new(&format!("/proc/{id}")).exists());
    }

    #[test]
    fn a_missing_program_is_named() {
        let trouble = Background::start(&mut Command::new("no-such-program-here")).unwrap_err();
        assert!(trouble.to_string().contains("no-such-program-here"), "{trouble}");
    }

    #[test]
    fn times_read_well() {
        for (seconds, expected) in [(0, "0 s"), (59, "59 s"), (60, "1 min 0 s"), (200, "3 min 20 s")] {
            assert_eq!(time(Duration::from_secs(seconds)), expected);
        }
    }
}
