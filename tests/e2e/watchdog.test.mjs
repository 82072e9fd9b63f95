// A citizen's page that hangs is replaced by a fresh one: the screen is never dead until somebody comes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { handOver } from "./lib/sides.mjs";
import { office, PIN, program } from "./lib/programs.mjs";
import { drive } from "./lib/webdriver.mjs";
import { until } from "./lib/wait.mjs";

let stand;
let windows;
before(async () => {
  stand = await office();
  windows = await drive(program("oirs-en-terreno"), ["--data", stand.data], { OIRS_SILENCE_S: "5" });
  await windows.turnTo("staff");
  await handOver(windows);
  await windows.sees("Te damos la bienvenida");
});
after(async () => {
  await windows?.close();
  await stand?.close();
});

test("a page that spins for ever is replaced, and the next one files and is taken back as ever", async () => {
  await windows.press(windows.css("#begin"));
  await windows.sees("Leí el aviso y continúo");
  const before = await windows.get("window/handles");
  // The answer must leave before the page is busy for good.
  await windows.run("setTimeout(() => { for (;;); }, 100)");
  const fresh = await until("another window, and the one that hangs is gone", async () => {
    const handles = await windows.get("window/handles");
    const added = handles.filter((handle) => !before.includes(handle));
    return added.length === 1 && handles.length === before.length && added[0];
  }, 60_000);
  await windows.post("window", { handle: fresh });
  await windows.sees("Te damos la bienvenida");
  assert.equal((await windows.invoke("citizen_check_request", { draft: { kind: "opinion" } })).ok, true);
  await windows.invoke("citizen_take_back", { pin: PIN }).catch(() => {});
  await windows.turnTo("staff");
  assert.equal((await windows.invoke("staff_context")).ok, true);
});

test("a page that lives is left alone, however long nobody touches it", async () => {
  await handOver(windows);
  const before = await windows.get("window/handles");
  // Three times the silence that would end it, by the page's own clock.
  await windows.runAsync("const done = arguments[0]; const begin = performance.now(); const timer = setInterval(() => { if (performance.now() - begin > 15000) { clearInterval(timer); done(true); } }, 200)");
  assert.deepEqual(await windows.get("window/handles"), before);
});
