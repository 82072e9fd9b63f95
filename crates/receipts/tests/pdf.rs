//! The PDF of a copy: its words as words, its code as a code, tagged, and the same bytes every time.

#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/oracle.rs"]
mod oracle;

use receipts::{Copy, Paper, Receipt, to_pdf};

fn copies() -> impl Iterator<Item = (&'static str, Copy)> {
    common::cases().into_iter().filter_map(|(name, receipt)| match receipt {
        Receipt::Copy(copy) => Some((name, copy)),
        Receipt::Original(_) => None,
    })
}

#[test]
fn a_copy_is_read_by_other_programs() {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("copy.pdf");
    for (name, copy) in copies() {
        for paper in Paper::ALL {
            std::fs::write(&document, to_pdf(&copy, *paper).unwrap()).unwrap();
            let text = oracle::pdftotext(&document, &folder.path().join("copy.txt"));
            let folio = copy.facts.folio.to_string();
            assert!(text.contains(&folio), "{name} {paper:?}: {text}");
            oracle::pdftoppm(&document, &folder.path().join("copy"));
            assert_eq!(oracle::zbarimg(&folder.path().join("copy.png")), copy.address.as_str());
            let structure = oracle::pdfinfo(&document, "-struct");
            for tag in ["H1", "H2", "P (block)", "Figure"] {
                assert!(structure.contains(tag), "{name}: no {tag} in {structure}");
            }
        }
    }
}

#[test]
fn the_words_are_whole_and_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("copy.pdf");
    std::fs::write(&document, to_pdf(&common::copy(common::facts()), Paper::Mm80).unwrap()).unwrap();
    let text = oracle::pdftotext(&document, &folder.path().join("copy.txt"));
    let words: Vec<&str> = text.split_whitespace().collect();
    let expected = "Te respondemos a más tardar el 04/12/2026 por teléfono Ingreso 21/11/2026, 10:32 horas \
                    Lugar Caleta Tortel, comuna de Tortel Región de Aysén del General Carlos Ibáñez del Campo";
    assert!(words.join(" ").contains(expected), "{words:?}");
}

#[test]
fn the_same_copy_is_the_same_bytes() {
    let copy = common::copy(common::facts());
    assert_eq!(to_pdf(&copy, Paper::Mm58).unwrap(), to_pdf(&copy, Paper::Mm58).unwrap());
}

#[test]
fn a_place_with_letters_that_no_font_has_is_still_written() {
    let mut copy = common::copy(common::facts());
    copy.facts.place = common::place("11303", Some("Caleta 🌲 \u{202e}trotroT 漢 x\u{331}"));
    assert!(to_pdf(&copy, Paper::Mm58).is_ok());
    assert!(receipts::to_png(&copy.into(), Paper::Mm58).is_ok());
}
