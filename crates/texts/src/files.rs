//! The list of files, in one place: to add one, put it into every folder of `locales/` and name it here.
//!
//! A test compares this list with the folders, so neither can be forgotten.

use crate::Language;

/// One embedded file of sentences.
#[derive(Debug, Clone, Copy)]
pub struct File {
    /// Name without folder and ending, such as `receipt`.
    pub name: &'static str,
    /// The language of its folder.
    pub language: Language,
    /// The text in Fluent's syntax.
    pub source: &'static str,
}

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        const FILES: &[File] = &[$(
            File {
                name: $name,
                language: Language::Spanish,
                source: include_str!(concat!("../locales/es-CL/", $name, ".ftl")),
            },
            File {
                name: $name,
                language: Language::English,
                source: include_str!(concat!("../locales/en/", $name, ".ftl")),
            },
        )+];
    };
}

files![
    "carried", "central", "checks", "cli", "closing", "devices", "errors", "names", "profile", "public",
    "receipt", "stand", "survey", "sync"
];

/// Every embedded file.
pub fn files() -> &'static [File] {
    FILES
}
