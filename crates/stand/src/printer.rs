//! The stand's receipt printer: which it is, and what is sent to it, as dots; nothing passes through a spool.
//!
//! These are all the papers that a stand prints, and each goes to the receipt printer: the live receipt, copies, sheets of
//! the catalogue, closing acts and a test. Those that hold nothing personal and no claim key can go to the printer of
//! sheets as well (`queue`). Whoever sends one keeps it until it is out: what fails here is offered again.

use std::fmt;
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::path::PathBuf;
use std::time::Duration;

use receipts::{Cutter, Delivery, Paper, PrintError, PrinterState, Receipt, Timeouts};
use serde::{Deserialize, Serialize};
use texts::{CitizenLanguage, Language};

use crate::papers::PaperKind;
use crate::receipt::LiveReceipt;
use crate::{Stand, StandError, UseCase};

/// What asking a printer how it is may take: somebody waits before the screen.
const STATE_WITHIN: Duration = Duration::from_millis(1_500);
/// What asking it before each job may take. Those that answer do so at once; the many that never do cost only this.
const READY_WITHIN: Duration = Duration::from_millis(400);

/// Where the printer is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum PrinterTarget {
    /// A network printer, `host:port`; the port is usually 9100.
    Network(String),
    /// A device file of a USB or serial printer.
    Device(PathBuf),
}

impl fmt::Display for PrinterTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Network(address) => f.write_str(address),
            Self::Device(path) => path.display().fmt(f),
        }
    }
}

/// The printer that the team chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct PrinterSetting {
    /// Where it is.
    pub target: PrinterTarget,
    /// Its paper's width in millimetres: 58 or 80.
    pub paper_mm: u32,
    /// How a paper leaves it. Settings from before this was asked don't say it.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", ts(type = "\"none\" | \"partial\" | \"full\""))]
    pub cutter: Cutter,
    /// The speed of a serial line in bits a second, one of [`receipts::SERIAL_SPEEDS`]; none is as the system has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speed: Option<u32>,
}

impl PrinterSetting {
    pub(crate) fn paper(&self) -> Paper {
        Paper::from_mm(self.paper_mm).unwrap_or(Paper::Mm80)
    }

    /// The speed that the line is set to: none that no printer has.
    fn speed(&self) -> Option<u32> {
        self.speed.filter(|speed| receipts::SERIAL_SPEEDS.contains(speed))
    }

    /// How the printer is, as it says itself: in bounded time, and without the stand.
    pub fn state(&self) -> PrinterState {
        self.state_within(STATE_WITHIN)
    }

    fn state_within(&self, within: Duration) -> PrinterState {
        match &self.target {
            PrinterTarget::Network(address) => match resolve(address) {
                Ok(printer) => receipts::state_tcp(printer, within),
                Err(_) => PrinterState::Absent,
            },
            PrinterTarget::Device(path) => receipts::state_device(path, within, self.speed()),
        }
    }
}

impl Stand {
    /// The printer that was chosen.
    pub fn printer(&self) -> Option<&PrinterSetting> {
        self.settings.printer.as_ref()
    }

    /// Chooses a printer, or none.
    ///
    /// # Errors
    /// [`StandError::QueueForReceipts`] for the address of a queue: it would keep the citizen's claim key.
    pub fn set_printer(&mut self, printer: Option<PrinterSetting>) -> Result<(), StandError> {
        self.allow(UseCase::ChangeSettings)?;
        if let Some(PrinterSetting { target: PrinterTarget::Network(address), .. }) = &printer
            && address.contains("://")
        {
            return Err(StandError::QueueForReceipts);
        }
        self.settings.printer = printer;
        self.settings.store(&self.folder)
    }

    /// What the printer is sent for the live receipt. Sending is [`send`]'s work, without the stand.
    pub fn print_job(
        &self,
        live: &LiveReceipt,
        language: impl Into<CitizenLanguage>,
    ) -> Result<PrintJob, StandError> {
        self.job(&self.original(live, language)?, PaperKind::Receipt)
    }

    /// What the printer is sent for a copy.
    pub fn copy_job(
        &self,
        folio: domain::Folio,
        language: impl Into<CitizenLanguage>,
    ) -> Result<PrintJob, StandError> {
        self.job(&self.copy(folio, language)?.into(), PaperKind::Copy)
    }

    /// What the printer is sent to see that it prints.
    pub fn test_job(&self, language: Language) -> Result<PrintJob, StandError> {
        let printer = self.receipt_printer()?.clone();
        let bytes = receipts::test_to_escpos(language, printer.paper(), printer.cutter)?;
        Ok(PrintJob { printer, bytes, paper: PaperKind::Test })
    }

    /// The printer of receipts, or why there is none.
    pub(crate) fn receipt_printer(&self) -> Result<&PrinterSetting, StandError> {
        let only_sheets = self.queue().is_some();
        let missing = || if only_sheets { StandError::OnlySheets } else { StandError::NoPrinter };
        self.printer().ok_or_else(missing)
    }

    fn job(&self, receipt: &Receipt, paper: PaperKind) -> Result<PrintJob, StandError> {
        let printer = self.receipt_printer()?.clone();
        let bytes = receipts::to_escpos(receipt, printer.paper(), printer.cutter)?;
        Ok(PrintJob { printer, bytes, paper })
    }
}

/// Bytes on their way to a printer. Holds a citizen's receipt: drop it when the session ends.
pub struct PrintJob {
    pub(crate) printer: PrinterSetting,
    pub(crate) bytes: Vec<u8>,
    pub(crate) paper: PaperKind,
}

impl PrintJob {
    /// What it is: to be told to [`Stand::came_out`] when it is out.
    pub const fn paper(&self) -> PaperKind {
        self.paper
    }

    /// Sends it, in bounded time; blocks while the printer works. A printer that says that it has no paper, or that its
    /// cover is open, is sent nothing: it would take the bytes into its memory, and half a paper would hang from it.
    pub fn send(&self) -> Result<Delivery, StandError> {
        let timeouts = Timeouts::default();
        let state = self.printer.state_within(READY_WITHIN);
        if matches!(state, PrinterState::OutOfPaper | PrinterState::CoverOpen) {
            let target = self.printer.target.to_string();
            return Err(self.failed(PrintError::NotReady { target, state }));
        }
        let sent = match &self.printer.target {
            PrinterTarget::Network(address) => receipts::print_tcp(resolve(address)?, &self.bytes, timeouts),
            PrinterTarget::Device(path) => {
                receipts::print_device(path, &self.bytes, timeouts, self.printer.speed())
            }
        };
        sent.map_err(|source| self.failed(source))
    }

    const fn failed(&self, source: PrintError) -> StandError {
        StandError::Print { paper: self.paper, source }
    }
}

fn resolve(address: &str) -> Result<SocketAddr, StandError> {
    let path = std::path::Path::new(address);
    let mut found = address.to_socket_addrs().map_err(|source| StandError::io(path, source))?;
    found.next().ok_or(StandError::NoPrinter)
}
