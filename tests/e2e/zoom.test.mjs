// Everything at 200 %: half the window for the team's page, letters twice as large for the citizen's. Every control
// is within reach with its words whole, and nothing scrolls sideways.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { citizenFiles } from "./lib/forms.mjs";
import { picture, unfit } from "./lib/screens.mjs";
import { handOver, sides } from "./lib/sides.mjs";
import { until } from "./lib/wait.mjs";

const REQUEST = { kind: "reclamo", text: "No pasa la barcaza.", comuna: "11303", locality: "Caleta Tortel" };
const WAYS = {
  behalf: { affected: { name: "Rosalía Ejemplo", relation: "su hija" }, person: { name: "Wara Ejemplo", phone: "+56 9 5555 0101", answer_by: "telefono" } },
  organisation: { organisation: { name: "Club de Adulto Mayor de Muestra" }, person: { name: "Blanca Ejemplo", address: "Costanera 12", address_comuna: "11303", answer_by: "carta" } },
};

describe("the team's page in half the window", () => {
  const here = sides();
  test("has everything within reach", async () => {
    const { windows } = here;
    await windows.post("window/rect", { width: 640, height: 480 });
    await until("the window is small", () => windows.run("return innerWidth <= 640"));
    const found = [];
    for (const panel of ["request", "encounter", "receipts", "printer", "sync", "outing", "hand_over"]) {
      await windows.press(windows.css(`button[data-panel=${panel}]`));
      found.push(...(await unfit(windows)).map((line) => `${panel}: ${line}`));
      await windows.run("document.querySelector('.page').scrollTo(0, 0)");
      if (["request", "receipts"].includes(panel)) await windows.picture(picture(`staff-${panel}.200`));
    }
    await windows.press(windows.css("button[data-panel=request]"));
    await windows.press(windows.css("input[value=organisation]"));
    await windows.press(windows.css("input[value=carta]"));
    found.push(...(await unfit(windows)).map((line) => `request, all of it: ${line}`));
    assert.deepEqual(found, []);
  });
});

describe("the citizen's screens with letters twice as large", () => {
  const here = sides();
  test("have everything within reach, also beside the keyboard", async () => {
    const { windows } = here;
    await handOver(windows);
    for (const [way, more] of Object.entries(WAYS)) {
      const found = [];
      await windows.run("document.documentElement.dataset.letters = 'largest'");
      await citizenFiles(windows, { ...REQUEST, ...more }, async (screen) => {
        found.push(...(await unfit(windows)).map((line) => `${screen}: ${line}`));
        if (way === "organisation") await windows.picture(picture(`citizen-${screen}.200`));
      });
      assert.deepEqual(found, []);
      const mine = await windows.get("window");
      await windows.press(windows.button("Terminar"));
      found.push(...(await unfit(windows)));
      await windows.pressLast(windows.button("Sí, terminar"));
      await windows.turnToAnother("citizen", mine);
      assert.deepEqual(found, []);
    }
  });
});
