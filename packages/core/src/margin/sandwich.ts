import type { Kernels } from "@steepest/kernels";
import type { MarginLoss } from "../loss/loss.js";

/** Numbers at one θ between which the soft margin lies. */
interface Sandwiched {
  readonly kernels: Kernels;
  readonly loss: MarginLoss;
  readonly logRisk: number;
  /** minᵢ qᵢ. */
  readonly smallest: number;
  readonly sampleCount: number;
  /** C - 1 with C classes, 1 with two signs. */
  readonly marginsPerSample: number;
  /** log l(q). */
  logLoss(q: number): number;
}

/**
 * The slacks of the sandwich of the soft margin, times ||θ||^L:
 *
 *   upper = q_min - l⁻¹(R) >= 0      lower = l⁻¹(R) - l⁻¹(n l(q_min - log(C - 1))) >= 0
 *
 * for l(q_min) <= R, and the smoothed margins that the loss sees, of which there are n, are at least q_min - log(C - 1). With the exponential loss
 * lower = -log R - (q_min - log(n (C - 1))). Differences of numbers of the size of log R: their rounding is a few units in its last place.
 */
export function sandwichSlacks({ kernels, loss, logRisk, smallest, sampleCount, marginsPerSample, logLoss }: Sandwiched): {
  readonly lower: number;
  readonly upper: number;
} {
  const numerator = loss.softMarginNumerator(kernels, logRisk);
  const most = kernels.log(sampleCount) + logLoss(smallest - kernels.log(marginsPerSample));
  return { lower: numerator - loss.softMarginNumerator(kernels, most), upper: smallest - numerator };
}
