//! What WebKitGTK offers by itself and our windows don't: its keys, its menus, its dialogs, its zoom, its drag and drop, its
//! storage. All of it is refused here, below the page, so that no script decides it. The rows of the threat model's
//! list "Leaving the citizen's window" that say "application" and are about the web view end in this file.

use std::collections::BTreeSet;

#[cfg(target_os = "linux")]
pub(crate) use linux::{close, forget, forget_copied, hold, keep_pages_plain};

/// What a pointing device did, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gesture {
    /// A wheel or two fingers on a pad; with Ctrl held, `WebKit` or a page would zoom.
    Scroll { ctrl: bool },
    /// Two fingers moved apart or together on a pad.
    Pinch,
    /// A button of a mouse: the first presses, the others paste, ask for a menu, or go back a page.
    Press { button: u32 },
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
            Gesture::Press { button } => button == 1,
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

    use gtk::gdk::{
        Event, EventKey, EventTouch, EventType, ModifierType, SELECTION_CLIPBOARD, SELECTION_PRIMARY,
        WindowState,
    };
    use gtk::glib::{Cast, ObjectExt, Propagation};
    use gtk::prelude::{GtkWindowExt, WidgetExt};
    use gtk::{Clipboard, Window};
    use tauri::WebviewWindow;
    use webkit2gtk::{FileChooserRequestExt, PermissionRequestExt, SettingsExt, WebView, WebViewExt};

    use super::{Fingers, Gesture};
    use crate::keys::Press;

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
    /// both happen on the thread of the windows. `passes` says which keys the page may see.
    pub(crate) fn close(window: &WebviewWindow, passes: fn(Press) -> bool) -> tauri::Result<()> {
        window.with_webview(move |platform| {
            let view = platform.inner();
            settings(&view);
            dialogs(&view);
            gestures(&view);
            keys(&view, passes);
        })
    }

    /// Keeps a citizen's window where it is: what a desktop lays aside, or makes smaller than the screen, comes back at
    /// once. The single-application session has no such desktop.
    pub(crate) fn hold(window: &WebviewWindow) -> tauri::Result<()> {
        window.with_webview(|platform| {
            let Some(window) = toplevel(&platform.inner()) else { return };
            window.stick();
            window.set_keep_above(true);
            window.connect_window_state_event(|window, event| {
                let now = event.new_window_state();
                if now.contains(WindowState::WITHDRAWN) {
                    return Propagation::Proceed;
                }
                if now.contains(WindowState::ICONIFIED) {
                    window.deiconify();
                    window.present();
                }
                if !now.contains(WindowState::FULLSCREEN) {
                    window.fullscreen();
                }
                Propagation::Proceed
            });
            // "Show the desktop" takes a window away without calling it an icon. One that we hide is not visible to us.
            window.connect_event(|window, event| {
                if event.event_type() == EventType::Unmap && window.is_visible() {
                    window.present();
                }
                Propagation::Proceed
            });
        })
    }

    fn toplevel(view: &WebView) -> Option<Window> {
        view.toplevel()?.downcast().ok()
    }

    /// Ends what a window leaves beside itself: its page's process, which would not hear that its window is gone
    /// while it spins for ever, and what was copied or selected, which the next person would paste.
    pub(crate) fn forget(window: &WebviewWindow) -> tauri::Result<()> {
        window.with_webview(|platform| {
            // A WebDriver session ends with the first process that is ended: there the process ends by itself.
            if cfg!(not(feature = "automation")) {
                platform.inner().terminate_web_process();
            }
            let_go(&platform.inner());
            clear_copied();
        })
    }

    /// Lets a web view be freed. The framework's listener for the page's calls holds the view whose it is, so that
    /// neither would ever end: the view keeps the text around the caret, for input methods, and thereby the last
    /// words of every session.
    #[allow(unsafe_code)]
    fn let_go(view: &WebView) {
        if let Some(calls) = view.user_content_manager() {
            // SAFETY: disposing disconnects the object's listeners. The web view's library has nothing else to dispose
            // of in it, and frees its insides with the view; nobody but the view has it, and no page is left to call.
            unsafe { calls.run_dispose() };
        }
    }

    /// Forgets what was copied or selected in a window that stays.
    pub(crate) fn forget_copied(window: &WebviewWindow) -> tauri::Result<()> {
        window.with_webview(|_| clear_copied())
    }

    fn clear_copied() {
        for selection in [SELECTION_CLIPBOARD, SELECTION_PRIMARY] {
            // To clear is only for who owns it, and the web view's word for that is lost with it.
            let clipboard = Clipboard::get(&selection);
            clipboard.set_text("");
            clipboard.clear();
        }
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

    /// A window hears of a key before anything in it does, itself included: the toolkit's own chords are the window's.
    fn keys(view: &WebView, passes: fn(Press) -> bool) {
        let stop = move |event: &EventKey| {
            if passes(Press::new(event.keyval(), event.state())) {
                Propagation::Proceed
            } else {
                Propagation::Stop
            }
        };
        match toplevel(view) {
            Some(window) => window.connect_key_press_event(move |_, event| stop(event)),
            None => view.connect_key_press_event(move |_, event| stop(event)),
        };
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
            EventType::ButtonPress | EventType::DoubleButtonPress | EventType::TripleButtonPress => {
                Some(Gesture::Press { button: event.button().unwrap_or_default() })
            }
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
    fn a_pointer_presses_and_fingers_touch_but_neither_pinches() {
        use Gesture::{Down, Move, Pinch, Press, Scroll, Up};
        let check = |gestures: &[(Gesture, bool)]| {
            let mut fingers = Fingers::default();
            for (at, &(gesture, expected)) in gestures.iter().enumerate() {
                assert_eq!(fingers.pass(gesture), expected, "{at} of {gestures:?}");
            }
        };
        let first = |finger| Down { finger, first: true };
        let second = |finger| Down { finger, first: false };
        check(&[(Scroll { ctrl: false }, true), (Scroll { ctrl: true }, false), (Pinch, false)]);
        // Left; middle, right, back and forward.
        check(&[1, 2, 3, 8, 9].map(|button| (Press { button }, button == 1)));
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
