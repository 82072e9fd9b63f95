//! A closing act on paper: what stands on it, how wide, and that its code is read back by a program that is not ours.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

#[path = "common/oracle.rs"]
mod oracle;

use chrono::DateTime;
use domain::{Certainty, Comuna};
use oracle::{pdfinfo, pdftotext, zbarimg};
use receipts::{
    ActCode, ActCount, ActPaper, ActSection, Cutter, Paper, Place, act_to_escpos, act_to_pdf, act_to_png,
    act_to_text, read_photo,
};
use texts::Language;

fn act(held: u64, language: Language) -> ActPaper {
    let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap();
    let count = |name: &str, count| ActCount { name: name.into(), count };
    let section = |name, counts| ActSection { name, counts };
    ActPaper {
        language,
        stand: "T7K".into(),
        place: Some(Place {
            locality: Some("Caleta Tortel".into()),
            comuna: Comuna::by_code("11303").unwrap(),
        }),
        opened: (at("2026-11-21T09:05:00-03:00"), Certainty::Confirmed),
        closed: (at("2026-11-21T18:40:00-03:00"), Certainty::Unconfirmed),
        sections: vec![
            section("encounters", vec![count("encounters", 300), count("came-in-vain", 12)]),
            section("requests", vec![count("requests", 60), count("reclamo", 21)]),
            section("records", vec![count("voids", 3), count("profiles", 250)]),
            section("surveys", Vec::new()),
        ],
        held,
        certificate: None,
        seal: (365, "0123456789abcdef".repeat(4)),
        code: ActCode::parse(&format!("OIRS/ACTA/{}", "A7".repeat(220))).unwrap(),
    }
}

#[test]
fn says_everything_within_the_paper() {
    for (paper, columns) in [(Paper::Mm58, 32), (Paper::Mm80, 48)] {
        let text = act_to_text(&act(365, Language::Spanish), paper);
        for line in text.lines() {
            assert!(line.chars().count() <= columns, "{line}");
        }
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for expected in [
            "Acta de cierre de la salida",
            "Caleta Tortel, comuna de Tortel",
            "21/11/2026, 09:05 horas",
            "21/11/2026, 18:40 horas",
            "hora sin confirmar",
            "- En total: 300",
            "- Reclamos: 21",
            "- Perfiles: 250",
            "365 registros todavía sólo en este equipo.",
            "La oficina aún no certifica este cierre.",
            "0123 4567 89ab cdef",
        ] {
            assert!(words.to_lowercase().contains(&expected.to_lowercase()), "{expected}: {words}");
        }
        assert!(!words.contains("Encuesta"), "a section of nothing has no heading");
    }
    let words = |held, language| {
        let text = act_to_text(&act(held, language), Paper::Mm80);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (none, one) = (words(0, Language::Spanish), words(1, Language::English));
    assert!(none.contains("la oficina ya tenía todos"), "{none}");
    assert!(one.contains("1 record is still only on this"), "{one}");
}

#[test]
fn other_programs_read_the_code_from_the_paper() {
    let dir = tempfile::tempdir().unwrap();
    for paper in Paper::ALL {
        let act = act(365, Language::Spanish);
        let bytes = act_to_png(&act, *paper).unwrap();
        let picture = dir.path().join("acta.png");
        std::fs::write(&picture, &bytes).unwrap();
        assert_eq!(zbarimg(&picture), act.code.as_str(), "{paper:?}");
        assert_eq!(read_photo(&bytes, |text| text.starts_with("OIRS/ACTA/")).unwrap(), act.code.as_str());
        assert!(act_to_escpos(&act, *paper, Cutter::Full).unwrap().ends_with(&[0x1d, b'V', 65, 0]));
    }
}

#[test]
fn the_page_is_text_and_tagged() {
    let dir = tempfile::tempdir().unwrap();
    let document = dir.path().join("acta.pdf");
    let act = act(365, Language::Spanish);
    let bytes = act_to_pdf(&act, Paper::Mm80).unwrap();
    assert_eq!(bytes, act_to_pdf(&act, Paper::Mm80).unwrap(), "the same act is the same bytes");
    std::fs::write(&document, bytes).unwrap();
    let text = pdftotext(&document, &dir.path().join("acta.txt"));
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("365 registros todavía sólo en este equipo."), "{words}");
    assert!(pdfinfo(&document, "-struct").contains("Figure"));
}
