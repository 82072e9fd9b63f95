// The languages beyond the two: those whose pack is complete, each in one file that `npm run packs` writes. Of the others
// nothing lies there, so nothing of them comes into the windows (docs/languages.md).
import type { FluentResource } from "@fluent/bundle";

export type Messages = () => FluentResource["body"];

const found = import.meta.glob<Messages>("../../../../crates/texts/packs/*.ftl", {
  import: "default",
  eager: true,
});

/** The messages of each complete pack, by the language's tag. */
export const packs: ReadonlyMap<string, Messages> = new Map(
  Object.entries(found).map(([path, messages]) => [
    path.slice(path.lastIndexOf("/") + 1, -".ftl".length),
    messages,
  ]),
);
