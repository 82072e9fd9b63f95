//! What an entry says of an attachment: whose it is, what it is, and all that opens it.

use domain::{Captured, Folio, MediaType};
use minicbor::{Decode, Encode};
use uuid::Uuid;

use super::spelled_otherwise;
use super::words::{When, Word};
use crate::Malformed;
use crate::file::FileKey;
use crate::ids::Hash;

/// A file handed over with a request. The entry holds its key, so that whoever opens the entry opens the file.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The record's id: filed, or drawn by the stand.
    pub id: Uuid,
    /// The id as filed.
    pub filed_id: Option<String>,
    /// The request's record.
    pub request: Uuid,
    /// The request's number.
    pub folio: Folio,
    /// When the stand recorded it.
    pub captured: Captured,
    /// What it is, in free words.
    pub name: Option<String>,
    /// What it is, as a program needs to know; a word of a later version stays as it came.
    pub media_type: String,
    /// Length of the content, in bytes.
    pub bytes: u64,
    /// The sealed file.
    pub sealed: SealedFile,
    /// The entry of this ledger that opened the outing.
    pub outing: Option<u64>,
}

/// A sealed file, and what opens it.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedFile {
    /// SHA-256 of the sealed bytes, which is the file's name.
    pub hash: Hash,
    /// Their length.
    pub bytes: u64,
    /// Bytes of a chunk before it was sealed.
    pub chunk_bytes: u32,
    /// The key.
    pub key: FileKey,
}

impl SealedFile {
    /// Opens the sealed bytes, once their hash is this one's; `content_bytes` is the content's length.
    pub fn open(
        &self,
        sealed: &[u8],
        content_bytes: u64,
    ) -> Result<zeroize::Zeroizing<Vec<u8>>, crate::file::FileError> {
        if Hash::of(sealed) != self.hash {
            return Err(crate::file::FileError::Open);
        }
        crate::file::open(sealed, &self.key, self.chunk_bytes, content_bytes)
    }
}

#[derive(Encode, Decode)]
#[cbor(map)]
pub(super) struct AttachmentBody {
    #[cbor(n(0), with = "minicbor::bytes")]
    id: [u8; 16],
    #[n(1)]
    filed_id: Option<String>,
    #[n(3)]
    folio: u64,
    #[n(4)]
    when: When,
    #[n(6)]
    name: Option<String>,
    #[n(20)]
    outing: Option<u64>,
    #[cbor(n(50), with = "minicbor::bytes")]
    request: [u8; 16],
    #[n(51)]
    media_type: Word,
    #[n(52)]
    bytes: u64,
    #[n(53)]
    sealed_bytes: u64,
    #[n(54)]
    sealed_hash: Hash,
    #[n(55)]
    chunk_bytes: u32,
    #[n(56)]
    key: FileKey,
}

impl From<&Attachment> for AttachmentBody {
    fn from(of: &Attachment) -> Self {
        Self {
            id: of.id.into_bytes(),
            filed_id: spelled_otherwise(of.id, of.filed_id.as_ref()),
            folio: of.folio.number(),
            when: of.captured.into(),
            name: of.name.clone(),
            outing: of.outing,
            request: of.request.into_bytes(),
            media_type: Word::of::<MediaType>(&of.media_type),
            bytes: of.bytes,
            sealed_bytes: of.sealed.bytes,
            sealed_hash: of.sealed.hash,
            chunk_bytes: of.sealed.chunk_bytes,
            key: of.sealed.key.clone(),
        }
    }
}

impl TryFrom<AttachmentBody> for Attachment {
    type Error = Malformed;

    fn try_from(body: AttachmentBody) -> Result<Self, Malformed> {
        let folio = Folio::from_number(body.folio)
            .map_err(|error| Malformed { what: "attachment", why: error.to_string() })?;
        let id = Uuid::from_bytes(body.id);
        Ok(Self {
            id,
            filed_id: Some(body.filed_id.unwrap_or_else(|| id.to_string())),
            request: Uuid::from_bytes(body.request),
            folio,
            captured: body.when.into(),
            name: body.name,
            media_type: body.media_type.filed::<MediaType>(),
            bytes: body.bytes,
            sealed: SealedFile {
                hash: body.sealed_hash,
                bytes: body.sealed_bytes,
                chunk_bytes: body.chunk_bytes,
                key: body.key,
            },
            outing: body.outing,
        })
    }
}
