// The release build, driven by nothing but a keyboard and a pointer, as somebody at the stand would: it refuses to
// be automated, exports no symbol of SQLite, and leaves nothing of one citizen for the next, on the screen, in the
// processes or on the disk.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { office, PIN, program } from "./lib/programs.mjs";
import { until } from "./lib/wait.mjs";

const binary = program("oirs-en-terreno", "release");
const SECRET = "zorzalmelodioso";
const xdotool = (...args) => execFileSync("xdotool", args, { encoding: "utf8", timeout: 20_000 }).trim();
const key = (...keys) => xdotool("key", "--clearmodifiers", ...keys);

function child(args, env = {}) {
  return spawn(binary, args, { env: { ...process.env, ...env }, stdio: ["ignore", "ignore", "pipe"] });
}

describe("automation", () => {
  for (const name of ["TAURI_WEBVIEW_AUTOMATION", "WEBKIT_INSPECTOR_SERVER", "WEBKIT_INSPECTOR_HTTP_SERVER"]) {
    test(`${name} keeps the windows shut`, () => {
      const ended = spawnSync(binary, ["--data", "/nonexistent"], { env: { ...process.env, [name]: "true" }, timeout: 20_000 });
      assert.equal(ended.status, 2);
    });
  }
});

test("no symbol of SQLite is exported", () => {
  const exported = execFileSync("nm", ["-D", "--defined-only", binary], { encoding: "utf8" });
  assert.deepEqual(exported.split("\n").filter((line) => /\bsqlite3_/.test(line)), []);
});

describe("one citizen after another", () => {
  let stand;
  let shell;
  let home;
  let ended = false;

  before(async () => {
    stand = await office();
    home = mkdtempSync(join(tmpdir(), "oirs-home-"));
    const places = { HOME: home, XDG_DATA_HOME: join(home, "data"), XDG_CACHE_HOME: join(home, "cache"), XDG_CONFIG_HOME: join(home, "config") };
    shell = child(["--data", stand.data], places);
    shell.once("exit", () => (ended = true));
    await until("the team's window", () => windowsShown().length === 1);
  });
  after(async () => {
    if (!ended) {
      const gone = new Promise((done) => shell.once("exit", done));
      shell.kill("SIGTERM");
      await gone;
    }
    rmSync(home, { recursive: true, force: true });
    await stand?.close();
  });

  const windowsShown = () => spawnSync("xdotool", ["search", "--onlyvisible", "--pid", String(shell.pid), "--name", "OIRS en Terreno"], { encoding: "utf8" }).stdout.split("\n").filter(Boolean);
  /** What the screen shows, as one number: two equal pictures are one. */
  const screen = () => execFileSync("sh", ["-c", "import -window root -depth 8 rgb:- | sha256sum"], { encoding: "utf8" });
  /** Keys go to whatever has the focus; a picture that has held still for three looks is settled. */
  async function settled() {
    let [last, same] = [screen(), 0];
    await until("the screen holds still", () => {
      const now = screen();
      same = now === last ? same + 1 : 0;
      last = now;
      return same >= 3;
    });
    return last;
  }
  const webProcesses = () => spawnSync("pgrep", ["-P", String(shell.pid), "-f", "WebKitWebProcess"], { encoding: "utf8" }).stdout.split("\n").filter(Boolean);
  /** Whether any readable page of the process's memory holds the words. */
  function remembers(pid) {
    const found = spawnSync("python3", ["-c", MEMORY, pid, SECRET], { encoding: "utf8", timeout: 60_000 });
    return found.stdout.trim() === "yes";
  }

  test("the second sees, and the machine keeps, nothing of the first", async () => {
    await settled();
    key("F10");
    await settled();
    key("Return");
    await until("the citizen's window", () => windowsShown().length === 1 && webProcesses().length >= 2);
    const fresh = await settled();
    const first = webProcesses();
    // Start, notice, the second kind, a text. Each screen puts the focus where the next key is wanted.
    key("Return");
    await settled();
    for (let tab = 0; tab < 4; tab += 1) key("Tab");
    key("Return");
    await settled();
    key("Tab", "Tab");
    key("Return");
    await settled();
    xdotool("type", "--delay", "20", SECRET);
    await settled();
    assert.ok(first.some(remembers), "the words are in the first citizen's process: the search works");
    // Nothing that a citizen can press leaves the window.
    for (const chord of ["alt+F4", "ctrl+w", "ctrl+q", "F11", "ctrl+n", "ctrl+shift+i", "F12", "alt+Left", "ctrl+p", "F5", "ctrl+r"]) key(chord);
    await settled();
    assert.equal(ended, false);
    assert.equal(windowsShown().length, 1);
    // "Borrar y salir", then yes: the first citizen's process is gone, and the screen is as it was.
    key("shift+Tab", "shift+Tab");
    await leave();
    await until("the first one's process is gone", () => !first.filter((pid) => !webProcesses().includes(pid)).length === false && webProcesses().every((pid) => !remembers(pid)));
    assert.equal(await settled(), fresh);
    for (const folder of [stand.data, home]) for (const file of files(folder)) assert.equal(readFileSync(file).includes(SECRET), false, file);
  });

  /** The way out from the text's screen, by key alone. */
  async function leave() {
    for (let tries = 0; tries < 8; tries += 1) {
      const before = screen();
      key("Return");
      await settled();
      if (screen() !== before) break;
      key("Tab");
    }
    key("shift+Tab");
    key("Return");
    await settled();
  }

  test("the team takes the screen back with its PIN", async () => {
    key("ctrl+shift+F10");
    await settled();
    xdotool("type", "--delay", "20", PIN);
    key("Return");
    await until("the team's window again", () => webProcesses().length === 1);
    assert.equal(windowsShown().length, 1);
  });
});

function* files(folder) {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const about = statSync(path);
    if (about.isDirectory()) yield* files(path);
    else if (about.isFile()) yield path;
  }
}

const MEMORY = `
import sys
pid, words = sys.argv[1], sys.argv[2]
needles = (words.encode(), words.encode("utf-16-le"))
with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
    for line in maps:
        span, rights = line.split()[:2]
        if not rights.startswith("rw") or "[v" in line:
            continue
        begin, end = (int(part, 16) for part in span.split("-"))
        if end - begin > 1 << 30:
            continue
        try:
            memory.seek(begin)
            piece = memory.read(end - begin)
        except (OSError, ValueError, OverflowError):
            continue
        if any(needle in piece for needle in needles):
            print("yes")
            break
`;
