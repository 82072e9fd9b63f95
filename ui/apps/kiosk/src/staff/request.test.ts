// What the staff's form files: as written, and nothing that wasn't said.
import { describe, expect, it } from "vitest";
import { emptyStaffForm, isInMore, moreFilled, staffDraft, type StaffForm } from "./request.ts";

const tortel = { code: "11303", name: "Tortel", region: "Aysén del General Carlos Ibáñez del Campo" };
const about = {
  id: "0190c2f4-0000-7000-8000-000000000001",
  notice: "2026-12-01",
  language: "es-CL",
};
const form = (over: Partial<StaffForm>): StaffForm => ({
  ...emptyStaffForm({ comuna: tortel, locality: "", assistedBy: "" }),
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
      { name: "Rosa", document: { type: "run", number: "12.345.678-5", country: "" }, phone: "955550101" },
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
        document: { type: "pasaporte", number: "E12345", country: "BO" },
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
      "the country, a second contact and who attended",
      {
        phone: "955550101",
        email: "a@b.cl",
        address: "Casa 1",
        addressComuna: tortel,
        residence: "AR",
        assistedBy: "T1",
      },
      {
        person: {
          country_of_residence: "AR",
          phone: "955550101",
          email: "a@b.cl",
          address: "Casa 1",
          address_comuna: "11303",
          answer_by: "telefono",
        },
        assisted_by: "T1",
      },
    ],
    [
      "a representative with a RUT",
      {
        files: "organisation",
        organisation: "Club",
        document: { type: "rut", number: "88.888.888-8", country: "" },
      },
      { person: { document: { type: "rut", number: "88.888.888-8" } } },
    ],
    [
      "somebody else with a document and a social name",
      {
        behalf: true,
        affectedSocialName: "Toña",
        affectedDocument: { type: "documento_extranjero", number: "11.111.111", country: "AR" },
      },
      {
        affected: {
          social_name: "Toña",
          document: { type: "documento_extranjero", number: "11.111.111", country: "AR" },
        },
      },
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
      "assisted_by",
    ])
      expect(filed).not.toHaveProperty(absent);
  });

  it("leaves out a country that the document's type doesn't show", () => {
    const document = { type: "run", number: "12.345.678-5", country: "BO" };
    expect(staffDraft(form({ document }), about).person?.document).not.toHaveProperty("country");
  });
});

describe("the more of the form", () => {
  it.each<[string, Partial<StaffForm>, number]>([
    ["nothing", { phone: "955550101", document: { type: "run", number: "1-9", country: "" } }, 0],
    ["what the chosen way doesn't ask for", { answerBy: "correo", phone: "955550101", email: "a@b.cl" }, 1],
    ["an address counts once", { address: "Casa 1", addressComuna: tortel }, 1],
    [
      "the representative's document",
      { files: "organisation", document: { type: "rut", number: "1", country: "" } },
      1,
    ],
    ["nobody else, nothing of theirs", { affectedSocialName: "Toña" }, 0],
    ["somebody else", { behalf: true, affectedSocialName: "Toña", residence: "AR", assistedBy: "T1" }, 3],
  ])("counts %s", (_, over, expected) => expect(moreFilled(form(over))).toBe(expected));

  it.each<[string, Partial<StaffForm>, boolean]>([
    ["person.email", {}, true],
    ["person.email", { answerBy: "correo" }, false],
    ["person.document.number", {}, false],
    ["person.document.number", { files: "organisation" }, true],
    ["affected.document.country", { behalf: true }, true],
    ["assisted_by", {}, true],
    ["text", {}, false],
  ])("%s of %j is in it: %s", (field, over, expected) =>
    expect(isInMore(form(over), [{ field }])).toBe(expected),
  );
});
