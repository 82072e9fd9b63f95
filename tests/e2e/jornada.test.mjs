// A part of the field day goes through the real windows: the team's page and the citizen's questions. Then it is
// synchronised, and every field at the office is what the fixture says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { citizenEnds, citizenFiles, isForeign, staffFiles } from "./lib/forms.mjs";
import { root } from "./lib/programs.mjs";
import { handOver, sides } from "./lib/sides.mjs";

const DAY = readFileSync(join(root, "tests/fixtures/jornada/requests.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line));
const NEEDS = { telefono: "phone", correo: "email", carta: "address" };

/** What the team's page can be told: all of it, in the language of these tests. */
const ofTheTeam = (draft) => draft.privacy_notice && !draft.text.includes("\r") && (draft.language ?? "es-CL") === "es-CL";
/** The citizen's questions leave out what is the team's, and what few know of themselves. */
function ofTheCitizen(draft) {
  const { person, affected, organisation } = draft;
  const document = person?.document;
  const also = ["phone", "email", "address"].filter((datum) => person?.[datum] && datum !== NEEDS[person.answer_by]);
  return (
    ofTheTeam(draft) && !draft.topic && !draft.captured_at && !draft.assisted_by && !affected?.document &&
    !(organisation && (affected || document)) && document?.type !== "rut" &&
    (!person?.country_of_residence || isForeign(document)) &&
    !also.includes("address") && (also.length === 0 || NEEDS[person.answer_by])
  );
}

/** The first of each sort that there is, so that few requests show much. */
function various(drafts, sorts) {
  const chosen = new Set();
  for (const sort of sorts) {
    const found = drafts.find((draft) => !chosen.has(draft) && sort(draft));
    if (found) chosen.add(found);
  }
  return [...chosen];
}
const kinds = ["consulta", "reclamo", "peticion", "sugerencia", "felicitacion", "opinion"].map((kind) => (draft) => draft.kind === kind);
const team = various(DAY.filter(ofTheTeam), [
  ...kinds,
  (draft) => draft.affected && draft.captured_at,
  (draft) => draft.organisation,
  (draft) => draft.person?.answer_by === "carta",
  (draft) => draft.person?.document && draft.person.document.type !== "run",
  (draft) => draft.text.length > 1000,
  (draft) => draft.assisted_by,
  (draft) => draft.affected?.document,
  (draft) => draft.organisation && draft.person?.document,
  (draft) => draft.person?.document?.type === "rut",
  (draft) => draft.person?.country_of_residence,
  (draft) => draft.person?.phone && draft.person.email,
  (draft) => /\p{Extended_Pictographic}/u.test(draft.text),
]);
const citizens = various(
  DAY.filter((draft) => ofTheCitizen(draft) && !team.includes(draft)),
  [...kinds.slice(0, 3), (draft) => draft.person?.name],
);

const here = sides();
const filed = new Map();

test("is various enough", () => {
  assert.ok(team.length >= 10 && citizens.length >= 3, `${team.length} and ${citizens.length}`);
});

test("the team files what people dictate", async () => {
  const { windows } = here;
  for (const draft of team) {
    await windows.press(windows.css("button[data-panel=encounter]"));
    await windows.press(windows.css("button[data-panel=request]"));
    filed.set(await staffFiles(windows, draft), { ...draft, written_by: draft.captured_at ? "transcriber" : "staff" });
  }
});

test("citizens file their own", async () => {
  const { windows } = here;
  await handOver(windows);
  for (const draft of citizens) {
    const { folio } = await citizenFiles(windows, draft);
    filed.set(folio, { ...draft, written_by: "citizen" });
    await citizenEnds(windows);
  }
});

/** What nobody answered counts as not said. */
const plain = ({ answer_by: way, ...person }) => (way === undefined || way === "ninguno" ? person : { ...person, answer_by: way });
function expected({ id: _, ...draft }) {
  const person = plain(draft.person ?? {});
  const { person: __, ...rest } = draft;
  return { ...rest, ...(Object.keys(person).length > 0 ? { person } : {}), will_accepted: true, language: "es-CL" };
}

test("every field is at the office as it was told", async () => {
  assert.equal(filed.size, team.length + citizens.length);
  assert.equal(here.stand.terreno("sync").outcome, "done");
  assert.deepEqual(here.stand.requests().map(({ folio }) => folio).sort(), [...filed.keys()].sort());
  for (const [folio, draft] of filed) {
    const { request } = here.stand.request(folio);
    assert.deepEqual(expected(request), expected(draft), folio);
  }
});
