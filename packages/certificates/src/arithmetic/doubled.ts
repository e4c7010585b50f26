import { productError } from "@steepest/core/internal";

/**
 * A number in twice the precision of doubles, high + low with |low| at most half a unit in the last place of high.
 *
 * Every operation below is accurate to a few 2^-104 of its result, as long as no product leaves the range 2^-960 to 2^995.
 * Source: Dekker, Numer. Math. 18 (1971); Joldes, Muller and Popescu, ACM Trans. Math. Softw. 44 (2017).
 */
export interface Doubled {
  readonly high: number;
  readonly low: number;
}

/** The number x. */
export function doubled(x: number): Doubled {
  return { high: x, low: 0 };
}

/** high + low in normal form, for |low| <= |high| or so. */
export function renormalized(high: number, low: number): Doubled {
  const sum = high + low;
  return { high: sum, low: low - (sum - high) };
}

export function sum(a: Doubled, b: Doubled): Doubled {
  const high = a.high + b.high;
  const back = high - a.high;
  const low = a.low + b.low;
  const lowBack = low - a.low;
  const first = renormalized(high, a.high - (high - back) + (b.high - back) + low);
  return renormalized(first.high, first.low + (a.low - (low - lowBack) + (b.low - lowBack)));
}

export function difference(a: Doubled, b: Doubled): Doubled {
  return sum(a, negative(b));
}

export function negative(a: Doubled): Doubled {
  return { high: -a.high, low: -a.low };
}

export function product(a: Doubled, b: Doubled): Doubled {
  const high = a.high * b.high;
  return renormalized(high, productError(a.high, b.high, high) + (a.high * b.low + a.low * b.high));
}

/** a times a double. */
export function scaled(a: Doubled, factor: number): Doubled {
  const high = a.high * factor;
  return renormalized(high, productError(a.high, factor, high) + a.low * factor);
}

export function quotient(a: Doubled, b: Doubled): Doubled {
  const first = a.high / b.high;
  const rest = difference(a, scaled(b, first));
  const second = rest.high / b.high;
  const last = difference(rest, scaled(b, second)).high / b.high;
  return sum(renormalized(first, second), doubled(last));
}

/** √a for a > 0. */
export function squareRoot(a: Doubled): Doubled {
  const first = Math.sqrt(a.high);
  const rest = difference(a, product(doubled(first), doubled(first)));
  return renormalized(first, rest.high / (2 * first));
}
