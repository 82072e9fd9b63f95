// A document's number judged while it is typed: by Rust, never by a rule of its own, and only the last answer counts.
import type { DocumentVerdict } from "@oirs/bindings";
import { t } from "@oirs/i18n";
import type { Answer } from "@oirs/platform/answer";
import { ruleText } from "./refusal.ts";

type Check = (kind: string, number: string) => Promise<Answer<DocumentVerdict>>;

/** The verdict for what is typed now. A number that may still be growing is no error. */
export function liveDocument(check: Check, typed: () => [string, string]) {
  let verdict = $state<DocumentVerdict | null>(null);
  let asked = 0;
  $effect(() => {
    const [kind, number] = typed();
    const mine = (asked += 1);
    verdict = null;
    if (kind === "none" || kind === "" || number.trim() === "") return;
    void check(kind, number).then((answer) => {
      if (mine === asked && answer.ok) verdict = answer.value;
    });
  });
  const grown = () =>
    /[-\u2010]\s*[\dkK]$/.test(typed()[1].trim()) || typed()[1].replace(/[^\dkK]/g, "").length >= 9;
  return {
    get valid() {
      return verdict?.valid ?? false;
    },
    get error() {
      return verdict?.code && grown() ? ruleText(verdict.code) : undefined;
    },
    get warning() {
      return verdict?.repeated ? t("document-repeated") : undefined;
    },
  };
}
