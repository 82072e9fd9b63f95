// The citizen's longer ways, for an organisation and for somebody else: what was told is what the office reads.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { citizenEnds, citizenFiles } from "./lib/forms.mjs";
import { look } from "./lib/looks.mjs";
import { handOver, sides } from "./lib/sides.mjs";

const LANGUAGES = ["es-CL", "en"];
/** What the window itself says of whatever a citizen files. */
const said = (language) => ({ will_accepted: true, privacy_notice: "2026-12-01", language, written_by: "citizen" });

describe("on behalf of others", () => {
  const here = sides();
  before(() => handOver(here.windows));

  const drafts = {
    "an organisation": {
      kind: "peticion",
      text: "Pedimos una sede.\n¿Nos pueden recibir?",
      comuna: "08314",
      locality: "Ralco",
      organisation: { name: "Comunidad Kiñe Rakizuam de Muestra", rut: "65.111.111-0", role: "vocera" },
      person: { name: "Lidia Ñanculef Muestra", phone: "45 2 123456", email: "lidia@ejemplo.cl", address: "Camino Imaginario s/n", address_comuna: "08301", answer_by: "carta" },
    },
    "somebody else": {
      kind: "reclamo",
      text: "A mi mamá no le llegó el aporte de invierno.",
      comuna: "11303",
      locality: "Caleta Tortel",
      affected: { name: "Rosalía Ejemplo Raín", relation: "su hija", social_name: "Rosa" },
      person: {
        name: "Wara Ejemplo Condori",
        document: { type: "pasaporte", number: "E-1234567", country: "BO" },
        country_of_residence: "AR",
        phone: "+56 9 5555 0102",
        email: "wara@ejemplo.cl",
        answer_by: "telefono",
      },
    },
  };
  /** The screens that no other request passes, and those that say something else for it. */
  const OWN = ["organisation", "affected", "review", "document", "residence", "contact", "answer", "who"];
  for (const [whom, draft] of Object.entries(drafts)) {
    for (const language of LANGUAGES) {
      test(`a request for ${whom} reaches the office as it was told in ${language}`, async () => {
        const { windows, stand } = here;
        const { folio } = await citizenFiles(windows, draft, async (screen) => {
          if (!OWN.includes(screen)) return;
          await look(windows, `citizen-${draft.organisation ? "organisation" : "behalf"}-${screen}`, language === "es-CL" ? undefined : []);
        }, language);
        await citizenEnds(windows, language);
        assert.equal(stand.terreno("sync").outcome, "done");
        const { id, ...request } = stand.request(folio).request;
        assert.match(id, /^[0-9a-f-]{36}$/);
        assert.deepEqual(request, { ...draft, ...said(language) });
      });
    }
  }
});

describe("from the review", () => {
  const here = sides();
  before(() => handOver(here.windows));

  test("whoever changes the answer or the person can change all of it", async () => {
    const { windows, stand } = here;
    const draft = {
      kind: "opinion",
      text: "Todo bien.",
      comuna: "11303",
      locality: "Caleta Tortel",
      person: { name: "Wara Ejemplo", document: { type: "pasaporte", number: "E-1234567", country: "BO" }, country_of_residence: "BO", email: "wara@ejemplo.cl", answer_by: "correo" },
    };
    const go = () => windows.press(windows.button("Continuar"));
    const { folio } = await citizenFiles(windows, draft, async (screen) => {
      if (screen !== "review") return;
      await windows.press(windows.css("[aria-label='Cambiar la respuesta']"));
      await windows.press(windows.css("[data-value=correo]"));
      await windows.paste(windows.labelled("Correo electrónico"), "otra@ejemplo.cl");
      await windows.press(windows.css("main summary"));
      await windows.paste(windows.labelled("Teléfono"), "no tengo");
      await go();
      await windows.sees("Este teléfono");
      await windows.paste(windows.labelled("Teléfono"), "955550103");
      await go();
      await windows.sees("también 955550103");
      await windows.press(windows.css("[aria-label='Cambiar quién presenta']"));
      await windows.press(windows.css("[data-value=self]"));
      await windows.labelled("Nombre y apellidos");
      await go();
      await windows.labelled("Número del documento");
      await go();
      await windows.paste(windows.labelled("País donde vives"), "Nunca Jamás");
      await go();
      await windows.sees("No encontramos este país");
      await look(windows, "citizen-residence-wrong");
      await windows.paste(windows.labelled("País donde vives"), "");
      await go();
      await windows.button("Enviar");
    });
    stand.terreno("sync");
    const { country_of_residence: _, ...person } = draft.person;
    assert.deepEqual(stand.request(folio).request.person, { ...person, email: "otra@ejemplo.cl", phone: "955550103" });
  });
});
