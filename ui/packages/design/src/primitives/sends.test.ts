import { expect, test } from "vitest";
import { sends } from "./sends.ts";

const cases = [
  { where: "a line", on: "input", press: { key: "Enter" }, sent: 1 },
  { where: "a choice", on: "[type=radio]", press: { key: "Enter" }, sent: 1 },
  { where: "a text of many lines", on: "textarea", press: { key: "Enter" }, sent: 0 },
  { where: "another button", on: "[type=button]", press: { key: "Enter" }, sent: 0 },
  { where: "a line, with Ctrl", on: "input", press: { key: "Enter", ctrlKey: true }, sent: 0 },
  { where: "a line, another key", on: "input", press: { key: "a" }, sent: 0 },
  {
    where: "a letter that is being composed",
    on: "input",
    press: { key: "Enter", isComposing: true },
    sent: 0,
  },
];

function form() {
  document.body.innerHTML = `<div role="form"><input /><input type="radio" /><textarea></textarea>
    <button type="button">Otro</button><button type="submit"><b>Guardar</b></button></div>`;
  const form = document.querySelector<HTMLElement>("[role=form]")!;
  let sent = 0;
  const end = sends(() => (sent += 1))(form);
  return {
    form,
    end,
    at: (selector: string) => form.querySelector<HTMLElement>(selector)!,
    sent: () => sent,
  };
}

test.each(cases)("Enter in $where sends $sent times", ({ on, press, sent }) => {
  const tried = form();
  tried.at(on).dispatchEvent(new KeyboardEvent("keydown", { ...press, bubbles: true, cancelable: true }));
  expect(tried.sent()).toBe(sent);
});

test("its button sends, wherever it is pressed, and no other", () => {
  const tried = form();
  tried.at("b").click();
  tried.at("[type=button]").click();
  expect(tried.sent()).toBe(1);
});

test("a button that is disabled sends nothing, not even by Enter", () => {
  const tried = form();
  tried.at("[type=submit]").setAttribute("disabled", "");
  tried.at("input").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  expect(tried.sent()).toBe(0);
});

test("Enter sends what has no button of its own, once", () => {
  const tried = form();
  tried.at("[type=submit]").remove();
  tried.at("input").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  expect(tried.sent()).toBe(1);
});

test("what a field took for itself does not send", () => {
  const tried = form();
  tried.at("input").addEventListener("keydown", (event) => event.preventDefault());
  tried
    .at("input")
    .dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  expect(tried.sent()).toBe(0);
});

test("nothing is sent once it is gone", () => {
  const tried = form();
  tried.end();
  tried.at("[type=submit]").click();
  expect(tried.sent()).toBe(0);
});
