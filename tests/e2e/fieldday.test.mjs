// The whole field day: 300 people met at two places, partly through the real windows. The printer dies with half a
// receipt, the battery runs low, the clock jumps twice, a stick is pulled out in the middle of a write, and in the end
// the machine is lost with an outing open. Another stand brings its mirror to the office. What the office then has is
// compared, whole, with what was done, and the difference is zero.
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test as nodeTest } from "node:test";
import { citizenEnds, citizenFiles, staffFiles } from "./lib/forms.mjs";
import { ENCOUNTERS, KINDS, ofTheCitizen, ofTheTeam, REQUESTS, told, various } from "./lib/jornada.mjs";
import { machine } from "./lib/machine.mjs";
import { printer, scanned } from "./lib/paper.mjs";
import { office, program, root } from "./lib/programs.mjs";
import { picture } from "./lib/screens.mjs";
import { givesPin, handOver, takeBack } from "./lib/sides.mjs";
import { until } from "./lib/wait.mjs";
import { drive, freePort } from "./lib/webdriver.mjs";

const PEOPLE = 300;
/** Of those, so many are met at a last outing, which nobody lives to close. */
const ON_THE_WAY = 45;
/** How many are invited to the survey: about 25 of 300. That of 150 none is, happens once in half a million days. */
const RATE = "1/12";
/** Of fewer answers nothing is shown (`survey::summary`). */
const ANSWERS_SHOWN_MIN = 10;
const PICTURE = join(root, "crates/attachment/tests/golden/everything.jpg");
const ADDED = "También pasa los domingos.";
const [DAY_S, YEAR_S] = [86_400, 365 * 86_400];

let folder;
let ours;
let stand;
let relief;
let windows;
let paper;
const at = (...names) => join(folder, ...names);
const STICK = "OIRS-UNO";
const CARD = "OIRS-COPIA";

const noneAsked = () => ({ drawn: 0, answered: 0, refused: 0, broken_off: 0, lapsed: 0 });
/** What was done all day, to be found at the office in the evening. */
const done = {
  /** By folio: what was told, by whom, where and how sure the time was; what the stand answered, where that is known. */
  requests: new Map(),
  /** In the order in which they were recorded; those of the windows have no position. */
  encounters: [],
  profiles: 0,
  surveys: noneAsked(),
  comments: [],
  /** By folio: SHA-256 of each file that was handed over, in order. */
  files: new Map(),
  /** What each act states. */
  acts: [],
};

// ---- The day's material: every request of the fixture is filed once, by whoever can be told it.
const team = various(REQUESTS.filter(ofTheTeam), [...KINDS.slice(0, 4), (draft) => draft.organisation, (draft) => draft.affected && draft.captured_at]);
const citizens = various(REQUESTS.filter((draft) => ofTheCitizen(draft) && !team.includes(draft)), [...KINDS.slice(0, 2), (draft) => draft.person?.name, () => true, () => true]);
const bulk = REQUESTS.filter((draft) => !team.includes(draft) && !citizens.includes(draft));
/** The next so many of the requests that the command line files. */
const next = (count) => bulk.splice(0, count);

const OUTCOMES = ["informed", "referred", "request_filed", "came_in_vain"];
const AGES = ["18-29", "30-44", "45-59", "60-64", "80+"];
/** The n-th person whom the fixture has no words for: what came of it, and for most of them a profile. */
function person(n) {
  const outcome = OUTCOMES[n % 4];
  const profile = { age: AGES[n % 5], topic: "vivienda", ...(outcome === "request_filed" ? { kind: "consulta" } : {}) };
  const consent = { gender: "mujer", consent: { by: "persona", text: "consentimiento-2026-11" } };
  return {
    matter: `asunto número ${n}`,
    outcome,
    ...(outcome === "referred" ? { referred_to: "Municipalidad" } : {}),
    ...(n % 3 > 0 ? { profile: { ...profile, ...(n % 7 === 1 ? consent : {}) } } : {}),
  };
}
let met = 0;
const people = (count) => Array.from({ length: count }, () => person(met++));

