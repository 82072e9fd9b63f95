//! The receipt as plain text, 32 or 48 columns: for terminals, for screen readers, and for whoever reads a test.
//!
//! The QR code can't be shown in columns that narrow, so its address stands there instead, cut to lines; it
//! can be pasted back, since a reader of codes ignores the line breaks.

use crate::content::{Block, blocks};
use crate::model::Receipt;
use crate::paper::Paper;
use crate::rich::Rich;
use crate::wrap::{Columns, wrap};

/// The receipt as UTF-8 text, lines ended by `\n` and no wider than [`Paper::columns`].
pub fn to_text(receipt: &Receipt, paper: Paper) -> String {
    of_blocks(&blocks(receipt), paper)
}

/// The same for anything that is made of blocks.
pub(crate) fn of_blocks(blocks: &[Block], paper: Paper) -> String {
    let mut page = Page { columns: paper.columns(), lines: Vec::new() };
    for block in blocks {
        page.block(block);
    }
    let mut out = String::new();
    for line in &page.lines {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    // The breaks are made; what kept words together is no longer needed, and plain spaces can be searched.
    out.replace('\u{a0}', " ")
}

struct Page {
    columns: usize,
    lines: Vec<String>,
}

impl Page {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Issuer { brand, office } => {
                self.centred(&Rich::plain(brand, true));
                self.centred(&Rich::plain(office, false));
            }
            Block::Copy { word, note } => {
                self.rule('=');
                self.centred(&Rich::plain(word, true));
                self.centred(note);
                self.rule('=');
            }
            Block::Lead(words) => self.centred(words),
            Block::Number(number) => self.centred(&Rich::plain(number, true)),
            Block::Field { label, value, remark, .. } => {
                self.gap();
                self.left(&Rich::plain(label, false), "", "");
                self.left(value, "  ", "  ");
                if let Some(remark) = remark {
                    self.left(remark, "  ", "  ");
                }
            }
            Block::Code { address, address_label, .. } => {
                self.gap();
                self.left(&Rich::plain(address_label, false), "", "");
                self.left(&Rich::plain(address, false), "", "");
            }
            Block::Control { label, code, usage } => {
                self.gap();
                self.centred(&Rich::plain(label, false));
                self.centred(&Rich::plain(code, true));
                self.left(usage, "", "");
            }
            Block::Steps { heading, steps } => {
                self.left(&Rich::plain(heading, true), "", "");
                for step in steps {
                    self.left(step, "- ", "  ");
                }
            }
            Block::List { heading, entries, ordered } => {
                self.gap();
                self.left(&Rich::plain(heading, true), "", "");
                for (place, entry) in (1_usize..).zip(entries) {
                    let mark = if *ordered { format!("{place}. ") } else { "- ".to_owned() };
                    self.left(entry, &mark, &" ".repeat(mark.len()));
                }
            }
            Block::Act { code, usage, .. } => {
                self.gap();
                self.left(usage, "", "");
                self.left(&Rich::plain(code.as_str(), false), "", "");
            }
            // The address stands below it in letters.
            Block::Source { .. } => {}
            Block::Paragraph(words) => {
                self.gap();
                self.left(words, "", "");
            }
            Block::Small(words) => self.left(words, "", ""),
            Block::Rule => self.rule('-'),
        }
    }

    fn gap(&mut self) {
        self.lines.push(String::new());
    }

    fn rule(&mut self, symbol: char) {
        self.lines.push(symbol.to_string().repeat(self.columns));
    }

    fn centred(&mut self, words: &Rich) {
        for line in broken(words, self.columns) {
            let free = self.columns.saturating_sub(unicode_width::UnicodeWidthStr::width(line.as_str()));
            self.lines.push(format!("{}{line}", " ".repeat(free.div_euclid(2))));
        }
    }

    fn left(&mut self, words: &Rich, first: &str, rest: &str) {
        let width = self.columns.saturating_sub(first.len());
        for (place, line) in broken(words, width).into_iter().enumerate() {
            self.lines.push(format!("{}{line}", if place == 0 { first } else { rest }));
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a line has some dozens of columns")]
fn broken(words: &Rich, columns: usize) -> Vec<String> {
    let joined = |line: Vec<crate::rich::Span>| line.into_iter().map(|span| span.text).collect();
    wrap(words, columns as f32, &mut Columns).into_iter().map(joined).collect()
}
