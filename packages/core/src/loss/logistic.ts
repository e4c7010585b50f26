import type { MarginLoss } from "./loss.js";

const tail = 36; // e^-36 is below half a unit in the last place of 1

const logRisk = `log_loss_at_zero = math.log(math.log(2))


def log_risk_of(margins):
    """log sum_i log(1 + e^-q_i). Beyond 37 log(1 + e^-q) is e^-q to one rounding, and its logarithm -q however far out."""
    far = margins > 37
    near = torch.log(torch.nn.functional.softplus(-torch.where(far, torch.zeros_like(margins), margins), threshold=40))
    return torch.logsumexp(torch.where(far, -margins, near), 0)`;

const inverse = `def soft_numerator(log_risk):
    """l^-1(R) = -log(e^R - 1) of the risk of separated data; below e^-36 that is -log R to one rounding."""
    return -log_risk if log_risk < -36 else -math.log(math.expm1(math.exp(log_risk)))`;

/**
 * l(q) = log(1 + e^-q). Separated when R < log 2.
 *
 *   l⁻¹(R) = -log(e^R - 1) = -z - log(expm1(R) / R),  z = log R;   -z below z = -36, -R above R = 36
 *
 * (both tails are exact to one rounding).
 *
 * c(R) = e^R: -l'(q) <= e^-q, e^-q_min <= e^R - 1 where l(q_min) <= R, and Φ'(l⁻¹(R)) = (1 - e^-R) / R.
 */
export const logistic: MarginLoss = {
  id: "logistic",
  facts: { formula: "log(1 + exp(-q))", nameOfClasses: "cross-entropy", pytorch: { logRisk, inverse } },
  reduction: "sum",
  evaluate: (kernels, margins, weights) => kernels.logisticLoss(margins.ptr, weights.ptr, margins.length),
  softMarginNumerator: (kernels, logRisk) => {
    if (logRisk < -tail) return -logRisk;
    const risk = kernels.exp(logRisk);
    if (risk > tail) return -risk;
    return -logRisk - kernels.log(kernels.expm1(risk) / risk);
  },
  separationLogRisk: (kernels) => kernels.log(kernels.log(2)),
  complementarityFactor: (kernels, logRisk) => kernels.exp(kernels.exp(logRisk)),
};
