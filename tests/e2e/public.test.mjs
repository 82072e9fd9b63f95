// The public pages in an ordinary browser that may run no script: every state of a receipt, on a telephone and on a
// desk, small, readable, and telling nobody what is not theirs.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { browse } from "./lib/browser.mjs";
import { office, root } from "./lib/programs.mjs";
import { until } from "./lib/wait.mjs";

const screens = join(root, process.env.OIRS_SCREENS ?? "target/screens");
mkdirSync(screens, { recursive: true });

/** All of a page: what a telephone on 2G loads in one breath. */
const PAGE_BYTES_MAX = 14_000;
const WIDTHS = [320, 1280];
const REQUEST = {
  kind: "reclamo",
  text: "La barcaza no llega desde marzo.",
  comuna: "11303",
  person: { name: "Rosa Ñanculef", phone: "+56 9 5555 1234", answer_by: "telefono" },
};

let central;
let stranger;
let browser;
before(async () => {
  [central, stranger, browser] = await Promise.all([office(), office(), browse()]);
});
after(async () => {
  await browser?.close();
  await central?.close();
  await stranger?.close();
});

/** The page that a receipt's QR opens, here and not at the office's real host. */
const page = ({ receipt }) => `${central.url}${receipt.slice(receipt.indexOf("/R/"))}`;

/** What somebody types into a form of the site, and sends. */
async function sends(path, fields) {
  await browser.open(central.url + path);
  for (const [name, value] of Object.entries(fields)) await browser.type(browser.css(`[name=${name}]`), value);
  await browser.received();
  await browser.press(browser.css("main button"));
}

/** The browser's request, without the browser: to use up what an address may guess. */
const guess = () =>
  fetch(`${central.url}/estado`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "folio=T7K-4QX9-2MB&codigo=4F7K-92TQ",
  });

/** Looks at a page at every width: what it says, what it weighs, that it needs no sideways scrolling, and axe. */
async function check(name, go, words) {
  for (const width of WIDTHS) {
    await browser.scripts(false);
    await browser.size(width, 720);
    await browser.received();
    await go();
    await browser.sees(words);
    const { bytes, requests } = await browser.received();
    assert.ok(bytes > 0 && bytes < PAGE_BYTES_MAX, `${name} at ${width}: ${bytes} bytes`);
    assert.equal(requests, 1, `${name}: the page is one request`);
    const [wide, room] = await browser.run("return [document.documentElement.scrollWidth, document.documentElement.clientWidth]");
    assert.ok(wide <= room, `${name} at ${width}: ${wide} pixels wide`);
    await browser.scripts(true);
    for (const scheme of ["dark", "light"]) {
      await browser.colours(scheme);
      assert.deepEqual(await browser.axe(), [], `${name} at ${width}, ${scheme}`);
    }
    await browser.wholePicture(join(screens, `public-${name}.${width}.png`));
  }
}

test("the browser runs no script of a page", async () => {
  await browser.scripts(false);
  await browser.open("data:text/html,<title>still</title><script>document.title = 'ran'</script>");
  assert.equal(await browser.run("return document.title"), "still");
});

describe("a receipt's page", () => {
  let filed;
  before(() => {
    filed = central.file(REQUEST);
  });

  test("says before the sync that the request is still on its way", () =>
    check("receipt-before", () => browser.open(page(filed)), "Tu reclamo aún no llega a la oficina"));

  test("says after it that the office has it, and until when it answers", async () => {
    central.terreno("sync");
    await until("the office has opened it", () => central.requests().some(({ folio }) => folio === filed.folio));
    await check("receipt-after", () => browser.open(page(filed)), "Tu reclamo llegó a la oficina");
    await browser.sees(filed.folio.slice(0, 3));
    await browser.sees("por teléfono");
  });

  test("speaks English to whoever asks for it", async () => {
    await browser.open(page(filed));
    await check("receipt-after.en", () => browser.open(`${page(filed)}?lang=en`), "Your complaint has reached the office");
  });

  test("is found by number and control code", async () => {
    await check("start", () => browser.open(central.url), "Código de control");
    const typed = { folio: filed.folio.toLowerCase(), codigo: filed.control_code };
    await check("state", () => sends("/", typed), "Tu reclamo llegó a la oficina");
  });

  test("says beside the field what was typed wrong", () =>
    check("errors", () => sends("/", { folio: "T7K-4QX9-2MC", codigo: "4F7K" }), "Este número tiene un error."));

  test("shows one and the same page for a wrong code and for a number that nobody has", async () => {
    const other = stranger.file(REQUEST);
    const said = async ({ folio, codigo }) => {
      await sends("/", { folio, codigo });
      await browser.sees("No encontramos una solicitud");
      const [html, url] = await browser.run("return [document.documentElement.outerHTML, location.pathname]");
      return [html.replaceAll(folio, "FOLIO"), url];
    };
    await check("not-found", () => sends("/", { folio: filed.folio, codigo: other.control_code }), "No encontramos una solicitud");
    const wrongCode = await said({ folio: filed.folio, codigo: other.control_code });
    assert.deepEqual(await said({ folio: other.folio, codigo: other.control_code }), wrongCode);
    assert.deepEqual(await said({ folio: other.folio, codigo: filed.control_code }), wrongCode);
    const waiting = central.file({ ...REQUEST, text: "Otra" });
    assert.deepEqual(await said({ folio: waiting.folio, codigo: waiting.control_code }), wrongCode, "one that has not arrived");
  });

  test("tells the false from the unknown and from the unreadable", async () => {
    const at = filed.receipt.length - 40;
    const altered = filed.receipt.slice(0, at) + (filed.receipt[at] === "A" ? "B" : "A") + filed.receipt.slice(at + 1);
    const other = stranger.file(REQUEST);
    await check("false", () => browser.open(page({ receipt: altered })), "Este comprobante no es auténtico");
    await check("unknown", () => browser.open(page(other)), "No conocemos el equipo que emitió este comprobante");
    await check("unreadable", () => browser.open(`${central.url}/R/HOLA`), "No pudimos leer este comprobante");
    await check("nowhere", () => browser.open(`${central.url}/administracion`), "Esta página no existe");
  });

  test("is checked by whoever doubts it, who sees nothing of the request", async () => {
    await check("verify", () => browser.open(`${central.url}/verificar`), "¿Es auténtico este comprobante?");
    await check("verified", () => sends("/verificar", { codigo: filed.receipt }), "Este comprobante es auténtico");
    const [html] = await browser.run("return [document.documentElement.outerHTML]");
    assert.equal(html.includes(filed.receipt), false);
    assert.equal(html.includes("llegó a la oficina"), false);
  });

  test("stays good when its machine is revoked, and says so", async () => {
    const [{ device }] = central.central("device", "list").split("\n").filter(Boolean).map((line) => JSON.parse(line));
    central.central("device", "revoke", device, "--reason", "perdido");
    await check("revoked", () => browser.open(page(filed)), "dio de baja");
    await browser.sees("sigue valiendo");
  });

  test("asks to wait when an address guesses too often", async () => {
    // A guess comes back every few seconds, and may do so just before the browser's own: then it is tried again.
    const tooOften = () =>
      until("the browser is told to wait", async () => {
        await until("the limit is reached", async () => (await guess()).status === 429);
        await sends("/", { folio: filed.folio, codigo: filed.control_code });
        const [said] = await until("an answer", async () => /Hay muchas consultas|Tu reclamo llegó/.exec(await browser.words()));
        return said === "Hay muchas consultas";
      });
    await check("busy", tooOften, "Hay muchas consultas en este momento");
  });
});
