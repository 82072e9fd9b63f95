//! What the citizen's window does. Append, read what is published, print the live receipt: nothing else exists here.

use domain::{Certainty, Comuna, Document, DocumentKind, FieldError, RequestDraft, WantedDraft};
use stand::StandError;
use texts::CitizenLanguage;

use crate::pace::Pace;
use crate::refusal::Refusal;
use crate::shell::Shell;
use crate::views::{
    Blocked, CitizenContext, ComunaView, DocumentVerdict, IdleLimits, Limits, NOTICE_VERSION, ReceiptView,
};

const COMUNAS_SHOWN_MAX: usize = 8;

/// What the screen shows before anything is said.
pub(crate) fn context(shell: &Shell, pace: &Pace) -> CitizenContext {
    let read = shell.with(|stand| {
        Ok((
            stand.office_name().to_owned(),
            stand.outing_status()?,
            stand.printer().is_some(),
            stand.clock_certainty(),
            stand.check_space(),
            // A list that can't be read stops no citizen.
            crate::staff::people(stand.team().unwrap_or_default()),
        ))
    });
    let without = |why| (String::new(), None, false, Certainty::Unconfirmed, Some(why), Vec::new());
    let (office, place, printer, clock, blocked, people) = match read {
        Ok((office, outing, printer, clock, space, people)) => {
            let blocked = matches!(space, Err(StandError::DiskFull)).then_some(Blocked::DiskFull);
            (office, crate::staff::place(&outing), printer, clock, blocked, people)
        }
        Err(StandError::NotEnrolled) => without(Blocked::NotEnrolled),
        Err(StandError::DiskFull) => without(Blocked::DiskFull),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "the stand can't be opened");
            without(Blocked::StandFailed)
        }
    };
    CitizenContext {
        office,
        place,
        network: shell.network(),
        languages: CitizenLanguage::all().map(CitizenLanguage::tag).collect(),
        notice: NOTICE_VERSION,
        limits: Limits::of_the_domain(),
        printer,
        clock,
        idle: IDLE_LIMITS,
        team_needed: pace.needs_team(),
        people,
        blocked,
        voice: crate::speech::is_there(),
    }
}

/// A minute and a half of quiet, then a minute of warning: three times the least that WCAG 2.2 (2.2.1) asks for.
const IDLE_LIMITS: IdleLimits = IdleLimits { quiet_s: 90, warning_s: 60 };

/// Comunas whose name fits what is typed.
pub(crate) fn comunas(query: &str) -> Vec<ComunaView> {
    domain::territory::search(query, COMUNAS_SHOWN_MAX).into_iter().map(Comuna::into).collect()
}

/// The verdict on a document's number.
pub(crate) fn document(kind: &str, number: &str) -> DocumentVerdict {
    let Some(kind) = DocumentKind::parse(kind) else {
        return DocumentVerdict { valid: false, code: Some("unknown_value"), repeated: false };
    };
    match Document::parse(kind, number, None) {
        Ok(document) => {
            let repeated = document.rut().is_some_and(|rut| rut.warning().is_some());
            DocumentVerdict { valid: true, code: None, repeated }
        }
        Err(code) => DocumentVerdict { valid: false, code: Some(code.as_str()), repeated: false },
    }
}

/// What is wrong with what was said so far.
pub(crate) fn check(shell: &Shell, draft: RequestDraft) -> Result<Vec<FieldError>, Refusal> {
    Ok(shell.with(|stand| Ok(stand.check_request(draft)))?)
}

/// Files the request of the live session. Whose hand wrote it is this window's to say, not JavaScript's.
pub(crate) fn file(shell: &Shell, pace: &Pace, draft: RequestDraft) -> Result<ReceiptView, Refusal> {
    if draft.privacy_notice.as_deref() != Some(NOTICE_VERSION) {
        return Err(Refusal::of("notice_not_read"));
    }
    let draft =
        RequestDraft { written_by: Some("citizen".into()), assisted_by: None, captured_at: None, ..draft };
    let language = CitizenLanguage::or_default(draft.language.as_deref().unwrap_or_default());
    pace.file(draft.id.clone(), || file_as(shell, draft, language))
}

/// Notes that the catalogue lacks something.
pub(crate) fn want(shell: &Shell, pace: &Pace, words: String) -> Result<(), Refusal> {
    pace.want(|| {
        shell.with(|stand| stand.record_wanted(WantedDraft { id: None, words: Some(words) }))?;
        Ok(())
    })
}

/// Lets the screen go on filing. Wrong PINs are counted and delayed as everywhere.
pub(crate) fn let_on(shell: &Shell, pace: &Pace, person: Option<&str>, pin: &str) -> Result<(), Refusal> {
    // Nobody acts by it: what is filed from here on is still the citizen's alone.
    shell.with(|stand| stand.check_pin_of(person, Some(pin)))?;
    pace.let_on();
    Ok(())
}

/// Files a request, keeps its live receipt and shows it. The stand has committed when this begins to draw.
pub(crate) fn file_as(
    shell: &Shell,
    draft: RequestDraft,
    language: CitizenLanguage,
) -> Result<ReceiptView, Refusal> {
    let recorded = shell.with(|stand| stand.record_request(draft))?;
    shell.nudge();
    // The same form sent twice: the live receipt of the first is still here.
    if recorded.live.is_some() {
        shell.keep_live(recorded.live);
    }
    shell.with_live(|stand, live| Ok(ReceiptView::from(&stand.original(live, language)?)))
}
