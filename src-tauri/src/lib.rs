//! The stand's windows: the only place that names `tauri`. Two windows, staff's and citizen's, over one stand.
//!
//! A command is one line over a use case of the crate `stand`; who may call it is decided before it runs, in one
//! place for all ([`lock::admit`]), by window and by who has the screen. What is absent: any way for the
//! citizen's window to list, read back, configure or leave.

mod args;
mod backlight;
#[cfg(test)]
mod bindings;
mod citizen;
mod closed;
mod commands;
mod device;
#[cfg(target_os = "linux")]
mod keys;
mod lock;
mod media;
mod pace;
mod paper;
mod power;
mod pulse;
mod qr;
mod reading;
mod refusal;
mod shell;
mod speech;
mod staff;
mod survey;
mod syncing;
mod views;
mod windows;

use std::process::ExitCode;
use std::sync::mpsc;
use std::time::Duration;

use tauri::ipc::Invoke;
use tauri::{Manager, RunEvent, WindowEvent};

use crate::lock::{Lock, STAFF_WINDOW};
use crate::pace::Pace;
use crate::pulse::Pulse;
use crate::refusal::Refusal;
use crate::shell::Shell;

/// How long syncing and the self-test wait for the first screen. Without one they are as useful.
const FIRST_SCREEN_WITHIN: Duration = Duration::from_secs(5);

/// Runs the windows until the team closes its own.
pub fn run() -> ExitCode {
    log();
    if let Some(name) = args::forbidden_variable(|name| std::env::var_os(name).is_some()) {
        tracing::error!(name, "this variable lets another program drive the windows: not started");
        return ExitCode::from(2);
    }
    let args = match args::parse(std::env::args_os().skip(1), std::env::var_os("HOME")) {
        Ok(args) => args,
        Err(why) => {
            tracing::error!(why, "not started");
            return ExitCode::from(2);
        }
    };
    #[cfg(target_os = "linux")]
    closed::keep_pages_plain();
    #[cfg(target_os = "linux")]
    if let Err(error) = gtk::init() {
        // The framework asks again, and would panic.
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "no display to open a window on: not started"
        );
        return ExitCode::from(2);
    }
    match build(Shell::new(args.data)) {
        Ok(app) => {
            app.run(on_event);
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "no window");
            ExitCode::FAILURE
        }
    }
}

