// Reads the sentences when the windows are built, so that no window reads Fluent's syntax when it starts.
import { FluentResource } from "@fluent/bundle";
import type { Plugin } from "vite";
import { pluralOf } from "./src/plural.ts";

/** A choice between one and many asks for the word that goes with the number (src/plural.ts), not for the number. */
function byWord(_: string, part: unknown): unknown {
  const { type, selector, variants } = (part ?? {}) as {
    type?: string;
    selector?: { type: string; name: string };
    variants?: { key: { value: unknown } }[];
  };
  if (type !== "select" || selector?.type !== "var") return part;
  if (!variants?.every(({ key }) => key.value === "one" || key.value === "other")) return part;
  return { ...(part as object), selector: { ...selector, name: pluralOf(selector.name) } };
}

/** What stands where a `.ftl` file is imported: a function that gives its messages. */
export function fluent(): Plugin {
  return {
    name: "fluent",
    transform(source, id) {
      if (!id.endsWith(".ftl")) return null;
      const messages = JSON.stringify(new FluentResource(source).body, byWord);
      return { code: `export default () => JSON.parse(${JSON.stringify(messages)});`, map: null };
    },
  };
}
