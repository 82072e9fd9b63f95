//! Looking things up without a network, in the catalogue that the last sync brought.
//!
//! Nothing of what is looked up is written down. The index is made in memory when something is first looked up, and
//! again when another catalogue has come.

use std::ops::Range;
use std::sync::Arc;

use catalogue::limits::PACK_BYTES_MAX;
use catalogue::{Catalogue, ChannelKind, Cost, Pack, Part, ProgrammeSheet, ReviewState, pieces};
use chrono::{DateTime, NaiveDate, SecondsFormat};
use receipts::{Slip, SlipList, SlipSource};
use serde::Serialize;
use texts::{Language, text};
use wire::Hash;
use wire::manifest::PartKind;
use wire::publication::Publication;

use crate::papers::PaperKind;
use crate::printer::PrintJob;
use crate::{Stand, StandError};

/// Sheets that a search gives at most: what one looks through with somebody waiting.
pub const SHEETS_SHOWN: usize = 12;

/// The catalogue that this stand carries, ready to be searched.
#[derive(Debug)]
pub struct HeldCatalogue {
    part: Hash,
    number: u64,
    published_at: String,
    catalogue: Catalogue,
}

/// Which catalogue it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CatalogueFacts {
    /// Which of the office's, from 1.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub number: u64,
    /// When the office published it, RFC 3339 (UTC).
    pub published_at: String,
    /// Sheets in it.
    pub sheets: usize,
}

/// A stretch of a text, and whether it is one of the words found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TextPiece {
    /// The stretch.
    pub text: String,
    /// Whether it answers what was typed.
    pub found: bool,
}

/// A sheet that answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SheetFound {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Vec<TextPiece>,
    /// What it is about.
    pub summary: Vec<TextPiece>,
    /// Another part of it that answers with other words.
    pub passage: Option<Vec<TextPiece>>,
    /// Who gives it.
    pub service: String,
}

/// What a search gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SheetsFound {
    /// Which catalogue was searched; none when the stand carries none.
    pub catalogue: Option<CatalogueFacts>,
    /// Whether the best of them answers most of what was asked. Otherwise they are a guess, and shown as one.
    pub sure: bool,
    /// The best first, at most [`SHEETS_SHOWN`].
    pub found: Vec<SheetFound>,
}

/// A way to ask for something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ChannelView {
    /// `online`, `office`, `phone`, `mail` or `consulate`.
    pub kind: &'static str,
    /// What to look for there.
    pub text: String,
    /// An address of the web.
    pub url: Option<String>,
    /// A telephone number.
    pub phone: Option<String>,
}

/// Whom a person is referred to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AgencyView {
    /// Its name.
    pub name: String,
    /// A telephone number.
    pub phone: Option<String>,
    /// An address of the web.
    pub url: Option<String>,
}

/// What something rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SourceView {
    /// Who says it, and where.
    pub title: String,
    /// An address of the web.
    pub url: Option<String>,
    /// The day that it is of: published, fetched or read; RFC 3339.
    pub on: Option<String>,
    /// What one should know of it.
    pub note: String,
}

/// A sheet as it is shown and read out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SheetView {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// Who gives it.
    pub service: String,
    /// Whom it is for.
    pub for_whom: Vec<String>,
    /// What must hold.
    pub requirements: Vec<String>,
    /// What to bring.
    pub documents: Vec<String>,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// `gratuito` or `con_costo`; none where no source says.
    pub cost: Option<&'static str>,
    /// How long it takes, or until when.
    pub term: Option<String>,
    /// Where to ask for it.
    pub channels: Vec<ChannelView>,
    /// What law it rests on.
    pub law: Vec<String>,
    /// Whom a person is referred to.
    pub agency: Option<AgencyView>,
    /// Last day on which it holds, as `2026-12-31`.
    pub valid_until: Option<String>,
    /// Whether it still holds today.
    pub holds: bool,
    /// Whether the office has reviewed it.
    pub reviewed: bool,
    /// What it rests on, each once.
    pub sources: Vec<SourceView>,
}

impl Stand {
    /// The catalogue that this stand carries; none before the office has published one.
    ///
    /// # Errors
    /// [`StandError::Catalogue`] when what came can't be read by this program.
    pub fn catalogue(&mut self) -> Result<Option<Arc<HeldCatalogue>>, StandError> {
        let Some(manifest) = self.manifest()? else { return Ok(None) };
        let Some(part) = manifest.parts.iter().find(|part| part.kind == PartKind::CATALOGUE) else {
            return Ok(None);
        };
        if let Some(held) = self.catalogue.as_ref().filter(|held| held.part == part.hash) {
            return Ok(Some(Arc::clone(held)));
        }
        let Some(bytes) = self.ledger.part(part.hash)? else { return Ok(None) };
        let held = Arc::new(HeldCatalogue::read(part.hash, &bytes)?);
        self.catalogue = Some(Arc::clone(&held));
        Ok(Some(held))
    }

