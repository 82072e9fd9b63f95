//! The languages that the whole product speaks.
//!
//! Two, because no translation is shown that nobody vouches for; what a citizen meets may be in others, once speakers have
//! reviewed all of it ([`crate::CitizenLanguage`]). A person's own language may be any BCP 47 tag and is kept with the
//! request as it was given; what is shown then falls back to Spanish.

/// A language in which every sentence exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// Spanish of Chile, the reference: `es-CL`.
    #[default]
    Spanish,
    /// English: `en`.
    English,
}

impl Language {
    /// Every language, the reference first.
    pub const ALL: &'static [Self] = &[Self::Spanish, Self::English];

    /// Its tag (BCP 47), which also names the folder of its files.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Spanish => "es-CL",
            Self::English => "en",
        }
    }

    /// The language for a BCP 47 tag, by its primary subtag: `es-419` is Spanish, `en-GB` English.
    /// `None` for one that we don't speak, so that the caller can say that it falls back.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        Self::ALL.iter().copied().find(|language| {
            language.tag().split('-').next().is_some_and(|ours| ours.eq_ignore_ascii_case(primary))
        })
    }

    /// The language for a tag, Spanish of Chile for those that we don't speak.
    pub fn or_default(tag: &str) -> Self {
        Self::parse(tag).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_read_by_its_primary_subtag() {
        let check = |tag, expected| assert_eq!(Language::parse(tag), expected, "{tag}");
        check("es-CL", Some(Language::Spanish));
        check("es", Some(Language::Spanish));
        check("ES_419", Some(Language::Spanish));
        check("en", Some(Language::English));
        check("en-GB-oxendict", Some(Language::English));
        check("arn", None);
        check("est", None);
        check("ht", None);
        check("", None);
        assert_eq!(Language::or_default("rap"), Language::Spanish);
    }
}
