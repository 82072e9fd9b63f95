//! What the staff's window does: the same use cases as the command line, behind the PIN where they are staff functions.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeZone as _};
use domain::{
    AdditionDraft, Comuna, EncounterDraft, ErrorCode, FieldError, Folio, ProfileDraft, RequestDraft, Role,
    VoidDraft, WantedDraft, WithdrawalDraft,
};
use receipts::SheetPaper;
use stand::{
    ActSum, ActView, Carried, Finding, Grade, Invitation, OutingStatus, OutingToOpen, Papers, PowerLevel,
    PrinterSetting, PrinterTarget, QueueAddress, RECENT_ROWS, RecentRecord, Recorded, Stand, StandError,
    TODAY_ROWS, TODAY_ROWS_MAX, TeamMember, Verdict,
};
use texts::Language;

use crate::citizen;
use crate::paper;
use crate::power;
use crate::qr;
use crate::refusal::Refusal;
use crate::shell::Shell;
use crate::speech;
use crate::views::{
    Blocked, Delivery, DueView, EncounterView, EnrolmentDraft, FiledView, JoinedView, Limits, NOTICE_VERSION,
    OutingDraft, OutingView, PersonView, PlaceView, PrintOn, PrinterView, QueueView, SharedView, SkippedDay,
    StaffContext, StaffDraft, TodayView, VerifyView,
};

/// Where an outing is; none when the stand opened it by itself.
pub(crate) fn place(outing: &OutingStatus) -> Option<PlaceView> {
    let comuna = outing.comuna.as_deref().and_then(Comuna::by_code)?;
    Some(PlaceView { comuna: comuna.into(), locality: outing.place.clone() })
}

/// Whoever works here.
pub(crate) fn people(team: Vec<TeamMember>) -> Vec<PersonView> {
    let view = |person: TeamMember| PersonView {
        code: person.code.into(),
        leads: person.role == Role::Leader,
        locked: person.locked,
    };
    team.into_iter().filter(|person| person.active).map(view).collect()
}

/// What the page shows around the form.
pub(crate) fn context(shell: &Shell) -> StaffContext {
    let read = shell.with(|stand| {
        let outing = stand.outing_status()?;
        let waiting = stand.waiting_to_sync()?;
        let aside = stand.set_aside().is_some();
        let disk_full = matches!(stand.check_space(), Err(StandError::DiskFull));
        Ok((
            stand.office_name().to_owned(),
            outing,
            waiting,
            stand.printer().map(printer_view),
            stand.queue().map(ToString::to_string),
            stand.papers(),
            stand.team()?,
            stand.acting().cloned(),
            disk_full,
            aside,
            stand.synced_at()?,
            stand.carried()?,
            stand.invitation_tally()?,
            stand.mirror_grade(),
        ))
    });
    if read.is_ok() {
        shell.answered();
    }
    let mut context = StaffContext {
        enrolled: !matches!(read, Err(StandError::NotEnrolled)),
        office: String::new(),
        outing: None,
        queue: QueueView { entries: 0, bytes: 0 },
        network: shell.network(),
        printer: None,
        printer_state: shell.printer_state().map(receipts::PrinterState::as_str),
        sheets: None,
        papers: Papers::default(),
        has_pin: false,
        people: Vec::new(),
        acting: None,
        blocked: None,
        warnings: Vec::new(),
        limits: Limits::of_the_domain(),
        notice: NOTICE_VERSION,
        syncing: shell.is_syncing(),
        last_sync: shell.last_sync(),
        listed: TODAY_ROWS,
        synced_at: None,
        power: power::now(),
        survey: None,
        voice: speech::is_there(),
    };
    match read {
        Ok((
            office,
            outing,
            waiting,
            printer,
            sheets,
            papers,
            team,
            acting,
            disk_full,
            aside,
            synced_at,
            carried,
            survey,
            mirror,
        )) => {
            context.survey = survey;
            context.synced_at = synced_at;
            context.office = office;
            context.outing = outing.open.then(|| outing_view(&outing));
            context.queue = QueueView { entries: waiting.entries, bytes: waiting.bytes };
            context.printer = printer;
            context.sheets = sheets;
            context.papers = papers;
            context.has_pin = !team.is_empty();
            context.people = people(team);
            context.blocked = disk_full.then_some(Blocked::DiskFull);
            context.warnings = warnings(shell, &context, aside, mirror);
            if let Some(acting) = acting.filter(|_| shell.is_unlocked()) {
                if acting.wrong_before > 0 {
                    context.warnings.push("warning-wrong-pins".into());
                }
                context.acting = Some(acting.code.into());
            }
            context.warnings.extend(carried.iter().filter_map(warning_of));
        }
        Err(StandError::NotEnrolled) => {
            context.blocked = Some(Blocked::NotEnrolled);
            context.warnings.push("warning-not-enrolled".into());
        }
        Err(StandError::DiskFull) => {
            context.blocked = Some(Blocked::DiskFull);
            context.warnings.push("warning-disk-bad".into());
        }
        Err(error) => context.warnings.push(format!("stand-error-{}", error.code().replace('_', "-"))),
    }
    context
}

