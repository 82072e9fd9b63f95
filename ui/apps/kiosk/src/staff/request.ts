// The staff's form as data, and what is filed from it. Kept apart from the page, so that it can be tested as a table.
import type { RequestDraft } from "@oirs/bindings";

export type Files = "named" | "organisation" | "anonymous";

export interface StaffForm {
  kind: string;
  text: string;
  topic: string;
  comuna: { code: string; name: string; region: string } | null;
  locality: string;
  files: Files;
  name: string;
  socialName: string;
  document: string;
  documentNumber: string;
  documentCountry: string;
  organisation: string;
  organisationRut: string;
  role: string;
  behalf: boolean;
  affectedName: string;
  relation: string;
  answerBy: string;
  phone: string;
  email: string;
  address: string;
  addressComuna: StaffForm["comuna"];
  paper: string;
  notice: boolean;
  will: boolean;
}

export const emptyStaffForm = (place: { comuna: StaffForm["comuna"]; locality: string }): StaffForm => ({
  kind: "consulta",
  text: "",
  topic: "",
  comuna: place.comuna,
  locality: place.locality,
  files: "named",
  name: "",
  socialName: "",
  document: "run",
  documentNumber: "",
  documentCountry: "",
  organisation: "",
  organisationRut: "",
  role: "",
  behalf: false,
  affectedName: "",
  relation: "",
  answerBy: "telefono",
  phone: "",
  email: "",
  address: "",
  addressComuna: null,
  paper: "",
  notice: false,
  will: false,
});

type Fields = Record<string, unknown>;

function present(fields: Fields): Fields | undefined {
  const kept = Object.entries(fields).filter(
    ([, value]) => value !== undefined && value !== "" && value !== null,
  );
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** The draft of the form. A paper's date goes as typed: Rust knows the time of its place. */
export function staffDraft(
  form: StaffForm,
  about: { id: string; notice: string; language: string },
): RequestDraft {
  const isNamed = form.files !== "anonymous";
  const way = form.answerBy;
  const document =
    isNamed && form.files === "named" && form.documentNumber.trim() !== ""
      ? { type: form.document, ...present({ number: form.documentNumber, country: form.documentCountry }) }
      : undefined;
  const person = present({
    name: isNamed ? form.name : "",
    social_name: isNamed ? form.socialName : "",
    document,
    phone: form.phone,
    email: form.email,
    address: form.address,
    address_comuna: form.address.trim() === "" ? undefined : form.addressComuna?.code,
    answer_by: way === "ninguno" ? "" : way,
  });
  const typed = form.paper.trim();
  return present({
    id: about.id,
    kind: form.kind,
    topic: form.topic,
    text: form.text,
    comuna: form.comuna?.code,
    locality: form.locality,
    person,
    organisation:
      form.files === "organisation"
        ? present({ name: form.organisation, rut: form.organisationRut, role: form.role })
        : undefined,
    affected: form.behalf ? present({ name: form.affectedName, relation: form.relation }) : undefined,
    will_accepted: form.will || undefined,
    privacy_notice: form.notice ? about.notice : undefined,
    language: about.language,
    written_by: typed === "" ? "staff" : "transcriber",
    captured_at: typed,
  }) as RequestDraft;
}
