//! The law of the sentences: both languages complete, alike in keys and variables, and plain to read.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, Pattern, PatternElement};
use fluent_syntax::parser::parse;
use texts::{Language, files, keys, text, variables};

/// Guía de Voz y Tono of the State of Chile: no sentence is longer.
const WORDS_MAX: usize = 20;

#[test]
fn both_languages_have_the_same_keys_and_variables() {
    let spanish = keys(Language::Spanish);
    assert_eq!(spanish, keys(Language::English));
    for key in &spanish {
        assert_eq!(variables(Language::Spanish, key), variables(Language::English, key), "{key}");
    }
}

#[test]
fn every_file_of_the_folders_is_listed_and_every_entry_is_understood() {
    for language in Language::ALL {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language.tag());
        let found: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        let listed: BTreeSet<String> =
            files().iter().filter(|f| f.language == *language).map(|f| format!("{}.ftl", f.name)).collect();
        assert_eq!(found, listed);
    }
    for file in files() {
        let resource = parse(file.source).unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", file.name));
        assert!(!resource.body.iter().any(|e| matches!(e, Entry::Junk { .. })), "{}", file.name);
    }
}

#[test]
fn no_key_stands_twice_and_none_is_without_words() {
    for language in Language::ALL {
        let mut seen = BTreeMap::new();
        for (name, key, sentences) in messages(*language) {
            assert_eq!(seen.insert(key.clone(), name), None, "{key} stands twice");
            assert!(sentences.iter().any(|s| !s.trim().is_empty()), "{key} says nothing");
            assert_ne!(text(*language, &key, &[]), key, "{key} shows its key");
        }
    }
}

#[test]
fn no_sentence_in_spanish_is_longer_than_twenty_words() {
    for (_, key, wordings) in messages(Language::Spanish) {
        for sentence in wordings.iter().flat_map(|wording| sentences(wording)) {
            let words = sentence.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count();
            assert!(words <= WORDS_MAX, "{key}: {words} words: {sentence}");
        }
    }
}

#[test]
fn sentences_are_counted_as_a_reader_would() {
    assert_eq!(sentences("¿Sin internet? Llama al 600. Ven."), ["¿Sin internet", "Llama al 600", "Ven"]);
    assert_eq!(sentences("como nombre@correo.cl, o 12.345"), ["como nombre@correo.cl, o 12.345"]);
}

/// Splits at a full stop, question or exclamation mark that ends a word.
fn sentences(wording: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for word in wording.split_whitespace() {
        let ends = word.ends_with(['.', '?', '!']);
        let last = out.last_mut().unwrap();
        if !last.is_empty() {
            last.push(' ');
        }
        last.push_str(word.trim_end_matches(['.', '?', '!']));
        if ends {
            out.push(String::new());
        }
    }
    out.retain(|sentence| !sentence.is_empty());
    out
}

/// Every message of a language: its file, its key, and each wording that a selection can give it.
fn messages(language: Language) -> Vec<(&'static str, String, Vec<String>)> {
    let mut out = Vec::new();
    for file in files().iter().filter(|file| file.language == language) {
        for entry in parse(file.source).unwrap().body {
            if let Entry::Message(message) = entry {
                let wordings = message.value.as_ref().map(wordings).unwrap_or_default();
                out.push((file.name, message.id.name.to_owned(), wordings));
            }
        }
    }
    out
}

/// All wordings of a pattern; a variable counts as one word.
fn wordings(pattern: &Pattern<&str>) -> Vec<String> {
    let mut out = vec![String::new()];
    for element in &pattern.elements {
        let parts = match element {
            PatternElement::TextElement { value } => vec![(*value).to_owned()],
            PatternElement::Placeable { expression: Expression::Inline(_) } => vec!["x".to_owned()],
            PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                variants.iter().flat_map(|variant| wordings(&variant.value)).collect()
            }
        };
        out = out.iter().flat_map(|head| parts.iter().map(move |part| format!("{head}{part}"))).collect();
    }
    out
}
