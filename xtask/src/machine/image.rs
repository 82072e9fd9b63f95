//! The disks of the computer in memory: a bare Debian as its installer leaves it without any task chosen, kept for the
//! next time; swap, as an installed Debian has; what the proof brings; sticks. Nothing is mounted to make them.

use crate::children::Log;
use crate::needs::finish;
use crate::tree::{self, Tree};
use crate::trouble::Trouble;
use std::fs;
use std::path::{Path, PathBuf};

/// Debian 12.
const SUITE: &str = "bookworm";
/// Where a Debian system says where it gets its packages: those of this machine serve for the image.
const SOURCES: [&str; 2] = ["/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list"];
/// Besides what every bare Debian has: a kernel with a graphics driver, and the agent through which the proof looks.
const ALSO: &str = "initramfs-tools,linux-image-amd64,qemu-guest-agent,systemd-sysv";
const DISK: &str = "4G";
const SWAP: &str = "64M";
const STICK: &str = "96M";
/// Where the one partition of a stick begins, in sectors of 512 bytes and in KiB.
const STICK_BEGINS: (u32, u32) = (2_048, 1_024);

/// A bare Debian: kernel, what it starts with, and its disk.
#[derive(Debug)]
pub(super) struct Base {
    pub(super) folder: PathBuf,
}

impl Base {
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// The bare Debian, and on it what a package depends on, as apt finds it: the computer needs no network to install the
/// package itself.
pub(super) fn base(tree: &Tree, log: &Log, folder: &Path, depends: &str) -> Result<Base, Trouble> {
    let recipe = folder.join("recipe");
    let wanted = [SUITE, ALSO, DISK, depends].join("\n");
    let base = Base { folder: folder.join("base") };
    if fs::read_to_string(base.file("recipe")).is_ok_and(|kept| kept == wanted) {
        return Ok(base);
    }
    tree::say("making the image of a bare Debian 12 (once, some minutes)");
    for old in [&base.folder, &folder.join("root")] {
        let _ = fs::remove_dir_all(old);
    }
    let root = folder.join("root");
    let io = |source| Trouble::file(folder, &source);
    fs::create_dir_all(&base.folder).map_err(io)?;
    fs::write(&recipe, &wanted).map_err(io)?;
    let mut make = tree.command("mmdebstrap");
    make.args(["--variant=important", "--format=directory", "--skip=cleanup/apt"]);
    make.arg(format!("--include={ALSO}"));
    let names: Vec<&str> = depends.split(',').filter_map(|part| part.split_whitespace().next()).collect();
    make.arg(format!("--customize-hook=chroot \"$1\" apt-get --yes install {}", names.join(" ")));
    make.arg("--customize-hook=chroot \"$1\" apt-get clean");
    make.arg(SUITE).arg(&root);
    make.args(SOURCES.iter().find(|path| Path::new(path).is_file()));
    finish(log, &mut make, "see the log; as root, with Debian's packages in reach")?;
    // As the installer leaves it.
    write(&root.join("etc/fstab"), "/dev/vda / ext4 errors=remount-ro 0 1\n/dev/vdb none swap sw 0 0\n")?;
    write(&root.join("etc/hostname"), "puesto\n")?;
    write(&root.join("etc/resolv.conf"), "")?;
    for (link, name) in [("vmlinuz", "kernel"), ("initrd.img", "initrd")] {
        let from = root.join(link);
        fs::copy(&from, base.file(name)).map_err(|source| Trouble::file(&from, &source))?;
    }
    let mut disk = tree.command("mke2fs");
    disk.args(["-q", "-t", "ext4", "-L", "raiz", "-d"]).arg(&root).arg(base.file("disk")).arg(DISK);
    finish(log, &mut disk, "see the log")?;
    let mut swap = tree.command("truncate");
    finish(log, swap.args(["--size", SWAP]).arg(base.file("swap")), "see the log")?;
    finish(log, tree.command("mkswap").arg(base.file("swap")), "see the log")?;
    fs::remove_dir_all(&root).map_err(|source| Trouble::file(&root, &source))?;
    fs::rename(&recipe, base.file("recipe")).map_err(io)?;
    Ok(base)
}

/// A copy of a disk, as sparse as it is.
pub(super) fn copy(tree: &Tree, log: &Log, from: &Path, to: &Path) -> Result<(), Trouble> {
    finish(
        log,
        tree.command("cp").args(["--sparse=always", "--reflink=auto"]).arg(from).arg(to),
        "see the log",
    )
}

/// A disk with the files of a folder.
pub(super) fn cargo(tree: &Tree, log: &Log, from: &Path, to: &Path) -> Result<(), Trouble> {
    let _ = fs::remove_file(to);
    let mut disk = tree.command("mke2fs");
    disk.args(["-q", "-t", "ext4", "-L", "prueba", "-d"]).arg(from).arg(to).arg("768M");
    finish(log, &mut disk, "see the log")
}

/// A stick as shops sell them, one partition with FAT, of this name and with the files of a folder.
pub(super) fn stick(
    tree: &Tree,
    log: &Log,
    label: &str,
    from: Option<&Path>,
    to: &Path,
) -> Result<(), Trouble> {
    let _ = fs::remove_file(to);
    finish(log, tree.command("truncate").args(["--size", STICK]).arg(to), "see the log")?;
    let (sectors, kib) = STICK_BEGINS;
    let table = to.with_extension("table");
    write(&table, &format!("label: dos\nstart={sectors}, type=c\n"))?;
    let open = fs::File::open(&table).map_err(|source| Trouble::file(&table, &source))?;
    finish(log, tree.command("sfdisk").arg("--quiet").arg(to).stdin(open), "see the log")?;
    let mut format = tree.command("mkfs.vfat");
    finish(log, format.args(["-n", label, "--offset", &sectors.to_string()]).arg(to), "see the log")?;
    let Some(from) = from else { return Ok(()) };
    let mut copy = tree.command("mcopy");
    copy.arg("-s").arg("-i").arg(format!("{}@@{kib}K", to.display())).arg(from).arg("::");
    finish(log, &mut copy, "see the log")
}

/// The package as another version, with another range of ledgers, or with a program that is a script.
#[derive(Debug, Default)]
pub(super) struct Changed<'a> {
    pub(super) version: &'a str,
    pub(super) reads: Option<&'a str>,
    pub(super) script: Option<(&'a str, &'a str)>,
}

