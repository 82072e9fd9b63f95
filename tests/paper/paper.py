"""A thermal printer's paper, read with nothing of ours: written from Epson's ESC/POS command reference."""

import socket
import struct
import subprocess
import threading

import zxingcpp
from PIL import Image

SECONDS_MAX = 60
# How it is asked how it is (`DLE EOT 2`, `DLE EOT 4`); with paper and without.
ASKED, READY, OUT_OF_PAPER = b"\x10\x04\x02\x10\x04\x04", b"\x12\x12", b"\x32\x72"


class Roll:
    """A printer on TCP, as those on port 9100: takes what comes, and says how it is when it is asked. After so many
    `papers` it has none."""

    def __init__(self, says=READY, takes=None, papers=None):
        self.says, self.takes, self.papers, self.jobs = says, takes, papers, []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.socket.getsockname()[1]}"
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            try:
                connection = self.socket.accept()[0]
            except OSError:
                return
            with connection:
                connection.settimeout(SECONDS_MAX)
                first = connection.recv(len(ASKED))
                if first == ASKED:
                    connection.sendall(self.says)
                    continue
                job = first
                while (self.takes is None or len(job) < self.takes) and (piece := connection.recv(65536)):
                    job += piece
                # What is closed with bytes unread breaks off, as a printer does whose cable is drawn.
                self.jobs.append(job)
                if len(self.jobs) == self.papers:
                    self.says = OUT_OF_PAPER

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(SECONDS_MAX)


def commands(job):
    """The commands of a job in order, each by its name with what belongs to it. Anything else is an error: a letter that
    a printer would set in whatever code page it has is none of these."""
    at, found = 0, []

    def take(count):
        nonlocal at
        at += count
        assert at <= len(job), "the job ends in the middle of a command"
        return job[at - count:at]

    while at < len(job):
        match take(2):
            case b"\x1b@":
                found.append(("initialise", None))
            case b"\x1bd":
                found.append(("feed", take(1)[0]))
            case b"\x1dV":
                found.append(("cut", take(2)))
            case b"\x1dv":
                zero, mode, across, down = struct.unpack("<cBHH", take(6))
                assert (zero, mode) == (b"0", 0), "normal density"
                found.append(("raster", (across * 8, down, take(across * down))))
            case other:
                raise AssertionError(f"no command: {other!r} at {at}")
    return found


def picture(job):
    """What stands on the paper: black is black."""
    bands = [value for name, value in commands(job) if name == "raster"]
    paper = Image.new("1", (bands[0][0], sum(band[1] for band in bands)), 1)
    top = 0
    for across, down, dots in bands:
        paper.paste(Image.frombytes("1", (across, down), bytes(byte ^ 0xFF for byte in dots)), (0, top))
        top += down
    return paper


def zbar(image, folder):
    """The QR codes that ZBar reads."""
    path = folder / "paper.png"
    image.save(path)
    done = subprocess.run(["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", path], check=True,
                          capture_output=True, text=True, timeout=SECONDS_MAX)
    return done.stdout.split()


def zxing(image):
    """The QR codes that ZXing reads."""
    codes = zxingcpp.read_barcodes(image.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.text for code in codes]
