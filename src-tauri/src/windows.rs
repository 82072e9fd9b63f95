//! The windows: how each is made, and what neither lets out. The citizen's is full screen, without decorations,
//! incognito, and made anew for each session; the next one is there before the last one is destroyed, so that
//! nobody ever sees the desktop.

use tauri::webview::{NewWindowResponse, WebviewWindowBuilder};
use tauri::{AppHandle, Emitter, Manager, Url, UserAttentionType, WebviewUrl, WebviewWindow};

use crate::lock::{CitizenWindow, STAFF_WINDOW};

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
}

/// Makes the staff's window.
pub(crate) fn open_staff(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    builder(app, STAFF_WINDOW, "staff.html")
        .min_inner_size(640.0, 480.0)
        .zoom_hotkeys_enabled(true)
        // The page says by its title what it shows, for the first time once it can be used.
        .on_document_title_changed(|window, title| {
            tracing::info!(title, "titled");
            let _ = window.set_title(&title);
        })
        .build()
}

/// Makes a citizen's window, empty of everything that was before it.
pub(crate) fn open_citizen(app: &AppHandle, window: CitizenWindow) -> tauri::Result<WebviewWindow> {
    builder(app, window.label(), "citizen.html")
        .fullscreen(true)
        .decorations(false)
        .resizable(false)
        .closable(false)
        .minimizable(false)
        // Its own context in memory: no cookie, cache or history has a place to stay. WebDriver can't reach such a
        // context, so the build for end-to-end tests shares the ordinary one.
        .incognito(cfg!(not(feature = "automation")))
        .build()
}

/// Shows the citizen's window and hides the team's.
pub(crate) fn hand_over(app: &AppHandle, window: CitizenWindow) -> tauri::Result<()> {
    open_citizen(app, window)?.set_focus()?;
    if let Some(staff) = app.get_webview_window(STAFF_WINDOW) {
        staff.hide()?;
    }
    Ok(())
}

/// Destroys a citizen's window and, with it, the process in which its page lived.
pub(crate) fn destroy(app: &AppHandle, window: CitizenWindow) -> tauri::Result<()> {
    app.get_webview_window(window.label()).map_or(Ok(()), |window| window.destroy())
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

/// Tells the windows to read their context again.
pub(crate) fn changed(app: &AppHandle) -> tauri::Result<()> {
    app.emit("changed", ())
}
