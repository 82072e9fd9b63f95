//! Which sheets have which words, and how much each weighs there: BM25 over weighted fields, worked out once.
//!
//! A word in a title says more of a sheet than one among its steps. Each field counts with a weight and against its own
//! usual length (BM25F), and what can be computed without the query is computed when the pack is opened: a search adds up
//! numbers. Ten thousand sheets take some ten megabytes.

use std::collections::BTreeMap;

use crate::dictionary::{Dictionary, StemId};
use crate::everyday::Table;
use crate::pack::{Contents, ProgrammeSheet};
use crate::words::words;

/// How soon more of one word stops to matter.
const SATURATION: f32 = 3.0;

/// A kind of field: what a word in it weighs, and how far a long one is held against it.
struct Field {
    weight: f32,
    length_share: f32,
}

const FIELDS: [Field; FIELD_COUNT] = [
    // Title.
    Field { weight: 5.0, length_share: 0.3 },
    // Summary.
    Field { weight: 2.5, length_share: 0.5 },
    // For whom.
    Field { weight: 2.0, length_share: 0.5 },
    // Names of its topics, its service and its body.
    Field { weight: 1.5, length_share: 0.3 },
    // Requirements, documents, steps.
    Field { weight: 1.0, length_share: 0.75 },
    // Term, channels, law, and what its sources say.
    Field { weight: 0.3, length_share: 0.75 },
];
const FIELD_COUNT: usize = 6;
/// What a phrase keeps of its score where no field has all its words: they may stand there for other things.
const SCATTERED: f32 = 0.5;

/// A word in a sheet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Posting {
    /// Which sheet of the pack.
    pub(crate) sheet: usize,
    /// What the word adds to its score.
    pub(crate) score: f32,
    /// In which fields it stands there, a bit each.
    fields: u8,
}

/// The words of a pack, and where they stand.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// Every word.
    pub(crate) dictionary: Dictionary,
    postings: Vec<Vec<Posting>>,
    rarity: Vec<f32>,
}

impl Index {
    /// Of every sheet of a pack. Idle words are left out.
    pub(crate) fn of(contents: &Contents, table: &Table) -> Self {
        let names = Names::of(contents);
        let read: Vec<[Vec<String>; FIELD_COUNT]> =
            contents.sheets.iter().map(|sheet| fields(sheet, &names, table)).collect();
        let dictionary = Dictionary::of(read.iter().flatten().flatten().map(String::as_str));
        let usual = usual_lengths(&read);
        let mut postings: Vec<Vec<Posting>> = vec![Vec::new(); dictionary.stems()];
        for (sheet, fields) in read.iter().enumerate() {
            let mut counts: BTreeMap<StemId, (f32, u8)> = BTreeMap::new();
            for (at, ((words, field), usual)) in fields.iter().zip(&FIELDS).zip(usual).enumerate() {
                let longer = if usual > 0.0 { count(words.len()) / usual } else { 1.0 };
                let each = field.weight / field.length_share.mul_add(longer - 1.0, 1.0);
                for word in words {
                    if let Some(stem) = dictionary.form(word) {
                        let (counted, standing) = counts.entry(stem).or_default();
                        *counted += each;
                        *standing |= 1 << at;
                    }
                }
            }
            for (stem, (counted, fields)) in counts {
                if let Some(postings) = postings.get_mut(stem) {
                    postings.push(Posting { sheet, score: counted / (counted + SATURATION), fields });
                }
            }
        }
        let sheets = count(read.len());
        let rarity: Vec<f32> =
            postings.iter().map(|postings| rarity(count(postings.len()), sheets)).collect();
        for (postings, rarity) in postings.iter_mut().zip(&rarity) {
            for posting in postings {
                posting.score *= rarity;
            }
        }
        Self { dictionary, postings, rarity }
    }

