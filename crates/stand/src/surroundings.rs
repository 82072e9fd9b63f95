//! The computer around the stand: whether it lets what is in memory reach a disk, and whether it holds what its session
//! promises to whoever is left alone before the screen (docs/kiosk.md). The package and its units set all that up; here
//! it is looked at, on whatever computer the stand runs.
//!
//! What is read lies in `/proc`, `/sys` and `/etc`, and the session's user may read it. What only the system's own
//! programs know, such as which units run, is not asked: `oirs-kiosk status` does, and the system's journal says it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::findings::Finding;
use crate::selftest::{Check, Program};

/// Whom the session runs as; the package creates that user.
const SESSION_USER: &str = "oirs-terreno";
/// The link that starts the session with the computer: where it is, the computer was made a kiosk.
const KIOSK: &str = "etc/systemd/system/multi-user.target.wants/oirs-en-terreno.service";
/// What the package brings to make a computer a kiosk: files that are linked into `/etc`, and units that are masked.
const PROMISED: &str = "usr/share/oirs-en-terreno/kiosk";
/// Where the session's sticks and cards are mounted.
const MEDIA: &str = "/media/oirs/";
/// Folders below [`PROMISED`] are no deeper.
const DEPTH_MAX: u32 = 8;

/// Careful where memory may reach a disk: the day can go on, and somebody should look. A system without these files is
/// not looked at.
pub(crate) fn check_memory() -> Check {
    let root = Path::new("/");
    let leaks = leaks(&tell(root, "proc/swaps"), &tell(root, "proc/self/limits"));
    if leaks.is_empty() {
        return Check::of(Finding::MemoryHeld, None);
    }
    Check::of(Finding::MemoryLeaks, Some(leaks.join(" ")))
}

/// Red where a computer that was made a kiosk leaves a way out that it promises to shut; yellow on any other, where
/// nothing is promised.
pub(crate) fn check_escapes(program: Program) -> Check {
    match ways_out(Path::new("/"), program) {
        None => Check::of(Finding::EscapesOrdinary, None),
        Some(ways) if ways.is_empty() => Check::of(Finding::EscapesShut, None),
        Some(ways) => Check::of(Finding::EscapesOpen, Some(ways.join(" "))),
    }
}

/// What a file says; nothing where it can't be read.
fn tell(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap_or_default()
}

/// The ways out that are open, as stable words; none where the computer was not made a kiosk.
fn ways_out(root: &Path, program: Program) -> Option<Vec<&'static str>> {
    root.join(KIOSK).symlink_metadata().ok()?;
    let says = |path: &str, expected: &str| tell(root, path).trim() == expected;
    let status = tell(root, "proc/self/status");
    let mounts = tell(root, "proc/self/mounts");
    let of_windows = [
        ("test_build", program != Program::WindowsForTests),
        ("user", user(&status, &tell(root, "etc/passwd")).as_deref() == Some(SESSION_USER)),
        ("privileges", field(&status, "NoNewPrivs:") == Some("1")),
        ("disk_files", ["/tmp", "/var/tmp"].iter().all(|folder| is_in_memory(&mounts, folder))),
    ];
    let of_computer = [
        ("consoles", are_masked(root)),
        ("console", says("sys/class/tty/tty0/active", "tty1")),
        ("settings", are_linked(root)),
        ("sysrq", says("proc/sys/kernel/sysrq", "0")),
        ("core_pattern", says("proc/sys/kernel/core_pattern", "|/bin/false")),
        ("ptrace", says("proc/sys/kernel/yama/ptrace_scope", "3")),
        ("media", mounts.lines().all(is_harmless)),
    ];
    let of_windows = of_windows.into_iter().filter(|_| program != Program::CommandLine);
    let open = of_windows.chain(of_computer).filter(|(_, holds)| !holds);
    Some(open.map(|(way, _)| way).collect())
}

/// The first word of a field of `/proc/self/status`.
fn field<'a>(status: &'a str, name: &str) -> Option<&'a str> {
    status.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()
}

