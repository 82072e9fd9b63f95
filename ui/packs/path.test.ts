// The path is found in the sources, whole: whatever a page's sources can name is in it or left out by name.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { citizensPath, LEFT_OUT, named } from "./path.ts";
import { read, readRust } from "./sources.ts";
import { ROOT } from "./root.ts";
import { sentences, spanish } from "./spanish.ts";

const path = citizensPath();

describe("what a source says", () => {
  const known = [
    "kind-title-reclamo",
    "kind-title-opinion",
    "kind-reclamo",
    "help",
    "team-title",
    "field-name",
  ];
  it.each([
    ["a call", '<p>{t("help")}</p>', ["help"]],
    [
      "a table",
      '<script lang="ts">const x = { a: ["help", "team-title"] } as const;</script>',
      ["help", "team-title"],
    ],
    ["a choice", '<p>{t(x ? "help" : "team-title")}</p>', ["help", "team-title"]],
    ["a key put together", "<p>{t(`kind-title-${kind}`)}</p>", ["kind-title-reclamo", "kind-title-opinion"]],
    ["an attribute", '<Field label="help" />', ["help"]],
    ["a comment", '<!-- "help" --><script lang="ts">// "help"\n/* "team-title" */</script>', []],
    ["the id of an element", '<script lang="ts">let n = 0;\nconst id = `field-${(n += 1)}`;</script>', []],
    ["a class", "<p class={`kind-title`}></p>", []],
  ])("%s", (_, source, expected) => {
    expect([...named(known, read("X.svelte", source))].sort()).toEqual([...expected].sort());
  });

  it.each([
    ['say.words("receipt-brand")', ["receipt-brand"]],
    ['say.words(&format!("kind-{}", facts.kind))', ["kind-reclamo"]],
    ['format!("kind-{kind}")', ["kind-reclamo"]],
    ['// say.words("receipt-brand")', []],
    ['#[cfg(test)]\nmod tests { say("receipt-brand") }', []],
  ])("in Rust: %s", (source, expected) =>
    expect([...named(["receipt-brand", "kind-reclamo"], readRust(source))]).toEqual(expected),
  );
});

describe("the path", () => {
  it("begins at the citizen's page and reaches everything that it is made of", () => {
    const screens = readdirSync(join(ROOT, "ui/apps/kiosk/src/citizen/screens"))
      .filter((file) => file.endsWith(".svelte"))
      .map((file) => `ui/apps/kiosk/src/citizen/screens/${file}`);
    const shared = ["Catalogue.svelte", "refusal.ts"].map((file) => `ui/apps/kiosk/src/${file}`);
    const parts = ["patterns/keyboard.ts", "patterns/PinPad.svelte", "patterns/ComunaPicker.svelte"];
    expect(path.files).toEqual(
      expect.arrayContaining([
        ...screens,
        ...shared,
        ...parts.map((part) => `ui/packages/design/src/${part}`),
      ]),
    );
    expect(path.files.filter((file) => file.includes("/staff/"))).toEqual([]);
    // Nothing of the design that the page doesn't ask for.
    expect(path.files).not.toContain("ui/packages/design/src/primitives/Meter.svelte");
  });

  it.each([
    "start-title",
    "kind-title-reclamo",
    "text-title-opinion",
    "notice-item-automated-body",
    "keyboard-accent-below",
    "error-rut-check-digit",
    "refusal-team-needed",
    "stand-error-disk-full",
    "print-partial",
    "sheet-cost-con_costo",
    "receipt-lead",
    "receipt-step-presencial",
    "answer-carta",
  ])("has %s", (key) => expect(path.sentences.has(key)).toBe(true));

  it.each(["staff-language", "error-json-syntax", "slip-source", "sync-fault-cut", "lookup-words-team"])(
    "has no %s",
    (key) => expect(path.sentences.has(key)).toBe(false),
  );

  it("leaves out by a rule only what the sources name", () => {
    const idle = LEFT_OUT.filter(([keys]) => !path.leftOut.some((key) => keys.test(key)));
    expect(idle).toEqual([]);
  });
});

describe("the Spanish", () => {
  it("is read without the indentation of its file, in the order in which it stands", () => {
    const text =
      "# note\nb = { $n ->\n    [one] 1\n   *[other] { $n }\n}\na =\n    { $n ->\n        [one] 1\n       *[other] 2\n    }\n";
    expect([...sentences(text)]).toEqual([
      ["b", "{ $n ->\n    [one] 1\n   *[other] { $n }\n}"],
      ["a", "{ $n ->\n    [one] 1\n   *[other] 2\n}"],
    ]);
    expect(() => sentences("a = { $n")).toThrow("not Fluent");
  });

  it("has no key in two files", () => {
    const file = "ui/packages/i18n/locales/es-CL/common.ftl";
    expect(() => spanish([file, file])).toThrow("stands in two files");
  });
});
