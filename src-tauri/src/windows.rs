//! The windows: how each is made, and what neither lets out. The citizen's is full screen, without decorations,
//! incognito, and made anew for each session; the next one is there before the last one is destroyed, so that
//! nobody ever sees the desktop.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use tauri::webview::{NewWindowResponse, WebviewWindowBuilder};
use tauri::{AppHandle, Emitter, Manager, Url, UserAttentionType, WebviewUrl, WebviewWindow};

use crate::lock::{CitizenWindow, Lock, STAFF_WINDOW};
use crate::shell::Shell;

const TITLE: &str = "OIRS en Terreno";

/// Only the windows' own pages. In `tauri dev` they come from the development server.
fn is_own(url: &Url) -> bool {
    url.scheme() == "tauri"
        || url.host_str() == Some("tauri.localhost")
        || (tauri::is_dev() && url.host_str() == Some("127.0.0.1"))
}

fn builder<'a>(
    app: &'a AppHandle,
    label: &str,
    page: &str,
    named: impl Fn() + Send + 'static,
) -> WebviewWindowBuilder<'a, tauri::Wry, AppHandle> {
    WebviewWindowBuilder::new(app, label, WebviewUrl::App(page.into()))
        .title(TITLE)
        .inner_size(1280.0, 800.0)
        .on_navigation(is_own)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .disable_drag_drop_handler()
        .devtools(false)
        .general_autofill_enabled(false)
        // A page names its question, never an answer: screen readers and the desktop say where one is.
        // The first title comes once the page can be used.
        .on_document_title_changed(move |window, title| {
            tracing::info!(title, "titled");
            if title != TITLE {
                named();
            }
            if let Err(error) = window.set_title(&title) {
                tracing::warn!(error = &error as &dyn std::error::Error, "no title");
            }
        })
}

/// What the web view would let out by itself, where it is the system's own.
#[cfg(target_os = "linux")]
use crate::closed::{close, forget_copied, hold};
#[cfg(target_os = "linux")]
use crate::keys::Press;

/// What the team's page asks first, asked in its name while its script is still being read (`call.ts` takes the answers;
/// docs/adr/0032).
const FIRST_QUESTIONS: &str = "
    const ask = window.__TAURI_INTERNALS__.invoke;
    window.early = {
        staff_context: ask('staff_context'),
        staff_today: ask('staff_today', { all: false }),
    };
    for (const asked of Object.values(window.early)) asked.catch(() => {});
";

/// Makes the staff's window. `usable` hears when its page can be used, and whenever it shows something else.
pub(crate) fn open_staff(
    app: &AppHandle,
    usable: impl Fn() + Send + 'static,
) -> tauri::Result<WebviewWindow> {
    let window = builder(app, STAFF_WINDOW, "staff.html", usable)
        .min_inner_size(640.0, 480.0)
        .initialization_script(FIRST_QUESTIONS)
        .build()?;
    #[cfg(target_os = "linux")]
    close(&window, Press::for_staff)?;
    Ok(window)
}

/// Where this run's citizens' windows have their folders: in memory where the system has such a place.
fn sessions_folder() -> PathBuf {
    let base = std::env::var_os("XDG_RUNTIME_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
    base.join(format!("oirs-en-terreno-{}", std::process::id()))
}

/// A folder that no window named before (docs/adr/0030). An incognito page writes nothing there.
fn session_folder() -> PathBuf {
    static SESSIONS: AtomicU64 = AtomicU64::new(0);
    sessions_folder().join(SESSIONS.fetch_add(1, Ordering::Relaxed).to_string())
}

/// Removes what the citizens' windows left of themselves in this run.
pub(crate) fn forget_sessions() {
    match std::fs::remove_dir_all(sessions_folder()) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            tracing::warn!(error = &error as &dyn std::error::Error, "folders of sessions stay");
        }
        _ => {}
    }
}

/// Makes a citizen's window, empty of everything that was before it.
pub(crate) fn open_citizen(app: &AppHandle, window: CitizenWindow) -> tauri::Result<WebviewWindow> {
    let made = builder(app, window.label(), "citizen.html", || ())
        .fullscreen(true)
        .decorations(false)
        .resizable(false)
        .closable(false)
        .minimizable(false);
    // Its own context in memory: no cookie, cache or history has a place to stay. WebDriver can't reach such a
    // context, so the build for end-to-end tests shares the ordinary one.
    let made = if cfg!(feature = "automation") {
        made.build()?
    } else {
        made.incognito(true).data_directory(session_folder()).build()?
    };
    #[cfg(target_os = "linux")]
    {
        close(&made, Press::for_citizen)?;
        hold(&made)?;
        crate::pulse::mind_process(&made, window)?;
    }
    Ok(made)
}

/// Shows the citizen's window and hides the team's.
pub(crate) fn hand_over(app: &AppHandle, window: CitizenWindow) -> tauri::Result<()> {
    open_citizen(app, window)?.set_focus()?;
    if let Some(staff) = app.get_webview_window(STAFF_WINDOW) {
        staff.hide()?;
        // A citizen must not paste what the team had copied.
        #[cfg(target_os = "linux")]
        forget_copied(&staff)?;
    }
    Ok(())
}

/// Destroys a citizen's window and, with it, the process in which its page lived.
pub(crate) fn destroy(app: &AppHandle, window: CitizenWindow) -> tauri::Result<()> {
    let Some(window) = app.get_webview_window(window.label()) else { return Ok(()) };
    #[cfg(target_os = "linux")]
    crate::closed::forget(&window)?;
    window.destroy()
}

/// Shows the team's window again and destroys the citizen's.
pub(crate) fn take_back(app: &AppHandle, window: CitizenWindow) -> tauri::Result<()> {
    if let Some(staff) = app.get_webview_window(STAFF_WINDOW) {
        staff.show()?;
        staff.set_focus()?;
    }
    destroy(app, window)?;
    changed(app)
}

/// A fresh window for the next person, then the end of the last one's.
pub(crate) fn next_person(app: &AppHandle, last: CitizenWindow, next: CitizenWindow) -> tauri::Result<()> {
    open_citizen(app, next)?.set_focus()?;
    destroy(app, last)
}

/// Asks the desktop for attention on behalf of whoever sits before the screen.
pub(crate) fn call_help(window: &WebviewWindow) -> tauri::Result<()> {
    window.request_user_attention(Some(UserAttentionType::Critical))
}

/// Tells the window that has the screen to read its context again. The team's is told once more when it gets the
/// screen back: until then it is refused whatever it asks. A page hears every event of a name, whoever it was meant
/// for: hence two names.
pub(crate) fn changed(app: &AppHandle) -> tauri::Result<()> {
    match app.state::<Shell>().lock() {
        Lock::Staff => app.emit_to(STAFF_WINDOW, "staff-changed", ()),
        Lock::Citizen(window) => app.emit_to(window.label(), "citizen-changed", ()),
    }
}
