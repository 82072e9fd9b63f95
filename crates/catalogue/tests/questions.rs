//! How often the right sheet is among the first three, for questions as people ask them.
//!
//! The questions were written before the index and its everyday words, by somebody who saw only what sheets are about.
//! Half of them tuned the search; the other half was never read by whoever tunes, so this test prints its share and
//! none of its questions. `tests/fixtures/catalogue/README.md` has the rules.

// The figures are what this test is for.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use catalogue::{Catalogue, FIRST_PACK, Pack};
use serde::Deserialize;

/// Sheets that a person looks at before asking in other words.
const LOOKED_AT: usize = 3;
/// Sheets that a search may bring up where none answers, and still be seen through at a glance.
const LITTLE: usize = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    /// As it was asked.
    q: String,
    /// Sheets that answer it, any of them; none where the pack has none.
    sheets: Vec<String>,
}

/// What one question came to.
struct Outcome {
    /// Whether some sheet answers it.
    answered: bool,
    /// Place of the first right sheet.
    at: Option<usize>,
    /// Sheets that were brought up.
    found: usize,
    /// Whether they were told as more than a guess.
    sure: bool,
}

fn ask(lines: &str) -> Vec<Outcome> {
    let catalogue = Catalogue::new(Pack::read(FIRST_PACK).unwrap());
    let ask = |line: &str| {
        let question: Question = serde_json::from_str(line).unwrap();
        assert!(question.sheets.iter().all(|id| catalogue.pack().sheet(id).is_some()));
        let answer = catalogue.search(&question.q, 10);
        let at = answer.found.iter().position(|found| question.sheets.contains(&found.id));
        Outcome { answered: !question.sheets.is_empty(), at, found: answer.found.len(), sure: answer.sure }
    };
    lines.lines().map(ask).collect()
}

/// Prints the figures of a half, and holds it to a number of right answers and one of rightly careful ones.
fn check(half: &str, lines: &str, counts: (usize, usize), right_min: usize, careful_min: usize) {
    let outcomes = ask(lines);
    let count = |counts: &dyn Fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| counts(outcome)).count();
    let asked = count(&|one| one.answered);
    let right = count(&|one| one.answered && one.at.is_some_and(|at| at < LOOKED_AT));
    let first = count(&|one| one.answered && one.at == Some(0));
    let guessed = count(&|one| one.answered && !one.sure);
    println!(
        "{half}: {right} of {asked} among the first {LOOKED_AT}, {first} first, {guessed} told as a guess"
    );
    let without = count(&|one| !one.answered);
    let nothing = count(&|one| !one.answered && one.found == 0);
    let little = count(&|one| !one.answered && one.found <= LITTLE);
    let careful = count(&|one| !one.answered && (one.found == 0 || !one.sure));
    println!(
        "{half}: {without} without a sheet: {nothing} bring nothing, {little} at most {LITTLE}, {careful} nothing or a guess"
    );
    assert_eq!((asked, without), counts);
    assert!(right >= right_min, "{half}: {right} of {asked}, at least {right_min}");
    assert!(careful >= careful_min, "{half}: {careful} of {without}, at least {careful_min}");
}

#[test]
fn questions_that_tuned_the_search_find_their_sheet() {
    check("tuning", include_str!("../../../tests/fixtures/catalogue/tuning.jsonl"), (100, 10), 98, 8);
}

#[test]
fn questions_that_widened_its_words_find_their_sheet() {
    check("further", include_str!("../../../tests/fixtures/catalogue/further.jsonl"), (985, 0), 960, 0);
}

#[test]
fn questions_that_nobody_tuned_with_find_their_sheet() {
    check("test", include_str!("../../../tests/fixtures/catalogue/test.jsonl"), (100, 10), 92, 7);
}
