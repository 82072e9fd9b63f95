//! Bodies: what is inside a seal, as deterministic CBOR (RFC 8949, section 4.2.1) with integer keys.
//!
//! A request travels as it was filed, word for word; words of closed lists and comuna codes travel as numbers
//! when their spelling is the canonical one, and as text when it is not, so that nothing is altered on the way.
//! A reader skips keys that it does not know; whoever stores a record stores the sealed bytes, so nothing that a
//! later version adds is ever dropped.

use domain::{
    AdditionDraft, AffectedDraft, AnswerWay, Captured, Certainty, DocumentDraft, DocumentKind,
    EncounterDraft, Folio, Kind, OrganisationDraft, Outcome, PersonDraft, RequestDraft, VoidDraft,
    WithdrawalDraft, Writer,
};
use minicbor::data::Type;
use minicbor::encode::Write;
use minicbor::{Decode, Decoder, Encode, Encoder};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::Malformed;
use crate::chain::EntryKind;
use crate::ids::Epoch;
use crate::receipt::ClaimKey;

/// The number of each word of a closed list, frozen.
trait Coded: Copy + PartialEq + 'static {
    const CODES: &'static [(u32, Self)];
    fn word(self) -> &'static str;

    fn code(self) -> Option<u32> {
        Self::CODES.iter().find_map(|(code, value)| (*value == self).then_some(*code))
    }

    fn from_code(code: u32) -> Option<Self> {
        Self::CODES.iter().find_map(|(known, value)| (*known == code).then_some(*value))
    }
}

macro_rules! codes {
    ($($type:ident { $($code:literal => $variant:ident),+ $(,)? })+) => {$(
        impl Coded for $type {
            const CODES: &'static [(u32, Self)] = &[$(($code, Self::$variant)),+];
            fn word(self) -> &'static str {
                self.as_str()
            }
        }
    )+};
}

codes! {
    Kind { 1 => Consulta, 2 => Felicitacion, 3 => Opinion, 4 => Peticion, 5 => Reclamo, 6 => Sugerencia }
    AnswerWay { 0 => None, 1 => Email, 2 => Phone, 3 => Letter, 4 => InPerson }
    Writer { 1 => Citizen, 2 => Staff, 3 => Transcriber }
    Certainty { 0 => Confirmed, 1 => Unconfirmed, 2 => Contradicted }
    DocumentKind { 1 => Run, 2 => Rut, 3 => Ipe, 4 => Ipa, 5 => Passport, 6 => Foreign }
    Outcome { 1 => Informed, 2 => Referred, 3 => RequestFiled, 4 => CameInVain }
}

/// The number of a kind of request, as receipts carry it.
pub(crate) fn kind_code(kind: Kind) -> u8 {
    kind.code().and_then(|code| u8::try_from(code).ok()).unwrap_or_default()
}

/// The kind of that number.
pub(crate) fn kind_from_code(code: u8) -> Option<Kind> {
    Kind::from_code(code.into())
}

/// The number of a certainty, as receipts carry it.
pub(crate) fn certainty_code(certainty: Certainty) -> u8 {
    certainty.code().and_then(|code| u8::try_from(code).ok()).unwrap_or_default()
}

/// The certainty of that number.
pub(crate) fn certainty_from_code(code: u8) -> Option<Certainty> {
    Certainty::from_code(code.into())
}

/// A word as filed: its number where the spelling is canonical, else the text.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Word {
    Code(u32),
    Text(String),
}

impl Word {
    fn of<T: Coded>(filed: &str) -> Self {
        let coded = T::CODES.iter().find(|(_, value)| value.word() == filed);
        coded.map_or_else(|| Self::Text(filed.to_owned()), |(code, _)| Self::Code(*code))
    }

