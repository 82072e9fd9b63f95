//! What somebody typed, as words with all that each can mean.
//!
//! A word means itself; the last one, while it is being typed, every word that begins so; one that no sheet has, the
//! words that sound alike or differ by a letter; and each what the table of everyday words says. The surer, the heavier.

use crate::dictionary::StemId;
use crate::everyday::Table;
use crate::index::Index;
use crate::limits::{QUERY_CHARS_MAX, QUERY_WORDS_MAX};
use crate::words::{Word, stem, words};

/// How sure it is that a word means another one.
const SURE: f32 = 1.0;
const BEGINS_SO: f32 = 0.8;
const SOUNDS_ALIKE: f32 = 0.85;
const ONE_WRONG: f32 = 0.7;
const TWO_WRONG: f32 = 0.5;
const EVERYDAY: f32 = 0.75;
/// What the worth of a word is taken for that no sheet has, beside the rarest that one has.
const UNKNOWN_SHARE: f32 = 0.6;
/// Letters before a word that is being typed stands for words that begin so, where others were typed before it.
const OPENING_LETTERS_MIN: usize = 2;

/// Words that would answer for one that was typed, all of them together.
#[derive(Debug, Clone)]
pub(crate) struct Meaning {
    /// How sure, up to 1. A phrase's is shared among the words that it was typed with.
    pub(crate) weight: f32,
    /// How much of the word's own worth it answers for, up to 1.
    pub(crate) covers: f32,
    /// What sheets must have.
    pub(crate) stems: Vec<StemId>,
}

/// One word that was typed.
#[derive(Debug)]
pub(crate) struct Asked {
    /// What it says of what somebody wants, as a rarity.
    pub(crate) worth: f32,
    /// All that it can mean.
    pub(crate) meanings: Vec<Meaning>,
}

/// Reads what was typed so far.
pub(crate) fn read(typed: &str, index: &Index, table: &Table) -> Vec<Asked> {
    let end = typed.char_indices().nth(QUERY_CHARS_MAX).map_or(typed.len(), |(at, _)| at);
    let typed = typed.get(..end).unwrap_or_default();
    let all = words(typed);
    // A word is being typed while nothing stands behind it.
    let open = all.last().is_some_and(|last| last.range.end == typed.len());
    let mut telling: Vec<(&Word, bool)> = Vec::new();
    for (at, word) in all.iter().enumerate() {
        let open = open && at.saturating_add(1) == all.len();
        if !table.is_idle(&word.plain) {
            telling.push((word, open));
        }
    }
    // "a" alone may become "acoso"; after another word it says nothing yet.
    if let ([], [only], true) = (telling.as_slice(), all.as_slice(), open) {
        telling.push((only, true));
    }
    telling.truncate(QUERY_WORDS_MAX);
    let mut asked: Vec<Asked> = telling
        .iter()
        .map(|(word, open)| Asked {
            worth: 0.0,
            meanings: itself(&word.plain, *open, telling.len() == 1, index),
        })
        .collect();
    add_joined(&telling, &mut asked, index);
    add_everyday(&telling, &mut asked, index, table);
    for word in &mut asked {
        word.worth = worth(&word.meanings, index);
    }
    asked
}

fn one(weight: f32, stem: StemId) -> Meaning {
    Meaning { weight, covers: weight, stems: vec![stem] }
}

/// What a word means without any table.
fn itself(plain: &str, open: bool, alone: bool, index: &Index) -> Vec<Meaning> {
    let dictionary = &index.dictionary;
    let mut meanings: Vec<Meaning> =
        dictionary.stem(&stem(plain)).map(|stem| one(SURE, stem)).into_iter().collect();
    if open && (alone || plain.chars().count() >= OPENING_LETTERS_MIN) {
        meanings.extend(dictionary.opening(plain).into_iter().map(|stem| one(BEGINS_SO, stem)));
    }
    if meanings.is_empty() {
        let (mut wrong, mut near) = dictionary.near(plain);
        if near.is_empty() && open {
            (wrong, near) = dictionary.near_opening(plain);
        }
        let weight = match wrong {
            0 => SOUNDS_ALIKE,
            1 => ONE_WRONG,
            _ => TWO_WRONG,
        };
        meanings.extend(near.into_iter().map(|stem| one(weight, stem)));
    }
    meanings
}

/// Two words that sheets write as one: "clave única".
fn add_joined(telling: &[(&Word, bool)], asked: &mut [Asked], index: &Index) {
    for (at, pair) in telling.windows(2).enumerate() {
        let joined: String = pair.iter().map(|(word, _)| word.plain.as_str()).collect();
        if let Some(stem) = index.dictionary.form(&joined) {
            for word in asked.iter_mut().skip(at).take(2) {
                word.meanings.push(Meaning { weight: SURE / 2.0, covers: SURE, stems: vec![stem] });
            }
        }
    }
}

/// What runs of words mean by the table of everyday words.
fn add_everyday(telling: &[(&Word, bool)], asked: &mut [Asked], index: &Index, table: &Table) {
    let stems: Vec<String> = telling.iter().map(|(word, _)| stem(&word.plain)).collect();
    for from in 0..stems.len() {
        for count in 1..=table.phrase_words_max() {
            let Some(run) = stems.get(from..from.saturating_add(count)) else { break };
            for phrase in table.means(run) {
                // A phrase of which no sheet has a word answers for nothing.
                let stems: Vec<StemId> =
                    phrase.iter().filter_map(|stem| index.dictionary.stem(stem)).collect();
                if stems.len() < phrase.len() {
                    continue;
                }
                let meaning = Meaning { weight: EVERYDAY / share(count), covers: EVERYDAY, stems };
                for word in asked.iter_mut().skip(from).take(count) {
                    word.meanings.push(meaning.clone());
                }
            }
        }
    }
}

#[allow(clippy::cast_precision_loss)] // Words of a phrase are few.
fn share(count: usize) -> f32 {
    count.max(1) as f32
}

/// The worth of a word is that of the surest thing that it means.
fn worth(meanings: &[Meaning], index: &Index) -> f32 {
    let surest = meanings.iter().map(|meaning| meaning.covers).fold(0.0, f32::max);
    let rarities =
        meanings.iter().filter(|meaning| meaning.covers >= surest).flat_map(|meaning| &meaning.stems);
    rarities
        .map(|stem| index.rarity(*stem))
        .reduce(f32::max)
        .unwrap_or_else(|| index.rarity_max() * UNKNOWN_SHARE)
}
