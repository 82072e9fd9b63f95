// The quick encounter counted as a hand does it: so many keys, wherever the focus is, and so many touches; and what is
// done about one that was a mistake, at once and later. And how often a citizen touches the screen to be heard.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { look } from "./lib/looks.mjs";
import { office, program, root } from "./lib/programs.mjs";
import { citizenEnds } from "./lib/forms.mjs";
import { givesPin, handOver } from "./lib/sides.mjs";
import { until } from "./lib/wait.mjs";
import { drive } from "./lib/webdriver.mjs";

const [ENTER, F3] = ["\uE007", "\uE033"];
const KEYS_MAX = 8;
const TOUCHES_MAX = 3;
const CITIZEN_TOUCHES_MAX = 9;
const REQUEST = { kind: "reclamo", text: "No pasa la barcaza.", comuna: "11303", person: { answer_by: "ninguno" }, privacy_notice: "2026-12-01", will_accepted: true };
let stand;
let windows;

async function starts() {
  windows = await drive(program("oirs-en-terreno"), ["--data", stand.data], { TZ: "America/Santiago" });
  await windows.turnTo("staff");
}
before(async () => {
  stand = await office({ outing: false });
  // Everybody is invited to the survey, so that somebody can be said to have gone.
  stand.central("catalogue", "publish", join(root, "crates/catalogue/data/first-pack.json"));
  stand.central("survey", "publish", "--standard", "--rate", "1/1");
  stand.terreno("sync");
  stand.terreno("outing", "open", "--comuna", "11303", "--place", "Caleta Tortel", "--goal", "80");
  await starts();
});
after(async () => {
  await windows?.close();
  await stand?.close();
});

const panel = (name) => windows.press(windows.css(`button[data-panel=${name}]`));
const status = () => stand.terreno("outing", "status");
/** What the stand lists, the newest first. */
const records = () => stand.lines("outing", "records");
const focused = (selector) => until(`the focus is on ${selector}`, () => windows.run("return document.activeElement?.matches(arguments[0])", selector));

/** Presses a row's button, says why and confirms. */
async function declaresVoid(row, why) {
  await windows.press(windows.css(`main .records li:nth-child(${row}) > button`));
  await focused(".records .reason input");
  await windows.keys(why);
  await windows.press(windows.button("Anular este registro"));
}
const rows = () => windows.run("return [...document.querySelectorAll('main .records li')].map((row) => row.innerText.replace(/\\s+/g, ' ').trim())");

test("a person is attended with a few letters and twice Enter", async () => {
  await windows.sees("Nueva solicitud");
  let keys = await windows.keys(F3);
  await focused("main input");
  keys += await windows.keys("pens");
  keys += await windows.keys(ENTER);
  await focused("[data-outcome=informed]");
  const matter = await windows.run("return document.querySelector('main input').value");
  keys += await windows.keys(ENTER);
  await windows.sees(`Atención registrada: ${matter}. Se informó.`);
  assert.ok(keys <= KEYS_MAX, `${keys} keys`);
  assert.notEqual(matter, "pens", "a sheet of the catalogue was taken");
  assert.equal(status().encounters, 1);
  // The next one: the field has the focus again.
  await focused("main input");
});

test("or with the outcome's number, and a body that is named by its letters", async () => {
  await windows.keys("sueldo impago");
  await windows.keys(ENTER);
  await focused("[data-outcome=informed]");
  await windows.keys("2");
  await focused(".agencies input");
  await windows.keys(ENTER);
  await windows.sees("Este campo está vacío");
  assert.equal(status().encounters, 1, "nobody named a body");
  await look(windows, "staff-encounter-unnamed");
  await windows.keys("direccion del trab");
  await windows.keys(ENTER);
  await windows.sees("Se derivó a Dirección del Trabajo.");
  assert.equal(status().encounters, 2);
  await windows.sees("2/80");
});

test("or with three touches, the menu among them", async () => {
  await panel("request");
  let touches = 0;
  const touch = async (element) => {
    await windows.press(element);
    touches += 1;
  };
  await touch(windows.css("button[data-panel=encounter]"));
  await touch(windows.button("Pensiones"));
  await touch(windows.css("[data-outcome=informed]"));
  await windows.sees("Atención registrada: Pensiones. Se informó.");
  assert.ok(touches <= TOUCHES_MAX, `${touches} touches`);
  assert.equal(status().encounters, 3);
});

test("an encounter is undone after a request came, and each can still be declared void", async () => {
  await windows.press(windows.button("Educación"));
  await windows.press(windows.css("[data-outcome=came_in_vain]"));
  await windows.sees("Atención registrada: Educación.");
  const { value: filed } = await windows.invoke("staff_file_request", { draft: REQUEST, language: "es-CL" });
  await windows.press(windows.css("main .done button"));
  await windows.sees("Atención anulada");
  await until("it counts no more", () => status().encounters === 3);
  await panel("receipts");
  await windows.sees(filed.receipt.folio);
  assert.match((await rows())[1], /Atención Educación.*Anulado$/);
  await look(windows, "staff-records");
  await declaresVoid(1, "se repitió");
  await givesPin(windows);
  await windows.sees(`Registro anulado: Solicitud, ${filed.receipt.folio}`);
  stand.terreno("sync");
  await until("the office knows", () => stand.request(filed.receipt.folio).voided);
  assert.equal(stand.request(filed.receipt.folio).void.reason, "se repitió");
});

