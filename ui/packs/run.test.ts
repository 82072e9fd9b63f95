// The packs of the tree are what the command would write, nothing is wrong with them, and what is shipped is complete.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FluentBundle, FluentResource } from "@fluent/bundle";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compiled } from "./compile.ts";
import { bracketed, TAG } from "./fixture.ts";
import { isDrawn } from "./letters.ts";
import { writePack, type Pack } from "./pack.ts";
import { citizensPath } from "./path.ts";
import { LANGUAGES, outcome, stale, write, type Folders } from "./run.ts";

const path = citizensPath().sentences;

describe("the packs of the tree", () => {
  const now = outcome(LANGUAGES, path);
  it("are up to date: if not, npm --prefix ui run packs", () => expect(stale(now)).toEqual([]));
  it("have nothing wrong", () => expect(now.problems).toEqual([]));
});

describe("the command", () => {
  const prueba = [[TAG, "Prueba"]] as const;
  let folders: Folders;
  beforeEach(() => {
    const root = mkdtempSync(join(tmpdir(), "packs-"));
    folders = { packs: join(root, "packs"), shipped: join(root, "shipped") };
    mkdirSync(folders.packs);
    mkdirSync(folders.shipped);
  });
  afterEach(() => rmSync(join(folders.packs, ".."), { recursive: true }));
  const pack = () => join(folders.packs, `${TAG}.toml`);
  const run = (sentences: ReadonlyMap<string, string> = path) => {
    const result = outcome(prueba, sentences, folders);
    write(result);
    return result;
  };
  const shipped = () => outcome(prueba, path, folders).files.get(join(folders.shipped, `${TAG}.ftl`));
  const save = (one: Pack) => writeFileSync(pack(), writePack(one));

  it("makes an empty pack, says so, and has nothing more to do", () => {
    const first = run();
    expect(first.lines[1]).toMatch(new RegExp(`^Prueba \\(x-prueba\\)\\s+${path.size + 1}\\s+0\\s+0\\s*$`));
    expect(first.lines[2]).toBe(`x-prueba: nuevos: ${path.size + 1}`);
    expect(shipped()).toBe(null);
    expect(stale(outcome(prueba, path, folders))).toEqual([]);
  });

  it("ships a complete pack, and takes it away when one string is missing", () => {
    save(bracketed(path));
    expect(run().lines[1]).toMatch(/se muestra$/);
    const file = join(folders.shipped, `${TAG}.ftl`);
    expect(readFileSync(file, "utf8")).toContain("\nhelp = [Pedir ayuda]\n");
    writeFileSync(pack(), readFileSync(pack(), "utf8").replace('texto = "[Pedir ayuda]"', 'texto = ""'));
    expect(stale(outcome(prueba, path, folders))).toEqual([pack(), file]);
    run();
    expect(() => readFileSync(file)).toThrow("ENOENT");
  });

  it("takes it away when the Spanish changes, and names what goes", () => {
    save(bracketed(path));
    run(new Map([...path, ["help", "Pide ayuda"]]));
    expect(() => readFileSync(join(folders.shipped, `${TAG}.ftl`))).toThrow("ENOENT");
    const without = new Map([...path].filter(([key]) => key !== "help-title"));
    expect(run(without).lines).toContain("x-prueba: ya no se muestran: help-title");
    expect(readFileSync(pack(), "utf8")).toContain("[retirados.help-title]");
    expect(run().lines).toContain("x-prueba: vuelven: help-title");
  });

  it("leaves alone what it can't read, and says where", () => {
    const broken = '[textos.help]\ntexto = "x\n';
    writeFileSync(pack(), broken);
    expect(run().problems[0]).toMatch(/^x-prueba: línea 2/);
    expect(readFileSync(pack(), "utf8")).toBe(broken);
  });

  it("names a file of a language that nobody knows", () => {
    writeFileSync(join(folders.packs, "xx.toml"), "");
    writeFileSync(join(folders.shipped, "yy.ftl"), "");
    expect(run().problems.map((line) => line.replace(/^.*\//, ""))).toEqual([
      "xx.toml: ningún idioma tiene esta clave",
      "yy.ftl: ningún idioma tiene esta clave",
    ]);
  });
});

describe("a pack is complete", () => {
  const complete = bracketed(path);
  it.each<[string, (pack: Pack) => Pack]>([
    ["its alphabet is not said", (pack) => ({ ...pack, alfabeto: "" })],
    ["it has no sentence", (pack) => ({ ...pack, textos: new Map() })],
    [
      "a review is missing",
      (pack) => ({
        ...pack,
        textos: new Map(pack.textos).set("help", { ...pack.textos.get("help")!, estado: "traducido" }),
      }),
    ],
    ["somebody who signed is unknown", (pack) => ({ ...pack, personas: new Map() })],
  ])("never when %s", (_, broken) => expect(compiled(broken(complete), isDrawn)).toBe(null));

  it("and then every sentence of it is one that the windows read", () => {
    const bundle = new FluentBundle("es-CL", { useIsolating: false });
    expect(bundle.addResource(new FluentResource(compiled(complete, isDrawn)!))).toEqual([]);
    const said = (key: string) =>
      bundle.formatPattern(bundle.getMessage(key)!.value!, { left: 1, count: "1" });
    for (const key of path.keys()) expect(bundle.hasMessage(key), key).toBe(true);
    expect(said("text-left")).toBe("[Te queda 1 letra]");
    expect(said("language-name")).toBe("[Prueba]");
    expect(said("language-people")).toBe("[Quien traduce] · [Quien revisa], [prueba]");
  });
});
