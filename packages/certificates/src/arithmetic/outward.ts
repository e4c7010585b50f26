const ulp = 2 ** -52;
const least = 2 ** -1074;

/** A number >= v >= 0 by at least n roundings of f64, n >= 2, whether relative or of what underflowed. */
export function above(v: number, n: number): number {
  return v * (1 + (n + 2) * ulp) + n * least;
}

/** A number <= v, v >= 0, by at least n roundings of f64, n >= 2; never below 0. */
export function below(v: number, n: number): number {
  return Math.max(v * (1 - (n + 2) * ulp) - n * least, 0);
}
