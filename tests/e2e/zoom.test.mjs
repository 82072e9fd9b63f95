// Letters twice as large, turned on by the citizen's own button: the whole way with everything within reach, also beside
// the keyboard. Every other screen is seen at 200 % where it is looked at (lib/looks.mjs).
import assert from "node:assert/strict";
import { test } from "node:test";
import { citizenFiles } from "./lib/forms.mjs";
import { unfit } from "./lib/screens.mjs";
import { handOver, sides } from "./lib/sides.mjs";

const REQUEST = {
  kind: "reclamo", text: "No pasa la barcaza.", comuna: "11303", locality: "Caleta Tortel",
  organisation: { name: "Club de Adulto Mayor de Muestra" },
  person: { name: "Blanca Ejemplo", phone: "45 2 123456", email: "blanca@ejemplo.cl", address: "Costanera 12", address_comuna: "11303", answer_by: "carta" },
};
const here = sides();

test("the citizen's way with letters twice as large", async () => {
  const { windows } = here;
  await handOver(windows);
  const found = [];
  await windows.press(windows.button("Letra más grande"));
  await windows.press(windows.button("Letra aún más grande"));
  await windows.button("Letra normal");
  assert.ok(await windows.run("return document.activeElement.getBoundingClientRect().bottom <= innerHeight"), "the button is still in sight");
  assert.equal(await windows.run("return getComputedStyle(document.documentElement).fontSize"), "32px");
  await citizenFiles(windows, REQUEST, async (screen) => {
    found.push(...(await unfit(windows)).map((line) => `${screen}: ${line}`));
  });
  const mine = await windows.get("window");
  await windows.press(windows.button("Terminar"));
  found.push(...(await unfit(windows)));
  await windows.pressLast(windows.button("Sí, terminar"));
  await windows.turnToAnother("citizen", mine);
  assert.deepEqual(found, []);
});
