// How many people an outing means to attend, as somebody types it.

/** Most people that an outing may mean to attend: a mistyped telephone number is none. */
export const GOAL_PEOPLE_MAX = 99_999;

/** The number; null where nothing is written, and undefined where it is no number from 1 on: thousands may be parted by dots or spaces. */
export function goalOf(text: string): number | null | undefined {
  const written = text.trim();
  if (written === "") return null;
  if (!/^(\d+|\d{1,3}([.\s]\d{3})+)$/.test(written)) return undefined;
  const goal = Number(written.replace(/\D/g, ""));
  return goal >= 1 && goal <= GOAL_PEOPLE_MAX ? goal : undefined;
}
