// A pack as speakers leave it is read, and what the program writes loses nothing of theirs.
import { describe, expect, it } from "vitest";
import { bracketed } from "./fixture.ts";
import { comments, FILE_BYTES_MAX, readPack, writePack } from "./pack.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const pack = bracketed(
  new Map([
    ["help", "Pedir ayuda"],
    ["text-left", "{ $left ->\n    [one] Te queda { $count }\n   *[other] Te quedan { $count }\n}"],
  ]),
);
const written = writePack(pack);

describe("a file", () => {
  it("gives the same pack back, and the same bytes", () => {
    expect(readPack(bytes(written))).toEqual(pack);
    expect(writePack(readPack(bytes(written)))).toBe(written);
  });

  it.each([
    ["Windows' line ends", written.replaceAll("\n", "\r\n")],
    ["a mark in front", `\ufeff${written}`],
    ["letters in two signs", written.normalize("NFD")],
    ["spaces around", written.replace("[Pedir ayuda]", "  [Pedir ayuda] ")],
    ["single quotes", written.replace('"[Pedir ayuda]"', "'[Pedir ayuda]'")],
    ["lines of another order", written.replace(/(tradujo = .*)\n(reviso = .*)/, "$2\n$1")],
  ])("is read with %s", (_, text) => expect(writePack(readPack(bytes(text)))).toBe(written));

  it.each([
    ['q "comillas" \\ y más', "quotation marks"],
    ["una\n'''dos'''", "three of them"],
    ["\u007f\u0001", "signs that nobody sees"],
    ["ṉ ŋ ʻ ā", "letters of the country"],
  ])("keeps %s", (texto) => {
    const one = { ...pack, textos: new Map(pack.textos) };
    one.textos.set("help", { ...pack.textos.get("help")!, texto });
    expect(readPack(bytes(writePack(one))).textos.get("help")?.texto).toBe(texto);
  });
});

describe("what would be lost or misread is refused by name", () => {
  it.each([
    [
      "a comment",
      written.replace("[textos.help]", "# mejor así\n[textos.help]"),
      "línea 23: los comentarios",
    ],
    ["a comment behind a text", written.replace('"[Pedir ayuda]"', '"[Pedir ayuda]" # ¿sí?'), "# ¿sí?"],
    [
      "a field of its own",
      written.replace("[textos.help]", '[textos.help]\nautor = "x"'),
      "«autor», que no existe",
    ],
    ["a section of its own", `${written}\n[otros]\n`, "«otros», que no existe"],
    ["a text without its end", written.replace('"[Pedir ayuda]"', '"[Pedir ayuda]'), "no se entiende"],
    ["a number for a text", written.replace('"[Pedir ayuda]"', "12"), "va entre comillas"],
    ["a key twice", `${written}\n[textos.help]\ntexto = ""\n`, "no se entiende"],
    ["a text for a section", 'paquete = "arn"', "debe ser una sección"],
  ])("%s", (_, text, message) => expect(() => readPack(bytes(text))).toThrow(message));

  it("another encoding", () =>
    expect(() => readPack(Uint8Array.of(0x23, 0x20, 0xf1, 0x0a))).toThrow("no está en UTF-8"));

  it("a file that nobody typed", () => {
    const filled = (size: number) => bytes(`[personas]\n${"\n".repeat(size - 11)}`);
    expect(readPack(filled(FILE_BYTES_MAX)).textos.size).toBe(0);
    expect(() => readPack(filled(FILE_BYTES_MAX + 1))).toThrow("pesa más");
  });
});

describe("a comment", () => {
  it("is found beside every kind of string", () => {
    const text = `a = "no # no" # uno\nb = 'no # no'\nc = """\nno # no\n\\""" # no\n"""\nd = '''\n# no\n''' # dos\n`;
    expect(comments(text)).toEqual([
      [1, "# uno"],
      [9, "# dos"],
    ]);
  });
});
