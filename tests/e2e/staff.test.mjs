// What the team does with something already filed: adds, withdraws with the paper's code and without it, explains,
// verifies, undoes; each seen at the office.
import assert from "node:assert/strict";
import { test } from "node:test";
import { staffFiles } from "./lib/forms.mjs";
import { picture } from "./lib/screens.mjs";
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
  assert.deepEqual(await windows.axe(), []);
  await windows.paste(windows.labelled("Código de control"), code.toLowerCase());
  await windows.press(windows.button("Agregar a la solicitud"));
  await windows.sees("Quedó agregado");
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
  await windows.picture(picture("staff-withdrawn.es-CL"));
  const withdrawn = await atTheOffice(one.folio, ({ state }) => state === "withdrawn");
  assert.equal(withdrawn.withdrawal.reason, "Ya llegó.");

  const other = await filed();
  await windows.press(windows.button("Retirar la solicitud"));
  await windows.sees("Retiro anotado. La oficina lo confirma con la persona.");
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
  assert.deepEqual(await windows.axe(), []);
  await windows.picture(picture("staff-explained.es-CL"));
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
  const at = receipt.length - 40;
  await windows.paste(field(), receipt.slice(0, at) + (receipt[at] === "A" ? "B" : "A") + receipt.slice(at + 1));
  await windows.press(windows.button("Comprobar"));
  await windows.sees("Falso: no lo aceptes");
  assert.equal((await windows.run("return document.querySelector('main').innerText")).includes(folio), false);
});

test("undoes the last record with the PIN and a reason, once", async () => {
  const { windows } = here;
  const { folio } = await filed();
  await windows.paste(windows.labelled("Por qué se anula"), "Se repitió.");
  await windows.press(windows.button("Anular el último registro"));
  await givesPin(windows);
  await windows.sees("Registro anulado");
  const shown = await atTheOffice(folio, ({ voided }) => voided);
  assert.equal(shown.void.reason, "Se repitió.");
  await windows.paste(windows.labelled("Por qué se anula"), "Otra vez.");
  await windows.press(windows.button("Anular el último registro"));
  await windows.sees("No hay un registro que se pueda anular");
});
