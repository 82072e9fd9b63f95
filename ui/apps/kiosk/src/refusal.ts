// What went wrong, as a sentence in the window's language.
import { t, tryText } from "@oirs/i18n";
import type { FieldError, Refusal } from "@oirs/bindings";

/** The sentence for a refusal: the use case's own, else the window's, else the last word. Of a paper that did not come out
 * it says what is not lost. */
export function refusalText(refusal: Refusal, kept = t("print-kept-nothing")): string {
  const seconds = refusal.seconds ?? 0;
  const own = refusal.text_key ? tryText(refusal.text_key, { seconds, kept }) : null;
  return own ?? tryText(`refusal-${refusal.code.replaceAll("_", "-")}`, { seconds }) ?? t("refusal-internal");
}

/** The sentence for a broken rule. A pack has those that a citizen's words can break; for any other, the general one. */
export function ruleText(code: string, args: FieldError["args"] = {}): string {
  return tryText(`error-${code.replaceAll("_", "-")}`, args) ?? t("refusal-rejected");
}

/** The sentence for a rule that a field broke. */
export function fieldErrorText(error: FieldError): string {
  return ruleText(error.code, error.args);
}

/** The first thing wrong with a field. */
export function errorOf(errors: readonly FieldError[], ...fields: string[]): string | undefined {
  const found = errors.find((error) => error.field !== undefined && fields.includes(error.field));
  return found && fieldErrorText(found);
}
