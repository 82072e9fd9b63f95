//! An error as whoever typed the command is told: a stable code, a sentence, an exit code.

use std::io::ErrorKind;

use central_db::StoreError;
use serde::Serialize;
use texts::{Value, text};

use super::exit::Exit;
use crate::error::CentralError;

/// What went wrong, ready to be shown.
#[derive(Debug, Serialize)]
pub struct Told {
    /// What of the input it is about, where it is about a part of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The stable code.
    pub code: &'static str,
    /// A sentence for a person.
    pub reason: String,
    /// How the command ends.
    #[serde(skip)]
    pub exit: Exit,
}

impl Told {
    fn new(exit: Exit, code: &'static str, args: &[(&str, String)]) -> Self {
        let args: Vec<(&str, Value<'_>)> =
            args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        let key = format!("central-error-{}", code.replace('_', "-"));
        Self { field: None, code, reason: text(super::language(), &key, &args), exit }
    }

    /// Something wrong with a pack, and where. The place stands in the sentence as well: people get nothing else.
    pub(super) fn pack(code: &'static str, place: Option<String>, args: &[(&str, String)]) -> Self {
        let args: Vec<(&str, Value<'_>)> =
            args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        let said = text(super::language(), &format!("central-pack-{}", code.replace('_', "-")), &args);
        let reason = place.as_ref().map_or_else(|| said.clone(), |place| format!("{place}: {said}"));
        Self { field: place, code, reason, exit: Exit::Rejected }
    }

    /// Something wrong with a survey, where, and what stands there.
    pub(super) fn survey(
        code: &'static str,
        place: Option<String>,
        details: Option<Vec<String>>,
        args: &[(&str, String)],
    ) -> Self {
        let args: Vec<(&str, Value<'_>)> =
            args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        let said = text(super::language(), &format!("survey-{}", code.replace('_', "-")), &args);
        let details =
            details.filter(|details| !details.is_empty()).map(|details| format!("({})", details.join(", ")));
        let parts = [place.as_ref().map(|place| format!("{place}:")), Some(said), details];
        let reason = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        Self { field: place, code, reason, exit: Exit::Rejected }
    }

    /// A file on a stick that was not taken. Its name stands in the sentence as well: people get nothing else.
    pub(super) fn file(file: &str, code: &'static str) -> Self {
        let reason = format!("{file}: {}", super::bundle::sentence(code));
        Self { field: Some(file.to_owned()), code, reason, exit: Exit::Rejected }
    }

    /// A ledger that lacks entries before those that lay on a stick.
    pub(super) fn missing(ledger: String, before: u64) -> Self {
        let args = [("ledger", Value::from(ledger.as_str())), ("count", Value::from(before))];
        let reason = text(super::language(), "central-bundle-missing", &args);
        Self { field: Some(ledger), code: "gap", reason, exit: Exit::Rejected }
    }

    /// More files than one import looks at.
    pub(super) fn too_many_files() -> Self {
        let reason = text(super::language(), "central-bundle-more", &[]);
        Self { field: None, code: "too_many_files", reason, exit: Exit::Rejected }
    }

    /// A stick that the answers could not be written on.
    pub(super) fn medium(error: &::bundle::MediumError, path: &std::path::Path) -> Self {
        let code = error.code();
        let reason = format!("{}: {}", path.display(), super::bundle::sentence(code));
        Self { field: None, code, reason, exit: Exit::Failed }
    }

    /// A command that is not written correctly.
    pub(super) fn usage(why: String) -> Self {
        Self::new(Exit::Usage, "usage", &[("why", why)])
    }

    /// No closing has this name.
    pub(super) fn unknown_closing(name: &str) -> Self {
        Self::new(Exit::Rejected, "unknown_closing", &[("name", name.to_owned())])
    }

    /// A command that the product has not learnt yet.
    pub(super) fn not_available(command: &str) -> Self {
        Self::new(Exit::Usage, "not_available", &[("command", command.to_owned())])
    }
}

impl From<CentralError> for Told {
    fn from(error: CentralError) -> Self {
        use CentralError as E;
        match error {
            E::AlreadyInitialised(path) => {
                Self::new(Exit::Usage, "already_initialised", &[("path", path.display().to_string())])
            }
            E::NotInitialised(path) => {
                Self::new(Exit::NotEnrolled, "not_initialised", &[("path", path.display().to_string())])
            }
            E::OfficeMissing(path) => {
                Self::new(Exit::Integrity, "office_missing", &[("path", path.display().to_string())])
            }
            E::PublicUrl { address, why } => {
                Self::new(Exit::Usage, "public_url", &[("address", address), ("why", why.to_owned())])
            }
            E::File { path, source, .. } => {
                let exit =
                    if source.kind() == ErrorKind::StorageFull { Exit::DiskFull } else { Exit::Failed };
                Self::new(exit, "file", &[("path", path.display().to_string()), ("why", source.to_string())])
            }
            E::Damaged { path, why } => {
                Self::new(Exit::Integrity, "damaged", &[("path", path.display().to_string()), ("why", why)])
            }
            E::KeyMissing(name) => Self::new(Exit::Failed, "key_missing", &[("name", name.to_owned())]),
            E::OtherRoot(path) => {
                Self::new(Exit::Usage, "other_root", &[("path", path.display().to_string())])
            }
            E::Store(error) => error.into(),
            E::UnknownDevice(name) => Self::new(Exit::Rejected, "unknown_device", &[("name", name)]),
            E::AmbiguousDevice(name) => Self::new(Exit::Rejected, "ambiguous_device", &[("name", name)]),
            E::RevokedDevice(name) => Self::new(Exit::Rejected, "revoked_device", &[("name", name)]),
            E::UnlockCode(_) => Self::new(Exit::Usage, "unlock_code", &[]),
            E::StaffCode(_) => Self::new(Exit::Usage, "staff_code", &[]),
            E::UnknownRequest(folio) => Self::new(Exit::Rejected, "unknown_request", &[("folio", folio)]),
            E::UnknownAttachment(number) => {
                Self::new(Exit::Rejected, "unknown_attachment", &[("number", number.to_string())])
            }
            E::AttachmentAwaited(number) => {
                Self::new(Exit::Rejected, "attachment_awaited", &[("number", number.to_string())])
            }
            E::AttachmentAltered { number, why } => Self::new(
                Exit::Integrity,
                "attachment_altered",
                &[("number", number.to_string()), ("why", why)],
            ),
            E::Folio(folio) => Self::new(Exit::Usage, "folio", &[("folio", folio)]),
            E::UnknownKept(name) => Self::new(Exit::Rejected, "unknown_kept", &[("name", name)]),
            E::AmbiguousKept(name) => Self::new(Exit::Rejected, "ambiguous_kept", &[("name", name)]),
            E::FileExists(path) => {
                Self::new(Exit::Usage, "file_exists", &[("path", path.display().to_string())])
            }
            E::Listen { address, source } => {
                let exit = if source.kind() == ErrorKind::AddrInUse { Exit::InUse } else { Exit::Failed };
                Self::new(exit, "listen", &[("address", address), ("why", source.to_string())])
            }
            E::Release { path, code, why } => {
                Self::new(Exit::Rejected, code, &[("path", path.display().to_string()), ("why", why)])
            }
            E::Picture(why) => Self::new(Exit::Failed, "picture", &[("why", why)]),
        }
    }
}

impl From<StoreError> for Told {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::DiskFull => Self::new(Exit::DiskFull, "disk_full", &[]),
            StoreError::Busy => Self::new(Exit::InUse, "busy", &[]),
            StoreError::Newer { .. } => Self::new(Exit::Integrity, "newer", &[]),
            other => {
                let exit = if other.is_permanent() { Exit::Integrity } else { Exit::Failed };
                let why = std::error::Error::source(&other)
                    .map_or_else(|| other.to_string(), |s| format!("{other}: {s}"));
                Self::new(exit, "store", &[("why", why)])
            }
        }
    }
}
