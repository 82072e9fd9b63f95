// A session against scripted answers: what is sent, what stays after a refusal, and that nothing outlives its end.
import type { CitizenContext, FieldError, Refusal } from "@oirs/bindings";
import type { Answer, Citizen } from "@oirs/platform/citizen";
import { beforeEach, describe, expect, it } from "vitest";
import { comuna, context, receipt } from "./fixture.ts";
import { Session } from "./session.svelte.ts";

const invited = { place: 3, title: "Prueba", questions: 1, languages: ["es-CL"] };
const survey = {
  place: 3,
  title: "Prueba",
  language: "es-CL",
  questions: [
    {
      name: "nota",
      label: "¿Qué nota?",
      required: true,
      asks: { type: "range", start: 1, end: 7, low: "", high: "" },
    },
  ],
};
const ok = <T>(value: T): Answer<T> => ({ ok: true, value });
const no = (code: string, fields: FieldError[] = []): { ok: false; refusal: Refusal } => ({
  ok: false,
  refusal: { code, text_key: null, seconds: null, fields },
});

let now = 0;
let calls: string[] = [];
let answers: Partial<Citizen> = {};

function session(): Session {
  const said =
    (name: string, value: unknown) =>
    (...args: unknown[]) => {
      calls.push(name);
      const scripted = answers[name as keyof Citizen] as ((...args: unknown[]) => unknown) | undefined;
      return Promise.resolve(scripted ? scripted(...args) : value);
    };
  const commands = Object.fromEntries(
    Object.entries({
      context: ok(context),
      checkRequest: ok([]),
      fileRequest: ok(receipt),
      printReceipt: ok("confirmed"),
      callHelp: ok(null),
      alive: ok(null),
      letOn: ok(null),
      endSession: ok(null),
      takeBack: ok(null),
      checkDocument: ok(null),
      comunasSearch: ok([]),
      invitation: ok(null),
      beginSurvey: ok(survey),
      surveyStep: ok({ shown: ["nota"], questions: 1, replied: 1, faults: [] }),
      answerSurvey: ok(null),
      breakOffSurvey: ok(null),
      refuseSurvey: ok(null),
    }).map(([name, value]) => [name, said(name, value)]),
  ) as unknown as Citizen;
  return new Session(
    commands,
    () => now,
    () => "es-CL",
  );
}

async function filled(): Promise<Session> {
  const one = session();
  await one.load();
  Object.assign(one.form, {
    noticeRead: true,
    kind: "reclamo",
    text: "No pasa la barcaza.",
    answerBy: "telefono",
    phone: "955550101",
    who: "anonymous",
  });
  one.step = "review";
  return one;
}

beforeEach(() => {
  now = 0;
  calls = [];
  answers = {};
});

describe("on the way", () => {
  it("takes the comuna and the place from the outing", async () => {
    const one = session();
    await one.load();
    expect([one.form.comuna, one.form.locality]).toEqual([comuna, "«Caleta»"]);
  });

  it("stops at a rule of this question and not at one of another", async () => {
    const one = await filled();
    one.step = "contact";
    answers = {
      checkRequest: async () =>
        ok<FieldError[]>([
          { field: "text", code: "missing", args: {} },
          { field: "person.phone", code: "invalid_phone", args: {} },
        ]),
    };
    await one.proceed();
    expect([one.step, one.errors.map((error) => error.code)]).toEqual(["contact", ["invalid_phone"]]);
    answers = { checkRequest: async () => ok<FieldError[]>([{ field: "text", code: "missing", args: {} }]) };
    await one.proceed();
    expect([one.step, one.errors]).toEqual(["who", []]);
  });
});

it("begins nothing at a door that closed since it was painted, and opens when the reason is gone", async () => {
  const one = session();
  await one.load();
  answers = { context: async () => ok<CitizenContext>({ ...context, blocked: "disk_full" }) };
  await one.proceed();
  expect([one.step, one.context?.blocked]).toEqual(["start", "disk_full"]);
  answers = {};
  await one.tick();
  expect(one.context?.blocked).toBe(null);
  await one.proceed();
  expect(one.step).toBe("notice");
});

it("asks for the datum of a way before it judges the way", async () => {
  const one = await filled();
  Object.assign(one, { step: "answer", toReview: false });
  one.form.answerBy = "correo";
  answers = {
    checkRequest: async () =>
      ok<FieldError[]>([{ field: "person.answer_by", code: "answer_way_missing", args: {} }]),
  };
  await one.proceed();
  expect(one.step).toBe("contact");
  await one.proceed();
  expect([one.step, one.errors.length]).toEqual(["contact", 1]);
});

