// Every letter that the windows show by themselves has a shape in the faces that they carry. For any other the web
// view looks through the system's faces: 13 ms of a window's start were spent on the arrow of one key.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = import.meta.dirname;
/** Shown only once somebody opens it, and its dead keys have signs that no face of ours has. */
const KEYBOARD = /\/(OnScreenKeyboard\.svelte|keyboard\.ts)$/;

function texts(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ["node_modules", "dist"].includes(entry.name) ? [] : texts(path);
    return /\.(svelte|ftl|ts)$/.test(path) && !/\.(test|config)\.ts$/.test(path) ? [path] : [];
  });
}

/** What a style sheet says that its regular sans serif covers. */
function covered(styles: string): (letter: string) => boolean {
  const faces = styles.split("@font-face").filter((face) => /Roboto;\s+font-weight: 400/.test(face));
  const ranges = faces
    .flatMap((face) => [...face.matchAll(/U\+([\dA-F]+)(?:-([\dA-F]+))?/g)])
    .map(([, from = "", to = from]) => [parseInt(from, 16), parseInt(to, 16)] as const);
  return (letter) =>
    ranges.some(([from, to]) => from <= letter.codePointAt(0)! && letter.codePointAt(0)! <= to);
}

const has = covered(readFileSync(join(root, "packages/design/src/styles/fonts.css"), "utf8"));

describe("the faces", () => {
  it("hold every letter of our own sentences and keys", () => {
    const files = ["packages", "apps", "../crates/texts/locales"].flatMap(texts);
    expect(files.length).toBeGreaterThan(60);
    const missing = files
      .filter((path) => !KEYBOARD.test(path))
      .flatMap((path) => {
        const letters = new Set(readFileSync(join(root, path), "utf8").replace(/[\n\t]/g, ""));
        return [...letters].filter((letter) => !has(letter)).map((letter) => `${path}: ${letter}`);
      });
    expect(missing).toEqual([]);
  });

  it.each([
    ["ñ", true],
    ["ṉ", true],
    ["…", true],
    ["↵", false],
    ["→", false],
  ])("know %s: %s", (letter, known) => expect(has(letter)).toBe(known));
});
