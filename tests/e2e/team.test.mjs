// Several people at one stand: each with a code, a role and a PIN of their own, one of them locked out and let in by
// telephone; an outing that says who attends and that two stands share; and what the stand says of itself.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { citizenTurns, takesComuna } from "./lib/forms.mjs";
import { look } from "./lib/looks.mjs";
import { office, PIN, program } from "./lib/programs.mjs";
import { picture } from "./lib/screens.mjs";
import { closed, givesPin, handOver } from "./lib/sides.mjs";
import { until } from "./lib/wait.mjs";
import { drive } from "./lib/webdriver.mjs";

const PINS = { EQUIPO: PIN, "JEFA-2": "702613", T1: "5590" };
const LOCKED = 10;
let stand;
let windows;
let other;
before(async () => {
  stand = await office({ outing: false });
  // Another stand of the same office, which this one never hears of.
  const { code } = JSON.parse(stand.central("device", "new", "--label", "otro"));
  const [data, pin] = [join(stand.data, "../other"), join(stand.data, "../pin.txt")];
  other = (...args) => JSON.parse(execFileSync(program("terreno"), ["--json", "--data", data, "--pin-file", pin, ...args], { encoding: "utf8", timeout: 60_000 }));
  execFileSync(program("terreno"), ["--json", "--data", data, "enrol", "--central", stand.url, "--code", code, "--new-pin-file", pin]);
  // From here on there is no network: the two stands hear of each other by what they show.
  await stand.down();
  windows = await drive(program("oirs-en-terreno"), ["--data", stand.data], { TZ: "America/Santiago" });
  await windows.turnTo("staff");
});
after(async () => {
  await windows?.close();
  await stand?.close();
});

const panel = (name) => windows.press(windows.css(`button[data-panel=${name}]`));
const choose = (code) => windows.press(windows.find("xpath", `//dialog//label[normalize-space(.)='${code}']`));
const tell = (code) => windows.press(windows.find("xpath", `//button[@aria-label=${JSON.stringify(code)}]`));
async function tries(pin) {
  await windows.type(windows.css("dialog input[type=password]"), pin);
  await windows.press(windows.css("dialog button[type=submit]"));
  await until("the PIN was looked at", () => windows.run("return document.querySelector('dialog button[type=submit]')?.getAttribute('aria-busy') !== 'true'"));
}
/** Somebody acts from here on. */
async function enters(code, pin = PINS[code]) {
  await windows.press(windows.button("Cambiar de persona"));
  await choose(code);
  await givesPin(windows, pin);
  await windows.sees(`Ahora actúa ${code}.`);
}
async function types(pin, where = "main") {
  for (const name of ["new-pin", "new-pin-again"]) await windows.paste(windows.css(`${where} input[name=${name}]`), pin);
}
async function adds(code, role, pin) {
  await windows.paste(windows.css("input[name=person]"), code);
  await windows.press(windows.find("xpath", `//main//label[normalize-space(.)='${role}']`));
  await types(pin);
  await windows.press(windows.button("Agregar"));
}
const team = () => stand.terreno("team", "list").team.map(({ code, role, active }) => [code, role, active]);
/** As after ten wrong PINs: nobody waits for an hour in a test. */
function lockOut(...codes) {
  const file = join(stand.data, "team.json");
  const roster = JSON.parse(readFileSync(file, "utf8"));
  for (const person of roster.people) if (codes.includes(person.code)) person.attempts = { wrong: LOCKED, last: null };
  writeFileSync(file, JSON.stringify(roster));
}

test("one person is asked for their PIN as ever, and adds others", async () => {
  await panel("team");
  await windows.sees("EQUIPO");
  await windows.sees("Nadie ha ingresado su PIN.");
  await adds("JEFA 2", "Jefatura", PINS["JEFA-2"]);
  await windows.sees("Se necesita el PIN");
  assert.equal(await windows.run("return document.querySelector('dialog fieldset')"), null);
  await givesPin(windows);
  await windows.sees("El código debe tener entre 1 y 12 letras");
  await look(windows, "staff-team-refused");
  await windows.paste(windows.css("input[name=person]"), "jefa-2");
  await windows.press(windows.button("Agregar"));
  await windows.sees("JEFA-2 ya puede trabajar en este puesto.");
  await look(windows, "staff-team-added", ["en"]);
  await adds("t1", "Equipo", PINS.T1);
  await windows.sees("T1 ya puede trabajar en este puesto.");
  await adds("t1", "Equipo", PINS.T1);
  await windows.sees("Ese código ya es de otra persona");
  assert.deepEqual(team(), [["EQUIPO", "leader", true], ["JEFA-2", "leader", true], ["T1", "team", true]]);
});

