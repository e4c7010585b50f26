import type { TargetLoss } from "./loss.js";

const logRisk = `log_loss_at_zero = -math.inf


def log_risk_of(scores):
    """log sum_i ||f(x_i) - t_i||^2 / 2, of residuals divided by the largest, so that no square leaves float64."""
    residuals = scores - targets
    largest = residuals.detach().abs().max()
    if largest == 0:
        return (0 * residuals).sum() - math.inf
    return 2 * torch.log(largest) + torch.log((residuals / largest).square().sum() / 2)`;

/**
 * l = ½ ||f(x) - t||², t the target: of a regression, or -1 and +1, or one-hot vectors. It has no exponential tail, hence no soft margin, and no risk below
 * which data counts as separated. R = 0 is a log risk of -Infinity.
 */
export const squared: TargetLoss = {
  id: "squared",
  facts: { formula: "|f - t|^2 / 2", pytorch: { logRisk } },
  sees: "targets",
  reduction: "sum",
  evaluate: (kernels, { scores, targets, seeds, weights, outputs }) =>
    kernels.squaredLoss(scores.ptr, targets.ptr, seeds.ptr, weights.ptr, weights.length, outputs),
  softMarginNumerator: () => Number.NaN,
  separationLogRisk: () => Number.NEGATIVE_INFINITY,
};