/// To standard error, warnings and worse: nothing that a person wrote is ever in them.
fn log() {
    use tracing_subscriber::filter::EnvFilter;
    let filter = EnvFilter::try_from_env("OIRS_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

// What the framework's macro writes holds a map of its own.
#[allow(clippy::disallowed_types)]
fn build(shell: Shell) -> tauri::Result<tauri::App> {
    tauri::Builder::default()
        .manage(shell)
        .manage(Pace::default())
        .manage(Pulse::default())
        .manage(media::Handed::default())
        .manage(reading::Reading::default())
        .invoke_handler(guarded)
        .setup(|app| {
            let handle = app.handle().clone();
            let (usable, first_screen) = mpsc::sync_channel(1);
            std::thread::spawn(move || {
                let shell = handle.state::<Shell>();
                shell.open_stand();
                // What nobody waits for would take a small machine's cores from the first screen.
                let _ = first_screen.recv_timeout(FIRST_SCREEN_WITHIN);
                stand::prepare_to_record();
                syncing::begin(&handle);
                let _ = shell.self_test();
                let _ = windows::changed(&handle);
                media::watch(&handle);
            });
            let handle = app.handle().clone();
            std::thread::spawn(move || pulse::watch(&handle));
            let handle = app.handle().clone();
            std::thread::spawn(move || power::watch(&handle));
            windows::open_staff(app.handle(), move || {
                // Full once it was said, closed once it was heard.
                let _ = usable.try_send(());
            })?;
            Ok(())
        })
        .build(tauri::generate_context!("tauri.conf.json"))
}

/// Every command passes here first, and none has another way in.
fn guarded(invoke: Invoke) -> bool {
    let webview = invoke.message.webview_ref();
    let lock = webview.state::<Shell>().lock();
    if let Err(code) = lock::admit(lock, webview.label(), invoke.message.command()) {
        tracing::warn!(code, window = webview.label(), command = invoke.message.command(), "refused");
        invoke.resolver.reject(Refusal::of(code));
        return true;
    }
    handler(invoke)
}

// The framework's macro wants two hidden names beside each command's.
#[allow(clippy::wildcard_imports)]
fn handler(invoke: Invoke) -> bool {
    use commands::*;
    let handle: fn(Invoke) -> bool = tauri::generate_handler![
        citizen_context,
        citizen_comunas_search,
        citizen_search_catalogue,
        citizen_sheet,
        citizen_directory,
        citizen_want_content,
        citizen_check_document,
        citizen_check_request,
        citizen_file_request,
        citizen_print_receipt,
        citizen_invitation,
        citizen_begin_survey,
        citizen_survey_step,
        citizen_answer_survey,
        citizen_break_off_survey,
        citizen_refuse_survey,
        citizen_read_aloud,
        citizen_call_help,
        citizen_let_on,
        citizen_alive,
        citizen_end_session,
        citizen_take_back,
        citizen_unlock_challenge,
        citizen_unlock_by_telephone,
        staff_context,
        staff_today,
        staff_comunas_search,
        staff_search_catalogue,
        staff_sheet,
        staff_directory,
        staff_print_sheet,
        staff_read_aloud,
        staff_want_content,
        staff_check_document,
        staff_check_request,
        staff_file_request,
        staff_lapse_invitation,
        staff_record_encounter,
        staff_undo_encounter,
        staff_profile_form,
        staff_add_to_request,
        staff_withdraw,
        staff_recent_records,
        staff_void,
        staff_print_copy,
        staff_reprint_last,
        staff_attachments,
        staff_take_picture,
        staff_handed_files,
        staff_take_file,
        staff_keep_attachment,
        staff_drop_attachment,
        staff_media,
        staff_stick_save,
        staff_stick_read,
        staff_update_take,
        staff_mirror_set,
        staff_mirror_check,
        staff_carry,
        staff_verify_code,
        staff_read_code,
        staff_stop_reading,
        staff_explain_due,
        staff_open_outing,
        staff_close_outing,
        staff_acts,
        staff_print_act,
        staff_save_act,
        staff_print_poster,
        staff_save_poster,
        staff_owed_copies,
        staff_papers_set,
        staff_act_code,
        staff_sum_acts,
        staff_sync_start,
        staff_sync_cancel,
        staff_printer_get,
        staff_printer_state,
        staff_printer_set,
        staff_printer_test,
        staff_queue_state,
        staff_queue_set,
        staff_unlock,
        staff_unlock_challenge,
        staff_unlock_by_telephone,
        staff_add_person,
        staff_set_role,
        staff_set_person_pin,
        staff_remove_person,
        staff_share_outing,
        staff_join_outing,
        staff_device,
        staff_self_test,
        staff_enrol,
        staff_set_pin,
        staff_hand_over,
    ];
    handle(invoke)
}

/// A citizen can't close the window, and without the team's there is no program.
fn on_event(app: &tauri::AppHandle, event: RunEvent) {
    let (label, event) = match event {
        RunEvent::WindowEvent { label, event, .. } => (label, event),
        RunEvent::Exit => return windows::forget_sessions(),
        _ => return,
    };
    match event {
        WindowEvent::CloseRequested { api, .. }
            if matches!(app.state::<Shell>().lock(), Lock::Citizen(_)) =>
        {
            api.prevent_close();
        }
        WindowEvent::Destroyed if label == STAFF_WINDOW => app.exit(0),
        _ => {}
    }
}
