// The sentences: our own, and those that the whole product shares (errors, names of the closed lists).
import type { Language } from "./format.ts";
import { packs, type Messages } from "./packs.ts";

const own = import.meta.glob<Messages>("../locales/*/*.ftl", { import: "default", eager: true });
const shared = import.meta.glob<Messages>(
  "../../../../crates/texts/locales/*/{errors,names,devices,stand,sync}.ftl",
  { import: "default", eager: true },
);

/** The files of a language, unread; first those that a window's first screen speaks from. */
export function files(language: Language, window = ""): Messages[] {
  const pack = packs.get(language);
  if (pack) return [pack];
  const first = [`/${window}.ftl`, "/common.ftl", "/names.ftl"];
  const rank = (path: string) => first.findIndex((name) => path.endsWith(name)) >>> 0;
  return Object.entries({ ...shared, ...own })
    .filter(([path]) => path.includes(`/${language}/`))
    .sort(([one], [other]) => rank(one) - rank(other))
    .map(([, messages]) => messages);
}
