//! A receipt in the language of a pack says nothing that the pack doesn't have. No pack is complete as long as no speaker
//! has reviewed one, so the language here is none: the Spanish in brackets, for just the keys that a pack has.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use receipts::{Facts, Paper, Receipt, to_png, to_text};
use texts::{CitizenLanguage, Language, LanguagePack, files};

/// The keys that packs have, from one of their files.
fn asked() -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/packages/i18n/packs/arn.toml");
    let file = std::fs::read_to_string(path).unwrap();
    let keys = file.lines().filter_map(|line| line.strip_prefix("[textos.")?.strip_suffix(']'));
    keys.map(str::to_owned).collect()
}

/// The sentences of the receipt and of the closed lists in brackets, as far as packs have them; each stands on one line.
fn bracketed(asked: &BTreeSet<String>) -> &'static LanguagePack {
    let mut source = String::new();
    let spanish = files().iter().filter(|file| file.language == Language::Spanish);
    for file in spanish.filter(|file| ["names", "receipt"].contains(&file.name)) {
        for (key, words) in file.source.lines().filter_map(|line| line.split_once(" = ")) {
            if asked.contains(key) {
                writeln!(source, "{key} = [{words}]").unwrap();
            }
        }
    }
    Box::leak(Box::new(LanguagePack::new("x-prueba", source.leak())))
}

/// What stands outside the brackets: numbers, names of places, addresses, codes.
fn outside(text: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '[' => depth = depth.saturating_add(1),
            ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    out
}

fn said_outside(pack: &'static LanguagePack, receipt: Receipt) -> Vec<String> {
    let language: CitizenLanguage = pack.into();
    let receipt = match receipt {
        Receipt::Original(original) => {
            let facts = Facts { language, ..original.facts };
            Receipt::Original(receipts::Original { facts, ..original })
        }
        Receipt::Copy(copy) => {
            Receipt::Copy(receipts::Copy { facts: Facts { language, ..copy.facts }, ..copy })
        }
    };
    to_png(&receipt, Paper::Mm58).unwrap();
    // Words of Spanish that aren't part of a place's name, a folio, a code or the address are written in small letters.
    let place = receipt.facts().place.comuna.name().to_owned();
    let text = outside(&to_text(&receipt, Paper::Mm80)).replace(&place, "");
    text.split_whitespace().filter(|word| word.chars().any(char::is_lowercase)).map(str::to_owned).collect()
}

#[test]
fn every_receipt_is_in_the_language_of_its_pack() {
    let pack = bracketed(&asked());
    for (name, receipt) in common::cases() {
        assert_eq!(said_outside(pack, receipt), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn a_sentence_that_packs_lack_is_noticed() {
    for (key, case) in
        [("receipt-lead", "original"), ("receipt-paper", "transcribed"), ("receipt-copy-note", "copy")]
    {
        let mut keys = asked();
        assert!(keys.remove(key), "{key}");
        let pack = bracketed(&keys);
        let found: Vec<bool> = common::cases()
            .into_iter()
            .filter(|(name, _)| *name == case)
            .map(|(_, receipt)| said_outside(pack, receipt).is_empty())
            .collect();
        assert_eq!(found, [false], "{key}");
    }
}
