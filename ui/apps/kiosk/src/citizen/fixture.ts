// What the stand tells a citizen's page, as tests have it. What a person wrote and what is published stands in «» here, so
// that a test can tell it from the page's own sentences.
import type { CitizenContext, ReceiptView } from "@oirs/bindings";

export const comuna = { code: "11303", name: "«Tortel»", region: "«Aysén»" };
export const context: CitizenContext = {
  office: "«Oficina»",
  place: { comuna, locality: "«Caleta»" },
  network: "offline",
  languages: ["es-CL", "en"],
  notice: "2026-12-01",
  printer: true,
  clock: "unconfirmed",
  voice: false,
  idle: { quiet_s: 90, warning_s: 60 },
  team_needed: false,
  people: [],
  blocked: null,
  limits: { text: 4000, matter: 120, agency: 200 },
};
export const receipt: ReceiptView = {
  folio: "«T7K»",
  kind: "reclamo",
  captured_at: "2026-11-21T10:32:00-03:00",
  certainty: "unconfirmed",
  due_on: "2026-12-04",
  answer_by: "telefono",
  control_code: "«7H2K»",
  qr: ["1"],
  phone_line: "600 301 7000",
};
