// Everything that the threat model's list of ways out names, tried on the release build with keys, a pointer and the
// desktop's own means. After each attempt the screen, the windows, the processes, the files and what listens on the
// network are what they were: an attempt that opens, closes, moves, scales or loads anything is found.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { ADDRESSES, ATTEMPTS, ELSEWHERE } from "./lib/escapes.mjs";
import { ASIDE, begin, kiosk, tabTo, TEXT } from "./lib/kiosk.mjs";
import { remembers } from "./lib/memory.mjs";
import { root } from "./lib/programs.mjs";
import { until } from "./lib/wait.mjs";
import { click, drag, pointTo, press, sees, settled, shift, shows, type } from "./lib/x11.mjs";

/** Fewer would be less than what the threat model lists. */
const ATTEMPTS_MIN = 60;
const COPIED = "copiadoporelequipo";

test("every way out that the threat model names is tried, here or elsewhere", () => {
  const model = readFileSync(join(root, "docs/threat-model.md"), "utf8");
  const [, table] = /\| class \| attempts \| refused by \|\n\|[-|]+\|\n((?:\|.*\n)+)/.exec(model);
  const classes = table.split("\n").filter(Boolean).map((row) => row.split("|")[1].trim());
  const tried = Object.keys({ ...ATTEMPTS, ...ELSEWHERE });
  assert.deepEqual(tried.toSorted(), classes.toSorted());
  const attempts = Object.values(ATTEMPTS).flatMap((named) => Object.keys(named));
  assert.ok(attempts.length >= ATTEMPTS_MIN, `${attempts.length} attempts`);
});

describe("nothing leaves the citizen's window", () => {
  let it;
  let bait;
  /** Words that stand in a file, which nobody has a reason to open. */
  const BAIT = "tiuquesobreelcerro";

  before(async () => {
    it = await kiosk();
    bait = mkdtempSync(join(tmpdir(), "oirs-bait-"));
    writeFileSync(join(bait, "abierto.html"), `<title>${BAIT}</title>${BAIT}`);
  });
  after(async () => {
    await it?.close();
    if (bait) rmSync(bait, { recursive: true });
  });
  const file = () => join(bait, "abierto.html");
  const opened = () => it.processes().filter((pid) => remembers(pid, BAIT));

  /** What is there now, and a function that holds everything to it. A key without a meaning of its own keeps the page
   * from asking whether anybody is there. */
  async function asItIs() {
    const [picture, state] = [await settled(), it.state()];
    return async (name) => {
      await shows(picture, name);
      assert.deepEqual(it.state(), state, name);
      shift(1);
    };
  }

  test("what the team had copied is not the citizen's to paste", async () => {
    await sees("Nueva solicitud");
    press("F5");
    await sees("Buscar información");
    type(COPIED);
    press("ctrl+a", "ctrl+c");
    press("F2");
    await it.handOver();
    await begin();
    pointTo(...TEXT);
    click(1);
    const empty = await settled();
    press("ctrl+v", "shift+Insert");
    click(2);
    await shows(empty, "nothing is pasted");
  });

  for (const [name, attempts] of Object.entries(ATTEMPTS))
    test(`${name}: ${Object.keys(attempts).length} attempts`, async () => {
      pointTo(...TEXT);
      click(1);
      const [window] = it.windows();
      const same = await asItIs();
      for (const [attempt, act] of Object.entries(attempts)) {
        pointTo(...TEXT);
        act(window);
        await same(`${name}: ${attempt}`);
      }
    });

  test("drag and drop: a file and words from another program", async () => {
    const same = await asItIs();
    const said = [];
    const other = spawn("/usr/bin/python3", [join(root, "tests/e2e/lib/drag.py"), file(), "palabras caídas"], { env: { ...process.env, GDK_BACKEND: "x11", NO_AT_BRIDGE: "1" }, stdio: ["ignore", "pipe", "inherit"] });
    createInterface({ input: other.stdout }).on("line", (line) => said.push(line));
    const gone = new Promise((done) => other.once("exit", done));
    await until("the other program's window", () => said.includes("ready"));
    for (const place of [TEXT, ASIDE]) {
      const drags = said.filter((line) => line === "ended").length;
      drag(1, [30, 30], place);
      await until("the drag is over", () => said.filter((line) => line === "ended").length > drags);
    }
    other.kill("SIGTERM");
    await gone;
    assert.deepEqual(said, ["ready", ...["begun", "refused", "ended"], ...["begun", "refused", "ended"]]);
    await same("dropped");
    assert.deepEqual(opened(), []);
  });

  test("an address is a text like any other", async () => {
    const state = it.state();
    pointTo(...TEXT);
    click(1);
    for (const address of ADDRESSES(file())) {
      type(address);
      press("Return");
      assert.deepEqual(it.state(), state, address);
    }
    // Once more where a line is asked for, with a list that is searched.
    await tabTo(4, "¿De qué comuna hablas?");
    const line = it.state();
    press("Tab");
    for (const address of ADDRESSES(file())) {
      type(address);
      press("Return", "ctrl+a", "BackSpace");
      assert.deepEqual(it.state(), line, address);
    }
    assert.deepEqual(opened(), []);
  });

  test("autofill and history: the next person's keys bring nothing back", async () => {
    for (const pid of it.pages()) process.kill(pid, "SIGKILL");
    await begin();
    pointTo(...TEXT);
    click(1);
    const same = await asItIs();
    for (const key of ["ctrl+z", "ctrl+shift+z", "ctrl+y", "Up", "Down", "ctrl+Up", "alt+Down", "Undo", "Redo", "ctrl+v", "XF86Paste"]) {
      press(key);
      await same(key);
    }
  });

  test("hands that do anything at all", async () => {
    const { ended, places, listens, files } = it.state();
    for (const act of anything(400)) act();
    // Sessions may have ended meanwhile, and a window is there before the last one goes.
    await until("one window over the whole screen", () => isDeepStrictEqual(it.state().places, places));
    const now = it.state();
    assert.deepEqual([now.ended, now.listens, now.files, opened()], [ended, listens, files, []]);
    // And whoever comes next finds the start page.
    for (const pid of it.pages()) process.kill(pid, "SIGKILL");
    await sees("Te damos la bienvenida");
  });
});

/** So many touches, keys and words in an order that is always the same (Park and Miller's generator). */
function* anything(count) {
  let seed = 20_260_722;
  const below = (limit) => (seed = (seed * 48_271) % 2_147_483_647) % limit;
  const keys = Object.values(ATTEMPTS).flatMap((named) => Object.keys(named).filter((name) => /^[\w+]+$/.test(name)));
  const plain = ["Tab", "Return", "Escape", "space", "Up", "Down", "BackSpace", "shift+Tab"];
  for (let at = 0; at < count; at += 1)
    yield [
      () => (pointTo(below(1280), below(800)), click(1 + below(3))),
      () => press(plain[below(plain.length)]),
      () => press(keys[below(keys.length)]),
      () => type("a".repeat(1 + below(5))),
    ][below(4)];
}
