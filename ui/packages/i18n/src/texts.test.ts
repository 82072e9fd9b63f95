// Both languages say the same, nothing is said twice, and Spanish keeps to the State's twenty words a sentence.
import { describe, expect, it } from "vitest";
import { files } from "./files.ts";
import { bytes, count, date, time } from "./format.ts";
import { pluralOf, withPlurals } from "./plural.ts";
import { setLanguage, t } from "./texts.svelte.ts";

const raw = import.meta.glob<string>(
  ["../locales/es-CL/*.ftl", "../../../../crates/texts/locales/es-CL/*.ftl"],
  { query: "?raw", import: "default", eager: true },
);
const messages = (language: "es-CL" | "en") => files(language).flatMap((read) => read());
const variables = (value: unknown) =>
  [...JSON.stringify(value).matchAll(/"type":"var","name":"(\w+)"/g)].map((m) => m[1]).sort();

describe("sentences", () => {
  it("exist in both languages with the same variables, each once", () => {
    const shape = (language: "es-CL" | "en") =>
      messages(language)
        .map((message) => `${message.id} ${variables(message.value).join(" ")}`.trim())
        .sort();
    expect(shape("en")).toEqual(shape("es-CL"));
    expect(new Set(shape("es-CL")).size).toBe(shape("es-CL").length);
  });

  it("stand on their own, since a file is read only when one of its sentences is needed", () => {
    for (const language of ["es-CL", "en"] as const)
      expect(JSON.stringify(messages(language))).not.toMatch(/"type":"(mesg|term)"/);
  });

  it("have twenty words at most in Spanish", () => {
    const long = Object.values(raw)
      .flatMap((text) => text.split("\n"))
      .filter((line) => /^[a-z]/.test(line))
      .flatMap((line) => line.slice(line.indexOf("=") + 1).split(/[.:;!?](?:\s|$)/))
      .filter((sentence) => sentence.trim().split(/\s+/).length > 20);
    expect(long).toEqual([]);
  });
});

describe("one and many", () => {
  it.each([
    ["es-CL", 1, "Te queda 1 letra"],
    ["es-CL", 0, "Te quedan 0 letras"],
    ["es-CL", 3908, "Te quedan 3.908 letras"],
    ["en", 1, "1 letter left"],
    ["en", 2, "2 letters left"],
  ] as const)("%s %i", (language, left, expected) => {
    setLanguage(language);
    expect(new Intl.PluralRules(language).select(left)).toBe(withPlurals({ left })[pluralOf("left")]);
    expect(t("text-left", { left, count: count(left, language) })).toBe(expected);
  });
});

describe("formats", () => {
  it("writes what the style guide asks for", () => {
    expect(date("2026-11-21T10:32:05-03:00")).toBe("21/11/2026");
    expect(time("2026-11-21T10:32:05-03:00")).toBe("10:32");
    expect(date("pronto")).toBe("");
    expect([count(3908, "es-CL"), count(3908, "en")]).toEqual(["3.908", "3,908"]);
    expect([
      bytes(0, "es-CL"),
      bytes(999, "es-CL"),
      bytes(1000, "es-CL"),
      bytes(19_400, "es-CL"),
      bytes(2_540_000, "en"),
      bytes(999_400_000, "es-CL"),
      bytes(1e9, "es-CL"),
      bytes(44_066_000_000, "es-CL"),
    ]).toEqual([
      "0\u00a0B",
      "999\u00a0B",
      "1\u00a0kB",
      "19\u00a0kB",
      "2.5\u00a0MB",
      "999\u00a0MB",
      "1\u00a0GB",
      "44\u00a0GB",
    ]);
  });
});
