// A new machine in the window: enrolled with the office's code and a PIN, then ready to attend and to hand over.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { look } from "./lib/looks.mjs";
import { office, PIN, program, root } from "./lib/programs.mjs";
import { drive } from "./lib/webdriver.mjs";


let stand;
let windows;
before(async () => {
  stand = await office({ enrolled: false });
  windows = await drive(program("oirs-en-terreno"), ["--data", stand.data]);
  await windows.turnTo("staff");
});
after(async () => {
  await windows?.close();
  await stand?.close();
});

const field = (name) => windows.css(`main input[name=${name}]`);
const pin = (which) => windows.css(`main input[name=${{ first: "new-pin", second: "new-pin-again" }[which]}]`);

test("a new machine says what it needs, and nothing else", async () => {
  await windows.sees("Inscribe este equipo");
  assert.equal(await windows.run("return document.querySelectorAll('nav button').length"), 0);
  await look(windows, "staff-enrol");
});

test("a code that was typed wrong and two different PINs are found out", async () => {
  await windows.type(field("code"), "7777-7777");
  await windows.type(field("central"), stand.url);
  await windows.type(pin("first"), PIN);
  await windows.type(pin("second"), "9");
  await windows.sees("No es igual al primero");
  assert.equal(await windows.run("return document.querySelector('[role=form] button[type=submit]').disabled"), true);
  await windows.type(pin("second"), "\uE003" + PIN);
  await windows.press(windows.button("Inscribir"));
  await windows.sees("El código de inscripción está mal escrito");
  await look(windows, "staff-enrol-wrong");
});

test("the text of the office's QR enrols it, and the screen can be handed over with the PIN", async () => {
  await windows.run("const f = document.querySelector('main input[name=code]'); f.value = ''; f.dispatchEvent(new Event('input', { bubbles: true }))");
  await windows.type(field("code"), `${stand.url}/#${stand.code}`);
  await windows.press(windows.button("Inscribir"));
  await windows.sees("Nueva solicitud");
  assert.equal(stand.terreno("ledger", "stats").entries, 1);
  await windows.press(windows.css("button[data-panel=hand_over]"));
  await windows.sees("Entregar a la ciudadanía");
});
