"""Runs the real programs and keeps every byte that goes between stand and central office.

Nothing here knows the format: it knows the command line and HTTP. Every process is bounded in time and ended by its own
handle, every address is on loopback.
"""

import http.client
import json
import os
import queue
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
JORNADA = ROOT / "tests" / "fixtures" / "jornada"
SECONDS_MAX = 60
PASSED_ON = ("Content-Type", "ETag", "Cache-Control", "Retry-After")


def folder():
    """Where the programs lie: OIRS_PROGRAMS, else the debug folder of the build."""
    if "OIRS_PROGRAMS" in os.environ:
        return Path(os.environ["OIRS_PROGRAMS"])
    return Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug"


def run(program, *words, lines=None, codes=(0,)):
    """Runs a program with --json; gives the objects that it printed, one a line."""
    done = subprocess.run([folder() / program, "--json", *map(str, words)], timeout=SECONDS_MAX, capture_output=True,
                          input="".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines or []).encode())
    if done.returncode not in codes:
        raise AssertionError(f"{program} {words}: {done.returncode}\n{done.stdout.decode()}{done.stderr.decode()}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def jornada(name):
    """The lines of a file of the field day."""
    return [json.loads(line) for line in (JORNADA / f"{name}.jsonl").read_text(encoding="utf-8").split("\n") if line]


class Exchange:
    """One request and its answer, as they went over the wire."""

    def __init__(self, method, path, sent, status, headers, got):
        self.method, self.path, self.sent, self.status, self.headers, self.got = method, path, sent, status, headers, got


class Recorder:
    """A proxy on loopback that passes everything on unchanged and keeps it."""

    def __init__(self, target):
        self.exchanges = []
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = SECONDS_MAX

            def pass_on(self):
                sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                link = http.client.HTTPConnection(urlsplit(target).netloc, timeout=SECONDS_MAX)
                headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
                link.request(self.command, self.path, sent or None, headers)
                answer = link.getresponse()
                got = answer.read()
                link.close()
                kept = {name: answer.headers[name] for name in PASSED_ON if name in answer.headers}
                recorder.exchanges.append(Exchange(self.command, self.path, sent, answer.status, kept, got))
                self.send_response_only(answer.status)
                for name, value in kept.items():
                    self.send_header(name, value)
                if answer.status != 304:
                    self.send_header("Content-Length", str(len(got)))
                self.end_headers()
                self.wfile.write(got)

            do_GET = do_POST = pass_on

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def of(self, method, path, since=0):
        """The exchanges of a method whose path begins so, from one on."""
        return [one for one in self.exchanges[since:] if one.method == method and one.path.startswith(path)]

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(SECONDS_MAX)


class Central:
    """A central office that serves, and the proxy in front of it."""

    def __init__(self, data, prepare=None):
        self.data = data
        run("oirs-central", "--data", data, "init", "--public-url", "https://oirs.prueba.cl", "--name",
            "Oficina de Prueba", "--phone-line", "600 000 0000")
        if prepare:
            prepare(data)
        self.process = subprocess.Popen([folder() / "oirs-central", "--data", data, "serve", "--listen", "127.0.0.1:0"],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            self.recorder = Recorder(self.address())
        except BaseException:
            self.end()
            raise

    def address(self):
        """Where it listens: the first line that it prints."""
        lines = queue.SimpleQueue()
        threading.Thread(target=lambda: lines.put(self.process.stdout.readline()), daemon=True).start()
        line = lines.get(timeout=SECONDS_MAX)
        if not line.startswith("listening "):
            raise AssertionError(f"the office did not start: {line!r}")
        return line.removeprefix("listening ").strip()

    def run(self, *words):
        return run("oirs-central", "--data", self.data, *words)

    def keys(self, pattern):
        """Keys in the office's folder, 64 hexadecimal digits each (section 3 of the protocol)."""
        return [bytes.fromhex(path.read_text().strip()) for path in sorted((self.data / "keys").glob(pattern))]

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()

    def close(self):
        self.end()
        self.recorder.close()


class Stand:
    """A stand that is enrolled through the proxy."""

    def __init__(self, central, data, label, seed=None):
        self.central, self.data, self.filed = central, data, {}
        if seed:  # an enrolment that was cut short goes on with the key that is there
            data.mkdir()
            (data / "device.key").write_bytes(seed)
        self.code = central.run("device", "new", "--label", label)[0]["code"]
        self.enrolled = self.run("enrol", "--central", central.recorder.url, "--code", self.code)[0]

    def run(self, *words, lines=None, codes=(0,)):
        return run("terreno", "--data", self.data, *words, lines=lines, codes=codes)

    def record(self, what, lines):
        """Files lines; remembers by seq what was filed and answered."""
        answers = self.run("record", what, lines=lines)
        for line, answer in zip(lines, answers, strict=True):
            self.filed.setdefault(answer["seq"], (what, line, answer))
        return answers

    def sync(self, codes=(0,)):
        return self.run("sync", codes=codes)[0]
