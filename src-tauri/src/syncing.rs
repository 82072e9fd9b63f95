//! Syncing from the window: one thread that syncs by itself, soon after each record and when a network comes back, and
//! at once when the team asks. It has a connection of its own, so that citizens are attended while it runs.

use stand::{
    AutomaticSync, CancelSync, StandError, SyncAnswer, SyncOutcome, SyncProgress as Progress, SyncRhythm,
    cancel_sync,
};
use tauri::{AppHandle, Emitter, Manager};

use crate::lock::STAFF_WINDOW;
use crate::refusal::Refusal;
use crate::shell::{Shell, held};
use crate::views::{Network, SyncEnd, SyncProgress};
use crate::windows;

/// Stops the sync under way.
pub(crate) type Stop = CancelSync;

/// Begins to sync by itself, for as long as the program runs.
pub(crate) fn begin(app: &AppHandle) {
    let handle = app.clone();
    match AutomaticSync::start(rhythm(), async move || attempt(&handle).await) {
        Ok(automatic) => app.state::<Shell>().keep_automatic(automatic),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "nothing is sent by itself");
        }
    }
}

/// The build for tests may be told to look for the network more often.
fn rhythm() -> SyncRhythm {
    let mut rhythm = SyncRhythm::default();
    if cfg!(feature = "automation")
        && let Some(ms) = std::env::var("OIRS_SYNC_OFFLINE_MS").ok().and_then(|text| text.parse().ok())
    {
        rhythm.offline = std::time::Duration::from_millis(ms);
        rhythm.least = rhythm.offline;
    }
    rhythm
}

/// Asks for a sync now; its progress comes as events, its end in the context. One that is under way goes on.
pub(crate) fn start(shell: &Shell) -> Result<(), Refusal> {
    shell.check_unlocked()?;
    if !shell.is_syncing() {
        shell.ask_for_sync();
    }
    Ok(())
}

/// One sync, told to the team's window.
async fn attempt(app: &AppHandle) -> Result<SyncOutcome, StandError> {
    let shell = app.state::<Shell>();
    let (stop, cancelled) = cancel_sync();
    *held(&shell.sync) = Some(stop);
    tell_all(app);
    let tell = |progress: &Progress| {
        // A window that is gone needs no news.
        // tidy-allow(fluent): an event's name, not a sentence's
        let _ = app.emit_to(STAFF_WINDOW, "sync-progress", SyncProgress::from(progress));
    };
    let answer = match shell.with(|stand| stand.prepare_sync(None)) {
        Ok(handle) => handle.run(cancelled, tell).await,
        Err(error) => Err(error),
    };
    let answer = answer.and_then(|answer| shell.with(|stand| stand.after_sync(&answer)).map(|()| answer));
    *held(&shell.sync) = None;
    let at = shell.with(|stand| stand.local_time()).unwrap_or_default();
    let (end, network) = told(&answer, at);
    shell.note_sync(end, network);
    tell_all(app);
    answer.map(|answer| answer.ended)
}

fn tell_all(app: &AppHandle) {
    if let Err(error) = windows::changed(app) {
        tracing::warn!(error = &error as &dyn std::error::Error, "a window was not told");
    }
}

/// How a sync ended, for the team, and what that says of the network.
fn told(answer: &Result<SyncAnswer, StandError>, at: String) -> (SyncEnd, Network) {
    match answer {
        Ok(answer) => {
            let text_key = match answer.fault() {
                Some(fault) => format!("sync-fault-{}", fault.code()),
                None => format!("sync-outcome-{}", answer.outcome),
            };
            let network = if answer.fault().is_some() { Network::Offline } else { Network::Online };
            (SyncEnd { code: answer.outcome.clone(), text_key, sent: answer.sent, at }, network)
        }
        Err(error) => {
            let code = error.code();
            let text_key = format!("stand-error-{}", code.replace('_', "-"));
            (SyncEnd { code: code.to_owned(), text_key, sent: 0, at }, Network::Unknown)
        }
    }
}

/// Stops it. What was acknowledged until then stays so.
pub(crate) fn cancel(shell: &Shell) {
    if let Some(stop) = held(&shell.sync).as_ref() {
        stop.now();
    }
}
