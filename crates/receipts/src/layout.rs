//! One layout in dots for every drawn output: what stands where, before anything is drawn.
//!
//! Sizes are for a reader with poor sight on a thermal head of 8 dots to the millimetre: body capitals are 24
//! dots (3 mm) high, as in ordinary 12-point print, and nothing is set smaller than 10 points. Labels stand
//! over their values, since beside them neither fits at 58 mm. Gaps are whole millimetres.

use crate::content::{Block, Size};
use crate::font::{Dots, Face, Fonts, Shaped};
use crate::model::Receipt;
use crate::paper::Paper;
use crate::qr::{self, MODULES, QUIET_MODULES};
use crate::rich::{Rich, Span};
use crate::wrap::wrap;
use crate::{RenderError, content};
use texts::Language;

/// Dots to the em of the body text.
pub(crate) const BODY_DOTS: f32 = 34.0;
const LABEL_DOTS: f32 = 28.0;
const SMALL_DOTS: f32 = 28.0;
const DUE_DOTS: f32 = 54.0;
const HEADING_DOTS: f32 = 38.0;
/// One millimetre.
pub(crate) const MM: f32 = 8.0;
const RULE_DOTS: f32 = 3.0;
pub(crate) const LINE_HEIGHT: f32 = 1.18;
/// Where the baseline lies in a line, in ems from its top.
pub(crate) const BASELINE: f32 = 0.92;
/// Height of a capital, in ems.
pub(crate) const CAPITAL: f32 = 0.711;

/// Black on the paper, the paper left white in a dark field, or our blue, which is a dark grey where there is no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    Black,
    White,
    Brand,
}

/// Something drawn, in dots from the upper left corner.
#[derive(Debug, Clone)]
pub(crate) enum Item {
    /// A shaped stretch of text; `y` is its baseline.
    Text { x: f32, y: f32, face: Face, size: f32, shaped: Shaped, ink: Ink },
    /// A filled rectangle.
    Rect { x: f32, y: f32, width: f32, height: f32, ink: Ink },
}

impl Item {
    fn width(&self) -> f32 {
        match self {
            Self::Text { shaped, .. } => shaped.width,
            Self::Rect { width, .. } => *width,
        }
    }
}

/// What a group of items means, for outputs that a machine reads aloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    /// A heading of a level from 1.
    Heading(u16),
    /// Running text.
    Paragraph,
    /// A picture and the words that stand for it.
    Figure(String),
    /// Decoration.
    Ornament,
}

/// Items that mean one thing.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) role: Role,
    pub(crate) items: Vec<Item>,
}

/// The whole receipt, laid out.
#[derive(Debug)]
pub(crate) struct Page {
    /// Dots across, the whole head.
    pub(crate) width: f32,
    /// Dots down.
    pub(crate) height: f32,
    pub(crate) groups: Vec<Group>,
}

/// Lays a receipt out for a paper.
pub(crate) fn lay_out(receipt: &Receipt, paper: Paper, fonts: &mut Fonts) -> Result<Page, RenderError> {
    blocks(&content::blocks(receipt), Some(receipt), paper, fonts)
}

/// Lays out what shows that a printer prints.
pub(crate) fn lay_out_test(language: Language, paper: Paper, fonts: &mut Fonts) -> Result<Page, RenderError> {
    lay_out_blocks(&content::test_blocks(language), paper, fonts)
}

/// Lays out what is no receipt.
pub(crate) fn lay_out_blocks(list: &[Block], paper: Paper, fonts: &mut Fonts) -> Result<Page, RenderError> {
    blocks(list, None, paper, fonts)
}

fn blocks(
    blocks: &[Block],
    receipt: Option<&Receipt>,
    paper: Paper,
    fonts: &mut Fonts,
) -> Result<Page, RenderError> {
    let mut flow = Flow::new(paper, fonts);
    for block in blocks {
        flow.block(block, receipt)?;
    }
    flow.down(MM);
    Ok(Page { width: flow.width, height: flow.y, groups: flow.groups })
}