    /// The filed text; a number that this program does not know stays readable as a number.
    fn filed<T: Coded>(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Code(code) => {
                T::from_code(code).map_or_else(|| code.to_string(), |value| value.word().to_owned())
            }
        }
    }

    /// A comuna's five digits as a number (leading zeros come back by the width).
    fn of_comuna(filed: &str) -> Self {
        let digits = filed.len() == COMUNA_DIGITS && filed.bytes().all(|b| b.is_ascii_digit());
        match filed.parse() {
            Ok(number) if digits => Self::Code(number),
            _ => Self::Text(filed.to_owned()),
        }
    }

    fn filed_comuna(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Code(code) => format!("{code:0COMUNA_DIGITS$}"),
        }
    }
}

const COMUNA_DIGITS: usize = 5;

impl<C> Encode<C> for Word {
    fn encode<W: Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        match self {
            Self::Code(code) => e.u32(*code)?,
            Self::Text(text) => e.str(text)?,
        };
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Word {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        match d.datatype()? {
            Type::String => Ok(Self::Text(d.str()?.to_owned())),
            _ => Ok(Self::Code(d.u32()?)),
        }
    }
}

/// When, in whole seconds, and how sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
struct When {
    #[n(0)]
    at_unix_s: i64,
    #[n(1)]
    certainty: u32,
    #[n(2)]
    trusted_unix_s: Option<i64>,
    #[n(3)]
    elapsed_s: Option<u64>,
}

impl From<Captured> for When {
    fn from(captured: Captured) -> Self {
        Self {
            at_unix_s: captured.at_unix_ms.div_euclid(1_000),
            certainty: captured.certainty.code().unwrap_or_default(),
            trusted_unix_s: captured.trusted_unix_s,
            elapsed_s: captured.elapsed_ms.map(|ms| ms.div_euclid(1_000)),
        }
    }
}

impl From<When> for Captured {
    fn from(when: When) -> Self {
        Self {
            at_unix_ms: when.at_unix_s.saturating_mul(1_000),
            certainty: Certainty::from_code(when.certainty).unwrap_or(Certainty::Unconfirmed),
            trusted_unix_s: when.trusted_unix_s,
            elapsed_ms: when.elapsed_s.map(|s| s.saturating_mul(1_000)),
        }
    }
}

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
struct RequestBody {
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

/// A small record about something said or done, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded<T> {
    /// The record's id: filed, or drawn by the stand.
    pub id: Uuid,
    /// When the stand recorded it.
    pub captured: Captured,
    /// What was filed, as written.
    pub filed: T,
    /// The entry of this ledger that opened the outing.
    pub outing: Option<u64>,
}

/// The text fields of a small record, by number; each kind says which is which.
#[derive(Encode, Decode)]
#[cbor(map)]
struct SmallBody {
    #[cbor(n(0), with = "minicbor::bytes")]
    id: [u8; 16],
    #[n(1)]
    filed_id: Option<String>,
    #[n(4)]
    when: When,
    #[n(5)]
    word: Option<Word>,
    #[n(6)]
    text: Option<String>,
    #[n(7)]
    comuna: Option<Word>,
    #[n(8)]
    reference: Option<String>,
    #[n(9)]
    position: Option<u64>,
    #[n(10)]
    control_code: Option<String>,
    #[n(20)]
    outing: Option<u64>,
}

/// The team opens an outing.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct OutingOpened {
    #[n(4)]
    when: When,
    #[n(7)]
    comuna: Option<Word>,
    /// The place, in the team's words.
    #[n(8)]
    pub place: Option<String>,
    /// People to be attended.
    #[n(9)]
    pub goal: Option<u32>,
}

/// The team closes an outing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct OutingClosed {
    #[n(4)]
    when: When,
    /// The entry that opened it.
    #[n(20)]
    pub opened: u64,
    /// Requests recorded in it.
    #[n(21)]
    pub requests: u64,
    /// Encounters recorded in it.
    #[n(22)]
    pub encounters: u64,
}

/// A stand begins a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct LedgerOpened {
    #[n(4)]
    when: When,
    /// Why.
    #[n(5)]
    pub reason: OpeningReason,
    /// The ledger that it goes on from, where that is known.
    #[n(6)]
    pub previous: Option<Epoch>,
}

