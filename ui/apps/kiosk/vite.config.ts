// Two pages, one for each window, each with one script and one style sheet of its own: every file that a window asks
// for as it starts goes through the program's own thread of windows. Nothing is inlined: the windows' content policy allows no data: scripts or fonts.
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { facesFirst } from "../../packages/design/faces.config.ts";
import { fluent } from "../../packages/i18n/fluent.config.ts";
import { manual } from "./manual.config.ts";

const page = (name: string) => fileURLToPath(new URL(`${name}.html`, import.meta.url));

export default defineConfig(({ command, mode }) => ({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [svelte(), fluent(), manual(), facesFirst()],
  server: { fs: { allow: ["../../.."] } },
  build: {
    target: "safari16",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // `npm run build` builds one after the other.
    emptyOutDir: mode === "citizen",
    cssCodeSplit: false,
    rolldownOptions: {
      input: command === "build" ? page(mode) : [page("citizen"), page("staff")],
      output: { codeSplitting: false },
    },
  },
}));
