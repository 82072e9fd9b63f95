// Nobody presses anything: what is filed while the office is out of reach arrives when it is back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { office, program } from "./lib/programs.mjs";
import { drive } from "./lib/webdriver.mjs";

let stand;
let windows;
before(async () => {
  stand = await office();
  windows = await drive(program("oirs-en-terreno"), ["--data", stand.data], { OIRS_SYNC_OFFLINE_MS: "300" });
  await windows.turnTo("staff");
});
after(async () => {
  await windows?.close();
  await stand?.close();
});

async function file(text) {
  await windows.press(windows.css("button[data-panel=encounter]"));
  await windows.press(windows.css("button[data-panel=request]"));
  await windows.type(windows.css("main textarea"), text);
  await windows.press(windows.css("input[value=anonymous]"));
  await windows.press(windows.css("input[value=ninguno]"));
  for (const box of [2, 3]) await windows.press(windows.find("xpath", `(//*[@role='form']//input[@type='checkbox'])[${box}]`));
  await windows.press(windows.css("[role=form] button[type=submit]"));
  await windows.sees("Quedó guardada");
  return windows.text("[data-folio]");
}

test("with a network, a request is at the office soon after it was filed", async () => {
  await windows.sees("Con conexión");
  const folio = await file("Con red llega sola.");
  await windows.sees("llegó");
  await windows.sees("Última sincronización");
  assert.deepEqual(stand.requests().map((request) => request.folio), [folio]);
});

test("without one it waits here, and arrives when the network is back", async () => {
  await stand.down();
  const folio = await file("Sin red espera aquí.");
  await windows.sees("Sin conexión");
  await windows.sees("por enviar");
  await stand.up();
  await windows.sees("Con conexión");
  await windows.sees("Todo enviado");
  assert.ok(stand.requests().some((request) => request.folio === folio));
});
