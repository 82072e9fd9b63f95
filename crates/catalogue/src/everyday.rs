//! Everyday words: what people say, and the words that sheets use for it.
//!
//! A table and no code: an office adds its own lines to its pack without waiting for a release. What every catalogue of
//! the country knows lies in `data/everyday.json`. Idle words are those that say nothing of what somebody wants.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::words::{stem, words};

/// Everyday words as they are written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Everyday {
    /// Lines of phrases each of which means each other.
    #[serde(default)]
    pub alike: Vec<Vec<String>>,
    /// What is said, and what it means in sheets; not the other way round.
    #[serde(default)]
    pub said: Vec<Said>,
    /// Words that say nothing of what somebody wants.
    #[serde(default)]
    pub idle: Vec<String>,
}

/// Phrases that people say, and the phrases that sheets have for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// What people say.
    pub say: Vec<String>,
    /// What sheets say.
    pub mean: Vec<String>,
}

impl Everyday {
    /// Whether it has no line at all.
    pub fn is_empty(&self) -> bool {
        self.alike.is_empty() && self.said.is_empty() && self.idle.is_empty()
    }
}

/// The words of the country. A test reads them, so that they can't be broken; empty if they were.
static COUNTRY: LazyLock<Everyday> =
    LazyLock::new(|| serde_json::from_slice(include_bytes!("../data/everyday.json")).unwrap_or_default());

/// Stems of a phrase, idle words left out.
pub(crate) type Phrase = Vec<String>;

/// Everyday words as the search looks them up.
#[derive(Debug, Default)]
pub(crate) struct Table {
    means: BTreeMap<Phrase, BTreeSet<Phrase>>,
    idle: BTreeSet<String>,
    phrase_words_max: usize,
}

impl Table {
    /// The words of the country and those of a pack.
    pub(crate) fn with(pack: &Everyday) -> Self {
        let mut table = Self::default();
        for source in [&*COUNTRY, pack] {
            let idle = source.idle.iter().flat_map(|phrase| words(phrase));
            table.idle.extend(idle.map(|word| word.plain));
        }
        for source in [&*COUNTRY, pack] {
            for line in &source.alike {
                table.add(line, line);
            }
            for said in &source.said {
                table.add(&said.say, &said.mean);
            }
        }
        table
    }

    fn add(&mut self, say: &[String], mean: &[String]) {
        let means: Vec<Phrase> = mean.iter().map(|phrase| self.phrase(phrase)).collect();
        let said: Vec<Phrase> = say.iter().map(|phrase| self.phrase(phrase)).collect();
        for phrase in said.into_iter().filter(|phrase| !phrase.is_empty()) {
            self.phrase_words_max = self.phrase_words_max.max(phrase.len());
            let others = means.iter().filter(|mean| !mean.is_empty() && **mean != phrase).cloned();
            self.means.entry(phrase.clone()).or_default().extend(others);
        }
    }

    fn phrase(&self, text: &str) -> Phrase {
        words(text).iter().filter(|word| !self.is_idle(&word.plain)).map(|word| stem(&word.plain)).collect()
    }

    /// Whether a folded word says nothing of what somebody wants.
    pub(crate) fn is_idle(&self, plain: &str) -> bool {
        self.idle.contains(plain)
    }

    /// What a run of stems means besides itself.
    pub(crate) fn means(&self, stems: &[String]) -> impl Iterator<Item = &Phrase> {
        self.means.get(stems).into_iter().flatten()
    }

    /// Words of the longest phrase that means something.
    pub(crate) const fn phrase_words_max(&self) -> usize {
        self.phrase_words_max
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_country_can_be_read_and_each_line_says_something() {
        let country: Everyday = serde_json::from_slice(include_bytes!("../data/everyday.json")).unwrap();
        let table = Table::with(&Everyday::default());
        assert!(country.alike.iter().all(|line| line.len() > 1), "a line of one phrase means nothing else");
        for phrase in country
            .alike
            .iter()
            .flatten()
            .chain(country.said.iter().flat_map(|said| said.say.iter().chain(&said.mean)))
        {
            assert!(!table.phrase(phrase).is_empty(), "{phrase:?} is made of idle words");
            assert!(phrase.chars().count() <= crate::limits::EVERYDAY_CHARS_MAX, "{phrase:?}");
        }
        for word in &country.idle {
            assert_eq!(words(word).len(), 1, "{word:?}");
        }
    }

    #[test]
    fn a_pack_adds_its_own_words() {
        let own = Everyday {
            alike: vec![vec!["guagua".to_owned(), "lactante".to_owned()]],
            said: vec![Said {
                say: vec!["la caja de víveres".to_owned()], mean: vec!["canasta".to_owned()]
            }],
            idle: vec!["po".to_owned()],
        };
        let table = Table::with(&own);
        let means = |said: &str| -> Vec<String> {
            table.means(&table.phrase(said)).map(|phrase| phrase.join(" ")).collect()
        };
        assert_eq!(means("guaguas"), [stem("lactante")]);
        assert_eq!(means("lactante"), [stem("guagua")]);
        assert_eq!(means("caja de viveres po"), [stem("canasta")]);
        assert!(means("canasta").is_empty(), "what is said is not meant the other way round");
    }
}
