// A stand with its windows and its office, started and ended together.
import { after, before } from "node:test";
import { office, PIN, program } from "./programs.mjs";
import { until } from "./wait.mjs";
import { drive } from "./webdriver.mjs";

/** Called inside a file or a `describe`: `stand` and `windows` are there when its tests run. */
export function sides(env = {}) {
  const here = { stand: null, windows: null };
  before(async () => {
    here.stand = await office();
    // The offset of a paper's date is the machine's: this one stands in Chile.
    here.windows = await drive(program("oirs-en-terreno"), ["--data", here.stand.data], { TZ: "America/Santiago", ...env });
    await here.windows.turnTo("staff");
  });
  after(async () => {
    await here.windows?.close();
    await here.stand?.close();
  });
  return here;
}

/** From the team's page to a citizen's fresh window. */
export async function handOver(windows) {
  await windows.press(windows.css("button[data-panel=hand_over]"));
  await windows.pressLast(windows.button("Entregar a la ciudadanía"));
  await windows.turnTo("citizen");
  await windows.sees("Te damos la bienvenida");
}

/** Waits until no dialog lies before the page: until then a press on it goes nowhere. */
export const closed = (windows) => until("no dialog is open", () => windows.run("return document.querySelector('dialog[open]') === null"));

/** Answers the question for the PIN. */
export async function givesPin(windows, pin = PIN) {
  await windows.type(windows.css("dialog input[type=password]"), pin);
  await windows.press(windows.css("dialog button[type=submit]"));
  // A PIN is looked at slowly, on purpose.
  await closed(windows);
}

/** Takes the screen back from a citizen. */
export async function takeBack(windows) {
  await windows.invoke("citizen_take_back", { pin: PIN }).catch(() => {});
  await windows.turnTo("staff");
}
