// The citizen's longer ways, for an organisation and for somebody else: what was told is what the office reads.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { citizenEnds, citizenFiles } from "./lib/forms.mjs";
import { picture } from "./lib/screens.mjs";
import { handOver, sides } from "./lib/sides.mjs";

/** What the window itself says of whatever a citizen files in Spanish. */
const SAID = { will_accepted: true, privacy_notice: "2026-12-01", language: "es-CL", written_by: "citizen" };

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
      person: { name: "Lidia Ñanculef Muestra", address: "Camino Imaginario s/n", address_comuna: "08301", answer_by: "carta" },
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
        phone: "+56 9 5555 0102",
        answer_by: "telefono",
      },
    },
  };
  for (const [whom, draft] of Object.entries(drafts)) {
    test(`a request for ${whom} reaches the office as it was told`, async () => {
      const { windows, stand } = here;
      const findings = [];
      const { folio } = await citizenFiles(windows, draft, async (screen) => {
        if (!["organisation", "affected", "review", "document", "contact"].includes(screen)) return;
        findings.push(...(await windows.axe()));
        await windows.picture(picture(`citizen-${draft.organisation ? "organisation" : "behalf"}-${screen}.es-CL`));
      });
      assert.deepEqual(findings, []);
      await citizenEnds(windows);
      assert.equal(stand.terreno("sync").outcome, "done");
      const { id, ...request } = stand.request(folio).request;
      assert.match(id, /^[0-9a-f-]{36}$/);
      assert.deepEqual(request, { ...draft, ...SAID });
    });
  }
});
