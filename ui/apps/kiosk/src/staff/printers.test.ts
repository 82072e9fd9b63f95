import { expect, test } from "vitest";
import { printerTone } from "./printers.ts";

test("only a printer that can't print is red", () => {
  const tones = {
    good: ["ready"],
    careful: [null, undefined, "unknown", "paper_low"],
    bad: ["out_of_paper", "cover_open", "failed", "absent"],
  };
  for (const [tone, states] of Object.entries(tones))
    for (const state of states) expect([state, printerTone(state)]).toEqual([state, tone]);
});