test("what is declared void leaves nothing to undo", async () => {
  await panel("encounter");
  await windows.press(windows.button("Trabajo"));
  await windows.press(windows.css("[data-outcome=informed]"));
  await windows.sees("Atención registrada: Trabajo.");
  await panel("receipts");
  await until("it is listed", async () => /Atención Trabajo/.test((await rows())[0]));
  await declaresVoid(1, "no era aquí");
  await windows.sees("Registro anulado: Atención, Trabajo");
  await panel("encounter");
  await windows.css("main [data-first]");
  assert.equal(await windows.run("return document.querySelector('main .done button')"), null);
  assert.deepEqual([status().encounters, records()[0].voided], [3, true]);
});

test("who was invited had gone: the encounter before it is still there to be declared void", async () => {
  await windows.press(windows.button("Discapacidad"));
  await windows.press(windows.css("[data-outcome=informed]"));
  await windows.sees("Atención registrada: Discapacidad.");
  const [{ seq }] = records();
  await windows.press(windows.button("Ya se fue"));
  await panel("receipts");
  await until("it is listed", async () => /Atención Discapacidad/.test((await rows())[0]));
  await declaresVoid(1, "se anotó mal");
  await windows.sees("Registro anulado: Atención, Discapacidad");
  const found = records().find((record) => record.seq === seq);
  assert.deepEqual([found.kind, found.voided], ["encounter", true]);
});

test("later, after two more records and a restart, an encounter is declared void, by window and by command line", async () => {
  await panel("encounter");
  for (const topic of ["Tus derechos", "Pensiones", "Trabajo", "Educación"]) {
    await windows.press(windows.button(topic));
    await windows.press(windows.css("[data-outcome=informed]"));
    await windows.sees(`Atención registrada: ${topic}.`);
  }
  const before = status().encounters;
  const [, , mistake, other] = records();
  await windows.close();
  await starts();
  await panel("receipts");
  await until("all are listed", async () => (await rows()).length === records().length);
  // What it was about, nobody here can read any more: what it is and when is enough.
  assert.match((await rows())[2], /^\d\d:\d\d Atención Anular$/);
  await declaresVoid(3, "se anotó dos veces");
  await givesPin(windows);
  await windows.sees("Registro anulado: Atención");
  assert.deepEqual(
    records().slice(0, 4).map(({ seq, voided }) => [seq, voided]),
    records().slice(0, 4).map(({ seq }) => [seq, seq === mistake.seq]),
  );
  const { epoch, seq } = other;
  assert.equal(stand.records("void", [{ epoch, seq, reason: "se anotó dos veces" }])[0].error, undefined);
  assert.equal(status().encounters, before - 2);
  const void_row = records().find((record) => record.seq === seq);
  assert.equal(void_row.voided, true);
});

test("the act says what its voids mean", async () => {
  await panel("outing");
  await windows.press(windows.button("Cerrar salida"));
  await windows.sees("Anulaciones");
  const row = await windows.run("return [...document.querySelectorAll('main article tr')].find((row) => row.innerText.includes('Anulaciones')).innerText.replace(/\\s+/g, ' ')");
  assert.match(row, /^Anulaciones 6 Atenciones 5 · Solicitudes 1$/);
});

test("a goal is read as it is written, or said to be wrong", async () => {
  await windows.paste(windows.labelled("Meta de atenciones"), "unas 50");
  await windows.press(windows.button("Abrir salida"));
  await windows.sees("Escribe la meta solo con cifras, de 1 a 99.999.");
  await look(windows, "staff-goal-wrong");
  assert.equal(status().open, false);
  await windows.paste(windows.labelled("Comuna"), "Tortel");
  await windows.press(windows.css("ul[role=listbox]:not([hidden]) li"));
  await windows.paste(windows.labelled("Lugar"), "Caleta Tortel");
  await windows.paste(windows.labelled("Meta de atenciones"), "1.500");
  await windows.press(windows.button("Abrir salida"));
  await until("it is open", () => status().open);
  assert.equal(status().goal, 1500);
});

describe("a citizen without a name", () => {
  before(() => handOver(windows));

  test("is heard after at most nine touches", async () => {
    let touches = 0;
    const touch = async (element) => {
      await windows.press(element);
      touches += 1;
    };
    await touch(windows.css("#begin"));
    await touch(windows.button("Leí el aviso y continúo"));
    await touch(windows.css("[data-value=opinion]"));
    // Nobody has to touch the field to write in it.
    await focused("main textarea");
    await windows.keys("Todo bien.");
    await touch(windows.button("Continuar"));
    await windows.css("main [role=combobox]");
    await touch(windows.button("Continuar"));
    await touch(windows.css("[data-value=ninguno]"));
    await touch(windows.css("[data-value=anonymous]"));
    await touch(windows.button("Enviar"));
    await windows.sees("Quedó guardada");
    assert.ok(touches <= CITIZEN_TOUCHES_MAX, `${touches} touches`);
    const folio = await windows.text("[data-folio]");
    stand.terreno("sync");
    const { request } = stand.request(folio);
    assert.deepEqual([request.text, request.person?.name], ["Todo bien.", undefined]);
    await citizenEnds(windows);
  });
});
