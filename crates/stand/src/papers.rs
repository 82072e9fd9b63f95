//! What a stand puts on paper, whatever it is printed on: which papers there are, how many of each, what is true when one
//! does not come out, and sheets as files on a stick.

use std::path::Path;

use bundle::Disk;
use ledger::PaperMade;
use receipts::{Poster, SheetPaper};
use serde::{Deserialize, Serialize};
use texts::{CitizenLanguage, Language};

use crate::{Stand, StandError, UseCase};

/// How many papers of one receipt, or of one act, are printed at once at most: more is a queue of people waiting.
pub const PAPERS_MAX: u32 = 3;

/// How many papers are printed at once, from 1 to [`PAPERS_MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Papers {
    /// Of a receipt that was just filed: the citizen's own with the key, and for every further one a copy without.
    pub receipt: u32,
    /// Of a closing act, which some offices have signed by two.
    pub act: u32,
}

impl Default for Papers {
    fn default() -> Self {
        Self { receipt: 1, act: 1 }
    }
}

impl Papers {
    /// The same within the limits, whatever somebody wrote into the settings.
    fn clamped(self) -> Self {
        let within = |count: u32| count.clamp(1, PAPERS_MAX);
        Self { receipt: within(self.receipt), act: within(self.act) }
    }

    /// How many copies go with a citizen's receipt: only one paper may carry the key.
    pub fn copies(self) -> u32 {
        self.receipt.saturating_sub(1)
    }
}

/// A paper that a stand prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperKind {
    /// The citizen's receipt, with their key.
    Receipt,
    /// A copy of one.
    Copy,
    /// A sheet of the catalogue.
    Sheet,
    /// A closing act.
    Act,
    /// What a printer is tried with.
    Test,
    /// What hangs beside the screen.
    Poster,
}

impl PaperKind {
    /// The key of the sentence that says what is not lost when it doesn't come out.
    pub const fn kept_key(self) -> &'static str {
        match self {
            Self::Receipt | Self::Copy => "print-kept-request",
            Self::Sheet => "print-kept-sheet",
            Self::Act => "print-kept-act",
            Self::Test | Self::Poster => "print-kept-nothing",
        }
    }

    /// What a closing act counts it as.
    pub(crate) const fn made(self) -> Option<PaperMade> {
        match self {
            Self::Receipt => Some(PaperMade::Receipt),
            Self::Copy => Some(PaperMade::Copy),
            Self::Sheet | Self::Act | Self::Test | Self::Poster => None,
        }
    }

    pub(crate) const fn of_sheet(paper: &SheetPaper) -> Self {
        match paper {
            SheetPaper::Copy(_) => Self::Copy,
            SheetPaper::Slip(_) => Self::Sheet,
            SheetPaper::Act(_) => Self::Act,
            SheetPaper::Test(_) => Self::Test,
            SheetPaper::Poster(_) => Self::Poster,
        }
    }
}

impl Stand {
    /// How many papers are printed at once.
    pub fn papers(&self) -> Papers {
        self.settings.papers.clamped()
    }

    /// Chooses how many.
    ///
    /// # Errors
    /// [`StandError::PaperCount`] outside of 1 to [`PAPERS_MAX`].
    pub fn set_papers(&mut self, papers: Papers) -> Result<(), StandError> {
        self.allow(UseCase::ChangeSettings)?;
        if papers != papers.clamped() {
            return Err(StandError::PaperCount);
        }
        self.settings.papers = papers;
        self.settings.store(&self.folder)
    }

    /// A paper is out: receipts and copies are counted for the closing act. A count that fails spoils no paper.
    pub fn came_out(&self, paper: PaperKind) {
        let Some(made) = paper.made() else { return };
        if let Err(error) = self.ledger.count_paper(made) {
            tracing::warn!(error = &error as &dyn std::error::Error, "a paper was not counted");
        }
    }

    /// What hangs beside the screen, with the address where this office tells how a request is doing.
    pub fn poster(&self, language: impl Into<CitizenLanguage>) -> Poster {
        let host = self.enrolment.receipt_host.to_ascii_lowercase();
        let phone_line = self.enrolment.phone_line.clone();
        Poster { language: language.into(), host, phone_line }
    }

    /// Writes a closing act as sheets onto a stick, for a printer elsewhere; the newest when no number is said. What the
    /// file is called, at the top of the stick. The same act is the same bytes, so it can be repeated.
    ///
    /// # Errors
    /// [`StandError::Medium`] when the stick did not take it; then nothing of it lies there under this name.
    pub fn save_act(
        &self,
        number: Option<u64>,
        folder: &Path,
        language: Language,
    ) -> Result<String, StandError> {
        let act = self.act(number, language)?;
        let name = format!("acta-{}-{}.pdf", self.prefix, act.number);
        save(&self.act_paper(Some(act.number), language)?.into(), &name, folder)?;
        Ok(name)
    }

