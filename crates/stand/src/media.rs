//! Sticks and cards: which the system has mounted, what lies on them for this stand, and the pictures and pages that
//! people bring on one.
//!
//! A window has no dialog in which files are chosen, so that nobody finds a way out through one. What can be chosen
//! is listed here: media that can be taken out, and on them only what could be attached, by name, size and date.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use bundle::{Disk, FOLDER, Medium as _};
use serde::Serialize;

use crate::{Stand, StandError, UpdatePlace};

/// Where Linux tells of mounts, of block devices by number, and of the names that people gave to file systems.
const MOUNTS: &str = "/proc/self/mountinfo";
const BLOCKS: &str = "/sys/dev/block";
const LABELS: &str = "/dev/disk/by-label";
/// Where media are mounted; what lies elsewhere is the machine's own, also where that was started from a stick.
const PLACES: [&str; 3] = ["/media", "/run/media", "/mnt"];

/// How a picture or a page is called. HEIC is not taken, and its refusal says how a telephone takes JPEG instead.
const ENDINGS: [&str; 8] = ["jpg", "jpeg", "png", "webp", "pdf", "heic", "heif", "avif"];
/// Files that are shown, the newest.
const FILES_SHOWN: usize = 60;
/// Files and folders that are looked at on all media: a telephone's card has thousands.
const ENTRIES_MAX: usize = 20_000;
/// Folders within folders that are looked into.
const DEPTH_MAX: usize = 5;

/// A medium that can be taken out, as the system has mounted it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mounted {
    /// Where.
    pub folder: PathBuf,
    /// What people call it, or else the folder's name.
    pub name: String,
}

/// Who says which media are mounted.
pub(crate) type MediaSource = Arc<dyn Fn() -> Vec<Mounted> + Send + Sync>;

/// A medium, and what it is for this stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct MediumLine {
    /// Where it is mounted.
    pub folder: String,
    /// What people call it.
    pub name: String,
    /// Bytes that can still be written, where it says so.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub free_bytes: Option<u64>,
    /// Whether this stand mirrors there.
    pub is_mirror: bool,
    /// Other stands of which something lies there.
    pub other_stands: usize,
    /// The new version of this program that lies there.
    pub version: Option<String>,
}

/// A file on a medium that could be attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct HandedFile {
    /// Where it lies: nothing that a window has to know.
    #[serde(skip)]
    #[cfg_attr(feature = "bindings", ts(skip))]
    pub path: PathBuf,
    /// Its name.
    pub name: String,
    /// The medium's name.
    pub medium: String,
    /// Its bytes.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub bytes: u64,
    /// When it was last changed, RFC 3339 in local time, where the medium says so.
    pub changed_at: Option<String>,
}

/// Files that could be attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct HandedFiles {
    /// The newest first.
    pub files: Vec<HandedFile>,
    /// Whether there are more than are listed.
    pub more: bool,
}

/// The media that the system has mounted now.
pub fn mounted_media() -> Vec<Mounted> {
    let mounts = fs::read_to_string(MOUNTS).unwrap_or_default();
    media_of(&mounts, Path::new(BLOCKS), &labels(Path::new(LABELS)))
}

/// The same from a folder whose folders stand for media, for tests.
pub fn media_in(folder: &Path) -> Vec<Mounted> {
    let folders = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut media: Vec<Mounted> = folders
        .filter(|path| path.is_dir())
        .map(|path| Mounted { name: last_name(&path), folder: path })
        .collect();
    media.sort();
    media
}

fn media_of(mounts: &str, blocks: &Path, labels: &BTreeMap<PathBuf, String>) -> Vec<Mounted> {
    let mut media: Vec<Mounted> = mounts
        .lines()
        .filter_map(|line| mount(line, labels))
        .filter(|(number, medium)| {
            PLACES.iter().any(|place| medium.folder.starts_with(place)) && is_removable(&blocks.join(number))
        })
        .map(|(_, medium)| medium)
        .collect();
    media.sort();
    media.dedup_by(|one, other| one.folder == other.folder);
    media
}

