// A page is drawn first with what the stand has to say, and not once without and once again: unless that takes long.

/** Milliseconds that a page may stay empty: what nobody notices (Nielsen 1993). */
const UNNOTICED_MS = 100;

/** Resolves when all is there, or at the latest when somebody would notice that it isn't. */
export function soon(all: Promise<unknown>[]): Promise<unknown> {
  return Promise.race([Promise.all(all), new Promise((late) => setTimeout(late, UNNOTICED_MS))]);
}