/// What is carried and too old, and a clock that can't be right, as it is now: a sync brings other content while the
/// window stands open, and clocks jump at any hour. That nothing was ever synced is shown beside the button.
fn warning_of(carried: &Carried) -> Option<String> {
    let told = match carried.name {
        "catalogue" | "calendar" | "certificate" | "clock" | "keys" => true,
        // Room that is at its end blocks the form, and is said there.
        "disk" => carried.grade == Grade::Careful,
        "sync" => !carried.absent,
        _ => false,
    };
    match carried.grade {
        _ if !told => None,
        Grade::Good => None,
        Grade::Careful => Some(format!("warning-{}-careful", carried.name)),
        Grade::Bad => Some(format!("warning-{}-bad", carried.name)),
    }
}

/// What the team should know, as keys of sentences: first what can be seen now, then what the self-test found.
fn warnings(shell: &Shell, context: &StaffContext, aside: bool, mirror: Grade) -> Vec<String> {
    let now = [
        ("warning-disk-bad", context.blocked == Some(Blocked::DiskFull)),
        ("warning-battery-empty", context.power.level == PowerLevel::Empty),
        ("warning-battery-low", context.power.level == PowerLevel::Low),
        ("warning-new-epoch", aside),
        ("warning-mirror-bad", mirror == Grade::Bad),
        ("warning-mirror-careful", mirror == Grade::Careful),
        ("warning-no-outing", context.outing.is_none()),
        ("warning-no-pin", !context.has_pin),
        ("warning-no-printer", context.printer.is_none()),
    ];
    let seen = now.into_iter().filter(|(_, holds)| *holds).map(|(key, _)| key.to_owned());
    let tested = shell.findings().into_iter().filter_map(|check| warning_of_finding(check.finding?));
    seen.chain(tested).collect()
}

/// The warning that a finding of the self-test is; none where it is told as it is now, above or in the window's head, or
/// where it only belongs into the list of this machine.
fn warning_of_finding(finding: Finding) -> Option<String> {
    let (name, grade) = (finding.name(), finding.grade());
    let told = match name {
        "seal" | "alarms" | "memory" => grade != Grade::Good,
        // That a ledger was set aside is seen now; that one does not hold, only by reading it whole.
        "ledger" | "escapes" => grade == Grade::Bad,
        _ => false,
    };
    match grade {
        _ if !told => None,
        Grade::Good => None,
        Grade::Careful => Some(format!("warning-{name}-careful")),
        Grade::Bad => Some(format!("warning-{name}-bad")),
    }
}

fn outing_view(outing: &OutingStatus) -> OutingView {
    OutingView {
        place: place(outing),
        place_kind: outing.place_kind.clone(),
        opened_at: outing.opened_at.clone(),
        goal: outing.goal,
        team: outing.team.clone(),
        requests: outing.requests,
        encounters: outing.encounters,
    }
}

/// Enrols this machine with the office's invitation: its address and code, or the text of its QR.
pub(crate) fn enrol(shell: &Shell, enrolment: &EnrolmentDraft) -> Result<(), Refusal> {
    let EnrolmentDraft { central, code, pin } = enrolment;
    let invitation = if code.contains('#') {
        Invitation::read(code)?
    } else {
        Invitation { central: central.trim().to_owned(), code: code.clone() }
    };
    Ok(shell.enrol(&invitation, pin)?)
}

