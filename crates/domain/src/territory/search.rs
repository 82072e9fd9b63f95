//! Finding a comuna as people write it: without accents, in capitals, by an old spelling, by the town's name,
//! with a letter wrong.
//!
//! Two foldings do most of it. The first drops accents, case, blanks and marks. The second writes alike what
//! sounds alike in Chile (b and v, s and z, ll and y, gu and hu, a silent h). What is left is edit distance.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Comuna;
use crate::spelling::sound;

/// Characters of a query that are looked at; the rest is ignored.
pub const QUERY_CHARS_MAX: usize = 100;

/// Other names: towns that are the seat of a comuna, names in use, spellings that the foldings don't reach.
const ALIASES: [(&str, &str); 44] = [
    ("Rapa Nui", "05201"),
    ("Hanga Roa", "05201"),
    ("Robinson Crusoe", "05104"),
    ("La Calera", "05502"),
    ("Rocas de Santo Domingo", "05606"),
    ("San Felipe de Aconcagua", "05701"),
    ("Viña", "05109"),
    ("Valpo", "05101"),
    ("Santiago Centro", "13101"),
    ("PAC", "13121"),
    ("San Pedro de Melipilla", "13505"),
    ("San Alfonso", "13203"),
    ("San Francisco de Mostazal", "06110"),
    ("San Vicente de Tagua Tagua", "06117"),
    ("Marchigüe", "06204"),
    ("San Javier de Loncomilla", "07406"),
    ("Ránquil", "16206"),
    ("San Fabián de Alico", "16304"),
    ("Conce", "08101"),
    ("Ralco", "08314"),
    ("Puerto Saavedra", "09116"),
    ("San José de la Mariquina", "14106"),
    ("Entre Lagos", "10304"),
    ("Bahía Mansa", "10306"),
    ("Hornopirén", "10403"),
    ("Río Negro Hornopirén", "10403"),
    ("Achao", "10210"),
    ("Puerto Aysén", "11201"),
    ("Puerto Cisnes", "11202"),
    ("Melinka", "11203"),
    ("Villa O'Higgins", "11302"),
    ("Caleta Tortel", "11303"),
    ("Puerto Ibáñez", "11402"),
    ("Puerto Ingeniero Ibáñez", "11402"),
    ("Villa Tehuelches", "12102"),
    ("Puerto Williams", "12201"),
    ("Navarino", "12201"),
    ("Villa Las Estrellas", "12202"),
    ("Cerro Sombrero", "12302"),
    ("Puerto Natales", "12401"),
    ("Villa Cerro Castillo", "12402"),
    ("Visviri", "15202"),
    ("Codpa", "15102"),
    ("Cuya", "15102"),
];

/// Short forms of a word, as on signs and envelopes.
const SHORT_FORMS: [(&str, &str); 9] = [
    ("sta", "santa"),
    ("sto", "santo"),
    ("sn", "san"),
    ("pto", "puerto"),
    ("pta", "punta"),
    ("gral", "general"),
    ("stgo", "santiago"),
    ("tte", "teniente"),
    ("pdte", "presidente"),
];

/// How well a query fits, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Name,
    OtherName,
    Sound,
    Opening,
    Word,
    SoundOpening,
    Territory,
    Near(usize),
}

/// The comunas that a query can mean, the likeliest first and else from north to south, at most `count_max`.
pub fn search(query: &str, count_max: usize) -> Vec<Comuna> {
    let query: String = query.chars().take(QUERY_CHARS_MAX).collect();
    let words = without_title(&words(&query));
    if words.is_empty() {
        return Vec::new();
    }
    let query = Folded::of(&words);
    let mut found: Vec<(Fit, Comuna)> =
        INDEX.iter().filter_map(|entry| entry.fit(&query).map(|fit| (fit, entry.comuna))).collect();
    // A guess is worth showing only where nothing fits.
    if found.iter().any(|(fit, _)| !matches!(fit, Fit::Near(_))) {
        found.retain(|(fit, _)| !matches!(fit, Fit::Near(_)));
    }
    found.sort_by_key(|(fit, _)| *fit);
    found.into_iter().take(count_max).map(|(_, comuna)| comuna).collect()
}

