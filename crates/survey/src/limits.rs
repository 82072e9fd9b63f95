//! Every limit on a survey and on what answers it, by name and in one place.
//!
//! Characters are Unicode scalar values. A survey at a stand is answered standing, in about a minute: the limits
//! are far above what anybody will sit through, and low enough that a hostile file costs nothing.

/// Bytes of a spreadsheet as it is handed in.
pub const FILE_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Parts in a spreadsheet's archive.
pub const PARTS_MAX: usize = 200;
/// Bytes of all its parts unpacked, as they are declared and as they come out.
pub const UNPACKED_BYTES_MAX: u64 = 16 * 1024 * 1024;
/// Texts that a spreadsheet's cells may share.
pub const SHARED_TEXTS_MAX: usize = 20_000;
/// Cells with something in them, in one sheet.
pub const CELLS_MAX: usize = 20_000;
/// Bytes of all texts in the cells of one sheet.
pub const SHEET_BYTES_MAX: usize = 2 * 1024 * 1024;
/// The last row that a sheet may use, counted from 1.
pub const ROWS_MAX: u32 = 1000;
/// The last column that a sheet may use, counted from 1.
pub const COLUMNS_MAX: u32 = 100;
/// Characters in one cell.
pub const CELL_CHARS_MAX: usize = 2000;
/// Errors that are listed of one file; what comes after them is only said to exist.
pub const ERRORS_MAX: usize = 200;

/// Bytes of a compiled survey.
pub const FORM_BYTES_MAX: usize = 256 * 1024;
/// Bytes of a compiled survey with its rate, as it is published.
pub const OFFER_BYTES_MAX: usize = FORM_BYTES_MAX + 256;
/// Questions and notes in a survey.
pub const QUESTIONS_MAX: usize = 60;
/// Groups in a survey.
pub const GROUPS_MAX: usize = 20;
/// Groups within each other.
pub const GROUP_DEPTH_MAX: usize = 3;
/// Lists of choices in a survey.
pub const LISTS_MAX: usize = 40;
/// Choices in one list.
pub const CHOICES_MAX: usize = 30;
/// Languages of a survey.
pub const LANGUAGES_MAX: usize = 12;
/// Characters in the name of a language, as its speakers write it.
pub const LANGUAGE_NAME_CHARS_MAX: usize = 40;
/// Characters in a language tag (RFC 5646, 4.4.1).
pub const LANGUAGE_CHARS_MAX: usize = 35;
/// Characters in the name of a survey, question, group, list or choice.
pub const NAME_CHARS_MAX: usize = 40;
/// Characters in a title, label, hint or message.
pub const TEXT_CHARS_MAX: usize = 300;
/// Characters in an expression.
pub const EXPRESSION_CHARS_MAX: usize = 500;
/// Parentheses, functions and comparisons within each other in an expression.
pub const EXPRESSION_DEPTH_MAX: usize = 16;
/// Digits of a number in an expression, and of the number that answers a question.
pub const NUMBER_DIGITS_MAX: usize = 9;
/// The lowest start and the highest end of a range.
pub const RANGE_END_MAX: i64 = 10;

/// Bytes of one filled answer: half of what a sealed body may hold, so that whatever is taken can be sealed.
pub const ANSWER_BYTES_MAX: usize = 64 * 1024;
/// Characters in the text that answers a question.
pub const ANSWER_TEXT_CHARS_MAX: usize = 1000;
/// The number that answers a question, at most and, negative, at least.
pub const ANSWER_NUMBER_MAX: i64 = 999_999_999;

/// The highest place of an outing's draw that a ledger is believed: thirty times a crowded afternoon.
pub const PLACES_MAX: u64 = 10_000;
