// Reads the sentences when the windows are built, so that no window reads Fluent's syntax when it starts.
import { FluentResource } from "@fluent/bundle";
import type { Plugin } from "vite";

/** What stands where a `.ftl` file is imported: a function that gives its messages. */
export function fluent(): Plugin {
  return {
    name: "fluent",
    transform(source, id) {
      if (!id.endsWith(".ftl")) return null;
      const messages = JSON.stringify(new FluentResource(source).body);
      return { code: `export default () => JSON.parse(${JSON.stringify(messages)});`, map: null };
    },
  };
}
