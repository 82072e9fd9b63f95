//! What was wrong with an input, as data: where, which rule, and the rule's numbers.
//!
//! A code is the contract with the window, the scripts and the texts (`error-<code with hyphens>`); it never
//! changes its meaning. No error repeats what a person wrote: errors are logged and shown to others.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::words::words;

words! {
    /// The rule that an input broke.
    ErrorCode {
        /// The line isn't JSON.
        JsonSyntax = "json_syntax",
        /// The line isn't UTF-8.
        InvalidUtf8 = "invalid_utf8",
        /// The line is longer than [`crate::limits::LINE_BYTES_MAX`].
        LineTooLong = "line_too_long",
        /// The value is of another JSON type: a number where text belongs.
        WrongType = "wrong_type",
        /// The schema has no such field.
        UnknownField = "unknown_field",
        /// The field stands there twice.
        DuplicateField = "duplicate_field",
        /// A required field is absent.
        Missing = "missing",
        /// A required text is blank.
        Empty = "empty",
        /// The text has more characters than its limit.
        TooLong = "too_long",
        /// A control character stands in the text.
        ControlCharacter = "control_character",
        /// A line break stands in a field of one line.
        LineBreak = "line_break",
        /// Not one of the six kinds of request.
        UnknownKind = "unknown_kind",
        /// Not a word of the field's list.
        UnknownValue = "unknown_value",
        /// Not a UUID, or the empty one.
        InvalidUuid = "invalid_uuid",
        /// No comuna has this code.
        UnknownComuna = "unknown_comuna",
        /// Not a country's code of ISO 3166-1 alpha-2.
        InvalidCountry = "invalid_country",
        /// Not a language tag of RFC 5646.
        InvalidLanguage = "invalid_language",
        /// Not an electronic address.
        InvalidEmail = "invalid_email",
        /// Not a telephone number.
        InvalidPhone = "invalid_phone",
        /// Not the number of a document of this type.
        InvalidDocument = "invalid_document",
        /// A RUN, RUT, IPE or IPA whose check digit doesn't fit.
        RutCheckDigit = "rut_check_digit",
        /// The answer is wanted by a way for which no address was given.
        AnswerWayMissing = "answer_way_missing",
        /// Not a date and time of RFC 3339.
        InvalidDate = "invalid_date",
        /// A day or time that doesn't exist: 30 February.
        ImpossibleDate = "impossible_date",
        /// The date lies ahead of the clock.
        FutureDate = "future_date",
        /// The date lies before [`crate::limits::YEAR_MIN`].
        DateTooOld = "date_too_old",
        /// Not a folio, or one that was misread.
        InvalidFolio = "invalid_folio",
        /// Not a control code: eight letters and digits.
        InvalidControlCode = "invalid_control_code",
        /// Not the epoch and sequence of an entry.
        InvalidTarget = "invalid_target",
        /// A sensitive datum without the express consent of the person (art. 16 of Ley 19.628).
        ConsentNeeded = "consent_needed",
        /// A datum of a child that only the guardian can consent to (art. 16 quáter of Ley 19.628).
        GuardianNeeded = "guardian_needed",
        /// A word that contradicts another field.
        Contradicts = "contradicts",
    }
}

/// A number or word that belongs to an error, for its text: the limit that was passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(untagged))]
pub enum Arg {
    /// A count or limit.
    Number(#[cfg_attr(feature = "bindings", ts(type = "number"))] i64),
    /// A word of the schema, never one of the person's.
    Text(String),
}

/// One thing wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct FieldError {
    /// Dotted path of the field, `person.document.number`; none when the input as a whole is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The rule that was broken.
    pub code: ErrorCode,
    /// What the error's text needs: `count` and `max`, `min`, `needs`. Often empty.
    #[cfg_attr(feature = "bindings", ts(type = "Record<string, Arg>"))]
    pub args: BTreeMap<&'static str, Arg>,
}

impl FieldError {
    /// An error of a field, by its dotted path.
    pub fn at(field: impl Into<String>, code: ErrorCode) -> Self {
        Self { field: Some(field.into()), code, args: BTreeMap::new() }
    }

    /// An error of the input as a whole.
    pub fn whole(code: ErrorCode) -> Self {
        Self { field: None, code, args: BTreeMap::new() }
    }

    /// The same error with a number for its text.
    #[must_use]
    pub fn with_number(mut self, name: &'static str, number: usize) -> Self {
        self.args.insert(name, Arg::Number(i64::try_from(number).unwrap_or(i64::MAX)));
        self
    }

    /// The same error with a word for its text.
    #[must_use]
    pub fn with_text(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.args.insert(name, Arg::Text(text.into()));
        self
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.field {
            Some(field) => write!(f, "{field}: {}", self.code),
            None => write!(f, "{}", self.code),
        }
    }
}

impl std::error::Error for FieldError {}
