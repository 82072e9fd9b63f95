//! Everyday words: what people say, and the words that sheets use for it.
//!
//! A table and no code: an office adds its own lines to its pack without waiting for a release. What every catalogue of
//! the country knows lies in `data/everyday.json`. Idle words are those that say nothing of what somebody wants.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::dictionary::Dictionary;
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
    /// Idle words that turn what others say: "sin RUT" is not "RUT". They count within phrases.
    #[serde(default)]
    pub turning: Vec<String>,
    /// Words that say little of it: people say them whatever they want.
    #[serde(default)]
    pub faint: Vec<String>,
}

/// Phrases that people say, and the phrases that sheets have for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// What people say.
    pub say: Vec<String>,
    /// Where a need is told in two parts, the second one: each phrase of `say` counts only with one of these beside it.
    /// "Contrato" is work and "no lo quieren mostrar" is anything; both together are a document that was refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// What sheets say.
    pub mean: Vec<String>,
}

impl Said {
    /// Each phrase that is said, whole: where a need is told in two parts, each first with each second.
    fn phrases(&self) -> Vec<String> {
        if self.with.is_empty() {
            return self.say.clone();
        }
        let pairs = self.say.iter().flat_map(|say| self.with.iter().map(move |with| format!("{say} {with}")));
        pairs.collect()
    }
}

impl Everyday {
    /// Whether it has no line at all.
    pub fn is_empty(&self) -> bool {
        self.alike.is_empty()
            && self.said.is_empty()
            && self.idle.is_empty()
            && self.turning.is_empty()
            && self.faint.is_empty()
    }
}

/// The words of the country. A test reads them, so that they can't be broken; empty if they were.
static COUNTRY: LazyLock<Everyday> =
    LazyLock::new(|| serde_json::from_slice(include_bytes!("../data/everyday.json")).unwrap_or_default());

/// Stems of a phrase, idle words left out.
pub(crate) type Phrase = Vec<String>;

/// What a phrase means, by the places of its words in what was typed.
#[derive(Debug)]
pub(crate) struct Meant<'a> {
    /// Which words that were typed make the phrase.
    pub(crate) at: Vec<usize>,
    /// What it means.
    pub(crate) means: &'a BTreeSet<Phrase>,
}

/// Words that may stand between those of a phrase: "cambiarme de una vez el nombre" is "cambiar nombre".
const WORDS_BETWEEN_MAX: usize = 2;

/// Everyday words as the search looks them up.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// By the first word of what is said.
    means: BTreeMap<String, BTreeMap<Phrase, BTreeSet<Phrase>>>,
    idle: BTreeSet<String>,
    turning: BTreeSet<String>,
    faint: BTreeSet<String>,
    known: BTreeSet<String>,
    words: Dictionary,
}

impl Table {
    /// The words of the country and those of a pack.
    pub(crate) fn with(pack: &Everyday) -> Self {
        let mut table = Self::default();
        let sources = [&*COUNTRY, pack];
        for source in sources {
            let idle = source.idle.iter().flat_map(|phrase| words(phrase));
            table.idle.extend(idle.map(|word| word.plain));
            let turning = source.turning.iter().flat_map(|phrase| words(phrase));
            table.turning.extend(turning.map(|word| word.plain));
            let faint = source.faint.iter().flat_map(|phrase| words(phrase));
            table.faint.extend(faint.map(|word| stem(&word.plain)));
        }
        for source in sources {
            for line in &source.alike {
                table.add(line, line);
            }
            for said in &source.said {
                table.add(&said.phrases(), &said.mean);
            }
        }
        let said = sources.into_iter().flat_map(|source| {
            let said = source.said.iter().flat_map(|said| said.say.iter().chain(&said.with));
            source.alike.iter().flatten().chain(said)
        });
        let said: Vec<String> = said.flat_map(|phrase| words(phrase)).map(|word| word.plain).collect();
        table.words = Dictionary::of(said.iter().map(String::as_str).filter(|plain| !table.is_idle(plain)));
        table
    }