// ---- The programs: the office's stand, and whatever runs on the machine that is lost runs on a machine with bad days.
function run(name, args, input, env) {
  return execFileSync(program(name), args, { input, encoding: "utf8", timeout: 120_000, env: { ...process.env, ...env } });
}
const json = (text) => text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
/** A stand by its folder, as the command line has it. */
function puesto(data, env = {}) {
  const pin = at("pin.txt");
  const told = (args, input) => json(run("terreno", ["--json", "--data", data, ...args], input, env));
  return {
    data,
    terreno: (...args) => told(["--pin-file", pin, ...args])[0],
    acts: () => told(["outing", "acts"]),
    // Nobody gives a PIN here, so nothing is added to what a line says.
    record: (what, lines) => told(["record", what], lines.map((line) => `${JSON.stringify(line)}\n`).join("")),
    enrol(code, url) {
      run("terreno", ["--data", data, "enrol", "--central", url, "--code", code, "--new-pin-file", pin], undefined, env);
    },
  };
}
const central = (...args) => json(ours.central(...args));
const env = () => ({ TZ: "America/Santiago", OIRS_POWER_SUPPLIES: at("power"), OIRS_MEDIA: at("media"), OIRS_CAMERA: at("camara.jpg") });
const battery = (percent) => writeFileSync(at("power/BAT0/capacity"), `${percent}\n`);
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** The machine that will be lost. */
let bad;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "oirs-fieldday-"));
  for (const name of ["media", "power/BAT0", "stick", "acts"]) mkdirSync(at(name), { recursive: true });
  writeFileSync(at("power/BAT0/type"), "Battery\n");
  battery(82);
  copyFileSync(PICTURE, at("camara.jpg"));
  ours = await office({ enrolled: false });
  writeFileSync(at("pin.txt"), "4821");
  bad = machine(folder, at("media", STICK, "*.sealed.tmp"));
  stand = puesto(at("perdido"), bad.env);
  relief = puesto(at("relevo"));
  stand.enrol(ours.code, ours.url);
  const [{ code }] = central("device", "new", "--label", "relevo");
  relief.enrol(code, ours.url);
  ours.central("catalogue", "publish", join(root, "crates/catalogue/data/first-pack.json"));
  ours.central("survey", "publish", "--standard", "--rate", RATE);
  // The last network for a day. The relief is the second to hear of the other.
  assert.equal(stand.terreno("sync").outcome, "done");
  assert.equal(relief.terreno("sync").outcome, "done");
  await ours.down();
  windows = await drive(program("oirs-en-terreno"), ["--data", stand.data], { ...env(), ...bad.env });
  await windows.turnTo("staff");
});
after(async () => {
  await windows?.close();
  await paper?.close();
  await ours?.close();
  rmSync(folder, { recursive: true, force: true });
});

const panel = (name) => windows.press(windows.css(`button[data-panel=${name}]`));
const press = (words) => windows.press(windows.button(words));
const look = (name) => windows.picture(picture(`fieldday-${name}`));

