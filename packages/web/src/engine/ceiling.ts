import type { Loss, TrainHost, TrainPoint } from "@steepest/core";

/**
 * Upper bound of the own margin, since the worst of m samples has at least the mean loss's share of the risk:
 *
 *   γ ≤ l⁻¹(R / m) / ||θ||^L,  ||θ||^L = minᵢ qᵢ / γ
 *
 * NaN where the smallest sample margin is 0.
 */
export function ceilingOf(loss: Loss, samples: number, host: TrainHost): (point: TrainPoint) => number {
  const kernels = host.kernels(0);
  const logSamples = kernels.log(samples);
  return ({ logRisk, minMargin, margin, ownNorm }) =>
    minMargin === 0 ? Number.NaN : margin[ownNorm]! * (loss.softMarginNumerator(kernels, logRisk - logSamples) / minMargin);
}
