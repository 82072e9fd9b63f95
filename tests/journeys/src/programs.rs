//! Where the programs are: beside the test that runs, built by the same cargo into the same folder.
//!
//! They are other packages' programs, so that cargo doesn't build them for this one's tests. `OIRS_PROGRAMS` names a
//! folder where somebody built them already; without it they are built here, once a process, which costs a look at
//! the clock of each source when nothing changed.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The path of `terreno` or `oirs-central`.
pub fn program(name: &str) -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let path = FOLDER.get_or_init(folder).join(name);
    assert!(path.is_file(), "{} was not built", path.display());
    path
}

fn folder() -> PathBuf {
    if let Some(folder) = std::env::var_os("OIRS_PROGRAMS") {
        return PathBuf::from(folder);
    }
    // target/PROFILE/deps/this-test
    let test = std::env::current_exe().unwrap();
    let folder = test.ancestors().nth(2).unwrap().to_owned();
    build(&folder);
    folder
}

fn build(folder: &Path) {
    let profile = match folder.file_name().and_then(|name| name.to_str()) {
        Some("debug") | None => "dev",
        Some(profile) => profile,
    };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--package", "stand", "--package", "central", "--bins"])
        .args(["--profile", profile, "--target-dir"])
        .arg(folder.parent().unwrap())
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
}