    fn add(&mut self, say: &[String], mean: &[String]) {
        // Sheets are indexed without the words that only turn others: with one of them, a meaning would be found nowhere.
        let means: Vec<Phrase> = mean.iter().map(|phrase| self.telling(phrase)).collect();
        let said: Vec<Phrase> = say.iter().map(|phrase| self.phrase(phrase)).collect();
        for phrase in said {
            // Begun at a word that says something: there are fewer of them in what people type.
            let Some(first) = phrase.first().filter(|first| !self.turning.contains(*first)) else { continue };
            self.known.extend(phrase.iter().cloned());
            let others = means.iter().filter(|mean| !mean.is_empty() && **mean != phrase);
            let opening = self.means.entry(first.clone()).or_default();
            opening.entry(phrase.clone()).or_default().extend(others.cloned());
        }
    }

    /// What counts in a phrase, with what says something before what turns it. Empty where nothing says something.
    fn phrase(&self, text: &str) -> Phrase {
        let counting = words(text).into_iter().map(|word| word.plain);
        let (telling, rest): (Vec<String>, Vec<String>) = counting.partition(|plain| !self.is_idle(plain));
        if telling.is_empty() {
            return Vec::new();
        }
        let turning = rest.into_iter().filter(|plain| self.is_turning(plain));
        telling.iter().map(|plain| stem(plain)).chain(turning).collect()
    }

    /// What a phrase says without the words that turn it.
    fn telling(&self, text: &str) -> Phrase {
        let words = words(text).into_iter().map(|word| word.plain);
        words.filter(|plain| !self.is_idle(plain)).map(|plain| stem(&plain)).collect()
    }

    /// Whether an idle word turns what others say.
    pub(crate) fn is_turning(&self, plain: &str) -> bool {
        self.turning.contains(plain)
    }

    /// Whether a folded word says nothing of what somebody wants.
    pub(crate) fn is_idle(&self, plain: &str) -> bool {
        self.idle.contains(plain)
    }

    /// Whether a stem says little of what somebody wants.
    pub(crate) fn is_faint(&self, stem: &str) -> bool {
        self.faint.contains(stem)
    }

    /// Whether a stem is a word of the language for this table, and so no misspelling of another.
    pub(crate) fn is_known(&self, stem: &str) -> bool {
        self.known.contains(stem) || self.faint.contains(stem)
    }

    /// Every phrase among stems that means something besides itself. Its words may stand in another order, and a little
    /// apart.
    pub(crate) fn means<'a>(&'a self, stems: &[String]) -> Vec<Meant<'a>> {
        let mut meant = Vec::new();
        for (first, stem) in stems.iter().enumerate() {
            for (phrase, means) in self.means.get(stem).into_iter().flatten() {
                meant.extend(places(phrase, first, stems).map(|at| Meant { at, means }));
            }
        }
        meant
    }

    /// Every word that people say by this table.
    pub(crate) const fn words(&self) -> &Dictionary {
        &self.words
    }
}