/** Files lines of the fixture by the command line, and keeps what came of it. */
function files(by, drafts, certainty = "confirmed") {
  const answers = by.record("request", drafts);
  for (const [at, answer] of answers.entries()) {
    assert.equal(answer.error, undefined, JSON.stringify(answer));
    done.requests.set(answer.folio, { draft: drafts[at], answer, certainty, by });
  }
  return answers.map(({ folio }) => folio);
}
/** Files on a window, and keeps what came of it. */
function filed(folio, draft, written_by, certainty = "confirmed") {
  done.requests.set(folio, { draft: { ...draft, written_by }, certainty, by: stand });
  return folio;
}
/** Attends people by the command line. */
function attends(by, lines) {
  const answers = by.record("encounter", lines);
  for (const [at, answer] of answers.entries()) {
    assert.equal(answer.error, undefined, JSON.stringify(answer));
    const { outcome, profile } = lines[at];
    assert.equal(answer.profile ?? null, profile ? "kept" : null);
    done.encounters.push({ outcome, by, at: `${answer.epoch}:${answer.seq}` });
    if (profile) done.profiles += 1;
  }
  return answers;
}
/** Attends one person in the window. */
async function attendsHere(topic, outcome) {
  await windows.press(windows.button(topic));
  await windows.press(windows.css(`[data-outcome=${outcome}]`));
  await windows.sees(`Atención registrada: ${topic}.`);
  done.encounters.push({ outcome, by: stand });
}
/** Hands over pages by the command line. */
function hands(by, folio, words) {
  const path = at(`${words.replaceAll(" ", "-")}.pdf`);
  const pages = `%PDF-1.7\n${words.repeat(2_000)}\nstartxref\n9\n%%EOF\n`;
  writeFileSync(path, pages);
  by.terreno("attach", folio, path);
  done.files.set(folio, [...(done.files.get(folio) ?? []), sha256(pages)]);
}
/** How the n-th invitation ends at the command line. */
function ending(n) {
  if (n % 4 === 1) return { ending: "refused" };
  if (n % 7 === 6) return { ending: "broken_off", replies: { satisfaccion: { number: 2 } }, duration_s: 12 };
  const replies = { satisfaccion: { number: [7, 6, 5][n % 3] }, resuelto: { choice: "si" }, problema: { choice: "no" }, comentario: { text: `Comentario ${n}` } };
  return { ending: "answered", replies, duration_s: 48 };
}
let asked = 0;
/** Ends every invitation that waits but the last: whoever left is counted at the closing. */
function surveys(by, tally = done.surveys) {
  const { waiting } = by.terreno("survey", "show").invitations;
  const ends = Array.from({ length: Math.max(waiting - 1, 0) }, () => ending(asked++));
  for (const answer of ends.length > 0 ? by.record("survey", ends) : []) assert.equal(answer.error, undefined, JSON.stringify(answer));
  for (const { ending, replies } of ends) {
    tally[ending] += 1;
    if (replies?.comentario) done.comments.push(replies.comentario.text);
  }
  tally.lapsed += waiting - ends.length;
  tally.drawn += waiting;
}
/** The act of the last closing of a stand, as its paper says it. */
function keepAct(by, code) {
  const path = at("acts", `${done.acts.length}.txt`);
  writeFileSync(path, code);
  const act = by.acts().find((one) => one.code === code);
  assert.ok(act, "the paper is of an act of this stand");
  done.acts.push({ ...act, path });
  return act.numbers;
}
const status = () => stand.terreno("outing", "status");

/** What the three acts state together. */
let closed;
let failed = null;
/** A part of the day. It can't go on where an earlier one ended badly: that one alone is told. */
const test = (name, part) =>
  nodeTest(name, async () => {
    assert.equal(failed, null, "the day ended there");
    failed = name;
    await (async () => part())().catch(async (error) => {
      await windows?.picture(picture("fieldday-failed")).catch(() => {});
      throw error;
    });
    failed = null;
  });

test("the day's material is what it should be", () => {
  assert.equal(REQUESTS.length, 200);
  assert.deepEqual([team.length, citizens.length, bulk.length], [6, 5, 189]);
});

// ---- The morning, at the first place.
test("the team begins its day: an outing, a printer, and a card that mirrors", async () => {
  stand.terreno("outing", "open", "--comuna", "11303", "--place", "Caleta Tortel", "--goal", "180");
  paper = printer(await freePort());
  await paper.ready;
  await panel("printer");
  await windows.paste(windows.labelled("Dirección o dispositivo"), `127.0.0.1:${paper.port()}`);
  await press("Guardar impresora");
  await givesPin(windows);
  await windows.sees("Impresora guardada");
  mkdirSync(at("media", CARD));
  await panel("sync");
  await press(`Copiar en ${CARD}`);
  await windows.sees("La copia está completa");
  await windows.sees("Batería 82 %");
});

test("the team files what people dictate, each with a receipt", async () => {
  for (const draft of team) {
    await panel("encounter");
    await panel("request");
    // Whoever gave the PIN attends, unless the page is told of somebody else.
    const by = { assisted_by: "EQUIPO", ...draft };
    const folio = filed(await staffFiles(windows, draft), by, draft.captured_at ? "transcriber" : "staff");
    await windows.sees("Tu comprobante salió impreso");
    assert.equal(stand.terreno("verify", scanned(paper.jobs.at(-1))).folio, folio);
  }
  assert.equal(paper.jobs.length, team.length);
});

