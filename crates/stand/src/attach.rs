//! Attaching: check, draw anew, seal, write, and only then name it in the ledger.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use attachment::limits::PICTURE_BYTES_MAX;
use chrono::{DateTime, SecondsFormat, Utc};
use domain::limits::{ATTACHMENTS_BYTES_MAX, ATTACHMENTS_MAX};
use domain::{AttachmentDraft, Folio, MediaType};
use ledger::{Appended, AttachmentLimits, AttachmentRow, LedgerError, RequestRow};
use serde::Serialize;
use uuid::Uuid;
use wire::Hash;
use wire::body::{Attachment, SealedFile};
use wire::file::{CHUNK_BYTES, FileKey};
use zeroize::Zeroizing;

use crate::folder::DISK_FREE_BYTES_MIN;
use crate::receipt::LiveReceipt;
use crate::{Stand, StandError};

const LIMITS: AttachmentLimits =
    AttachmentLimits { count_max: ATTACHMENTS_MAX, bytes_max: ATTACHMENTS_BYTES_MAX };

/// An attachment that was recorded, as scripts rely on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct Attached {
    /// The record's id.
    pub id: String,
    /// The request's number.
    pub folio: String,
    /// The ledger, in hexadecimal.
    pub epoch: String,
    /// The position in it.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub seq: u64,
    /// What it has become: `image/jpeg`, `image/png` or `application/pdf`; none for an id that was recorded before.
    pub media_type: Option<String>,
    /// Bytes of the sealed file: what there is to send.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub sealed_bytes: u64,
    /// SHA-256 of the sealed file, in hexadecimal.
    pub sealed_hash: String,
    /// When the stand recorded it, RFC 3339 in UTC; none for an id that was recorded before.
    pub captured_at: Option<String>,
    /// How many attachments the request has now.
    pub attachments: usize,
    /// How many it may have.
    pub attachments_max: usize,
    /// Whether this id had been recorded before.
    pub copy: bool,
}

/// One attachment of a request, as this machine knows it: it can't open what it sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AttachmentLine {
    /// SHA-256 of the sealed file, in hexadecimal.
    pub sealed_hash: String,
    /// Its bytes.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub sealed_bytes: u64,
    /// Whether the office has signed that it holds it.
    pub stored: bool,
}

/// What may be attached: safe to keep, and not sealed yet. Wiped from memory when dropped.
pub struct PreparedAttachment {
    media_type: MediaType,
    content: Zeroizing<Vec<u8>>,
}

fn data_url(media_type: MediaType, content: &[u8]) -> String {
    format!("data:{media_type};base64,{}", data_encoding::BASE64.encode(content))
}

/// The address by which a page shows a JPEG that this program drew.
pub fn picture_url(jpeg: &[u8]) -> String {
    data_url(MediaType::Jpeg, jpeg)
}

impl PreparedAttachment {
    /// What it has become.
    pub fn media_type(&self) -> MediaType {
        self.media_type
    }

    /// Its bytes, to be shown before it is attached.
    pub fn content(&self) -> &[u8] {
        &self.content
    }

    /// A picture as a page shows it (RFC 2397); none for pages, which only a reader of PDF can show.
    pub fn data_url(&self) -> Option<String> {
        (self.media_type != MediaType::Pdf).then(|| data_url(self.media_type, &self.content))
    }
}

/// Makes a file safe to keep, which takes up to seconds and needs no stand. Refused with a reason by name.
pub fn prepare_attachment(file: &[u8]) -> Result<PreparedAttachment, StandError> {
    let prepared = attachment::prepare(file)?;
    Ok(PreparedAttachment { media_type: prepared.media_type, content: Zeroizing::new(prepared.bytes) })
}

/// The same from a file of this machine; no more of it is read than is needed to refuse it.
pub fn prepare_attachment_file(path: &Path) -> Result<PreparedAttachment, StandError> {
    prepare_attachment(&read_bounded(path)?)
}

impl Stand {
    /// Attaches a file to a request of this machine: makes it safe to keep, seals it, writes it durably, and records
    /// it. Refused with a reason by name, nothing of it is kept; what was captured before stays as it is.
    pub fn attach(
        &mut self,
        folio: Folio,
        draft: AttachmentDraft,
        file: &[u8],
    ) -> Result<Attached, StandError> {
        let row = self.row(folio)?;
        self.attach_to(&row, draft, || prepare_attachment(file))
    }

    /// The same from a file of this machine; no more of it is read than is needed to refuse it.
    pub fn attach_file(
        &mut self,
        folio: Folio,
        draft: AttachmentDraft,
        path: &Path,
    ) -> Result<Attached, StandError> {
        let row = self.row(folio)?;
        self.attach_to(&row, draft, || prepare_attachment_file(path))
    }

    /// The same with what was made safe before, so that nobody waits for the stand meanwhile.
    pub fn attach_prepared(
        &mut self,
        folio: Folio,
        draft: AttachmentDraft,
        prepared: PreparedAttachment,
    ) -> Result<Attached, StandError> {
        let row = self.row(folio)?;
        self.attach_to(&row, draft, || Ok(prepared))
    }