    /// Writes the poster onto a stick, as [`Stand::save_act`] does an act.
    ///
    /// # Errors
    /// As there.
    pub fn save_poster(
        &self,
        folder: &Path,
        language: impl Into<CitizenLanguage>,
    ) -> Result<String, StandError> {
        let poster = self.poster(language);
        let name = format!("afiche-{}.pdf", poster.language.tag());
        save(&poster.into(), &name, folder)?;
        Ok(name)
    }
}

fn save(paper: &SheetPaper, name: &str, folder: &Path) -> Result<(), StandError> {
    bundle::put(&mut Disk::at(folder), name, &receipts::to_sheets(paper)?)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::office::Office;
    use crate::{PrinterSetting, PrinterTarget};

    #[test]
    fn as_many_papers_come_out_at_once_as_the_limits_allow() {
        let dir = tempfile::tempdir().unwrap();
        let mut stand = Office::new().stand(dir.path());
        assert_eq!(stand.papers(), Papers { receipt: 1, act: 1 });
        for (count, good) in [(0, false), (1, true), (2, true), (PAPERS_MAX, true), (PAPERS_MAX + 1, false)] {
            for papers in [Papers { receipt: count, act: 1 }, Papers { receipt: 1, act: count }] {
                let before = stand.papers();
                match stand.set_papers(papers) {
                    Ok(()) => assert!(good, "{papers:?}"),
                    Err(error) => assert!(!good && matches!(error, StandError::PaperCount), "{papers:?}"),
                }
                assert_eq!(stand.papers(), if good { papers } else { before });
            }
        }
        // One paper carries the key, and every further one is a copy.
        let copies = |receipt| Papers { receipt, act: 1 }.copies();
        assert_eq!([copies(1), copies(2), copies(PAPERS_MAX)], [0, 1, 2]);
    }

    /// What an older version wrote says nothing of knives and numbers, and what somebody wrote by hand may be anything.
    #[test]
    fn older_settings_are_read() {
        let printer = r#"{"target":{"network":"127.0.0.1:9100"},"paper_mm":58}"#;
        let read: PrinterSetting = serde_json::from_str(printer).unwrap();
        let target = PrinterTarget::Network("127.0.0.1:9100".into());
        assert_eq!(
            read,
            PrinterSetting { target, paper_mm: 58, cutter: receipts::Cutter::Partial, speed: None }
        );
        let settings = |papers: &str| -> crate::settings::Settings {
            serde_json::from_str(&format!(r#"{{"printer":{printer}{papers}}}"#)).unwrap()
        };
        assert_eq!(settings("").papers.clamped(), Papers { receipt: 1, act: 1 });
        let wild = settings(r#","papers":{"receipt":0,"act":900}"#).papers.clamped();
        assert_eq!(wild, Papers { receipt: 1, act: PAPERS_MAX });
    }

    #[test]
    fn a_stick_gets_whole_sheets_under_a_name_that_says_what_they_are() {
        let dir = tempfile::tempdir().unwrap();
        let stand = Office::new().stand(dir.path());
        let stick = dir.path().join("OIRS");
        std::fs::create_dir(&stick).unwrap();
        for _ in 0..2 {
            assert_eq!(stand.save_poster(&stick, Language::Spanish).unwrap(), "afiche-es-CL.pdf");
        }
        assert!(matches!(stand.save_act(None, &stick, Language::Spanish), Err(StandError::UnknownAct)));
        let names = std::fs::read_dir(&stick).unwrap().map(|entry| entry.unwrap().file_name());
        assert_eq!(names.collect::<Vec<_>>(), ["afiche-es-CL.pdf"]);
        assert!(std::fs::read(stick.join("afiche-es-CL.pdf")).unwrap().starts_with(b"%PDF"));
        let gone = stand.save_poster(&dir.path().join("gone"), Language::Spanish);
        assert!(matches!(gone, Err(StandError::Medium(_))), "{gone:?}");
    }

    #[test]
    fn what_is_said_to_be_kept_is_what_was_printed() {
        let said = |paper| {
            let source = receipts::PrintError::Unsupported;
            StandError::Print { paper, source }.reason(Language::English)
        };
        for (paper, kept) in [
            (PaperKind::Receipt, "The request is saved."),
            (PaperKind::Copy, "The request is saved."),
            (PaperKind::Act, "The act is saved."),
            (PaperKind::Sheet, "The sheet is still on this computer."),
            (PaperKind::Test, "Nothing was lost."),
            (PaperKind::Poster, "Nothing was lost."),
        ] {
            assert_eq!(said(paper), format!("We couldn't print. {kept} Try again."));
        }
    }
}
