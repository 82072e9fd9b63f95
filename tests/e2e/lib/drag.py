"""A small window in the corner, above all others, from which a file and words can be dragged: what another program on the
desktop could do to ours. It says what becomes of each drag, a line each."""

import signal
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

FILE, WORDS = sys.argv[1:3]
TARGETS = ["text/uri-list", "text/html", "text/plain", "text/plain;charset=utf-8", "UTF8_STRING", "STRING"]


def say(what: str) -> None:
    print(what, flush=True)


def give(_, __, data: Gtk.SelectionData, *___) -> None:
    target = data.get_target().name()
    say(f"asked for {target}")
    if target == "text/uri-list":
        data.set_uris([f"file://{FILE}"])
    else:
        data.set(data.get_target(), 8, WORDS.encode())


window = Gtk.Window(type=Gtk.WindowType.POPUP)
window.move(0, 0)
window.set_default_size(60, 60)
# Only what has a window of its own in X can be dragged from.
source = Gtk.EventBox()
source.add(Gtk.Label(label="+"))
window.add(source)
source.drag_source_set(
    Gdk.ModifierType.BUTTON1_MASK,
    [Gtk.TargetEntry.new(name, 0, 0) for name in TARGETS],
    Gdk.DragAction.COPY | Gdk.DragAction.MOVE | Gdk.DragAction.LINK,
)
source.connect("drag-begin", lambda *_: say("begun"))
source.connect("drag-data-get", give)
source.connect("drag-failed", lambda *_: say("refused") or True)
source.connect("drag-end", lambda *_: say("ended"))
window.show_all()
GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, signal.SIGTERM, Gtk.main_quit)
GLib.idle_add(lambda: say("ready"))
Gtk.main()
