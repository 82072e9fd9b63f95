"""Printers and print servers that are not ours: CUPS's own test printer, and CUPS. They listen on loopback and are ended
by their own handles; each is waited for by what it says when it is ready."""

import os
import pwd
import queue
import re
import shutil
import socket
import subprocess
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

SECONDS_MAX = 60


class Program:
    """A program that runs until its block ends, and the lines that it prints."""

    def __init__(self, words, ready, environment=None):
        self.process = subprocess.Popen([str(word) for word in words], env={**os.environ, **(environment or {})},
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        text=True, errors="replace")
        self.lines = queue.SimpleQueue()
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        try:
            self.ready = self.wait_for(ready)
        except BaseException:
            self.end()
            raise

    def read(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put("")

    def wait_for(self, pattern):
        """The first line from here on that has the pattern."""
        seen = []
        while True:
            line = self.lines.get(timeout=SECONDS_MAX)
            seen.append(line)
            if found := re.search(pattern, line):
                return found
            if not line:
                raise AssertionError(f"{self.process.args[0]} ended: {''.join(seen)}")

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.reader.join(SECONDS_MAX)
        self.process.stdout.close()


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@contextmanager
def bus(folder):
    """A message bus of our own; gives its address."""
    daemon = Program(["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1",
                      f"--address=unix:dir={folder}"], r"^(unix:\S+)")
    try:
        yield daemon.ready[1]
    finally:
        daemon.end()


class Printer:
    """CUPS's `ippeveprinter`: an IPP Everywhere printer. What it prints is kept in a folder."""

    def __init__(self, folder, system_bus, formats="application/pdf", command="/bin/true"):
        self.folder, self.port = folder, free_port()
        folder.mkdir()
        # By this name it listens on loopback alone.
        words = ["ippeveprinter", "-n", "localhost", "-p", self.port, "-r", "off", "-d", folder, "-k", "-v",
                 "-f", formats, "-c", command, "Prueba"]
        self.program = Program(words, "^printer-uuid=", {"DBUS_SYSTEM_BUS_ADDRESS": system_bus})
        self.address = f"ipp://localhost:{self.port}/ipp/print"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.program.end()

    def papers(self, suffix=".pdf"):
        """What it printed, oldest first."""
        return sorted(self.folder.glob(f"*{suffix}"), key=lambda path: int(path.name.split("-")[0]))


class Cups:
    """A real CUPS with one queue, `hojas`, in front of a printer."""

    def __init__(self, printer):
        # Its filters run as another user, who must be able to enter; pytest's folders are closed to others.
        self.folder = Path(tempfile.mkdtemp(prefix="oirs-cups-"))
        self.port = free_port()
        self.address = f"ipp://localhost:{self.port}/printers/hojas"
        try:
            self.lay_out()
            self.program = Program(["cupsd", "-f", "-c", self.folder / "cupsd.conf", "-s", self.folder / "files.conf"],
                                   "Listening to 127.0.0.1:")
            try:
                self.admin("lpadmin", "-p", "hojas", "-E", "-v", printer.address, "-m", "everywhere")
            except BaseException:
                self.program.end()
                raise
        except BaseException:
            shutil.rmtree(self.folder)
            raise

    def lay_out(self):
        self.folder.chmod(0o755)
        for name in ("cache", "state", "spool", "tmp"):
            (self.folder / name).mkdir()
            if os.getuid() == 0:
                lp = pwd.getpwnam("lp")
                os.chown(self.folder / name, lp.pw_uid, lp.pw_gid)
        (self.folder / "files.conf").write_text(
            f"ServerRoot {self.folder}\nCacheDir {self.folder}/cache\nStateDir {self.folder}/state\n"
            f"RequestRoot {self.folder}/spool\nTempDir {self.folder}/tmp\nPrintcap {self.folder}/printcap\n"
            f"ErrorLog stderr\nAccessLog {self.folder}/access\nPageLog {self.folder}/page\n", encoding="ascii")
        (self.folder / "cupsd.conf").write_text(
            f"Listen 127.0.0.1:{self.port}\nLogLevel debug\nBrowsing Off\nWebInterface No\nDefaultAuthType None\n"
            "DefaultEncryption Never\n<Location />\nOrder allow,deny\nAllow from 127.0.0.1\n</Location>\n"
            "<Policy default>\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n", encoding="ascii")

    def admin(self, program, *words):
        """One of CUPS's own programs, against this server."""
        done = subprocess.run([program, "-h", f"127.0.0.1:{self.port}", *words], timeout=SECONDS_MAX,
                              capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.program.end()
        shutil.rmtree(self.folder)
