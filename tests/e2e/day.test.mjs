// What a stand does all day, in the windows: people who only ask, in two taps; who they are, with consent; whom the
// device invites; and the act at the end. What the office then has is compared with what was done.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { look } from "./lib/looks.mjs";
import { printer } from "./lib/paper.mjs";
import { office, program, root } from "./lib/programs.mjs";
import { handOver, takeBack } from "./lib/sides.mjs";
import { until } from "./lib/wait.mjs";
import { drive } from "./lib/webdriver.mjs";

const ENTER = "\uE007";
let stand;
let windows;
let battery;
before(async () => {
  stand = await office({ outing: false });
  // Published before the outing opens: its draw begins with it, and everybody is invited.
  stand.central("catalogue", "publish", join(root, "crates/catalogue/data/first-pack.json"));
  stand.central("survey", "publish", "--standard", "--rate", "1/1");
  stand.terreno("sync");
  stand.terreno("outing", "open", "--comuna", "11303", "--place", "Caleta Tortel", "--goal", "80");
  battery = join(stand.data, "..", "power", "BAT0");
  mkdirSync(battery, { recursive: true });
  writeFileSync(join(battery, "type"), "Battery\n");
  writeFileSync(join(battery, "capacity"), "82\n");
  const env = { TZ: "America/Santiago", OIRS_POWER_SUPPLIES: join(battery, "..") };
  windows = await drive(program("oirs-en-terreno"), ["--data", stand.data], env);
  await windows.turnTo("staff");
});
after(async () => {
  await windows?.close();
  await stand?.close();
});

const panel = (name) => windows.press(windows.css(`button[data-panel=${name}]`));
const status = () => stand.terreno("outing", "status");

test("an encounter takes two taps: what it was about, and what came of it", async () => {
  await windows.sees("Batería 82 %");
  await panel("encounter");
  await windows.sees("De qué se trató");
  await look(windows, "staff-encounter");
  await windows.press(windows.button("Pensiones"));
  await windows.press(windows.css("[data-outcome=informed]"));
  await windows.sees("Atención registrada: Pensiones. Se informó.");
  assert.equal(status().encounters, 1);
});

test("or a few letters and twice Enter", async () => {
  const focused = (selector) => until(`the focus is on ${selector}`, () => windows.run("return document.activeElement?.matches(arguments[0])", selector));
  await focused("main input");
  await windows.keys(`cier${ENTER}`);
  await focused("[data-outcome=informed]");
  await windows.keys(ENTER);
  await until("it is recorded", () => status().encounters === 2);
  await windows.sees("Se informó.");
});

test("a referral names the body with the third tap", async () => {
  await windows.press(windows.button("Trabajo"));
  await windows.press(windows.css("[data-outcome=referred]"));
  await windows.sees("A qué organismo");
  await look(windows, "staff-encounter-referred");
  await windows.press(windows.button("Dirección del Trabajo"));
  await windows.sees("Atención registrada: Trabajo. Se derivó a Dirección del Trabajo.");
  assert.equal(status().encounters, 3);
});

test("a mistake is undone within its seconds", async () => {
  await windows.press(windows.button("Educación"));
  await windows.press(windows.css("[data-outcome=came_in_vain]"));
  await windows.sees("Atención registrada: Educación.");
  await windows.press(windows.css("main .done button"));
  await windows.sees("Atención anulada");
  await look(windows, "staff-encounter-undone", ["en"]);
  await windows.press(windows.button("Pensiones"));
  await windows.press(windows.css("[data-outcome=informed]"));
  await windows.sees("Atención registrada: Pensiones.");
});

