//! Battery and mains, as Linux tells them (Documentation/ABI/testing/sysfs-class-power). Elsewhere nothing is known.
//!
//! A stand in a village lives on its battery. What is recorded is durable before it is acknowledged, so a battery that
//! ends loses nothing; but whoever stands in line should not be in the middle of a form when it does.

use std::path::Path;

use serde::Serialize;

/// Below this, in percent, the screen is dimmed and the team is told.
pub const BATTERY_LOW_BELOW: u8 = 15;
/// Below this, in percent, the team is told to finish: a few minutes are left.
pub const BATTERY_EMPTY_BELOW: u8 = 5;

const SUPPLIES: &str = "/sys/class/power_supply";

/// What the machine lives on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Power {
    /// What is left in its batteries, in percent; none where it has no battery or the system does not tell.
    pub battery_percent: Option<u8>,
    /// Whether it hangs on the mains.
    pub mains: bool,
    /// How much of a worry that is.
    pub level: PowerLevel,
}

/// How much of a worry the battery is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum PowerLevel {
    /// None: enough, or on the mains, or unknown.
    #[default]
    Enough,
    /// Below [`BATTERY_LOW_BELOW`] and not on the mains.
    Low,
    /// Below [`BATTERY_EMPTY_BELOW`] and not on the mains.
    Empty,
}

impl Power {
    /// What the machine says now.
    pub fn now() -> Self {
        Self::of(Path::new(SUPPLIES))
    }

    /// What a folder laid out as the kernel's says.
    pub fn of(folder: &Path) -> Self {
        let supplies = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let (mut mains, mut charges) = (false, Vec::new());
        for supply in supplies {
            let tell = |name: &str| std::fs::read_to_string(supply.join(name)).unwrap_or_default();
            let number = |name: &str| tell(name).trim().parse::<u64>().ok();
            match tell("type").trim() {
                // A battery of its own: of a mouse, of a pen.
                "Battery" if tell("scope").trim() == "Device" => {}
                "Battery" if number("present") != Some(0) => {
                    let full = number("energy_full").or_else(|| number("charge_full"));
                    charges.extend(number("capacity").map(|percent| (percent.min(100), full.unwrap_or(1))));
                }
                "Mains" | "USB" | "Wireless" => mains |= number("online").is_some_and(|online| online > 0),
                _ => {}
            }
        }
        let battery_percent = mean(&charges);
        let level = match battery_percent {
            Some(percent) if !mains && percent < BATTERY_EMPTY_BELOW => PowerLevel::Empty,
            Some(percent) if !mains && percent < BATTERY_LOW_BELOW => PowerLevel::Low,
            _ => PowerLevel::Enough,
        };
        Self { battery_percent, mains, level }
    }
}

/// The mean of percents, each by how much its battery holds.
fn mean(charges: &[(u64, u64)]) -> Option<u8> {
    let total = charges.iter().map(|(_, full)| u128::from(*full)).sum::<u128>();
    let held = charges.iter().map(|(percent, full)| u128::from(*percent).saturating_mul((*full).into()));
    held.sum::<u128>().checked_div(total).and_then(|percent| u8::try_from(percent).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with these supplies, each a list of files.
    fn said(supplies: &[&[(&str, &str)]]) -> Power {
        let folder = tempfile::tempdir().unwrap();
        for (at, files) in supplies.iter().enumerate() {
            let supply = folder.path().join(format!("supply{at}"));
            std::fs::create_dir(&supply).unwrap();
            for (name, content) in *files {
                std::fs::write(supply.join(name), format!("{content}\n")).unwrap();
            }
        }
        Power::of(folder.path())
    }

    fn power(battery_percent: Option<u8>, mains: bool, level: PowerLevel) -> Power {
        Power { battery_percent, mains, level }
    }

    #[test]
    fn each_limit_at_below_and_above() {
        for (percent, level) in [
            (100, PowerLevel::Enough),
            (BATTERY_LOW_BELOW + 1, PowerLevel::Enough),
            (BATTERY_LOW_BELOW, PowerLevel::Enough),
            (BATTERY_LOW_BELOW - 1, PowerLevel::Low),
            (BATTERY_EMPTY_BELOW, PowerLevel::Low),
            (BATTERY_EMPTY_BELOW - 1, PowerLevel::Empty),
            (0, PowerLevel::Empty),
        ] {
            let capacity = percent.to_string();
            let battery: &[_] = &[("type", "Battery"), ("capacity", capacity.as_str())];
            assert_eq!(said(&[battery]), power(Some(percent), false, level));
            let mains: &[_] = &[("type", "Mains"), ("online", "1")];
            assert_eq!(said(&[battery, mains]), power(Some(percent), true, PowerLevel::Enough));
        }
    }

    #[test]
    fn what_machines_say() {
        let none = Power::default();
        assert_eq!(said(&[]), none, "a tower");
        assert_eq!(Power::of(Path::new("/no/hay")), none, "another system");
        let mouse: &[_] = &[("type", "Battery"), ("scope", "Device"), ("capacity", "3")];
        assert_eq!(said(&[mouse]), none);
        let absent: &[_] = &[("type", "Battery"), ("present", "0"), ("capacity", "0")];
        assert_eq!(said(&[absent]), none);
        let broken: &[_] = &[("type", "Battery"), ("capacity", "mucha")];
        assert_eq!(said(&[broken]), none);
        // A large one nearly empty and a small one full: what counts is what they hold.
        let large: &[_] = &[("type", "Battery"), ("capacity", "4"), ("energy_full", "40000000")];
        let small: &[_] = &[("type", "Battery"), ("capacity", "100"), ("energy_full", "10000000")];
        assert_eq!(said(&[large, small]), power(Some(23), false, PowerLevel::Enough));
        let unplugged: &[_] = &[("type", "USB"), ("online", "0")];
        assert_eq!(said(&[large, unplugged]), power(Some(4), false, PowerLevel::Empty));
    }
}
