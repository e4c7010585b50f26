import { expect, test } from "vitest";
import { riskText } from "../../src/view/numberText.js";

test.each([
  [Math.log(0.02), "0.02"],
  [-1000.5 * Math.LN10, "3.2e-1001"],
  [3.4280894919e70 * Math.LN10, "1e(3.43e70)"],
  [-1.31e30 * Math.LN10, "1e(−1.31e30)"],
  [Number.POSITIVE_INFINITY, "∞"],
  [Number.NEGATIVE_INFINITY, "0"],
  [undefined, "–"],
])("a risk of e to the %d is short", (logRisk, text) => {
  expect(riskText(logRisk)).toBe(text);
});
