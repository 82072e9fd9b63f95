//! The thread that writes the mirror: woken by every commit, and by itself while the medium is away.

use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::job::{Job, OnIt};
use super::{MIRROR_WAIT, MirrorState};

/// How long after a failure it is tried again without anything new: the medium may be back.
const RETRY: Duration = Duration::from_secs(5);

/// A running writer. Dropping it waits, bounded, for what was recorded, and ends it.
pub(crate) struct MirrorWriter {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    work: Mutex<Work>,
    changed: Condvar,
}

struct Work {
    /// Commits so far.
    wanted: u64,
    /// Commits before the last pass began.
    done: u64,
    ends: bool,
    last: Last,
}

/// How the mirror was at the last pass.
#[derive(Debug, Clone)]
pub(super) struct Last {
    pub(super) state: MirrorState,
    /// Entries that were on it.
    pub(super) on_it: OnIt,
    /// Where it was found; none before the first pass.
    pub(super) folder: Option<PathBuf>,
}

impl Default for Work {
    fn default() -> Self {
        let last = Last { state: MirrorState::Unknown, on_it: OnIt::new(), folder: None };
        Self { wanted: 0, done: 0, ends: false, last }
    }
}

impl Shared {
    /// Nobody leaves it half changed, so what a thread that died left is as good as any.
    fn work(&self) -> MutexGuard<'_, Work> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl MirrorWriter {
    /// Starts writing: at first everything is compared.
    pub(super) fn start(job: Job) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let of_thread = Arc::clone(&shared);
        let thread =
            std::thread::Builder::new().name("mirror".into()).spawn(move || write(job, &of_thread))?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Something was committed.
    pub(crate) fn wake(&self) {
        let mut work = self.shared.work();
        work.wanted = work.wanted.saturating_add(1);
        self.shared.changed.notify_all();
    }

    /// How it was at the last pass.
    pub(super) fn last(&self) -> Last {
        self.shared.work().last.clone()
    }

    /// Waits until a pass has ended that began after everything that was recorded, at most so long.
    pub(super) fn settle(&self, at_most: Duration) {
        let until = Instant::now().checked_add(at_most);
        let mut work = self.shared.work();
        let wanted = work.wanted;
        while work.done < wanted || work.last.state == MirrorState::Unknown {
            let left = until.map_or(at_most, |until| until.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                return;
            }
            let waited = self.shared.changed.wait_timeout(work, left);
            work = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Drop for MirrorWriter {
    fn drop(&mut self) {
        let recorded = {
            let mut work = self.shared.work();
            work.ends = true;
            self.shared.changed.notify_all();
            work.wanted > 0
        };
        if recorded {
            self.settle(MIRROR_WAIT);
        }
        // A stick that hangs would hold up whoever ends; the thread goes with the process.
        if let Some(thread) = self.thread.take().filter(JoinHandle::is_finished) {
            let _ = thread.join();
        }
    }
}

fn write(mut job: Job, shared: &Shared) {
    loop {
        let begun = shared.work().wanted;
        let (state, on_it) = job.run();
        let mut work = shared.work();
        work.last = Last { state, on_it, folder: Some(job.folder().to_owned()) };
        work.done = begun;
        shared.changed.notify_all();
        while work.wanted == work.done {
            if work.ends {
                return;
            }
            if work.last.state == MirrorState::Current {
                work = shared.changed.wait(work).unwrap_or_else(PoisonError::into_inner);
            } else {
                let (woken, waited) =
                    shared.changed.wait_timeout(work, RETRY).unwrap_or_else(PoisonError::into_inner);
                work = woken;
                if waited.timed_out() {
                    break;
                }
            }
        }
        // Its last pass may have failed; who ends does not wait for a medium to come back.
        if work.ends && work.wanted == work.done {
            return;
        }
    }
}
