// Ways out of a citizen's window, as rows of the threat model's table "Leaving the citizen's window" name them, and
// what somebody at the machine does to try each: with keys, a pointer and the desktop's own means.
import { alt, askDesktop, askToClose, askWindow, click, drag, hold, press, shift, toDesktop, wheelWithCtrl } from "./x11.mjs";

const chords = (...names) => Object.fromEntries(names.map((name) => [name, () => press(name)]));
const button = (number) => () => click(number);

/** By class: what it is called, and how it is done. Each is tried in the middle of a request's text, where menus,
 * dialogs and input methods have most to offer, and must leave everything as it was. */
export const ATTEMPTS = {
  "close, hide, shrink": {
    ...chords("alt+F4", "ctrl+w", "ctrl+shift+w", "ctrl+q", "ctrl+shift+q", "ctrl+F4", "F11", "alt+F5", "alt+F10", "ctrl+m", "XF86Close"),
    "dragged away with Alt": () => alt(() => drag(1, [600, 400], [900, 700])),
    "made smaller with Alt": () => alt(() => drag(3, [900, 600], [500, 300])),
    "laid below with Alt": () => alt(() => click(2)),
    "asked to close": askToClose,
    "asked to shrink to an icon": (window) => askWindow("windowminimize", window),
    "asked to give up the whole screen": (window) => askDesktop(window, "-b", "remove,fullscreen"),
    "asked to let others before it": (window) => askDesktop(window, "-b", "remove,above"),
    "asked to roll up": (window) => askDesktop(window, "-b", "add,shaded"),
    "asked to hide": (window) => askDesktop(window, "-b", "add,hidden"),
    "asked to be small": (window) => askWindow("windowsize", window, "400", "300"),
    "asked to stand elsewhere": (window) => askWindow("windowmove", window, "300", "200"),
  },
  "switch away": {
    ...chords("alt+Tab", "alt+shift+Tab", "super+d", "ctrl+alt+Left", "ctrl+alt+Right", "super+F2"),
    "another desktop": () => toDesktop(1),
    "and back": () => toDesktop(0),
  },
  navigate: {
    ...chords("alt+Left", "alt+Right", "alt+Home", "alt+Up", "ctrl+l", "alt+d", "F6", "ctrl+o", "ctrl+n", "ctrl+t", "ctrl+shift+n", "ctrl+shift+t", "F5", "ctrl+F5", "shift+F5", "ctrl+r", "ctrl+shift+r", "ctrl+k", "ctrl+e", "ctrl+Return", "ctrl+1", "ctrl+Tab", "ctrl+Next"),
    ...chords("XF86Back", "XF86Forward", "XF86Reload", "XF86Refresh", "XF86HomePage", "XF86WWW", "XF86Search", "XF86Mail", "XF86Favorites", "XF86OpenURL", "XF86Explorer", "XF86Calculator"),
    "the mouse's button for back": button(8),
    "the mouse's button for forward": button(9),
  },
  "developer tools": chords("F12", "ctrl+shift+i", "ctrl+shift+d", "ctrl+shift+j", "ctrl+shift+c", "ctrl+shift+k", "ctrl+shift+e", "ctrl+shift+m", "ctrl+u", "ctrl+alt+i", "ctrl+alt+u", "shift+F12"),
  "dialogs of the system": chords("ctrl+s", "ctrl+shift+s", "ctrl+h", "ctrl+shift+h", "ctrl+j", "ctrl+d", "ctrl+f", "ctrl+g", "F3", "shift+F3", "F1", "Help", "Find", "Open", "ctrl+comma", "ctrl+shift+Delete", "ctrl+shift+o", "ctrl+shift+b", "XF86Save", "XF86Open", "XF86New"),
  "dialogs that a page can ask for": chords("ctrl+p", "ctrl+shift+p", "ctrl+alt+p", "shift+Print", "ctrl+Print", "XF86Print"),
  menus: { "right click": button(3), ...chords("shift+F10", "ctrl+F10", "F10", "Menu", "alt+f", "alt+e", "ctrl+shift+F1") },
  selection: { "middle click": button(2) },
  "scale by keys and wheel": {
    ...chords("ctrl+plus", "ctrl+minus", "ctrl+0", "ctrl+equal", "ctrl+KP_Add", "ctrl+KP_Subtract", "ctrl+KP_0", "XF86ZoomIn", "XF86ZoomOut"),
    "wheel with Ctrl, up": () => wheelWithCtrl(4),
    "wheel with Ctrl, down": () => wheelWithCtrl(5),
  },
  "input methods": chords("ctrl+period", "ctrl+semicolon", "ctrl+shift+u", "super+space", "ctrl+space", "super+period", "ctrl+shift+space", "ctrl+alt+space", "XF86Keyboard"),
  "aids of the system": {
    ...chords("F7", "ctrl+F1", "shift+F1", "super+s", "super+u", "super+plus", "alt+super+8", "super+alt+s"),
    "Shift five times": () => shift(5),
    "Shift held": () => hold("shift"),
    "Super held": () => hold("super"),
    "Alt held": () => hold("alt"),
  },
};

/** What is typed where a line is asked for: addresses, as one would type them in a browser. */
export const ADDRESSES = (file) => [`file://${file}`, file, "https://example.org/", "javascript:alert(1)", "data:text/html,<h1>aqui</h1>", "about:blank", "view-source:tauri://localhost/", "inspector://127.0.0.1:9222"];

/** Classes that other tests hold, or none can; each with where or why. */
export const ELSEWHERE = {
  clipboard: "escape.test.mjs: pasting what others copied",
  "drag and drop": "escape.test.mjs: a file and words from another program",
  "autofill and history": "escape.test.mjs: the next person's keys",
  automation: "release.test.mjs",
  force: "escape.test.mjs: hands that do anything at all",
  "scale by fingers": "src-tauri/src/closed.rs: X11 plays no fingers",
  commands: "windows.test.mjs",
  "a dead screen": "watchdog.test.mjs",
  "filling the office": "pace.test.mjs",
  "staff's way out": "windows.test.mjs",
  devices: "the session's: packaging/session",
  "another console, restart": "the session's: packaging/session",
};
