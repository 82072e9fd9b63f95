//! What a run has started, written down, so that the next one can stop what a killed run left behind.
//!
//! A process is named by its number and the moment it started: numbers are given out again, and a stranger
//! that got one must not be stopped in place of ours.

use crate::children::Background;
use crate::tree::{self, Tree};
use crate::trouble::Trouble;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, kill_process_group, pidfd_open};
use std::path::PathBuf;

/// How long something left behind may take to end.
const END_TIME_MAX: Timespec = Timespec { tv_sec: 10, tv_nsec: 0 };

/// The list of this run's processes.
#[derive(Debug)]
pub(super) struct Started {
    path: PathBuf,
    lines: Vec<String>,
}

impl Started {
    /// Begins a list, after stopping what an earlier run left behind. Two runs at once would share their data.
    pub(super) fn claim(tree: &Tree) -> Result<Self, Trouble> {
        let folder = tree.target.join("run");
        std::fs::create_dir_all(&folder).map_err(|source| Trouble::file(&folder, &source))?;
        let path = folder.join("started");
        let left = std::fs::read_to_string(&path).unwrap_or_default();
        let mut left = left.lines().filter_map(parse).filter(|(id, since)| began(*id) == Some(*since));
        let own = i32::try_from(std::process::id()).unwrap_or_default();
        for (at, (id, _)) in left.by_ref().enumerate() {
            if at == 0 && id != own && is_run(id) {
                return Err(Trouble::new(
                    format!("`cargo xtask run` is running already, as process {id}"),
                    "use its window, or stop it first",
                ));
            }
            tree::say(format!("stopping process {id}, which an earlier run left behind"));
            stop(id);
        }
        let mut started = Self { path, lines: Vec::new() };
        started.note(own)?;
        Ok(started)
    }

    /// Writes down one more.
    pub(super) fn add(&mut self, program: &Background) -> Result<(), Trouble> {
        self.note(program.id())
    }

    fn note(&mut self, id: i32) -> Result<(), Trouble> {
        if let Some(since) = began(id) {
            self.lines.push(format!("{id} {since}\n"));
        }
        std::fs::write(&self.path, self.lines.concat()).map_err(|source| Trouble::file(&self.path, &source))
    }
}

fn parse(line: &str) -> Option<(i32, u64)> {
    let (id, since) = line.split_once(' ')?;
    Some((id.parse().ok()?, since.parse().ok()?))
}

/// When a process started, in the kernel's ticks; `None` when it is gone.
fn began(id: i32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The second field is the program's name in brackets, and may hold anything; the start is the 22nd.
    let rest = stat.rsplit_once(')')?.1;
    rest.split_whitespace().nth(19)?.parse().ok()
}

/// Whether a process is one of us.
fn is_run(id: i32) -> bool {
    std::fs::read_to_string(format!("/proc/{id}/comm")).is_ok_and(|name| name.trim() == "xtask")
}

/// Asks a process and its group to end, and waits for the process.
fn stop(id: i32) {
    let Some(id) = Pid::from_raw(id) else { return };
    let Ok(handle) = pidfd_open(id, PidfdFlags::empty()) else { return };
    for signal in [Signal::TERM, Signal::KILL] {
        if kill_process_group(id, signal).is_err() {
            return;
        }
        if poll(&mut [PollFd::new(&handle, PollFlags::IN)], Some(&END_TIME_MAX)).is_ok_and(|ready| ready > 0)
        {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn what_an_earlier_run_left_is_stopped_and_a_stranger_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let tree = Tree { root: folder.path().to_owned(), target: folder.path().to_owned() };
        std::fs::create_dir_all(folder.path().join("run")).unwrap();
        let mut ours = Background::start(Command::new("sleep").arg("600")).unwrap();
        let stranger = Background::start(Command::new("sleep").arg("600")).unwrap();
        let since = began(ours.id()).unwrap();
        let gone = format!("999999999 1\n{} {since}\n{} 1\n", ours.id(), stranger.id());
        std::fs::write(folder.path().join("run/started"), gone).unwrap();
        Started::claim(&tree).unwrap();
        assert!(!ours.wait().unwrap().success());
        assert!(began(stranger.id()).is_some());
        let list = std::fs::read_to_string(folder.path().join("run/started")).unwrap();
        assert_eq!(list.lines().count(), 1, "{list}");
    }

    #[test]
    fn a_process_that_is_gone_never_began() {
        assert!(began(i32::try_from(std::process::id()).unwrap()).is_some());
        assert_eq!(began(999_999_999), None);
    }
}
