// A language whose pack is complete is used on the citizen's whole path, and one string less makes it vanish. No speaker
// has reviewed a pack yet, so the language here is none: the Spanish in brackets. What stands on the screen outside of them
// was not said by the pack. What a person wrote, and what is published, stands in «» here.
import type { AnswerWay, CitizenContext, ErrorCode, SheetView } from "@oirs/bindings";
import { FluentResource } from "@fluent/bundle";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { compiled } from "../../../../packs/compile.ts";
import { bracketed, TAG } from "../../../../packs/fixture.ts";
import { isDrawn } from "../../../../packs/letters.ts";
import { citizensPath } from "../../../../packs/path.ts";
import type { Block } from "../../../../packs/pack.ts";
import { comuna, context as offered, receipt } from "./fixture.ts";

// A page is made anew for each test, with a compiler beside it.
vi.setConfig({ testTimeout: 30_000 });

const { sentences, leftOut } = citizensPath();
const shipped = vi.hoisted(() => new Map<string, () => FluentResource["body"]>());
const answers = vi.hoisted(() => new Map<string, unknown>());
vi.mock("../../../../packages/i18n/src/packs.ts", () => ({ packs: shipped }));
vi.mock("../painted.ts", () => ({ painted: () => Promise.resolve() }));
vi.mock("@oirs/platform/citizen", () => ({
  citizen: new Proxy(
    { onChanged: () => Promise.resolve(() => {}) },
    {
      get: (own, name) =>
        Reflect.get(own, name) ?? (() => Promise.resolve({ ok: true, value: answers.get(String(name)) })),
    },
  ),
}));

/** Ships the pack as the command would, with one of its blocks changed: only when it is complete. */
function ship(change: Partial<Block> = {}): void {
  const pack = bracketed(sentences);
  const help = { ...pack.textos.get("help")!, ...change };
  const file = compiled({ ...pack, textos: new Map(pack.textos).set("help", help) }, isDrawn);
  shipped.clear();
  if (file !== null) shipped.set(TAG, () => new FluentResource(file).body);
}

const context: CitizenContext = { ...offered, languages: [...offered.languages, TAG] };
const sheet: SheetView = {
  id: "x",
  title: "«Título»",
  summary: "«Resumen»",
  service: "«Servicio»",
  for_whom: ["«a»"],
  requirements: ["«b»"],
  documents: ["«c»"],
  steps: ["«d»"],
  cost: "con_costo",
  term: "«plazo»",
  channels: [{ kind: "web", text: "«canal»", url: null, phone: "600" }],
  law: ["«ley»"],
  agency: { name: "«organismo»", phone: null, url: null },
  valid_until: "2026-12-01",
  holds: false,
  reviewed: false,
  sources: [{ title: "«fuente»", url: null, on: "2026-11-01", note: "" }],
};
const piece = [{ text: "«x»", found: true }];
const found = {
  catalogue: { number: 3, published_at: "2026-11-20T10:00:00Z", sheets: 25 },
  sure: false,
  found: [{ id: "x", title: piece, summary: piece, passage: null, service: "«y»" }],
};
const words = { text: "«mi calle»", locality: "«Caleta»", email: "«e»", phone: "«p»", address: "«d»" };
const people = {
  name: "«N»",
  socialName: "«S»",
  organisation: "«O»",
  affectedName: "«A»",
  documentNumber: "«1»",
};
const CODES = [...sentences.keys()].filter((key) => key.startsWith("error-")).map((key) => key.slice(6));

/** What is on the screen, for eyes and for readers, outside of the pack's brackets. */
function outside(): string[] {
  const said: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node instanceof Element ? node : node.parentElement!;
    // Each language calls itself by its own name; a key of the keyboard is a letter.
    if (element.closest("button[lang]") || element.tagName === "STYLE") continue;
    if (node instanceof Element)
      for (const name of ["aria-label", "title", "alt", "placeholder"])
        said.push(node.getAttribute(name) ?? "");
    else if (!(element.closest(".keyboard") && node.textContent!.trim().length === 1))
      said.push(node.textContent!);
  }
  return said.map(withoutBrackets).filter((text) => /\p{L}/u.test(text));
}

