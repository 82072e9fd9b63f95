//! The screen's light, turned down while the battery is low: nothing else of a waiting stand takes as much.
//!
//! To write it is root's. logind does it for whoever has the session in front (org.freedesktop.login1(5),
//! `SetBrightness`), asked through systemd's own `busctl`. Where there is no such light, or nobody who may turn it, the
//! stand goes on as it is.

use std::path::Path;
use std::process::{Command, Stdio};

use stand::PowerLevel;

const LIGHTS: &str = "/sys/class/backlight";
/// What stays of the full light, in percent. Still read in the shade; whoever needs more turns it up, and it stays so.
const DIMMED_PERCENT: u32 = 50;
/// How long logind may take, in seconds.
const ANSWER_S_MAX: &str = "5";

/// One light, in steps of its own (Documentation/ABI/stable/sysfs-class-backlight).
#[derive(Debug, Clone, PartialEq, Eq)]
struct Light {
    name: String,
    now: u32,
    full: u32,
}

/// A light that was turned down.
struct Dimmed {
    name: String,
    before: u32,
    to: u32,
}

/// Turns lights down while the battery is low, and up again after.
#[derive(Default)]
pub(crate) struct Dimmer {
    dimmed: Vec<Dimmed>,
    is_low: bool,
}

impl Dimmer {
    /// Does what a level of the battery calls for.
    pub(crate) fn follow(&mut self, level: PowerLevel) {
        for (name, step) in self.steps(level, &lights(Path::new(LIGHTS))) {
            match asking(&name, step).status() {
                Ok(status) if status.success() => {}
                Ok(status) => tracing::debug!(name, %status, "the light was not turned"),
                Err(error) => tracing::debug!(name, %error, "the light was not turned"),
            }
        }
    }

    /// Which lights to set, and to what. Each spell of a low battery turns a light down once.
    fn steps(&mut self, level: PowerLevel, lights: &[Light]) -> Vec<(String, u32)> {
        let was_low = std::mem::replace(&mut self.is_low, level > PowerLevel::Enough);
        match (was_low, self.is_low) {
            (false, true) => {
                let dimmed = lights.iter().filter_map(|light| {
                    let to = light.full.saturating_mul(DIMMED_PERCENT).div_euclid(100);
                    (light.now > to).then(|| Dimmed { name: light.name.clone(), before: light.now, to })
                });
                self.dimmed = dimmed.collect();
                self.dimmed.iter().map(|light| (light.name.clone(), light.to)).collect()
            }
            (true, false) => {
                // One that somebody has turned meanwhile stays as they want it.
                let untouched = |dimmed: &Dimmed| {
                    lights.iter().any(|light| light.name == dimmed.name && light.now == dimmed.to)
                };
                let before = std::mem::take(&mut self.dimmed).into_iter().filter(untouched);
                before.map(|dimmed| (dimmed.name, dimmed.before)).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// The lights of a folder laid out as the kernel's.
fn lights(folder: &Path) -> Vec<Light> {
    let found = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let read = |light: &Path, name: &str| std::fs::read_to_string(light.join(name)).ok()?.trim().parse().ok();
    let mut lights: Vec<Light> = found
        .filter_map(|entry| {
            let (now, full) = (read(&entry.path(), "brightness")?, read(&entry.path(), "max_brightness")?);
            Some(Light { name: entry.file_name().into_string().ok()?, now, full })
        })
        .collect();
    lights.sort_by(|one, other| one.name.cmp(&other.name));
    lights
}

/// The call that sets a light.
fn asking(name: &str, step: u32) -> Command {
    let mut command = Command::new("busctl");
    command
        .arg(format!("--timeout={ANSWER_S_MAX}"))
        .args(["call", "org.freedesktop.login1", "/org/freedesktop/login1/session/auto"])
        .args(["org.freedesktop.login1.Session", "SetBrightness", "ssu", "backlight", name])
        .arg(step.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn light(name: &str, now: u32, full: u32) -> Light {
        Light { name: name.to_owned(), now, full }
    }

    fn step(name: &str, to: u32) -> Vec<(String, u32)> {
        vec![(name.to_owned(), to)]
    }

    #[test]
    fn a_low_battery_turns_the_light_down_once_and_the_mains_turn_it_up() {
        let mut dimmer = Dimmer::default();
        assert_eq!(dimmer.steps(PowerLevel::Enough, &[light("a", 900, 1_000)]), []);
        assert_eq!(dimmer.steps(PowerLevel::Low, &[light("a", 900, 1_000)]), step("a", 500));
        assert_eq!(dimmer.steps(PowerLevel::Empty, &[light("a", 500, 1_000)]), []);
        assert_eq!(dimmer.steps(PowerLevel::Enough, &[light("a", 500, 1_000)]), step("a", 900));
        assert_eq!(dimmer.steps(PowerLevel::Enough, &[light("a", 900, 1_000)]), []);
    }

    #[test]
    fn whoever_turns_it_meanwhile_is_right() {
        let mut dimmer = Dimmer::default();
        assert_eq!(dimmer.steps(PowerLevel::Low, &[light("a", 900, 1_000)]), step("a", 500));
        assert_eq!(dimmer.steps(PowerLevel::Low, &[light("a", 800, 1_000)]), []);
        assert_eq!(dimmer.steps(PowerLevel::Enough, &[light("a", 800, 1_000)]), []);
    }

    #[test]
    fn a_light_is_never_turned_up_to_be_dim() {
        for (now, expected) in [(501, step("a", 500)), (500, Vec::new()), (499, Vec::new())] {
            assert_eq!(Dimmer::default().steps(PowerLevel::Low, &[light("a", now, 1_000)]), expected);
        }
    }

    #[test]
    fn lights_are_read_as_the_kernel_tells_them() {
        let folder = tempfile::tempdir().unwrap();
        for (name, files) in [
            ("intel_backlight", [("brightness", "19200\n"), ("max_brightness", "19393\n")]),
            ("acpi_video0", [("brightness", "7\n"), ("max_brightness", "x\n")]),
        ] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
            for (file, content) in files {
                std::fs::write(folder.path().join(name).join(file), content).unwrap();
            }
        }
        assert_eq!(lights(folder.path()), [light("intel_backlight", 19_200, 19_393)]);
        assert_eq!(lights(&folder.path().join("none")), []);
    }

    #[test]
    fn logind_is_asked_for_the_session_in_front() {
        let asked = asking("intel_backlight", 9_696);
        let args: Vec<_> = asked.get_args().map(|arg| arg.to_string_lossy().into_owned()).collect();
        assert_eq!(
            args.join(" "),
            "--timeout=5 call org.freedesktop.login1 /org/freedesktop/login1/session/auto \
             org.freedesktop.login1.Session SetBrightness ssu backlight intel_backlight 9696"
        );
    }
}
