// A survey on the screen, against scripted answers: what is asked follows from what Rust says, and nothing else.
import type { Refusal, SurveyQuestion, SurveyStep, SurveyView } from "@oirs/bindings";
import type { Citizen } from "@oirs/platform/citizen";
import { describe, expect, it } from "vitest";
import { Survey } from "./survey.svelte.ts";

const question = (name: string, asks: SurveyQuestion["asks"], required = true): SurveyQuestion => ({
  name,
  label: name,
  required,
  asks,
});
const range: SurveyQuestion["asks"] = { type: "range", start: 1, end: 7, low: "peor", high: "mejor" };
const view: SurveyView = {
  place: 3,
  title: "Prueba",
  language: "es-CL",
  questions: [
    question("saludo", { type: "note" }, false),
    question("nota", range),
    question("detalle", { type: "text", chars_max: 500 }, false),
    question("final", { type: "text", chars_max: 500 }, false),
  ],
};

/** A survey whose next steps are these. */
function survey(...steps: (Partial<SurveyStep> | Refusal)[]): Survey {
  const surveyStep = async () => {
    const step = steps.shift();
    if (step && "code" in step) return { ok: false as const, refusal: step };
    const value = { shown: [], questions: 3, replied: 0, faults: [], ...step } as unknown as SurveyStep;
    return { ok: true as const, value };
  };
  return new Survey({ surveyStep } as unknown as Citizen, view);
}
const all = ["saludo", "nota", "detalle", "final"];

describe("a survey on the screen", () => {
  it("goes on to what is shown next, and ends where nothing follows", async () => {
    const run = survey(
      { shown: all },
      { shown: ["saludo", "nota", "final"] },
      { shown: ["saludo", "nota", "final"] },
    );
    expect(await run.next("falta")).toBe("goes");
    expect(run.at).toBe("nota");
    run.set({ number: 7 });
    expect(await run.next("falta")).toBe("goes");
    expect([run.at, run.progress]).toEqual(["final", { at: 2, of: 2 }]);
    expect(await run.next("falta")).toBe("ended");
    expect(run.replies).toEqual({ nota: { number: 7 } });
  });

  it("stays where a reply is needed, wrong, or can't be judged", async () => {
    const refusal = { code: "internal", text_key: null, seconds: null, fields: [] };
    const faults = [{ question: "nota", code: "constraint", reason: "de 1 a 7" }];
    const run = survey({ shown: all }, { shown: all }, { shown: all, faults }, refusal, { shown: all });
    await run.next("falta");
    expect([await run.next("falta"), run.wrong]).toEqual(["stays", "falta"]);
    run.set({ number: 9 });
    expect(run.wrong).toBe("");
    expect([await run.next("falta"), run.wrong]).toEqual(["stays", "de 1 a 7"]);
    run.set("declined");
    expect(await run.next("falta")).toEqual(refusal);
    expect([run.at, await run.next("falta")]).toEqual(["nota", "goes"]);
  });

  it("goes back through what was shown, and keeps what was said", async () => {
    const run = survey({ shown: all }, { shown: all });
    expect(run.back()).toBe(false);
    await run.next("falta");
    run.set({ number: 5 });
    await run.next("falta");
    expect(run.back()).toBe(true);
    expect([run.at, run.reply]).toEqual(["nota", { number: 5 }]);
    run.set(undefined);
    expect(run.replies).toEqual({});
  });
});
