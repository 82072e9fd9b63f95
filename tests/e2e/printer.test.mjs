// A receipt printer that is not there, and then is: the request is kept, the screen says so and waits, and what is
// printed at last is the receipt.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { citizenEnds, citizenFiles, citizenTurns, staffFiles } from "./lib/forms.mjs";
import { look } from "./lib/looks.mjs";
import { BYTES_A_ROW, commands, printer, raster, scanned } from "./lib/paper.mjs";
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

  /** What the window's head says of the printer. */
  async function head(state, words) {
    const { windows } = here;
    await until(`the head says ${state}`, async () => (await windows.text(`header [data-printer=${state}]`)).trim() === words);
  }

  test("is said when it is set, and the team's request is kept all the same", async () => {
    const { windows } = here;
    port = await freePort();
    await windows.press(windows.css("button[data-panel=printer]"));
    await windows.paste(windows.labelled("Dirección o dispositivo"), `127.0.0.1:${port}`);
    await windows.press(windows.button("Guardar impresora"));
    await givesPin(windows);
    await windows.sees("Impresora guardada");
    // It was asked when it was saved, and the window's head says the same as the panel.
    await windows.sees("No se encuentra la impresora");
    await head("absent", "Impresora no aparece");
    await windows.press(windows.button("Imprimir prueba"));
    await windows.sees("La impresora no aceptó el trabajo");
    await head("absent", "Impresora no aparece");
    assert.equal((await windows.words()).includes("Prueba impresa"), false);
    await look(windows, "staff-printer-refuses", ["en"]);
    await windows.press(windows.css("button[data-panel=request]"));
    await staffFiles(windows, REQUEST);
    await windows.sees("La impresora no aceptó el trabajo. La solicitud quedó guardada.");
    await windows.sees("Sin imprimir: 1");
    await head("absent", "Impresora no aparece");
    filed = (await windows.text("[data-folio]")).trim();
    await windows.sees(`Comprobante ${filed}`);
    await look(windows, "staff-print-failed");
  });

  test("is said on the citizen's receipt, which is not wiped and prints once there is one", async () => {
    const { windows, stand } = here;
    await handOver(windows);
    await citizenFiles(windows, REQUEST, undefined, "en");
    await windows.sees(citizenTurns(windows, "en").say("receipt-print-failed"));
    await look(windows, "citizen-print-failed", []);
    await citizenEnds(windows, "en");
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
    await look(windows, "citizen-printed");
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
    await head("ready", "Impresora lista");
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
    await look(windows, "staff-copied", ["en"]);
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
    await look(windows, "staff-printer-tested", ["en"]);
    const job = paper.jobs.at(-1);
    const rows = raster(job).length / BYTES_A_ROW;
    assert.ok(rows > 100 && rows < 1200, `${rows} rows`);
    assert.equal(job.includes("OIRS"), false);
  });
});

