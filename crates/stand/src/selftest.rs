//! The start-of-day self-test: what could spoil the day is found before the first citizen comes.

use receipts::PrinterState;
use serde::Serialize;
use texts::Language;
use wire::chain::Position;
use wire::{EntryKind, Epoch};

use crate::carried::Carried;
use crate::surroundings;
use crate::{CameraLine, Finding, Power, PrinterSetting, Stand, StandError};

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
    /// How it is: a stable word.
    pub state: &'static str,
    /// A number or words that belong to it.
    pub detail: Option<String>,
    /// What was found; none for what is carried, which has sentences of its own.
    #[serde(skip)]
    pub finding: Option<Finding>,
}

/// What the computer around the stand says of itself. Whoever runs the self-test looks: a build for tests is told
/// elsewhere what there is.
#[derive(Debug, Clone)]
pub struct Machine {
    /// What it lives on.
    pub power: Power,
    /// Its cameras.
    pub cameras: Vec<CameraLine>,
    /// Which program looks.
    pub program: Program,
}

/// Which program runs the self-test: what the session promises of its own processes only the windows can see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// The command line, in whatever session.
    CommandLine,
    /// The windows that citizens get.
    Windows,
    /// Windows of a build that lets itself be driven by tests.
    WindowsForTests,
}

impl Machine {
    /// This computer, as the command line sees it.
    pub fn here() -> Self {
        Self { power: Power::now(), cameras: crate::cameras(), program: Program::CommandLine }
    }
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
    /// How the printer says that it is; none where none was chosen.
    #[serde(skip)]
    pub printer: Option<PrinterState>,
}

impl From<&Carried> for Check {
    fn from(carried: &Carried) -> Self {
        let number = || carried.number.map(|number| number.to_string());
        let detail = carried.detail.map(ToOwned::to_owned).or_else(number);
        Self { name: carried.name, grade: carried.grade, state: carried.state(), detail, finding: None }
    }
}

impl Check {
    /// What was found, with a number or words that belong to it.
    pub fn of(finding: Finding, detail: Option<String>) -> Self {
        let (name, grade, state) = (finding.name(), finding.grade(), finding.state());
        Self { name, grade, state, detail, finding: Some(finding) }
    }

    /// What a person reads; none for what is carried.
    pub fn sentence(&self, language: Language) -> Option<String> {
        Some(self.finding?.sentence(self.detail.as_deref(), language))
    }
}

impl SelfTest {
    /// What a person reads of all of it: red first, then yellow, then green. The printer is said as it was asked.
    pub fn sentences(&self, language: Language) -> Vec<(Grade, String)> {
        let carried = self.carried.iter().filter(|item| item.name != "printer");
        let carried = carried.map(|item| (item.grade, item.sentence(language)));
        let found = self.checks.iter().filter_map(|check| Some((check.grade, check.sentence(language)?)));
        let mut said: Vec<(Grade, String)> = carried.chain(found).collect();
        said.sort_by_key(|(grade, _)| std::cmp::Reverse(*grade));
        said
    }
}

impl Stand {
    /// Runs every check that needs no person.
    pub fn self_test(&mut self, machine: &Machine) -> Result<SelfTest, StandError> {
        let carried = self.carried()?;
        // The printer is asked how it is, which takes a moment; what is carried only says that there is one.
        let told = carried.iter().filter(|item| item.name != "printer");
        let mut checks: Vec<Check> = told.map(Check::from).collect();
        let printer = self.printer().map(PrinterSetting::state);
        checks.extend([
            Check::of(Finding::of_printer(printer), None),
            self.check_ledger(),
            self.check_copy()?,
            self.check_seal(),
            self.check_pin_set()?,
            self.check_alarms()?,
            check_camera(&machine.cameras),
            check_battery(machine.power),
            surroundings::check_memory(),
            surroundings::check_escapes(machine.program),
        ]);
        let grade = checks.iter().map(|check| check.grade).max().unwrap_or(Grade::Good);
        Ok(SelfTest { grade, checks, carried, printer })
    }

    /// Reads the whole ledger: the only check that takes longer the more there is.
    fn check_ledger(&self) -> Check {
        let (finding, detail) = match self.ledger.verify() {
            Ok(verified) if self.set_aside().is_none() => {
                (Finding::LedgerWhole, verified.entries.to_string())
            }
            Ok(verified) => (Finding::LedgerSetAside, verified.entries.to_string()),
            Err(error) => (Finding::LedgerDamaged, error.to_string()),
        };
        Check::of(finding, Some(detail))
    }

    /// Compares the mirror with the ledger.
    fn check_copy(&mut self) -> Result<Check, StandError> {
        let status = self.check_mirror()?;
        Ok(Check::of(Finding::of_mirror(&status), Some(status.behind.to_string())))
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
        let works = first.is_some() && first != second;
        Check::of(if works { Finding::SealWorks } else { Finding::SealFails }, None)
    }

    fn check_pin_set(&self) -> Result<Check, StandError> {
        Ok(Check::of(if self.has_pin()? { Finding::PinSet } else { Finding::PinNone }, None))
    }

    fn check_alarms(&self) -> Result<Check, StandError> {
        let alarms = self.ledger.alarms()?;
        let finding = if alarms.is_empty() { Finding::AlarmsNone } else { Finding::AlarmsGiven };
        Ok(Check::of(finding, alarms.first().map(|alarm| alarm.code.clone())))
    }
}

/// Whether there is a camera that gives pictures. Without one the day goes on: papers come from a stick.
fn check_camera(cameras: &[CameraLine]) -> Check {
    match cameras.iter().find(|camera| camera.usable) {
        Some(camera) => Check::of(Finding::CameraThere, Some(camera.name.clone())),
        None if cameras.is_empty() => Check::of(Finding::CameraNone, None),
        None => Check::of(Finding::CameraUnusable, None),
    }
}

fn check_battery(power: Power) -> Check {
    Check::of(Finding::of_power(power), power.battery_percent.map(|percent| percent.to_string()))
}