test("the printer dies with half a citizen's receipt, which is not lost, and prints it once it is back", async () => {
  await handOver(windows);
  const port = paper.port();
  const whole = paper.jobs.at(-1).length;
  paper.diesAfter(whole / 2);
  const { folio } = await citizenFiles(windows, citizens[0]);
  filed(folio, citizens[0], "citizen");
  await windows.sees("La impresora se detuvo a la mitad. La solicitud quedó guardada.");
  await look("printer-dead");
  const half = paper.jobs.at(-1);
  assert.ok(half.length >= whole / 2, `${half.length} of about ${whole} bytes`);
  paper = printer(port);
  await paper.ready;
  await press("Imprimir de nuevo");
  await windows.sees("Tu comprobante salió impreso");
  assert.ok(half.length < paper.jobs.at(-1).length, "it was half of it");
  const { verdict, folio: read } = stand.terreno("verify", scanned(paper.jobs.at(-1)));
  assert.deepEqual([verdict, read], ["genuine", folio]);
  await citizenEnds(windows);
  // Whoever comes next notices nothing.
  filed((await citizenFiles(windows, citizens[1])).folio, citizens[1], "citizen");
  await windows.sees("Tu comprobante salió impreso");
  await citizenEnds(windows);
  await takeBack(windows);
});

test("a picture and pages go along with requests", async () => {
  const [folio] = done.requests.keys();
  await panel("receipts");
  await windows.paste(windows.labelled("Folio"), folio);
  await press("Adjuntar foto o PDF");
  await press("Tomar foto");
  await windows.sees("Mira la foto antes de guardarla");
  const shown = await until("the picture is drawn", () => windows.run("const picture = document.querySelector('dialog img'); return picture?.naturalWidth > 0 && picture.src"));
  done.files.set(folio, [sha256(Buffer.from(shown.replace(/^[^,]*,/, ""), "base64"))]);
  await press("Guardar");
  await windows.sees("Adjunto guardado: 1 de 8");
  hands(stand, folio, "Dos cobros de agua");
});

test("people come and ask, in the window and by the dozen", async () => {
  await panel("encounter");
  await attendsHere("Pensiones", "informed");
  await attendsHere("Trabajo", "came_in_vain");
  const [added, withdrawn] = files(stand, next(90));
  const code = (folio) => done.requests.get(folio).answer.control_code;
  assert.equal(stand.record("addition", [{ folio: added, text: ADDED, control_code: code(added) }])[0].error, undefined);
  assert.equal(stand.record("withdrawal", [{ folio: withdrawn, control_code: code(withdrawn) }])[0].error, undefined);
  Object.assign(done, { added, withdrawn });
  attends(stand, ENCOUNTERS);
  const [first] = attends(stand, people(101));
  // One was written down by mistake: so many people came, and one encounter more was recorded.
  const { epoch, seq } = first;
  assert.equal(stand.record("void", [{ epoch, seq, reason: "se anotó dos veces" }])[0].error, undefined);
  hands(stand, files(stand, next(1))[0], "Informe de la junta de vecinos");
  await attendsHere("Educación", "informed");
  assert.equal(status().encounters, done.encounters.length - 1);
});

test("the battery runs low, and empty, and both are said before it ends", async () => {
  battery(14);
  await attendsHere("Pensiones", "informed");
  await windows.sees("Queda poca batería.");
  battery(4);
  await attendsHere("Pensiones", "informed");
  await windows.sees("La batería se acaba en minutos.");
  await look("battery");
  battery(80);
});

