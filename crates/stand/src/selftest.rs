//! The start-of-day self-test: what could spoil the day is found before the first citizen comes.

use receipts::PrinterState;
use serde::Serialize;
use wire::chain::Position;
use wire::{EntryKind, Epoch};

use crate::carried::Carried;
use crate::{MirrorState, PrinterSetting, Stand, StandError};

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Grade {
    /// In order.
    Good,
    /// The day can go on; somebody should look.
    Careful,
    /// Must be mended before the day.
    Bad,
}

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct Check {
    /// What: a stable name.
    pub name: &'static str,
    /// How it came out.
    pub grade: Grade,
    /// A number or word that belongs to it.
    pub detail: Option<String>,
}

/// All checks, and the worst grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SelfTest {
    /// The worst of all.
    pub grade: Grade,
    /// Each.
    pub checks: Vec<Check>,
    /// What the stand carries and how old it is: the details of the checks of these names.
    pub carried: Vec<Carried>,
}

impl From<&Carried> for Check {
    fn from(carried: &Carried) -> Self {
        let number = || carried.number.map(|number| number.to_string());
        let detail = carried.detail.map(ToOwned::to_owned).or_else(number);
        Self { name: carried.name, grade: carried.grade, detail }
    }
}

impl Stand {
    /// Runs every check that needs no person.
    pub fn self_test(&mut self) -> Result<SelfTest, StandError> {
        let carried = self.carried()?;
        // The printer is asked how it is, which takes a moment; what is carried only says that there is one.
        let told = carried.iter().filter(|item| item.name != "printer");
        let mut checks: Vec<Check> = told.map(Check::from).collect();
        checks.extend([
            self.check_printer(),
            self.check_ledger(),
            self.check_copy()?,
            self.check_seal(),
            self.check_pin_set()?,
            self.check_alarms()?,
            crate::surroundings::check(),
        ]);
        let grade = checks.iter().map(|check| check.grade).max().unwrap_or(Grade::Good);
        Ok(SelfTest { grade, checks, carried })
    }

    /// Reads the whole ledger: the only check that takes longer the more there is.
    fn check_ledger(&self) -> Check {
        let (grade, detail) = match self.ledger.verify() {
            Ok(verified) if self.set_aside().is_none() => (Grade::Good, verified.entries.to_string()),
            Ok(verified) => (Grade::Careful, verified.entries.to_string()),
            Err(error) => (Grade::Bad, error.to_string()),
        };
        Check { name: "ledger", grade, detail: Some(detail) }
    }

    /// Compares the mirror with the ledger. Red is for a mirror that somebody set and that is not there.
    fn check_copy(&mut self) -> Result<Check, StandError> {
        let status = self.check_mirror()?;
        let grade = match status.state {
            state if state.is_red() => Grade::Bad,
            MirrorState::Current if status.second_medium != Some(false) => Grade::Good,
            _ => Grade::Careful,
        };
        Ok(Check { name: "mirror", grade, detail: Some(status.state.as_str().to_owned()) })
    }

    /// Seals something and sees that sealing gives what it must: other bytes each time, of the right length.
    pub(crate) fn check_seal(&mut self) -> Check {
        let seal = |stand: &mut Self| {
            let device = &stand.enrolment.device;
            let key = stand.enrolment.sealing_key().ok()?;
            let key = wire::seal::SealingKey::new(device.office, &key).ok()?;
            let position = Position {
                device: device.device,
                epoch: Epoch([0; Epoch::LEN]),
                seq: 0,
                kind: EntryKind(0),
                key_id: key.id(),
                dictionary: 0,
            };
            key.seal(b"prueba", &position, &mut stand.chance).ok()
        };
        let (first, second) = (seal(self), seal(self));
        let grade = if first.is_some() && first != second { Grade::Good } else { Grade::Bad };
        Check { name: "seal", grade, detail: None }
    }

    fn check_printer(&self) -> Check {
        let state = self.printer().map(PrinterSetting::state);
        // Without paper the day goes on: receipts are shown. A printer that doesn't say how it is may well print.
        let grade = match state {
            Some(PrinterState::Ready | PrinterState::Unknown) => Grade::Good,
            _ => Grade::Careful,
        };
        Check { name: "printer", grade, detail: state.map(|state| state.as_str().to_owned()) }
    }

    fn check_pin_set(&self) -> Result<Check, StandError> {
        let grade = if self.has_pin()? { Grade::Good } else { Grade::Careful };
        Ok(Check { name: "pin", grade, detail: None })
    }

    fn check_alarms(&self) -> Result<Check, StandError> {
        let alarms = self.ledger.alarms()?;
        let grade = if alarms.is_empty() { Grade::Good } else { Grade::Careful };
        Ok(Check { name: "alarms", grade, detail: alarms.first().map(|alarm| alarm.code.clone()) })
    }
}
