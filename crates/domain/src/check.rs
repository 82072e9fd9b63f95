//! The rules that a draft must keep to become a value, in the order of its fields.
//!
//! Every error of a draft is reported at once: a person at the screen mends a form in one go, a script sees
//! all of a line. A rule stands here once, whoever files: window, command line or the public form.

use chrono::format::ParseErrorKind;
use chrono::{DateTime, Datelike, FixedOffset, TimeDelta, Utc};
use uuid::Uuid;

use crate::attachment::AttachmentDraft;
use crate::contact;
use crate::control_code::ControlCode;
use crate::country;
use crate::document::{Document, DocumentKind};
use crate::encounter::{
    Addition, AdditionDraft, Encounter, EncounterDraft, EncounterLine, Outcome, Void, VoidDraft, Wanted,
    WantedDraft, Withdrawal, WithdrawalDraft,
};
use crate::error::{ErrorCode, FieldError};
use crate::folio::Folio;
use crate::input::parse_id;
use crate::kind::Kind;
use crate::limits;
use crate::profile::{Profile, ProfileDraft};
use crate::request::{AnswerWay, DocumentDraft, PersonDraft, Request, RequestDraft, Writer};
use crate::rut::Rut;
use crate::territory::Comuna;

impl RequestDraft {
    /// The draft as a request, if it keeps every rule; `now` is the clock's time, against which a paper's date is held.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the fields.
    pub fn check(self, now: DateTime<Utc>) -> Result<Request, Vec<FieldError>> {
        let mut found = Findings::default();
        let id = found.id(self.id.as_deref());
        let kind = found.word("kind", self.kind.as_deref(), Kind::parse, ErrorCode::UnknownKind, true);
        found.line("topic", self.topic.as_deref(), limits::TOPIC_CHARS_MAX);
        found.text("text", self.text.as_deref(), limits::TEXT_CHARS_MAX, true);
        let comuna = found.comuna("comuna", self.comuna.as_deref(), true);
        found.line("locality", self.locality.as_deref(), limits::LOCALITY_CHARS_MAX);
        let (person_document, answer_by) =
            self.person.as_ref().map_or((None, AnswerWay::None), |person| found.person(person));
        let organisation_rut = self.organisation.as_ref().and_then(|organisation| {
            found.line("organisation.name", organisation.name.as_deref(), limits::NAME_CHARS_MAX);
            let rut = found.rut("organisation.rut", organisation.rut.as_deref());
            found.line("organisation.role", organisation.role.as_deref(), limits::ROLE_CHARS_MAX);
            rut
        });
        let affected_document = self.affected.as_ref().and_then(|affected| {
            found.line("affected.name", affected.name.as_deref(), limits::NAME_CHARS_MAX);
            found.line("affected.social_name", affected.social_name.as_deref(), limits::NAME_CHARS_MAX);
            let document = found.document("affected.document", affected.document.as_ref());
            found.line("affected.relation", affected.relation.as_deref(), limits::ROLE_CHARS_MAX);
            document
        });
        found.line("privacy_notice", self.privacy_notice.as_deref(), limits::PRIVACY_NOTICE_CHARS_MAX);
        found.language("language", self.language.as_deref());
        found.line("assisted_by", self.assisted_by.as_deref(), limits::STAFF_CODE_CHARS_MAX);
        let written_by = found.word(
            "written_by",
            self.written_by.as_deref(),
            Writer::parse,
            ErrorCode::UnknownValue,
            false,
        );
        let paper_at = found.paper_date("captured_at", self.captured_at.as_deref(), now);
        match (kind, comuna, found.finish()) {
            (Some(kind), Some(comuna), Ok(())) => Ok(Request {
                draft: self,
                id,
                kind,
                comuna,
                answer_by,
                written_by,
                paper_at,
                person_document,
                affected_document,
                organisation_rut,
            }),
            (_, _, errors) => Err(errors.err().unwrap_or_default()),
        }
    }
}

impl EncounterDraft {
    /// The draft as an encounter, if it keeps every rule.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the fields.
    pub fn check(self) -> Result<Encounter, Vec<FieldError>> {
        let mut found = Findings::default();
        let id = found.id(self.id.as_deref());
        found.text("matter", self.matter.as_deref(), limits::TOPIC_CHARS_MAX, true);
        let outcome =
            found.word("outcome", self.outcome.as_deref(), Outcome::parse, ErrorCode::UnknownValue, true);
        found.line("referred_to", self.referred_to.as_deref(), limits::AGENCY_CHARS_MAX);
        let comuna = found.comuna("comuna", self.comuna.as_deref(), false);
        found.line("sheet", self.sheet.as_deref(), limits::SHEET_ID_CHARS_MAX);
        match (outcome, found.finish()) {
            (Some(outcome), Ok(())) => Ok(Encounter { draft: self, id, outcome, comuna }),
            (_, errors) => Err(errors.err().unwrap_or_default()),
        }
    }
}

