// The field day of the fixtures: its requests and encounters, what of them each window can be told, and what must come
// back.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isForeign } from "./forms.mjs";
import { root } from "./programs.mjs";

const lines = (name) => readFileSync(join(root, "tests/fixtures/jornada", name), "utf8").trim().split("\n").map((line) => JSON.parse(line));
export const REQUESTS = lines("requests.jsonl");
export const ENCOUNTERS = lines("encounters.jsonl");

const NEEDS = { telefono: "phone", correo: "email", carta: "address" };

/** What the team's page can be told: all of it, in the language of these tests. */
export const ofTheTeam = (draft) => draft.privacy_notice && !draft.text.includes("\r") && (draft.language ?? "es-CL") === "es-CL";
/** The citizen's questions leave out what is the team's, and what few know of themselves. */
export function ofTheCitizen(draft) {
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
export function various(drafts, sorts) {
  const chosen = new Set();
  for (const sort of sorts) {
    const found = drafts.find((draft) => !chosen.has(draft) && sort(draft));
    if (found) chosen.add(found);
  }
  return [...chosen];
}
export const KINDS = ["consulta", "reclamo", "peticion", "sugerencia", "felicitacion", "opinion"].map((kind) => (draft) => draft.kind === kind);

/** What nobody answered counts as not said. */
const plain = ({ answer_by: way, ...person }) => (way === undefined || way === "ninguno" ? person : { ...person, answer_by: way });
/** What a window was told, or the office gives back, field by field: what both must be alike in. */
export function told({ id: _, ...draft }) {
  const person = plain(draft.person ?? {});
  const { person: __, ...rest } = draft;
  return { ...rest, ...(Object.keys(person).length > 0 ? { person } : {}), will_accepted: true, language: "es-CL" };
}
