//! As little as a Tauri program with windows can be: what the figures compare the stand's windows with.
//!
//! It opens as many empty windows as it is told, of the stand's size, and writes a line for each that can be used.

use tauri::webview::WebviewWindowBuilder;
use tauri::{App, WebviewUrl};

// What the framework's macro writes holds a map of its own.
#[allow(clippy::disallowed_types)]
fn main() -> tauri::Result<()> {
    let windows: usize = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(1);
    tauri::Builder::default()
        .setup(move |app| (0..windows).try_for_each(|number| open(app, number)).map_err(Into::into))
        .run(tauri::generate_context!("src-tauri/examples/empty_windows/tauri.conf.json"))
}

#[allow(clippy::print_stderr)]
fn open(app: &App, number: usize) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, format!("empty-{number}"), WebviewUrl::App("index.html".into()))
        .inner_size(1280.0, 800.0)
        .on_document_title_changed(|_, title| eprintln!("titled {title}"))
        .build()
        .map(drop)
}
