import { readFileSync } from "node:fs";
import { type LabelledData, linear, losses, marginPaced, norms, steepestDescent, Training } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { maxMargin } from "../../src/index.js";
import { kernels } from "../support/kernels.js";

interface Golden {
  readonly cases: readonly { readonly name: string; readonly X: readonly (readonly number[])[]; readonly y: readonly number[] }[];
}
const golden = JSON.parse(readFileSync(new URL("../../../core/test/golden/maxmargin_linear.json", import.meta.url), "utf8")) as Golden;
const steps = 20_000;

/** The margin of a linear model that was trained from 0 for 20 000 steps by steepest descent, in the norm of the descent. */
function trainedMargin(data: LabelledData, id: "l1" | "l2" | "linf", smoothing: "none" | "alignment"): number {
  const training = new Training(
    {
      network: linear({ inputDim: data.inputDim }),
      data,
      loss: losses.exponential,
      optimizer: steepestDescent({ norm: norms[id], normalized: true, smoothing }),
      step: marginPaced({ c: 0.25 }),
      init: new Float64Array(data.inputDim),
      seed: 0,
    },
    { kernels },
  );
  for (let t = 0; t < steps; t++) training.advance();
  return training.point().margin[id]!;
}

// The shares are asked for, not measured: the least of the five data sets is .997 in each norm. With steps four times as long (c = 1) sign descent misses its own on three of them.
describe.each([
  ["gradient descent", "l2", "none", 0.99],
  ["coordinate descent, smoothed", "l1", "alignment", 0.98],
  ["sign descent", "linf", "none", 0.97],
] as const)("%s on linear models", (_name, id, smoothing, share) => {
  test.each(golden.cases)(`comes within ${share} of the largest margin of $name, and not beyond`, async ({ X, y }) => {
    const data: LabelledData = { inputs: Float64Array.from(X.flat()), inputDim: X[0]!.length, labels: [...y] };
    const { lower, upper, closed } = await maxMargin(data, id, { kernels });
    expect(closed).toBe(true);
    const margin = trainedMargin(data, id, smoothing);
    expect(margin).toBeGreaterThanOrEqual(share * upper);
    expect(margin).toBeLessThanOrEqual(lower * (1 + 2e-9)); // the bracket closes to 1e-9; the margin itself is rounded to a few ulp
  });
});
