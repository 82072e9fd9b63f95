// What became of a stick or a card, in words: what went where, what still waits, what was not taken and why.
import type { BundleAcknowledged, BundleExported, CarryAnswer, FileTold } from "@oirs/bindings";
import { t, tryText } from "@oirs/i18n";

/** Sentences, and how good the news is. */
export interface Told {
  tone: "good" | "careful" | "bad";
  lines: string[];
}

const hyphens = (code: string) => code.replaceAll("_", "-");

/** Files that were not taken, each sort once with its number. Those of other stands are nobody's business here. */
function untaken(files: readonly FileTold[]): string[] {
  return (["unknown_signer", "damaged", "unreadable", "unfinished"] as const).flatMap((state) => {
    const count = files.filter((file) => file.state === state).length;
    return count > 0 ? [t(`media-file-${hyphens(state)}`, { count })] : [];
  });
}

const alarms = (codes: readonly string[]) =>
  codes.flatMap((code) => tryText(`sync-alarm-${hyphens(code)}`) ?? []);

/** What was written onto a stick. */
export function saved(answer: BundleExported): Told {
  const { entries, attachments_on_usb: attachments } = answer;
  const lines = [
    entries > 0 ? t("stick-saved", { count: entries }) : t("stick-saved-nothing"),
    ...(attachments > 0 ? [t("stick-saved-attachments", { count: attachments })] : []),
    ...(answer.unreadable ? [t("sync-alarm-ledger-unreadable")] : []),
    ...(entries > 0 ? [t("stick-saved-here")] : []),
    t("stick-out"),
  ];
  return { tone: answer.unreadable ? "bad" : "good", lines };
}

/** A new version of this program was taken from a stick. */
export const tookVersion = (version: string): Told => ({
  tone: "good",
  lines: [t("stick-version-taken", { version }), t("stick-out")],
});

/** What a stick brought of the office's. */
export function brought(answer: BundleAcknowledged): Told {
  const { acknowledged, attachments_sent: attachments, held, outcome } = answer;
  const answers = answer.files.some(({ state }) => ["taken", "known", "older"].includes(state));
  const nothing = answers ? "stick-read-nothing-new" : "stick-read-none";
  const ended = ["done", "unanswered"].includes(outcome)
    ? []
    : [
        tryText(`sync-outcome-${hyphens(outcome)}`) ??
          tryText(`sync-fault-${hyphens(outcome)}`) ??
          t("sync-error-other"),
      ];
  const refused = untaken(answer.files);
  const lines = [
    acknowledged > 0 ? t("stick-read", { count: acknowledged }) : t(nothing),
    ...(attachments > 0 ? [t("stick-read-attachments", { count: attachments })] : []),
    ...(held > 0 ? [t("stick-read-held", { count: held })] : answers ? [t("stick-read-all")] : []),
    ...ended,
    ...alarms(answer.alarms),
    ...refused,
  ];
  const worse = ended.length > 0 || answer.alarms.length > 0;
  return { tone: worse ? "bad" : held > 0 || refused.length > 0 || !answers ? "careful" : "good", lines };
}

/** What was brought on of another stand's; `name` is the stick that it went onto, if one. */
export function carried(answer: CarryAnswer, name: string | null): Told {
  const fault = answer.fault ?? null;
  const refused = untaken(answer.files);
  const whole = fault === null && answer.missing.length === 0 && refused.length === 0;
  const done = name === null ? t("carry-sent") : t("carry-copied", { name });
  const lines = [
    ...(fault !== null
      ? [tryText(`sync-fault-${hyphens(fault)}`) ?? t("sync-error-other"), t("carry-again")]
      : answer.carried === 0
        ? [t("carry-nothing")]
        : [whole ? done : t("carry-part")]),
    ...(answer.attachments_carried > 0
      ? [t("carry-attachments", { count: answer.attachments_carried })]
      : []),
    ...(answer.quarantined > 0 ? [t("carry-quarantined")] : []),
    ...(answer.missing.length > 0 ? [t("carry-missing")] : []),
    ...refused,
  ];
  return { tone: fault !== null ? "bad" : whole && answer.carried > 0 ? "good" : "careful", lines };
}
