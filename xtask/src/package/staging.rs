//! The tree of the package, file by file with its permissions, and what Debian wants to know about it.

use super::{ARCHITECTURE, NAME, PROGRAMS, Package, notices, said_in};
use crate::trouble::Trouble;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

const FILE: u32 = 0o644;
const PROGRAM: u32 = 0o755;

/// Where each file of `packaging/` goes, and whether it runs.
const PLACED: &[(&str, &str, u32)] = &[
    ("session/oirs-en-terreno.service", "lib/systemd/system/oirs-en-terreno.service", FILE),
    ("session/oirs-medium@.service", "lib/systemd/system/oirs-medium@.service", FILE),
    ("session/oirs-en-terreno-update.path", "lib/systemd/system/oirs-en-terreno-update.path", FILE),
    ("session/oirs-en-terreno-update.service", "lib/systemd/system/oirs-en-terreno-update.service", FILE),
    ("session/oirs-en-terreno-selftest.service", "lib/systemd/system/oirs-en-terreno-selftest.service", FILE),
    ("session/pam", "etc/pam.d/oirs-en-terreno", FILE),
    ("session/environment", "usr/lib/oirs-en-terreno/session/environment", FILE),
    ("session/guard", "usr/lib/oirs-en-terreno/session/guard", PROGRAM),
    ("session/medium", "usr/lib/oirs-en-terreno/session/medium", PROGRAM),
    ("kiosk/oirs-kiosk", "usr/sbin/oirs-kiosk", PROGRAM),
    ("kiosk/masks", "usr/share/oirs-en-terreno/kiosk/masks", FILE),
    ("debian/between-days", "usr/lib/oirs-en-terreno/between-days", PROGRAM),
    ("debian/oirs-en-terreno.sysusers", "usr/lib/sysusers.d/oirs-en-terreno.conf", FILE),
    ("debian/oirs-en-terreno.tmpfiles", "usr/lib/tmpfiles.d/oirs-en-terreno.conf", FILE),
    ("debian/oirs-en-terreno.desktop", "usr/share/applications/oirs-en-terreno.desktop", FILE),
    ("debian/lintian-overrides", "usr/share/lintian/overrides/oirs-en-terreno", FILE),
];

/// What Debian runs when the package comes and goes.
const SCRIPTS: [&str; 4] = ["preinst", "postinst", "prerm", "postrm"];

/// Who answers for the package: whoever builds it says so in `OIRS_MAINTAINER`.
const MAINTAINER: &str = "OIRS en Terreno <oirs-en-terreno@example.org>";

/// Where the programs lie. Every other name leads through the link beside this folder, which an update sets anew
/// (docs/adr/0079).
const PROGRAMS_IN: &str = "usr/lib/oirs-en-terreno/programs";

/// Packages that no library asks for: the compositor and what lets X programs into it, the roots of TLS, and what the
/// scripts call. Without polkit logind gives nobody but root the screen, and a bare Debian has none.
const ALSO_DEPENDS: &str =
    "cage, ca-certificates, dbus, libpam-systemd, polkitd, procps, systemd, udev, xwayland";

/// A voice for those who don't read, and its Spanish. Without them the windows offer no reading aloud.
const RECOMMENDS: &str = "espeak-ng, speech-dispatcher, speech-dispatcher-espeak-ng";

/// Lays everything out under `staged`.
pub(super) fn lay_out(package: &Package<'_>, version: &str, staged: &Path) -> Result<(), Trouble> {
    let root = &package.tree.root;
    let packaging = root.join("packaging");
    for program in PROGRAMS {
        let to = staged.join(PROGRAMS_IN).join(program);
        place(&package.programs.join(program), &to, PROGRAM)?;
        said_in(package.tree, root, "strip", &["--strip-unneeded", &to.to_string_lossy()])?;
        link(&format!("../lib/{NAME}/current/{program}"), &staged.join("usr/bin").join(program))?;
    }
    link("programs", &staged.join("usr/lib").join(NAME).join("current"))?;
    for (from, to, mode) in PLACED {
        place(&packaging.join(from), &staged.join(to), *mode)?;
    }
    let kiosk = packaging.join("kiosk/etc");
    for file in files(&kiosk)? {
        place(&kiosk.join(&file), &staged.join("usr/share/oirs-en-terreno/kiosk/etc").join(&file), FILE)?;
    }
    for (from, size) in [("icons/32x32.png", "32x32"), ("icons/128x128.png", "128x128")] {
        let to = format!("usr/share/icons/hicolor/{size}/apps/{NAME}.png");
        place(&root.join(from), &staged.join(to), FILE)?;
    }
    documents(package, version, staged)?;
    control(package, version, staged)
}