    /// The sheets that have a word, in the order of the pack.
    pub(crate) fn postings(&self, stem: StemId) -> &[Posting] {
        self.postings.get(stem).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a sheet has a word.
    pub(crate) fn has(&self, sheet: usize, stem: StemId) -> bool {
        self.posting(sheet, stem).is_some()
    }

    /// The sheets that have every word of a phrase, each with what they add together: more than the rarest of them, and
    /// less than if each had been typed.
    pub(crate) fn having_all(&self, stems: &[StemId]) -> Vec<(usize, f32)> {
        // The rarest word leads: every sheet that has all has it.
        let rarest = stems.iter().min_by_key(|stem| self.postings(**stem).len());
        let leading = rarest.map(|stem| self.postings(*stem)).unwrap_or_default();
        let share = count(stems.len().max(1)).sqrt();
        let whole = leading.iter().filter_map(|posting| {
            let mut together = u8::MAX;
            let scores = stems.iter().map(|stem| {
                let found = self.posting(posting.sheet, *stem)?;
                together &= found.fields;
                Some(found.score)
            });
            let score = scores.sum::<Option<f32>>()? / share;
            Some((posting.sheet, if together == 0 { score * SCATTERED } else { score }))
        });
        whole.collect()
    }

    fn posting(&self, sheet: usize, stem: StemId) -> Option<&Posting> {
        let postings = self.postings(stem);
        let at = postings.binary_search_by_key(&sheet, |posting| posting.sheet).ok()?;
        postings.get(at)
    }

    /// How much it says of a sheet that it has this word.
    pub(crate) fn rarity(&self, stem: StemId) -> f32 {
        self.rarity.get(stem).copied().unwrap_or_default()
    }

    /// How much a word would say that no sheet has.
    pub(crate) fn rarity_max(&self) -> f32 {
        self.rarity.iter().copied().fold(0.0, f32::max)
    }
}

/// Robertson and Spärck Jones, kept above zero.
fn rarity(having: f32, sheets: f32) -> f32 {
    ((sheets - having + 0.5) / (having + 0.5)).ln_1p()
}

#[allow(clippy::cast_precision_loss)] // Counts of words and sheets stay far below 2^24.
fn count(of: usize) -> f32 {
    of as f32
}

/// Names that sheets mention by id.
struct Names<'a> {
    topics: BTreeMap<&'a str, &'a str>,
    agencies: BTreeMap<&'a str, &'a str>,
}

impl<'a> Names<'a> {
    fn of(contents: &'a Contents) -> Self {
        Self {
            topics: contents.topics.iter().map(|topic| (topic.id.as_str(), topic.name.as_str())).collect(),
            agencies: contents
                .agencies
                .iter()
                .map(|agency| (agency.id.as_str(), agency.name.as_str()))
                .collect(),
        }
    }
}

fn fields(sheet: &ProgrammeSheet, names: &Names<'_>, table: &Table) -> [Vec<String>; FIELD_COUNT] {
    let topics = sheet.topics.iter().filter_map(|topic| names.topics.get(topic.as_str()).copied());
    let agency = sheet.agency.iter().filter_map(|agency| names.agencies.get(agency.as_str()).copied());
    let rest =
        sheet.term.as_deref().into_iter().chain(sheet.channels.iter().map(|channel| channel.text.as_str()));
    let said = sheet.statements.iter().map(|statement| statement.text.as_str());
    [
        told(std::iter::once(sheet.title.as_str()), table),
        told(std::iter::once(sheet.summary.as_str()), table),
        told(sheet.for_whom.iter().map(String::as_str), table),
        told(topics.chain(agency).chain(std::iter::once(sheet.service.as_str())), table),
        told(
            sheet.requirements.iter().chain(&sheet.documents).chain(&sheet.steps).map(String::as_str),
            table,
        ),
        told(rest.chain(sheet.law.iter().map(String::as_str)).chain(said), table),
    ]
}

fn told<'a>(texts: impl Iterator<Item = &'a str>, table: &Table) -> Vec<String> {
    texts.flat_map(words).map(|word| word.plain).filter(|plain| !table.is_idle(plain)).collect()
}

fn usual_lengths(read: &[[Vec<String>; FIELD_COUNT]]) -> [f32; FIELD_COUNT] {
    let mut usual = [0.0; FIELD_COUNT];
    for fields in read {
        for (sum, words) in usual.iter_mut().zip(fields) {
            *sum += count(words.len()) / count(read.len());
        }
    }
    usual
}
