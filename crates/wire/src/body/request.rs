//! A citizen's request as CBOR: the schema, and the way from and to what was filed.

use domain::{
    AffectedDraft, AnswerWay, Captured, DocumentDraft, DocumentKind, Folio, Kind, OrganisationDraft,
    PersonDraft, RequestDraft, Writer,
};
use minicbor::{Decode, Encode};
use uuid::Uuid;

use super::spelled_otherwise;
use super::words::{When, Word};
use crate::Malformed;
use crate::receipt::ClaimKey;

#[derive(Encode, Decode)]
#[cbor(map)]
struct DocumentBody {
    #[n(0)]
    kind: Option<Word>,
    #[n(1)]
    number: Option<String>,
    #[n(2)]
    country: Option<String>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct PersonBody {
    #[n(0)]
    name: Option<String>,
    #[n(1)]
    social_name: Option<String>,
    #[n(2)]
    document: Option<DocumentBody>,
    #[n(3)]
    country_of_residence: Option<String>,
    #[n(4)]
    phone: Option<String>,
    #[n(5)]
    email: Option<String>,
    #[n(6)]
    address: Option<String>,
    #[n(7)]
    address_comuna: Option<Word>,
    #[n(8)]
    answer_by: Option<Word>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct OrganisationBody {
    #[n(0)]
    name: Option<String>,
    #[n(1)]
    rut: Option<String>,
    #[n(2)]
    role: Option<String>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct AffectedBody {
    #[n(0)]
    name: Option<String>,
    #[n(1)]
    social_name: Option<String>,
    #[n(2)]
    document: Option<DocumentBody>,
    #[n(3)]
    relation: Option<String>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
pub(super) struct RequestBody {
    #[cbor(n(0), with = "minicbor::bytes")]
    id: [u8; 16],
    /// The id as filed, when spelled other than canonically.
    #[n(1)]
    filed_id: Option<String>,
    #[cbor(n(2), with = "minicbor::bytes")]
    claim: [u8; 16],
    #[n(3)]
    folio: u64,
    #[n(4)]
    when: When,
    #[n(5)]
    kind: Option<Word>,
    #[n(6)]
    text: Option<String>,
    #[n(7)]
    comuna: Option<Word>,
    #[n(8)]
    locality: Option<String>,
    #[n(9)]
    topic: Option<String>,
    #[n(10)]
    person: Option<PersonBody>,
    #[n(11)]
    organisation: Option<OrganisationBody>,
    #[n(12)]
    affected: Option<AffectedBody>,
    #[n(13)]
    will_accepted: Option<bool>,
    #[n(14)]
    privacy_notice: Option<String>,
    #[n(15)]
    language: Option<String>,
    #[n(16)]
    assisted_by: Option<String>,
    #[n(17)]
    written_by: Option<Word>,
    /// The date of a transcribed paper, as filed.
    #[n(18)]
    paper_at: Option<String>,
    #[n(19)]
    due: Option<Due>,
    /// The entry of this ledger that opened the outing.
    #[n(20)]
    outing: Option<u64>,
}

/// What the citizen was promised, so that the office can honour it and not compute another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Due {
    /// Reading A, in days since 1970-01-01.
    #[n(0)]
    pub promise_days: i32,
    /// Reading B (art. 25 of Ley 19.880), in days since 1970-01-01.
    #[n(1)]
    pub legal_days: i32,
}

/// A request as recorded.
#[derive(Clone, PartialEq, Eq)]
pub struct RequestRecord {
    /// The record's id: filed, or drawn by the stand.
    pub id: Uuid,
    /// The citizen's key.
    pub claim: ClaimKey,
    /// The request's number.
    pub folio: Folio,
    /// When the stand recorded it.
    pub captured: Captured,
    /// What was filed, field by field as written.
    pub filed: RequestDraft,
    /// What was promised; none where no answer was asked for.
    pub due: Option<Due>,
    /// The entry of this ledger that opened the outing.
    pub outing: Option<u64>,
}

impl From<&DocumentDraft> for DocumentBody {
    fn from(draft: &DocumentDraft) -> Self {
        Self {
            kind: draft.kind.as_deref().map(Word::of::<DocumentKind>),
            number: draft.number.clone(),
            country: draft.country.clone(),
        }
    }
}

impl From<DocumentBody> for DocumentDraft {
    fn from(body: DocumentBody) -> Self {
        Self { kind: body.kind.map(Word::filed::<DocumentKind>), number: body.number, country: body.country }
    }
}

impl From<&PersonDraft> for PersonBody {
    fn from(draft: &PersonDraft) -> Self {
        let draft = draft.clone();
        Self {
            name: draft.name,
            social_name: draft.social_name,
            document: draft.document.as_ref().map(DocumentBody::from),
            country_of_residence: draft.country_of_residence,
            phone: draft.phone,
            email: draft.email,
            address: draft.address,
            address_comuna: draft.address_comuna.as_deref().map(Word::of_comuna),
            answer_by: draft.answer_by.as_deref().map(Word::of::<AnswerWay>),
        }
    }
}

impl From<PersonBody> for PersonDraft {
    fn from(body: PersonBody) -> Self {
        Self {
            name: body.name,
            social_name: body.social_name,
            document: body.document.map(DocumentDraft::from),
            country_of_residence: body.country_of_residence,
            phone: body.phone,
            email: body.email,
            address: body.address,
            address_comuna: body.address_comuna.map(Word::filed_comuna),
            answer_by: body.answer_by.map(Word::filed::<AnswerWay>),
        }
    }
}

impl From<&OrganisationDraft> for OrganisationBody {
    fn from(draft: &OrganisationDraft) -> Self {
        let OrganisationDraft { name, rut, role } = draft.clone();
        Self { name, rut, role }
    }
}

impl From<OrganisationBody> for OrganisationDraft {
    fn from(body: OrganisationBody) -> Self {
        let OrganisationBody { name, rut, role } = body;
        Self { name, rut, role }
    }
}

impl From<&AffectedDraft> for AffectedBody {
    fn from(draft: &AffectedDraft) -> Self {
        let AffectedDraft { name, social_name, document, relation } = draft.clone();
        Self { name, social_name, document: document.as_ref().map(DocumentBody::from), relation }
    }
}

impl From<AffectedBody> for AffectedDraft {
    fn from(body: AffectedBody) -> Self {
        let AffectedBody { name, social_name, document, relation } = body;
        Self { name, social_name, document: document.map(DocumentDraft::from), relation }
    }
}

impl From<&RequestRecord> for RequestBody {
    fn from(record: &RequestRecord) -> Self {
        let filed = &record.filed;
        Self {
            id: record.id.into_bytes(),
            filed_id: spelled_otherwise(record.id, filed.id.as_ref()),
            claim: *record.claim.as_bytes(),
            folio: record.folio.number(),
            when: record.captured.into(),
            kind: filed.kind.as_deref().map(Word::of::<Kind>),
            text: filed.text.clone(),
            comuna: filed.comuna.as_deref().map(Word::of_comuna),
            locality: filed.locality.clone(),
            topic: filed.topic.clone(),
            person: filed.person.as_ref().map(PersonBody::from),
            organisation: filed.organisation.as_ref().map(OrganisationBody::from),
            affected: filed.affected.as_ref().map(AffectedBody::from),
            will_accepted: filed.will_accepted,
            privacy_notice: filed.privacy_notice.clone(),
            language: filed.language.clone(),
            assisted_by: filed.assisted_by.clone(),
            written_by: filed.written_by.as_deref().map(Word::of::<Writer>),
            paper_at: filed.captured_at.clone(),
            due: record.due,
            outing: record.outing,
        }
    }
}

impl TryFrom<RequestBody> for RequestRecord {
    type Error = Malformed;

    fn try_from(body: RequestBody) -> Result<Self, Malformed> {
        let malformed = |why: String| Malformed { what: "request", why };
        let id = Uuid::from_bytes(body.id);
        Ok(Self {
            id,
            claim: ClaimKey::from_bytes(body.claim),
            folio: Folio::from_number(body.folio).map_err(|error| malformed(error.to_string()))?,
            captured: body.when.into(),
            filed: RequestDraft {
                id: Some(body.filed_id.unwrap_or_else(|| id.to_string())),
                kind: body.kind.map(Word::filed::<Kind>),
                topic: body.topic,
                text: body.text,
                comuna: body.comuna.map(Word::filed_comuna),
                locality: body.locality,
                person: body.person.map(PersonDraft::from),
                organisation: body.organisation.map(OrganisationDraft::from),
                affected: body.affected.map(AffectedDraft::from),
                will_accepted: body.will_accepted,
                privacy_notice: body.privacy_notice,
                language: body.language,
                assisted_by: body.assisted_by,
                written_by: body.written_by.map(Word::filed::<Writer>),
                captured_at: body.paper_at,
            },
            due: body.due,
            outing: body.outing,
        })
    }
}