/// Why a ledger begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpeningReason {
    /// The stand was enrolled.
    Enrolled,
    /// Central found the one before forked.
    Forked,
    /// The database of the one before was damaged and set aside.
    Damaged,
    /// A reason of a later version.
    Other,
}

impl<C> Encode<C> for OpeningReason {
    fn encode<W: Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u8(match self {
            Self::Other => 0,
            Self::Enrolled => 1,
            Self::Forked => 2,
            Self::Damaged => 3,
        })?;
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for OpeningReason {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Ok(match d.u32()? {
            1 => Self::Enrolled,
            2 => Self::Forked,
            3 => Self::Damaged,
            _ => Self::Other,
        })
    }
}

impl OutingOpened {
    /// An outing opened at that time.
    pub fn new(captured: Captured, comuna: Option<&str>, place: Option<String>, goal: Option<u32>) -> Self {
        let comuna = comuna.map(Word::of_comuna);
        Self { when: captured.into(), comuna, place, goal }
    }
    /// The comuna's five-digit code; none when the stand recorded before anyone said where.
    pub fn comuna(&self) -> Option<String> {
        self.comuna.clone().map(Word::filed_comuna)
    }
    /// When.
    pub fn captured(&self) -> Captured {
        self.when.into()
    }
}

impl OutingClosed {
    /// An outing closed at that time.
    pub fn new(captured: Captured, opened: u64, requests: u64, encounters: u64) -> Self {
        Self { when: captured.into(), opened, requests, encounters }
    }
    /// When.
    pub fn captured(&self) -> Captured {
        self.when.into()
    }
}

impl LedgerOpened {
    /// A ledger begun at that time.
    pub fn new(captured: Captured, reason: OpeningReason, previous: Option<Epoch>) -> Self {
        Self { when: captured.into(), reason, previous }
    }
    /// When.
    pub fn captured(&self) -> Captured {
        self.when.into()
    }
}

/// What an entry says once it is opened.
#[derive(Clone, PartialEq, Eq)]
pub enum Body {
    /// A stand begins a ledger.
    LedgerOpened(LedgerOpened),
    /// The team opens an outing.
    OutingOpened(OutingOpened),
    /// The team closes an outing.
    OutingClosed(OutingClosed),
    /// A citizen's request.
    Request(Box<RequestRecord>),
    /// More text for a request already filed.
    Addition(Recorded<AdditionDraft>),
    /// A request taken back.
    Withdrawal(Recorded<WithdrawalDraft>),
    /// One person attended.
    Encounter(Recorded<EncounterDraft>),
    /// An earlier entry declared void.
    Void(Recorded<VoidDraft>),
    /// A kind that this program does not know: kept as it came.
    Unknown(EntryKind, Vec<u8>),
}

impl Body {
    /// What the entry's clear header says of it.
    pub fn kind(&self) -> EntryKind {
        match self {
            Self::LedgerOpened(_) => EntryKind::LEDGER_OPENED,
            Self::OutingOpened(_) => EntryKind::OUTING_OPENED,
            Self::OutingClosed(_) => EntryKind::OUTING_CLOSED,
            Self::Request(_) => EntryKind::REQUEST,
            Self::Addition(_) => EntryKind::ADDITION,
            Self::Withdrawal(_) => EntryKind::WITHDRAWAL,
            Self::Encounter(_) => EntryKind::ENCOUNTER,
            Self::Void(_) => EntryKind::VOID,
            Self::Unknown(kind, _) => *kind,
        }
    }

