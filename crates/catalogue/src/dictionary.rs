//! The words of all sheets: found by how they begin, by how they sound, and with a letter wrong.
//!
//! A misspelt word is compared with every word of about its length that could be meant, and a mask of letters says at
//! once which could not: each wrong letter changes two bits at most. What is left for the edit distance is a few words in
//! a hundred. A neighbourhood of deletions answers faster and takes ten times the memory; an automaton over a sorted
//! list is more code than all of this. Words are compared as they sound, so a v for a b costs nothing.

use std::collections::BTreeMap;

use domain::spelling::sound;

use crate::words::stem;

/// Which stem: an index into the postings.
pub(crate) type StemId = usize;

/// Letters that a word must have before one of them may be wrong: below, every word is near to another.
const LETTERS_ONE_WRONG_MIN: usize = 5;
/// Letters that a word must have before two of them may be wrong.
const LETTERS_TWO_WRONG_MIN: usize = 8;

/// A word as it stands in some sheet, folded.
#[derive(Debug)]
struct Form {
    plain: String,
    stem: StemId,
    sound: String,
    sound_letters: usize,
    letters: u64,
}

/// The words of all sheets.
#[derive(Debug, Default)]
pub(crate) struct Dictionary {
    /// Sorted by `plain`.
    forms: Vec<Form>,
    stems: BTreeMap<String, StemId>,
    names: Vec<String>,
}

impl Dictionary {
    /// Of folded words, in any order and as often as they like.
    pub(crate) fn of<'a>(plain: impl Iterator<Item = &'a str>) -> Self {
        let mut sorted: Vec<&str> = plain.collect();
        sorted.sort_unstable();
        sorted.dedup();
        let mut dictionary = Self::default();
        for plain in sorted {
            let name = stem(plain);
            let next = dictionary.names.len();
            let stem = *dictionary.stems.entry(name.clone()).or_insert(next);
            if stem == next {
                dictionary.names.push(name);
            }
            let sound = sound(plain);
            let (sound_letters, letters) = (sound.chars().count(), letters(&sound));
            dictionary.forms.push(Form { plain: plain.to_owned(), stem, sound, sound_letters, letters });
        }
        dictionary
    }

    /// How many stems there are: their ids count from 0.
    pub(crate) fn stems(&self) -> usize {
        self.names.len()
    }

    /// The id of a stem that some sheet has.
    pub(crate) fn stem(&self, stem: &str) -> Option<StemId> {
        self.stems.get(stem).copied()
    }

    /// The stem with this id.
    pub(crate) fn name(&self, stem: StemId) -> Option<&String> {
        self.names.get(stem)
    }

    /// The stem of a folded word that stands in some sheet just so.
    pub(crate) fn form(&self, plain: &str) -> Option<StemId> {
        let at = self.forms.binary_search_by(|form| form.plain.as_str().cmp(plain)).ok()?;
        self.forms.get(at).map(|form| form.stem)
    }

    /// Stems of words that begin so, each once.
    pub(crate) fn opening(&self, opening: &str) -> Vec<StemId> {
        let from = self.forms.partition_point(|form| form.plain.as_str() < opening);
        let forms = self.forms.get(from..).unwrap_or_default().iter();
        distinct(forms.take_while(|form| form.plain.starts_with(opening)).map(|form| form.stem))
    }

    /// Stems of the words that are nearest to a folded word, with the letters that are wrong in them: 0 where they
    /// sound alike. Empty where nothing is near enough.
    pub(crate) fn near(&self, plain: &str) -> (usize, Vec<StemId>) {
        let wanted = Wanted::of(plain);
        self.nearest(wanted.wrong_max, |form, wrong_max| wanted.wrong_in(form, wrong_max))
    }

    /// The same for a word that is still being typed: of the words that begin nearly so.
    pub(crate) fn near_opening(&self, plain: &str) -> (usize, Vec<StemId>) {
        let wanted = Wanted::of(plain);
        self.nearest(wanted.wrong_max, |form, wrong_max| wanted.wrong_in_opening(form, wrong_max))
    }

    fn nearest(
        &self,
        wrong_max: usize,
        wrong_in: impl Fn(&Form, usize) -> Option<usize>,
    ) -> (usize, Vec<StemId>) {
        let mut best = wrong_max;
        let mut nearest: Vec<StemId> = Vec::new();
        for form in &self.forms {
            let Some(wrong) = wrong_in(form, best) else { continue };
            if wrong < best {
                best = wrong;
                nearest.clear();
            }
            nearest.push(form.stem);
        }
        (best, distinct(nearest.into_iter()))
    }
}

