//! What a person reads, word for word: every case on both papers, as a file.
//!
//! `UPDATE_GOLDEN=1 cargo test -p receipts --test golden` writes the files anew; read the difference.

#![allow(clippy::unwrap_used)]

mod common;

use std::path::Path;

use receipts::{Paper, to_text};

#[test]
fn every_receipt_reads_as_its_golden_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut expected = Vec::new();
    for (name, receipt) in common::cases() {
        for paper in Paper::ALL {
            let file = format!("{name}-{}.txt", paper.mm());
            let text = to_text(&receipt, *paper);
            let widest = text.lines().map(unicode_width::UnicodeWidthStr::width).max();
            assert!(widest <= Some(paper.columns()), "{file}: {widest:?} columns");
            if std::env::var_os("UPDATE_GOLDEN").is_some() {
                std::fs::write(folder.join(&file), &text).unwrap();
            }
            let golden = std::fs::read_to_string(folder.join(&file)).unwrap_or_default();
            assert_eq!(text, golden, "{file}");
            expected.push(file);
        }
    }
    expected.sort();
    let mut found: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn a_copy_has_neither_the_control_code_nor_the_claim() {
    for paper in Paper::ALL {
        let original = to_text(&common::original(common::facts()), *paper);
        let copy = to_text(&common::copy(common::facts()).into(), *paper);
        let joined = |text: &str| text.replace('\n', "");
        assert!(original.contains("7K3M-Q2XV") && !original.contains("COPIA"));
        assert!(!copy.contains("7K3M-Q2XV") && copy.contains("COPIA"));
        assert!(joined(&original).contains(common::address(250).as_str()));
        assert!(!joined(&copy).contains(common::address(250).as_str()));
        assert!(joined(&copy).contains(common::address(224).as_str()));
    }
}

#[test]
fn every_kind_way_and_error_has_its_words_in_both_languages() {
    for language in texts::Language::ALL {
        let keys = texts::keys(*language);
        let check = |key: String| assert!(keys.contains(&key), "{key} is missing in {}", language.tag());
        for kind in domain::Kind::ALL {
            check(format!("kind-{kind}"));
            check(format!("kind-title-{kind}"));
        }
        for way in domain::AnswerWay::ALL {
            check(format!("answer-{way}"));
            check(format!("receipt-step-{way}"));
        }
        for code in domain::ErrorCode::ALL {
            check(format!("error-{}", code.as_str().replace('_', "-")));
        }
        for trouble in ["absent", "refused", "timeout", "partial", "failed"] {
            check(format!("print-{trouble}"));
        }
        for trouble in ["too-large", "unknown-format", "damaged", "no-code", "other-code"] {
            check(format!("photo-{trouble}"));
        }
    }
}