#[derive(Clone, Copy)]
enum Align {
    Left,
    Centre,
}

struct Flow<'a> {
    fonts: &'a mut Fonts,
    module: f32,
    width: f32,
    margin: f32,
    y: f32,
    groups: Vec<Group>,
}

impl<'a> Flow<'a> {
    fn new(paper: Paper, fonts: &'a mut Fonts) -> Self {
        let (margin, width, module) = match paper {
            Paper::Mm58 => (MM, 384.0, 6.0),
            Paper::Mm80 => (2.0 * MM, 576.0, 9.0),
        };
        Self { fonts, module, width, margin, y: MM, groups: Vec::new() }
    }

    fn block(&mut self, block: &Block, receipt: Option<&Receipt>) -> Result<(), RenderError> {
        match block {
            Block::Issuer { brand, office } => {
                self.large(brand, 44.0, self.inner(), Role::Heading(1), Align::Left);
                self.paragraph(&Rich::plain(office, false), LABEL_DOTS, Align::Left, Role::Paragraph);
                self.down(MM);
            }
            Block::Copy { word, note } => self.copy(word, note),
            Block::Lead(lead) => {
                self.paragraph(lead, BODY_DOTS, Align::Centre, Role::Paragraph);
            }
            Block::Number(number) => {
                self.large(number, 96.0, self.inner(), Role::Heading(2), Align::Centre);
                self.down(2.0 * MM);
            }
            Block::Field { label, value, remark, size } => self.field(label, value, remark.as_ref(), *size),
            Block::Code { usage, alternative, .. } => {
                if let Some(receipt) = receipt {
                    self.code(qr::runs(receipt.address())?, alternative);
                }
                self.paragraph(usage, BODY_DOTS, Align::Centre, Role::Paragraph);
                self.down(3.0 * MM);
            }
            Block::Source { address, usage } => {
                self.down(3.0 * MM);
                self.code(qr::source_runs(address)?, &format!("QR: {address:?}"));
                self.paragraph(usage, SMALL_DOTS, Align::Centre, Role::Paragraph);
                self.down(2.0 * MM);
            }
            Block::Act { code, alternative, usage } => {
                self.down(3.0 * MM);
                // Whole dots: the largest that leave the quiet zone on the paper.
                let module = if self.width < 500.0 { 4.0 } else { 6.0 };
                self.code_of(qr::act_runs(code)?, qr::ACT_MODULES, module, alternative);
                self.paragraph(usage, SMALL_DOTS, Align::Centre, Role::Paragraph);
                self.down(2.0 * MM);
            }
            Block::List { heading, entries, ordered } => {
                self.paragraph(&Rich::plain(heading, true), BODY_DOTS, Align::Left, Role::Heading(2));
                for (place, entry) in (1_usize..).zip(entries) {
                    self.entry(&if *ordered { format!("{place}.") } else { "–".to_owned() }, entry);
                }
                self.down(MM);
            }
            Block::Control { label, code, usage } => self.control(label, code, usage),
            Block::Steps { heading, steps } => {
                self.large(heading, HEADING_DOTS, self.inner(), Role::Heading(2), Align::Left);
                for (place, step) in (1_usize..).zip(steps) {
                    self.entry(&format!("{place}."), step);
                }
                self.down(MM);
            }
            Block::Paragraph(words) => {
                self.paragraph(words, BODY_DOTS, Align::Left, Role::Paragraph);
                self.down(2.0 * MM);
            }
            Block::Small(words) => self.paragraph(words, SMALL_DOTS, Align::Left, Role::Paragraph),
            Block::Rule => {
                let (x, width) = (self.margin, self.inner());
                let rule = Item::Rect { x, y: self.y, width, height: RULE_DOTS, ink: Ink::Black };
                self.push(Role::Ornament, vec![rule]);
                self.down(RULE_DOTS + 2.0 * MM);
            }
        }
        Ok(())
    }

