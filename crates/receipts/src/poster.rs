//! What hangs beside the screen: what one can do here and how, on a sheet of carta that is read at two metres.
//!
//! The smallest letter that says what to do has capitals of 5 mm, a four-hundredth of two metres: who sees half as well as
//! others (6/12) reads it from there. Where a language's sentences are longer, all shrink together until the sheet holds
//! them. Its one colour is dark grey on a printer without any, and means nothing that the words don't say.

use texts::{CitizenLanguage, Value};

use crate::RenderError;
use crate::content::Say;
use crate::font::{Face, Fonts};
use crate::layout::{BASELINE, CAPITAL, Group, Ink, Item, MM, Page, Role};
use crate::pdf::{self, POINTS_PER_DOT, PdfError, SHEET_POINTS};
use crate::qr::{self, QUIET_MODULES};
use crate::rich::Rich;
use crate::wrap::{Measure, wrap};

/// White around it: a printer leaves 5 mm, pins and hands want more.
const MARGIN_DOTS: f32 = 15.0 * MM;
/// Between one thing and the next.
const GAP_DOTS: f32 = 5.0 * MM;
/// The heading, for whoever comes in at the door: capitals of 13 mm.
const TITLE_DOTS: f32 = 150.0;
/// What one can do here.
const LEAD_DOTS: f32 = 72.0;
/// What is to be done: capitals of 5.3 mm.
const BODY_DOTS: f32 = 60.0;
/// What is good to know, and who says all this.
const NOTE_DOTS: f32 = 48.0;
/// The square that a step's number stands in.
const MARK_DOTS: f32 = 11.0 * MM;
/// The code with its quiet zone, along one side at most.
const CODE_DOTS: f32 = 50.0 * MM;
/// Thickness of the bar below who we are, and of the frame.
const BAR_DOTS: f32 = 1.5 * MM;
const LINE_HEIGHT: f32 = 1.14;
/// How sentences shrink until the sheet holds them.
const SHRINKS: [f32; 8] = [1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65];
const STEPS: [&str; 4] = ["poster-step-begin", "poster-step-tell", "poster-step-send", "poster-step-take"];

/// A poster of an office.
#[derive(Debug, Clone)]
pub struct Poster {
    /// The language of the words.
    pub language: CitizenLanguage,
    /// Where the office tells how a request is doing, as a person types it: `oirs.example.cl`.
    pub host: String,
    /// The telephone line to ask at, as it is dictated. None when the office has none.
    pub phone_line: Option<String>,
}

/// The poster as a PDF of one sheet of carta.
pub(crate) fn to_pdf(poster: &Poster) -> Result<Vec<u8>, PdfError> {
    let title = Say(poster.language).words("poster-title");
    let mut fonts = Fonts::new()?;
    let mut page = None;
    for shrink in SHRINKS {
        let (drawn, fits) = draw(poster, shrink, &mut fonts)?;
        page = Some(drawn);
        if fits {
            break;
        }
    }
    let page = page.ok_or_else(|| PdfError::Document("no size to draw in".to_owned()))?;
    pdf::whole_sheet(&page, &title, poster.language)
}

/// The sheet with its sentences this much smaller, and whether it holds them.
fn draw(poster: &Poster, shrink: f32, fonts: &mut Fonts) -> Result<(Page, bool), RenderError> {
    let (width, height) = (SHEET_POINTS.0 / POINTS_PER_DOT, SHEET_POINTS.1 / POINTS_PER_DOT);
    let mut wall = Wall { fonts, shrink, y: MARGIN_DOTS, groups: Vec::new() };
    let say = Say(poster.language);
    let (left, inner) = (MARGIN_DOTS, width - 2.0 * MARGIN_DOTS);
    wall.heading(&say.words("receipt-brand"), LEAD_DOTS, (left, inner), Role::Paragraph, Ink::Brand);
    wall.words(&say.rich("receipt-office", &[]), NOTE_DOTS, (left, inner), Ink::Black);
    wall.y += GAP_DOTS / 2.0;
    let bar = Item::Rect { x: left, y: wall.y, width: inner, height: BAR_DOTS, ink: Ink::Brand };
    wall.push(Role::Ornament, vec![bar]);
    wall.y += BAR_DOTS + GAP_DOTS;
    wall.heading(&say.words("poster-title"), TITLE_DOTS, (left, inner), Role::Heading(1), Ink::Black);
    wall.y += GAP_DOTS / 2.0;
    wall.words(&say.rich("poster-lead", &[]), LEAD_DOTS, (left, inner), Ink::Black);
    wall.y += GAP_DOTS;
    for (number, key) in (1_usize..).zip(STEPS) {
        wall.step(&number.to_string(), &say.rich(key, &[]), (left, inner));
    }
    wall.y += GAP_DOTS / 2.0;
    wall.words(&say.rich("poster-note", &[]), NOTE_DOTS, (left, inner), Ink::Black);
    // What one does afterwards, at home, stands at the foot.
    let foot = height - MARGIN_DOTS - CODE_DOTS;
    let fits = wall.y + GAP_DOTS <= foot && wall.follow(poster, &say, foot, (left, inner))?;
    Ok((Page { width, height, groups: wall.groups }, fits))
}

