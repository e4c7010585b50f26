/** Taylor coefficients of cos and sin in powers of the square, from the highest: the first term left out is below 2^-56 for |x| <= π / 4. */
const cosine = [1 / 20922789888000, -1 / 87178291200, 1 / 479001600, -1 / 3628800, 1 / 40320, -1 / 720, 1 / 24, -1 / 2, 1] as const;
const sine = [1 / 355687428096000, -1 / 1307674368000, 1 / 6227020800, -1 / 39916800, 1 / 362880, -1 / 5040, 1 / 120, -1 / 6, 1] as const;

const series = (coefficients: readonly number[], square: number): number => coefficients.reduce((sum, next) => sum * square + next, 0);

/**
 * cos(π x) for x in [0, 1], at most 2^-52 from the exact value; exact at 0, 1/2 and 1. By additions and products alone, so it has the same bits on every
 * engine.
 */
export function cosPi(x: number): number {
  if (x > 0.5) return -cosPi(1 - x);
  if (x <= 0.25) {
    const z = Math.PI * x;
    return series(cosine, z * z);
  }
  const z = Math.PI * (0.5 - x);
  return z * series(sine, z * z);
}
