// Dates, times and amounts as the State's style guide has them. No Date object: a receipt's time is the local
// time of its place and comes with its offset, so its digits are shown as they are.

/** A tag of BCP 47: Spanish of Chile, English, or a language whose pack is complete. */
export type Language = string;

/** Whose rules of number and order hold. A pack brings sentences and no rules: the engine knows none for most of its
 * languages, and would take those of the machine instead. */
export function locale(language: Language): "es-CL" | "en" {
  return language === "en" ? "en" : "es-CL";
}

/** `2026-12-04` or the date of an RFC 3339 time, as 04/12/2026. */
export function date(iso: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso) ?? [];
  return year && month && day ? `${day}/${month}/${year}` : "";
}

/** The clock time of an RFC 3339 time, as 10:32. */
export function time(iso: string): string {
  return /T(\d{2}:\d{2})/.exec(iso)?.[1] ?? "";
}

/** A whole number with the language's separator of thousands. */
export function count(value: number, language: Language): string {
  // The engine's formatter takes 10 ms to wake, and a window's first screen seldom has a number that needs it.
  if (Number.isInteger(value) && value >= 0 && value < 1000) return String(value);
  return new Intl.NumberFormat(locale(language), { useGrouping: "always", maximumFractionDigits: 0 }).format(
    value,
  );
}

/** Bytes as B, kB, MB or GB (powers of ten). */
export function bytes(value: number, language: Language): string {
  const power = [3, 2, 1].find((power) => value >= 1000 ** power) ?? 0;
  const [amount, unit] = [value / 1000 ** power, ["B", "kB", "MB", "GB"][power]];
  const written =
    unit === "B" || amount >= 10
      ? count(Math.round(amount), language)
      : new Intl.NumberFormat(locale(language), { maximumFractionDigits: 1 }).format(amount);
  return `${written}\u00a0${unit}`;
}