test("each does what their role allows, and a leader's PIN opens the rest", async () => {
  await enters("T1");
  await look(windows, "staff-team");
  await tell("Quitar a JEFA-2");
  await windows.sees("¿Quitar? Su PIN deja de servir.");
  await tell("Quitar a JEFA-2");
  await windows.sees("Esta función necesita el PIN de la jefatura.");
  assert.equal(await windows.run("return document.querySelector('dialog input:checked').value"), "EQUIPO", "a leader is meant");
  await look(windows, "staff-team-leader-needed");
  await windows.press(windows.find("xpath", "//dialog//button[normalize-space(.)='Cancelar']"));
  assert.equal(team().length, 3, "nobody left");
  await tell("PIN nuevo para T1");
  await types("559000");
  await windows.press(windows.button("Guardar PIN"));
  await windows.sees("T1 tiene un PIN nuevo.");
  PINS.T1 = "559000";
  await enters("EQUIPO");
  await tell("Quitar jefatura a JEFA-2");
  await windows.sees("JEFA-2 ya no es jefatura");
  await tell("Quitar jefatura a EQUIPO");
  await windows.sees("Es la única jefatura del puesto. Nombra otra antes.");
  await tell("Nombrar jefatura a JEFA-2");
  await windows.sees("JEFA-2 ahora es jefatura.");
});

test("wrong PINs are told to whom they are counted, and nobody else waits", async () => {
  await windows.press(windows.button("Cambiar de persona"));
  await look(windows, "staff-pin-people");
  await choose("T1");
  for (const wrong of ["0000", "0001", "0002"]) await tries(wrong);
  await windows.sees("T1: El PIN no es correcto. Espera 30 segundos");
  await look(windows, "staff-pin-wrong");
  await choose("JEFA-2");
  assert.equal((await windows.words()).includes("Espera 30 segundos"), false);
  await givesPin(windows, PINS["JEFA-2"]);
  await windows.sees("Ahora actúa JEFA-2.");
});

test("a leader who is locked out is let in by telephone, in the team's window", async () => {
  lockOut("EQUIPO", "T1");
  await windows.press(windows.button("Cambiar de persona"));
  await choose("T1");
  await tries(PINS.T1);
  await windows.sees("T1: Hubo diez PIN incorrectos seguidos. Pide un PIN nuevo a la jefatura");
  assert.equal((await windows.words()).includes("Desbloquear por teléfono"), false, "the office lets leaders in");
  await choose("EQUIPO");
  await tries(PINS.EQUIPO);
  await windows.sees("EQUIPO: Hubo diez PIN incorrectos seguidos.");
  await look(windows, "staff-pin-locked");
  await calls();
  await windows.sees("Ahora actúa EQUIPO.");
  await windows.sees("PIN bloqueado");
  await tell("PIN nuevo para T1");
  await types(PINS.T1);
  await windows.press(windows.button("Guardar PIN"));
  await windows.sees("T1 tiene un PIN nuevo.");
});

/** The call: a response that was misheard, then the right one, and a new PIN. */
async function calls(name = "staff-telephone") {
  await windows.press(windows.button("Desbloquear por teléfono"));
  await windows.sees("Llama a la oficina.");
  const challenge = await windows.text("dialog dd:nth-of-type(2)");
  const { response } = JSON.parse(stand.central("device", "unlock", "e2e", challenge, "--person", "EQUIPO"));
  await windows.paste(windows.css("input[name=response]"), "1234");
  await types(PINS.EQUIPO, "dialog");
  await windows.press(windows.button("Guardar PIN y entrar"));
  await windows.sees("Ese código está mal escrito.");
  await look(windows, name);
  await windows.paste(windows.css("input[name=response]"), response.toLowerCase());
  await windows.pressLast(windows.button("Guardar PIN y entrar"));
}

/** The team's way back, in the citizen's window. */
/** A PIN is looked at slowly, on purpose: until then the screen is the citizen's. */
const acts = (code) =>
  until(`${code} acts`, async () => (await windows.invoke("staff_context")).value?.acting === code);

const asksBack = () =>
  windows.run("window.dispatchEvent(new KeyboardEvent('keydown', { key: 'F10', ctrlKey: true, shiftKey: true }))");

