// Builds what the tests need and runs them: the windows under WebDriver on the build for tests, the public pages in
// a browser, and the release build through X11.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./lib/programs.mjs";

function run(program, args, env = {}) {
  const { status } = spawnSync(program, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
  if (status !== 0) process.exit(status ?? 1);
}

run("npm", ["--prefix", "ui", "run", "build"]);
run("cargo", ["build", "--locked", "--package", "stand", "--package", "central"]);
run("cargo", ["build", "--locked", "--package", "oirs-en-terreno", "--features", "automation"]);
const subjects = ["start", "windows", "enrol", "automatic", "staff", "team", "citizen", "catalogue", "aloud", "quick", "day", "keyboard", "idle", "printer", "media", "stands", "disk", "zoom", "jornada", "fieldday", "watchdog", "pace", "public", "update"];
run("node", ["--test", "--test-concurrency=1", ...subjects.map((name) => join("tests/e2e", `${name}.test.mjs`))]);
run("cargo", ["build", "--locked", "--release", "--package", "oirs-en-terreno"]);
run("node", ["--test", "--test-concurrency=1", ...["release", "escape"].map((name) => join("tests/e2e", `${name}.test.mjs`))]);
