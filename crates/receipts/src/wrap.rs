//! Lines that break between words and end evenly.
//!
//! A greedy break fills lines and leaves the last word alone. Here the number of lines is the greedy one, and
//! among all ways to reach it the most even is taken: the least sum of squared white at the lines' ends, the last
//! line counted like the others. Only a word that is wider than the whole line is broken, between two letters.
//! The same code breaks dots and columns: it is told how wide a stretch is.

use crate::rich::{Rich, Span};

/// How wide a stretch of text is in a weight, in the caller's unit.
pub(crate) trait Measure {
    /// Width of `text`.
    fn width(&mut self, text: &str, bold: bool) -> f32;
}

type Word = Vec<Span>;

/// Breaks a paragraph into even lines of at most `width`. Each line is a list of stretches, spaces included.
pub(crate) fn wrap(rich: &Rich, width: f32, measure: &mut impl Measure) -> Vec<Vec<Span>> {
    let words = fitting(rich, width, measure);
    let space = measure.width(" ", false);
    let widths: Vec<f32> = words.iter().map(|word| word_width(word, measure)).collect();
    let mut words = words.into_iter();
    let lines = even(&widths, space, width);
    lines.into_iter().map(|count| line(words.by_ref().take(count))).collect()
}

/// The words, those that are wider than a line cut to pieces that fit.
fn fitting(rich: &Rich, width: f32, measure: &mut impl Measure) -> Vec<Word> {
    let mut out = Vec::new();
    for word in rich.words() {
        if word_width(&word, measure) <= width {
            out.push(word);
        } else {
            out.extend(pieces(&word, width, measure));
        }
    }
    out
}

fn pieces(word: &Word, width: f32, measure: &mut impl Measure) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    for span in word {
        let mut text = String::new();
        for symbol in span.text.chars() {
            text.push(symbol);
            if measure.width(&text, span.bold) > width && text.chars().nth(1).is_some() {
                text.pop();
                let mut rest = text.split_off(cut(&text));
                out.push(vec![Span { text, bold: span.bold }]);
                rest.push(symbol);
                text = rest;
            }
        }
        out.push(vec![Span { text, bold: span.bold }]);
    }
    out
}

/// Where a piece ends: after the last mark that parts an address, or where the line is full.
fn cut(piece: &str) -> usize {
    let parts = |(_, symbol): &(usize, char)| ['.', '/', '-', '@', '\u{a0}'].contains(symbol);
    let mark = piece.char_indices().rev().find(parts);
    mark.map_or(piece.len(), |(before, symbol)| before.saturating_add(symbol.len_utf8()))
}

fn word_width(word: &Word, measure: &mut impl Measure) -> f32 {
    word.iter().map(|span| measure.width(&span.text, span.bold)).sum()
}

/// How many words each line takes when the lines are as few as can be and as even as can be.
fn even(widths: &[f32], space: f32, width: f32) -> Vec<usize> {
    // The best way to set the words from a place on: its lines, its unevenness, the words in its first line.
    let mut best: Vec<Setting> = vec![Setting::default(); widths.len().saturating_add(1)];
    for from in (0..widths.len()).rev() {
        let mut used = -space;
        let mut found: Option<Setting> = None;
        for (count, word) in (1..).zip(widths.iter().skip(from)) {
            used += space + word;
            if used > width && count > 1 {
                break;
            }
            let after = best.get(from.saturating_add(count)).copied().unwrap_or_default();
            let white = (width - used).max(0.0);
            let setting = Setting {
                lines: after.lines.saturating_add(1),
                unevenness: after.unevenness + white * white,
                first: count,
            };
            found = found.filter(|found| found.is_better_than(&setting)).or(Some(setting));
        }
        if let (Some(place), Some(found)) = (best.get_mut(from), found) {
            *place = found;
        }
    }
    let mut counts = Vec::new();
    let mut from = 0_usize;
    while let Some(setting) = best.get(from).filter(|setting| setting.first > 0) {
        counts.push(setting.first);
        from = from.saturating_add(setting.first);
    }
    counts
}

#[derive(Clone, Copy, Default)]
struct Setting {
    lines: usize,
    unevenness: f32,
    first: usize,
}

impl Setting {
    fn is_better_than(&self, other: &Self) -> bool {
        (self.lines, self.unevenness) < (other.lines, other.unevenness)
    }
}

/// Joins words with spaces, and neighbours of one weight to one stretch.
fn line(words: impl Iterator<Item = Word>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for (place, word) in words.enumerate() {
        for (part, span) in word.into_iter().enumerate() {
            let before = if place > 0 && part == 0 { " " } else { "" };
            match out.last_mut() {
                Some(last) if last.bold == span.bold => {
                    last.text.push_str(before);
                    last.text.push_str(&span.text);
                }
                Some(last) => {
                    last.text.push_str(before);
                    out.push(span);
                }
                None => out.push(span),
            }
        }
    }
    out
}

/// One unit for each column of plain text.
pub(crate) struct Columns;

impl Measure for Columns {
    #[expect(clippy::cast_precision_loss, reason = "a line has some dozens of columns")]
    fn width(&mut self, text: &str, _bold: bool) -> f32 {
        unicode_width::UnicodeWidthStr::width(text) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, width: f32, expected: &[&str]) {
        let lines: Vec<String> = wrap(&Rich::parse(text), width, &mut Columns)
            .iter()
            .map(|line| line.iter().map(|span| span.text.as_str()).collect())
            .collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn lines_end_evenly_and_no_word_stands_alone() {
        check("uno dos tres", 12.0, &["uno dos tres"]);
        check("uno dos tres", 11.0, &["uno dos", "tres"]);
        check(
            "Región de Aysén del General Carlos Ibáñez del Campo",
            48.0,
            &["Región de Aysén del General", "Carlos Ibáñez del Campo"],
        );
        check("", 10.0, &[]);
    }

    #[test]
    fn the_last_line_is_as_full_as_the_others_allow() {
        check("Alto, comuna de San Vicente", 19.0, &["Alto, comuna", "de San Vicente"]);
        check("aaaa bbbb cc dddd", 9.0, &["aaaa bbbb", "cc dddd"]);
    }

    #[test]
    fn only_a_word_wider_than_a_line_is_broken() {
        check("sí Llanfairpwll no", 8.0, &["sí", "Llanfair", "pwll no"]);
        check("oirs.ejemplo.gob.cl", 14.0, &["oirs.ejemplo.", "gob.cl"]);
        check("4\u{a0}de\u{a0}abril", 6.0, &["4\u{a0}de\u{a0}", "abril"]);
        check("a\u{a0}b c", 3.0, &["a\u{a0}b", "c"]);
        check("abc", 0.5, &["a", "b", "c"]);
    }

    #[test]
    fn a_word_in_two_weights_stays_together() {
        let lines = wrap(&Rich::parse("tu **reclamo**. Tu"), 11.0, &mut Columns);
        assert_eq!(lines.len(), 2, "{lines:?}");
    }
}
