// A new version waits on the team's window until the outing is closed; the windows of the version that comes say by
// themselves that they live, and only then does the helper let it stay.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { look } from "./lib/looks.mjs";
import { office, program } from "./lib/programs.mjs";
import { until } from "./lib/wait.mjs";
import { drive } from "./lib/webdriver.mjs";

const folder = mkdtempSync(join(tmpdir(), "oirs-update-"));
// A computer below a root of its own, for the windows and the command alike.
process.env.DPKG_ROOT = join(folder, "root");
const lib = join(process.env.DPKG_ROOT, "usr/lib/oirs-en-terreno");

let stand;
let windows;

/** A folder of programs whose `terreno` is the one under test. */
function programs(at) {
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, "terreno"), `#!/bin/sh\nexec ${program("terreno")} "$@"\n`, { mode: 0o755 });
}

/** A stick with a signed release. */
function stick() {
  const [tree, at, keys] = [join(folder, "tree"), join(folder, "stick/oirs/releases"), join(folder, "keys")];
  programs(join(tree, "usr/lib/oirs-en-terreno/programs"));
  mkdirSync(join(tree, "DEBIAN"));
  mkdirSync(at, { recursive: true });
  const control = ["Package: oirs-en-terreno", "Version: 0.2.0", "Architecture: amd64", "Maintainer: Prueba <p@example.org>", "Oirs-Ledger-Reads: 1", "Oirs-Ledger-Writes: 1", "Description: a fixture", ""];
  writeFileSync(join(tree, "DEBIAN/control"), control.join("\n"));
  execFileSync("dpkg-deb", ["--root-owner-group", "-Znone", "--build", tree, join(at, "7.deb")], { stdio: "ignore" });
  stand.central("release", "certify", "--root", join(stand.data, "../central/root-key-offline/root.key"), "--out", keys);
  stand.central("release", "sign", join(at, "7.deb"), "--keys", keys, "--number", "7", "--out", join(at, "7.release"));
  return join(folder, "stick");
}

async function open() {
  windows = await drive(program("oirs-en-terreno"), ["--data", stand.data], { TZ: "America/Santiago" });
  await windows.turnTo("staff");
  await windows.press(windows.css("button[data-panel=outing]"));
}

before(async () => {
  stand = await office();
  programs(join(lib, "programs"));
  symlinkSync("programs", join(lib, "current"));
  // As `oirs-kiosk on` does: the system calls the helper by itself.
  const units = join(process.env.DPKG_ROOT, "etc/systemd/system/multi-user.target.wants");
  mkdirSync(units, { recursive: true });
  symlinkSync("/lib/systemd/system/oirs-en-terreno-update.path", join(units, "oirs-en-terreno-update.path"));
});
after(async () => {
  await windows?.close();
  await stand?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("what waits is said on the team's window, and that it goes in at the closing", async () => {
  stand.terreno("update", "take", stick());
  await open();
  await windows.sees("La versión 0.2.0 está lista. Se instala con la salida cerrada");
  await windows.run("document.querySelector('[data-update]').scrollIntoView({ block: 'center' })");
  await look(windows, "staff-update");
  assert.equal(stand.terreno("update", "install").outcome, "outing_open");
});

test("the windows of the new version say that they live, and it stays", async () => {
  stand.terreno("outing", "close");
  const helper = spawn(program("terreno"), ["--json", "--data", stand.data, "update", "install"], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  helper.stdout.setEncoding("utf8").on("data", (piece) => (said += piece));
  const ended = new Promise((done) => helper.once("exit", done));
  await until("the link leads to the new version", () => readlinkSync(join(lib, "current")).startsWith("versions/7/"));
  // As the session does when it is restarted.
  await windows.close();
  await open();
  assert.equal(await ended, 0);
  assert.deepEqual(JSON.parse(said), { outcome: "installed", number: 7 });
  assert.deepEqual([stand.terreno("update", "status").number, stand.terreno("update", "status").waiting], [7, null]);
});