test("the clock jumps ahead and far back: everybody is served, the records say so, and the team is told", async () => {
  const told = "La hora de este equipo no calza con la de la oficina.";
  assert.equal((await windows.words()).includes(told), false);
  bad.clockIs(40 * DAY_S);
  await attendsHere("Pensiones", "informed");
  await windows.sees(told);
  await look("clock-ahead");
  files(stand, next(12), "contradicted");
  attends(stand, people(10));
  await handOver(windows);
  await windows.sees("La hora de este equipo está sin confirmar. Tu comprobante lo dirá.");
  const { folio } = await citizenFiles(windows, citizens[2]);
  filed(folio, citizens[2], "citizen", "contradicted");
  await windows.sees("hora sin confirmar");
  await windows.sees("Tu comprobante salió impreso");
  await look("clock-receipt");
  assert.equal(stand.terreno("verify", scanned(paper.jobs.at(-1))).certainty, "contradicted");
  await citizenEnds(windows);
  // A battery of the clock that is dead: years back, before this stand was ever enrolled.
  bad.clockIs(-4 * YEAR_S);
  filed((await citizenFiles(windows, citizens[3])).folio, citizens[3], "citizen", "contradicted");
  await citizenEnds(windows);
  await takeBack(windows);
  await windows.sees(told);
  files(stand, next(12), "contradicted");
  attends(stand, people(10));
  // Somebody sets it right.
  bad.clockIs(0);
  await panel("request");
  await panel("encounter");
  await attendsHere("Pensiones", "informed");
  await until("nothing is wrong with it", async () => !(await windows.words()).includes(told));
  files(stand, next(5));
});

test("whom the device drew answers alone, or doesn't", async () => {
  await windows.sees("a la encuesta");
  await handOver(windows);
  await windows.press(windows.css("#survey"));
  await windows.sees("Pregunta 1 de");
  for (;;) {
    const heading = await windows.text("main h1");
    if (heading.startsWith("Gracias")) break;
    const answered = await windows.run(
      "const best = [...document.querySelectorAll('main .grades button')].at(-1) ?? document.querySelector('main .choices button'); best?.click(); return Boolean(best)",
    );
    if (!answered) await press("Continuar");
    await until("the next question", async () => (await windows.text("main h1")) !== heading);
  }
  const mine = await windows.get("window");
  await windows.pressLast(windows.button("Terminar"));
  await windows.turnToAnother("citizen", mine);
  done.surveys.answered += 1;
  done.surveys.drawn += 1;
  await takeBack(windows);
  surveys(stand);
});

/** Closes the outing in the window, prints the act and keeps what the paper says. */
async function closes(name) {
  await panel("outing");
  await press("Cerrar salida");
  await windows.sees("Imprimir acta");
  const before = paper.jobs.length;
  await press("Imprimir acta");
  await windows.sees("Acta impresa");
  assert.equal(paper.jobs.length, before + 1);
  await look(name);
  return keepAct(stand, scanned(paper.jobs.at(-1)));
}

test("the first outing closes with an act that says what was done", async () => {
  const numbers = await closes("act-1");
  assert.equal(numbers.encounters, done.encounters.length);
  assert.equal(numbers.requests, done.requests.size);
  assert.equal(numbers.profiles, done.profiles);
  assert.deepEqual(numbers.surveys, done.surveys);
  assert.deepEqual([numbers.voids, numbers.attachments_waiting, numbers.acknowledged], [1, 3, 1]);
});

// ---- Noon: a boat goes to town and takes a stick along.
const below = (path) => readdirSync(path, { recursive: true }).map(String);
test("a stick that is pulled out in the middle of a write takes nothing away, and is written whole the next time", async () => {
  mkdirSync(at("media", STICK));
  await panel("sync");
  await windows.press(windows.find("xpath", `//label[contains(normalize-space(.), '${STICK}')]/input`));
  const pulled = bad.slowStick();
  await press("Guardar lo que espera");
  await pulled(() => renameSync(at("media", STICK), at("pulled")));
  await windows.sees("Nada de este equipo cambió.");
  await look("stick-pulled");
  const left = below(at("pulled"));
  assert.ok(left.some((name) => name.endsWith(".push")) && left.some((name) => name.endsWith(".tmp")), left.join(" "));
  const { held, on_usb } = stand.terreno("ledger", "stats");
  assert.deepEqual([on_usb, held > 300], [0, true], "half a stick is none");
  renameSync(at("pulled"), at("media", STICK));
  await windows.press(windows.find("xpath", `//label[contains(normalize-space(.), '${STICK}')]/input`));
  await press("Guardar lo que espera");
  await windows.sees("Ya puedes sacarlo.");
  assert.deepEqual(below(at("media", STICK)).filter((name) => name.endsWith(".tmp")), []);
  assert.equal(stand.terreno("ledger", "stats").on_usb, held);
});

