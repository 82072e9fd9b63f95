//! A pack with its index in memory, answering as one types.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Serialize;

use crate::dictionary::StemId;
use crate::everyday::Table;
use crate::index::Index;
use crate::pack::{Pack, ProgrammeSheet};
use crate::part::Part;
use crate::query::{self, Asked, Meaning};
use crate::words::{stem, words};

/// Share of what was asked that a sheet must answer for to be shown.
const COVERED_MIN: f32 = 0.2;
/// Words up to which that share is asked for in full: who tells a story says much that no sheet can have.
const COVERED_WORDS: f32 = 4.0;
/// Share that the best sheet must answer for to be more than a guess.
const SURE_MIN: f32 = 0.5;
/// Share of the best sheet's score that another must have to be shown below it.
const SCORE_SHARE_MIN: f32 = 0.3;
/// Sheets that are shown where the best is a guess: the next ones are guesses about as good, and three are seen at a
/// glance.
const GUESSES_MAX: usize = 3;

/// A pack with its index.
#[derive(Debug)]
pub struct Catalogue {
    pack: Pack,
    table: Table,
    index: Index,
}

/// A sheet that answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// Its id.
    pub id: String,
    /// What the ranking goes by: comparable within one answer, and with nothing else.
    pub score: f32,
    /// Share of what was asked that the sheet answers for, from 0 to 1.
    pub covered: f32,
    /// Bytes of the title that answer, in order.
    pub title: Vec<Range<usize>>,
    /// Bytes of the summary that answer, in order.
    pub summary: Vec<Range<usize>>,
    /// Another part that answers with words which neither of them has.
    pub passage: Option<Passage>,
}

/// A part of a sheet, with what answers in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Which part.
    pub part: Part,
    /// Bytes of it that answer, in order.
    pub ranges: Vec<Range<usize>>,
}

/// What a search gives.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// The best first. Empty where no sheet answers: something that the office should have a sheet for.
    pub found: Vec<Found>,
    /// Whether the best answers for at least half of what was asked. Where not, whoever shows it says "perhaps", and
    /// offers to ask the office for a sheet.
    pub sure: bool,
}

/// A stretch of a text, and whether it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Piece<'a> {
    /// The stretch.
    pub text: &'a str,
    /// Whether it is one of the words found.
    pub found: bool,
}

/// Cuts a text into what answers and what stands between, for a screen that marks the first. Nothing is lost.
pub fn pieces<'a>(text: &'a str, ranges: &[Range<usize>]) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for range in ranges {
        let (Some(between), Some(found)) = (text.get(from..range.start), text.get(range.clone())) else {
            continue;
        };
        pieces.push(Piece { text: between, found: false });
        pieces.push(Piece { text: found, found: true });
        from = range.end;
    }
    pieces.push(Piece { text: text.get(from..).unwrap_or_default(), found: false });
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

impl Catalogue {
    /// Indexes a pack: some seconds for the largest, milliseconds for one of an office.
    pub fn new(pack: Pack) -> Self {
        let table = Table::with(&pack.contents().everyday);
        let index = Index::of(pack.contents(), &table);
        Self { pack, table, index }
    }

    /// The pack that is searched.
    pub const fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The sheets that answer what was typed so far, the best first, at most `count_max`.
    ///
    /// The last word counts as begun while nothing stands behind it.
    pub fn search(&self, typed: &str, count_max: usize) -> Answer {
        let asked = query::read(typed, &self.index, &self.table);
        let tally = self.tally(&asked);
        let worth: f32 = asked.iter().map(|word| word.worth).sum();
        let covered_min = COVERED_MIN * (COVERED_WORDS / query::telling(&asked)).min(1.0);
        let mut ranked: Vec<(usize, f32, f32)> = tally
            .iter()
            .enumerate()
            .filter(|(_, sheet)| sheet.score > 0.0 && worth > 0.0)
            .map(|(at, sheet)| (at, sheet.score * (sheet.covered / worth).sqrt(), sheet.covered / worth))
            .filter(|(_, _, covered)| *covered >= covered_min)
            .collect();
        // Equal ones stay in the order of the pack.
        ranked.sort_by(|(_, one, _), (_, other, _)| other.total_cmp(one));
        let best = ranked.first().map_or(0.0, |(_, score, _)| *score);
        let sure = ranked.iter().any(|(_, score, covered)| *score >= best && *covered >= SURE_MIN);
        if sure {
            ranked.retain(|(_, score, _)| *score >= best * SCORE_SHARE_MIN);
        } else {
            ranked.truncate(GUESSES_MAX);
        }
        ranked.truncate(count_max);
        let sheets = &self.pack.contents().sheets;
        let found = ranked
            .into_iter()
            .filter_map(|(at, score, covered)| {
                Some(self.found(sheets.get(at)?, score, covered, &self.meant(at, &asked)))
            })
            .collect();
        Answer { found, sure }
    }

