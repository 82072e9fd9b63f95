// What becomes of a pack when the Spanish or a text changes. A review vouches for one wording of one Spanish sentence: when
// either is no longer what was reviewed, the review is taken back, and kept beside. Pure: a pack in, a pack out.
import { createHash } from "node:crypto";
import { emptyBlock, type Block, type Pack, type State } from "./pack.ts";

/** Who did it and when, as it stands in `tradujo` and `reviso`. */
export interface Signature {
  who: string;
  /** AAAA-MM-DD. */
  day: string;
}

/** Reads `clave AAAA-MM-DD`; null where it is none, or where the day doesn't exist. */
export function signature(text: string): Signature | null {
  const [, who = "", day = ""] = /^(\S+)\s+(\d{4}-\d{2}-\d{2})$/.exec(text) ?? [];
  const at = new Date(`${day}T00:00:00Z`);
  const exists = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
  return who !== "" && exists ? { who, day } : null;
}

const fingerprint = (...parts: string[]) =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12);
const wording = (one: Block) => fingerprint(one.espanol, one.texto, one.tradujo);
const reviewer = (one: Block) => fingerprint(one.reviso);
const sealOf = (one: Block) => `${wording(one)}-${reviewer(one)}`;

/** Whether somebody changed what was reviewed and nobody reviewed it again. */
function wentOn(one: Block): boolean {
  const [what, who] = one.sello.split("-");
  return one.sello !== "" && what !== wording(one) && who === reviewer(one);
}

function takenBack(one: Block): Block {
  const before = one.reviso === "" ? [] : [one.reviso];
  return { ...one, reviso: "", reviso_antes: [...one.reviso_antes, ...before], sello: "" };
}

/** Whether the review stands: somebody signed, and it was not the translator. */
function stands(one: Block): boolean {
  const [by, of] = [signature(one.reviso), signature(one.tradujo)];
  return one.texto !== "" && by !== null && of !== null && by.who !== of.who;
}

function state(one: Block): State {
  if (one.texto === "") return "vacío";
  if (stands(one)) return "revisado";
  return one.espanol_antes === "" ? "traducido" : "cambió el español";
}

/** A block against the Spanish of today. */
export function refreshedBlock(one: Block, spanish: string): Block {
  let now = one;
  if (now.espanol !== spanish) {
    const before = now.texto === "" ? "" : now.espanol_antes || now.espanol;
    now = { ...takenBack(now), espanol: spanish, espanol_antes: before };
  } else if (wentOn(now)) {
    now = takenBack(now);
  }
  // A review after the change is of the new wording: what the text was made from has done its work.
  if (stands(now)) now = { ...now, espanol_antes: "", sello: sealOf(now) };
  else now = { ...now, sello: "" };
  return { ...now, estado: state(now) };
}

/** Whether a speaker left anything in it. */
const isUsed = (one: Block) =>
  [one.texto, one.tradujo, one.reviso, one.nota].some((text) => text !== "") || one.reviso_antes.length > 0;

/** What a refresh did with the sentences. */
export interface Changes {
  added: string[];
  removed: string[];
  returned: string[];
}

/** A pack against the sentences of today: new ones come empty, gone ones are set aside where a speaker left anything in
 * them, and come back as they were. */
export function refreshed(pack: Pack, sentences: ReadonlyMap<string, string>): [Pack, Changes] {
  const changes: Changes = { added: [], removed: [], returned: [] };
  const textos = new Map<string, Block>();
  for (const [key, spanish] of sentences) {
    const [here, aside] = [pack.textos.get(key), pack.retirados.get(key)];
    if (!here) (aside ? changes.returned : changes.added).push(key);
    textos.set(key, refreshedBlock(here ?? aside ?? emptyBlock(spanish), spanish));
  }
  const retirados = new Map([...pack.retirados].filter(([key]) => !textos.has(key)));
  for (const [key, one] of pack.textos)
    if (!sentences.has(key)) {
      changes.removed.push(key);
      if (isUsed(one)) retirados.set(key, one);
    }
  return [{ ...pack, textos, retirados }, changes];
}