test("the office takes the stick in, and its answer comes home by the evening's boat", async () => {
  const [imported] = central("bundle", "import", at("media", STICK));
  assert.deepEqual([imported.refused, imported.unfinished, imported.attachments], [0, 0, 3]);
  assert.equal(ours.requests().length, done.requests.size);
  await press("Leer la respuesta de la oficina");
  await windows.sees("No queda ningún registro sin respuesta.");
  assert.deepEqual([stand.terreno("ledger", "stats").held, stand.terreno("ledger", "stats").attachments_held], [0, 0]);
  rmSync(at("media", STICK), { recursive: true });
});

// ---- The afternoon, at the second place, with a second stand beside.
test("two stands attend one outing at the second place", async () => {
  stand.terreno("outing", "open", "--comuna", "11301", "--place", "Cochrane", "--goal", "130");
  relief.terreno("outing", "join", stand.terreno("outing", "share").code);
  assert.equal(relief.terreno("outing", "status").token, status().token);
  attends(relief, people(30));
  files(relief, next(19));
  await panel("encounter");
  await attendsHere("Pensiones", "informed");
  await handOver(windows);
  filed((await citizenFiles(windows, citizens[4])).folio, citizens[4], "citizen");
  await citizenEnds(windows);
  await takeBack(windows);
  attends(stand, people(PEOPLE + 1 - ON_THE_WAY - done.encounters.length));
  const folios = files(stand, next(bulk.length - 5));
  hands(stand, folios[0], "Acta de la junta de agua potable");
  hands(stand, folios[1], "Plano del loteo");
  surveys(stand);
  surveys(relief);
});

test("both close, and their papers add up", async () => {
  const numbers = await closes("act-2");
  assert.equal(numbers.attachments_waiting, 2);
  keepAct(relief, relief.terreno("outing", "close").act.code);
  closed = { encounters: done.encounters.length, requests: done.requests.size, profiles: done.profiles };
  const { counted, numbers: sum } = relief.terreno("outing", "sum", ...done.acts.map(({ path }) => path));
  assert.deepEqual([counted, sum.encounters, sum.requests, sum.profiles], [3, closed.encounters, closed.requests, closed.profiles]);
});

/** Where the way back begins: what was attended there is closed by nobody. */
let lastOpened;
let last;
const lastAsked = noneAsked();
test("on the way back people wait at the ramp, and are attended too", async () => {
  stand.terreno("outing", "open", "--comuna", "11303", "--place", "Puerto Yungay");
  lastOpened = stand.terreno("ledger", "stats").count;
  attends(stand, people(ON_THE_WAY));
  const [folio] = files(stand, next(5));
  hands(stand, folio, "Permiso de la rampa");
  surveys(stand, lastAsked);
  assert.deepEqual([done.encounters.length, done.requests.size, bulk.length], [PEOPLE + 1, 200, 0]);
  // All of it is on the card and nowhere else.
  await panel("sync");
  await press("Revisar ahora");
  await until("the card has everything", async () => {
    const { mirror } = (await windows.invoke("staff_media")).value;
    return mirror.state === "current" && mirror.behind === 0;
  });
  assert.ok(stand.terreno("ledger", "stats").held > 200);
});

// ---- The evening.
test("the machine falls into the river, with an outing open", async () => {
  last = stand.terreno("ledger", "stats").count - lastOpened;
  for (const pid of windows.programs()) process.kill(pid, "SIGKILL");
  await windows.close();
  windows = null;
  rmSync(stand.data, { recursive: true });
  assert.equal(existsSync(stand.data), false);
});

