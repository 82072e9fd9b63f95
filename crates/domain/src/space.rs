//! Where people are attended: the spaces of a citizen office, which record the same encounters and requests.

use crate::words::words;

words! {
    /// A space of attention. A device works at one.
    #[derive(Default)]
    Space {
        /// The mobile stand of OIRS en Terreno: the space that this product begins with.
        #[default]
        Terreno = "terreno",
        /// The fixed office.
        Office = "oirs",
        /// The telephone line (TIC).
        Phone = "telefono",
        /// The virtual mailbox.
        Mailbox = "buzon",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back_and_no_other() {
        let words = ["terreno", "oirs", "telefono", "buzon"];
        assert_eq!(Space::ALL.iter().map(|space| space.as_str()).collect::<Vec<_>>(), words);
        for space in Space::ALL {
            assert_eq!(Space::parse(space.as_str()), Some(*space));
        }
        assert_eq!(Space::default(), Space::Terreno);
        for wrong in ["", "Terreno", "terreno ", "teléfono", "stand"] {
            assert_eq!(Space::parse(wrong), None, "{wrong}");
        }
    }
}