/// Today's requests, newest first: the last ones, or all.
pub(crate) fn today(shell: &Shell, all: bool) -> Result<Vec<TodayView>, Refusal> {
    let rows = shell.with(|stand| stand.today(if all { TODAY_ROWS_MAX } else { TODAY_ROWS }))?;
    let view = |row: stand::TodayRow| TodayView {
        folio: row.folio,
        kind: row.kind.to_string(),
        captured_at: row.captured_at,
        arrived: row.arrived,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// The date of a paper form as the team types it, in the time of the form's place. What is no such date goes on as
/// it was typed, and its rule refuses it.
fn with_paper_date(draft: RequestDraft) -> RequestDraft {
    let comuna = draft.comuna.as_deref().and_then(Comuna::by_code);
    let zoned = draft.captured_at.as_deref().and_then(|typed| paper_date(typed, comuna?));
    RequestDraft { captured_at: zoned.or(draft.captured_at), ..draft }
}

/// `dd/mm/aaaa hh:mm`, or the day alone for its first minute. None for what is no date, or none of that place:
/// the hour that is skipped when the clocks go forward.
fn paper_date(typed: &str, comuna: Comuna) -> Option<String> {
    let typed = typed.trim();
    let local = NaiveDateTime::parse_from_str(typed, "%d/%m/%Y %H:%M").ok().or_else(|| {
        NaiveDate::parse_from_str(typed, "%d/%m/%Y").ok().map(|day| day.and_time(NaiveTime::MIN))
    })?;
    let zoned = comuna.time_zone().from_local_datetime(&local).earliest()?;
    Some(zoned.to_rfc3339_opts(SecondsFormat::Secs, false))
}

/// What is wrong with what was said so far.
pub(crate) fn check(shell: &Shell, draft: RequestDraft) -> Result<Vec<FieldError>, Refusal> {
    citizen::check(shell, with_paper_date(draft))
}

/// Files what somebody dictated or wrote on paper, and prints the receipt when there is a printer.
pub(crate) fn file(shell: &Shell, draft: RequestDraft, language: &str) -> Result<FiledView, Refusal> {
    let writer = if draft.captured_at.is_some() { "transcriber" } else { "staff" };
    let draft = with_paper_date(RequestDraft { written_by: Some(writer.into()), ..draft });
    let receipt = citizen::file_as(shell, draft, Language::or_default(language).into())?;
    let has_printer = shell.with(|stand| Ok(stand.printer().is_some()))?;
    // What goes wrong with paper is told beside the receipt: the request is kept.
    let (printed, print_failed) = match has_printer.then(|| paper::receipt(shell, language)) {
        None => (None, None),
        Some(Ok(delivery)) => (Some(delivery), None),
        Some(Err(refusal)) => (None, Some(refusal.text_key.unwrap_or_else(|| "print-failed".into()))),
    };
    Ok(FiledView { receipt, printed, print_failed })
}

fn noted(shell: &Shell, recorded: Result<Recorded, StandError>) -> Result<(), Refusal> {
    recorded?;
    shell.nudge();
    Ok(())
}

/// Records an encounter and, apart from it, the profile.
pub(crate) fn encounter(
    shell: &Shell,
    draft: EncounterDraft,
    profile: Option<&ProfileDraft>,
) -> Result<EncounterView, Refusal> {
    let recorded = shell.with(|stand| stand.record_encounter(draft, profile))?;
    shell.keep_undo(recorded.undo);
    shell.nudge();
    let Recorded { profile, epoch, seq, .. } = recorded.answer;
    Ok(EncounterView { epoch, seq, profile })
}

/// Takes the last encounter back, with its profile: no PIN, as it is the hand that just recorded it.
pub(crate) fn undo(shell: &Shell, language: &str) -> Result<(), Refusal> {
    let undone = shell.undo(None, |stand, undo| stand.undo(undo, Language::or_default(language)));
    noted(shell, undone.ok_or_else(|| Refusal::of("nothing_to_void"))?)
}

/// Adds to a request already filed.
pub(crate) fn add(shell: &Shell, draft: AdditionDraft) -> Result<(), Refusal> {
    noted(shell, shell.with(|stand| stand.record_addition(draft)))
}

/// Withdraws a request already filed.
pub(crate) fn withdraw(shell: &Shell, draft: WithdrawalDraft) -> Result<(), Refusal> {
    noted(shell, shell.with(|stand| stand.record_withdrawal(draft)))
}

/// The open outing's last records, which can be declared void.
pub(crate) fn recent(shell: &Shell) -> Result<Vec<RecentRecord>, Refusal> {
    Ok(shell.with(|stand| stand.recent_records(RECENT_ROWS))?)
}

/// Declares a record void. An encounter within its seconds goes as if it were undone: its profile with it, and nothing is
/// left to undo.
pub(crate) fn void(shell: &Shell, epoch: String, seq: u64, reason: String) -> Result<(), Refusal> {
    shell.check_unlocked()?;
    let undone = shell.undo(Some((epoch.as_str(), seq)), |stand, undo| stand.undo_for(undo, reason.clone()));
    let voided = match undone {
        Some(undone) if !matches!(undone, Err(StandError::UndoOver)) => undone,
        _ => {
            let draft = VoidDraft { id: None, epoch: Some(epoch), seq: Some(seq), reason: Some(reason) };
            shell.with(|stand| stand.record_void(draft))
        }
    };
    noted(shell, voided)
}

pub(crate) fn folio(text: &str) -> Result<Folio, Refusal> {
    let wrong = || FieldError::at("folio", ErrorCode::InvalidFolio);
    text.parse().map_err(|_| Refusal { fields: vec![wrong()], ..Refusal::of("rejected") })
}

/// Prints a copy.
pub(crate) fn print_copy(
    shell: &Shell,
    text: &str,
    language: &str,
    on: PrintOn,
) -> Result<Delivery, Refusal> {
    let (folio, language) = (folio(text)?, Language::or_default(language));
    let sheets = |stand: &mut Stand| stand.copy_sheet_job(folio, language);
    paper::print(shell, on, |stand| stand.copy_job(folio, language), sheets)
}

/// Prints a sheet of the catalogue.
pub(crate) fn print_sheet(shell: &Shell, id: &str, language: &str, on: PrintOn) -> Result<Delivery, Refusal> {
    let language = Language::or_default(language);
    let sheets = |stand: &mut Stand| stand.slip_sheet_job(id, language);
    paper::print(shell, on, |stand| stand.slip_job(id, language), sheets)
}

/// Notes that the catalogue lacks something.
pub(crate) fn want(shell: &Shell, words: String) -> Result<(), Refusal> {
    shell.with(|stand| stand.record_wanted(WantedDraft { id: None, words: Some(words) }))?;
    Ok(())
}

/// What a receipt is.
pub(crate) fn verify(shell: &Shell, code: &str) -> Result<VerifyView, Refusal> {
    let answer = shell.with(|stand| stand.verify(code))?;
    Ok(VerifyView { verdict: answer.verdict, folio: answer.folio, captured_at: answer.captured_at })
}

/// The deadline of a request with its working; none where no answer was asked for.
pub(crate) fn explain(shell: &Shell, text: &str) -> Result<Option<DueView>, Refusal> {
    let folio = folio(text)?;
    let Some(due) = shell.with(|stand| stand.explain_due(folio))? else { return Ok(None) };
    let skipped =
        |day: &domain::deadline::Skipped| SkippedDay { date: day.date.to_string(), why: day.why.to_string() };
    let working = due.working.unwrap_or_default();
    Ok(Some(DueView {
        promise: due.promise.to_string(),
        legal: due.legal.to_string(),
        counted: working.counted.iter().map(ToString::to_string).collect(),
        skipped: working.skipped.iter().map(skipped).collect(),
    }))
}

/// Opens an outing.
pub(crate) fn open_outing(shell: &Shell, draft: OutingDraft) -> Result<(), Refusal> {
    shell.check_unlocked()?;
    let outing = OutingToOpen {
        comuna: draft.comuna,
        place: draft.place,
        place_kind: draft.place_kind,
        goal: draft.goal,
        team: draft.team,
    };
    shell.with(|stand| stand.open_outing(&outing))?;
    Ok(())
}

/// The open outing's code: other stands read it off the screen.
pub(crate) fn share_outing(shell: &Shell) -> Result<SharedView, Refusal> {
    shell.check_unlocked()?;
    let code = shell.with(|stand| stand.share_outing())?.code;
    Ok(SharedView { qr: qr::rows(&code), code })
}

/// Opens here the outing of another stand: of one that this stand can't vouch for only with `trusting`.
pub(crate) fn join_outing(shell: &Shell, code: &str, trusting: bool) -> Result<JoinedView, Refusal> {
    shell.check_unlocked()?;
    let joined = shell.with(|stand| stand.join_outing(code.trim(), trusting))?;
    Ok(JoinedView { known: joined.signer == Verdict::Genuine, other_day: joined.other_day })
}

const fn role(leads: bool) -> Role {
    if leads { Role::Leader } else { Role::Team }
}

/// Adds somebody. Whether whoever acts may, says the stand, here and below.
pub(crate) fn add_person(shell: &Shell, person: &StaffDraft) -> Result<(), Refusal> {
    shell.check_unlocked()?;
    Ok(shell.with(|stand| stand.add_person(&person.code, role(person.leads), &person.pin))?)
}

/// Gives somebody another role.
pub(crate) fn set_role(shell: &Shell, code: &str, leads: bool) -> Result<(), Refusal> {
    shell.check_unlocked()?;
    Ok(shell.with(|stand| stand.set_role(code, role(leads)))?)
}

/// Gives somebody a new PIN.
pub(crate) fn set_person_pin(shell: &Shell, code: &str, pin: &str) -> Result<(), Refusal> {
    shell.check_unlocked()?;
    Ok(shell.with(|stand| stand.set_pin_of(code, pin))?)
}

/// Somebody leaves.
pub(crate) fn remove_person(shell: &Shell, code: &str) -> Result<(), Refusal> {
    shell.check_unlocked()?;
    Ok(shell.with(|stand| stand.remove_person(code))?)
}

/// Closes the open outing.
pub(crate) fn close_outing(shell: &Shell, language: &str) -> Result<ActView, Refusal> {
    shell.check_unlocked()?;
    shell.keep_undo(None);
    Ok(shell.with(|stand| stand.close_outing(Language::or_default(language)))?.act)
}

/// What was closed on this machine, the newest first.
pub(crate) fn acts(shell: &Shell, language: &str) -> Result<Vec<ActView>, Refusal> {
    let mut acts = shell.with(|stand| stand.acts(Language::or_default(language)))?;
    acts.reverse();
    Ok(acts)
}

/// Prints an act.
pub(crate) fn print_act(
    shell: &Shell,
    number: u64,
    language: &str,
    on: PrintOn,
) -> Result<Delivery, Refusal> {
    let language = Language::or_default(language);
    let sheets = |stand: &mut Stand| stand.act_sheet_job(Some(number), language);
    paper::print(shell, on, |stand| stand.act_job(Some(number), language), sheets)
}

/// An act's code: other stands read it off the screen to add it to theirs.
pub(crate) fn act_code(shell: &Shell, number: u64) -> Result<SharedView, Refusal> {
    let code = shell.with(|stand| stand.act(Some(number), Language::default()))?.code;
    Ok(SharedView { qr: qr::rows(&code), code })
}

/// Adds up acts, each named by its place in the list, from 1.
pub(crate) fn sum_acts(shell: &Shell, codes: Vec<String>) -> Result<ActSum, Refusal> {
    let codes: Vec<_> = (1_usize..).map(|place| place.to_string()).zip(codes).collect();
    Ok(shell.with(|stand| stand.sum_acts(&codes))?)
}

fn printer_view(printer: &PrinterSetting) -> PrinterView {
    let PrinterSetting { target, paper_mm, cutter, speed } = printer;
    PrinterView { target: target.to_string(), paper_mm: *paper_mm, cutter: *cutter, speed: *speed }
}

/// The printer that was chosen.
pub(crate) fn printer(shell: &Shell) -> Result<Option<PrinterView>, Refusal> {
    Ok(shell.with(|stand| Ok(stand.printer().map(printer_view)))?)
}

/// How the printer is; none where none was chosen. The stand is free while the printer thinks.
pub(crate) fn printer_state(shell: &Shell) -> Result<Option<&'static str>, Refusal> {
    let Some(printer) = shell.with(|stand| Ok(stand.printer().cloned()))? else { return Ok(None) };
    let state = printer.state();
    shell.note_printer(state);
    Ok(Some(state.as_str()))
}

/// Chooses a printer: a path is a device file, anything else `host:port`.
pub(crate) fn set_printer(shell: &Shell, printer: Option<PrinterView>) -> Result<(), Refusal> {
    shell.check_unlocked()?;
    let setting = printer.map(|printer| PrinterSetting {
        target: if printer.target.starts_with('/') {
            PrinterTarget::Device(printer.target.into())
        } else {
            PrinterTarget::Network(printer.target)
        },
        paper_mm: printer.paper_mm,
        cutter: printer.cutter,
        speed: printer.speed,
    });
    shell.with(|stand| stand.set_printer(setting))?;
    shell.forget_printer();
    Ok(())
}

/// Prints a page to see that what comes out is right: dots, as a receipt is, or a sheet.
pub(crate) fn test_printer(shell: &Shell, language: &str, on: PrintOn) -> Result<Delivery, Refusal> {
    let language = Language::or_default(language);
    let sheets = |stand: &mut Stand| stand.sheet_job(&SheetPaper::Test(language));
    paper::print(shell, on, |stand| stand.test_job(language), sheets)
}

/// How the printer of sheets is; none where none was chosen.
pub(crate) fn queue_state(shell: &Shell) -> Result<Option<&'static str>, Refusal> {
    let queue = shell.with(|stand| Ok(stand.queue().cloned()))?;
    Ok(queue.map(|queue| queue.state().as_str()))
}