describe("sending", () => {
  it("shows the receipt, forgets the form and prints", async () => {
    const one = await filled();
    await one.send();
    expect([one.step, one.receipt?.folio, one.printing, one.form.text]).toEqual([
      "receipt",
      receipt.folio,
      "confirmed",
      "",
    ]);
    expect(calls).toEqual(["context", "invitation", "fileRequest", "printReceipt"]);
  });

  it("keeps everything when the disk is full", async () => {
    const one = await filled();
    answers = { fileRequest: async () => no("disk_full") };
    await one.send();
    expect([one.step, one.refusal?.code, one.form.text, one.receipt]).toEqual([
      "review",
      "disk_full",
      "No pasa la barcaza.",
      null,
    ]);
  });

  it("goes to the question whose field was rejected", async () => {
    const one = await filled();
    answers = {
      fileRequest: async () => no("rejected", [{ field: "person.phone", code: "invalid_phone", args: {} }]),
    };
    await one.send();
    expect([one.step, one.errors.length, one.refusal]).toEqual(["contact", 1, null]);
  });

  it("asks for the team past the screen's pace, and goes on where it was", async () => {
    const one = await filled();
    answers = { fileRequest: async () => no("team_needed"), letOn: async () => no("pin_wrong") };
    await one.send();
    expect([one.step, one.asking, one.form.text]).toEqual(["review", "team", "No pasa la barcaza."]);
    await one.letOn("0000", "EQUIPO");
    expect([one.asking, one.pinRefusal?.code]).toEqual(["team", "pin_wrong"]);
    answers = {};
    await one.letOn("4821", "EQUIPO");
    expect([one.step, one.asking, one.receipt?.folio]).toEqual(["receipt", null, receipt.folio]);
  });

  it("asks for the team before anything is written, when it is known", async () => {
    const one = session();
    answers = { context: async () => ok({ ...context, team_needed: true }) };
    await one.load();
    await one.proceed();
    expect([one.step, one.asking]).toEqual(["start", "team"]);
    answers = {};
    await one.letOn("4821", "EQUIPO");
    expect([one.step, one.asking]).toEqual(["notice", null]);
  });

  it("files one request for two touches", async () => {
    const one = await filled();
    await Promise.all([one.send(), one.send()]);
    expect(calls.filter((name) => name === "fileRequest")).toHaveLength(1);
  });
});

describe("the end", () => {
  it("warns, waits, wipes and tells Rust", async () => {
    const one = await filled();
    now = 90_000;
    await one.tick();
    expect(one.idle.kind).toBe("warning");
    expect(calls.at(-1)).toBe("alive");
    one.touch();
    expect(one.idle.kind).toBe("active");
    now = 180_000;
    await one.tick();
    now = 240_000;
    await one.tick();
    expect([one.step, one.form.text, calls.at(-1)]).toEqual(["start", "", "endSession"]);
  });

  it("never wipes a receipt that could not be printed", async () => {
    const one = await filled();
    answers = { printReceipt: async () => no("print_failed") };
    await one.send();
    expect(one.printing).toBe("failed");
    for (now = 0; now < 3_600_000; now += 60_000) await one.tick();
    expect([one.step, one.idle.kind]).toEqual(["receipt", "active"]);
    await one.end();
    expect([one.step, one.receipt]).toEqual(["start", null]);
  });
});

describe("an invitation", () => {
  const drawn = { invitation: async () => ok(invited) } as Partial<Citizen>;

  it("is asked for at the door only, and answered to the end once", async () => {
    answers = drawn;
    const one = session();
    await one.load();
    expect(one.invitation).toEqual(invited);
    await one.beginSurvey();
    expect([one.step, one.invitation, one.isUntouched]).toEqual(["survey", null, false]);
    calls = [];
    await one.load();
    expect(calls).toEqual(["context"]);
    one.survey?.set({ number: 7 });
    await one.surveyNext("falta");
    expect([one.step, one.survey, calls.includes("answerSurvey")]).toEqual(["thanks", null, true]);
    await one.end();
    expect(calls).not.toContain("breakOffSurvey");
  });

  it("is refused with one touch", async () => {
    answers = drawn;
    const one = session();
    await one.load();
    await one.refuseSurvey();
    expect([one.invitation, one.step, calls.includes("refuseSurvey")]).toEqual([null, "start", true]);
  });

  it("counts as broken off when the session ends in the middle", async () => {
    answers = drawn;
    const one = session();
    await one.load();
    await one.beginSurvey();
    await one.end();
    expect(calls.slice(-2)).toEqual(["breakOffSurvey", "endSession"]);
  });

  it("that somebody else took meanwhile leads nowhere", async () => {
    answers = { ...drawn, beginSurvey: async () => no("no_invitation") } as Partial<Citizen>;
    const one = session();
    await one.load();
    await one.beginSurvey();
    expect([one.step, one.survey, one.refusal?.code]).toEqual(["start", null, "no_invitation"]);
  });
});