    /// The sheets that answer what was typed so far.
    pub fn search_catalogue(&mut self, typed: &str) -> Result<SheetsFound, StandError> {
        Ok(match self.catalogue()? {
            Some(held) => held.search(typed),
            None => SheetsFound { catalogue: None, sure: false, found: Vec::new() },
        })
    }

    /// A sheet on paper, for whoever asked.
    pub fn slip(&mut self, id: &str, language: Language) -> Result<Slip, StandError> {
        Ok(self.sheet(id)?.slip(language))
    }

    /// What the printer is sent for a sheet.
    pub fn slip_job(&mut self, id: &str, language: Language) -> Result<PrintJob, StandError> {
        let slip = self.slip(id, language)?;
        let printer = self.receipt_printer()?.clone();
        let bytes = receipts::slip_to_escpos(&slip, printer.paper(), printer.cutter)?;
        Ok(PrintJob { printer, bytes, paper: PaperKind::Sheet })
    }

    /// A sheet, as it is to be told today.
    pub fn sheet(&mut self, id: &str) -> Result<SheetView, StandError> {
        let today = self.local_day()?;
        self.catalogue()?.and_then(|held| held.sheet(id, today)).ok_or(StandError::UnknownSheet)
    }
}

impl SheetView {
    /// What stands on paper: what somebody needs at home, and where it is from. Law stays on the screen.
    fn slip(self, language: Language) -> Slip {
        let say = |key: &str| text(language, key, &[]);
        let list = |key: &str, lines: Vec<String>| SlipList { heading: say(key), lines, ordered: false };
        let channels = self.channels.into_iter().map(|channel| {
            let more = [channel.phone, channel.url].into_iter().flatten();
            std::iter::once(channel.text).chain(more).collect::<Vec<_>>().join(" · ")
        });
        let mut remarks = Vec::new();
        if !self.reviewed {
            remarks.push(say("slip-not-reviewed"));
        }
        if let (false, Some(day)) = (self.holds, &self.valid_until) {
            let mut parts = day.rsplit('-');
            let date = [parts.next(), parts.next(), parts.next()].map(Option::unwrap_or_default).join("/");
            remarks.push(text(language, "slip-ended", &[("date", date.into())]));
        }
        let source = self.sources.into_iter().next();
        Slip {
            language,
            service: self.service,
            title: self.title,
            summary: self.summary,
            lists: vec![
                list("slip-for-whom", self.for_whom),
                list("slip-requirements", self.requirements),
                list("slip-documents", self.documents),
                SlipList { ordered: true, ..list("slip-steps", self.steps) },
                list("slip-channels", channels.collect()),
            ],
            remarks,
            source: source.map(|source| SlipSource { title: source.title, address: source.url }),
        }
    }
}

impl HeldCatalogue {
    fn read(part: Hash, bytes: &[u8]) -> Result<Self, StandError> {
        let unreadable = |why: String| StandError::Catalogue { why };
        let publication = Publication::read(bytes).map_err(|error| unreadable(error.to_string()))?;
        let content = publication.content(PACK_BYTES_MAX).map_err(|error| unreadable(error.to_string()))?;
        let pack = Pack::read(&content).map_err(|error| unreadable(error.to_string()))?;
        let seconds = i64::try_from(publication.published_unix_s).unwrap_or(i64::MAX);
        let published_at = DateTime::from_timestamp(seconds, 0)
            .map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true))
            .unwrap_or_default();
        Ok(Self { part, number: publication.number, published_at, catalogue: Catalogue::new(pack) })
    }

    /// Which catalogue it is.
    pub fn facts(&self) -> CatalogueFacts {
        CatalogueFacts {
            number: self.number,
            published_at: self.published_at.clone(),
            sheets: self.catalogue.pack().contents().sheets.len(),
        }
    }

    pub(crate) const fn pack(&self) -> &Pack {
        self.catalogue.pack()
    }

    fn search(&self, typed: &str) -> SheetsFound {
        let answer = self.catalogue.search(typed, SHEETS_SHOWN);
        let found = answer.found.into_iter().filter_map(|found| {
            let sheet = self.catalogue.pack().sheet(&found.id)?;
            let passage = found.passage.and_then(|passage| {
                let (_, text) = sheet.texts().find(|(part, _)| *part == passage.part)?;
                Some(cut(text, &passage.ranges))
            });
            Some(SheetFound {
                id: found.id,
                title: cut(&sheet.title, &found.title),
                summary: cut(&sheet.summary, &found.summary),
                passage,
                service: sheet.service.clone(),
            })
        });
        SheetsFound { catalogue: Some(self.facts()), sure: answer.sure, found: found.collect() }
    }

    fn sheet(&self, id: &str, today: NaiveDate) -> Option<SheetView> {
        let pack = self.catalogue.pack();
        let sheet = pack.sheet(id)?;
        let agency = sheet.agency.as_deref().and_then(|id| pack.agency(id));
        Some(SheetView {
            id: sheet.id.clone(),
            title: sheet.title.clone(),
            summary: sheet.summary.clone(),
            service: sheet.service.clone(),
            for_whom: sheet.for_whom.clone(),
            requirements: sheet.requirements.clone(),
            documents: sheet.documents.clone(),
            steps: sheet.steps.clone(),
            cost: sheet.cost.map(|cost| match cost {
                Cost::Free => "gratuito",
                Cost::Paid => "con_costo",
            }),
            term: sheet.term.clone(),
            channels: channels(sheet),
            law: sheet.law.clone(),
            agency: agency.map(|agency| AgencyView {
                name: agency.name.clone(),
                phone: agency.phone.clone(),
                url: agency.url.clone(),
            }),
            valid_until: sheet.valid_until.map(|day| day.to_string()),
            holds: sheet.holds_on(today),
            reviewed: sheet.review.state == ReviewState::Reviewed,
            sources: sources(pack, sheet),
        })
    }
}

