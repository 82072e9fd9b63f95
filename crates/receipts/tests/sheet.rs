//! Papers on sheets of carta: as large as the paper is, whole and in order over columns and pages, and their codes read
//! back by programs that are not ours.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

mod common;
#[path = "common/oracle.rs"]
mod oracle;

use receipts::{SheetPaper, Slip, SlipList, SlipSource, to_sheets};
use texts::Language;

fn slip(entries: usize, words: usize) -> Slip {
    let line = |at: usize| format!("Línea {at} {}", "lee bien ".repeat(words));
    let heading = "Qué hacer".to_owned();
    Slip {
        language: Language::Spanish,
        service: "Municipalidad de prueba".into(),
        title: "Ficha de prueba".into(),
        summary: "Un resumen.".into(),
        lists: vec![SlipList { heading, lines: (1..=entries).map(line).collect(), ordered: false }],
        remarks: Vec::new(),
        source: Some(SlipSource {
            title: "Fuente de prueba".into(),
            address: Some("https://prueba.example/ficha".into()),
        }),
    }
}

/// Text, pages and first page's size, as other programs say.
fn read(paper: &SheetPaper, folder: &std::path::Path) -> (String, u32, String) {
    let document = folder.join("sheets.pdf");
    std::fs::write(&document, to_sheets(paper).unwrap()).unwrap();
    let info = oracle::pdfinfo(&document, "-struct");
    assert!(info.contains("H1") && info.contains("P (block)"), "{info}");
    let info = oracle::pdfinfo(&document, "-isodates");
    let value = |name: &str| {
        let line = info.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_once(':').unwrap().1.trim().to_owned()
    };
    let text = oracle::pdftotext(&document, &folder.join("sheets.txt"));
    (text, value("Pages").parse().unwrap(), value("Page size"))
}

#[test]
fn a_short_paper_is_one_sheet_of_carta() {
    let folder = tempfile::tempdir().unwrap();
    for paper in [
        SheetPaper::Test(Language::Spanish),
        SheetPaper::Test(Language::English),
        slip(3, 2).into(),
        common::copy(common::facts()).into(),
    ] {
        let (_, pages, size) = read(&paper, folder.path());
        assert_eq!((pages, size.as_str()), (1, "612 x 792 pts (letter)"), "{paper:?}");
        assert_eq!(to_sheets(&paper).unwrap(), to_sheets(&paper).unwrap(), "the same bytes");
    }
}

#[test]
fn a_code_on_a_sheet_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let copy = common::copy(common::facts());
    for (paper, code) in [
        (slip(3, 2).into(), "https://prueba.example/ficha".to_owned()),
        (copy.clone().into(), copy.address.as_str().to_owned()),
    ] {
        read(&paper, folder.path());
        oracle::pdftoppm(&folder.path().join("sheets.pdf"), &folder.path().join("sheets"));
        assert_eq!(oracle::zbarimg(&folder.path().join("sheets.png")), code);
    }
}

/// Many short lines fill column after column, and one paragraph that is longer than a sheet goes on in the next.
#[test]
fn a_long_paper_is_whole_and_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let (text, pages, _) = read(&slip(200, 2).into(), folder.path());
    assert!(pages > 1, "{pages} pages");
    let found: Vec<usize> = text
        .lines()
        .filter_map(|line| line.split_once("Línea ")?.1.split(' ').next()?.parse().ok())
        .collect();
    assert_eq!(found, (1..=200).collect::<Vec<_>>());
    let (text, pages, _) = read(&slip(1, 1200).into(), folder.path());
    assert!(pages > 1, "{pages} pages");
    assert_eq!(text.split_whitespace().filter(|word| *word == "lee").count(), 1200);
}

/// What stands lowest on a page, in points from its top: nothing hangs over the edge that printers leave white.
#[test]
fn nothing_stands_in_the_edge() {
    let folder = tempfile::tempdir().unwrap();
    for paper in [slip(200, 2).into(), slip(1, 1200).into(), common::copy(common::facts()).into()] {
        read(&paper, folder.path());
        let boxes = oracle::pdftotext_boxes(&folder.path().join("sheets.pdf"), &folder.path().join("boxes"));
        assert!(!boxes.is_empty());
        for [left, top, right, bottom] in boxes {
            assert!(left >= 36.0 && right <= 612.0 - 36.0, "{left} to {right}");
            assert!(top >= 30.0 && bottom <= 792.0 - 30.0, "{top} to {bottom}");
        }
    }
}