    /// The same for the citizen at the screen: to the request of their own live session, and to no other.
    pub fn attach_live(
        &mut self,
        live: &LiveReceipt,
        draft: AttachmentDraft,
        prepared: PreparedAttachment,
    ) -> Result<Attached, StandError> {
        let row = live.row().clone();
        self.attach_to(&row, draft, || Ok(prepared))
    }

    /// The attachments of a request of this machine.
    pub fn attachments(&self, folio: Folio) -> Result<Vec<AttachmentLine>, StandError> {
        let rows = self.ledger.attachments_of(self.row(folio)?.id)?;
        Ok(rows
            .into_iter()
            .map(|row| AttachmentLine {
                sealed_hash: row.hash.to_string(),
                sealed_bytes: row.bytes,
                stored: row.is_stored,
            })
            .collect())
    }

    fn attach_to(
        &mut self,
        request: &RequestRow,
        mut draft: AttachmentDraft,
        prepare: impl FnOnce() -> Result<PreparedAttachment, StandError>,
    ) -> Result<Attached, StandError> {
        draft.check().map_err(StandError::Input)?;
        let id = self.filed_or_drawn(&mut draft.id)?;
        if let Some(known) = self.ledger.attachment_by_id(id)? {
            return self.attached(id, request, &known, None);
        }
        // Asked before the work is done, and again inside the transaction.
        if self.ledger.attachments_of(request.id)?.len() >= LIMITS.count_max {
            return Err(LedgerError::TooManyAttachments.into());
        }
        let PreparedAttachment { media_type, content } = prepare()?;
        let key = FileKey::draw(&mut self.chance);
        let sealed = wire::file::seal(&content, &key)?;
        let (hash, sealed_bytes) = (Hash::of(&sealed), len(&sealed));
        if self.folder.free_bytes()? < DISK_FREE_BYTES_MIN.saturating_add(sealed_bytes) {
            return Err(StandError::DiskFull);
        }
        let new = Attachment {
            id,
            filed_id: draft.id,
            request: request.id,
            folio: request.folio,
            captured: self.captured_now(),
            name: draft.name,
            media_type: media_type.as_str().to_owned(),
            bytes: len(&content),
            sealed: SealedFile { hash, bytes: sealed_bytes, chunk_bytes: CHUNK_BYTES, key },
            outing: None,
        };
        let writing = self.files.begin()?;
        self.files.write(&writing, hash, &sealed)?;
        let appended = self.or_in_new_ledger(|stand| {
            stand.ledger.append_attachment(&new, LIMITS, &mut stand.sealer, &mut stand.chance)
        });
        match appended {
            Ok(Appended::New(row)) => self.attached(id, request, &row, Some(&new)),
            // Committed by a first try that the disk called a failure.
            Ok(Appended::Known(row)) if row.hash == hash => self.attached(id, request, &row, Some(&new)),
            Ok(Appended::Known(row)) => {
                // Recorded by another program meanwhile, with a key and a file of its own.
                self.files.remove(hash)?;
                self.attached(id, request, &row, None)
            }
            Err(error) => {
                // Only where it is certain that no entry was committed; otherwise the next opening decides.
                if matches!(
                    error,
                    StandError::DiskFull
                        | StandError::Ledger(
                            LedgerError::TooManyAttachments | LedgerError::AttachmentsTooLarge
                        )
                ) {
                    self.files.remove(hash)?;
                }
                Err(error)
            }
        }
    }

    fn attached(
        &self,
        id: Uuid,
        request: &RequestRow,
        row: &AttachmentRow,
        new: Option<&Attachment>,
    ) -> Result<Attached, StandError> {
        let at = |new: &Attachment| {
            let at = DateTime::<Utc>::from_timestamp_millis(new.captured.at_unix_ms).unwrap_or_default();
            at.to_rfc3339_opts(SecondsFormat::Secs, true)
        };
        Ok(Attached {
            id: id.to_string(),
            folio: request.folio.to_string(),
            epoch: row.epoch.to_string(),
            seq: row.seq,
            media_type: new.map(|new| new.media_type.clone()),
            sealed_bytes: row.bytes,
            sealed_hash: row.hash.to_string(),
            captured_at: new.map(at),
            attachments: self.ledger.attachments_of(request.id)?.len(),
            attachments_max: LIMITS.count_max,
            copy: new.is_none(),
        })
    }
}

fn read_bounded(path: &Path) -> Result<Zeroizing<Vec<u8>>, StandError> {
    let most = len_u64(PICTURE_BYTES_MAX).saturating_add(1);
    let mut bytes = Zeroizing::new(Vec::new());
    File::open(path)
        .and_then(|file| file.take(most).read_to_end(&mut bytes))
        .map_err(StandError::AttachmentFile)?;
    Ok(bytes)
}

fn len_u64(len: usize) -> u64 {
    u64::try_from(len).unwrap_or(u64::MAX)
}

fn len(bytes: &[u8]) -> u64 {
    len_u64(bytes.len())
}
