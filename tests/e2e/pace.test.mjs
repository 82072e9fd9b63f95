// Past its pace the citizen's screen asks for the team, keeps what was written, and goes on with the PIN.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { citizenTurns } from "./lib/forms.mjs";
import { look } from "./lib/looks.mjs";
import { closed, handOver } from "./lib/sides.mjs";
import { office, PIN, program } from "./lib/programs.mjs";
import { drive } from "./lib/webdriver.mjs";

/** As in src-tauri/src/pace.rs: what the screen files before the team has looked. */
const UNSEEN_REQUESTS_MAX = 10;

let stand;
let windows;
before(async () => {
  stand = await office();
  windows = await drive(program("oirs-en-terreno"), ["--data", stand.data]);
  await windows.turnTo("staff");
  await handOver(windows);
});
after(async () => {
  await windows?.close();
  await stand?.close();
});

const draft = (text) => ({ id: crypto.randomUUID(), kind: "opinion", text, comuna: "11303", will_accepted: true, privacy_notice: "2026-12-01", language: "es-CL" });
const file = (text) => windows.invoke("citizen_file_request", { draft: draft(text) });

test("one session files one request, whatever the page says", async () => {
  const once = draft("Una sola");
  assert.equal((await windows.invoke("citizen_file_request", { draft: once })).ok, true);
  assert.equal((await windows.invoke("citizen_file_request", { draft: once })).ok, true);
  assert.deepEqual(await file("Otra"), { ok: false, error: "team_needed" });
});

test("after ten the next person is told before writing, and the team lets it go on", async () => {
  for (let filed = 1; filed < UNSEEN_REQUESTS_MAX; filed += 1) {
    await windows.invoke("citizen_end_session").catch(() => {});
    await windows.turnTo("citizen");
    assert.equal((await file(`Número ${filed}`)).ok, true, `after ${filed}`);
  }
  await windows.invoke("citizen_end_session").catch(() => {});
  await windows.turnTo("citizen");
  assert.deepEqual(await file("Una más"), { ok: false, error: "team_needed" });
  for (const language of ["en", "es-CL"]) {
    const { press, say } = citizenTurns(windows, language);
    await press(`language-name-${language}`);
    await windows.press(windows.css("#begin"));
    await windows.sees(say("team-body"));
    await look(windows, "citizen-team-needed", language === "es-CL" ? undefined : []);
    await press("action-cancel");
    await closed(windows);
  }
  await windows.press(windows.css("#begin"));
  await windows.type(windows.css("dialog input"), "0000");
  await windows.press(windows.css("dialog button[type=submit]"));
  await windows.css("dialog [role=alert]");
  assert.deepEqual(await file("Con el PIN equivocado"), { ok: false, error: "team_needed" });
  await windows.type(windows.css("dialog input"), PIN);
  await windows.press(windows.css("dialog button[type=submit]"));
  await windows.sees("Leí el aviso y continúo");
  assert.equal((await file("Ahora sí")).ok, true);
});
