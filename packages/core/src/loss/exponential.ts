import type { MarginLoss } from "./loss.js";

const logRisk = `log_loss_at_zero = 0.0


def log_risk_of(margins):
    """log sum_i e^-q_i."""
    return torch.logsumexp(-margins, 0)`;

const inverse = `def soft_numerator(log_risk):
    """l^-1(R) = -log R."""
    return -log_risk`;

/** l(q) = e^-q. log R = logsumexp(-q), l⁻¹(R) = -log R, separated when R < 1. */
export const exponential: MarginLoss = {
  id: "exponential",
  facts: { formula: "exp(-q)", nameOfClasses: "the multiclass exponential loss", pytorch: { logRisk, inverse } },
  reduction: "sum",
  evaluate: (kernels, margins, weights) => kernels.exponentialLoss(margins.ptr, weights.ptr, margins.length),
  softMarginNumerator: (_kernels, logRisk) => -logRisk,
  separationLogRisk: () => 0,
  complementarityFactor: () => 1,
};
