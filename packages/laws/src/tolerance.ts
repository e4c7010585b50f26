import { type Arithmetic, binary64 } from "./arithmetic.js";

/**
 * γₙ = n u / (1 - n u): the relative error of n roundings in a row, in binary64 without another arithmetic. Source: Higham, Accuracy and Stability of
 * Numerical Algorithms, lemma 3.1.
 *
 * @param roundings   n, with n u < 1
 * @param arithmetic  its unit roundoff; binary64 by default
 * @returns γₙ
 */
export function gamma(roundings: number, { unitRoundoff }: Pick<Arithmetic, "unitRoundoff"> = binary64): number {
  return (roundings * unitRoundoff) / (1 - roundings * unitRoundoff);
}

/**
 * Error of one evaluation over n entries, relative to the sum of magnitudes of its terms: per entry one product and one sum, and 16
 * roundings for scaling, roots, powers and the law's own arithmetic.
 *
 * @param n           number of entries
 * @param arithmetic  its unit roundoff; binary64 by default
 * @returns a relative error
 */
export function evaluationError(n: number, arithmetic: Pick<Arithmetic, "unitRoundoff"> = binary64): number {
  return gamma(2 * n + 16, arithmetic);
}
