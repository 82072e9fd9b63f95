// What a person may type wrong is named.
import { describe, expect, it } from "vitest";
import { NAME_CHARS_MAX, problems, TEXT_CHARS_MAX, textProblems } from "./check.ts";
import { bracketed } from "./fixture.ts";
import { isDrawn } from "./letters.ts";
import type { Block, Person } from "./pack.ts";

const CHOICE = "{ $n ->\n    [one] Queda { $n }\n   *[other] Quedan { $n }\n}";
const EXACT = "{ $n ->\n    [0] Ahora\n   *[other] En { $n }\n}";

describe("a text", () => {
  it.each([
    ["Hola", "[Hola]", ""],
    ["Hola { $name }", "{ $name }!", ""],
    ["Hola { $name }", "Mari mari", "falta «{ $name }»"],
    ["Hola", "{ $name }", "el español no tiene «{ $name }»"],
    ["Hola { $name }", "Mari { name }", "falta «{ $name }», entre llaves va solo un nombre con $"],
    ["Hola", "{ $name", "no se entiende: revisa las llaves { } y los corchetes [ ]"],
    ["Hola", "x\ny = z", ""],
    ["Hola", "x\n.y = z", "no se entiende: revisa las llaves { } y los corchetes [ ]"],
    ["Hola", '{ NUMBER("1") }', "entre llaves va solo un nombre con $"],
    ["Hola", "{ help }", "entre llaves va solo un nombre con $"],
    ["Hola", '{ " " }', "no dice nada"],
    ["Hola", "ḵ ŋ ʻ ꞌ ṉ", ""],
    ["Hola", "щ → x", "nuestras letras no dibujan «щ», «→»"],
    ["Hola", "a\u200bb", "tiene un carácter invisible"],
    ["Hola", "**x**", "el español no tiene marcas **"],
    ["**Hola**", "**x", "las marcas ** van de a dos"],
    ["**Hola**", "x", ""],
    [CHOICE, "{ $n ->\n   *[other] { $n } x\n}", ""],
    [CHOICE, "{ $n } x", "falta la elección por «$n»"],
    [CHOICE, "{ $n ->\n    [few] x\n   *[other] { $n }\n}", "la elección por $n no conoce «few»"],
    ["{ $n }", CHOICE, "el español no elige por «$n»"],
    [EXACT, "{ $n ->\n    [0] x\n   *[other] { $n }\n}", ""],
    [EXACT, "{ $n ->\n   *[other] { $n }\n}", "la elección por $n no tiene «0»"],
    ["Hola", "x".repeat(TEXT_CHARS_MAX), ""],
    ["Hola", "x".repeat(TEXT_CHARS_MAX + 1), `tiene más de ${TEXT_CHARS_MAX} letras`],
  ])("for %j may be %j: %s", (spanish, text, expected) =>
    expect(textProblems(text, spanish, isDrawn).join(", ")).toBe(expected),
  );
});

const good = bracketed(new Map([["help", "Pedir ayuda"]]));
function withBlock(fields: Partial<Block>): string[] {
  const textos = new Map(good.textos).set("help", { ...good.textos.get("help")!, ...fields });
  return problems({ ...good, textos }, isDrawn).map(({ where, what }) => `${where}: ${what}`);
}

describe("a signature", () => {
  it.each<[Partial<Block>, string[]]>([
    [{}, []],
    [{ texto: "", tradujo: "", reviso: "" }, []],
    [{ reviso: "" }, []],
    [{ reviso: "r" }, ["help: «reviso» lleva una clave y un día: clave AAAA-MM-DD"]],
    [{ reviso: "nadie 2026-11-21" }, ["help: «nadie» no está en [personas]"]],
    [{ reviso: "t 2026-11-21" }, ["help: nadie revisa su propia traducción"]],
    [{ reviso: "r 2026-11-19" }, ["help: la revisión es anterior a la traducción"]],
    [{ reviso: "r 2026-11-20" }, []],
    [{ tradujo: "" }, ["help: falta quién tradujo"]],
    [{ texto: "", reviso: "" }, ["help: hay una firma y no hay texto"]],
  ])("%j", (fields, expected) => expect(withBlock(fields)).toEqual(expected));
});

describe("a person", () => {
  it.each<[string, Person, string[]]>([
    ["x", { nombre: "Otra", rol: "" }, []],
    ["x", { nombre: "", rol: "" }, ["personas.x: falta el nombre"]],
    ["x", { nombre: "[quién TRADUCE]", rol: "" }, ["personas.x: tiene el mismo nombre que «t»"]],
    ["x y", { nombre: "Otra", rol: "" }, ["personas.x y: la clave no lleva espacios"]],
    ["x", { nombre: "Otra", rol: "{ $x }" }, ["personas.x: va en una línea y sin llaves { }"]],
    ["x", { nombre: "щ", rol: "" }, ["personas.x: nuestras letras no dibujan «щ»"]],
    ["x", { nombre: "x".repeat(NAME_CHARS_MAX), rol: "" }, []],
    [
      "x",
      { nombre: "x".repeat(NAME_CHARS_MAX + 1), rol: "" },
      [`personas.x: tiene más de ${NAME_CHARS_MAX} letras`],
    ],
  ])("%j %j", (key, person, expected) => {
    const personas = new Map(good.personas).set(key, person);
    const found = problems({ ...good, personas }, isDrawn).map(({ where, what }) => `${where}: ${what}`);
    expect(found).toEqual(expected);
  });
});
