// A person at the machine: keys, a pointer, and eyes that read which window is in front and what its title says.
// Everything goes through the X server, as it would from real devices; nothing is asked of the program itself.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./programs.mjs";
import { until } from "./wait.mjs";

const quiet = { encoding: "utf8", timeout: 20_000, stdio: ["ignore", "pipe", "ignore"] };
const xdotool = (...args) => execFileSync("xdotool", args, quiet).trim();

/** Presses keys or chords, one after another. */
export const press = (...keys) => xdotool("key", "--clearmodifiers", ...keys);
export const type = (words) => xdotool("type", "--delay", "20", words);
export const pointTo = (x, y) => xdotool("mousemove", String(x), String(y));
export const click = (button) => xdotool("click", String(button));
export function wheelWithCtrl(button) {
  xdotool("keydown", "ctrl", "click", String(button), "click", String(button), "keyup", "ctrl");
}

/** Does something while Alt is held. */
export function alt(act) {
  xdotool("keydown", "alt");
  act();
  xdotool("keyup", "alt");
}
/** Moves the pointer with a button held. A few steps: a single one would not look like a hand's. */
export function drag(button, [left, top], [right, bottom]) {
  const steps = [0, 0.1, 0.3, 0.6, 1].map((part) => [left + (right - left) * part, top + (bottom - top) * part].map((at) => String(Math.round(at))));
  const [from, ...way] = steps.map((step) => ["mousemove", ...step]);
  xdotool(...from, "mousedown", String(button), ...way.flat(), "mouseup", String(button));
}
export const shift = (times) => xdotool("key", "--delay", "60", ...Array(times).fill("Shift_L"));
/** A key that is held for a while and does nothing else: the X server repeats it. */
export const hold = (key) => xdotool("keydown", key, "sleep", "0.7", "keyup", key);
/** What a desktop or another program can ask of a window: in xdotool's words, and in wmctrl's. */
export const askWindow = (asked, window, ...how) => xdotool(asked, window, ...how);
export const askDesktop = (window, ...asked) => execFileSync("wmctrl", ["-i", "-r", window, ...asked], quiet);
export const askToClose = (window) => execFileSync("wmctrl", ["-i", "-c", window], quiet);
export const toDesktop = (number) => xdotool("set_desktop", String(number));

/** The windows of a process that can be seen. */
export function windowsOf(pid) {
  const { stdout } = spawnSync("xdotool", ["search", "--onlyvisible", "--pid", String(pid), "--name", "OIRS en Terreno"], quiet);
  return stdout.split("\n").filter(Boolean);
}
/** Every window that can be seen, whoever it belongs to: menus and hints are windows too. */
export function visible() {
  const { stdout } = spawnSync("xdotool", ["search", "--onlyvisible", "--name", ""], quiet);
  return stdout.split("\n").filter(Boolean).sort();
}
/** The title of the window that has the keys. */
export const title = () => xdotool("getactivewindow", "getwindowname");
export const sees = (words) => until(`the window in front is called «${words}»`, () => title().startsWith(words));
/** Where a window is and how large: x, y, width, height. */
export const geometry = (window) => [...xdotool("getwindowgeometry", "--shell", window).matchAll(/^(?:X|Y|WIDTH|HEIGHT)=(-?\d+)$/gm)].map(([, number]) => Number(number));
/** A window that covers everything. */
export const wholeScreen = () => [0, 0, ...xdotool("getdisplaygeometry").split(" ").map(Number)];

/** How far a colour may be off, of 255, and how many pixels further: the same corner is not always smoothed alike. */
const COLOUR_OFF_MAX = 64;
const PIXELS_OFF_MAX = 200;

/** What the whole screen shows: three bytes a pixel. */
export const screen = () => execFileSync("import", ["-window", "root", "-depth", "8", "rgb:-"], { maxBuffer: 1 << 26, timeout: 20_000 });
/** Whether two screens show the same. A menu, a word or another size of letters are thousands of pixels. */
export function alike(one, other) {
  if (one.length !== other.length) return false;
  let off = 0;
  for (let at = 0; at < one.length && off <= PIXELS_OFF_MAX; at += 3) {
    const far = (byte) => Math.abs(one[byte] - other[byte]) > COLOUR_OFF_MAX;
    if (far(at) || far(at + 1) || far(at + 2)) off += 1;
  }
  return off <= PIXELS_OFF_MAX;
}
/** Waits until the screen holds still and shows this picture; what it shows instead goes to target/screens. */
export async function shows(expected, name) {
  let now;
  const same = async () => alike((now = await settled(3)), expected);
  await until(`the screen shows what it did: ${name}`, same).catch((error) => {
    const folder = join(root, "target/screens");
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `release-${name.replaceAll(/\W+/g, "-")}`);
    for (const [which, picture] of Object.entries({ expected, now })) {
      const size = wholeScreen().slice(2).join("x");
      execFileSync("convert", ["-size", size, "-depth", "8", "rgb:-", `${file}.${which}.png`], { input: picture });
    }
    throw new Error(`${error.message}; see ${file}.now.png`);
  });
}
/** The screen once it has held still for so many looks: for a picture to compare with, longer than for a comparison. */
export async function settled(looks = 12) {
  let [last, same] = [screen(), 0];
  await until("the screen holds still", () => {
    const now = screen();
    same = alike(now, last) ? same + 1 : 0;
    last = now;
    return same >= looks;
  }, 60_000);
  return last;
}

/** Writes a part of the screen as a picture, once it has held still: `[left, top, width, height]` in pixels. */
export async function drawn(path, [left, top, width, height]) {
  const size = wholeScreen().slice(2).join("x");
  const crop = ["-crop", `${width}x${height}+${left}+${top}`, "+repage"];
  execFileSync("convert", ["-size", size, "-depth", "8", "rgb:-", ...crop, path], { input: await settled(1) });
}

/** An ordinary window manager, with the shortcuts of an ordinary desktop: close, move, shrink. */
export async function desktop(env) {
  let gone = "it lives";
  const manager = spawn("openbox", ["--sm-disable"], { env, stdio: ["ignore", "ignore", "inherit"] });
  manager.once("exit", (code) => (gone = `it ended with ${code}`));
  const ended = new Promise((done) => manager.once("exit", done));
  await until("the window manager manages", () => spawnSync("xdotool", ["get_desktop"], quiet).status === 0, 60_000).catch((error) => {
    throw new Error(`${error.message}; ${gone}`);
  });
  return async () => {
    manager.kill("SIGTERM");
    await ended;
  };
}
