//! Whom a stand attends besides those who file: encounters whose profiles wait in the pool, and the closing of a day,
//! which empties it.

use domain::profile::Items;
use domain::{EncounterDraft, Outcome, Profile};
use ledger::Closing;
use uuid::Uuid;
use wire::body::{Body, OutingOpened, ProfileRecord, Recorded};
use wire::compress::Packer;
use wire::profile::SealedProfile;
use wire::resting::{Copier, Sheet};
use wire::seal::SealingKey;

use crate::Trouble;
use crate::dice::Dice;
use crate::stand::Stand;

/// Of a thousand times that somebody files, how often somebody else comes by.
const ATTENDS_PER_MILLE: u64 = 400;
/// Of a thousand times that somebody files, how often the day then ends.
const CLOSES_PER_MILLE: u64 = 60;

impl Stand {
    /// What happens around a request that was just filed: whether somebody else came by, and whether the day ended.
    pub(crate) fn attend(&mut self, true_unix_s: u64) -> Result<(bool, bool), Trouble> {
        let comes = self.dice.chance(ATTENDS_PER_MILLE);
        if comes {
            self.encounter(true_unix_s)?;
        }
        let ends = self.dice.chance(CLOSES_PER_MILLE);
        if ends {
            self.close_day(true_unix_s)?;
        }
        Ok((comes, ends))
    }

    fn encounter(&mut self, true_unix_s: u64) -> Result<(), Trouble> {
        let (id, captured) = (Uuid::from_bytes(self.dice.bytes()), self.captured(true_unix_s));
        let filed = EncounterDraft {
            matter: Some("bono".into()),
            outcome: Some("informed".into()),
            ..EncounterDraft::default()
        };
        let says = self.dice.chance(800);
        let profile = says.then(|| profile(&mut self.dice, &self.sealing)).transpose()?;
        let mut sealer = self.sealer();
        let ledger = self.ledger.as_mut().ok_or(Trouble::Off)?;
        let record =
            |outing| Body::Encounter(Recorded { id, captured, filed, outing: Some(outing), by: None }.into());
        ledger.append_encounter(id, captured, profile.as_ref(), &mut sealer, &mut self.dice.0, record)?;
        Ok(())
    }

    /// What rests now, as it lies on a mirror's card: pushes, and how many things are in them.
    pub(crate) fn copy_resting(&mut self, true_unix_s: u64) -> Result<(Vec<Sheet>, u64), Trouble> {
        let day = self.captured(true_unix_s);
        let ledger = self.ledger.as_mut().ok_or(Trouble::Off)?;
        let (rested_in, ..) = ledger.head()?;
        let resting = ledger.resting(&mut self.dice.0)?;
        let (office, device, certificate) = (self.office(), self.badge.device, &self.badge.certificate);
        let copier = Copier { office, device, certificate, key: &self.badge.key, sealing: &self.sealing };
        let sheets = copier.copy(&resting, rested_in, day, &mut self.dice.0)?;
        Ok((sheets, u64::try_from(resting.len()).unwrap_or(u64::MAX)))
    }

    /// Closes what is open and opens the next day. What waited in the pool stands in the ledger after it, and nothing waits.
    fn close_day(&mut self, true_unix_s: u64) -> Result<(), Trouble> {
        let captured = self.captured(true_unix_s);
        let mut sealer = self.sealer();
        let ledger = self.ledger.as_mut().ok_or(Trouble::Off)?;
        let waited = ledger.pooled()?;
        let mut act = |closing: &Closing| closing.closed.to_be_bytes().to_vec();
        let closing = ledger.close_outing(captured, None, &mut sealer, &mut self.dice.0, &mut act)?;
        if closing.counts.profiles != waited || ledger.pooled()? != 0 {
            return Err(Trouble::Pool);
        }
        let opened = OutingOpened::new(captured, Some("11303"), Some("Cochrane".into()), None);
        ledger.begin_outing(&opened, &mut sealer, &mut self.dice.0, &mut act)?;
        Ok(())
    }
}

/// The shortest profile, with an id of its own.
fn profile(dice: &mut Dice, key: &SealingKey) -> Result<SealedProfile, Trouble> {
    let said = Profile {
        items: Items::default(),
        consent: None,
        kind: None,
        topic: None,
        outcome: Outcome::Informed,
    };
    let record = ProfileRecord { id: dice.bytes(), profile: said, day: 0 };
    Ok(SealedProfile::seal(record, key, &mut Packer::default(), &mut dice.0)?)
}
