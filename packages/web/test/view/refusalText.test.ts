import { expect, test } from "vitest";
import { refusalText } from "../../src/view/refusalText.js";

const asked = { arm: 0, norm: "linf" };

test("a margin that is not positive is told with its sample and what to do", () => {
  const noMargin = { kind: "noMargin", minMargin: [-2.5, -1.239], sample: 7 } as const;
  expect(refusalText("sign descent", { ...asked, step: 1000, answer: noMargin })).toBe(
    "No certificate of sign descent in ℓ∞ at step 1\u202f000: the margin of sample 7 is at most −1.23, and KKT points of max-margin have none that is not positive. Let it go on until every sample is right.",
  );
  expect(refusalText("sign descent", { ...asked, step: 1, answer: { ...noMargin, minMargin: [-1e-18, 1e-18] } })).toContain(
    "is not known to be positive, at most 1.00e-18",
  );
});

test("a failure is told with its hint", () => {
  const failed = { kind: "failed", problem: { message: "highs.js answered with status 404", hint: "try again" } } as const;
  expect(refusalText("Adam", { arm: 0, norm: "l2", step: undefined, answer: failed })).toBe(
    "No certificate of Adam in ℓ2: highs.js answered with status 404; try again.",
  );
});