    /// What each sheet gets: for each word the best of what it can mean.
    fn tally(&self, asked: &[Asked]) -> Vec<Tally> {
        let count = self.pack.contents().sheets.len();
        let mut sum = vec![Tally::default(); count];
        let mut word_best = vec![Tally::default(); count];
        for word in asked {
            word_best.fill(Tally::default());
            for meaning in &word.meanings {
                if let [stem] = meaning.stems.as_slice() {
                    for posting in self.index.postings(*stem) {
                        let tally = Tally { score: posting.score * meaning.weight, covered: meaning.covers };
                        raise(&mut word_best, posting.sheet, tally);
                    }
                    continue;
                }
                for (sheet, score) in self.index.having_all(&meaning.stems) {
                    let tally = Tally { score: score * meaning.weight, covered: meaning.covers };
                    raise(&mut word_best, sheet, tally);
                }
            }
            for (sum, best) in sum.iter_mut().zip(&word_best) {
                sum.score += best.score;
                sum.covered += best.covered * word.worth;
            }
        }
        sum
    }

    /// The words by which a sheet answers: for each that was typed, the word itself where the sheet has it, and else what
    /// it means.
    fn meant(&self, sheet: usize, asked: &[Asked]) -> BTreeSet<StemId> {
        let mut meant = BTreeSet::new();
        for word in asked {
            let has = |meaning: &&Meaning| meaning.stems.iter().all(|stem| self.index.has(sheet, *stem));
            let (itself, other): (Vec<&Meaning>, Vec<&Meaning>) =
                word.meanings.iter().filter(has).partition(|meaning| !meaning.everyday);
            let said = if itself.is_empty() { other } else { itself };
            meant.extend(said.into_iter().flat_map(|meaning| &meaning.stems));
        }
        meant
    }

    fn found(&self, sheet: &ProgrammeSheet, score: f32, covered: f32, meant: &BTreeSet<StemId>) -> Found {
        let (title, mut seen) = self.marked(&sheet.title, meant);
        let (summary, summary_seen) = self.marked(&sheet.summary, meant);
        seen.extend(summary_seen);
        let elsewhere = sheet.texts().filter(|(part, _)| *part != Part::Summary);
        let passage = elsewhere
            .map(|(part, text)| (part, self.marked(text, meant)))
            .map(|(part, (ranges, stems))| (stems.difference(&seen).count(), part, ranges))
            .filter(|(more, _, _)| *more > 0)
            // The first of those with the most: `max_by_key` would give the last.
            .reduce(|best, other| if other.0 > best.0 { other } else { best })
            .map(|(_, part, ranges)| Passage { part, ranges });
        Found { id: sheet.id.clone(), score, covered, title, summary, passage }
    }

    /// Where a text has words that are meant, and which.
    fn marked(&self, text: &str, meant: &BTreeSet<StemId>) -> (Vec<Range<usize>>, BTreeSet<StemId>) {
        let mut ranges = Vec::new();
        let mut stems = BTreeSet::new();
        for word in words(text) {
            let found = self.index.dictionary.stem(&stem(&word.plain)).filter(|stem| meant.contains(stem));
            if let Some(stem) = found {
                ranges.push(word.range);
                stems.insert(stem);
            }
        }
        (ranges, stems)
    }
}

/// What a sheet has got so far.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    score: f32,
    covered: f32,
}

impl Tally {
    fn raise(&mut self, other: Self) {
        self.score = self.score.max(other.score);
        self.covered = self.covered.max(other.covered);
    }
}

fn raise(tallies: &mut [Tally], sheet: usize, tally: Tally) {
    if let Some(best) = tallies.get_mut(sheet) {
        best.raise(tally);
    }
}
