import { expect, test } from "vitest";
import { outcomeText } from "../../src/progress/progress.js";

test.each([
  [{ kind: "stalled", step: 7 }, "stalled at step 7: no smaller step is accepted"],
  [{ kind: "finished", step: 7, reason: "steps" }, "finished at step 7"],
] as const)("%o is told as: %s", (outcome, text) => expect(outcomeText(outcome)).toBe(text));
