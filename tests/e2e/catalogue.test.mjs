// Looking things up without a network: the team with somebody waiting, and a citizen alone. The pack that is in the
// tree, published by the office and carried by a sync.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { look } from "./lib/looks.mjs";
import { printer, scanned } from "./lib/paper.mjs";
import { office, program, root } from "./lib/programs.mjs";
import { givesPin } from "./lib/sides.mjs";
import { until } from "./lib/wait.mjs";
import { drive } from "./lib/webdriver.mjs";

let stand;
let windows;
before(async () => {
  stand = await office();
  windows = await drive(program("oirs-en-terreno"), ["--data", stand.data]);
  await windows.turnTo("staff");
});
after(async () => {
  await windows?.close();
  await stand?.close();
});

const titles = () => windows.run("return [...document.querySelectorAll('[data-sheet] strong')].map((title) => title.textContent.trim())");
const marked = () => windows.run("return [...document.querySelectorAll('[data-sheet] mark')].map((word) => word.textContent.trim().toLowerCase())");

test("before the office has published anything, the panel says so", async () => {
  await windows.sees("Nueva solicitud");
  await windows.press(windows.css("button[data-panel=lookup]"));
  await windows.sees("Este equipo aún no tiene catálogo");
  await look(windows, "staff-lookup-none");
});

test("the team finds a sheet in everyday words, reads it, and records the encounter", async () => {
  stand.central("catalogue", "publish", join(root, "crates/catalogue/data/first-pack.json"));
  stand.terreno("sync");
  await stand.down();
  await windows.press(windows.css("button[data-panel=request]"));
  await windows.press(windows.css("button[data-panel=lookup]"));
  await windows.sees("Catálogo 1 del");
  await windows.type(windows.css("main input"), "plata para la junta de besinos");
  await windows.sees("Juntas");
  assert.ok((await titles()).length > 0);
  assert.ok((await marked()).some((word) => word.startsWith("junta")), "the words found are shown");
  await look(windows, "staff-lookup");
  const [title] = await titles();
  await windows.press(windows.css("[data-sheet]"));
  await windows.sees("De dónde sale esta información");
  await windows.sees("La oficina aún no revisa esta ficha");
  assert.equal(await windows.run("return document.activeElement.id"), "sheet-title", "readers begin at its title");
  await look(windows, "staff-sheet");
  await windows.press(windows.button("Mostrar en grande"));
  await windows.css("dialog[open] h2");
  await look(windows, "staff-sheet-large");
  await windows.press(windows.button("Cerrar"));
  await windows.press(windows.button("Anotar la atención"));
  await windows.sees("Atención rápida");
  assert.equal(await windows.run("return document.querySelector('main input').value"), title);
  await windows.press(windows.css("[data-outcome=informed]"));
  await windows.sees(`Atención registrada: ${title}`);
});

test("a sheet is printed with a code that leads to its source; a printer without paper loses nothing", async (context) => {
  const paper = printer(0);
  context.after(() => paper.close());
  await paper.ready;
  await windows.press(windows.css("button[data-panel=printer]"));
  await windows.paste(windows.labelled("Dirección o dispositivo"), `127.0.0.1:${paper.port()}`);
  await windows.press(windows.button("Guardar impresora"));
  await givesPin(windows);
  await windows.sees("Impresora guardada");
  await windows.press(windows.css("button[data-panel=lookup]"));
  await windows.type(windows.css("main input"), "papeles para extranjeros");
  const { id, title } = stand.terreno("catalogue", "search", "papeles para extranjeros").found[0];
  // What the first letters found gives way to it.
  await until("the whole question is answered", async () => (await titles())[0] === title);
  await windows.press(windows.css("[data-sheet]"));
  const { sources } = stand.terreno("catalogue", "show", id);
  await windows.press(windows.button("Imprimir ficha"));
  await windows.sees("Ficha impresa");
  await look(windows, "staff-sheet-printed", ["en"]);
  assert.equal(scanned(paper.jobs[0]), sources[0].url);
  paper.setPaper(false);
  await windows.press(windows.button("Imprimir ficha"));
  await windows.sees("No se imprimió la ficha. Quedó en «Sin imprimir».");
  await look(windows, "staff-sheet-not-printed", ["en"]);
  // Beside another panel as well, until it is out.
  await windows.press(windows.css("button[data-panel=encounter]"));
  await windows.sees("Sin imprimir: 1");
  await windows.sees("La impresora no tiene papel.");
  // The head of the window says which trouble it is.
  await windows.sees("Impresora sin papel");
  assert.equal(paper.jobs.length, 1, "nothing was sent");
  await look(windows, "staff-unprinted");
  paper.setPaper(true);
  await windows.press(windows.button("Imprimir otra vez"));
  await until("it is out", () => paper.jobs.length === 2);
  await until("the list is gone", async () => !(await windows.words()).includes("Sin imprimir"));
  await windows.sees("Impresora lista");
  assert.equal(scanned(paper.jobs[1]), sources[0].url);
});

test("what no sheet answers is said, with what to do", async () => {
  await windows.press(windows.css("button[data-panel=lookup]"));
  await windows.type(windows.css("main input"), "xilófono");
  await windows.sees("Ninguna ficha responde a eso");
  await look(windows, "staff-lookup-nothing", ["en"]);
  await windows.press(windows.button("Avisar que falta"));
  await windows.sees("Anotado. La oficina verá que falta");
  await look(windows, "staff-wanted");
  await stand.up();
  stand.terreno("sync");
  const wanted = JSON.parse(stand.central("catalogue", "wanted"));
  assert.deepEqual([wanted.words, wanted.times], ["xilófono", 1]);
  await stand.down();
});

test("bodies, offices and broadcasts are listed with what they rest on", async () => {
  await windows.press(windows.css("button[data-panel=lookup]"));
  await windows.press(windows.css("main summary"));
  await windows.sees("Dirección del Trabajo");
  await windows.sees("Según ");
  await look(windows, "staff-directory");
});

test("a citizen looks something up alone, and goes back to the door", async () => {
  await windows.press(windows.css("button[data-panel=hand_over]"));
  await windows.press(windows.button("Entregar a la ciudadanía"));
  await windows.turnTo("citizen");
  await windows.press(windows.css("#look-up"));
  await windows.sees("¿Qué quieres saber?");
  await windows.type(windows.css("main input"), "papeles para extranjeros");
  await windows.sees("encontrada");
  await look(windows, "citizen-lookup");
  await windows.press(windows.css("[data-sheet]"));
  await windows.sees("De dónde sale esta información");
  await look(windows, "citizen-sheet");
  await windows.press(windows.button("Volver"));
  await windows.sees("¿Qué quieres saber?");
  await windows.press(windows.button("Volver"));
  await windows.sees("Dejar una solicitud");
});
