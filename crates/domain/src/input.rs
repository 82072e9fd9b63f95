//! From one line of JSON to a draft, with a stable code for each way in which that fails.
//!
//! Only the form is judged here: objects where objects belong, known fields, each once, text where text
//! belongs. serde's derive would also take an array for a struct, field by field in order; that isn't the
//! schema, so objects are read through [`object`].

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use uuid::Uuid;

use crate::error::{ErrorCode, FieldError};
use crate::limits::{FIELD_PATH_CHARS_MAX, LINE_BYTES_MAX};

/// The text of one line of input, without its line break and without the mark that some editors set at a file's start.
///
/// # Errors
/// [`ErrorCode::LineTooLong`] or [`ErrorCode::InvalidUtf8`].
pub fn line_text(bytes: &[u8]) -> Result<&str, FieldError> {
    if bytes.len() > LINE_BYTES_MAX {
        return Err(FieldError::whole(ErrorCode::LineTooLong).with_number("max", LINE_BYTES_MAX));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| FieldError::whole(ErrorCode::InvalidUtf8))?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text).trim_end_matches(['\n', '\r']))
}

/// Reads a draft from a line.
pub(crate) fn from_json<'de, T: Deserialize<'de>>(json: &'de str) -> Result<T, FieldError> {
    let mut reader = serde_json::Deserializer::from_str(json);
    let Whole(draft) = serde_path_to_error::deserialize(&mut reader).map_err(|error| field_error(&error))?;
    reader.end().map_err(|_| FieldError::whole(ErrorCode::JsonSyntax))?;
    Ok(draft)
}

/// The UUID that a line carries, whatever else it says and however wrong that is: a record filed again under
/// its id is answered with the first, even when the rest of the line was damaged on its way.
pub fn filed_id(json: &str) -> Option<Uuid> {
    #[derive(Deserialize)]
    struct OnlyId {
        #[serde(default)]
        id: Option<String>,
    }
    parse_id(&from_json::<OnlyId>(json).ok()?.id?)
}

/// A UUID in any of its spellings, other than the empty one, which sloppy programs share.
pub(crate) fn parse_id(text: &str) -> Option<Uuid> {
    Uuid::parse_str(text.trim()).ok().filter(|id| !id.is_nil())
}

/// Reads an object or null into a struct, and nothing else.
pub(crate) fn object<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_any(ObjectVisitor(PhantomData))
}

/// A whole line: an object, never null.
struct Whole<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Whole<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let found = object(deserializer)?;
        found
            .map(Self)
            .ok_or_else(|| serde::de::Error::invalid_type(serde::de::Unexpected::Unit, &"an object"))
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Some)
    }
}

/// serde reports what it found as a sentence. Its openings are fixed in serde's own trait, and tests hold them.
fn field_error(error: &serde_path_to_error::Error<serde_json::Error>) -> FieldError {
    let message = error.inner().to_string();
    let path = error.path().to_string();
    let path = path.trim_start_matches('.');
    match error.inner().classify() {
        serde_json::error::Category::Data if message.starts_with("unknown field") => {
            at(path, ErrorCode::UnknownField)
        }
        // Found after its name was read, so the path ends before it; the sentence names it.
        serde_json::error::Category::Data if message.starts_with("duplicate field") => {
            let name = message.split('`').nth(1).unwrap_or_default();
            at([path, name].join(".").trim_matches('.'), ErrorCode::DuplicateField)
        }
        serde_json::error::Category::Data => at(path, ErrorCode::WrongType),
        _ => FieldError::whole(ErrorCode::JsonSyntax),
    }
}

/// An error at a path, of which a hostile line decides the length and the characters.
fn at(path: &str, code: ErrorCode) -> FieldError {
    let path: String = path.chars().filter(|c| !c.is_control()).take(FIELD_PATH_CHARS_MAX).collect();
    if path.is_empty() { FieldError::whole(code) } else { FieldError::at(path, code) }
}
