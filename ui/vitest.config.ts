import { svelte } from "@sveltejs/vite-plugin-svelte";
import { manual } from "./apps/kiosk/manual.config.ts";
import { fluent } from "./packages/i18n/fluent.config.ts";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [svelte(), fluent(), manual()],
  resolve: { conditions: ["browser"] },
  server: { fs: { allow: [".."] } },
  test: {
    include: ["*.test.ts", "packs/*.test.ts", "apps/*/src/**/*.test.ts", "packages/*/src/**/*.test.ts"],
    environment: "jsdom",
    testTimeout: 5000,
  },
});
