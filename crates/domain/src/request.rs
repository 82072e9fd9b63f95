//! A request, as it is filed and as it is once checked.
//!
//! What a person wrote is kept as it was written: the dots of a RUN, capitals, the offset of a date. So the
//! draft's fields are plain text, a checked [`Request`] holds the draft unchanged beside what was read from it,
//! and what goes out again is the draft. A blank optional field counts as absent and is still kept.
//!
//! The field names freeze with the first schema: they may be added to, never renamed.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::document::Document;
use crate::error::FieldError;
use crate::input;
use crate::kind::Kind;
use crate::rut::Rut;
use crate::territory::Comuna;
use crate::words::words;
#[cfg(feature = "schema")]
use crate::{document::DocumentKind, limits};

words! {
    /// The way by which the person wants the answer.
    AnswerWay {
        /// Electronic mail.
        Email = "correo",
        /// A telephone call.
        Phone = "telefono",
        /// A letter.
        Letter = "carta",
        /// In person, at the next visit or at an office.
        InPerson = "presencial",
        /// No answer is wanted, so nothing falls due.
        None = "ninguno",
    }
}

words! {
    /// Whose hand wrote the request.
    Writer {
        /// The citizen, at the screen.
        Citizen = "citizen",
        /// A staff member, while the citizen spoke.
        Staff = "staff",
        /// Somebody copying a paper form.
        Transcriber = "transcriber",
    }
}

words! {
    /// How far the stand's clock could be trusted when it recorded.
    Certainty {
        /// A trusted time and the monotonic clock agree with it.
        Confirmed = "confirmed",
        /// Nothing speaks for or against it.
        Unconfirmed = "unconfirmed",
        /// A trusted time speaks against it.
        Contradicted = "contradicted",
    }
}

/// When a record was made, by the stand's clock, and how sure that is. Part of the sealed record, not of what is filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Captured {
    /// Milliseconds since 1970 by the stand's wall clock.
    pub at_unix_ms: i64,
    /// How far that clock could be trusted.
    pub certainty: Certainty,
    /// The last time that somebody trustworthy told, seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trusted_unix_s: Option<i64>,
    /// Milliseconds that the monotonic clock counted since then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elapsed_ms: Option<u64>,
}

impl Captured {
    /// When it most likely was, in milliseconds since 1970: the time that was told last and what has passed since, where
    /// the wall clock contradicts that; else what the wall clock said. A promise counts from here (ADR 85).
    pub fn likely_unix_ms(&self) -> i64 {
        match (self.certainty, self.trusted_unix_s, self.elapsed_ms) {
            (Certainty::Contradicted, Some(told_s), Some(elapsed_ms)) => {
                let elapsed_ms = i64::try_from(elapsed_ms).unwrap_or(i64::MAX);
                told_s.saturating_mul(1_000).saturating_add(elapsed_ms)
            }
            _ => self.at_unix_ms,
        }
    }
}

/// A document as written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(title = "Document", extend("required" = ["type", "number"])))]
pub struct DocumentDraft {
    /// One of the words of [`crate::DocumentKind`].
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "DocumentKind"))]
    pub kind: Option<String>,
    /// The number as it stands on the paper or was dictated.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "String", length(max = limits::DOCUMENT_NUMBER_CHARS_MAX)))]
    pub number: Option<String>,
    /// The country that issued it, ISO 3166-1 alpha-2.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[A-Za-z]{2}$")))]
    pub country: Option<String>,
}

/// Who files, or who represents the organisation that files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(title = "Person"))]
pub struct PersonDraft {
    /// The name in the register.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = limits::NAME_CHARS_MAX)))]
    pub name: Option<String>,
    /// How the person wants to be called.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = limits::NAME_CHARS_MAX)))]
    pub social_name: Option<String>,
    /// The document that says who it is.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "input::object")]
    pub document: Option<DocumentDraft>,
    /// Where the person lives, ISO 3166-1 alpha-2.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[A-Za-z]{2}$")))]
    pub country_of_residence: Option<String>,
    /// Telephone numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = limits::PHONE_CHARS_MAX)))]
    pub phone: Option<String>,
    /// An electronic address.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = limits::EMAIL_CHARS_MAX)))]
    pub email: Option<String>,
    /// A postal address.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = limits::ADDRESS_CHARS_MAX)))]
    pub address: Option<String>,
    /// The comuna of that address, five digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[0-9]{5}$")))]
    pub address_comuna: Option<String>,
    /// One of the words of [`AnswerWay`]; absent means that no answer is wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<AnswerWay>"))]
    pub answer_by: Option<String>,
}

/// The organisation that files through its representative.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(title = "Organisation"))]
pub struct OrganisationDraft {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = limits::NAME_CHARS_MAX)))]
    pub name: Option<String>,
    /// Its tax number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = limits::DOCUMENT_NUMBER_CHARS_MAX)))]
    pub rut: Option<String>,
    /// What the representative is to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = limits::ROLE_CHARS_MAX)))]
    pub role: Option<String>,
}

