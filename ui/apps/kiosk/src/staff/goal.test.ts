// What the team writes as a goal is what the outing is opened with, or is said to be wrong.
import { expect, it } from "vitest";
import { GOAL_PEOPLE_MAX, goalOf } from "./goal.ts";

it.each([
  ["", null],
  ["  ", null],
  ["0", undefined],
  ["1", 1],
  [" 80 ", 80],
  ["1.500", 1500],
  ["1 500", 1500],
  ["1\u00a0500", 1500],
  ["12.345", 12345],
  ["99998", GOAL_PEOPLE_MAX - 1],
  ["99.999", GOAL_PEOPLE_MAX],
  ["100000", undefined],
  ["1.50", undefined],
  ["1,5", undefined],
  ["-5", undefined],
  ["abc", undefined],
  ["80 personas", undefined],
  ["1e3", undefined],
])("a goal of «%s» is %s", (text, goal) => expect(goalOf(text)).toBe(goal));
