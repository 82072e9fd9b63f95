// Who may import what. An edge that is missing here is missing on purpose: a picture of a button knows no command,
// and nothing of the citizen's page can name a function of the team's.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = import.meta.dirname;
/** Tests and the builder's settings import the tools that run them. */
const NOT_SHIPPED = /(\.test|\.config)\.ts$/;

/** For each place, the places and packages that it may import; the first place that fits counts. */
const MAY: [place: string, others: RegExp][] = [
  ["packages/bindings/", /^$/],
  ["packages/i18n/", /^(packages\/i18n\/|@fluent\/bundle$|svelte$)/],
  ["packages/design/src/primitives/", /^(packages\/design\/src\/primitives\/|@oirs\/i18n$|svelte)/],
  ["packages/design/src/patterns/", /^(packages\/design\/src\/(primitives|patterns)\/|@oirs\/i18n$|svelte)/],
  ["packages/design/", /^(packages\/design\/|@oirs\/i18n$|@fontsource\/|svelte)/],
  ["packages/platform/", /^(packages\/platform\/|@oirs\/bindings$|@tauri-apps\/api\/)/],
  [
    "apps/kiosk/src/citizen/",
    /^(apps\/kiosk\/src\/(citizen\/|[^/]+$)|@oirs\/(bindings|design|i18n|platform\/citizen)|svelte)/,
  ],
  [
    "apps/kiosk/src/staff/",
    /^(apps\/kiosk\/src\/(staff\/|[^/]+$)|\.\.\/docs\/manual\/|@oirs\/(bindings|design|i18n|platform\/staff)|svelte)/,
  ],
  ["apps/kiosk/src/", /^(apps\/kiosk\/src\/[^/]+$|@oirs\/(bindings|design|i18n|platform\/answer)$|svelte)/],
];

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ["node_modules", "dist"].includes(entry.name) ? [] : sources(path);
    return /\.(ts|svelte)$/.test(entry.name) && !NOT_SHIPPED.test(entry.name) ? [path] : [];
  });
}

/** What a file imports: packages by name, files by where they lie. */
function imports(path: string, text: string): string[] {
  const found = [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)["']([^"'?]+)/g)].map(
    ([, name]) => name ?? "",
  );
  return found.map((name) =>
    name.startsWith(".") ? relative(root, resolve(root, dirname(path), name)) : name,
  );
}

function forbidden(path: string, text: string): string[] {
  const rule = MAY.find(([place]) => path.startsWith(place));
  if (!rule) return [`${path} stands in no place that has a rule`];
  return imports(path, text)
    .filter((name) => !rule[1].test(name))
    .map((name) => `${path} imports ${name}`);
}

describe("the tiers", () => {
  it("are kept by every file", () => {
    const all = [...sources("packages"), ...sources("apps")];
    expect(all.length).toBeGreaterThan(50);
    expect(all.flatMap((path) => forbidden(path, readFileSync(join(root, path), "utf8")))).toEqual([]);
  });

  it("use no element that keeps what was typed (docs/adr/0034)", () => {
    const all = [...sources("packages"), ...sources("apps")].filter((path) => path.endsWith(".svelte"));
    expect(all.filter((path) => readFileSync(join(root, path), "utf8").includes("<form"))).toEqual([]);
  });

  it.each([
    ["packages/design/src/primitives/Button.svelte", 'import { citizen } from "@oirs/platform/citizen";'],
    ["packages/design/src/primitives/Button.svelte", 'import Pad from "../patterns/PinPad.svelte";'],
    [
      "packages/design/src/patterns/PinPad.svelte",
      'import App from "../../../../apps/kiosk/src/citizen/App.svelte";',
    ],
    ["packages/i18n/src/texts.svelte.ts", 'import { Button } from "@oirs/design";'],
    ["packages/bindings/src/index.ts", 'import { t } from "@oirs/i18n";'],
    ["packages/platform/src/call.ts", 'import { t } from "@oirs/i18n";'],
    ["apps/kiosk/src/citizen/App.svelte", 'import { staff } from "@oirs/platform/staff";'],
    ["apps/kiosk/src/citizen/App.svelte", 'import { Desk } from "../staff/desk.svelte.ts";'],
    // tidy-allow(platform): the rule itself is tried here
    ["apps/kiosk/src/staff/App.svelte", 'const api = await import("@tauri-apps/api/core");'],
    ["apps/elsewhere/src/main.ts", ""],
  ])("%s may not say %s", (path, text) => expect(forbidden(path, text)).toHaveLength(1));
});
