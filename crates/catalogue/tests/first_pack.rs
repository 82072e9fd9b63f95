//! The first pack: it can be read, and it keeps what its README promises beyond the rules of every pack.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use catalogue::{Catalogue, FIRST_PACK, Pack, ReviewState};

fn pack() -> Pack {
    match Pack::read(FIRST_PACK) {
        Ok(pack) => pack,
        Err(catalogue::PackError::Invalid(problems)) => {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            panic!("{}", lines.join("\n"));
        }
        Err(error) => panic!("{error}"),
    }
}

/// Every text that a person reads.
fn texts(pack: &Pack) -> Vec<(String, String)> {
    let contents = pack.contents();
    let mut texts = Vec::new();
    for sheet in &contents.sheets {
        texts.push((format!("{} title", sheet.id), sheet.title.clone()));
        texts.extend(sheet.texts().map(|(part, text)| (format!("{} {part}", sheet.id), text.to_owned())));
        texts.extend(
            sheet.statements.iter().map(|said| (format!("{} {}", sheet.id, said.about), said.text.clone())),
        );
    }
    texts.extend(contents.agencies.iter().map(|agency| (agency.id.clone(), agency.refers.clone())));
    texts.extend(contents.broadcast.iter().map(|broadcast| (broadcast.name.clone(), broadcast.text.clone())));
    texts
}

/// A full stop, a question or an exclamation mark ends a sentence where a capital, a digit or an opening mark follows.
fn sentences(text: &str) -> Vec<String> {
    let mut sentences = vec![String::new()];
    for word in text.split_whitespace() {
        let begins =
            word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || "¿¡".contains(c));
        let last = sentences.last_mut().unwrap();
        if begins && last.ends_with(['.', '!', '?']) && !last.ends_with("art.") && !last.ends_with("arts.") {
            sentences.push(word.to_owned());
        } else {
            last.push(' ');
            last.push_str(word);
        }
    }
    sentences
}

#[test]
fn the_first_pack_breaks_no_rule() {
    let pack = pack();
    let contents = pack.contents();
    assert_eq!(
        (contents.sheets.len(), contents.agencies.len(), contents.sources.len()),
        (25, 26, 74),
        "the README names these numbers"
    );
}

#[test]
fn nobody_of_the_office_has_reviewed_a_sheet_yet() {
    for sheet in &pack().contents().sheets {
        assert_eq!(sheet.review.state, ReviewState::NotReviewed, "{}", sheet.id);
    }
}

#[test]
fn each_part_of_each_sheet_leads_to_a_source() {
    let pack = pack();
    for sheet in &pack.contents().sheets {
        for part in sheet.parts() {
            let sources = sheet.statements.iter().filter(|said| said.about == part).map(|said| &said.source);
            assert!(sources.filter_map(|id| pack.source(id)).count() > 0, "{} {part}", sheet.id);
        }
    }
}

#[test]
fn sentences_are_short_and_dates_are_written_as_people_read_them() {
    for (place, text) in texts(&pack()) {
        for sentence in sentences(&text) {
            assert!(sentence.split_whitespace().count() <= 20, "{place}: {sentence}");
        }
        let iso = text.split_whitespace().any(|word| {
            word.len() >= 10 && word.as_bytes()[4] == b'-' && word[..4].chars().all(|c| c.is_ascii_digit())
        });
        assert!(!iso, "{place}: {text}");
        assert!(!text.to_lowercase().split_whitespace().any(|word| word == "usted"), "{place}: {text}");
    }
    for sheet in &pack().contents().sheets {
        assert!(sheet.title.chars().count() <= 80, "{}", sheet.id);
        assert!(sentences(&sheet.summary).len() <= 2, "{}", sheet.id);
    }
}

#[test]
fn no_emergency_number_stands_there_before_the_institution_has_verified_it() {
    let numbers = ["131", "132", "133", "134", "1455", "*4141", "147", "149", "1515"];
    let pack = pack();
    let contents = pack.contents();
    let phones = contents.agencies.iter().filter_map(|agency| agency.phone.clone());
    let channels =
        contents.sheets.iter().flat_map(|sheet| &sheet.channels).filter_map(|way| way.phone.clone());
    for phone in phones.chain(channels) {
        assert!(!numbers.contains(&phone.as_str()), "{phone}");
    }
    for (place, text) in texts(&pack) {
        let words: BTreeSet<&str> = text.split(|c: char| !(c.is_alphanumeric() || c == '*')).collect();
        assert!(!numbers.iter().any(|number| words.contains(number)), "{place}: {text}");
    }
}

#[test]
fn what_is_written_is_what_is_read() {
    let pack = pack();
    let written = serde_json::to_value(pack.contents()).unwrap();
    let file: serde_json::Value = serde_json::from_slice(FIRST_PACK).unwrap();
    assert_eq!(written, file);
}

#[test]
fn a_sheet_is_the_first_for_its_own_title() {
    let catalogue = Catalogue::new(pack());
    for sheet in &catalogue.pack().contents().sheets {
        let answer = catalogue.search(&sheet.title, 3);
        assert_eq!(
            answer.found.first().map(|found| found.id.as_str()),
            Some(sheet.id.as_str()),
            "{}",
            sheet.title
        );
    }
}
