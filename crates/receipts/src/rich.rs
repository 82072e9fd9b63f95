//! Text with bold words, as the sentences mark them: `Llama al **600 301 7000**`.
//!
//! The mark is two asterisks and not one: telephone lines begin with one (`*4141`).

use unicode_normalization::UnicodeNormalization;

/// A stretch of text in one weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) text: String,
    pub(crate) bold: bool,
}

/// A paragraph: stretches that follow one another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Rich(pub(crate) Vec<Span>);

impl Rich {
    /// Reads the marks.
    pub(crate) fn parse(marked: &str) -> Self {
        let spans = clean(marked)
            .split("**")
            .enumerate()
            .filter(|(_, text)| !text.is_empty())
            .map(|(part, text)| Span { text: text.to_owned(), bold: !part.is_multiple_of(2) })
            .collect();
        Self(spans)
    }

    /// Text in one weight, without marks in it.
    pub(crate) fn plain(text: &str, bold: bool) -> Self {
        Self(vec![Span { text: clean(text), bold }])
    }

    /// The words, each of one or more stretches: `**reclamo**.` is one word in two weights.
    /// Only the plain space parts words; a no-break space doesn't.
    pub(crate) fn words(&self) -> Vec<Vec<Span>> {
        let mut words: Vec<Vec<Span>> = vec![Vec::new()];
        for span in &self.0 {
            for (part, text) in span.text.split(' ').enumerate() {
                if part > 0 {
                    words.push(Vec::new());
                }
                if let (Some(word), false) = (words.last_mut(), text.is_empty()) {
                    word.push(Span { text: text.to_owned(), bold: span.bold });
                }
            }
        }
        words.retain(|word| !word.is_empty());
        words
    }
}

/// Composes letters and drops what has no shape of its own but could change that of others: control
/// characters, and the marks that turn the direction of writing.
fn clean(text: &str) -> String {
    let turns = |symbol| matches!(symbol, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.nfc().filter(|symbol| !symbol.is_control() && !turns(*symbol)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_weights() {
        let check = |marked: &str, expected: &[(&str, bool)]| {
            let spans: Vec<_> = Rich::parse(marked).0.into_iter().map(|s| (s.text, s.bold)).collect();
            let expected: Vec<_> = expected.iter().map(|(t, b)| ((*t).to_owned(), *b)).collect();
            assert_eq!(spans, expected, "{marked}");
        };
        check("Tu **reclamo**. Fin", &[("Tu ", false), ("reclamo", true), (". Fin", false)]);
        check("Llama al ***4141** ya", &[("Llama al ", false), ("*4141", true), (" ya", false)]);
        check("a\u{7}b\u{202e}c n\u{331}", &[("abc ṉ", false)]);
        check("", &[]);
    }

    #[test]
    fn a_word_may_have_two_weights() {
        let words = Rich::parse("Tu **gran reclamo**.  Fin").words();
        let flat: Vec<String> =
            words.iter().map(|word| word.iter().map(|span| span.text.as_str()).collect()).collect();
        assert_eq!(flat, ["Tu", "gran", "reclamo.", "Fin"]);
        assert_eq!(words.get(2).map(Vec::len), Some(2));
    }
}
