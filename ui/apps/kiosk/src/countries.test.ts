// Countries are found by what people write, in the window's language, and filed by their code.
import { setLanguage } from "@oirs/i18n";
import { beforeEach, describe, expect, it } from "vitest";
import { countries } from "./countries.ts";

const found = async (query: string) => (await countries.search(query)).map(({ code }) => code);

describe("countries", () => {
  beforeEach(() => setLanguage("es-CL"));

  it.each([
    ["peru", ["PE"]],
    ["PERÚ", ["PE"]],
    ["chi", ["CL", "CN", "CY"]],
    ["unidos", ["AE", "US"]],
    ["  boliv", ["BO"]],
    ["ht", ["HT"]],
    ["", []],
    ["xyz", []],
  ])("%j", async (query, expected) => {
    expect(await found(query)).toEqual(expect.arrayContaining(expected));
    if (expected.length === 0) expect(await found(query)).toEqual([]);
    else expect((await found(query))[0]).toBe(expected[0]);
  });

  it("come first by name: the letters of a code are a name's as well", async () => {
    const all = await found("ch");
    expect([all[0], all.at(-1)]).toEqual(["TD", "CH"]);
  });

  it("are called as in the window's language", async () => {
    expect(countries.of("DE")?.name).toBe("Alemania");
    setLanguage("en");
    expect(countries.of("de")?.name).toBe("Germany");
    expect((await found("germ"))[0]).toBe("DE");
  });

  it("keep what names none as it was written", () => {
    expect(countries.of("Boliv")).toEqual({ code: "Boliv", name: "Boliv", region: "" });
    expect(countries.of("")).toBeNull();
  });
});
