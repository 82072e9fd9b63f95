//! Killing a program at a chosen call, or failing that call: `strace` injects the signal or the error as the call is
//! entered, and the call is not done.
//!
//! `strace -D` puts the tracer beside the program instead of above it: the process that is started is the program
//! itself, and ends with its own status. A call is counted per thread, as `strace` counts `when=`.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::Chance;

/// The calls that change what is on the disk, and those that tell others.
pub const CALLS: &str = "fsync,fdatasync,write,pwrite64,rename,renameat,renameat2,unlink,unlinkat,ftruncate";

/// Where a program is killed: as it enters a call for the nth time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// The call.
    pub call: String,
    /// How many times a thread enters it, this one included.
    pub nth: usize,
}

/// What a trace is for.
#[derive(Debug, Clone, Copy)]
pub enum Kill<'a> {
    /// The calls are counted.
    Nowhere,
    /// The program is killed.
    At(&'a Point),
    /// The call fails as on a broken disk, and the program goes on.
    Failing(&'a Point),
}

/// The calls that say which file a descriptor is, traced where a call fails.
const DESCRIPTORS: &str = "openat,close";

/// The command under `strace`.
pub fn strace(command: &Command, kill: Kill<'_>, trace: &Path) -> Command {
    let mut traced = Command::new("strace");
    traced.args(["-D", "-f", "-qq", "-s", "0", "-e", "signal=none", "-e"]);
    match kill {
        Kill::Nowhere => traced.arg(format!("trace={CALLS}")),
        Kill::At(Point { call, nth }) => {
            let inject = format!("inject={call}:signal=SIGKILL:when={nth}");
            traced.arg(format!("trace={CALLS}")).arg("-e").arg(inject)
        }
        Kill::Failing(Point { call, nth }) => {
            let inject = format!("inject={call}:error=EIO:when={nth}");
            traced.arg(format!("trace={CALLS},{DESCRIPTORS}")).arg("-e").arg(inject)
        }
    };
    traced.arg("-o").arg(trace).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => traced.env(name, value),
            None => traced.env_remove(name),
        };
    }
    traced
}

/// How often each call was entered in a trace, by the thread that entered it most.
pub fn counted(trace: &str) -> BTreeMap<String, usize> {
    let mut by_thread: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for line in trace.lines() {
        // "4100  fsync(5) = 0"; an interrupted call is entered once, and resumed in another line.
        let Some((thread, rest)) = line.split_once(char::is_whitespace) else { continue };
        let Some((call, _)) = rest.trim_start().split_once('(') else { continue };
        if CALLS.split(',').any(|known| known == call) {
            *by_thread.entry((thread, call)).or_default() += 1;
        }
    }
    let mut most = BTreeMap::new();
    for ((_, call), times) in by_thread {
        let known: &mut usize = most.entry(call.to_owned()).or_default();
        *known = times.max(*known);
    }
    most
}

/// Every point of a trace.
pub fn points_of(trace: &str) -> Vec<Point> {
    counted(trace)
        .into_iter()
        .flat_map(|(call, times)| (1..=times).map(move |nth| Point { call: call.clone(), nth }))
        .collect()
}

/// As many points as the gate has time for, drawn by chance. `OIRS_KILL` is another seed, or `all` for every point.
pub fn selected<T>(mut points: Vec<T>, share: usize) -> Vec<T> {
    let wish = std::env::var("OIRS_KILL").unwrap_or_default();
    if wish == "all" {
        return points;
    }
    Chance::seeded(wish.parse().unwrap_or(1)).shuffle(&mut points);
    points.truncate(share);
    points
}

/// Does something at every point, on two threads, and says how many points were reached.
pub fn at_each<T: Sync>(points: &[T], work: impl Fn(&T) -> bool + Sync) -> usize {
    let parts: Vec<&[T]> = points.chunks(points.len().div_ceil(2).max(1)).collect();
    std::thread::scope(|scope| {
        let reach = |part: &&[T]| part.iter().filter(|point| work(point)).count();
        let threads: Vec<_> = parts.iter().map(|part| scope.spawn(move || reach(part))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    })
}
