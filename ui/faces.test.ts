// Every letter that the windows show by themselves has a shape in the faces that they carry. For any other the web
// view looks through the system's faces: 13 ms of a window's start were spent on the arrow of one key.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FACES } from "./packages/design/src/faces.ts";
import { drawnBy, isDrawn } from "./packs/letters.ts";

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

describe("the faces", () => {
  it("hold every letter of our own sentences and keys", () => {
    const files = ["packages", "apps", "../crates/texts/locales"].flatMap(texts);
    expect(files.length).toBeGreaterThan(60);
    const missing = files
      .filter((path) => !KEYBOARD.test(path))
      .flatMap((path) => {
        const letters = new Set(readFileSync(join(root, path), "utf8").replace(/[\n\t]/g, ""));
        return [...letters].filter((letter) => !isDrawn(letter)).map((letter) => `${path}: ${letter}`);
      });
    expect(missing).toEqual([]);
  });

  it.each([
    ["ñ", true],
    ["ṉ", true],
    ["ḻ", true],
    ["ꞌ", true],
    ["ʻ", true],
    ["…", true],
    ["↵", false],
    ["→", false],
  ])("draw %s: %s", (letter, drawn) => expect(isDrawn(letter)).toBe(drawn));

  it("end each weight with the one that every screen loads first", () => {
    const styles = readFileSync(join(root, "packages/design/src/styles/fonts.css"), "utf8");
    const last = new Map<string, string>();
    for (const face of styles.split("@font-face").slice(1)) {
      const [, family = "", weight = ""] = /font-family: "?([^";]+)"?;\s+font-weight: (\d+)/.exec(face) ?? [];
      last.set(`${weight} ${family}`, /files\/([\w-]+)\.woff2/.exec(face)?.[1] ?? "not of the package");
    }
    const first = FACES.map(([weight, family]) => [
      `${weight} ${family}`,
      `${family.toLowerCase().replace(" ", "-")}-latin-${weight}-normal`,
    ]);
    expect([...last].sort()).toEqual(first.sort());
  });

  it("are asked for their letters, not only for what is declared of them", () => {
    const styles = readFileSync(join(root, "packages/design/src/styles/fonts.css"), "utf8");
    const [first = "", ...faces] = styles.split("@font-face");
    const ours = faces.filter((face) => !face.includes("country"));
    expect(ours.some((face) => face.includes("U+1E00-1E9F"))).toBe(true);
    expect(drawnBy([first, ...ours].join("@font-face"))("ṉ")).toBe(false);
    expect(drawnBy(styles.replaceAll("U+1E00-1E9F", "U+1E00"))("ṉ")).toBe(false);
  });
});
