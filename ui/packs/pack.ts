// A pack as a file: one language, its people, and a block for each sentence. Speakers read and write it in a plain editor,
// so its words are Spanish and its form is TOML; every line that is not theirs is written by the program. What the
// program can't keep (a comment, a field that it doesn't know) is refused by line instead of being lost.
import { parse, TomlError } from "smol-toml";

/** How far a sentence is. Derived, never decided: `review.ts` says from what. */
export type State = "vacío" | "traducido" | "revisado" | "cambió el español";

/** Somebody who translates or reviews, as they want to be shown. */
export interface Person {
  nombre: string;
  rol: string;
}

/** A sentence. `tradujo` and `reviso` hold a key of `personas` and a day: `clave AAAA-MM-DD`. */
export interface Block {
  espanol: string;
  /** The Spanish that the text was made from, where that has changed since. */
  espanol_antes: string;
  texto: string;
  tradujo: string;
  reviso: string;
  /** Reviews of an earlier wording, oldest first. */
  reviso_antes: string[];
  nota: string;
  estado: State;
  /** Fingerprints of what was reviewed and of who did, so that a later change of the text is noticed. */
  sello: string;
}

export interface Pack {
  /** BCP 47. */
  idioma: string;
  /** Its name in Spanish, for those who look after the packs. */
  nombre: string;
  /** Which of a language's alphabets the pack is written in: its speakers say. */
  alfabeto: string;
  personas: Map<string, Person>;
  textos: Map<string, Block>;
  /** Sentences that the product no longer shows, with what was done for them. */
  retirados: Map<string, Block>;
}

/** A file that can't be read whole. Its message is for the person who edits it. */
export class PackError extends Error {}

export const emptyBlock = (espanol: string): Block => ({
  espanol,
  espanol_antes: "",
  texto: "",
  tradujo: "",
  reviso: "",
  reviso_antes: [],
  nota: "",
  estado: "vacío",
  sello: "",
});

/** A file is read up to this size: ten times a full pack. */
export const FILE_BYTES_MAX = 2_000_000;
const BLOCK_FIELDS = Object.keys(emptyBlock("")) as (keyof Block)[];

const HEAD = (nombre: string) => [
  `# ${nombre}`,
  "# Cómo se llena este archivo: docs/manual/idiomas.md",
  "# Aquí no se escriben comentarios: para eso está «nota».",
];
const PEOPLE = ['# Quienes traducen y revisan, tal como quieren aparecer: clave = { nombre = "", rol = "" }'];
const RETIRED = ["# Textos que el programa ya no muestra. Se guardan por si vuelven."];
/** The comments that the program itself writes. */
const ours = (nombre: string) => [...HEAD(nombre), ...PEOPLE, ...RETIRED];

