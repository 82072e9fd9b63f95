// What comes in and goes out on media, through the real window: a picture taken and looked at, a page from a stick, what
// waits carried to the office and its answer home, the mirror pulled out and put back, and a lost machine's brought in.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { staffFiles } from "./lib/forms.mjs";
import { look } from "./lib/looks.mjs";
import { office, program, root } from "./lib/programs.mjs";
import { givesPin } from "./lib/sides.mjs";
import { until } from "./lib/wait.mjs";
import { drive } from "./lib/webdriver.mjs";

const REQUEST = { kind: "reclamo", text: "La boleta vino doble.", comuna: "11303", person: { phone: "+56 9 5555 0101", answer_by: "telefono" } };
const PICTURE = join(root, "crates/attachment/tests/golden/everything.jpg");
const PAGES = "%PDF-1.7\nDos cobros de agua\nstartxref\n9\n%%EOF\n";
// The first bytes of a film, whatever its name says.
const FILM = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypmp42"), Buffer.alloc(64)]);

let stand;
let windows;
let media;
const on = (...names) => join(media, ...names);
before(async () => {
  stand = await office();
  media = join(stand.data, "..", "media");
  mkdirSync(media);
  copyFileSync(PICTURE, join(stand.data, "..", "camara.jpg"));
  const env = { TZ: "America/Santiago", OIRS_MEDIA: media, OIRS_CAMERA: join(stand.data, "..", "camara.jpg") };
  windows = await drive(program("oirs-en-terreno"), ["--data", stand.data], env);
  await windows.turnTo("staff");
});
after(async () => {
  await windows?.close();
  await stand?.close();
});

const panel = (name) => windows.press(windows.css(`button[data-panel=${name}]`));
const press = (words) => windows.press(windows.button(words));
const attachments = async (folio) => (await windows.invoke("staff_attachments", { folio })).value.count;
async function filed() {
  await panel("encounter");
  await panel("request");
  return staffFiles(windows, REQUEST);
}
let folio;

test("a picture is looked at as it would be kept, taken again, and only then kept", async () => {
  folio = await filed();
  await press("Adjuntar foto o PDF");
  await windows.sees("0 de 8");
  await press("Tomar foto");
  await windows.sees("Mira la foto antes de guardarla");
  await windows.sees("sin metadatos");
  await until("the picture is drawn", () => windows.run("return document.querySelector('dialog img')?.naturalWidth > 0"));
  await look(windows, "staff-attach-picture");
  assert.equal(await attachments(folio), 0, "nothing is kept before somebody says so");
  await press("Tomar otra");
  await windows.paste(windows.labelled("Qué es"), "x".repeat(500));
  await press("Guardar");
  await until("the name is too long", () => windows.run("return document.querySelector('dialog [aria-invalid=true]') !== null"));
  await windows.paste(windows.labelled("Qué es"), "la boleta del agua");
  await press("Guardar");
  await windows.sees("Adjunto guardado: 1 de 8");
  await windows.sees("1 de 8");
  await look(windows, "staff-attached");
  const shown = await until("the office has it", () => {
    stand.terreno("sync");
    const { attachments: list } = stand.request(folio);
    return list?.length === 1 && list;
  });
  assert.equal(shown[0].media_type, "image/jpeg");
});

test("a page is chosen from a list of what is on a stick; what it is, its content says", async () => {
  mkdirSync(on("FOTOS", "DCIM"), { recursive: true });
  writeFileSync(on("FOTOS", "boleta.pdf"), PAGES);
  writeFileSync(on("FOTOS", "notas.txt"), "nada");
  writeFileSync(on("FOTOS", "pelicula.jpg"), FILM);
  copyFileSync(PICTURE, on("FOTOS", "DCIM", "IMG_0001.JPG"));
  await panel("receipts");
  await windows.paste(windows.labelled("Folio"), folio);
  await press("Adjuntar foto o PDF");
  await windows.sees("1 de 8");
  await press("Elegir de FOTOS");
  await windows.sees("boleta.pdf");
  assert.equal((await windows.words()).includes("notas.txt"), false);
  await windows.sees("Fotos y PDF, lo más nuevo primero");
  await look(windows, "staff-attach-files");
  await press("pelicula.jpg");
  await windows.sees("Es un video, y solo se reciben fotos y PDF.");
  await look(windows, "staff-attach-refused");
  await press("boleta.pdf");
  await windows.sees("¿Se guarda este PDF?");
  await look(windows, "staff-attach-pages");
  await press("Descartar");
  assert.equal(await attachments(folio), 1);
  assert.equal((await windows.invoke("staff_keep_attachment", { folio, name: null })).error, "nothing_handed");
  await press("boleta.pdf");
  await windows.sees("¿Se guarda este PDF?");
  await press("Guardar");
  await windows.sees("Adjunto guardado: 2 de 8");
  // A page can name nothing that was not listed.
  assert.equal((await windows.invoke("staff_take_file", { at: 99 })).error, "attachment_file");
  assert.equal((await windows.invoke("staff_take_picture", { camera: "/etc/passwd" })).error, "camera_none");
  for (let more = 3; more <= 8; more += 1) stand.terreno("attach", folio, on("FOTOS", "boleta.pdf"));
  await press("Buscar otra vez");
  await windows.sees("Ya tiene todos los que puede tener.");
  await look(windows, "staff-attach-full", ["en"]);
  rmSync(on("FOTOS"), { recursive: true });
});

