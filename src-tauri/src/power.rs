//! What the machine lives on, told to the team before it ends.

use std::path::PathBuf;
use std::time::Duration;

use stand::Power;
use tauri::AppHandle;

use crate::backlight::Dimmer;
use crate::windows;

/// How often the battery is looked at. A battery loses less than a percent in that time.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// What the machine says now; the build for tests may be told where to look.
pub(crate) fn now() -> Power {
    let told = std::env::var_os("OIRS_POWER_SUPPLIES").filter(|_| cfg!(feature = "automation"));
    told.map_or_else(Power::now, |folder| Power::of(&PathBuf::from(folder)))
}

/// Tells the window that has the screen of every change, and turns the light down while little is left, for as long as
/// the program runs.
pub(crate) fn watch(app: &AppHandle) {
    let (mut last, mut dimmer) = (now(), Dimmer::default());
    loop {
        dimmer.follow(last.level);
        std::thread::park_timeout(LOOK_EVERY);
        let seen = now();
        if seen != last {
            last = seen;
            // A window that is gone needs no news.
            let _ = windows::changed(app);
        }
    }
}