/// Whom this program runs as, by the list of users.
fn user(status: &str, passwd: &str) -> Option<String> {
    let id = field(status, "Uid:")?;
    let mut people = passwd.lines().map(|line| line.split(':').collect::<Vec<_>>());
    people.find(|person| person.get(2) == Some(&id)).and_then(|person| Some((*person.first()?).to_owned()))
}

/// Whether every unit that opens another console or restarts the computer is masked.
fn are_masked(root: &Path) -> bool {
    let list = tell(root, &format!("{PROMISED}/masks"));
    let mut units = list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let is_masked =
        |unit: &str| is_link_to(&root.join("etc/systemd/system").join(unit), Path::new("/dev/null"));
    !list.is_empty() && units.all(is_masked)
}

/// Whether the system is set as the package promises: keys, lid, other consoles, media.
fn are_linked(root: &Path) -> bool {
    let promised = Path::new("/").join(PROMISED).join("etc");
    let files = files_below(&root.join(PROMISED).join("etc"), DEPTH_MAX);
    let is_linked = |file: &PathBuf| {
        let below = file.strip_prefix(root.join(PROMISED).join("etc")).unwrap_or(file);
        is_link_to(&root.join("etc").join(below), &promised.join(below))
    };
    !files.is_empty() && files.iter().all(is_linked)
}

fn files_below(folder: &Path, depth: u32) -> Vec<PathBuf> {
    let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let below = |path: PathBuf| if path.is_dir() { files_below(&path, depth) } else { vec![path] };
    entries.flat_map(below).collect()
}

fn is_link_to(link: &Path, target: &Path) -> bool {
    fs::read_link(link).is_ok_and(|to| to == target)
}

/// Whether a folder is memory and no disk.
fn is_in_memory(mounts: &str, folder: &str) -> bool {
    let mut of_it = mounts.lines().map(|line| line.split(' ').collect::<Vec<_>>());
    // What was mounted last is what is seen.
    let seen = of_it.rfind(|mount| mount.get(1) == Some(&folder));
    seen.is_some_and(|mount| mount.get(2) == Some(&"tmpfs"))
}

