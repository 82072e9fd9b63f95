// The release build, driven by nothing but a keyboard and a pointer, as somebody at the stand would: it refuses to
// be automated, exports no symbol of SQLite, and leaves nothing of one citizen for the next, on the screen, in the
// processes, its own among them, or on the disk. That nobody leaves the window is held by escape.test.mjs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { ASIDE, begin, files, kiosk, started, symbols, tabTo, TEXT } from "./lib/kiosk.mjs";
import { remembers } from "./lib/memory.mjs";
import { PIN } from "./lib/programs.mjs";
import { until } from "./lib/wait.mjs";
import { click, geometry, pointTo, press, sees, settled, shows, title, type, wholeScreen } from "./lib/x11.mjs";

const FILED = "zorzalmelodioso";
const ERASED = "chercansilencioso";

describe("automation", () => {
  for (const name of ["TAURI_WEBVIEW_AUTOMATION", "WEBKIT_INSPECTOR_SERVER", "WEBKIT_INSPECTOR_HTTP_SERVER", "GTK_DEBUG"])
    test(`${name} keeps the windows shut`, () => assert.equal(started(["--data", "/nonexistent"], { [name]: "interactive" }), 2));
  for (const argument of ["--automation", "--remote-debugging-port=9222", "--inspect", "--gtk-module=inspector", "--display=:0", "file:///etc/passwd", "https://example.org/"])
    test(`${argument} keeps the windows shut`, () => assert.equal(started(["--data", "/nonexistent", argument], {}), 2));
});

test("SQLite is inside, and none of its symbols is exported", () => {
  const ours = (...args) => symbols(...args).filter((line) => / sqlite3_/.test(line));
  assert.notEqual(ours().length, 0);
  assert.deepEqual(ours("-D", "--defined-only"), []);
});

describe("one citizen after another", () => {
  let it;
  /** The start page as the first one found it. */
  let fresh;

  before(async () => {
    it = await kiosk();
  });
  after(() => it?.close());

  const filed = () => it.stand.terreno("outing", "status").requests;
  /** Waits until what a session leaves is gone: its page's process, and its words in all others and on the disk. */
  async function forgotten(words, before) {
    await until("the page's process has ended", () => it.pages().every((pid) => !before.includes(pid)));
    await until("no process remembers", () => it.processes().every((pid) => !remembers(pid, words)));
    for (const folder of [it.stand.data, it.home])
      for (const file of files(folder)) assert.equal(readFileSync(file).includes(words), false, file);
  }

  test("the team hands the screen over", async () => {
    await it.handOver();
    fresh = await settled();
    assert.deepEqual(it.windows().map(geometry), [wholeScreen()]);
  });

  test("what is erased is gone, in sight, in memory and on the disk", async () => {
    await begin();
    const first = it.pages();
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
    const second = it.pages();
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
    const before = it.pages();
    await begin();
    for (const pid of before) process.kill(pid, "SIGKILL");
    await sees("Te damos la bienvenida");
    await shows(fresh, "as the first one found it");
    assert.equal(it.pages().some((pid) => before.includes(pid)), false);
  });

  test("the team takes the screen back with its PIN", async () => {
    press("ctrl+shift+F10");
    await sees("Recuperar la pantalla");
    type(PIN);
    press("Return");
    await until("the team's window again", () => title().startsWith("Pantalla ciudadana") && it.pages().length === 0);
    assert.equal(it.windows().length, 1);
  });
});