describe("as many papers as were chosen", () => {
  const media = mkdtempSync(join(tmpdir(), "oirs-media-"));
  const stick = join(media, "OIRS-UNO");
  mkdirSync(stick);
  const here = sides({ OIRS_MEDIA: media });
  const paper = printer(0);
  after(async () => {
    await paper.close();
    rmSync(media, { recursive: true });
  });
  const choose = (legend, words) =>
    here.windows.press(here.windows.find("xpath", `//fieldset[legend[normalize-space(.)="${legend}"]]//label[normalize-space(.)="${words}"]`));
  const gone = (words) => until(`${words} is gone`, async () => !(await here.windows.words()).includes(words));

  test("are chosen with the cut, and of a receipt's one carries the key", async () => {
    const { windows, stand } = here;
    await paper.ready;
    await windows.press(windows.css("button[data-panel=printer]"));
    await windows.paste(windows.labelled("Dirección o dispositivo"), `127.0.0.1:${paper.port()}`);
    await choose("Corte del papel", "Sin cortador");
    await windows.press(windows.button("Guardar impresora"));
    await givesPin(windows);
    await windows.sees("Impresora guardada");
    await choose("De cada comprobante", "2");
    await choose("De cada acta de cierre", "2");
    await windows.press(windows.button("Guardar cantidades"));
    await windows.sees("Cantidades guardadas");
    await look(windows, "staff-papers");
    const { printer: chosen, papers } = stand.terreno("printer", "show");
    assert.deepEqual([chosen.cutter, papers], ["none", { receipt: 2, act: 2 }]);
    await windows.press(windows.css("button[data-panel=request]"));
    const folio = await staffFiles(windows, REQUEST);
    await windows.sees("Tu comprobante salió impreso");
    assert.equal(paper.jobs.length, 2);
    const [original, copy] = paper.jobs.map(scanned);
    assert.ok(copy.length < original.length, "the second holds no claim key");
    for (const code of [original, copy]) assert.equal(stand.terreno("verify", code).folio, folio);
    // Reset, and fed past the bar: no knife is asked to cut.
    assert.deepEqual(paper.jobs.map(commands), ["1b401b6406", "1b401b6406"]);
  });

  test("are offered as they are missing: the copy alone, and never the key again", async () => {
    const { windows } = here;
    paper.holds(1);
    await windows.press(windows.css("button[data-panel=encounter]"));
    await windows.press(windows.css("button[data-panel=request]"));
    const folio = await staffFiles(windows, REQUEST);
    await windows.sees("Tu comprobante salió impreso");
    await windows.sees(`Copia del comprobante ${folio}`);
    assert.equal((await windows.words()).includes(`Comprobante ${folio}`), false);
    paper.holds(Infinity);
    await windows.press(windows.button("Imprimir otra vez"));
    await gone("Sin imprimir");
    assert.equal(paper.jobs.length, 4);
    const [original, copy] = paper.jobs.slice(2).map(scanned);
    assert.ok(copy.length < original.length);
  });

  test("don't keep a citizen: their own is out, and the copy is the team's", async () => {
    const { windows } = here;
    paper.holds(1);
    await handOver(windows);
    const { folio } = await citizenFiles(windows, REQUEST);
    await windows.sees("Tu comprobante salió impreso");
    assert.equal((await windows.words()).includes("No pudimos imprimir"), false);
    await citizenEnds(windows);
    await takeBack(windows);
    await windows.sees(`Copia del comprobante ${folio}`);
    await windows.press(windows.button("Ya no lo imprimas"));
    await gone("Sin imprimir");
  });

  test("of an act come out alike, and the day counts what was printed", async () => {
    const { windows, stand } = here;
    const before = paper.jobs.length;
    await windows.press(windows.css("button[data-panel=outing]"));
    await windows.press(windows.button("Cerrar salida"));
    await windows.sees("Imprimir acta");
    const { receipts_printed, copies } = stand.terreno("outing", "acts").numbers;
    assert.deepEqual([receipts_printed, copies], [3, 2]);
    paper.holds(1);
    await windows.press(windows.button("Imprimir acta"));
    await windows.sees("El acta salió, pero faltan papeles. Quedaron en «Sin imprimir».");
    await windows.sees("Falta un papel.");
    await look(windows, "staff-act-partly");
    paper.holds(Infinity);
    await windows.press(windows.button("Imprimir otra vez"));
    await gone("Sin imprimir");
    assert.equal(paper.jobs.length, before + 2);
    assert.equal(scanned(paper.jobs.at(-1)), scanned(paper.jobs.at(-2)));
  });

  test("are saved on the stick that is in, and it is said where", async () => {
    const { windows } = here;
    await windows.press(windows.button("Guardar acta en pendrive"));
    await windows.sees("El acta quedó en «OIRS-UNO», con el nombre acta-");
    await look(windows, "staff-act-saved");
    const [, name] = /con el nombre (acta-\S+\.pdf)\./.exec(await windows.words());
    const text = execFileSync("pdftotext", [join(stick, name), "-"], { encoding: "utf8" });
    assert.match(text, /Acta de cierre/);
    mkdirSync(join(media, "OIRS-DOS"));
    await windows.press(windows.button("Guardar acta en pendrive"));
    await windows.press(windows.button("Guardar en OIRS-DOS"));
    await windows.sees("El acta quedó en «OIRS-DOS»");
    assert.deepEqual(readFileSync(join(media, "OIRS-DOS", name)), readFileSync(join(stick, name)));
    const out = mkdtempSync(join(tmpdir(), "oirs-out-"));
    for (const folder of ["OIRS-UNO", "OIRS-DOS"]) renameSync(join(media, folder), join(out, folder));
    await windows.press(windows.button("Guardar acta en pendrive"));
    await windows.sees("No hay un pendrive puesto.");
    renameSync(join(out, "OIRS-UNO"), stick);
    rmSync(out, { recursive: true });
  });

  test("hang on the wall: the poster is saved, or offered again when no sheet comes out", async () => {
    const { windows } = here;
    await windows.press(windows.css("button[data-panel=printer]"));
    await windows.press(windows.button("Guardar afiche en pendrive"));
    await windows.sees("El afiche quedó en «OIRS-UNO», con el nombre afiche-es-CL.pdf.");
    await choose("Idioma del afiche", "English");
    await windows.press(windows.button("Guardar afiche en pendrive"));
    await windows.sees("afiche-en.pdf");
    const text = execFileSync("pdftotext", [join(stick, "afiche-es-CL.pdf"), "-"], { encoding: "utf8" });
    assert.match(text, /Aquí te atiende/);
    await windows.paste(windows.labelled("Dirección de la cola"), `ipp://127.0.0.1:${await freePort()}/ipp/print`);
    await windows.press(windows.button("Guardar impresora de hojas"));
    await windows.press(windows.button("Imprimir afiche"));
    await windows.sees("No se imprimió el afiche. Quedó en «Sin imprimir».");
    await windows.sees("Sin imprimir: 1");
    await look(windows, "staff-poster");
  });
});
