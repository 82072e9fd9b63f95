//! A text as words: folded to what a search compares, each with its place in the text.
//!
//! Folding drops accents and case, so that what is typed in a hurry is found; the stem drops what Spanish hangs onto a
//! word (plural, gender, verb endings). Both are made of texts and of queries alike and kept nowhere, so another version
//! of either changes no file.

use std::ops::Range;

use frostem::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Small letters and digits, without accents.
    pub(crate) plain: String,
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
}

/// The words of a text, in order. A point or comma between digits joins (20.500 is one number), as an apostrophe does.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open: Option<Word> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at.saturating_add(c.len_utf8());
        // Most letters are plain already; the tables of Unicode are for the others.
        if c.is_ascii_alphanumeric() {
            let word = open.get_or_insert_with(|| Word { plain: String::new(), range: at..end });
            word.plain.push(c.to_ascii_lowercase());
            word.range.end = end;
            continue;
        }
        let folded: String = if c.is_ascii() { c.to_string() } else { fold(c).collect() };
        // A combining accent folds to nothing and belongs to the letter before it.
        if folded.is_empty() {
            if let Some(word) = &mut open {
                word.range.end = end;
            }
            continue;
        }
        if folded.chars().all(char::is_alphanumeric) {
            let word = open.get_or_insert_with(|| Word { plain: String::new(), range: at..end });
            word.plain.push_str(&folded);
            word.range.end = end;
            continue;
        }
        let next = chars.peek().map(|(_, next)| *next);
        let joins = open.as_ref().is_some_and(|word| joins(&word.plain, c, next));
        if !joins {
            words.extend(open.take());
        }
    }
    words.extend(open);
    words
}

/// A text as searches compare it: its words folded, a space between two. Two that ask for the same in other letters are
/// one.
pub fn folded(text: &str) -> String {
    words(text).into_iter().map(|word| word.plain).collect::<Vec<_>>().join(" ")
}

/// Whether a mark inside a word leaves it one word.
fn joins(before: &str, mark: char, next: Option<char>) -> bool {
    match mark {
        '.' | ',' => {
            before.chars().all(|c| c.is_ascii_digit()) && next.is_some_and(|next| next.is_ascii_digit())
        }
        '\'' | '\u{2019}' => next.is_some_and(char::is_alphabetic),
        _ => false,
    }
}

fn fold(c: char) -> impl Iterator<Item = char> {
    c.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase)
}

/// The stem of a folded word. What has a digit in it is a number or a name and stays whole.
pub(crate) fn stem(plain: &str) -> String {
    if plain.chars().any(|c| c.is_ascii_digit()) {
        return plain.to_owned();
    }
    Stemmer::new(Algorithm::Spanish).stem(plain).into_owned()
}

/// Stems that a folded word may have besides its own, likeliest first: of what it is the small form of (platita, plata),
/// and of the vowel that its verb changes (cierran, cerrar; muestren, mostrar; piden, pedir).
///
/// Guesses, made only of words that nobody knows as they stand.
pub(crate) fn other_stems(plain: &str) -> Vec<String> {
    const SMALL: [(&str, &str); 8] = [
        ("citos", ""),
        ("citas", ""),
        ("cito", ""),
        ("cita", ""),
        ("itos", "o"),
        ("itas", "a"),
        ("ito", "o"),
        ("ita", "a"),
    ];
    const CHANGED: [(&str, &str); 3] = [("ie", "e"), ("ue", "o"), ("i", "e")];
    let small =
        SMALL.iter().filter_map(|(small, whole)| Some(format!("{}{whole}", plain.strip_suffix(small)?)));
    let own = stem(plain);
    let changed = CHANGED.iter().filter_map(|(changed, whole)| {
        let at = own.find(changed).filter(|at| *at > 0)?;
        let after = at.checked_add(changed.len())?;
        Some(format!("{}{whole}{}", own.get(..at)?, own.get(after..)?))
    });
    small.map(|whole| stem(&whole)).chain(changed).filter(|stem| stem.len() > 2).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.plain).collect()
    }

    #[test]
    fn words_are_folded_and_parted() {
        let check = |text: &str, expected: &[&str]| assert_eq!(plain(text), expected, "{text:?}");
        check("", &[]);
        check("  ¿Cómo pido la PGU?  ", &["como", "pido", "la", "pgu"]);
        check("Ñuñoa, AÑO", &["nunoa", "ano"]);
        check("An\u{303}o cafe\u{301}", &["ano", "cafe"]);
        check("Ley 20.500, art. 21", &["ley", "20500", "art", "21"]);
        check("Ley 20.609.", &["ley", "20609"]);
        check("a las 15:00, el 02/04/2026", &["a", "las", "15", "00", "el", "02", "04", "2026"]);
        check("ClaveÚnica", &["claveunica"]);
        check("O'Higgins O\u{2019}Higgins", &["ohiggins", "ohiggins"]);
        check("in-vitro y/o 10 %", &["in", "vitro", "y", "o", "10"]);
        check("😀 ½ ﬁn", &["fin"]);
    }

    #[test]
    fn a_stem_is_one_for_its_forms() {
        let check = |forms: &[&str]| {
            let stems: Vec<String> = forms.iter().map(|form| stem(&plain(form).concat())).collect();
            assert!(stems.iter().all(|one| *one == stems[0]), "{forms:?}: {stems:?}");
        };
        check(&["pensión", "pension", "pensiones"]);
        check(&["discriminación", "discriminacion", "discriminan", "discriminaron", "discriminar"]);
        check(&["denuncia", "denunciar", "denuncio", "denuncias"]);
        check(&["postular", "postulación", "postulo"]);
        check(&["vecino", "vecina", "vecinos", "vecinas"]);
        check(&["20500"]);
    }

    #[test]
    fn small_forms_and_changed_vowels_lead_to_their_word() {
        let check = |plain: &str, word: &str| {
            assert!(other_stems(plain).contains(&stem(word)), "{plain}: {:?}", other_stems(plain));
        };
        check("platita", "plata");
        check("papelitos", "papel");
        check("jefecito", "jefe");
        check("cierran", "cerrar");
        check("muestren", "mostrar");
        check("piden", "pedir");
        assert!(
            other_stems("casa").is_empty() && other_stems("").is_empty() && other_stems("ita").is_empty()
        );
    }

    proptest! {
        #[test]
        fn ranges_lie_in_order_on_letters_and_fold_to_their_word(text in "\\PC{0,60}") {
            let mut end = 0;
            for word in words(&text) {
                prop_assert!(word.range.start >= end && word.range.start < word.range.end);
                prop_assert!(text.is_char_boundary(word.range.start) && text.is_char_boundary(word.range.end));
                prop_assert!(!word.plain.is_empty() && word.plain.chars().all(char::is_alphanumeric));
                end = word.range.end;
            }
        }

        #[test]
        fn accents_and_case_change_nothing(text in "[a-zA-ZáéíóúñÁÉÍÓÚÑü ]{0,40}") {
            let bare: String = text.nfd().filter(|c| !is_combining_mark(*c)).collect();
            prop_assert_eq!(plain(&text), plain(&bare.to_uppercase()));
        }
    }
}
