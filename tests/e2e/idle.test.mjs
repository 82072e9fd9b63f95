// Nobody is there any more: the screen warns, waits, and wipes itself for the next one.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { look } from "./lib/looks.mjs";
import { handOver, sides } from "./lib/sides.mjs";
import { until } from "./lib/wait.mjs";

describe("nobody is there any more", () => {
  const here = sides();
  before(() => handOver(here.windows));

  test("the screen warns, can be kept, and at last is wiped", async () => {
    const { windows, stand } = here;
    const first = await windows.get("window");
    await windows.press(windows.css("#begin"));
    await windows.press(windows.button("Leí el aviso y continúo"));
    await windows.press(windows.css("[data-value=reclamo]"));
    await windows.paste(windows.labelled("Tu solicitud"), "zorzalmelodioso");
    const { quiet_s, warning_s } = (await windows.invoke("citizen_context")).value.idle;
    await windows.later(quiet_s);
    await windows.sees("¿Sigues aquí?");
    await look(windows, "citizen-idle");
    await windows.press(windows.button("Sí, dame más tiempo"));
    await until("the warning is gone", async () => !(await windows.words()).includes("¿Sigues aquí?"));
    assert.equal(await windows.value(windows.labelled("Tu solicitud")), "zorzalmelodioso");
    await windows.later(quiet_s);
    await windows.sees("¿Sigues aquí?");
    await windows.later(warning_s);
    await windows.turnToAnother("citizen", first);
    await windows.sees("Te damos la bienvenida");
    await windows.press(windows.css("#begin"));
    await windows.press(windows.button("Leí el aviso y continúo"));
    await windows.press(windows.css("[data-value=reclamo]"));
    assert.equal(await windows.value(windows.labelled("Tu solicitud")), "");
    assert.equal(stand.terreno("ledger", "stats").requests ?? 0, 0);
  });
});
