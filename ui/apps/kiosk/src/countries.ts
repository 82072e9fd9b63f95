// The countries by name, in the window's language, and in Spanish where that is a pack's: no speaker vouches for what the
// engine has there, if it has anything. Their codes are Rust's; the names are the engine's own (CLDR), so that no table
// of ours grows old.
import { COUNTRIES } from "@oirs/bindings";
import { format, language, type Language } from "@oirs/i18n";

export interface Country {
  code: string;
  name: string;
  region: string;
}

/** As many as a list shows without becoming one to search through. */
const FOUND_MAX = 8;
let known: { language: Language; countries: Country[] } | null = null;

/** All of them in the order of their names: made when first asked for, since the engine's names take a while to wake. */
function named(): Country[] {
  const now = format.locale(language());
  if (known?.language !== now) {
    const names = new Intl.DisplayNames(now, { type: "region" });
    const all = COUNTRIES.split(" ").map((code) => ({ code, name: names.of(code) ?? code, region: "" }));
    known = { language: now, countries: all.sort((a, b) => a.name.localeCompare(b.name, now)) };
  }
  return known.countries;
}

/** Without accents and capitals: somebody in a hurry writes "peru". */
const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

/** The country of a code, and the code as it was written. What names no country is for the rules to judge. */
function of(code: string): Country | null {
  if (code === "") return null;
  const found = named().find((country) => country.code === code.toUpperCase());
  return { code, name: found?.name ?? code, region: "" };
}

/** Those whose name begins so, then those with a word that does, then the one whose code is this. */
function search(query: string): Promise<Country[]> {
  const asked = plain(query);
  const rank = ({ code, name }: Country) => {
    const words = plain(name);
    if (words.startsWith(asked)) return 0;
    if (words.split(/[^\p{L}]+/u).some((word) => word.startsWith(asked))) return 1;
    return code.toLowerCase() === asked ? 2 : 3;
  };
  const ranked = named().map((country) => ({ country, rank: rank(country) }));
  const found = ranked.filter((one) => one.rank < 3).sort((a, b) => a.rank - b.rank);
  return Promise.resolve(asked === "" ? [] : found.slice(0, FOUND_MAX).map((one) => one.country));
}

export const countries = { of, search };
