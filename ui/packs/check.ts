// What may stand in a pack: what a person typed wrong is named here, sentence by sentence, before anybody reads it on a
// screen. Everything is said in Spanish, since it is said to speakers.
import { parse, type Expression, type Pattern } from "@fluent/syntax";
import type { Block, Pack, Person } from "./pack.ts";
import { signature } from "./review.ts";

/** Something wrong with a pack. */
export interface Problem {
  /** The sentence's key, or the part of the file. */
  where: string;
  what: string;
}

/** Characters of a text: twice the longest Spanish one and some more. */
export const TEXT_CHARS_MAX = 400;
/** As it stands on the screen, with all others of the pack. */
export const NAME_CHARS_MAX = 80;

/** What a text asks for besides its own words. */
interface Needs {
  variables: Set<string>;
  /** Variables that it chooses by, each with the exact values that it knows. */
  choices: Map<string, Set<string>>;
  /** What no text may do: name another sentence, call a function. */
  strange: string[];
  /** The words themselves. */
  words: string;
}

function inExpression(expression: Expression, needs: Needs): void {
  if (expression.type === "VariableReference") needs.variables.add(expression.id.name);
  else if (expression.type === "StringLiteral") needs.words += expression.parse().value;
  else if (expression.type === "SelectExpression") {
    const { selector } = expression;
    if (selector.type === "VariableReference") {
      // Exact values are names of the program's; `one` and `other` are grammar.
      const exact = expression.variants
        .map(({ key }) => (key.type === "NumberLiteral" ? key.value : key.name))
        .filter((name) => !["one", "other"].includes(name));
      needs.choices.set(
        selector.id.name,
        new Set([...(needs.choices.get(selector.id.name) ?? []), ...exact]),
      );
    } else inExpression(selector as Expression, needs);
    for (const variant of expression.variants) inPattern(variant.value, needs);
  } else needs.strange.push(expression.type);
}

function inPattern(pattern: Pattern, needs: Needs): void {
  for (const element of pattern.elements)
    if (element.type === "TextElement") needs.words += element.value;
    else if (element.expression.type === "Placeable") needs.strange.push("Placeable");
    else inExpression(element.expression, needs);
}

/** A text as the message of its key: its later lines stand in from the margin. */
export const message = (key: string, text: string) => `${key} = ${text.replaceAll("\n", "\n    ")}\n`;

/** What a text needs; null where Fluent doesn't understand it. */
export function needs(text: string): Needs | null {
  const { body } = parse(message("x", text), { withSpans: false });
  const [entry] = body;
  if (body.length !== 1 || entry?.type !== "Message" || !entry.value || entry.attributes.length > 0)
    return null;
  const found: Needs = { variables: new Set(), choices: new Map(), strange: [], words: "" };
  inPattern(entry.value, found);
  return found;
}

const list = (names: Iterable<string>) => [...names].map((name) => `«${name}»`).join(", ");
const missing = (all: Iterable<string>, from: { has: (name: string) => boolean }) =>
  [...all].filter((name) => !from.has(name));