/// A line of `mountinfo` (`proc_pid_mountinfo(5)`): the block device's number, and what is mounted. None for a folder of
/// a file system that is mounted elsewhere as a whole.
fn mount(line: &str, labels: &BTreeMap<PathBuf, String>) -> Option<(String, Mounted)> {
    let (before, after) = line.split_once(" - ")?;
    let mut fields = before.split(' ').skip(2);
    let (number, root, place) = (fields.next()?, fields.next()?, fields.next()?);
    let device = PathBuf::from(unescaped(after.split(' ').nth(1)?));
    let folder = PathBuf::from(unescaped(place));
    let name = labels.get(&device).cloned().unwrap_or_else(|| last_name(&folder));
    (root == "/").then(|| (number.to_owned(), Mounted { folder, name }))
}

/// Blanks and backslashes are written there as three octal digits.
fn unescaped(text: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .iter()
        .fold(text.to_owned(), |text, (written, meant)| text.replace(written, meant))
}

/// What people call file systems, by device file. The names escape what a path can't hold.
fn labels(folder: &Path) -> BTreeMap<PathBuf, String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let label = |entry: fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().replace("\\x20", " ");
        Some((entry.path().canonicalize().ok()?, name))
    };
    entries.filter_map(label).collect()
}

/// Whether people plug it in: it hangs on USB, its reader says that it can be taken out, or it is an SD card (and no
/// memory that is soldered in and speaks the same language).
fn is_removable(device: &Path) -> bool {
    let Ok(device) = device.canonicalize() else { return false };
    let on_usb = device.iter().any(|part| {
        let digits = part.to_str().and_then(|part| part.strip_prefix("usb"));
        digits.is_some_and(|digits| digits.starts_with(|first: char| first.is_ascii_digit()))
    });
    // A partition's disk is the folder above it.
    let says = |name: &str, word: &str| {
        [Some(device.as_path()), device.parent()]
            .into_iter()
            .flatten()
            .any(|place| fs::read_to_string(place.join(name)).is_ok_and(|text| text.trim() == word))
    };
    on_usb || says("removable", "1") || says("device/type", "SD")
}

fn last_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

impl Stand {
    /// What each medium is for this stand.
    pub fn media(&self, mounted: &[Mounted]) -> Vec<MediumLine> {
        let own = self.enrolment.device.device.to_string();
        let mirror = self.mirror_folder();
        let place = UpdatePlace::here();
        let line = |medium: &Mounted| {
            let disk = Disk::at(&medium.folder);
            let ours = disk.list(FOLDER).unwrap_or_default();
            let is_other = |name: &str| {
                name.len() == own.len()
                    && name.bytes().all(|byte| byte.is_ascii_hexdigit())
                    && !name.eq_ignore_ascii_case(&own)
            };
            MediumLine {
                version: self.version_on(&medium.folder, &place),
                folder: medium.folder.display().to_string(),
                name: medium.name.clone(),
                free_bytes: disk.free_bytes().ok(),
                is_mirror: mirror.is_some() && medium.folder.canonicalize().ok() == mirror,
                other_stands: ours.iter().filter(|item| item.is_folder && is_other(&item.name)).count(),
            }
        };
        mounted.iter().map(line).collect()
    }

    /// The pictures and PDF on media, as far as their names say so; what they are is said by their content, later.
    /// What the stand itself wrote there, hidden folders and links are not looked into.
    pub fn handed_files(&self, mounted: &[Mounted]) -> Result<HandedFiles, StandError> {
        let (mut found, mut left) = (Vec::new(), ENTRIES_MAX);
        for medium in mounted {
            look_into(
                &medium.folder,
                &mut |path, changed, bytes| found.push((changed, path, bytes, &medium.name)),
                &mut left,
            );
        }
        found.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        let more = left == 0 || found.len() > FILES_SHOWN;
        let file = |(changed, path, bytes, medium): (Option<SystemTime>, PathBuf, u64, &String)| {
            let changed_at = changed.and_then(unix_s).map(|unix_s| self.local_time_of(unix_s)).transpose()?;
            Ok(HandedFile { name: last_name(&path), path, medium: medium.clone(), bytes, changed_at })
        };
        let files: Result<Vec<_>, StandError> = found.into_iter().take(FILES_SHOWN).map(file).collect();
        Ok(HandedFiles { files: files?, more })
    }
}

