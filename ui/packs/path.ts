// The citizen's path: every sentence that the citizen's page or the receipt can show, found in their sources. It starts
// at the page's script, follows what is imported, and keeps each string that is the key of a sentence, wherever it stands;
// a key put together (`kind-title-${kind}`) brings along every key that begins and ends so. That can find too many and
// never too few: what nobody meets is left out by name below, with its reason.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { read, readRust, type Import, type Pattern, type Said } from "./sources.ts";
import { ROOT } from "./root.ts";
import { spanish } from "./spanish.ts";

/** Where the page begins. */
const PAGE = "ui/apps/kiosk/src/citizen/main.ts";
/** What speaks on the receipt, and which sentences a refused command names. */
const RUST = [
  "crates/receipts/src/content.rs",
  "crates/receipts/src/dates.rs",
  "crates/receipts/src/place.rs",
  "crates/receipts/src/poster.rs",
  "crates/receipts/src/print.rs",
  "src-tauri/src/refusal.rs",
];

/** Keys that the sources name and no citizen meets. Should one be met all the same, the window says the general
 * sentence for what went wrong (`refusal.ts`), which is in the path, and nothing in another language. */
export const LEFT_OUT: readonly (readonly [keys: RegExp, why: string])[] = [
  [/^language-name-/, "each language says its own name, in its own pack"],
  [/^(telephone-|new-pin)/, "a leader who is locked out reads these, in the languages of the team's window"],
  [/^(receipt-test|slip-)/, "the team prints these, in the languages of its own window"],
  [/^sync-fault-/, "no command of the citizen's page reaches for the network"],
  [/^lookup-words-team$/, "the team's words on the search that both windows share"],
  [/^refusal-(nothing-to-void|pin-not-set)$/, "commands of the team's window"],
  [
    /^error-(json-syntax|invalid-utf8|line-too-long|wrong-type|unknown-field|duplicate-field|invalid-uuid)$/,
    "a page sends an object made by its own code, not lines that somebody wrote",
  ],
  [
    /^error-(invalid-date|impossible-date|future-date|date-too-old|invalid-folio|invalid-control-code|invalid-target)$/,
    "the page asks for no date, number or code of another request",
  ],
  [
    /^stand-error-(already-enrolled|enrolment-|central-address|pin-form)/,
    "enrolling, and choosing a PIN, is the team's",
  ],
  [/^stand-error-(medium-|too-large$)/, "sticks and the mirror are the team's"],
  [
    /^stand-error-(no-outing|outing-open|unknown-folio|not-a-receipt|no-code-in-picture|date-outside-calendar)$/,
    "outings, copies, checks of receipts and deadlines belong to the team's window",
  ],
];

const text = (path: string) => readFileSync(join(ROOT, path), "utf8");

/** The file that an import leads to; null for libraries and style sheets. */
function resolve(from: string, by: string): string | null {
  if (from.startsWith(".")) {
    const path = relative(ROOT, join(ROOT, dirname(by), from));
    return /\.(ts|svelte)$/.test(path) ? path : null;
  }
  const [, name = "", rest = ""] = /^@oirs\/([^/]+)(\/.*)?$/.exec(from) ?? [];
  if (name === "") return null;
  const folder = `ui/packages/${name}`;
  const { exports } = JSON.parse(text(`${folder}/package.json`)) as { exports: Record<string, string> };
  const target = exports[`.${rest}`];
  if (!target) throw new Error(`${by} imports ${from}, which is not exported`);
  return /\.ts$/.test(target) ? join(folder, target) : null;
}

/** What the modules say that a page is made of. */
function said(page: string): Map<string, Said> {
  const modules = new Map<string, Said>();
  const wanted = new Map<string, Set<string> | null>();
  const visit = (path: string, names: Import["names"]): void => {
    const before = wanted.get(path);
    const isNew =
      before === undefined || (before !== null && (names === null || names.some((one) => !before.has(one))));
    if (!isNew) return;
    wanted.set(path, names === null ? null : new Set([...(before ?? []), ...names]));
    const module = modules.get(path) ?? read(path, text(path));
    modules.set(path, module);
    for (const one of module.imports) {
      const target = resolve(one.from, path);
      if (target === null) continue;
      // A module that only passes on names brings along what is asked for.
      if (!one.passed) visit(target, one.names);
      else if (names === null || one.names === null) visit(target, one.names);
      else if (one.names.some((name) => names.includes(name)))
        visit(target, ["default", ...one.names.filter((name) => names.includes(name))]);
    }
  };
  visit(page, null);
  return modules;
}

/** A pattern as what fits it, where it can be the pattern of a key. */
function fitting(pattern: Pattern): RegExp | null {
  if (!/^[a-z]+(-[a-z]+)*-$/.test(pattern[0] ?? "")) return null;
  if (!pattern.slice(1).every((part) => /^[a-z-]*$/.test(part))) return null;
  return new RegExp(`^${pattern.join("[\\w-]+")}$`);
}

/** The keys among `known` that what is said can name. */
export function named(known: Iterable<string>, said: Pick<Said, "strings" | "patterns">): Set<string> {
  const fits = said.patterns.map(fitting).filter((one) => one !== null);
  return new Set([...known].filter((key) => said.strings.has(key) || fits.some((fit) => fit.test(key))));
}

export interface Path {
  /** Each key with its Spanish sentence, in the order of the Spanish files. */
  sentences: Map<string, string>;
  /** Keys that the sources name and that were left out. */
  leftOut: string[];
  /** The files of the page, from the repository. */
  files: string[];
}

/** The path as the sources have it now. */
export function citizensPath(): Path {
  const all = spanish();
  const modules = said(PAGE);
  const parts = [...modules.values(), ...RUST.map((path) => readRust(text(path)))];
  const keys = new Set(parts.flatMap((part) => [...named(all.keys(), part)]));
  const isLeftOut = (key: string) => LEFT_OUT.some(([which]) => which.test(key));
  return {
    sentences: new Map([...all].filter(([key]) => keys.has(key) && !isLeftOut(key))),
    leftOut: [...keys].filter(isLeftOut).sort(),
    files: [...modules.keys()].filter((path) => existsSync(join(ROOT, path))),
  };
}
