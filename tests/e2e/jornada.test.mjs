// A part of the field day goes through the real windows: the team's page and the citizen's questions. Then it is
// synchronised, and every field at the office is what the fixture says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { citizenEnds, citizenFiles, staffFiles } from "./lib/forms.mjs";
import { KINDS, ofTheCitizen, ofTheTeam, REQUESTS, told, various } from "./lib/jornada.mjs";
import { handOver, sides } from "./lib/sides.mjs";

const team = various(REQUESTS.filter(ofTheTeam), [
  ...KINDS,
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
  REQUESTS.filter((draft) => ofTheCitizen(draft) && !team.includes(draft)),
  [...KINDS.slice(0, 3), (draft) => draft.person?.name],
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

test("every field is at the office as it was told", async () => {
  assert.equal(filed.size, team.length + citizens.length);
  assert.equal(here.stand.terreno("sync").outcome, "done");
  assert.deepEqual(here.stand.requests().map(({ folio }) => folio).sort(), [...filed.keys()].sort());
  for (const [folio, draft] of filed) {
    const { request } = here.stand.request(folio);
    assert.deepEqual(told(request), told(draft), folio);
  }
});
