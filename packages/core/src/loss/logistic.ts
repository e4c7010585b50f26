import type { Loss } from "./loss.js";

const tail = 36; // e^-36 is below half a unit in the last place of 1

/**
 * l(q) = log(1 + e^-q). Separated when R < log 2.
 *
 *   l⁻¹(R) = -log(e^R - 1) = -z - log(expm1(R) / R),  z = log R;   -z below z = -36, -R above R = 36
 *
 * (both tails are exact to one rounding).
 */
export const logistic: Loss = {
  id: "logistic",
  facts: { formula: "log(1 + exp(-q))" },
  reduction: "sum",
  evaluate: (kernels, margins, weights) => kernels.logisticLoss(margins.ptr, weights.ptr, margins.length),
  softMarginNumerator: (kernels, logRisk) => {
    if (logRisk < -tail) return -logRisk;
    const risk = kernels.exp(logRisk);
    if (risk > tail) return -risk;
    return -logRisk - kernels.log(kernels.expm1(risk) / risk);
  },
  separationLogRisk: (kernels) => kernels.log(kernels.log(2)),
};
