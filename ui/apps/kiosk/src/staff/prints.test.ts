// Papers that did not come out: each is offered once, counted, printed again, and gone when it is out.
import type { Delivery } from "@oirs/bindings";
import { staff, type Answer } from "@oirs/platform/staff";
import { beforeEach, expect, it, vi } from "vitest";
import { Prints, type Paper } from "./prints.svelte.ts";

vi.mock("@oirs/platform/staff", () => ({
  staff: {
    reprintLast: vi.fn(),
    printCopy: vi.fn(),
    printSheet: vi.fn(),
    printAct: vi.fn(),
    printPoster: vi.fn(),
  },
}));

const out: Answer<Delivery> = { ok: true, value: "confirmed" };
const failed = (text_key: string | null): Answer<Delivery> => ({
  ok: false,
  refusal: { code: "print_failed", text_key, seconds: null, fields: [] },
});
const commands = {
  receipt: vi.mocked(staff.reprintLast),
  copy: vi.mocked(staff.printCopy),
  sheet: vi.mocked(staff.printSheet),
  act: vi.mocked(staff.printAct),
  poster: vi.mocked(staff.printPoster),
};
const papers: Paper[] = [
  { what: "receipt", folio: "T7K-4QX9-2MB" },
  { what: "copy", folio: "T7K-4QX9-2MB", on: "roll" },
  { what: "sheet", id: "junta", title: "Junta", on: "sheets" },
  { what: "act", number: 2, place: "Caleta", on: "sheets" },
  { what: "poster", language: "es-CL" },
];
const once = { left: 1, partly: false };

beforeEach(() => Object.values(commands).forEach((command) => command.mockReset()));

it.each(papers)("keeps a $what until it is out, and counts how often it was tried", async (paper) => {
  const prints = new Prints();
  const command = commands[paper.what];
  command.mockResolvedValueOnce(failed("print-out-of-paper")).mockResolvedValueOnce(failed(null));
  command.mockResolvedValueOnce(out);
  await prints.print(paper);
  expect(prints.unprinted).toEqual([{ paper, why: "print-out-of-paper", tries: 1, ...once }]);
  await prints.print(paper);
  expect(prints.unprinted).toEqual([{ paper, why: "print-failed", tries: 2, ...once }]);
  expect(await prints.print(paper)).toEqual(out);
  expect([prints.unprinted, prints.busy]).toEqual([[], null]);
});

it("keeps papers apart that are not the same, and forgets the one that is not wanted", async () => {
  const prints = new Prints();
  Object.values(commands).forEach((command) => command.mockResolvedValue(failed("print-absent")));
  const onRoll: Paper = { what: "act", number: 2, place: "Caleta", on: "roll" };
  for (const paper of [...papers, onRoll]) await prints.print(paper);
  expect(prints.unprinted.map(({ paper }) => paper)).toEqual([...papers, onRoll]);
  prints.forget(onRoll);
  expect(prints.unprinted.map(({ paper }) => paper)).toEqual(papers);
});

it("offers a copy once the receipt's key is gone", async () => {
  const prints = new Prints();
  prints.filed("T7K-1111-1MB", "print-absent");
  expect(prints.unprinted[0]?.paper).toEqual({ what: "receipt", folio: "T7K-1111-1MB" });
  prints.filed("T7K-2222-2MB", null);
  const copy = { what: "copy", folio: "T7K-1111-1MB", on: "roll" };
  expect(prints.unprinted).toEqual([{ paper: copy, why: "print-absent", tries: 1, ...once }]);
  expect(prints.live).toBe("T7K-2222-2MB");
  prints.liveEnds();
  expect(prints.live).toBeNull();
});

it("prints as many as are wanted, and offers just those that did not come out", async () => {
  const prints = new Prints();
  const act = papers[3]!;
  commands.act.mockResolvedValueOnce(out).mockResolvedValueOnce(failed("print-out-of-paper"));
  await prints.print(act, 3);
  const kept = { paper: act, why: "print-out-of-paper", tries: 1, left: 2, partly: true };
  expect([prints.unprinted, commands.act.mock.calls.length]).toEqual([[kept], 2]);
  commands.act.mockResolvedValueOnce(failed("print-absent"));
  await prints.print(act);
  expect(prints.unprinted).toEqual([{ ...kept, why: "print-absent", tries: 2 }]);
  commands.act.mockResolvedValue(out);
  expect(await prints.print(act)).toEqual(out);
  expect([prints.unprinted, commands.act.mock.calls.length]).toEqual([[], 5]);
});

it("offers a receipt's copies beside the receipt, and together once it is a copy too", async () => {
  const prints = new Prints();
  const folio = "T7K-1111-1MB";
  const copy: Paper = { what: "copy", folio, on: "roll" };
  prints.filed(folio, "print-absent");
  prints.owe([{ folio, copies: 2, why: "print-absent" }]);
  expect(prints.unprinted.map(({ paper, left }) => [paper.what, left])).toEqual([
    ["receipt", 1],
    ["copy", 2],
  ]);
  commands.receipt.mockResolvedValue(out);
  await prints.print({ what: "receipt", folio });
  expect(commands.receipt).toHaveBeenCalledTimes(1);
  expect(prints.unprinted).toEqual([{ paper: copy, why: "print-absent", tries: 1, left: 2, partly: false }]);
  prints.filed(folio, "print-absent");
  prints.liveEnds();
  expect(prints.unprinted.map(({ paper, left }) => [paper, left])).toEqual([[copy, 3]]);
  commands.copy.mockResolvedValue(out);
  await prints.print(copy);
  expect([prints.unprinted, commands.copy.mock.calls.length]).toEqual([[], 3]);
});

it("keeps nothing that is no paper", async () => {
  const prints = new Prints();
  const refusal = { code: "rejected", text_key: null, seconds: null, fields: [] };
  commands.copy.mockResolvedValue({ ok: false, refusal });
  await prints.print(papers[1]!);
  expect(prints.unprinted).toEqual([]);
});

it("sends one paper at a time", async () => {
  const prints = new Prints();
  let end: (answer: Answer<Delivery>) => void = () => {};
  commands.act.mockReturnValue(new Promise((done) => (end = done)));
  const first = prints.print(papers[3]!);
  expect(await prints.print(papers[2]!)).toBeNull();
  expect(commands.sheet).not.toHaveBeenCalled();
  end(out);
  expect(await first).toEqual(out);
});
