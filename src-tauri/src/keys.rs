//! Which keys a window's page may see. The web view, the toolkit and the desktop each have chords of their own (a
//! debugger, a picker of emoji, another zoom, "print"), more with every version: so the citizen's window has a list
//! of what passes, not of what is stopped, and the team's a list of what opens something beside its page.

use gtk::gdk::ModifierType;
use gtk::gdk::keys::{Key, constants as key};

/// Keysyms from here on are a vendor's: "back", "home page", "mail", "print screen", "sleep".
const VENDOR_FIRST: u32 = 0x1000_0000;

/// A key as it is pressed, with what else is held. Caps, Num and the third level (`AltGr`) choose a letter and are
/// in the key itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Press {
    key: Key,
    ctrl: bool,
    shift: bool,
    /// Alt, Super, Meta or Hyper: nothing that is typed wants them.
    other: bool,
}

impl Press {
    /// What an event of the toolkit says.
    pub(crate) fn new(key: Key, held: ModifierType) -> Self {
        let other = ModifierType::MOD1_MASK
            | ModifierType::MOD4_MASK
            | ModifierType::SUPER_MASK
            | ModifierType::META_MASK
            | ModifierType::HYPER_MASK;
        Self {
            key,
            ctrl: held.contains(ModifierType::CONTROL_MASK),
            shift: held.contains(ModifierType::SHIFT_MASK),
            other: held.intersects(other),
        }
    }

    /// Whether the citizen's page may see it: what types, moves and edits, and the team's way back.
    pub(crate) fn for_citizen(self) -> bool {
        match self {
            Self { key: key::F10, ctrl: true, shift: true, other: false } => true,
            Self { other: true, .. } => false,
            Self { key, ctrl: true, .. } => EDITS_WITH_CTRL.contains(&key),
            Self { key, .. } => !commands(key),
        }
    }

    /// Whether the team's page may see it: all but what opens something that isn't the page's.
    pub(crate) fn for_staff(self) -> bool {
        let opens = match self.key {
            // The toolkit's picker of emoji, which remembers across sessions what was picked.
            key::period | key::semicolon => self.ctrl,
            // The toolkit's debugger, where the desktop's settings allow it.
            key::I | key::i | key::D | key::d => self.ctrl && self.shift,
            _ => *self.key >= VENDOR_FIRST,
        };
        !opens
    }
}

/// What Ctrl does to a text.
#[rustfmt::skip]
const EDITS_WITH_CTRL: [Key; 26] = [
    key::a, key::A, key::c, key::C, key::v, key::V, key::x, key::X, key::y, key::Y, key::z, key::Z,
    key::Left, key::Right, key::Up, key::Down, key::Home, key::End, key::BackSpace, key::Delete, key::Insert,
    key::KP_Left, key::KP_Right, key::KP_Home, key::KP_End, key::KP_Delete,
];

/// Keys that ask somebody for something, rather than type.
fn commands(key: Key) -> bool {
    let function = (*key::F1..=*key::F35).contains(&*key);
    let asks = matches!(
        key,
        key::Select
            | key::Print
            | key::Execute
            | key::Undo
            | key::Redo
            | key::Menu
            | key::Find
            | key::Cancel
            | key::Help
            | key::Break
            | key::Pause
            | key::Sys_Req
    );
    function || asks || *key >= VENDOR_FIRST
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: ModifierType = ModifierType::empty();
    const CTRL: ModifierType = ModifierType::CONTROL_MASK;
    const SHIFT: ModifierType = ModifierType::SHIFT_MASK;
    const ALT: ModifierType = ModifierType::MOD1_MASK;

    #[test]
    fn what_each_window_sees() {
        let check = |name: &str, held: ModifierType, citizen: bool, staff: bool| {
            let press = Press::new(Key::from_name(name), held);
            assert_eq!((press.for_citizen(), press.for_staff()), (citizen, staff), "{held:?} {name}");
        };
        // Typing, the country's letters and the third level included.
        for name in [
            "a",
            "ntilde",
            "Aacute",
            "at",
            "Tab",
            "Return",
            "Escape",
            "Delete",
            "Left",
            "dead_acute",
            "Multi_key",
        ] {
            check(name, NONE, true, true);
            check(
                name,
                ModifierType::MOD5_MASK | ModifierType::MOD2_MASK | ModifierType::LOCK_MASK,
                true,
                true,
            );
        }
        check("ISO_Left_Tab", SHIFT, true, true);
        // Editing.
        for name in ["a", "C", "v", "Left", "Home", "BackSpace", "Insert"] {
            check(name, CTRL, true, true);
        }
        // The team's way back, and that only.
        check("F10", CTRL | SHIFT, true, true);
        check("F10", CTRL, false, true);
        check("F10", SHIFT, false, true);
        check("F10", CTRL | SHIFT | ALT, false, true);
        // Chords of browsers, toolkits and desktops; the page of the team has some of these keys itself.
        for name in ["p", "s", "o", "f", "r", "u", "U", "plus", "minus", "0", "Tab", "space", "F4", "Return"]
        {
            check(name, CTRL, false, true);
        }
        for name in ["F1", "F5", "F7", "F12", "Menu", "Print", "Help", "Find", "Sys_Req"] {
            check(name, NONE, false, true);
        }
        for name in ["F4", "Left", "space", "Tab", "a"] {
            check(name, ALT, false, true);
            check(name, ModifierType::MOD4_MASK, false, true);
        }
        // What opens something beside the page opens it for nobody.
        for name in ["XF86Back", "XF86HomePage", "XF86Reload", "XF86Sleep"] {
            check(name, NONE, false, false);
        }
        for (name, held) in [("period", CTRL), ("semicolon", CTRL), ("I", CTRL | SHIFT), ("D", CTRL | SHIFT)]
        {
            check(name, held, false, false);
        }
    }
}