/** What is wrong with a text, against its Spanish. */
export function textProblems(texto: string, espanol: string, isDrawn: (letter: string) => boolean): string[] {
  const [text, spanish] = [needs(texto), needs(espanol)];
  if (!text || !spanish) return ["no se entiende: revisa las llaves { } y los corchetes [ ]"];
  const out: string[] = [];
  const absent = missing(spanish.variables, text.variables);
  const strange = missing(text.variables, spanish.variables);
  const unchosen = missing(spanish.choices.keys(), text.choices);
  const unasked = missing(text.choices.keys(), spanish.choices);
  if (absent.length > 0) out.push(`falta ${list(absent.map((name) => `{ $${name} }`))}`);
  if (strange.length > 0) out.push(`el español no tiene ${list(strange.map((name) => `{ $${name} }`))}`);
  if (unchosen.length > 0) out.push(`falta la elección por ${list(unchosen.map((name) => `$${name}`))}`);
  if (unasked.length > 0) out.push(`el español no elige por ${list(unasked.map((name) => `$${name}`))}`);
  for (const [name, exact] of spanish.choices) {
    const values = text.choices.get(name);
    if (values && missing(exact, values).length > 0)
      out.push(`la elección por $${name} no tiene ${list(missing(exact, values))}`);
    if (values && missing(values, exact).length > 0)
      out.push(`la elección por $${name} no conoce ${list(missing(values, exact))}`);
  }
  if (text.strange.length > 0) out.push("entre llaves va solo un nombre con $");
  else if (text.words.trim() === "" && text.variables.size === 0) out.push("no dice nada");
  const letters = new Set([...text.words].filter((letter) => letter !== "\n" && !isDrawn(letter)));
  if (letters.size > 0) out.push(`nuestras letras no dibujan ${list(letters)}`);
  if (/[\p{Cc}\p{Cf}]/u.test(text.words.replaceAll("\n", ""))) out.push("tiene un carácter invisible");
  const bold = (words: string) => words.split("**").length - 1;
  if (bold(text.words) % 2 !== 0) out.push("las marcas ** van de a dos");
  if (bold(spanish.words) === 0 && bold(text.words) > 0) out.push("el español no tiene marcas **");
  if ([...texto].length > TEXT_CHARS_MAX) out.push(`tiene más de ${TEXT_CHARS_MAX} letras`);
  return out;
}

function signatureProblems(one: Block, people: ReadonlyMap<string, Person>): string[] {
  const out: string[] = [];
  for (const [field, text] of [
    ["tradujo", one.tradujo],
    ["reviso", one.reviso],
  ] as const) {
    if (text === "") continue;
    const signed = signature(text);
    if (!signed) out.push(`«${field}» lleva una clave y un día: clave AAAA-MM-DD`);
    else if (!people.has(signed.who)) out.push(`«${signed.who}» no está en [personas]`);
  }
  const [of, by] = [signature(one.tradujo), signature(one.reviso)];
  if (one.texto === "" && (one.tradujo !== "" || one.reviso !== "")) out.push("hay una firma y no hay texto");
  if (one.texto !== "" && one.tradujo === "") out.push("falta quién tradujo");
  if (of && by && of.who === by.who) out.push("nadie revisa su propia traducción");
  if (of && by && by.day < of.day) out.push("la revisión es anterior a la traducción");
  return out;
}

const folded = (name: string) =>
  name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ");

function peopleProblems(
  people: ReadonlyMap<string, Person>,
  isDrawn: (letter: string) => boolean,
): Problem[] {
  const out: Problem[] = [];
  const seen = new Map<string, string>();
  for (const [key, { nombre, rol }] of people) {
    const say = (what: string) => out.push({ where: `personas.${key}`, what });
    // Two keys of one person would let somebody review their own words.
    const same = seen.get(folded(nombre));
    if (nombre === "") say("falta el nombre");
    else if (same) say(`tiene el mismo nombre que «${same}»`);
    seen.set(folded(nombre), key);
    if (/\s/.test(key)) say("la clave no lleva espacios");
    for (const words of [nombre, rol]) {
      if ([...words].length > NAME_CHARS_MAX) say(`tiene más de ${NAME_CHARS_MAX} letras`);
      const letters = [...new Set(words)].filter((letter) => !isDrawn(letter));
      if (letters.length > 0) say(`nuestras letras no dibujan ${list(letters)}`);
      if (/[{}\n]/.test(words)) say("va en una línea y sin llaves { }");
    }
  }
  return out;
}

/** Everything wrong with a pack. What is only missing is no problem. */
export function problems(pack: Pack, isDrawn: (letter: string) => boolean): Problem[] {
  const inTexts = [...pack.textos].flatMap(([where, one]) =>
    [
      ...(one.texto === "" ? [] : textProblems(one.texto, one.espanol, isDrawn)),
      ...signatureProblems(one, pack.personas),
    ].map((what) => ({ where, what })),
  );
  return [...peopleProblems(pack.personas, isDrawn), ...inTexts];
}
