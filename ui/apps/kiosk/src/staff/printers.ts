// How a printer's state looks: red is for one that can't print, and not for one that only doesn't say how it is.
export type Tone = "good" | "careful" | "bad";

/** What could not be asked, and paper that is nearly at its end, are for somebody to look at. */
export function printerTone(state: string | null | undefined): Tone {
  if (state === "ready") return "good";
  return !state || state === "unknown" || state === "paper_low" ? "careful" : "bad";
}
