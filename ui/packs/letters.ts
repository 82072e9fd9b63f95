// Which letters the windows' faces draw. The files themselves are asked: a style sheet may declare what a file lacks, and
// then the web view looks for the letter among the system's faces, which takes long and looks like nothing of ours.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { create, type Font } from "fontkit";
import { ROOT } from "./root.ts";

/** Any sentence may stand in regular, medium or bold; a heading's slab gives way to these. */
const WEIGHTS = ["400", "500", "700"];
const STYLES = join(ROOT, "ui/packages/design/src/styles/fonts.css");

/** A face of Roboto's: its weight, what it declares, and what its file holds. */
interface Face {
  weight: string;
  ranges: [from: number, to: number][];
  holds: ReadonlySet<number>;
}

const files = new Map<string, ReadonlySet<number>>();

function letters(url: string): ReadonlySet<number> {
  const path = url.startsWith("@") ? join(ROOT, "ui/node_modules", url) : join(dirname(STYLES), url);
  const known = files.get(path);
  if (known) return known;
  const held = new Set((create(readFileSync(path)) as Font).characterSet);
  files.set(path, held);
  return held;
}

function faces(styles: string): Face[] {
  return styles
    .split("@font-face")
    .filter((face) => /font-family: Roboto;/.test(face))
    .map((face) => ({
      weight: /font-weight: (\d+)/.exec(face)?.[1] ?? "",
      ranges: [...face.matchAll(/U\+([\dA-F]+)(?:-([\dA-F]+))?/g)].map(([, from = "", to = from]) => [
        parseInt(from, 16),
        parseInt(to, 16),
      ]),
      holds: letters(/url\("([^"]+)"\)/.exec(face)?.[1] ?? ""),
    }));
}

/** Whether every weight has a face that declares the letter and holds it. */
export function drawnBy(styles: string): (letter: string) => boolean {
  const all = faces(styles);
  return (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    const draws = ({ ranges, holds }: Face) =>
      holds.has(code) && ranges.some(([from, to]) => from <= code && code <= to);
    return WEIGHTS.every((weight) => all.some((face) => face.weight === weight && draws(face)));
  };
}

/** The faces that are shipped. */
export const isDrawn = drawnBy(readFileSync(STYLES, "utf8"));
