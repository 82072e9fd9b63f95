//! Whether the computer around the stand lets what is in memory reach a disk: swap, and pictures of a program that
//! failed. The single-application session switches both off (docs/kiosk.md); here it is looked at, on whatever computer
//! the stand runs.

use crate::selftest::{Check, Grade};

/// What Linux says; a system that has no such files is not looked at.
const SWAPS: &str = "/proc/swaps";
const LIMITS: &str = "/proc/self/limits";

/// Careful where memory may reach a disk: the day can go on, and somebody should look.
pub(crate) fn check() -> Check {
    let read = |path| std::fs::read_to_string(path).unwrap_or_default();
    let leaks = leaks(&read(SWAPS), &read(LIMITS));
    let grade = if leaks.is_empty() { Grade::Good } else { Grade::Careful };
    Check { name: "memory", grade, detail: (!leaks.is_empty()).then(|| leaks.join(" ")) }
}

/// The ways in which memory may reach a disk, as stable words.
fn leaks(swaps: &str, limits: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    // The first line names the columns.
    if swaps.lines().nth(1).is_some() {
        found.push("swap");
    }
    let core = limits.lines().find_map(|line| line.strip_prefix("Max core file size"));
    if core.and_then(|rest| rest.split_whitespace().next()).is_some_and(|soft| soft != "0") {
        found.push("core_dumps");
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_that_may_reach_a_disk_is_named() {
        const COLUMNS: &str = "Filename\tType\tSize\tUsed\tPriority\n";
        let core = |soft: &str| {
            format!(
                "Limit    Soft Limit  Hard Limit  Units\nMax core file size   {soft}   unlimited   bytes\n"
            )
        };
        let check = |swaps: &str, soft: &str, expected: &[&str]| {
            assert_eq!(leaks(swaps, &core(soft)), expected, "{swaps} {soft}");
        };
        check(COLUMNS, "0", &[]);
        check("", "0", &[]);
        check(&format!("{COLUMNS}/dev/sda2 partition 1 0 -2\n"), "0", &["swap"]);
        check(COLUMNS, "1", &["core_dumps"]);
        check(&format!("{COLUMNS}/dev/zram0 partition 1 0 100\n"), "unlimited", &["swap", "core_dumps"]);
        assert!(leaks("", "").is_empty());
    }
}
