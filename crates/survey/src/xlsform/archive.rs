//! The archive of a spreadsheet: which parts it has, and each unpacked within one budget.
//!
//! Sizes are checked twice: what the directory declares, before anything is unpacked, and what really comes out,
//! since a directory can lie. A part that gives more than it declared is damaged from that byte on, and whatever the
//! library thinks of it, no more than the budget is taken.

use std::collections::BTreeMap;
use std::io::Read as _;

use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive};

use super::Wrong;
use crate::Code;
use crate::limits::{FILE_BYTES_MAX, PARTS_MAX, UNPACKED_BYTES_MAX};

/// Compound files, in which older spreadsheets and encrypted ones come ([MS-CFB] 2.2).
const COMPOUND_FILE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

pub(super) struct Archive<'a> {
    zip: ZipSliceArchive<&'a [u8]>,
    parts: BTreeMap<String, Found>,
    /// Bytes that may still be unpacked.
    budget: u64,
}

/// Where a part lies, and how it is packed.
#[derive(Clone, Copy)]
struct Found {
    at: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
}

impl<'a> Archive<'a> {
    /// Opens a file and looks at its directory, and at nothing else.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Wrong> {
        if bytes.len() > FILE_BYTES_MAX {
            return Err(Wrong::file(Code::FileTooLarge));
        }
        if bytes.starts_with(COMPOUND_FILE) {
            let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            let encrypted = bytes.windows(name.len()).any(|window| window == name);
            return Err(Wrong::file(if encrypted { Code::Encrypted } else { Code::OldSpreadsheet }));
        }
        let zip = ZipArchive::from_slice(bytes).map_err(|_| Wrong::file(Code::NotASpreadsheet))?;
        let parts = directory(&zip)?;
        Ok(Self { zip, parts, budget: UNPACKED_BYTES_MAX })
    }

    /// A part's text, if there is such a part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Wrong> {
        let Some(found) = self.parts.get(name).copied() else { return Ok(None) };
        let damaged = || Wrong::part(Code::Damaged, name);
        let entry = self.zip.get_entry(found.at).map_err(|_| damaged())?;
        // One byte more than the budget says that it was passed.
        let limit = self.budget.saturating_add(1);
        let mut bytes = Vec::new();
        let read = match found.method {
            CompressionMethod::STORE => {
                entry.verifying_reader(entry.data()).take(limit).read_to_end(&mut bytes)
            }
            CompressionMethod::DEFLATE => {
                let inflated = DeflateDecoder::new(entry.data());
                entry.verifying_reader(inflated).take(limit).read_to_end(&mut bytes)
            }
            _ => return Err(damaged()),
        };
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.budget = self.budget.checked_sub(length).ok_or(Wrong::part(Code::UnpacksTooLarge, name))?;
        read.map_err(|_| damaged())?;
        let text = String::from_utf8(bytes).map_err(|_| damaged())?;
        Ok(Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
    }
}

/// The parts by name, if all of them are such as a survey needs and declare to be small.
fn directory(zip: &ZipSliceArchive<&[u8]>) -> Result<BTreeMap<String, Found>, Wrong> {
    let damaged = || Wrong::file(Code::Damaged);
    let mut parts = BTreeMap::new();
    let mut declared = 0_u64;
    let mut entries = zip.entries();
    while let Some(entry) = entries.next_entry().map_err(|_| damaged())? {
        let path = entry.file_path();
        let name = std::str::from_utf8(path.as_ref()).map_err(|_| damaged())?.to_owned();
        if entry.flags().is_encrypted() || entry.flags().has_strong_encryption() {
            return Err(Wrong::part(Code::Encrypted, &name));
        }
        if let Some(code) = forbidden(&name.to_ascii_lowercase()) {
            return Err(Wrong::part(code, &name));
        }
        declared = declared.saturating_add(entry.uncompressed_size_hint());
        if declared > UNPACKED_BYTES_MAX {
            return Err(Wrong::part(Code::UnpacksTooLarge, &name));
        }
        let found = Found { at: entry.wayfinder(), method: entry.compression_method() };
        // Of two parts with one name, one reader takes the first and another the last.
        if parts.insert(name, found).is_some() {
            return Err(damaged());
        }
        if parts.len() > PARTS_MAX {
            return Err(Wrong::file(Code::TooManyParts));
        }
    }
    Ok(parts)
}

/// What a survey's spreadsheet has no use for, by the names that Office Open XML gives it.
fn forbidden(name: &str) -> Option<Code> {
    const FORBIDDEN: &[(&str, Code)] = &[
        ("vbaproject", Code::Macros),
        ("xl/macrosheets/", Code::Macros),
        ("xl/dialogsheets/", Code::Macros),
        ("xl/externallinks/", Code::ExternalData),
        ("xl/connections", Code::ExternalData),
        ("xl/querytables/", Code::ExternalData),
        ("xl/embeddings/", Code::EmbeddedObject),
        ("xl/activex/", Code::EmbeddedObject),
    ];
    FORBIDDEN.iter().find(|(mark, _)| name.contains(mark)).map(|(_, code)| *code)
}
