// The staff's form as data, and what is filed from it. Kept apart from the page, so that it can be tested as a table.
import type { RequestDraft } from "@oirs/bindings";

export type Files = "named" | "organisation" | "anonymous";

/** A document as the form has it. */
export interface DocumentFields {
  type: string;
  number: string;
  country: string;
}

export interface StaffForm {
  kind: string;
  text: string;
  topic: string;
  comuna: { code: string; name: string; region: string } | null;
  locality: string;
  files: Files;
  name: string;
  socialName: string;
  /** Of who files, or of the organisation's representative. */
  document: DocumentFields;
  residence: string;
  organisation: string;
  organisationRut: string;
  role: string;
  behalf: boolean;
  affectedName: string;
  affectedSocialName: string;
  affectedDocument: DocumentFields;
  relation: string;
  answerBy: string;
  phone: string;
  email: string;
  address: string;
  addressComuna: StaffForm["comuna"];
  paper: string;
  assistedBy: string;
  notice: boolean;
  will: boolean;
}

/** What a form begins with: where the outing stands, and who attended the one before. */
export interface Begun {
  comuna: StaffForm["comuna"];
  locality: string;
  assistedBy: string;
}

const noDocument = (): DocumentFields => ({ type: "run", number: "", country: "" });

export const emptyStaffForm = (begun: Begun): StaffForm => ({
  kind: "consulta",
  text: "",
  topic: "",
  comuna: begun.comuna,
  locality: begun.locality,
  files: "named",
  name: "",
  socialName: "",
  document: noDocument(),
  residence: "",
  organisation: "",
  organisationRut: "",
  role: "",
  behalf: false,
  affectedName: "",
  affectedSocialName: "",
  affectedDocument: noDocument(),
  relation: "",
  answerBy: "telefono",
  phone: "",
  email: "",
  address: "",
  addressComuna: null,
  paper: "",
  assistedBy: begun.assistedBy,
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

const said = (text: string) => text.trim() !== "";

/** The document types of which each country has its own. */
export const isForeign = ({ type }: DocumentFields) => ["pasaporte", "documento_extranjero"].includes(type);

/** What this form shows under "more": the fields that no other part of it asks for, and what tells that they are filled. */
function more(form: StaffForm): { fields: string[]; value: string }[] {
  const way = form.answerBy;
  const document = (field: string) => [field, `${field}.type`, `${field}.number`, `${field}.country`];
  const all: [shown: boolean, fields: string[], value: string][] = [
    [way !== "telefono", ["person.phone"], form.phone],
    [way !== "correo", ["person.email"], form.email],
    [way !== "carta", ["person.address", "person.address_comuna"], form.address],
    [true, ["person.country_of_residence"], form.residence],
    [form.files === "organisation", document("person.document"), form.document.number],
    [form.behalf, ["affected.social_name"], form.affectedSocialName],
    [form.behalf, document("affected.document"), form.affectedDocument.number],
    [true, ["assisted_by"], form.assistedBy],
  ];
  return all.filter(([shown]) => shown).map(([, fields, value]) => ({ fields, value }));
}

/** How many fields of "more" say something. */
export const moreFilled = (form: StaffForm): number => more(form).filter(({ value }) => said(value)).length;

/** Whether "more" has to be open, so that what is wrong in it can be seen. */
export function isInMore(form: StaffForm, errors: readonly { field?: string | undefined }[]): boolean {
  const fields = more(form).flatMap((one) => one.fields);
  return errors.some(({ field }) => field !== undefined && fields.includes(field));
}

/** A document that was shown; its country only where its type has one. */
function documentDraft(document: DocumentFields): Fields | undefined {
  if (!said(document.number)) return undefined;
  const country = isForeign(document) ? document.country : "";
  return { type: document.type, ...present({ number: document.number, country }) };
}

/** The draft of the form. A paper's date goes as typed: Rust knows the time of its place. */
export function staffDraft(
  form: StaffForm,
  about: { id: string; notice: string; language: string },
): RequestDraft {
  const isNamed = form.files !== "anonymous";
  const way = form.answerBy;
  const person = present({
    name: isNamed ? form.name : "",
    social_name: isNamed ? form.socialName : "",
    document: isNamed ? documentDraft(form.document) : undefined,
    country_of_residence: form.residence,
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
    affected: form.behalf
      ? present({
          name: form.affectedName,
          social_name: form.affectedSocialName,
          document: documentDraft(form.affectedDocument),
          relation: form.relation,
        })
      : undefined,
    will_accepted: form.will || undefined,
    privacy_notice: form.notice ? about.notice : undefined,
    language: about.language,
    assisted_by: form.assistedBy,
    written_by: typed === "" ? "staff" : "transcriber",
    captured_at: typed,
  }) as RequestDraft;
}