impl EncounterLine {
    /// The line as an encounter and the profile given at it, if both keep every rule; no profile where it says nothing.
    ///
    /// # Errors
    /// Everything that is wrong with either, the encounter's first.
    pub fn check(self) -> Result<(Encounter, Option<Profile>), Vec<FieldError>> {
        let (draft, profile) = self.split();
        check_encounter(draft, profile.as_ref())
    }
}

/// An encounter and the profile given at it, if both keep every rule; no profile where it says nothing.
///
/// # Errors
/// Everything that is wrong with either, the encounter's first.
pub fn check_encounter(
    draft: EncounterDraft,
    profile: Option<&ProfileDraft>,
) -> Result<(Encounter, Option<Profile>), Vec<FieldError>> {
    let outcome = draft.outcome.as_deref().and_then(Outcome::parse);
    let checked = profile.zip(outcome).map(|(profile, outcome)| (profile, profile.check(outcome)));
    match (draft.check(), checked) {
        (Ok(encounter), None) => Ok((encounter, None)),
        (Ok(encounter), Some((draft, Ok(profile)))) => {
            Ok((encounter, Some(profile).filter(|_| !draft.is_empty())))
        }
        (Ok(_), Some((_, Err(errors)))) => Err(errors),
        (Err(mut errors), checked) => {
            errors.extend(checked.and_then(|(_, checked)| checked.err()).unwrap_or_default());
            Err(errors)
        }
    }
}

impl AdditionDraft {
    /// The draft as an addition, if it keeps every rule.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the fields.
    pub fn check(self) -> Result<Addition, Vec<FieldError>> {
        let mut found = Findings::default();
        let id = found.id(self.id.as_deref());
        let folio = found.folio(self.folio.as_deref());
        let control_code = found.control_code(self.control_code.as_deref());
        found.text("text", self.text.as_deref(), limits::TEXT_CHARS_MAX, true);
        match (folio, found.finish()) {
            (Some(folio), Ok(())) => Ok(Addition { draft: self, id, folio, control_code }),
            (_, errors) => Err(errors.err().unwrap_or_default()),
        }
    }
}

impl AttachmentDraft {
    /// Everything that is wrong with what is said about an attachment.
    ///
    /// # Errors
    /// In the order of the fields.
    pub fn check(&self) -> Result<(), Vec<FieldError>> {
        let mut found = Findings::default();
        found.id(self.id.as_deref());
        found.line("name", self.name.as_deref(), limits::ATTACHMENT_NAME_CHARS_MAX);
        found.finish()
    }
}

impl WithdrawalDraft {
    /// The draft as a withdrawal, if it keeps every rule.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the fields.
    pub fn check(self) -> Result<Withdrawal, Vec<FieldError>> {
        let mut found = Findings::default();
        let id = found.id(self.id.as_deref());
        let folio = found.folio(self.folio.as_deref());
        let control_code = found.control_code(self.control_code.as_deref());
        found.text("reason", self.reason.as_deref(), limits::REASON_CHARS_MAX, false);
        match (folio, found.finish()) {
            (Some(folio), Ok(())) => Ok(Withdrawal { draft: self, id, folio, control_code }),
            (_, errors) => Err(errors.err().unwrap_or_default()),
        }
    }
}

impl VoidDraft {
    /// The draft as a void, if it keeps every rule.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the fields.
    pub fn check(self) -> Result<Void, Vec<FieldError>> {
        let mut found = Findings::default();
        let id = found.id(self.id.as_deref());
        let epoch = found
            .required("epoch", self.epoch.as_deref())
            .and_then(|text| found.read("epoch", ErrorCode::InvalidTarget, parse_epoch(text)));
        let seq = found.target_seq(self.seq);
        found.text("reason", self.reason.as_deref(), limits::REASON_CHARS_MAX, true);
        match (epoch, seq, found.finish()) {
            (Some(epoch), Some(seq), Ok(())) => Ok(Void { draft: self, id, epoch, seq }),
            (_, _, errors) => Err(errors.err().unwrap_or_default()),
        }
    }
}

impl WantedDraft {
    /// The draft as a request for content, if it keeps every rule.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the fields.
    pub fn check(self) -> Result<Wanted, Vec<FieldError>> {
        let mut found = Findings::default();
        let id = found.id(self.id.as_deref());
        found.text("words", self.words.as_deref(), limits::WANTED_CHARS_MAX, true);
        found.finish().map(|()| Wanted { draft: self, id })
    }
}

/// What a check found so far.
#[derive(Default)]
pub(crate) struct Findings {
    errors: Vec<FieldError>,
}

impl Findings {
    pub(crate) fn finish(self) -> Result<(), Vec<FieldError>> {
        if self.errors.is_empty() { Ok(()) } else { Err(self.errors) }
    }