/** The comments of a TOML text with their lines, from 1. Strings may hold the sign too, so they are walked over. */
export function comments(text: string): [line: number, comment: string][] {
  const found: [number, string][] = [];
  const token = /"""(?:[^\\]|\\[^])*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*/g;
  for (const match of text.matchAll(token))
    if (match[0].startsWith("#"))
      found.push([text.slice(0, match.index).split("\n").length, match[0].trimEnd()]);
  return found;
}

type Table = Record<string, unknown>;
const isTable = (value: unknown): value is Table =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);

function table(value: unknown, where: string): Table {
  if (value === undefined) return {};
  if (!isTable(value)) throw new PackError(`«${where}» debe ser una sección, como en los demás paquetes.`);
  return value;
}

/** One way to write a letter with its accent, one way to end a line, and nothing around. */
export const normal = (text: string): string => text.normalize("NFC").replaceAll("\r\n", "\n").trim();

function words(value: unknown, where: string): string {
  if (value === undefined) return "";
  if (typeof value !== "string") throw new PackError(`«${where}» va entre comillas.`);
  return normal(value);
}

function only(found: Table, fields: readonly string[], where: string): void {
  const strange = Object.keys(found).find((name) => !fields.includes(name));
  if (strange !== undefined)
    throw new PackError(
      `«${where}» tiene «${strange}», que no existe. Los campos son: ${fields.join(", ")}.`,
    );
}

function block(value: unknown, where: string): Block {
  const found = table(value, where);
  only(found, BLOCK_FIELDS, where);
  const before = found.reviso_antes ?? [];
  if (!Array.isArray(before)) throw new PackError(`«${where}»: «reviso_antes» es una lista.`);
  const text = (name: string) => words(found[name], `${where}.${name}`);
  return {
    espanol: text("espanol"),
    espanol_antes: text("espanol_antes"),
    texto: text("texto"),
    tradujo: text("tradujo"),
    reviso: text("reviso"),
    reviso_antes: before.map((one) => words(one, `${where}.reviso_antes`)),
    nota: text("nota"),
    estado: text("estado") as State,
    sello: text("sello"),
  };
}

function blocks(value: unknown, where: string): Map<string, Block> {
  return new Map(
    Object.entries(table(value, where)).map(([key, one]) => [key, block(one, `${where}.${key}`)]),
  );
}

function toml(text: string): Table {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new PackError(
      `línea ${error.line}, columna ${error.column}: no se entiende. ` +
        `Revisa que cada texto empiece y termine con comillas.\n${error.codeblock}`,
    );
  }
}

/** Reads a file. What was typed is taken with either kind of line end, and with or without the mark that some editors
 * put in front. */
export function readPack(bytes: Uint8Array): Pack {
  if (bytes.length > FILE_BYTES_MAX) throw new PackError(`El archivo pesa más de ${FILE_BYTES_MAX} bytes.`);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes).replaceAll("\r\n", "\n");
  } catch {
    throw new PackError("El archivo no está en UTF-8. Guárdalo con esa codificación.");
  }
  const found = toml(text);
  only(found, ["paquete", "personas", "textos", "retirados"], "el archivo");
  const head = table(found.paquete, "paquete");
  only(head, ["idioma", "nombre", "alfabeto"], "paquete");
  const written = ours(words(head.nombre, "paquete.nombre"));
  const strange = comments(text).find(([, comment]) => !written.includes(comment.normalize("NFC")));
  if (strange)
    throw new PackError(
      `línea ${strange[0]}: los comentarios se pierden. Escribe esto en «nota»: ${strange[1]}`,
    );
  const people = Object.entries(table(found.personas, "personas")).map(([key, value]): [string, Person] => {
    const where = `personas.${key}`;
    const person = table(value, where);
    only(person, ["nombre", "rol"], where);
    return [key, { nombre: words(person.nombre, `${where}.nombre`), rol: words(person.rol, `${where}.rol`) }];
  });
  return {
    idioma: words(head.idioma, "paquete.idioma"),
    nombre: words(head.nombre, "paquete.nombre"),
    alfabeto: words(head.alfabeto, "paquete.alfabeto"),
    personas: new Map(people),
    textos: blocks(found.textos, "textos"),
    retirados: blocks(found.retirados, "retirados"),
  };
}

/** A string of TOML: on one line, or as it is where it has several. */
function quoted(text: string): string {
  if (text.includes("\n") && !text.includes("'''")) return `'''\n${text}'''`;
  // A basic string escapes as JSON does, and one control character more.
  return JSON.stringify(text).replaceAll("\u007f", "\\u007F");
}

const keyed = (key: string) => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key));

function blockLines(section: string, key: string, one: Block): string[] {
  const line = (name: keyof Block) => `${name} = ${quoted(String(one[name]))}`;
  const some = (name: keyof Block) => (one[name] === "" ? [] : [line(name)]);
  return [
    "",
    `[${section}.${keyed(key)}]`,
    line("espanol"),
    ...some("espanol_antes"),
    line("texto"),
    line("tradujo"),
    line("reviso"),
    ...(one.reviso_antes.length > 0 ? [`reviso_antes = [${one.reviso_antes.map(quoted).join(", ")}]`] : []),
    ...some("nota"),
    line("estado"),
    ...some("sello"),
  ];
}

/** Writes a file: the same pack always gives the same bytes. */
export function writePack(pack: Pack): string {
  const people = [...pack.personas].map(
    ([key, { nombre, rol }]) => `${keyed(key)} = { nombre = ${quoted(nombre)}, rol = ${quoted(rol)} }`,
  );
  return [
    ...HEAD(pack.nombre),
    "",
    "[paquete]",
    `idioma = ${quoted(pack.idioma)}`,
    `nombre = ${quoted(pack.nombre)}`,
    `alfabeto = ${quoted(pack.alfabeto)}`,
    "",
    ...PEOPLE,
    "[personas]",
    ...people,
    ...[...pack.textos].flatMap(([key, one]) => blockLines("textos", key, one)),
    ...(pack.retirados.size > 0 ? ["", ...RETIRED] : []),
    ...[...pack.retirados].flatMap(([key, one]) => blockLines("retirados", key, one)),
    "",
  ].join("\n");
}
