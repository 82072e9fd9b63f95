//! Searching ten thousand sheets at every letter that is typed, beside SQLite's own full-text search over the same text.
//!
//! The sheets are the real ones among invented ones: as long, in part of the same common words, in part of words that
//! nobody says, so that the vocabulary grows as a country's would. What is typed are the questions that tuned the search,
//! letter by letter. SQLite folds accents (unicode61, `remove_diacritics`), takes the last word as a beginning, and
//! ranks with its bm25; it knows no everyday words and forgives no letter.

use catalogue::{Catalogue, Contents, FIRST_PACK, Pack, ProgrammeSheet};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use rusqlite::{Connection, params};
use serde_json::Value;

use crate::stats::Samples;
use crate::table::{Goal, Table};

const SHEETS: usize = 10_000;
const ROUNDS: usize = 3;
/// Of the questions, each so-manyth is typed: the other search takes its time.
const QUESTIONS_STEP: usize = 3;
/// Sheets that a screen shows.
const SHOWN: usize = 10;
/// Sheets that a person looks at before asking in other words.
const LOOKED_AT: usize = 3;
/// Of a hundred words of an invented sheet, how many are of the real ones.
const REAL_WORDS: u64 = 40;
/// Different invented words: with the real ones, what two million words of Spanish come to.
const INVENTED_WORDS: u64 = 60_000;

pub(crate) fn run(table: &mut Table) {
    let contents = contents();
    let mut open = Samples::new();
    let pack = Pack::new(contents.clone()).unwrap();
    let searched = open.time(|| Catalogue::new(pack));
    let db = full_text(&contents);
    let typed = typed();
    let [mut ours_middle, mut ours_slow, mut theirs_middle, mut theirs_slow] =
        [(); 4].map(|()| Samples::new());
    for _ in 0..ROUNDS {
        let (mut ours, mut theirs) = (Samples::new(), Samples::new());
        for so_far in &typed {
            ours.time(|| searched.search(so_far, SHOWN));
            theirs.time(|| search_full_text(&db, so_far));
        }
        ours_middle.push(ours.median() / 1_000.0);
        ours_slow.push(ours.share(0.99) / 1_000.0);
        theirs_middle.push(theirs.median() / 1_000.0);
        theirs_slow.push(theirs.share(0.99) / 1_000.0);
    }
    let beside = format!(
        "median {ours_middle:.2} ms; SQLite FTS5 over the same text: median {theirs_middle:.2} ms, p99 {theirs_slow:.2} ms; \
         {} states of {} questions",
        typed.len(),
        questions().len(),
    );
    table.row("search among 10,000 sheets as one types, p99, ms", &ours_slow, 2, Goal::Below(20.0), &beside);
    let index: Samples = std::iter::once(open.median() / 1_000.0).collect();
    table.row("indexing 10,000 sheets, ms", &index, 0, Goal::Told, "once, when a pack is opened");
    let office = Catalogue::new(Pack::read(FIRST_PACK).unwrap());
    for (half, lines, goal) in [
        ("that tuned it", include_str!("../../../fixtures/catalogue/tuning.jsonl"), Goal::Told),
        (
            "that nobody tuned with",
            include_str!("../../../fixtures/catalogue/test.jsonl"),
            Goal::AtLeast(90.0),
        ),
    ] {
        let beside = format!("{} among 10,000 sheets", found_of_100(&searched, lines));
        let found: Samples = std::iter::once(found_of_100(&office, lines)).collect();
        let what = format!("the right sheet among the first three, of 100 questions {half}");
        table.row(&what, &found, 0, goal, &beside);
    }
}

/// Of a hundred questions that a sheet answers, how many find it at a glance.
fn found_of_100(catalogue: &Catalogue, lines: &str) -> f64 {
    let questions = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let answered = questions.filter(|question| {
        let found = catalogue.search(question["q"].as_str().unwrap(), LOOKED_AT).found;
        let right = question["sheets"].as_array().unwrap();
        found.iter().any(|sheet| right.iter().any(|id| id == sheet.id.as_str()))
    });
    f64::from(u32::try_from(answered.count()).unwrap())
}

/// The questions that tuned the search.
fn questions() -> Vec<String> {
    let lines = include_str!("../../../fixtures/catalogue/tuning.jsonl").lines().step_by(QUESTIONS_STEP);
    lines.map(|line| serde_json::from_str::<Value>(line).unwrap()["q"].as_str().unwrap().to_owned()).collect()
}

