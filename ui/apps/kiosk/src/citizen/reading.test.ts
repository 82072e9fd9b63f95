// The letters turn through their sizes, and the button can say which comes.
import { expect, it } from "vitest";
import { letters } from "./reading.svelte.ts";

it("turns the letters from 100 to 150 to 200 % and back", () => {
  const seen = [0, 1, 2].map(() => {
    letters.turn();
    return [document.documentElement.dataset.letters, letters.next];
  });
  expect(seen).toEqual([
    ["large", "largest"],
    ["largest", "normal"],
    [undefined, "large"],
  ]);
});
