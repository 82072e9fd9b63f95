//! `mirror carry`: another stand's mirror, or a stick, brought to the office by this one.
//!
//! Whoever carries needs no trust and adds nothing: the files hold the lost stand's own signatures, and the office
//! answers each push as it would answer that stand. What was answered before is answered the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bundle::{
    Disk, Medium, MediumError, Offering, Place, PushHead, Taken, What, checkpoint_path, push_path, put,
    read_push, sealed_path, stored_path, upload_path,
};
use serde::Serialize;
use sync::Fault;
use sync::driver::{Exchange, Office};
use sync::upload::{Files, WaitingFile};
use wire::cert::Role;
use wire::manifest::Manifest;
use wire::push::{Checkpoint, Outcome as Answer};
use wire::sign1::Sign1;
use wire::upload::{Stored, Upload};
use wire::{DeviceId, Epoch, Hash, KeyId};

use crate::stick::{FileState, FileTold};
use crate::sync_run::{block_on, connect};
use crate::{Stand, StandError, UseCase};

/// Which way it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CarryTo<'a> {
    /// To the office, over this stand's network; with one more root certificate (PEM) to trust.
    Office(Option<&'a Path>),
    /// Onto a stick.
    Stick(&'a Path),
}

/// What was carried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct CarryAnswer {
    /// Stands whose pushes lay there.
    pub devices: Vec<String>,
    /// Pushes that the office holds now, or that lie on the stick now.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub carried: u64,
    /// Of those, how many the office held before, so that they were not sent.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub known: u64,
    /// Of those, how many it keeps apart.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub quarantined: u64,
    /// Attachments that the office holds now, or that lie on the stick now.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub attachments_carried: u64,
    /// Ledgers that lack something before what lay there, as `device/epoch: entries before`.
    pub missing: Vec<String>,
    /// Why not everything was sent: a stable word.
    pub fault: Option<String>,
    /// Files that were not carried.
    pub files: Vec<FileTold>,
    /// The fault, with all that is known of it.
    #[serde(skip)]
    #[cfg_attr(feature = "bindings", ts(skip))]
    pub ended: Option<Fault>,
}

impl CarryAnswer {
    fn refused(&mut self, file: &str, state: FileState) {
        self.files.push(FileTold { file: file.to_owned(), state });
    }

    /// Whether anything was not carried for good.
    pub fn has_refused(&self) -> bool {
        self.files.iter().any(|file| file.state.is_refused())
    }
}

impl Stand {
    /// Carries every push below a folder: another stand's mirror, or a stick of several stands.
    pub fn carry(&mut self, from: &Path, to: CarryTo<'_>) -> Result<CarryAnswer, StandError> {
        self.allow(UseCase::ChooseMirror)?;
        let gone = || StandError::Medium(MediumError::Gone { path: from.display().to_string() });
        let place = Place::of(from).ok_or_else(gone)?;
        let mut answer = CarryAnswer::default();
        let pushes = self.readable(&place, &mut answer)?;
        let uploads = uploads(&place)?;
        let devices: BTreeSet<DeviceId> = pushes.iter().map(|push| push.device).collect();
        answer.devices = devices.iter().map(ToString::to_string).collect();
        match to {
            CarryTo::Stick(stick) => {
                let mut stick = Disk::at(stick);
                copy(&place.disk, &mut stick, &pushes, &mut answer)?;
                copy_files(&place.disk, &mut stick, &uploads, &mut answer)?;
            }
            CarryTo::Office(root) => {
                let office = connect(&self.settings.central, root)?;
                block_on(async {
                    self.offer(&office, place.disk.clone(), pushes, &mut answer).await;
                    if answer.ended.is_none() {
                        self.send_files(&office, &place.disk, uploads, &mut answer).await;
                    }
                })?;
            }
        }
        Ok(answer)
    }

    /// Every whole push of this office. The signature of a stand that the directory lists is checked here; one that it
    /// does not list may have been enrolled since, and the office will say.
    fn readable(&self, place: &Place, answer: &mut CarryAnswer) -> Result<Vec<PushHead>, StandError> {
        let directory = self.directory()?;
        let found = place.files(Some(What::Push))?;
        let mut pushes = Vec::new();
        for file in &found.files {
            match file.what {
                What::Push => {}
                What::Unfinished => {
                    answer.refused(&file.path, FileState::Unfinished);
                    continue;
                }
                _ => continue,
            }
            let read = read_push(&place.disk, &file.path, None).and_then(|(push, bytes)| {
                let listed = directory
                    .find(push.kid)
                    .and_then(|stand| ed25519_dalek::VerifyingKey::from_bytes(&stand.public_key).ok());
                let signed = wire::sign1::Sign1::read(&bytes).ok();
                match (listed, signed) {
                    (Some(key), Some(signed)) => wire::push::Push::open(&signed, &key)
                        .map(|_| push)
                        .map_err(|_| bundle::Unreadable::BadSignature),
                    _ => Ok(push),
                }
            });
            match read {
                Ok(push) if push.office == self.enrolment.device.office => pushes.push(push),
                Ok(_) => answer.refused(&file.path, FileState::UnknownSigner),
                Err(bundle::Unreadable::Medium(_)) => answer.refused(&file.path, FileState::Unreadable),
                Err(_) => answer.refused(&file.path, FileState::Damaged),
            }
        }
        Ok(pushes)
    }

