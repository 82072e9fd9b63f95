import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [svelte()],
  resolve: { conditions: ["browser"] },
  server: { fs: { allow: [".."] } },
  test: {
    include: ["*.test.ts", "apps/*/src/**/*.test.ts", "packages/*/src/**/*.test.ts"],
    environment: "jsdom",
    testTimeout: 5000,
  },
});
