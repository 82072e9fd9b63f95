// How a screen looks to everybody: as it is, in high contrast, with everything twice as large, and in the other language.
import assert from "node:assert/strict";
import { picture, unfit } from "./screens.mjs";
import { until } from "./wait.mjs";

/** What is meant stands in the middle of a page that scrolls as one. */
const MAIN = "(document.querySelector('dialog[open]') ?? document.querySelector('main')).scrollIntoView()";
const staffs = (windows) => windows.run("return location.pathname.includes('staff')");

async function dressed(windows, name, value, during) {
  const before = await windows.run("const [name, value] = arguments, { dataset } = document.documentElement, before = dataset[name]; dataset[name] = value; return before ?? null", name, value);
  await during();
  await windows.run("const [name, value] = arguments, { dataset } = document.documentElement; if (value === null) delete dataset[name]; else dataset[name] = value", name, before);
}

async function sized(windows, width, height) {
  await windows.post("window/rect", { width, height });
  await until("the window has its size", () => windows.run("return innerWidth === arguments[0]", width));
}

/** The team zooms the page, which is as half the window; the citizen's page has a button for letters twice as large. */
async function doubled(windows, during) {
  if (!(await staffs(windows))) return dressed(windows, "letters", "largest", during);
  const { width, height } = await windows.get("window/rect");
  await sized(windows, width / 2, height / 2);
  await windows.run(MAIN);
  await during();
  await sized(windows, width, height);
}

/** By the page's own button, wherever it lies: behind a dialog it is out of a pointer's reach. */
const turns = (windows, words) => windows.run("const button = [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === arguments[0]); button?.click(); return button !== undefined", words);
const language = (windows) => windows.run("return document.documentElement.lang");

/** The team changes its language anywhere. A citizen does so at the start, and goes the whole way in it. */
async function inEnglish(windows, during) {
  if (!(await turns(windows, "English")) && !(await staffs(windows))) return;
  await until("the page is in English", async () => (await language(windows)) === "en");
  await during();
  await turns(windows, "Español");
  await until("the page is in Spanish", async () => (await language(windows)) === "es-CL");
}

const WAYS = { contrast: (windows, during) => dressed(windows, "theme", "contrast", during), 200: doubled, en: inEnglish };

/**
 * A picture of the screen, and of it in each of `ways`. In none of them does axe find anything, nor is a control out of
 * reach or its words cut off.
 */
export async function look(windows, name, ways = Object.keys(WAYS)) {
  const found = [];
  const see = async (way) => {
    const lines = [...(await windows.axe()), ...(await unfit(windows))];
    found.push(...lines.map((line) => `${name}.${way}: ${line}`));
  };
  const spoken = await language(windows);
  await windows.picture(picture(`${name}.${spoken}`));
  await see(spoken);
  for (const way of ways)
    await WAYS[way](windows, async () => {
      await windows.picture(picture(`${name}.${way}`));
      await see(way);
    });
  assert.deepEqual(found, []);
}