function withoutBrackets(text: string): string {
  let depth = 0;
  return [...text]
    .filter((letter) => {
      if ("[«".includes(letter)) depth += 1;
      if ("]»".includes(letter)) depth -= 1;
      return depth === 0 && !"]»".includes(letter);
    })
    .join("");
}

const directory = { topics: [], agencies: [], offices: [], broadcasts: [] };

beforeEach(() => {
  vi.resetModules();
  HTMLDialogElement.prototype.showModal = HTMLDialogElement.prototype.close = () => {};
  Element.prototype.scrollTo = Element.prototype.scrollIntoView = () => {};
  answers.clear();
  for (const [name, value] of Object.entries({ context, searchCatalogue: found, sheet, directory }))
    answers.set(name, value);
  answers.set("checkDocument", { valid: true, code: null, repeated: true });
});

/** The page as a citizen has it who chose a language, in that language. */
async function page(tag = TAG) {
  // Each test has its own pages, made anew with the packs of its own.
  const { mount, unmount } = await import("svelte");
  const { setLanguage, language, availableLanguages, languageName } = await import("@oirs/i18n");
  const { citizen } = await import("@oirs/platform/citizen");
  const { Session } = await import("./session.svelte.ts");
  const { default: App } = await import("./App.svelte");
  setLanguage(tag);
  const session = new Session(citizen, () => 0, language);
  await session.load();
  const app = mount(App, { target: document.body, props: { session } });
  await settled();
  return { session, close: () => unmount(app), availableLanguages, languageName };
}

async function settled(): Promise<void> {
  const { flushSync, tick } = await import("svelte");
  for (let turn = 0; turn < 5; turn += 1) {
    flushSync();
    await tick();
    await Promise.resolve();
  }
}

