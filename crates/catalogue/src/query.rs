//! What somebody typed, as words with all that each can mean.
//!
//! A word means itself; the last one, while it is being typed, every word that begins so; one that nobody knows, the words
//! that sound alike or differ by a letter; and each what the table of everyday words says. The surer, the heavier.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::dictionary::{Dictionary, StemId};
use crate::everyday::{Phrase, Table};
use crate::index::Index;
use crate::limits::{QUERY_CHARS_MAX, QUERY_WORDS_MAX};
use crate::words::{other_stems, stem, words};

/// How sure it is that a word means another one.
const SURE: f32 = 1.0;
const BEGINS_SO: f32 = 0.8;
/// The same where the word is known as it stands: who typed "trans" most likely meant it.
const BEGINS_SO_KNOWN: f32 = 0.3;
const SOUNDS_ALIKE: f32 = 0.85;
const ONE_WRONG: f32 = 0.65;
const TWO_WRONG: f32 = 0.45;
/// Somebody put the table's lines together with the sheets' words in mind; that a word stands in a sheet may be chance.
const EVERYDAY: f32 = 1.4;
const EVERYDAY_COVERS: f32 = 0.9;
/// What each further word of a phrase adds: a phrase says more than a word.
const PHRASE_WORD: f32 = 1.5;
/// What a word counts that people say whatever they want.
const FAINT: f32 = 0.25;
/// What the worth of a word is taken for that no sheet has, beside the rarest that one has.
const UNKNOWN_SHARE: f32 = 0.8;
/// Words that one which is being typed may stand for: of more it says too little, and the commonest are taken.
const BEGIN_SO_MAX: usize = 256;
/// Letters before a word that is being typed stands for words that begin so, where others were typed before it.
const OPENING_LETTERS_MIN: usize = 2;
/// The same for words of the table, of which there are many.
const OPENING_LETTERS_EVERYDAY_MIN: usize = 4;

/// Words that would answer for one that was typed, all of them together.
#[derive(Debug, Clone)]
pub(crate) struct Meaning {
    /// How sure. A phrase's is shared among the words that it was typed with.
    pub(crate) weight: f32,
    /// How much of the word's own worth it answers for, up to 1.
    pub(crate) covers: f32,
    /// What sheets must have.
    pub(crate) stems: Vec<StemId>,
    /// Whether the table of everyday words says so.
    pub(crate) everyday: bool,
}

/// One word that was typed.
#[derive(Debug)]
pub(crate) struct Asked {
    /// What it says of what somebody wants, as a rarity.
    pub(crate) worth: f32,
    /// Whether it only turns what others say.
    turning: bool,
    /// Whether people say it whatever they want.
    faint: bool,
    /// All that it can mean.
    pub(crate) meanings: Vec<Meaning>,
}

/// How many words say something of what somebody wants, at least one.
#[allow(clippy::cast_precision_loss)] // Bounded by the words that are looked at.
pub(crate) fn telling(asked: &[Asked]) -> f32 {
    asked.iter().filter(|word| !word.faint).count().max(1) as f32
}

/// Reads what was typed so far.
pub(crate) fn read(typed: &str, index: &Index, table: &Table) -> Vec<Asked> {
    let typed = typed_words(typed, index, table);
    let mut asked: Vec<Asked> = typed.iter().map(|word| itself(word, index, table)).collect();
    add_joined(&typed, &mut asked, index);
    add_everyday(&typed, &mut asked, index, table);
    for word in asked.iter_mut().filter(|word| !word.turning) {
        keep_surest(&mut word.meanings);
        word.worth = worth(&word.meanings, index) * if word.faint { FAINT } else { 1.0 };
    }
    asked
}

/// A word as it was typed.
struct Typed {
    plain: String,
    stem: String,
    /// Whether it only turns what others say.
    turning: bool,
    /// Whether it is still being typed.
    open: bool,
    /// Whether no other was typed.
    alone: bool,
}

/// The words that say something.
fn typed_words(typed: &str, index: &Index, table: &Table) -> Vec<Typed> {
    let end = typed.char_indices().nth(QUERY_CHARS_MAX).map_or(typed.len(), |(at, _)| at);
    let typed = typed.get(..end).unwrap_or_default();
    let mut all = words(typed);
    // A word is being typed while nothing stands behind it.
    let open_from = all.last().filter(|last| last.range.end == typed.len()).map(|last| last.range.start);
    // "a" alone may become "acoso"; after another word it says nothing yet.
    let only = all.len() == 1 && open_from.is_some();
    all.retain(|word| only || !table.is_idle(&word.plain) || table.is_turning(&word.plain));
    all.truncate(QUERY_WORDS_MAX);
    let alone = all.len() == 1;
    let read = all.into_iter().map(|word| Typed {
        turning: !alone && table.is_turning(&word.plain),
        stem: if table.is_turning(&word.plain) {
            word.plain.clone()
        } else {
            known_stem(&word.plain, index, table)
        },
        open: open_from == Some(word.range.start),
        plain: word.plain,
        alone,
    });
    read.collect()
}

/// The stem of a word, or one that it may have where nobody knows its own.
fn known_stem(plain: &str, index: &Index, table: &Table) -> String {
    let own = stem(plain);
    let known = |stem: &String| table.is_known(stem) || index.dictionary.stem(stem).is_some();
    if known(&own) {
        return own;
    }
    other_stems(plain).into_iter().find(known).or_else(|| meant_stem(plain, table)).unwrap_or(own)
}

/// The one word of the table that a misspelt one can be: so it counts within phrases as well.
fn meant_stem(plain: &str, table: &Table) -> Option<String> {
    let (wrong, near) = table.words().near(plain);
    match near.as_slice() {
        [only] if wrong <= 1 => table.words().name(*only).cloned(),
        _ => None,
    }
}

