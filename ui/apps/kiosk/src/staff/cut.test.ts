// What a quick capture takes over from the catalogue fits its field.
import { expect, it } from "vitest";
import { cutAtWord } from "./cut.ts";

const word = "ñandú ";
it.each([
  ["below the limit", word.repeat(19) + "abcde", 119, word.repeat(19) + "abcde"],
  ["at the limit", word.repeat(19) + "abcdef", 120, word.repeat(19) + "abcdef"],
  ["one over it", word.repeat(19) + "abcdefg", 121, word.repeat(19).trim()],
  ["over it, with a word that ends there", word.repeat(19) + "abcdef g", 122, word.repeat(19) + "abcdef"],
  ["one word", "x".repeat(121), 121, "x".repeat(120)],
  ["signs of two units", "😀".repeat(120), 120, "😀".repeat(120)],
])("of 120 characters: %s", (_, text, count, expected) => {
  expect([...text].length).toBe(count);
  expect(cutAtWord(text, 120)).toBe(expected);
});
