// Waiting for something to be so, in bounded time. Nothing here sleeps for a fixed time and hopes.
import { setImmediate as turn } from "node:timers/promises";

/** Asks again and again until the answer is truthy; throws with `what` when time is up. */
export async function until(what, ask, limit_ms = 20_000) {
  const end = performance.now() + limit_ms;
  let last;
  do {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      last = error;
    }
    await turn();
  } while (performance.now() < end);
  throw new Error(`not so after ${limit_ms} ms: ${what}${last ? ` (${last.message})` : ""}`);
}
