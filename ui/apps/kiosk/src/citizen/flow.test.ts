// One question a screen: which, in what order, back and forth, and what is filed at the end.
import { describe, expect, it } from "vitest";
import { back, draft, emptyForm, isAnswered, next, path, stage, stepOf, type Form } from "./flow.ts";

const tortel = { code: "11303", name: "Tortel", region: "Aysén del General Carlos Ibáñez del Campo" };
const about = { id: "0190c2f4-0000-7000-8000-000000000001", notice: "2026-12-01", language: "es-CL" };
const anonymous: Form = {
  ...emptyForm(),
  noticeRead: true,
  kind: "reclamo",
  text: "No pasa la barcaza.",
  comuna: tortel,
  answerBy: "ninguno",
  who: "anonymous",
};
const named: Form = {
  ...anonymous,
  answerBy: "telefono",
  phone: "+56 9 5555 0101",
  who: "self",
  name: "Rosa Ñanculef",
  document: "run",
  documentNumber: "44.444.444-4",
};

describe("the path", () => {
  const after = (form: Partial<Form>) => path({ ...anonymous, ...form }).slice(5);
  it.each<[string, Partial<Form>, string[]]>([
    ["anonymous without an answer", {}, ["answer", "who", "review"]],
    ["anonymous in person", { answerBy: "presencial" }, ["answer", "who", "review"]],
    ["anonymous by e-mail", { answerBy: "correo" }, ["answer", "contact", "who", "review"]],
    [
      "named by telephone",
      { answerBy: "telefono", who: "self" },
      ["answer", "contact", "who", "name", "document", "review"],
    ],
    [
      "an organisation by letter",
      { answerBy: "carta", who: "organisation" },
      ["answer", "contact", "who", "organisation", "name", "review"],
    ],
    ["for somebody else", { who: "behalf" }, ["answer", "who", "affected", "name", "document", "review"]],
    [
      "named with a document of another country",
      { who: "self", document: "pasaporte" },
      ["answer", "who", "name", "document", "residence", "review"],
    ],
  ])("%s", (_, form, expected) => expect(after(form)).toEqual(expected));

  it("goes there and back through the same questions, and never out of them", () => {
    for (const form of [anonymous, named, { ...named, who: "behalf" as const }]) {
      const there = path(form);
      for (const [index, step] of there.entries()) {
        expect(next(form, step, false)).toBe(there[index + 1] ?? "review");
        expect(back(form, step, false)).toBe(there[Math.max(0, index - 1)]);
      }
    }
  });

  it("can't pass the notice unread: capture begins after it", () => {
    expect(path(anonymous).indexOf("notice")).toBeLessThan(path(anonymous).indexOf("kind"));
    expect(isAnswered(emptyForm(), "notice")).toBe(false);
    expect(draft(emptyForm(), about).privacy_notice).toBeUndefined();
  });
});

describe("a change from the review", () => {
  it("returns to the review when nothing else is open", () => {
    expect(next(named, "text", true)).toBe("review");
    expect(back(named, "text", true)).toBe("review");
  });
  it("asks what the change opened, and only that", () => {
    const byMail: Form = { ...named, answerBy: "correo" };
    expect(next(byMail, "answer", true)).toBe("contact");
    expect(next({ ...byMail, email: "rosa@correo.cl" }, "contact", true)).toBe("review");
    const organisation: Form = { ...anonymous, who: "organisation" };
    expect(next(organisation, "who", true)).toBe("organisation");
  });
  it("leads through the whole part that was changed, so that everything in it can be", () => {
    expect(next(named, "answer", true)).toBe("contact");
    expect(next(named, "who", true)).toBe("name");
    expect(next(named, "name", true)).toBe("document");
    expect(next(named, "document", true)).toBe("review");
    expect(next({ ...named, document: "pasaporte" }, "document", true)).toBe("residence");
    expect(next({ ...named, document: "pasaporte" }, "residence", true)).toBe("review");
  });
  it("doesn't go back to the review with an open question", () => {
    expect(back({ ...named, answerBy: "correo" }, "contact", true)).toBe("answer");
  });
});

describe("stages and fields", () => {
  it("know their place", () => {
    expect([
      stage("start"),
      stage("notice"),
      stage("kind"),
      stage("contact"),
      stage("affected"),
      stage("review"),
    ]).toEqual([null, null, 0, 3, 4, 5]);
    expect([
      stepOf("person.document.number"),
      stepOf("locality"),
      stepOf("person.country_of_residence"),
      stepOf("organisation.rut"),
      stepOf(undefined),
      stepOf("will_accepted"),
    ]).toEqual(["document", "place", "residence", "organisation", "review", "review"]);
  });
});

describe("what is filed", () => {
  it("is anonymous without a person", () => {
    expect(draft(anonymous, about)).toEqual({
      ...{ id: about.id, kind: "reclamo", text: "No pasa la barcaza.", comuna: "11303", will_accepted: true },
      ...{ privacy_notice: "2026-12-01", language: "es-CL", written_by: "citizen" },
    });
  });
  it("keeps what was written as it was written", () => {
    expect(draft({ ...named, text: " ¡NO pasa!\n", locality: "Rincón Alto " }, about)).toMatchObject({
      text: " ¡NO pasa!\n",
      locality: "Rincón Alto ",
      person: {
        name: "Rosa Ñanculef",
        document: { type: "run", number: "44.444.444-4" },
        phone: "+56 9 5555 0101",
        answer_by: "telefono",
      },
    });
  });
  it("takes a second contact and the country of residence where they were asked for", () => {
    const abroad: Form = {
      ...named,
      alsoEmail: "rosa@correo.cl",
      alsoPhone: "de antes",
      document: "pasaporte",
      documentNumber: "E12345",
      documentCountry: "BO",
      residence: "AR",
    };
    expect(draft(abroad, about).person).toEqual({
      name: "Rosa Ñanculef",
      document: { type: "pasaporte", number: "E12345", country: "BO" },
      country_of_residence: "AR",
      phone: "+56 9 5555 0101",
      email: "rosa@correo.cl",
      answer_by: "telefono",
    });
    const byLetter = draft({ ...abroad, answerBy: "carta", alsoPhone: "45 2 123456" }, about).person;
    expect(byLetter).toMatchObject({ phone: "45 2 123456", email: "rosa@correo.cl" });
    expect(draft({ ...abroad, answerBy: "ninguno" }, about).person).not.toHaveProperty("email");
    const withRun = draft({ ...abroad, document: "run" }, about).person;
    expect(withRun).not.toHaveProperty("country_of_residence");
    expect(withRun?.document).not.toHaveProperty("country");
    expect(draft({ ...abroad, who: "organisation" }, about).person).not.toHaveProperty(
      "country_of_residence",
    );
  });
  it("leaves out what belongs to a way that was left", () => {
    const left: Form = {
      ...named,
      email: "rosa@correo.cl",
      address: "Sin número",
      answerBy: "correo",
      who: "anonymous",
      organisation: "Club",
      affectedName: "Juan",
    };
    expect(draft(left, about).person).toEqual({ email: "rosa@correo.cl", answer_by: "correo" });
    expect(draft(left, about)).not.toHaveProperty("organisation");
    expect(draft(left, about)).not.toHaveProperty("affected");
    expect(draft({ ...named, document: "none" }, about).person).not.toHaveProperty("document");
  });
});
