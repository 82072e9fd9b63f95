// What somebody reads who starts the program where it can't run.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { program } from "./lib/programs.mjs";

test("without a display it says so, and touches nothing", () => {
  const data = mkdtempSync(join(tmpdir(), "oirs-e2e-"));
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env;
  const { status, stderr } = spawnSync(program("oirs-en-terreno"), ["--data", data], { env, encoding: "utf8", timeout: 30_000 });
  assert.equal(status, 2, stderr);
  assert.match(stderr, /no display to open a window on: not started/);
  assert.doesNotMatch(stderr, /panicked/);
  assert.deepEqual(readdirSync(data), []);
  rmSync(data, { recursive: true });
});