test("another stand brings its mirror to the office, and its own records", async () => {
  await ours.up();
  const before = ours.requests().length;
  windows = await drive(program("oirs-en-terreno"), ["--data", relief.data], env());
  await windows.turnTo("staff");
  await panel("sync");
  await windows.sees(`En ${CARD} hay registros de otro equipo.`);
  await press("Enviar a la oficina");
  await givesPin(windows);
  await windows.sees("La oficina tiene todo lo que había ahí.");
  await look("carried");
  assert.ok(ours.requests().length > before);
  assert.equal(relief.terreno("sync").held, 0);
  await windows.close();
  windows = null;
});

test("what comes twice changes nothing: the card is taken in again, and the lost stand is revoked", () => {
  const [again] = central("bundle", "import", at("media", CARD), "--no-answer");
  assert.deepEqual([again.entries, again.stored, again.attachments, again.refused], [0, 0, 0, 0]);
  central("device", "revoke", "e2e", "--reason", "cayó al río");
  assert.equal(relief.terreno("sync").outcome, "done");
});

// ---- What the office has is what was done.
test("the office certifies every closing with no difference", () => {
  relief.terreno("sync");
  const { certificate, line } = relief.terreno("outing", "certificate");
  assert.deepEqual([certificate.zero, line], [true, "Diferencia: cero."]);
  const closings = central("closings", "list");
  assert.deepEqual(closings.map(({ open }) => open), [undefined, undefined, undefined, true]);
  const total = { encounters: 0, requests: 0, profiles: 0, voids: 0, additions: 0, withdrawals: 0 };
  for (const { numbers, epoch, closed_seq } of done.acts) {
    const closing = closings.find(({ id }) => id === `${epoch}:${closed_seq}`);
    assert.deepEqual([closing.zero, closing.difference, closing.quarantined, closing.unopened, closing.apart, closing.profiles_twice], [true, [], 0, 0, 0, 0]);
    for (const name of Object.keys(total)) {
      assert.equal(closing.counted[name], numbers[name], name);
      total[name] += closing.counted[name];
    }
    for (const [part, by] of [["encounters", numbers.encounters_by_outcome], ["requests", numbers.requests_by_kind]])
      for (const [word, count] of Object.entries(by)) assert.equal(closing.counted[`${part}_${word}`] ?? 0, count, word);
  }
  assert.deepEqual(total, { ...closed, voids: 1, additions: 1, withdrawals: 1 });
});

test("of the outing that nobody closed all is there as well, with what rested on the lost machine", () => {
  const { entries_since, profiles, answers } = central("closings", "list").at(-1);
  const rested = [done.profiles - closed.profiles, lastAsked.answered + lastAsked.broken_off];
  assert.ok(rested[0] > 0);
  assert.deepEqual([entries_since, profiles, answers], [last, ...rested]);
});

test("each encounter is there once, at its place and with its outcome", () => {
  // Read by a program that is not ours: no list of the office names encounters one by one.
  const script = "import sqlite3,sys,json\nrows=sqlite3.connect('file:'+sys.argv[1]+'?mode=ro',uri=True).execute('SELECT lower(hex(epoch)),seq,outcome FROM encounters ORDER BY epoch,seq')\nprint(json.dumps(list(rows)))";
  const rows = JSON.parse(execFileSync("python3", ["-I", "-c", script, join(ours.folder, "central", "central.sqlite")], { encoding: "utf8" }));
  assert.equal(rows.length, PEOPLE + 1);
  const there = new Map(rows.map(([epoch, seq, outcome]) => [`${epoch}:${seq}`, outcome]));
  for (const { at, outcome } of done.encounters.filter(({ at }) => at)) {
    assert.equal(there.get(at), outcome, at);
    there.delete(at);
  }
  // What is left was recorded in the windows, in this order.
  const shown = done.encounters.filter(({ at }) => !at).map(({ outcome }) => outcome);
  assert.deepEqual([...there.values()], shown);
});

/** Asks for each thing, a few at a time: each is a process of its own. */
async function each(things, ask) {
  const waiting = [...things];
  const work = async () => {
    for (let thing = waiting.shift(); thing; thing = waiting.shift()) await ask(thing);
  };
  await Promise.all(Array.from({ length: 4 }, work));
}
const answers = (name, args) =>
  new Promise((found, failed) =>
    execFile(program(name), ["--json", ...args], { timeout: 60_000 }, (error, text) => (error && !text ? failed(error) : found(JSON.parse(text)))),
  );

