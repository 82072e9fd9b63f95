// A request written with nothing but a finger: every letter comes from the keyboard on the screen.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { citizenTurns } from "./lib/forms.mjs";
import { look } from "./lib/looks.mjs";
import { handOver, sides } from "./lib/sides.mjs";

describe("by touch alone", () => {
  const here = sides();
  before(() => handOver(here.windows));

  const KEYS = { " ": "Espacio", "\u0300": "Acento grave", "\u0302": "Acento circunflejo", "\u0331": "Raya bajo", "\u0301": "Acento agudo" };

  /** The keys that write a letter, as somebody finds them: as it stands there, in capitals, or accent and letter. */
  async function taps(windows, letter) {
    const keys = () => windows.run("return [...document.querySelectorAll('.keyboard button')].map((key) => key.innerText.trim())");
    const key = (words) => windows.press(windows.find("xpath", `//div[contains(@class,'keyboard')]//button[normalize-space(.)=${JSON.stringify(words)}]`));
    const named = (words) => windows.press(windows.find("xpath", `//div[contains(@class,'keyboard')]//button[starts-with(@aria-label, ${JSON.stringify(words)})]`));
    if (letter === " ") return named(KEYS[" "]);
    const small = letter.toLocaleLowerCase("es-CL");
    if (small !== letter) await named("Mayús");
    const layers = ["abc", "āṉŋ", "123"];
    for (const layer of [null, ...layers]) {
      if (layer && !(await keys()).includes(layer)) continue;
      if (layer) await key(layer);
      const shown = await keys();
      if (shown.includes(letter)) return key(letter);
    }
    const [base, mark] = small.normalize("NFD");
    if ((await keys()).includes("āṉŋ")) await key("āṉŋ");
    else {
      await key("abc");
      await key("āṉŋ");
    }
    await named(KEYS[mark]);
    await key(small === letter ? base : base.toLocaleUpperCase("es-CL"));
  }

  test("the letters of the country's languages reach the office", async () => {
    const { windows, stand } = here;
    const text = "Ñuke ṉaḻ ŋā Kreyòl ê ʻa";
    const press = (words) => windows.press(windows.button(words));
    // Its keys are named in the page's language.
    const english = citizenTurns(windows, "en");
    await english.press("language-name-en");
    await windows.press(windows.css("#begin"));
    await english.press("notice-accept");
    await windows.press(windows.css("[data-value=opinion]"));
    for (const key of ["keyboard-more", "keyboard-symbols"]) {
      await look(windows, `citizen-${key}`, []);
      await english.press(key);
    }
    await look(windows, "citizen-keyboard-letters", []);
    for (const key of ["action-back", "action-back", "action-back"]) await english.press(key);
    await press("Español");
    await windows.press(windows.css("#begin"));
    await press("Leí el aviso y continúo");
    await windows.press(windows.css("[data-value=opinion]"));
    await windows.css(".keyboard");
    for (const letter of text) await taps(windows, letter);
    assert.equal(await windows.run("return document.querySelector('main textarea').value"), text);
    await look(windows, "citizen-keyboard");
    await windows.press(windows.find("xpath", "//div[contains(@class,'keyboard')]//button[normalize-space(.)='123']"));
    await look(windows, "citizen-keyboard-signs");
    await press("Continuar");
    await windows.css("main [role=combobox]");
    await press("Continuar");
    await windows.press(windows.css("[data-value=ninguno]"));
    await windows.press(windows.css("[data-value=anonymous]"));
    await press("Enviar");
    await windows.sees("Quedó guardada");
    const folio = await windows.text("[data-folio]");
    stand.terreno("sync");
    assert.equal(stand.request(folio).request.text, text);
  });
});
