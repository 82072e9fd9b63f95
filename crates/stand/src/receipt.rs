//! Receipts of what was recorded: the live one with the citizen's key, and copies without.

use chrono::{DateTime, NaiveDate};
use domain::Folio;
use ledger::RequestRow;
use receipts::{Answer, Claim, ControlCode, Copy, Cutter, Facts, Original, Paper, Place, QrAddress, Receipt};
use texts::CitizenLanguage;
use wire::receipt::{ClaimKey, Statement};

use crate::papers::PaperKind;
use crate::record::date_of;
use crate::{Stand, StandError};

/// How a copy is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperFormat {
    /// Plain text.
    Text,
    /// A picture.
    Png,
    /// What a thermal printer takes.
    EscPos,
    /// A page.
    Pdf,
}

/// What the live session can print, again after a paper jam. Dropped with the session; the citizen's key is wiped.
pub struct LiveReceipt {
    row: RequestRow,
    claim: ClaimKey,
}

impl LiveReceipt {
    pub(crate) fn new(row: RequestRow, claim: ClaimKey) -> Self {
        Self { row, claim }
    }

    /// The request that it is of.
    pub(crate) fn row(&self) -> &RequestRow {
        &self.row
    }

    /// The request's number.
    pub fn folio(&self) -> Folio {
        self.row.folio
    }
}

impl Stand {
    /// The receipt of the live session, with the citizen's key.
    pub fn original(
        &self,
        live: &LiveReceipt,
        language: impl Into<CitizenLanguage>,
    ) -> Result<Receipt, StandError> {
        let address = QrAddress::parse(&self.receipt_address(&live.row, Some(&live.claim))?)?;
        let control_code = ControlCode::new(&live.claim.control_code().to_string())
            .map_err(|error| self.bad_receipt(&error))?;
        Ok(Original {
            facts: self.facts(&live.row, language.into())?,
            claim: Claim { address, control_code },
        }
        .into())
    }

    /// A copy of a request's receipt. It lacks the citizen's key and says that it is a copy.
    pub fn copy(&self, folio: Folio, language: impl Into<CitizenLanguage>) -> Result<Copy, StandError> {
        let row = self.row(folio)?;
        let address = QrAddress::parse(&self.receipt_address(&row, None)?)?;
        Ok(Copy { facts: self.facts(&row, language.into())?, address })
    }

    /// A copy as bytes of a format.
    pub fn copy_as(
        &self,
        folio: Folio,
        format: PaperFormat,
        paper: Paper,
        language: impl Into<CitizenLanguage>,
    ) -> Result<Vec<u8>, StandError> {
        let copy = self.copy(folio, language)?;
        let bytes = match format {
            PaperFormat::Pdf => receipts::to_pdf(&copy, paper)?,
            PaperFormat::Text => receipts::to_text(&copy.into(), paper).into_bytes(),
            PaperFormat::Png => receipts::to_png(&copy.into(), paper)?,
            PaperFormat::EscPos => receipts::to_escpos(&copy.into(), paper, Cutter::default())?,
        };
        self.came_out(PaperKind::Copy);
        Ok(bytes)
    }

    /// The whole address of a receipt's QR, signed now. Ed25519 is deterministic, so a copy is always the same.
    pub(crate) fn receipt_address(
        &self,
        row: &RequestRow,
        claim: Option<&ClaimKey>,
    ) -> Result<String, StandError> {
        let statement = Statement {
            folio: row.folio,
            captured_unix_s: u64::try_from(row.captured_unix_s).unwrap_or_default(),
            certainty: row.certainty,
            kind: row.kind,
            sealed_hash: row.sealed_hash.short(),
            seq: row.seq,
            claim: claim.cloned(),
        };
        wire::receipt::address(&self.enrolment.receipt_host, &statement.sign(&self.key))
            .map_err(StandError::NotAReceipt)
    }

    fn facts(&self, row: &RequestRow, language: CitizenLanguage) -> Result<Facts, StandError> {
        let captured = DateTime::from_timestamp(row.captured_unix_s, 0).unwrap_or_default();
        let due_on = row.due.map(|due| date_of(due.promise_days));
        let paper = row.paper_at.as_deref().and_then(|text| DateTime::parse_from_rfc3339(text.trim()).ok());
        Ok(Facts {
            folio: row.folio,
            kind: row.kind,
            captured_at: row.comuna.local_time(captured).fixed_offset(),
            certainty: row.certainty,
            paper_on: paper.map(|paper| -> NaiveDate { paper.date_naive() }),
            place: Place { locality: row.place.clone(), comuna: row.comuna },
            answer: Answer::new(row.answer_by, due_on).map_err(|error| self.bad_receipt(&error))?,
            phone_line: self.enrolment.phone_line.clone(),
            language,
        })
    }

    fn bad_receipt(&self, error: &dyn std::fmt::Display) -> StandError {
        StandError::BadFile { path: self.folder.ledger(), why: error.to_string() }
    }
}