    /// The width between the margins.
    fn inner(&self) -> f32 {
        self.width - 2.0 * self.margin
    }

    fn down(&mut self, dots: f32) {
        self.y = (self.y + dots).round();
    }

    fn push(&mut self, role: Role, items: Vec<Item>) {
        self.groups.push(Group { role, items });
    }

    /// One line of a heading's face, smaller where it would not fit.
    fn large(&mut self, words: &str, size_max: f32, width: f32, role: Role, align: Align) {
        let face = self.fonts.heading_face(words);
        let natural = self.fonts.shape(face, size_max, words).width;
        let size = (size_max * (width / natural).min(1.0)).floor();
        let shaped = self.fonts.shape(face, size, words);
        let item = self.text(shaped, face, size, align, Ink::Black);
        self.push(role, vec![item]);
        self.down(size * LINE_HEIGHT);
    }

    fn text(&self, shaped: Shaped, face: Face, size: f32, align: Align, ink: Ink) -> Item {
        let x = match align {
            Align::Left => self.margin,
            Align::Centre => ((self.width - shaped.width) / 2.0).round(),
        };
        Item::Text { x, y: (self.y + size * BASELINE).round(), face, size, shaped, ink }
    }

    fn paragraph(&mut self, words: &Rich, size: f32, align: Align, role: Role) {
        let items = self.lines(words, size, align, self.margin, Ink::Black);
        self.push(role, items);
    }

    /// Lines from the present height on, which it moves below them.
    fn lines(&mut self, words: &Rich, size: f32, align: Align, left: f32, ink: Ink) -> Vec<Item> {
        let width = self.width - left - self.margin;
        let lines = wrap(words, width, &mut Dots { fonts: self.fonts, size });
        let mut items = Vec::new();
        for line in lines {
            items.extend(self.line(&line, size, align, left, ink));
            self.down(size * LINE_HEIGHT);
        }
        items
    }

    fn line(&mut self, line: &[Span], size: f32, align: Align, left: f32, ink: Ink) -> Vec<Item> {
        let mut stretches = Vec::new();
        for span in line {
            let face = if span.bold { Face::Bold } else { Face::Regular };
            stretches.push((face, self.fonts.shape(face, size, &span.text)));
        }
        let width: f32 = stretches.iter().map(|(_, shaped)| shaped.width).sum();
        let mut x = match align {
            Align::Left => left,
            Align::Centre => ((self.width - width) / 2.0).round(),
        };
        let y = (self.y + size * BASELINE).round();
        let mut items = Vec::new();
        for (face, shaped) in stretches {
            let next = x + shaped.width;
            items.push(Item::Text { x, y, face, size, shaped, ink });
            x = next;
        }
        items
    }

    /// A black band with the word in white, and what it means.
    fn copy(&mut self, word: &str, note: &Rich) {
        self.down(MM);
        let height = 7.0 * MM;
        let band = Item::Rect { x: self.margin, y: self.y, width: self.inner(), height, ink: Ink::Black };
        let size = 44.0;
        let shaped = self.fonts.shape(Face::Bold, size, word);
        let top = self.y;
        self.y = top + f32::midpoint(height, size * CAPITAL) - size * BASELINE;
        let text = self.text(shaped, Face::Bold, size, Align::Centre, Ink::White);
        self.push(Role::Heading(2), vec![band, text]);
        self.y = top + height + MM;
        self.paragraph(note, SMALL_DOTS, Align::Left, Role::Paragraph);
        self.down(2.0 * MM);
    }

