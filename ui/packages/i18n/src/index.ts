// From a key to a sentence, in the language of the window. Reactive where Svelte reads it.
export {
  availableLanguages,
  language,
  languageName,
  languagePeople,
  setLanguage,
  t,
  tryText,
} from "./texts.svelte.ts";
export * as format from "./format.ts";
export type { Language } from "./format.ts";
