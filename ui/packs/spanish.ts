// The Spanish sentences as a translator reads them: by key, in the order of their files, in Fluent's own notation.
import { parse, type Pattern } from "@fluent/syntax";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { normal } from "./pack.ts";
import { ROOT } from "./root.ts";

/** The windows' sentences, and those of the whole product that a window or a receipt shows. */
const FILES = [
  ...["citizen", "common", "staff"].map((name) => `ui/packages/i18n/locales/es-CL/${name}.ftl`),
  ...["errors", "names", "devices", "stand", "sync", "receipt"].map(
    (name) => `crates/texts/locales/es-CL/${name}.ftl`,
  ),
];

/** What a pattern says, with the indentation of its file taken away. */
export function written(source: string, pattern: Pattern): string {
  const text = source.slice(pattern.span?.start ?? 0, pattern.span?.end ?? 0);
  const [first = "", ...rest] = text.trim().split("\n");
  const depths = rest
    .filter((line) => line.trim() !== "")
    .map((line) => line.length - line.trimStart().length);
  return normal([first, ...rest.map((line) => line.slice(Math.min(...depths)))].join("\n"));
}

/** The sentences of one file. */
export function sentences(source: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of parse(source, { withSpans: true }).body) {
    if (entry.type === "Junk") throw new Error(`not Fluent: ${entry.content}`);
    if (entry.type === "Message" && entry.value) found.set(entry.id.name, written(source, entry.value));
  }
  return found;
}

/** The Spanish sentences of windows and receipts. A pack knows a sentence by its key alone: none may stand twice. */
export function spanish(files: readonly string[] = FILES): Map<string, string> {
  const all = new Map<string, string>();
  for (const file of files)
    for (const [key, sentence] of sentences(readFileSync(join(ROOT, file), "utf8"))) {
      if (all.has(key)) throw new Error(`${key} stands in two files; the second is ${file}`);
      all.set(key, sentence);
    }
  return all;
}
