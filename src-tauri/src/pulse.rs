//! Whether the citizen's page still lives. It says so once a second; when it has said nothing for a named time, or
//! its process has ended, it is replaced by a fresh one: a screen that hangs would be dead until the team comes.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tauri::{AppHandle, Manager, WebviewWindow};

use crate::lock::{CitizenWindow, Lock};
use crate::shell::{Shell, held};
use crate::windows;

/// The longest silence of a page that lives. A cold start of the web view on a slow machine fits into it.
pub(crate) const SILENCE_MAX: Duration = Duration::from_secs(20);

/// When the citizen's page was last heard.
#[derive(Debug, Default)]
pub(crate) struct Pulse {
    /// Nothing while no citizen has the screen.
    last: Mutex<Option<Instant>>,
    changed: Condvar,
}

impl Pulse {
    /// The page was heard, or a fresh one is about to begin.
    pub(crate) fn heard(&self) {
        self.set(Some(Instant::now()));
    }

    /// There is no page to listen for.
    pub(crate) fn rest(&self) {
        self.set(None);
    }

    /// The page's process has ended: it will say nothing any more.
    pub(crate) fn ended(&self) {
        let now = Instant::now();
        self.set(Some(now.checked_sub(SILENCE_MAX).unwrap_or(now)));
    }

    fn set(&self, last: Option<Instant>) {
        *held(&self.last) = last;
        self.changed.notify_all();
    }

    /// Returns when a page has been silent for `max`, and begins to count anew.
    fn silence(&self, max: Duration) {
        let mut last = held(&self.last);
        loop {
            let left = last.map(|last| max.saturating_sub(last.elapsed()));
            match left {
                Some(Duration::ZERO) => {
                    *last = Some(Instant::now());
                    return;
                }
                Some(left) => {
                    let woken = self.changed.wait_timeout(last, left);
                    last = woken.unwrap_or_else(PoisonError::into_inner).0;
                }
                None => last = self.changed.wait(last).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

/// Watches, for as long as the program runs.
pub(crate) fn watch(app: &AppHandle) {
    loop {
        app.state::<Pulse>().silence(silence_max());
        // The team may have taken the screen back in this moment.
        let Some((last, next)) = app.state::<Shell>().end_session() else { continue };
        tracing::warn!(window = last.label(), "the citizen's page fell silent: a fresh one takes its place");
        app.state::<crate::pace::Pace>().next_session();
        if let Err(error) = windows::next_person(app, last, next) {
            tracing::error!(error = &error as &dyn std::error::Error, "no fresh window");
        }
    }
}

/// [`SILENCE_MAX`]; the build for tests may be told to be quicker.
fn silence_max() -> Duration {
    if !cfg!(feature = "automation") {
        return SILENCE_MAX;
    }
    let told = std::env::var("OIRS_SILENCE_S").ok().and_then(|seconds| seconds.parse().ok());
    told.map_or(SILENCE_MAX, Duration::from_secs)
}

/// Listens for the end of a window's process, where the system tells.
#[cfg(target_os = "linux")]
pub(crate) fn mind_process(window: &WebviewWindow, citizen: CitizenWindow) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt;
    let app = window.app_handle().clone();
    window.with_webview(move |platform| {
        platform.inner().connect_web_process_terminated(move |_, _| {
            if app.state::<Shell>().lock() == Lock::Citizen(citizen) {
                app.state::<Pulse>().ended();
            }
        });
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_counts_only_while_somebody_should_be_heard() {
        let pulse = Pulse::default();
        std::thread::scope(|scope| {
            let (told, fell_silent) = std::sync::mpsc::channel();
            let pulse = &pulse;
            scope.spawn(move || {
                for max in [Duration::ZERO, SILENCE_MAX] {
                    pulse.silence(max);
                    told.send(max).unwrap();
                }
            });
            // Nothing to listen for: no silence, however short the limit.
            pulse.rest();
            assert!(fell_silent.recv_timeout(Duration::from_millis(50)).is_err());
            pulse.heard();
            assert_eq!(fell_silent.recv_timeout(SILENCE_MAX), Ok(Duration::ZERO));
            // It has begun to count anew, and the end of the process is silence at once.
            assert!(fell_silent.recv_timeout(Duration::from_millis(50)).is_err());
            pulse.ended();
            assert_eq!(fell_silent.recv_timeout(SILENCE_MAX), Ok(SILENCE_MAX));
        });
    }
}
