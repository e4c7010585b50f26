import { expect, test } from "vitest";
import { slackText, violationText } from "../src/index.js";

test("a slack that is no number is told in words", () => {
  expect([Number.NaN, Infinity, 0, 2.25].map(slackText)).toEqual(["no number", "unbounded", "0.0", "2.3"]);
  expect([Number.NaN, Infinity, 2].map(violationText)).toEqual([
    "gives no number that can be compared",
    "is violated where rounding excuses nothing",
    "is off by 2.00 times the rounding bound",
  ]);
});
