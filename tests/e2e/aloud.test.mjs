// Reading aloud through the system's real speech service: all of a sheet, in order, in its language; and nothing that a
// person wrote.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { look } from "./lib/looks.mjs";
import { office, program, root } from "./lib/programs.mjs";
import { voice } from "./lib/voice.mjs";
import { until } from "./lib/wait.mjs";
import { drive } from "./lib/webdriver.mjs";

const ALOUD = "Leer en voz alta";

let stand;
let heard;
let windows;
before(async () => {
  stand = await office();
  stand.central("catalogue", "publish", join(root, "crates/catalogue/data/first-pack.json"));
  stand.terreno("sync");
  heard = await voice(stand.folder);
  windows = await drive(program("oirs-en-terreno"), ["--data", stand.data], heard.env);
  await windows.turnTo("staff");
});
after(async () => {
  await windows?.close();
  await heard?.close();
  await stand?.close();
});

/** What is said of a text: the service parts it into sentences. */
const whole = (lines) => lines.map((line) => line.replace(/^\w*\|/, "")).join(" ").replace(/\s+/g, " ");

async function open(words) {
  await windows.press(windows.css("button[data-panel=request]"));
  await windows.press(windows.css("button[data-panel=lookup]"));
  await windows.type(windows.css("main input"), words);
  const { id, title } = stand.terreno("catalogue", "search", words).found[0];
  await until("it is found", async () => (await windows.run("return document.querySelector('[data-sheet] strong')?.textContent.trim()")) === title);
  await windows.press(windows.css("[data-sheet]"));
  await windows.sees("De dónde sale esta información");
  const shown = stand.terreno("catalogue", "show", id);
  return shown.sheet ?? shown;
}

test("a sheet is said whole, in order and in its language", async () => {
  const sheet = await open("discriminacion por discapacidad");
  await windows.press(windows.button(ALOUD));
  const { title, summary, steps } = sheet;
  await until("its last step is said", () => whole(heard.spoken()).includes(steps.at(-1)));
  const said = whole(heard.spoken());
  const places = [title, summary, ...steps].map((part) => said.indexOf(part.replace(/\s+/g, " ")));
  assert.equal(places[0], 0, `it begins with its title, and not with the buttons beside it: ${said.slice(0, 80)}`);
  assert.ok(places.every((place) => place >= 0), `all of it is said: ${places}`);
  assert.ok(!said.includes("https:"), "nobody wants an address read to them");
  assert.deepEqual(places, [...places].sort((one, other) => one - other), "in its order");
  assert.ok(heard.spoken()[0].startsWith("es|"), "in the language of the window");
  await look(windows, "staff-aloud");
});

test("a citizen's page is said, and never what they wrote", async () => {
  await windows.press(windows.css("button[data-panel=hand_over]"));
  await windows.press(windows.button("Entregar a la ciudadanía"));
  await windows.turnTo("citizen");
  await windows.press(windows.css("#look-up"));
  await windows.sees("¿Qué quieres saber?");
  await windows.type(windows.css("main input"), "secreto de la persona ficticia");
  const before = heard.spoken().length;
  await windows.press(windows.button(ALOUD));
  await until("the page is said", () => whole(heard.spoken().slice(before)).includes("¿Qué quieres saber?"));
  assert.ok(!whole(heard.spoken()).includes("ficticia"));
});