    /// Offers the pushes to the office, and writes its answers beside them where that works.
    async fn offer(&self, office: &Office, mut disk: Disk, pushes: Vec<PushHead>, answer: &mut CarryAnswer) {
        let mut held = BTreeMap::new();
        for kid in pushes.iter().map(|push| push.kid).collect::<BTreeSet<KeyId>>() {
            let marks = self.watermarks(office, kid).await;
            held.insert(kid, on_chains(&pushes, kid, &marks, |push, seq| hash_within(&disk, push, seq)));
        }
        let mut offering = Offering::new(pushes);
        while let Some(push) = offering.take_next() {
            let is_held =
                held.get(&push.kid).is_some_and(|ends| ends.contains(&(push.epoch, push.count, push.head)));
            if is_held {
                answer.carried = answer.carried.saturating_add(1);
                answer.known = answer.known.saturating_add(1);
                offering.answered(push, Taken::Held);
                continue;
            }
            match self.offer_one(office, &mut disk, &push, answer).await {
                Ok(taken) => offering.answered(push, taken),
                Err(fault) => {
                    answer.fault = Some(fault.code().to_owned());
                    answer.ended = Some(fault);
                    return;
                }
            }
        }
        let missing = offering.missing();
        answer.missing =
            missing.iter().map(|one| format!("{}/{}: {}", one.device, one.epoch, one.before)).collect();
    }

    async fn offer_one(
        &self,
        office: &Office,
        disk: &mut Disk,
        push: &PushHead,
        answer: &mut CarryAnswer,
    ) -> Result<Taken, Fault> {
        let Ok((_, bytes)) = read_push(disk, &push.path, None) else {
            answer.refused(&push.path, FileState::Unreadable);
            return Ok(Taken::Refused);
        };
        let signed = match Exchange::new(office, push.kid).push(bytes).await {
            Ok(signed) => signed,
            Err(Fault::Refused { code, .. }) => {
                let unknown = code == "unknown_signer";
                let state = if unknown { FileState::UnknownSigner } else { FileState::Damaged };
                answer.refused(&push.path, state);
                return Ok(Taken::Refused);
            }
            Err(fault) => return Err(fault),
        };
        let signers = self.enrolment.signers(Role::Checkpoint);
        let key = signers.signer_of(&signed).map_err(|_| Fault::NotOurOffice)?;
        let checkpoint = Checkpoint::open(&signed, key).map_err(|_| Fault::Contradiction)?;
        let own = (self.enrolment.device.office, push.device, push.epoch);
        if (checkpoint.office, checkpoint.device, checkpoint.epoch) != own {
            return Err(Fault::NotOurOffice);
        }
        if checkpoint.outcome == Answer::Gap {
            return Ok(Taken::Gap);
        }
        answer.carried = answer.carried.saturating_add(1);
        if checkpoint.outcome == Answer::Quarantined {
            answer.quarantined = answer.quarantined.saturating_add(1);
        }
        // It helps whoever looks at the folder next; that it can't be written stops nothing.
        let path = checkpoint_path(push.device, push.epoch, checkpoint.count, &signed);
        if let Err(error) = put(disk, &path, &signed) {
            tracing::info!(error = &error as &dyn std::error::Error, "an answer was not written");
        }
        Ok(Taken::Held)
    }

    /// Sends the files that lie there with their stands' words, as each stand would.
    async fn send_files(
        &self,
        office: &Office,
        disk: &Disk,
        uploads: Vec<Carried>,
        answer: &mut CarryAnswer,
    ) {
        let mut by_stand: BTreeMap<KeyId, Vec<Carried>> = BTreeMap::new();
        for one in uploads {
            by_stand.entry(one.kid).or_default().push(one);
        }
        for (kid, uploads) in by_stand {
            let Some(device) = uploads.first().map(|one| one.upload.device) else { continue };
            let identity = sync::Identity {
                office: self.enrolment.device.office,
                device,
                kid,
                checkpoint_keys: self.enrolment.signers(Role::Checkpoint),
                content_keys: self.enrolment.signers(Role::Content),
            };
            let mut files = CarriedFiles { disk: disk.clone(), uploads };
            let (_keep, cancelled) = sync::driver::cancel();
            let mut exchange = Exchange::new(office, kid);
            match sync::driver::send_files(&mut files, identity, &mut exchange, 0, cancelled, |_| {}).await {
                Err(never) => match never {},
                Ok(report) => {
                    answer.attachments_carried = answer.attachments_carried.saturating_add(report.stored);
                    if let sync::Outcome::Failed(fault) = report.outcome {
                        answer.fault = Some(fault.code().to_owned());
                        answer.ended = Some(fault);
                        return;
                    }
                }
            }
        }
    }

