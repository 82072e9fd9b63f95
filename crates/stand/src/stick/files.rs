//! Attachments on a medium: the sealed file as it is, and both signed words on it beside.

use std::collections::{BTreeMap, BTreeSet};

use bundle::{Found, Medium, MediumError, Put, What, files_folder, put, sealed_path, upload_path, walk};
use ledger::AttachmentRow;
use sync::upload::Files as _;
use wire::cert::Role;
use wire::file::SEALED_FILE_BYTES_MAX;
use wire::upload::{Stored, Upload};
use wire::{ANSWER_BYTES_MAX, Hash};

use super::{FileState, Laid, Source};
use crate::StandError;
use crate::ledgers::Ledgers;
use crate::log::StandLog;

/// Files that the office has not signed for, of every ledger as far as it can be read.
pub(crate) fn not_stored(ledgers: &Ledgers) -> Result<Vec<AttachmentRow>, StandError> {
    let aside = ledgers.set_aside.iter().filter_map(|ledger| ledger.attachments_not_stored().ok()).flatten();
    Ok(aside.chain(ledgers.current.attachments_not_stored()?).collect())
}

/// The hash that the name of a sealed file, or of a word on one, tells.
pub(crate) fn named(found: &Found) -> Option<Hash> {
    let name = found.path.rsplit('/').next()?;
    Hash::from_hex(name.rsplit_once('.')?.0).ok()
}

/// Sealed files that lie on a medium, by name, with their lengths.
fn lying(medium: &impl Medium, source: &Source<'_>) -> Result<BTreeMap<Hash, u64>, MediumError> {
    let found = walk(medium, &files_folder(source.enrolment.device.device))?;
    Ok(found.of(What::Sealed).filter_map(|file| Some((named(file)?, file.len))).collect())
}

/// Bytes of sealed files that are not on a medium yet.
pub(super) fn bytes_missing(medium: &impl Medium, source: &Source<'_>) -> Result<Vec<u64>, StandError> {
    let there = lying(medium, source)?;
    let rows = not_stored(source.ledgers)?;
    let missing = rows.iter().filter(|row| there.get(&row.hash) != Some(&row.bytes));
    Ok(missing.map(|row| row.bytes).collect())
}

/// Lays every file that the office has not signed for, with the stand's word on it. One that lies there under its name
/// and in its length is not read again, unless `thorough`. Returns how many lie there.
pub(crate) fn lay_files(
    medium: &mut impl Medium,
    source: &Source<'_>,
    thorough: bool,
    laid: &mut Laid,
) -> Result<u64, StandError> {
    let rows = not_stored(source.ledgers)?;
    if rows.is_empty() {
        return Ok(0);
    }
    let there = lying(medium, source)?;
    let device = &source.enrolment.device;
    let bytes_max = usize::try_from(SEALED_FILE_BYTES_MAX).unwrap_or(usize::MAX);
    let mut count = 0_u64;
    for row in rows {
        if thorough || there.get(&row.hash) != Some(&row.bytes) {
            let Some(sealed) = source.files.read(row.hash, 0, bytes_max)? else {
                laid.unreadable = true;
                continue;
            };
            if put(medium, &sealed_path(device.device, row.hash), &sealed)? == Put::Written {
                laid.files = laid.files.saturating_add(1);
                laid.bytes = laid.bytes.saturating_add(row.bytes);
                (source.told)(laid.bytes);
            }
        }
        let place = (row.epoch, row.seq);
        let word = Upload::new(device.office, device.device, place, row.hash, row.bytes).sign(source.key);
        put(medium, &upload_path(device.device, row.hash), &word)?;
        count = count.saturating_add(1);
    }
    Ok(count)
}

/// What lies on a medium about this stand's files for which the office has signed.
pub(super) fn stale(medium: &impl Medium, source: &Source<'_>) -> Vec<String> {
    let waiting: BTreeSet<Hash> =
        not_stored(source.ledgers).unwrap_or_default().iter().map(|row| row.hash).collect();
    let ours = source.ledgers.current.attachment_files().unwrap_or_default();
    let found = walk(medium, &files_folder(source.enrolment.device.device)).unwrap_or_default();
    let is_stale =
        |file: &&Found| named(file).is_some_and(|hash| ours.contains(&hash) && !waiting.contains(&hash));
    found.files.iter().filter(is_stale).map(|file| file.path.clone()).collect()
}

/// Takes the office's words on files. They count only from a stick whose manifest is the newest that is known: an older
/// one may have been written before the office lost them.
pub(crate) fn take_words(
    medium: &impl Medium,
    found: &[Found],
    is_newest: bool,
    log: &mut StandLog<'_>,
) -> Result<Vec<(String, FileState)>, StandError> {
    let mut told = Vec::new();
    for file in found.iter().filter(|file| file.what == What::Stored) {
        let state = if is_newest { take_word(medium, file, log)? } else { FileState::Older };
        told.push((file.path.clone(), state));
    }
    Ok(told)
}

fn take_word(medium: &impl Medium, file: &Found, log: &mut StandLog<'_>) -> Result<FileState, StandError> {
    let bytes = match medium.read(&file.path, ANSWER_BYTES_MAX) {
        Ok(bytes) => bytes,
        Err(MediumError::TooLarge { .. }) => return Ok(FileState::Damaged),
        Err(_) => return Ok(FileState::Unreadable),
    };
    let signers = log.enrolment.signers(Role::Checkpoint);
    let word = match signers.signer_of(&bytes).map(|key| Stored::open(&bytes, key)) {
        Ok(Ok(word)) => word,
        Err(wire::sign1::Sign1Error::BadSignature) => return Ok(FileState::UnknownSigner),
        Ok(Err(_)) | Err(_) => return Ok(FileState::Damaged),
    };
    let device = &log.enrolment.device;
    if (word.office, word.device) != (device.office, device.device) {
        return Ok(FileState::OtherStand);
    }
    let waits = |ledger: &ledger::Ledger| {
        ledger.attachments_not_stored().is_ok_and(|rows| rows.iter().any(|row| row.hash == word.hash))
    };
    if !waits(&log.ledger) && !log.set_aside.iter().any(waits) {
        return Ok(FileState::Known);
    }
    log.stored(&word, &bytes).map_err(crate::sync_run::local)?;
    Ok(FileState::Taken)
}
