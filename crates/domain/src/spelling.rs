//! Writing alike what sounds alike in Chile: b and v, s and z, ll and y, gu and hu, a silent h.
//!
//! People write names and words as they hear them. One folding serves the search for a comuna and the search of the
//! catalogue, so that neither forgives what the other does not.

/// A word as it sounds, to be compared with another's and shown to nobody. It wants lower case without accents.
///
/// The order matters, since `ch` keeps its h and `gu` becomes a silent one.
pub fn sound(plain: &str) -> String {
    let alike = [
        ("sh", "C"),
        ("ch", "C"),
        ("ph", "f"),
        ("gu", "hu"),
        ("h", ""),
        ("qu", "k"),
        ("ce", "se"),
        ("ci", "si"),
        ("c", "k"),
        ("z", "s"),
        ("v", "b"),
        ("w", "u"),
        ("ll", "i"),
        ("y", "i"),
        ("ge", "je"),
        ("gi", "ji"),
        ("x", "j"),
    ];
    let mut sound = alike.iter().fold(plain.to_owned(), |text, (from, to)| text.replace(from, to));
    let mut last = None;
    sound.retain(|c| last.replace(c) != Some(c));
    sound
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sounds_alike_is_written_alike() {
        let check = |one: &str, other: &str| assert_eq!(sound(one), sound(other), "{one} {other}");
        check("valdivia", "baldibia");
        check("besino", "vecino");
        check("kilpue", "quilpue");
        check("hacer", "aser");
        check("yave", "llave");
        check("jente", "gente");
        check("treguaco", "trehuaco");
        check("zapallo", "sapayo");
    }

    #[test]
    fn what_sounds_different_stays_different() {
        let check = |one: &str, other: &str| assert_ne!(sound(one), sound(other), "{one} {other}");
        check("chile", "cile");
        check("casa", "gasa");
        check("dato", "pato");
    }
}
