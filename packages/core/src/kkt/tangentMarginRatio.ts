import { binaryExponent, timesPowerOfTwo } from "../number/binaryScale.js";

/** Numbers at one θ from which a tangent margin ratio follows. */
interface TangentMargin {
  readonly degree: number;
  /** minᵢ qᵢ / 2^exponent. */
  readonly smallest: number;
  readonly exponent: number;
  /** Σ λᵢ: 1, unless `dualNorm` is of a sum of other multipliers. */
  readonly multiplierSum: number;
  /** ||θ||. */
  readonly normOfTheta: number;
  /** ||Σ λᵢ yᵢ ∇fᵢ||_*. */
  readonly dualNorm: number;
}

/**
 * The tangent margin ratio L q_min Σ λᵢ / (||θ|| ||Σ λᵢ yᵢ ∇fᵢ||_*) with multipliers λᵢ >= 0: with those that minimise the dual norm, at Σ λᵢ = 1, it is in
 * (0, 1] and 1 iff θ is a KKT point; with others it is smaller. Out of range only where the quotient is.
 */
export function tangentMarginRatio({ degree, smallest, exponent, multiplierSum, normOfTheta, dualNorm }: TangentMargin): number {
  const value = degree * smallest * multiplierSum;
  if (exponent === 0) return value / normOfTheta / dualNorm;
  const [ofNorm, ofDual] = [binaryExponent(normOfTheta), binaryExponent(dualNorm)];
  const mantissa = value / timesPowerOfTwo(normOfTheta, -ofNorm) / timesPowerOfTwo(dualNorm, -ofDual);
  return timesPowerOfTwo(mantissa, exponent - ofNorm - ofDual);
}
