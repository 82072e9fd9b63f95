// The programs under test, built once, and an office with an enrolled stand for each test.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
export const PIN = "4821";

/** Where a program lies: beside the others, unless the environment names another place. */
export function program(name, profile = "debug") {
  return process.env[`OIRS_${name.toUpperCase().replaceAll("-", "_")}`] ?? join(target, profile, name);
}

function said(name, args, input) {
  return execFileSync(program(name), args, { input, encoding: "utf8", timeout: 60_000 });
}

const jsonLines = (text) => text.split("\n").filter(Boolean).map((line) => JSON.parse(line));

/** A central office on a free port and a stand enrolled with it, unless told otherwise, in a folder of their own. */
export async function office({ outing = true, enrolled = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "oirs-e2e-"));
  const [central, data, pin] = [join(folder, "central"), join(folder, "stand"), join(folder, "pin.txt")];
  writeFileSync(pin, PIN);
  said("oirs-central", ["--data", central, "init", "--public-url", "https://oirs.example"]);
  let serving;
  /** Starts serving: on a free port at first, and afterwards on the same. */
  async function up(listen) {
    serving = spawn(program("oirs-central"), ["--data", central, "serve", "--listen", listen], { stdio: ["ignore", "pipe", "inherit"] });
    return new Promise((found, failed) => {
      createInterface({ input: serving.stdout }).on("line", (line) => {
        const [, address] = /(http:\/\/\S+)/.exec(line) ?? [];
        if (address) found(address);
      });
      serving.once("exit", (code) => failed(new Error(`oirs-central ended with ${code}`)));
    });
  }
  async function down() {
    const gone = new Promise((done) => serving.once("exit", done));
    serving.kill("SIGTERM");
    await gone;
  }
  const url = await up("127.0.0.1:0");
  const { code } = JSON.parse(said("oirs-central", ["--json", "--data", central, "device", "new", "--label", "e2e"]));
  if (enrolled) said("terreno", ["--data", data, "enrol", "--central", url, "--code", code, "--new-pin-file", pin]);
  const terreno = (...args) => JSON.parse(said("terreno", ["--json", "--data", data, "--pin-file", pin, ...args]));
  if (enrolled && outing) terreno("outing", "open", "--comuna", "11303", "--place", "Caleta Tortel", "--goal", "80");
  return {
    folder,
    data,
    url,
    code,
    down,
    up: () => up(new URL(url).host),
    terreno,
    /** Files a request on the stand, as the command line takes it, and gives back its answer. */
    file: (draft) => JSON.parse(said("terreno", ["--json", "--data", data, "record", "request"], `${JSON.stringify(draft)}\n`)),
    /** Whatever the command line answers a line at a time. */
    lines: (...args) => jsonLines(said("terreno", ["--json", "--data", data, ...args])),
    /** Records lines of a kind, as the command line takes them, and gives back their answers. */
    records: (kind, lines) =>
      jsonLines(said("terreno", ["--json", "--data", data, "record", kind], lines.map((line) => `${JSON.stringify(line)}\n`).join(""))),
    central: (...args) => said("oirs-central", ["--json", "--data", central, ...args]),
    requests: () => jsonLines(said("oirs-central", ["--json", "--data", central, "requests", "list"])),
    request: (folio) => JSON.parse(said("oirs-central", ["--json", "--data", central, "requests", "show", folio])),
    async close() {
      if (serving.exitCode === null) await down();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
