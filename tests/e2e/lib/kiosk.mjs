// The release build as it stands before citizens: an enrolled stand, a home of its own, an ordinary desktop around it,
// and what can be known of it from outside.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { family } from "./memory.mjs";
import { office, program, root } from "./programs.mjs";
import { until } from "./wait.mjs";
import { desktop, geometry, pointTo, press, sees, title, visible, windowsOf } from "./x11.mjs";

export const binary = program("oirs-en-terreno", "release");
/** Where the pointer lies over nothing that answers to it, on every screen. */
export const ASIDE = [640, 100];
/** Within the text of a request. */
export const TEXT = [400, 330];

/** Settings of a desktop that is after us: the toolkit's debugger may be called by its keys. And no caret blinks, which
 * would make two pictures of one screen. */
const SETTINGS = {
  "glib-2.0/settings/keyfile": "[org/gtk/Settings/Debug]\nenable-inspector-keybinding=true\n",
  "gtk-3.0/settings.ini": "[Settings]\ngtk-cursor-blink=false\n",
};

/** What the session's own unit puts into the environment. */
function session() {
  const lines = readFileSync(join(root, "packaging/session/environment"), "utf8").split("\n");
  return Object.fromEntries(lines.filter((line) => /^[A-Z]/i.test(line)).map((line) => line.split(/=(.*)/s).slice(0, 2)));
}

/** Starts the stand's windows, with nobody at them yet. */
export async function kiosk() {
  const stand = await office();
  const home = mkdtempSync(join(tmpdir(), "oirs-home-"));
  const folder = (name) => {
    mkdirSync(join(home, name), { mode: 0o700 });
    return join(home, name);
  };
  const places = { HOME: home, TMPDIR: folder("tmp"), XDG_DATA_HOME: folder("data"), XDG_CACHE_HOME: folder("cache"), XDG_CONFIG_HOME: folder("config"), XDG_STATE_HOME: folder("state"), XDG_RUNTIME_DIR: folder("run") };
  for (const [name, text] of Object.entries(SETTINGS)) {
    mkdirSync(join(home, "config", name, ".."), { recursive: true });
    writeFileSync(join(home, "config", name), text);
  }
  const env = { ...process.env, ...session(), ...places, GSETTINGS_BACKEND: "keyfile" };
  const closeDesktop = await desktop(env);
  const shell = spawn(binary, ["--data", stand.data], { env, stdio: ["ignore", "ignore", "inherit"] });
  const it = new Kiosk(stand, home, shell, closeDesktop);
  shell.once("exit", () => (it.ended = true));
  await until("the team's window", () => windowsOf(shell.pid).length === 1);
  pointTo(...ASIDE);
  return it;
}

class Kiosk {
  ended = false;
  /** The team's page has a process of its own, which stays. */
  #staffs;

  constructor(stand, home, shell, closeDesktop) {
    Object.assign(this, { stand, home, shell, closeDesktop });
  }

  get pid() {
    return this.shell.pid;
  }
  /** The processes of citizens' pages. */
  pages() {
    return family(this.pid)
      .filter(({ name, pid }) => name.startsWith("WebKitWebProc") && pid !== this.#staffs)
      .map(({ pid }) => pid);
  }
  /** Everything that runs for it, itself included. */
  processes() {
    return family(this.pid).map(({ pid }) => pid);
  }
  windows() {
    return windowsOf(this.pid);
  }

  /** From the team's window to the first citizen's. */
  async handOver() {
    await sees("Nueva solicitud");
    [this.#staffs] = this.pages();
    press("F10");
    await sees("Pantalla ciudadana");
    press("Return");
    await sees("Te damos la bienvenida");
  }

  /** What nothing that a citizen does may change, but the screen itself. */
  state() {
    const windows = this.windows();
    return {
      ended: this.ended,
      title: title().split(" · ")[0],
      windows,
      places: windows.map(geometry),
      seen: visible(),
      programs: family(this.pid).map(({ pid, name }) => `${name} ${pid}`).sort(),
      listens: listening(this.processes()),
      files: [...files(this.home)].filter((file) => !file.startsWith(join(this.home, "run/"))),
    };
  }

  async close() {
    if (!this.ended) {
      const gone = new Promise((done) => this.shell.once("exit", done));
      this.shell.kill("SIGTERM");
      await gone;
    }
    await this.closeDesktop();
    rmSync(this.home, { recursive: true, force: true });
    await this.stand.close();
  }
}

/** Network sockets of these processes that wait for somebody to call. */
function listening(pids) {
  const waits = new Set();
  for (const table of ["tcp", "tcp6"])
    for (const line of readFileSync(`/proc/net/${table}`, "utf8").split("\n").slice(1)) {
      const fields = line.trim().split(/\s+/);
      if (fields[3] === "0A") waits.add(`socket:[${fields[9]}]`);
    }
  return pids.flatMap((pid) => {
    const open = readdirSync(`/proc/${pid}/fd`).map((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`);
      } catch (error) {
        if (error.code === "ENOENT") return "";
        throw error;
      }
    });
    return open.filter((name) => waits.has(name));
  });
}

/** Goes on by so many Tabs and the Return key. */
export async function tabTo(tabs, next) {
  press(...Array(tabs).fill("Tab"), "Return");
  await sees(next);
}

/** From the start page to the text of a request, by key alone. Each screen puts the focus where it is read first. */
export async function begin() {
  await sees("Te damos la bienvenida");
  await tabTo(0, "Antes de empezar");
  await tabTo(4, "¿Qué quieres hacer?");
  await tabTo(2, "Cuéntanos qué pasó");
}

/** Every file of a folder and of those in it. */
export function* files(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const about = statSync(path);
    if (about.isDirectory()) yield* files(path);
    else if (about.isFile()) yield path;
  }
}

/** Symbols of the program, by what `nm` is told. */
export const symbols = (...args) => execFileSync("nm", [...args, binary], { encoding: "utf8", maxBuffer: 1 << 28 }).split("\n");

/** How the program ends when it is started so. */
export const started = (args, env) => spawnSync(binary, args, { env: { ...process.env, ...env }, timeout: 20_000 }).status;