describe("a complete pack", () => {
  let here: Awaited<ReturnType<typeof page>>;
  beforeEach(async () => {
    ship();
    here = await page();
    Object.assign(here.session.form, words, people, { comuna });
  });
  afterEach(() => here.close());

  async function nothingElse(where: string): Promise<void> {
    await settled();
    expect(outside(), where).toEqual([]);
  }

  it("is offered by its own name, and names those who vouch for it", async () => {
    const buttons = [...document.querySelectorAll("button[lang]")].map((one) => one.textContent.trim());
    expect(buttons).toEqual(["Español", "English", "[Prueba]"]);
    expect(document.querySelector(`button[lang="${TAG}"]`)?.getAttribute("aria-pressed")).toBe("true");
    expect(document.body.textContent).toContain("[Quien traduce] · [Quien revisa], [prueba]");
    await nothingElse("start");
  });

  it("says every question", async () => {
    const { session } = here;
    const { STAGES } = await import("./flow.ts");
    expect(STAGES.length).toBeGreaterThan(0);
    for (const step of [
      "notice",
      "kind",
      "place",
      "answer",
      "who",
      "organisation",
      "name",
      "residence",
      "affected",
    ] as const) {
      session.step = step;
      await nothingElse(step);
      expect(document.querySelector("main h1")?.textContent, step).toMatch(/^\[/);
    }
    for (const kind of [
      "consulta",
      "reclamo",
      "peticion",
      "sugerencia",
      "felicitacion",
      "opinion",
    ] as const) {
      Object.assign(session.form, { kind, text: "«»".repeat(kind === "opinion" ? 2001 : 1) });
      session.step = "text";
      await nothingElse(kind);
    }
    for (const way of ["correo", "telefono", "carta"] as const) {
      Object.assign(session.form, { answerBy: way, alsoPhone: "«x»" });
      session.step = "contact";
      await nothingElse(way);
    }
    for (const document of ["run", "ipe", "ipa", "pasaporte", "documento_extranjero", "none"] as const) {
      session.form.document = document;
      session.step = "document";
      await nothingElse(document);
    }
  });

  it("says what was answered, and the receipt", async () => {
    const { session } = here;
    for (const who of ["self", "anonymous", "organisation", "behalf"] as const)
      for (const answerBy of ["correo", "telefono", "carta", "presencial", "ninguno"] as AnswerWay[]) {
        Object.assign(session.form, { kind: "reclamo", who, answerBy, alsoEmail: "«m»", document: "run" });
        session.step = "review";
        await nothingElse(`${who} ${answerBy}`);
      }
    for (const printing of ["none", "printing", "confirmed", "sent", "failed"] as const)
      for (const answer_by of ["correo", "presencial", "ninguno"] as AnswerWay[]) {
        session.receipt = { ...receipt, answer_by, due_on: answer_by === "ninguno" ? null : receipt.due_on };
        Object.assign(session, { printing, step: "receipt" });
        await nothingElse(`${printing} ${answer_by}`);
      }
  });

  it("says what can be looked up", async () => {
    const { session } = here;
    session.step = "lookup";
    await nothingElse("found");
    session.sheet = sheet;
    await nothingElse("a sheet");
    session.sheet = null;
    answers.set("searchCatalogue", { ...found, catalogue: null });
    session.step = "start";
    await settled();
    session.step = "lookup";
    await nothingElse("no catalogue");
  });

  it("asks everything that is asked besides", async () => {
    const { session } = here;
    session.step = "name";
    for (const asking of ["exit", "finish", "help", "team", "take_back"] as const) {
      session.asking = asking;
      session.pinRefusal = { code: "pin_wrong", text_key: "stand-error-pin-wrong", seconds: 3, fields: [] };
      await nothingElse(asking);
      expect(document.querySelector("dialog h2")?.textContent).toMatch(/^\[/);
    }
    session.asking = null;
    session.idle = { kind: "warning", since_ms: 0, left_s: 1 };
    await nothingElse("idle");
  });

  it("says why the door is closed", async () => {
    const { session } = here;
    for (const blocked of ["not_enrolled", "disk_full", "stand_failed"] as const) {
      session.context = { ...context, blocked, network: "online", printer: false };
      await nothingElse(blocked);
    }
  });

  it("says what is wrong, and something of its own where it has no sentence for that", async () => {
    const { session } = here;
    session.step = "text";
    expect(CODES.length).toBeGreaterThan(10);
    for (const code of [...CODES, "json-syntax"]) {
      const error = { field: "text", code: code.replaceAll("-", "_") as ErrorCode, args: { max: 4000 } };
      session.errors = [error];
      await nothingElse(code);
      expect(document.querySelector("main .error")?.textContent, code).toMatch(/^\[/);
    }
    const refusals = [...sentences.keys(), ...leftOut].filter((key) =>
      /^(stand-error|print|sync-fault)-/.test(key),
    );
    for (const text_key of refusals) {
      session.refusal = { code: "other", text_key, seconds: 3, fields: [] };
      await nothingElse(text_key);
    }
  });

  it("writes letters on its keyboard and names every other key", async () => {
    const { session } = here;
    session.step = "name";
    await settled();
    document
      .querySelector<HTMLInputElement>("main input")!
      .dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
    for (const layer of ["letters", "symbols", "more"]) {
      await nothingElse(layer);
      const next = [...document.querySelectorAll<HTMLElement>(".keyboard .layer")].at(
        layer === "letters" ? 0 : -1,
      );
      expect(next, layer).toBeDefined();
      next?.click();
    }
  });
});

describe("a pack with one string less", () => {
  it.each<[string, Partial<Block>]>([
    ["without its text", { texto: "", estado: "vacío" }],
    ["without its review", { reviso: "", estado: "traducido" }],
    ["with a Spanish that changed since", { estado: "cambió el español" }],
  ])("%s is not there, not even partly", async (_, change) => {
    ship(change);
    const { close, availableLanguages, languageName } = await page("es-CL");
    expect(availableLanguages).toEqual(["es-CL", "en"]);
    expect([...document.querySelectorAll("button[lang]")].map((one) => one.textContent.trim())).toEqual([
      "Español",
      "English",
    ]);
    expect(document.body.textContent).not.toContain("[");
    expect(languageName(TAG)).toBe(`language-name-${TAG}`);
    await close();
  });
});
