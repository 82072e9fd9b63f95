//! The commands, a line each: what they do is in `citizen` and `staff`, who may call them in `lock`.
//! All run off the main thread, so that a slow disk or printer never freezes a window.

use std::path::PathBuf;

use domain::{AdditionDraft, EncounterDraft, FieldError, ProfileDraft, RequestDraft, WithdrawalDraft};
use stand::{
    ActSum, ActView, Attached, BundleAcknowledged, BundleExported, CarryAnswer, Challenge, CodeWanted,
    Directory, HandedFiles, InvitationView, MirrorStatus, Papers, ProfileForm, RecentRecord, Replies,
    SheetView, SheetsFound, SurveyStep, SurveyView,
};
use tauri::{AppHandle, Manager, State, WebviewWindow};
use texts::Language;

use crate::lock::Lock;
use crate::media::{AttachmentsView, Handed, HandedView, MediaView};
use crate::pace::Pace;
use crate::paper::OwedCopies;
use crate::pulse::Pulse;
use crate::reading::{self, Reading};
use crate::refusal::Refusal;
use crate::shell::Shell;
use crate::views::{
    CitizenContext, ComunaView, Delivery, DeviceLine, DocumentVerdict, DueView, EncounterView,
    EnrolmentDraft, FiledView, JoinedView, OutingDraft, PrintOn, PrinterView, ReceiptView, SharedView,
    StaffContext, StaffDraft, TodayView, VerifyView,
};
use crate::{citizen, device, media, paper, speech, staff, survey, syncing, windows};

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
    /// Whom to refer to and where to go.
    citizen_directory(shell: State<'_, Shell>) -> Answer<Directory> = Ok(shell.with(stand::Stand::catalogue_directory)?);
    /// Notes that the catalogue lacks something.
    citizen_want_content(shell: State<'_, Shell>, pace: State<'_, Pace>, words: String) -> Answer<()> = citizen::want(&shell, &pace, words);
    /// The verdict on a document's number.
    citizen_check_document(kind: String, number: String) -> DocumentVerdict = citizen::document(&kind, &number);
    /// What is wrong with a draft.
    citizen_check_request(shell: State<'_, Shell>, draft: RequestDraft) -> Answer<Vec<FieldError>> = citizen::check(&shell, draft);
    /// Files the live session's request.
    citizen_file_request(shell: State<'_, Shell>, pace: State<'_, Pace>, draft: RequestDraft) -> Answer<ReceiptView> = citizen::file(&shell, &pace, draft);
    /// Prints the live session's receipt.
    citizen_print_receipt(shell: State<'_, Shell>, language: String) -> Answer<Delivery> = paper::receipt(&shell, &language);
    /// Whom the device drew for the survey.
    citizen_invitation(shell: State<'_, Shell>, language: String) -> Answer<Option<InvitationView>> = survey::invitation(&shell, &language);
    /// Begins the survey.
    citizen_begin_survey(shell: State<'_, Shell>, place: u64, language: String) -> Answer<SurveyView> = survey::begin(&shell, place, &language);
    /// How far the replies go.
    citizen_survey_step(shell: State<'_, Shell>, replies: Replies) -> Answer<SurveyStep> = survey::step(&shell, &replies);
    /// Seals what was answered.
    citizen_answer_survey(shell: State<'_, Shell>, place: u64, replies: Replies) -> Answer<()> = survey::answer(&shell, place, &replies);
    /// Seals what was answered before the person left.
    citizen_break_off_survey(shell: State<'_, Shell>, place: u64, replies: Replies) -> Answer<()> = survey::break_off(&shell, place, &replies);
    /// The person said no.
    citizen_refuse_survey(shell: State<'_, Shell>, place: u64) -> Answer<()> = survey::refuse(&shell, place);
    /// Reads aloud, or with nothing to read stops reading.
    citizen_read_aloud(text: String, language: String) -> () = read_aloud(&text, &language);
    /// Calls the team.
    citizen_call_help(window: WebviewWindow) -> Answer<()> = Ok(windows::call_help(&window)?);
    /// Lets the screen file on: the team's PIN says that somebody looked.
    citizen_let_on(shell: State<'_, Shell>, pace: State<'_, Pace>, person: Option<String>, pin: String) -> Answer<()> =
        citizen::let_on(&shell, &pace, person.as_deref(), &pin);
    /// The page lives. Once a second.
    citizen_alive(pulse: State<'_, Pulse>) -> () = pulse.heard();
    /// Next person.
    citizen_end_session(app: AppHandle, shell: State<'_, Shell>) -> Answer<()> = end_session(&app, &shell);
    /// Gives the screen back to the team.
    citizen_take_back(app: AppHandle, shell: State<'_, Shell>, person: Option<String>, pin: String) -> Answer<()> =
        take_back(&app, &shell, person.as_deref(), &pin);
    /// What a leader who is locked out reads to the office.
    citizen_unlock_challenge(shell: State<'_, Shell>, person: String) -> Answer<Challenge> = shell.unlock_challenge(&person);
    /// What the office answered, and the leader's new PIN.
    citizen_unlock_by_telephone(shell: State<'_, Shell>, response: String, pin: String) -> Answer<()> = shell.unlock_by_telephone(&response, &pin);

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
    /// Whom to refer to and where to go.
    staff_directory(shell: State<'_, Shell>) -> Answer<Directory> = Ok(shell.with(stand::Stand::catalogue_directory)?);
    /// Prints a sheet.
    staff_print_sheet(shell: State<'_, Shell>, id: String, language: String, on: PrintOn) -> Answer<Delivery> =
        staff::print_sheet(&shell, &id, &language, on);
    /// Reads aloud, or with nothing to read stops reading.
    staff_read_aloud(text: String, language: String) -> () = read_aloud(&text, &language);
    /// Notes that the catalogue lacks something.
    staff_want_content(shell: State<'_, Shell>, words: String) -> Answer<()> = staff::want(&shell, words);
    /// The verdict on a document's number.
    staff_check_document(kind: String, number: String) -> DocumentVerdict = citizen::document(&kind, &number);
    /// What is wrong with a draft.
    staff_check_request(shell: State<'_, Shell>, draft: RequestDraft) -> Answer<Vec<FieldError>> = staff::check(&shell, draft);
    /// Files what somebody dictated.
    staff_file_request(shell: State<'_, Shell>, draft: RequestDraft, language: String) -> Answer<FiledView> = staff::file(&shell, draft, &language);
    /// The invited person had gone.
    staff_lapse_invitation(shell: State<'_, Shell>) -> Answer<()> = survey::lapse(&shell);
    /// Records an encounter.
    staff_record_encounter(shell: State<'_, Shell>, draft: EncounterDraft, profile: Option<ProfileDraft>) -> Answer<EncounterView> =
        staff::encounter(&shell, draft, profile.as_ref());
    /// Takes the last encounter back.
    staff_undo_encounter(shell: State<'_, Shell>, language: String) -> Answer<()> = staff::undo(&shell, &language);
    /// The profile's questions.
    staff_profile_form(shell: State<'_, Shell>, language: String) -> Answer<ProfileForm> =
        Ok(shell.with(|stand| Ok(stand.profile_form(Language::or_default(&language))))?);
    /// Adds to a request.
    staff_add_to_request(shell: State<'_, Shell>, draft: AdditionDraft) -> Answer<()> = staff::add(&shell, draft);
    /// Withdraws a request.
    staff_withdraw(shell: State<'_, Shell>, draft: WithdrawalDraft) -> Answer<()> = staff::withdraw(&shell, draft);
    /// The open outing's last records.
    staff_recent_records(shell: State<'_, Shell>) -> Answer<Vec<RecentRecord>> = staff::recent(&shell);
    /// Declares a record void.
    staff_void(shell: State<'_, Shell>, epoch: String, seq: u64, reason: String) -> Answer<()> =
        staff::void(&shell, epoch, seq, reason);
    /// Prints a copy.
    staff_print_copy(shell: State<'_, Shell>, folio: String, language: String, on: PrintOn) -> Answer<Delivery> =
        staff::print_copy(&shell, &folio, &language, on);
    /// Prints the last receipt again, while its session lives.
    staff_reprint_last(shell: State<'_, Shell>, language: String) -> Answer<Delivery> = paper::receipt(&shell, &language);
    /// What a request has, and where more can come from.
    staff_attachments(shell: State<'_, Shell>, folio: String) -> Answer<AttachmentsView> = media::attachments(&shell, &folio);
    /// Takes a picture, to be looked at.
    staff_take_picture(handed: State<'_, Handed>, camera: PathBuf) -> Answer<HandedView> = media::take_picture(&handed, &camera);
    /// Pictures and pages on media.
    staff_handed_files(shell: State<'_, Shell>, handed: State<'_, Handed>) -> Answer<HandedFiles> = media::files(&shell, &handed);
    /// Takes one of those that were listed, to be looked at.
    staff_take_file(handed: State<'_, Handed>, at: usize) -> Answer<HandedView> = media::take_file(&handed, at);
    /// Keeps what was looked at.
    staff_keep_attachment(shell: State<'_, Shell>, handed: State<'_, Handed>, folio: String, name: Option<String>) -> Answer<Attached> =
        media::keep(&shell, &handed, &folio, name);
    /// Keeps nothing of it.
    staff_drop_attachment(handed: State<'_, Handed>) -> () = handed.let_go();
    /// Sticks and cards, and the mirror.
    staff_media(shell: State<'_, Shell>) -> Answer<MediaView> = media::media(&shell);
    /// Writes what waits onto a stick.
    staff_stick_save(app: AppHandle, shell: State<'_, Shell>, folder: String) -> Answer<BundleExported> = media::save(&app, &shell, &folder);
    /// Takes the office's answers from a stick.
    staff_stick_read(shell: State<'_, Shell>, folder: String) -> Answer<BundleAcknowledged> = media::read(&shell, &folder);
    /// Takes the new version that lies on a stick.
    staff_update_take(shell: State<'_, Shell>, folder: String) -> Answer<()> = media::take_update(&shell, &folder);
    /// Chooses the mirror's medium, or none.
    staff_mirror_set(shell: State<'_, Shell>, folder: Option<String>) -> Answer<MirrorStatus> = media::set_mirror(&shell, folder.as_deref());
    /// Has the mirror compared.
    staff_mirror_check(shell: State<'_, Shell>) -> Answer<MirrorStatus> = media::check_mirror(&shell);
    /// Brings another stand's records on.
    staff_carry(shell: State<'_, Shell>, folder: String, to: Option<String>) -> Answer<CarryAnswer> = media::carry(&shell, &folder, to.as_deref());
    /// What a receipt is.
    staff_verify_code(shell: State<'_, Shell>, code: String) -> Answer<VerifyView> = staff::verify(&shell, &code);
    /// Reads a code with a camera.
    staff_read_code(app: AppHandle, reading: State<'_, Reading>, wanted: CodeWanted, camera: usize) -> Answer<Option<String>> =
        reading::read(&app, &reading, wanted, camera);
    /// Stops it.
    staff_stop_reading(reading: State<'_, Reading>) -> () = reading.stop();
    /// A deadline with its working.
    staff_explain_due(shell: State<'_, Shell>, folio: String) -> Answer<Option<DueView>> = staff::explain(&shell, &folio);
    /// Opens an outing.
    staff_open_outing(shell: State<'_, Shell>, outing: OutingDraft) -> Answer<()> = staff::open_outing(&shell, outing);
    /// Closes the outing.
    staff_close_outing(shell: State<'_, Shell>, language: String) -> Answer<ActView> = staff::close_outing(&shell, &language);
    /// What was closed on this machine.
    staff_acts(shell: State<'_, Shell>, language: String) -> Answer<Vec<ActView>> = staff::acts(&shell, &language);
    /// Prints an act.
    staff_print_act(shell: State<'_, Shell>, number: u64, language: String, on: PrintOn) -> Answer<Delivery> =
        staff::print_act(&shell, number, &language, on);
    /// Writes an act onto a stick.
    staff_save_act(shell: State<'_, Shell>, number: u64, folder: String, language: String) -> Answer<String> =
        paper::save_act(&shell, number, &folder, &language);
    /// Prints the poster.
    staff_print_poster(shell: State<'_, Shell>, language: String) -> Answer<Delivery> = paper::print_poster(&shell, &language);
    /// Writes the poster onto a stick.
    staff_save_poster(shell: State<'_, Shell>, folder: String, language: String) -> Answer<String> =
        paper::save_poster(&shell, &folder, &language);
    /// Copies that belong to a receipt and did not come out, once.
    staff_owed_copies(shell: State<'_, Shell>) -> Vec<OwedCopies> = paper::owed(&shell);
    /// Chooses how many papers are printed at once.
    staff_papers_set(shell: State<'_, Shell>, papers: Papers) -> Answer<()> = paper::set_papers(&shell, papers);
    /// An act's code, for other stands.
    staff_act_code(shell: State<'_, Shell>, number: u64) -> Answer<SharedView> = staff::act_code(&shell, number);
    /// Adds up the acts of these codes.
    staff_sum_acts(shell: State<'_, Shell>, codes: Vec<String>) -> Answer<ActSum> = staff::sum_acts(&shell, codes);
    /// Begins a sync.
    staff_sync_start(shell: State<'_, Shell>) -> Answer<()> = syncing::start(&shell);
    /// Stops the sync.
    staff_sync_cancel(shell: State<'_, Shell>) -> () = syncing::cancel(&shell);
    /// The printer that was chosen.
    staff_printer_get(shell: State<'_, Shell>) -> Answer<Option<PrinterView>> = staff::printer(&shell);
    /// How it is, as it says itself.
    staff_printer_state(shell: State<'_, Shell>) -> Answer<Option<&'static str>> = staff::printer_state(&shell);
    /// Chooses a printer.
    staff_printer_set(shell: State<'_, Shell>, printer: Option<PrinterView>) -> Answer<()> = staff::set_printer(&shell, printer);
    /// Prints a test.
    staff_printer_test(shell: State<'_, Shell>, language: String, on: PrintOn) -> Answer<Delivery> = staff::test_printer(&shell, &language, on);
    /// How the printer of sheets is, as its queue says.
    staff_queue_state(shell: State<'_, Shell>) -> Answer<Option<&'static str>> = staff::queue_state(&shell);
    /// Chooses a printer of sheets.
    staff_queue_set(shell: State<'_, Shell>, address: Option<String>) -> Answer<()> = staff::set_queue(&shell, address.as_deref());
    /// Opens the staff functions with the PIN.
    staff_unlock(shell: State<'_, Shell>, person: Option<String>, pin: String) -> Answer<()> = shell.unlock(person.as_deref(), &pin);
    /// What a leader who is locked out reads to the office.
    staff_unlock_challenge(shell: State<'_, Shell>, person: String) -> Answer<Challenge> = shell.unlock_challenge(&person);
    /// What the office answered, and the leader's new PIN.
    staff_unlock_by_telephone(shell: State<'_, Shell>, response: String, pin: String) -> Answer<()> = shell.unlock_by_telephone(&response, &pin);
    /// Adds somebody to the team.
    staff_add_person(shell: State<'_, Shell>, person: StaffDraft) -> Answer<()> = staff::add_person(&shell, &person);
    /// Gives somebody another role.
    staff_set_role(shell: State<'_, Shell>, code: String, leads: bool) -> Answer<()> = staff::set_role(&shell, &code, leads);
    /// Gives somebody a new PIN.
    staff_set_person_pin(shell: State<'_, Shell>, code: String, pin: String) -> Answer<()> = staff::set_person_pin(&shell, &code, &pin);
    /// Somebody leaves the team.
    staff_remove_person(shell: State<'_, Shell>, code: String) -> Answer<()> = staff::remove_person(&shell, &code);
    /// The open outing's code, for other stands.
    staff_share_outing(shell: State<'_, Shell>) -> Answer<SharedView> = staff::share_outing(&shell);
    /// Opens here the outing of another stand.
    staff_join_outing(shell: State<'_, Shell>, code: String, trusting: bool) -> Answer<JoinedView> = staff::join_outing(&shell, &code, trusting);
    /// What the stand carries and what the last self-test found.
    staff_device(shell: State<'_, Shell>, language: String) -> Answer<Vec<DeviceLine>> = device::lines(&shell, &language);
    /// Runs the self-test again.
    staff_self_test(app: AppHandle, shell: State<'_, Shell>, language: String) -> Answer<Vec<DeviceLine>> = self_test(&app, &shell, &language);
    /// Enrols this machine at the office.
    staff_enrol(app: AppHandle, shell: State<'_, Shell>, enrolment: EnrolmentDraft) -> Answer<()> = enrol(&app, &shell, &enrolment);
    /// Sets the PIN.
    staff_set_pin(shell: State<'_, Shell>, pin: String) -> Answer<()> = shell.set_pin(&pin);
    /// Gives the screen to a citizen.
    staff_hand_over(app: AppHandle, shell: State<'_, Shell>) -> Answer<()> = hand_over(&app, &shell);
}

fn enrol(app: &AppHandle, shell: &Shell, enrolment: &EnrolmentDraft) -> Answer<()> {
    staff::enrol(shell, enrolment)?;
    // That it could not run is logged, and no reason to take the enrolment for failed.
    let _ = shell.self_test();
    shell.ask_for_sync();
    Ok(windows::changed(app)?)
}

fn self_test(app: &AppHandle, shell: &Shell, language: &str) -> Answer<Vec<DeviceLine>> {
    shell.self_test()?;
    windows::changed(app)?;
    device::lines(shell, language)
}

fn read_aloud(text: &str, language: &str) {
    if text.is_empty() { speech::stop() } else { speech::say(text, Language::or_default(language)) }
}

fn hand_over(app: &AppHandle, shell: &Shell) -> Answer<()> {
    let window = shell.hand_over()?;
    app.state::<Handed>().forget();
    app.state::<Reading>().stop();
    app.state::<Pace>().looked();
    app.state::<Pulse>().heard();
    Ok(windows::hand_over(app, window)?)
}

fn end_session(app: &AppHandle, shell: &Shell) -> Answer<()> {
    let (last, next) = shell.end_session().ok_or_else(|| Refusal::of("not_handed_over"))?;
    app.state::<Pace>().next_session();
    speech::stop();
    app.state::<Pulse>().heard();
    Ok(windows::next_person(app, last, next)?)
}

fn take_back(app: &AppHandle, shell: &Shell, person: Option<&str>, pin: &str) -> Answer<()> {
    let Lock::Citizen(window) = shell.lock() else { return Err(Refusal::of("not_handed_over")) };
    shell.take_back(person, pin)?;
    app.state::<Pace>().looked();
    app.state::<Pulse>().rest();
    Ok(windows::take_back(app, window)?)
}
