// The release build, driven by nothing but a keyboard and a pointer, as somebody at the stand would: it refuses to
// be automated, exports no symbol of SQLite, lets nobody out of the citizen's window, and leaves nothing of one
// citizen for the next, on the screen, in the processes or on the disk.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { family, remembers } from "./lib/memory.mjs";
import { office, PIN, program } from "./lib/programs.mjs";
import { until } from "./lib/wait.mjs";
import { click, desktop, geometry, pointTo, press, sees, settled, shows, title, type, wheelWithCtrl, wholeScreen, windowsOf } from "./lib/x11.mjs";

const binary = program("oirs-en-terreno", "release");
const FILED = "zorzalmelodioso";
/** Where the pointer lies over nothing that answers to it, on every screen. */
const ASIDE = [640, 100];
/** Within the text of a request. */
const TEXT = [400, 330];
const ERASED = "chercansilencioso";

describe("automation", () => {
  for (const name of ["TAURI_WEBVIEW_AUTOMATION", "WEBKIT_INSPECTOR_SERVER", "WEBKIT_INSPECTOR_HTTP_SERVER"]) {
    test(`${name} keeps the windows shut`, () => {
      const ended = spawnSync(binary, ["--data", "/nonexistent"], { env: { ...process.env, [name]: "true" }, timeout: 20_000 });
      assert.equal(ended.status, 2);
    });
  }
});

test("SQLite is inside, and none of its symbols is exported", () => {
  const symbols = (...args) => execFileSync("nm", [...args, binary], { encoding: "utf8", maxBuffer: 1 << 28 }).split("\n").filter((line) => / sqlite3_/.test(line));
  assert.notEqual(symbols().length, 0);
  assert.deepEqual(symbols("-D", "--defined-only"), []);
});