    /// The CBOR, wiped from memory when dropped.
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(match self {
            Self::LedgerOpened(body) => crate::encode(body),
            Self::OutingOpened(body) => crate::encode(body),
            Self::OutingClosed(body) => crate::encode(body),
            Self::Request(record) => crate::encode(&RequestBody::from(record.as_ref())),
            Self::Addition(record) => crate::encode(&SmallBody::from(record)),
            Self::Withdrawal(record) => crate::encode(&SmallBody::from(record)),
            Self::Encounter(record) => crate::encode(&SmallBody::from(record)),
            Self::Void(record) => crate::encode(&SmallBody::from(record)),
            Self::Unknown(_, bytes) => bytes.clone(),
        })
    }

    /// Reads the CBOR of an entry of that kind.
    pub fn decode(kind: EntryKind, bytes: &[u8]) -> Result<Self, Malformed> {
        Ok(match kind {
            EntryKind::LEDGER_OPENED => Self::LedgerOpened(crate::decode("ledger opening", bytes)?),
            EntryKind::OUTING_OPENED => Self::OutingOpened(crate::decode("outing opening", bytes)?),
            EntryKind::OUTING_CLOSED => Self::OutingClosed(crate::decode("outing closing", bytes)?),
            EntryKind::REQUEST => {
                Self::Request(Box::new(crate::decode::<RequestBody>("request", bytes)?.try_into()?))
            }
            EntryKind::ADDITION => Self::Addition(small("addition", bytes)?.into()),
            EntryKind::WITHDRAWAL => Self::Withdrawal(small("withdrawal", bytes)?.into()),
            EntryKind::ENCOUNTER => Self::Encounter(small("encounter", bytes)?.into()),
            EntryKind::VOID => Self::Void(small("void", bytes)?.into()),
            other => Self::Unknown(other, bytes.to_vec()),
        })
    }
}

fn small(what: &'static str, bytes: &[u8]) -> Result<SmallBody, Malformed> {
    crate::decode(what, bytes)
}

