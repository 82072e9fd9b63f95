//! Every sentence that a person reads, by key and language.
//!
//! Fluent, because Spanish and English disagree about plurals, gender and order, and a translator can change
//! all three without touching code. The files are embedded: a stand far from any network has every sentence
//! that it was built with, and none can be missing at run time. Unicode's isolation marks are off: they would
//! travel into printed paper, terminals and files, and both languages run from left to right.
//!
//! Not here: dates and times (they belong to what shows them), and what an office writes itself.

mod catalogue;
mod files;
mod language;
mod numbers;
mod pack;

pub use catalogue::{keys, text, variables};
pub use files::{File, files};
pub use fluent_bundle::FluentValue as Value;
pub use language::Language;
pub use pack::{CitizenLanguage, LanguagePack};
