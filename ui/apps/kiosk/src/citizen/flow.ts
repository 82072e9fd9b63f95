// The citizen's way through the questions, as data: which questions this form needs, what comes next, what lies
// behind, and what is still open. No clock, no command, no component: everything here can be tested as a table.
import type { AnswerWay, Kind, RequestDraft } from "@oirs/bindings";

export type Step =
  | "start"
  /** Beside the way: what the State offers. */
  | "lookup"
  /** Beside the way: what an invited person is asked. */
  | "survey"
  | "thanks"
  | "notice"
  | "kind"
  | "text"
  | "place"
  | "answer"
  | "contact"
  | "who"
  | "organisation"
  | "name"
  | "document"
  | "residence"
  | "affected"
  | "review"
  | "receipt";
export type Who = "self" | "organisation" | "behalf" | "anonymous";
export type DocumentChoice = "run" | "ipe" | "ipa" | "pasaporte" | "documento_extranjero" | "none";

/** What the person has said so far. Lives in this window's memory and nowhere else. */
export interface Form {
  noticeRead: boolean;
  kind: Kind | null;
  text: string;
  comuna: { code: string; name: string; region: string } | null;
  locality: string;
  answerBy: AnswerWay | null;
  email: string;
  phone: string;
  address: string;
  addressComuna: { code: string; name: string; region: string } | null;
  /** Another way to be reached than the chosen one. */
  alsoPhone: string;
  alsoEmail: string;
  who: Who | null;
  name: string;
  socialName: string;
  document: DocumentChoice | null;
  documentNumber: string;
  documentCountry: string;
  residence: string;
  organisation: string;
  organisationRut: string;
  role: string;
  affectedName: string;
  affectedSocialName: string;
  relation: string;
}

export const emptyForm = (): Form => ({
  noticeRead: false,
  kind: null,
  text: "",
  comuna: null,
  locality: "",
  answerBy: null,
  email: "",
  phone: "",
  address: "",
  addressComuna: null,
  alsoPhone: "",
  alsoEmail: "",
  who: null,
  name: "",
  socialName: "",
  document: null,
  documentNumber: "",
  documentCountry: "",
  residence: "",
  organisation: "",
  organisationRut: "",
  role: "",
  affectedName: "",
  affectedSocialName: "",
  relation: "",
});

const CONTACT_WAYS: readonly (AnswerWay | null)[] = ["correo", "telefono", "carta"];

/** Whether the document is one of which each country has its own: then where its owner lives is worth asking. */
export const isForeign = ({ document }: Form): boolean =>
  document === "pasaporte" || document === "documento_extranjero";

/** The questions that this form needs, in their order. */
export function path(form: Form): Step[] {
  const document: Step[] = isForeign(form) ? ["document", "residence"] : ["document"];
  const contact: Step[] = CONTACT_WAYS.includes(form.answerBy) ? ["contact"] : [];
  const who: Record<Who, Step[]> = {
    self: ["name", ...document],
    organisation: ["organisation", "name"],
    behalf: ["affected", "name", ...document],
    anonymous: [],
  };
  const named = form.who ? who[form.who] : [];
  return ["start", "notice", "kind", "text", "place", "answer", ...contact, "who", ...named, "review"];
}

const said = (text: string) => text.trim() !== "";

/** Whether a question has its answer. What the answer is worth is judged in Rust. */
export function isAnswered(form: Form, step: Step): boolean {
  switch (step) {
    case "notice":
      return form.noticeRead;
    case "kind":
      return form.kind !== null;
    case "text":
      return said(form.text);
    case "place":
      return form.comuna !== null;
    case "answer":
      return form.answerBy !== null;
    case "contact":
      return said(
        form.answerBy === "correo" ? form.email : form.answerBy === "telefono" ? form.phone : form.address,
      );
    case "who":
      return form.who !== null;
    case "name":
      return said(form.name) || said(form.socialName);
    case "document":
      return form.document === "none" || (form.document !== null && said(form.documentNumber));
    case "organisation":
      return said(form.organisation) || said(form.organisationRut);
    case "affected":
      return said(form.affectedName) || said(form.affectedSocialName);
    default:
      return true;
  }
}

/**
 * The question after this one. On the way back to the review, what is still open is asked, and before it what belongs
 * to the same part: whoever changes the answer finds the telephone, whoever changes the person finds the document.
 */
export function next(form: Form, step: Step, toReview: boolean): Step {
  const steps = path(form);
  const rest = steps.slice(steps.indexOf(step) + 1);
  const asked = (one: Step) => !isAnswered(form, one) || stage(one) === stage(step);
  return (toReview ? rest.find(asked) : rest[0]) ?? "review";
}

