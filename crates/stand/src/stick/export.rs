//! `bundle export`: everything that the office has not signed for, onto a stick, any number of times.

use std::path::Path;

use bundle::{Disk, Medium, What, ledger_folder, manifest_path, put, stand_folder, walk};
use ledger::LocalEpoch;
use serde::Serialize;
use wire::push::Checkpoint;

use super::lay::RUN_BYTES_MAX;
use super::{Laid, Source, UNTOLD, covered, files, lay, lay_files, own_runs};
use crate::ledgers::Ledgers;
use crate::{Stand, StandError, UseCase};

/// What a file takes on a medium besides its bytes: FAT32 and exFAT give room in clusters of up to so many bytes, and
/// folders as well.
const CLUSTER_BYTES: u64 = 64 * 1_024;
/// Folders and small files beside the pushes.
const FILES_BESIDE: u64 = 6;

/// What went onto a stick.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BundleExported {
    /// The folder on the stick.
    pub folder: String,
    /// Entries that lie on it now and that the office has not signed for.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub entries: u64,
    /// Files that this export wrote: none when everything lay there already.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub files: u64,
    /// Their bytes.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub bytes: u64,
    /// Attachments that lie on it now and that the office has not signed for.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub attachments_on_usb: u64,
    /// Files of this stand taken off it, since the office has signed for what they hold.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub cleared: u64,
    /// Entries that the office has not signed for, on a stick or not.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub held: u64,
    /// Of those, how many were ever handed to a stick.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub on_usb: u64,
    /// Whether entries could not be written, since they can't be read here any more.
    pub unreadable: bool,
}

/// A ledger and from where on it has to be written.
struct Part {
    local: LocalEpoch,
    start: u64,
    from: u64,
}

impl Stand {
    /// Writes everything that the office has not signed for into a folder, of all ledgers of this machine. What lies
    /// there whole is not written again; of what the office has signed for since, this stand's files are taken away.
    pub fn export_bundle(&mut self, folder: &Path) -> Result<BundleExported, StandError> {
        self.export_bundle_telling(folder, |_, _| {})
    }

    /// The same; `told` hears how many bytes were written, and how many are needed at most.
    pub fn export_bundle_telling(
        &mut self,
        folder: &Path,
        told: impl Fn(u64, u64),
    ) -> Result<BundleExported, StandError> {
        self.allow(UseCase::CarryOnStick)?;
        if !folder.is_dir() {
            return Err(StandError::Medium(bundle::MediumError::Gone { path: folder.display().to_string() }));
        }
        self.export_to(&mut Disk::at(folder), folder, told)
    }

    pub(crate) fn export_to(
        &mut self,
        medium: &mut impl Medium,
        folder: &Path,
        told: impl Fn(u64, u64),
    ) -> Result<BundleExported, StandError> {
        let ledgers = self.ledgers()?;
        let (enrolment, key, files) = (&self.enrolment, &self.key, &self.files);
        let source = Source { ledgers: &ledgers, enrolment, key, files, told: UNTOLD };
        let parts = parts(medium, &source)?;
        let needed_bytes = check_room(medium, &source, &parts)?;
        let source = Source { told: &|bytes| told(bytes, needed_bytes), ..source };
        let mut laid = Laid::default();
        let (mut entries, mut reached) = (0_u64, Vec::new());
        for part in &parts {
            let to = lay(medium, &source, &part.local, part.from, &mut laid)?;
            entries = entries.saturating_add(to.saturating_sub(part.start));
            reached.push((part.local.epoch, to));
        }
        let attachments = lay_files(medium, &source, false, &mut laid)?;
        self.lay_manifest(medium)?;
        let cleared = clear(medium, &source, &parts);
        for (epoch, to) in reached {
            self.note_handed_over(epoch, to)?;
        }
        let (held, on_usb) = self.held_and_on_usb()?;
        Ok(BundleExported {
            folder: folder.join(bundle::FOLDER).display().to_string(),
            entries,
            files: laid.files,
            bytes: laid.bytes,
            attachments_on_usb: attachments,
            cleared,
            held,
            on_usb,
            unreadable: laid.unreadable,
        })
    }

    /// The ledgers of this machine, each on a connection of its own.
    pub(crate) fn ledgers(&mut self) -> Result<Ledgers, StandError> {
        let path = self.folder.ledger();
        match Ledgers::open(&path, &self.enrolment) {
            Err(error) if error.is_damage() => {
                self.open_ledger_again()?;
                Ok(Ledgers::open(&path, &self.enrolment)?)
            }
            opened => Ok(opened?),
        }
    }

    /// The number of the manifest in force goes along: an office that was restored from a backup must give its next
    /// one a higher number.
    fn lay_manifest(&self, medium: &mut impl Medium) -> Result<(), StandError> {
        let Some(held) = self.ledger.manifest()? else { return Ok(()) };
        let path = manifest_path(self.enrolment.device.device, held.number, &held.signed);
        put(medium, &path, &held.signed)?;
        Ok(())
    }