describe("one citizen after another", () => {
  let stand;
  let shell;
  let home;
  let closeDesktop;
  let ended = false;
  /** The start page as the first one found it. */
  let fresh;

  before(async () => {
    stand = await office();
    home = mkdtempSync(join(tmpdir(), "oirs-home-"));
    const folder = (name) => {
      mkdirSync(join(home, name), { mode: 0o700 });
      return join(home, name);
    };
    const env = { ...process.env, HOME: home, TMPDIR: folder("tmp"), XDG_DATA_HOME: folder("data"), XDG_CACHE_HOME: folder("cache"), XDG_CONFIG_HOME: folder("config"), XDG_STATE_HOME: folder("state"), XDG_RUNTIME_DIR: folder("run"), DBUS_SESSION_BUS_ADDRESS: "disabled:" };
    // A caret that blinks would make two pictures of one screen.
    mkdirSync(join(home, "config/gtk-3.0"));
    writeFileSync(join(home, "config/gtk-3.0/settings.ini"), "[Settings]\ngtk-cursor-blink=false\n");
    closeDesktop = await desktop(env);
    shell = spawn(binary, ["--data", stand.data], { env, stdio: ["ignore", "ignore", "inherit"] });
    shell.once("exit", () => (ended = true));
    await until("the team's window", () => windowsOf(shell.pid).length === 1);
    pointTo(...ASIDE);
  });
  after(async () => {
    if (shell && !ended) {
      const gone = new Promise((done) => shell.once("exit", done));
      shell.kill("SIGTERM");
      await gone;
    }
    await closeDesktop?.();
    rmSync(home, { recursive: true, force: true });
    await stand?.close();
  });

  /** The team's page has a process of its own, which stays. */
  let staffs;
  const pages = () => family(shell.pid).filter(({ name }) => name.startsWith("WebKitWebProc")).map(({ pid }) => pid).filter((pid) => pid !== staffs);
  const helpers = () => family(shell.pid).map(({ pid }) => pid).filter((pid) => pid !== shell.pid);
  const filed = () => stand.terreno("outing", "status").requests;
  /**
   * Waits until what a session leaves is gone: its page's process, and its words in all other pages' processes and on
   * the disk. The application's own process is not among them (docs/threat-model.md, "Residual risks": memory).
   */
  async function forgotten(words, before) {
    await until("the page's process has ended", () => pages().every((pid) => !before.includes(pid)));
    assert.deepEqual(helpers().filter((pid) => remembers(pid, words)), []);
    for (const folder of [stand.data, home])
      for (const file of files(folder)) assert.equal(readFileSync(file).includes(words), false, file);
  }
  /** Goes on by so many Tabs and the Return key. */
  async function tabTo(tabs, next) {
    press(...Array(tabs).fill("Tab"), "Return");
    await sees(next);
  }
  /** From the start page to the text of a request, by key alone. Each screen puts the focus where it is read first. */
  async function begin() {
    await sees("Te damos la bienvenida");
    await tabTo(0, "Antes de empezar");
    await tabTo(4, "¿Qué quieres hacer?");
    await tabTo(2, "Cuéntanos qué pasó");
  }

  test("the team hands the screen over", async () => {
    await sees("Nueva solicitud");
    [staffs] = pages();
    press("F10");
    await sees("Pantalla ciudadana");
    press("Return");
    await sees("Te damos la bienvenida");
    fresh = await settled();
    assert.deepEqual(windowsOf(shell.pid).map(geometry), [wholeScreen()]);
  });

  test("nothing that can be pressed leaves the citizen's window", async () => {
    await begin();
    // Into the text, where a menu would have most to offer.
    pointTo(...TEXT);
    click(1);
    const [window] = windowsOf(shell.pid);
    const before = await settled();
    const attempts = {
      "right click": () => click(3),
      "middle click": () => click(2),
      "wheel with Ctrl, up": () => wheelWithCtrl(4),
      "wheel with Ctrl, down": () => wheelWithCtrl(5),
    };
    for (const chord of CHORDS) attempts[chord] = () => press(chord);
    for (const [name, attempt] of Object.entries(attempts)) {
      attempt();
      await shows(before, name);
      assert.deepEqual([ended, title().split(" · ")[0], windowsOf(shell.pid)], [false, "Cuéntanos qué pasó", [window]], name);
    }
    pointTo(...ASIDE);
  });

  test("what is erased is gone, in sight, in memory and on the disk", async () => {
    const first = pages();
    type(ERASED);
    await until("the words are in the page's process: the search finds them", () => first.some((pid) => remembers(pid, ERASED)));
    press("ctrl+a", "ctrl+c");
    await tabTo(2, "¿Borrar y salir?");
    press("shift+Tab", "Return");
    await sees("Te damos la bienvenida");
    await shows(fresh, "as the first one found it");
    await forgotten(ERASED, first);
    // Nor does the next one paste it, from either of the desktop's clipboards.
    await begin();
    pointTo(...TEXT);
    click(1);
    const empty = await settled();
    press("ctrl+v");
    click(2);
    await shows(empty, "nothing is pasted");
    pointTo(...ASIDE);
    await tabTo(2, "¿Borrar y salir?");
    press("shift+Tab", "Return");
    await sees("Te damos la bienvenida");
  });

  test("what is filed is in the ledger, and gone from everywhere else", async () => {
    const before = filed();
    const second = pages();
    await begin();
    type(FILED);
    await tabTo(4, "¿De qué comuna hablas?");
    await tabTo(6, "¿Quieres una respuesta?");
    await tabTo(5, "¿Quién presenta la solicitud?");
    await tabTo(2, "Revisa antes de enviar");
    await tabTo(8, "Recibimos tu reclamo");
    assert.equal(filed(), before + 1);
    await tabTo(1, "¿Ya tienes tu comprobante?");
    await tabTo(1, "Te damos la bienvenida");
    await shows(fresh, "as the first one found it");
    await forgotten(FILED, second);
  });

  test("a page whose process dies is replaced", async () => {
    const before = pages();
    await begin();
    for (const pid of before) process.kill(pid, "SIGKILL");
    await sees("Te damos la bienvenida");
    await shows(fresh, "as the first one found it");
    assert.equal(pages().some((pid) => before.includes(pid)), false);
  });

  test("the team takes the screen back with its PIN", async () => {
    press("ctrl+shift+F10");
    await sees("Recuperar la pantalla");
    type(PIN);
    press("Return");
    await until("the team's window again", () => title().startsWith("Pantalla ciudadana") && pages().length === 0);
    assert.equal(windowsOf(shell.pid).length, 1);
  });
});

/** From the threat model's list of ways out; what the session refuses (other consoles, other programs) is not here. */
const CHORDS = ["alt+F4", "ctrl+w", "ctrl+q", "ctrl+F4", "F11", "F5", "ctrl+r", "ctrl+shift+r", "alt+Left", "alt+Right", "ctrl+l", "F6", "ctrl+o", "ctrl+n", "ctrl+t", "ctrl+shift+n", "F12", "ctrl+shift+i", "ctrl+shift+j", "ctrl+shift+c", "ctrl+u", "ctrl+s", "ctrl+p", "ctrl+shift+p", "ctrl+h", "ctrl+j", "ctrl+d", "ctrl+f", "F3", "F7", "shift+F10", "Menu", "ctrl+plus", "ctrl+minus", "ctrl+0", "ctrl+period", "ctrl+semicolon"];

function* files(folder) {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const about = statSync(path);
    if (about.isDirectory()) yield* files(path);
    else if (about.isFile()) yield path;
  }
}