/// The affected person, when it is not who files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(title = "Affected"))]
pub struct AffectedDraft {
    /// The name in the register.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = limits::NAME_CHARS_MAX)))]
    pub name: Option<String>,
    /// How the person wants to be called.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = limits::NAME_CHARS_MAX)))]
    pub social_name: Option<String>,
    /// The document that says who it is.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "input::object")]
    pub document: Option<DocumentDraft>,
    /// What who files is to the affected person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = limits::ROLE_CHARS_MAX)))]
    pub relation: Option<String>,
}

/// A request as filed: every field as written, nothing checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(title = "Request", extend("required" = ["kind", "text", "comuna"])))]
pub struct RequestDraft {
    /// A UUID by which the same request can be filed again without being filed twice.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Uuid>"))]
    pub id: Option<String>,
    /// One of the words of [`Kind`]. Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Kind"))]
    pub kind: Option<String>,
    /// What it is about, in free words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = limits::TOPIC_CHARS_MAX)))]
    pub topic: Option<String>,
    /// What the person says. Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "String", length(min = 1, max = limits::TEXT_CHARS_MAX)))]
    pub text: Option<String>,
    /// Where it is filed, five digits. Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "String", regex(pattern = "^[0-9]{5}$")))]
    pub comuna: Option<String>,
    /// The place within the comuna, in free words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = limits::LOCALITY_CHARS_MAX)))]
    pub locality: Option<String>,
    /// Who files; null or absent is anonymous.
    #[serde(default, deserialize_with = "input::object")]
    #[cfg_attr(feature = "bindings", ts(optional = nullable))]
    pub person: Option<PersonDraft>,
    /// The organisation that files, if one does.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "input::object")]
    pub organisation: Option<OrganisationDraft>,
    /// The affected person, when it is another than who files.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "input::object")]
    pub affected: Option<AffectedDraft>,
    /// Whether the person accepted it as an expression of will (Ley 19.880, art. 30).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub will_accepted: Option<bool>,
    /// The version of the privacy notice read before capture (Ley 19.628, art. 14 ter).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = limits::PRIVACY_NOTICE_CHARS_MAX)))]
    pub privacy_notice: Option<String>,
    /// The language in which it was filed, a tag of RFC 5646.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = limits::LANGUAGE_CHARS_MAX)))]
    pub language: Option<String>,
    /// The staff member who helped, by code.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = limits::STAFF_CODE_CHARS_MAX)))]
    pub assisted_by: Option<String>,
    /// One of the words of [`Writer`].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Writer>"))]
    pub written_by: Option<String>,
    /// The date of a transcribed paper form, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<DateTime<FixedOffset>>"))]
    pub captured_at: Option<String>,
}

impl RequestDraft {
    /// Reads one JSON object.
    ///
    /// # Errors
    /// The first thing wrong with its form; what its fields say is for [`RequestDraft::check`].
    pub fn from_json(json: &str) -> Result<Self, FieldError> {
        input::from_json(json)
    }
}

/// A request that keeps every rule, with what was read from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub(crate) draft: RequestDraft,
    pub(crate) id: Option<Uuid>,
    pub(crate) kind: Kind,
    pub(crate) comuna: Comuna,
    pub(crate) answer_by: AnswerWay,
    pub(crate) written_by: Option<Writer>,
    pub(crate) paper_at: Option<DateTime<FixedOffset>>,
    pub(crate) person_document: Option<Document>,
    pub(crate) affected_document: Option<Document>,
    pub(crate) organisation_rut: Option<Rut>,
}

impl Request {
    /// What was filed, field by field as written.
    pub const fn filed(&self) -> &RequestDraft {
        &self.draft
    }

    /// What was filed, to be given back.
    pub fn to_draft(&self) -> RequestDraft {
        self.draft.clone()
    }

    /// What was filed, without a copy.
    pub fn into_draft(self) -> RequestDraft {
        self.draft
    }

    /// The UUID that it was filed with, if any.
    pub const fn id(&self) -> Option<Uuid> {
        self.id
    }

    /// Its kind.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// What the person says.
    pub fn text(&self) -> &str {
        self.draft.text.as_deref().unwrap_or_default()
    }

    /// Where it is filed.
    pub const fn comuna(&self) -> Comuna {
        self.comuna
    }

    /// How the answer is wanted; [`AnswerWay::None`] where nothing was said.
    pub const fn answer_by(&self) -> AnswerWay {
        self.answer_by
    }

    /// Whose hand wrote it, where that was said.
    pub const fn written_by(&self) -> Option<Writer> {
        self.written_by
    }

    /// The date of the paper that it was transcribed from, in the offset in which it was written.
    pub const fn paper_at(&self) -> Option<DateTime<FixedOffset>> {
        self.paper_at
    }

    /// Whether neither a person nor an organisation says who it is.
    pub const fn is_anonymous(&self) -> bool {
        self.draft.person.is_none() && self.draft.organisation.is_none()
    }

    /// The document of who files.
    pub const fn person_document(&self) -> Option<&Document> {
        self.person_document.as_ref()
    }

    /// The document of the affected person.
    pub const fn affected_document(&self) -> Option<&Document> {
        self.affected_document.as_ref()
    }

    /// The tax number of the organisation that files.
    pub const fn organisation_rut(&self) -> Option<Rut> {
        self.organisation_rut
    }
}
