//! The commands, a line each: what they do is in `citizen` and `staff`, who may call them in `lock`.
//! All run off the main thread, so that a slow disk or printer never freezes a window.

use domain::{AdditionDraft, EncounterDraft, FieldError, RequestDraft, WithdrawalDraft};
use stand::{SheetView, SheetsFound};
use tauri::{AppHandle, Manager, State, WebviewWindow};

use crate::lock::Lock;
use crate::pace::Pace;
use crate::pulse::Pulse;
use crate::refusal::Refusal;
use crate::shell::Shell;
use crate::views::{
    CitizenContext, ComunaView, Delivery, DocumentVerdict, DueView, EnrolmentDraft, FiledView, OutingDraft,
    PrinterView, ReceiptView, StaffContext, TodayView, VerifyView,
};
use crate::{citizen, staff, syncing, windows};

type Answer<T> = Result<T, Refusal>;

impl From<tauri::Error> for Refusal {
    fn from(error: tauri::Error) -> Self {
        tracing::error!(error = &error as &dyn std::error::Error, "a window failed");
        Self::of("internal")
    }
}

macro_rules! commands {
    ($($(#[$meta:meta])* $name:ident($($arg:ident: $kind:ty),*) -> $answer:ty = $body:expr;)+) => {$(
        $(#[$meta])*
        #[tauri::command(async)]
        #[allow(clippy::needless_pass_by_value, reason = "tauri hands arguments over by value")]
        pub(crate) fn $name($($arg: $kind),*) -> $answer { $body }
    )+};
}

commands! {
    /// What the citizen's screen shows before anything is said.
    citizen_context(shell: State<'_, Shell>, pace: State<'_, Pace>) -> CitizenContext = citizen::context(&shell, &pace);
    /// Comunas whose name fits.
    citizen_comunas_search(query: String) -> Vec<ComunaView> = citizen::comunas(&query);
    /// Sheets of the catalogue that answer.
    citizen_search_catalogue(shell: State<'_, Shell>, query: String) -> Answer<SheetsFound> = Ok(shell.with(|stand| stand.search_catalogue(&query))?);
    /// A sheet of the catalogue.
    citizen_sheet(shell: State<'_, Shell>, id: String) -> Answer<SheetView> = Ok(shell.with(|stand| stand.sheet(&id))?);
    /// The verdict on a document's number.
    citizen_check_document(kind: String, number: String) -> DocumentVerdict = citizen::document(&kind, &number);
    /// What is wrong with a draft.
    citizen_check_request(shell: State<'_, Shell>, draft: RequestDraft) -> Answer<Vec<FieldError>> = citizen::check(&shell, draft);
    /// Files the live session's request.
    citizen_file_request(shell: State<'_, Shell>, pace: State<'_, Pace>, draft: RequestDraft) -> Answer<ReceiptView> = citizen::file(&shell, &pace, draft);
    /// Prints the live session's receipt.
    citizen_print_receipt(shell: State<'_, Shell>, language: String) -> Answer<Delivery> = citizen::print(&shell, &language);
    /// Calls the team.
    citizen_call_help(window: WebviewWindow) -> Answer<()> = Ok(windows::call_help(&window)?);
    /// Lets the screen file on: the team's PIN says that somebody looked.
    citizen_let_on(shell: State<'_, Shell>, pace: State<'_, Pace>, pin: String) -> Answer<()> = citizen::let_on(&shell, &pace, &pin);
    /// The page lives. Once a second.
    citizen_alive(pulse: State<'_, Pulse>) -> () = pulse.heard();
    /// Next person.
    citizen_end_session(app: AppHandle, shell: State<'_, Shell>) -> Answer<()> = end_session(&app, &shell);
    /// Gives the screen back to the team.
    citizen_take_back(app: AppHandle, shell: State<'_, Shell>, pin: String) -> Answer<()> = take_back(&app, &shell, &pin);

    /// What the staff's page shows around the form.
    staff_context(shell: State<'_, Shell>) -> StaffContext = staff::context(&shell);
    /// Today's requests.
    staff_today(shell: State<'_, Shell>, all: bool) -> Answer<Vec<TodayView>> = staff::today(&shell, all);
    /// Comunas whose name fits.
    staff_comunas_search(query: String) -> Vec<ComunaView> = citizen::comunas(&query);
    /// Sheets of the catalogue that answer.
    staff_search_catalogue(shell: State<'_, Shell>, query: String) -> Answer<SheetsFound> = Ok(shell.with(|stand| stand.search_catalogue(&query))?);
    /// A sheet of the catalogue.
    staff_sheet(shell: State<'_, Shell>, id: String) -> Answer<SheetView> = Ok(shell.with(|stand| stand.sheet(&id))?);
    /// Prints a sheet.
    staff_print_sheet(shell: State<'_, Shell>, id: String, language: String) -> Answer<Delivery> = staff::print_sheet(&shell, &id, &language);
    /// The verdict on a document's number.
    staff_check_document(kind: String, number: String) -> DocumentVerdict = citizen::document(&kind, &number);
    /// What is wrong with a draft.
    staff_check_request(shell: State<'_, Shell>, draft: RequestDraft) -> Answer<Vec<FieldError>> = staff::check(&shell, draft);
    /// Files what somebody dictated.
    staff_file_request(shell: State<'_, Shell>, draft: RequestDraft, language: String) -> Answer<FiledView> = staff::file(&shell, draft, &language);
    /// Records an encounter.
    staff_record_encounter(shell: State<'_, Shell>, draft: EncounterDraft) -> Answer<()> = staff::encounter(&shell, draft);
    /// Adds to a request.
    staff_add_to_request(shell: State<'_, Shell>, draft: AdditionDraft) -> Answer<()> = staff::add(&shell, draft);
    /// Withdraws a request.
    staff_withdraw(shell: State<'_, Shell>, draft: WithdrawalDraft) -> Answer<()> = staff::withdraw(&shell, draft);
    /// Undoes the last record.
    staff_void_last(shell: State<'_, Shell>, reason: String) -> Answer<()> = staff::void_last(&shell, reason);
    /// Prints a copy.
    staff_print_copy(shell: State<'_, Shell>, folio: String, language: String) -> Answer<Delivery> = staff::print_copy(&shell, &folio, &language);
    /// Prints the last receipt again, while its session lives.
    staff_reprint_last(shell: State<'_, Shell>, language: String) -> Answer<Delivery> = citizen::print(&shell, &language);
    /// What a receipt is.
    staff_verify_code(shell: State<'_, Shell>, code: String) -> Answer<VerifyView> = staff::verify(&shell, &code);
    /// A deadline with its working.
    staff_explain_due(shell: State<'_, Shell>, folio: String) -> Answer<Option<DueView>> = staff::explain(&shell, &folio);
    /// Opens an outing.
    staff_open_outing(shell: State<'_, Shell>, outing: OutingDraft) -> Answer<()> = staff::open_outing(&shell, outing);
    /// Closes the outing.
    staff_close_outing(shell: State<'_, Shell>) -> Answer<()> = staff::close_outing(&shell);
    /// Begins a sync.
    staff_sync_start(shell: State<'_, Shell>) -> Answer<()> = syncing::start(&shell);
    /// Stops the sync.
    staff_sync_cancel(shell: State<'_, Shell>) -> () = syncing::cancel(&shell);
    /// The printer that was chosen.
    staff_printer_get(shell: State<'_, Shell>) -> Answer<Option<PrinterView>> = staff::printer(&shell);
    /// Chooses a printer.
    staff_printer_set(shell: State<'_, Shell>, printer: Option<PrinterView>) -> Answer<()> = staff::set_printer(&shell, printer);
    /// Prints a test.
    staff_printer_test(shell: State<'_, Shell>, language: String) -> Answer<Delivery> = staff::test_printer(&shell, &language);
    /// Opens the staff functions with the PIN.
    staff_unlock(shell: State<'_, Shell>, pin: String) -> Answer<()> = shell.unlock(&pin);
    /// Enrols this machine at the office.
    staff_enrol(app: AppHandle, shell: State<'_, Shell>, enrolment: EnrolmentDraft) -> Answer<()> = enrol(&app, &shell, &enrolment);
    /// Sets the PIN.
    staff_set_pin(shell: State<'_, Shell>, pin: String) -> Answer<()> = shell.set_pin(&pin);
    /// Gives the screen to a citizen.
    staff_hand_over(app: AppHandle, shell: State<'_, Shell>) -> Answer<()> = hand_over(&app, &shell);
}

fn enrol(app: &AppHandle, shell: &Shell, enrolment: &EnrolmentDraft) -> Answer<()> {
    staff::enrol(shell, enrolment)?;
    shell.self_test();
    shell.ask_for_sync();
    Ok(windows::changed(app)?)
}

fn hand_over(app: &AppHandle, shell: &Shell) -> Answer<()> {
    let window = shell.hand_over()?;
    app.state::<Pace>().looked();
    app.state::<Pulse>().heard();
    Ok(windows::hand_over(app, window)?)
}

fn end_session(app: &AppHandle, shell: &Shell) -> Answer<()> {
    let (last, next) = shell.end_session().ok_or_else(|| Refusal::of("not_handed_over"))?;
    app.state::<Pace>().next_session();
    app.state::<Pulse>().heard();
    Ok(windows::next_person(app, last, next)?)
}

fn take_back(app: &AppHandle, shell: &Shell, pin: &str) -> Answer<()> {
    let Lock::Citizen(window) = shell.lock() else { return Err(Refusal::of("not_handed_over")) };
    shell.take_back(pin)?;
    app.state::<Pace>().looked();
    app.state::<Pulse>().rest();
    Ok(windows::take_back(app, window)?)
}
