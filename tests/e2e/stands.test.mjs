// Two stands of one office at one place, with no network between them: what one shows the other's camera reads, from the
// outing in the morning to the closings that add up in the evening.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { look } from "./lib/looks.mjs";
import { office, program, root } from "./lib/programs.mjs";
import { picture } from "./lib/screens.mjs";
import { givesPin } from "./lib/sides.mjs";
import { until } from "./lib/wait.mjs";
import { drive } from "./lib/webdriver.mjs";

const REQUEST = { kind: "reclamo", text: "No pasa la barcaza.", comuna: "11303", person: { phone: "+56 9 5555 0101", answer_by: "telefono" } };
const LANDSCAPE = join(root, "crates/attachment/tests/golden/everything.jpg");

let stand;
let windows;
/** The other stand's command line, and its data. */
let other;
let there;
const camera = () => join(stand.folder, "camara.jpg");
/** From now on the camera sees this; at no moment does it see half of it. */
function sees(file) {
  copyFileSync(file, `${camera()}.new`);
  renameSync(`${camera()}.new`, camera());
}
before(async () => {
  stand = await office({ outing: false });
  const { code } = JSON.parse(stand.central("device", "new", "--label", "otro"));
  const pin = join(stand.folder, "pin.txt");
  there = join(stand.folder, "other");
  const run = (args, input) => JSON.parse(execFileSync(program("terreno"), ["--json", "--data", there, "--pin-file", pin, ...args], { input, encoding: "utf8", timeout: 60_000 }));
  other = (...args) => run(args);
  other.file = () => run(["record", "request"], `${JSON.stringify(REQUEST)}\n`);
  execFileSync(program("terreno"), ["--json", "--data", there, "enrol", "--central", stand.url, "--code", code, "--new-pin-file", pin]);
  // Each hears of the other once; from then on there is no network.
  other("sync");
  stand.terreno("sync");
  await stand.down();
});
after(async () => {
  await windows?.close();
  await stand?.close();
});

const panel = (name) => windows.press(windows.css(`button[data-panel=${name}]`));
const press = (words) => windows.press(windows.button(words));
const opens = (words) => windows.press(windows.find("xpath", `//summary[normalize-space(.)='${words}']`));
const sight = () => until("the camera's picture is shown", () => windows.run("return document.querySelector('dialog img')?.naturalWidth > 0"));
const reading = () => windows.run("return document.querySelector('dialog[open]') !== null");
async function begin(data, env = {}) {
  windows = await drive(program("oirs-en-terreno"), ["--data", data], { TZ: "America/Santiago", ...env });
  await windows.turnTo("staff");
  await panel("outing");
}

test("one stand shows its outing; with no camera it says what else there is", async () => {
  other("outing", "open", "--comuna", "11303", "--place", "Caleta Tortel");
  await begin(there);
  await press("Compartir con otro puesto");
  await givesPin(windows);
  await windows.sees("Ocultar el código");
  await windows.picture(picture("staff-share-other"));
  await press("Ocultar el código");
  await opens("Sumar cierres");
  await press("Leer con la cámara");
  await windows.sees("Este equipo no tiene una cámara que sirva.");
  await look(windows, "staff-read-code-none");
  await windows.close();
});

test("the other's camera reads it off the screen and joins; it stops when it is told to", async () => {
  sees(LANDSCAPE);
  await begin(stand.data, { OIRS_CAMERA: camera() });
  await opens("Unirse a la salida de otro puesto");
  await press("Leer con la cámara");
  await windows.sees("Muestra a la cámara el QR de la salida");
  await sight();
  await look(windows, "staff-read-code");
  await press("Cancelar");
  await until("the camera is let go", async () => !(await reading()));
  assert.equal(stand.terreno("outing", "status").open, false);
  await press("Leer con la cámara");
  await sight();
  sees(picture("staff-share-other"));
  await until("it asks for the PIN", () => windows.run("return document.querySelector('dialog input[type=password]') !== null"));
  await givesPin(windows);
  await windows.sees("Este equipo ya es parte de la salida.");
  assert.equal((await windows.words()).includes("Aún no conoce al puesto"), false, "each is in the other's directory");
  assert.equal(stand.terreno("outing", "status").token, other("outing", "status").token);
});

test("their closings add up by what they show, and no other's", async () => {
  stand.file(REQUEST);
  other.file();
  const receipt = other.file().folio;
  const act = other("outing", "close").act;
  other("outing", "act", "--format", "png", "--out", join(stand.folder, "acta.png"));
  other("outing", "open", "--comuna", "11303", "--place", "Puerto Yungay");
  const elsewhere = other("outing", "close").act;
  other("receipt", receipt, "--format", "png", "--out", join(stand.folder, "comprobante.png"));

  await press("Cerrar salida");
  await press("Mostrar el código");
  await windows.sees("Ocultar el código");
  await look(windows, "staff-act-code");
  const shown = await windows.text("article .text");
  const read = execFileSync("zbarimg", ["--quiet", "--raw", picture("staff-act-code.es-CL")], { encoding: "utf8" }).trim();
  assert.equal(read, shown, "the code on the screen can be read");
  await press("Ocultar el código");

  await opens("Sumar cierres");
  await windows.sees("Un acta sumada");
  sees(join(stand.folder, "acta.png"));
  await press("Leer con la cámara");
  await windows.sees("2 actas sumadas");
  const adds = async (text) => {
    await windows.paste(windows.css("input[name=act-code]"), text);
    await press("Agregar acta");
  };
  await adds(act.code.toLowerCase());
  await windows.sees("Ya estaba en la suma");
  await adds(elsewhere.code);
  await windows.sees("Es de otra salida: no se sumó");
  await adds("no es un acta");
  await windows.sees("No es el código de un acta");
  await windows.sees("2 actas sumadas");
  await look(windows, "staff-sum");
  await windows.press(windows.css("button[aria-label='Quitar el acta 5']"));
  await until("it is gone", async () => !(await windows.words()).includes("No es el código de un acta"));
  const codes = [shown, act.code, act.code, elsewhere.code];
  const sum = (await windows.invoke("staff_sum_acts", { codes })).value;
  assert.deepEqual([sum.counted, sum.numbers.requests], [2, 3]);
  assert.deepEqual(sum.acts.map(({ why }) => why ?? null), [null, null, "twice", "other_outing"]);
  assert.equal(await windows.text(".sum td.number"), "3", "requests of both");
});

test("a receipt is verified by the camera as well", async () => {
  sees(join(stand.folder, "comprobante.png"));
  await panel("receipts");
  await press("Leer con la cámara");
  await windows.sees("Auténtico");
  await look(windows, "staff-verified");
});
