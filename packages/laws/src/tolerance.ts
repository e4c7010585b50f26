/** u: the largest relative error of one rounding to binary64. */
export const unitRoundoff: number = 2 ** -53;

/** The spacing of binary64 numbers below 2^-1022: the absolute error of a result that is subnormal. */
export const subnormalSpacing: number = 2 ** -1074;

/** γₙ = n u / (1 - n u): the relative error of n roundings in a row. Source: Higham, Accuracy and Stability of Numerical Algorithms, lemma 3.1. */
export function gamma(roundings: number): number {
  return (roundings * unitRoundoff) / (1 - roundings * unitRoundoff);
}

/**
 * What one evaluation over n entries may be off by, relative to the sum of magnitudes of its terms: per entry one product and one sum, and 16
 * roundings for scaling, roots, powers and the law's own arithmetic.
 */
export function evaluationError(n: number): number {
  return gamma(2 * n + 16);
}