/// The id as filed, where that is not its canonical spelling.
fn spelled_otherwise(id: Uuid, filed: Option<&String>) -> Option<String> {
    filed.filter(|text| **text != id.to_string()).cloned()
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

impl SmallBody {
    fn of<T>(record: &Recorded<T>, filed_id: Option<&String>) -> Self {
        Self {
            id: record.id.into_bytes(),
            filed_id: spelled_otherwise(record.id, filed_id),
            when: record.captured.into(),
            word: None,
            text: None,
            comuna: None,
            reference: None,
            position: None,
            control_code: None,
            outing: record.outing,
        }
    }

    fn recorded<T>(self, filed: impl FnOnce(String, Self) -> T) -> Recorded<T> {
        let id = Uuid::from_bytes(self.id);
        let filed_id = self.filed_id.clone().unwrap_or_else(|| id.to_string());
        let (captured, outing) = (self.when.into(), self.outing);
        Recorded { id, captured, filed: filed(filed_id, self), outing }
    }
}

impl From<&Recorded<AdditionDraft>> for SmallBody {
    fn from(record: &Recorded<AdditionDraft>) -> Self {
        let AdditionDraft { id, folio, control_code, text } = record.filed.clone();
        Self { text, reference: folio, control_code, ..Self::of(record, id.as_ref()) }
    }
}

impl From<SmallBody> for Recorded<AdditionDraft> {
    fn from(body: SmallBody) -> Self {
        body.recorded(|id, body| AdditionDraft {
            id: Some(id),
            folio: body.reference,
            control_code: body.control_code,
            text: body.text,
        })
    }
}

impl From<&Recorded<WithdrawalDraft>> for SmallBody {
    fn from(record: &Recorded<WithdrawalDraft>) -> Self {
        let WithdrawalDraft { id, folio, control_code, reason } = record.filed.clone();
        Self { text: reason, reference: folio, control_code, ..Self::of(record, id.as_ref()) }
    }
}

impl From<SmallBody> for Recorded<WithdrawalDraft> {
    fn from(body: SmallBody) -> Self {
        body.recorded(|id, body| WithdrawalDraft {
            id: Some(id),
            folio: body.reference,
            control_code: body.control_code,
            reason: body.text,
        })
    }
}

impl From<&Recorded<EncounterDraft>> for SmallBody {
    fn from(record: &Recorded<EncounterDraft>) -> Self {
        let EncounterDraft { id, matter, outcome, referred_to, comuna } = record.filed.clone();
        Self {
            word: outcome.as_deref().map(Word::of::<Outcome>),
            text: matter,
            comuna: comuna.as_deref().map(Word::of_comuna),
            reference: referred_to,
            ..Self::of(record, id.as_ref())
        }
    }
}

impl From<SmallBody> for Recorded<EncounterDraft> {
    fn from(body: SmallBody) -> Self {
        body.recorded(|id, body| EncounterDraft {
            id: Some(id),
            matter: body.text,
            outcome: body.word.map(Word::filed::<Outcome>),
            referred_to: body.reference,
            comuna: body.comuna.map(Word::filed_comuna),
        })
    }
}

impl From<&Recorded<VoidDraft>> for SmallBody {
    fn from(record: &Recorded<VoidDraft>) -> Self {
        let VoidDraft { id, epoch, seq, reason } = record.filed.clone();
        Self { text: reason, reference: epoch, position: seq, ..Self::of(record, id.as_ref()) }
    }
}

impl From<SmallBody> for Recorded<VoidDraft> {
    fn from(body: SmallBody) -> Self {
        body.recorded(|id, body| VoidDraft {
            id: Some(id),
            epoch: body.reference,
            seq: body.position,
            reason: body.text,
        })
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words<T: Coded>() -> BoxedStrategy<Option<String>> {
        let canonical: Vec<String> = T::CODES.iter().map(|(_, value)| value.word().to_owned()).collect();
        prop_oneof![
            Just(None),
            proptest::sample::select(canonical).prop_map(Some),
            any::<String>().prop_map(Some),
        ]
        .boxed()
    }

    fn comunas() -> BoxedStrategy<Option<String>> {
        prop_oneof![
            Just(None),
            "[0-9]{5}".prop_map(Some),
            "[0-9]{4,6}".prop_map(Some),
            any::<String>().prop_map(Some)
        ]
        .boxed()
    }

    prop_compose! {
        fn documents()(kind in words::<DocumentKind>(), number: Option<String>, country: Option<String>) -> DocumentDraft {
            DocumentDraft { kind, number, country }
        }
    }

    prop_compose! {
        fn people()(
            names: (Option<String>, Option<String>),
            document in proptest::option::of(documents().boxed()),
            rest: (Option<String>, Option<String>, Option<String>, Option<String>),
            address_comuna in comunas(),
            answer_by in words::<AnswerWay>(),
        ) -> PersonDraft {
            let ((name, social_name), (country_of_residence, phone, email, address)) = (names, rest);
            PersonDraft {
                name, social_name, document, country_of_residence, phone, email, address, address_comuna, answer_by,
            }
        }
    }

    prop_compose! {
        fn affected()(
            name: Option<String>,
            social_name: Option<String>,
            document in proptest::option::of(documents().boxed()),
            relation: Option<String>,
        ) -> AffectedDraft {
            AffectedDraft { name, social_name, document, relation }
        }
    }

    prop_compose! {
        fn drafts()(
            kind in words::<Kind>(),
            texts: (Option<String>, Option<String>, Option<String>),
            comuna in comunas(),
            person in proptest::option::of(people().boxed()),
            organisation: Option<(Option<String>, Option<String>, Option<String>)>,
            affected in proptest::option::of(affected().boxed()),
            will_accepted: Option<bool>,
            rest: (Option<String>, Option<String>, Option<String>, Option<String>),
            written_by in words::<Writer>(),
        ) -> RequestDraft {
            let (topic, text, locality) = texts;
            let (privacy_notice, language, assisted_by, captured_at) = rest;
            let organisation = organisation.map(|(name, rut, role)| OrganisationDraft { name, rut, role });
            RequestDraft {
                id: None, kind, topic, text, comuna, locality, person, organisation, affected, will_accepted,
                privacy_notice, language, assisted_by, written_by, captured_at,
            }
        }
    }

    proptest! {
        #[test]
        fn a_request_comes_back_as_it_was_filed(
            filed in drafts().boxed(),
            id: [u8; 16],
            folio in 0..1_u64 << 45,
            at_unix_s in 0..4_000_000_000_i64,
            due: Option<(i32, i32)>,
            outing: Option<u64>,
        ) {
            let id = Uuid::from_bytes(id);
            let record = RequestRecord {
                id,
                claim: ClaimKey::from_bytes([7; 16]),
                folio: Folio::from_number(folio).unwrap(),
                captured: Captured {
                    at_unix_ms: at_unix_s * 1_000,
                    certainty: Certainty::Confirmed,
                    trusted_unix_s: Some(5),
                    elapsed_ms: None,
                },
                filed: RequestDraft { id: Some(id.to_string().to_uppercase()), ..filed },
                due: due.map(|(promise_days, legal_days)| Due { promise_days, legal_days }),
                outing,
            };
            let body = Body::Request(Box::new(record));
            let read = Body::decode(body.kind(), &body.encode()).unwrap();
            prop_assert!(read == body);
        }

        #[test]
        fn rubbish_is_an_error_and_never_a_panic(kind in 0..12_u16, bytes: Vec<u8>) {
            let _ = Body::decode(EntryKind(kind), &bytes);
        }
    }

    fn recorded<T>(id: Uuid, captured: Captured, filed: T) -> Recorded<T> {
        Recorded { id, captured, filed, outing: Some(2) }
    }

    #[test]
    fn small_records_come_back_and_unknown_kinds_are_kept() {
        let captured = Captured {
            at_unix_ms: 9_000,
            certainty: Certainty::Contradicted,
            trusted_unix_s: None,
            elapsed_ms: Some(2_000),
        };
        let id = Uuid::from_u128(5);
        let text = |text: &str| Some(text.to_owned());
        let filed_id = Some(id.to_string());
        let bodies = [
            Body::LedgerOpened(LedgerOpened::new(captured, OpeningReason::Forked, Some(Epoch([1; 8])))),
            Body::OutingOpened(OutingOpened::new(captured, Some("11302"), text("Caleta Tortel"), Some(60))),
            Body::OutingClosed(OutingClosed::new(captured, 2, 10, 50)),
            Body::Addition(recorded(
                id,
                captured,
                AdditionDraft {
                    id: filed_id.clone(),
                    folio: text("T7K-4QX9-2MB"),
                    control_code: text("7k3m q2xv"),
                    text: text("más"),
                },
            )),
            Body::Withdrawal(recorded(
                id,
                captured,
                WithdrawalDraft {
                    id: filed_id.clone(),
                    folio: text("x"),
                    control_code: text("7K3M-Q2XV"),
                    reason: None,
                },
            )),
            Body::Encounter(recorded(
                id,
                captured,
                EncounterDraft {
                    id: filed_id.clone(),
                    matter: text("bono"),
                    outcome: text("referred"),
                    referred_to: text("ChileAtiende"),
                    comuna: text("01101"),
                },
            )),
            Body::Void(recorded(
                id,
                captured,
                VoidDraft { id: filed_id, epoch: text("00"), seq: Some(4), reason: text("error") },
            )),
            Body::Unknown(EntryKind(99), vec![1, 2, 3]),
        ];
        for body in bodies {
            assert!(Body::decode(body.kind(), &body.encode()).unwrap() == body, "{:?}", body.kind());
        }
    }

    #[test]
    fn exactly_the_unknown_kinds_are_kept_unread() {
        for number in 0..=u16::MAX {
            let kind = EntryKind(number);
            let kept = matches!(Body::decode(kind, &[0xa0]), Ok(Body::Unknown(..)));
            assert_eq!(kept, !kind.is_known(), "{number}");
        }
    }

    #[test]
    fn a_key_from_a_later_version_is_skipped() {
        let opened = OutingOpened::new(
            Captured {
                at_unix_ms: 0,
                certainty: Certainty::Confirmed,
                trusted_unix_s: None,
                elapsed_ms: None,
            },
            None,
            None,
            Some(3),
        );
        let mut bytes = crate::encode(&opened);
        bytes[0] += 1;
        bytes.extend_from_slice(&[0x18, 200, 0x63, b'n', b'e', b'w']);
        assert!(Body::decode(EntryKind::OUTING_OPENED, &bytes).unwrap() == Body::OutingOpened(opened));
    }
}
