// The sentences: our own, and those that the whole product shares (errors, names of the closed lists).
import type { FluentResource } from "@fluent/bundle";
import type { Language } from "./format.ts";
import { packs, type Messages } from "./packs.ts";

const own = import.meta.glob<Messages>("../locales/*/*.ftl", { import: "default", eager: true });
const shared = import.meta.glob<Messages>(
  "../../../../crates/texts/locales/*/{errors,names,devices,stand,sync}.ftl",
  { import: "default", eager: true },
);

/** The messages of a language, file by file. */
export function files(language: Language): FluentResource["body"][] {
  const pack = packs.get(language);
  if (pack) return [pack()];
  return Object.entries({ ...shared, ...own })
    .filter(([path]) => path.includes(`/${language}/`))
    .map(([, messages]) => messages());
}
