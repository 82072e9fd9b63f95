// A stand on a disk that is nearly full: both windows say so before a line is begun, and go on by themselves once
// there is room again.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, constants, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { citizenFiles } from "./lib/forms.mjs";
import { look } from "./lib/looks.mjs";
import { office, program } from "./lib/programs.mjs";
import { drive } from "./lib/webdriver.mjs";

// The stand's folder on a small file system of its own, which is there for this program only and ends with it. It
// begins with less room than a form must find; whoever writes to the fifo takes the ballast away.
const SCRIPT = `
mount -t tmpfs -o size=80m,mode=700 small "$1"
cp -r "$2/." "$1"
head -c 20m /dev/zero > "$1/ballast"
( read -r _ < "$4"; rm "$1/ballast" ) > /dev/null 2>&1 &
exec "$3" --data "$1"
`;

let folder;
/** The fifo, open for both ways from the beginning: nobody waits for the other. */
let room;
let stand;
let windows;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "oirs-disk-"));
  mkdirSync(join(folder, "small"));
  execFileSync("mkfifo", [join(folder, "room")]);
  room = openSync(join(folder, "room"), constants.O_RDWR | constants.O_NONBLOCK);
  stand = await office();
  const isolated = ["--user", "--map-root-user", "--mount", "sh", "-eu", "-c", SCRIPT, "sh"];
  const args = [...isolated, join(folder, "small"), stand.data, program("oirs-en-terreno"), join(folder, "room")];
  windows = await drive("/usr/bin/unshare", args);
  await windows.turnTo("staff");
});
after(async () => {
  writeSync(room, "\n");
  await windows?.close();
  await stand?.close();
  closeSync(room);
  rmSync(folder, { recursive: true, force: true });
});

test("the team's page says so above the form, and files nothing", async () => {
  await windows.sees("No empieces otra solicitud");
  await windows.sees("No queda espacio");
  assert.equal(await windows.run("return document.querySelector('[role=form] button[type=submit]').disabled"), true);
  await look(windows, "staff-disk-full");
});

test("the citizen's door is closed and says why; with room again it opens, and a request is kept", async () => {
  await windows.press(windows.css("button[data-panel=hand_over]"));
  await windows.pressLast(windows.button("Entregar a la ciudadanía"));
  await windows.turnTo("citizen");
  await windows.sees("Ahora no podemos recibir tu solicitud aquí");
  assert.equal(await windows.run("return document.querySelector('#begin')"), null);
  await look(windows, "citizen-disk-full");
  writeSync(room, "\n");
  await windows.sees("Te damos la bienvenida");
  const { folio } = await citizenFiles(windows, { kind: "opinion", text: "Hay lugar", comuna: "11303" });
  assert.match(folio, /^[0-9A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{3}$/);
});
