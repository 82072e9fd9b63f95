// How a person tells the windows what a draft of the first schema says: question by question, or on the team's page.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./programs.mjs";

const table = readFileSync(join(root, "crates/domain/src/territory/table.rs"), "utf8");
const comunas = new Map([...table.matchAll(/\("(\d{5})", "([^"]+)"\)/g)].map(([, code, name]) => [code, name]));

/** Writes a comuna's name and takes it from the list. */
async function takesComuna(windows, label, code) {
  const name = comunas.get(code);
  await windows.paste(windows.labelled(label), name);
  await windows.press(windows.find("xpath", `//ul[@role='listbox' and not(@hidden)]/li[span[1]=${JSON.stringify(name)}]`));
}

async function writes(windows, fields) {
  for (const [label, value] of Object.entries(fields)) if (value !== undefined) await windows.paste(windows.labelled(label), value);
}

/** Whose request it is, as the citizen's question has it. */
export function whoFiles(draft) {
  if (draft.organisation) return "organisation";
  if (draft.affected) return "behalf";
  return draft.person?.name || draft.person?.social_name ? "self" : "anonymous";
}

/**
 * Goes the citizen's whole way in Spanish, from the start to the receipt; `look` is called on each screen with its
 * name, once what belongs there is filled in.
 */
export async function citizenFiles(windows, draft, look = async () => {}) {
  const go = () => windows.press(windows.button("Continuar"));
  const person = draft.person ?? {};
  const way = person.answer_by ?? "ninguno";
  const who = whoFiles(draft);
  await windows.css("#begin");
  await look("start");
  await windows.press(windows.css("#begin"));
  await windows.button("Leí el aviso y continúo");
  await look("notice");
  await windows.press(windows.button("Leí el aviso y continúo"));
  await windows.css(`[data-value=${draft.kind}]`);
  await look("kind");
  await windows.press(windows.css(`[data-value=${draft.kind}]`));
  await writes(windows, { "Tu solicitud": draft.text });
  await look("text");
  await go();
  await takesComuna(windows, "Comuna", draft.comuna);
  await windows.paste(windows.labelled("Localidad o sector"), draft.locality ?? "");
  await look("place");
  await go();
  await windows.css(`[data-value=${way}]`);
  await look("answer");
  await windows.press(windows.css(`[data-value=${way}]`));
  if (["correo", "telefono", "carta"].includes(way)) {
    const field = { correo: "Correo electrónico", telefono: "Teléfono", carta: "Dirección" }[way];
    await writes(windows, { [field]: person[{ correo: "email", telefono: "phone", carta: "address" }[way]] });
    if (person.address_comuna) await takesComuna(windows, "Comuna de esa dirección", person.address_comuna);
    await look("contact");
    await go();
  }
  await windows.css(`[data-value=${who}]`);
  await look("who");
  await windows.press(windows.css(`[data-value=${who}]`));
  if (who === "organisation") {
    const { name, rut, role } = draft.organisation;
    await writes(windows, { "Nombre de la organización": name, "RUT de la organización": rut, "Tu cargo o rol": role });
    await look("organisation");
    await go();
  }
  if (who === "behalf") {
    const { name, relation, social_name: social } = draft.affected;
    await writes(windows, { "Nombre de la persona afectada": name, "Qué eres de esa persona": relation, "Nombre social": social });
    await look("affected");
    await go();
  }
  if (who !== "anonymous") {
    await writes(windows, { "Nombre y apellidos": person.name, "Nombre social": person.social_name });
    await look("name");
    await go();
  }
  if (["self", "behalf"].includes(who)) {
    const { type, number, country } = person.document ?? { type: "none" };
    await windows.press(windows.css(`input[value=${type}]`));
    await writes(windows, { "Número del documento": number, "País que lo emitió": country });
    await look("document");
    await go();
  }
  await windows.button("Enviar");
  await look("review");
  await windows.press(windows.button("Enviar"));
  await windows.sees("Quedó guardada");
  await look("receipt");
  return { folio: await windows.text("[data-folio]"), code: await windows.text("[data-code]") };
}

/** The citizen is done: the next one's window is there when this returns. */
export async function citizenEnds(windows) {
  const mine = await windows.get("window");
  await windows.press(windows.button("Terminar"));
  await windows.pressLast(windows.button("Sí, terminar"));
  await windows.turnToAnother("citizen", mine);
}

/** `2026-11-05T09:40:00-03:00` as somebody copies it from a paper form. */
const asWritten = (rfc3339) => rfc3339.replace(/^(\d+)-(\d+)-(\d+)T(\d+:\d+).*$/, "$3/$2/$1 $4");

/** Fills in the team's page and files it; gives back the folio. */
export async function staffFiles(windows, draft) {
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
    await writes(windows, { "Nombre de la organización": name, "RUT de la organización": rut, "Tu cargo o rol": role });
  }
  if (files !== "anonymous") await writes(windows, { "Nombre y apellidos": person.name, "Nombre social": person.social_name });
  if (person.document) {
    const { type, number, country } = person.document;
    await windows.press(windows.find("xpath", `//option[@value='${type}']`));
    await writes(windows, { Número: number, "País que lo emitió": country });
  }
  if (draft.affected) {
    await check("La presenta por otra persona");
    await writes(windows, { "Nombre de la persona afectada": draft.affected.name, "Qué eres de esa persona": draft.affected.relation });
  }
  await windows.press(windows.css(`input[value=${way}]`));
  const label = { telefono: "Teléfono", correo: "Correo", carta: "Dirección" }[way];
  if (label) await writes(windows, { [label]: person.phone ?? person.email ?? person.address });
  if (person.address_comuna) await takesComuna(windows, "Comuna de esa dirección", person.address_comuna);
  if (draft.captured_at) await writes(windows, { "Si es papel, su fecha": asWritten(draft.captured_at) });
  await check("La persona escuchó el aviso de privacidad");
  await check("La persona confirma que es su voluntad");
  await windows.press(windows.css("form button[type=submit]"));
  await windows.sees("Quedó guardada");
  return windows.text("[data-folio]");
}
