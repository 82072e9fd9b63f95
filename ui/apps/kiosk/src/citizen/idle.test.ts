// The warning comes at its time, is taken back by any touch, and only then is anything wiped.
import { describe, expect, it } from "vitest";
import { passed, touched, type Idle } from "./idle.ts";

const limits = { quiet_ms: 90_000, warning_ms: 60_000 };
const active: Idle = { kind: "active", since_ms: 0 };
const warned: Idle = { kind: "warning", since_ms: 90_000, left_s: 60 };

describe("quiet", () => {
  it.each<[string, Idle, number, boolean, Idle]>([
    ["below the limit", active, 89_999, false, active],
    ["at the limit", active, 90_000, false, warned],
    ["in the warning", warned, 119_500, false, { ...warned, left_s: 31 }],
    ["just before the end", warned, 149_999, false, { ...warned, left_s: 1 }],
    ["at the end", warned, 150_000, false, { kind: "expired" }],
    ["nothing to wipe", active, 90_000, true, { kind: "active", since_ms: 90_000 }],
    ["the printer failed in the warning", warned, 149_999, true, { kind: "active", since_ms: 149_999 }],
    ["after the end", { kind: "expired" }, 0, true, { kind: "expired" }],
  ])("%s", (_, idle, now, waits, expected) => {
    expect(passed(idle, now, limits, waits)).toEqual(expected);
  });

  it("is over with any touch, as often as somebody wants", () => {
    let idle: Idle = active;
    for (let round = 1; round <= 20; round += 1) {
      idle = passed(idle, round * 100_000, limits, false);
      expect(idle.kind).toBe("warning");
      idle = touched(idle, round * 100_000 + 5_000);
      expect(idle).toEqual({ kind: "active", since_ms: round * 100_000 + 5_000 });
    }
    expect(touched({ kind: "expired" }, 1)).toEqual({ kind: "expired" });
  });
});
