//! The papers with which a person can say who they are, and how far each can be checked.
//!
//! RUN, RUT and the provisional identifiers have a check digit. Passports and foreign documents have none that
//! all countries share, so they are only held to a plain form: turning away somebody whose document we can't
//! judge would be refusing a citizen.

use crate::country;
use crate::error::ErrorCode;
use crate::limits::{DOCUMENT_NUMBER_CHARS_MAX, DOCUMENT_NUMBER_SYMBOLS_MIN};
use crate::rut::{Rut, RutError};
use crate::words::words;

words! {
    /// The type of an identity document.
    DocumentKind {
        /// Rol Único Nacional: a person's number.
        Run = "run",
        /// Rol Único Tributario: the tax number, of an organisation as well.
        Rut = "rut",
        /// Identificador Provisorio Escolar: a foreign pupil without RUN.
        Ipe = "ipe",
        /// Identificador Provisorio del Apoderado: a foreign guardian without RUN.
        Ipa = "ipa",
        /// A passport of any country.
        Passport = "pasaporte",
        /// An identity card of another country.
        Foreign = "documento_extranjero",
    }
}

/// A document that was checked as far as its type allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    kind: DocumentKind,
    number: DocumentNumber,
    country: Option<&'static str>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum DocumentNumber {
    Rut(Rut),
    Plain(String),
}

impl Document {
    /// Reads a document's number in the form of its type; the country is a code of ISO 3166-1 alpha-2.
    ///
    /// # Errors
    /// [`ErrorCode::RutCheckDigit`], [`ErrorCode::InvalidDocument`] or [`ErrorCode::InvalidCountry`].
    pub fn parse(kind: DocumentKind, number: &str, country: Option<&str>) -> Result<Self, ErrorCode> {
        let country =
            country.map(|code| country::parse(code).ok_or(ErrorCode::InvalidCountry)).transpose()?;
        let number = match kind {
            DocumentKind::Run | DocumentKind::Rut | DocumentKind::Ipe | DocumentKind::Ipa => {
                DocumentNumber::Rut(Rut::parse(number).map_err(|error| match error {
                    RutError::CheckDigit => ErrorCode::RutCheckDigit,
                    RutError::Format => ErrorCode::InvalidDocument,
                })?)
            }
            DocumentKind::Passport | DocumentKind::Foreign => DocumentNumber::Plain(plain_number(number)?),
        };
        Ok(Self { kind, number, country })
    }

    /// The same document with the country that issued it.
    pub(crate) fn issued_by(self, country: Option<&'static str>) -> Self {
        Self { country, ..self }
    }

    /// Its type.
    pub const fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// The number with its check digit, for the types that have one.
    pub const fn rut(&self) -> Option<Rut> {
        match self.number {
            DocumentNumber::Rut(rut) => Some(rut),
            DocumentNumber::Plain(_) => None,
        }
    }

    /// The country that issued it, where it was said.
    pub const fn country(&self) -> Option<&'static str> {
        self.country
    }

    /// One spelling of the number, to compare by: canonical for a RUT, else without blanks and in capitals.
    pub fn canonical_number(&self) -> String {
        match &self.number {
            DocumentNumber::Rut(rut) => rut.to_string(),
            DocumentNumber::Plain(number) => number.clone(),
        }
    }
}

/// Letters, digits and the marks that stand between them on real documents.
fn plain_number(number: &str) -> Result<String, ErrorCode> {
    let is_mark = |c: char| matches!(c, ' ' | '-' | '.' | '/' | '_' | '\u{a0}' | '\u{2010}'..='\u{2015}');
    let symbols: String = number.chars().filter(|c| !is_mark(*c)).collect();
    let count = symbols.chars().count();
    let in_range = (DOCUMENT_NUMBER_SYMBOLS_MIN..=DOCUMENT_NUMBER_CHARS_MAX).contains(&count);
    if in_range && symbols.chars().all(char::is_alphanumeric) {
        Ok(symbols.to_uppercase())
    } else {
        Err(ErrorCode::InvalidDocument)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_in_its_form() {
        let check = |kind, number: &str, expected: Result<&str, ErrorCode>| {
            let found = Document::parse(kind, number, None).map(|document| document.canonical_number());
            assert_eq!(found, expected.map(String::from), "{kind} {number:?}");
        };
        check(DocumentKind::Run, "12345678-5", Ok("12.345.678-5"));
        check(DocumentKind::Run, "12345678-4", Err(ErrorCode::RutCheckDigit));
        check(DocumentKind::Run, "AB123456", Err(ErrorCode::InvalidDocument));
        check(DocumentKind::Rut, "60801000-9", Ok("60.801.000-9"));
        check(DocumentKind::Ipe, "100000000-7", Ok("100.000.000-7"));
        check(DocumentKind::Ipa, "100000000-8", Err(ErrorCode::RutCheckDigit));
        check(DocumentKind::Passport, "ab 123-456", Ok("AB123456"));
        check(DocumentKind::Passport, "AB", Err(ErrorCode::InvalidDocument));
        check(DocumentKind::Passport, "AB1", Ok("AB1"));
        check(DocumentKind::Passport, "AB#123", Err(ErrorCode::InvalidDocument));
        check(DocumentKind::Foreign, "V-12.345.678", Ok("V12345678"));
        check(DocumentKind::Foreign, "ГГ 12345", Ok("ГГ12345"));
        check(DocumentKind::Foreign, "---", Err(ErrorCode::InvalidDocument));
    }

    #[test]
    fn the_country_is_one_of_the_list() {
        let country =
            |code| Document::parse(DocumentKind::Passport, "AB123", code).map(|document| document.country());
        assert_eq!(country(Some("ht")), Ok(Some("HT")));
        assert_eq!(country(None), Ok(None));
        assert_eq!(country(Some("Haití")), Err(ErrorCode::InvalidCountry));
    }
}
