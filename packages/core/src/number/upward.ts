const ulp = 2 ** -52;
const least = 2 ** -1074;

/**
 * A number >= v (1 + n ε) for v >= 0 and ε = 2⁻⁵², n >= 2: above whatever v has lost in 2 (n - 1) roundings of relative size 2⁻⁵³, and in as many of
 * results so small that they were rounded to multiples of 2⁻¹⁰⁷⁴. NaN stays NaN.
 */
export function upward(v: number, n: number): number {
  return v * (1 + (n + 2) * ulp) + n * least;
}
