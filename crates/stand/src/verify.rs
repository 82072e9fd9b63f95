//! Verifying a receipt without a network, against the office's directory that the stand carries.

use std::path::Path;

use serde::Serialize;
use wire::act::{self, Act};
use wire::manifest::{Directory, DirectoryEntry, Manifest, PartKind};
use wire::receipt::{self, Statement};

use crate::acts::{ActNumbers, numbers, rfc3339};
use crate::error::Exit;
use crate::{Stand, StandError};

/// What a receipt turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Verdict {
    /// Signed by one of the office's stands.
    Genuine,
    /// Signed by a stand that was revoked since.
    RevokedDevice,
    /// Signed by a key that this stand does not know.
    UnknownSigner,
    /// Altered or made up.
    False,
}

/// What was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Document {
    /// A citizen's receipt.
    Receipt,
    /// A stand's closing act.
    Act,
}

/// The answer about a receipt or an act. What it states is there only when its signature holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct VerifyAnswer {
    /// What it is.
    pub document: Document,
    /// What it turned out to be.
    pub verdict: Verdict,
    /// The request's number.
    pub folio: Option<String>,
    /// The stand that signed.
    pub device: Option<String>,
    /// When it was recorded, RFC 3339 (UTC).
    pub captured_at: Option<String>,
    /// How sure that time was.
    pub certainty: Option<&'static str>,
    /// What kind of request.
    pub kind: Option<&'static str>,
    /// The position in the stand's ledger.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub seq: Option<u64>,
    /// Whether it is a copy, without the citizen's key.
    pub copy: Option<bool>,
    /// When the stand was revoked, RFC 3339 (UTC).
    pub revoked_at: Option<String>,
    /// Of an act: what the outing did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<ActNumbers>,
}

impl VerifyAnswer {
    fn only(verdict: Verdict) -> Self {
        Self {
            document: Document::Receipt,
            verdict,
            folio: None,
            device: None,
            captured_at: None,
            certainty: None,
            kind: None,
            seq: None,
            copy: None,
            revoked_at: None,
            act: None,
        }
    }

    /// An act says when it was closed, and where in its ledger.
    fn about_act(verdict: Verdict, act: &Act, signer: &DirectoryEntry) -> Self {
        Self {
            document: Document::Act,
            device: Some(signer.device.to_string()),
            captured_at: Some(rfc3339(act.closed_unix_s)),
            certainty: Some(act.closed_certainty.as_str()),
            seq: Some(act.closed),
            revoked_at: signer.revoked_unix_s.map(rfc3339),
            act: Some(numbers(act)),
            ..Self::only(verdict)
        }
    }

    fn about(verdict: Verdict, statement: &Statement, signer: &DirectoryEntry) -> Self {
        Self {
            folio: Some(statement.folio.to_string()),
            device: Some(signer.device.to_string()),
            captured_at: Some(rfc3339(statement.captured_unix_s)),
            certainty: Some(statement.certainty.as_str()),
            kind: Some(statement.kind.as_str()),
            seq: Some(statement.seq),
            copy: Some(statement.claim.is_none()),
            revoked_at: signer.revoked_unix_s.map(rfc3339),
            ..Self::only(verdict)
        }
    }

    /// What the command line ends with.
    pub fn exit(&self) -> Exit {
        match self.verdict {
            Verdict::Genuine => Exit::Ok,
            Verdict::RevokedDevice => Exit::RevokedDevice,
            Verdict::UnknownSigner => Exit::UnknownSigner,
            Verdict::False => Exit::Integrity,
        }
    }
}

impl Stand {
    /// Verifies a receipt's address or its base 32 part, or the code of a closing act.
    pub fn verify(&self, text: &str) -> Result<VerifyAnswer, StandError> {
        if act::is_code(text) {
            return self.verify_act(text);
        }
        let verdict = receipt::verify(text, &self.directory()?).map_err(StandError::NotAReceipt)?;
        Ok(match verdict {
            receipt::Verdict::Genuine(statement, signer) => {
                VerifyAnswer::about(Verdict::Genuine, &statement, &signer)
            }
            receipt::Verdict::RevokedDevice(statement, signer) => {
                VerifyAnswer::about(Verdict::RevokedDevice, &statement, &signer)
            }
            receipt::Verdict::UnknownSigner(_) => VerifyAnswer::only(Verdict::UnknownSigner),
            receipt::Verdict::False => VerifyAnswer::only(Verdict::False),
        })
    }

    fn verify_act(&self, text: &str) -> Result<VerifyAnswer, StandError> {
        let signed = act::of_code(text).map_err(StandError::NotAnAct)?;
        let unverified = |verdict| VerifyAnswer { document: Document::Act, ..VerifyAnswer::only(verdict) };
        Ok(match act::verify(&signed, &self.directory()?).map_err(StandError::NotAnAct)? {
            act::Verdict::Genuine(act, signer) => VerifyAnswer::about_act(Verdict::Genuine, &act, &signer),
            act::Verdict::RevokedDevice(act, signer) => {
                VerifyAnswer::about_act(Verdict::RevokedDevice, &act, &signer)
            }
            act::Verdict::UnknownSigner(_) => unverified(Verdict::UnknownSigner),
            act::Verdict::False => unverified(Verdict::False),
        })
    }

    /// Verifies a receipt or an act that was photographed.
    pub fn verify_image(&self, path: &Path) -> Result<VerifyAnswer, StandError> {
        let file = read_bounded(path)?;
        self.verify(&receipts::read_photo(&file, is_code)?)
    }

    /// The office's stands as the manifest in force lists them, and this stand itself in any case.
    pub(crate) fn directory(&self) -> Result<Directory, StandError> {
        let mut directory = self.published_directory()?.unwrap_or_default();
        let own = &self.enrolment.device;
        if directory.find(own.kid()).is_none() {
            directory.0.push(DirectoryEntry {
                device: own.device,
                public_key: own.public_key,
                folio_prefix: own.folio_prefix,
                revoked_unix_s: None,
            });
        }
        Ok(directory)
    }

    fn published_directory(&self) -> Result<Option<Directory>, StandError> {
        let Some(manifest) = self.manifest()? else { return Ok(None) };
        let Some(part) = manifest.parts.iter().find(|part| part.kind == PartKind::DIRECTORY) else {
            return Ok(None);
        };
        let bytes = self.ledger.part(part.hash)?;
        Ok(bytes.and_then(|bytes| Directory::read(&bytes).ok()))
    }

    /// The manifest in force.
    pub(crate) fn manifest(&self) -> Result<Option<Manifest>, StandError> {
        let Some(held) = self.ledger.manifest()? else { return Ok(None) };
        let signers = self.enrolment.signers(wire::cert::Role::Content);
        let signer = signers.signer_of(&held.signed).ok();
        Ok(signer.and_then(|key| Manifest::open(&held.signed, key).ok()))
    }
}

/// Whether a text looks like what can be verified: a receipt's address or an act's code.
pub(crate) fn is_code(text: &str) -> bool {
    act::is_code(text) || text.to_ascii_uppercase().contains("/R/")
}

/// A picture's bytes, up to one more than are read as a picture.
pub(crate) fn read_bounded(path: &Path) -> Result<Vec<u8>, StandError> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    let limit = u64::try_from(receipts::FILE_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    std::fs::File::open(path)
        .and_then(|file| file.take(limit).read_to_end(&mut bytes))
        .map_err(|source| StandError::io(path, source))?;
    Ok(bytes)
}
