//! The office's keys on this host.
//!
//! Each lies in a file of its own, so that a host can be given exactly those of its role: the intake's host has no
//! sealing key, and the root's private key is on none.

use std::path::Path;

use data_encoding::HEXLOWER_PERMISSIVE;
use ed25519_dalek::{SigningKey, VerifyingKey};
use rand_core::CryptoRng;
use wire::cert::{Role, RoleCertificate, RoleCertificates};
use wire::enrol::EnrolmentCode;
use wire::seal::OpeningKey;
use wire::{KeyId, OfficeId};
use zeroize::Zeroizing;

use crate::error::CentralError;
use crate::folder::{self, Folder};

/// How long a role's certificate is valid.
pub const ROLE_VALID_S: u64 = 2 * 365 * 86_400;

/// The name of a role in file names and in `doctor`.
pub fn role_name(role: Role) -> &'static str {
    match role {
        Role::Enrolment => "enrolment",
        Role::Checkpoint => "checkpoint",
        Role::Content => "content",
        Role::Sealing => "sealing",
        Role::Statistics => "statistics",
        Role::Releases => "releases",
    }
}

const SIGNING_ROLES: [Role; 3] = [Role::Enrolment, Role::Checkpoint, Role::Content];
/// Roles whose keys stands seal to: records, and profiles for the statistics.
const SEALED_TO: [Role; 2] = [Role::Sealing, Role::Statistics];

/// A role's certificate, read and as it is handed out.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// What it says.
    pub read: RoleCertificate,
    /// Its exact bytes.
    pub bytes: Vec<u8>,
}

/// What the intake and the public pages need: public halves, and the online signing keys.
pub struct Keys {
    /// The root's public key.
    pub root: VerifyingKey,
    /// Certificates of all role keys, by the root.
    pub certificates: Vec<Certificate>,
    /// Certifies stands.
    pub enrolment: SigningKey,
    /// Signs checkpoints and the time.
    pub checkpoint: SigningKey,
    /// Signs manifests.
    pub content: SigningKey,
    /// Recognises control codes.
    pub lookup: LookupKey,
}

impl Keys {
    /// Reads the keys of a folder and checks every certificate against the root.
    pub fn load(folder: &Folder, office: OfficeId) -> Result<Self, CentralError> {
        let keys = folder.keys();
        let root = VerifyingKey::from_bytes(&*secret(&keys.join("root.pub"), "root")?).map_err(|_| {
            CentralError::Damaged { path: keys.join("root.pub"), why: "not an Ed25519 public key".into() }
        })?;
        Ok(Self {
            root,
            certificates: certificates(&keys, &root, office)?,
            enrolment: signing_key(&keys, Role::Enrolment)?,
            checkpoint: signing_key(&keys, Role::Checkpoint)?,
            content: signing_key(&keys, Role::Content)?,
            lookup: LookupKey::load(folder)?,
        })
    }

    /// The newest certificate of a role.
    pub fn certificate(&self, role: Role) -> Option<&Certificate> {
        let of_role = self.certificates.iter().filter(|certificate| certificate.read.role == role);
        of_role.max_by_key(|certificate| certificate.read.not_before_unix_s)
    }

    /// All certificates, as stands are given them: also those of keys that were replaced, whose answers are repeated
    /// as they were.
    pub fn list(&self) -> RoleCertificates {
        RoleCertificates(self.certificates.iter().map(|role| role.bytes.clone().into()).collect())
    }

    /// Draws a code that names this office's root.
    pub fn draw_code(&self, rng: &mut impl CryptoRng) -> EnrolmentCode {
        EnrolmentCode::draw(&self.root, rng)
    }
}

/// The private keys that open records. Only where records are opened.
pub struct OpeningKeys(Vec<OpeningKey>);

impl OpeningKeys {
    /// Reads every key of a folder that stands seal to, of whatever period.
    pub fn load(folder: &Folder, office: OfficeId) -> Result<Self, CentralError> {
        let of_role = |role: Role| {
            let name = role_name(role);
            let paths = files(&folder.keys(), &format!("{name}-"), ".key")?;
            let open = |path: std::path::PathBuf| {
                OpeningKey::new(office, &*secret(&path, name)?)
                    .map_err(|error| CentralError::Damaged { path, why: error.to_string() })
            };
            paths.into_iter().map(open).collect::<Result<Vec<_>, CentralError>>()
        };
        let mut keys = of_role(Role::Sealing)?;
        let none = keys.is_empty();
        // An office from before has none of these until it renews its keys.
        keys.extend(of_role(Role::Statistics)?);
        if none { Err(CentralError::KeyMissing("sealing")) } else { Ok(Self(keys)) }
    }