test("each request is there as it was filed, field by field, with its clock's word and its files", async () => {
  const list = ours.requests();
  assert.deepEqual(list.map(({ folio }) => folio).sort(), [...done.requests.keys()].sort());
  const shown = new Map();
  await each(done.requests.keys(), async (folio) => shown.set(folio, await answers("oirs-central", ["--data", join(ours.folder, "central"), "requests", "show", folio])));
  for (const [folio, { draft, answer, certainty, by }] of done.requests) {
    const there = shown.get(folio);
    // The command line files the very line; a window is told field by field.
    if (answer) assert.deepEqual(there.request, { person: null, ...draft }, folio);
    else assert.deepEqual(told(there.request), told(draft), folio);
    for (const same of answer ? ["epoch", "seq", "captured_at", "paper_at", "due_on", "due_on_legal"] : []) assert.equal(there[same], answer[same], `${same} of ${folio}`);
    // What was promised, the office comes to as well, however the clock stood; and nobody waits longer for it.
    if (there.due_on) {
      assert.equal(there.deadline.agrees, true, folio);
      assert.ok(draft.captured_at || Date.parse(there.due_on) < Date.now() + 30 * DAY_S * 1000, `${folio} is due on ${there.due_on}`);
    }
    const expected = { kind: draft.kind, comuna: draft.comuna, certainty, state: folio === done.withdrawn ? "withdrawn" : "received", quarantined: false, voided: false, device_label: by === stand ? "e2e" : "relevo" };
    for (const [name, value] of Object.entries(expected)) assert.equal(there[name], value, `${name} of ${folio}`);
    const more = [there.additions.map(({ text, proof }) => [text, proof]), there.withdrawals.map(({ proof }) => proof), there.void];
    assert.deepEqual(more, [folio === done.added ? [[ADDED, "proven"]] : [], folio === done.withdrawn ? ["proven"] : [], null], folio);
    assert.equal(there.attachments.length, done.files.get(folio)?.length ?? 0, folio);
  }
  const contradicted = list.filter(({ certainty }) => certainty === "contradicted");
  assert.equal(contradicted.length, 26);
});

test("each file that was handed over is there, byte for byte", () => {
  let count = 0;
  for (const [folio, hashes] of done.files)
    for (const [index, hash] of hashes.entries()) {
      const path = at(`file-${(count += 1)}`);
      ours.central("requests", "attachment", folio, String(index + 1), "--out", path);
      assert.equal(sha256(readFileSync(path)), hash, `${folio}, ${index + 1}`);
    }
  assert.equal(count, 6);
});

test("each receipt of the day is genuine, and those of the lost machine say that it was revoked", async () => {
  await each([...done.requests].filter(([, { answer }]) => answer), async ([folio, { answer, certainty, by }]) => {
    const read = await answers("terreno", ["--data", relief.data, "verify", answer.receipt]);
    assert.deepEqual([read.verdict, read.folio, read.certainty], [by === stand ? "revoked_device" : "genuine", folio, certainty]);
  });
});

test("each invitation is accounted for, and each draw can be counted again", () => {
  const [results] = central("survey", "results", "satisfaccion_oirs", "--comments");
  // The draw that nobody closed has no tally; what was answered there counts.
  assert.equal(results.places, closed.encounters - 1);
  for (const [name, count] of Object.entries(done.surveys)) assert.equal(results[name], count, name);
  const answers = [done.surveys, lastAsked].reduce((sum, { answered, broken_off }) => sum + answered + broken_off, 0);
  assert.deepEqual([results.answers, results.faulty, results.set_apart], [answers, 0, 0]);
  assert.deepEqual(results.draws.map(({ verdict }) => verdict).sort(), ["good", "good", "good", "open"]);
  const comments = results.answers < ANSWERS_SHOWN_MIN ? undefined : [...done.comments].sort();
  assert.deepEqual(results.comments, comments);
});