    fn field(&mut self, label: &str, value: &Rich, remark: Option<&Rich>, size: Size) {
        let (value_dots, remark_dots) = match size {
            Size::Normal => (BODY_DOTS, LABEL_DOTS),
            Size::Large => (self.fitting(value, DUE_DOTS), BODY_DOTS),
        };
        let mut items =
            self.lines(&Rich::plain(label, false), LABEL_DOTS, Align::Left, self.margin, Ink::Black);
        items.extend(self.lines(value, value_dots, Align::Left, self.margin, Ink::Black));
        if let Some(remark) = remark {
            items.extend(self.lines(remark, remark_dots, Align::Left, self.margin, Ink::Black));
        }
        self.push(Role::Paragraph, items);
        self.down(2.0 * MM);
    }

    /// The size at which a value stands on one line: a month's name is long.
    fn fitting(&mut self, value: &Rich, size_max: f32) -> f32 {
        let natural: f32 =
            self.line(&value.0, size_max, Align::Left, 0.0, Ink::Black).iter().map(Item::width).sum();
        (size_max * (self.inner() / natural).min(1.0)).floor().max(BODY_DOTS)
    }

    /// The code with its quiet zone, centred on the head: it may reach into the margins, since it is white there.
    fn code(&mut self, runs: Vec<(u32, u32, u32)>, alternative: &str) {
        self.code_of(runs, MODULES, self.module, alternative);
    }

    /// A code of so many modules a side, with so many dots to the module.
    fn code_of(&mut self, runs: Vec<(u32, u32, u32)>, modules: u32, module: f32, alternative: &str) {
        let place = |modules: u32| f32::from(u16::try_from(modules).unwrap_or(u16::MAX)) * module;
        let (side, quiet) = (place(modules), place(QUIET_MODULES));
        let (left, top) = (((self.width - side) / 2.0).floor(), self.y - 2.0 * MM + quiet);
        let dark = |(row, column, length): (u32, u32, u32)| Item::Rect {
            x: left + place(column),
            y: top + place(row),
            width: place(length),
            height: module,
            ink: Ink::Black,
        };
        let items = runs.into_iter().map(dark).collect();
        self.push(Role::Figure(alternative.to_owned()), items);
        self.y = top + side + quiet - MM / 2.0;
    }

    /// The control code in a frame of its own, so that it isn't taken for the folio.
    fn control(&mut self, label: &str, code: &str, usage: &Rich) {
        let top = self.y;
        self.down(MM);
        self.paragraph(&Rich::plain(label, false), LABEL_DOTS, Align::Centre, Role::Paragraph);
        self.large(code, 60.0, self.inner() - 6.0 * MM, Role::Heading(2), Align::Centre);
        self.down(MM);
        self.frame(top, self.y);
        self.down(MM);
        self.paragraph(usage, BODY_DOTS, Align::Left, Role::Paragraph);
        self.down(2.0 * MM);
    }

    fn frame(&mut self, top: f32, bottom: f32) {
        let (x, width, height) = (self.margin, self.inner(), bottom - top);
        let sides = vec![
            Item::Rect { x, y: top, width, height: RULE_DOTS, ink: Ink::Black },
            Item::Rect { x, y: bottom - RULE_DOTS, width, height: RULE_DOTS, ink: Ink::Black },
            Item::Rect { x, y: top, width: RULE_DOTS, height, ink: Ink::Black },
            Item::Rect { x: x + width - RULE_DOTS, y: top, width: RULE_DOTS, height, ink: Ink::Black },
        ];
        self.push(Role::Ornament, sides);
    }

    /// A line with its number or mark hanging in front.
    fn entry(&mut self, mark: &str, words: &Rich) {
        let number = self.fonts.shape(Face::Bold, BODY_DOTS, mark);
        let mut items = vec![self.text(number, Face::Bold, BODY_DOTS, Align::Left, Ink::Black)];
        let left = self.margin + 1.15 * BODY_DOTS;
        items.extend(self.lines(words, BODY_DOTS, Align::Left, left.round(), Ink::Black));
        self.push(Role::Paragraph, items);
        self.down(0.5 * MM);
    }
}
