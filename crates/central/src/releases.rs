//! Releases of the stand's program: certifying who may sign them, signing one, and keeping packages for stands.
//!
//! The office's host only carries. The key that signs is drawn once, into a folder that is taken to whoever builds, and
//! nothing here reads it but the command that signs, wherever that runs.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::Command;

use ed25519_dalek::SigningKey;
use rand_core::CryptoRng;
use wire::cert::{Role, RoleCertificate};
use wire::release::{
    OpenedRelease, PACKAGE_BYTES_MAX, PACKAGE_PIECE_BYTES_MAX, RELEASE_BYTES_MAX, Release, ReleaseError,
    read_certificate,
};
use wire::{Hash, OfficeId};

use crate::error::CentralError;
use crate::files::SealedFiles;
use crate::folder::{self, Folder};
use crate::keys::{self, Keys, ROLE_VALID_S};

/// The names of key and certificate in the folder that is taken to whoever builds.
pub const KEY_FILE: &str = "releases.key";
/// The certificate beside the key.
pub const CERTIFICATE_FILE: &str = "releases.cert";
/// The package that stands install.
const PACKAGE_NAME: &str = "oirs-en-terreno";

/// Draws a key for signing releases and certifies it for [`ROLE_VALID_S`] with the root's private key, which is read
/// from `root_key` and nowhere kept. Both go into `out`, a folder that has neither yet.
///
/// # Errors
/// [`CentralError::OtherRoot`] for another office's root, [`CentralError::FileExists`] where a key is there already.
pub fn certify(
    keys: &Keys,
    office: OfficeId,
    (root_key, out): (&Path, &Path),
    now_unix_s: u64,
    rng: &mut impl CryptoRng,
) -> Result<RoleCertificate, CentralError> {
    let root = keys::read_signing_key(root_key, "root")?;
    if root.verifying_key() != keys.root {
        return Err(CentralError::OtherRoot(root_key.to_owned()));
    }
    for file in [KEY_FILE, CERTIFICATE_FILE].map(|name| out.join(name)) {
        if file.exists() {
            return Err(CentralError::FileExists(file));
        }
    }
    folder::make_private(out)?;
    let key = keys::draw_signing_key(rng);
    let valid = now_unix_s..now_unix_s.saturating_add(ROLE_VALID_S);
    let certificate = RoleCertificate::new(office, Role::Releases, key.verifying_key().to_bytes(), valid);
    folder::write_private(&out.join(CERTIFICATE_FILE), &certificate.sign(&root))?;
    keys::write_secret(&out.join(KEY_FILE), key.as_bytes())?;
    Ok(certificate)
}

/// Signs a package as release `number` with key and certificate of a folder. Needs no office.
///
/// # Errors
/// [`CentralError::Release`] for what is no package of the stand, or a key that may not sign.
pub fn sign(
    package: &Path,
    folder: &Path,
    number: u64,
    now_unix_s: u64,
) -> Result<(Release, Vec<u8>), CentralError> {
    let certificate_file = folder.join(CERTIFICATE_FILE);
    let certificate = folder::read(&certificate_file)?.ok_or(CentralError::KeyMissing("releases"))?;
    let key: SigningKey = keys::read_signing_key(&folder.join(KEY_FILE), "releases")?;
    let office = read_certificate(&certificate).map_err(|error| refused(&certificate_file, &error))?.office;
    let bytes = read_package(package)?;
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let fields = PackageFields::read(package)?;
    let mut release = Release::new(office, number, &fields.version, (Hash::of(&bytes), length));
    (release.reads, release.writes, release.issued_unix_s) = (fields.reads, fields.writes, now_unix_s);
    let signed = release.sign(&certificate, &key).map_err(|error| refused(package, &error))?;
    Ok((release, signed))
}

/// What a package says of itself.
struct PackageFields {
    version: String,
    reads: u32,
    writes: u32,
}

impl PackageFields {
    /// By Debian's own tool: name, version, and the schemas of a ledger that its program reads and writes.
    fn read(package: &Path) -> Result<Self, CentralError> {
        let not_ours = |why: &str| CentralError::Release {
            path: package.to_owned(),
            code: "release_package",
            why: why.to_owned(),
        };
        let mut command = Command::new("dpkg-deb");
        let format = "--showformat=${Package}\n${Version}\n${Oirs-Ledger-Reads}\n${Oirs-Ledger-Writes}\n";
        let said = command.arg("--show").arg(format).arg(package).output();
        let said = said.map_err(|source| CentralError::File {
            operation: "running",
            path: "dpkg-deb".into(),
            source,
        })?;
        if !said.status.success() {
            return Err(not_ours("dpkg-deb"));
        }
        let text = String::from_utf8_lossy(&said.stdout).into_owned();
        let mut lines = text.lines();
        let mut next = || lines.next().unwrap_or_default();
        if next() != PACKAGE_NAME {
            return Err(not_ours("Package"));
        }
        let version = next().to_owned();
        let reads = next().parse().map_err(|_| not_ours("Oirs-Ledger-Reads"))?;
        let writes = next().parse().map_err(|_| not_ours("Oirs-Ledger-Writes"))?;
        Ok(Self { version, reads, writes })
    }
}

