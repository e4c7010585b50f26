import type { TargetLoss } from "./loss.js";

/**
 * l = ½ ||f(x) - t||², t the target: of a regression, or -1 and +1, or one-hot vectors. It has no exponential tail, hence no soft margin, and no risk below
 * which data counts as separated. R = 0 is a log risk of -Infinity.
 */
export const squared: TargetLoss = {
  id: "squared",
  facts: { formula: "|f - t|^2 / 2" },
  sees: "targets",
  reduction: "sum",
  evaluate: (kernels, { scores, targets, seeds, weights, outputs }) =>
    kernels.squaredLoss(scores.ptr, targets.ptr, seeds.ptr, weights.ptr, weights.length, outputs),
  softMarginNumerator: () => Number.NaN,
  separationLogRisk: () => Number.NEGATIVE_INFINITY,
};