test("what waits goes onto a stick, and the office's answer comes home on it", async () => {
  await stand.down();
  await filed();
  await panel("sync");
  await windows.sees("No hay ninguno conectado");
  await windows.sees("Pendrive o tarjeta");
  await look(windows, "staff-media-none");
  mkdirSync(on("OIRS-UNO"));
  await windows.sees("OIRS-UNO");
  await press("Leer la respuesta de la oficina");
  await givesPin(windows);
  await windows.sees("No trae una respuesta para este equipo. Nada cambió.");
  await look(windows, "staff-stick-nothing", ["en"]);
  await press("Guardar lo que espera");
  await windows.sees("Ya puedes sacarlo.");
  await windows.sees("ya van en un pendrive");
  await look(windows, "staff-stick-saved");
  assert.ok(stand.terreno("ledger", "stats").on_usb > 0);
  stand.central("bundle", "import", on("OIRS-UNO"));
  await press("Leer la respuesta de la oficina");
  await windows.sees("La oficina confirmó");
  await windows.sees("No queda ningún registro sin respuesta.");
  await look(windows, "staff-stick-read");
  assert.equal(stand.terreno("ledger", "stats").held, 0);
});

test("another office's stick is refused by name, and a folder that is no medium is not written to", async () => {
  const other = await office();
  try {
    rmSync(on("OIRS-UNO"), { recursive: true });
    mkdirSync(on("OIRS-OTRA"));
    other.terreno("bundle", "export", on("OIRS-OTRA"));
    await other.down();
    other.central("bundle", "import", on("OIRS-OTRA"));
    await windows.sees("OIRS-OTRA");
    await press("Leer la respuesta de la oficina");
    await windows.sees("no son de tu oficina");
    await look(windows, "staff-stick-foreign");
  } finally {
    await other.close();
  }
  for (const folder of [media, stand.data, on("OIRS-UNO")])
    assert.equal((await windows.invoke("staff_stick_save", { folder })).error, "medium_gone", folder);
  rmSync(on("OIRS-OTRA"), { recursive: true });
});

test("the mirror is chosen, missed when it is pulled out, and goes on when it is back", async () => {
  await windows.sees("No hay copia");
  mkdirSync(on("OIRS-COPIA"));
  await press("Copiar en OIRS-COPIA");
  await windows.sees("La copia está completa");
  await windows.sees("Completa por última vez");
  // A folder stands for the card here: it lies on the machine's own disk, and that is said.
  await windows.sees("Está en el mismo disco que este equipo");
  await windows.sees("La copia está completa");
  await look(windows, "staff-mirror");
  renameSync(on("OIRS-COPIA"), join(media, "..", "afuera"));
  await press("Revisar ahora");
  await windows.sees("La copia no está");
  await windows.sees("La copia en la tarjeta o el pendrive falta");
  await windows.sees("La copia no está");
  await look(windows, "staff-mirror-absent");
  renameSync(join(media, "..", "afuera"), on("OIRS-COPIA"));
  await press("Revisar ahora");
  await windows.sees("La copia está completa");
  assert.equal(stand.terreno("mirror", "check").state, "current");
});

test("a lost machine's mirror is brought to the office by this one", async () => {
  await stand.up();
  const lost = join(stand.data, "..", "perdido");
  const { code } = JSON.parse(stand.central("device", "new", "--label", "perdido"));
  const terreno = (args, input) => execFileSync(program("terreno"), ["--json", "--data", lost, ...args], { input, encoding: "utf8" });
  terreno(["enrol", "--central", stand.url, "--code", code]);
  mkdirSync(on("OIRS-PERDIDO"));
  terreno(["mirror", "set", on("OIRS-PERDIDO")]);
  const filedThere = JSON.parse(terreno(["record", "request"], `${JSON.stringify(REQUEST)}\n`));
  rmSync(lost, { recursive: true });
  assert.ok(readdirSync(on("OIRS-PERDIDO")).includes("oirs"));
  await windows.press(windows.find("xpath", "//label[contains(normalize-space(.), 'OIRS-PERDIDO')]/input"));
  await windows.sees("En OIRS-PERDIDO hay registros de otro equipo.");
  await press("Pasar a OIRS-COPIA");
  await windows.sees("Todo quedó también en OIRS-COPIA");
  await look(windows, "staff-carry-copied", ["en"]);
  await press("Enviar a la oficina");
  await windows.sees("La oficina tiene todo lo que había ahí.");
  await windows.sees("La copia de un equipo perdido");
  await look(windows, "staff-carried");
  assert.ok(stand.requests().some((request) => request.folio === filedThere.folio));
});
