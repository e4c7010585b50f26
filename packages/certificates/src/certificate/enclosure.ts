/** A closed interval [lower, upper] that holds a number. */
export type Enclosure = readonly [lower: number, upper: number];

/** An interval widened by a share of its ends, and by what underflow may take. */
export function widened([lower, upper]: Enclosure, share: number): Enclosure {
  return [lower - Math.abs(lower) * share - 2 ** -1000, upper + Math.abs(upper) * share + 2 ** -1000];
}

/** The quotient of two intervals of positive numbers; unbounded where the divisor may be 0. */
export function quotient(a: Enclosure, b: Enclosure): Enclosure {
  return [Math.max(a[0], 0) / b[1], b[0] > 0 ? a[1] / b[0] : Infinity];
}

/** The product of two intervals of numbers that are not negative. */
export function product(a: Enclosure, b: Enclosure): Enclosure {
  return [Math.max(a[0], 0) * Math.max(b[0], 0), a[1] * b[1]];
}
