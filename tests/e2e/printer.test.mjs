// A receipt printer that is not there, and then is: the request is kept, the screen says so and waits, and what is
// printed at last is the receipt.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { citizenEnds, citizenFiles, staffFiles } from "./lib/forms.mjs";
import { look } from "./lib/looks.mjs";
import { BYTES_A_ROW, printer, raster, scanned } from "./lib/paper.mjs";
import { givesPin, handOver, sides, takeBack } from "./lib/sides.mjs";
import { until } from "./lib/wait.mjs";
import { freePort } from "./lib/webdriver.mjs";

const REQUEST = { kind: "reclamo", text: "No pasa la barcaza.", comuna: "11303", person: { phone: "+56 9 5555 0101", answer_by: "telefono" } };
describe("a printer that is not there", () => {
  const here = sides();
  let port;
  let paper;
  let filed;
  after(() => paper?.close());

  test("is said when it is set, and the team's request is kept all the same", async () => {
    const { windows } = here;
    port = await freePort();
    await windows.press(windows.css("button[data-panel=printer]"));
    await windows.paste(windows.labelled("Dirección o dispositivo"), `127.0.0.1:${port}`);
    await windows.press(windows.button("Guardar impresora"));
    await givesPin(windows);
    await windows.sees("Impresora guardada");
    await windows.press(windows.button("Imprimir prueba"));
    await windows.sees("La impresora no aceptó el trabajo");
    assert.equal((await windows.words()).includes("Prueba impresa"), false);
    await windows.press(windows.css("button[data-panel=request]"));
    await staffFiles(windows, REQUEST);
    await windows.sees("La impresora no aceptó el trabajo. La solicitud quedó guardada.");
    await windows.sees("Sin imprimir: 1");
    filed = (await windows.text("[data-folio]")).trim();
    await windows.sees(`Comprobante ${filed}`);
    await look(windows, "staff-print-failed");
  });

  test("is said on the citizen's receipt, which is not wiped and prints once there is one", async () => {
    const { windows, stand } = here;
    await handOver(windows);
    const { folio, code } = await citizenFiles(windows, REQUEST);
    await windows.sees("No pudimos imprimir. Tu solicitud ya quedó guardada.");
    await look(windows, "citizen-print-failed");
    // Longer than quiet and warning together: the paper isn't out, so nothing is wiped.
    const { quiet_s, warning_s } = (await windows.invoke("citizen_context")).value.idle;
    await windows.later(quiet_s);
    await windows.later(warning_s);
    assert.equal(await windows.text("[data-folio]"), folio);
    paper = printer(port);
    await paper.ready;
    await windows.press(windows.button("Imprimir de nuevo"));
    await windows.sees("Tu comprobante salió impreso");
    assert.equal((await windows.words()).includes("No pudimos imprimir"), false);
    const printed = scanned(paper.jobs.at(-1));
    assert.match(printed, /^HTTPS:\/\/OIRS\.EXAMPLE\/R\/[A-Z2-7]+$/);
    const verdict = stand.terreno("verify", printed);
    assert.deepEqual([verdict.verdict, verdict.folio], ["genuine", folio]);
    assert.match(code, /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    await citizenEnds(windows);
  });

  test("prints the team's receipts, their reprint and a copy that holds no key", async () => {
    const { windows, stand } = here;
    await takeBack(windows);
    // The team's own was waiting all the while. Its key is gone with its session: what comes out is a copy.
    await windows.sees(`Copia del comprobante ${filed}`);
    const citizens = paper.jobs.length;
    await windows.press(windows.button("Imprimir otra vez"));
    await until("the copy is out", () => paper.jobs.length === citizens + 1);
    await until("the list is gone", async () => !(await windows.words()).includes("Sin imprimir"));
    assert.equal(stand.terreno("verify", scanned(paper.jobs.at(-1))).folio, filed);
    await windows.press(windows.css("button[data-panel=encounter]"));
    await windows.press(windows.css("button[data-panel=request]"));
    const before = paper.jobs.length;
    const folio = await staffFiles(windows, REQUEST);
    await windows.sees("Tu comprobante salió impreso");
    await windows.press(windows.css("button[data-panel=receipts]"));
    await windows.press(windows.button("Reimprimir el último"));
    await until("the reprint", () => paper.jobs.length === before + 2);
    await windows.paste(windows.labelled("Folio"), folio);
    await windows.press(windows.button("Imprimir copia"));
    await windows.sees("Copia impresa");
    const [original, again, copy] = paper.jobs.slice(before).map(scanned);
    assert.equal(again, original);
    assert.ok(copy.length < original.length, "a copy has no claim key");
    assert.equal(stand.terreno("verify", copy).folio, folio);
  });

  test("takes no print queue for receipts, and says where one belongs", async () => {
    const { windows, stand } = here;
    await windows.press(windows.css("button[data-panel=printer]"));
    await windows.paste(windows.labelled("Dirección o dispositivo"), "ipp://localhost/printers/oficina");
    await windows.press(windows.button("Guardar impresora"));
    await windows.sees("El comprobante lleva la clave de la persona y no pasa por una cola.");
    await windows.paste(windows.labelled("Dirección o dispositivo"), `127.0.0.1:${port}`);
    await windows.paste(windows.labelled("Dirección de la cola"), `ipp://127.0.0.1:${await freePort()}/ipp/print`);
    await windows.press(windows.button("Guardar impresora de hojas"));
    await windows.sees("No se encuentra la impresora");
    await look(windows, "staff-sheets");
    await windows.press(windows.css("button[data-panel=receipts]"));
    await windows.paste(windows.labelled("Folio"), filed);
    await windows.press(windows.button("Imprimir copia en hoja"));
    await windows.sees("No encontramos la impresora.");
    await windows.sees("Sin imprimir: 1");
    await windows.press(windows.button("Ya no lo imprimas"));
    await windows.press(windows.css("button[data-panel=printer]"));
    await windows.press(windows.button("Quitar impresora de hojas"));
    await until("it is removed", () => stand.terreno("printer", "show").queue === null);
  });

  test("prints its test as a receipt is printed: dots, and no letter of the printer's own", async () => {
    const { windows } = here;
    await windows.press(windows.css("button[data-panel=printer]"));
    await windows.press(windows.button("Imprimir prueba"));
    await windows.sees("Prueba impresa");
    const job = paper.jobs.at(-1);
    const rows = raster(job).length / BYTES_A_ROW;
    assert.ok(rows > 100 && rows < 1200, `${rows} rows`);
    assert.equal(job.includes("OIRS"), false);
  });
});
