// What the staff's form files: as written, and nothing that wasn't said.
import { describe, expect, it } from "vitest";
import { emptyStaffForm, staffDraft, type StaffForm } from "./request.ts";

const tortel = { code: "11303", name: "Tortel", region: "Aysén del General Carlos Ibáñez del Campo" };
const about = {
  id: "0190c2f4-0000-7000-8000-000000000001",
  notice: "2026-12-01",
  language: "es-CL",
};
const form = (over: Partial<StaffForm>): StaffForm => ({
  ...emptyStaffForm({ comuna: tortel, locality: "" }),
  text: "No pasa la barcaza.",
  ...over,
});

describe("the staff's form", () => {
  it.each<[string, Partial<StaffForm>, object]>([
    [
      "anonymous, no answer",
      { files: "anonymous", answerBy: "ninguno" },
      { comuna: "11303", written_by: "staff" },
    ],
    [
      "named with a RUN as typed",
      { name: "Rosa", documentNumber: "12.345.678-5", phone: "955550101" },
      {
        person: {
          name: "Rosa",
          document: { type: "run", number: "12.345.678-5" },
          phone: "955550101",
          answer_by: "telefono",
        },
      },
    ],
    [
      "a passport with its country, a letter with its comuna",
      {
        name: "Wara",
        document: "pasaporte",
        documentNumber: "E12345",
        documentCountry: "BO",
        answerBy: "carta",
        address: "Casa 1",
        addressComuna: tortel,
      },
      {
        person: {
          name: "Wara",
          document: { type: "pasaporte", number: "E12345", country: "BO" },
          address: "Casa 1",
          address_comuna: "11303",
          answer_by: "carta",
        },
      },
    ],
    [
      "an organisation",
      {
        files: "organisation",
        organisation: "Club",
        organisationRut: "65.111.222-3",
        answerBy: "correo",
        email: "a@b.cl",
      },
      {
        organisation: { name: "Club", rut: "65.111.222-3" },
        person: { email: "a@b.cl", answer_by: "correo" },
      },
    ],
    [
      "for somebody else",
      { behalf: true, affectedName: "Juan", relation: "su hijo" },
      { affected: { name: "Juan", relation: "su hijo" } },
    ],
    [
      "a paper form",
      { paper: "18/11/2026 09:30" },
      { captured_at: "18/11/2026 09:30", written_by: "transcriber" },
    ],
    ["a paper's date that isn't one", { paper: "ayer" }, { captured_at: "ayer" }],
    [
      "the notice read and the will confirmed",
      { notice: true, will: true },
      { privacy_notice: "2026-12-01", will_accepted: true },
    ],
  ])("%s", (_, over, expected) => expect(staffDraft(form(over), about)).toMatchObject(expected));

  it("leaves out what wasn't said", () => {
    const filed = staffDraft(form({ files: "anonymous", answerBy: "ninguno", name: "no va" }), about);
    for (const absent of [
      "person",
      "organisation",
      "affected",
      "topic",
      "locality",
      "captured_at",
      "will_accepted",
      "privacy_notice",
    ])
      expect(filed).not.toHaveProperty(absent);
  });
});