test("whoever takes the screen back says who they are, and the last leader can call from there", async () => {
  await handOver(windows);
  await asksBack();
  await choose("T1");
  await windows.type(windows.css("dialog input[type=password]"), PINS.T1);
  await look(windows, "citizen-take-back");
  await windows.press(windows.find("xpath", "//dialog//button[normalize-space(.)='Cancelar']"));
  await closed(windows);
  const english = citizenTurns(windows, "en");
  await english.press("language-name-en");
  await asksBack();
  await windows.sees(english.say("take-back-body"));
  await look(windows, "citizen-take-back", []);
  await choose("T1");
  await windows.type(windows.css("dialog input[type=password]"), PINS.T1);
  await windows.pressLast(windows.css("dialog button[type=submit]"));
  await windows.turnTo("staff");
  await acts("T1");
  lockOut("EQUIPO", "JEFA-2", "T1");
  await handOver(windows);
  await asksBack();
  await windows.sees("Hubo diez PIN incorrectos seguidos.");
  await calls("citizen-telephone");
  await windows.turnTo("staff");
  await acts("EQUIPO");
  await panel("team");
  for (const code of ["JEFA-2", "T1"]) {
    await tell(`PIN nuevo para ${code}`);
    await types(PINS[code]);
    await windows.press(windows.button("Guardar PIN"));
    await windows.sees(`${code} tiene un PIN nuevo.`);
  }
});

test("joins the outing of another stand, that of a strange one only by a word more", async () => {
  other("outing", "open", "--comuna", "11303", "--place", "Caleta Tortel");
  const { code } = other("outing", "share");
  await panel("outing");
  await windows.press(windows.find("xpath", "//summary[normalize-space(.)='Unirse a la salida de otro puesto']"));
  await windows.paste(windows.css("input[name=outing-code]"), "no es un código");
  await windows.press(windows.button("Unirse"));
  await windows.sees("Ese no es el código de una salida.");
  await windows.paste(windows.css("input[name=outing-code]"), code);
  await windows.press(windows.button("Unirse"));
  await windows.sees("Este equipo aún no conoce al puesto que comparte la salida.");
  await look(windows, "staff-join");
  await windows.press(windows.button("Unirse igual"));
  await windows.sees("Este equipo ya es parte de la salida.");
  await windows.sees("Aún no conoce al puesto que la compartió");
  await look(windows, "staff-joined");
  assert.equal(stand.terreno("outing", "status").token, other("outing", "status").token);
  other("outing", "close");
  await windows.press(windows.button("Cerrar salida"));
  await windows.sees("Registros en la bitácora");
});

test("opens an outing with who attends, and shows its code to others", async () => {
  await takesComuna(windows, "Comuna", "11303");
  await windows.paste(windows.labelled("Lugar"), "Caleta Tortel");
  await windows.press(windows.css("main option[value=caleta_o_muelle]"));
  await windows.press(windows.find("xpath", "//main//label[normalize-space(.)='T1']/input"));
  await look(windows, "staff-outing-team");
  await windows.press(windows.button("Abrir salida"));
  await windows.sees("Atienden: EQUIPO, T1");
  await windows.sees("Caleta o muelle");
  assert.deepEqual(stand.terreno("outing", "status").team, ["EQUIPO", "T1"]);
  assert.equal(stand.terreno("outing", "status").place_kind, "caleta_o_muelle");
  await windows.press(windows.button("Compartir con otro puesto"));
  await windows.sees("Ocultar el código");
  await look(windows, "staff-share");
  const read = execFileSync("zbarimg", ["--quiet", "--raw", picture("staff-share.es-CL")], { encoding: "utf8" }).trim();
  assert.equal(read, await windows.text("main .text"), "the code on the screen can be read");
  const joined = other("outing", "join", read, "--unknown-signer");
  assert.deepEqual([joined.token, joined.team, joined.place_kind], [stand.terreno("outing", "status").token, ["EQUIPO", "T1"], "caleta_o_muelle"]);
});

test("says what the stand carries and how it is, and looks again", async () => {
  await windows.press(windows.button("Ocultar el código"));
  await windows.press(windows.button("Probar otra vez"));
  await windows.sees("Prueba terminada.");
  await windows.sees("La bitácora está completa");
  await windows.sees("Este equipo no trae catálogo.");
  // Where tests run nothing keeps anybody within the window, and the machine says so.
  await windows.sees("Este equipo no es solo pantalla ciudadana");
  for (const name of ["camera", "battery"]) assert.ok(await windows.text(`[data-check=${name}]`), name);
  const mirror = join(stand.data, "../card");
  mkdirSync(mirror);
  stand.terreno("mirror", "set", mirror);
  rmSync(mirror, { recursive: true });
  await windows.press(windows.button("Probar otra vez"));
  await windows.sees("La copia en la tarjeta o el pendrive falta o no calza.");
  assert.equal(await windows.text("[data-check]:first-child"), "Arreglar La copia en la tarjeta o el pendrive falta o no calza. Revísala: lo registrado está en este equipo.");
  await windows.run("document.querySelector('[data-check]').scrollIntoView({ block: 'center' })");
  await look(windows, "staff-device");
});
