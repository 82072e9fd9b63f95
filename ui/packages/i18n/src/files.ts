// The sentences: our own, and those that the whole product shares (errors, names of the closed lists).
import type { Language } from "./format.ts";

const own = import.meta.glob<string>("../locales/*/*.ftl", { query: "?raw", import: "default", eager: true });
const shared = import.meta.glob<string>(
  "../../../../crates/texts/locales/*/{errors,names,devices,stand,sync}.ftl",
  {
    query: "?raw",
    import: "default",
    eager: true,
  },
);

/** Every file of a language: its path and its source. */
export function files(language: Language): [string, string][] {
  return Object.entries({ ...shared, ...own }).filter(([path]) => path.includes(`/${language}/`));
}
