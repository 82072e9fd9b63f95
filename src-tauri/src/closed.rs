//! What WebKitGTK offers by itself and our windows don't: its menus, its dialogs, its zoom, its drag and drop, its
//! storage. All of it is refused here, below the page, so that no script decides it. The rows of the threat model's
//! list "Leaving the citizen's window" that say "application" and are about the web view end in this file.

use std::collections::BTreeSet;

#[cfg(target_os = "linux")]
pub(crate) use linux::{close, forget, keep_pages_plain};

/// What a pointing device did, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gesture {
    /// A wheel or two fingers on a pad; with Ctrl held, `WebKit` or a page would zoom.
    Scroll { ctrl: bool },
    /// Two fingers moved apart or together on a pad.
    Pinch,
    /// A finger on the screen, known by a number of its own. The first of several moves the pointer as well.
    Down { finger: usize, first: bool },
    /// It moves.
    Move,
    /// It is lifted, or the system takes it away.
    Up { finger: usize },
}

/// The fingers that are on the screen.
#[derive(Debug, Default)]
struct Fingers(BTreeSet<usize>);

impl Fingers {
    /// Whether the web view may see it. Two thumbs on the screen's keyboard overlap, so every finger's coming and
    /// going passes; what several fingers do together by moving is a pinch, and does not.
    fn pass(&mut self, gesture: Gesture) -> bool {
        match gesture {
            Gesture::Scroll { ctrl } => !ctrl,
            Gesture::Pinch => false,
            Gesture::Down { finger, first } => {
                if first {
                    // One whose end was never told would stop every later move.
                    self.0.clear();
                }
                self.0.insert(finger);
                true
            }
            Gesture::Move => self.0.len() < 2,
            Gesture::Up { finger } => {
                self.0.remove(&finger);
                true
            }
        }
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::cell::RefCell;

    use gtk::Clipboard;
    use gtk::gdk::keys::constants as key;
    use gtk::gdk::{Event, EventTouch, EventType, ModifierType, SELECTION_CLIPBOARD, SELECTION_PRIMARY};
    use gtk::glib::Propagation;
    use gtk::prelude::WidgetExt;
    use tauri::WebviewWindow;
    use webkit2gtk::{FileChooserRequestExt, PermissionRequestExt, SettingsExt, WebView, WebViewExt};

    use super::{Fingers, Gesture};

    /// What the pages' processes do without: the graphics processor (docs/adr/0031) and machine code made from script
    /// (docs/adr/0033). Told through the environment, which they get, before there is a window or another thread.
    pub(crate) fn keep_pages_plain() {
        for (name, value) in [("WEBKIT_DISABLE_COMPOSITING_MODE", "1"), ("JSC_useJIT", "0")] {
            if let Err(error) = gtk::glib::setenv(name, value, true) {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    name,
                    "pages do as the web view likes"
                );
            }
        }
    }

    /// Closes a window's web view. The page may be loading already; none of it can be reached before this ran, since
    /// both happen on the thread of the windows.
    pub(crate) fn close(window: &WebviewWindow) -> tauri::Result<()> {
        window.with_webview(|platform| {
            let view = platform.inner();
            settings(&view);
            dialogs(&view);
            gestures(&view);
            keys(&view);
        })
    }

    /// Ends what a window leaves beside itself: its page's process, which would not hear that its window is gone
    /// while it spins for ever, and what was copied or selected, which the next person would paste.
    pub(crate) fn forget(window: &WebviewWindow) -> tauri::Result<()> {
        window.with_webview(|platform| {
            // A WebDriver session ends with the first process that is ended: there the process ends by itself.
            if cfg!(not(feature = "automation")) {
                platform.inner().terminate_web_process();
            }
            for selection in [SELECTION_CLIPBOARD, SELECTION_PRIMARY] {
                // To clear is only for who owns it, and the web view's word for that is lost with it.
                let clipboard = Clipboard::get(&selection);
                clipboard.set_text("");
                clipboard.clear();
            }
        })
    }

