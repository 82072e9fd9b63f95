// A review vouches for one wording of one Spanish sentence, and for nothing else.
import { describe, expect, it } from "vitest";
import { emptyBlock, type Block, type Pack } from "./pack.ts";
import { refreshed, refreshedBlock, signature } from "./review.ts";

const SPANISH = "Pedir ayuda";
const block = (fields: Partial<Block>): Block => ({ ...emptyBlock(SPANISH), ...fields });
const translated = { texto: "[x]", tradujo: "t 2026-11-20" };
const reviewed = refreshedBlock(block({ ...translated, reviso: "r 2026-11-21" }), SPANISH);

describe("a signature", () => {
  it.each([
    ["ana 2026-11-21", { who: "ana", day: "2026-11-21" }],
    ["ana  2026-11-21", { who: "ana", day: "2026-11-21" }],
    ["ana 21/11/2026", null],
    ["ana 2026-02-30", null],
    ["2026-11-21", null],
    ["ana", null],
    ["ana maría 2026-11-21", null],
    ["", null],
  ])("%j", (text, expected) => expect(signature(text)).toEqual(expected));
});

describe("the state of a sentence", () => {
  it.each<[string, Partial<Block>, string]>([
    ["nothing", {}, "vacío"],
    ["a translation", translated, "traducido"],
    ["a review", { ...translated, reviso: "r 2026-11-21" }, "revisado"],
    ["the translator's own review", { ...translated, reviso: "t 2026-11-21" }, "traducido"],
    ["a review of nobody's translation", { texto: "[x]", reviso: "r 2026-11-21" }, "traducido"],
    ["a review without a day", { ...translated, reviso: "r" }, "traducido"],
    ["a review of nothing", { reviso: "r 2026-11-21" }, "vacío"],
    ["what somebody only says it is", { ...translated, estado: "revisado" }, "traducido"],
  ])("with %s", (_, fields, estado) => expect(refreshedBlock(block(fields), SPANISH).estado).toBe(estado));
});

describe("when something changes after a review", () => {
  const taken = { reviso: "", reviso_antes: ["r 2026-11-21"], sello: "" };

  it("nothing happens as long as nothing does", () => {
    expect(reviewed).toMatchObject({ estado: "revisado", reviso: "r 2026-11-21" });
    expect(refreshedBlock(reviewed, SPANISH)).toEqual(reviewed);
  });

  it("a new Spanish sentence takes the review back and keeps the old one beside", () => {
    const after = refreshedBlock(reviewed, "Pide ayuda");
    expect(after).toMatchObject({ ...translated, ...taken, estado: "cambió el español" });
    expect(after).toMatchObject({ espanol: "Pide ayuda", espanol_antes: SPANISH });
    // A second change: the text was still made from the first.
    expect(refreshedBlock(after, "Ayuda")).toMatchObject({ espanol: "Ayuda", espanol_antes: SPANISH });
    // Looked at again, it stands for the new one.
    const again = refreshedBlock({ ...after, reviso: "r 2026-12-01" }, "Pide ayuda");
    expect(again).toMatchObject({ estado: "revisado", espanol_antes: "", reviso_antes: ["r 2026-11-21"] });
  });

  it.each<[string, Partial<Block>]>([
    ["another text", { texto: "[y]" }],
    ["another translator", { tradujo: "u 2026-11-22" }],
  ])("%s takes the review back", (_, fields) =>
    expect(refreshedBlock({ ...reviewed, ...fields }, SPANISH)).toMatchObject({
      ...taken,
      estado: "traducido",
    }),
  );

  it("a review of the new text stands", () =>
    expect(refreshedBlock({ ...reviewed, texto: "[y]", reviso: "r 2026-11-25" }, SPANISH)).toMatchObject({
      estado: "revisado",
      reviso_antes: [],
    }));

  it("a sentence that nobody translated only follows the Spanish", () =>
    expect(refreshedBlock(block({}), "Pide ayuda")).toEqual(emptyBlock("Pide ayuda")));
});

describe("when the path changes", () => {
  const pack: Pack = {
    idioma: "x-prueba",
    nombre: "Prueba",
    alfabeto: "",
    personas: new Map(),
    textos: new Map([
      ["a", reviewed],
      ["b", block({ nota: "¿quién lo dice?" })],
      ["c", block({})],
    ]),
    retirados: new Map([["z", reviewed]]),
  };

  it("new sentences come empty, and what a speaker left in one that goes is set aside", () => {
    const [after, changes] = refreshed(pack, new Map([["d", "Nuevo"]]));
    expect([...after.textos]).toEqual([["d", emptyBlock("Nuevo")]]);
    expect([...after.retirados.keys()]).toEqual(["z", "a", "b"]);
    expect(changes).toEqual({ added: ["d"], removed: ["a", "b", "c"], returned: [] });
  });

  it("a sentence that returns comes back with its review, unless its Spanish changed meanwhile", () => {
    const [same, changes] = refreshed(pack, new Map([["z", SPANISH]]));
    expect(same.textos.get("z")).toEqual(reviewed);
    expect(same.retirados.has("z")).toBe(false);
    expect(changes.returned).toEqual(["z"]);
    expect(refreshed(pack, new Map([["z", "Otra"]]))[0].textos.get("z")?.estado).toBe("cambió el español");
  });
});
