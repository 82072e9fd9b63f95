// Whose PIN it is, what is said to whom, and who is let in by telephone.
import type { Challenge, PersonView, Refusal } from "@oirs/bindings";
import type { Answer } from "@oirs/platform/answer";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import Pin from "./Pin.svelte";

const people: PersonView[] = [
  { code: "EQUIPO", leads: true, locked: false },
  { code: "T1", leads: false, locked: false },
];
const refused = (code: string, seconds: number | null = null): Refusal => ({
  code,
  text_key: `stand-error-${code.replaceAll("_", "-")}`,
  seconds,
  fields: [],
});

let entered: [string, string | null][];
let told: string[];
let right: boolean;
let shown: ReturnType<typeof mount> | undefined;
const challenge: Challenge = { person: "EQUIPO", challenge: "7K2Q-4XMT", phone_line: null };

/** The question, with what the window would hand to it. */
function asks(more: Partial<{ people: PersonView[]; first: string; refusal: Refusal | null }> = {}) {
  const props = $state({
    people,
    refusal: null as Refusal | null,
    busy: false,
    onenter: (pin: string, person: string | null) => void entered.push([pin, person]),
    commands: {
      unlockChallenge: async (): Promise<Answer<Challenge>> => ({ ok: true, value: challenge }),
      unlockByTelephone: async (response: string, pin: string): Promise<Answer<null>> => {
        told.push(`${response} ${pin}`);
        return right ? { ok: true, value: null } : { ok: false, refusal: refused("response_wrong", 0) };
      },
    },
    ...more,
  });
  shown = mount(Pin, { target: document.body, props });
  flushSync();
  return props;
}

/** Once the scripted commands have answered. */
async function answered() {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  flushSync();
}
const words = () => document.body.textContent.replace(/\s+/g, " ");
const button = (name: string) =>
  [...document.querySelectorAll("button")].find((one) => one.textContent.trim() === name);
function press(name: string) {
  button(name)?.click();
  flushSync();
}
function write(selector: string, text: string) {
  const field = document.querySelector<HTMLInputElement>(selector);
  if (!field) throw new Error(`no ${selector}`);
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
}
function choose(code: string) {
  document.querySelector<HTMLInputElement>(`input[value="${code}"]`)?.click();
  flushSync();
}
function enter(pin: string) {
  write("input[type=password]", pin);
  press("Entrar");
}

beforeEach(() => {
  [entered, told, right] = [[], [], true];
});
afterEach(() => {
  if (shown) void unmount(shown);
  document.body.replaceChildren();
});

describe("who enters", () => {
  it("is asked where several may, and begins with whom the window means", () => {
    asks({ first: "T1" });
    enter("5590");
    choose("EQUIPO");
    enter("4821");
    expect(entered).toEqual([
      ["5590", "T1"],
      ["4821", "EQUIPO"],
    ]);
  });

  it("is not asked where one may, or where nobody is known", () => {
    asks({ people: people.slice(0, 1) });
    expect(document.querySelector("fieldset")).toBeNull();
    enter("4821");
    if (shown) void unmount(shown);
    asks({ people: [] });
    enter("4821");
    expect(entered).toEqual([
      ["4821", "EQUIPO"],
      ["4821", null],
    ]);
  });
});

describe("what is said", () => {
  it("is said to whom it is about", () => {
    const props = asks();
    enter("0000");
    props.refusal = refused("pin_wrong", 30);
    flushSync();
    expect(words()).toContain("EQUIPO: El PIN no es correcto. Espera 30 segundos");
    choose("T1");
    expect(words()).not.toContain("Espera 30 segundos");
    choose("EQUIPO");
    expect(words()).toContain("Espera 30 segundos");
  });

  it("is why a leader is asked, before anybody tried", () => {
    asks({ refusal: refused("leader_needed") });
    expect(words()).toContain("Esta función necesita el PIN de la jefatura.");
    expect(words()).not.toContain("EQUIPO:");
  });
});

describe("the telephone", () => {
  it.each([
    ["a leader who is locked out", "EQUIPO", true, null, true],
    ["a leader who is not", "EQUIPO", false, null, false],
    ["a leader, after one wrong PIN", "EQUIPO", false, "pin_wrong", true],
    ["a leader who only has to wait", "EQUIPO", false, "pin_delayed", false],
    ["somebody else, after one wrong PIN", "T1", false, "pin_wrong", false],
    ["somebody else, whom a leader helps", "T1", true, null, false],
  ])("is offered to %s: %s", (_, first, locked, code, offered) => {
    const props = asks({ first, people: people.map((person) => ({ ...person, locked })) });
    if (code) {
      enter("0000");
      props.refusal = refused(code, 30);
      flushSync();
    }
    expect(button("Desbloquear por teléfono") !== undefined).toBe(offered);
  });

  it.each([
    ["EQUIPO", "Llama a la oficina", "a la jefatura"],
    ["T1", "Pide un PIN nuevo a la jefatura", "oficina"],
  ])("is what a leader is told of, and nobody else: %s", (first, said, unsaid) => {
    asks({ first, people: people.map((person) => ({ ...person, locked: true })) });
    const error = document.querySelector("#pin-error")?.textContent ?? "";
    expect(error).toContain(said);
    expect(error).not.toContain(unsaid);
  });

  it("sets a new PIN with the right response, which then enters", async () => {
    asks({ people: people.map((person) => ({ ...person, locked: true })) });
    press("Desbloquear por teléfono");
    await answered();
    expect(words()).toContain("7K2Q-4XMT");
    write("input[name=response]", "ABCD");
    for (const name of ["new-pin", "new-pin-again"]) write(`input[name=${name}]`, "4821");
    right = false;
    press("Guardar PIN y entrar");
    await answered();
    expect(words()).toContain("La respuesta no es correcta.");
    expect(entered).toEqual([]);
    right = true;
    press("Guardar PIN y entrar");
    await answered();
    expect([told, entered]).toEqual([["ABCD 4821", "ABCD 4821"], [["4821", "EQUIPO"]]]);
  });
});
