// Turns the manual's pages into what a panel shows, when the windows are built: a locked machine has no other reader.
import { Marked } from "marked";
import type { Plugin } from "vite";

/** Below the panel's own heading; without pictures, which are of the very windows that it stands in, and with no link. */
const marked = new Marked({
  renderer: {
    heading({ tokens, depth }) {
      return `<h${depth + 1}>${this.parser.parseInline(tokens)}</h${depth + 1}>\n`;
    },
    image: () => "",
    link({ tokens }) {
      return this.parser.parseInline(tokens);
    },
  },
});

/** What stands where a page of the manual is imported: its HTML. */
export function manual(): Plugin {
  return {
    name: "manual",
    transform(source, id) {
      if (!id.endsWith(".md")) return null;
      const html = marked.parse(source, { async: false }).replaceAll(/<p>\s*<\/p>\n/g, "");
      return { code: `export default ${JSON.stringify(html)};`, map: null };
    },
  };
}
