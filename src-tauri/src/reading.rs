//! Reading a code with the machine's camera, while the team's window shows what the camera sees.
//!
//! One reading at a time: it ends with the code, by somebody who stops it, when the screen goes to a citizen, or after
//! its minute. The camera is open no longer than that.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde::Serialize;
use stand::{CodeWanted, StandError, picture_url};
use tauri::{AppHandle, Emitter as _};

use crate::lock::STAFF_WINDOW;
use crate::media;
use crate::refusal::Refusal;
use crate::shell::held;

/// Which reading is under way.
#[derive(Default)]
pub(crate) struct Reading {
    /// Counts beginnings and stops: a reading is over once this is not its own number.
    latest: AtomicU64,
    /// Held by whoever has the camera: another reading begins when it is closed.
    camera: Mutex<()>,
}

impl Reading {
    /// Ends the reading that is under way.
    pub(crate) fn stop(&self) {
        self.begin();
    }

    fn begin(&self) -> u64 {
        self.latest.fetch_add(1, Ordering::Relaxed).wrapping_add(1)
    }

    fn is_over(&self, number: u64) -> bool {
        self.latest.load(Ordering::Relaxed) != number
    }
}

/// What a camera sees now.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct CameraSight {
    /// The small grey picture, as an address that a page can show.
    pub(crate) picture: String,
    /// How many cameras there are.
    pub(crate) cameras: usize,
}

/// Looks for a code with one of the cameras, counted from 0 and round again. None when it was stopped.
pub(crate) fn read(
    app: &AppHandle,
    reading: &Reading,
    wanted: CodeWanted,
    camera: usize,
) -> Result<Option<String>, Refusal> {
    let number = reading.begin();
    let _alone = held(&reading.camera);
    let found = media::cameras();
    let at = camera.checked_rem(found.len()).ok_or(StandError::NoCamera)?;
    let line = found.get(at).ok_or(StandError::NoCamera)?;
    let began = Instant::now();
    let show = |picture: &[u8]| {
        let sight = CameraSight { picture: picture_url(picture), cameras: found.len() };
        // A window that is gone needs no news.
        // tidy-allow(fluent): an event's name, not a sentence's
        let _ = app.emit_to(STAFF_WINDOW, "camera-sight", sight);
    };
    let elapsed = || if media::is_file_camera() { Duration::ZERO } else { began.elapsed() };
    let stopped = || reading.is_over(number);
    Ok(stand::read_code(&mut *media::open_camera(&line.path), wanted, elapsed, stopped, show)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_ends_when_it_is_stopped_and_when_another_begins() {
        let reading = Reading::default();
        let first = reading.begin();
        assert!(!reading.is_over(first));
        let second = reading.begin();
        assert!(reading.is_over(first) && !reading.is_over(second));
        reading.stop();
        assert!(reading.is_over(second));
    }
}