/// Packs a changed package.
pub(super) fn repack(
    tree: &Tree,
    log: &Log,
    package: &Path,
    changed: &Changed<'_>,
    to: &Path,
) -> Result<(), Trouble> {
    let folder = to.with_extension("tree");
    let _ = fs::remove_dir_all(&folder);
    finish(log, tree.command("dpkg-deb").arg("--raw-extract").arg(package).arg(&folder), "see the log")?;
    let control = folder.join("DEBIAN/control");
    let text = fs::read_to_string(&control).map_err(|source| Trouble::file(&control, &source))?;
    let lines = text.lines().map(|line| match line.split_once(": ") {
        Some(("Version", _)) => format!("Version: {}\n", changed.version),
        Some(("Oirs-Ledger-Reads", was)) => format!("Oirs-Ledger-Reads: {}\n", changed.reads.unwrap_or(was)),
        Some(("Oirs-Ledger-Writes", was)) => {
            format!("Oirs-Ledger-Writes: {}\n", changed.reads.unwrap_or(was))
        }
        _ => format!("{line}\n"),
    });
    write(&control, &lines.collect::<String>())?;
    if let Some((program, script)) = changed.script {
        write(&folder.join("usr/lib/oirs-en-terreno/programs").join(program), script)?;
    }
    let mut pack = tree.command("dpkg-deb");
    pack.args(["--root-owner-group", "-Znone", "--build"]).arg(&folder).arg(to);
    finish(log, &mut pack, "see the log")?;
    fs::remove_dir_all(&folder).map_err(|source| Trouble::file(&folder, &source))
}

fn write(path: &Path, text: &str) -> Result<(), Trouble> {
    fs::write(path, text).map_err(|source| Trouble::file(path, &source))
}
