//! Every limit on what a person may file, by name and in one place.
//!
//! Characters are Unicode scalar values, not bytes: `ñ`, `ŋ` and an emoji count one each. Limits are
//! generous, since a citizen who is refused goes home; they exist so that a record fits its frame and a
//! hostile input costs nothing.

/// Characters in the text of a request, of an addition to it.
pub const TEXT_CHARS_MAX: usize = 4000;
/// Characters in the topic of a request and the matter of an encounter: free words.
pub const TOPIC_CHARS_MAX: usize = 120;
/// Characters in a locality: free words beside the comuna.
pub const LOCALITY_CHARS_MAX: usize = 120;
/// Characters in a name or social name of a person, or the name of an organisation.
pub const NAME_CHARS_MAX: usize = 200;
/// Characters in the number of a document as it was written, dots and hyphens included.
pub const DOCUMENT_NUMBER_CHARS_MAX: usize = 40;
/// Letters and digits that the number of a foreign document has at least.
pub const DOCUMENT_NUMBER_SYMBOLS_MIN: usize = 3;
/// Characters in an electronic address (RFC 5321, 4.5.3.1, as corrected by erratum 1690).
pub const EMAIL_CHARS_MAX: usize = 254;
/// Characters before the `@` (RFC 5321, 4.5.3.1.1).
pub const EMAIL_LOCAL_CHARS_MAX: usize = 64;
/// Characters in the telephone field: people write two numbers and an extension.
pub const PHONE_CHARS_MAX: usize = 80;
/// Digits of one telephone number, at least: the shortest rural numbers.
pub const PHONE_DIGITS_MIN: usize = 6;
/// Digits of one telephone number, at most (ITU-T E.164).
pub const PHONE_DIGITS_MAX: usize = 15;
/// Characters in a postal address.
pub const ADDRESS_CHARS_MAX: usize = 250;
/// Characters in the role of a representative, or the relation to the affected person.
pub const ROLE_CHARS_MAX: usize = 120;
/// Characters in a language tag (RFC 5646, 4.4.1).
pub const LANGUAGE_CHARS_MAX: usize = 35;
/// Characters in the version of the privacy notice that was read.
pub const PRIVACY_NOTICE_CHARS_MAX: usize = 40;
/// Characters in the code of a staff member.
pub const STAFF_CODE_CHARS_MAX: usize = 40;
/// Characters in the name of the body that a person was referred to.
pub const AGENCY_CHARS_MAX: usize = 200;
/// Characters in the id of a sheet of the catalogue.
pub const SHEET_ID_CHARS_MAX: usize = 80;
/// Characters in the version of the text that asks for consent. ASCII, so that every profile is of one size when sealed.
pub const CONSENT_TEXT_CHARS_MAX: usize = 32;
/// Characters in the field of a control code: eight symbols, with all the spaces that people put between them.
pub const CONTROL_CODE_CHARS_MAX: usize = 40;
/// Characters in what was looked for in the catalogue and not found: as many as its search takes.
pub const WANTED_CHARS_MAX: usize = 300;
/// Characters in the reason of a withdrawal or of a void.
pub const REASON_CHARS_MAX: usize = 1000;
/// Characters of a field's name that an error repeats; what is longer is cut.
pub const FIELD_PATH_CHARS_MAX: usize = 80;
/// Bytes in one line of input. Twice what the longest valid request takes with every character escaped.
pub const LINE_BYTES_MAX: usize = 256 * 1024;
/// Minutes that the date of a paper form may lie ahead of the clock: two clocks never agree to the second.
pub const FUTURE_MINUTES_MAX: i64 = 5;
/// First year of the calendar; a paper form can't be older.
pub const YEAR_MIN: i32 = 2024;
/// Last year that the calendar answers for.
pub const YEAR_MAX: i32 = 2100;
/// Attachments of one request.
pub const ATTACHMENTS_MAX: usize = 8;
/// Sealed bytes of all attachments of one request: what a poor link carries in under an hour.
pub const ATTACHMENTS_BYTES_MAX: u64 = 24 * 1024 * 1024;
/// Characters in what an attachment is called.
pub const ATTACHMENT_NAME_CHARS_MAX: usize = 120;
