//! The search as a person uses it: what is typed on the left, the sheet that is meant on the right.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::single_range_in_vec_init)]

use std::sync::LazyLock;

use catalogue::{Catalogue, FIRST_PACK, Pack, Piece, pieces};
use proptest::prelude::*;

fn catalogue() -> Catalogue {
    Catalogue::new(Pack::read(FIRST_PACK).unwrap())
}

fn first(catalogue: &Catalogue, typed: &str) -> Option<String> {
    catalogue.search(typed, 5).found.first().map(|found| found.id.clone())
}

#[test]
fn finds_what_people_type() {
    let catalogue = catalogue();
    let check = |typed: &str, expected: &str| {
        assert_eq!(first(&catalogue, typed).as_deref(), Some(expected), "{typed:?}");
    };
    // As it is called, and by its short name.
    check("Pensión Garantizada Universal", "pgu");
    check("pgu", "pgu");
    check("ley 20.609", "discriminacion");
    check("20609", "discriminacion");
    // Accents, case, plurals.
    check("PENSIÓN", "pgu");
    check("pensiones", "pgu");
    check("juntas vecinos", "junta-de-vecinos");
    // While it is being typed.
    check("pensi", "pgu");
    check("registro soc", "registro-social-hogares");
    // With letters wrong.
    check("penzion", "pgu");
    check("desabilidad credensial", "credencial-discapacidad");
    check("transparensia", "solicitud-informacion-publica");
    check("sernak", "reclamo-sernac");
    check("mirgaciones", "ayuda-migraciones");
    // Everyday words.
    check("bono", "registro-social-hogares");
    check("papeles para extranjeros", "ayuda-migraciones");
    check("plata para la junta", "fondo-fortalecimiento");
    check("clave unica extranjero migraciones", "ayuda-migraciones");
}

#[test]
fn finds_nothing_where_nothing_is_meant() {
    let catalogue = catalogue();
    for typed in ["", "   ", "¿?", "de la", "xyzw", "\u{0}", "😀", &"qwxz ".repeat(5_000)] {
        assert_eq!(first(&catalogue, typed), None, "{typed:.20?}");
    }
}

#[test]
fn shows_the_words_that_were_found() {
    let catalogue = catalogue();
    let shown = |typed: &str| -> Vec<String> {
        let answer = catalogue.search(typed, 1);
        let found = answer.found.first().unwrap();
        let sheet = catalogue.pack().sheet(&found.id).unwrap();
        let of = |text: &str, ranges: &[std::ops::Range<usize>]| -> Vec<String> {
            pieces(text, ranges)
                .iter()
                .filter(|piece| piece.found)
                .map(|piece| piece.text.to_owned())
                .collect()
        };
        let mut shown = of(&sheet.title, &found.title);
        shown.extend(of(&sheet.summary, &found.summary));
        if let Some(passage) = &found.passage {
            let text = sheet.texts().find(|(part, _)| *part == passage.part).unwrap().1;
            shown.extend(of(text, &passage.ranges));
        }
        shown
    };
    assert_eq!(shown("pension garantisada"), ["Pensión", "Garantizada", "pensión"]);
    assert_eq!(shown("capredena"), ["Capredena"]);
}

#[test]
fn an_answer_is_no_longer_than_asked_for_and_ordered() {
    let catalogue = catalogue();
    for count in [0, 1, 3, 100] {
        let found = catalogue.search("derechos", count).found;
        assert!(found.len() <= count);
        assert!(found.windows(2).all(|pair| pair[0].score >= pair[1].score));
        assert!(found.iter().all(|found| (0.0..=1.001).contains(&found.covered)));
    }
}

#[test]
fn pieces_lose_nothing() {
    let piece = |text, found| Piece { text, found };
    assert_eq!(pieces("año nuevo", &[0..4]), [piece("año", true), piece(" nuevo", false)]);
    assert_eq!(pieces("año", &[]), [piece("año", false)]);
    assert_eq!(pieces("", &[]), []);
    // A range of another text loses nothing either.
    assert_eq!(pieces("año", &[2..3, 0..99]), [piece("año", false)]);
}

static FIRST: LazyLock<Catalogue> = LazyLock::new(catalogue);

proptest! {
    /// Whatever is typed, what is marked can be cut out of the text.
    #[test]
    fn what_is_marked_lies_on_letters_and_in_order(typed in "\\PC{0,40}") {
        for found in FIRST.search(&typed, 10).found {
            let sheet = FIRST.pack().sheet(&found.id).unwrap();
            for (text, ranges) in [(&sheet.title, &found.title), (&sheet.summary, &found.summary)] {
                let whole: String = pieces(text, ranges).iter().map(|piece| piece.text).collect();
                prop_assert_eq!(&whole, text);
                prop_assert_eq!(pieces(text, ranges).iter().filter(|piece| piece.found).count(), ranges.len());
            }
        }
    }

    #[test]
    fn capitals_and_accents_change_no_answer(
        words in proptest::collection::vec("(pensi[oó]n|[dD]erechos|organizaci[oó]n|niños?|C[eé]dula|[a-zñáé]{1,8})", 1..6)
    ) {
        let plain = |text: &str| {
            text.to_lowercase().replace('á', "a").replace('é', "e").replace('ó', "o").replace('ñ', "n")
        };
        let typed = words.join(" ");
        prop_assert_eq!(FIRST.search(&typed, 5), FIRST.search(&plain(&typed).to_uppercase(), 5));
    }
}