fn distinct(stems: impl Iterator<Item = StemId>) -> Vec<StemId> {
    let mut stems: Vec<StemId> = stems.collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// A word that is looked for.
struct Wanted {
    sound: String,
    sound_letters: usize,
    letters: u64,
    wrong_max: usize,
}

impl Wanted {
    fn of(plain: &str) -> Self {
        let count = plain.chars().count();
        // A number with a digit wrong is another number.
        let wrong_max = if plain.chars().any(|c| c.is_ascii_digit()) || count < LETTERS_ONE_WRONG_MIN {
            0
        } else if count < LETTERS_TWO_WRONG_MIN {
            1
        } else {
            2
        };
        let sound = sound(plain);
        Self { letters: letters(&sound), sound_letters: sound.chars().count(), sound, wrong_max }
    }

    fn wrong_in(&self, form: &Form, wrong_max: usize) -> Option<usize> {
        let could = form.sound_letters.abs_diff(self.sound_letters) <= wrong_max
            && differ(form.letters ^ self.letters) <= wrong_max.saturating_mul(2);
        if !could || !self.begins_like(form) {
            return None;
        }
        Some(distance(&form.sound, &self.sound)).filter(|wrong| *wrong <= wrong_max)
    }

    fn wrong_in_opening(&self, form: &Form, wrong_max: usize) -> Option<usize> {
        let count = self.sound_letters;
        // Only letters that the longer word lacks must be wrong.
        if form.sound_letters.saturating_add(wrong_max) < count
            || differ(self.letters & !form.letters) > wrong_max
            || !self.begins_like(form)
        {
            return None;
        }
        let ends = count.saturating_sub(wrong_max)..=count.saturating_add(wrong_max);
        let openings = ends.filter_map(|end| opening(&form.sound, end));
        openings.map(|opening| distance(opening, &self.sound)).min().filter(|wrong| *wrong <= wrong_max)
    }

    /// In a short word the first letter is the one that is right.
    fn begins_like(&self, form: &Form) -> bool {
        self.wrong_max > 1 || self.sound.chars().next() == form.sound.chars().next()
    }
}

/// Letters wrong, missing, too many or swapped.
fn distance(one: &str, other: &str) -> usize {
    if one == other { 0 } else { strsim::osa_distance(one, other) }
}

/// The first letters of a word, where it has so many.
fn opening(word: &str, letters: usize) -> Option<&str> {
    let ends = word.char_indices().map(|(at, _)| at).chain(std::iter::once(word.len()));
    ends.skip(letters).find_map(|end| word.get(..end))
}

/// Which letters a word has, a bit each.
fn letters(sound: &str) -> u64 {
    sound.chars().fold(0, |mask, c| {
        let bit = match c {
            'a'..='z' => u32::from(c).saturating_sub(u32::from('a')),
            // `ch`, as the folding of sounds writes it.
            'C' => 26,
            _ => 27,
        };
        mask | 1_u64.checked_shl(bit).unwrap_or_default()
    })
}

fn differ(bits: u64) -> usize {
    usize::try_from(bits.count_ones()).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WORDS: [&str; 9] =
        ["pension", "pensiones", "persona", "discapacidad", "vecinos", "fondo", "claveunica", "20500", "ley"];

    fn dictionary() -> Dictionary {
        Dictionary::of(WORDS.into_iter())
    }

    fn names(dictionary: &Dictionary, stems: &[StemId]) -> Vec<String> {
        stems.iter().map(|stem| dictionary.name(*stem).unwrap().clone()).collect()
    }

    #[test]
    fn words_are_found_by_how_they_begin() {
        let dictionary = dictionary();
        let check = |opening: &str, expected: &[&str]| {
            let mut expected: Vec<String> = expected.iter().map(|word| stem(word)).collect();
            let mut found = names(&dictionary, &dictionary.opening(opening));
            expected.sort();
            found.sort();
            assert_eq!(found, expected, "{opening}");
        };
        check("pens", &["pension"]);
        check("pe", &["pension", "persona"]);
        check("205", &["20500"]);
        check("x", &[]);
    }

    #[test]
    fn words_are_found_with_letters_wrong() {
        let dictionary = dictionary();
        let check = |plain: &str, wrong: usize, expected: &[&str]| {
            let expected: Vec<String> = expected.iter().map(|word| stem(word)).collect();
            let (found_wrong, found) = dictionary.near(plain);
            assert_eq!(names(&dictionary, &found), expected, "{plain}");
            assert!(expected.is_empty() || found_wrong == wrong, "{plain}");
        };
        check("besinos", 0, &["vecinos"]);
        check("penzion", 0, &["pension"]);
        check("pencion", 0, &["pension"]);
        check("pesnion", 1, &["pension"]);
        check("pensin", 1, &["pension"]);
        check("fondoo", 0, &["fondo"]);
        check("fonda", 1, &["fondo"]);
        check("fanda", 1, &[]);
        check("honda", 1, &[]);
        check("discapasidat", 1, &["discapacidad"]);
        check("discapazidatt", 1, &["discapacidad"]);
        check("desgapacidad", 2, &["discapacidad"]);
        check("desgapazitad", 2, &[]);
        check("20501", 0, &[]);
        check("lay", 0, &[]);
    }

    #[test]
    fn words_are_found_by_nearly_how_they_begin() {
        let dictionary = dictionary();
        let check = |plain: &str, expected: &[&str]| {
            let expected: Vec<String> = expected.iter().map(|word| stem(word)).collect();
            assert_eq!(names(&dictionary, &dictionary.near_opening(plain).1), expected, "{plain}");
        };
        check("discapas", &["discapacidad"]);
        check("discpasi", &["discapacidad"]);
        check("besi", &["vecinos"]);
        check("xyzw", &[]);
    }

    proptest! {
        /// The mask and the lengths only save time.
        #[test]
        #[allow(clippy::arithmetic_side_effects)]
        fn nothing_near_is_passed_over(word in "[a-z]{8,12}", at in 0usize..12, letter in "[a-z]", how in 0u8..4) {
            let mut letters: Vec<char> = word.chars().collect();
            let at = at % letters.len();
            match how {
                0 => { letters.remove(at); }
                1 => letters.insert(at, letter.chars().next().unwrap()),
                2 => letters[at] = letter.chars().next().unwrap(),
                _ => letters.swap(at, (at + 1) % word.len()),
            }
            let written = String::from_iter(&letters);
            let dictionary = Dictionary::of([word.as_str()].into_iter());
            let (one, other) = (sound(&word), sound(&written));
            let wrong = strsim::osa_distance(&one, &other);
            let wrong_max = if written.len() < LETTERS_TWO_WRONG_MIN { 1 } else { 2 };
            let (found_wrong, found) = dictionary.near(&written);
            if wrong <= wrong_max && (wrong_max == 2 || one.chars().next() == other.chars().next()) {
                prop_assert_eq!((found_wrong, found.len()), (wrong, 1));
            } else {
                prop_assert!(found.is_empty());
            }
        }
    }
}