pub(crate) fn unix_s(time: SystemTime) -> Option<i64> {
    i64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok()
}

/// Tells of every file below a folder that is called as what could be attached; ends when `left` entries were met.
fn look_into(top: &Path, tell: &mut impl FnMut(PathBuf, Option<SystemTime>, u64), left: &mut usize) {
    let mut folders = vec![(top.to_owned(), 0_usize)];
    while let Some((folder, depth)) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            if *left == 0 {
                return;
            }
            *left = left.saturating_sub(1);
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().to_lowercase();
            // Of the entry itself: a link is neither, and leads nowhere.
            let Ok(metadata) = entry.metadata() else { continue };
            let is_ours = depth == 0 && name == FOLDER;
            if metadata.is_dir() && depth < DEPTH_MAX && !is_ours && !name.starts_with(['.', '$']) {
                folders.push((path, depth.saturating_add(1)));
            } else if metadata.is_file() && !name.starts_with('.') {
                let ending = name.rsplit_once('.').map(|(_, ending)| ending);
                if ending.is_some_and(|ending| ENDINGS.contains(&ending)) {
                    tell(path, metadata.modified().ok(), metadata.len());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::tests::office::Office;

    /// A disk's number, its place among the devices, and the files beside it with what they say.
    type Disk<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

    /// `sys` with these disks.
    fn sys(disks: &[Disk<'_>]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("block")).unwrap();
        for (number, place, files) in disks {
            let device = dir.path().join(place);
            fs::create_dir_all(&device).unwrap();
            for (name, content) in *files {
                let file = device.parent().unwrap().join(name);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, format!("{content}\n")).unwrap();
            }
            std::os::unix::fs::symlink(&device, dir.path().join("block").join(number)).unwrap();
        }
        dir
    }

    #[test]
    fn only_what_people_plug_in_is_a_medium() {
        let sys = sys(&[
            ("8:1", "pci0/ata1/block/sda/sda1", &[("removable", "0")]),
            ("8:17", "pci0/usb1/1-2/block/sdb/sdb1", &[("removable", "0")]),
            ("8:33", "pci0/reader/block/sdc/sdc1", &[("removable", "1")]),
            ("179:1", "pci0/mmc0/block/mmcblk0/mmcblk0p1", &[("device/type", "MMC")]),
            ("179:9", "pci0/mmc1/block/mmcblk1/mmcblk1p1", &[("device/type", "SD")]),
        ]);
        let labels = BTreeMap::from([(PathBuf::from("/dev/mmcblk1p1"), "OIRS COPIA".to_owned())]);
        let check = |line: &str, expected: Option<(&str, &str)>| {
            let found = media_of(line, &sys.path().join("block"), &labels);
            let expected =
                expected.map(|(folder, name)| Mounted { folder: folder.into(), name: name.into() });
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{line}");
        };
        let line = |number: &str, root: &str, place: &str, device: &str| {
            format!("36 35 {number} {root} {place} rw,nosuid shared:1 - vfat {device} rw,flush")
        };
        check(&line("8:17", "/", "/media/ana/FOTOS", "/dev/sdb1"), Some(("/media/ana/FOTOS", "FOTOS")));
        check(
            &line("8:17", "/", r"/media/ana/MIS\040FOTOS", "/dev/sdb1"),
            Some(("/media/ana/MIS FOTOS", "MIS FOTOS")),
        );
        check(&line("8:33", "/", "/run/media/ana/X", "/dev/sdc1"), Some(("/run/media/ana/X", "X")));
        check(
            &line("179:9", "/", "/media/oirs/mmcblk1p1", "/dev/mmcblk1p1"),
            Some(("/media/oirs/mmcblk1p1", "OIRS COPIA")),
        );
        // The machine's own disk, its soldered memory, a stick that it was started from, a folder of one.
        check(&line("8:1", "/", "/mnt/datos", "/dev/sda1"), None);
        check(&line("179:1", "/", "/mnt/datos", "/dev/mmcblk0p1"), None);
        check(&line("8:17", "/", "/", "/dev/sdb1"), None);
        check(&line("8:17", "/fotos", "/media/ana/fotos", "/dev/sdb1"), None);
        check(&line("0:44", "/", "/media/ana/red", "servidor:/x"), None);
        check("what no kernel says", None);
    }

    #[test]
    fn only_what_could_be_attached_is_listed_the_newest_first() {
        let dir = tempfile::tempdir().unwrap();
        let stand = Office::new().stand(dir.path());
        let stick = dir.path().join("media/FOTOS");
        let put = |path: &str, age_s: u64| {
            let file = stick.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, path).unwrap();
            let changed = UNIX_EPOCH + Duration::from_secs(1_795_300_000 - age_s);
            fs::File::options().write(true).open(&file).unwrap().set_modified(changed).unwrap();
        };
        put("DCIM/100/IMG_1.JPG", 20);
        put("boleta.pdf", 10);
        put("IMG_2.heic", 30);
        for (at, other) in [
            "notas.txt",
            "video.mp4",
            ".oculta.jpg",
            ".Trash/x.jpg",
            "oirs/parts/x.jpg",
            "a/b/c/d/e/f/deep.png",
            "jpg",
        ]
        .into_iter()
        .enumerate()
        {
            put(other, u64::try_from(at).unwrap());
        }
        std::os::unix::fs::symlink(stick.join("boleta.pdf"), stick.join("enlace.pdf")).unwrap();
        std::os::unix::fs::symlink(dir.path(), stick.join("fuera")).unwrap();
        let media = media_in(&dir.path().join("media"));
        let found = stand.handed_files(&media).unwrap();
        let names: Vec<&str> = found.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(
            (names.as_slice(), found.more),
            (["boleta.pdf", "IMG_1.JPG", "IMG_2.heic"].as_slice(), false)
        );
        let first = &found.files[0];
        assert_eq!((first.medium.as_str(), first.bytes), ("FOTOS", 10));
        assert_eq!(first.changed_at.as_deref(), Some("2026-11-21T19:26:30-03:00"));
        for at in 0..FILES_SHOWN {
            put(&format!("muchas/{at}.png"), 100);
        }
        let found = stand.handed_files(&media).unwrap();
        assert_eq!((found.files.len(), found.more), (FILES_SHOWN, true));
        assert!(stand.handed_files(&media_in(&dir.path().join("nada"))).unwrap().files.is_empty());
    }

    #[test]
    fn a_medium_says_what_it_is_for_this_stand() {
        let dir = tempfile::tempdir().unwrap();
        let mut stand = Office::new().stand(dir.path());
        let media = dir.path().join("media");
        fs::create_dir_all(media.join("A")).unwrap();
        fs::create_dir_all(media.join("B/oirs/parts")).unwrap();
        fs::create_dir_all(media.join("B/oirs").join("ab".repeat(16))).unwrap();
        stand.set_mirror(&media.join("A")).unwrap();
        stand.export_bundle(&media.join("B")).unwrap();
        let lines = stand.media(&media_in(&media));
        let told: Vec<_> =
            lines.iter().map(|line| (line.name.as_str(), line.is_mirror, line.other_stands)).collect();
        assert_eq!(told, [("A", true, 0), ("B", false, 1)]);
        assert!(lines.iter().all(|line| line.free_bytes.is_some()));
    }
}