/// Every state of a search field while the questions are typed.
fn typed() -> Vec<String> {
    let states = |question: String| {
        let ends: Vec<usize> = question.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
        ends.into_iter().map(|end| question[..end].to_owned()).collect::<Vec<_>>()
    };
    questions().into_iter().flat_map(states).collect()
}

/// The first pack with invented sheets behind the real ones.
fn contents() -> Contents {
    let mut contents = Pack::read(FIRST_PACK).unwrap().contents().clone();
    let real = contents.sheets.clone();
    let mut words: Vec<String> = Vec::new();
    for sheet in &real {
        let texts = sheet.texts().map(|(_, text)| text).chain([sheet.title.as_str()]);
        words.extend(texts.flat_map(str::split_whitespace).map(ToOwned::to_owned));
    }
    let mut invent = Invent { chance: ChaCha20Rng::seed_from_u64(7), words, invented: Vec::new() };
    invent.invented = (0..INVENTED_WORDS).map(|_| invent.new_word()).collect();
    for at in real.len()..SHEETS {
        let mut sheet = real[at % real.len()].clone();
        invent.rewrite(&mut sheet);
        sheet.id = format!("inventada-{at}");
        contents.sheets.push(sheet);
    }
    contents
}

struct Invent {
    chance: ChaCha20Rng,
    words: Vec<String>,
    invented: Vec<String>,
}

impl Invent {
    fn rewrite(&mut self, sheet: &mut ProgrammeSheet) {
        let lists = [&mut sheet.for_whom, &mut sheet.requirements, &mut sheet.documents, &mut sheet.steps];
        let channels = sheet.channels.iter_mut().map(|channel| &mut channel.text);
        let said = sheet.statements.iter_mut().map(|said| &mut said.text);
        let whole = [&mut sheet.title, &mut sheet.summary, &mut sheet.service];
        for text in whole.into_iter().chain(lists.into_iter().flatten()).chain(channels).chain(said) {
            let words: Vec<String> = text.split_whitespace().map(|_| self.word()).collect();
            *text = words.join(" ");
        }
    }

    /// A word that stands in real sheets as often as this one, or an invented one: few of them often, most seldom.
    fn word(&mut self) -> String {
        if self.below(100) < REAL_WORDS {
            let at = self.below(self.words.len() as u64);
            return self.words[usize::try_from(at).unwrap()].clone();
        }
        let (one, two, three) = (self.below(1_000), self.below(1_000), self.below(1_000));
        let at = INVENTED_WORDS * one * two * three / 1_000_000_000;
        self.invented[usize::try_from(at).unwrap()].clone()
    }

    /// Three to five syllables.
    fn new_word(&mut self) -> String {
        const OPENINGS: [&str; 16] =
            ["b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "ch", "tr", "pl"];
        let syllables = 3 + self.below(3);
        let mut word = String::new();
        for _ in 0..syllables {
            word.push_str(OPENINGS[usize::try_from(self.below(16)).unwrap()]);
            word.push_str(["a", "e", "i", "o", "u"][usize::try_from(self.below(5)).unwrap()]);
        }
        word
    }

    fn below(&mut self, count: u64) -> u64 {
        self.chance.next_u64() % count
    }
}

/// The same text in SQLite's index, in memory as ours is.
fn full_text(contents: &Contents) -> Connection {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(
        "CREATE VIRTUAL TABLE sheets USING fts5(title, summary, rest, tokenize = 'unicode61 remove_diacritics 2');
         BEGIN",
    )
    .unwrap();
    for sheet in &contents.sheets {
        let rest: Vec<&str> = sheet.texts().skip(1).map(|(_, text)| text).collect();
        db.execute(
            "INSERT INTO sheets (title, summary, rest) VALUES (?1, ?2, ?3)",
            params![sheet.title, sheet.summary, rest.join("\n")],
        )
        .unwrap();
    }
    db.execute_batch("COMMIT").unwrap();
    db
}

fn search_full_text(db: &Connection, so_far: &str) -> Vec<i64> {
    let open = so_far.chars().last().is_some_and(char::is_alphanumeric);
    let words: Vec<&str> =
        so_far.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut terms: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    if let Some(last) = terms.last_mut().filter(|_| open) {
        last.push('*');
    }
    if terms.is_empty() {
        return Vec::new();
    }
    let mut statement = db
        .prepare_cached(
            "SELECT rowid FROM sheets WHERE sheets MATCH ?1 ORDER BY bm25(sheets, 5.0, 2.5, 1.0) LIMIT 10",
        )
        .unwrap();
    let rows = statement.query_map([terms.join(" OR ")], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}
