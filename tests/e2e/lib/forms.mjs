// How a person tells the windows what a draft of the first schema says: question by question, or on the team's page.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./programs.mjs";
import { text } from "./texts.mjs";

const table = readFileSync(join(root, "crates/domain/src/territory/table.rs"), "utf8");
const comunas = new Map([...table.matchAll(/\("(\d{5})", "([^"]+)"\)/g)].map(([, code, name]) => [code, name]));

/** Writes a comuna's name and takes it from the list. */
export async function takesComuna(windows, label, code) {
  const name = comunas.get(code);
  await windows.paste(windows.labelled(label), name);
  await windows.press(windows.find("xpath", `//ul[@role='listbox' and not(@hidden)]/li[span[1]=${JSON.stringify(name)}]`));
}

/** Writes a country's name and takes it from the list. */
async function takesCountry(windows, label, code, { group, language = "es-CL" } = {}) {
  if (code === undefined) return;
  await windows.paste(windows.labelled(label, group), new Intl.DisplayNames(language, { type: "region" }).of(code));
  await windows.press(windows.css(`ul[role=listbox]:not([hidden]) li[id$="-${code}"]`));
}

async function writes(windows, fields, group) {
  for (const [label, value] of Object.entries(fields)) if (value !== undefined) await windows.paste(windows.labelled(label, group), value);
}

/** The datum of a way to be reached, and the key of what its field is called. */
const DATA = { telefono: "phone", correo: "email", carta: "address" };
const LABELS = { phone: "field-phone", email: "field-email", address: "field-address" };
/** Ways to be reached that a person gives beside the chosen one, by the keys of their fields' names. */
const others = (person) =>
  Object.fromEntries(
    Object.entries(LABELS)
      .filter(([datum]) => person[datum] && datum !== DATA[person.answer_by])
      .map(([datum, label]) => [label, person[datum]]),
  );
export const isForeign = (document) => ["pasaporte", "documento_extranjero"].includes(document?.type);

/** Whose request it is, as the citizen's question has it. */
export function whoFiles(draft) {
  if (draft.organisation) return "organisation";
  if (draft.affected) return "behalf";
  return draft.person?.name || draft.person?.social_name ? "self" : "anonymous";
}

/** What a citizen's page says in a language, and its buttons by the keys of their words. */
export function citizenTurns(windows, language) {
  const say = (key) => text(language, key);
  return { say, press: (key) => windows.press(windows.button(say(key))) };
}

/**
 * Goes the citizen's whole way in a language, from the start to the receipt; `look` is called on each screen with its
 * name, once what belongs there is filled in.
 */
export async function citizenFiles(windows, draft, look = async () => {}, language = "es-CL") {
  const { say, press } = citizenTurns(windows, language);
  const go = () => press("action-continue");
  const tells = (fields) => writes(windows, Object.fromEntries(Object.entries(fields).map(([key, value]) => [say(key), value])));
  const from = (key, country) => takesCountry(windows, say(key), country, { language });
  const person = draft.person ?? {};
  const way = person.answer_by ?? "ninguno";
  const who = whoFiles(draft);
  await windows.css("#begin");
  if (language !== "es-CL") await press(`language-name-${language}`);
  await look("start");
  await windows.press(windows.css("#begin"));
  await windows.button(say("notice-accept"));
  await look("notice");
  await press("notice-accept");
  await windows.css(`[data-value=${draft.kind}]`);
  await look("kind");
  await windows.press(windows.css(`[data-value=${draft.kind}]`));
  await tells({ "text-label": draft.text });
  await look("text");
  await go();
  await takesComuna(windows, say("field-comuna"), draft.comuna);
  await tells({ "field-locality": draft.locality ?? "" });
  await look("place");
  await go();
  await windows.css(`[data-value=${way}]`);
  await look("answer");
  await windows.press(windows.css(`[data-value=${way}]`));
  if (DATA[way]) {
    await tells({ [LABELS[DATA[way]]]: person[DATA[way]] });
    if (person.address_comuna) await takesComuna(windows, say("contact-address-comuna"), person.address_comuna);
    if (Object.keys(others(person)).length > 0) {
      await windows.press(windows.css("main summary"));
      await tells(others(person));
    }
    await look("contact");
    await go();
  }
  await windows.css(`[data-value=${who}]`);
  await look("who");
  await windows.press(windows.css(`[data-value=${who}]`));
  if (who === "organisation") {
    const { name, rut, role } = draft.organisation;
    await tells({ "field-organisation": name, "field-organisation-rut": rut, "field-role": role });
    await look("organisation");
    await go();
  }
  if (who === "behalf") {
    const { name, relation, social_name: social } = draft.affected;
    await tells({ "field-affected-name": name, "field-relation": relation, "field-social-name": social });
    await look("affected");
    await go();
  }
  if (who !== "anonymous") {
    await tells({ "field-name": person.name, "field-social-name": person.social_name });
    await look("name");
    await go();
  }
  if (["self", "behalf"].includes(who)) {
    const { type, number, country } = person.document ?? { type: "none" };
    await windows.press(windows.css(`input[value=${type}]`));
    await tells({ "field-document-number": number });
    await from("field-document-country", country);
    await look("document");
    await go();
    if (isForeign(person.document)) {
      await windows.labelled(say("residence-label"));
      await from("residence-label", person.country_of_residence);
      await look("residence");
      await go();
    }
  }
  await windows.button(say("review-send"));
  await look("review");
  await press("review-send");
  await windows.sees(say("receipt-saved"));
  await look("receipt");
  return { folio: await windows.text("[data-folio]"), code: await windows.text("[data-code]") };
}

/** The citizen is done: the next one's window is there when this returns. */
export async function citizenEnds(windows, language = "es-CL") {
  const mine = await windows.get("window");
  await windows.press(windows.button(text(language, "receipt-finish")));
  await windows.pressLast(windows.button(text(language, "finish-yes")));
  await windows.turnToAnother("citizen", mine);
}

/** `2026-11-05T09:40:00-03:00` as somebody copies it from a paper form. */
const asWritten = (rfc3339) => rfc3339.replace(/^(\d+)-(\d+)-(\d+)T(\d+:\d+).*$/, "$3/$2/$1 $4");

/** A document on the team's page: its type, its number and its country. */
async function takesDocument(windows, { type, number, country }, group) {
  const within = group ? `//fieldset[legend[normalize-space(.)=${JSON.stringify(group)}]]` : "";
  await windows.press(windows.find("xpath", `${within}//option[@value='${type}']`));
  await writes(windows, { Número: number }, group);
  await takesCountry(windows, "País que lo emitió", country, { group });
}

/** What the team's page asks for under "more", where a draft says any of it or the form before has left something. */
async function staffTellsMore(windows, draft) {
  const { person, affected, organisation, assisted_by: by } = draft;
  const document = organisation && person?.document;
  const told = [person?.country_of_residence, by, affected?.social_name, affected?.document, document, ...Object.keys(others(person ?? {}))];
  const left = await windows.run("return document.querySelector('main summary .filled') !== null");
  if (!left && !told.some(Boolean)) return;
  await windows.press(windows.css("main details:not([open]) summary"));
  for (const [key, value] of Object.entries(others(person ?? {}))) await writes(windows, { [text("es-CL", key)]: value });
  await writes(windows, { "Atendido por": by ?? "" });
  await takesCountry(windows, "País donde vive", person?.country_of_residence);
  if (document) await takesDocument(windows, document, "Representante");
  if (affected?.social_name) await writes(windows, { "Nombre social": affected.social_name }, "Persona afectada");
  if (affected?.document) await takesDocument(windows, affected.document, "Persona afectada");
}

/** Fills in the team's page and files it; gives back the folio. `look` is called once all is filled in. */
export async function staffFiles(windows, draft, look = async () => {}) {
  const check = (words) => windows.press(windows.find("xpath", `//label[normalize-space(.)=${JSON.stringify(words)}]/input`));
  const person = draft.person ?? {};
  const way = person.answer_by ?? "ninguno";
  const files = draft.organisation ? "organisation" : person.name || person.social_name || person.document ? "named" : "anonymous";
  await windows.press(windows.css(`input[value=${draft.kind}]`));
  await writes(windows, { "Qué cuenta la persona": draft.text, Tema: draft.topic ?? "" });
  await takesComuna(windows, "Comuna", draft.comuna);
  await windows.paste(windows.labelled("Localidad o sector"), draft.locality ?? "");
  await windows.press(windows.css(`input[value=${files}]`));
  if (draft.organisation) {
    const { name, rut, role } = draft.organisation;
    await writes(windows, { "Nombre de la organización": name, "RUT de la organización": rut, "Cargo o rol": role });
  }
  if (files !== "anonymous") await writes(windows, { "Nombre y apellidos": person.name, "Nombre social": person.social_name });
  if (person.document && !draft.organisation) await takesDocument(windows, person.document);
  if (draft.affected) {
    await check("La presenta por otra persona");
    await writes(windows, { "Nombre de la persona afectada": draft.affected.name, "Relación con esa persona": draft.affected.relation });
  }
  await windows.press(windows.css(`input[value=${way}]`));
  if (DATA[way]) await writes(windows, { [text("es-CL", LABELS[DATA[way]])]: person[DATA[way]] });
  await staffTellsMore(windows, draft);
  if (person.address_comuna) await takesComuna(windows, "Comuna de esa dirección", person.address_comuna);
  if (draft.captured_at) await writes(windows, { "Si es papel, su fecha": asWritten(draft.captured_at) });
  await check("La persona escuchó el aviso de privacidad");
  await check("La persona confirma que es su voluntad");
  await look();
  await windows.press(windows.css("[role=form] button[type=submit]"));
  await windows.sees("Quedó guardada");
  return windows.text("[data-folio]");
}
