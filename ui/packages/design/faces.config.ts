// Has a page ask for its faces as soon as it is read: left to the style sheet, they come after the script was read.
import type { HtmlTagDescriptor, Plugin } from "vite";
import { FACES } from "./src/faces.ts";

/** Writes a link to each face into every page that is built. */
export function facesFirst(): Plugin {
  return {
    name: "faces-first",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_, { bundle }) {
        const files = Object.keys(bundle ?? {});
        return FACES.map(([weight, family]): HtmlTagDescriptor => {
          const name = `${family.toLowerCase().replaceAll(" ", "-")}-latin-${weight}-normal-`;
          const file = files.find((file) => file.includes(`/${name}`));
          if (!file) throw new Error(`no file of ${family} ${weight}`);
          const attrs = {
            rel: "preload",
            as: "font",
            type: "font/woff2",
            crossorigin: true,
            href: `/${file}`,
          };
          return { tag: "link", attrs, injectTo: "head" };
        });
      },
    },
  };
}
