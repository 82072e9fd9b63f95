//! A sheet on paper: what stands on it, how wide, and that its code leads to the source.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use receipts::{
    Cutter, Paper, SOURCE_BYTES_MAX, Slip, SlipList, SlipSource, read_photo, slip_to_escpos, slip_to_png,
    slip_to_text,
};
use texts::Language;

fn list(heading: &str, lines: &[&str], ordered: bool) -> SlipList {
    SlipList { heading: heading.into(), lines: lines.iter().map(|&line| line.into()).collect(), ordered }
}

fn slip(address: Option<&str>) -> Slip {
    Slip {
        language: Language::Spanish,
        service: "Municipalidad de tu comuna".into(),
        title: "Formar una junta de vecinos u otra organización comunitaria".into(),
        summary: "Se crea con una asamblea y un depósito de papeles en la municipalidad.".into(),
        lists: vec![
            list("Para quién", &["Vecinas y vecinos desde los 14 años."], false),
            list("Requisitos", &[], false),
            list("Qué hacer", &["Pide hora en la municipalidad.", "Hagan la asamblea."], true),
        ],
        remarks: vec!["La oficina aún no revisa esta ficha.".into()],
        source: Some(SlipSource { title: "Ley 19.418".into(), address: address.map(ToOwned::to_owned) }),
    }
}

#[test]
fn says_everything_within_the_paper() {
    for (paper, columns) in [(Paper::Mm58, 32), (Paper::Mm80, 48)] {
        let text = slip_to_text(&slip(Some("https://www.example.cl/junta")), paper);
        for line in text.lines() {
            assert!(line.chars().count() <= columns, "{line}");
        }
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for expected in [
            "Formar una junta de vecinos",
            "- Vecinas y vecinos desde los 14 años.",
            "1. Pide hora en la municipalidad. 2. Hagan la asamblea.",
            "La oficina aún no revisa esta ficha.",
            "Fuente: Ley 19.418",
            "https://www.example.cl/junta",
        ] {
            assert!(words.contains(expected), "{expected}: {words}");
        }
        assert!(!words.contains("Requisitos"), "a list of nothing has no heading");
    }
}

#[test]
fn its_code_leads_to_the_source_up_to_the_limit() {
    let long = |bytes: usize| format!("https://www.example.cl/{}", "x".repeat(bytes - 23));
    for paper in [Paper::Mm58, Paper::Mm80] {
        for (address, has_code) in [
            ("https://www.example.cl/Ficha?id=7".to_owned(), true),
            (long(SOURCE_BYTES_MAX), true),
            (long(SOURCE_BYTES_MAX + 1), false),
        ] {
            let picture = slip_to_png(&slip(Some(&address)), paper).unwrap();
            let read = read_photo(&picture, |text| text.starts_with("https://"));
            assert_eq!(read.ok(), has_code.then_some(address));
        }
    }
    let without = slip_to_png(&slip(None), Paper::Mm80).unwrap();
    assert!(read_photo(&without, |_| true).is_err());
}

#[test]
fn is_a_job_of_the_printer() {
    let job =
        slip_to_escpos(&slip(Some("https://www.example.cl/junta")), Paper::Mm80, Cutter::Partial).unwrap();
    assert!(job.starts_with(&[0x1B, b'@', 0x1D, b'v', b'0', 0, 72, 0]), "576 dots are 72 bytes");
    assert!(job.ends_with(&[0x1D, b'V', 66, 0]));
}
