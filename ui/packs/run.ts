// `npm --prefix ui run packs`: brings every pack up to the Spanish of today, writes what is shipped of the complete ones,
// and says how far each is. The gate asks for the same with nothing to write.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { problems } from "./check.ts";
import { compiled, count } from "./compile.ts";
import { isDrawn } from "./letters.ts";
import { PackError, readPack, writePack, type Pack } from "./pack.ts";
import { citizensPath } from "./path.ts";
import { refreshed, type Changes } from "./review.ts";
import { ROOT } from "./root.ts";

/** The languages of the country that have a pack, with their names in Spanish. */
export const LANGUAGES: readonly (readonly [tag: string, name: string])[] = [
  ["arn", "Mapudungun"],
  ["ay", "Aymara"],
  ["ht", "Kreyòl"],
  ["qu", "Quechua"],
  ["rap", "Rapa Nui"],
];
/** The key under which a language says its own name. Its Spanish is the language's Spanish name. */
export const OWN_NAME = "language-name";

/** Where the packs lie, and where what is shipped of them. */
export interface Folders {
  packs: string;
  shipped: string;
}
export const FOLDERS: Folders = {
  packs: join(ROOT, "ui/packages/i18n/packs"),
  shipped: join(ROOT, "crates/texts/packs"),
};

/** A file as it should be; null for one that should not be. */
type Files = Map<string, string | null>;

/** The sentences of a language's pack: its own name, then the path. */
export function asked(name: string, path: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([[OWN_NAME, name], ...path]);
}

export interface Outcome {
  files: Files;
  lines: string[];
  /** What somebody must mend by hand. */
  problems: string[];
}

function told(tag: string, { added, removed, returned }: Changes): string[] {
  return [
    ...(added.length > 0 ? [`${tag}: nuevos: ${added.length}`] : []),
    ...(removed.length > 0 ? [`${tag}: ya no se muestran: ${removed.join(", ")}`] : []),
    ...(returned.length > 0 ? [`${tag}: vuelven: ${returned.join(", ")}`] : []),
  ];
}

const row = (cells: readonly (string | number)[]) =>
  cells.map((cell, at) => (at === 0 ? String(cell).padEnd(18) : String(cell).padStart(12))).join("");

function read(tag: string, name: string, folders: Folders): Pack {
  const path = join(folders.packs, `${tag}.toml`);
  const empty = {
    idioma: tag,
    nombre: name,
    alfabeto: "",
    personas: new Map(),
    textos: new Map(),
    retirados: new Map(),
  };
  return existsSync(path) ? { ...readPack(readFileSync(path)), idioma: tag, nombre: name } : empty;
}

/** What each file should be. Nothing is written, and a pack that can't be read stays as it is. */
export function outcome(
  languages: typeof LANGUAGES,
  path: ReadonlyMap<string, string>,
  folders: Folders = FOLDERS,
): Outcome {
  const out: Outcome = { files: new Map(), lines: [], problems: [] };
  out.lines.push(row(["", "textos", "traducidos", "revisados", ""]));
  for (const [tag, name] of languages) {
    try {
      const [pack, changes] = refreshed(read(tag, name, folders), asked(name, path));
      const shipped = compiled(pack, isDrawn);
      const { sentences, translated, reviewed } = count(pack);
      out.files.set(join(folders.packs, `${tag}.toml`), writePack(pack));
      out.files.set(join(folders.shipped, `${tag}.ftl`), shipped);
      out.problems.push(...problems(pack, isDrawn).map(({ where, what }) => `${tag}: ${where}: ${what}`));
      out.lines.push(row([`${name} (${tag})`, sentences, translated, reviewed, shipped ? "se muestra" : ""]));
      out.lines.push(...told(tag, changes));
    } catch (error) {
      if (!(error instanceof PackError)) throw error;
      out.problems.push(`${tag}: ${error.message}`);
    }
  }
  const known = languages.map(([tag]) => tag);
  for (const [folder, ending] of [
    [folders.packs, ".toml"],
    [folders.shipped, ".ftl"],
  ] as const)
    for (const file of existsSync(folder) ? readdirSync(folder) : [])
      if (file.endsWith(ending) && !known.includes(file.slice(0, -ending.length)))
        out.problems.push(`${join(folder, file)}: ningún idioma tiene esta clave`);
  return out;
}

/** The files that are not as they should be. */
export function stale({ files }: Outcome): string[] {
  const now = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : null);
  return [...files].filter(([path, should]) => now(path) !== should).map(([path]) => path);
}

/** Writes what is not as it should be. */
export function write(result: Outcome): void {
  for (const path of stale(result)) {
    const should = result.files.get(path) ?? null;
    if (should === null) rmSync(path);
    else writeFileSync(path, should);
  }
}

/** The command: 0 when all is well, 1 when somebody must mend something. */
export function main(): number {
  const result = outcome(LANGUAGES, citizensPath().sentences);
  write(result);
  for (const line of result.lines) console.log(line);
  for (const line of result.problems) console.error(line);
  return result.problems.length > 0 ? 1 : 0;
}
