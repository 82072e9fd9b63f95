// An ordinary browser, as a citizen at home has one: Debian's Chromium without a window, a profile or a script.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "./wait.mjs";
import { ask, freePort, Session } from "./webdriver.mjs";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the browser with an empty profile, speaking `language`. */
export async function browse(language = "es-CL") {
  const profile = mkdtempSync(join(tmpdir(), "oirs-browser-"));
  const port = await freePort();
  const driver = spawn("chromedriver", [`--port=${port}`], { stdio: ["ignore", "ignore", "inherit"] });
  const base = `http://127.0.0.1:${port}`;
  await until("chromedriver answers", () => fetch(`${base}/status`).then((answer) => answer.ok));
  const args = [...FLAGS, `--accept-lang=${language}`, `--user-data-dir=${profile}`];
  const { sessionId } = await ask("POST", `${base}/session`, {
    capabilities: { alwaysMatch: { "goog:chromeOptions": { args }, "goog:loggingPrefs": { performance: "ALL" } } },
  });
  return new Browser(`${base}/session/${sessionId}`, driver, profile);
}

export class Browser extends Session {
  constructor(session, driver, profile) {
    super(session, driver);
    this.profile = profile;
  }

  open(url) {
    return this.post("url", { url });
  }
  tell(cmd, params) {
    return this.post("goog/cdp/execute", { cmd, params });
  }
  /** Whether pages may run scripts. What WebDriver runs is not theirs. */
  scripts(allowed) {
    return this.tell("Emulation.setScriptExecutionDisabled", { value: !allowed });
  }
  /** A screen of this size in CSS pixels; narrow ones as a telephone has them. */
  size(width, height) {
    return this.tell("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 600 });
  }
  colours(scheme) {
    return this.tell("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
  }

  /** Bytes that came over the network since it was last asked, headers included, and from how many requests. */
  async received() {
    const events = (await this.post("se/log", { type: "performance" })).map(({ message }) => JSON.parse(message).message);
    const ended = events.filter(({ method }) => method === "Network.loadingFinished");
    const begun = events.filter(({ method, params }) => method === "Network.requestWillBeSent" && params.request.url.startsWith("http"));
    return { bytes: ended.reduce((sum, { params }) => sum + params.encodedDataLength, 0), requests: begun.length };
  }

  /** The whole page, however long. */
  async wholePicture(path) {
    const { data } = await this.tell("Page.captureScreenshot", { format: "png", captureBeyondViewport: true });
    writeFileSync(path, Buffer.from(data, "base64"));
  }

  async close() {
    await super.close();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
