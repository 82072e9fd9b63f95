//! The office's folder: where everything lies, and how a file is written so that a power cut leaves all or nothing.
//!
//! ```text
//! office.json            who the office is; written last, so its presence says that `init` was finished
//! central.sqlite         what the office keeps
//! files/                 sealed files that stands brought, a folder for each stand
//! releases/              the package of the stand's program that stands fetch
//! keys/                  certificates, and the private keys that this host needs (0600)
//! root-key-offline/      the root's private key: to be moved to a safe at once; nothing here ever reads it
//! ```

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::error::CentralError;

/// Where packages of the stand's program lie.
pub(crate) const RELEASES: &str = "releases";

/// A central office's folder.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder at this path, whether it exists or not.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Who the office is.
    pub fn office_file(&self) -> PathBuf {
        self.0.join("office.json")
    }

    /// What the office keeps.
    pub fn data_file(&self) -> PathBuf {
        self.0.join("central.sqlite")
    }

    /// Sealed files that stands brought.
    pub fn files(&self) -> PathBuf {
        self.0.join("files")
    }

    /// Packages of the stand's program.
    pub fn releases(&self) -> PathBuf {
        self.0.join(RELEASES)
    }

    /// Certificates and private keys.
    pub fn keys(&self) -> PathBuf {
        self.0.join("keys")
    }

    /// Where `init` puts the root's private key, to be carried away.
    pub fn offline(&self) -> PathBuf {
        self.0.join("root-key-offline")
    }
}

fn failed(operation: &'static str, path: &Path) -> impl Fn(std::io::Error) -> CentralError {
    move |source| CentralError::File { operation, path: path.to_owned(), source }
}

/// Makes a folder that only its owner may enter.
pub(crate) fn make_private(path: &Path) -> Result<(), CentralError> {
    fs::create_dir_all(path).map_err(failed("making", path))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(path, fs::Permissions::from_mode(0o700)).map_err(failed("closing", path))?;
    }
    Ok(())
}

/// Writes a whole file that only its owner may read: under another name, flushed, renamed, folder flushed.
pub(crate) fn write_private(path: &Path, content: &[u8]) -> Result<(), CentralError> {
    let failed = failed("writing", path);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let beside = path.with_file_name(name);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(&beside).map_err(&failed)?;
    file.write_all(content).and_then(|()| file.sync_all()).map_err(&failed)?;
    fs::rename(&beside, path).map_err(&failed)?;
    sync_folder(path.parent().unwrap_or(Path::new(".")))
}

/// Gives something another name, so that nothing is in its way and nothing is lost: keys are never deleted.
pub(crate) fn set_aside(path: &Path) -> Result<(), CentralError> {
    if !path.exists() {
        return Ok(());
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut names = (1..=u16::MAX).map(|n| path.with_file_name(format!("{name}.set-aside-{n}")));
    let free = names.find(|path| !path.exists());
    fs::rename(path, free.unwrap_or_default()).map_err(failed("setting aside", path))
}

/// Makes the names in a folder durable.
pub(crate) fn sync_folder(path: &Path) -> Result<(), CentralError> {
    // The folder of a bare file name is where the program was started.
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    File::open(path).and_then(|folder| folder.sync_all()).map_err(failed("flushing", path))
}

/// A whole file; nothing when it isn't there.
pub(crate) fn read(path: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, CentralError> {
    match fs::read(path) {
        Ok(content) => Ok(Some(Zeroizing::new(content))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(failed("reading", path)(source)),
    }
}
