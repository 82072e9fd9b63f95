//! Syncing by itself: when to try next.
//!
//! Nothing tells reliably that a network has come back, on any of the systems that stands run on; trying tells,
//! and without a route it costs nothing but a refused connection. So a stand without a network tries often, one
//! whose office is in trouble less and less often, and one that only a person can help hardly at all. Whatever the
//! delay, staff and new records may cut it short.

use std::time::Duration;

use tokio::sync::watch;

use super::Cancelled;
use crate::{Fault, Outcome};

/// Bounds of the delays between two syncs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// After a sync that did all there was to do.
    pub content: Duration,
    /// While there is no network.
    pub offline: Duration,
    /// After the first trouble at the office or on the way; doubles with each further one.
    pub trouble_first: Duration,
    /// The most that it grows to.
    pub trouble_max: Duration,
    /// When only a person can help.
    pub permanent: Duration,
    /// The least after any sync, however many records come. A person who asks waits for nothing.
    pub least: Duration,
}

impl Default for Rhythm {
    fn default() -> Self {
        Self {
            content: Duration::from_mins(15),
            offline: Duration::from_secs(30),
            trouble_first: Duration::from_secs(30),
            trouble_max: Duration::from_mins(15),
            permanent: Duration::from_hours(1),
            least: Duration::from_secs(5),
        }
    }
}

/// Counts troubles in a row.
#[derive(Debug, Clone)]
pub struct Automatic {
    rhythm: Rhythm,
    troubles: u32,
}

impl Automatic {
    /// Nothing tried yet.
    pub fn new(rhythm: Rhythm) -> Self {
        Self { rhythm, troubles: 0 }
    }

    /// How long to wait after a sync that ended so.
    pub fn after(&mut self, outcome: &Outcome) -> Duration {
        let Outcome::Failed(fault) = outcome else {
            self.troubles = 0;
            return self.rhythm.content;
        };
        match fault {
            Fault::NoNetwork => {
                self.troubles = 0;
                self.rhythm.offline
            }
            fault if fault.is_permanent() => self.rhythm.permanent,
            fault => {
                let doubled = 2_u32.saturating_pow(self.troubles);
                self.troubles = self.troubles.saturating_add(1);
                let wish = match fault {
                    Fault::ServerBusy { retry_after_s } => retry_after_s.unwrap_or(0),
                    _ => 0,
                };
                let delay = self.rhythm.trouble_first.saturating_mul(doubled).min(self.rhythm.trouble_max);
                delay.max(Duration::from_secs(wish))
            }
        }
    }
}

/// Syncs again and again until it is stopped. `nudged` changes when there is a reason to try soon: a record;
/// `asked` when a person wants it now. A sync that the local disk failed counts as permanent trouble.
pub async fn sync_by_itself<E>(
    rhythm: Rhythm,
    mut nudged: watch::Receiver<u64>,
    mut asked: watch::Receiver<u64>,
    mut cancelled: Cancelled,
    mut sync: impl AsyncFnMut() -> Result<Outcome, E>,
) {
    let mut automatic = Automatic::new(rhythm);
    loop {
        nudged.mark_unchanged();
        asked.mark_unchanged();
        let delay = match sync().await {
            Ok(outcome) => automatic.after(&outcome),
            Err(_) => rhythm.permanent,
        };
        let rest = async {
            tokio::time::sleep(rhythm.least).await;
            tokio::select! {
                () = tokio::time::sleep(delay.saturating_sub(rhythm.least)) => {}
                () = changed(&mut nudged) => {}
            }
        };
        tokio::select! {
            biased;
            () = cancelled.said() => return,
            () = changed(&mut asked) => {}
            () = rest => {}
        }
    }
}

/// Resolves at the next nudge, and never once nobody is left to nudge.
async fn changed(nudged: &mut watch::Receiver<u64>) {
    if nudged.changed().await.is_err() {
        std::future::pending::<()>().await;
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;
    use tokio::time::Instant;

    const BUSY: Outcome = Outcome::Failed(Fault::ServerBusy { retry_after_s: None });

    #[test]
    fn delays_follow_what_happened() {
        let rhythm = Rhythm::default();
        let mut automatic = Automatic::new(rhythm);
        let failed = Outcome::Failed;
        let s = Duration::from_secs;
        for (outcome, expected) in [
            (failed(Fault::NoNetwork), s(30)),
            (failed(Fault::NoNetwork), s(30)),
            (BUSY, s(30)),
            (failed(Fault::CutInTheMiddle), s(60)),
            (failed(Fault::ServerFull), s(120)),
            (failed(Fault::ServerBusy { retry_after_s: Some(1_000) }), s(1_000)),
            (BUSY, s(480)),
            (BUSY, s(900)),
            (BUSY, s(900)),
            (failed(Fault::NotOurOffice), s(3_600)),
            (Outcome::Done, s(900)),
            (BUSY, s(30)),
            (Outcome::Cancelled, s(900)),
        ] {
            assert_eq!(automatic.after(&outcome), expected, "{outcome:?}");
        }
    }

    /// Why somebody wants a sync.
    #[derive(Clone, Copy)]
    enum Reason {
        Record,
        Person,
    }

    /// Runs until `count` syncs were made, each ending so, and says when each began, in seconds.
    async fn begun(count: usize, outcome: Outcome, reason: Option<(u64, Reason)>) -> Vec<u64> {
        let (stop, cancelled) = super::super::cancel();
        let (nudge, nudged) = watch::channel(0);
        let (ask, asked) = watch::channel(0);
        let start = Instant::now();
        let mut at = Vec::new();
        let nudging = async {
            let Some((at_s, reason)) = reason else { return std::future::pending().await };
            // tidy-allow(waiting): the clock is paused; this is when the reason comes
            tokio::time::sleep(Duration::from_secs(at_s)).await;
            match reason {
                Reason::Record => nudge.send_replace(1),
                Reason::Person => ask.send_replace(1),
            };
            std::future::pending::<()>().await;
        };
        let syncing = sync_by_itself(Rhythm::default(), nudged, asked, cancelled, async || {
            at.push(start.elapsed().as_secs());
            if at.len() == count {
                stop.now();
            }
            Ok::<_, ()>(outcome.clone())
        });
        tokio::select! {
            () = syncing => {}
            () = nudging => {}
        }
        at
    }

    #[tokio::test(start_paused = true)]
    async fn it_tries_by_its_rhythm_and_stops_when_told() {
        assert_eq!(begun(3, Outcome::Done, None).await, [0, 900, 1_800]);
        assert_eq!(begun(4, Outcome::Failed(Fault::NoNetwork), None).await, [0, 30, 60, 90]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_record_cuts_the_wait_short_but_not_below_the_least_and_a_person_ends_it() {
        assert_eq!(begun(2, Outcome::Done, Some((100, Reason::Record))).await, [0, 100]);
        assert_eq!(begun(2, Outcome::Done, Some((1, Reason::Record))).await, [0, 5]);
        assert_eq!(begun(2, Outcome::Done, Some((1, Reason::Person))).await, [0, 1]);
    }
}
