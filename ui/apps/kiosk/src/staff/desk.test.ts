// What is asked before a function of the team: somebody's PIN, or a leader's where whoever acts may not.
import type { Refusal, StaffContext } from "@oirs/bindings";
import { staff, type Answer } from "@oirs/platform/staff";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Desk, MATTERS_MAX, UNDO_MS } from "./desk.svelte.ts";

vi.mock("@oirs/platform/staff", () => ({
  staff: { unlock: vi.fn(), context: vi.fn(), today: vi.fn(), owedCopies: vi.fn(), undoEncounter: vi.fn() },
}));

const no = (code: string): { ok: false; refusal: Refusal } => ({
  ok: false,
  refusal: { code, text_key: null, seconds: null, fields: [] },
});
const yes: Answer<null> = { ok: true, value: null };
const context = {
  people: [
    { code: "T1", leads: false, locked: false },
    { code: "JEFA", leads: true, locked: false },
  ],
  acting: "T1",
} as StaffContext;

beforeEach(() => {
  vi.mocked(staff.context).mockResolvedValue({ ok: true, value: context });
  vi.mocked(staff.today).mockResolvedValue({ ok: true, value: [] });
  vi.mocked(staff.owedCopies).mockResolvedValue({ ok: true, value: [] });
});

it.each([
  ["pin_needed", null, "T1"],
  ["leader_needed", "leader_needed", "JEFA"],
])("asks after %s, says why, and does it once the PIN is right", async (code, why, first) => {
  const desk = new Desk();
  await desk.load();
  const command = vi.fn<() => Promise<Answer<null>>>().mockResolvedValueOnce(no(code)).mockResolvedValue(yes);
  const done = vi.fn();
  await desk.run(command, done);
  expect([desk.needsPin, desk.pinRefusal?.code ?? null, desk.pinFor, desk.refusal]).toEqual([
    true,
    why,
    first,
    null,
  ]);
  vi.mocked(staff.unlock).mockResolvedValueOnce(no("pin_wrong")).mockResolvedValue(yes);
  await desk.unlock("0000", first);
  expect([desk.needsPin, desk.pinRefusal?.code, done.mock.calls.length]).toEqual([true, "pin_wrong", 0]);
  await desk.unlock("4821", first);
  expect(staff.unlock).toHaveBeenLastCalledWith(first, "4821");
  expect([desk.needsPin, desk.pinRefusal, done.mock.calls.length]).toEqual([false, null, 1]);
});

it("asks who acts from now on", async () => {
  const desk = new Desk();
  desk.askPin();
  vi.mocked(staff.unlock).mockResolvedValue(yes);
  await desk.unlock("4821", "JEFA");
  expect([desk.needsPin, desk.context?.acting]).toEqual([false, "T1"]);
});

describe("the encounter that was just recorded", () => {
  const attended = (seq: number) => ({
    epoch: "e0",
    seq,
    matter: `Asunto ${seq}`,
    outcome: "informed",
    body: null,
    lost: false,
  });

  it("is undone once, however often it is asked for", async () => {
    const desk = new Desk();
    desk.hasAttended(attended(7));
    vi.mocked(staff.undoEncounter).mockReset().mockResolvedValue(yes);
    await Promise.all([desk.undo(), desk.undo()]);
    await desk.undo();
    expect(staff.undoEncounter).toHaveBeenCalledTimes(1);
    expect([desk.attended, desk.undone]).toEqual([null, true]);
  });

  it("can be undone again when that failed, as long as its seconds last", async () => {
    vi.useFakeTimers();
    const desk = new Desk();
    desk.hasAttended(attended(7));
    vi.mocked(staff.undoEncounter).mockReset().mockResolvedValue(no("disk_full"));
    await desk.undo();
    expect([desk.attended?.seq, desk.undone, desk.refusal?.code]).toEqual([7, false, "disk_full"]);
    vi.advanceTimersByTime(UNDO_MS - 1);
    expect(desk.attended?.seq).toBe(7);
    vi.advanceTimersByTime(1);
    expect(desk.attended).toBeNull();
    vi.useRealTimers();
  });

  it("has nothing left to undo once it was declared void, and another's void leaves it", () => {
    const desk = new Desk();
    desk.hasAttended(attended(7));
    desk.isVoid("e0", 6);
    desk.isVoid("e1", 7);
    expect(desk.attended?.seq).toBe(7);
    desk.isVoid("e0", 7);
    expect(desk.attended).toBeNull();
  });

  it("is remembered by what it was about, and only the last ones are", () => {
    const desk = new Desk();
    for (let seq = 1; seq <= MATTERS_MAX; seq += 1) desk.hasAttended(attended(seq));
    expect([desk.matterOf("e0", 1), desk.matterOf("e1", 1)]).toEqual(["Asunto 1", null]);
    desk.hasAttended(attended(MATTERS_MAX + 1));
    expect([desk.matterOf("e0", 1), desk.matterOf("e0", 2)]).toEqual([null, "Asunto 2"]);
  });
});