fn cut(text: &str, ranges: &[Range<usize>]) -> Vec<TextPiece> {
    let owned = |piece: catalogue::Piece<'_>| TextPiece { text: piece.text.to_owned(), found: piece.found };
    pieces(text, ranges).into_iter().map(owned).collect()
}

fn channels(sheet: &ProgrammeSheet) -> Vec<ChannelView> {
    let view = |channel: &catalogue::Channel| ChannelView {
        kind: match channel.kind {
            ChannelKind::Online => "online",
            ChannelKind::Office => "office",
            ChannelKind::Phone => "phone",
            ChannelKind::Mail => "mail",
            ChannelKind::Consulate => "consulate",
        },
        text: channel.text.clone(),
        url: channel.url.clone(),
        phone: channel.phone.clone(),
    };
    sheet.channels.iter().map(view).collect()
}

/// The sources of a sheet, each once, those of its summary first.
fn sources(pack: &Pack, sheet: &ProgrammeSheet) -> Vec<SourceView> {
    let (of_summary, others): (Vec<_>, Vec<_>) =
        sheet.statements.iter().partition(|statement| statement.about == Part::Summary);
    let mut ids: Vec<&str> = Vec::new();
    for statement in of_summary.into_iter().chain(others) {
        if !ids.contains(&statement.source.as_str()) {
            ids.push(&statement.source);
        }
    }
    ids.into_iter().filter_map(|id| pack.source(id)).map(source).collect()
}

/// A source as it is shown.
pub(crate) fn source(source: &catalogue::Source) -> SourceView {
    SourceView {
        title: source.title.clone(),
        url: source.url.clone(),
        on: source.published_on.or(source.retrieved_on).or(source.read_on).map(|day| day.to_string()),
        note: source.note.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::publication::Compressed;

    fn part(content: &[u8]) -> Vec<u8> {
        Publication::new(7, 1_795_000_000, &Compressed::of(content).unwrap()).encode()
    }

    #[test]
    fn the_first_pack_is_found_and_told_with_its_sources() {
        let held = HeldCatalogue::read(Hash([1; 32]), &part(catalogue::FIRST_PACK)).unwrap();
        let facts = held.facts();
        assert_eq!((facts.number, facts.published_at.as_str()), (7, "2026-11-18T11:06:40Z"));
        let SheetsFound { sure, found, .. } = held.search("plata para la junta");
        assert!(sure);
        let best = found.first().unwrap();
        let title: String = best.title.iter().map(|piece| piece.text.as_str()).collect();
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let sheet = held.sheet(&best.id, day).unwrap();
        assert_eq!(title, sheet.title);
        assert!(!sheet.sources.is_empty() && !sheet.reviewed);
        assert!(found.len() <= SHEETS_SHOWN);
        assert_eq!(held.sheet("no-such-sheet", day), None);
        assert_eq!(held.search("").found, Vec::new());
    }

    #[test]
    fn what_can_not_be_read_is_named() {
        let cases: [(&str, Vec<u8>); 3] = [
            ("no publication", b"fichas".to_vec()),
            ("no pack", part(b"{}")),
            ("a later format", part(br#"{"format":"oirs-catalogue/2"}"#)),
        ];
        for (what, bytes) in cases {
            let error = HeldCatalogue::read(Hash([1; 32]), &bytes).unwrap_err();
            assert_eq!(error.code(), "catalogue_unreadable", "{what}");
        }
    }
}
