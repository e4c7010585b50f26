import type { Loss, TrainHost, TrainPoint } from "@steepest/core";

/**
 * Upper bound of the own margin, since the worst of m samples has at least the mean loss's share of the risk:
 *
 *   γ ≤ (l⁻¹(R / m) + log(C - 1)) / ||θ||^L,  ||θ||^L = minᵢ qᵢ / γ
 *
 * of C classes, whose loss sees q~ᵢ >= qᵢ - log(C - 1). NaN where the smallest sample margin is 0.
 *
 * @param classes  C; 2 for labels -1 and +1
 */
export function ceilingOf(loss: Loss, samples: number, classes: number, host: TrainHost): (point: TrainPoint) => number {
  const kernels = host.kernels(0);
  const logSamples = kernels.log(samples);
  const most = kernels.log(classes - 1);
  return ({ logRisk, minMargin, margin, ownNorm }) =>
    minMargin === 0 ? Number.NaN : margin[ownNorm]! * ((loss.softMarginNumerator(kernels, logRisk - logSamples) + most) / minMargin);
}
