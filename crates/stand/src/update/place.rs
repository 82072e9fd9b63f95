//! Where versions of the program lie on this computer, and what the helper that installs them remembers.
//!
//! ```text
//! /usr/lib/oirs-en-terreno/programs/      what Debian's package manager installed; the helper itself runs from here
//!                          versions/N/    release N, unpacked
//!                          versions/state.json
//!                          current        a link to the one that runs; every other name leads through it
//! ```
//!
//! All of it belongs to root: the windows' user reads it and can't change it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The variable that names another root, as in Debian's own scripts.
const ROOT_VARIABLE: &str = "DPKG_ROOT";
/// Where everything of ours lies below a root.
const LIB: &str = "usr/lib/oirs-en-terreno";
/// The link by which the system calls the helper: `oirs-kiosk on` makes it.
const CALLED_BY: &str = "etc/systemd/system/multi-user.target.wants/oirs-en-terreno-update.path";
/// Longest state that is read, in bytes.
const STATE_BYTES_MAX: u64 = 64 * 1_024;

/// Where versions of the program lie, below a root of the file system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place(PathBuf);

/// A version that runs and has yet to show that it lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Trial {
    pub(crate) number: u64,
    /// What ran before it; 0 is Debian's.
    pub(crate) before: u64,
}

/// What came of a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Last {
    pub(crate) number: u64,
    pub(crate) version: Option<String>,
    pub(crate) code: String,
}

/// What the helper remembers. Root's own: nothing of it comes from the windows' user but, once, whose stand this is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct State {
    /// Office and root key, in hexadecimal, as they were when the helper first ran on an enrolled stand.
    pub(crate) office: Option<String>,
    pub(crate) root: Option<String>,
    /// The largest number that was ever switched to; none at or below it is taken again.
    pub(crate) highest: u64,
    /// When the certificate of the last signer begins; none earlier is taken.
    pub(crate) certified_unix_s: u64,
    /// The names of versions, by number.
    pub(crate) versions: BTreeMap<u64, String>,
    /// What ran before the one that runs now, to go back to.
    pub(crate) before: Option<u64>,
    pub(crate) trial: Option<Trial>,
    pub(crate) last: Option<Last>,
}

impl Place {
    /// On this computer, or below the root that `DPKG_ROOT` names.
    pub fn here() -> Self {
        Self::under(
            std::env::var_os(ROOT_VARIABLE).filter(|root| !root.is_empty()).unwrap_or_else(|| "/".into()),
        )
    }

    /// Below another root.
    pub fn under(root: impl Into<PathBuf>) -> Self {
        Self(root.into())
    }

    /// Whether it is the running system's own.
    pub(crate) fn is_system(&self) -> bool {
        self.0 == Path::new("/")
    }

    /// Whether the system calls the helper by itself.
    pub(crate) fn installs_by_itself(&self) -> bool {
        fs::symlink_metadata(self.beside(CALLED_BY)).is_ok()
    }

    /// Something else below the same root.
    pub(crate) fn beside(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    pub(crate) fn lib(&self) -> PathBuf {
        self.0.join(LIB)
    }

    pub(crate) fn current(&self) -> PathBuf {
        self.lib().join("current")
    }

    pub(crate) fn versions(&self) -> PathBuf {
        self.lib().join("versions")
    }

    /// The folder of programs of a version; 0 is Debian's.
    pub(crate) fn programs(&self, number: u64) -> PathBuf {
        self.lib().join(Self::link_to(number))
    }

    /// What [`Place::current`] says for a version: relative, so that it holds below any root.
    pub(crate) fn link_to(number: u64) -> PathBuf {
        match number {
            0 => "programs".into(),
            number => format!("versions/{number}/{LIB}/programs").into(),
        }
    }

    /// The release that runs; none where Debian's package is the one, or none of ours is installed.
    pub fn number(&self) -> Option<u64> {
        let link = fs::read_link(self.current()).ok()?;
        let mut parts = link.iter().map(|part| part.to_string_lossy().into_owned());
        (parts.next()? == "versions").then(|| parts.next()?.parse().ok())?
    }

    pub(crate) fn state_file(&self) -> PathBuf {
        self.versions().join("state.json")
    }

    /// What the helper remembers; nothing where it never ran.
    pub(crate) fn state(&self) -> State {
        let bytes = super::read_at_most(&self.state_file(), STATE_BYTES_MAX).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }
}