/// What is read: the manual, whatever there is of it, and whose work is inside.
fn documents(package: &Package<'_>, version: &str, staged: &Path) -> Result<(), Trouble> {
    let root = &package.tree.root;
    let doc = staged.join("usr/share/doc").join(NAME);
    place(&root.join("docs/kiosk.md"), &doc.join("kiosk.md"), FILE)?;
    let manual = root.join("docs/manual");
    for file in files(&manual)? {
        let page = manual.join(&file);
        place(&page, &doc.join("manual").join(&file), FILE)?;
        let text = fs::read_to_string(&page).map_err(|source| Trouble::file(&page, &source))?;
        for picture in pictures(&text) {
            place(&root.join("docs/screens").join(picture), &doc.join("screens").join(picture), FILE)?;
        }
    }
    write(&doc.join("third-party.txt"), &notices::third_party(package.tree)?, FILE)?;
    place(&root.join("packaging/debian/copyright"), &doc.join("copyright"), FILE)?;
    let seconds = package.epoch.to_string();
    let date = said_in(package.tree, root, "date", &["-u", "-R", "-d", &format!("@{seconds}")])?;
    let changes = format!(
        "{NAME} ({version}) stable; urgency=medium\n\n  * What changed: CHANGELOG.md of the source.\n\n \
         -- {}  {}\n",
        maintainer(),
        date.trim()
    );
    let file = doc.join("changelog");
    write(&file, &changes, FILE)?;
    said_in(package.tree, root, "gzip", &["-9n", &file.to_string_lossy()]).map(drop)
}

/// The names of the screens that a page of the manual shows.
fn pictures(page: &str) -> impl Iterator<Item = &str> {
    page.split("](../screens/").skip(1).filter_map(|rest| rest.split_once(')')).map(|(name, _)| name)
}

fn control(package: &Package<'_>, version: &str, staged: &Path) -> Result<(), Trouble> {
    let control = staged.join("DEBIAN");
    for script in SCRIPTS {
        let from = package.tree.root.join("packaging/debian").join(script);
        let text = fs::read_to_string(&from).map_err(|source| Trouble::file(&from, &source))?;
        write(&control.join(script), &text.replace("@VERSION@", version), PROGRAM)?;
    }
    write(&control.join("conffiles"), "/etc/pam.d/oirs-en-terreno\n", FILE)?;
    let paths: Vec<PathBuf> = files(staged)?.into_iter().filter(|path| !path.starts_with("DEBIAN")).collect();
    let names: Vec<String> = paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    write(&control.join("md5sums"), &said_in(package.tree, staged, "md5sum", &names)?, FILE)?;
    let mut bytes = 0_u64;
    for path in &paths {
        let whole = staged.join(path);
        bytes = bytes
            .saturating_add(fs::metadata(&whole).map_err(|source| Trouble::file(&whole, &source))?.len());
    }
    let text = format!(
        "Package: {NAME}\nVersion: {version}\nArchitecture: {ARCHITECTURE}\nSection: misc\nPriority: optional\n\
         Maintainer: {}\nInstalled-Size: {}\nOirs-Ledger-Reads: 1\nOirs-Ledger-Writes: {}\n\
         Depends: {}, {ALSO_DEPENDS}\n\
         Recommends: {RECOMMENDS}\n\
         Description: citizen office of a public body that works where there is no coverage\n \
         The stand of OIRS en Terreno: windows for the field team and for citizens, the\n \
         command terreno, and a session in which they are the computer's only\n \
         application (oirs-kiosk).\n",
        maintainer(),
        bytes.div_ceil(1024),
        schemas(package)?,
        depends(package, staged)?
    );
    write(&control.join("control"), &text, FILE)
}

/// The schema of a ledger that the programs write: each has its migration, and the first is where every ledger began.
fn schemas(package: &Package<'_>) -> Result<usize, Trouble> {
    let migrations = files(&package.tree.root.join("migrations/stand"))?;
    let is_one = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "sql");
    Ok(migrations.iter().filter(is_one).count())
}

fn maintainer() -> String {
    std::env::var("OIRS_MAINTAINER").unwrap_or_else(|_| MAINTAINER.to_owned())
}

