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
  behalf: { affected: { name: "Rosalía Ejemplo", relation: "su hija" }, person: { name: "Wara Ejemplo", document: { type: "pasaporte", number: "E-1234567", country: "BO" }, country_of_residence: "AR", phone: "+56 9 5555 0101", answer_by: "telefono" } },
  organisation: { organisation: { name: "Club de Adulto Mayor de Muestra" }, person: { name: "Blanca Ejemplo", phone: "45 2 123456", email: "blanca@ejemplo.cl", address: "Costanera 12", address_comuna: "11303", answer_by: "carta" } },
};

describe("the team's page in half the window", () => {
  const here = sides();
  test("has everything within reach", async () => {
    const { windows } = here;
    await windows.post("window/rect", { width: 640, height: 480 });
    await until("the window is small", () => windows.run("return innerWidth <= 640"));
    const found = [];
    for (const panel of ["request", "encounter", "receipts", "printer", "team", "sync", "outing", "hand_over"]) {
      await windows.press(windows.css(`button[data-panel=${panel}]`));
      found.push(...(await unfit(windows)).map((line) => `${panel}: ${line}`));
      await windows.run("document.querySelector('.page').scrollTo(0, 0)");
      if (["request", "receipts"].includes(panel)) await windows.picture(picture(`staff-${panel}.200`));
    }
    await windows.press(windows.css("button[data-panel=request]"));
    await windows.press(windows.css("input[value=organisation]"));
    await windows.press(windows.css("input[value=carta]"));
    await windows.press(windows.find("xpath", "//label[normalize-space(.)='La presenta por otra persona']/input"));
    await windows.press(windows.css("main summary"));
    await windows.labelled("Número", "Representante");
    await windows.run("document.querySelector('main details').scrollIntoView()");
    await windows.picture(picture("staff-more.200"));
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
      await windows.press(windows.button("Letra más grande"));
      await windows.press(windows.button("Letra aún más grande"));
      await windows.button("Letra normal");
      assert.ok(await windows.run("return document.activeElement.getBoundingClientRect().bottom <= innerHeight"), "the button is still in sight");
      assert.equal(await windows.run("return getComputedStyle(document.documentElement).fontSize"), "32px");
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
