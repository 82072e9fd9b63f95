//! The languages of the citizen's path: the two of the whole product, and each whose pack is complete.
//!
//! A pack has the sentences that a citizen can meet and no others, so it is a type of its own: what shows anything else
//! takes a [`Language`], and can't be asked for a language in which half of it would be missing. Which packs are
//! complete is decided where they are checked (`ui/packs`); what was left in `packs/` when this was built is complete.

use std::fmt;
use std::sync::OnceLock;

use crate::Language;
use crate::catalogue::{Bundle, bundle_of};

include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// The sentences of one language of the citizen's path.
pub struct LanguagePack {
    tag: &'static str,
    source: &'static str,
    bundle: OnceLock<Bundle>,
}

impl LanguagePack {
    /// A pack by its tag (BCP 47) and its text in Fluent's syntax. It is shown only where somebody asks for it by itself:
    /// [`CitizenLanguage::parse`] knows those that were shipped.
    pub const fn new(tag: &'static str, source: &'static str) -> Self {
        Self { tag, source, bundle: OnceLock::new() }
    }

    /// Its sentences, read when first asked for. Numbers and choices go by Spanish: no table of rules knows most of the
    /// languages, and one that is missing would be replaced by another's.
    pub(crate) fn bundle(&self) -> &Bundle {
        self.bundle.get_or_init(|| bundle_of(Language::Spanish, [self.source]))
    }
}

impl fmt::Debug for LanguagePack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LanguagePack").field(&self.tag).finish()
    }
}

/// A language in which the whole citizen's path exists, from the first screen to the receipt.
#[derive(Debug, Clone, Copy)]
pub enum CitizenLanguage {
    /// One of the two in which everything exists.
    Whole(Language),
    /// One that speakers wrote and reviewed for the path.
    Pack(&'static LanguagePack),
}

impl CitizenLanguage {
    /// Every language that a citizen may choose, Spanish first.
    pub fn all() -> impl Iterator<Item = Self> {
        Language::ALL.iter().map(|language| Self::Whole(*language)).chain(PACKS.iter().map(Self::Pack))
    }

    /// Its tag (BCP 47).
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Whole(language) => language.tag(),
            Self::Pack(pack) => pack.tag,
        }
    }

    /// The language for a tag: a pack's own, else by the primary subtag. `None` for one that we don't speak.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        let pack = PACKS
            .iter()
            .find(|pack| pack.tag.eq_ignore_ascii_case(tag) || pack.tag.eq_ignore_ascii_case(primary));
        pack.map(Self::Pack).or_else(|| Language::parse(tag).map(Self::Whole))
    }

    /// The language for a tag, Spanish of Chile for those that we don't speak.
    pub fn or_default(tag: &str) -> Self {
        Self::parse(tag).unwrap_or_default()
    }
}

impl Default for CitizenLanguage {
    fn default() -> Self {
        Self::Whole(Language::default())
    }
}

impl From<Language> for CitizenLanguage {
    fn from(language: Language) -> Self {
        Self::Whole(language)
    }
}

impl From<&'static LanguagePack> for CitizenLanguage {
    fn from(pack: &'static LanguagePack) -> Self {
        Self::Pack(pack)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    static PRUEBA: LanguagePack = LanguagePack::new(
        "x-prueba",
        "receipt-copy = [COPIA]\nreceipt-code-use = [{ $host }]\nerror-too-long = [{ $max }]\n",
    );

    #[test]
    fn a_pack_says_its_own_and_spanish_what_it_lacks() {
        let check = |key, args: &[(&str, crate::Value<'_>)], expected: &str| {
            assert_eq!(text(&PRUEBA, key, args), expected);
        };
        check("receipt-copy", &[], "[COPIA]");
        check("receipt-code-use", &[("host", "oirs.example.cl".into())], "[oirs.example.cl]");
        check("error-too-long", &[("max", 4000.into())], "[4.000]");
        check("receipt-title-copy", &[("folio", "X".into())], "Copia del comprobante X");
        check("no-such-key", &[], "no-such-key");
    }

    #[test]
    fn only_what_was_shipped_is_found_by_its_tag() {
        assert!(CitizenLanguage::parse("x-prueba").is_none());
        let tags: Vec<&str> = CitizenLanguage::all().map(CitizenLanguage::tag).collect();
        assert_eq!(tags.get(..2), Some(["es-CL", "en"].as_slice()));
        for tag in tags {
            assert_eq!(CitizenLanguage::parse(tag).map(CitizenLanguage::tag), Some(tag));
            assert_eq!(CitizenLanguage::or_default(&format!("{tag}-x-a")).tag(), tag);
        }
        assert_eq!(CitizenLanguage::or_default("zz").tag(), "es-CL");
        assert_eq!(CitizenLanguage::from(&PRUEBA).tag(), "x-prueba");
    }
}
