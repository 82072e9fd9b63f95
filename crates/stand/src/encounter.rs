//! Encounters: one person attended, with a profile for the statistics where they want to give one, and the seconds in
//! which the team can take both back.
//!
//! Encounter and profile part here: the one is sealed to be worked with, the other to be counted, under another key,
//! and what names them together is the undo alone, which lives in memory and lapses.

use domain::{EncounterDraft, Profile, ProfileDraft, VoidDraft, check_encounter};
use ledger::{Appended, At, UndoToken};
use rand_core::Rng as _;
use texts::Language;
use wire::body::{Body, ProfileRecord, Recorded as WireRecorded};
use wire::compress::Packer;
use wire::enrol::Enrolment;
use wire::profile::SealedProfile;
use wire::seal::SealingKey;

use crate::clock::Reading;
use crate::record::{Recorded, days_since_1970};
use crate::{Stand, StandError};

/// How long a record can be undone.
pub const UNDO_S: u64 = 30;

/// An encounter that was recorded.
pub struct EncounterRecorded {
    /// What scripts and windows are told.
    pub answer: Recorded,
    /// What takes it back within [`UNDO_S`]; none for a copy.
    pub undo: Option<Undo>,
}

/// What takes an encounter back, with its profile. Lives in memory only: whoever drops it can't undo any more.
pub struct Undo {
    at: At,
    profile: Option<UndoToken>,
    made: Reading,
}

/// Seals profiles to the office's statistics key.
pub(crate) struct ProfileSealer {
    pub(crate) public_key: [u8; 32],
    key: SealingKey,
    packer: Packer,
}

impl ProfileSealer {
    /// None where the office has no such key, or none that can be used: capture goes on without profiles.
    pub(crate) fn of(enrolment: &Enrolment) -> Option<Self> {
        let public_key = enrolment.statistics_key()?;
        let key = SealingKey::new(enrolment.device.office, &public_key).ok()?;
        Some(Self { public_key, key, packer: Packer::default() })
    }
}

impl Undo {
    /// Whether it takes back this very record.
    pub fn is_of(&self, epoch: &str, seq: u64) -> bool {
        self.at.seq == seq && self.at.epoch.to_string() == epoch
    }

    /// Whether it can still be done. Counted by the machine's uptime; where that is not told, by its clock, and a clock
    /// that was set back ends it.
    fn holds(&self, now: &Reading) -> bool {
        let elapsed_ms = match (&self.made.uptime, &now.uptime) {
            (Some(made), Some(now)) if made.boot == now.boot => now.ms.checked_sub(made.ms),
            _ => u64::try_from(now.wall_unix_ms.saturating_sub(self.made.wall_unix_ms)).ok(),
        };
        elapsed_ms.is_some_and(|ms| ms <= UNDO_S.saturating_mul(1_000))
    }
}

impl Stand {
    /// Records an encounter and, apart from it, the profile. A profile that can't be kept, for want of the office's key,
    /// keeps nobody from being recorded: the answer says so.
    pub fn record_encounter(
        &mut self,
        mut draft: EncounterDraft,
        profile: Option<&ProfileDraft>,
    ) -> Result<EncounterRecorded, StandError> {
        let id = self.filed_or_drawn(&mut draft.id)?;
        let (_, profile) = check_encounter(draft.clone(), profile).map_err(StandError::Input)?;
        let wanted = profile.is_some();
        let sealed = profile.and_then(|profile| self.seal_profile(profile));
        let by = self.recorded_by();
        let captured = self.captured_and_noted();
        let (appended, token) = self.or_in_new_ledger(|stand| {
            let record = |outing| {
                Body::Encounter(
                    WireRecorded { id, captured, filed: draft.clone(), outing: Some(outing), by: by.clone() }
                        .into(),
                )
            };
            let (sealer, chance) = (&mut stand.sealer, &mut stand.chance);
            stand.ledger.append_encounter(id, captured, sealed.as_ref(), sealer, chance, record)
        })?;
        let copy = matches!(appended, Appended::Known(_));
        let at = appended.into_inner();
        let profile = match (wanted && !copy, sealed) {
            (false, _) => None,
            (true, Some(_)) => Some("kept"),
            (true, None) => Some("no_key"),
        };
        let recorded = if copy { Recorded::known(id, at) } else { Recorded::new(id, at, captured) };
        let answer = Recorded { profile, ..recorded };
        let undo = (!copy).then(|| Undo { at, profile: token, made: self.clock.read() });
        Ok(EncounterRecorded { answer, undo })
    }

    /// Takes an encounter back: a void in the chain, and its profile out of the pool.
    ///
    /// # Errors
    /// [`StandError::UndoOver`] once the time is over; a void can still be recorded, and the profile stays.
    pub fn undo(&mut self, undo: &Undo, language: Language) -> Result<Recorded, StandError> {
        self.undo_for(undo, texts::text(language, "undo-reason", &[]))
    }

    /// The same, for a reason that somebody gave.
    ///
    /// # Errors
    /// Those of [`Self::undo`].
    pub fn undo_for(&mut self, undo: &Undo, reason: String) -> Result<Recorded, StandError> {
        if !undo.holds(&self.clock.read()) {
            return Err(StandError::UndoOver);
        }
        let mut draft = VoidDraft {
            id: None,
            epoch: Some(undo.at.epoch.to_string()),
            seq: Some(undo.at.seq),
            reason: Some(reason),
        };
        let id = self.filed_or_drawn(&mut draft.id)?;
        draft.clone().check().map_err(StandError::Input)?;
        let by = self.recorded_by();
        let captured = self.captured_now();
        let appended = self.or_in_new_ledger(|stand| {
            let record = |outing| {
                Body::Void(WireRecorded {
                    id,
                    captured,
                    filed: draft.clone(),
                    outing: Some(outing),
                    by: by.clone(),
                })
            };
            let (sealer, chance) = (&mut stand.sealer, &mut stand.chance);
            stand.ledger.append_undo(id, captured, undo.profile.as_ref(), sealer, chance, record)
        })?;
        Ok(Recorded::new(id, appended.into_inner(), captured))
    }

    /// How many profiles wait for the closing.
    pub fn profiles_waiting(&self) -> Result<u64, StandError> {
        Ok(self.ledger.pooled()?)
    }

    fn seal_profile(&mut self, profile: Profile) -> Option<SealedProfile> {
        let day = days_since_1970(self.outing_day());
        let sealer = self.profiles.as_mut()?;
        let mut id = [0; 16];
        self.chance.fill_bytes(&mut id);
        let record = ProfileRecord { id, profile, day };
        match SealedProfile::seal(record, &sealer.key, &mut sealer.packer, &mut self.chance) {
            Ok(sealed) => Some(sealed),
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "a profile could not be sealed");
                None
            }
        }
    }
}