test("who the person is, is asked with the text that is read to them, and refused without it", async () => {
  await windows.press(windows.css("main summary"));
  await windows.sees("¿Cuál es tu género?");
  const choose = (label, word) =>
    windows.run(
      "const [label, word] = arguments; const select = [...document.querySelectorAll('main label')].find((one) => one.innerText.startsWith(label)).querySelector('select'); select.value = word; select.dispatchEvent(new Event('change', { bubbles: true }));",
      label,
      word,
    );
  await choose("¿Qué edad tienes?", "30-44");
  await choose("¿Cuál es tu género?", "no_binario");
  await windows.sees("Lee esto a la persona");
  await windows.press(windows.button("Beneficios sociales"));
  await windows.press(windows.css("[data-outcome=informed]"));
  await windows.sees("consentimiento");
  await look(windows, "staff-profile");
  await windows.press(windows.css("main .consent input[type=checkbox]"));
  await windows.press(windows.css("[data-outcome=informed]"));
  await windows.sees("Atención registrada: Beneficios sociales.");
});

test("whom the device draws answers alone, in the citizen's window", async () => {
  await windows.sees("están invitadas a la encuesta");
  await look(windows, "staff-invited");
  await handOver(windows);
  await windows.sees("¿Nos respondes una encuesta corta?");
  await look(windows, "citizen-invited");
  await windows.press(windows.css("#survey"));
  await windows.sees("Pregunta 1 de");
  await look(windows, "citizen-survey");
  await windows.press(windows.button("Continuar"));
  await windows.sees("Elige una respuesta");
  // Each question in turn: the best grade, the first choice, nothing to tell.
  for (;;) {
    const at = await windows.text("main h1");
    if (at.startsWith("Gracias")) break;
    const answered = await windows.run(
      "const best = [...document.querySelectorAll('main .grades button')].at(-1) ?? document.querySelector('main .choices button'); best?.click(); return Boolean(best)",
    );
    if (!answered) await windows.press(windows.button("Continuar"));
    await until("the next question", async () => (await windows.text("main h1")) !== at);
  }
  await look(windows, "citizen-survey-thanks");
  const mine = await windows.get("window");
  await windows.pressLast(windows.button("Terminar"));
  await windows.turnToAnother("citizen", mine);
  await windows.sees("¿Nos respondes una encuesta corta?");
  await windows.press(windows.css("#no-survey"));
  await until("it is refused", () => stand.terreno("outing", "status").requests === 0);
  await takeBack(windows);
});

test("a battery that ends is said before it does", async () => {
  writeFileSync(join(battery, "capacity"), "4\n");
  await panel("request");
  await panel("encounter");
  await windows.press(windows.button("Pensiones"));
  await windows.press(windows.css("[data-outcome=informed]"));
  await windows.sees("La batería se acaba en minutos");
  await look(windows, "staff-battery");
  await panel("outing");
  await windows.press(windows.button("Probar otra vez"));
  await windows.sees("Queda poca batería: 4 %. Enchufa el equipo antes de atender.");
  writeFileSync(join(battery, "capacity"), "80\n");
});

test("the day closes with an act that is printed, and the office certifies it", async (context) => {
  const paper = printer(0);
  context.after(() => paper.close());
  await paper.ready;
  await panel("printer");
  await windows.paste(windows.labelled("Dirección o dispositivo"), `127.0.0.1:${paper.port()}`);
  // The PIN that took the screen back still counts.
  await windows.press(windows.button("Guardar impresora"));
  await windows.sees("Impresora guardada");
  await panel("outing");
  await windows.press(windows.button("Cerrar salida"));
  await windows.sees("Caleta Tortel");
  await windows.sees("Imprimir acta");
  await look(windows, "staff-act");
  paper.setBreaks(true);
  await windows.press(windows.button("Imprimir acta"));
  await windows.sees("No se imprimió el acta. Está guardada, y quedó en «Sin imprimir».");
  await windows.sees("Acta: Caleta Tortel");
  await windows.press(windows.button("Imprimir otra vez"));
  await windows.sees("2 intentos");
  paper.setBreaks(false);
  await windows.press(windows.button("Imprimir otra vez"));
  await until("the act is out", () => paper.jobs.length === 1);
  await until("the list is gone", async () => !(await windows.words()).includes("Sin imprimir"));
  stand.terreno("sync");
  await until("the office certifies it", () => {
    stand.terreno("sync");
    return stand.terreno("outing", "certificate").certificate?.zero;
  });
  await panel("request");
  await panel("outing");
  await windows.sees("Diferencia: cero.");
  await look(windows, "staff-act-certified");
});
