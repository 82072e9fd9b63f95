//! Syncing by itself, for as long as somebody keeps the handle: a thread that tries by the rhythm of the sync crate.
//!
//! "Sent today" on a citizen's screen is true without anybody's thinking of it.

use std::path::Path;

use sync::Outcome;
use sync::driver::{Cancel, Rhythm, cancel, sync_by_itself};
use tokio::sync::watch;

use crate::StandError;

/// The thread that syncs by itself. Dropping it stops it after the attempt under way.
pub struct AutomaticSync {
    records: watch::Sender<u64>,
    people: watch::Sender<u64>,
    stop: Cancel,
}

impl AutomaticSync {
    /// Begins with an attempt at once. `attempt` makes one sync and says how it ended; an error is the machine's own.
    pub fn start<A>(rhythm: Rhythm, mut attempt: A) -> Result<Self, StandError>
    where
        A: AsyncFnMut() -> Result<Outcome, StandError> + Send + 'static,
    {
        let (records, nudged) = watch::channel(0);
        let (people, asked) = watch::channel(0);
        let (stop, cancelled) = cancel();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|source| StandError::io(Path::new("tokio"), source))?;
        std::thread::Builder::new()
            .name("sync".into())
            .spawn(move || {
                let attempts = async || attempt().await;
                runtime.block_on(sync_by_itself(rhythm, nudged, asked, cancelled, attempts));
            })
            .map_err(|source| StandError::io(Path::new("thread"), source))?;
        Ok(Self { records, people, stop })
    }

    /// There is something new to send: the next attempt comes soon.
    pub fn nudge(&self) {
        self.records.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// A person asks: the next attempt comes at once.
    pub fn ask(&self) {
        self.people.send_modify(|count| *count = count.wrapping_add(1));
    }
}

impl Drop for AutomaticSync {
    fn drop(&mut self) {
        self.stop.now();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn it_tries_at_once_and_ends_with_its_handle() {
        let (tried, attempts) = mpsc::channel();
        let automatic = AutomaticSync::start(Rhythm::default(), async move || {
            let _ = tried.send(());
            Ok(Outcome::Done)
        })
        .unwrap();
        automatic.nudge();
        automatic.ask();
        attempts.recv().unwrap();
        drop(automatic);
        // The thread is over once its side of the channel is gone.
        while attempts.recv().is_ok() {}
    }
}
