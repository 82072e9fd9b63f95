//! A sync from the window: in a thread and on a connection of its own, so that citizens are attended while it runs.

use stand::{
    CancelSync as Cancel, SyncCancelled as Cancelled, SyncProgress as Progress, cancel_sync as cancel_pair,
};
use tauri::{AppHandle, Emitter, Manager};

use crate::refusal::Refusal;
use crate::shell::{Shell, held};
use crate::views::{Network, SyncEnd, SyncProgress};
use crate::windows;

/// Stops the sync under way.
pub(crate) type Stop = Cancel;

/// Begins a sync; its progress and its end come as events.
pub(crate) fn start(app: &AppHandle, shell: &Shell) -> Result<(), Refusal> {
    shell.check_unlocked()?;
    let (stop, cancelled) = cancel_pair();
    {
        let mut running = held(&shell.sync);
        if running.is_some() {
            return Err(Refusal::of("busy"));
        }
        *running = Some(stop);
    }
    let app = app.clone();
    std::thread::spawn(move || {
        let shell = app.state::<Shell>();
        let (end, network) = run(&app, &shell, cancelled);
        *held(&shell.sync) = None;
        shell.note_sync(end.clone(), network);
        // A window that is gone needs no news.
        // tidy-allow(fluent): an event's name, not a sentence's
        let _ = app.emit("sync-end", end);
        let _ = windows::changed(&app);
    });
    Ok(())
}

fn run(app: &AppHandle, shell: &Shell, cancelled: Cancelled) -> (SyncEnd, Network) {
    let tell = |progress: &Progress| {
        // tidy-allow(fluent): an event's name, not a sentence's
        let _ = app.emit("sync-progress", SyncProgress::from(progress));
    };
    let answer = shell
        .with(|stand| stand.prepare_sync(None))
        .and_then(|handle| tauri::async_runtime::block_on(handle.run(cancelled, tell)))
        .and_then(|answer| shell.with(|stand| stand.after_sync(&answer)).map(|()| answer));
    match answer {
        Ok(answer) => {
            let text_key = match &answer.fault {
                Some(fault) => format!("sync-fault-{}", fault.code()),
                None => format!("sync-outcome-{}", answer.outcome),
            };
            let network = if answer.fault.is_some() { Network::Offline } else { Network::Online };
            (SyncEnd { code: answer.outcome, text_key, sent: answer.sent }, network)
        }
        Err(error) => {
            let refusal = Refusal::from(error);
            (
                SyncEnd { code: refusal.code, text_key: refusal.text_key.unwrap_or_default(), sent: 0 },
                Network::Offline,
            )
        }
    }
}

/// Stops it. What was acknowledged until then stays so.
pub(crate) fn cancel(shell: &Shell) {
    if let Some(stop) = held(&shell.sync).as_ref() {
        stop.now();
    }
}