/// The libraries' packages, as Debian's own tool finds them.
fn depends(package: &Package<'_>, staged: &Path) -> Result<String, Trouble> {
    let folder = package.tree.target.join("package/shlibdeps");
    write(
        &folder.join("debian/control"),
        &format!("Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n"),
        FILE,
    )?;
    let programs: Vec<String> = PROGRAMS
        .iter()
        .map(|program| staged.join(PROGRAMS_IN).join(program).to_string_lossy().into_owned())
        .collect();
    let mut arguments = vec!["-O"];
    arguments.extend(programs.iter().map(String::as_str));
    let found = said_in(package.tree, &folder, "dpkg-shlibdeps", &arguments)?;
    let list = found.lines().find_map(|line| line.strip_prefix("shlibs:Depends="));
    list.map(ToOwned::to_owned)
        .ok_or_else(|| Trouble::new("dpkg-shlibdeps found no library", "look at the programs with ldd"))
}

/// Every file under a folder, relative to it, sorted; none where it isn't there. Links are not followed.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_path_buf()]);
    while let Some(next) = folders.pop() {
        if !next.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&next).map_err(|source| Trouble::file(&next, &source))?.flatten() {
            let path = entry.path();
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
            } else if let (false, Ok(path)) = (path.is_symlink(), path.strip_prefix(folder)) {
                found.push(path.to_path_buf());
            }
        }
    }
    found.sort();
    Ok(found)
}

fn place(from: &Path, to: &Path, mode: u32) -> Result<(), Trouble> {
    let bytes = fs::read(from).map_err(|source| Trouble::file(from, &source))?;
    put(to, &bytes, mode)
}

fn link(to: &str, at: &Path) -> Result<(), Trouble> {
    let trouble = |source: std::io::Error| Trouble::file(at, &source);
    make_folders(at)?;
    std::os::unix::fs::symlink(to, at).map_err(trouble)
}

fn write(to: &Path, text: &str, mode: u32) -> Result<(), Trouble> {
    put(to, text.as_bytes(), mode)
}

/// A file with these permissions, in folders that everybody may enter, whatever the umask.
fn put(to: &Path, bytes: &[u8], mode: u32) -> Result<(), Trouble> {
    let trouble = |source: std::io::Error| Trouble::file(to, &source);
    make_folders(to)?;
    fs::write(to, bytes).map_err(trouble)?;
    fs::set_permissions(to, fs::Permissions::from_mode(mode)).map_err(trouble)
}

fn make_folders(to: &Path) -> Result<(), Trouble> {
    let trouble = |source: std::io::Error| Trouble::file(to, &source);
    let mut fresh = Vec::new();
    let mut folder = to.parent();
    while let Some(missing) = folder.filter(|folder| !folder.exists()) {
        fresh.push(missing);
        folder = missing.parent();
    }
    for missing in fresh.into_iter().rev() {
        fs::create_dir(missing).map_err(trouble)?;
        fs::set_permissions(missing, fs::Permissions::from_mode(PROGRAM)).map_err(trouble)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_placed_with_their_permissions_in_folders_to_enter() {
        let folder = tempfile::tempdir().unwrap();
        put(&folder.path().join("a/b/run"), b"1", PROGRAM).unwrap();
        put(&folder.path().join("a/read"), b"2", FILE).unwrap();
        let mode = |path: &str| fs::metadata(folder.path().join(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!([mode("a"), mode("a/b"), mode("a/b/run"), mode("a/read")], [0o755, 0o755, 0o755, 0o644]);
        assert_eq!(files(folder.path()).unwrap(), [PathBuf::from("a/b/run"), PathBuf::from("a/read")]);
        assert!(files(&folder.path().join("absent")).unwrap().is_empty());
    }

    #[test]
    fn what_the_package_brings_is_there_and_what_is_there_is_brought() {
        let packaging = crate::tree::Tree::here().unwrap().root.join("packaging");
        let brought = |path: &Path| {
            let path = path.to_string_lossy();
            PLACED.iter().any(|(from, ..)| *from == path)
                || SCRIPTS.iter().any(|script| path == format!("debian/{script}"))
                || path.starts_with("kiosk/etc/")
                || path == "debian/copyright"
        };
        let there = files(&packaging).unwrap();
        let left: Vec<&PathBuf> = there.iter().filter(|path| !brought(path)).collect();
        assert!(left.is_empty(), "{left:?}");
        for (from, ..) in PLACED {
            assert!(packaging.join(from).is_file(), "{from}");
        }
    }
}