/// A name or query in its two foldings.
struct Folded {
    words: Vec<String>,
    joined: String,
    sound: String,
}

impl Folded {
    fn of(words: &[String]) -> Self {
        let joined = words.concat();
        Self { words: words.to_vec(), sound: sound(&joined), joined }
    }

    fn has_word_opening(&self, opening: &str) -> bool {
        self.words.iter().any(|word| word.starts_with(opening))
    }
}

struct Entry {
    comuna: Comuna,
    name: Folded,
    others: Vec<Folded>,
    territory: Folded,
}

static INDEX: LazyLock<Vec<Entry>> = LazyLock::new(|| Comuna::all().map(Entry::of).collect());

impl Entry {
    fn of(comuna: Comuna) -> Self {
        let folded = |text: &str| Folded::of(&words(text));
        let others =
            ALIASES.iter().filter(|(_, code)| *code == comuna.code()).map(|(alias, _)| folded(alias));
        let territory = format!("{} {} {}", comuna.name(), comuna.province().name(), comuna.region().name());
        Self { comuna, name: folded(comuna.name()), others: others.collect(), territory: folded(&territory) }
    }

    fn fit(&self, query: &Folded) -> Option<Fit> {
        let others =
            |holds: fn(&Folded, &Folded) -> bool| self.others.iter().any(|other| holds(other, query));
        if query.joined == self.comuna.code() || query.joined == self.name.joined {
            Some(Fit::Name)
        } else if others(|other, query| other.joined == query.joined) {
            Some(Fit::OtherName)
        } else if self.name.sound == query.sound || others(|other, query| other.sound == query.sound) {
            Some(Fit::Sound)
        } else if self.name.joined.starts_with(&query.joined) {
            Some(Fit::Opening)
        } else if self.has_words_of(query) || others(|other, query| other.joined.starts_with(&query.joined)) {
            Some(Fit::Word)
        } else if query.sound.len() >= 3 && self.name.sound.starts_with(&query.sound) {
            Some(Fit::SoundOpening)
        } else if query.words.iter().all(|word| self.territory.has_word_opening(word)) {
            Some(Fit::Territory)
        } else {
            self.near(query)
        }
    }

    /// Whether every word of the query opens a word of the name.
    fn has_words_of(&self, query: &Folded) -> bool {
        query.words.iter().all(|word| self.name.has_word_opening(word))
    }

    /// One letter wrong, missing, too many or swapped; two in a long name.
    fn near(&self, query: &Folded) -> Option<Fit> {
        let allowed = match query.sound.chars().count() {
            0..4 => 0,
            4..7 => 1,
            _ => 2,
        };
        let names = std::iter::once(&self.name).chain(&self.others);
        let distance = names.map(|name| strsim::osa_distance(&name.sound, &query.sound)).min()?;
        (distance <= allowed).then_some(Fit::Near(distance))
    }
}

/// The words of a text: lower case, without accents and marks, short forms written out.
fn words(text: &str) -> Vec<String> {
    // An apostrophe joins (O'Higgins), every other mark parts.
    let plain: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '\u{2019}' | '\u{b4}' | '`'))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().map(written_out).collect()
}

fn written_out(word: &str) -> String {
    SHORT_FORMS.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| long).to_owned()
}