    pub(crate) fn add(&mut self, field: &str, code: ErrorCode) {
        self.errors.push(FieldError::at(field, code));
    }

    /// The value that was read, or an error noted in its place.
    fn read<T>(&mut self, field: &str, code: ErrorCode, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.add(field, code);
        }
        value
    }

    /// A field that must be there and not blank.
    fn required<'a>(&mut self, field: &str, value: Option<&'a str>) -> Option<&'a str> {
        match value {
            None => self.add(field, ErrorCode::Missing),
            Some(text) if text.trim().is_empty() => self.add(field, ErrorCode::Empty),
            Some(text) => return Some(text),
        }
        None
    }

    /// Free text of several lines.
    fn text(&mut self, field: &str, value: Option<&str>, chars_max: usize, is_required: bool) {
        let value = if is_required { self.required(field, value) } else { value };
        let Some(text) = value else { return };
        let is_forbidden = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        if self.fits(field, text, chars_max) && text.contains(is_forbidden) {
            self.add(field, ErrorCode::ControlCharacter);
        }
    }

    /// Free text of one line. True when there is something in it and it is well.
    fn line(&mut self, field: &str, value: Option<&str>, chars_max: usize) -> bool {
        let Some(text) = value else { return false };
        if !self.fits(field, text, chars_max) {
            return false;
        }
        if text.contains(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
            self.add(field, ErrorCode::LineBreak);
        } else if text.contains(char::is_control) {
            self.add(field, ErrorCode::ControlCharacter);
        } else {
            return !text.trim().is_empty();
        }
        false
    }

    fn fits(&mut self, field: &str, text: &str, chars_max: usize) -> bool {
        let count = text.chars().count();
        if count > chars_max {
            self.errors.push(
                FieldError::at(field, ErrorCode::TooLong)
                    .with_number("count", count)
                    .with_number("max", chars_max),
            );
        }
        count <= chars_max
    }

    /// A field of one line, held to a form if there is something in it.
    pub(crate) fn form<T>(
        &mut self,
        field: &str,
        value: Option<&str>,
        chars_max: usize,
        read: impl Fn(&str) -> Option<T>,
        code: ErrorCode,
    ) -> Option<T> {
        let text = value.filter(|_| self.line(field, value, chars_max))?;
        self.read(field, code, read(text))
    }

    /// A word of a closed list.
    pub(crate) fn word<T>(
        &mut self,
        field: &str,
        value: Option<&str>,
        parse: impl Fn(&str) -> Option<T>,
        code: ErrorCode,
        is_required: bool,
    ) -> Option<T> {
        if value.is_none() {
            if is_required {
                self.add(field, ErrorCode::Missing);
            }
            return None;
        }
        let text = value.filter(|text| is_required || !text.trim().is_empty())?;
        self.read(field, code, parse(text))
    }

    fn id(&mut self, value: Option<&str>) -> Option<Uuid> {
        let text = value.filter(|text| !text.trim().is_empty())?;
        self.read("id", ErrorCode::InvalidUuid, parse_id(text))
    }

    fn folio(&mut self, value: Option<&str>) -> Option<Folio> {
        let text = self.required("folio", value)?;
        self.read("folio", ErrorCode::InvalidFolio, Folio::parse(text).ok())
    }

    fn control_code(&mut self, value: Option<&str>) -> Option<ControlCode> {
        let value = value.filter(|text| !text.trim().is_empty());
        let code = ErrorCode::InvalidControlCode;
        self.form("control_code", value, limits::CONTROL_CODE_CHARS_MAX, ControlCode::parse, code)
    }

    fn target_seq(&mut self, value: Option<u64>) -> Option<u64> {
        let seq = self.read("seq", ErrorCode::Missing, value)?;
        self.read("seq", ErrorCode::InvalidTarget, Some(seq).filter(|seq| *seq > 0))
    }

    fn comuna(&mut self, field: &str, value: Option<&str>, is_required: bool) -> Option<Comuna> {
        self.word(field, value, Comuna::by_code, ErrorCode::UnknownComuna, is_required)
    }

    fn rut(&mut self, field: &str, value: Option<&str>) -> Option<Rut> {
        let text = value.filter(|_| self.line(field, value, limits::DOCUMENT_NUMBER_CHARS_MAX))?;
        let document = Document::parse(DocumentKind::Rut, text, None);
        document.map_err(|code| self.add(field, code)).ok()?.rut()
    }

    fn document(&mut self, field: &str, value: Option<&DocumentDraft>) -> Option<Document> {
        let draft = value?;
        let at = |name: &str| format!("{field}.{name}");
        let kind =
            self.word(&at("type"), draft.kind.as_deref(), DocumentKind::parse, ErrorCode::UnknownValue, true);
        let number = self.required(&at("number"), draft.number.as_deref());
        let number = number
            .filter(|_| self.line(&at("number"), draft.number.as_deref(), limits::DOCUMENT_NUMBER_CHARS_MAX));
        let parsed = kind.zip(number).and_then(|(kind, number)| {
            Document::parse(kind, number, None).map_err(|code| self.add(&at("number"), code)).ok()
        });
        let country = self.country(&at("country"), draft.country.as_deref());
        parsed.map(|document| document.issued_by(country))
    }

    fn country(&mut self, field: &str, value: Option<&str>) -> Option<&'static str> {
        self.word(field, value, country::parse, ErrorCode::InvalidCountry, false)
    }

    fn person(&mut self, person: &PersonDraft) -> (Option<Document>, AnswerWay) {
        self.line("person.name", person.name.as_deref(), limits::NAME_CHARS_MAX);
        self.line("person.social_name", person.social_name.as_deref(), limits::NAME_CHARS_MAX);
        let document = self.document("person.document", person.document.as_ref());
        self.country("person.country_of_residence", person.country_of_residence.as_deref());
        let is_phone = |text: &str| contact::is_phone(text).then_some(());
        let is_email = |text: &str| contact::is_email(text).then_some(());
        let phone = person.phone.as_deref();
        self.form("person.phone", phone, limits::PHONE_CHARS_MAX, is_phone, ErrorCode::InvalidPhone);
        let email = person.email.as_deref();
        self.form("person.email", email, limits::EMAIL_CHARS_MAX, is_email, ErrorCode::InvalidEmail);
        self.line("person.address", person.address.as_deref(), limits::ADDRESS_CHARS_MAX);
        self.comuna("person.address_comuna", person.address_comuna.as_deref(), false);
        (document, self.answer_by(person))
    }

    fn answer_by(&mut self, person: &PersonDraft) -> AnswerWay {
        let field = "person.answer_by";
        let way =
            self.word(field, person.answer_by.as_deref(), AnswerWay::parse, ErrorCode::UnknownValue, false);
        let needs = match way {
            Some(AnswerWay::Email) => Some(("email", &person.email)),
            Some(AnswerWay::Phone) => Some(("phone", &person.phone)),
            Some(AnswerWay::Letter) => Some(("address", &person.address)),
            Some(AnswerWay::InPerson | AnswerWay::None) | None => None,
        };
        if let Some((name, value)) = needs
            && value.as_deref().is_none_or(|text| text.trim().is_empty())
        {
            self.errors.push(FieldError::at(field, ErrorCode::AnswerWayMissing).with_text("needs", name));
        }
        way.unwrap_or(AnswerWay::None)
    }

    fn language(&mut self, field: &str, value: Option<&str>) {
        let is_tag = |text: &str| is_language_tag(text).then_some(());
        self.form(field, value, limits::LANGUAGE_CHARS_MAX, is_tag, ErrorCode::InvalidLanguage);
    }

    fn paper_date(
        &mut self,
        field: &str,
        value: Option<&str>,
        now: DateTime<Utc>,
    ) -> Option<DateTime<FixedOffset>> {
        let text = value.filter(|text| !text.trim().is_empty())?;
        let date = parse_date(text).map_err(|code| self.add(field, code)).ok()?;
        if date.year() < limits::YEAR_MIN {
            self.errors.push(
                FieldError::at(field, ErrorCode::DateTooOld)
                    .with_text("min", format!("{}-01-01", limits::YEAR_MIN)),
            );
        } else if date.signed_duration_since(now) > TimeDelta::minutes(limits::FUTURE_MINUTES_MAX) {
            self.add(field, ErrorCode::FutureDate);
        }
        Some(date)
    }
}

/// RFC 3339, with the days that don't exist told apart from what isn't a date at all.
fn parse_date(text: &str) -> Result<DateTime<FixedOffset>, ErrorCode> {
    DateTime::parse_from_rfc3339(text).map_err(|error| match error.kind() {
        ParseErrorKind::OutOfRange | ParseErrorKind::Impossible => ErrorCode::ImpossibleDate,
        _ => ErrorCode::InvalidDate,
    })
}

/// The shape of RFC 5646: a language of two or three letters (or up to eight), then subtags of one to eight.
fn is_language_tag(text: &str) -> bool {
    let mut subtags = text.split('-');
    let is_language =
        |tag: &str| (2..=8).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_alphabetic());
    let is_subtag =
        |tag: &str| (1..=8).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_alphanumeric());
    subtags.next().is_some_and(is_language) && subtags.all(is_subtag)
}

fn parse_epoch(text: &str) -> Option<[u8; 8]> {
    let is_hexadecimal = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hexadecimal.then(|| u64::from_str_radix(text, 16).ok()).flatten().map(u64::to_be_bytes)
}
