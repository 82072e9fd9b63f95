//! Every limit on a pack, by name and in one place.
//!
//! Characters are Unicode scalar values. The limits are far above what an office writes; they exist so that a pack from
//! a stick costs a stand a bounded time and memory before anything of it is believed.

/// Bytes of a whole pack.
pub const PACK_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Sheets in a pack. ChileAtiende has about three thousand.
pub const SHEETS_MAX: usize = 20_000;
/// Bodies that a pack refers to: each of the 346 municipalities could be one.
pub const AGENCIES_MAX: usize = 2_000;
/// Sources in a pack.
pub const SOURCES_MAX: usize = 50_000;
/// Topics in a pack.
pub const TOPICS_MAX: usize = 200;
/// Offices in a pack.
pub const OFFICES_MAX: usize = 5_000;
/// Broadcast channels in a pack.
pub const BROADCAST_MAX: usize = 500;
/// Lines of everyday words in a pack, of either kind.
pub const EVERYDAY_MAX: usize = 2_000;
/// Phrases in a line of everyday words, on either side.
pub const EVERYDAY_PHRASES_MAX: usize = 500;
/// Pairs that a line of everyday words makes where a need is told in two parts.
pub const EVERYDAY_PAIRS_MAX: usize = 2_000;
/// Characters in a phrase of everyday words.
pub const EVERYDAY_CHARS_MAX: usize = 60;
/// Characters in an id.
pub const ID_CHARS_MAX: usize = 80;
/// Characters in the title of a sheet.
pub const TITLE_CHARS_MAX: usize = 200;
/// Characters in the summary of a sheet.
pub const SUMMARY_CHARS_MAX: usize = 600;
/// Characters in one entry of a list of a sheet, in its term, in a statement.
pub const ENTRY_CHARS_MAX: usize = 800;
/// Entries in a list of a sheet.
pub const ENTRIES_MAX: usize = 60;
/// Statements of a sheet: several sources may carry one part.
pub const STATEMENTS_MAX: usize = 400;
/// Topics of a sheet.
pub const SHEET_TOPICS_MAX: usize = 12;
/// Characters of all that a sheet says, title to law: what fits a few screens and can be read to a person.
pub const SHEET_CHARS_MAX: usize = 16_000;
/// Characters in a name: of a body, an office, a channel, a topic, a service; and in the title of a source.
pub const NAME_CHARS_MAX: usize = 300;
/// Characters in a note or a short text of a source, a body, a channel.
pub const NOTE_CHARS_MAX: usize = 600;
/// Characters in an address of the web.
pub const URL_CHARS_MAX: usize = 500;
/// Characters in a telephone number as it is written.
pub const PHONE_CHARS_MAX: usize = 40;
/// Characters in the address of an office.
pub const ADDRESS_CHARS_MAX: usize = 250;
/// Problems that a check reports; what is beyond is counted by nobody, since a file with so many is another file.
pub const PROBLEMS_MAX: usize = 1_000;
/// Characters of a query that are looked at; the rest is ignored.
pub const QUERY_CHARS_MAX: usize = 300;
/// Words of a query that are looked for; the rest is ignored.
pub const QUERY_WORDS_MAX: usize = 24;