/// Of meanings with the same words, the surest: several lines of the table may say so.
fn keep_surest(meanings: &mut Vec<Meaning>) {
    meanings.sort_by(|one, other| one.stems.cmp(&other.stems).then(other.weight.total_cmp(&one.weight)));
    meanings.dedup_by(|later, kept| {
        let same = later.stems == kept.stems;
        if same {
            kept.covers = kept.covers.max(later.covers);
            kept.everyday &= later.everyday;
        }
        same
    });
}

fn one(weight: f32, stem: StemId) -> Meaning {
    Meaning { weight, covers: weight, stems: vec![stem], everyday: false }
}

/// What a word means without any table.
fn itself(word: &Typed, index: &Index, table: &Table) -> Asked {
    if word.turning {
        return Asked { worth: 0.0, turning: true, faint: true, meanings: Vec::new() };
    }
    let dictionary = &index.dictionary;
    let mut meanings: Vec<Meaning> =
        dictionary.stem(&word.stem).map(|stem| one(SURE, stem)).into_iter().collect();
    let known = table.is_known(&word.stem) || !meanings.is_empty();
    if word.open && (word.alone || word.plain.chars().count() >= OPENING_LETTERS_MIN) {
        let weight = if known { BEGINS_SO_KNOWN } else { BEGINS_SO };
        let mut opening = dictionary.opening(&word.plain);
        if opening.len() > BEGIN_SO_MAX {
            opening.sort_by_key(|stem| Reverse(index.postings(*stem).len()));
            opening.truncate(BEGIN_SO_MAX);
        }
        meanings.extend(opening.into_iter().map(|stem| one(weight, stem)));
    }
    if meanings.is_empty() && !known {
        let (weight, near) = near(word, dictionary);
        meanings.extend(near.into_iter().map(|stem| one(weight, stem)));
    }
    let faint = table.is_faint(&word.stem);
    for meaning in meanings.iter_mut().filter(|_| faint) {
        meaning.weight *= FAINT;
    }
    Asked { worth: 0.0, turning: false, faint, meanings }
}

/// The words that one may be a misspelling of, and how sure that is.
fn near(word: &Typed, dictionary: &Dictionary) -> (f32, Vec<StemId>) {
    let (mut wrong, mut near) = dictionary.near(&word.plain);
    if near.is_empty() && word.open {
        (wrong, near) = dictionary.near_opening(&word.plain);
    }
    let weight = match wrong {
        0 => SOUNDS_ALIKE,
        1 => ONE_WRONG,
        _ => TWO_WRONG,
    };
    (weight, near)
}

/// Two words that sheets write as one: "clave única".
fn add_joined(typed: &[Typed], asked: &mut [Asked], index: &Index) {
    for (at, pair) in typed.windows(2).enumerate() {
        let joined: String = pair.iter().map(|word| word.plain.as_str()).collect();
        if let Some(stem) = index.dictionary.form(&joined) {
            for word in asked.iter_mut().skip(at).take(2) {
                word.meanings.push(Meaning {
                    weight: SURE / 2.0,
                    covers: SURE,
                    stems: vec![stem],
                    everyday: false,
                });
            }
        }
    }
}

/// What words and phrases mean by the table of everyday words.
fn add_everyday(typed: &[Typed], asked: &mut [Asked], index: &Index, table: &Table) {
    let stems: Vec<String> = typed.iter().map(|word| word.stem.clone()).collect();
    for meant in table.means(&stems) {
        // Each word of a phrase gets its share of a weight that grows with the phrase.
        let telling = meant.at.iter().filter(|at| asked.get(**at).is_some_and(|word| !word.turning));
        let telling: Vec<usize> = telling.copied().collect();
        let count = share(telling.len());
        let weight = EVERYDAY * PHRASE_WORD.mul_add(count - 1.0, 1.0) / count;
        for stems in in_sheets(meant.means, index) {
            for at in &telling {
                if let Some(word) = asked.get_mut(*at) {
                    word.meanings.push(Meaning {
                        weight,
                        covers: EVERYDAY_COVERS,
                        stems: stems.clone(),
                        everyday: true,
                    });
                }
            }
        }
    }
    // A word that neither sheets nor the table know may be one of the table's, unfinished or misspelt.
    for (word, asked) in typed.iter().zip(asked) {
        if table.is_known(&word.stem) || index.dictionary.stem(&word.stem).is_some() {
            continue;
        }
        let letters = word.plain.chars().count();
        let (sure, known) = if word.open && letters >= OPENING_LETTERS_EVERYDAY_MIN {
            (BEGINS_SO, table.words().opening(&word.plain))
        } else {
            (0.0, Vec::new())
        };
        let (sure, known) = if known.is_empty() { near(word, table.words()) } else { (sure, known) };
        for stem in known.into_iter().filter_map(|stem| table.words().name(stem)) {
            for meant in table.means(std::slice::from_ref(stem)) {
                let (weight, covers) = (EVERYDAY * sure, EVERYDAY_COVERS * sure);
                let meanings = in_sheets(meant.means, index).into_iter();
                asked.meanings.extend(meanings.map(|stems| Meaning {
                    weight,
                    covers,
                    stems,
                    everyday: true,
                }));
            }
        }
    }
}

/// Of phrases, those of which sheets have every word.
fn in_sheets(phrases: &BTreeSet<Phrase>, index: &Index) -> Vec<Vec<StemId>> {
    let known = |phrase: &Phrase| phrase.iter().map(|stem| index.dictionary.stem(stem)).collect();
    phrases.iter().filter_map(known).collect()
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
