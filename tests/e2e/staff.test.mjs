// What the team does with something already filed: adds, withdraws with the paper's code and without it, explains,
// verifies, undoes; each seen at the office.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { staffFiles } from "./lib/forms.mjs";
import { look } from "./lib/looks.mjs";
import { givesPin, sides } from "./lib/sides.mjs";
import { until } from "./lib/wait.mjs";

const here = sides();
const REQUEST = { kind: "reclamo", text: "No pasa la barcaza.", comuna: "11303", person: { phone: "+56 9 5555 0101", answer_by: "telefono" } };

const panel = (name) => here.windows.press(here.windows.css(`button[data-panel=${name}]`));

/** Files one and goes to the panel for what is filed, with its folio in the field. */
async function filed() {
  const { windows } = here;
  await panel("encounter");
  await panel("request");
  const folio = await staffFiles(windows, REQUEST);
  const code = await windows.text(".filed dd.selectable");
  await panel("receipts");
  await windows.paste(windows.labelled("Folio"), folio);
  return { folio, code };
}

/** The request at the office, once the office has opened everything. */
async function atTheOffice(folio, holds) {
  here.stand.terreno("sync");
  return until(`the office knows it of ${folio}`, () => {
    const shown = here.stand.request(folio);
    return holds(shown) && shown;
  });
}

test("adds with the paper in hand, and a wrong code changes nothing", async () => {
  const { windows } = here;
  const { folio, code } = await filed();
  await windows.paste(windows.labelled("Código de control"), `${code.slice(0, 8)}_`);
  await windows.paste(windows.labelled("Qué se agrega"), "Tampoco hay radio.");
  await windows.press(windows.button("Agregar a la solicitud"));
  await windows.sees("Este código de control no es correcto");
  await look(windows, "staff-wrong-code");
  await windows.paste(windows.labelled("Código de control"), code.toLowerCase());
  await windows.press(windows.button("Agregar a la solicitud"));
  await windows.sees("Quedó agregado");
  await look(windows, "staff-added", ["en"]);
  assert.equal((await windows.words()).includes("no es correcto"), false);
  const shown = await atTheOffice(folio, ({ additions }) => additions.length > 0);
  assert.deepEqual(shown.additions.map(({ text, proof }) => [text, proof]), [["Tampoco hay radio.", "proven"]]);
});

test("withdraws with the paper's code at once, and without it after the office has asked", async () => {
  const { windows } = here;
  const one = await filed();
  await windows.paste(windows.labelled("Código de control"), one.code);
  await windows.paste(windows.labelled("Por qué se retira"), "Ya llegó.");
  await windows.press(windows.button("Retirar la solicitud"));
  await windows.sees("Solicitud retirada");
  await look(windows, "staff-withdrawn");
  const withdrawn = await atTheOffice(one.folio, ({ state }) => state === "withdrawn");
  assert.equal(withdrawn.withdrawal.reason, "Ya llegó.");

  const other = await filed();
  await windows.press(windows.button("Retirar la solicitud"));
  await windows.sees("Retiro anotado. La oficina lo confirma con la persona.");
  await look(windows, "staff-withdrawn-unproven", ["en"]);
  const waits = await atTheOffice(other.folio, ({ withdrawals }) => withdrawals.length > 0);
  assert.deepEqual([waits.state, waits.withdrawals[0].proof], ["received", "unproven"]);
});

test("explains a deadline with every day that it skips", async () => {
  const { windows } = here;
  const { folio } = await filed();
  await windows.press(windows.button("Explicar el plazo"));
  await windows.sees("Compromiso:");
  await windows.sees("sábado");
  const shown = await atTheOffice(folio, ({ due_on: due }) => due);
  const [year, month, day] = shown.due_on.split("-");
  await windows.sees(`${day}/${month}/${year}`);
  await look(windows, "staff-explained");
});

test("tells a receipt from one that was altered", async () => {
  const { windows, stand } = here;
  const { receipt, folio } = stand.file(REQUEST);
  await panel("receipts");
  const field = () => windows.labelled("Dirección o código del QR");
  await windows.paste(field(), receipt);
  await windows.press(windows.button("Comprobar"));
  await windows.sees("Auténtico");
  await windows.sees(folio);
  await look(windows, "staff-verified");
  const at = receipt.length - 40;
  await windows.paste(field(), receipt.slice(0, at) + (receipt[at] === "A" ? "B" : "A") + receipt.slice(at + 1));
  await windows.press(windows.button("Comprobar"));
  await windows.sees("Falso: no lo aceptes");
  await look(windows, "staff-verified-false");
  // It stands among the last records as well, which say nothing of what was shown.
  assert.equal(await windows.run("return document.querySelector('main strong.selectable')"), null);
});

