//! The sheet of settings, and the languages that the whole file is written in.

use super::Wrong;
use super::table::{Known, Table};
use crate::Code;
use crate::form::{Language, Texts, is_tag};

pub(super) const COLUMNS: &[Known] =
    &[("form_title", false), ("form_id", false), ("version", false), ("default_language", false)];

/// The row of the settings.
pub(super) const ROW: u32 = 2;

/// The tag of a language that isn't known (ISO 639-2).
const UNDETERMINED: &str = "und";

/// The languages of a file: how its columns write each, and its tag.
#[derive(Default)]
pub(super) struct Languages {
    /// The default one first.
    pub(super) all: Vec<Language>,
    written: Vec<String>,
}

impl Languages {
    /// Reads the default language from the settings and the others from the columns.
    pub(super) fn read(tables: &[&Table<'_>], settings: Option<&Table<'_>>, wrongs: &mut Vec<Wrong>) -> Self {
        let mut languages = Self::default();
        if let Some(settings) = settings {
            match settings.get(ROW, "default_language") {
                Some(written) if languages.add(written) => {}
                Some(written) => {
                    let wrong = settings.wrong(ROW, "default_language", Code::LanguageWithoutTag);
                    wrongs.push(wrong.word(written));
                }
                None => wrongs.push(settings.wrong(ROW, "default_language", Code::Missing)),
            }
        }
        if languages.all.is_empty() {
            // Refused already; what stands in columns without a language is still to be judged.
            languages.all.push(Language { tag: UNDETERMINED.to_owned(), name: UNDETERMINED.to_owned() });
            languages.written.push(String::new());
        }
        for table in tables {
            for (cell, written) in table.languages() {
                if !languages.add(written) {
                    wrongs.push(Wrong::cell(table.name, cell, Code::LanguageWithoutTag).word(written));
                }
            }
        }
        languages
    }

    /// `Español (es-CL)`.
    fn add(&mut self, written: &str) -> bool {
        if self.written.iter().any(|known| known == written) {
            return true;
        }
        let parts = written.strip_suffix(')').and_then(|written| written.rsplit_once('('));
        let Some((name, tag)) = parts.map(|(name, tag)| (name.trim(), tag.trim())) else { return false };
        if name.is_empty() || !is_tag(tag) {
            return false;
        }
        self.all.push(Language { tag: tag.to_owned(), name: name.to_owned() });
        self.written.push(written.to_owned());
        true
    }

    /// What a row says in each language; none when it says nothing in any.
    pub(super) fn texts(&self, table: &Table<'_>, row: u32, base: &'static str) -> Option<Texts> {
        let mut texts = Texts::new();
        for (at, (language, written)) in self.all.iter().zip(&self.written).enumerate() {
            // A column without a language is the default one's.
            let plain = if at == 0 { table.get(row, base) } else { None };
            if let Some(text) = table.get_in(row, base, Some(written)).or(plain) {
                texts.insert(language.tag.clone(), text.to_owned());
            }
        }
        (!texts.is_empty()).then_some(texts)
    }

    /// How the columns write the language of a tag.
    pub(super) fn written(&self, tag: &str) -> Option<&str> {
        let at = self.all.iter().position(|language| language.tag == tag)?;
        self.written.get(at).map(String::as_str)
    }

    /// Finds columns that say the default language twice, with and without its name.
    pub(super) fn twice(&self, tables: &[&Table<'_>], bases: &[&'static str], wrongs: &mut Vec<Wrong>) {
        let Some(default) = self.written.first() else { return };
        for table in tables {
            for base in bases {
                let plain = table.cell(1, base, None);
                let named = table.cell(1, base, Some(default));
                let both = table.get(1, base).is_some() && table.get_in(1, base, Some(default)).is_some();
                if both && plain != named {
                    wrongs.push(Wrong::cell(table.name, plain, Code::ColumnTwice).word(base));
                }
            }
        }
    }
}
