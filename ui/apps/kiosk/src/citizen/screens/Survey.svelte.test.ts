// What somebody writes where a number is asked for: it is never dropped in silence.
import type { Reply, SurveyView } from "@oirs/bindings";
import type { Citizen } from "@oirs/platform/citizen";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, expect, it } from "vitest";
import { Session } from "../session.svelte.ts";
import { Survey } from "../survey.svelte.ts";
import Screen from "./Survey.svelte";

const view: SurveyView = {
  place: 1,
  title: "Prueba",
  language: "es-CL",
  questions: [
    { name: "hijos", label: "¿Cuántos?", required: false, asks: { type: "integer", min: -99, max: 99 } },
  ],
};

let shown: ReturnType<typeof mount> | undefined;
afterEach(() => {
  if (shown) void unmount(shown);
  document.body.replaceChildren();
});

function asked(): Survey {
  const session = new Session(
    {} as Citizen,
    () => 0,
    () => "es-CL",
  );
  const survey = new Survey({} as Citizen, view);
  session.survey = survey;
  shown = mount(Screen, {
    target: document.body,
    props: { session, blocked: false, typing: false } as never,
  });
  flushSync();
  return survey;
}

it.each([
  ["12", { number: 12 }],
  [" -3 ", { number: -3 }],
  ["", undefined],
  ["  ", undefined],
  ["abc", { text: "abc" }],
  ["1.5", { text: "1.5" }],
  ["1e3", { text: "1e3" }],
  ["9007199254740992", { text: "9007199254740992" }],
] as [string, Reply | undefined][])("«%s» is the reply %o, or stays to be judged", (written, reply) => {
  const survey = asked();
  const field = document.querySelector("input")!;
  field.value = written;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
  expect(survey.reply).toEqual(reply);
  expect(field.value.trim()).toBe(written.trim());
});