    /// A ledger that was set aside is not written to: what it handed over is counted as held.
    fn note_handed_over(&mut self, epoch: wire::Epoch, count: u64) -> Result<(), StandError> {
        Ok(self.ledger.note_handed_over(epoch, count)?)
    }

    /// Entries that the office has not signed for, and how many of them were ever handed to a stick.
    pub(crate) fn held_and_on_usb(&self) -> Result<(u64, u64), StandError> {
        let (mut held, mut on_usb) = (0_u64, 0_u64);
        for local in self.ledger.epochs()? {
            held = held.saturating_add(local.count.saturating_sub(local.acknowledged));
            let handed_over = self.ledger.handed_over(local.epoch)?;
            on_usb = on_usb.saturating_add(handed_over.saturating_sub(local.acknowledged));
        }
        Ok((held, on_usb))
    }
}

/// Each ledger with what of it has to be written.
fn parts(medium: &impl Medium, source: &Source<'_>) -> Result<Vec<Part>, StandError> {
    let mut parts = Vec::new();
    for local in source.ledgers.epochs()? {
        let start = local.acknowledged.max(local.released).min(local.count);
        let from = if start == local.count {
            start
        } else {
            let runs = own_runs(medium, source, local.epoch)?;
            covered(start, &runs, |count| source.ledgers.head_at(local.epoch, count))?
        };
        parts.push(Part { local, start, from });
    }
    Ok(parts)
}

/// A stick without room is found before anything is written.
fn check_room(medium: &impl Medium, source: &Source<'_>, parts: &[Part]) -> Result<u64, StandError> {
    let mut needed_bytes = 0_u64;
    for part in parts.iter().filter(|part| part.from < part.local.count) {
        let sealed =
            source.ledgers.holding(part.local.epoch).sealed_bytes_after(part.local.epoch, part.from)?;
        let files = sealed.div_euclid(u64::try_from(RUN_BYTES_MAX).unwrap_or(u64::MAX)).saturating_add(1);
        // An entry's frame in a push is a twentieth of the smallest body.
        let framed = sealed.saturating_add(sealed.div_euclid(8));
        needed_bytes =
            needed_bytes.saturating_add(framed).saturating_add(files.saturating_mul(CLUSTER_BYTES));
    }
    for bytes in files::bytes_missing(medium, source)? {
        needed_bytes = needed_bytes.saturating_add(bytes).saturating_add(CLUSTER_BYTES.saturating_mul(2));
    }
    if needed_bytes == 0 {
        return Ok(0);
    }
    needed_bytes = needed_bytes.saturating_add(FILES_BESIDE.saturating_mul(CLUSTER_BYTES));
    let free_bytes = medium.free_bytes()?;
    if free_bytes < needed_bytes {
        return Err(StandError::MediumFull { needed_bytes, free_bytes });
    }
    Ok(needed_bytes)
}

/// Takes this stand's own files off a stick where the office has signed for all that they hold, and manifests older
/// than the one in force. What can't be taken away stays: it does no harm.
fn clear(medium: &mut impl Medium, source: &Source<'_>, parts: &[Part]) -> u64 {
    let device = source.enrolment.device.device;
    let mut stale = Vec::new();
    for part in parts {
        let local = &part.local;
        let is_ours = |count, head| {
            count <= local.acknowledged
                && source.ledgers.head_at(local.epoch, count).is_ok_and(|own| own == Some(head))
        };
        let runs = own_runs(medium, source, local.epoch).unwrap_or_default();
        stale.extend(runs.into_iter().filter(|run| is_ours(run.count, run.head)).map(|run| run.path));
        let found = walk(medium, &ledger_folder(device, local.epoch)).unwrap_or_default();
        for file in found.of(What::Checkpoint) {
            let read = medium.read(&file.path, wire::ANSWER_BYTES_MAX).ok();
            let answer = read.and_then(|bytes| Checkpoint::read_unverified(&bytes).ok());
            if answer.is_some_and(|answer| is_ours(answer.count, answer.head)) {
                stale.push(file.path.clone());
            }
        }
    }
    let manifests = walk(medium, &stand_folder(device)).unwrap_or_default();
    let held = source.ledgers.current.manifest().ok().flatten().map_or(0, |held| held.number);
    for file in manifests.of(What::Manifest) {
        let read = medium.read(&file.path, wire::ANSWER_BYTES_MAX).ok();
        let manifest = read.and_then(|bytes| wire::manifest::Manifest::read_kept(&bytes).ok());
        if manifest.is_some_and(|manifest| manifest.device == device && manifest.number < held) {
            stale.push(file.path.clone());
        }
    }
    stale.extend(files::stale(medium, source));
    let removed = stale.into_iter().filter(|path| medium.remove(path).is_ok()).count();
    u64::try_from(removed).unwrap_or(u64::MAX)
}
