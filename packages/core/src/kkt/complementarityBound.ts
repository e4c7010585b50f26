import type { Kernels } from "@steepest/kernels";
import type { Loss } from "../loss/loss.js";

/** Numbers at one θ that bound its complementarity. */
interface SeparatedPoint {
  readonly kernels: Kernels;
  readonly loss: Loss;
  readonly degree: number;
  readonly logRisk: number;
  /** N: the samples, with C classes C - 1 times as many. */
  readonly constraints: number;
  readonly normOfTheta: number;
}

/**
 * The theorem's bound of complementarity, Σ λᵢ (qᵢ / q_min - 1) with the multipliers of the trajectory:
 *
 *   N c(R) / (e s^(2/L) L l⁻¹(R)),   s = l⁻¹(R) / ||θ||^L the soft margin, c(R) the `complementarityFactor` of the loss: 1 for e^-q, where l⁻¹(R) = log(1 / R)
 *
 * It holds in every norm. From λᵢ = wᵢ (||θ|| / ||ghat||_*) q_min^(1 - 2/L), Σ wᵢ (qᵢ - q_min) <= N / e, ||θ|| ||ghat||_* >= <θ, -ghat> >= L l⁻¹(R) and
 * q_min >= l⁻¹(R), for e^-q; c(R) makes up for what other losses differ. Formed from logarithms, so that no power leaves the range of f64.
 * NaN unless the data is separated, and for a loss without the factor. Source: Tsilivis et al., JMLR 27 (2026), proof of theorem 4.
 */
export function complementarityBound({ kernels, loss, degree, logRisk, constraints, normOfTheta }: SeparatedPoint): number {
  const numerator = loss.softMarginNumerator(kernels, logRisk);
  if (!(numerator > 0) || loss.complementarityFactor === undefined) return Number.NaN;
  const logOfNumerator = kernels.log(numerator);
  const logOfPower = (2 / degree) * logOfNumerator - 2 * kernels.log(normOfTheta); // of s^(2/L)
  const factor = loss.complementarityFactor(kernels, logRisk);
  return factor * kernels.exp(kernels.log(constraints) - 1 - logOfPower - kernels.log(degree) - logOfNumerator);
}