/// Whether nothing on a stick or card can be run or be a device; what else is mounted is the system's own.
fn is_harmless(mount: &str) -> bool {
    let words: Vec<&str> = mount.split(' ').collect();
    let (place, options) =
        (words.get(1).copied().unwrap_or_default(), words.get(3).copied().unwrap_or_default());
    let has = |option: &&str| options.split(',').any(|set| set == *option);
    !place.starts_with(MEDIA) || ["nosuid", "nodev", "noexec"].iter().all(has)
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

    /// A computer that keeps all its promises, below a folder.
    #[cfg(unix)]
    fn kiosk(root: &Path) {
        use std::os::unix::fs::symlink;
        let put = |path: &str, text: &str| {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let link = |path: &str, target: &str| {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            symlink(target, path).unwrap();
        };
        link(KIOSK, "/lib/systemd/system/oirs-en-terreno.service");
        put("proc/self/status", "Name:\tventana\nUid:\t998\t998\t998\t998\nNoNewPrivs:\t1\n");
        put("etc/passwd", "root:x:0:0::/root:/bin/sh\noirs-terreno:x:998:998::/x:/usr/sbin/nologin\n");
        put("proc/sys/kernel/sysrq", "0\n");
        put("proc/sys/kernel/core_pattern", "|/bin/false\n");
        put("proc/sys/kernel/yama/ptrace_scope", "3\n");
        put("sys/class/tty/tty0/active", "tty1\n");
        put(
            "proc/self/mounts",
            "/dev/sda1 / ext4 rw 0 0\ntmpfs /tmp tmpfs rw 0 0\ntmpfs /var/tmp tmpfs rw 0 0\n\
             /dev/sdb1 /media/oirs/sdb1 vfat rw,nosuid,nodev,noexec,noatime 0 0\n",
        );
        // The package's own list: a unit that is added there is asked for here.
        let masks = include_str!("../../../packaging/kiosk/masks");
        put("usr/share/oirs-en-terreno/kiosk/masks", masks);
        for unit in masks.lines().filter(|line| !line.starts_with('#')) {
            link(&format!("etc/systemd/system/{unit}"), "/dev/null");
        }
        let settings = "systemd/logind.conf.d/oirs-kiosk.conf";
        put(&format!("{PROMISED}/etc/{settings}"), "[Login]\n");
        link(&format!("etc/{settings}"), &format!("/{PROMISED}/etc/{settings}"));
    }

    #[cfg(unix)]
    #[test]
    fn a_kiosk_that_breaks_a_promise_is_told_which() {
        let check = |change: &dyn Fn(&Path), program, expected: Option<&[&str]>| {
            let root = tempfile::tempdir().unwrap();
            kiosk(root.path());
            change(root.path());
            assert_eq!(ways_out(root.path(), program).as_deref(), expected);
        };
        let write = |path: &'static str, text: &'static str| {
            move |root: &Path| fs::write(root.join(path), text).unwrap()
        };
        let remove = |path: &'static str| move |root: &Path| fs::remove_file(root.join(path)).unwrap();
        let windows = Program::Windows;
        check(&|_| (), windows, Some(&[]));
        check(&|_| (), Program::WindowsForTests, Some(&["test_build"]));
        check(&remove(KIOSK), windows, None);
        check(&remove("etc/passwd"), windows, Some(&["user"]));
        check(
            &write("proc/self/status", "Uid:\t0\t0\t0\t0\nNoNewPrivs:\t0\n"),
            windows,
            Some(&["user", "privileges"]),
        );
        // A command line may run as anybody.
        check(
            &write("proc/self/status", "Uid:\t0\t0\t0\t0\nNoNewPrivs:\t0\n"),
            Program::CommandLine,
            Some(&[]),
        );
        check(&remove("etc/systemd/system/getty@.service"), windows, Some(&["consoles"]));
        check(&remove("etc/systemd/system/ctrl-alt-del.target"), windows, Some(&["consoles"]));
        check(&remove("usr/share/oirs-en-terreno/kiosk/masks"), windows, Some(&["consoles"]));
        check(&write("sys/class/tty/tty0/active", "tty2\n"), windows, Some(&["console"]));
        check(&remove("etc/systemd/logind.conf.d/oirs-kiosk.conf"), windows, Some(&["settings"]));
        check(&write("proc/sys/kernel/sysrq", "438\n"), windows, Some(&["sysrq"]));
        check(&write("proc/sys/kernel/core_pattern", "core\n"), windows, Some(&["core_pattern"]));
        check(&remove("proc/sys/kernel/yama/ptrace_scope"), windows, Some(&["ptrace"]));
        let mounts = "tmpfs /tmp tmpfs rw 0 0\ntmpfs /var/tmp tmpfs rw 0 0\n/dev/sda2 /var/tmp ext4 rw 0 0\n";
        check(&write("proc/self/mounts", mounts), windows, Some(&["disk_files"]));
        let mounts = "tmpfs /tmp tmpfs rw 0 0\ntmpfs /var/tmp tmpfs rw 0 0\n\
                      /dev/sdb1 /media/oirs/sdb1 vfat rw,nosuid,nodev 0 0\n";
        check(&write("proc/self/mounts", mounts), windows, Some(&["media"]));
    }

    #[test]
    fn every_way_out_has_its_words() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join(KIOSK)).unwrap();
        let mounts = root.path().join("proc/self/mounts");
        fs::create_dir_all(mounts.parent().unwrap()).unwrap();
        fs::write(mounts, "/dev/sdb1 /media/oirs/sdb1 vfat rw 0 0\n").unwrap();
        let ways = ways_out(root.path(), Program::WindowsForTests).unwrap();
        assert_eq!(ways.len(), 11, "nothing holds: {ways:?}");
        for language in [texts::Language::Spanish, texts::Language::English] {
            for way in &ways {
                let check = Check::of(Finding::EscapesOpen, Some((*way).to_owned()));
                let said = check.sentence(language).unwrap();
                assert!(!said.contains("escape-"), "{said}");
            }
        }
    }
}
