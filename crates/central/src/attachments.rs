//! What was handed over with a request, as the desk sees it.
//!
//! The sealed file is opened when somebody wants it, checked by hash, by every chunk's tag, by length and by what it
//! turns out to be, and handed on from memory. What it is called and the key that opens it stay in the sealed entry.

use std::path::Path;

use central_db::{AttachmentLine, EntryId};
use domain::Comuna;
use serde::Serialize;
use wire::body::{Attachment, Body};
use zeroize::Zeroizing;

use crate::error::CentralError;
use crate::requests::{Desk, local_rfc3339};

/// One attachment of a request.
#[derive(Debug, Clone, Serialize)]
pub struct AttachmentView {
    /// Its number among those of the folio, from 1: what `requests attachment` takes.
    pub number: usize,
    /// What it is, in the words of whoever attached it.
    pub name: Option<String>,
    /// What it is: `image/jpeg`, `image/png`, `application/pdf`; a later version may know more.
    pub media_type: String,
    /// Its length, in bytes.
    pub bytes: u64,
    /// When the stand recorded it, in the local time of the request's place.
    pub captured_at: String,
    /// Whether its file has arrived, whole.
    pub stored: bool,
    /// SHA-256 of the sealed file, in hexadecimal.
    pub sealed_hash: String,
    /// Whether it needs a person's look before it is taken as ordinary.
    pub quarantined: bool,
    /// The entry.
    #[serde(skip)]
    pub id: EntryId,
}

/// An attachment's content.
pub struct Opened {
    /// What it is.
    pub media_type: String,
    /// Its bytes, wiped from memory when dropped.
    pub content: Zeroizing<Vec<u8>>,
}

impl Desk {
    pub(crate) async fn attachment_views(
        &self,
        request: EntryId,
        place: Option<Comuna>,
    ) -> Result<Vec<AttachmentView>, CentralError> {
        let mut views = Vec::new();
        for line in self.store.attachments(request).await? {
            if let Some(Body::Attachment(record)) = self.body(line.id).await? {
                views.push(view(&line, &record, place));
            }
        }
        Ok(views)
    }

    /// Opens attachment `number` of a folio.
    pub async fn attachment(
        &self,
        folio: &str,
        number: usize,
        now_unix_s: u64,
    ) -> Result<Opened, CentralError> {
        let details = self.show(folio, now_unix_s).await?;
        let found = details.iter().flat_map(|detail| &detail.attachments).find(|view| view.number == number);
        let view = found.ok_or(CentralError::UnknownAttachment(number))?;
        let Some(Body::Attachment(record)) = self.body(view.id).await? else {
            return Err(CentralError::UnknownAttachment(number));
        };
        let sealed = self.files.read(view.id.device, record.sealed.hash)?;
        let sealed = sealed.filter(|_| view.stored).ok_or(CentralError::AttachmentAwaited(number))?;
        let altered = |why: String| CentralError::AttachmentAltered { number, why };
        let content =
            record.sealed.open(&sealed, record.bytes).map_err(|error| altered(error.to_string()))?;
        // A type of a later version is taken at its word; one that is known here must be what it says.
        let is_known = domain::MediaType::parse(&record.media_type).is_some();
        let found = attachment::media_type(&content).map(domain::MediaType::as_str);
        if is_known && found != Some(record.media_type.as_str()) {
            return Err(altered(format!("not {}", record.media_type)));
        }
        Ok(Opened { media_type: record.media_type, content })
    }
}

fn view(line: &AttachmentLine, record: &Attachment, place: Option<Comuna>) -> AttachmentView {
    AttachmentView {
        number: 0,
        name: record.name.clone(),
        media_type: record.media_type.clone(),
        bytes: record.bytes,
        captured_at: local_rfc3339(place, line.captured_unix_s),
        stored: line.is_stored,
        sealed_hash: line.hash.to_string(),
        quarantined: line.quarantine.is_some(),
        id: line.id,
    }
}

/// Writes content to a new file that only its owner may read; one that is there is never overwritten.
pub fn write_new(path: &Path, content: &[u8]) -> Result<(), CentralError> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written =
        options.open(path).and_then(|mut file| file.write_all(content).and_then(|()| file.sync_all()));
    written.map_err(|source| match source.kind() {
        std::io::ErrorKind::AlreadyExists => CentralError::FileExists(path.to_owned()),
        _ => CentralError::File { operation: "writing", path: path.to_owned(), source },
    })
}
