// The quick encounter by keys: what Enter and the digits do, and where they do nothing.
import type { Directory, EncounterDraft, SheetFound, StaffContext } from "@oirs/bindings";
import { staff } from "@oirs/platform/staff";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Desk } from "../desk.svelte.ts";
import Encounter from "./Encounter.svelte";

vi.mock("@oirs/platform/staff", () => ({
  staff: Object.fromEntries(
    ["directory", "searchCatalogue", "recordEncounter", "context", "today", "owedCopies", "profileForm"].map(
      (name) => [name, vi.fn()],
    ),
  ),
}));

const LONG = `${"palabra ".repeat(15)}x`;
const agencies = ["Dirección del Trabajo", "Instituto de Previsión Social", "y".repeat(201)];
const directory = {
  topics: [{ id: "t", name: LONG }],
  agencies: agencies.map((name, at) => ({ id: String(at), name })),
} as unknown as Directory;
const sheet = (id: string, title: string) =>
  ({ id, title: [{ text: title, hit: false }] }) as unknown as SheetFound;
const value = <T>(given: T) => ({ ok: true as const, value: given });

let desk: Desk;
let shown: ReturnType<typeof mount> | undefined;
let recorded: EncounterDraft[];

beforeEach(async () => {
  recorded = [];
  vi.mocked(staff.directory).mockResolvedValue(value(directory));
  vi.mocked(staff.searchCatalogue).mockImplementation(async (query) =>
    value({
      found: query.startsWith("cie") ? [sheet("s1", "Cierre de camino"), sheet("s2", "Cierre")] : [],
    } as never),
  );
  vi.mocked(staff.recordEncounter).mockImplementation(async (draft) => {
    recorded.push(draft);
    return value({ epoch: "e0", seq: recorded.length, profile: null });
  });
  const context = { limits: { text: 4000, matter: 120, agency: 200 }, people: [] } as unknown as StaffContext;
  vi.mocked(staff.context).mockResolvedValue(value(context));
  vi.mocked(staff.today).mockResolvedValue(value([]));
  vi.mocked(staff.owedCopies).mockResolvedValue(value([]));
  vi.mocked(staff.profileForm).mockResolvedValue(value({ available: false } as never));
  desk = new Desk();
  await desk.load();
  await opens();
});

async function opens() {
  shown = mount(Encounter, { target: document.body, props: { desk, show: () => {} } });
  await settled();
}
afterEach(() => {
  if (shown) void unmount(shown);
  document.body.replaceChildren();
});

/** Once the scripted commands have answered. */
async function settled() {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  flushSync();
}
const field = (label: string) => {
  const found = [...document.querySelectorAll("label")].find((one) =>
    one.textContent.trim().startsWith(label),
  );
  return document.getElementById(found!.htmlFor) as HTMLInputElement;
};
function write(label: string, text: string) {
  const input = field(label);
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
}
async function press(key: string, at: Element) {
  at.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  await settled();
}
const outcome = (name: string) => document.querySelector(`[data-outcome=${name}]`)!;
async function tap(words: string) {
  [...document.querySelectorAll("button")].find((one) => one.textContent.trim() === words)!.click();
  await settled();
}
const words = () => document.body.textContent.replace(/\s+/g, " ");

it("takes the best sheet by Enter, for what is written when it is pressed", async () => {
  write("De qué se trató", "cier");
  await press("Enter", field("De qué se trató"));
  expect(document.activeElement).toBe(outcome("informed"));
  await press("1", document.activeElement!);
  expect(recorded).toMatchObject([{ matter: "Cierre de camino", sheet: "s1", outcome: "informed" }]);
});

it("takes the words as they are where no sheet answers, and nothing where nothing is written", async () => {
  await press("Enter", field("De qué se trató"));
  expect(document.activeElement).not.toBe(outcome("informed"));
  write("De qué se trató", "un perro perdido");
  await press("Enter", field("De qué se trató"));
  await press("4", document.activeElement!);
  expect(recorded).toMatchObject([{ matter: "un perro perdido", outcome: "came_in_vain" }]);
  expect(recorded[0]).not.toHaveProperty("sheet");
});

it("leaves a digit to whatever takes digits", async () => {
  const list = document.body.appendChild(document.createElement("select"));
  const box = document.body.appendChild(document.createElement("input"));
  await press("1", field("De qué se trató"));
  await press("1", list);
  const dialog = document.body.appendChild(document.createElement("dialog"));
  dialog.setAttribute("open", "");
  await press("1", outcome("informed"));
  expect(recorded).toEqual([]);
  dialog.remove();
  box.type = "checkbox";
  await press("3", box);
  expect(recorded).toMatchObject([{ outcome: "request_filed" }]);
});

it("names no body that nobody named, and says the one that was", async () => {
  write("De qué se trató", "sueldo");
  await press("Enter", field("De qué se trató"));
  await press("2", document.activeElement!);
  await press("Enter", field("A qué organismo"));
  expect(recorded).toEqual([]);
  expect(words()).toContain("Este campo está vacío.");
  write("A qué organismo", " previsión ");
  expect(words()).not.toContain("Este campo está vacío.");
  await press("Enter", field("A qué organismo"));
  expect(recorded).toMatchObject([{ outcome: "referred", referred_to: agencies[1] }]);
  expect(words()).toContain("sueldo. Se derivó a Instituto de Previsión Social.");
});

it("takes over what is longer than its field up to a word that fits", async () => {
  expect(LONG.length).toBe(121);
  await tap(LONG);
  await press("2", outcome("informed"));
  await tap(agencies[2]!);
  expect(recorded).toMatchObject([{ matter: LONG.slice(0, 119), referred_to: "y".repeat(200) }]);
});

it("begins with a sheet that was looked up, as far as its title fits", async () => {
  if (shown) void unmount(shown);
  [desk.matter, desk.sheet] = [LONG, "s9"];
  await opens();
  await press("1", outcome("informed"));
  expect(recorded).toMatchObject([{ matter: LONG.slice(0, 119), sheet: "s9" }]);
});
