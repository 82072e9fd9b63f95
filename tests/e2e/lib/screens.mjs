// Pictures of screens, and whether everything on one is within reach.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./programs.mjs";

const folder = join(root, process.env.OIRS_SCREENS ?? "target/screens");
mkdirSync(folder, { recursive: true });

export const picture = (name) => join(folder, `${name}.png`);

// Every control is brought into sight, as the keyboard or a finger would, and must then lie inside of the window with
// its own words inside of it, and nothing in front of it. No box scrolls sideways but what is one line of typing.
const UNFIT = `
  const found = [];
  const name = (one) => one.tagName.toLowerCase() + " «" + (one.getAttribute("aria-label") ?? one.innerText ?? one.value ?? "").trim().slice(0, 40) + "» " + one.className;
  const dialog = document.querySelector("dialog[open]");
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".visually-hidden, [inert]");
  for (const box of document.querySelectorAll("*"))
    if (shown(box) && !["INPUT", "TEXTAREA", "SELECT"].includes(box.tagName) && box.scrollWidth > box.clientWidth + 1 && ["auto", "scroll"].includes(getComputedStyle(box).overflowX))
      found.push("scrolls sideways: " + name(box));
  if (document.documentElement.scrollWidth > innerWidth) found.push("the page is wider than the window");
  for (const one of (dialog ?? document).querySelectorAll("button, input, select, textarea, summary, a[href]")) {
    if (!shown(one) || one.disabled) continue;
    one.scrollIntoView({ block: "center", inline: "nearest" });
    const { left, right, top, bottom, width, height } = one.getBoundingClientRect();
    if (left < -1 || right > innerWidth + 1 || top < -1 || (bottom > innerHeight + 1 && height <= innerHeight)) found.push("out of the window: " + name(one));
    if (one.tagName === "BUTTON" && one.scrollWidth > one.clientWidth + 1) found.push("its words don't fit: " + name(one));
    const there = document.elementFromPoint(left + width / 2, Math.min(top + height / 2, innerHeight - 2));
    if (there && !one.contains(there) && !there.contains(one)) found.push("behind " + name(there) + ": " + name(one));
  }
  for (const box of document.querySelectorAll("*")) if (box.scrollTop > 0) box.scrollTop = 0;
  return found;
`;

/** What can't be reached or read on the screen as it is, as lines. */
export const unfit = (windows) => windows.run(UNFIT);
