// One or many. Spanish and English agree on whole numbers (CLDR: one is 1), and the engine's own rules take 5 ms to wake,
// which a window's first screen would wait for.
import type { FluentVariable } from "@fluent/bundle";

/** The name under which a sentence finds the word that goes with a number. */
export const pluralOf = (name: string) => `${name} in words`;

/** What a sentence is told, and of each number whether it is one or many. */
export function withPlurals(args: Record<string, FluentVariable>): Record<string, FluentVariable> {
  const words = Object.entries(args)
    .filter(([, value]) => typeof value === "number")
    .map(([name, value]) => [pluralOf(name), value === 1 ? "one" : "other"]);
  return words.length > 0 ? { ...args, ...Object.fromEntries(words) } : args;
}
