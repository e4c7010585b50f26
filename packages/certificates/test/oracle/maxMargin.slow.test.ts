import { expect, test } from "vitest";
import { maxMargin } from "../../src/index.js";
import { fifteen, largestMargin } from "../support/fifteen.js";
import { kernels } from "../support/kernels.js";

test.each(["spectral", "nuclear"] as const)(
  "15 classes in 25 dimensions, %s: the published largest margin lies in the bracket",
  async (id) => {
    const { lower, upper, closed, proven, separable } = await maxMargin(fifteen, id, { kernels });
    expect([closed, proven, separable]).toEqual([true, true, true]);
    expect(upper - lower).toBeLessThan(1e-6 * upper);
    expect(Math.abs(lower - largestMargin[id]!) / upper).toBeLessThan(5e-6); // six digits
  },
  300_000,
);
