// Every letter of the country's names can be typed by touch, and a key does to a text what a real one does.
import { describe, expect, it } from "vitest";
import { after, erase, insert, layers, typed, type Key, type Keys } from "./keyboard.ts";

const fresh: Keys = { layer: "letters", shift: false, pending: null };
const mark = (shown: string) =>
  layers.more.flat().find((key) => key.kind === "accent" && key.shown === shown) as Key;

describe("accents", () => {
  it.each([
    ["´", "a", "á"],
    ["´", "n", "ń"],
    ["~", "n", "ñ"],
    ["¨", "u", "ü"],
    ["`", "o", "ò"],
    ["^", "e", "ê"],
    ["¯", "a", "ā"],
    ["ˍ", "n", "ṉ"],
    ["ˍ", "l", "ḻ"],
    ["ˍ", "t", "ṯ"],
    ["ˍ", "d", "ḏ"],
    ["´", "q", "q"],
    ["´", ",", ","],
  ])("%s and %s give %s", (accent, letter, expected) => {
    const waiting = after(fresh, mark(accent));
    expect(typed(waiting, letter)).toBe(expected);
    expect(after(waiting, { kind: "letter", text: letter })).toEqual(fresh);
  });

  it("come in capitals too, and twice the same accent takes it back", () => {
    const waiting = after(after(fresh, { kind: "action", action: "shift", shown: "", name: "" }), mark("ˍ"));
    expect(typed({ ...waiting, shift: true }, "n")).toBe("Ṉ");
    expect(after(after(fresh, mark("´")), mark("´")).pending).toBeNull();
  });
});

it("an accent of another layer brings back the letters, and waits there", () => {
  const there = after(fresh, { kind: "layer", layer: "more", shown: "" });
  expect(after(there, mark("`"))).toEqual({ layer: "letters", shift: false, pending: "\u0300" });
});

describe("letters", () => {
  it("reach every letter of the country's names", () => {
    const keys = Object.values(layers)
      .flat(2)
      .flatMap((key) => (key.kind === "letter" ? [key.text] : []));
    for (const letter of "abcdefghijklmnñopqrstuvwxyzáéíóúüŋṉḻṯḏāēīōūʻ0123456789@.-")
      expect(keys, letter).toContain(letter);
  });
});

describe("a text", () => {
  const field = (value: string, from: number, to = from) => {
    const input = document.createElement("textarea");
    input.value = value;
    input.setSelectionRange(from, to);
    return input;
  };

  it("takes what is typed where the cursor is, and no more than it may", () => {
    const input = field("Caleta Totel", 9);
    insert(input, "r");
    expect([input.value, input.selectionStart]).toEqual(["Caleta Tortel", 10]);
    input.setSelectionRange(0, 6);
    insert(input, "Río");
    expect(input.value).toBe("Río Tortel");
    input.maxLength = 10;
    insert(input, "x");
    expect(input.value).toBe("Río Tortel");
  });

  it("loses whole letters, never half of one", () => {
    const check = (value: string, expected: string) => {
      const input = field(value, value.length);
      erase(input);
      expect(input.value).toBe(expected);
    };
    check("año", "añ");
    check("mañn\u0303", "mañ");
    check("👩‍🦽", "");
    check("", "");
    const selected = field("sobra esto", 5, 10);
    erase(selected);
    expect(selected.value).toBe("sobra");
  });
});