    /// How far the office holds a stand's ledgers; nothing when it does not say.
    async fn watermarks(&self, office: &Office, kid: KeyId) -> Vec<(Epoch, u64, Hash)> {
        let asked = Exchange::new(office, kid).manifest(None, None).await.ok().flatten();
        let signers = self.enrolment.signers(Role::Content);
        let manifest = asked.and_then(|(bytes, _)| {
            let key = signers.signer_of(&bytes).ok()?;
            Manifest::open(&bytes, key).ok()
        });
        let manifest = manifest.filter(|manifest| manifest.office == self.enrolment.device.office);
        let marks = manifest.map(|manifest| manifest.watermarks).unwrap_or_default();
        marks.into_iter().map(|mark| (mark.epoch, mark.stored, mark.stored_head)).collect()
    }
}

/// A file on a medium with the word of the stand that it is of.
struct Carried {
    kid: KeyId,
    upload: Upload,
    word: Vec<u8>,
    /// Where the sealed file lies.
    sealed: String,
}

/// Every word on a file below a folder that lies beside its file. Whose word it is, the office checks.
fn uploads(place: &Place) -> Result<Vec<Carried>, StandError> {
    let mut uploads = Vec::new();
    for file in place.files(None)?.of(What::Upload) {
        let Ok(word) = place.disk.read(&file.path, wire::ANSWER_BYTES_MAX) else { continue };
        let Ok(signed) = Sign1::read(&word) else { continue };
        let Ok(upload) = Upload::read_unverified(&signed) else { continue };
        let Some((stem, _)) = file.path.rsplit_once('.') else { continue };
        uploads.push(Carried { kid: signed.kid, upload, sealed: format!("{stem}.sealed"), word });
    }
    Ok(uploads)
}

/// Another stand's files, as a sender sees them.
struct CarriedFiles {
    disk: Disk,
    uploads: Vec<Carried>,
}

impl CarriedFiles {
    fn of(&self, hash: Hash) -> Option<&Carried> {
        self.uploads.iter().find(|one| one.upload.hash == hash)
    }
}

impl Files for CarriedFiles {
    type Error = std::convert::Infallible;

    fn waiting(&mut self) -> Result<Vec<WaitingFile>, Self::Error> {
        let waiting = |Upload { epoch, seq, hash, bytes, .. }| WaitingFile { epoch, seq, hash, bytes };
        Ok(self.uploads.iter().map(|one| waiting(one.upload)).collect())
    }

    fn statement(&mut self, file: &WaitingFile) -> Vec<u8> {
        self.of(file.hash).map(|one| one.word.clone()).unwrap_or_default()
    }

    fn piece(
        &mut self,
        file: &WaitingFile,
        from: u64,
        bytes_max: usize,
    ) -> Result<Option<Vec<u8>>, Self::Error> {
        let whole = self.of(file.hash).and_then(|one| self.disk.read(&one.sealed, sealed_bytes_max()).ok());
        let whole = whole.filter(|bytes| Hash::of(bytes) == file.hash);
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        Ok(whole.map(|bytes| bytes.into_iter().skip(from).take(bytes_max).collect()))
    }

    fn stored(&mut self, stored: &Stored, bytes: &[u8]) -> Result<(), Self::Error> {
        // It helps whoever looks at the folder next; that it can't be written stops nothing.
        let path = stored_path(stored.device, stored.hash);
        if let Err(error) = put(&mut self.disk, &path, bytes) {
            tracing::info!(error = &error as &dyn std::error::Error, "an answer was not written");
        }
        Ok(())
    }
}

fn sealed_bytes_max() -> usize {
    usize::try_from(wire::file::SEALED_FILE_BYTES_MAX).unwrap_or(usize::MAX)
}

fn copy_files(
    from: &Disk,
    to: &mut Disk,
    uploads: &[Carried],
    answer: &mut CarryAnswer,
) -> Result<(), StandError> {
    for one in uploads {
        let Upload { device, hash, .. } = one.upload;
        let Ok(sealed) = from.read(&one.sealed, sealed_bytes_max()) else {
            answer.refused(&one.sealed, FileState::Unreadable);
            continue;
        };
        put(to, &sealed_path(device, hash), &sealed)?;
        put(to, &upload_path(device, hash), &one.word)?;
        answer.attachments_carried = answer.attachments_carried.saturating_add(1);
    }
    Ok(())
}

