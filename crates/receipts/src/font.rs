//! The three fonts and the shaping of a line with them.
//!
//! swash, because it does both halves well: it shapes by the font's own tables (kerning, and marks set on their
//! letter, which the alphabets of Mapudungun and Rapa Nui need) and it rasterises. `ab_glyph` and fontdue only
//! know the old kerning table and leave a combining mark beside its letter; a full text stack (cosmic-text,
//! parley) brings font discovery and bidirectional text, which a receipt has no use for.

use std::ops::Range;

use swash::FontRef;
use swash::shape::ShapeContext;

use crate::RenderError;
use crate::wrap::Measure;

/// A font of the receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Face {
    /// Roboto, for reading.
    Regular,
    /// Roboto Bold, for what is looked up.
    Bold,
    /// Roboto Slab Bold, for our own few words and the numbers: it has Latin-1 only.
    Slab,
}

impl Face {
    pub(crate) const ALL: [Self; 3] = [Self::Regular, Self::Bold, Self::Slab];

    /// The whole font file.
    pub(crate) const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("../fonts/Roboto-Regular.ttf"),
            Self::Bold => include_bytes!("../fonts/Roboto-Bold.ttf"),
            Self::Slab => include_bytes!("../fonts/RobotoSlab-Bold.otf"),
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Regular => "Roboto",
            Self::Bold => "Roboto Bold",
            Self::Slab => "Roboto Slab Bold",
        }
    }
}

/// A glyph in its place on the line, in dots from the line's start.
#[derive(Debug, Clone)]
pub(crate) struct Glyph {
    pub(crate) id: u16,
    /// Where the pen stands before it.
    pub(crate) pen: f32,
    /// How far it is set off from the pen: to the right and upwards.
    pub(crate) offset: (f32, f32),
    /// How far it moves the pen.
    pub(crate) advance: f32,
    /// The bytes of the text that it stands for.
    pub(crate) range: Range<usize>,
}

/// A shaped stretch of text.
#[derive(Debug, Clone)]
pub(crate) struct Shaped {
    /// The text as drawn: what the font lacks is replaced.
    pub(crate) text: String,
    pub(crate) glyphs: Vec<Glyph>,
    /// Width in dots.
    pub(crate) width: f32,
}

/// The fonts, parsed.
pub(crate) struct Fonts {
    faces: [FontRef<'static>; 3],
    context: ShapeContext,
}

impl Fonts {
    pub(crate) fn new() -> Result<Self, RenderError> {
        let parse = |face: Face| FontRef::from_index(face.bytes(), 0).ok_or(RenderError::Font(face.name()));
        let [regular, bold, slab] = Face::ALL.map(parse);
        Ok(Self { faces: [regular?, bold?, slab?], context: ShapeContext::new() })
    }

    pub(crate) const fn face(&self, face: Face) -> FontRef<'static> {
        let [regular, bold, slab] = self.faces;
        match face {
            Face::Regular => regular,
            Face::Bold => bold,
            Face::Slab => slab,
        }
    }

    /// The face of a heading: the slab, unless a letter of the words is beyond its Latin-1, as those of other languages are.
    pub(crate) fn heading_face(&self, words: &str) -> Face {
        let map = self.face(Face::Slab).charmap();
        if words.chars().all(|letter| map.map(letter) != 0) { Face::Slab } else { Face::Bold }
    }

    /// Sets a stretch of text in a face, `size` dots to the em.
    pub(crate) fn shape(&mut self, face: Face, size: f32, text: &str) -> Shaped {
        let font = self.face(face);
        let text = drawable(font, text);
        let mut shaper = self.context.builder(font).size(size).build();
        shaper.add_str(&text);
        let (mut glyphs, mut pen) = (Vec::new(), 0.0);
        shaper.shape_with(|cluster| {
            for glyph in cluster.glyphs {
                glyphs.push(Glyph {
                    id: glyph.id,
                    pen,
                    offset: (glyph.x, glyph.y),
                    advance: glyph.advance,
                    range: cluster.source.to_range(),
                });
                pen += glyph.advance;
            }
        });
        Shaped { text, glyphs, width: pen }
    }
}