/// Where the words of a phrase stand whose first one is at `first`, each at the place nearest to it.
fn places(phrase: &[String], first: usize, stems: &[String]) -> Option<Vec<usize>> {
    let mut at = vec![first];
    let reach = phrase.len().saturating_add(WORDS_BETWEEN_MAX);
    for word in phrase.iter().skip(1) {
        let free = stems.iter().enumerate().filter(|(place, stem)| *stem == word && !at.contains(place));
        let nearest = free.map(|(place, _)| place).min_by_key(|place| place.abs_diff(first))?;
        if nearest.abs_diff(first) >= reach {
            return None;
        }
        at.push(nearest);
    }
    Some(at)
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
        for word in country.idle.iter().chain(&country.turning).chain(&country.faint) {
            assert_eq!(words(word).len(), 1, "{word:?}");
        }
    }

    #[test]
    fn every_line_of_the_country_keeps_to_the_limits_of_a_pack() {
        use crate::limits::{EVERYDAY_MAX, EVERYDAY_PAIRS_MAX, EVERYDAY_PHRASES_MAX};
        let country: Everyday = serde_json::from_slice(include_bytes!("../data/everyday.json")).unwrap();
        let table = Table::with(&Everyday::default());
        assert!(country.said.len() <= EVERYDAY_MAX);
        for said in &country.said {
            let lists = [&said.say, &said.with, &said.mean];
            assert!(lists.iter().all(|list| list.len() <= EVERYDAY_PHRASES_MAX), "{:?}", said.say.first());
            assert!(said.say.len() * said.with.len() <= EVERYDAY_PAIRS_MAX, "{:?}", said.say.first());
            for with in &said.with {
                let counting = words(with).into_iter().map(|word| word.plain);
                let mut counting = counting.filter(|plain| !table.is_idle(plain) || table.is_turning(plain));
                assert!(counting.next().is_some(), "{with:?} says nothing: the other part would count alone");
            }
        }
    }

    #[test]
    fn a_need_told_in_two_parts_is_known_by_both_together() {
        let two = |say: &str, with: &str, mean: &str| Said {
            say: vec![say.to_owned()],
            with: vec![with.to_owned()],
            mean: vec![mean.to_owned()],
        };
        let own = Everyday {
            said: vec![two("papelillo", "no serpentina", "sello sin timbre")],
            ..Everyday::default()
        };
        let table = Table::with(&own);
        let check = |typed: &str, expected: &[&str]| {
            let means = table.means(&table.phrase(typed));
            let means: Vec<String> =
                means.iter().flat_map(|meant| meant.means).map(|phrase| phrase.join(" ")).collect();
            assert_eq!(means, expected, "{typed:?}");
        };
        // Sheets have no "sin" to be found by: the meaning goes without it.
        let meaning = format!("{} {}", stem("sello"), stem("timbre"));
        check("papelillo no serpentina", &[&meaning]);
        check("la serpentina azulina, no con el papelillo", &[&meaning]);
        check("papelillo con serpentina", &[]);
        check("papelillo", &[]);
        check("no serpentina", &[]);
    }

    #[test]
    fn the_words_of_a_phrase_may_stand_a_little_apart() {
        let check = |stems: &str, expected: Option<&[usize]>| {
            let stems: Vec<String> = stems.split(' ').map(str::to_owned).collect();
            let phrase = ["a", "b"].map(str::to_owned);
            let first = stems.iter().position(|stem| stem == "a").unwrap();
            assert_eq!(places(&phrase, first, &stems).as_deref(), expected, "{stems:?}");
        };
        check("a b", Some(&[0, 1]));
        check("b a", Some(&[1, 0]));
        check("b x a b", Some(&[2, 3]));
        check("a x x b", Some(&[0, 3]));
        check("a x x x b", None);
        check("a a", None);
    }

    #[test]
    fn a_pack_adds_its_own_words() {
        let own = Everyday {
            alike: vec![vec!["papelillo".to_owned(), "serpentina".to_owned()]],
            said: vec![Said {
                say: vec!["el confeti azulino".to_owned()],
                with: Vec::new(),
                mean: vec!["sello".to_owned()],
            }],
            idle: vec!["hartito".to_owned()],
            turning: Vec::new(),
            faint: Vec::new(),
        };
        let table = Table::with(&own);
        let means = |said: &str| -> Vec<String> {
            let means = table.means(&table.phrase(said));
            means.iter().flat_map(|meant| meant.means).map(|phrase| phrase.join(" ")).collect()
        };
        assert_eq!(means("papelillos"), [stem("serpentina")]);
        assert_eq!(means("serpentina"), [stem("papelillo")]);
        assert_eq!(means("hartito confeti azulino"), [stem("sello")]);
        assert!(means("sello").is_empty(), "what is said is not meant the other way round");
    }
}
