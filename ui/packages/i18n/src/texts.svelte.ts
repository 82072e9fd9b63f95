// One bundle a language, made when first used, and read file by file as far as its sentences were needed: all at once came
// to 6 ms of a window's start. A sentence missing in a language is shown in Spanish, and a key
// without any sentence as itself: a person before the screen is better served by that than by an error.
import { FluentBundle, type FluentVariable } from "@fluent/bundle";
import { files } from "./files.ts";
import { locale, type Language } from "./format.ts";
import { packs, type Messages } from "./packs.ts";
import { withPlurals } from "./plural.ts";

interface Sentences {
  bundle: FluentBundle;
  unread: Messages[];
}
const sentences = new Map<Language, Sentences>();
const current = $state<{ language: Language }>({ language: "es-CL" });

/** Languages whose whole path was reviewed: no other is offered. */
export const availableLanguages: readonly Language[] = ["es-CL", "en", ...packs.keys()];

function of(language: Language): Sentences {
  const known = sentences.get(language);
  if (known) return known;
  const made = {
    bundle: new FluentBundle(locale(language), { useIsolating: false }),
    unread: files(language, document.documentElement.dataset.window),
  };
  sentences.set(language, made);
  return made;
}

export type Args = Record<string, FluentVariable>;

function said(language: Language, key: string, args: Args): string | null {
  const { bundle, unread } = of(language);
  while (!bundle.hasMessage(key)) {
    const next = unread.shift();
    if (!next) return null;
    bundle.addResource({ body: next() });
  }
  const pattern = bundle.getMessage(key)?.value;
  return pattern ? bundle.formatPattern(pattern, withPlurals(args), []) : null;
}

/** The sentence of a key, or null where no language has it. In the language of a pack null where the pack has none, so
 * that whoever asks says something that the pack has. */
export function tryText(key: string, args: Args = {}): string | null {
  const own = said(current.language, key, args);
  return own ?? (packs.has(current.language) ? null : said("es-CL", key, args));
}

/** The sentence of a key in the window's language. */
export function t(key: string, args: Args = {}): string {
  return tryText(key, args) ?? said("es-CL", key, args) ?? key;
}

/** What a language calls itself. */
export function languageName(language: Language): string {
  const own = packs.has(language) ? said(language, "language-name", {}) : null;
  return own ?? t(`language-name-${language}`);
}

/** Who translated and reviewed the window's language, as they want to be shown; null for our own two. */
export function languagePeople(): string | null {
  return packs.has(current.language) ? said(current.language, "language-people", {}) : null;
}

/** The window's language. */
export function language(): Language {
  return current.language;
}

/** Changes the window's language; every sentence on the screen follows. */
export function setLanguage(next: Language): void {
  current.language = next;
  document.documentElement.lang = next;
}
