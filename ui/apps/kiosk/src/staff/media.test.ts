// What a stick or a card brought, as the team reads it.
import type { BundleAcknowledged, BundleExported, CarryAnswer, FileState } from "@oirs/bindings";
import { setLanguage } from "@oirs/i18n";
import { beforeAll, describe, expect, it } from "vitest";
import { brought, carried, saved } from "./media.ts";

beforeAll(() => setLanguage("es-CL"));

const files = (...states: FileState[]) => states.map((state, at) => ({ file: `oirs/${at}`, state }));

describe("what was written", () => {
  const exported: BundleExported = {
    folder: "/media/oirs/sdb1/oirs",
    entries: 0,
    files: 0,
    bytes: 0,
    attachments_on_usb: 0,
    cleared: 0,
    held: 0,
    on_usb: 0,
    unreadable: false,
  };
  it.each([
    [{}, "good", ["No hay registros que llevar: la oficina los tiene todos.", "Ya puedes sacarlo."]],
    [
      { entries: 12, attachments_on_usb: 1 },
      "good",
      [
        "Van 12 registros.",
        "Va un adjunto.",
        "También siguen en este equipo, hasta que la oficina responda.",
        "Ya puedes sacarlo.",
      ],
    ],
  ] as const)("%o", (answer, tone, lines) => {
    expect(saved({ ...exported, ...answer })).toEqual({ tone, lines });
  });

  it("says it when a part can't be read any more", () => {
    const { tone, lines } = saved({ ...exported, entries: 3, unreadable: true });
    expect(tone).toBe("bad");
    expect(lines.join(" ")).toContain("no se puede leer");
  });
});

describe("what a stick brought", () => {
  const acknowledged: BundleAcknowledged = {
    acknowledged: 0,
    manifest: 7,
    quarantined: 0,
    attachments_sent: 0,
    held: 0,
    on_usb: 0,
    outcome: "unanswered",
    alarms: [],
    files: [],
  };
  it.each([
    ["an empty one", { held: 4 }, "careful", "No trae una respuesta para este equipo. Nada cambió."],
    [
      "another office's",
      { files: files("unknown_signer", "unknown_signer") },
      "careful",
      "2 archivos no son de tu oficina y no se tomaron.",
    ],
    ["another stand's", { files: files("other_stand") }, "careful", "No trae una respuesta para este equipo"],
    [
      "the same again",
      { outcome: "done", files: files("known", "known") },
      "good",
      "No trae nada nuevo. Nada cambió.",
    ],
    [
      "the answer to all",
      { outcome: "done", acknowledged: 9, files: files("taken") },
      "good",
      "No queda ningún registro sin respuesta.",
    ],
    [
      "the answer to a part",
      { acknowledged: 9, held: 1, files: files("taken", "damaged", "unfinished") },
      "careful",
      "Falta su respuesta a un registro: sigue guardado aquí.",
    ],
    [
      "that records lie apart",
      { outcome: "forked", files: files("taken") },
      "bad",
      "otra copia de este equipo",
    ],
    ["an old world", { alarms: ["central_went_back"], files: files("taken") }, "bad", "copia anterior"],
  ] as const)("%s", (_, answer, tone, says) => {
    const told = brought({
      ...acknowledged,
      ...answer,
      alarms: [...("alarms" in answer ? answer.alarms : [])],
    });
    expect(told.tone).toBe(tone);
    expect(told.lines.join(" ")).toContain(says);
  });
});

describe("what was brought on", () => {
  const answer: CarryAnswer = {
    devices: ["a"],
    carried: 3,
    known: 0,
    quarantined: 0,
    attachments_carried: 0,
    missing: [],
    files: [],
  };
  it.each([
    ["to the office", {}, null, "good", "La oficina tiene todo lo que había ahí."],
    ["onto a stick", { attachments_carried: 2 }, "OIRS-DOS", "good", "Todo quedó también en OIRS-DOS"],
    ["nothing", { carried: 0 }, null, "careful", "Ahí no hay registros que entregar."],
    ["with a gap before it", { missing: ["a/b: 3"] }, null, "careful", "Faltan registros anteriores"],
    ["in part", { files: files("damaged") }, null, "careful", "Se entregó una parte."],
    [
      "without a network",
      { carried: 0, fault: "no-network" },
      null,
      "bad",
      "No hay conexión con la oficina.",
    ],
    ["by a clone", { quarantined: 1 }, null, "good", "guardó una parte aparte"],
  ] as const)("%s", (_, more, name, tone, says) => {
    const told = carried({ ...answer, ...more, missing: [...("missing" in more ? more.missing : [])] }, name);
    expect(told.tone).toBe(tone);
    expect(told.lines.join(" ")).toContain(says);
  });
});
