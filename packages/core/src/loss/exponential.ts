import type { Loss } from "./loss.js";

/** l(q) = e^-q. log R = logsumexp(-q), l⁻¹(R) = -log R, separated when R < 1. */
export const exponential: Loss = {
  id: "exponential",
  facts: { formula: "exp(-q)" },
  reduction: "sum",
  evaluate: (kernels, margins, weights) => kernels.exponentialLoss(margins.ptr, weights.ptr, margins.length),
  softMarginNumerator: (_kernels, logRisk) => -logRisk,
  separationLogRisk: () => 0,
};
