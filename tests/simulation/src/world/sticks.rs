//! What travels in a pocket: chunks to the office in any order, and its answers back, late, some of them, or never.

use std::collections::BTreeMap;
use std::rc::Rc;

use sync::driver::{Brought, Standing, read_brought};
use sync::{ChunkRead, Log as _};
use wire::manifest::Manifest;
use wire::push::{Checkpoint, Outcome as Answer};
use wire::{DeviceId, Hash, KeyId};

use super::schedule::DAY_MS;
use super::{Happening, World};
use crate::Trouble;
use crate::facts::Fact;
use crate::office::ManifestReply;

/// Of a thousand times that a carrier leaves, how often with the mirror's card and not with a stick.
const IS_CARD_PER_MILLE: u64 = 400;

/// What the office ever laid on sticks for one stand.
#[derive(Clone, Default)]
pub(super) struct OnStick {
    checkpoints: Vec<(Checkpoint, Vec<u8>)>,
    manifests: Vec<(Manifest, Vec<u8>)>,
    parts: BTreeMap<Hash, Vec<u8>>,
}

impl World {
    /// All that a stand has goes onto a stick, in chunks of a size of its own, and comes in over the next days in
    /// any order, some of it more than once.
    pub(super) fn carrier_leaves(&mut self, number: usize) -> Result<(), Trouble> {
        if self.stands.get(number).is_none_or(|stand| stand.ledger.is_none()) {
            return Ok(());
        }
        let bytes_max = usize::try_from(self.fate.between(200, 3_000)).unwrap_or(200);
        let chunks = self.with_log(number, |log| {
            let mut chunks = Vec::new();
            for ledger in log.snapshot()?.ledgers {
                let mut from = ledger.released;
                while from < ledger.count {
                    let ChunkRead::Signed(chunk) = log.chunk(ledger.epoch, from, bytes_max)? else { break };
                    from = chunk.count;
                    chunks.push(chunk.bytes.into());
                }
            }
            Ok(chunks)
        })?;
        self.say(&format!("a carrier leaves stand {number} with {} chunks", chunks.len()));
        let mut stick: Vec<std::rc::Rc<[u8]>> = chunks;
        if self.fate.chance(IS_CARD_PER_MILLE) {
            let now_unix_s = self.now_unix_s();
            let Some(stand) = self.stands.get_mut(number) else { return Ok(()) };
            let (sheets, resting) = stand.copy_resting(now_unix_s)?;
            stick.extend(sheets.into_iter().map(|sheet| Rc::from(sheet.bytes)));
            self.counts.rested = self.counts.rested.saturating_add(resting);
            self.say(&format!("it is the mirror's card, with {resting} things that rest"));
        }
        while let Some(chunk) = stick.pop() {
            let after_ms = self.fate.below(DAY_MS.saturating_mul(2));
            self.at(after_ms, Happening::CarrierBrings(chunk.clone()));
            if self.fate.chance(300) {
                stick.push(chunk);
            }
        }
        Ok(())
    }

    pub(super) fn carrier_brings(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        if !self.office.is_up() {
            return Ok(());
        }
        self.say("a carrier brings a chunk");
        let signed = self.take_push(bytes, 1, None)?;
        let answer = Checkpoint::open(&signed, &self.office.checkpoint_key())?;
        if answer.outcome == Answer::Gap {
            return Ok(());
        }
        let device = answer.device;
        self.sticks.entry(device).or_default().checkpoints.push((answer, signed));
        self.lay_manifest(device)?;
        let stands: Vec<usize> = self
            .stands
            .iter()
            .filter(|stand| stand.badge.device == device)
            .map(|stand| stand.number)
            .collect();
        for stand in stands {
            if self.fate.chance(600) {
                let after_ms = self.fate.below(DAY_MS.saturating_mul(2));
                self.at(after_ms, Happening::CarrierReturns(stand));
            }
        }
        Ok(())
    }

    /// The office lays a stand's manifest on the stick, with what it names.
    fn lay_manifest(&mut self, device: DeviceId) -> Result<(), Trouble> {
        let badge = self.stands.iter().map(|stand| &stand.badge).find(|badge| badge.device == device);
        let Some(kid) = badge.map(|badge| KeyId::of(badge.key.verifying_key().as_bytes())) else {
            return Ok(());
        };
        let held = self.sticks.get(&device).and_then(|stick| stick.manifests.last());
        let held = held.map(|(manifest, _)| manifest.number);
        let reply = match self.office.manifest(kid, None, held, self.now_unix_s()) {
            Err(Trouble::Refused(_)) => return Ok(()),
            reply => reply?,
        };
        let ManifestReply::Given { bytes, manifest, .. } = reply else { return Ok(()) };
        self.tell(&Fact::ManifestGiven(Rc::new(manifest.clone())));
        let mut parts = BTreeMap::new();
        for part in &manifest.parts {
            if let Some(bytes) = self.office.part(part.hash)? {
                parts.insert(part.hash, bytes);
            }
        }
        let stick = self.sticks.entry(device).or_default();
        stick.parts.append(&mut parts);
        stick.manifests.push((manifest, bytes));
        Ok(())
    }

    /// A stick comes back, perhaps after weeks in a drawer: some of the answers, and some manifest.
    pub(super) fn carrier_returns(&mut self, number: usize) -> Result<(), Trouble> {
        let ready = self.stands.get(number).filter(|stand| stand.ledger.is_some() && stand.session.is_none());
        let Some(device) = ready.map(|stand| stand.badge.device) else { return Ok(()) };
        let Some(stick) = self.sticks.get(&device).cloned() else { return Ok(()) };
        let checkpoints = stick.checkpoints.into_iter().filter(|_| self.fate.chance(700)).collect();
        let offered = match stick.manifests.len() {
            0 => None,
            count => stick.manifests.get(self.fate.index(count)).cloned(),
        };
        let content_key = self.office.content_key();
        let read = self.with_log(number, |log| {
            let ledger = log.stand.ledger()?;
            let held = ledger.manifest()?;
            let answered = ledger.newest_answer_unix_s()?;
            let in_force =
                held.as_ref().map(|held| Manifest::open(&held.signed, &content_key)).transpose()?;
            let number = held.map(|held| held.number);
            let manifest =
                offered.filter(|(manifest, _)| Standing::of(manifest, number, answered) == Standing::Newer);
            let brought = Brought { checkpoints, manifest, in_force };
            read_brought(log, &brought, |hash, _| stick.parts.get(&hash).cloned())
        })?;
        self.counts.alarms =
            self.counts.alarms.saturating_add(u64::try_from(read.alarms.len()).unwrap_or(u64::MAX));
        let (outcome, totals) = (read.outcome.code(), read.totals);
        self.say(&format!("a stick comes back to stand {number}: {outcome} {totals:?}"));
        Ok(())
    }
}
