import type { LossKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { log } from "../scalar/log.js";
import { sumSquares } from "../vector/reductions.js";

export function squaredLossKernels({ f64 }: Memory): Pick<LossKernels, "squaredLoss"> {
  /** r ← factor t − factor s; returns the largest magnitude, NaN if there is a NaN. */
  const residuals = (s: number, t: number, r: number, count: number, factor: number): number => {
    let largest = 0;
    for (let i = 0; i < count; i++) {
      const value = factor * f64[t + i]! - factor * f64[s + i]!;
      f64[r + i] = value;
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  };

  return {
    squaredLoss(scores, targets, seeds, weights, n, outputs) {
      const [s, t, r, w] = [scores >>> 3, targets >>> 3, seeds >>> 3, weights >>> 3];
      const count = n * outputs;
      let factor = 1;
      let largest = residuals(s, t, r, count, factor);
      if (largest === Number.POSITIVE_INFINITY) {
        factor = 0.5;
        largest = residuals(s, t, r, count, factor);
      }
      if (largest !== 0) for (let i = 0; i < count; i++) f64[r + i]! /= largest;

      const sum = sumSquares(f64, seeds, count, 1);
      const weight = largest === 0 ? 0 : ((2 / sum) * factor) / largest;
      for (let i = 0; i < n; i++) f64[w + i] = weight;
      return 2 * (log(largest) + (factor === 1 ? 0 : Math.LN2)) + log(0.5 * sum);
    },
  };
}
