// When what was changed can be seen: a title that came earlier would name what is not there yet.
import { tick } from "svelte";

const frame = () => new Promise((next) => requestAnimationFrame(next));

/** Resolves when the state of now has been painted. */
export async function painted(): Promise<void> {
  await tick();
  // A face that is used for the first time is still being read.
  await document.fonts.ready;
  await frame();
  await frame();
}