    /// The key of this id.
    pub fn find(&self, id: KeyId) -> Option<&OpeningKey> {
        self.0.iter().find(|key| key.id() == id)
    }
}

/// The key that recognises a control code without the code lying anywhere: HMAC-SHA-256 over folio and code.
///
/// A code has 40 bits: whoever had the data and a plain or slow hash of it could find every code within days. With
/// a key that is not in the data they find none. A slow hash would not add what the key gives, and opening ten
/// thousand records a minute could not pay for it.
#[derive(Clone)]
pub struct LookupKey(Zeroizing<[u8; 32]>);

impl LookupKey {
    fn load(folder: &Folder) -> Result<Self, CentralError> {
        secret(&folder.keys().join("lookup.key"), "lookup").map(Self)
    }

    /// The tag of a folio with its control code.
    pub fn tag(&self, folio: domain::Folio, code: wire::receipt::ControlCode) -> [u8; 32] {
        use hmac::{Hmac, KeyInit as _, Mac as _};
        // RFC 2104 fills a short key up with zeroes to the block's 64 bytes; done here, no length can be wrong.
        let mut block = Zeroizing::new([0; 64]);
        for (to, from) in block.iter_mut().zip(self.0.iter()) {
            *to = *from;
        }
        let mut mac = Hmac::<sha2::Sha256>::new(&(*block).into());
        mac.update(b"oirs/control-tag/1");
        mac.update(&folio.number().to_be_bytes());
        mac.update(code.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

/// Draws all of an office's keys and writes them, the root's private half apart from all others.
pub(crate) fn make(
    folder: &Folder,
    office: OfficeId,
    now_unix_s: u64,
    rng: &mut impl CryptoRng,
) -> Result<VerifyingKey, CentralError> {
    let keys = folder.keys();
    folder::make_private(&keys)?;
    folder::make_private(&folder.offline())?;
    let root = draw_signing_key(rng);
    write_secret(&folder.offline().join("root.key"), root.as_bytes())?;
    folder::write_private(&folder.offline().join("LEEME.txt"), include_bytes!("root-key.txt"))?;
    write_secret(&keys.join("root.pub"), root.verifying_key().as_bytes())?;
    let validity = now_unix_s..now_unix_s.saturating_add(ROLE_VALID_S);
    let certify = |role, public_key, name: String| {
        let certificate = RoleCertificate::new(office, role, public_key, validity.clone()).sign(&root);
        folder::write_private(&keys.join(format!("{name}.cert")), &certificate)
    };
    for role in SIGNING_ROLES {
        let key = draw_signing_key(rng);
        write_secret(&keys.join(format!("{}.key", role_name(role))), key.as_bytes())?;
        certify(role, key.verifying_key().to_bytes(), role_name(role).to_owned())?;
    }
    for role in SEALED_TO {
        let (public, private) = OpeningKey::generate(office, rng)
            .map_err(|error| CentralError::Damaged { path: keys.clone(), why: error.to_string() })?;
        let name = format!("{}-{}", role_name(role), public.id());
        write_secret(&keys.join(format!("{name}.key")), &private)?;
        certify(role, public.public_key(), name)?;
    }
    let mut lookup = Zeroizing::new([0; 32]);
    rng.fill_bytes(lookup.as_mut_slice());
    write_secret(&keys.join("lookup.key"), &lookup)?;
    Ok(root.verifying_key())
}

/// Certifies the office's keys anew for [`ROLE_VALID_S`], with the root's private key, which is read from `root_key`
/// and nowhere kept. With `fresh`, new keys are drawn and take the old ones' places; the old certificates stay listed,
/// since what the old keys signed is repeated as it was, and the old sealing keys stay, since they open old records.
///
/// A process that ends in the middle leaves every role with a key that is certified: the certificate of a new key is
/// written before the key.
pub fn renew(
    folder: &Folder,
    office: OfficeId,
    root_key: &Path,
    fresh: bool,
    now_unix_s: u64,
    rng: &mut impl CryptoRng,
) -> Result<Vec<RoleCertificate>, CentralError> {
    let keys = folder.keys();
    let root = SigningKey::from_bytes(&*secret(root_key, "root")?);
    let known = Keys::load(folder, office)?;
    if root.verifying_key() != known.root {
        return Err(CentralError::OtherRoot(root_key.to_owned()));
    }
    // The newest is the one that counts: also within one second, and after the clock went back.
    let latest = known.certificates.iter().map(|certificate| certificate.read.not_before_unix_s).max();
    let begins = now_unix_s.max(latest.map_or(0, |latest| latest.saturating_add(1)));
    let mut certified = Vec::new();
    let mut certify = |role, public_key: [u8; 32]| {
        let valid = begins..now_unix_s.saturating_add(ROLE_VALID_S);
        let certificate = RoleCertificate::new(office, role, public_key, valid);
        let name = format!("{}-{}.cert", role_name(role), KeyId::of(&public_key));
        folder::write_private(&keys.join(name), &certificate.sign(&root))?;
        certified.push(certificate);
        Ok::<(), CentralError>(())
    };
    for (role, current) in
        SIGNING_ROLES.into_iter().zip([&known.enrolment, &known.checkpoint, &known.content])
    {
        let key = if fresh { draw_signing_key(rng) } else { current.clone() };
        certify(role, key.verifying_key().to_bytes())?;
        if fresh {
            write_secret(&keys.join(format!("{}.key", role_name(role))), key.as_bytes())?;
        }
    }
    // An office that was made before it had a key for profiles gets one here.
    for role in SEALED_TO {
        let current = known.certificate(role).map(|certificate| certificate.read.public_key);
        if let Some(public_key) = current.filter(|_| !fresh) {
            certify(role, public_key)?;
        } else {
            let (public, private) = OpeningKey::generate(office, rng)
                .map_err(|error| CentralError::Damaged { path: keys.clone(), why: error.to_string() })?;
            // Here the key goes first: a stand that heard of it would seal what nobody could open.
            write_secret(&keys.join(format!("{}-{}.key", role_name(role), public.id())), &private)?;
            certify(role, public.public_key())?;
        }
    }
    Ok(certified)
}

pub(crate) fn draw_signing_key(rng: &mut impl CryptoRng) -> SigningKey {
    let mut secret = Zeroizing::new([0; 32]);
    rng.fill_bytes(secret.as_mut_slice());
    SigningKey::from_bytes(&secret)
}

pub(crate) fn write_secret(path: &Path, secret: &[u8; 32]) -> Result<(), CentralError> {
    let mut text = Zeroizing::new(HEXLOWER_PERMISSIVE.encode(secret));
    text.push('\n');
    folder::write_private(path, text.as_bytes())
}

fn secret(path: &Path, name: &'static str) -> Result<Zeroizing<[u8; 32]>, CentralError> {
    let text = folder::read(path)?.ok_or(CentralError::KeyMissing(name))?;
    let damaged =
        || CentralError::Damaged { path: path.to_owned(), why: "expected 64 hexadecimal digits".into() };
    let bytes = Zeroizing::new(HEXLOWER_PERMISSIVE.decode(text.trim_ascii()).map_err(|_| damaged())?);
    bytes.as_slice().try_into().map(Zeroizing::new).map_err(|_| damaged())
}

fn signing_key(keys: &Path, role: Role) -> Result<SigningKey, CentralError> {
    let name = role_name(role);
    read_signing_key(&keys.join(format!("{name}.key")), name)
}

/// A private key from its file, wherever that lies.
pub(crate) fn read_signing_key(path: &Path, name: &'static str) -> Result<SigningKey, CentralError> {
    secret(path, name).map(|secret| SigningKey::from_bytes(&secret))
}

/// The certificates of a folder, in the order of their names; each must hold and be of this office.
fn certificates(
    keys: &Path,
    root: &VerifyingKey,
    office: OfficeId,
) -> Result<Vec<Certificate>, CentralError> {
    let mut certificates = Vec::new();
    for path in files(keys, "", ".cert")? {
        let bytes = folder::read(&path)?.unwrap_or_default().to_vec();
        let damaged = |why: String| CentralError::Damaged { path: path.clone(), why };
        let read = RoleCertificate::open(&bytes, root).map_err(|error| damaged(error.to_string()))?;
        if read.office != office {
            return Err(damaged("a certificate of another office".into()));
        }
        certificates.push(Certificate { read, bytes });
    }
    // A key that was certified again is handed out with its newest certificate only.
    let newest = |of: &Certificate| {
        let key =
            |one: &&Certificate| (one.read.role, one.read.public_key) == (of.read.role, of.read.public_key);
        certificates.iter().filter(key).all(|one| one.read.not_before_unix_s <= of.read.not_before_unix_s)
    };
    let superseded: Vec<bool> = certificates.iter().map(|certificate| !newest(certificate)).collect();
    let mut superseded = superseded.into_iter();
    certificates.retain(|_| !superseded.next().unwrap_or(false));
    let has = |role| certificates.iter().any(|certificate| certificate.read.role == role);
    match SIGNING_ROLES.into_iter().chain([Role::Sealing]).find(|role| !has(*role)) {
        Some(role) => Err(CentralError::KeyMissing(role_name(role))),
        None => Ok(certificates),
    }
}

fn files(folder: &Path, start: &str, end: &str) -> Result<Vec<std::path::PathBuf>, CentralError> {
    let failed = |source| CentralError::File { operation: "reading", path: folder.to_owned(), source };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with(start) && name.ends_with(end) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
