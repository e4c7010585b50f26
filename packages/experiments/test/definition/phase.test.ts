import type { DefinitionError } from "@steepest/core";
import { expect, test } from "vitest";
import { parseDefinition } from "../../src/index.js";
import { changed, tiny } from "../support/tiny.js";

const withBatch = (batch: unknown) => () => parseDefinition(changed(tiny, "arms/sign/batch", batch));

function issuesOf(parse: () => unknown): DefinitionError["issues"] {
  try {
    parse();
  } catch (error) {
    return (error as DefinitionError).issues;
  }
  return [];
}

test.each([
  { size: 5, order: "cyclic", varianceReduced: { every: 3 } },
  { size: 5, order: "withReplacement", varianceReduced: {} },
])("the batch %o is kept as it is written", (batch) => {
  expect(withBatch(batch)().arms.sign!.batch).toEqual(batch);
});

test.each([
  [
    { fresh: 8, varianceReduced: {} },
    "arms.sign.batch.varianceReduced: has no meaning for fresh samples, which have no gradient of all samples: remove it, or use size and order",
    undefined,
  ],
  [
    { size: 5, order: "cyclic", varianceReduced: { every: 0 } },
    "arms.sign.batch.varianceReduced.every: must be an integer >= 1, got 0",
    undefined,
  ],
  [
    { size: 5, order: "cyclic", varianceReduced: true },
    "arms.sign.batch.varianceReduced: must be an object, got true",
    'e.g. "varianceReduced": { "every": 10 }',
  ],
  [{ size: 5, order: "cyclic", varianceReduced: { period: 3 } }, "arms.sign.batch.varianceReduced.period: unknown key", "known: every"],
])("the batch %o is refused", (batch, message, hint) => {
  expect(issuesOf(withBatch(batch))).toEqual([expect.objectContaining({ message, hint })]);
});