test("declares a record void with the PIN and a reason, once", async () => {
  const { windows } = here;
  const { folio } = await filed();
  await windows.sees(folio);
  await windows.press(windows.css("main .records li:first-child > button"));
  await windows.press(windows.button("Anular este registro"));
  await givesPin(windows);
  await windows.sees("Este campo está vacío");
  await windows.paste(windows.labelled("Por qué se anula"), "Se repitió.");
  await windows.press(windows.button("Anular este registro"));
  await windows.sees(`Registro anulado: Solicitud, ${folio}`);
  await look(windows, "staff-voided", ["en"]);
  const shown = await atTheOffice(folio, ({ voided }) => voided);
  assert.equal(shown.void.reason, "Se repitió.");
  await until("nothing is left to void of it", () => windows.run("return document.querySelector('main .records li:first-child > button') === null"));
});

describe("all that the first schema says", () => {
  const affected = {
    name: "Rosalía Ejemplo Raín",
    social_name: "Rosa",
    document: { type: "documento_extranjero", number: "11.111.111", country: "AR" },
    relation: "su hija",
  };
  const reached = {
    phone: "+56 9 5555 0102",
    email: "wara@ejemplo.cl",
    address: "Costanera Imaginaria 12",
    address_comuna: "10210",
    country_of_residence: "BO",
    answer_by: "carta",
  };
  const told = {
    kind: "peticion",
    topic: "pasarelas",
    text: "Pedimos una baranda.\n¿Nos pueden recibir?",
    comuna: "11303",
    locality: "Caleta Tortel",
    affected,
    assisted_by: "T1",
    captured_at: "2025-11-05T09:40:00-03:00",
  };
  const drafts = {
    person: { ...told, person: { name: "Wara Ejemplo", social_name: "Wari", document: { type: "pasaporte", number: "E-1234567", country: "BO" }, ...reached } },
    representative: {
      ...told,
      organisation: { name: "Club de Adulto Mayor de Muestra", rut: "65.222.222-6", role: "secretaria" },
      person: { name: "Blanca Ejemplo", social_name: "Blanquita", document: { type: "rut", number: "88.888.888-8" }, ...reached, answer_by: "presencial" },
    },
  };
  for (const [who, draft] of Object.entries(drafts)) {
    test(`is told on the team's page and read at the office, filed by a ${who}`, async () => {
      const { windows } = here;
      await panel("encounter");
      await panel("request");
      const folio = await staffFiles(windows, draft, async () => {
        assert.equal(await windows.run("return document.scrollingElement.scrollTop + document.body.scrollTop"), 0, "only the form scrolls");
        await look(windows, `staff-more-${who}`);
      });
      const { request } = await atTheOffice(folio, (shown) => shown.request);
      const { id, ...read } = request;
      assert.match(id, /^[0-9a-f-]{36}$/);
      assert.deepEqual(read, { ...draft, will_accepted: true, privacy_notice: "2026-12-01", language: "es-CL", written_by: "transcriber" });
    });
  }

  test("remembers who attends, opens by key, and shows what is wrong in it", async () => {
    const { windows } = here;
    const summary = () => windows.css("main summary");
    await panel("encounter");
    await panel("request");
    await windows.sees("1 campo lleno");
    await look(windows, "staff-more-closed");
    const ends = "return [document.querySelector('[role=form] .end').getBoundingClientRect().bottom, document.querySelector('main').scrollHeight - document.querySelector('main').clientHeight]";
    const [bottom, hidden] = await windows.run(ends);
    assert.ok(bottom <= 800 && hidden <= 0, `the form is one page: ${bottom}, ${hidden}`);
    await windows.type(summary(), "\uE007");
    await windows.css("main details[open]");
    assert.equal(await windows.value(windows.labelled("Atendido por")), "T1");
    await windows.paste(windows.labelled("Atendido por"), "T2");
    await windows.paste(windows.labelled("País donde vive"), "ve");
    await windows.css("ul[role=listbox]:not([hidden])");
    await windows.type(windows.labelled("País donde vive"), "\uE015");
    const list = "const list = document.querySelector('ul[role=listbox]:not([hidden])'); return [list.getBoundingClientRect().bottom, list.querySelector('[aria-selected=true]').innerText.trim()]";
    const [under, selected] = await windows.run(list);
    assert.ok(under <= 800, `the list is in sight: ${under}`);
    assert.equal(selected, "Cabo Verde");
    await look(windows, "staff-more-list");
    await windows.paste(windows.labelled("País donde vive"), "Nunca Jamás");
    await windows.paste(windows.labelled("Correo electrónico"), "no tengo");
    await windows.type(summary(), "\uE007");
    await windows.css("main details:not([open])");
    await windows.sees("3 campos llenos");
    await windows.press(windows.css("[role=form] button[type=submit]"));
    await windows.sees("No encontramos este país");
    await windows.sees("Este correo no está bien escrito");
    await look(windows, "staff-more-wrong");
    await windows.press(windows.button("Limpiar"));
    await windows.sees("1 campo lleno");
    await windows.css("main details:not([open])");
    await windows.press(summary());
    assert.deepEqual([await windows.value(windows.labelled("Atendido por")), await windows.value(windows.labelled("País donde vive"))], ["T2", ""]);
  });
});