/// The same without "comuna de", "Ilustre Municipalidad de" before it and "Chile" after it.
fn without_title(words: &[String]) -> Vec<String> {
    let is_title =
        |word: &&String| matches!(word.as_str(), "comuna" | "municipalidad" | "ilustre" | "ciudad" | "i");
    let titles = words.iter().take_while(is_title).count();
    let rest = words.get(titles..).unwrap_or_default();
    let rest = match rest {
        [of, name @ ..] if titles > 0 && matches!(of.as_str(), "de" | "del") => name,
        _ => rest,
    };
    match rest {
        [name @ .., country] if !name.is_empty() && country == "chile" => name.to_vec(),
        _ => rest.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_comuna_is_first_by_its_name_its_code_and_its_capitals_without_accents() {
        for comuna in Comuna::all() {
            let shouted = words(comuna.name()).join(" ").to_uppercase();
            for query in [comuna.name(), comuna.code(), &shouted] {
                assert_eq!(search(query, 1), [comuna], "{query:?}");
            }
        }
    }

    #[test]
    fn every_other_name_belongs_to_a_comuna_and_finds_it() {
        for (alias, code) in ALIASES {
            assert_eq!(search(alias, 1), [Comuna::by_code(code).unwrap()], "{alias:?}");
        }
    }

    #[test]
    fn finds_what_people_write() {
        let check = |query: &str, expected: &str| {
            let first = search(query, 1).first().map(|comuna| comuna.name());
            assert_eq!(first, Some(expected), "{query:?}");
        };
        check("Los Álamos", "Los Alamos");
        check("los angeles", "Los Angeles");
        check("Trehuaco", "Treguaco");
        check("Paihuano", "Paiguano");
        check("Calera", "Calera");
        check("LLAY-LLAY", "Llaillay");
        check("Llay Llay", "Llaillay");
        check("Padre las Casas", "Padre Las Casas");
        check("Aisén", "Aysén");
        check("Coihaique", "Coyhaique");
        check("coyaique", "Coyhaique");
        check("Til Til", "Tiltil");
        check("Chol Chol", "Cholchol");
        check("Alto Bío-Bío", "Alto Biobío");
        check("OHiggins", "O'Higgins");
        check("o\u{2019}higgins", "O'Higgins");
        check("n\u{303}un\u{303}oa", "Ñuñoa");
        check("ÑUÑOA", "Ñuñoa");
        check("nunoa", "Ñuñoa");
        check("comuna de Cochamó", "Cochamó");
        check("I. Municipalidad de Pirque", "Pirque");
        check("Ilustre Municipalidad de La Unión", "La Unión");
        check("Arica, Chile", "Arica");
        check("Chile Chico", "Chile Chico");
        check("Sta. Bárbara", "Santa Bárbara");
        check("Pto. Montt", "Puerto Montt");
        check("Pta Arenas", "Punta Arenas");
        check("STGO", "Santiago");
        check("Natales", "Natales");
        check("Serena", "La Serena");
        check("Vina del Mar", "Viña del Mar");
        check("valdibia", "Valdivia");
        check("Curisó", "Curicó");
        check("Kilpue", "Quilpué");
        check("Concepcón", "Concepción");
        check("Tocopila", "Tocopilla");
        check("Vallenra", "Vallenar");
        check("San Pedro", "San Pedro");
        check("San Pedro de Atacama", "San Pedro de Atacama");
        check("San Pedro, Melipilla", "San Pedro");
        check("Isla Pascua", "Isla de Pascua");
        check("Curaco", "Curaco de Vélez");
        check("13114", "Las Condes");
    }

    #[test]
    fn ranks_the_name_before_the_territory_and_keeps_north_before_south() {
        let names = |query: &str, count: usize| -> Vec<&str> {
            search(query, count).into_iter().map(Comuna::name).collect()
        };
        assert_eq!(names("arica", 9), ["Arica", "Camarones", "Putre", "General Lagos"]);
        assert_eq!(names("santa", 3), ["Santa María", "Santa Cruz", "Santa Juana"]);
        assert_eq!(names("valle", 1), ["Vallenar"]);
        assert_eq!(search("Ñuble", 99).len(), 21);
        assert_eq!(search("s", 5).len(), 5);
    }

    #[test]
    fn what_means_nothing_finds_nothing() {
        for query in ["", "   ", "...", "comuna", "Buenos Aires", "xyzw", "\u{0}", "😀", &"a".repeat(10_000)]
        {
            assert_eq!(search(query, 5), [], "{query:.20?}");
        }
    }
}
