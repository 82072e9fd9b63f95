//! The closing act on paper: what an outing did in numbers, how much of it is only on this machine, and the QR code by
//! which other stands and the office check it.
//!
//! It holds nothing personal and no claim key, so it may go through a print queue and become a PDF.

use chrono::{DateTime, FixedOffset};
use domain::Certainty;
use texts::{Language, Value, text};

use crate::bitmap::Bitmap;
use crate::content::{Block, Say, Size};
use crate::model::Place;
use crate::paper::{Cutter, Paper};
use crate::qr::ActCode;
use crate::rich::Rich;
use crate::{PdfError, RenderError, dates, escpos, pdf, place, png, raster, text as plain};

/// One number of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActCount {
    /// The key of what it counts: `act-<name>`.
    pub name: String,
    /// How many.
    pub count: u64,
}

/// Numbers under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActSection {
    /// The key of the heading: `act-section-<name>`.
    pub name: &'static str,
    /// The numbers, in order.
    pub counts: Vec<ActCount>,
}

/// A closing act as it is printed.
#[derive(Debug, Clone)]
pub struct ActPaper {
    /// The language of the words.
    pub language: Language,
    /// What the stand is called: its folios' first symbols.
    pub stand: String,
    /// Where the outing was; none when nobody said.
    pub place: Option<Place>,
    /// When it was opened, in the local time of its place, and how sure that is.
    pub opened: (DateTime<FixedOffset>, Certainty),
    /// When it was closed.
    pub closed: (DateTime<FixedOffset>, Certainty),
    /// What was done.
    pub sections: Vec<ActSection>,
    /// Entries that were only on this machine when it was closed.
    pub held: u64,
    /// What the office has certified since, in one line.
    pub certificate: Option<String>,
    /// Entries of the ledger, and the chain's hash after them, in hexadecimal.
    pub seal: (u64, String),
    /// What other stands and the office check it by.
    pub code: ActCode,
}

/// Everything that stands on an act.
pub(crate) fn blocks(act: &ActPaper) -> Vec<Block> {
    let say = Say(act.language.into());
    let field = |key: &str, value: &str, remark: Option<Rich>| Block::Field {
        label: say.words(key),
        value: Rich::plain(value, true),
        remark,
        size: Size::Normal,
    };
    let mut out = vec![
        Block::Issuer { brand: say.words("receipt-brand"), office: say.words("receipt-office") },
        Block::Rule,
        Block::Lead(say.rich("act-title", &[])),
        Block::Number(act.stand.clone()),
    ];
    match &act.place {
        Some(at) => {
            let (nearer, region) = place::lines(at, act.language.into());
            out.push(field("act-place", &nearer, Some(Rich::plain(&region, false))));
        }
        None => out.push(field("act-place", &say.words("act-place-unknown"), None)),
    }
    for (key, (at, certainty)) in [("act-opened", act.opened), ("act-closed", act.closed)] {
        let unsure = (certainty != Certainty::Confirmed).then(|| say.rich("receipt-time-unconfirmed", &[]));
        out.push(field(key, &dates::date_time(at, act.language), unsure));
    }
    for section in act.sections.iter().filter(|section| !section.counts.is_empty()) {
        let line = |one: &ActCount| {
            Rich::parse(&text(
                act.language,
                &format!("act-{}", one.name),
                &[("count", Value::from(one.count))],
            ))
        };
        let heading = say.words(&format!("act-section-{}", section.name));
        out.push(Block::List { heading, entries: section.counts.iter().map(line).collect(), ordered: false });
    }
    out.push(Block::Rule);
    out.push(Block::Paragraph(say.rich("act-held-only-here", &[("count", Value::from(act.held))])));
    out.push(Block::Paragraph(match &act.certificate {
        Some(line) => Rich::plain(line, true),
        None => say.rich("act-not-reconciled", &[]),
    }));
    let (count, head) = &act.seal;
    let head = head.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ");
    let seal = [("count", Value::from(*count)), ("head", head.as_str().into())];
    out.push(Block::Small(say.rich("act-seal", &seal)));
    out.push(Block::Act {
        code: act.code.clone(),
        alternative: say.words("act-code-alternative"),
        usage: say.rich("act-code-use", &[]),
    });
    out.push(Block::Rule);
    out
}

fn render(act: &ActPaper, paper: Paper) -> Result<Bitmap, RenderError> {
    raster::render_blocks(&blocks(act), paper)
}

/// The act for an ESC/POS printer.
pub fn act_to_escpos(act: &ActPaper, paper: Paper, cutter: Cutter) -> Result<Vec<u8>, RenderError> {
    Ok(escpos::encode(&render(act, paper)?, cutter))
}

/// The act as a picture.
pub fn act_to_png(act: &ActPaper, paper: Paper) -> Result<Vec<u8>, RenderError> {
    png::encode(&render(act, paper)?)
}

/// The act as plain text.
pub fn act_to_text(act: &ActPaper, paper: Paper) -> String {
    plain::of_blocks(&blocks(act), paper)
}

/// The act as a page.
pub fn act_to_pdf(act: &ActPaper, paper: Paper) -> Result<Vec<u8>, PdfError> {
    pdf::of_blocks(&blocks(act), &title(act), act.language, paper)
}

/// What a document of it is called.
pub(crate) fn title(act: &ActPaper) -> String {
    text(act.language, "act-document", &[("stand", act.stand.as_str().into())])
}
