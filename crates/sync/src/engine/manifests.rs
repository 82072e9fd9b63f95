//! The manifest: asked for once, judged by its watermarks, stored after its parts.

use wire::manifest::{Manifest, Watermark};
use wire::push::{PushError, QuarantineReason};
use wire::{Epoch, Hash};

use super::pace::as_u64;
use super::track::Track;
use super::watermarks::{self, Finding};
use super::{Action, Asked, Engine, Offer, Stage, not_an_answer};
use crate::{Alarm, Fault, LedgerState, Outcome};

impl Engine {
    pub(super) fn advance_manifest(&mut self, out: &mut Vec<Action>) {
        match &self.stage {
            Stage::Unasked => {
                // With an acknowledgement since the stored one, "not modified" would be a lie of its own.
                let held = self.held_manifest.as_ref();
                let etag = held.filter(|_| !self.moved_since_manifest).and_then(|held| held.etag.clone());
                let number = held.map(|held| held.number);
                self.moved_since_manifest = false;
                self.asked = Asked::Manifest;
                out.push(Action::FetchManifest { etag, number });
            }
            Stage::Offered { offer, part } => match offer.manifest.parts.get(*part) {
                Some(part) if part.len > self.limits.part_bytes_max => {
                    // No disk of a stand is the place for it, whoever signed it. The manifest in force stays.
                    self.stage = Stage::Over;
                    self.shortfall = Some(Fault::Contradiction);
                    self.finish_well(out);
                }
                Some(part) => {
                    self.asked = Asked::Part;
                    out.push(Action::FetchPart(*part));
                }
                None => self.store_manifest(out),
            },
            Stage::Over => self.finish_well(out),
        }
    }

    pub(super) fn store_manifest(&mut self, out: &mut Vec<Action>) {
        if let Stage::Offered { offer, .. } = std::mem::replace(&mut self.stage, Stage::Over) {
            let Offer { manifest, bytes, etag } = offer;
            let etag = etag.filter(|_| !self.moved_since_manifest);
            out.push(Action::StoreManifest { manifest, bytes, etag });
        }
        self.finish_well(out);
    }

    pub(super) fn manifest_answered(&mut self, bytes: Vec<u8>, etag: Option<String>, out: &mut Vec<Action>) {
        let signer = self.identity.content_keys.signer_of(&bytes).map_err(PushError::Signature);
        let manifest = match signer.and_then(|key| Manifest::open(&bytes, key)) {
            Ok(manifest) => manifest,
            Err(error) => return self.finish(Outcome::Failed(not_an_answer(&error)), out),
        };
        if (manifest.office, manifest.device) != (self.identity.office, self.identity.device) {
            return self.finish(Outcome::Failed(Fault::NotOurOffice), out);
        }
        self.heard();
        let offered = manifest.number;
        match self.held_manifest.as_ref().map(|held| held.number) {
            Some(held) if offered < held => return self.rolled_back(held, offered, out),
            _ => {}
        }
        if manifest.revoked_unix_s.is_some() {
            self.apart = self.apart.max(Some(QuarantineReason::Revoked));
        }
        let asked = self.comparable(&manifest.watermarks);
        self.stage = Stage::Offered { offer: Offer { manifest: Box::new(manifest), bytes, etag }, part: 0 };
        self.asked = Asked::HeadsOfWatermarks(asked.clone());
        out.push(Action::ReadHeads(asked));
    }

    /// Somebody replays an old manifest, or central was restored. Nothing in it counts; the signed answer to a
    /// push of what is known already tells the two apart.
    pub(super) fn rolled_back(&mut self, held: u64, offered: u64, out: &mut Vec<Action>) {
        self.stage = Stage::Over;
        self.shortfall = Some(Fault::RollbackManifest { held, offered });
        self.alarm(Alarm::ManifestRolledBack { held, offered }, out);
        self.ledgers.iter_mut().for_each(Track::probe);
        self.advance(out);
    }

    /// The positions of watermarks of ledgers that are here.
    pub(super) fn comparable(&self, watermarks: &[Watermark]) -> Vec<(Epoch, u64)> {
        let here = |mark: &&Watermark| self.ledgers.iter().any(|track| track.state.epoch == mark.epoch);
        watermarks.iter().filter(here).map(|mark| (mark.epoch, mark.stored)).collect()
    }

    pub(super) fn judge_watermarks(
        &mut self,
        asked: &[(Epoch, u64)],
        heads: &[Option<Hash>],
        out: &mut Vec<Action>,
    ) {
        let Stage::Offered { offer, .. } = &self.stage else { return };
        let own = |mark: &Watermark| {
            let mut pairs = asked.iter().zip(heads);
            pairs.find(|(at, _)| **at == (mark.epoch, mark.stored)).and_then(|(_, head)| *head)
        };
        let marks: Vec<(Watermark, Option<Hash>)> =
            offer.manifest.watermarks.iter().map(|mark| (*mark, own(mark))).collect();
        let findings: Vec<(LedgerState, Finding)> = self
            .ledgers
            .iter()
            .filter(|track| track.blocked.is_none())
            .map(|track| {
                let of_epoch: Vec<_> =
                    marks.iter().filter(|(mark, _)| mark.epoch == track.state.epoch).copied().collect();
                (track.state, watermarks::judge(&track.state, &of_epoch))
            })
            .collect();
        for (ledger, finding) in findings {
            self.found(&ledger, finding, out);
        }
        self.advance(out);
    }

    pub(super) fn found(&mut self, ledger: &LedgerState, finding: Finding, out: &mut Vec<Action>) {
        let epoch = ledger.epoch;
        match finding {
            Finding::Fine => return,
            Finding::WentBack { now } => return self.go_back(epoch, now, out),
            Finding::Overtaken { central } => self.overtaken(epoch, ledger.count, central, out),
            Finding::Doubt => {}
        }
        if let Some(track) = self.track(epoch) {
            track.probe();
        }
    }

    pub(super) fn part_answered(&mut self, bytes: Vec<u8>, out: &mut Vec<Action>) {
        let Stage::Offered { offer, part } = &self.stage else { return };
        let Some(part) = offer.manifest.parts.get(*part).copied() else { return };
        if Hash::of(&bytes) != part.hash || as_u64(bytes.len()) != part.len {
            return self.failed(&Asked::Part, Fault::CutInTheMiddle, out);
        }
        self.heard();
        out.push(Action::StorePart { part, bytes });
        self.next_part(out);
    }

    pub(super) fn next_part(&mut self, out: &mut Vec<Action>) {
        if let Stage::Offered { part, .. } = &mut self.stage {
            *part = part.saturating_add(1);
        }
        self.advance(out);
    }
}