/** The question before this one; from a change that the review asked for, the review. */
export function back(form: Form, step: Step, toReview: boolean): Step {
  if (toReview && step !== "review" && isAnswered(form, step)) return "review";
  const steps = path(form);
  return steps[Math.max(0, steps.indexOf(step) - 1)] ?? "start";
}

/** The stages of the bar above the question. */
export const STAGES = ["kind", "text", "place", "answer", "who", "review"] as const;

/** Which stage a question belongs to, from 0; none before the first. */
export function stage(step: Step): number | null {
  const own: Partial<Record<Step, (typeof STAGES)[number]>> = {
    kind: "kind",
    text: "text",
    place: "place",
    answer: "answer",
    contact: "answer",
    who: "who",
    organisation: "who",
    name: "who",
    document: "who",
    residence: "who",
    affected: "who",
    review: "review",
  };
  const name = own[step];
  return name ? STAGES.indexOf(name) : null;
}

/**
 * The fields of the first schema that a question answers for: an error of another field belongs to another question.
 * The way of answering is judged where its datum is asked for, since without it every way is wrong.
 */
export const FIELDS: Partial<Record<Step, readonly string[]>> = {
  kind: ["kind"],
  text: ["text"],
  place: ["comuna", "locality"],
  contact: ["person.email", "person.phone", "person.address", "person.address_comuna", "person.answer_by"],
  name: ["person.name", "person.social_name"],
  document: ["person.document", "person.document.type", "person.document.number", "person.document.country"],
  residence: ["person.country_of_residence"],
  organisation: ["organisation", "organisation.name", "organisation.rut", "organisation.role"],
  affected: ["affected", "affected.name", "affected.social_name", "affected.relation"],
};

/** The question that a field belongs to. */
export function stepOf(field: string | undefined): Step {
  const found = Object.entries(FIELDS).find(([, fields]) => field !== undefined && fields.includes(field));
  return (found?.[0] as Step | undefined) ?? "review";
}

/** Without what was left blank, so that absent stays absent; null when nothing is left. */
function present<T extends object>(object: T): { [K in keyof T]?: NonNullable<T[K]> } | null {
  const entries = Object.entries(object).filter(
    ([, value]) => value !== null && value !== undefined && value !== "",
  );
  return entries.length > 0 ? (Object.fromEntries(entries) as { [K in keyof T]?: NonNullable<T[K]> }) : null;
}

const words = (text: string) => (said(text) ? text : null);

/** The form as the first schema has it: as written, and only what belongs to the way that was chosen. */
export function draft(form: Form, about: { id: string; notice: string; language: string }): RequestDraft {
  const named = form.who !== null && form.who !== "anonymous";
  const way = form.answerBy;
  const document =
    named && form.who !== "organisation" && form.document !== null && form.document !== "none"
      ? present({
          type: form.document,
          number: words(form.documentNumber),
          country: isForeign(form) ? words(form.documentCountry) : null,
        })
      : null;
  const reached = CONTACT_WAYS.includes(way);
  const person = present({
    name: named ? words(form.name) : null,
    social_name: named ? words(form.socialName) : null,
    document,
    country_of_residence: document !== null && isForeign(form) ? words(form.residence) : null,
    phone: way === "telefono" ? words(form.phone) : reached ? words(form.alsoPhone) : null,
    email: way === "correo" ? words(form.email) : reached ? words(form.alsoEmail) : null,
    address: way === "carta" ? words(form.address) : null,
    address_comuna: way === "carta" ? (form.addressComuna?.code ?? null) : null,
    answer_by: way && way !== "ninguno" ? way : null,
  });
  const organisation =
    form.who === "organisation"
      ? present({ name: words(form.organisation), rut: words(form.organisationRut), role: words(form.role) })
      : null;
  const affected =
    form.who === "behalf"
      ? present({
          name: words(form.affectedName),
          social_name: words(form.affectedSocialName),
          relation: words(form.relation),
        })
      : null;
  return present({
    id: about.id,
    kind: form.kind,
    text: words(form.text),
    comuna: form.comuna?.code ?? null,
    locality: words(form.locality),
    person: person as RequestDraft["person"] | null,
    organisation: organisation as RequestDraft["organisation"] | null,
    affected: affected as RequestDraft["affected"] | null,
    will_accepted: true,
    privacy_notice: form.noticeRead ? about.notice : null,
    language: about.language,
    written_by: "citizen",
  }) as RequestDraft;
}