/// Chooses a printer of sheets by its queue's address, or none.
pub(crate) fn set_queue(shell: &Shell, address: Option<&str>) -> Result<(), Refusal> {
    shell.check_unlocked()?;
    let queue = address.map(QueueAddress::parse).transpose()?;
    Ok(shell.with(|stand| stand.set_queue(queue))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A warning without a sentence would be shown as its key.
    #[test]
    fn every_warning_has_its_words_in_every_language() {
        let findings = Finding::ALL.iter().filter_map(|finding| warning_of_finding(*finding));
        let carried = Carried::NAMES.iter().flat_map(|name| {
            let item = |grade| Carried::new(name, grade);
            [Grade::Good, Grade::Careful, Grade::Bad].map(item).into_iter().filter_map(|it| warning_of(&it))
        });
        let warnings: Vec<String> = findings.chain(carried).collect();
        for expected in ["warning-ledger-bad", "warning-escapes-bad", "warning-disk-careful"] {
            assert!(warnings.iter().any(|key| key == expected), "{expected} is told");
        }
        for sentences in [
            include_str!("../../ui/packages/i18n/locales/es-CL/staff.ftl"),
            include_str!("../../ui/packages/i18n/locales/en/staff.ftl"),
        ] {
            for key in &warnings {
                assert!(sentences.contains(&format!("\n{key} = ")), "{key}");
            }
            let printer =
                ["none", "ready", "paper_low", "out_of_paper", "cover_open", "failed", "absent", "unknown"];
            for state in printer {
                assert!(sentences.contains(&format!("\nstaff-printer-{state} = ")), "{state}");
            }
        }
    }

    /// What would stand twice, or is no worry, is no warning.
    #[test]
    fn what_the_window_says_already_is_no_warning() {
        for finding in Finding::ALL {
            if finding.grade() == Grade::Good
                || ["printer", "mirror", "pin", "battery"].contains(&finding.name())
            {
                assert_eq!(warning_of_finding(*finding), None, "{finding:?}");
            }
        }
        let check = |name: &'static str, grade, expected: Option<&str>| {
            assert_eq!(warning_of(&Carried::new(name, grade)).as_deref(), expected, "{name} {grade:?}");
        };
        // A version that did not stay is said where this machine is.
        check("update", Grade::Careful, None);
        check("survey", Grade::Bad, None);
        check("disk", Grade::Bad, None);
        check("certificate", Grade::Bad, Some("warning-certificate-bad"));
    }

    #[test]
    fn a_paper_date_is_of_its_place() {
        let check = |comuna: &str, typed: &str, expected: Option<&str>| {
            let comuna = Comuna::by_code(comuna).unwrap();
            assert_eq!(paper_date(typed, comuna).as_deref(), expected, "{typed}");
        };
        // Santiago has winter and summer time, Aysén and Magallanes have one, Rapa Nui is two hours behind.
        check("13101", " 04/07/2026 10:32 ", Some("2026-07-04T10:32:00-04:00"));
        check("13101", "04/01/2026 10:32", Some("2026-01-04T10:32:00-03:00"));
        check("11303", "04/07/2026 10:32", Some("2026-07-04T10:32:00-03:00"));
        check("05201", "04/07/2026 10:32", Some("2026-07-04T10:32:00-06:00"));
        check("12101", "04/07/2026", Some("2026-07-04T00:00:00-03:00"));
        check("13101", "31/02/2026", None);
        check("13101", "2026-07-04", None);
        // The clocks of Santiago go forward at midnight: this quarter past twelve never was.
        check("13101", "06/09/2026 00:15", None);
    }
}
