// The few words of WebDriver (W3C) that these tests speak, straight over HTTP: one file instead of a framework.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { until } from "./wait.mjs";
import { drawn } from "./x11.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export const freePort = () =>
  new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });

/**
 * One command of the protocol, and its value. Each has a connection of its own: a driver may close one that was kept
 * while a test waited for another program.
 */
export async function ask(method, url, body) {
  const { status, text } = await new Promise((done, failed) => {
    const sending = request(url, { method, agent: false, timeout: 30_000 }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (piece) => (text += piece));
      answer.on("end", () => done({ status: answer.statusCode, text })).on("error", failed);
    });
    sending.on("timeout", () => sending.destroy(new Error(`${method} ${url}: no answer`)));
    sending.on("error", failed).end(body && JSON.stringify(body));
  });
  const { value } = JSON.parse(text);
  if (status !== 200) throw new Error(`${method} ${url.replace(/^.*session/, "session")}: ${value?.error} ${value?.message ?? ""}`);
  return value;
}

/** Starts the program under WebDriver. */
export async function drive(binary, args, env = {}) {
  const port = await freePort();
  const driver = spawn("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], {
    env: { ...process.env, TAURI_WEBVIEW_AUTOMATION: "true", ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const base = `http://127.0.0.1:${port}`;
  await until("WebKitWebDriver answers", () => fetch(`${base}/status`).then((answer) => answer.ok));
  // Whether a page is there is asked for (`turnTo`): waiting for its load event can miss that of a new window.
  const capabilities = { alwaysMatch: { pageLoadStrategy: "none", "webkitgtk:browserOptions": { binary, args } } };
  try {
    const { sessionId } = await ask("POST", `${base}/session`, { capabilities });
    return new Windows(`${base}/session/${sessionId}`, driver);
  } catch (error) {
    // A driver that is left would keep the test from ending.
    driver.kill("SIGTERM");
    throw error;
  }
}

/** A session with whatever a driver drives: find, press, type, read, look. */
export class Session {
  constructor(session, driver) {
    this.session = session;
    this.driver = driver;
  }

  get(path) {
    return ask("GET", `${this.session}/${path}`);
  }
  post(path, body = {}) {
    return ask("POST", `${this.session}/${path}`, body);
  }

  run(script, ...args) {
    return this.post("execute/sync", { script, args });
  }
  runAsync(script, ...args) {
    return this.post("execute/async", { script, args });
  }

  /** The first element of a selector, once it is there. */
  find(using, value) {
    return until(`${value} is there`, async () => (await this.post("element", { using, value }))[ELEMENT]);
  }
  css(selector) {
    return this.find("css selector", selector);
  }
  /** The button that says so. */
  button(words) {
    return this.find("xpath", `//button[normalize-space(.)=${JSON.stringify(words)} and not(ancestor::*[@hidden])]`);
  }
  /** Presses in the middle of the window: a driver's own scrolling leaves things behind what stays at its foot. */
  async press(element) {
    const found = await element;
    await this.run("(arguments[0].closest('select') ?? arguments[0]).scrollIntoView({ block: 'center' })", { [ELEMENT]: found });
    await this.post(`element/${found}/click`);
  }
  async type(element, text) {
    await this.post(`element/${await element}/value`, { text });
  }
  /** Presses keys one after another wherever the focus is, as a hand does, and says how many those were. */
  async keys(text) {
    for (const key of text) {
      const { [ELEMENT]: focused } = await this.get("element/active");
      await this.post(`element/${focused}/value`, { text: key });
    }
    return [...text].length;
  }
  /** Puts text into a field in place of what is there, all at once, as pasting does. */
  async paste(element, text) {
    await this.run(
      "const [field, text] = arguments; field.focus(); field.select(); document.execCommand('insertText', false, text)",
      { [ELEMENT]: await element },
      text,
    );
  }
  /** The field whose label begins with these words; where two groups have one, that of the group. */
  labelled(words, group) {
    const within = group ? `//fieldset[legend[normalize-space(.)=${JSON.stringify(group)}]]` : "";
    return this.find("xpath", `//*[@id=(${within}//label[@for and starts-with(normalize-space(.), ${JSON.stringify(words)})])[1]/@for]`);
  }
  async value(element) {
    return this.get(`element/${await element}/property/value`);
  }
  async text(selector) {
    return this.get(`element/${await this.css(selector)}/text`);
  }
  /** What a person can read on the screen now. */
  words() {
    return this.run("return document.body.innerText");
  }
  async sees(words) {
    await until(`the screen says «${words}»`, () => this.run("return document.body.innerText.includes(arguments[0])", words));
  }

  /** What axe finds on the screen, as lines a person can act on. */
  async axe() {
    if (!(await this.run("return 'axe' in window"))) await this.run(AXE);
    return this.runAsync(
      "const done = arguments[1]; axe.run(document, { runOnly: arguments[0], resultTypes: ['violations'] }).then((found) => done(found.violations.flatMap((rule) => rule.nodes.map((node) => rule.id + ': ' + node.target.join(' ') + ' ' + (node.any[0]?.message ?? node.all[0]?.message ?? node.none[0]?.message ?? '')))), (error) => done([String(error)]))",
      WCAG,
    );
  }

  /** Once what is there has been painted. */
  async painted() {
    await this.runAsync("const done = arguments[0]; document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done())))");
  }

  async picture(path) {
    await this.painted();
    writeFileSync(path, Buffer.from(await this.get("screenshot"), "base64"));
  }

  /** The processes that the driver has started: the program itself. */
  programs() {
    const children = readFileSync(`/proc/${this.driver.pid}/task/${this.driver.pid}/children`, "utf8");
    return children.split(" ").filter(Boolean).map(Number);
  }

  /** Ends the session and the driver, and sees to it that what the driver had started is gone as well. */
  async close() {
    const children = this.programs();
    await ask("DELETE", this.session).catch(() => {});
    const gone = new Promise((done) => this.driver.once("exit", done));
    this.driver.kill("SIGTERM");
    await gone;
    for (const pid of children.filter(isRunning)) {
      process.kill(pid, "SIGTERM");
      await until(`process ${pid} is gone`, () => !isRunning(pid));
    }
  }
}

function isRunning(pid) {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** The program's windows. */
export class Windows extends Session {
  /** Turns to the window whose page is `name`, once there is one. */
  turnTo(name) {
    return this.turnToAnother(name, null);
  }
  /** Turns to a window of that page that is not the one of the handle, once that one is gone. */
  async turnToAnother(name, last) {
    await until(`a window of ${name}`, async () => {
      const handles = await this.get("window/handles");
      if (handles.includes(last)) return false;
      for (const handle of handles) {
        // A window that is just being destroyed is still listed for a moment.
        const is = await this.post("window", { handle })
          .then(() => this.run("return document.readyState === 'complete' && location.pathname"))
          .catch(() => "");
        if (String(is).includes(`/${name}.html`)) return true;
      }
      return false;
    });
  }

  /**
   * Presses what hides or ends its own window. A driver's click waits for a window that may be gone by then, so the page
   * presses by itself. Whether this command's own answer still comes is a race that nobody needs to win.
   */
  async pressLast(element) {
    await this.runLast("const [button] = arguments; setTimeout(() => button.click())", { [ELEMENT]: await element });
  }
  /** Runs what may end its own window, with which its answer goes. */
  async runLast(script, ...args) {
    return this.run(script, ...args).catch((error) => {
      if (!/no such window|terminated|disconnected|parse script result/.test(error.message)) throw error;
    });
  }

  /** What the screen shows of the window. A page that draws without a graphics processor has no picture for a driver. */
  async picture(path) {
    await this.painted();
    const { x, y, width, height } = await this.get("window/rect");
    await drawn(path, [x, y, width, height]);
  }

  /** Sets the page's own clock ahead, and waits until the page has read it: nobody waits for a minute and a half. */
  async later(seconds) {
    await this.runLast(
      "const [ahead] = arguments, before = performance.now.bind(performance); let read = 0; performance.now = () => { read += 1; return before() + ahead * 1000; }; window.clockWasRead = () => read > 0",
      seconds,
    );
    await until("the page has read its clock", async () => (await this.runLast("return window.clockWasRead()")) !== false);
  }

  /** Calls a command of the shell as a page could, and tells how it went. */
  invoke(command, args = {}) {
    return this.runAsync(
      "const done = arguments[2]; window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]).then((value) => done({ ok: true, value }), (error) => done({ ok: false, error: typeof error === 'string' ? error : error.code }))",
      command,
      args,
    );
  }
}
