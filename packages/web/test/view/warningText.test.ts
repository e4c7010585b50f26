import { expect, test } from "vitest";
import { warningText } from "../../src/view/warningText.js";

test("a warning counts samples in words", () => {
  expect(warningText({ kind: "warning", what: "deadSamples", step: 3, value: 1, advice: "" })).toBe(
    "At step 3, 1 sample was out of reach of every unit.",
  );
  expect(warningText({ kind: "warning", what: "deadSamples", step: 3, value: 12, advice: "" })).toBe(
    "At step 3, 12 samples were out of reach of every unit.",
  );
});

test("a warning that has a remedy says it", () => {
  const warning = { kind: "warning", step: 3, value: 1, advice: "stop earlier or use a larger c" } as const;
  expect(warningText({ ...warning, what: "underflow", value: 2, advice: "start from larger weights" })).toBe(
    "At step 3, no double held the score or gradient of 2 samples: too small. Start from larger weights.",
  );
  expect(warningText({ ...warning, what: "lostUpdates" })).toBe(
    "At step 3, rounding swallowed the whole update: stop earlier or use a larger c.",
  );
  expect(warningText({ ...warning, what: "softMarginFall", value: 0.0671875, advice: "use a smaller tolerance" })).toBe(
    "By step 3, the own soft margin, which theory expects to grow, had fallen by 6.72 % of its peak: use a smaller tolerance.",
  );
  expect(warningText({ ...warning, what: "stagnation", step: 900, value: 450, advice: "use a smaller c" })).toBe(
    "By step 900, the log risk had gone up and down for 450 steps without falling: use a smaller c.",
  );
  expect(warningText({ ...warning, what: "overdecay", value: 2.5, advice: "use a smaller c: steps must be at most 1 / decay = 1" })).toBe(
    "By step 3, weight decay had taken 2.5 times the weights in one step, which turns them around: use a smaller c: steps must be at most 1 / decay = 1.",
  );
});