/// A place in a ledger, and the chain's hash there.
type End = (Epoch, u64, Hash);

/// The hash after an entry inside a push.
fn hash_within(medium: &impl Medium, push: &PushHead, seq: u64) -> Option<Hash> {
    let (_, bytes) = read_push(medium, &push.path, None).ok()?;
    let signed = wire::sign1::Sign1::read(&bytes).ok()?;
    let push = wire::push::Push::read_unverified(&signed).ok()?;
    push.hashes().find(|(at, _, _)| *at == seq).map(|(_, hash, _)| hash)
}

/// The ends of pushes that lie on a chain which the office says it holds: from each watermark back, push by push. Only
/// those need not be sent.
fn on_chains(
    pushes: &[PushHead],
    kid: KeyId,
    marks: &[End],
    within: impl Fn(&PushHead, u64) -> Option<Hash>,
) -> BTreeSet<End> {
    let mut held = BTreeSet::new();
    let mut ends: Vec<End> = marks.to_vec();
    for (epoch, stored, head) in marks {
        let around = pushes.iter().filter(|push| {
            push.kid == kid
                && push.epoch == *epoch
                && (push.from.saturating_add(1)..push.count).contains(stored)
        });
        let ours = around.filter(|push| within(push, *stored) == Some(*head));
        ends.extend(ours.map(|push| (push.epoch, push.from, push.previous)));
    }
    while let Some(end) = ends.pop() {
        if !held.insert(end) {
            continue;
        }
        let leading =
            pushes.iter().filter(|push| push.kid == kid && (push.epoch, push.count, push.head) == end);
        ends.extend(leading.map(|push| (push.epoch, push.from, push.previous)));
    }
    held
}

fn copy(from: &Disk, to: &mut Disk, pushes: &[PushHead], answer: &mut CarryAnswer) -> Result<(), StandError> {
    let needed_bytes: u64 = pushes.iter().map(|push| u64::try_from(push.len).unwrap_or(u64::MAX)).sum();
    let free_bytes = to.free_bytes()?;
    if free_bytes < needed_bytes {
        return Err(StandError::MediumFull { needed_bytes, free_bytes });
    }
    for push in pushes {
        let Ok((_, bytes)) = read_push(from, &push.path, None) else {
            answer.refused(&push.path, FileState::Unreadable);
            continue;
        };
        put(to, &push_path(push.device, push.epoch, push.from, push.count, &bytes), &bytes)?;
        answer.carried = answer.carried.saturating_add(1);
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;
    use wire::OfficeId;

    fn head(chain: u8, count: u64) -> Hash {
        Hash([chain * 50 + u8::try_from(count).unwrap(); 32])
    }

    fn push(chain: u8, from: u64, count: u64) -> PushHead {
        PushHead {
            path: String::new(),
            kid: KeyId([0; 8]),
            office: OfficeId([0; 16]),
            device: DeviceId([0; 16]),
            epoch: Epoch([0; 8]),
            from,
            previous: head(if from == 0 { 0 } else { chain }, from),
            count,
            head: head(chain, count),
            len: 0,
        }
    }

    #[test]
    fn only_what_lies_on_a_chain_that_the_office_holds_need_not_be_sent() {
        let pushes = [push(1, 0, 5), push(1, 5, 9), push(1, 9, 20), push(2, 0, 6), push(2, 6, 20)];
        let check = |marks: &[(u8, u64)], expected: &[(u8, u64)]| {
            let marks: Vec<End> = marks.iter().map(|(c, at)| (Epoch([0; 8]), *at, head(*c, *at))).collect();
            let inside = |push: &PushHead, seq: u64| {
                let chain = if push.head == head(1, push.count) { 1 } else { 2 };
                Some(head(chain, seq))
            };
            let held = on_chains(&pushes, KeyId([0; 8]), &marks, inside);
            let found: Vec<(u8, u64)> = pushes
                .iter()
                .filter(|push| held.contains(&(push.epoch, push.count, push.head)))
                .map(|push| (if push.head == head(1, push.count) { 1 } else { 2 }, push.count))
                .collect();
            assert_eq!(found, expected, "{marks:?}");
        };
        check(&[], &[]);
        check(&[(1, 5)], &[(1, 5)]);
        check(&[(1, 9)], &[(1, 5), (1, 9)]);
        check(&[(1, 12)], &[(1, 5), (1, 9)]);
        check(&[(1, 3)], &[]);
        check(&[(2, 20)], &[(2, 6), (2, 20)]);
        check(&[(1, 9), (2, 7)], &[(1, 5), (1, 9), (2, 6)]);
        check(&[(1, 30)], &[]);
    }
}