struct Wall<'a> {
    fonts: &'a mut Fonts,
    shrink: f32,
    y: f32,
    groups: Vec<Group>,
}

impl Wall<'_> {
    fn push(&mut self, role: Role, items: Vec<Item>) {
        self.groups.push(Group { role, items });
    }

    /// Words in the slab, on as many lines as they need.
    fn heading(&mut self, words: &str, size: f32, (left, width): (f32, f32), role: Role, ink: Ink) {
        let (face, size) = (self.fonts.heading_face(words), (size * self.shrink).floor());
        let lines =
            wrap(&Rich::plain(words, true), width, &mut Letters { fonts: self.fonts, size, bold: face });
        let mut items = Vec::new();
        for line in lines {
            let text: String = line.into_iter().map(|span| span.text).collect();
            let y = (self.y + size * BASELINE).round();
            items.push(Item::Text {
                x: left,
                y,
                face,
                size,
                shaped: self.fonts.shape(face, size, &text),
                ink,
            });
            self.y += (size * LINE_HEIGHT).round();
        }
        self.push(role, items);
    }

    /// Words in the text faces.
    fn words(&mut self, words: &Rich, size: f32, (left, width): (f32, f32), ink: Ink) {
        let size = (size * self.shrink).floor();
        let lines = wrap(words, width, &mut Letters { fonts: self.fonts, size, bold: Face::Bold });
        let mut items = Vec::new();
        for line in lines {
            let (mut x, y) = (left, (self.y + size * BASELINE).round());
            for span in line {
                let face = if span.bold { Face::Bold } else { Face::Regular };
                let shaped = self.fonts.shape(face, size, &span.text);
                let width = shaped.width;
                items.push(Item::Text { x, y, face, size, shaped, ink });
                x += width;
            }
            self.y += (size * LINE_HEIGHT).round();
        }
        self.push(Role::Paragraph, items);
    }

    /// A number in its square, and what is to be done beside it: the first line's capitals are as high up as the number's.
    fn step(&mut self, number: &str, words: &Rich, (left, width): (f32, f32)) {
        let side = (MARK_DOTS * self.shrink).round();
        let (top, size) = (self.y, (LEAD_DOTS * self.shrink).floor());
        let shaped = self.fonts.shape(Face::Bold, size, number);
        let x = (left + (side - shaped.width) / 2.0).round();
        let base = (top + f32::midpoint(side, size * CAPITAL)).round();
        let square = Item::Rect { x: left, y: top, width: side, height: side, ink: Ink::Brand };
        let number = Item::Text { x, y: base, face: Face::Bold, size, shaped, ink: Ink::White };
        self.push(Role::Paragraph, vec![square, number]);
        let body = (BODY_DOTS * self.shrink).floor();
        self.y = f32::midpoint(top + top + side, body * CAPITAL) - body * BASELINE;
        let beside = left + side + GAP_DOTS * 0.75;
        self.words(words, BODY_DOTS, (beside, left + width - beside), Ink::Black);
        self.y = self.y.max(top + side) + GAP_DOTS * 0.6;
    }

    /// Where one sees how a request is doing: the code, and in words for whoever has no camera. Whether it fits.
    fn follow(
        &mut self,
        poster: &Poster,
        say: &Say,
        top: f32,
        (left, width): (f32, f32),
    ) -> Result<bool, RenderError> {
        let address = format!("https://{}/", poster.host);
        let (side, runs) = qr::wall_runs(&address)?;
        let dots = |modules: u32| f32::from(u16::try_from(modules).unwrap_or(u16::MAX));
        // Whole dots to the module, as on the roll.
        let module = (CODE_DOTS / dots(side.saturating_add(2 * QUIET_MODULES))).floor();
        let edge = (CODE_DOTS - dots(side) * module) / 2.0;
        let dark = |(row, column, length): (u32, u32, u32)| Item::Rect {
            x: left + edge + dots(column) * module,
            y: top + edge + dots(row) * module,
            width: dots(length) * module,
            height: module,
            ink: Ink::Black,
        };
        let host = [("host", Value::from(poster.host.as_str()))];
        self.y = top + GAP_DOTS / 2.0;
        let words = self.groups.len();
        let beside = left + CODE_DOTS;
        let column = (beside, left + width - beside - GAP_DOTS);
        self.heading(&say.words("poster-follow"), LEAD_DOTS, column, Role::Heading(2), Ink::Black);
        self.push(
            Role::Figure(texts::text(say.0, "poster-code", &host)),
            runs.into_iter().map(dark).collect(),
        );
        self.y += GAP_DOTS / 3.0;
        self.words(&say.rich("poster-follow-how", &host), NOTE_DOTS, column, Ink::Black);
        if let Some(line) = &poster.phone_line {
            self.y += GAP_DOTS / 3.0;
            let line = line.trim().replace(' ', "\u{a0}");
            self.words(&say.rich("poster-phone", &[("line", line.into())]), NOTE_DOTS, column, Ink::Black);
        }
        let (bottom, across) = (top + CODE_DOTS, width - BAR_DOTS);
        // As much white above the words as below them.
        let down = ((bottom - GAP_DOTS / 2.0 - self.y) / 2.0).max(0.0).round();
        for item in self.groups.iter_mut().skip(words).flat_map(|group| &mut group.items) {
            if let Item::Text { y, .. } = item {
                *y += down;
            }
        }
        let side = |x, y, width, height| Item::Rect { x, y, width, height, ink: Ink::Brand };
        let frame = vec![
            side(left, top, width, BAR_DOTS / 2.0),
            side(left, bottom - BAR_DOTS / 2.0, width, BAR_DOTS / 2.0),
            side(left, top, BAR_DOTS / 2.0, CODE_DOTS),
            side(left + across + BAR_DOTS / 2.0, top, BAR_DOTS / 2.0, CODE_DOTS),
        ];
        self.push(Role::Ornament, frame);
        Ok(self.y + GAP_DOTS / 2.0 <= bottom)
    }
}

