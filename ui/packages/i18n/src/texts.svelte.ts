// One bundle a language, made when first used. A sentence missing in a language is shown in Spanish, and a key
// without any sentence as itself: a person before the screen is better served by that than by an error.
import { FluentBundle, type FluentVariable } from "@fluent/bundle";
import { files } from "./files.ts";
import type { Language } from "./format.ts";

const bundles = new Map<Language, FluentBundle>();
const current = $state<{ language: Language }>({ language: "es-CL" });

/** Languages whose whole path was reviewed: no other is offered. */
export const availableLanguages: readonly Language[] = ["es-CL", "en"];

function bundle(language: Language): FluentBundle {
  const known = bundles.get(language);
  if (known) return known;
  const made = new FluentBundle(language, { useIsolating: false });
  for (const body of files(language)) made.addResource({ body });
  bundles.set(language, made);
  return made;
}

export type Args = Record<string, FluentVariable>;

/** The sentence of a key, or null where no language has it. */
export function tryText(key: string, args: Args = {}): string | null {
  for (const language of new Set<Language>([current.language, "es-CL"])) {
    const found = bundle(language);
    const pattern = found.getMessage(key)?.value;
    if (pattern) return found.formatPattern(pattern, args, []);
  }
  return null;
}

/** The sentence of a key in the window's language. */
export function t(key: string, args: Args = {}): string {
  return tryText(key, args) ?? key;
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