    /// No developer tools, no storage, no page kept for "back", no gesture that goes there.
    fn settings(view: &WebView) {
        let Some(settings) = WebViewExt::settings(view) else { return };
        settings.set_enable_developer_extras(cfg!(feature = "automation"));
        settings.set_enable_back_forward_navigation_gestures(false);
        settings.set_enable_page_cache(false);
        settings.set_enable_html5_local_storage(false);
        settings.set_enable_html5_database(false);
        settings.set_enable_offline_web_application_cache(false);
        settings.set_enable_caret_browsing(false);
        settings.set_enable_media_stream(false);
        settings.set_enable_webrtc(false);
        settings.set_enable_dns_prefetching(false);
        settings.set_enable_fullscreen(false);
        settings.set_javascript_can_open_windows_automatically(false);
        settings.set_javascript_can_access_clipboard(false);
    }

    /// Whatever asks for a menu, a dialog or a permission hears no: `true` says that it has been dealt with.
    fn dialogs(view: &WebView) {
        view.connect_context_menu(|_, _, _, _| true);
        view.connect_print(|_, _| true);
        view.connect_script_dialog(|_, _| true);
        view.connect_authenticate(|_, _| true);
        view.connect_show_notification(|_, _| true);
        view.connect_enter_fullscreen(|_| true);
        view.connect_run_color_chooser(|_, _| true);
        view.connect_run_file_chooser(|_, request| {
            request.cancel();
            true
        });
        view.connect_permission_request(|_, request| {
            request.deny();
            true
        });
        view.drag_dest_unset();
    }

    /// The toolkit's own picker of emoji opens over the page, and remembers across sessions what was picked.
    fn keys(view: &WebView) {
        view.connect_key_press_event(|_, event| {
            let ctrl = event.state().contains(ModifierType::CONTROL_MASK);
            let picks = matches!(event.keyval(), key::period | key::semicolon);
            if ctrl && picks { Propagation::Stop } else { Propagation::Proceed }
        });
    }

    /// The widget hears of every event here first; what stops here, `WebKit` never sees.
    fn gestures(view: &WebView) {
        let fingers = RefCell::new(Fingers::default());
        view.connect_event(move |_, event| {
            let passes = gesture(event).is_none_or(|gesture| fingers.borrow_mut().pass(gesture));
            if passes { Propagation::Proceed } else { Propagation::Stop }
        });
    }

    fn gesture(event: &Event) -> Option<Gesture> {
        // The system's name for a finger is an address that stays the same while it is down.
        let finger = || event.event_sequence().map(|sequence| sequence.as_ptr() as usize).unwrap_or_default();
        match event.event_type() {
            EventType::Scroll => {
                let ctrl = event.state().is_some_and(|held| held.contains(ModifierType::CONTROL_MASK));
                Some(Gesture::Scroll { ctrl })
            }
            EventType::TouchpadPinch => Some(Gesture::Pinch),
            EventType::TouchBegin => {
                let first = event.downcast_ref::<EventTouch>().is_some_and(EventTouch::is_emulating_pointer);
                Some(Gesture::Down { finger: finger(), first })
            }
            EventType::TouchUpdate => Some(Gesture::Move),
            EventType::TouchEnd | EventType::TouchCancel => Some(Gesture::Up { finger: finger() }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingers_may_touch_and_swipe_but_not_pinch() {
        use Gesture::{Down, Move, Pinch, Scroll, Up};
        let check = |gestures: &[(Gesture, bool)]| {
            let mut fingers = Fingers::default();
            for (at, &(gesture, expected)) in gestures.iter().enumerate() {
                assert_eq!(fingers.pass(gesture), expected, "{at} of {gestures:?}");
            }
        };
        let first = |finger| Down { finger, first: true };
        let second = |finger| Down { finger, first: false };
        check(&[(Scroll { ctrl: false }, true), (Scroll { ctrl: true }, false), (Pinch, false)]);
        check(&[(first(1), true), (Move, true), (Up { finger: 1 }, true)]);
        // Two thumbs that type: both letters arrive.
        check(&[(first(1), true), (second(2), true), (Up { finger: 1 }, true), (Up { finger: 2 }, true)]);
        check(&[(first(1), true), (second(2), true), (Move, false), (Up { finger: 2 }, true), (Move, true)]);
        // The second finger's end was never told: the next touch begins anew.
        check(&[
            (first(1), true),
            (second(2), true),
            (Up { finger: 1 }, true),
            (first(3), true),
            (Move, true),
        ]);
    }
}