/// The text with what the font can't draw replaced, visibly if it has a width: an emoji in the name of a place.
fn drawable(font: FontRef<'_>, text: &str) -> String {
    let map = font.charmap();
    let drawn = |symbol| {
        if map.map(symbol) != 0 {
            Some(symbol)
        } else if unicode_width::UnicodeWidthChar::width(symbol).unwrap_or(0) > 0 {
            Some(char::REPLACEMENT_CHARACTER)
        } else {
            None
        }
    };
    text.chars().filter_map(drawn).collect()
}

/// Measures in one size, in the text faces.
pub(crate) struct Dots<'a> {
    pub(crate) fonts: &'a mut Fonts,
    pub(crate) size: f32,
}

impl Measure for Dots<'_> {
    fn width(&mut self, text: &str, bold: bool) -> f32 {
        let face = if bold { Face::Bold } else { Face::Regular };
        self.fonts.shape(face, self.size, text).width
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_that_chile_writes_has_a_glyph() {
        let letters = concat!(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,:;()/-–—'’‘“”«»¿?¡!°º…",
            "ÑñÁÉÍÓÚÜáéíóúü",  // Spanish
            "ṈṉḺḻṮṯŊŋÜü",      // Mapudungun
            "ĀĒĪŌŪāēīōūŊŋꞋꞌʻ", // Rapa Nui
            "ÄÏäïʼÖö",         // Aymara, Quechua
            "ČčŠšǨǩɨʉʰÅå",     // Kawésqar, Yagan
            "èòÈÒ",            // Haitian Creole
        );
        let mut fonts = Fonts::new().unwrap();
        for face in [Face::Regular, Face::Bold] {
            let map = fonts.face(face).charmap();
            let missing: String = letters.chars().filter(|letter| map.map(*letter) == 0).collect();
            assert_eq!(missing, "", "{}", face.name());
        }
        assert_eq!(fonts.shape(Face::Regular, 34.0, "Ñ 🌲\u{fe0f}!").text, "Ñ \u{fffd}!");
    }

    #[test]
    fn every_word_of_our_own_has_a_glyph_in_the_slab() {
        let map = Fonts::new().unwrap().face(Face::Slab).charmap();
        for language in texts::Language::ALL {
            for key in ["receipt-brand", "receipt-next"] {
                let words = texts::text(*language, key, &[]);
                assert!(words.chars().all(|letter| map.map(letter) != 0), "{words}");
            }
        }
        assert!("0123456789ABCDEFGHJKMNPQRSTVWXYZ-".chars().all(|symbol| map.map(symbol) != 0));
    }

    #[test]
    fn a_heading_that_the_slab_cannot_draw_is_set_in_the_bold() {
        let fonts = Fonts::new().unwrap();
        assert_eq!(fonts.heading_face("Qué pasa ahora"), Face::Slab);
        assert_eq!(fonts.heading_face("Ṉ ŋ"), Face::Bold);
        assert_eq!(fonts.heading_face(""), Face::Slab);
    }

    #[test]
    fn every_shipped_language_can_be_drawn_in_the_text_faces() {
        let fonts = Fonts::new().unwrap();
        for language in texts::CitizenLanguage::all() {
            for key in texts::keys(texts::Language::Spanish) {
                let words = texts::text(language, &key, &[]);
                for face in [Face::Regular, Face::Bold] {
                    let map = fonts.face(face).charmap();
                    let missing: String =
                        words.chars().filter(|c| !c.is_control() && map.map(*c) == 0).collect();
                    assert_eq!(missing, "", "{} {key}", language.tag());
                }
            }
        }
    }

    #[test]
    fn a_combining_mark_stands_on_its_letter_and_takes_no_room() {
        let mut fonts = Fonts::new().unwrap();
        let plain = fonts.shape(Face::Regular, 34.0, "x");
        let marked = fonts.shape(Face::Regular, 34.0, "x\u{331}");
        assert_eq!(marked.glyphs.len(), 2);
        assert!((plain.width - marked.width).abs() < 0.5, "{} {}", plain.width, marked.width);
    }

    #[test]
    fn body_capitals_are_three_millimetres_high() {
        let fonts = Fonts::new().unwrap();
        let metrics = fonts.face(Face::Regular).metrics(&[]).scale(crate::layout::BODY_DOTS);
        assert!(metrics.cap_height >= 24.0, "{}", metrics.cap_height);
    }
}
