// The real windows against a real stand and a real office: a citizen's way in both languages, what is filed at the
// office, what each window may not do, and axe on every screen. Pictures go to docs/screens.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { look } from "./lib/looks.mjs";
import { office, PIN, program, root } from "./lib/programs.mjs";
import { givesPin } from "./lib/sides.mjs";
import { drive } from "./lib/webdriver.mjs";

const names = (list) =>
  [...readFileSync(join(root, "src-tauri/src/command_names.rs"), "utf8").split(list)[1].split("];")[0].matchAll(/"(\w+)"/g)].map((found) => found[1]);

const WORDS = {
  "es-CL": { language: "Español", accept: "Leí el aviso y continúo", go: "Continuar", send: "Enviar", saved: "Quedó guardada", finish: "Terminar", yes: "Sí, terminar", exit: "Borrar y salir", stay: "Seguir escribiendo", back: "Volver" },
  en: { language: "English", accept: "I read the notice, continue", go: "Continue", send: "Send", saved: "It is kept", finish: "Finish", yes: "Yes, finish", exit: "Erase and leave", stay: "Go on writing", back: "Back" },
};

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

describe("the staff's window", () => {
  test("files what somebody dictates, and lists its folio", async () => {
    await windows.sees("Nueva solicitud");
    await look(windows, "staff-request");
    await windows.type(windows.css("main textarea"), "La posta no tiene ambulancia desde marzo.");
    await windows.press(windows.css("input[value=reclamo]"));
    await windows.press(windows.css("input[value=anonymous]"));
    await windows.press(windows.css("input[value=presencial]"));
    for (const box of ["1", "2"]) await windows.press(windows.find("xpath", `(//*[@role='form']//input[@type='checkbox'])[${1 + Number(box)}]`));
    await windows.press(windows.css("[role=form] button[type=submit]"));
    await windows.sees("Quedó guardada");
    const folio = await windows.text("[data-folio]");
    assert.match(folio, /^[0-9A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{3}$/);
    await look(windows, "staff-filed");
    await windows.sees(folio);
    assert.ok((await windows.text("aside table")).includes(folio));
  });

  test("shows a wrong check digit while it is typed, and keeps the form", async () => {
    await windows.press(windows.css("button[data-panel=encounter]"));
    await windows.press(windows.css("button[data-panel=request]"));
    await windows.type(windows.find("xpath", "//label[starts-with(normalize-space(.),'Número')]/..//input"), "12.345.678-4");
    await windows.sees("El dígito verificador no corresponde");
    await look(windows, "staff-check-digit");
  });

  test("has a panel for every function, without findings", async () => {
    for (const panel of ["encounter", "receipts", "printer", "team", "sync", "outing", "help", "hand_over"]) {
      await windows.press(windows.css(`button[data-panel=${panel}]`));
      await look(windows, `staff-${panel}`);
    }
    for (const theme of ["dark", "light"]) {
      await windows.run("const s = document.querySelector('header select'); s.value = arguments[0]; s.dispatchEvent(new Event('change', { bubbles: true }))", theme);
      await windows.css(`[data-theme=${theme}]`);
      if (theme === "dark") await look(windows, "staff-dark", []);
    }
  });

  test("asks for the PIN before a staff function, and synchronises", async () => {
    await windows.press(windows.css("button[data-panel=sync]"));
    await windows.press(windows.button("Sincronizar ahora"));
    await windows.sees("Se necesita el PIN");
    await look(windows, "staff-pin");
    await givesPin(windows);
    await windows.sees("Sincronizado a las");
    await look(windows, "staff-synced", ["en"]);
    assert.equal(stand.requests().length, 1);
  });

  test("can call nothing of the citizen's", async () => {
    for (const command of names("CITIZEN_COMMANDS")) assert.equal((await windows.invoke(command)).ok, false, command);
  });
});

describe("the citizen's window", () => {
  test("is handed over, and can call no staff command", async () => {
    await windows.press(windows.css("button[data-panel=hand_over]"));
    await windows.pressLast(windows.button("Entregar a la ciudadanía"));
    await windows.turnTo("citizen");
    await windows.sees("Te damos la bienvenida");
    for (const command of names("STAFF_COMMANDS")) assert.equal((await windows.invoke(command)).ok, false, command);
  });

  for (const [language, words] of Object.entries(WORDS)) {
    test(`files a request in ${language}, one question a screen`, async () => {
      const seen = (name) => look(windows, name, language === "es-CL" ? undefined : []);
      await windows.turnTo("citizen");
      await windows.press(windows.button(words.language));
      await seen("citizen-01-start");
      await windows.press(windows.css("#begin"));
      await windows.sees(words.accept);
      await seen("citizen-02-notice");
      await windows.press(windows.button(words.accept));
      await windows.css("[data-value=reclamo]");
      await seen("citizen-03-kind");
      await windows.press(windows.css("[data-value=reclamo]"));
      await windows.type(windows.css("main textarea"), "Hace tres meses pedí el certificado y no me responden. ¡Ñuke mapu!");
      await seen("citizen-04-text");
      await windows.press(windows.button(words.go));
      await windows.css("main [role=combobox]");
      await seen("citizen-05-place");
      await windows.press(windows.button(words.go));
      await windows.press(windows.css("[data-value=correo]"));
      await windows.type(windows.css("main .field input"), "rosa@correo");
      await windows.press(windows.button(words.go));
      await windows.css("main [aria-invalid=true]");
      await seen("citizen-06-contact-error");
      await windows.type(windows.css("main .field input"), ".cl");
      await windows.press(windows.button(words.go));
      await windows.css("[data-value=self]");
      await seen("citizen-07-who");
      await windows.press(windows.css("[data-value=self]"));
      await windows.type(windows.css("main .field input"), "Rosa Ñanculef Pichiñam");
      await seen("citizen-08-name");
      await windows.press(windows.button(words.go));
      await windows.press(windows.css("input[value=run]"));
      await windows.type(windows.css("main .field input:not([type=radio])"), "12.345.678-5");
      await windows.css("main .valid");
      await seen("citizen-09-document");
      await windows.press(windows.button(words.go));
      await windows.sees("rosa@correo.cl");
      await seen("citizen-10-review");
      await windows.press(windows.button(words.exit));
      await seen("citizen-11-exit");
      await windows.press(windows.button(words.stay));
      await windows.press(windows.button(words.send));
      await windows.sees(words.saved);
      await seen("citizen-12-receipt");
      const folio = await windows.text("[data-folio]");
      await windows.press(windows.button(words.finish));
      await seen("citizen-13-finish");
      const mine = await windows.get("window");
      await windows.pressLast(windows.button(words.yes));
      // The next person gets a window of their own, in Spanish, with nothing in it.
      await windows.turnToAnother("citizen", mine);
      await windows.sees("Te damos la bienvenida");
      assert.equal(await windows.run("return document.body.innerText.includes(arguments[0])", folio), false);
      assert.equal((await windows.invoke("citizen_print_receipt", { language })).ok, false);
      stand.terreno("sync");
      const { request } = stand.request(folio);
      assert.deepEqual(
        [request.kind, request.comuna, request.locality, request.person, request.written_by, request.privacy_notice, request.will_accepted, request.language],
        ["reclamo", "11303", "Caleta Tortel", { name: "Rosa Ñanculef Pichiñam", document: { type: "run", number: "12.345.678-5" }, email: "rosa@correo.cl", answer_by: "correo" }, "citizen", "2026-12-01", true, language],
      );
      assert.equal(request.text, "Hace tres meses pedí el certificado y no me responden. ¡Ñuke mapu!");
    });
  }

  test("a request without the notice is refused, whatever the page says", async () => {
    const draft = { kind: "opinion", text: "Sin aviso", comuna: "11303", written_by: "staff", person: null };
    assert.deepEqual(await windows.invoke("citizen_file_request", { draft }), { ok: false, error: "notice_not_read" });
  });

  test("is taken back with the PIN and no other way", async () => {
    assert.equal((await windows.invoke("citizen_take_back", { pin: "0000" })).error, "pin_wrong");
    await windows.invoke("citizen_take_back", { pin: PIN }).catch(() => {});
    await windows.turnTo("staff");
    assert.equal((await windows.invoke("staff_context")).ok, true);
  });
});
