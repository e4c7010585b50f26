import { expect, test } from "vitest";
import { warningText } from "../../src/view/warningText.js";

test("a warning counts samples in words", () => {
  expect(warningText({ kind: "warning", what: "deadSamples", step: 3, value: 1 })).toBe(
    "At step 3, 1 sample was out of reach of every unit.",
  );
  expect(warningText({ kind: "warning", what: "deadSamples", step: 3, value: 12 })).toBe(
    "At step 3, 12 samples were out of reach of every unit.",
  );
});