/// Measures in one size, with one face for what is bold.
struct Letters<'a> {
    fonts: &'a mut Fonts,
    size: f32,
    bold: Face,
}

impl Measure for Letters<'_> {
    fn width(&mut self, text: &str, bold: bool) -> f32 {
        let face = if bold { self.bold } else { Face::Regular };
        self.fonts.shape(face, self.size, text).width
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poster(language: CitizenLanguage) -> Poster {
        Poster { language, host: "oirs.prueba.example".into(), phone_line: Some("600 000 0000".into()) }
    }

    /// In each language that ships, and hardly smaller: its capitals are still 5 mm high.
    #[test]
    fn a_poster_fits_its_sheet_in_every_language() {
        let mut fonts = Fonts::new().unwrap();
        for language in CitizenLanguage::all() {
            let (page, fits) = draw(&poster(language), 0.95, &mut fonts).unwrap();
            assert!(fits && 0.95 * BODY_DOTS * CAPITAL >= 5.0 * MM, "{}", language.tag());
            for item in page.groups.iter().flat_map(|group| &group.items) {
                let (x, y, width) = match item {
                    Item::Text { x, y, shaped, .. } => (*x, *y, shaped.width),
                    Item::Rect { x, y, width, .. } => (*x, *y, *width),
                };
                let edge = MARGIN_DOTS - 1.0;
                assert!(x >= edge && x + width <= page.width - edge, "{item:?}");
                assert!(y >= edge && y <= page.height - edge, "{item:?}");
            }
        }
    }

    /// A long host shrinks everything together, and the sheet holds it.
    #[test]
    fn longer_words_shrink_until_they_fit() {
        let mut fonts = Fonts::new().unwrap();
        let long = Poster { host: "x".repeat(80), ..poster(texts::Language::Spanish.into()) };
        let fits: Vec<bool> =
            SHRINKS.iter().map(|shrink| draw(&long, *shrink, &mut fonts).unwrap().1).collect();
        assert_eq!((fits[0], fits[SHRINKS.len() - 1]), (false, true), "{fits:?}");
    }
}