/// Reads a release and checks it up to this office's root.
///
/// # Errors
/// [`CentralError::Release`] for one that a stand of this office would refuse.
pub fn open(path: &Path, office: OfficeId, keys: &Keys) -> Result<(Vec<u8>, OpenedRelease), CentralError> {
    let bytes = read_at_most(path, u64::try_from(RELEASE_BYTES_MAX).unwrap_or(u64::MAX))?;
    let opened = Release::open(&bytes, office, &keys.root).map_err(|error| refused(path, &error))?;
    Ok((bytes, opened))
}

/// A package's bytes, once it is the one that the release speaks of.
///
/// # Errors
/// [`CentralError::Release`] where it is another.
pub fn matching_package(path: &Path, release: &Release) -> Result<Vec<u8>, CentralError> {
    let bytes = read_package(path)?;
    if Hash::of(&bytes) == release.hash {
        return Ok(bytes);
    }
    let why = format!("{}", release.hash);
    Err(CentralError::Release { path: path.to_owned(), code: "release_other_package", why })
}

fn refused(path: &Path, error: &ReleaseError) -> CentralError {
    let code = match error {
        ReleaseError::Malformed(_) | ReleaseError::Version(_) | ReleaseError::Value(_) => "release_damaged",
        ReleaseError::Unsigned => "release_unsigned",
        ReleaseError::Foreign => "release_foreign",
        ReleaseError::NotEntitled => "release_not_entitled",
    };
    CentralError::Release { path: path.to_owned(), code, why: error.to_string() }
}

fn read_package(path: &Path) -> Result<Vec<u8>, CentralError> {
    let bytes = read_at_most(path, PACKAGE_BYTES_MAX)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= PACKAGE_BYTES_MAX) {
        return Ok(bytes);
    }
    let why = PACKAGE_BYTES_MAX.to_string();
    Err(CentralError::Release { path: path.to_owned(), code: "release_too_large", why })
}

/// A file's bytes, up to one more than it may have.
fn read_at_most(path: &Path, bytes_max: u64) -> Result<Vec<u8>, CentralError> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(bytes_max.saturating_add(1)).read_to_end(&mut bytes))
        .map_err(|source| CentralError::File { operation: "reading", path: path.to_owned(), source })?;
    Ok(bytes)
}

/// Packages that stands fetch, each under its hash.
#[derive(Debug, Clone)]
pub struct Packages(PathBuf);

impl Packages {
    /// Those of an office's folder.
    pub fn of(folder: &Folder) -> Self {
        Self(folder.releases())
    }

    /// Those of the folder in which these files lie.
    pub(crate) fn beside(files: &SealedFiles) -> Self {
        Self(files.folder().with_file_name(folder::RELEASES))
    }

    fn path(&self, hash: Hash) -> PathBuf {
        self.0.join(format!("{hash}.deb"))
    }

    /// Keeps a package, and forgets every other: stands fetch the newest only.
    pub fn keep(&self, hash: Hash, bytes: &[u8]) -> Result<(), CentralError> {
        folder::make_private(&self.0)?;
        let path = self.path(hash);
        folder::write_private(&path, bytes)?;
        let failed = |source| CentralError::File { operation: "removing", path: self.0.clone(), source };
        for entry in fs::read_dir(&self.0).map_err(failed)? {
            let other = entry.map_err(failed)?.path();
            if other != path {
                fs::remove_file(&other).map_err(failed)?;
            }
        }
        Ok(())
    }

    /// Up to [`PACKAGE_PIECE_BYTES_MAX`] bytes of a package from a place on; none for one that is not here.
    pub fn piece(&self, hash: Hash, from: u64) -> Result<Option<Vec<u8>>, CentralError> {
        let path = self.path(hash);
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(CentralError::File { operation: "reading", path, source }),
        };
        let mut piece = Vec::new();
        let most = u64::try_from(PACKAGE_PIECE_BYTES_MAX).unwrap_or(u64::MAX);
        file.seek(SeekFrom::Start(from))
            .and_then(|_| file.take(most).read_to_end(&mut piece))
            .map_err(|source| CentralError::File { operation: "reading", path, source })?;
        Ok(Some(piece))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_given_in_pieces_from_any_place() {
        let dir = tempfile::tempdir().unwrap();
        let packages = Packages::of(&Folder::at(dir.path()));
        let whole: Vec<u8> =
            (0..PACKAGE_PIECE_BYTES_MAX + 5).map(|at| u8::try_from(at % 251).unwrap()).collect();
        let hash = Hash::of(&whole);
        assert_eq!(packages.piece(hash, 0).unwrap(), None);
        packages.keep(Hash::of(b"old"), b"old").unwrap();
        packages.keep(hash, &whole).unwrap();
        assert_eq!(packages.piece(Hash::of(b"old"), 0).unwrap(), None, "only the newest is kept");
        let length = whole.len();
        for (from, expected) in [
            (0, PACKAGE_PIECE_BYTES_MAX),
            (5, PACKAGE_PIECE_BYTES_MAX),
            (6, PACKAGE_PIECE_BYTES_MAX - 1),
            (length - 1, 1),
            (length, 0),
            (length + 9, 0),
        ] {
            let piece = packages.piece(hash, u64::try_from(from).unwrap()).unwrap().unwrap();
            assert_eq!(piece.len(), expected, "{from}");
            assert!(piece.is_empty() || piece == whole[from..from + expected], "{from}");
        }
    }
}
